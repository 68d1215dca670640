"""Words by which a text tells that a person, a place or a group is named: `data/cues.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from rag.language.characters import fold


@cache
def cues(section: str, name: str) -> frozenset[str]:
    """The folded words of one list; of a list with bars the phrases between them.

    Raises:
        KeyError: the file has no such list.
    """
    listed = fold(_read()[section][name])
    return (
        frozenset(" ".join(phrase.split()) for phrase in listed.split("|"))
        if "|" in listed
        else frozenset(listed.split())
    )


@cache
def _read() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("rag.language").joinpath("data", "cues.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
