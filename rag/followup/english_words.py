"""English word forms as far as completing a question needs them."""

import re
from functools import cache

from rag.followup.wordlist import listed
from rag.language.characters import is_arabic
from rag.language.data_files import read, rows
from rag.language.inflection import past
from rag.language.words import Word

# Endings of a verb's stem, -ed taken off, after which an e has been lost; and those of several syllables that never had one.
_LOST_E = re.compile(r".*(?:[cvuz]|[^s]s|[dr]g|ang|bl|[^aeiou][aeiou][bdgklmnprt])")
_NO_E = re.compile(r".*[aeiouy][^aeiou]+(?:er|en|on|it|et|op|el|al|il|or|ow|ew|ay|oy|ey|in|ish)|.*(?:ss|w|y)")


def is_name(unit: Word) -> bool:
    """Whether a word is written like a name; of the first word of a question that cannot be told."""
    return any(part[:1].isupper() for part in unit.text.split("-")) or is_arabic(unit.folded)


def base(unit: Word) -> str | None:
    """The base form of a verb in the past, or of its participle; None for any other word."""
    word = unit.folded
    if not unit.text[0].islower():
        return None
    if word in _irregular():
        return _irregular()[word]
    if len(word) < len("died") or not word.endswith("ed") or word.endswith("eed") or word == "hundred":
        return None
    stem = word[:-2]
    if len(stem) == len("di"):
        return stem + "e"
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if past(stem) == word and (_NO_E.fullmatch(stem) or not _LOST_E.fullmatch(stem)):
        return stem
    undoubled = stem[:-1]
    return undoubled if stem[-1:] == stem[-2:-1] and past(undoubled) == word else stem + "e"


def singular(noun: str) -> str:
    """A plural's singular, as far as it ends in s."""
    return noun.removesuffix("s")


def is_plural(head: str) -> bool:
    """Whether a common noun is written like a plural."""
    return head.isalpha() and head.endswith("s") and not head.endswith(("ss", "us", "is"))


@cache
def base_forms() -> frozenset[str]:
    """Verbs in the base form, by which the end of a subject is told."""
    return listed("en", "verbs") | frozenset(_irregular().values())


@cache
def _irregular() -> dict[str, str]:
    """Forms of irregular verbs → base form; without those of auxiliaries."""
    return {
        form: forms[0]
        for forms in rows(read("verbs.tsv"))
        for form in forms[1:]
        if form not in listed("en", "auxiliaries") | {"been", "done"}
    }
