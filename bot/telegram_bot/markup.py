"""Paragraphs to messages as Telegram takes them: HTML, cut to its limit, Arabic and Latin isolated from each other. Pure.

Telegram counts a message's characters after its tags and entities are read, in UTF-16 units. Text is cut first and marked up after, so no cut falls
inside a tag or leaves an isolate open.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from bot.bidi import foreign_runs
from rag.language.characters import ARABIC_LETTER, LATIN_LETTER, script
from rag.model import Language

LIMIT = 4096
_ISOLATE, _POP = "\u2068", "\u2069"
# Telegram gives a line the direction of its first letter, some of its apps without regard to isolates; these are for a line that begins otherwise.
_LETTER = {"ar": ARABIC_LETTER, "en": LATIN_LETTER}
_DIRECTION = {"ar": "\u200f", "en": "\u200e"}
# What shows where a line begins: letters, and in Arabic lines, where they do not belong at the left, figures and the numbers of citations.
_EITHER = rf"{ARABIC_LETTER.pattern}|{LATIN_LETTER.pattern}"
_FIRST = {"ar": re.compile(rf"{_EITHER}|[0-9\[]"), "en": re.compile(_EITHER)}
# Marks that steer direction: an article's or a question's own would reach beyond it.
_STEERING = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Telegram drops some control characters and refuses others; lone surrogates cannot be sent at all.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SIGIL = re.compile(r"(?<!\S)[/@#]$")  # of a command, a user or a tag: Telegram knows them only whole
_MARKER = re.compile(r"\[\d+\]")
_NOT_BEFORE_A_MARKER = r"(?!\[\d)"
# Where text may be cut, best first: after a line, after a sentence, between words; a citation's number stays with its last word.
_CUTS = (
    re.compile(rf"\n+{_NOT_BEFORE_A_MARKER}"),
    re.compile(rf"(?<=[.!?؟…؛])\s+{_NOT_BEFORE_A_MARKER}"),
    re.compile(rf"\s+{_NOT_BEFORE_A_MARKER}"),
)
_LEAST_FILL = 0.5  # of a message; an earlier cut is passed over for a worse one
_MOST_UNITS = 5  # of UTF-16 that a character can become: two of its own, and three marks


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph before it is marked up.

    Attributes:
        text: plain.
        bold: the stretch of it that is bold.
        quoted: stands in an expandable block quote.
        tight: follows the paragraph before on the next line, without an empty one between.
        italic: all of it.
        language: whose direction its lines have; None for that of most of each line's letters.
    """

    text: str
    bold: tuple[int, int] = (0, 0)
    quoted: bool = False
    tight: bool = False
    italic: bool = False
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class HtmlMessage:
    """One message: as HTML, and as the plain text that is sent where Telegram refuses the HTML."""

    html: str
    plain: str


def messages(paragraphs: Sequence[Paragraph]) -> list[HtmlMessage]:
    """Paragraphs packed into messages within the limit; one too long for a message is cut between lines, sentences or words."""
    packed: list[HtmlMessage] = []
    for paragraph in paragraphs:
        for piece in _pieces(_cleaned(paragraph)):
            joint = "\n" if piece.tight else "\n\n"
            new = HtmlMessage(_html(piece), _isolated(piece.text, piece.language))
            if packed and utf16(packed[-1].plain + joint + new.plain) <= LIMIT:
                new = HtmlMessage(packed[-1].html + joint + new.html, packed.pop().plain + joint + new.plain)
            packed.append(new)
    return packed


def utf16(text: str) -> int:
    """The length of `text` as Telegram counts it.

    >>> utf16("a😀")
    3
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """`text` without marks that steer direction and without control characters but the line feed."""
    return _CONTROL.sub(" ", _STEERING.sub("", text))


def _cleaned(paragraph: Paragraph) -> Paragraph:
    """The paragraph cleaned, and bare of the white space around it that Telegram would cut off."""
    start, end = paragraph.bold
    before, bold, after = (clean(part) for part in _split(paragraph.text, start, end))
    text = before + bold + after
    indent = len(text) - len(text.lstrip())
    stretch = (max(0, len(before) - indent), max(0, len(before + bold) - indent))
    return replace(paragraph, text=text.strip(), bold=stretch)


def _split(text: str, start: int, end: int) -> tuple[str, str, str]:
    return text[:start], text[start:end], text[end:]


def _pieces(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The paragraph, in as many pieces as it needs messages."""
    text, (start, end) = paragraph.text, paragraph.bold
    at, tight = 0, paragraph.tight
    while text[at:].strip():
        stop = at + _cut(text[at:], paragraph.language)
        piece = text[at:stop].rstrip()
        bold = (max(0, start - at), max(0, min(end - at, len(piece))))
        yield replace(paragraph, text=piece, bold=bold, tight=tight)
        at = stop + len(text[stop:]) - len(text[stop:].lstrip())
        tight = True


def _cut(text: str, language: Language | None) -> int:
    """How much of `text` goes into one message."""
    if _fits(text, language):
        return len(text)
    room = _longest_that_fits(text, language)
    for cuts in _CUTS:
        found = [match.start() for match in cuts.finditer(text, 0, room + 1) if match.start() <= room]
        # The isolates of a shorter text can be longer, where its lines' language turns.
        stop = next((stop for stop in reversed(found) if _fits(text[:stop], language)), 0)
        if stop > room * _LEAST_FILL:
            return stop
    for marker in _MARKER.finditer(text, max(0, room - 20), room + 20):
        if marker.start() < room < marker.end() and marker.start():
            return marker.start()
    return room


def _longest_that_fits(text: str, language: Language | None) -> int:
    low, high = 1, min(len(text), LIMIT)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _fits(text[:middle], language) else (low, middle - 1)
    return low


def _fits(text: str, language: Language | None) -> bool:
    if _MOST_UNITS * len(text) <= LIMIT:
        return True
    return len(text) <= LIMIT and utf16(_isolated(text, language)) <= LIMIT


def _isolated(text: str, language: Language | None) -> str:
    return _marked(text, (0, len(text)), _marks(text, language))


def _marks(text: str, language: Language | None) -> list[tuple[int, int, str]]:
    """The marks that isolate runs and direct lines, in order: each with its character, and whether it goes before (0, 1) or behind (2) that."""
    at = 0
    marks = set()
    for line in text.split("\n"):
        if line and (mark := _direction(line, language)):
            marks.add((at, 0, mark))
        for start, end in foreign_runs(line, language):
            marks.add((at + start - bool(_SIGIL.search(line, 0, start)), 1, _ISOLATE))
            marks.add((at + end - 1, 2, _POP))
        at += len(line) + 1
    return sorted(marks)


def _marked(text: str, stretch: tuple[int, int], marks: Iterable[tuple[int, int, str]]) -> str:
    """A stretch of `text` with those of its marks that are of its characters."""
    at, end = stretch
    parts = []
    for character, side, mark in marks:
        if stretch[0] <= character < end:
            place = character + (side == 2)
            parts += [text[at:place], mark]
            at = place
    return "".join([*parts, text[at:end]])


def _direction(line: str, language: Language | None) -> str:
    """The mark that a line needs before it to have the direction of its language; "" where its beginning shows that."""
    if not (language := language or script(line)):
        return ""
    first = _FIRST[language].search(line)
    return "" if first and _LETTER[language].match(first[0]) else _DIRECTION[language]


def _html(piece: Paragraph) -> str:
    marks = _marks(piece.text, piece.language)
    stretches = _stretches(piece.bold, len(piece.text))
    before, bold, after = (_marked(piece.text, stretch, marks) for stretch in stretches)
    html = _escaped(before) + (f"<b>{_escaped(bold)}</b>" if bold else "") + _escaped(after)
    html = f"<i>{html}</i>" if piece.italic else html
    return f"<blockquote expandable>{html}</blockquote>" if piece.quoted else html


def _stretches(bold: tuple[int, int], length: int) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    start, end = min(bold[0], length), min(max(bold), length)
    return (0, start), (start, end), (end, length)


def _escaped(text: str) -> str:
    return escape(text, quote=False)
