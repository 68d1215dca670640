"""How alike two words are spelt."""

from functools import lru_cache
from itertools import pairwise


def likeness(one: str, other: str) -> float:
    """Twice the share of letter pairs that two words have in common, of all they have (Dice), 0 to 1.

    >>> likeness("مناهض", "مناهضه")
    0.8888888888888888
    """
    pairs, others = letter_pairs(one), letter_pairs(other)
    return 2 * len(pairs & others) / max(1, len(pairs) + len(others))


@lru_cache(maxsize=50_000)
def letter_pairs(word: str) -> frozenset[str]:
    """Each two neighbouring letters of a word."""
    return frozenset(map("".join, pairwise(word)))


def is_one_edit(one: str, other: str) -> bool:
    """Whether one word becomes the other by one letter put in, left out, exchanged for another, or by two neighbours exchanged.

    >>> is_one_edit("wher", "where"), is_one_edit("لمادا", "لماذا"), is_one_edit("form", "from"), is_one_edit("on", "off")
    (True, True, True, False)
    """
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    first = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[first:], other[first:]
    turned = len(a) == len(b) >= 2 and a[:2] == b[1::-1] and a[2:] == b[2:]
    return turned or a[1:] == b[1:] or a[1:] == b or a == b[1:]
