"""The closed word classes of `words.toml`."""

import tomllib
from functools import cache
from importlib import resources

from rag.language.characters import fold
from rag.model import Language

_SECTIONS: dict[Language, str] = {"ar": "arabic", "en": "english"}


@cache
def listed(language: Language, *names: str) -> frozenset[str]:
    """The folded words and phrases of some classes."""
    return frozenset(fold(word) for name in names for word in spelt(language, name))


def spelt(language: Language, name: str) -> tuple[str, ...]:
    """The words and phrases of a class as they are written, in order."""
    return tuple(word.replace("_", " ") for word in _tables()[_SECTIONS[language]][name].split())


@cache
def translated(language: Language) -> dict[str, str]:
    """Folded question phrases of the other language → the same in a language."""
    return {fold(phrase): said for phrase, said in _tables()[f"asked_in_{_SECTIONS[language]}"].items()}


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("rag.followup").joinpath("words.toml").read_text(encoding="utf-8"))
