"""Words by which a text tells that a person, a place or a group is named: `data/cues.toml`."""

from collections.abc import Mapping
from functools import cache

from rag.language.characters import fold
from rag.language.data_files import toml


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
    return toml("cues.toml")
