"""What a question measures: money, distance, age, people …, and the units that each is told in (`measures.toml`)."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from rag.language.characters import fold
from rag.language.lexicon import lexicon
from rag.language.stem import stem
from rag.language.vocabulary import known_form
from rag.language.words import words

_COUNTED = frozenset({"person", "family", "time"})  # kinds that are counted: the question names them beside "how many"
_HOW_MANY = re.compile(
    r"\b(?:how (?:many|much)|number of)((?:\W+\w+){1,3})"
    r"|\b(?:كم|كام|عدد|قديش|شكد|شحال)(?:\s+(?:من|عدد|حصيله|بلغ|بلغت|يبلغ|كان|كانت|وصل|وصلت))*\s+(\w+)"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A kind of quantity.

    Attributes:
        name: such as "money".
        begins: what a question for it begins with, folded.
        asked: stems of the words of a question for it.
        units: stems of what it is told in.
    """

    name: str
    begins: tuple[str, ...]
    asked: frozenset[str]
    units: frozenset[str]


@cache
def measures() -> tuple[Measure, ...]:
    """Every kind."""
    tables = tomllib.loads(resources.files("rag").joinpath("measures.toml").read_text(encoding="utf-8"))
    return tuple(
        Measure(
            name, tuple(fold(one) for one in table.get("begins", ())), _stems(table["asked"]), _forms(table["units"])
        )
        for name, table in tables.items()
    )


@lru_cache(maxsize=1_000)
def asked_for(question: str) -> frozenset[str]:
    """The kinds that a question may ask for, by name; none where its words do not tell."""
    folded, stems = fold(question).strip(), _stems(question)
    begun = frozenset(one.name for one in measures() if any(folded.startswith(start) for start in one.begins))
    beside = _stems(" ".join(match[1] or match[2] for match in _HOW_MANY.finditer(folded)))
    return begun or frozenset(one.name for one in measures() if _may_ask(one, beside, stems))


def _may_ask(measure: Measure, beside: frozenset[str], stems: frozenset[str]) -> bool:
    """Whether words beside "how many", or of any kind in a question, ask for a measure."""
    if measure.name in _COUNTED and beside:
        return bool((measure.asked | measure.units) & beside)
    return bool(measure.asked & stems)


def told_in(units: Iterable[str]) -> frozenset[str]:
    """The kinds that are told in units, given by their stems."""
    given = set(units)
    return frozenset(one.name for one in measures() if given & one.units)


def _forms(text: str) -> frozenset[str]:
    """The stems of words and of their broken plurals (جندي: جنود)."""
    own = _stems(text)
    return own.union(*(lexicon().forms(one) for one in own))


def _stems(text: str) -> frozenset[str]:
    found = {form for word in words(text) for form in (word.folded, known_form(word.folded))}
    return frozenset(map(stem, found)) | ({"%"} & set(text.split()))
