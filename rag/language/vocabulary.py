"""Arabic words known to be whole words, so that what looks like a prefix or ending is told from a letter of the word.

The data are the one-word forms of the bilingual lexicon, folded (`data/vocabulary.txt` and `proper.txt`, compiled by `tools/build_lexicon.py`).
"""

from collections.abc import Iterator
from functools import cache

from rag.language.data_files import read

_PROCLITICS = ("و", "ف", "ب", "ل", "ك")
_SHORTEST = 3  # letters that must be left


@cache
def vocabulary() -> frozenset[str]:
    """Every known word, folded, without the article."""
    return frozenset(read("vocabulary.txt").split())


@cache
def proper_names() -> frozenset[str]:
    """The known words that only names are made of, folded, without the article."""
    return frozenset(read("proper.txt").split())


def known_form(word: str) -> str:
    """A folded Arabic word as the vocabulary has it: without joined particles, case endings, or marks of person and tense.

    Only a word that is not itself known is changed, and only into one that is: بهجوم → هجوم, هجوما → هجوم, استهدفت → استهدف,
    سيستهدف → يستهدف. Any other word is returned as it is.
    """
    known = vocabulary()
    if word in known or word.removeprefix("ال") in known:
        return word
    return next((form for form in _simpler(word) if form in known), word)


def _has_proclitic(word: str) -> bool:
    """Whether a word may begin with a joined particle: ك joins no verb, so كيربي is not like يربي."""
    return word.startswith(_PROCLITICS) and not word.startswith("كي")


def _simpler(word: str) -> Iterator[str]:
    """What a word may be a form of, the likeliest first."""
    bare = [word]
    if _has_proclitic(word) and len(word) > _SHORTEST:
        yield word[1:]
        bare.append(word[1:])
        if word.startswith(("و", "ف")) and _has_proclitic(word[1:]) and len(word) > _SHORTEST + 1:
            yield word[2:]
            bare.append(word[2:])
    for form in bare:
        if len(form) <= _SHORTEST:
            continue
        if form.endswith("ا"):
            yield form[:-1]
        if form.endswith("ت"):
            yield form[:-1]
            yield form[:-1] + "ي"  # سعت → سعي, the final weak letter of a verb
        if form.endswith("وا"):
            yield form[:-2]
        if form.startswith("ت"):
            yield "ي" + form[1:]
        if form.startswith(("سي", "ست")) and len(form) > _SHORTEST + 1:
            yield "ي" + form[2:]


def is_present_verb(word: str) -> bool:
    """Whether a folded Arabic word is a verb in the present, third person (يبلغ, تبعد)."""
    return word[:1] in {"ي", "ت"} and f"ي{word[1:]}" in vocabulary()
