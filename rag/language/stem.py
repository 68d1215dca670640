"""Light stems: light10 for Arabic, Snowball for English after a table of irregular forms (fled is flee, women woman).

light10: Larkey, Ballesteros and Connell, "Light Stemming for Arabic Information Retrieval" (2007). Added to it: the dual of
feminine nouns (طائرتان like طائرة), the ت that a ta marbuta becomes before a pronoun (قاعدتها like قاعدة), and the joined particles and
verb marks that a vocabulary tells from letters of the word (بهجوم like هجوم, استهدفت like استهدف).
"""

import re
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from rag.language.characters import is_arabic
from rag.language.data_files import pairs, read
from rag.language.vocabulary import known_form, proper_names, vocabulary

if TYPE_CHECKING:
    import snowballstemmer

_ARTICLES = ("وال", "بال", "كال", "فال", "ال")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_NUMBER_SUFFIXES = frozenset({"ان", "ون", "ين"})
_FEMININE_DUALS = ("تان", "تين")
_PRONOUNS = ("ها", "هم", "هما", "هن", "نا")
_HAS_LETTER = re.compile("[a-z]")  # the rules of English change no other letters, and no figures
_STEMMING = Lock()  # a stemmer keeps the word it is at work on in itself
_LONGEST_WORD = 60  # a longer "word" is no word of a language; its stem is itself


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word of either language."""
    if len(word) > _LONGEST_WORD:
        return word
    return _arabic(word) if is_arabic(word) else _english(word)


def _arabic(word: str) -> str:
    bare = _without_prefixes(known_form(word))
    return bare if bare in proper_names() else _without_suffixes(bare)


def _without_prefixes(word: str) -> str:
    known = word.removeprefix("ال")
    if word in vocabulary() or known in vocabulary():
        return known if len(known) > 1 and word not in vocabulary() else word
    if word.startswith("و") and len(word) > 3 and not word.startswith("وال"):
        word = word[1:]
    for article in _ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + 2:
            return word[len(article) :]
    if word.startswith("لل") and len(word) >= 5:
        return word[2:]
    return word


def _without_suffixes(word: str) -> str:
    if len(word) >= 6 and word.endswith(_FEMININE_DUALS):
        return word[:-3]
    for pronoun in _PRONOUNS:
        if word.endswith("ت" + pronoun) and not word.endswith("ات" + pronoun) and len(word) >= len(pronoun) + 5:
            return word[: -len(pronoun) - 1]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) >= len(suffix) + 2 and not _belongs(word, suffix):
            word = word[: -len(suffix)]
    return word


def _belongs(word: str, suffix: str) -> bool:
    """Whether what looks like a plural or dual ending is part of the word (قانون, جاكوبسون): without it, it is no known word."""
    return suffix in _NUMBER_SUFFIXES and word[: -len(suffix)] not in vocabulary()


def _english(word: str) -> str:
    word = word.removesuffix("'s").replace("'", "")
    return _compiled().get(word) or (snowball(word) if _HAS_LETTER.search(word) else word)


def snowball(word: str) -> str:
    """The stem of a folded English word, as the stemmer makes it; `stem` looks up most (`tools/build_english_stems.py`)."""
    with _STEMMING:
        return str(_stemmer().stemWord(_irregular().get(word, word)))


@cache
def _compiled() -> dict[str, str]:
    return pairs(read("english_stems.tsv"))


@cache
def _irregular() -> dict[str, str]:
    return pairs(read("irregular.tsv"))


@cache
def _stemmer() -> "snowballstemmer.stemmer":
    import snowballstemmer  # loads the rules of every language

    return snowballstemmer.stemmer("english")
