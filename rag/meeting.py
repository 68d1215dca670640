"""Where the concepts of a question are met in a passage, and how close together."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rag.question import Concept
from rag.termlist import TermList

Vector = NDArray[np.float64]

_SLOP = 2  # terms within which the next word of an alternative of several words stands
_WINDOW = 12  # terms
_TURNED = 0.6  # what two neighbours count that stand one apart, or the other way round


class Met(NamedTuple):
    """One of the ways of saying a concept, at its place among a passage's terms."""

    place: int
    end: int  # the place after its last term
    sentence: int
    concept: int
    weight: float


class Finder:
    """Finds the concepts of a question in passages.

    Args:
        concepts: of the question.
    """

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._ways: dict[str, list[tuple[int, tuple[str, ...], float]]] = {}
        for i, concept in enumerate(concepts):
            for stems, weight in concept.alternatives:
                self._ways.setdefault(stems[0], []).append((i, stems[1:], weight))

    def find(self, held: TermList) -> list[Met]:
        """Every meeting, in order of place."""
        return list(self._meetings(held))

    def _meetings(self, held: TermList) -> Iterator[Met]:
        first, ways = 0, self._ways
        for number, sentence in enumerate(held.sentences):
            for i in [i for i, term in enumerate(sentence) if term in ways]:
                for concept, rest, weight in ways[sentence[i]]:
                    end = _end(sentence, i, rest)
                    if end:
                        yield Met(first + i, first + end, number, concept, weight)
            first += len(sentence)


def _end(sentence: Sequence[str], i: int, rest: Sequence[str]) -> int:
    """Where a term that begins at `i` ends, its other words each coming close after the one before; 0 where they do not."""
    for stem in rest:
        after = sentence[i + 1 : i + 1 + _SLOP]
        if stem not in after:
            return 0
        i += 1 + after.index(stem)
    return i + 1


def strongest(met: Sequence[Met], concepts: int) -> Vector:
    """The weight of the best way in which each concept is met; 0 where it is not."""
    held = [0.0] * concepts
    for one in met:
        held[one.concept] = max(held[one.concept], one.weight)
    return np.array(held, dtype=np.float64)


def frequencies(met: Sequence[Met], concepts: int) -> Vector:
    """How often each concept is met, each time by its weight."""
    summed = [0.0] * concepts
    for one in met:
        summed[one.concept] += one.weight
    return np.array(summed, dtype=np.float64)


def best_sentence(met: Sequence[Met], shares: Sequence[float]) -> float:
    """The share of the question that one sentence holds, the best one."""
    return _best_share(met, shares, [one.sentence for one in met], 1)


def best_window(met: Sequence[Met], shares: Sequence[float]) -> float:
    """The share of the question that a dozen terms hold, the best ones."""
    return _best_share(met, shares, [one.place for one in met], _WINDOW)


def _best_share(met: Sequence[Met], shares: Sequence[float], places: Sequence[int], width: int) -> float:
    """The share held by those from one meeting on whose places are less than a width away, the best ones."""
    best = 0.0
    for i, first in enumerate(places):
        held: dict[int, float] = {}
        for j in range(i, bisect_left(places, first + width, i)):
            concept, weight = met[j].concept, met[j].weight
            if weight > held.get(concept, 0.0):
                held[concept] = weight
        best = max(best, sum(shares[concept] * weight for concept, weight in held.items()))
    return best


def neighbours(met: Sequence[Met], shares: Sequence[float]) -> float:
    """The share of the question's pairs of neighbours that are neighbours in the passage too, each by the lesser share of the two."""
    by_concept: dict[int, list[Met]] = {}
    for one in met:
        by_concept.setdefault(one.concept, []).append(one)
    total = 0.0
    for i, these in by_concept.items():
        if i + 1 in by_concept:
            best = max(_beside(one, other) for one in these for other in by_concept[i + 1])
            total += best * min(shares[i], shares[i + 1])
    return total


def _beside(one: Met, other: Met) -> float:
    """How much two meetings are neighbours: fully next to one another in the question's order, less one apart or turned round."""
    gap = other.place - one.end
    counts = 1.0 if gap == 0 else _TURNED if gap == 1 or one.place == other.end else 0.0
    return counts * min(one.weight, other.weight)
