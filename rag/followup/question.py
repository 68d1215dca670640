"""A question taken apart: its question phrase, verb and subject, and what it mentions; the languages say how that is found."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from rag.followup.mention import Dated, Mention, dated
from rag.followup.wordlist import listed
from rag.language.words import Word
from rag.model import Language

Asks = Literal["who", "what", "when", "where", "why", "how", "how_many", "which", "polar", "none"]
Span = tuple[int, int]  # units[first:last]

ARGUMENTS: frozenset[Asks] = frozenset({"who", "what", "which", "how_many"})  # asking for a subject or an object
_CUT = re.compile(r"[،,;؛:()«»“”\"]")
_LONGEST_SOURCE = 3  # words of "as reported by"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The question phrase: `units[first:last]`, what it asks for, and the noun it chooses or counts."""

    first: int
    last: int
    asks: Asks
    noun: Span | None = None


class Question(ABC):
    """A question and its parts.

    Args:
        text: without what connects it to the talk ("and", "ماذا عن").

    Attributes:
        text: without its question mark.
        units: its words.
        dates: that it gives.
        phrase: the question phrase; it asks for "none" where there is none.
        verb: the unit of the main verb, or None where there is none or it cannot be told.
        subject: the units of the subject, or None where there is none, or the question phrase is the subject.
    """

    language: ClassVar[Language]
    phrase: Phrase
    verb: int | None = None
    subject: Span | None = None

    def __init__(self, text: str) -> None:
        self.text = text.strip().rstrip("?؟!. ")
        self.units = self._units()
        self.dates: list[Dated] = dated(self.text)

    @abstractmethod
    def _units(self) -> tuple[Word, ...]: ...

    @abstractmethod
    def _phrase_end(self, first: int) -> int:
        """The end of the noun phrase that begins at `first`, its preposition included; `first` where none does."""

    @abstractmethod
    def _mention(self, first: int, last: int) -> Mention: ...

    @abstractmethod
    def asked_as(self, phrase: str) -> str:
        """The same said, asked with another question phrase: "at what time", أين."""

    @abstractmethod
    def told(self) -> str:
        """The question as it is asked indirectly: "when the satellite was launched"."""

    @abstractmethod
    def occasion(self) -> str:
        """What the question takes to have happened, as the time of something else; "" where that is not told."""

    @abstractmethod
    def chosen(self) -> str:
        """The noun that is counted or chosen, as something known: "the soldiers" of "how many soldiers"."""

    @abstractmethod
    def chosen_by_clause(self) -> str:
        """The same with what the question says of it: "the hospital that was hit in Khartoum"."""

    def folded(self, i: int) -> str:
        """The folded unit at `i`, "" beyond the ends."""
        return self.units[i].folded if 0 <= i < len(self.units) else ""

    def slice(self, first: int, last: int | None = None) -> str:
        """The text of `units[first:last]`."""
        last = len(self.units) if last is None else last
        return self.text[self.units[first].start : self.units[last - 1].end] if first < last else ""

    def words(self, name: str) -> frozenset[str]:
        """A class of words of its language."""
        return listed(self.language, name)

    def is_in(self, i: int, *names: str) -> bool:
        """Whether the unit at `i` is in one of the classes of words."""
        return self.folded(i) in listed(self.language, *names)

    def is_cut(self, i: int) -> bool:
        """Whether punctuation stands before the unit at `i`."""
        return 0 < i < len(self.units) and bool(_CUT.search(self.text[self.units[i - 1].end : self.units[i].start]))

    def in_date(self, i: int) -> bool:
        """Whether the unit at `i` is part of a date."""
        return i < len(self.units) and any(date.start <= self.units[i].start < date.end for date in self.dates)

    @property
    def asks(self) -> Asks:
        """What is asked for."""
        return self.phrase.asks

    @property
    def said(self) -> str:
        """The folded verb, "" where there is none."""
        return "" if self.verb is None else self.folded(self.verb)

    @property
    def is_greeting(self) -> bool:
        """Whether it asks nothing of the articles."""
        whole = " ".join(unit.folded for unit in self.units)
        return not whole or whole in self.words("greetings")

    @property
    def front(self) -> str:
        """What stands before the question phrase: "According to the ministry, "."""
        return self.text[: self.units[self.phrase.first].start] if self.units else ""

    @property
    def noun_start(self) -> int:
        """The offset of the noun that is counted or chosen, -1 where none is."""
        return self.units[self.phrase.noun[0]].start if self.phrase.noun else -1

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Its noun phrases, in order; the noun that is counted or chosen first."""
        noun = (
            [self._mention(*self.phrase.noun)]
            if self.phrase.noun and not self.is_in(self.phrase.noun[0], "prepositions")
            else []
        )
        return (*noun, *self._noun_phrases())

    @property
    def subject_mention(self) -> Mention | None:
        """What the question says something of."""
        if self.subject:
            start = self.units[self.subject[0]].start
            return next((mention for mention in self.mentions if mention.start <= start < mention.end), None)
        return next(iter(self.mentions), None)

    def _noun_phrases(self) -> Iterator[Mention]:
        i = 0
        while i < len(self.units):
            if self.phrase.first <= i < self.phrase.last:
                i = self.phrase.last
                continue
            last = self._phrase_end(i)
            if last > i:
                yield self._mention(i, last)
            i = max(last, i + 1)

    def _source(self, i: int) -> int:
        """How many units "according to" has at `i`."""
        lengths = range(_LONGEST_SOURCE, 0, -1)
        return next((n for n in lengths if " ".join(self.folded(i + k) for k in range(n)) in self.words("sources")), 0)
