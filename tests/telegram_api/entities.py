"""parse_mode=HTML as Telegram reads it, refusing whatever its documentation refuses."""

import re
from dataclasses import dataclass

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "s": "strikethrough",
    "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler",
}  # fmt: skip
_TOKEN = re.compile(
    r"</(?P<close>[a-z-]+)>|<(?P<open>[a-z-]+)(?P<attributes>(?: [a-z]+(?:=\"[^\"<>]*\")?)*)>"
    r"|&(?:(?P<name>lt|gt|amp|quot)|#(?P<number>\d{1,7}));|(?P<text>[^<>&]+)"
)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class ParseError(ValueError):
    """What Telegram would say of the HTML."""


@dataclass(frozen=True)
class Entity:
    """A stretch of the plain text and what it is; `text` is what stands there."""

    type: str
    offset: int
    text: str


def utf16(text: str) -> int:
    """The length of a text as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def parse(html: str) -> tuple[str, list[Entity]]:
    """The plain text, and its entities in the order in which they end.

    Raises:
        ParseError: Telegram would refuse it.
    """
    plain, at = "", 0
    entities: list[Entity] = []
    opened: list[tuple[str, str, int]] = []
    while at < len(html):
        token = _TOKEN.match(html, at)
        if not token:
            raise ParseError(f"can't parse entities: unexpected {html[at : at + 20]!r} at byte offset {at}")
        at = token.end()
        if token["open"]:
            opened.append((token["open"], _kind(token["open"], token["attributes"], opened), len(plain)))
        elif token["close"]:
            if not opened or opened[-1][0] != token["close"]:
                raise ParseError(f"can't parse entities: unmatched end tag </{token['close']}>")
            _, kind, start = opened.pop()
            entities.append(Entity(kind, utf16(plain[:start]), plain[start:]))
        else:
            plain += token["text"] or _NAMED.get(token["name"] or "") or chr(int(token["number"]))
    if opened:
        raise ParseError(f"can't parse entities: can't find end tag corresponding to start tag {opened[-1][0]!r}")
    return plain, entities


def _kind(tag: str, attributes: str, opened: list[tuple[str, str, int]]) -> str:
    if tag not in _TAGS:
        raise ParseError(f"can't parse entities: unsupported start tag {tag!r}")
    allowed = {"blockquote": ("", " expandable")}.get(tag, ("",))
    if tag == "a":
        if not re.fullmatch(r' href="[^"]+"', attributes):
            raise ParseError("can't parse entities: a link without its address")
    elif attributes not in allowed:
        raise ParseError(f"can't parse entities: unexpected attributes of {tag!r}")
    if tag == "blockquote":
        if any(name == "blockquote" for name, _, _ in opened):
            raise ParseError("can't parse entities: blockquote can't be nested")
        return "expandable_blockquote" if attributes else "blockquote"
    return _TAGS[tag]
