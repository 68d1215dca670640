"""What a question mentions: noun phrases that a later question may mean by a pronoun, or replace by another of their kind."""

from dataclasses import dataclass
from typing import Literal

from rag.language.dates import Date, dates
from rag.language.words import words
from rag.model import Language

Kind = Literal["person", "place", "group", "event", "thing", "date", "source"]

_MONTHS: dict[Language, list[str]] = {
    "en": "January February March April May June July August September October November December".split(),
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase of a question.

    Attributes:
        text: without its preposition.
        kind: what it names; "source" is whose word something is.
        start: offset in the question, in code points, of its preposition where it has one.
        end: the offset after it.
        before: the preposition as it joins the text, with its space; "" for a subject or an object.
        feminine: as far as that shows.
        plural: whether it names several.
        named: whether it is, or holds, a proper name.
        dated: whether it holds a date, or all of another question.
    """

    text: str
    kind: Kind
    start: int = 0
    end: int = 0
    before: str = ""
    feminine: bool | None = None
    plural: bool = False
    named: bool = False
    dated: bool = False

    @property
    def phrase(self) -> str:
        """With its preposition."""
        return self.before + self.text

    @property
    def from_end(self) -> int:
        """The offset at which its text begins, behind the preposition."""
        return self.end - len(self.text)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where a text gives it."""

    given: Date
    start: int
    end: int


def dated(text: str) -> list[Dated]:
    """The dates of a text."""
    found = words(text)
    return [Dated(date, found[date.first].start, found[date.last - 1].end) for date in dates(found)]


def date_text(given: Date, language: Language) -> str:
    """A date as a language writes it: "5 July 2021", "أغسطس 2024", "2024"."""
    month = _MONTHS[language][given.month - 1] if given.month else None
    return " ".join(str(part) for part in (given.day, month, given.year) if part)
