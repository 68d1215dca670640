"""What of a question of yes or no says when, where, why or by whose word, and not what is asked."""

from collections.abc import Mapping, Sequence
from typing import Literal

from rag.language.words import Word
from rag.question import Question
from rag.yes_no.cues import is_in
from rag.yes_no.predicate import Predicate, Tags

Aside = Literal["context", "reason", "voice"]

_BESIDE: tuple[Aside, ...] = ("reason", "voice")


def asides(
    question: Question, found: Sequence[Word], tags: Tags, predicate: Predicate, first: int
) -> Mapping[Aside, frozenset[int]]:
    """The concepts that tell when, where, on what occasion, why, or by whose word; what follows the predicate at once is its object."""
    dates = {i for i, concept in enumerate(question.concepts) if concept.kind == "date"}
    inside: dict[Aside, set[int]] = {"context": dates, "reason": set(), "voice": set()}
    begun: Aside | None = None
    for i in range(first, len(found)):
        if i == predicate.at + 1 and is_in(found[i], "question", "either"):
            continue
        begun = _begun(question, found, predicate, i, begun)
        reading = tags[i] if tags else None
        if reading and reading.particle == "ب" and i != predicate.at and _is_complete(found, predicate):
            begun = begun or "context"  # إصابات بالهجوم
        place = concept_at(question, found[i])
        if begun and place is not None and i != predicate.at:
            inside[begun].add(place)
    return {name: frozenset(places) for name, places in inside.items()}


def _begun(
    question: Question, found: Sequence[Word], predicate: Predicate, i: int, begun: Aside | None
) -> Aside | None:
    """What of `asides` goes on, or begins, at a word."""
    word = found[i]
    if i in (predicate.at, predicate.verb):
        return None
    for name in _BESIDE:
        if is_in(word, "question", name):
            return name
    if i and begun and any(is_in(found[i - 1], "question", name) for name in _BESIDE):
        return begun  # because *of*, according *to*
    if is_in(word, "question", "object"):
        return begun if begun and _goes_with_noun(question, found, predicate, i) else None
    if is_in(word, "question", "relative"):
        return begun or "context"
    joined = word.start > 0 and question.text[word.start - 1] == "-"  # sworn-in
    if (
        not joined
        and is_in(word, "question", "circumstance")
        and (i != predicate.at + 1 or _is_complete(found, predicate))
    ):
        return begun or "context"
    if i == predicate.at + 1 and is_in(found[predicate.at], "question", "undergone"):
        return "context"
    return begun


def _goes_with_noun(question: Question, found: Sequence[Word], predicate: Predicate, i: int) -> bool:
    """Whether a preposition goes with the noun before it, not with the predicate: in the attack *on* the base."""
    before = concept_at(question, found[i - 1])
    deed = before is not None and question.concepts[before].kind == "word"
    return found[i].folded == "of" or (deed and _is_complete(found, predicate))


def _is_complete(found: Sequence[Word], predicate: Predicate) -> bool:
    """Whether no object begins with "in" behind a predicate: of what there is, of what was done to somebody, of what befell anybody."""
    if is_in(found[predicate.at], "question", "with_in"):
        return False
    nobody = any(is_in(word, "question", "indefinite") for word in found[: predicate.at])
    return predicate.is_noun or predicate.passive or nobody


def concept_at(question: Question, word: Word) -> int | None:
    """The concept of a question that a word of it belongs to."""
    spans = ((i, one.start, one.start + len(one.text)) for i, one in enumerate(question.concepts))
    return next((i for i, start, end in spans if start <= word.start < end), None)
