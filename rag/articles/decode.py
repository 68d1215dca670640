"""Bytes of a text file to text: UTF-8, UTF-16 and Windows-1256 told apart, everything else refused."""

import codecs
import re

from rag.errors import ArticleError
from rag.language.characters import ARABIC_LETTER

_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_LEAST_READABLE = 0.95  # share of characters that must be letters, digits, spaces or punctuation of texts
_LEAST_ARABIC = 0.5  # share of Arabic letters among a Windows-1256 file's letters beyond ASCII


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
    if _NOT_TEXT.search(text):
        raise ArticleError("not_text")
    if not any(character.isalpha() for character in text):
        raise ArticleError("no_text")
    return text


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise ArticleError("empty_file")
    try:
        if data.startswith(tuple(_UTF16)):
            return data.decode("utf-16")
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if text and "\x00" not in text:
        return text
    for encoding in ("utf-16-le", "utf-16-be") if b"\x00" in data else ("cp1256",):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_prose(text) and (encoding != "cp1256" or _is_arabic_codepage(text)):
            return text
    raise ArticleError("not_text")


def _is_prose(text: str) -> bool:
    readable = sum(
        c.isascii() or bool(ARABIC_LETTER.match(c)) or 0x2000 <= ord(c) < 0x2070 or c in "،؛؟ـ" for c in text
    )
    return readable >= _LEAST_READABLE * len(text) and not _NOT_TEXT.search(text)


def _is_arabic_codepage(text: str) -> bool:
    """Whether Windows-1256 fits: its upper half read as Arabic letters, not as accents of another code page."""
    letters = [c for c in text if c.isalpha() and not c.isascii()]
    arabic = sum(bool(ARABIC_LETTER.match(c)) for c in letters)
    return not letters or arabic >= _LEAST_ARABIC * len(letters)
