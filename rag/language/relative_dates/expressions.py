"""The relative dates of a sentence: which words are one, and what it means."""

import calendar
import re
from collections.abc import Iterator
from datetime import date

from rag.language.characters import is_arabic
from rag.language.dates import Date, day_of_month, weekday_term
from rag.language.relative_dates.days import Days, between, latest, moved
from rag.language.relative_dates.line import Line
from rag.language.relative_dates.reckoning import (
    Reckoning,
    ago,
    eve_of,
    in_year,
    month_alone,
    month_beside,
    shifted,
    unit_beside,
    weekday_alone,
    weekday_beside,
    weekday_of_week,
)
from rag.language.relative_dates.wording import direction_of, excluded, number_or_none, weekday_number, wording
from rag.language.tense import tense
from rag.language.words import Word

_Read = tuple[int, int, Reckoning]  # the words of an expression, and what it means


def expressions(text: str) -> Iterator[tuple[Word, Word, Reckoning]]:
    """The first and the last word of each expression of a sentence, and what it means."""
    return _Expressions(text).read()


class _Expressions(Line):
    """A sentence and the relative dates in it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._taken = {i for one in self.stated for i in range(one.first, one.last)}

    def read(self) -> Iterator[tuple[Word, Word, Reckoning]]:
        for read in (*map(self._month, self.yearless), *self._by_rules()):
            if read and self._taken.isdisjoint(range(read[0], read[1])):
                first, last, reckoning = read
                self._taken.update(range(first, last))
                yield self.found[first], self.found[last - 1], reckoning

    def _by_rules(self) -> Iterator[_Read | None]:
        readers = {
            "shift": self._shift,
            "ago": self._ago,
            "night": self._night,
            "weekday": self._weekday,
            "unit": self._unit,
        }
        for rule in wording().rules:
            for match in rule.matches(self.joined):
                yield readers[rule.kind](match)

    def _shift(self, match: re.Match[str]) -> _Read | None:
        """أمس, اليوم الثلاثاء, tomorrow."""
        first, last = self.place(match)
        core, _ = self.place(match, "shift")
        shift, day, after = wording().shifts[match["shift"]], match["weekday"], self.at(last)
        sure = day is not None or core > first  # said with a day's name or part
        if after in excluded("after_weekday") or (shift == -1 and after in excluded("after_yesterday")):
            return None
        if match["shift"] in {"اليوم", "today"} and not self._is_meant(core, sure=sure):
            return None
        if match["shift"] == "غدا" and not sure and tense(self.found, first, last) != "future":
            return None  # "became"
        return first, last, shifted(shift, weekday_number(day) if day else None)

    def _is_meant(self, i: int, *, sure: bool) -> bool:
        """Whether "today" is the day of publication: no other day ("اليوم الأول"), no newspaper, and not "nowadays"."""
        is_name = i > 0 and self.found[i].text[0].isupper()
        other = self.at(i - 1) in excluded("before_today") or (
            self.at(i + 1).startswith("ال") and not self.is_cut(i + 1)
        )
        return not is_name and (sure or (not other and tense(self.found, i, i + 1) is not None))

    def _ago(self, match: re.Match[str]) -> _Read | None:
        first, last = self.place(match)
        unit, count = wording().units[match["unit"]]
        if said := match.groupdict().get("count"):
            count = int(said) if said.isdecimal() else wording().numbers[said]
        reckoning = ago(count, unit)
        return (first, last, reckoning) if reckoning and self.at(first - 1) not in excluded("before_count") else None

    def _night(self, match: re.Match[str]) -> _Read | None:
        """ليل السبت - الأحد, last night."""
        groups = match.groupdict()
        nights = -direction_of(groups.get("mod") or "") if "following" not in groups else None
        if nights is not None:
            return *self.place(match), lambda today: between(today, -max(1, nights), 1 - max(1, nights))
        evening, morning = weekday_number(match["weekday"]), weekday_number(match["following"])
        if evening % 7 + 1 != morning:
            return None
        back = 1 if match["mod"] else 0
        return *self.place(match), lambda today: between(latest(morning, moved(today, -back)), -1, 0)

    def _weekday(self, match: re.Match[str]) -> _Read | None:
        first, last = self.place(match)
        i, _ = self.place(match, "weekday")
        number, english = weekday_number(match["weekday"]), not is_arabic(match["weekday"])
        if english and not self.found[i].text[0].isupper():
            return None
        if week := match["week"]:
            return first, last, weekday_of_week(number, direction_of(week))
        eve = i > first and self.at(i - 1).endswith("ليله")
        mod = match["mod"] or ""
        if direction := direction_of(mod):
            return first, last, eve_of(weekday_beside(number, direction, english=english and "this" not in mod), eve)
        if not mod and self._is_another_weekday(i, last):
            return None
        time = tense(self.found, first, last)
        return (first, last, self._consistent(first, eve_of(weekday_alone(number, time), eve))) if time else None

    def _is_another_weekday(self, i: int, last: int) -> bool:
        """Whether a day of the week is one of a date, every such day, or a name (صلاة الجمعة, "Black Friday")."""
        dated = any(one.day and (one.first == i + 1 or one.last == i) for one in self.stated)
        before = i - 1
        while self.at(before + 1).startswith("و") and weekday_term(self.at(before)):  # يومي الجمعة والسبت
            before -= 1
        named = self.at(before) in excluded("before_weekday") and not (
            before + 1 < len(self.found) and self.is_cut(before + 1)
        )
        return dated or named or (self.at(last) in excluded("after_weekday") and not self.is_cut(last))

    def _month(self, given: Date) -> _Read | None:
        """A month, or a day of one, without its year."""
        month, day = given.month, given.day
        if month is None or (day and day > calendar.monthrange(2000, month)[1]):
            return None
        first, last = self._month_place(given)
        number = next((n for i in (first, first - 1) if i >= 0 and (n := number_or_none(self.at(i)))), None)
        first -= number is not None and number_or_none(self.at(first)) is None
        end = self.starts[given.last - 1] + len(self.folded[given.last - 1])
        match = wording().after_month.match(self.joined, end)
        if not match and wording().year_elsewhere.match(self.joined, end):
            return None
        if match:
            last = self.place(match)[1]
        if match and match["year"]:
            return first, last, in_year(month, day, direction_of(match["year"]), number)
        before = self.at(given.first - 1)
        direction = match["mod"] if match else before if before in {"last", "next", "this"} else None
        if direction:
            return first, last, month_beside(month, day, direction_of(direction), number)
        if number is None and (
            before in excluded("before_date") or f"{month:02}-{day or 0:02}" in wording().named_days
        ):
            return None
        time = tense(self.found, first, last)
        return first, last, self._consistent(first, month_alone(month, day, time, number))

    def _month_place(self, given: Date) -> tuple[int, int]:
        """Its words, those before it that belong to it with them: "late July", أوائل شهر فبراير, يوم 5 تموز."""
        first = given.first
        while first and not self.is_cut(first) and self.at(first - 1) in wording().before_month:
            first -= 1
        return first, given.last

    def _unit(self, match: re.Match[str]) -> _Read | None:
        """الشهر الماضي, مطلع العام, العشرين من الشهر الجاري, next week."""
        first, last = self.place(match)
        groups = match.groupdict()
        (unit, _), period = wording().units[match["unit"]], match["period"]
        told = groups.get("mod") or groups.get("now") or groups.get("twice")
        if not told and not self._is_this(match, unit, last):
            return None
        if self.at(first - 1) == "the" and groups.get("mod") and "current" not in match["mod"]:
            return None  # "over the last year"
        direction = direction_of(" ".join(filter(None, (groups.get("mod"), groups.get("twice")))))
        if self.at(first) == "العام" and direction >= 0 and self.at(first - 1).startswith("ال"):
            return None  # المدير العام الحالي
        day, start = self._day_before(first) if unit == "month" and not period else (None, first)
        return start, last, unit_beside(unit, direction, day)

    def _is_this(self, match: re.Match[str], unit: str, last: int) -> bool:
        """Whether a unit without "this" is the current one: مطلع العام, "later in the week"."""
        if match["period"] in {"earlier", "later"}:
            return True
        other = self.at(last).isdecimal() or (self.at(last).startswith("ال") and not self.is_cut(last))
        return match["period"] is not None and unit == "year" and not other

    def _day_before(self, first: int) -> tuple[int | None, int]:
        """The day before "of the month" at `first`, and where it begins."""
        for start in (first - 3, first - 2):
            if start >= 0 and self.at(first - 1) == "من":
                day, end = day_of_month(self.found, start)
                if day and end == first - 1:
                    return day, start
        return None, first

    def _consistent(self, first: int, reckoning: Reckoning) -> Reckoning:
        """The same, but nothing where an earlier date of the sentence has another year: what is told may have happened then."""
        years = {one.year for one in self.stated if one.last <= first}

        def consistent(today: date) -> Days | None:
            days = reckoning(today)
            return days if days and years <= {days.last.year} else None

        return consistent
