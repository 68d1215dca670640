"""Numbers, dates, times and units of a sentence: each must be in the quote, and a number must count there what it counts here."""

import re
from collections.abc import Iterator

from rag.language.measures import measure, number_forms
from rag.language.quantities import Quantity
from rag.language.words import words
from rag.support.match import Match
from rag.support.statement import Statement
from rag.support.window import Window

_PASSIVE = re.compile(r"\s*(?:\w+\s+)?(?:were|was|are|is|have been|has been)\s+(?P<verb>\w+)", re.IGNORECASE)
_HARMS = frozenset({"dead", "wounded", "missing", "kidnapped"})
_EXACT = 0.99  # a number, date or time is met only by itself
_HELD = 0.45  # how well the quote must hold what is counted for it to be counted there, too
_BESIDE = 0.3  # how well it must be held beside the number
_BEFORE, _AFTER = 6, 5  # words around a number within which what it counts is sought, up to the next number
_AROUND = 40  # characters


def lacking_number(match: Match) -> str | None:
    """A number that the quote does not have."""
    statement = match.statement
    for i, kind in enumerate(statement.kinds):
        if kind == "number" and i not in statement.among_times and not _has_number(match, i):
            return f"number: {statement.concepts[i].text}"
    return None


def lacking_date(match: Match) -> str | None:
    """A date that the quote does not give, or not so precisely."""
    statement = match.statement
    for i, kind in enumerate(statement.kinds):
        if kind == "date" and match.held[i] < _EXACT:
            return f"date: {statement.concepts[i].text}"
    return None


def lacking_time(match: Match) -> str | None:
    """A time on the clock or a part of the day that the quote does not tell."""
    for time in match.statement.times:
        if not any(time.is_told_by(other) for other in match.window.times):
            return f"time: {match.statement.text[time.start : time.end]}"
    return None


def other_time(match: Match) -> str | None:
    """Another part of a day than the quote tells of that day: Monday morning for Monday at dawn."""
    for time in match.statement.times:
        same = [other for other in match.window.times if time.weekday and other.weekday == time.weekday]
        if same and not any(time.is_told_by(other) for other in same):
            return f"time: {match.statement.text[time.start : time.end]}"
    return None


def other_unit(match: Match) -> str | None:
    """A number of another measure than in the quote: 45 miles for 45 kilometres, 12 wounded for 12 dead."""
    for own in match.statement.quantities:
        same = [other for other in match.window.quantities if other.value == own.value]
        suffered = _suffered(match.statement.text[own.end :])
        told = any(_is_suffered(match.window, other) for other in same)
        mine = measure(own.unit) or (suffered if suffered in _HARMS and told else None)
        if mine and same and not any(_may_be_in(mine, match.window, other) for other in same):
            return f"unit: {own.text}"
    return None


def _suffered(after: str) -> str | None:
    """What those are counted for of whom a passive verb tells what was done to them: 11 people were killed."""
    found = _PASSIVE.match(after)
    return measure(found["verb"]) if found else None


def _is_suffered(window: Window, other: Quantity) -> bool:
    """Whether it is said near a number of the quote what was done to those whom it counts."""
    near = window.text[max(0, other.start - _AROUND) : other.end + _AROUND]
    return any(measure(word.text) in _HARMS for word in words(near))


def misplaced_number(match: Match) -> str | None:
    """A number of what another number counts in the quote."""
    statement = match.statement
    for number, counted in _counted(statement):
        if _is_counted_by_another(match, number, counted) and not _stand_together(match, number, counted):
            return f"number: {statement.concepts[number].text} {statement.concepts[counted].text}"
    return None


def _is_counted_by_another(match: Match, number: int, counted: int) -> bool:
    """Whether the quote has what a number counts as the unit of another number."""
    value = float(match.statement.concepts[number].alternatives[0][0][0].removeprefix("#"))
    starts = [match.window.tokens[place].start for place in match.places(counted, _HELD)]
    same = [other for other in match.window.quantities if other.value == value]
    units = {other.unit_stem for other in same}
    if None in units:  # 58 of them
        return False
    others = [
        other
        for other in match.window.quantities
        if other.value != value and other.unit_start is not None and other.unit_stem not in units
    ]
    return any(
        other.unit_start <= start < (other.unit_end or 0)
        for other in others
        for start in starts
        if other.unit_start is not None
    )


def _has_number(match: Match, i: int) -> bool:
    if match.held[i] >= _EXACT:
        return True
    value = float(match.statement.concepts[i].alternatives[0][0][0].removeprefix("#"))
    return value in _values(match.window) or (value == 2 and _has_dual(match, i))


def _values(window: Window) -> set[float]:
    """The numbers that a text has in other forms: الستة, ثلاثي, دون الخامسة, الدقيقة 104."""
    values = {quantity.value for quantity in window.quantities}
    return values | {number_forms()[form] for token in window.tokens for form in token.forms if form in number_forms()}


def _has_dual(match: Match, i: int) -> bool:
    """Whether what two are counted of is in the quote with a dual's ending, which a plural may have too."""
    counted = next((j for number, j in _counted(match.statement) if number == i), None)
    endings = ("ان", "ين", "تا", "تي")
    return counted is not None and any(
        match.window.tokens[place].word.endswith(endings) for place in match.places(counted)
    )


def _may_be_in(mine: str, window: Window, other: Quantity) -> bool:
    """Whether a number of the quote may be of a measure: it has that unit, or none but its word near it."""
    yours = measure(other.unit)
    if yours:
        return mine == yours
    near = window.text[max(0, other.start - _AROUND) : other.end + _AROUND]
    return any(measure(word.text) == mine for word in words(near)) or (
        mine == "percent" and any(sign in near for sign in "%٪")
    )


def _counted(statement: Statement) -> Iterator[tuple[int, int]]:
    """Each number and the concept that it counts, where nothing else is counted between them (nine of twelve analysts)."""
    for i, kind in enumerate(statement.kinds):
        if kind != "number" or i in statement.among_times or _is_label(statement, i):
            continue
        start = statement.span(i)[0]
        own = next(
            (one for one in statement.quantities if one.start <= start < one.end and one.unit_start is not None), None
        )
        if own and own.unit_start is not None and own.unit_end is not None and measure(own.unit) is None:
            counted = next((j for j in statement.within((own.unit_start, own.unit_end)) if j != i), None)
            if counted is not None and not any(
                statement.kinds[k] == "number" for k in range(min(i, counted) + 1, max(i, counted))
            ):
                yield i, counted


def _is_label(statement: Statement, i: int) -> bool:
    """Whether a number is part of a name (Rasid-2) or an ordinal (104th)."""
    start, end = statement.span(i)
    return statement.text[max(0, start - 1) : start] in {"-", "–"} or statement.text[end : end + 1].isalpha()


def _stand_together(match: Match, number: int, counted: int) -> bool:
    """Whether a number and what it counts stand near each other with no other number between them."""
    places = match.places(number, _EXACT)
    if not places:  # said in another form
        return True
    tokens = match.window.tokens
    for place in places:
        for other in match.places(counted, _BESIDE):
            if -_BEFORE <= other - place <= _AFTER:
                between = tokens[min(place, other) + 1 : max(place, other)]
                if not any(term.startswith("#") for token in between for term in token.terms):
                    return True
    return False
