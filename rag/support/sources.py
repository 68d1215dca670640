"""Words for sources, in both languages: which kinds exclude one another, what is on record rather than said, and what is a body (`sources.toml`)."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from rag.language.characters import fold
from rag.language.stem import stem


@cache
def kinds_of_sources() -> Mapping[str, frozenset[str]]:
    """Stems of words for sources, and the groups of kinds that exclude one another that each is of."""
    kinds: dict[str, set[str]] = {}
    for name, listed in _data()["kinds"].items():
        for word in listed:
            for form in (fold(word), stem(fold(word))):
                kinds.setdefault(form, set()).add(name)
    return {form: frozenset(names) for form, names in kinds.items()}


@cache
def records() -> frozenset[str]:
    """Folded nouns for figures, results and papers."""
    return frozenset(fold(word) for word in _data()["records"]["words"])


@cache
def official() -> frozenset[str]:
    """Folded nouns for who speaks for a body, and those that a body's name begins with."""
    return frozenset(fold(word) for word in _data()["official"]["words"])


@cache
def advocates() -> frozenset[str]:
    """Folded nouns, without the article, for bodies that speak for a cause or for their members, and for estimates."""
    return frozenset(fold(word) for word in _data()["advocates"]["words"])


@cache
def reports() -> frozenset[str]:
    """Folded nouns for what somebody says."""
    return frozenset(fold(word) for word in _data()["reports"]["words"])


@cache
def anonymous() -> frozenset[str]:
    """Folded nouns for those who are quoted without a name."""
    return frozenset(fold(word) for word in _data()["anonymous"]["words"])


@cache
def _data() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(resources.files("rag.support").joinpath("sources.toml").read_text(encoding="utf-8"))
