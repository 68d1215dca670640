"""Whether a model's sentence is fit to be shown at all, before anyone asks if it is true.

A writer of answers has no use for addresses and markup, and whoever hides instructions in an article has: a link carries off what a reader
asks, markup pretends to be something else. Such a sentence is withheld whole; what an article says about an address is still quoted.
"""

import re
import unicodedata

from rag.language.characters import ARABIC_LETTER, LATIN_LETTER
from rag.language.words import count_words
from rag.model import LONGEST_QUOTE, Language

_OWN = {"ar": ARABIC_LETTER, "en": LATIN_LETTER}
_QUOTATION = re.compile(r"[“\"«][^“”\"«»]*[”\"»]")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_NAME = 4  # Latin words with a capital that may stand alone in an Arabic answer
_ADDRESS = re.compile(
    r"://|\bhxxps?\b|\bwww\.|\b(?:mailto|tel|tg|data|javascript|file|ftp):\S"
    r"|[\w.+-]@\w|(?<!\w)@\w{2,}"
    r"|(?<![\w.])(?:[A-Za-z0-9-]{1,63}(?:\.|\[\.\]|\(\.\))){1,8}[a-z]{2,24}(?!\w|\.\w)"
    r"|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\w)|[\[(]dot[\])]",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[<>{}|\\`^]|\]\(|[\[［【⟦]\W{0,3}\d|&#?\w{2,8};")
_CODE = re.compile(r"\S{28,}")  # no word of either language is so long
_SHOWN = frozenset("LMNPSZ")  # categories; the others are controls, unassigned, or of no width


def fault(text: str, language: Language, most_words: int = LONGEST_QUOTE) -> str | None:
    """Why a sentence without markers is not to be shown: "language", "link", "markup" or "too_long"; None where nothing is wrong.

    Args:
        text: the sentence.
        language: that it should be in.
        most_words: what is longer than a quote cannot be carried by one.
    """
    if _ADDRESS.search(text):
        return "link"
    if _MARKUP.search(text) or _CODE.search(text) or any(unicodedata.category(c)[0] not in _SHOWN for c in text):
        return "markup"
    if is_foreign(text, language):
        return "language"
    return "too_long" if count_words(text) > most_words else None


def is_foreign(text: str, language: Language) -> bool:
    """Whether most letters outside of quotations are of another script; a bare Latin name is at home in both languages.

    >>> is_foreign("The spokesman said «لا»", "en"), is_foreign("قال المتحدث", "en"), is_foreign("Google Cloud", "ar")
    (False, True, False)
    """
    outside = _QUOTATION.sub(" ", text)
    if not any(c.isalpha() for c in outside):
        outside = text
    runs = _LETTERS.findall(outside)
    if language == "ar":
        latin = [run for run in runs if LATIN_LETTER.match(run)]
        if len(latin) <= _LONGEST_NAME and all(run[0].isupper() for run in latin):
            runs = [run for run in runs if not LATIN_LETTER.match(run)]
    return sum(map(len, runs)) > 2 * len(_OWN[language].findall(" ".join(runs)))
