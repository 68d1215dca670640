"""Character 4-grams of stems: what two words have in common that only begin, end or are derived alike."""

import math
from collections import Counter
from functools import cache, lru_cache

from rag.language.frequency import frequencies

_LENGTH = 4  # characters
_MANY, _FEW = 3000.0, 30.0  # occurrences per million


@lru_cache(maxsize=200_000)
def grams(stem: str) -> tuple[str, ...]:
    """The 4-grams of a stem with its ends marked; a short stem is one gram.

    >>> grams("هجوم"), grams("في")
    (('^هجو', 'هجوم', 'جوم$'), ('^في$',))
    """
    return tuple(_cut(stem))


def _cut(stem: str) -> list[str]:
    marked = f"^{stem}$"
    return [marked[i : i + _LENGTH] for i in range(max(1, len(marked) - _LENGTH + 1))]


def rarity(gram: str) -> float:
    """How rare a 4-gram is in everyday text, as a logarithm above 0."""
    return math.log(1 + _MANY / (_FEW + _frequencies()[gram]))


@cache
def _frequencies() -> Counter[str]:
    counts: dict[str, int] = {}
    for term, count in frequencies().items():
        for gram in set(_cut(term)):
            counts[gram] = counts.get(gram, 0) + round(count)
    return Counter(counts)
