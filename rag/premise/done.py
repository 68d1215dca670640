"""A premise of something not done: the question asks why it was refused or left undone, and the articles say that it was done."""

from collections.abc import Iterator, Sequence

import numpy as np

from rag.language.antonyms import antonyms, spots
from rag.language.characters import fold, is_arabic
from rag.language.denials import Denial, is_light
from rag.language.inflection import base
from rag.language.words import words
from rag.premise.alignment import is_deed
from rag.premise.finding import Finding
from rag.premise.presupposition import Presupposition, is_wished
from rag.premise.sentences import ReadSentence
from rag.question import Concept, Question
from rag.yes_no.english import mostly_verbs

_WINDOW = 120  # letters to either side of a deed in which who did it and what it was done to stand
_USUAL = 3  # ways of saying a concept
_HEART = 2  # concepts: the deed and what it was done to
_WISH = 15  # letters after a word of wishing or trying in which what is wished stands
_LITERAL = 0.8
_MET, _SAID = 0.6, 0.7
_SUBJECT, _TOPIC = 0.6, 0.7


def find(sentences: Sequence[ReadSentence], taken: Presupposition) -> Finding | None:
    """The best sentence that affirms what a question denies; None where there is none, or where any sentence denies it, too."""
    if not sentences or taken.denial is None or taken.denial.kind == "denied":
        return None
    question, plain = sentences[0].aligner.question, sentences[0].aligner.plain
    if question.text[: taken.denial.cue_end].endswith("ing"):  # after rejecting it, what …
        return None
    inside = [i for i in np.flatnonzero(plain & taken.denied).tolist() if not is_light(fold(question.concepts[i].text))]
    heart = inside[:_HEART]
    deed = min(
        (i for i in heart if _may_be_a_deed(question.concepts[i])),
        key=lambda i: not _is_rather_a_verb(question.concepts[i]),
        default=None,
    )
    fit = [one for one in sentences if not one.evidence.apart]
    if deed is None or any(_is_denied(one, deed) for one in fit):
        return None
    wanted = _Undone(question, taken.denial, heart)
    found = [wanted.done(one, spot) for one in fit for spot in wanted.spots(one)]
    return max((one for one in found if one), key=lambda one: one.score, default=None)


def _subject(question: Question, denial: Denial) -> list[int]:
    """The concepts that name who refused or left undone: between the word that denies and what is denied (فشل *الفريق* في), else before it."""
    starts = [concept.start for concept in question.concepts]
    between = [i for i, start in enumerate(starts) if denial.cue_end <= start < denial.start]
    before = [i for i, start in enumerate(starts) if start < denial.cue_start]
    return between or before[-1:]


def _may_be_a_deed(concept: Concept) -> bool:
    """Whether one of the usual Arabic ways of saying a concept is a verb or the noun of one."""
    ways = [stems[0] for stems, _ in concept.alternatives if len(stems) == 1 and is_arabic(stems[0])]
    return not ways or any(is_deed(way) for way in ways[:_USUAL])


def _is_rather_a_verb(concept: Concept) -> bool:
    """Whether a concept is an English word that is rather a verb than a noun (no troops *evacuated*)."""
    folded = fold(concept.text)
    return folded.endswith(("ed", "ing")) or base(folded) in mostly_verbs()


def _is_denied(one: ReadSentence, deed: int) -> bool:
    said = (one.stretch(denial.start, denial.end).best for denial in one.denials)
    return any(best[deed] >= _MET for best in said)


class _Undone:
    """What a question says was not done.

    Args:
        question: that says so.
        denial: where it does.
        heart: the concepts that say what was not done.
    """

    def __init__(self, question: Question, denial: Denial, heart: list[int]) -> None:
        said = spots(question.concepts[heart[0]].text)
        self._heart = heart
        self._alike = [pair.own for i in range(len(said)) for pair in antonyms().at(said, i) if pair.kind == "x"]
        self._subject = _subject(question, denial)
        self._about = tuple(i for i, one in enumerate(question.concepts) if denial.holds(one.start))
        self._denying = np.array([one.start == denial.cue_start for one in question.concepts])

    def spots(self, one: ReadSentence) -> Iterator[tuple[int, int, bool]]:
        """Where a sentence says the deed: its offsets, and whether in a word of the question's meaning, not one like it."""
        if one.is_of_another_event(len(one.text)):
            return
        met = one.aligned.met[:, self._heart].max(axis=1)
        literal = {term.start for term, how in zip(one.aligned.terms, met, strict=True) if how >= _LITERAL}
        found = words(one.text)
        for i, spot in enumerate(one.spots):
            said = spot.start in literal or any(side.length_at(one.spots, i) for side in self._alike)
            if one.denies(spot.start) or is_wished(spot.start, found, _WISH):
                continue
            if said and is_deed(one.text[spot.start : spot.end]):
                yield spot.start, spot.end, spot.start in literal

    def done(self, one: ReadSentence, spot: tuple[int, int, bool]) -> Finding | None:
        """What is found where a sentence says the deed; None where it is said of something else."""
        start, end, literal = spot
        best = one.stretch(max(0, start - _WINDOW), min(len(one.text), end + _WINDOW)).best
        if not literal:
            best[self._heart[0]] = 1.0
        deed = float(best[self._heart].mean())
        doer = float(best[self._subject].mean()) if self._subject else 1.0
        rest = np.where(self._denying, 0.0, one.aligner.known)
        topic = float(np.maximum(one.context, best) @ rest / rest.sum()) if rest.sum() > 0 else 0.0
        if deed < _SAID or doer < _SUBJECT or topic < _TOPIC:
            return None
        return Finding(one, self._about, deed + doer + topic)
