"""The words by which accounts differ, as `words.toml` lists them."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from rag.language.characters import fold

Phrase = tuple[str, ...]


@cache
def phrases(table: str, name: str) -> frozenset[Phrase]:
    """A list of phrases, each as its folded words."""
    return frozenset(tuple(fold(phrase).split()) for phrase in _data()[table][name])


@cache
def fates() -> Mapping[str, str]:
    """The folded words that tell what became of people, and what that is."""
    return {fold(word): fate for fate, listed in _data()["fates"].items() for word in listed}


def begins(folded: Sequence[str], i: int, listed: frozenset[Phrase]) -> bool:
    """Whether one of the phrases begins at word `i`, also behind a joined و."""
    first = folded[i] if i < len(folded) else ""
    starts = (first, first.removeprefix("و"))
    if _firsts(listed).isdisjoint(starts):
        return False
    return any((start, *folded[i + 1 : i + length]) in listed for length in _lengths(listed) for start in starts)


@cache
def _firsts(listed: frozenset[Phrase]) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in listed)


@cache
def _lengths(listed: frozenset[Phrase]) -> tuple[int, ...]:
    return tuple(sorted({len(phrase) for phrase in listed}))


@cache
def _data() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(resources.files("rag.disagreement").joinpath("words.toml").read_text(encoding="utf-8"))
