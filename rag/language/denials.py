"""What a text says is not so: the stretch after a word that denies, to the end of its clause, without the one who denies it.

The words that negate are those of `rag.language.polarity`; verbs of refusing and the words around which a denial is cut stand in `denials.toml`.
"""

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
from rag.language.readings import NOUNS, VERBS, Reading, readings
from rag.language.senses import spelling
from rag.language.words import Word, words

DenialKind = Literal["negated", "denied", "refused"]

_PAUSE = re.compile(r"[.!?؟;؛\n،,:()–—]|\s-\s")
_CLOSED = re.compile(r"[،,\"”»)]")
_LONGEST = 16  # words that are denied together
_SUBJECT = 14  # words in which a verb of denial names who denies
_BESIDE = 8  # words to what belongs to a verb (kept somebody *from*)
_IF = 5  # words after "if" that it makes a supposition
_LIKELY = 1.5  # nats by which a word may be a less likely reading than another
# Of the words that negate: إلا rather than ألا, لما "when" rather than "not yet", ليلا "at night" rather than لئلا.
_NO_CUES = frozenset({"الا", "لما", "ليلا"})
_AND_THAT = frozenset({"وان", "وانه", "وانها", "وانهم"})
_DESCRIBING = frozenset({"لم", "لن", "لا", "بلا"})
_JOINED = "وف"
_WHICH_NOT = re.compile(
    r"(?<=\bوهو )ما(?= (?:لم|لن|لا)\b)|(?<=\bوهي )ما(?= (?:لم|لن|لا)\b)|(?<=، )ما(?= لم (?:يتسن|يصدر|ي?تعلق)\b)"
)
_HOWEVER = re.compile(r"\b(?:إلا|غير)(?= أن)")


@dataclass(frozen=True, slots=True)
class Denial:
    """A stretch of a text that it denies.

    Attributes:
        cue_start: offset of the word that denies.
        cue_end: the offset after it.
        start: offset of what is denied.
        end: the offset after it.
        core: offset of what is denied at heart, after words that only say that it happens (لم تسجل أي *إصابات*).
        kind: whether it is negated (لم, not), said not to be so (نفى, denied), or refused or missed (رفض, failed).
        is_total: whether it is denied of all (لم تسفر عن *أي* إصابات, none).
        is_linking: whether it is denied that something is something (نفى أن تكون الحافلة قديمة), not that something happens.
        described: offset of the noun that a relative clause with the denial is about (*الخبير* الذي لم يشارك, *آبار* غير مرخصة).
    """

    cue_start: int
    cue_end: int
    start: int
    end: int
    core: int
    kind: DenialKind
    is_total: bool
    is_linking: bool
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
    text = told_apart(text)
    found = words(text)
    cues = _cues(text, found)
    return tuple(one for i in sorted(cues) for one in _denied(text, found, cues, i))


def told_apart(text: str) -> str:
    """A text whose denials are not taken for other phrases: "which was not" for "unless", "however" for "except"; no offset moves.

    >>> told_apart("ولم تعلن نتيجة حتى الآن إلا أنها قريبة، وهو ما لم يتسن التحقق منه")
    'ولم تعلن نتيجة حتى الآن لكن أنها قريبة، وهو    لم يتسن التحقق منه'
    """
    return _HOWEVER.sub("لكن", _WHICH_NOT.sub("  ", text))


def is_light(folded: str) -> bool:
    """Whether a folded word only says that something is, happens or is told."""
    light = _all_of("light")
    return folded in light or (is_arabic(folded) and folded[:1] in "وفبل" and folded[1:] in light)


def _cues(text: str, found: Sequence[Word]) -> dict[int, DenialKind]:
    """The words that deny, by their index."""
    places = {word.start: i for i, word in enumerate(found)}
    cues: dict[int, DenialKind] = {}
    for one in negations(text):
        i = places.get(one.start)
        if i is not None and found[i].folded not in _NO_CUES and not _is_below(found, i):
            cues[i] = "denied" if one.is_denial else "negated"
    for i, word in enumerate(found):
        if _is_in(word.folded, _listed("refusing", "denying")):
            cues[i] = "denied"
        elif _is_in(word.folded, _all_of("refusing")) and _is_complete(found, i):
            cues[i] = "refused"
        elif word.folded == "الغير":
            cues[i] = "negated"
    return {i: kind for i, kind in cues.items() if not _is_supposed(found, i)}


def _is_below(found: Sequence[Word], i: int) -> bool:
    """Whether دون means "below" (دون سن 18, دون الثلاثين)."""
    after = found[i + 1 : i + 2] if found[i].folded == "دون" else ()
    return any(word.is_figure or word.folded in _listed("begins", "levels") for word in after)


def _is_supposed(found: Sequence[Word], i: int) -> bool:
    """Whether it is only said what would be if something were not so (إذا فشل, إن لم يفشل)."""
    if i and found[i - 1].text == "إن" and found[i].folded == "لم":
        return True
    return any(_is_in(word.folded, _listed("begins", "supposing")) for word in found[max(0, i - _IF) : i])


def _denied(text: str, found: Sequence[Word], cues: Mapping[int, DenialKind], i: int) -> Iterator[Denial]:
    """What the i-th word denies; of a rumour each thing that it says."""
    first = i + 1 if cues[i] == "negated" else _first(text, found, i)
    if first is None or first >= len(found):
        return
    last = _last(text, found, first)
    last = next((j for j in range(first + 1, last) if j in cues and found[j].folded[:1] in _JOINED), last)
    joined = [j for j in range(first + 1, last) if found[j].folded in _AND_THAT]
    starts = [first, *(joined if cues[i] == "denied" else ())]
    last = joined[0] if joined and cues[i] != "denied" else last
    for begin, end in pairwise([*starts, last]):
        heart = _after_rumour(found, begin, end)
        light = _listed("light", "refused") if cues[i] == "refused" else frozenset()
        core = next(
            (j for j in range(heart, end) if not is_light(found[j].folded) and found[j].folded not in light), end - 1
        )
        stretch = found[begin].start, found[end - 1].end, found[core].start
        said = [word.folded for word in found[begin:end]]
        total = found[i].folded in _listed("begins", "none") or not _listed("begins", "any").isdisjoint(said)
        described = _described(text, found, i)
        yield Denial(found[i].start, found[i].end, *stretch, cues[i], total, _is_linking(said), described)


def _is_linking(folded: Sequence[str]) -> bool:
    """Whether a clause begins with "to be" and has no verb after it, told by قد (أن يكون قد وقع)."""
    return len(folded) > 1 and not _listed("begins", "to_be").isdisjoint(folded[:2]) and "قد" not in folded


def _described(text: str, found: Sequence[Word], i: int) -> int | None:
    """Where the noun stands that the i-th word's clause describes."""
    j = i - 1
    if j > 0 and found[j].folded in _listed("ends", "relatives"):
        return found[j - 1].start
    if j < 0 or _PAUSE.search(text[found[j].end : found[i].start]) or not is_arabic(found[j].folded):
        return None
    if found[i].folded == "غير":
        definite = {word.folded.startswith(("ال", "لل")) for word in (found[j], *found[i + 1 : i + 2])}
        return found[j].start if len(definite) == 1 else None  # else it tells of its subject: الوزارة غير مهتمة
    known = readings(spelling(found[j]))
    indefinite = bool(known) and known[0].kind in NOUNS and not (known[0].article or known[0].pronoun)
    return found[j].start if indefinite and _is_in(found[i].folded, _DESCRIBING) else None


def _after_rumour(found: Sequence[Word], first: int, last: int) -> int:
    """Where what a rumour says begins, in what is denied of it; else the first word."""
    told = next((j for j in range(first, last) if found[j].folded in _listed("begins", "rumours")), last)
    links = [j for j in range(told + 1, last - 1) if found[j].folded in _listed("begins", "links")]
    return links[0] + 1 if links else first


def _first(text: str, found: Sequence[Word], i: int) -> int | None:
    """Where what a verb denies begins, after the one who denies it; None where that cannot be told."""
    link = _link(found[i].folded)
    if link:
        return 1 + next(j for j in range(i + 1, len(found)) if found[j].folded == link)
    if _is_in(found[i].folded, _listed("begins", "going_on")) or not is_arabic(found[i].folded):
        return i + 1
    limit = min(len(found), i + 1 + _SUBJECT)
    near = range(i + 1, next((j for j in range(i + 2, limit) if _is_next_deed(found[j])), limit))
    first_words = _listed("begins", "first_words")
    return next((j for j in near if found[j].folded in first_words or _begins_a_deed(text, found, i, j)), None)


def _begins_a_deed(text: str, found: Sequence[Word], i: int, j: int) -> bool:
    """Whether the j-th word names a deed (اختراق, الدخول) and is no part of the name of who denies it (إدارة in رئيس مجلس إدارة)."""
    word, before = found[j].folded, found[j - 1].folded
    known = readings(spelling(found[j]))
    deed = any(one.kind == "g" and not one.conjunction and one.cost <= known[0].cost + _LIKELY for one in known)
    if before in _listed("begins", "prepositions") or "عدم" in {before, *(w.folded for w in found[j + 1 : j + 2])}:
        return False  # نفى مصدر، طلب عدم ذكر اسمه
    if j == i + 1:  # no verb follows a verb of denial: عقد is to hold there, not held
        return deed or (bool(known) and known[0].kind == "v" and not known[0].conjunction)
    if not deed or _CLOSED.search(text[found[j - 1].end : found[j].start]):
        return deed
    ends = before.startswith(("ال", "لل")) or not any(one.kind in NOUNS for one in readings(spelling(found[j - 1])))
    return ends and not word.startswith("ال")


def _last(text: str, found: Sequence[Word], first: int) -> int:
    """The index after the last word that is denied with the first."""
    last = min(first + 1, len(found))
    while last < len(found) and last - first < _LONGEST:
        word = found[last]
        if _PAUSE.search(text[found[last - 1].end : word.start]) or _is_next_deed(word):
            break
        if word.folded in _listed("ends", "relatives") or _is_in(word.folded, _listed("ends", "turns")):
            break
        if word.folded == "بعد" and any(one.kind == "g" for one in _readings_at(found, last + 1)):
            break  # after a deed; otherwise it means "yet"
        last += 1
    return last


def _readings_at(found: Sequence[Word], i: int) -> Sequence[Reading]:
    return readings(spelling(found[i])) if i < len(found) else ()


def _is_next_deed(word: Word) -> bool:
    """Whether a word is "and" with a verb, which begins another clause."""
    known = readings(spelling(word)) if word.folded[:1] in _JOINED and is_arabic(word.folded) else ()
    return bool(known) and known[0].kind in VERBS and bool(known[0].conjunction)


def _is_complete(found: Sequence[Word], i: int) -> bool:
    """Whether the word that makes a verb one of refusing comes after it, where it takes one."""
    wanted = _link(found[i].folded)
    return wanted is None or any(word.folded == wanted for word in found[i + 1 : i + 1 + _BESIDE])


def _link(folded: str) -> str | None:
    """The word that makes a verb one of refusing; None where it needs none."""
    return next((_only_with()[form] for form in _forms(folded) if form in _only_with()), None)


def _is_in(folded: str, listed: frozenset[str]) -> bool:
    return not listed.isdisjoint(_forms(folded))


def _forms(folded: str) -> tuple[str, ...]:
    """A word, and the same without a joined و or ف."""
    joined = folded[:1] in _JOINED and len(folded) > 3 and is_arabic(folded)
    return (folded, folded[1:]) if joined else (folded,)


@cache
def _all_of(table: str) -> frozenset[str]:
    return frozenset(fold(f"{_data()[table]['arabic']} {_data()[table]['english']}").split())


@cache
def _only_with() -> Mapping[str, str]:
    return {fold(verb): fold(word) for verb, word in _data()["refusing"]["only_with"].items()}


@cache
def _listed(table: str, name: str) -> frozenset[str]:
    return frozenset(fold(_data()[table][name]).split())


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("rag.language").joinpath("denials.toml").read_text(encoding="utf-8"))
