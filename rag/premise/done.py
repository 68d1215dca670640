"""A premise of something not done: the question asks why it was refused or left undone, and the articles say that it was done."""

from collections.abc import Iterator, Sequence

import numpy as np

from rag.language.antonyms import antonyms, spots
from rag.language.characters import is_arabic
from rag.language.denials import is_light
from rag.premise.alignment import Mask, is_deed
from rag.premise.finding import Finding
from rag.premise.presupposition import Presupposition
from rag.premise.sentences import ReadSentence
from rag.question import Concept

_WINDOW = 90  # letters to either side of a deed in which who did it and what it was done to stand
_USUAL = 3  # ways of saying a concept
_HEART = 2  # concepts: the deed and what it was done to
_LITERAL = 0.8
_MET, _SAID = 0.6, 0.7
_SUBJECT, _TOPIC = 0.6, 0.7


def find(sentences: Sequence[ReadSentence], taken: Presupposition) -> Finding | None:
    """The best sentence that affirms what a question denies; None where there is none, or where any sentence denies it, too."""
    if not sentences or taken.denial is None or taken.denial.kind == "denied":
        return None
    aligner = sentences[0].aligner
    plain = np.flatnonzero(aligner.plain & taken.denied)
    plain = [int(i) for i in plain if not is_light(aligner.question.concepts[i].text)]
    heart = plain[:_HEART]
    deeds = [i for i in heart if _may_be_a_deed(aligner.question.concepts[i])]
    if not deeds or any(_is_denied(one, deeds[0]) for one in sentences):
        return None
    before = np.array([one.start < taken.denial.cue_start for one in aligner.question.concepts], dtype=bool)
    found = list(_affirming(sentences, heart, taken, before))
    return max(found, key=lambda one: one.score, default=None)


def _may_be_a_deed(concept: Concept) -> bool:
    """Whether one of the usual Arabic ways of saying a concept is a verb or the noun of one."""
    ways = [stems[0] for stems, _ in concept.alternatives if len(stems) == 1 and is_arabic(stems[0])]
    return not ways or any(is_deed(way) for way in ways[:_USUAL])


def _is_denied(one: ReadSentence, deed: int) -> bool:
    said = (one.stretch(denial.start, denial.end).best for denial in one.denials)
    return not one.evidence.apart and any(best[deed] >= _MET for best in said)


def _affirming(
    sentences: Sequence[ReadSentence], heart: list[int], taken: Presupposition, before: Mask
) -> Iterator[Finding]:
    """The sentences that say the deed of the same."""
    head = heart[0]
    said = spots(sentences[0].aligner.question.concepts[head].text)
    alike = [pair.own for i in range(len(said)) for pair in antonyms().at(said, i) if pair.kind == "x"]
    for one in sentences:
        if one.evidence.apart or one.is_of_another_event(len(one.text)):
            continue
        literal = {one.aligned.terms[i].start for i in np.flatnonzero(one.aligned.met[:, heart].max(axis=1) >= _LITERAL)}
        for i, spot in enumerate(one.spots):
            said_so = spot.start in literal or any(side.length_at(one.spots, i) for side in alike)
            if not said_so or one.denies(spot.start) or not is_deed(one.text[spot.start : spot.end]):
                continue
            start, end = max(0, spot.start - _WINDOW), min(len(one.text), spot.end + _WINDOW)
            best = one.stretch(start, end).best
            if spot.start not in literal:
                best[head] = 1.0
            deed = float(best[heart].mean())
            subject = float(best[before].mean()) if before.any() else 1.0
            rest = np.where(taken.facts & ~before, 0.0, one.aligner.known)  # without the word that denies
            topic = float(np.maximum(one.context, best) @ rest / rest.sum()) if rest.sum() > 0 else 0.0
            if deed >= _SAID and subject >= _SUBJECT and topic >= _TOPIC:
                yield Finding(one, tuple(np.flatnonzero(taken.denied).tolist()), deed + subject + topic)
