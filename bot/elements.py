"""HTML as nested calls: every text is escaped, whatever it holds. Pure."""

import re
from html import escape

from bot.bidi import foreign_runs
from rag.language.characters import script

# What HTML cannot hold: control characters, halves of surrogate pairs, and code points that are no characters.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def element(tag: str, *content: str, **attributes: str | None) -> Html:
    """An element; content that is not `Html` is escaped, an attribute that is None left out, one named `class_` is called `class`.

    >>> element("p", "1 < 2", element("b", "!"), class_="sum")
    '<p class="sum">1 &lt; 2<b>!</b></p>'
    """
    return Html(f"{_opened(tag, attributes)}{joined(*content)}</{tag}>")


def void(tag: str, **attributes: str | None) -> Html:
    """An element that never has content, such as meta."""
    return Html(_opened(tag, attributes))


def joined(*content: str) -> Html:
    """Pieces one after another; those that are not `Html` escaped."""
    return Html("".join(one if isinstance(one, Html) else _escaped(one) for one in content))


def written(tag: str, *content: str, **attributes: str | None) -> Html:
    """An element around texts of people: its direction and language are those of most of its letters, and runs of the other are isolated.

    >>> written("p", "قالت CNN").count("<bdi>")
    1
    """
    language = script("".join(_TAG.sub("", one) if isinstance(one, Html) else one for one in content))
    own = {"dir": "rtl" if language == "ar" else "ltr", "lang": language}
    pieces = [one if isinstance(one, Html) else isolated(one) for one in content]
    return element(tag, *pieces, **own, **attributes)


def isolated(text: str) -> Html:
    """A text, its runs of the other direction in `bdi`."""
    pieces, end = [], 0
    for start, stop in foreign_runs(text):
        pieces += [_escaped(text[end:start]), element("bdi", text[start:stop])]
        end = stop
    return Html("".join([*pieces, _escaped(text[end:])]))


_TAG = re.compile(r"<[^>]*>")


def _opened(tag: str, attributes: dict[str, str | None]) -> str:
    given = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value is not None}
    return "<" + " ".join([tag, *(f'{key}="{_escaped(value)}"' for key, value in given.items())]) + ">"


def _escaped(text: str) -> str:
    return escape(_UNFIT.sub("\ufffd", text), quote=True)
