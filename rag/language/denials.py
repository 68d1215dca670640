"""What a text says is not so: the stretch after a word that denies, to the end of its clause, without the one who denies it."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any, Literal

from rag.language.characters import fold, is_arabic
from rag.language.polarity import negations
from rag.language.readings import NOUNS, VERBS, readings
from rag.language.words import Word, words

DenialKind = Literal["negated", "denied", "refused"]

_PAUSE = re.compile(r"[.!?؟;؛\n،,:()–—]|\s-\s")
_LONGEST = 16  # words that are denied together
_SUBJECT = 14  # words in which a verb of denial names who denies
_BESIDE = 8  # words to what belongs to a verb (kept somebody *from*)
_LIKELY = 0.7  # nats by which a word may be a less likely reading than another
_NO_CUES = frozenset({"الا", "لما", "ليلا"})  # إلا rather than ألا, "when" rather than "not yet", "at night" rather than لئلا
_AND_THAT = frozenset({"وان", "وانه", "وانها", "وانهم"})
_BEFORE_VERBS = frozenset({"لم", "لن", "لا"})
_PREPOSITIONS = frozenset("في من الي علي عن مع بعد قبل خلال منذ عبر".split())
_JOINED = "وف"


@dataclass(frozen=True, slots=True)
class Denial:
    """A stretch of a text that it denies.

    Attributes:
        cue_start: offset of the word that denies.
        cue_end: the offset after it.
        start: offset of what is denied.
        end: the offset after it.
        core: offset of what is denied at heart, after words that only say that it happens (لم تسجل أي *إصابات*).
        described: offset of the noun that a relative clause with the denial is about (الخبير الذي لم يشارك, شركة لم تقدم, آبار غير مرخصة).
        kind: whether it is negated (لم, not), said not to be so (نفى, denied), or refused or missed (رفض, failed).
    """

    cue_start: int
    cue_end: int
    start: int
    end: int
    core: int
    kind: DenialKind
    described: int | None

    def holds(self, start: int) -> bool:
        """Whether what begins at an offset is denied."""
        return self.start <= start < self.end


@lru_cache(maxsize=10_000)
def denials(text: str) -> tuple[Denial, ...]:
    """The stretches that a text denies, in order; one may hold another.

    >>> text = "نفى الوزير صحة ما تردد عن فراره، مؤكدا أنه لم يغادر البلاد"
    >>> [text[one.start : one.end] for one in denials(text)]
    ['صحة ما تردد عن فراره', 'يغادر البلاد']
    """
    found = words(text)
    places = {word.start: i for i, word in enumerate(found)}
    cues: dict[int, DenialKind] = {}
    for one in negations(text):
        i = places.get(one.start)
        if i is not None and found[i].folded not in _NO_CUES:
            cues[i] = "denied" if one.is_denial else "negated"
    for i, word in enumerate(found):
        if _bare(word.folded) in _listed("refusing", "denying"):
            cues[i] = "denied"
        elif _bare(word.folded) in _refusing() and _is_complete(found, i):
            cues[i] = "refused"
    return tuple(one for i in sorted(cues) for one in _denied(text, found, cues, i))


def _denied(text: str, found: Sequence[Word], cues: Mapping[int, DenialKind], i: int) -> Iterator[Denial]:
    """What the i-th word denies; of a rumour each thing that it says."""
    first = i + 1 if cues[i] == "negated" else _first(text, found, i)
    if first is None:
        return
    last = _last(text, found, first)
    last = next((j for j in range(first + 1, last) if j in cues and found[j].folded[:1] in _JOINED), last)
    starts = [first, *(j for j in range(first + 1, last) if found[j].folded in _AND_THAT and cues[i] == "denied")]
    for begin, end in pairwise([*starts, last]):
        heart = _after_rumour(found, begin, end)
        core = next((j for j in range(heart, end) if not is_light(found[j].folded)), end - 1)
        stretch = found[begin].start, found[end - 1].end, found[core].start
        yield Denial(found[i].start, found[i].end, *stretch, cues[i], _described(text, found, i))


def _described(text: str, found: Sequence[Word], i: int) -> int | None:
    """Where the noun stands that the i-th word's clause describes."""
    j = i - 1
    if j > 0 and found[j].folded in _listed("ends", "relatives"):
        return found[j - 1].start
    if j < 0 or _PAUSE.search(text[found[j].end : found[i].start]) or not is_arabic(found[j].folded):
        return None
    definite = [word.folded.startswith(("ال", "لل")) for word in (found[j], *found[i + 1 : i + 2])]
    if found[i].folded == "غير":
        return found[j].start if len(set(definite)) == 1 else None  # else it tells of its subject: الوزارة غير مهتمة
    known = readings(found[j].folded)
    indefinite = bool(known) and known[0].kind in NOUNS and not (known[0].article or known[0].pronoun)
    return found[j].start if indefinite and _bare(found[i].folded) in _BEFORE_VERBS else None


def _after_rumour(found: Sequence[Word], first: int, last: int) -> int:
    """Where what a rumour says begins, in what is denied of it; else the first word."""
    told = next((j for j in range(first, last) if found[j].folded in _listed("begins", "rumours")), last)
    links = [j for j in range(told + 1, last - 1) if found[j].folded in _listed("begins", "links")]
    return links[0] + 1 if links else first


def _first(text: str, found: Sequence[Word], i: int) -> int | None:
    """Where what a verb denies begins, after the one who denies it; None where that cannot be told."""
    link = _only_with().get(_bare(found[i].folded))
    if link:
        return 1 + next(j for j in range(i + 1, len(found)) if found[j].folded == link)
    if _bare(found[i].folded) in _listed("begins", "going_on") or not is_arabic(found[i].folded):
        return i + 1
    limit = min(len(found), i + 1 + _SUBJECT)
    near = range(i + 1, next((j for j in range(i + 2, limit) if _is_next_deed(found[j].folded)), limit))
    begins = [j for j in near if found[j].folded in _listed("begins", "first_words") or _begins_a_deed(text, found, i, j)]
    return begins[0] if begins else None


def _begins_a_deed(text: str, found: Sequence[Word], i: int, j: int) -> bool:
    """Whether the j-th word names a deed (اختراق, الدخول) and is no part of the name of who denies it (إدارة in رئيس مجلس إدارة)."""
    word, before = found[j].folded, found[j - 1].folded
    known = readings(word)
    if before in _PREPOSITIONS or "عدم" in {before, *(other.folded for other in found[j + 1 : j + 2])}:  # طلب عدم ذكر اسمه
        return False
    if not any(one.kind == "g" and not one.conjunction and one.cost <= known[0].cost + _LIKELY for one in known):
        return False
    if j == i + 1 or re.search(r"[،,\"”»)]", text[found[j - 1].end : found[j].start]):
        return True
    ends = before.startswith(("ال", "لل")) or not any(one.kind in NOUNS for one in readings(before))
    return ends and not word.startswith("ال")


def _last(text: str, found: Sequence[Word], first: int) -> int:
    """The index after the last word that is denied with the first."""
    last = min(first + 1, len(found))
    while last < len(found) and last - first < _LONGEST:
        word = found[last].folded
        if _PAUSE.search(text[found[last - 1].end : found[last].start]):
            break
        if word in _listed("ends", "relatives") or _bare(word) in _listed("ends", "turns") or _is_next_deed(word):
            break
        last += 1
    return last


def _is_next_deed(folded: str) -> bool:
    """Whether a word is "and" with a verb, which begins another clause."""
    known = readings(folded) if folded[:1] in _JOINED and is_arabic(folded) else ()
    return bool(known) and known[0].kind in VERBS and bool(known[0].conjunction)


def _is_complete(found: Sequence[Word], i: int) -> bool:
    """Whether the word that makes a verb one of refusing comes after it, where it takes one."""
    wanted = _only_with().get(_bare(found[i].folded))
    return wanted is None or any(word.folded == wanted for word in found[i + 1 : i + 1 + _BESIDE])


def is_light(folded: str) -> bool:
    """Whether a folded word only says that something is, happens or is told."""
    return folded in _light() or (is_arabic(folded) and folded[:1] in "وفبل" and folded[1:] in _light())


def _bare(folded: str) -> str:
    return folded[1:] if folded[:1] in _JOINED and len(folded) > 3 and is_arabic(folded) else folded


@cache
def _refusing() -> frozenset[str]:
    table = _data()["refusing"]
    return frozenset(fold(f"{table['arabic']} {table['english']}").split())


@cache
def _light() -> frozenset[str]:
    table = _data()["light"]
    return frozenset(fold(f"{table['arabic']} {table['english']}").split())


@cache
def _only_with() -> Mapping[str, str]:
    return {fold(verb): fold(word) for verb, word in _data()["refusing"]["only_with"].items()}


@cache
def _listed(table: str, name: str) -> frozenset[str]:
    return frozenset(fold(_data()[table][name]).split())


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("rag.language").joinpath("denials.toml").read_text(encoding="utf-8"))
