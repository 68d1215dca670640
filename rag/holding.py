"""How well a sentence holds the concepts of a question: exactly, by a translation, by a word near in meaning, or by one spelt alike."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.embedding.concepts import ConceptEmbedder
from rag.language.spelling import letter_pairs, likeness
from rag.question import Concept

Vector = NDArray[np.float64]

# Of words near in meaning: cosines from the first up count; from the second up as much as the third.
_FROM, _FULL, _SOFT = 0.35, 0.7, 0.75
# Of stems spelt alike (مناهض, مناهضة): the least likeness, what it counts, and how long both must be.
_ALIKE, _ALIKE_COUNTS, _LEAST_LETTERS = 0.6, 0.8, 4
_LENIENT = 0.4  # power of a way's weight: an unusual translation is still one, even if retrieval looks for others first


class Holding:
    """Compares terms with the concepts of one question; what it has learnt of a stem it keeps."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._concepts = concepts
        self._embedder = ConceptEmbedder.builtin()
        self._plain = np.array([concept.kind == "word" for concept in concepts], dtype=bool)
        self._ways: dict[str, list[tuple[int, tuple[str, ...], float]]] = {}
        for i, concept in enumerate(concepts):
            for stems, weight in concept.alternatives if concept.kind != "date" else ():
                self._ways.setdefault(stems[0], []).append((i, stems, weight))
        own = [concept.alternatives[0][0] for concept in concepts]
        means = [self._embedder.mean(terms) for terms in own]
        self._means = np.stack(means) if means else np.zeros((0, self._embedder.dimensions))
        self._pairs: dict[str, list[int]] = {}  # a pair of letters to the plain concepts that have it
        self._spelt = {i: terms[0] for i, terms in enumerate(own) if self._plain[i] and _may_be_alike(terms)}
        for i, stem in self._spelt.items():
            for pair in letter_pairs(stem):
                self._pairs.setdefault(pair, []).append(i)
        self._near: dict[str, Vector] = {}

    def exact(self, present: frozenset[str]) -> Vector:
        """How well terms hold each concept by one of its ways of being said."""
        weights = np.zeros(len(self._concepts))
        for term in present & self._ways.keys():
            for i, stems, weight in self._ways[term]:
                if weight > weights[i] and present.issuperset(stems):
                    weights[i] = weight
        lenient: Vector = weights**_LENIENT
        for i, concept in enumerate(self._concepts):
            if concept.kind == "date":
                lenient[i] = matched(concept, present)
        return lenient

    def softened(self, stems: Sequence[str], exact: Vector) -> Vector:
        """The same, words near in meaning and spelt alike counting too.

        Args:
            stems: of the sentence.
            exact: what `exact` says of it.
        """
        if not stems or not self._plain.any() or exact.min(initial=1.0) == 1.0:
            return exact
        self.learn(stems)
        best: Vector = np.max([self._near[stem] for stem in stems], axis=0)
        return np.maximum(exact, best)

    def learn(self, stems: Iterable[str]) -> None:
        """Compare stems with every concept, all at once."""
        new = [stem for stem in dict.fromkeys(stems) if stem not in self._near]
        if not new:
            return
        cosines = self._embedder.of_terms(new) @ self._means.T
        near = np.where(self._plain, np.clip((cosines - _FROM) / (_FULL - _FROM), 0, 1) * _SOFT, 0.0)
        for stem, row in zip(new, near, strict=True):
            for i in self._candidates(stem):
                alike = likeness(self._spelt[i], stem)
                if alike >= _ALIKE:
                    row[i] = max(row[i], _ALIKE_COUNTS * alike)
            self._near[stem] = row

    def _candidates(self, stem: str) -> set[int]:
        """The concepts that have letter pairs in common with a stem."""
        if len(stem) < _LEAST_LETTERS or not self._pairs:
            return set()
        return {i for pair in letter_pairs(stem) if pair in self._pairs for i in self._pairs[pair]}


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
