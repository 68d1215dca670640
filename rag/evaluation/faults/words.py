"""The word lists that faults are made with (`words.toml`), and the exchange of one word of a list for another."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from random import Random
from typing import Any

from rag.evaluation.faults.statement import Statement
from rag.language.characters import fold
from rag.language.stopwords import STOPWORDS
from rag.model import Language

_JOINED = r"(?:و|ف|ب|ل|ك|وب|ول)?"  # particles written together with an Arabic word


@dataclass(frozen=True)
class Entry:
    """One thing in both languages: its forms, the same place of two entries meaning the same form."""

    forms: Mapping[Language, tuple[str, ...]]

    @classmethod
    def from_line(cls, line: str) -> "Entry":
        """Read "English, forms = Arabic, forms"; a thing may have forms in English alone."""
        english, _, arabic = line.partition(" = ")
        return cls({"en": tuple(english.split(", ")), "ar": tuple(arabic.split(", ")) if arabic else ()})

    def form(self, language: Language, place: int) -> str:
        """The form at a place, the first where it has no so many."""
        forms = self.forms[language]
        return forms[place] if place < len(forms) else forms[0]

    def is_said(self, folded: str) -> bool:
        """Whether folded text of either language has one of its forms."""
        return any(stands(form, folded) for form in self._folded)

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(fold(form) for forms in self.forms.values() for form in forms)


@dataclass(frozen=True, slots=True)
class Found:
    """A listed word in a text: which entry's, which of its forms, and where."""

    entry: Entry
    place: int
    start: int
    end: int


Group = tuple[Entry, ...]


@cache
def group(name: str) -> Group:
    """A list of entries."""
    return tuple(map(Entry.from_line, _lists()[name]))


@cache
def groups(name: str) -> tuple[Group, ...]:
    """A list of lists, an entry of one of which is exchanged for another of the same: units of length, of money."""
    return tuple(tuple(map(Entry.from_line, lines)) for lines in _lists()[name])


def listed(name: str, language: Language) -> list[str]:
    """A list of words of one language, the longest first."""
    return sorted(_lists()[language][name], key=len, reverse=True)


def pairs(name: str, language: Language) -> list[tuple[str, str]]:
    """A list of words and what takes their place."""
    return [(before, after) for before, after in _lists()[language][name]]


def entries_in(text: str, entries: Iterable[Entry], language: Language) -> list[Found]:
    """The listed words of a text in order; of overlapping ones the longest."""
    found = [
        Found(entry, place, *match.span("word"))
        for entry in entries
        for place, form in enumerate(entry.forms[language])
        if form in text
        for match in pattern(form, language).finditer(text)
    ]
    found.sort(key=lambda one: (one.start - one.end, one.start, one.place))
    kept: list[Found] = []
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def exchanged(statement: Statement, entries: Group, rng: Random, *, found: Sequence[Found] | None = None) -> str | None:
    """The text with one listed word exchanged for another of the list that neither it nor its passages have; None without one."""
    language = statement.language
    if found is None:
        found = entries_in(statement.text, entries, language)
    others = [entry for entry in entries if entry.forms[language] and not entry.is_said(statement.said)]
    if not found or not others:
        return None
    one, other = rng.choice(found), rng.choice(others)
    return put(statement.text, one.start, one.end, other.form(language, one.place))


def put(text: str, start: int, end: int, new: str) -> str:
    """The text with a stretch replaced."""
    return text[:start] + new + text[end:]


def uncapitalised(text: str) -> str:
    """The text for the middle of a sentence: a function word or a number at its beginning without its capital.

    >>> uncapitalised("The court"), uncapitalised("Reuters")
    ('the court', 'Reuters')
    """
    first = text.split()[0].lower()
    numbers = {form for entry in group("numbers") for form in entry.forms["en"]}
    return text[0].lower() + text[1:] if first in STOPWORDS | numbers else text


@cache
def pattern(word: str, language: Language) -> re.Pattern[str]:
    """Finds a word or phrase as a whole, in Arabic also after a joined particle; `word` is its group."""
    joined = _JOINED if language == "ar" else ""
    return re.compile(rf"(?<!\w){joined}(?P<word>{re.escape(word)})(?!\w)")


def stands(word: str, text: str) -> bool:
    """Whether a word stands in a text of either language, both folded."""
    return word in text and bool(_standing(word).search(text))


@cache
def _standing(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_JOINED}(?:ال)?{re.escape(word)}(?!\w)")


def matches(words: Iterable[str], text: str, language: Language) -> Iterator[re.Match[str]]:
    """Where listed words stand, the first listed first."""
    for word in words:
        yield from pattern(word, language).finditer(text)


@cache
def _lists() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("rag.evaluation.faults").joinpath("words.toml").read_text(encoding="utf-8"))
