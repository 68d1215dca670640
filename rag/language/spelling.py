"""How alike two words are spelt."""

from functools import lru_cache
from itertools import pairwise


def likeness(one: str, other: str) -> float:
    """Twice the share of letter pairs that two words have in common, of all they have (Dice), 0 to 1.

    >>> likeness("مناهض", "مناهضه")
    0.8888888888888888
    """
    pairs, others = _letter_pairs(one), _letter_pairs(other)
    return 2 * len(pairs & others) / max(1, len(pairs) + len(others))


@lru_cache(maxsize=50_000)
def _letter_pairs(word: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(word)))
