"""The word lists of `cues.toml`, and which reading each word of a text has."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources

from rag.language.characters import fold, is_arabic
from rag.language.lattice import breaks, options
from rag.language.readings import Reading
from rag.language.tagging import chosen
from rag.language.words import Word, words

NOUNS, VERBS, NAMES = frozenset("spg"), frozenset("vij"), frozenset("nu")  # classes of `rag.language.senses`


@lru_cache(maxsize=2_000)
def tagged(text: str) -> tuple[Reading | None, ...]:
    """The reading meant of each word of an Arabic text; one of several words stands for each of them."""
    found = words(text)
    result: list[Reading | None] = []
    for reading in chosen(options(text, found), breaks(text, found)):
        result.extend([reading] * reading.length)
    return (*result, *[None] * (len(found) - len(result)))


def is_in(word: Word, table: str, *names: str) -> bool:
    """Whether a word is in one of the lists of a table, without a joined و or ف where only that is listed; no English name is."""
    listed = _union(table, names)
    plain = is_arabic(word.folded) or word.text.islower() or word.start == 0
    return plain and _bare(word.folded, listed) in listed


def begins_phrase(found: Sequence[Word], i: int, table: str, name: str) -> bool:
    """Whether the i-th word is in a list, or begins a phrase of two words that is, joined there by "_"."""
    listed = _union(table, (name,))
    if _bare(found[i].folded, listed) in listed:
        return True
    if i + 1 == len(found):
        return False
    return _bare(f"{found[i].folded}_{found[i + 1].folded}", listed) in listed


def _bare(folded: str, listed: frozenset[str]) -> str:
    joined = folded[:1] in "وف" and len(folded) > 2 and is_arabic(folded[0]) and folded not in listed
    return folded[1:] if joined else folded


@cache
def _union(table: str, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(word) for name in names for word in _data()[table][name].split())


@cache
def _data() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files("rag.yes_no").joinpath("cues.toml").read_text(encoding="utf-8"))
