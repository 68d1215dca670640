"""Who asks not to be named: said in many ways, which share few words across texts and languages, and turned round by one (`sources.toml`)."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from rag.language.characters import fold, is_arabic
from rag.language.polarity import is_negating
from rag.language.words import words
from rag.support.match import Match


def named_source(match: Match) -> str | None:
    """A source that wants to be named, where the quote's does not."""
    stretch = anonymity(match.statement.text)
    if stretch is None or _is_withheld(match.statement.text[slice(*stretch)]):
        return None
    theirs = anonymity(match.window.text)
    return f"negation: {match.statement.text[slice(*stretch)]}" if theirs else None


def is_unnamed_too(match: Match, clause: str) -> bool:
    """Whether a clause of the sentence says that its source asks not to be named, and the quote says so, too."""
    return anonymity(clause) is not None and anonymity(match.window.text) is not None


def is_of_unnamed(match: Match, start: int) -> bool:
    """Whether a word of the sentence is one with which a source asks not to be named, where the quote's does, too."""
    stretch = anonymity(match.statement.text)
    return stretch is not None and stretch[0] <= start < stretch[1] and anonymity(match.window.text) is not None


def anonymity(text: str) -> tuple[int, int] | None:
    """The stretch of a text that tells whether a source wants to be named."""
    found = _english().search(text) or _arabic().search(fold(text))
    return found.span() if found else None


def _is_withheld(stretch: str) -> bool:
    """Whether the words of a stretch leave a source unnamed; Arabic ones always do."""
    said = words(stretch)
    return any(is_arabic(word.folded) or is_negating(word.folded) or word.folded in _refusing() for word in said)


@cache
def _english() -> re.Pattern[str]:
    return re.compile(_data()["english"], re.IGNORECASE)


@cache
def _arabic() -> re.Pattern[str]:
    return re.compile(_data()["arabic"])


@cache
def _refusing() -> frozenset[str]:
    return frozenset(_data()["refusing"].split())


@cache
def _data() -> Mapping[str, str]:
    text = resources.files("rag.support").joinpath("sources.toml").read_text(encoding="utf-8")
    found: Mapping[str, str] = tomllib.loads(text)["anonymity"]
    return found
