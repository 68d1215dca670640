"""A premise with a wrong date: the articles date the same deed otherwise."""

from collections.abc import Iterator, Sequence

import numpy as np

from rag.premise.alignment import Mask, Vector
from rag.premise.finding import Finding
from rag.premise.presupposition import Presupposition
from rag.premise.sentences import ReadSentence, is_as_fine

_MET = 0.8  # a deed met less is not told
_BESIDE = 60  # letters to either side of a date in which the deed stands
_REST = 0.75  # share of the rest of the question in the sentence, names also in what its article is about
_TOLD = 0.6  # a deed told as well beside the question's own date is of that date
_LEAST = 2  # concepts beside the date
_OF_A_DEED = frozenset(
    {"when", "why", "how"}
)  # in other questions a date rather tells one of many things from the others


def find(sentences: Sequence[ReadSentence], taken: Presupposition) -> Finding | None:
    """The best sentence that dates the deed otherwise; None where there is none, or where any tells of it on the question's date."""
    if not sentences or taken.denial is not None or taken.to_come.any():
        return None
    if sentences[0].aligner.question.type not in _OF_A_DEED:
        return None
    dates = np.flatnonzero(sentences[0].aligner.dates & taken.facts).tolist()
    found = [finding for date in dates for finding in _dated_otherwise(sentences, date, taken)]
    return max(found, key=lambda one: one.score, default=None)


def _dated_otherwise(sentences: Sequence[ReadSentence], date: int, taken: Presupposition) -> Iterator[Finding]:
    aligner = sentences[0].aligner
    deeds = aligner.plain & taken.facts
    rest = np.where(aligner.dates, 0.0, aligner.known)
    if not deeds.any() or rest.sum() <= 0 or np.count_nonzero(rest) < _LEAST:
        return
    rest = rest / rest.sum()
    asked = aligner.question.concepts[date].alternatives[0][0][0]
    if any(_tells(one, date, rest) for one in sentences):
        return
    for one in sentences:
        held = np.where(aligner.named, one.context, one.evidence.held)
        share = float(held @ rest)
        if share >= _REST and any(_is_done(one, place, deeds) for place in _other_dates(one, asked)):
            yield Finding(one, (date,), share)


def _tells(one: ReadSentence, date: int, rest: Vector) -> bool:
    """Whether a sentence, or its article as a whole, is of the question's date and tells of the rest."""
    return bool(one.context[date] >= _TOLD and float(one.evidence.held @ rest) >= _TOLD)


def _other_dates(one: ReadSentence, asked: str) -> Iterator[int]:
    """Where a sentence gives another date as fine as the question's, and not that one."""
    dates = [term for term in one.aligned.terms if term.kind == "date"]
    if all(term.text != asked for term in dates):
        yield from (term.start for term in dates if is_as_fine(term.text, asked))


def _is_done(one: ReadSentence, place: int, deeds: Mask) -> bool:
    start, end = max(0, place - _BESIDE), min(len(one.text), place + _BESIDE)
    return not one.denies(place) and bool(one.stretch(start, end).best[deeds].max(initial=0.0) >= _MET)
