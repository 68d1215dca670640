"""Which language a question is in, as far as Sanad must know: its own two, Arabizi, or clearly another one.

Scripts of one language tell it alone. Languages that share a script with English or Arabic are told by their function words
(`data/languages.tsv`) against those of English or Arabic, and by letters of their own. Precision comes first: a foreign name or title makes
no foreign question, and what is short or doubtful is taken for Arabic or English by its script.
"""

import re
import unicodedata
from collections import Counter
from functools import cache

from rag.language.arabizi import is_arabizi
from rag.language.characters import fold, script
from rag.language.data_files import read, rows
from rag.language.stopwords import ASKING, STOPWORDS
from rag.language.typos import english_words

# The language that a script, by the beginning of its characters' Unicode names, is most likely of.
_SCRIPTS = {
    "HEBREW": "he", "GREEK": "el", "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GUJARATI": "gu", "GURMUKHI": "pa",
    "KANNADA": "kn", "MALAYALAM": "ml", "SINHALA": "si", "THAI": "th", "LAO": "lo", "MYANMAR": "my", "KHMER": "km", "HANGUL": "ko",
    "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "ARMENIAN": "hy", "GEORGIAN": "ka", "ETHIOPIC": "am", "CYRILLIC": "ru", "SYRIAC": "syr",
    "THAANA": "dv", "TIBETAN": "bo", "TIFINAGH": "ber",
}  # fmt: skip
_UKRAINIAN, _SERBIAN = re.compile("[іїєґ]", re.IGNORECASE), re.compile("[ђћџљњј]", re.IGNORECASE)
# Letters that only one language in Arabic script has; Arabic dialects write some sounds with پ چ گ ڤ.
_OWN_LETTERS = {
    "ur": frozenset("ٹڈڑںےھہ"),
    "ckb": frozenset("ێۆڵڕەڤ"),
    "ps": frozenset("ټډړږښڼځڅېۍ"),
    "ug": frozenset("ۇۈۋې"),
}
_PERSIAN_LETTERS = re.compile("[پچژگکی]")
# A word of Latin letters, also with an apostrophe or hyphen inside, or of Arabic ones, also with the joiner that Persian parts words with.
_WORD = re.compile(r"[^\W\d_]+(?:['’\-\u200c][^\W\d_]+)*")
_FEWEST = 2  # different function words of a language that tell it
_LEAST_SHARE, _LEAST_SHARE_SHORT, _SHORT = 0.3, 0.5, 5  # of the words; of those of a text of at most so many
_OWN_SHARE = 0.5  # of letters in a script, from which on a text is of its language
_OUTWEIGHS = 3  # function words of another language for one of English
_ARABIC_SCRIPT = ("fa", "ur", "ckb", "ps")
_ARTICLES = ("ال", "وال", "بال", "لل", "فال")
_ARABIC = frozenset(
    fold(word)
    for word in """
    في من إلى على عن مع هذا هذه ذلك التي الذي ما هل كم كيف متى أين ماذا لماذا أي هو هي كان كانت قال بعد قبل حول ضد عند لم لن قد
    شنو شو وين ليش ايش فين منو مين اللي
    """.split()
)
_ENGLISH = frozenset(word for word in STOPWORDS | ASKING if word.isascii()) - frozenset(
    "el al la le de s t d ll m re ve o".split()
)


def language_of(text: str) -> str:
    """The language of a question: "ar", "en", "arabizi", or the ISO 639 code of another where that is clear.

    >>> language_of("كم صاروخا؟"), language_of("wein sar el enfijar?"), language_of("Où est Bagdad ?"), language_of("Who wrote Les Misérables?")
    ('ar', 'arabizi', 'fr', 'en')
    """
    other = _by_script(text)
    if other:
        return other
    if script(text) != "en":
        return _in_arabic_script(text)
    told, hits = _in_latin_script(text)
    if is_arabizi(text) and hits <= _FEWEST:
        return "arabizi"
    return told


def _by_script(text: str) -> str | None:
    """The language whose own script most of the letters are in."""
    letters = [character for character in text if character.isalpha()]
    counts = Counter(_SCRIPTS[name] for name in map(_script_name, letters) if name in _SCRIPTS)
    if counts["ja"]:
        counts["ja"] += counts.pop("zh", 0)
    language, most = max(counts.items(), key=lambda item: item[1], default=("", 0))
    if not most or most < _OWN_SHARE * len(letters):
        return None
    if language == "ru":
        return "uk" if _UKRAINIAN.search(text) else "sr" if _SERBIAN.search(text) else "ru"
    return language


@cache
def _script_name(letter: str) -> str:
    return unicodedata.name(letter, "").replace("-", " ").partition(" ")[0]


def _in_arabic_script(text: str) -> str:
    """Arabic, unless function words or letters of another language outweigh its own."""
    found = _WORD.findall(text)
    arabic = sum(map(_is_arabic_word, found))
    own = {
        language: sum(not letters.isdisjoint(word) for word in set(found)) for language, letters in _OWN_LETTERS.items()
    }
    lettered, most = max(own.items(), key=lambda item: item[1])
    if most >= _FEWEST and most > arabic:
        return lettered
    told = {language: len(_function_words()[language].intersection(found)) for language in _ARABIC_SCRIPT}
    language, hits = max(told.items(), key=lambda item: item[1])
    letters = sum(map(bool, map(_PERSIAN_LETTERS.search, found)))
    shown = hits >= _FEWEST and (hits > _FEWEST or letters > 0)
    return language if shown and hits > arabic and hits >= _LEAST_SHARE * len(found) else "ar"


def _is_arabic_word(word: str) -> bool:
    """Whether a word shows Arabic: the article, or a function word that its neighbours have not borrowed."""
    return (len(word) > 4 and word.startswith(_ARTICLES)) or fold(word) in _ARABIC


def _in_latin_script(text: str) -> tuple[str, int]:
    """The language that the function words tell, and by how many; English where none outweighs its own."""
    found = _WORD.findall(text)
    # A capital inside a question begins a name ("the director of Les Misérables").
    plain = [word.lower().replace("’", "'") for i, word in enumerate(found) if not i or not word[0].isupper()]
    parts = [part for word in plain for part in re.findall("[^'-]+'?", word)]
    best, most = "en", 0
    for language in _function_words().keys() - set(_ARABIC_SCRIPT):
        listed = _function_words()[language]
        own = len(listed.intersection(parts) - _ENGLISH)
        english = sum(part in _ENGLISH and part not in listed for part in parts)
        shared = sum(part in listed for part in parts)
        least = _LEAST_SHARE_SHORT if len(found) <= _SHORT else _LEAST_SHARE
        clear = own >= _FEWEST and shared >= least * len(found) and own >= _OUTWEIGHS * english
        plain_english = sum(part in english_words() and part not in listed for part in parts)
        if clear and own >= plain_english and (own, shared, language) > (most, 0, ""):
            best, most = language, own
    return best, most


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {
        language: frozenset(part for word in listed.split() for part in (word, *re.findall("[^'-]+'?", word)))
        for language, listed in rows(read("languages.tsv"))
    }
