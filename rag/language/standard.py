"""A question as it was typed, in the standard words that the rest of Sanad reads: dialects, Arabizi and typing mistakes undone."""

import re

from rag.language.arabizi import SoundingLike, is_arabizi, to_arabic
from rag.language.dialect import Known, to_standard
from rag.language.typos import mended

# The article alone, before a word of another script ("الـ drones").
_LONE_ARTICLE = re.compile(r"(?<!\w)(?:[وف]?[بك]?ال|[وف]?لل|عال)ـ*\s*(?=[A-Za-z])")


def standardized(text: str, known: Known | None = None, sounding_like: SoundingLike | None = None) -> str:
    """A question in standard Arabic or English words; one that is so already is returned as it is.

    It is what an answer is sought with; what is shown are the user's own words.

    >>> standardized("شكد صاروخ سقط عالقاعدة؟"), standardized("kam sarookh?"), standardized("wher is the base?")
    ('كم صاروخ سقط على القاعدة؟', 'كم صاروخ؟', 'where is the base?')

    Args:
        text: a question in Arabic, one of its dialects, Arabizi, English, or a mixture.
        known: whether a stem (`rag.language.stem.stem`) is in the index; without it fewer mistakes are mended.
        sounding_like: the stems in the index by sound (`LexicalIndex.sounding_like`), for names in Arabizi.
    """
    if is_arabizi(text):
        return to_arabic(text, known, sounding_like)
    return mended(to_standard(_LONE_ARTICLE.sub("", text), known), known)
