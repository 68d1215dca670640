"""The built-in embedder: a table of concept vectors, averaged over a text's terms.

Every head of the bilingual lexicon was embedded once, at build time, by all-MiniLM-L6-v2 (`tools/build_concepts.py`); an Arabic stem's
vector is the weighted mean of those of the English heads it translates, so that both languages share one space. A text is the mean
of its terms' vectors, each weighted by how telling it is (Arora, Liang and Ma, "A Simple but Tough-to-Beat Baseline for Sentence
Embeddings", 2017). A word the table lacks is most often a name: it gets a fixed pseudo-random vector drawn from its consonant
skeleton, the same for Kirby and كيربي.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from rag.embedding.embedder import Vectors
from rag.language.analyzer import Term, analyze
from rag.language.names import skeletons

_NAME_WEIGHT = 0.6
_CANONICAL_WEIGHT = 0.4  # numbers and dates


class ConceptEmbedder:
    """Averages concept vectors.

    Args:
        terms: the table's stems, of both languages.
        vectors: their vectors, int8, shape (len(terms), dimensions).
        weights: how telling each stem is, in (0, 1].
        fingerprint: see `Embedder`.
    """

    def __init__(
        self, terms: Sequence[str], vectors: NDArray[np.int8], weights: NDArray[np.float32], fingerprint: str
    ) -> None:
        self._rows = {term: row for row, term in enumerate(terms)}
        self._vectors = vectors
        self._weights = weights
        self._fingerprint = fingerprint

    @classmethod
    def builtin(cls) -> "ConceptEmbedder":
        """The table that ships with the package."""
        path = resources.files("rag.embedding").joinpath("data", "concepts.npz")
        with path.open("rb") as file, np.load(file) as table:
            terms = table["terms"].tobytes().decode("utf-8").split("\n")
            return cls(terms, table["vectors"], table["weights"], f"concepts:{table['digest'].item()}")

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
        return np.stack([self.embed_terms(analyze(text)) for text in texts]) if texts else self._empty()

    def embed_terms(self, terms: Sequence[Term]) -> NDArray[np.float32]:
        """The unit vector of an analyzed text."""
        total = np.zeros(self.dimensions, dtype=np.float32)
        for term in terms:
            row = self._rows.get(term.text)
            if row is not None:
                total += _unit(self._vectors[row]) * self._weights[row]
            else:
                total += _drawn(_sound(term), self.dimensions) * (
                    _NAME_WEIGHT if term.kind == "stem" else _CANONICAL_WEIGHT
                )
        length = float(np.linalg.norm(total))
        return total / np.float32(length) if length > 1e-6 else _drawn("", self.dimensions)

    def _empty(self) -> Vectors:
        return np.zeros((0, self.dimensions), dtype=np.float32)


def _sound(term: Term) -> str:
    return skeletons(term.text)[0] or term.text if term.kind == "stem" else term.text


def _unit(vector: NDArray[np.int8]) -> NDArray[np.float32]:
    wide = vector.astype(np.float32)
    return wide / (np.linalg.norm(wide) or np.float32(1))


@lru_cache(maxsize=20_000)
def _drawn(key: str, dimensions: int) -> NDArray[np.float32]:
    seed = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big")
    vector = np.random.Generator(np.random.Philox(seed)).standard_normal(dimensions, dtype=np.float32)
    return vector / np.float32(np.linalg.norm(vector))
