"""A stretch of days, and the calendar's arithmetic."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


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


def days_of(iso: str) -> Days | None:
    """The days of an ISO date of any precision; None for an empty one.

    Raises:
        ValueError: it is none.
    """
    parts = [int(part) for part in iso.split("-")] if iso else []
    match parts:
        case [year, month, day]:
            return on(date(year, month, day))
        case [year, month]:
            return month_of(year, month)
        case [year]:
            return Days(date(year, 1, 1), date(year, 12, 31))
        case _:
            return None


def dated(year: int, month: int, day: int | None, weekday: int | None) -> Days | None:
    """A month or a day of it; None where there is no such day or it has another name."""
    if day is None:
        return month_of(year, month)
    if day > calendar.monthrange(year, month)[1]:
        return None
    found = date(year, month, day)
    return on(found) if weekday in {None, found.isoweekday()} else None


def month_of(year: int, month: int) -> Days:
    """A whole month."""
    return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def on(day: date) -> Days:
    """One day."""
    return Days(day, day)


def between(day: date, first: int, last: int) -> Days:
    """From so many days after a day to so many after it."""
    return Days(moved(day, first), moved(day, last))


def moved(day: date, by: int) -> date:
    """So many days after a day."""
    return day + timedelta(days=by)


def months_later(day: date, months: int) -> date:
    """The same day so many months after, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def distance(days: Days, today: date) -> int:
    """Days from today to the nearest of them."""
    return max((days.first - today).days, (today - days.last).days, 0)


def latest(weekday: int, day: date) -> date:
    """The latest such day up to `day`; Monday is 1."""
    return moved(day, -((day.isoweekday() - weekday) % 7))


def earliest(weekday: int, day: date) -> date:
    """The earliest such day from `day` on."""
    return moved(day, (weekday - day.isoweekday()) % 7)
