"""Faults in time: another day, weekday, month, year, time of day."""

import re
from dataclasses import replace
from random import Random

from rag.evaluation.faults.statement import Scene, Statement
from rag.evaluation.faults.words import exchanged, group, put
from rag.language.characters import fold

_YEAR = re.compile(r"(?<![\w.,/-])(?:19|20|١٩|٢٠)\d\d(?![\w/]|[.,]\d)")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)")


def date(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """Another day of the month."""
    months = "|".join(
        sorted((re.escape(m) for e in group("months") for m in e.forms[statement.language]), key=len, reverse=True)
    )
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
    found = re.search(rf"(?<!\d){day}\s+(?:of\s+|من\s+)?(?:{months})(?!\w)", statement.text) or re.search(
        rf"(?<!\w)(?:{months}) {day}", statement.text
    )
    if not found:
        return None
    taken = set(re.findall(r"\d+", statement.said))
    others = [str(new) for new in range(1, 29) if str(new) not in taken]
    return replace(statement, text=put(statement.text, *found.span("day"), rng.choice(others)))


def weekday(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """Another day of the week."""
    return _exchanged("weekdays", statement, rng)


def month(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """Another month."""
    return _exchanged("months", statement, rng)


def year(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """Another year."""
    found = list(_YEAR.finditer(statement.text))
    if not found:
        return None
    one = rng.choice(found)
    value = int(fold(one[0]))
    others = [str(new) for new in range(value - 4, value + 5) if str(new) not in statement.said]
    return replace(statement, text=put(statement.text, *one.span(), rng.choice(others))) if others else None


def time(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """Another time on the clock, or part of the day."""
    clock = _CLOCK.search(statement.text)
    if not clock:
        return _exchanged("times", statement, rng)
    hour, minute = int(clock[1]), int(clock[2])
    changed = rng.choice([f"{hour % 11 + 1}:{clock[2]}", f"{clock[1]}:{(minute + 25) % 60:02}"])
    return replace(statement, text=put(statement.text, *clock.span(), changed))


def _exchanged(name: str, statement: Statement, rng: Random) -> Statement | None:
    text = exchanged(statement, group(name), rng)
    return replace(statement, text=text) if text else None
