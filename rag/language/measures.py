"""Units of measure and words that hold a number, in both languages: which say the same (`measures.toml`)."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources

from rag.language.characters import fold
from rag.language.stem import stem
from rag.language.words import words

_SIGNS = {"%": "percent", "٪": "percent", "$": "dollar", "€": "euro", "£": "pound"}


@lru_cache(maxsize=20_000)
def measure(unit: str | None) -> str | None:
    """What a unit measures in, the same for both languages; None for what is merely counted."""
    if not unit:
        return None
    if unit in _SIGNS:
        return _SIGNS[unit]
    folded = [word.folded for word in words(unit)]
    forms = (form for word in folded for form in (word, stem(word), word.removesuffix("ا")))
    return next((_measures()[form] for form in forms if form in _measures()), None)


@cache
def number_forms() -> Mapping[str, float]:
    """Words that hold a number without being one: ordinals of ages, adjectives such as three-dimensional."""
    return {form: float(value) for value, listed in _data()["forms"].items() for form in map(fold, listed)}


@cache
def _measures() -> Mapping[str, str]:
    """The stems of units, and what each measures in."""
    found = {}
    for name, listed in _data()["measures"].items():
        for word in listed:
            for form in (fold(word), stem(fold(word))):
                found[form] = name
    return found


@cache
def _data() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(resources.files("rag.language").joinpath("measures.toml").read_text(encoding="utf-8"))
