"""Which characters are Arabic, and the folding that makes spellings of one word equal."""

import re
import unicodedata

from rag.model import Language

ARABIC_LETTER = re.compile(
    r"[\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc]"
)
LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")
# Marks that steer the direction of text, and other characters of no width: never part of a word.
INVISIBLE = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

# Letters that Arabic keyboards of other languages put in the place of Arabic ones, and the foldings of light10:
# every alef bare, alef maqsura as ya, ta marbuta as ha. Hamzas on waw and ya leave with the other marks.
_FOLDED = str.maketrans(
    {
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ے": "ي",
        "ک": "ك",
        "ڪ": "ك",
        "گ": "ك",
        "ھ": "ه",
        "ہ": "ه",
        "ە": "ه",
        "ة": "ه",
        "ۃ": "ه",
        "ڤ": "ف",
        "پ": "ب",
        "چ": "ج",
        "ژ": "ز",
        "ـ": None,
        "’": "'",
        "ʼ": "'",
    }
)


def fold(text: str) -> str:
    """`text` with differences of spelling that carry no meaning removed: the form that is compared.

    Compatibility forms, diacritics, hamza seats, tatweel, case and the digits of other scripts are folded;
    `fold(fold(text)) == fold(text)`.

    >>> fold("الأُمّة ٢٠٢١")
    'الامه 2021'
    """
    return text.translate(_FOLDINGS)


class _Foldings(dict[int, str]):
    """What a character folds to, by its code point, made when it is first met.

    No folding looks at the characters beside: casefold and NFKD take each alone, but for the order of marks, and those are dropped.
    """

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


_FOLDINGS = _Foldings()


def _folded(text: str) -> str:
    """The folding of a character, or of what it was folded to so far, until nothing changes."""
    text = INVISIBLE.sub("", text)
    text = unicodedata.normalize("NFKD", text.casefold()).translate(_FOLDED)
    text = "".join(_digit(c) for c in text if not unicodedata.category(c).startswith("M"))
    # What is left can be what casefold or NFKD change again (a rare few letters of other scripts).
    again = unicodedata.normalize("NFKD", text.casefold()).translate(_FOLDED)
    return again if again == text else _folded(again)


def _digit(character: str) -> str:
    return str(unicodedata.digit(character)) if character.isdecimal() else character


def script(text: str) -> Language | None:
    """The language of `text` by the script of most of its letters; None when it has neither script."""
    arabic, latin = len(ARABIC_LETTER.findall(text)), len(LATIN_LETTER.findall(text))
    if not arabic and not latin:
        return None
    return "ar" if arabic >= latin else "en"


def is_arabic(word: str) -> bool:
    """Whether a word begins with an Arabic letter."""
    return bool(ARABIC_LETTER.match(word))
