"""parse_mode=HTML as Telegram reads it, refusing whatever its documentation refuses, and text as Telegram keeps it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler", "span": "spoiler",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
_ATTRIBUTES = {
    "a": r' href="[^"]+"',
    "blockquote": r"( expandable(=\"\")?)?",
    "span": r' class="tg-spoiler"',
    "tg-emoji": r' emoji-id="\d+"',
    "code": r'( class="language-[^"]+")?',
}
_TOKEN = re.compile(
    r"</(?P<close>[a-z-]+)>|<(?P<open>[a-z-]+)(?P<attributes>(?: [a-z-]+(?:=\"[^\"<>]*\")?)*)>"
    r"|&(?:(?P<name>lt|gt|amp|quot)|#(?P<number>\d{1,7})|#x(?P<hex>[0-9a-fA-F]{1,6}));|(?P<text>[^<>&]+)"
)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LITERAL = {"code", "pre"}  # nothing else may stand in them
MOST_ENTITIES = 100  # of a message; Telegram drops the rest


class ParseError(ValueError):
    """What Telegram would say of the HTML."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"can't parse entities: {detail}")


@dataclass(frozen=True)
class Entity:
    """A stretch of the plain text and what it is; `text` is what stands there, `offset` counts UTF-16 units."""

    type: str
    offset: int
    text: str
    url: str = ""

    @property
    def json(self) -> dict[str, Any]:
        """As the API writes it."""
        written = {"type": self.type, "offset": self.offset, "length": utf16(self.text)}
        return written | ({"url": self.url} if self.url else {})


@dataclass(frozen=True)
class _Span:
    """An entity whose ends count characters."""

    type: str
    start: int
    end: int
    url: str = ""


def utf16(text: str) -> int:
    """The length of a text as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def parse(html: str) -> tuple[str, list[Entity]]:
    """The plain text as Telegram keeps it, and its entities in the order in which they end.

    Raises:
        ParseError: Telegram would refuse it.
    """
    plain, at = "", 0
    spans: list[_Span] = []
    opened: list[tuple[str, _Span]] = []
    while at < len(html):
        place = len(html[:at].encode())
        token = _TOKEN.match(html, at)
        if not token:
            raise ParseError(f"unexpected {html[at : at + 20]!r} at byte offset {place}")
        at = token.end()
        if token["open"]:
            opened.append((token["open"], _opened(token["open"], token["attributes"], len(plain), opened, place)))
        elif token["close"]:
            spans.append(_closed(token["close"], len(plain), opened, place))
        else:
            plain += token["text"] or _NAMED.get(token["name"] or "") or _numbered(token)
    if opened:
        raise ParseError(f"Can't find end tag corresponding to start tag {opened[-1][0]!r}")
    return _kept(plain, spans)


def kept(text: str) -> str:
    """A text without parse_mode as Telegram keeps it: no control characters, no marks that override direction, trimmed."""
    return _kept(text, [])[0]


def visible(text: str) -> bool:
    """Whether anything of a text can be seen; Telegram calls the rest empty."""
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)


def _opened(tag: str, attributes: str, start: int, opened: Sequence[tuple[str, _Span]], place: int) -> _Span:
    if tag not in _TAGS:
        raise ParseError(f'Unsupported start tag "{tag}" at byte offset {place}')
    if not re.fullmatch(_ATTRIBUTES.get(tag, ""), attributes):
        raise ParseError(f'Unexpected attributes of the tag "{tag}" at byte offset {place}')
    around = {name for name, _ in opened}
    if around & _LITERAL and not (tag == "code" and "pre" in around):
        raise ParseError(f'Tag "{tag}" inside code at byte offset {place}')
    if tag == "blockquote" and "blockquote" in around:
        raise ParseError(f"blockquote can't be nested, at byte offset {place}")
    kind = "expandable_blockquote" if tag == "blockquote" and attributes else _TAGS[tag]
    return _Span(kind, start, start, attributes.split('"')[1].replace("&amp;", "&") if tag == "a" else "")


def _closed(tag: str, end: int, opened: list[tuple[str, _Span]], place: int) -> _Span:
    if not opened:
        raise ParseError(f"Unexpected end tag at byte offset {place}")
    name, span = opened.pop()
    if name != tag:
        raise ParseError(f'Unmatched end tag at byte offset {place}, expected "</{name}>", found "</{tag}>"')
    return _Span(span.type, span.start, end, span.url)


def _numbered(token: re.Match[str]) -> str:
    code = int(token["number"]) if token["number"] else int(token["hex"], 16)
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        raise ParseError("Text contains invalid Unicode characters after decoding HTML entities")
    return chr(code)


def _kept(text: str, spans: Sequence[_Span]) -> tuple[str, list[Entity]]:
    """The text as Telegram keeps it, with its entities moved along; those that nothing is left of are gone."""
    characters = [_stored(character) for character in text]
    whole = "".join(characters)
    first, last = len(whole) - len(whole.lstrip()), len(whole.rstrip())
    at = [0]
    for character in characters:
        at.append(at[-1] + len(character))
    places = [min(max(place, first), max(last, first)) for place in at]
    made = [
        Entity(
            span.type, utf16(whole[first : places[span.start]]), whole[places[span.start] : places[span.end]], span.url
        )
        for span in spans
        if places[span.end] > places[span.start]
    ]
    return whole.strip(), made[:MOST_ENTITIES]


def _stored(character: str) -> str:
    if character == "\r" or "\u2028" <= character <= "\u202e":
        return ""
    return " " if character < " " and character != "\n" else character
