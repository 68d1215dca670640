"""One analyzer for passages and questions: text to terms.

A term is a light stem, the Latin letters of an acronym that is spelt in Arabic (سي إن إن: `cnn`), or the canonical form of a number
(`#2500`), a date (`@2021-07-05` and all its coarser forms, `@w1` for a Monday) or a time (`~14:45`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rag.language.acronyms import Acronym, acronyms
from rag.language.characters import is_arabic
from rag.language.data_files import read
from rag.language.dates import YEAR_WORDS, Date, dates, weekday_term
from rag.language.lexicon import lexicon
from rag.language.numbers import Number, numbers
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.vocabulary import vocabulary
from rag.language.words import REMEMBERED, Word, words

_VERSION = 6  # raised whenever a change of code gives the same text other terms

_CLOCK = re.compile(r"^(\d{1,2}):(\d{2})$")
# What may follow the time, folded; "after" alone tells nothing (2:45 بعد الهجوم).
_PARTS_OF_DAY = re.compile(
    r"(?:(?:من|في|بعد|in|the|at) )*(?:"
    r"(?P<morning>(?:ال)?(?:صباح|فجر)ا?|قبل (?:ال)?ظهر|منتصف الليل|morning|midnight|am|a m)"
    r"|(?P<afternoon>(?:ال)?(?:ظهر|عصر|مساء)ا?|afternoon|evening|noon|pm|p m)"
    r"|(?P<night>قبل منتصف الليل|(?:ال)?ليلا?|night))\b"
)
_CASES = {"ان": "ين", "ين": "ان"}


TermKind = Literal["stem", "number", "date", "time", "dual"]


@dataclass(frozen=True, slots=True)
class Term:
    """A term and the stretch of text that says it; a dual noun says its stem and, as a second term, the number 2."""

    text: str
    start: int
    end: int
    kind: TermKind = "stem"


@cache
def fingerprint() -> str:
    """Changes whenever the same text would get other terms, by a change of code or of the language data."""
    return f"{_VERSION}-{read('digest.txt').strip()}"


def is_canonical(term: str) -> bool:
    """Whether a term is the canonical form of a number, a date or a time rather than a stem."""
    return term[0] in "#@~"


def analyze(text: str) -> list[Term]:
    """The terms of `text`, in order of their start; stopwords are left out."""
    return list(_remembered(text) if len(text) <= REMEMBERED else _analyzed(text))


@lru_cache(maxsize=2_000)
def _remembered(text: str) -> tuple[Term, ...]:
    return tuple(_analyzed(text))


def _analyzed(text: str) -> list[Term]:
    found = words(text)
    terms: list[Term] = []
    taken: set[int] = set()
    for given in dates(found):
        terms.extend(_spanning(found, given, given.terms, "date"))
        if given.month or (given.first > 0 and found[given.first - 1].folded in YEAR_WORDS):
            taken.update(range(given.first, given.last))  # else a bare "2000", which may be a number as well
    for acronym in acronyms(found):
        if not taken.intersection(range(acronym.first, acronym.last)):
            terms.extend(_spanning(found, acronym, acronym.readings[:1], "stem"))
            taken.update(range(acronym.first, acronym.last))
    for number in numbers(found):
        if not taken.intersection(range(number.first, number.last)):
            terms.extend(_spanning(found, number, (number.term,), "number"))
            taken.update(range(number.first, number.last))
    for i, word in enumerate(found):
        if i not in taken:
            terms.extend(_of_word(found, i, word))
    return sorted(terms, key=lambda term: term.start)


def _of_word(found: Sequence[Word], i: int, word: Word) -> list[Term]:
    if word.is_figure:
        time = clock(found, i)
        return [Term(time or word.folded, word.start, word.end, "time" if time else "stem")]
    if weekday := weekday_term(word.folded):
        return [Term(weekday, word.start, word.end, "date")]
    if word.folded in STOPWORDS:
        return []
    terms = [Term(stem(word.folded), word.start, word.end)]
    return [*terms, Term("#2", word.start, word.end, "dual")] if is_dual(word.folded) else terms


def clock(found: Sequence[Word], i: int) -> str | None:
    """The canonical term of a time of day at `i` ("2:45 عصرا", "2:45 pm"), on the clock of 24 hours; None if there is none."""
    match = _CLOCK.match(found[i].folded)
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2])
    part = _PARTS_OF_DAY.match(" ".join(word.folded for word in found[i + 1 : i + 5]))
    if part and hour == 12:
        hour = 12 if part["afternoon"] else 0
    elif part and hour < 12 and (part["afternoon"] or (part["night"] and hour > 4)):  # at night it is 8 to 4 o'clock
        hour += 12
    return f"~{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def is_dual(folded: str) -> bool:
    """Whether an Arabic word is a noun's dual (طائرتان, صاروخين).

    A feminine dual shows in its ending. A masculine one looks like a sound plural; it is told apart by the lexicon, which knows
    that the noun's plural is a broken one (صواريخ), and that it is no word of its own (لبنان, بلدان, معلمين).
    """
    if not is_arabic(folded) or folded[-2:] not in _CASES:
        return False
    forms = {folded, *(folded.removeprefix(p) for p in ("ال", "ب", "ل", "و", "بال", "لل", "وال"))}
    if any(_is_own_word(form) for form in forms):
        return False
    for bare in forms:
        feminine = bare.endswith(("تان", "تين")) and lexicon().is_countable(bare[:-3] + "ه")
        if feminine or lexicon().is_countable(bare[:-2]):
            return True
    return False


def _is_own_word(folded: str) -> bool:
    """Whether a known word only ends like a dual: a dual is known in both its cases or in neither."""
    return folded in vocabulary() and folded[:-2] + _CASES[folded[-2:]] not in vocabulary()


def _spanning(found: Sequence[Word], said: Acronym | Date | Number, texts: Sequence[str], kind: TermKind) -> list[Term]:
    start, end = found[said.first].start, found[said.last - 1].end
    return [Term(text, start, end, kind) for text in texts]
