"""Who did it to whom: the two that a verb of the sentence is about must not stand the other way round about that verb in the quote.

An English verb has who does it before it and to whom after it, a passive one the other way round, with "by". An Arabic verb has both after it, who
does it first, or the one before and the other after. Only where both are found, each in the place of the other, is anything wrong.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from rag.language.characters import fold, is_arabic
from rag.language.entities import entities
from rag.language.inflection import is_inflected
from rag.language.measures import measure
from rag.language.morphology import is_joined
from rag.language.readings import VERBS, readings
from rag.language.senses import spelling
from rag.language.speech import speech_kind
from rag.language.words import words
from rag.support.edits import repeats
from rag.support.match import Match
from rag.support.statement import Statement

_SAYS = 0.45  # how well a word of the quote must say one of the sentence for both to be about the same
_PAUSE = re.compile(r"[.!?؟;؛\n،,:()]")
_STOP = re.compile(r"[.!?؟;؛\n]")
_BESIDE, _DOER, _DONE_TO = (
    3,
    8,
    14,
)  # words of the quote from its verb: to who stands before it, to the first and to the second after it
_COUNTS = frozenset({"number", "date", "time"})
_OWN = ("ه", "ها", "هم")
_MEASURE = 30  # characters after a verb within which a measure begins
_MEASURED = re.compile(
    r"\s*(?:about |only |nearly )?(?:half )?(?:an?|one|half)\s+(?:second|minute|hour|day|week|month|year|metre|mile)\b"
)
_PHRASE = 4  # words that a noun phrase may begin before one of its words


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb of the sentence with the concepts of who does it and of to whom."""

    verb: int
    doers: tuple[int, ...]
    done_to: tuple[int, ...]
    certain: bool = True  # whether its form is a verb's, and not that of a noun as well


def reversed_roles(match: Match) -> str | None:
    """One who did it in the place of one to whom it was done."""
    for deed in () if repeats(match) else _deeds(match.statement):
        verbs = [place for place in match.places(deed.verb, _SAYS) if deed.certain or _is_verb(match, place)]
        pairs = (
            (a, b)
            for a in deed.doers
            for b in deed.done_to
            if not (_is_count(match.statement, a) or _is_count(match.statement, b))
        )
        if any(_is_reversed(match, verbs, a, b) for a, b in pairs) or _is_doer_later(match, verbs, deed):
            return f"roles: {match.statement.concepts[deed.verb].text}"
    return None


def _deeds(statement: Statement) -> Iterator[Deed]:
    """The verbs of a sentence that stand with two who take part; neither verbs of saying nor what two do to one another."""
    for i, kind in enumerate(statement.kinds):
        word = fold(statement.concepts[i].text)
        if (
            kind in {"word", "doubtful"}
            and speech_kind(word) in {None, "accuses"}
            and word not in _listed("both", "mutual")
        ):
            deed = _arabic_deed(statement, i) if statement.language == "ar" else _english_deed(statement, i)
            if deed and _takes_two(statement, deed):
                yield deed


def _takes_two(statement: Statement, deed: Deed) -> bool:
    """Whether somebody or something does it, and to somebody or something: they arrived half an hour late."""
    said = statement.text[statement.span(deed.verb)[1] :][:_MEASURE]
    measured = any(measure(statement.concepts[k].text) for k in deed.done_to) or _MEASURED.match(said)
    sides = (deed.doers, deed.done_to)
    return not measured and all(any(not _is_count(statement, k) for k in side) for side in sides)


def _is_count(statement: Statement, k: int) -> bool:
    """Whether a concept says how many, how much or when, and nobody who takes part."""
    concept = statement.concepts[k]
    number = concept.alternatives[0][0][0].startswith("#")
    return number or statement.kinds[k] in _COUNTS or measure(concept.text) is not None


def _english_deed(statement: Statement, i: int) -> Deed | None:
    start, end = statement.span(i)
    before = [word.folded for word in words(statement.text[:start])][-2:]
    auxiliary = bool(before) and before[-1] in _listed("english", "passive") | _listed("english", "auxiliaries")
    word = fold(statement.concepts[i].text)
    certain = auxiliary or word.endswith("ed") or is_inflected(word) or word in _listed("english", "unchanged")
    plural = bool(before) and before[-1].endswith("s")
    if (
        statement.concepts[i].text[0].isupper()
        or not (certain or word.endswith("s") or plural)
        or (before and before[-1] in _listed("english", "inside"))
    ):
        return None
    first = _phrase_before(statement, i)
    if before and any(one in _listed("english", "passive") for one in before):
        agent = re.match(r"[^,.;:]*?\bby\b", statement.text[end:])
        doers = [
            k for k in range(i + 1, len(statement.concepts)) if agent and statement.span(k)[0] >= end + agent.end()
        ]
        return Deed(i, _phrase_after(statement, doers[0]) if doers else (), first, certain)
    after = i + 1 if i + 1 < len(statement.concepts) and _is_inside(statement.between(i, i + 1)) else None
    return Deed(i, first, _phrase_after(statement, after) if after is not None else (), certain)


def _phrase_before(statement: Statement, i: int) -> tuple[int, ...]:
    """The concepts of the noun phrase right before one, auxiliaries between them."""
    found: list[int] = []
    for k in range(i - 1, -1, -1):
        between = words(statement.between(k, k + 1))
        allowed = _listed("english", "inside") | (frozenset() if found else _auxiliaries())
        said = speech_kind(fold(statement.concepts[k].text)) is not None
        if said or any(word.folded not in allowed for word in between) or _PAUSE.search(statement.between(k, k + 1)):
            break
        if found or statement.kinds[k] not in {"date", "time"}:
            found.append(k)
    return tuple(found)


def _phrase_after(statement: Statement, first: int) -> tuple[int, ...]:
    """The concepts of the noun phrase that begins with one."""
    found = [first]
    while found[-1] + 1 < len(statement.concepts) and _is_inside(statement.between(found[-1], found[-1] + 1)):
        found.append(found[-1] + 1)
    return tuple(found)


def _is_inside(between: str) -> bool:
    """Whether nothing stands between two concepts but what holds a noun phrase together."""
    return not _PAUSE.search(between) and all(word.folded in _listed("english", "inside") for word in words(between))


def _arabic_deed(statement: Statement, i: int) -> Deed | None:
    """A verb with the first two names after it, or with the name before it and the one after."""
    start, end = statement.span(i)
    if not is_verb(statement.text, start):
        return None
    named = [
        one
        for one in entities(statement.text)
        if one.named and not _PAUSE.search(statement.text[min(end, one.end) : max(start, one.start)])
    ]
    before = [one for one in named if one.end <= start and not statement.text[one.end : start].strip()]
    after = [one for one in named if end <= one.start]
    two = [*before, *after][:2]
    if (
        len(two) < 2
        or not words(statement.text[two[0].end : two[1].start])
        or any(_follows_preposition(statement, one.start) for one in two)
    ):
        return None
    first, second = (tuple(statement.within((one.start, one.end))) for one in two)
    return Deed(i, first, second)


def _follows_preposition(statement: Statement, start: int) -> bool:
    before = [word.folded for word in words(statement.text[:start])][-1:]
    return (
        bool(set(before) & (_listed("arabic", "oblique") | _listed("arabic", "aimed")))
        or statement.text[max(0, start - 1) : start].strip() != ""
    )


def is_verb(text: str, start: int) -> bool:
    """Whether the Arabic word at an offset is most likely a verb."""
    word = next((one for one in words(text) if one.start == start), None)
    if word is None:
        return False
    form = spelling(word)
    bare = form[1:] if form[0] in "وف" and is_joined(word.folded) else form
    return any(bool(known) and known[0].kind in VERBS for known in (readings(form), readings(bare)))


def _is_verb(match: Match, place: int) -> bool:
    start = match.window.tokens[place].start
    return not is_arabic(match.window.tokens[place].word) or is_verb(match.window.text, start)


def _is_reversed(match: Match, verbs: Sequence[int], doer: int, done_to: int) -> bool:
    """Whether the quote has who does it in the sentence in the place of to whom about one of the verbs, and about none as the sentence has it."""
    mine, other = match.places(doer, _SAYS), match.places(done_to, _SAYS)
    if set(mine) & set(other):
        return False
    ways = [(verb, a, b) for verb in verbs for a in mine for b in other]
    return any(_turns(match, *way) for way in ways) and not any(_may_agree(match, *way) for way in ways)


def _may_agree(match: Match, verb: int, doer: int, done_to: int) -> bool:
    """Whether words of the quote stand in an order in which the second does to the third what the first says."""
    marked = _is_oblique(match, verb, done_to) and not _is_verb(match, verb)  # the killing of him by a raid
    return doer < verb < done_to or (verb < doer < done_to and not marked)


def _is_doer_later(match: Match, verbs: Sequence[int], deed: Deed) -> bool:
    """Whether a name that follows the verb in the sentence is who does it in the quote, and the name of who does it there follows that."""
    kinds = match.statement.kinds
    return any(
        first - 1 in verbs and any(first < place <= first + _DONE_TO for place in match.places(doer, _SAYS))
        for doer in deed.doers
        if kinds[doer] == "name" and not set(match.places(doer, _SAYS)) & {verb + 1 for verb in verbs}
        for other in range(deed.verb + 1, len(kinds))
        if kinds[other] == "name" and other not in deed.doers
        for first in match.places(other, _SAYS)
        if is_arabic(match.window.tokens[first].word) and _is_verb(match, first - 1)
    )


def _turns(match: Match, verb: int, doer: int, done_to: int) -> bool:
    """Whether the second of two words of the quote does to the first what a verb of it says."""
    tokens = match.window.tokens
    if _STOP.search(match.window.text[tokens[min(verb, doer, done_to)].end : tokens[max(verb, doer, done_to)].start]):
        return False
    if not is_arabic(tokens[verb].word):
        return verb - _BESIDE <= done_to < verb < doer <= verb + _DOER
    oblique, marked = (_is_oblique(match, verb, place) for place in (doer, done_to))
    if verb < done_to < doer:
        return not oblique and not marked and done_to - verb <= _DOER and doer - verb <= _DONE_TO
    if done_to < verb < doer:
        subject = not marked and _is_subject(match, done_to, verb)
        return subject and (doer == verb + 1 or not oblique) and doer - verb <= _DOER
    return verb < doer < done_to and marked and not oblique and doer - verb <= _DOER and done_to - verb <= _DONE_TO


def _is_subject(match: Match, place: int, verb: int) -> bool:
    """Whether a word stands in the noun phrase right before a verb, or before the noun of a verb that is its own (بعد فوزه على)."""
    tokens = match.window.tokens
    if tokens[verb].word.endswith(_OWN) and not _is_verb(match, verb):
        return True
    begins = place > 0 and tokens[place - 1].word in _listed("arabic", "that")
    pause = _PAUSE.search(match.window.text[tokens[place].end : tokens[verb].start])
    return not pause and (begins or verb - place <= _BESIDE)


def _is_oblique(match: Match, verb: int, place: int) -> bool:
    """Whether a preposition stands before the noun phrase of a word, or is joined to it; neither counts before the verb itself."""
    tokens = match.window.tokens
    for k in range(place, max(-1, place - _PHRASE), -1):
        if k == verb:
            return False
        word = tokens[k].word
        joined = word[:1] in _listed("arabic", "joined") and is_joined(word)
        if word in _listed("arabic", "oblique") or joined:
            return True
        if k > 0 and _PAUSE.search(match.window.text[tokens[k - 1].end : tokens[k].start]):
            return False
    return False


@cache
def _auxiliaries() -> frozenset[str]:
    return _listed("english", "auxiliaries") | _listed("english", "inside")


@cache
def _listed(language: str, name: str) -> frozenset[str]:
    return frozenset(fold(_data()[language][name]).split())


@cache
def _data() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files("rag.support").joinpath("roles.toml").read_text(encoding="utf-8"))
