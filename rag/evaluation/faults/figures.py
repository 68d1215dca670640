"""Faults in numbers: another one, another unit, two exchanged."""

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from rag.evaluation.faults.statement import Scene, Statement
from rag.evaluation.faults.words import entries_in, exchanged, group, groups, put
from rag.language.characters import fold

_FIGURE = re.compile(r"(?<![\w:/.,٫-])\d+(?:[.,٫]\d+)*(?![\w:/-]|[.,٫]\d)")
_YEARS = range(1900, 2100)
_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def number(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """Another number: in figures, or in words."""
    found = list(figures(statement))
    if not found:
        text = exchanged(statement, group("numbers"), rng) or exchanged(statement, group("tens"), rng)
        return replace(statement, text=text) if text else None
    one = rng.choice(found)
    others = [new for new in _others(one[0]) if fold(new) not in _all_figures(statement)]
    return replace(statement, text=put(statement.text, *one.span(), rng.choice(others))) if others else None


def unit(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """Another unit of the same kind, right after a number."""
    for entries in groups("units"):
        found = [
            one
            for one in entries_in(statement.text, entries, statement.language)
            if _ends_in_number(statement.text[: one.start])
        ]
        text = exchanged(statement, entries, rng, found=found)
        if text:
            return replace(statement, text=text)
    return None


def swapped_numbers(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """Two of its numbers in each other's place, or, where it has one only, another of its own passage."""
    found = list(figures(statement))
    text = statement.text
    if len({fold(one[0]) for one in found}) > 1:
        first = found[0]
        second = next(one for one in found if fold(one[0]) != fold(first[0]))
        return replace(statement, text=put(put(text, *second.span(), first[0]), *first.span(), second[0]))
    near = [one[0] for passage in statement.passages for one in _figures_of(passage.text)]
    others = sorted({fold(one) for one in near} - {fold(one[0]) for one in found})
    return replace(statement, text=put(text, *found[0].span(), rng.choice(others))) if found and others else None


def figures(statement: Statement) -> Iterator[re.Match[str]]:
    """The figures of a statement that are numbers, not dates, years or times."""
    return _figures_of(statement.text)


def _figures_of(text: str) -> Iterator[re.Match[str]]:
    for match in _FIGURE.finditer(text):
        plain = fold(match[0])
        is_year = plain.isdecimal() and int(plain) in _YEARS
        if not is_year and not _beside_month(text, match):
            yield match


def _beside_month(text: str, match: re.Match[str]) -> bool:
    """Whether a figure is the day of a month."""
    around = (text[match.end() : match.end() + 25].lstrip(), text[max(0, match.start() - 12) : match.start()].rstrip())
    after, before = around
    months = [form for entry in group("months") for forms in entry.forms.values() for form in forms]
    return any(re.match(rf"(?:(?:st|nd|rd|th)?\s*(?:of|من)?\s*){form}\b", after) for form in months) or before.endswith(
        tuple(months)
    )


def _others(figure: str) -> list[str]:
    """Other figures written like one: a little more, twice as much, much more."""
    plain = re.sub(r"[,٫.]", "", fold(figure))
    value = int(plain)
    changed = [str(new).zfill(len(plain)) for new in (value + 1, value + 3, 2 * value, value + 40) if new != value]
    shaped = [_shaped(figure, new) for new in changed if len(new) == len(plain)]
    return shaped or ["47", "68"]


def _shaped(figure: str, digits: str) -> str:
    """Digits with the marks and the script of a figure.

    >>> _shaped("2,500", "2540")
    '2,540'
    """
    left = iter(digits)
    shaped = "".join(next(left) if one.isdigit() else one for one in figure)
    return shaped.translate(_ARABIC_INDIC) if figure[0] in "٠١٢٣٤٥٦٧٨٩" else shaped


def _all_figures(statement: Statement) -> set[str]:
    return set(re.findall(r"\d+(?:[.,٫]\d+)*", statement.said))


def _ends_in_number(before: str) -> bool:
    word = before.rstrip(" -").rsplit(" ", 1)[-1].lstrip("وب")
    numerals = {
        form for entry in (*group("numbers"), *group("tens")) for forms in entry.forms.values() for form in forms
    }
    scales = {form for entry in groups("units")[1] for forms in entry.forms.values() for form in forms}
    return before.endswith((" ", "-")) and (word[-1:].isdigit() or word in numerals | scales)
