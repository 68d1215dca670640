"""Words by which a clause is read, from `relation.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from rag.language.characters import fold


@cache
def listed(section: str, name: str) -> frozenset[str]:
    """The folded words of one list; "_" stands for a space.

    Raises:
        KeyError: the file has no such list.
    """
    return frozenset(word.replace("_", " ") for word in fold(_read()[section][name]).split())


@cache
def _read() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files("rag.relation").joinpath("relation.toml").read_text(encoding="utf-8"))
