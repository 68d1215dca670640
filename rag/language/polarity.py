"""What a text denies, and which words say the opposite of which, in Arabic and English.

The words that deny, the phrases that only look like them (لا يقل عن, غير أن, not only) and the pairs of opposites stand in `polarity.toml`.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from rag.language.characters import fold, is_arabic
from rag.language.inflection import gerund, participle, past, third
from rag.language.lexicon import lexicon
from rag.language.morphology import is_joined
from rag.language.speech import speech_kind
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.words import Word, words

_PAUSE = re.compile(r"[.!?؟;؛\n،,:()“”«»\"–—]")
_END = re.compile(r"[.!?؟;؛\n]")
_FARTHEST = 9  # words that a denial reaches over
_COMPLEMENTIZERS = frozenset("ان بان that انه انها انهم بانه بانها".split())
_JOINED = "وفبلك"
_OBJECTS = ("ه", "ها", "هم")  # joined to a verb: نفته


@dataclass(frozen=True, slots=True)
class Negation:
    """A word that denies, and what it denies.

    Attributes:
        text: as written.
        start: offset of the word.
        end: the offset after it.
        target_start: offset of the first word with content after it: what is denied.
        target_end: the offset after that.
        scope_end: the offset up to which what is said may be denied with it.
        is_denial: whether it is a verb of denial (نفى, denied), whose subject stands between it and what it denies.
    """

    text: str
    start: int
    end: int
    target_start: int
    target_end: int
    scope_end: int
    is_denial: bool = False

    def reaches(self, start: int) -> bool:
        """Whether what begins at an offset is denied, or may be."""
        return self.end <= start < self.scope_end


@lru_cache(maxsize=10_000)
def negations(text: str) -> tuple[Negation, ...]:
    """What a text denies, in order.

    >>> [(one.text, "لم يسفر الهجوم عن قتلى"[one.target_start : one.target_end]) for one in negations("لم يسفر الهجوم عن قتلى")]
    [('لم', 'يسفر')]
    """
    found = words(text)
    return tuple(one for i in range(len(found)) if (one := _negation(text, found, i)))


def is_negating(folded: str) -> bool:
    """Whether a word denies something, or is part of a phrase that only looks so (لا يقل عن).

    >>> is_negating("لم"), is_negating("didn't"), is_negating("لمن")
    (True, True, False)
    """
    return _kind(folded) is not None


@cache
def negative_words() -> frozenset[str]:
    """Folded words that hold a denial in themselves: unharmed, مستحيل."""
    data = _data()
    return frozenset(map(fold, [*data["arabic"]["negative"], *data["english"]["negative"]]))


def _negation(text: str, found: Sequence[Word], i: int) -> Negation | None:
    word = found[i].folded
    kind = _kind(word)
    if kind is None or _is_idle(found, i):
        return None
    last = _reach(text, found, i)
    if kind == "not" and any(other.folded in _cues().only for other in found[i + 1 : last + 1]):
        return None
    content = [other for other in found[i + 1 : last] if other.folded not in STOPWORDS or other.is_figure]
    target = content[0] if content else found[i]
    scope_end = found[last - 1].end if last > i + 1 else found[i].end
    return Negation(
        found[i].text, found[i].start, found[i].end, target.start, target.end, scope_end, is_denial=kind == "denial"
    )


def _kind(word: str) -> str | None:
    cues = _cues()
    if word.endswith("n't") or word in cues.negating:
        return "not"
    if word in cues.denials or any(word.endswith(it) and word.removesuffix(it) in cues.denials for it in _OBJECTS):
        return "denial"
    if is_arabic(word) and word[:1] in _JOINED:
        bare = word[1:]
        joins = bare in {"عدم", "غير", "دون", "بدون", "بلا", "ليس", "ليست", "لا", "لم", "لن", "لولا"} and (
            word[0] in "وف" or bare in {"عدم", "غير"}
        )
        if joins:
            return "not"
        if word[0] in "وف" and (bare in cues.denials or bare.removesuffix("ه") in cues.denials):
            return "denial"
    return None


def _is_idle(found: Sequence[Word], i: int) -> bool:
    """Whether the word is part of a phrase that denies nothing: لا يقل عن, ما لم, not only."""
    return any(
        tuple(_bare(word.folded, k) for k, word in enumerate(found[first : first + len(phrase)])) == phrase
        for phrase in _cues().idle
        for first in range(max(0, i - len(phrase) + 1), i + 1)
    )


def _bare(folded: str, place: int) -> str:
    """The first word of a phrase without a joined "and"."""
    return folded[1:] if place == 0 and folded[:1] in "وف" and len(folded) > 2 and is_arabic(folded) else folded


def _reach(text: str, found: Sequence[Word], i: int) -> int:
    """The index after the last word that may be denied with the i-th: up to a pause, or to where the sentence turns."""
    denial = found[i].folded.removeprefix("و") in _cues().denials
    last = i + 1
    while last < len(found) and last - i <= (_FARTHEST * 3 if denial else _FARTHEST):
        between = text[found[last - 1].end : found[last].start]
        if (_END if denial else _PAUSE).search(between) and last > i + 1:
            break
        word = found[last].folded
        joined = word.startswith("و") and is_joined(word)
        ended = _PAUSE.search(between) and (speech_kind(word) or joined)
        if denial and last > i + 1 and (ended or (joined and speech_kind(word))):
            break
        if last > i + 1 and (word in _cues().but or (not denial and word in _COMPLEMENTIZERS and last > i + 3)):
            break
        last += 1
    return last


@dataclass(frozen=True, slots=True)
class _Cues:
    negating: frozenset[str]
    denials: frozenset[str]
    idle: tuple[tuple[str, ...], ...]
    only: frozenset[str]
    but: frozenset[str]


@cache
def _cues() -> _Cues:
    data = _data()
    listed = {name: [*data["arabic"][name], *data["english"][name]] for name in ("not", "not_denying", "only", "but")}
    denials = {
        form
        for verb in data["english"]["denials"]
        for form in (verb, past(verb), third(verb), gerund(verb), participle(verb))
    }
    for line in data["arabic"]["denials"]:
        before, present, going_on = (fold(form) for form in line.split())
        root = before[:-1] if before.endswith("ي") else before
        denials |= {
            before,
            root + "ت",
            root + "وا",
            present,
            "ت" + present[1:],
            going_on,
            going_on.removesuffix("ا") + "ه",
        }
        denials |= {f"{prefix}{present[1:-1] if present.endswith('ي') else present[1:]}ون" for prefix in "يت"}
    return _Cues(
        frozenset(map(fold, listed["not"])),
        frozenset(denials),
        tuple(tuple(fold(phrase).split()) for phrase in listed["not_denying"]),
        frozenset(map(fold, listed["only"])),
        frozenset(map(fold, listed["but"])),
    )


def opposites(one: str) -> frozenset[str]:
    """The stems, of both languages, that say the opposite of a stem; none for most.

    >>> "refus" in opposites("accept"), "رفض" in opposites("accept")
    (True, True)
    """
    return frozenset().union(*(_sides()[pair][1 - side] for pair, side in _places().get(one, ())))


def synonyms_beside(one: str) -> frozenset[str]:
    """The stems that stand on a stem's own side of a pair of opposites, and mean much the same there."""
    return frozenset().union(*(_sides()[pair][side] for pair, side in _places().get(one, ())))


@cache
def _sides() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    pairs = (line.split(" | ") for line in _data()["opposites"]["pairs"])
    return tuple((_stems_of(one), _stems_of(other)) for one, other in pairs)


def _stems_of(side: str) -> frozenset[str]:
    english, _, arabic = side.partition(" = ")
    stems = {stem(fold(word)) for word in english.split(", ")}
    for phrase in arabic.split(", "):
        if " " not in phrase:
            own = stem(fold(phrase))
            stems |= {own, fold(phrase), *lexicon().forms(own)}
    return frozenset(stems)


@cache
def _places() -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Where each stem stands: pair and side; a stem on both sides of a pair is in neither."""
    places: dict[str, list[tuple[int, int]]] = {}
    for pair, sides in enumerate(_sides()):
        for side, stems in enumerate(sides):
            for one in stems - sides[1 - side]:
                places.setdefault(one, []).append((pair, side))
    return {one: tuple(where) for one, where in places.items()}


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("rag.language").joinpath("polarity.toml").read_text(encoding="utf-8"))
