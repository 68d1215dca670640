"""The built-in embedder: a table of concept vectors, averaged over a text's terms.

The table is distilled at build time from all-MiniLM-L6-v2 (`tools/build_concepts.py`): each English stem has the vector of the heads of the
bilingual lexicon that it is part of, each Arabic stem of those that it translates, moved so that the means over parallel sentences agree; both
languages share one space. A text is the mean of its terms' vectors, each weighted by how telling it is (Arora, Liang and Ma, "A Simple
but Tough-to-Beat Baseline for Sentence Embeddings", 2017). A word the table lacks is most often a name: it gets a fixed pseudo-random
vector drawn from its consonants, the same for Kirby and كيربي.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from rag.embedding.embedder import Vectors
from rag.language.analyzer import Term, analyze
from rag.language.names import consonants

_NAME_WEIGHT = 0.6
_CANONICAL_WEIGHT = 0.4  # numbers and dates

_Vector = NDArray[np.float32]


class ConceptEmbedder:
    """Averages concept vectors.

    Args:
        terms: the table's stems, of both languages.
        vectors: their vectors, int8, shape (len(terms), dimensions).
        scales: what brings each to length 1.
        weights: how telling each stem is, in (0, 1].
        fingerprint: see `Embedder`.
    """

    def __init__(
        self,
        terms: Sequence[str],
        vectors: NDArray[np.int8],
        scales: NDArray[np.float32],
        weights: NDArray[np.float32],
        fingerprint: str,
    ) -> None:
        self._rows = {term: row for row, term in enumerate(terms)}
        self._vectors = vectors
        self._scales = scales
        self._weights = weights
        self._fingerprint = fingerprint
        self._known: dict[str, _Vector] = {}  # unit vectors of terms met so far

    @classmethod
    @cache
    def builtin(cls) -> "ConceptEmbedder":
        """The table that ships with the package."""
        path = resources.files("rag.embedding").joinpath("data", "concepts.npz")
        with path.open("rb") as file, np.load(file) as table:
            terms = table["terms"].tobytes().decode("utf-8").split("\n")
            digest = table["digest"].item()
            return cls(terms, table["vectors"], table["scales"], table["weights"], f"concepts:{digest}")

    @property
    def fingerprint(self) -> str:
        """The digest of the table."""
        return self._fingerprint

    @property
    def dimensions(self) -> int:
        """The length of every vector."""
        return int(self._vectors.shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit row a text; a text without a single term gets an arbitrary fixed vector."""
        rows = [self.embed_terms(analyze(text)) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dimensions), dtype=np.float32)

    def embed_query(self, text: str) -> Vectors:
        """The vector that the text would have as a passage."""
        return self.embed_terms(analyze(text))

    def embed_terms(self, terms: Sequence[Term]) -> _Vector:
        """The unit vector of an analyzed text."""
        total = np.zeros(self.dimensions, dtype=np.float32)
        for term in terms:
            total += self._of(term.text, term.kind == "stem") * self._weight(term)
        length = float(np.linalg.norm(total))
        return total / np.float32(length) if length > 1e-6 else _drawn("", self.dimensions)

    def of_terms(self, stems: Sequence[str]) -> Vectors:
        """One unit row a stem."""
        return np.stack([self._of(stem, True) for stem in stems])

    def cosines(self, vectors: Vectors, stems: Sequence[str]) -> Vectors:
        """Of unit vectors with the stems' own, shape (len(vectors), len(stems)); 0 for a stem that the table lacks."""
        rows = np.array([self._rows.get(stem, -1) for stem in stems], dtype=np.intp)
        scales = np.where(rows >= 0, self._scales[rows], np.float32(0))
        return np.asarray((vectors @ self._vectors[rows].astype(np.float32).T) * scales, dtype=np.float32)

    def mean(self, stems: Sequence[str]) -> _Vector:
        """The unit vector between the stems' own."""
        total = self.of_terms(stems).sum(axis=0)
        length = np.linalg.norm(total)
        return np.asarray(total / length if length > 0 else total, dtype=np.float32)

    def _weight(self, term: Term) -> float:
        row = self._rows.get(term.text)
        if row is not None:
            return float(self._weights[row])
        return _NAME_WEIGHT if term.kind == "stem" else _CANONICAL_WEIGHT

    def _of(self, term: str, is_stem: bool) -> _Vector:
        vector = self._known.get(term)
        if vector is None:
            row = self._rows.get(term)
            if row is None:
                vector = _drawn((consonants(term)[0] if is_stem else "") or term, self.dimensions)
            else:
                vector = self._vectors[row].astype(np.float32) * self._scales[row]
            self._known[term] = vector
        return vector


def _drawn(key: str, dimensions: int) -> _Vector:
    """A unit vector that only the key decides; those of different keys are nearly orthogonal."""
    seed = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big")
    vector = np.random.Generator(np.random.Philox(seed)).standard_normal(dimensions, dtype=np.float32)
    return vector / np.float32(np.linalg.norm(vector))
