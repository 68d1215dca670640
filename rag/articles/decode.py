"""Bytes of a text file to text: UTF-8, UTF-16 and Windows-1256 told apart, everything else refused."""

import codecs
import re

from rag.errors import ArticleError
from rag.language.characters import ARABIC_LETTER

_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_WIDE = re.compile(rb"[\x00\x06]")  # upper bytes of UTF-16's ASCII and Arabic; in no text of the other encodings
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_READABLE = re.compile(r"[\u0600-\u06ff\u2000-\u206f\xa0«»]")  # letters, marks, digits and punctuation of Arabic prose
_LEAST_READABLE = 0.95  # share of characters that must be letters, digits, spaces or punctuation of texts
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_AMID_LATIN = re.compile(r"(?<=[A-Za-z])[\u0600-\u06ff]|[\u0600-\u06ff](?=[A-Za-z])")
_LEAST_ARABIC = 0.5  # share of Arabic letters among a Windows-1256 file's letters beyond ASCII
_MOST_AMID_LATIN = 0.5  # share of its Arabic characters that stand beside a Latin letter


def decode(data: bytes) -> str:
    """The text of a file as it is stored; a byte order mark is dropped.

    Raises:
        ArticleError: the bytes are no text in a known encoding, or hold no letter.
    """
    return stored(_decoded(data))


def stored(text: str) -> str:
    """`text` with newlines normalized to line feeds and nothing else changed: what offsets count in.

    Raises:
        ArticleError: it holds control characters or half a surrogate pair, or no letter.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not is_text(text):
        raise ArticleError("not_text")
    if not any(character.isalpha() for character in text):
        raise ArticleError("no_text")
    return text


def is_text(text: str) -> bool:
    """Whether `text` is without control characters and halves of surrogate pairs, which cannot be stored or shown."""
    return not _NOT_TEXT.search(text)


def _decoded(data: bytes) -> str:
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise ArticleError("empty_file")
    try:
        if data.startswith(_UTF16_MARKS):
            return data.decode("utf-16")
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    even, odd = len(_WIDE.findall(data[::2])), len(_WIDE.findall(data[1::2]))
    if text and not even + odd:
        return text
    encoding = "cp1256" if not even + odd else "utf-16-be" if even > odd else "utf-16-le"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise ArticleError("not_text") from None
    if not _is_prose(text) or (encoding == "cp1256" and not _is_arabic_codepage(text)):
        raise ArticleError("not_text")
    return text


def _is_prose(text: str) -> bool:
    readable = sum(c.isascii() or bool(_READABLE.match(c) or ARABIC_LETTER.match(c)) for c in text)
    return readable >= _LEAST_READABLE * len(text) and is_text(text)


def _is_arabic_codepage(text: str) -> bool:
    """Whether Windows-1256 fits: its upper half read as Arabic words, not as accents of another code page amid Latin letters."""
    letters = [c for c in text if c.isalpha() and not c.isascii()]
    arabic = sum(bool(ARABIC_LETTER.match(c)) for c in letters)
    amid_latin = len(_AMID_LATIN.findall(text))
    return arabic >= _LEAST_ARABIC * len(letters) and amid_latin <= _MOST_AMID_LATIN * len(_ARABIC.findall(text))
