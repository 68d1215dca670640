"""What an expression means on each day on which its text may have been published."""

from collections.abc import Callable
from datetime import date

from rag.language.relative_dates.days import (
    Days,
    between,
    dated,
    days_of,
    distance,
    earliest,
    latest,
    months_later,
    moved,
    on,
)

_WEEK_STARTS = (5, 6, 0)  # a week begins on Saturday, Sunday or Monday
_NEAR = 3  # days by which "أمس السبت" and the day of publication may disagree
_FEW_DAYS, _FEW_WEEKS, _FEW_YEARS = 6, 5, 5  # more of them are said in round numbers
_ABOUT_A_WEEK, _ABOUT_A_MONTH, _ABOUT_A_YEAR = 3, 10, 90  # days by which "two weeks ago" and the like may be off
# Days: where the tense is not told, a day or month without its year is the nearest such, if it is this near.
_DECISIVE = 62
_YEARS_APART = (-1, 0, 1)

# The day of publication to the days that are meant; None where it cannot be told.
Reckoning = Callable[[date], Days | None]


def shifted(shift: int, weekday: int | None) -> Reckoning:
    """So many days from the day of publication; the nearest day of that name, where it has one."""

    def reckon(today: date) -> Days | None:
        day = moved(today, shift)
        if weekday is None:
            return on(day)
        named = latest(weekday, day) if shift <= 0 else earliest(weekday, day)
        return on(named) if abs((named - day).days) <= _NEAR else None

    return reckon


def ago(count: int, unit: str) -> Reckoning | None:
    """So many days, weeks, months or years before; None where the number is too round to tell."""
    match unit:
        case "day":
            off = 0 if count <= _FEW_DAYS else count // _FEW_DAYS
            return lambda today: between(today, -count - off, -count + off)
        case "week" if count <= _FEW_WEEKS:
            return lambda today: between(today, -7 * count - _ABOUT_A_WEEK, -7 * count + _ABOUT_A_WEEK)
        case "month" if count < 12:
            return lambda today: between(months_later(today, -count), -_ABOUT_A_MONTH, _ABOUT_A_MONTH)
        case "year" if count <= _FEW_YEARS:
            return lambda today: between(months_later(today, -12 * count), -_ABOUT_A_YEAR, _ABOUT_A_YEAR)
        case _:
            return None


def eve_of(reckoning: Reckoning, eve: bool) -> Reckoning:
    """The same, but from the day before where `eve` is true: ليلة الخميس may be the night before Thursday."""

    def reckon(today: date) -> Days | None:
        days = reckoning(today)
        return Days(moved(days.first, -1), days.last) if days and eve else days

    return reckon


def weekday_alone(number: int, time: str) -> Reckoning:
    """The latest such day up to today, or the earliest after it."""

    def reckon(today: date) -> Days | None:
        if time == "past":
            return on(latest(number, today))
        return on(earliest(number, today)) if today.isoweekday() != number else None

    return reckon


def weekday_beside(number: int, direction: int, *, english: bool) -> Reckoning:
    """The last such day or the next; two where usage differs (on a Friday, "last Wednesday" may be nine days ago)."""

    def reckon(today: date) -> Days:
        further = abs(direction) - 1
        if direction < 0:
            day = latest(number, moved(today, -1))
            unsure = (today - day).days <= (today.weekday() if english else 1)
            return between(day, -7 * (further + unsure), -7 * further)
        day = earliest(number, moved(today, 1))
        unsure = english and today.weekday() + (day - today).days < 7
        return between(day, 7 * further, 7 * (further + unsure))

    return reckon


def weekday_of_week(number: int, direction: int) -> Reckoning:
    """Such a day of the last week, the present one or the next."""

    def reckon(today: date) -> Days:
        days = [moved(start, (number - 1 - start.weekday()) % 7) for start in _week_starts(today, direction)]
        return Days(min(days), max(days))

    return reckon


def in_year(month: int, day: int | None, direction: int, weekday: int | None) -> Reckoning:
    """That month, or a day of it, of the last year, the present one or the next."""
    return lambda today: dated(today.year + direction, month, day, weekday)


def month_beside(month: int, day: int | None, direction: int, weekday: int | None) -> Reckoning:
    """The last such month or day before the present month, the next, or that of the present month."""

    def reckon(today: date) -> Days | None:
        if direction == 0:
            return dated(today.year, month, day, weekday) if month == today.month else None
        if month == today.month and day:
            return None  # a few days ago, or a year and a few days?
        passed = month < today.month if direction < 0 else month <= today.month
        year = today.year + (0 if passed else -1) if direction < 0 else today.year + (1 if passed else 0)
        return dated(year, month, day, weekday)

    return reckon


def month_alone(month: int, day: int | None, time: str | None, weekday: int | None) -> Reckoning:
    """The latest such day or month up to today or the earliest from it; the nearest, where it is near or its weekday tells it."""

    def reckon(today: date) -> Days | None:
        every = [days for apart in _YEARS_APART if (days := dated(today.year + apart, month, day, weekday))]
        if weekday is not None:
            return min(every, key=lambda days: distance(days, today), default=None)
        if time == "past":
            return max((days for days in every if days.first <= today), key=lambda days: days.first, default=None)
        if time == "future":
            return min((days for days in every if days.last >= today), key=lambda days: days.first, default=None)
        return next((days for days in every if distance(days, today) <= _DECISIVE), None)

    return reckon


def unit_beside(unit: str, direction: int, day: int | None) -> Reckoning:
    """The week, month or year so many after the present one; a day of that month."""

    def reckon(today: date) -> Days | None:
        match unit:
            case "week":
                starts = _week_starts(today, direction)
                first, last = min(starts), moved(max(starts), 6)
                return Days(moved(today, 1) if direction == 1 else first, moved(today, -1) if direction == -1 else last)
            case "month":
                then = months_later(today.replace(day=1), direction)
                return dated(then.year, then.month, day, None)
            case _:
                return days_of(f"{today.year + direction:04}")

    return reckon


def _week_starts(today: date, direction: int) -> list[date]:
    """Where the week so many after the present one may begin."""
    return [moved(today, 7 * direction - (today.weekday() - start) % 7) for start in _WEEK_STARTS]
