"""The words and patterns of relative dates: what `data/relative_dates.toml` holds, folded."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rag.language.characters import fold
from rag.language.data_files import toml
from rag.language.dates import weekday_term


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over a line of folded words, and strings of which such a line holds one."""

    kind: str
    anchors: tuple[str, ...]
    pattern: str

    def matches(self, line: str) -> Iterator[re.Match[str]]:
        """The places of a line that the pattern fits."""
        if any(anchor in line for anchor in self.anchors):
            yield from _compiled(self.pattern).finditer(line)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)  # when a sentence has its anchor: all of them take a while


@dataclass(frozen=True, slots=True)
class Wording:
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
    rules: tuple[Rule, ...]


@cache
def wording() -> Wording:
    """The wording that ships with the package."""
    tables = toml("relative_dates.toml")
    lists = {name: _listed(said) for name, said in tables["lists"].items()}
    exclude = tables["exclude"]
    rules = tuple(
        Rule(
            rule["kind"],
            tuple(rule["anchors"].split()),
            rf"(?<!\w)(?:{_filled(rule['pattern'], lists)})(?!\w)",
        )
        for rule in tables["rules"]
    )
    return Wording(
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


def excluded(listed: str) -> frozenset[str]:
    """The words of one list of those that make what stands beside them no date that can be told."""
    return wording().excluded[listed]


def direction_of(said: str) -> int:
    """-1 for "last", 1 for "next", 0 for "this"; twice that for "before last"."""
    said_words = set(said.split())
    data = wording()
    sign = -1 if said_words & data.last else 1 if said_words & data.next else 0
    return 2 * sign if said_words & {"قبل", "before", "after"} else sign


def weekday_number(folded: str) -> int:
    """The number of a day of the week, Monday 1 to Sunday 7.

    Raises:
        ValueError: the word is none.
    """
    number = number_or_none(folded)
    if number is None:
        raise ValueError(folded)
    return number


def number_or_none(folded: str) -> int | None:
    """The same; None for another word."""
    term = weekday_term(folded)
    return int(term[2:]) if term else None
