"""English words that no dictionary lists, taken back to one that it may: newer to new, growers to grow, reopened to reopen and open."""

from collections.abc import Iterator

# Endings of words made of others, longest first, and what may have stood in their place; "=" stands for the letter before, which was doubled.
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("iness", ("y",)),
    ("iest", ("y",)),
    ("ness", ("",)),
    ("ment", ("",)),
    ("ier", ("y",)),
    ("ily", ("y",)),
    ("est", ("", "e", "=")),
    ("ing", ("", "e", "=")),
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("ers", ("", "e", "=")),
    ("ors", ("", "e")),
    ("ees", ("", "e")),
    ("ed", ("", "e", "=")),
    ("er", ("", "e", "=")),
    ("or", ("", "e")),
    ("ee", ("", "e")),
    ("ly", ("", "le")),
    ("es", ("", "e")),
    ("s", ("",)),
)
_PREFIXES = ("re", "co", "over")  # not those that turn a word into its opposite
_SHORTEST = 3  # letters


def bases(folded: str) -> Iterator[str]:
    """What a folded English word may be made of, the likeliest first, each once; the word itself is none of them.

    >>> list(bases("bidders"))[:3]
    ['bidd', 'bidde', 'bid']
    """
    seen = {folded}
    for made in (folded, *(folded.removeprefix(prefix).lstrip("-") for prefix in _PREFIXES)):
        for base in (made, *_without_ending(made)):
            if len(base) >= _SHORTEST and base not in seen:
                seen.add(base)
                yield base


def _without_ending(word: str) -> Iterator[str]:
    for ending, before in _ENDINGS:
        core = word.removesuffix(ending)
        if core != word and len(core) >= _SHORTEST - 1:
            yield from (_mended(core, letters) for letters in before if letters != "=" or core[-1:] == core[-2:-1])


def _mended(core: str, letters: str) -> str:
    return core[:-1] if letters == "=" else core + letters
