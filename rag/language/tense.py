"""Whether a sentence says of a place in it what has happened or what is to come: the nearest verb tells, or a word such as "scheduled".

"أعلنت الوزارة الثلاثاء" is past and "سيصوت البرلمان الثلاثاء" is to come; of "حتى الثلاثاء" and "تبدأ الثلاثاء" it is not told.
The word lists stand in `data/tense.toml`.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal

from rag.language.characters import fold, is_arabic
from rag.language.data_files import read, rows, toml
from rag.language.senses import senses
from rag.language.words import Word

Tense = Literal["past", "future"]
_Sign = Literal["past", "future", "present", "standing", "open", "since"]

_BEFORE, _AFTER = 25, 8  # words looked at
_THAT = frozenset({"ان", "بان", "انه", "انها", "انهم", "that"})
_WAS = frozenset({"كان", "كانت", "كانوا", "was", "were"})
_LINKS = frozenset({"من", "يوم", "of", "on", "early", "late"})
_SINCE_REACHES = 3  # words
_SURE = 0.7  # how likely a verb must be beside the likeliest meaning of a word
_KINDS: dict[str, _Sign] = {"v": "past", "i": "present"}  # of `rag.language.senses`


def tense(found: Sequence[Word], first: int, last: int) -> Tense | None:
    """What the sentence of the words `found` says of `found[first:last]`; None where it does not tell."""
    sign = _before(found, first) or _after(found, last)
    return sign if sign == "past" or sign == "future" else None


def is_past(folded: str) -> bool:
    """Whether a folded word is, or may well be, a verb in the past."""
    return _verb(folded) == "past"


def _before(found: Sequence[Word], first: int) -> _Sign | None:
    """The sign nearest before a place; none where the last verb is one of saying, whose time need not be that of what is said."""
    reported = False
    for i in range(first - 1, max(-1, first - 1 - _BEFORE), -1):
        reported = reported or found[i].folded in _THAT
        sign = _sign(found, i)
        if sign == "open" and not _reaches(found, i, first, 1):
            continue
        if sign == "since":
            if not _reaches(found, i, first, _SINCE_REACHES):
                continue
            sign = "past"
        if sign is None or sign == "standing":
            continue
        return None if reported and sign == "past" else sign
    return None


def _after(found: Sequence[Word], last: int) -> _Sign | None:
    for i in range(last, min(last + _AFTER, len(found))):
        if found[i].folded in _THAT:
            return None
        sign = _sign(found, i)
        if sign == "past" or sign == "future" or sign == "present":
            return sign
    return None


def _reaches(found: Sequence[Word], i: int, first: int, most: int) -> bool:
    """Whether at most so many words stand between, not counting "of" and the like."""
    return sum(word.folded not in _LINKS for word in found[i:first]) <= most


def _sign(found: Sequence[Word], i: int) -> _Sign | None:
    word = found[i]
    sign = _verb(word.folded) if word.text[0].islower() or is_arabic(word.text) else None
    previous = [other.folded for other in found[max(0, i - 2) : i]]
    was = not _WAS.isdisjoint(previous)
    if sign == "future" and was:
        return "present"  # what was to be on Monday may have been
    if sign == "present" and (was or "لم" in previous):
        return "past"
    return sign


@lru_cache(maxsize=50_000)
def _verb(folded: str) -> _Sign | None:
    bare = folded[1:] if folded[:1] in {"و", "ف"} and len(folded) > 3 else folded
    for sign, listed in _lists().items():
        if folded in listed or bare in listed:
            return sign
    return _arabic(folded) if is_arabic(folded) else _english(folded)


def _arabic(folded: str) -> _Sign | None:
    """What the verb says that a word is, by the lexicon; a word that may as well be a noun is a verb only where its ending is one of verbs."""
    for word in (folded, folded[1:]) if folded[0] in "وف" and len(folded) > 3 else (folded,):
        if sign := next((sign for kind, sign in _KINDS.items() if _weight(word, kind) >= _SURE), None):
            return sign
        if senses(word):
            return None
        if any(_weight(base, "v") for base in _past_bases(word)):
            return "past"
        if len(word) > 3 and word[:1] == "س" and _weight("ي" + word[2:], "i"):
            return "future"
        if word[:1] == "ت" and _weight("ي" + word[1:], "i"):
            return "present"
    return None


def _past_bases(word: str) -> Iterator[str]:
    """What a verb in the past may be without its marks of person."""
    for ending in ("ت", "وا", "تا", "ته", "تها", "ها", "هم"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            base = word[: -len(ending)]
            yield base
            if ending[0] == "ت":
                yield from (base + "ي", base + "ا")  # أدلت, دعت


def _weight(form: str, kind: str) -> float:
    return next((sense.weight for sense in senses(form) if sense.kind == kind), 0.0)


def _english(folded: str) -> _Sign | None:
    return "past" if folded in _irregular() or (folded.endswith("ed") and len(folded) > 4) else None


@cache
def _lists() -> dict[_Sign | None, frozenset[str]]:
    """The listed words by what they are a sign of; None for those that only look like a sign."""
    listed = toml("tense.toml")
    signs: dict[_Sign | None, str] = {
        None: listed["no_verbs"],
        "past": listed["past"],
        "since": listed["since"],
        "future": listed["future"],
        "open": listed["open"],
        "standing": listed["standing"],
    }
    return {sign: frozenset(fold(text).split()) for sign, text in signs.items()}


@cache
def _irregular() -> frozenset[str]:
    """The past forms of irregular English verbs."""
    return frozenset(
        form for base, *forms in rows(read("verbs.tsv")) for form in forms[:2] if form != base or form == "hit"
    )
