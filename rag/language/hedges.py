"""How surely a text says something: its hedges, in Arabic and English, and what each holds back.

The words stand in `hedges.toml`, by kind. Bounds of numbers (at least, about) are with their quantities (`rag.language.quantities`).
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal, cast

from rag.language.characters import fold, is_arabic
from rag.language.numbers import numbers
from rag.language.vocabulary import is_present_verb
from rag.language.words import Word, words

HedgeKind = Literal["possible", "believed", "expected", "planned", "seeming", "reported", "usual"]

_PAUSE = re.compile(r"[.!?؟;؛\n،,:()–—]")
_FARTHEST = 12  # words
_JOINED = "وفبل"
_WAS = frozenset("كان كانت كانوا كانا يكون تكون".split())  # before a قد with the past


@dataclass(frozen=True, slots=True)
class Hedge:
    """Words that make what is said less than certain, or less than always so.

    Attributes:
        kind: how.
        text: as written.
        start: offset of the words.
        end: the offset after them.
        scope_start: offset from which what they hold back may stand.
        scope_end: the offset after it: the clause.
        follows: whether the words may stand after what they hold back.
    """

    kind: HedgeKind
    text: str
    start: int
    end: int
    scope_start: int
    scope_end: int
    follows: bool = False

    def reaches(self, start: int) -> bool:
        """Whether what begins at an offset is held back, or may be."""
        return self.scope_start <= start < self.scope_end and not (self.start <= start < self.end)


@lru_cache(maxsize=10_000)
def hedges(text: str) -> tuple[Hedge, ...]:
    """The hedges of a text, in order; of overlapping ones the longest.

    >>> [(one.kind, one.text) for one in hedges("The attack may have been the work of suspected smugglers")]
    [('possible', 'may'), ('believed', 'suspected')]
    """
    found = words(text)
    result: list[Hedge] = []
    i = 0
    while i < len(found):
        read = _hedge(found, i)
        if read:
            kind, length = read
            first, last = _clause(text, found, i, i + length)
            start, end = found[i].start, found[i + length - 1].end
            follows = fold(text[start:end]) in _following()
            result.append(Hedge(kind, text[start:end], start, end, found[first].start, found[last - 1].end, follows))
            i += length
        else:
            i += 1
    return tuple(result)


def _hedge(found: Sequence[Word], i: int) -> tuple[HedgeKind, int] | None:
    for length in range(min(_longest(), len(found) - i), 0, -1):
        phrase = " ".join(word.folded for word in found[i : i + length])
        forms = [phrase, phrase[1:]] if is_arabic(phrase) and phrase[:1] in _JOINED and len(phrase) > 3 else [phrase]
        for form in forms:
            kind = _kinds().get(form)
            if kind and _holds_back(found, i, form):
                return kind, length
    return None


def _holds_back(found: Sequence[Word], i: int, form: str) -> bool:
    """Whether an everyday word is a hedge here: قد before the present (it affirms the past), may not as the month, وقد."""
    following = found[i + 1].folded if i + 1 < len(found) else ""
    if form == "قد":
        before = found[i - 1].folded.removeprefix("و") if i else ""
        held = is_present_verb(following) and found[i].folded == "قد" and before not in _WAS
        return held and not _is_bound(found, i + 1)
    if form in {"may", "might", "due"}:
        return found[i].text.islower() and not following[:1].isdigit()
    return True


def _is_bound(found: Sequence[Word], i: int) -> bool:
    """Whether a verb says how high a number may be: قد تصل إلى مليون."""
    return found[i].folded[1:] in {"صل", "بلغ", "تجاوز", "زيد"} and bool(numbers(found[i + 1 : i + 4]))


def _clause(text: str, found: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    """The words of the clause around `found[first:last]`, between two pauses."""
    begin, end = first, last
    while (
        begin > 0 and first - begin < _FARTHEST and not _PAUSE.search(text[found[begin - 1].end : found[begin].start])
    ):
        begin -= 1
    while (
        end < len(found) and end - last < _FARTHEST and not _PAUSE.search(text[found[end - 1].end : found[end].start])
    ):
        end += 1
    return begin, end


@cache
def _kinds() -> Mapping[str, HedgeKind]:
    return {
        fold(phrase): cast("HedgeKind", kind)
        for kind, listed in _data().items()
        if kind != "beside"
        for phrase in listed["phrases"]
    }


@cache
def _following() -> frozenset[str]:
    return frozenset(fold(phrase) for phrase in _data()["beside"]["phrases"])


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("rag.language").joinpath("hedges.toml").read_text(encoding="utf-8"))


@cache
def _longest() -> int:
    return max(len(phrase.split()) for phrase in _kinds())
