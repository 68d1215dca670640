"""A model's reply as it arrives, cut into sentences: what it thought aloud is dropped, JSON and Markdown around the answer are taken off."""

import json
import re
from collections.abc import Iterator
from typing import Any

from rag.chat import ModelUnavailable
from rag.language.characters import INVISIBLE
from rag.markers import cited_sentences, settled, unmarked

LONGEST = 8_000  # characters, of what is not thought aloud; an answer of a few sentences is far shorter
# Characters, and a share of what has not been given out: so many more are looked at together. What never ends would else be cut anew with each piece.
_STEP, _SHARE = 8, 10
_THOUGHT = "think|thinking|thought|reasoning|reflection"
_TAG = re.compile(rf"<\s*(?P<end>/?)\s*(?:{_THOUGHT})\s*>|\[(/?)(?:{_THOUGHT})\]|◁(/?)(?:{_THOUGHT})▷", re.IGNORECASE)
_LONGEST_TAG = 20  # characters
_JSON = re.compile(r"\s*(?:```\w*\s*)?(?=\{|\[\s*[\"{])")
_NOT_THE_ANSWER = re.compile(_THOUGHT + r"|analysis|explanation|language|format|type|تفكير|تحليل|لغة", re.IGNORECASE)
_HEADING, _FENCE = re.compile(r"#{1,6}\s"), re.compile(r"```|~~~")
_PREFIX = re.compile(r"^(?:#{1,6}\s+|>\s*|[-*•]\s+)+")
_EMPHASIS = re.compile(r"\*\*|__|~~|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|\\(?=[_*\[\]])")


class ReplyText:
    """Give it the pieces of a reply with `add`, and it gives the sentences that no more text can change; `end` gives the others.

    Or give it all with `take`, and ask for the `lines`.
    """

    def __init__(self) -> None:
        self._raw = ""  # thought aloud, or perhaps the beginning of a tag
        self._text = ""  # not given out yet
        self._length = 0
        self._looked_at = 0
        self._thinks = False
        self._begun = False

    def add(self, piece: str) -> list[str]:
        """The sentences that are complete now.

        Raises:
            ModelUnavailable: the reply is far longer than any answer.
        """
        self.take(piece)
        if not self._begun and _JSON.match(self._text):
            return []  # it can be read only as a whole
        if len(self._text) < self._looked_at + max(_STEP, self._looked_at // _SHARE):
            return []
        sentences, self._text = settled(self._text)
        self._looked_at = len(self._text)
        self._begun = self._begun or bool(sentences)
        return [text for sentence in sentences if (text := plain(sentence))]

    def end(self) -> list[str]:
        """The sentences left when the reply has ended."""
        return [text for sentence in cited_sentences(self._rest()) if (text := plain(sentence))]

    def lines(self) -> list[str]:
        """The lines left when the reply has ended, in the place of its sentences."""
        return [text for line in self._rest().splitlines() if (text := plain(line))]

    def _rest(self) -> str:
        text = self._text if self._thinks else self._text + self._raw
        if not self._begun and (start := _JSON.match(text)):
            return _answer_in(text[start.end() :]) or text
        return text

    def take(self, piece: str) -> None:
        """Add a piece whose sentences nobody waits for.

        Raises:
            ModelUnavailable: the reply is far longer than any answer.
        """
        self._raw += piece
        while tag := _TAG.search(self._raw):
            ends = any(tag.groups())
            if not self._thinks and not ends:
                self._show(self._raw[: tag.start()])
            elif not self._thinks:  # some models leave the first tag out
                self._text = ""
            self._thinks = not ends
            self._raw = self._raw[tag.end() :]
        tail = max(self._raw.rfind(mark, -_LONGEST_TAG) for mark in "<[◁")
        shown = len(self._raw) if tail < 0 else tail
        if not self._thinks:
            self._show(self._raw[:shown])
        self._raw = self._raw[shown:] if not self._thinks else self._raw[-_LONGEST_TAG:]
        if self._length > LONGEST:
            raise ModelUnavailable("the reply does not end")

    def _show(self, text: str) -> None:
        self._text += text
        self._length += len(text)


def plain(sentence: str) -> str:
    """A sentence of Markdown as plain text on one line, its markers kept; nothing where it is a heading, a rule or a fence.

    >>> plain("> **It** fell [1].")
    'It fell [1].'
    """
    if _FENCE.match(sentence) or (_HEADING.match(sentence) and not unmarked(sentence)[1]):
        return ""
    text = _EMPHASIS.sub("", _PREFIX.sub("", sentence))
    text = " ".join(INVISIBLE.sub("", text).split())
    return text if any(character.isalnum() for character in text) else ""


def _answer_in(text: str) -> str:
    """The answer in the JSON that a text begins with, a line each piece; nothing where it is no JSON."""
    try:
        value, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return ""
    return "\n".join(_strings(value))


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401  # whatever the JSON holds
    """The strings in order; numbers beside one in the same object are its markers."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, dict):
        answering = [one for name, one in value.items() if not _NOT_THE_ANSWER.search(name)]
        numbers = [n for one in answering for n in (one if isinstance(one, list) else [one]) if type(n) is int]
        strings = [text for one in answering for text in _strings(one)]
        if numbers and len(strings) == 1:
            strings[0] += "".join(f" [{n}]" for n in numbers)
        yield from strings
