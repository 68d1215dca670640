"""What somebody is asked to have said: did Kirby say that the base *was hit*, هل أكد الوزير أن الجسر *انهار*."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.language.inflection import base
from rag.language.speech import speech_kind
from rag.language.words import Word
from rag.yes_no.cues import is_in
from rag.yes_no.english import verbs
from rag.yes_no.predicate import HAVE, Predicate, Tags, arabic_predicate, is_be, participle_behind

_KINDS = frozenset({"says", "announces", "claims"})  # of `rag.language.speech`


@dataclass(frozen=True, slots=True)
class Reported:
    """A clause that somebody is asked to have said.

    Attributes:
        speaker: the words that tell who.
        first: the first word of the clause.
        predicate: of the clause.
    """

    speaker: range
    first: int
    predicate: Predicate


def reported(found: Sequence[Word], tags: Tags, first: int) -> Reported | None:
    """What a question asks somebody to have said; None where it asks for no words of anybody.

    Args:
        found: the words of the question.
        tags: their readings where they are Arabic.
        first: the first of them that says something.
    """
    return _arabic(found, tags, first) if tags else _english(found, first)


def _arabic(found: Sequence[Word], tags: Tags, first: int) -> Reported | None:
    if speech_kind(found[first].folded) not in _KINDS:
        return None
    that = next((i for i in range(first + 2, len(found) - 1) if (tag := tags[i]) is not None and tag.kind == "T"), None)
    if that is None:
        return None
    last = next((i for i in range(first + 1, that) if is_in(found[i], "question", "circumstance")), that)
    behind = range(that + 1, len(found))
    verb = next((i for i in behind if (tag := tags[i]) is not None and tag.is_verb), that + 1)
    predicate = arabic_predicate(found, tags, verb)
    return Reported(range(first + 1, last), that + 1, predicate) if predicate else None


def _english(found: Sequence[Word], first: int) -> Reported | None:
    if found[0].folded != "did":
        return None
    says = next((i for i in range(first + 1, len(found)) if speech_kind(found[i].folded) in _KINDS), None)
    if says is None:
        return None
    that = next((i for i in range(says + 1, len(found)) if found[i].folded == "that"), None)
    if that is None:
        return None
    predicate = _declared(found, that + 2)
    return Reported(range(first, says), that + 1, predicate) if predicate else None


def _declared(found: Sequence[Word], start: int) -> Predicate | None:
    """The predicate of an English clause in the past, behind its subject."""
    for i in range(start, len(found)):
        word = found[i]
        if is_be(word):
            return participle_behind(found, i + 1, passive=True)
        if word.folded in HAVE:
            return participle_behind(found, i + 1, passive=False)
        bare = base(word.folded)
        irregular = bare != word.folded and bare in verbs() and not word.folded.endswith(("s", "ing"))
        if word.text.islower() and (irregular or word.folded.endswith("ed")):
            return Predicate(i)
    return None
