"""Names known to be of persons, places or groups: `data/gazetteer.tsv`, compiled from the lexicon, and `data/given_names.txt`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from rag.language.characters import fold

Kind = Literal["person", "place", "group"]


_KINDS: Mapping[str, Kind] = {"person": "person", "place": "place", "group": "group"}


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Known names, folded.

    Attributes:
        kinds: a name of one or more words → what it names.
        longest: the first word of a name → how many words the longest such name has.
        given: given names.
        surnames: surnames of the known persons.
    """

    kinds: Mapping[str, Kind]
    longest: Mapping[str, int]
    given: frozenset[str]
    surnames: frozenset[str]


@cache
def gazetteer() -> Gazetteer:
    """The names that ship with the package; one that is of two kinds is of the kind that comes last in the file."""
    kinds: dict[str, Kind] = {}
    parts: dict[str, set[str]] = {"given": set(), "surname": set()}
    for line in _read("gazetteer.tsv").splitlines():
        kind, _, name = line.partition("\t")
        if kind in parts:
            parts[kind].add(name)
        else:
            kinds[name] = _KINDS[kind]
    lines = (line for line in _read("given_names.txt").splitlines() if not line.startswith("#"))
    parts["given"].update(fold(name) for line in lines for name in line.split())
    longest: dict[str, int] = {}
    for name in kinds:
        first, length = name.partition(" ")[0], name.count(" ") + 1
        longest[first] = max(longest.get(first, 0), length)
    return Gazetteer(kinds, longest, frozenset(parts["given"]), frozenset(parts["surname"]))


def _read(name: str) -> str:
    return resources.files("rag.language").joinpath("data", name).read_text(encoding="utf-8")
