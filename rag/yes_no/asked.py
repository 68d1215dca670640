"""A question of yes or no taken apart: what is asked, of whom and what, and under which circumstances."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.language.characters import fold
from rag.language.polarity import is_negating
from rag.language.readings import Reading
from rag.language.words import Word, words
from rag.question import Question
from rag.yes_no.asides import asides, concept_at
from rag.yes_no.cues import NAMES, NOUNS, begins_phrase, is_in, tagged
from rag.yes_no.predicate import Predicate, Tags, arabic_predicate, english_predicate
from rag.yes_no.reported import Reported, reported

_UPON = frozenset({"علي", "ضد", "on", "on the", "against", "against the"})  # between an attack and what was attacked
_JOINS = re.compile(r"\s*(?:['’]s?)?[\s\-]+(?:(?:of|the|al)[\s\-]+)*", re.IGNORECASE)  # inside an English noun phrase


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks, by the indices of its concepts.

    Attributes:
        question: as understood.
        place: the word of the question that is the predicate.
        predicate: the concept that is; None where the question's concepts leave the word out (وقع).
        subject: what it is said of.
        core: the subject, and the objects.
        context: when, where and on what occasion.
        reason: why, of which a "no" need not speak.
        voice: whose word is asked for (according to the *governor*).
        pairs: neighbours of the core in one noun phrase.
        future: whether it asks for what is to come.
        past: whether for what was.
        passive: whether the subject has it done to itself.
        indirect: whether it asks if something is known, and not if it is so.
        speaker: who is asked to have said so.
        is_noun: whether the predicate is a noun, of which something must say that it is or was.
        also: of "killed or hurt" the second predicate: its word and its concept.
    """

    question: Question
    place: int
    predicate: int | None
    subject: tuple[int, ...]
    core: tuple[int, ...]
    context: tuple[int, ...]
    reason: tuple[int, ...]
    voice: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    future: bool
    past: bool
    passive: bool
    is_noun: bool
    indirect: bool = False
    speaker: tuple[int, ...] = ()
    also: tuple[int, int] | None = None

    @property
    def all(self) -> tuple["Asked", ...]:
        """The question with each of its predicates alone."""
        if self.also is None:
            return (self,)
        return replace(self, also=None), replace(self, also=None, place=self.also[0], predicate=self.also[1])


@lru_cache(maxsize=1_000)
def asked(question: Question) -> Asked | None:
    """The question taken apart; None where that cannot be done surely, or where no sentence settles it: it denies, narrows or gives a choice."""
    found = words(question.text)
    known = _known(found)
    whether = known and known + (3 if question.language == "ar" else 2)  # ما إذا narrows and denies nothing
    if any(is_negating(word.folded) or is_in(word, "question", "narrowing") for word in found[whether:]):
        return None
    if known and concept_at(question, found[known]) is not None:
        tags = tagged(question.text) if question.language == "ar" else ()
        taken = _taken_apart(question, found, tags, known, Predicate(known))
        return taken and replace(taken, subject=(), indirect=True)
    first = next((i for i, word in enumerate(found) if not is_in(word, "question", "opening", "indefinite")), None)
    if first is None:
        return None
    tags = tagged(question.text) if question.language == "ar" else ()
    said = reported(found, tags, first)
    if said is not None:
        return _said(question, found, tags, said)
    predicate = arabic_predicate(found, tags, first) if tags else english_predicate(found, first)
    if predicate is None or not _is_fit(question, found, predicate):
        return None
    return _taken_apart(question, found, tags, first, predicate)


def _said(question: Question, found: Sequence[Word], tags: Tags, said: Reported) -> Asked | None:
    """What somebody is asked to have said, taken apart."""
    speaker = {concept_at(question, found[i]) for i in said.speaker}
    own = concept_at(question, found[said.predicate.at])
    dates = {i for i, concept in enumerate(question.concepts) if concept.kind == "date"}
    named = tuple(i for i in range(len(question.concepts)) if i in speaker - dates)
    if not named or own is None or question.concepts[own].kind != "word":
        return None
    before = {concept_at(question, word) for word in found[: said.first]} - dates
    taken = _taken_apart(question, found, tags, said.predicate.at if tags else said.first, said.predicate, before)
    return taken and replace(taken, speaker=named)


def _known(found: Sequence[Word]) -> int:
    """Where a question asks whether something is known (is it *clear* whether, هل *اتضح* ما إذا); 0 where it does not."""
    start = 2 if [word.folded for word in found[:2]] in (["is", "it"], ["was", "it"]) else 1
    asks = len(found) > start + 2 and is_in(found[start], "question", "known")
    return start if asks and begins_phrase(found, start + 1, "question", "whether") else 0


def _is_fit(question: Question, found: Sequence[Word], predicate: Predicate) -> bool:
    """Whether the concepts know the predicate for what it is, and no pronoun stands for what it is said of."""
    place = concept_at(question, found[predicate.at])
    if predicate.is_noun:
        return place is not None
    if place is None:
        return question.language == "ar"
    behind = range(predicate.at + 1, len(found))
    last = next((i for i in behind if is_in(found[i], "question", "circumstance")), len(found))
    pronoun = any(
        is_in(word, "question", "pronoun")
        and not any(is_in(next_one, "question", "times") for next_one in found[i + 1 : i + 2])
        for i, word in enumerate(found[:last])
    )
    return question.concepts[place].kind == "word" and not pronoun


def _taken_apart(
    question: Question,
    found: Sequence[Word],
    tags: Tags,
    first: int,
    predicate: Predicate,
    before: Set[int | None] = frozenset(),
) -> Asked | None:
    own = concept_at(question, found[predicate.at])
    also = _also(question, found, predicate)
    if also is None and any(is_in(word, "question", "either") for word in found):
        return None
    aside = asides(question, found, tags, predicate, first)
    light = concept_at(question, found[predicate.verb]) if predicate.verb is not None else None
    anybody = {i for i, one in enumerate(question.concepts) if _is_anybody(found, one.start)}
    without = {own, light, also and also[1], *anybody, *before, *_phrasing(question, found, predicate)}
    left = [i for i in range(len(question.concepts)) if i not in without]
    core = tuple(i for i in left if not any(i in some for some in aside.values()))
    if not (core or predicate.is_noun or any(is_in(word, "question", "indefinite") for word in found)):
        return None
    pairs = tuple(_pairs(question, found, tags, predicate))
    reading = tags[first] if tags else None
    within = {*core, own} if predicate.is_noun else set(core)
    return Asked(
        question,
        predicate.at,
        own,
        _subject(core, pairs) if tags else tuple(i for i in core if own is not None and i < own),
        core,
        tuple(i for i in left if i in aside["context"]),
        tuple(i for i in left if i in aside["reason"]),
        tuple(i for i in left if i in aside["voice"]),
        tuple(pair for pair in pairs if within.issuperset(pair)),
        future=_opens_with(found, first, "future") or (reading is not None and reading.particle == "س"),
        past=_opens_with(found, first, "past") or (reading is not None and reading.kind == "v"),
        passive=predicate.passive,
        is_noun=predicate.is_noun,
        also=also,
    )


def _is_anybody(found: Sequence[Word], start: int) -> bool:
    """Whether the word at an offset is somebody, whoever it may be: أحد, أي جماعة, جماعة ما."""
    i = next(i for i, word in enumerate(found) if word.end > start)
    beside = (*found[max(0, i - 1) : i], *found[i + 1 : i + 2])
    some = is_in(found[i], "question", "bodies") and any(is_in(word, "question", "some") for word in beside)
    return some or is_in(found[i], "question", "indefinite")


def _opens_with(found: Sequence[Word], first: int, name: str) -> bool:
    return any(is_in(word, "question", name) for word in found[: first + 1])


def _phrasing(question: Question, found: Sequence[Word], predicate: Predicate) -> Iterator[int]:
    """The concepts of words that only phrase a question: *سبق* أن, أعلنت مسؤوليتها *عن*, *near* Tabuk."""
    own = predicate.verb is not None and is_in(found[predicate.at], "question", "responsibility")
    for i, word in enumerate(found):
        behind = own and i == predicate.at + 1 and is_in(word, "question", "behind")
        aside = i not in (predicate.at, predicate.verb) and is_in(word, "question", "circumstance")
        opening = i < predicate.at and found[i].folded == "سبق"
        if (aside or behind or opening) and (place := concept_at(question, word)) is not None:
            yield place


def _also(question: Question, found: Sequence[Word], predicate: Predicate) -> tuple[int, int] | None:
    """The second of two predicates with "or" between them: its word and its concept."""
    at = predicate.at + 2
    if at >= len(found) or not is_in(found[at - 1], "question", "either"):
        return None
    concept = concept_at(question, found[at])
    more = any(is_in(word, "question", "either") for word in found[at:])
    return None if concept is None or more else (at, concept)


def _pairs(question: Question, found: Sequence[Word], tags: Tags, predicate: Predicate) -> Iterator[tuple[int, int]]:
    """Neighbouring concepts of one noun phrase."""
    readings = {word.start: tags[i] for i, word in enumerate(found)} if tags else {}
    for i in range(len(question.concepts) - 1):
        one, other = question.concepts[i], question.concepts[i + 1]
        gap = question.text[one.start + len(one.text) : other.start]
        pair = readings.get(one.start), readings.get(other.start)
        behind = predicate.at + 1 < len(found) and found[predicate.at + 1].start == one.start  # أثر الهجوم على
        if not behind and is_in(words(one.text)[-1], "question", "occasion") and fold(gap.strip()) in _UPON:
            yield i, i + 1
            continue
        if (not gap.strip() and _is_noun_phrase(*pair)) if tags else _JOINS.fullmatch(gap):
            yield i, i + 1


def _is_noun_phrase(one: Reading | None, other: Reading | None) -> bool:
    """Whether an Arabic word goes with the one before: its adjective, what it belongs to, what it counts, or the rest of a name."""
    if one is None or other is None:
        return False
    if one is other:
        return True
    if other.particle or other.conjunction:
        return False
    if one.kind == "Q":
        return other.kind in NOUNS
    if one.kind in NAMES:
        return other.kind in NAMES
    adjective = other.kind in {"a", "d"} and one.kind in NOUNS and one.article == other.article
    genitive = one.kind in {"s", "p"} and not one.article and not one.pronoun and other.kind in NOUNS | NAMES
    return adjective or genitive


def _subject(core: Sequence[int], pairs: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """The first noun phrase behind an Arabic verb."""
    subject = list(core[:1])
    while subject and (subject[-1], subject[-1] + 1) in pairs and subject[-1] + 1 in core:
        subject.append(subject[-1] + 1)
    return tuple(subject)
