"""Which English words are rather verbs, nouns or adjectives, by what Arabic verbs, nouns and adjectives mean."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from rag.language.data_files import read, rows

_RATHER = 0.7  # share of a word's weight


@cache
def verbs() -> frozenset[str]:
    """Words that may be verbs, in their base form."""
    return frozenset(_weights("vi"))


@cache
def mostly_verbs() -> frozenset[str]:
    """Those of them that are rather verbs than nouns."""
    return _rather("vi")


def may_be_noun(word: str) -> bool:
    """Whether a word is known for a noun or an adjective."""
    return word in _weights("spma")


@cache
def mostly_adjectives() -> frozenset[str]:
    """Words that are rather adjectives than nouns."""
    return _rather("a")


def _rather(kinds: str) -> frozenset[str]:
    nouns = _weights("spm")
    return frozenset(
        word for word, weight in _weights(kinds).items() if weight >= _RATHER * (weight + nouns.get(word, 0.0))
    )


@cache
def _weights(kinds: str) -> Mapping[str, float]:
    """How much the Arabic words of some classes of `rag.language.senses` mean each English word."""
    found: defaultdict[str, float] = defaultdict(float)
    for _, row in rows(read("gloss.tsv")):
        for kind, weight, english in (cell.split(":", 2) for cell in row.split("|")):
            if kind in kinds:
                found[english] += float(weight)
    return dict(found)
