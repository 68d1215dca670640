"""How well a sentence holds the concepts of a question: exactly, by a translation, by a word near in meaning, or by one spelt alike."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.embedding.concepts import ConceptEmbedder
from rag.language.spelling import letter_pairs, likeness
from rag.question import Concept
from rag.sentence_terms import ArticleTerms, Stems

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

# Of words near in meaning: cosines from the first up count; from the second up as much as the third.
_FROM, _FULL, _SOFT = 0.35, 0.7, 0.75
_DIGITS = 6  # of a cosine; beyond, that of a stem differs with the stems it is multiplied beside
# Of stems spelt alike (مناهض, مناهضة): the least likeness, what it counts, and how long both must be.
_ALIKE, _ALIKE_COUNTS, _LEAST_LETTERS = 0.6, 0.8, 4
_LENIENT = 0.4  # power of a way's weight: an unusual translation is still one, even if retrieval looks for others first


class Holding:
    """Compares terms with the concepts of one question."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._concepts = concepts
        self._ways: dict[str, list[tuple[int, tuple[str, ...], float]]] = {}
        for i, concept in enumerate(concepts):
            for stems, weight in concept.alternatives if concept.kind != "date" else ():
                self._ways.setdefault(stems[0], []).append((i, stems[1:], weight**_LENIENT))
        self._dates = [(i, concept) for i, concept in enumerate(concepts) if concept.kind == "date"]
        self._plain = np.array([concept.kind == "word" for concept in concepts], dtype=bool)
        own = [concept.alternatives[0][0] for concept in concepts]
        self._means = _means(own)
        self._spelt = {
            i: letter_pairs(terms[0]) for i, terms in enumerate(own) if self._plain[i] and _may_be_alike(terms)
        }

    def exact(self, present: frozenset[str]) -> list[float]:
        """How well terms hold each concept by one of its ways of being said."""
        weights = [0.0] * len(self._concepts)
        for term in present & self._ways.keys():
            self._meet(weights, self._ways[term], present)
        for i, concept in self._dates:
            weights[i] = matched(concept, present)
        return weights

    def exact_of(self, terms: ArticleTerms) -> Matrix:
        """The same of every sentence of an article, shape (sentences, concepts)."""
        weights = [[0.0] * len(self._concepts) for _ in terms.sentences]
        for term, ways in self._ways.items():
            for i in terms.holders.get(term, ()):
                self._meet(weights[i], ways, terms.sentences[i].present)
        for i, concept in self._dates:
            for row, one in zip(weights, terms.sentences, strict=True):
                row[i] = matched(concept, one.present)
        return np.array(weights, dtype=np.float64).reshape(len(weights), len(self._concepts))

    def _meet(
        self, weights: list[float], ways: Iterable[tuple[int, tuple[str, ...], float]], present: frozenset[str]
    ) -> None:
        """Raise weights to those of the ways of which the other stems are present too."""
        for i, rest, weight in ways:
            if weight > weights[i] and present.issuperset(rest):
                weights[i] = weight

    def near(self, stems: Stems) -> Matrix:
        """How near each stem comes to each concept in meaning or spelling; a row each, and a last one of zeros, for what is no stem."""
        near = np.zeros((len(stems.rows) + 1, len(self._concepts)))
        if self._plain.any():
            cosines = (stems.vectors @ self._means.T).round(_DIGITS)
            near[:-1, self._plain] = (np.clip((cosines - _FROM) / (_FULL - _FROM), 0, 1) * _SOFT)[:, self._plain]
        for i, pairs in self._spelt.items():
            alike = _alike(pairs, stems)
            near[:-1, i] = np.maximum(near[:-1, i], np.where(alike >= _ALIKE, _ALIKE_COUNTS * alike, 0.0))
        return near


def nearest(near: Matrix, rows: Sequence[Sequence[int]]) -> Matrix:
    """Of each group of rows of `Holding.near`, how near the nearest comes to each concept, shape (groups, concepts)."""
    flat = [row for group in rows for row in (*group, -1)]
    starts = np.cumsum([0, *(len(group) + 1 for group in rows)])[:-1]
    return np.asarray(np.maximum.reduceat(near[flat], starts, axis=0)) if flat else np.zeros((0, near.shape[1]))


def _means(own: Sequence[tuple[str, ...]]) -> NDArray[np.float32]:
    embedder = ConceptEmbedder.builtin()
    return np.stack([embedder.mean(terms) for terms in own]) if own else np.zeros((0, embedder.dimensions), np.float32)


def _alike(pairs: frozenset[str], stems: Stems) -> Vector:
    """The likeness of a word with these pairs of letters to each stem that is long enough."""
    shared = [row for pair in pairs for row in stems.pairs.get(pair, ())]
    counts = np.bincount(np.array(shared, dtype=np.intp), minlength=len(stems.rows))
    return np.where(stems.lengths >= _LEAST_LETTERS, 2 * counts / (len(pairs) + stems.sizes), 0.0)


def matched(concept: Concept, present: frozenset[str] | set[str]) -> float:
    """The weight of the best alternative all of whose terms are present.

    A month meets a question for a day of it only where no other day of that month is given.
    """
    exact = concept.alternatives[0][0][0] if concept.alternatives else ""
    month = f"{exact[:8]}-" if concept.kind == "date" and len(exact) == len("@2021-07-05") else None
    if month and exact not in present and any(term.startswith(month) for term in present):
        return 0.0
    return max((weight for terms, weight in concept.alternatives if present.issuperset(terms)), default=0.0)


def spelt_alike(own: tuple[str, ...], stems: Sequence[str]) -> float:
    """For a concept of one stem, the likeness of the stem spelt most like it: the share of letter pairs they have in common (Dice)."""
    if not _may_be_alike(own):
        return 0.0
    long = [other for other in stems if len(other) >= _LEAST_LETTERS]
    best = max((likeness(own[0], other) for other in long), default=0.0)
    return _ALIKE_COUNTS * best if best >= _ALIKE else 0.0


def _may_be_alike(own: tuple[str, ...]) -> bool:
    return len(own) == 1 and len(own[0]) >= _LEAST_LETTERS
