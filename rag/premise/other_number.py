"""A premise with a wrong number: the articles, of the same deed, count another number of what the question counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rag.language.quantities import Quantity, quantities
from rag.premise.alignment import Aligner, Mask, Vector, is_deed
from rag.premise.finding import Finding
from rag.premise.presupposition import Presupposition
from rag.premise.sentences import ReadSentence

_MET = 0.75  # what is counted, or done, is not said by a word that says it less well
_BESIDE = 60  # letters to either side of a quantity in which the deed stands
_REST = 0.6  # share of the rest of the question in the sentence, names and dates also in what its article is about
_TOLD = 0.4  # of that in a sentence of another article, for its numbers to be of the same
_LEAST = 2  # concepts beside the number and what it counts
_ANYBODY = frozenset({"شخص", "peopl", "person"})  # stems of units that the concepts of a question leave out


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number of the question that it speaks of as a fact.

    Attributes:
        quantity: of the question's text.
        number: of each concept whether it is the number.
        unit: of each concept whether it is what is counted; of people there is none.
        deeds: of each concept whether it may be what those did, or what was done to them.
    """

    quantity: Quantity
    number: Mask
    unit: Mask
    deeds: Mask


def find(sentences: Sequence[ReadSentence], taken: Presupposition) -> Finding | None:
    """The best sentence that counts another number; None where there is none, or where any sentence has the question's."""
    if not sentences or taken.denial is not None:
        return None
    found = [
        finding for counted in _counted(sentences[0].aligner, taken) for finding in _told_otherwise(sentences, counted)
    ]
    return max(found, key=lambda one: one.score, default=None)


def _counted(aligner: Aligner, taken: Presupposition) -> Iterator[_Counted]:
    """The numbers of things in a question that it does not bound."""
    concepts = aligner.question.concepts
    starts = np.array([one.start for one in concepts])
    for one in quantities(aligner.question.text):
        if one.unit_start is None or one.unit_end is None or one.bound is not None:
            continue
        unit = (one.unit_start <= starts) & (starts < one.unit_end) & aligner.plain & taken.facts
        inside = (one.start <= starts) & (starts < one.end)
        numbers = np.array([concept.kind == "number" for concept in concepts], dtype=bool)
        deeds = (
            np.array([is_deed(concept.text) for concept in concepts], dtype=bool) & aligner.plain & taken.facts & ~unit
        )
        known = unit.any() or one.unit_stem in _ANYBODY
        if known and deeds.any() and (~(unit | numbers)).sum() >= _LEAST:
            yield _Counted(one, numbers & inside, unit, deeds)


def _told_otherwise(sentences: Sequence[ReadSentence], counted: _Counted) -> Iterator[Finding]:
    """The sentences with another number, of articles that do not have the question's, as it is or as a sum."""
    rest = np.where(counted.number | counted.unit, 0.0, sentences[0].aligner.known)
    if rest.sum() <= 0:
        return
    told = [(one, list(_of_same(one, counted)), _share(one, rest / rest.sum())) for one in sentences]
    having = [(one, share) for one, said, share in told if _has(one, said, counted.quantity.value)]
    if any(share >= _TOLD for _, share in having):
        return
    same = {one.article_id for one, _ in having}
    for one, said, share in told:
        if share < _REST or one.article_id in same or one.is_of_another_time or one.is_aside:
            continue
        if any(quantity.bound is None and _beside(one, quantity)[counted.deeds].max() >= _MET for quantity in said):
            yield Finding(one, tuple(np.flatnonzero(counted.number | counted.unit).tolist()), share)


def _share(one: ReadSentence, rest: Vector) -> float:
    """How much of the rest of a question a sentence says; its names and dates may be what its article is about."""
    return float(np.where(one.aligner.named, one.context, one.evidence.held) @ rest)


def _of_same(one: ReadSentence, counted: _Counted) -> Iterator[Quantity]:
    """The quantities of a sentence that count what the question does."""
    for quantity in quantities(one.text):
        if quantity.unit_start is None or quantity.unit_end is None or one.denies(quantity.start):
            continue
        said = one.stretch(quantity.unit_start, quantity.unit_end).best
        anybody = {quantity.unit_stem, counted.quantity.unit_stem} <= _ANYBODY
        if anybody or quantity.unit_stem == counted.quantity.unit_stem or said[counted.unit].max(initial=0.0) >= _MET:
            yield quantity


def _has(one: ReadSentence, said: Sequence[Quantity], value: float) -> bool:
    """Whether a sentence has a number, of whatever, or quantities of the same that come to it."""
    return value in {quantity.value for quantity in quantities(one.text)} or sum(q.value for q in said) == value


def _beside(one: ReadSentence, quantity: Quantity) -> Vector:
    start, end = max(0, quantity.start - _BESIDE), min(len(one.text), quantity.end + _BESIDE)
    return one.stretch(start, end).best
