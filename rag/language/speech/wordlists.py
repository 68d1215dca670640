"""The words around which speakers and what they say are told apart, as `words.toml` lists them."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from rag.language.characters import fold


@cache
def arabic_phrases(name: str) -> tuple[tuple[str, ...], ...]:
    """A list of Arabic phrases, each as its folded words."""
    return tuple(tuple(fold(phrase).split()) for phrase in tables()["arabic"][name])


@cache
def english_phrases(name: str) -> tuple[tuple[str, ...], ...]:
    """A list of English phrases, each as its words."""
    return tuple(tuple(phrase.split()) for phrase in tables()["english"][name])


@cache
def arabic_set(name: str) -> frozenset[str]:
    """A list of Arabic words, folded."""
    return frozenset(fold(word) for word in tables()["arabic"][name])


@cache
def english_set(name: str) -> frozenset[str]:
    """A list of English words."""
    return frozenset(tables()["english"][name])


@cache
def tables() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The lists of each language by their names."""
    text = resources.files("rag.language.speech").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
