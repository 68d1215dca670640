"""Dates of news texts, in Arabic and English, as canonical terms.

Understood: "5 يوليو/تموز 2021", "السابع والعشرين من يونيو", "تموز 2021", "عام 2014", "5 July 2021", "July 5, 2021", "the 5th of July",
"2021-07-05", "5/7/2021"; month names of the Egyptian, the Levantine and the Maghrebi traditions.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.language.characters import fold
from rag.language.words import Word

_ARABIC_MONTHS = (
    ("يناير", "كانون الثاني", "كانون ثاني", "جانفي"),
    ("فبراير", "شباط", "فيفري"),
    ("مارس", "آذار"),
    ("أبريل", "ابريل", "إبريل", "نيسان", "أفريل"),
    ("مايو", "أيار", "ماي"),
    ("يونيو", "يونيه", "حزيران", "جوان"),
    ("يوليو", "يوليه", "تموز", "جويلية", "يوليوز"),
    ("أغسطس", "آب", "أوت", "غشت"),
    ("سبتمبر", "أيلول", "شتنبر"),
    ("أكتوبر", "تشرين الأول", "تشرين أول"),
    ("نوفمبر", "تشرين الثاني", "تشرين ثاني", "نونبر"),
    ("ديسمبر", "كانون الأول", "كانون أول", "دجنبر", "دجمبر"),
)
_ENGLISH_MONTHS = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sep sept", "october oct", "november nov", "december dec",
)  # fmt: skip
_MONTHS: dict[tuple[str, ...], int] = {
    tuple(fold(name).split()): number for number, names in enumerate(_ARABIC_MONTHS, 1) for name in names
} | {(name,): number for number, names in enumerate(_ENGLISH_MONTHS, 1) for name in names.split()}
# Month names that are everyday words too: a month only beside a day, a year, the month's other name, or after a word such as "in".
_EVERYDAY = {("مارس",), ("اب",), ("ماي",), ("اوت",), ("جوان",), ("may",), ("march",), ("mar",), ("jan",), ("august",)}

_FIRST_YEAR = 1900
_ORDINAL_STEMS = {
    "الاول": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4, "الخامس": 5, "السادس": 6, "السابع": 7, "الثامن": 8,
    "التاسع": 9, "العاشر": 10, "الحادي": 1,
}  # fmt: skip
_ORDINAL_TENS = {"والعشرين": 20, "والعشرون": 20, "والثلاثين": 30, "والثلاثون": 30, "عشر": 10}
_ORDINAL_ALONE = {"العشرين": 20, "العشرون": 20, "الثلاثين": 30, "الثلاثون": 30}
_ENGLISH_ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"thirtieth": 30}
_ENGLISH_TENS = {"twenty": 20, "thirty": 30}
_ORDINAL_ENDINGS = {"st", "nd", "rd", "th"}
YEAR_WORDS = {"عام", "سنه", "العام", "السنه", "لعام", "لسنه", "بعام", "وعام", "year"}
_BEFORE_YEAR = {"من", "عام", "سنه", "لعام", "العام", "of"}
_BEFORE_MONTH = {"من", "of", "شهر"}
_IN = {
    "في", "شهر", "منذ", "خلال", "مطلع", "بدايه", "اوايل", "منتصف", "اواخر", "نهايه",
    "in", "since", "during", "until", "early", "late", "mid", "last", "next", "this",
}  # fmt: skip
# What is called by the month it happened in: هجوم آب, "the March attack".
_HAPPENED = frozenset(
    fold(word)
    for word in """
    هجوم هجمات قصف ضربة ضربات غارة غارات تفجير تفجيرات انفجار زلزال فيضان فيضانات سيول حريق حرائق حادث كارثة أحداث انقلاب معركة معارك حرب هدنة اتفاق
    انتخابات قمة اجتماع جلسة جولة مباراة مظاهرات تظاهرات احتجاجات إضراب مجزرة
    attack attacks strike strikes raid raids bombing bombings blast earthquake quake flood floods fire crash disaster coup ceasefire deal
    agreement election elections vote referendum summit meeting session match protests demonstrations massacre
    """.split()
)
_PARTICLES = ("و", "ب", "ل")
_ISO = re.compile(r"^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
_YEARS = range(1000, 2100)


_WEEKDAYS = {
    fold(name): day
    for day, names in enumerate(
        (
            "الاثنين الإثنين monday", "الثلاثاء tuesday", "الأربعاء الاربعاء wednesday", "الخميس thursday",
            "الجمعة friday", "السبت saturday", "الأحد sunday",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as it is given (None where it is not) and the words that say it: `words[first:last]`."""

    year: int | None
    month: int | None
    day: int | None
    first: int
    last: int

    @property
    def terms(self) -> tuple[str, ...]:
        """Canonical terms, the most precise first: a passage that gives a date holds all its coarser terms too.

        >>> Date(2021, 7, 5, 0, 3).terms
        ('@2021-07-05', '@2021-07', '@2021', '@--07-05', '@--07')
        """
        year, month, day = self.year, self.month, self.day
        terms = []
        if year and month and day:
            terms.append(f"@{year:04}-{month:02}-{day:02}")
        if year and month:
            terms.append(f"@{year:04}-{month:02}")
        if year:
            terms.append(f"@{year:04}")
        if month and day:
            terms.append(f"@--{month:02}-{day:02}")
        if month:
            terms.append(f"@--{month:02}")
        return tuple(terms)


def weekday_term(folded: str) -> str | None:
    """The canonical term of a day of the week, Monday "@w1" to Sunday "@w7"; None for any other word.

    In Arabic only with its article, also after a joined particle: الأحد is Sunday, أحد is "one of".
    """
    bare = folded[1:] if folded[:1] in {"و", "ب", "ف"} else folded
    day = _WEEKDAYS.get(folded) or _WEEKDAYS.get(bare)
    return f"@w{day}" if day else None


def iso_terms(iso: str) -> tuple[str, ...]:
    """The canonical terms of an ISO date of any precision ("2021-07-05", "2021-07", "2021"); none for an empty one."""
    if not iso:
        return ()
    year, month, day = ([int(part) for part in iso.split("-")] + [0, 0])[:3]
    return Date(year, month or None, day or None, 0, 0).terms


def dates(found: Sequence[Word]) -> list[Date]:
    """The dates among a text's words, left to right."""
    result = []
    i = 0
    while i < len(found):
        given = _numeric(found, i) or _day_month(found, i) or _month_day(found, i) or _year(found, i)
        if given:
            result.append(given)
        i = given.last if given else i + 1
    return result


def _numeric(found: Sequence[Word], i: int) -> Date | None:
    text = found[i].folded
    iso, day_first = _ISO.match(text), _DAY_FIRST.match(text)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif day_first:
        day, month, year = (int(part) for part in day_first.groups())
        if month > 12 >= day:  # written month first
            day, month = month, day
    else:
        return None
    try:
        date(year, month, day)
    except ValueError:
        return None
    return Date(year, month, day, i, i + 1)


def _day_month(found: Sequence[Word], i: int) -> Date | None:
    """5 يوليو/تموز 2021; السابع والعشرين من يونيو; الخامس من شهر يوليو; 5th of July 2021."""
    day, after_day = day_of_month(found, i)
    if day is None:
        return None
    j = after_day
    while j < after_day + 2 and _folded(found, j) in _BEFORE_MONTH:
        j += 1
    month, after_month = _month(found, j)
    if month is None or (j == after_day and not found[i].is_figure and _is_everyday(found, j, after_month)):
        return None  # "the first may be", unlike "the first of May" and "first May"
    year, last = _year_after(found, after_month)
    return Date(year, month, day, i, last)


def _month_day(found: Sequence[Word], i: int) -> Date | None:
    """July 5, 2021; تموز 2021; يوليو/تموز الماضي."""
    month, after_month = _month(found, i, joined=True)
    if month is None:
        return None
    english = after_month == i + 1 and found[i].folded.isascii()
    day, after_day = day_of_month(found, after_month) if english else (None, after_month)
    year, last = _year_after(found, after_day)
    named = _folded(found, after_month if english else i - 1) in _HAPPENED
    introduced = (named or _folded(found, i - 1) in _IN) and not (english and _is_everyday(found, i, after_month))
    if _name(found, i, after_month) in _EVERYDAY and day is None and year is None and not introduced:
        return None
    return Date(year, month, day, i, last)


def _is_everyday(found: Sequence[Word], first: int, last: int) -> bool:
    """Whether a month's name is an everyday word too, and not marked as a name by a capital."""
    return _name(found, first, last) in _EVERYDAY and not found[first].text[0].isupper()


def _name(found: Sequence[Word], first: int, last: int) -> tuple[str, ...]:
    return tuple(word.folded for word in found[first:last])


def _year(found: Sequence[Word], i: int) -> Date | None:
    """A year: after the word for it, or a bare figure of four digits between 1900 and 2099."""
    introduced = found[i].folded in YEAR_WORDS and i + 1 < len(found)
    j = i + 1 if introduced else i
    value = _plain(found, j)
    if value is not None and (value in range(1900, 2100) or (introduced and value in _YEARS)):
        return Date(value, None, None, j, j + 1)
    return None


def _year_after(found: Sequence[Word], i: int) -> tuple[int | None, int]:
    j = i
    while j < i + 2 and _folded(found, j) in _BEFORE_YEAR:
        j += 1
    value = _plain(found, j)
    return (value, j + 1) if value is not None and value in _YEARS else (None, i)


def day_of_month(found: Sequence[Word], i: int) -> tuple[int | None, int]:
    """A day of the month at `i`, in figures or as an ordinal, and the index after it."""
    value = _plain(found, i)
    if value is not None:
        last = i + 2 if _folded(found, i + 1) in _ORDINAL_ENDINGS else i + 1
        return (value, last) if 1 <= value <= 31 else (None, i)
    word, following = _folded(found, i), _folded(found, i + 1)
    if word in _ORDINAL_STEMS:
        tens = _ORDINAL_TENS.get(following, 0)
        return _ORDINAL_STEMS[word] + tens, i + 2 if tens else i + 1
    if word in _ENGLISH_TENS and following in _ENGLISH_ORDINALS:
        return _ENGLISH_TENS[word] + _ENGLISH_ORDINALS[following], i + 2
    value = _ORDINAL_ALONE.get(word) or _ENGLISH_ORDINALS.get(word)
    return (value, i + 1) if value else (None, i)


def _month(found: Sequence[Word], i: int, *, joined: bool = False) -> tuple[int | None, int]:
    """A month's name at `i`, possibly followed by its other name (يوليو/تموز), and the index after it.

    With `joined`, also one that a particle is written together with (ويوليو); one that is an everyday word too only before a year (بآب 2024).
    """
    first, last = _month_name(found, i)
    if first is None and joined and _folded(found, i).startswith(_PARTICLES):
        first, last = _month_name(found, i, bare=True)
    if first is None:
        return None, i
    second, after = _month_name(found, last)
    return (first, after) if second == first else (first, last)


def _month_name(found: Sequence[Word], i: int, *, bare: bool = False) -> tuple[int | None, int]:
    for length in (2, 1):
        name = _name(found, i, i + length)
        if bare and name:
            name = (name[0][1:], *name[1:])
        if len(name) == length and name in _MONTHS:
            unsure = bare and name in _EVERYDAY and (_plain(found, i + length) or 0) < _FIRST_YEAR
            return (None, i) if unsure else (_MONTHS[name], i + length)
    return None, i


def _plain(found: Sequence[Word], i: int) -> int | None:
    text = _folded(found, i)
    return int(text) if text.isdecimal() and len(text) <= 4 else None


def _folded(found: Sequence[Word], i: int) -> str:
    return found[i].folded if 0 <= i < len(found) else ""
