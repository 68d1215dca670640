"""Names known to be of persons, places or groups: `data/gazetteer.tsv`, compiled from the lexicon, and `data/given_names.txt`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rag.language.characters import fold
from rag.language.data_files import read, rows

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
    for kind, name in rows(read("gazetteer.tsv")):
        if kind in parts:
            parts[kind].add(name)
        else:
            kinds[name] = _KINDS[kind]
    parts["given"].update(name for (line,) in rows(read("given_names.txt")) for name in fold(line).split())
    longest: dict[str, int] = {}
    for name in kinds:
        first, length = name.partition(" ")[0], name.count(" ") + 1
        longest[first] = max(longest.get(first, 0), length)
    return Gazetteer(kinds, longest, frozenset(parts["given"]), frozenset(parts["surname"]))
