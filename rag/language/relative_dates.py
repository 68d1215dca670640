"""Relative dates of news texts, in Arabic and English, resolved against the day on which the text was published.

Understood: أمس, اليوم الثلاثاء, مساء الأحد, الأربعاء الماضي, قبل ثلاثة أيام, الأسبوع الماضي, أبريل/نيسان الماضي, مطلع العام الجاري;
yesterday, on Monday, last Wednesday, two weeks ago, last month, next year; a day or month without its year. A date is as precise as the words and
the date of publication make certain: "last month" is a month, "yesterday" of an article of July 2024 is nothing that can be told. A day of the week
alone, or a month without its year, is past or to come as its sentence says (`rag.language.tense`); where that does not tell, it is not resolved.

The words and patterns stand in `data/relative_dates.toml`.
"""

import calendar
import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Literal

from rag.language.characters import fold, is_arabic
from rag.language.dates import Date, dates, day_of_month, weekday_term
from rag.language.tense import tense
from rag.language.words import Word, words

_PUNCTUATION = re.compile(r"[،,.;:؛؟?!…]")
_WEEK_STARTS = (5, 6, 0)  # a week begins on Saturday, Sunday or Monday
_NEAR = 3  # days by which "أمس السبت" and the day of publication may disagree
_FEW_DAYS, _FEW_WEEKS, _FEW_YEARS = 6, 5, 5  # more of them are said in round numbers
_ABOUT_A_WEEK, _ABOUT_A_MONTH, _ABOUT_A_YEAR = 3, 10, 90  # days by which "two weeks ago" and the like may be off
_DECISIVE = (
    62  # days: where the tense is not told, a day or month without its year is the nearest such, if it is this near
)
_YEARS_APART = (-1, 0, 1)


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days, both ends included."""

    first: date
    last: date

    @property
    def iso(self) -> str:
        """The finest ISO date that holds them all: a day, a month or a year; empty if they are of several years."""
        if self.first == self.last:
            return self.first.isoformat()
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return self.first.isoformat()[:7]
        return f"{self.first.year:04}" if self.first.year == self.last.year else ""

    def meets(self, other: "Days", within: int = 0) -> bool:
        """Whether some of the other's days are among these, or so many days from them."""
        return (other.first - self.last).days <= within and (self.first - other.last).days <= within

    def within(self, other: "Days", by: int = 0) -> bool:
        """Whether all of these are among the other's days, or at most so many days from them."""
        return (other.first - self.first).days <= by and (self.last - other.last).days <= by


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """A relative date and what it means.

    Attributes:
        iso: "2021-03-03", "2020-01" or "2020": as precise as is certain.
        days: the days it may be, all in that date, perhaps fewer.
        text: the words that say it, as written.
        start: offset of the words, in code points.
        end: the offset after them.
        basis: how it is known.
    """

    iso: str
    days: Days
    text: str
    start: int
    end: int
    basis: Literal["relative"] = "relative"


# The day of publication to the days that are meant; None where it cannot be told.
_Reckoning = Callable[[date], Days | None]
_Read = tuple[int, int, _Reckoning]  # the words of an expression, and what it means


def resolve(text: str, published: str) -> tuple[ResolvedDate, ...]:
    """The relative dates of a sentence, in order.

    Args:
        text: one sentence, as written.
        published: when it was, as an ISO date of any precision, or empty.
    """
    publication = days_of(published)
    if publication is None:
        return ()
    found = []
    for first, last, reckoning in _Sentence(text).expressions():
        days = _certain(reckoning, publication)
        if days is not None:
            start, end = first.start, _closed(text, first.start, last.end)
            found.append(ResolvedDate(days.iso, days, text[start:end], start, end))
    return tuple(sorted(found, key=lambda one: one.start))


def days_of(iso: str) -> Days | None:
    """The days of an ISO date of any precision; None for an empty one.

    Raises:
        ValueError: it is none.
    """
    parts = [int(part) for part in iso.split("-")] if iso else []
    match parts:
        case [year, month, day]:
            return _on(date(year, month, day))
        case [year, month]:
            return _month(year, month)
        case [year]:
            return Days(date(year, 1, 1), date(year, 12, 31))
        case _:
            return None


def _closed(text: str, start: int, end: int) -> int:
    """The end of a stretch, a bracket that it opened closed: يونيو (حزيران)."""
    opened = text.count("(", start, end) > text.count(")", start, end)
    return end + 1 if opened and text[end : end + 1] == ")" else end


def _certain(reckoning: _Reckoning, publication: Days) -> Days | None:
    """What is meant on whichever of the days it was published; None where that makes it less precise than the words are."""
    try:
        earliest, latest = reckoning(publication.first), reckoning(publication.last)
    except (OverflowError, ValueError):  # beyond the calendar
        return None
    if earliest is None or latest is None:
        return None
    days = Days(min(earliest.first, latest.first), max(earliest.last, latest.last))
    return days if days.iso and len(days.iso) == len(earliest.iso) == len(latest.iso) else None


class _Sentence:
    """A sentence and the relative dates in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found = words(text)
        self._folded = [word.folded for word in self._found]
        given = dates(self._found)
        self._stated = [one for one in given if one.year]
        self._yearless = [one for one in given if not one.year]
        self._taken = {i for one in self._stated for i in range(one.first, one.last)}
        self._line, self._starts = self._joined()

    def expressions(self) -> Iterator[tuple[Word, Word, _Reckoning]]:
        """The first and the last word of each, and what it means."""
        for read in (*map(self._month, self._yearless), *self._by_rules()):
            if read and self._taken.isdisjoint(range(read[0], read[1])):
                first, last, reckoning = read
                self._taken.update(range(first, last))
                yield self._found[first], self._found[last - 1], reckoning

    def _by_rules(self) -> Iterator[_Read | None]:
        readers = {
            "shift": self._shift,
            "ago": self._ago,
            "night": self._night,
            "weekday": self._weekday,
            "unit": self._unit,
        }
        for rule in _rules():
            for match in rule.matches(self._line):
                yield readers[rule.kind](match)

    def _joined(self) -> tuple[str, list[int]]:
        """The folded words as one line, and where in it each begins."""
        pieces: list[str] = []
        starts: list[int] = []
        length = 0
        for i, word in enumerate(self._folded):
            between = "" if not i else " | " if self._is_cut(i) else " "
            starts.append(length + len(between))
            length += len(between) + len(word)
            pieces += (between, word)
        return "".join(pieces), starts

    def _is_cut(self, i: int) -> bool:
        """Whether punctuation stands before the i-th word."""
        return bool(_PUNCTUATION.search(self._text, self._found[i - 1].end, self._found[i].start))

    def _at(self, i: int) -> str:
        """The i-th word, folded; empty beyond the ends."""
        return self._folded[i] if 0 <= i < len(self._folded) else ""

    def _place(self, match: re.Match[str], group: str | int = 0) -> tuple[int, int]:
        """The words of a match in the line."""
        start, end = match.span(group)
        return bisect_right(self._starts, start) - 1, bisect_right(self._starts, end - 1)

    def _shift(self, match: re.Match[str]) -> _Read | None:
        """أمس, اليوم الثلاثاء, tomorrow."""
        first, last = self._place(match)
        core, _ = self._place(match, "shift")
        shift, day, after = _data().shifts[match["shift"]], match["weekday"], self._at(last)
        sure = day is not None or core > first  # said with a day's name or part
        if after in _excluded("after_weekday") or (shift == -1 and after in _excluded("after_yesterday")):
            return None
        if match["shift"] in {"اليوم", "today"} and not self._is_meant(core, sure=sure):
            return None
        if match["shift"] == "غدا" and not sure and tense(self._found, first, last) != "future":
            return None  # "became"
        return first, last, _shifted(shift, _weekday_number(day) if day else None)

    def _is_meant(self, i: int, *, sure: bool) -> bool:
        """Whether "today" is the day of publication: no other day ("اليوم الأول"), no newspaper, and not "nowadays"."""
        is_name = i > 0 and self._found[i].text[0].isupper()
        other = self._at(i - 1) in _excluded("before_today") or (
            self._at(i + 1).startswith("ال") and not self._is_cut(i + 1)
        )
        return not is_name and (sure or (not other and tense(self._found, i, i + 1) is not None))

    def _ago(self, match: re.Match[str]) -> _Read | None:
        first, last = self._place(match)
        unit, count = _data().units[match["unit"]]
        if said := match.groupdict().get("count"):
            count = int(said) if said.isdecimal() else _data().numbers[said]
        reckoning = _ago(count, unit)
        return (first, last, reckoning) if reckoning and self._at(first - 1) not in _excluded("before_count") else None

    def _night(self, match: re.Match[str]) -> _Read | None:
        """ليل السبت - الأحد, last night."""
        groups = match.groupdict()
        ago = -_direction(groups.get("mod") or "") if "following" not in groups else None
        if ago is not None:
            return *self._place(match), lambda today: _between(today, -max(1, ago), 1 - max(1, ago))
        evening, morning = _weekday_number(match["weekday"]), _weekday_number(match["following"])
        if evening % 7 + 1 != morning:
            return None
        back = 1 if match["mod"] else 0
        return *self._place(match), lambda today: _between(_latest(morning, _moved(today, -back)), -1, 0)

    def _weekday(self, match: re.Match[str]) -> _Read | None:
        first, last = self._place(match)
        i, _ = self._place(match, "weekday")
        number, english = _weekday_number(match["weekday"]), not is_arabic(match["weekday"])
        if english and not self._found[i].text[0].isupper():
            return None
        if week := match["week"]:
            return first, last, _weekday_of_week(number, _direction(week))
        eve = i > first and self._at(i - 1).endswith("ليله")
        mod = match["mod"] or ""
        if direction := _direction(mod):
            return first, last, _eve(_weekday_beside(number, direction, english=english and "this" not in mod), eve)
        if not mod and self._is_another_weekday(i, last):
            return None
        time = tense(self._found, first, last)
        return (first, last, self._consistent(first, _eve(_weekday_alone(number, time), eve))) if time else None

    def _is_another_weekday(self, i: int, last: int) -> bool:
        """Whether a day of the week is one of a date, every such day, or a name (صلاة الجمعة, "Black Friday")."""
        dated = any(one.day and (one.first == i + 1 or one.last == i) for one in self._stated)
        before = i - 1
        while self._at(before + 1).startswith("و") and weekday_term(self._at(before)):  # يومي الجمعة والسبت
            before -= 1
        named = self._at(before) in _excluded("before_weekday") and not (
            before + 1 < len(self._found) and self._is_cut(before + 1)
        )
        return dated or named or (self._at(last) in _excluded("after_weekday") and not self._is_cut(last))

    def _month(self, given: Date) -> _Read | None:
        """A month, or a day of one, without its year."""
        month, day = given.month, given.day
        if month is None or (day and day > calendar.monthrange(2000, month)[1]):
            return None
        first, last = self._month_place(given)
        number = next((n for i in (first, first - 1) if i >= 0 and (n := _number_or_none(self._at(i)))), None)
        first -= number is not None and _number_or_none(self._at(first)) is None
        end = self._starts[given.last - 1] + len(self._folded[given.last - 1])
        match = _data().after_month.match(self._line, end)
        if not match and _data().year_elsewhere.match(self._line, end):
            return None
        if match:
            last = self._place(match)[1]
        if match and match["year"]:
            return first, last, _in_year(month, day, _direction(match["year"]), number)
        before = self._at(given.first - 1)
        direction = match["mod"] if match else before if before in {"last", "next", "this"} else None
        if direction:
            return first, last, _month_beside(month, day, _direction(direction), number)
        if number is None and (before in _excluded("before_date") or f"{month:02}-{day or 0:02}" in _data().named_days):
            return None
        time = tense(self._found, first, last)
        return first, last, self._consistent(first, _month_alone(month, day, time, number))

    def _month_place(self, given: Date) -> tuple[int, int]:
        """Its words, those before it that belong to it with them: "late July", أوائل شهر فبراير, يوم 5 تموز."""
        first = given.first
        while first and not self._is_cut(first) and self._at(first - 1) in _data().before_month:
            first -= 1
        return first, given.last

    def _unit(self, match: re.Match[str]) -> _Read | None:
        """الشهر الماضي, مطلع العام, العشرين من الشهر الجاري, next week."""
        first, last = self._place(match)
        groups = match.groupdict()
        (unit, _), period = _data().units[match["unit"]], match["period"]
        told = groups.get("mod") or groups.get("now") or groups.get("twice")
        if not told and not self._is_this(match, unit, last):
            return None
        if self._at(first - 1) == "the" and groups.get("mod") and "current" not in match["mod"]:
            return None  # "over the last year"
        direction = _direction(" ".join(filter(None, (groups.get("mod"), groups.get("twice")))))
        if self._at(first) == "العام" and direction >= 0 and self._at(first - 1).startswith("ال"):
            return None  # المدير العام الحالي
        day, start = self._day_before(first) if unit == "month" and not period else (None, first)
        return start, last, _unit(unit, direction, day)

    def _is_this(self, match: re.Match[str], unit: str, last: int) -> bool:
        """Whether a unit without "this" is the current one: مطلع العام, "later in the week"."""
        if match["period"] in {"earlier", "later"}:
            return True
        other = self._at(last).isdecimal() or (self._at(last).startswith("ال") and not self._is_cut(last))
        return match["period"] is not None and unit == "year" and not other

    def _day_before(self, first: int) -> tuple[int | None, int]:
        """The day before "of the month" at `first`, and where it begins."""
        for start in (first - 3, first - 2):
            if start >= 0 and self._at(first - 1) == "من":
                day, end = day_of_month(self._found, start)
                if day and end == first - 1:
                    return day, start
        return None, first

    def _consistent(self, first: int, reckoning: _Reckoning) -> _Reckoning:
        """The same, but nothing where an earlier date of the sentence has another year: what is told may have happened then."""
        years = {one.year for one in self._stated if one.last <= first}

        def consistent(today: date) -> Days | None:
            days = reckoning(today)
            return days if days and years <= {days.last.year} else None

        return consistent


def _shifted(shift: int, weekday: int | None) -> _Reckoning:
    """So many days from the day of publication; the nearest day of that name, where it has one."""

    def reckon(today: date) -> Days | None:
        day = _moved(today, shift)
        if weekday is None:
            return _on(day)
        named = _latest(weekday, day) if shift <= 0 else _earliest(weekday, day)
        return _on(named) if abs((named - day).days) <= _NEAR else None

    return reckon


def _ago(count: int, unit: str) -> _Reckoning | None:
    match unit:
        case "day":
            off = 0 if count <= _FEW_DAYS else count // _FEW_DAYS
            return lambda today: _between(today, -count - off, -count + off)
        case "week" if count <= _FEW_WEEKS:
            return lambda today: _between(today, -7 * count - _ABOUT_A_WEEK, -7 * count + _ABOUT_A_WEEK)
        case "month" if count < 12:
            return lambda today: _between(_month_later(today, -count), -_ABOUT_A_MONTH, _ABOUT_A_MONTH)
        case "year" if count <= _FEW_YEARS:
            return lambda today: _between(_month_later(today, -12 * count), -_ABOUT_A_YEAR, _ABOUT_A_YEAR)
        case _:
            return None


def _eve(reckoning: _Reckoning, eve: bool) -> _Reckoning:
    """The same, but from the day before where `eve` is true: ليلة الخميس may be the night before Thursday."""

    def reckon(today: date) -> Days | None:
        days = reckoning(today)
        return Days(_moved(days.first, -1), days.last) if days and eve else days

    return reckon


def _weekday_alone(number: int, time: str) -> _Reckoning:
    """The latest such day up to today, or the earliest after it."""

    def reckon(today: date) -> Days | None:
        if time == "past":
            return _on(_latest(number, today))
        return _on(_earliest(number, today)) if today.isoweekday() != number else None

    return reckon


def _weekday_beside(number: int, direction: int, *, english: bool) -> _Reckoning:
    """The last such day or the next; two where usage differs (on a Friday, "last Wednesday" may be nine days ago)."""

    def reckon(today: date) -> Days:
        further = abs(direction) - 1
        if direction < 0:
            day = _latest(number, _moved(today, -1))
            unsure = (today - day).days <= (today.weekday() if english else 1)
            return _between(day, -7 * (further + unsure), -7 * further)
        day = _earliest(number, _moved(today, 1))
        unsure = english and today.weekday() + (day - today).days < 7
        return _between(day, 7 * further, 7 * (further + unsure))

    return reckon


def _weekday_of_week(number: int, direction: int) -> _Reckoning:
    def reckon(today: date) -> Days:
        days = [_moved(start, (number - 1 - start.weekday()) % 7) for start in _week_starts(today, direction)]
        return Days(min(days), max(days))

    return reckon


def _in_year(month: int, day: int | None, direction: int, weekday: int | None) -> _Reckoning:
    return lambda today: _dated(today.year + direction, month, day, weekday)


def _month_beside(month: int, day: int | None, direction: int, weekday: int | None) -> _Reckoning:
    """The last such month or day before the present month, the next, or that of the present month."""

    def reckon(today: date) -> Days | None:
        if direction == 0:
            return _dated(today.year, month, day, weekday) if month == today.month else None
        if month == today.month and day:
            return None  # a few days ago, or a year and a few days?
        passed = month < today.month if direction < 0 else month <= today.month
        year = today.year + (0 if passed else -1) if direction < 0 else today.year + (1 if passed else 0)
        return _dated(year, month, day, weekday)

    return reckon


def _month_alone(month: int, day: int | None, time: str | None, weekday: int | None) -> _Reckoning:
    """The latest such day or month up to today or the earliest from it; the nearest, where it is near or its weekday tells it."""

    def reckon(today: date) -> Days | None:
        every = [days for apart in _YEARS_APART if (days := _dated(today.year + apart, month, day, weekday))]
        if weekday is not None:
            return min(every, key=lambda days: _distance(days, today), default=None)
        if time == "past":
            return max((days for days in every if days.first <= today), key=lambda days: days.first, default=None)
        if time == "future":
            return min((days for days in every if days.last >= today), key=lambda days: days.first, default=None)
        return next((days for days in every if _distance(days, today) <= _DECISIVE), None)

    return reckon


def _unit(unit: str, direction: int, day: int | None) -> _Reckoning:
    """The week, month or year so many after the present one; a day of that month."""

    def reckon(today: date) -> Days | None:
        match unit:
            case "week":
                starts = _week_starts(today, direction)
                first, last = min(starts), _moved(max(starts), 6)
                return Days(
                    _moved(today, 1) if direction == 1 else first, _moved(today, -1) if direction == -1 else last
                )
            case "month":
                then = _month_later(today.replace(day=1), direction)
                return _dated(then.year, then.month, day, None)
            case _:
                return days_of(f"{today.year + direction:04}")

    return reckon


def _week_starts(today: date, direction: int) -> list[date]:
    """Where the week so many after the present one may begin."""
    return [_moved(today, 7 * direction - (today.weekday() - start) % 7) for start in _WEEK_STARTS]


def _dated(year: int, month: int, day: int | None, weekday: int | None) -> Days | None:
    """A month or a day of it; None where there is no such day or it has another name."""
    if day is None:
        return _month(year, month)
    if day > calendar.monthrange(year, month)[1]:
        return None
    found = date(year, month, day)
    return _on(found) if weekday in {None, found.isoweekday()} else None


def _month(year: int, month: int) -> Days:
    return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _on(day: date) -> Days:
    return Days(day, day)


def _between(day: date, first: int, last: int) -> Days:
    return Days(_moved(day, first), _moved(day, last))


def _moved(day: date, by: int) -> date:
    return day + timedelta(days=by)


def _month_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _distance(days: Days, today: date) -> int:
    """Days from today to the nearest of them."""
    return max((days.first - today).days, (today - days.last).days, 0)


def _latest(weekday: int, day: date) -> date:
    """The latest such day up to `day`; Monday is 1."""
    return _moved(day, -((day.isoweekday() - weekday) % 7))


def _earliest(weekday: int, day: date) -> date:
    return _moved(day, (weekday - day.isoweekday()) % 7)


def _weekday_number(folded: str) -> int:
    number = _number_or_none(folded)
    if number is None:
        raise ValueError(folded)
    return number


def _number_or_none(folded: str) -> int | None:
    term = weekday_term(folded)
    return int(term[2:]) if term else None


def _direction(said: str) -> int:
    """-1 for "last", 1 for "next", 0 for "this"; twice that for "before last"."""
    said_words = set(said.split())
    data = _data()
    sign = -1 if said_words & data.last else 1 if said_words & data.next else 0
    return 2 * sign if said_words & {"قبل", "before", "after"} else sign


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern over a line of folded words, and strings of which such a line holds one."""

    kind: str
    anchors: tuple[str, ...]
    pattern: re.Pattern[str]

    def matches(self, line: str) -> Iterator[re.Match[str]]:
        if any(anchor in line for anchor in self.anchors):
            yield from self.pattern.finditer(line)


@dataclass(frozen=True, slots=True)
class _Data:
    """What `data/relative_dates.toml` holds, folded."""

    shifts: Mapping[str, int]
    units: Mapping[str, tuple[str, int]]  # with the count that the form of the word says
    numbers: Mapping[str, int]
    last: frozenset[str]
    next: frozenset[str]
    before_month: frozenset[str]
    excluded: Mapping[str, frozenset[str]]
    named_days: frozenset[str]
    after_month: re.Pattern[str]
    year_elsewhere: re.Pattern[str]
    rules: tuple[_Rule, ...]


def _rules() -> tuple[_Rule, ...]:
    return _data().rules


def _excluded(listed: str) -> frozenset[str]:
    return _data().excluded[listed]


@cache
def _data() -> _Data:
    text = resources.files("rag.language").joinpath("data", "relative_dates.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    lists = {name: _listed(said) for name, said in tables["lists"].items()}
    exclude = tables["exclude"]
    rules = tuple(
        _Rule(
            rule["kind"],
            tuple(rule["anchors"].split()),
            re.compile(rf"(?<!\w)(?:{_filled(rule['pattern'], lists)})(?!\w)"),
        )
        for rule in tables["rules"]
    )
    return _Data(
        shifts={said: int(shift) for shift, listed in tables["shifts"].items() for said in _listed(listed)},
        units={
            said: (unit, count)
            for count, table in ((1, "units"), (2, "duals"))
            for unit, listed in tables[table].items()
            for said in _listed(listed)
        },
        numbers={said: int(number) for number, listed in tables["numbers"].items() for said in _listed(listed)},
        last=frozenset(lists["last"] + lists["last_en"]),
        next=frozenset(lists["next"] + lists["next_en"]),
        before_month=frozenset(lists["before_month"]),
        excluded={name: frozenset(_listed(listed)) for name, listed in exclude.items() if isinstance(listed, str)},
        named_days=frozenset(exclude["named_days"]),
        after_month=re.compile(_filled(tables["month"]["after"], lists)),
        year_elsewhere=re.compile(_filled(tables["month"]["elsewhere"], lists)),
        rules=rules,
    )


def _listed(text: str) -> list[str]:
    return [fold(word).replace("_", " ") for word in text.split()]


def _filled(pattern: str, lists: Mapping[str, Sequence[str]]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda name: f"(?:{'|'.join(map(re.escape, lists[name[1]]))})", pattern)
