"""A text's words with what stands between them, and what is found among them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.language.gazetteer import Kind
from rag.language.words import Word

Span = tuple[int, int]

_SPACE = re.compile(r"\s+|[\s ]*[-–‑][\s ]*")
_TOUCHING = re.compile(r"[^\S\n]*[\"'“”«»‹›„]*[^\S\n]*[\"'“”«»‹›„]*")
_COMMA = re.compile(r"[\"'“”«»‹›„)\s]*[،,]?[\s\"'“”«»‹›„(]*")
_OPENING, _CLOSING = "\"“«‹„'", "\"”»›'“"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name among words: its offsets, those of the role beside it, and whether it is a name."""

    kind: Kind
    start: int
    end: int
    role: Span | None = None
    named: bool = True


class Sentence:
    """A text and its words."""

    def __init__(self, text: str, found: Sequence[Word]) -> None:
        self.text = text
        self.found = found
        self.folded = [word.folded for word in found]

    def __len__(self) -> int:
        return len(self.found)

    def at(self, i: int) -> str:
        """The folded word `i`; empty outside of the text."""
        return self.folded[i] if 0 <= i < len(self.folded) else ""

    def gap(self, i: int) -> str:
        """The text between word `i` and the one before it; a line's end where there is none."""
        return self.text[self.found[i - 1].end : self.found[i].start] if 0 < i < len(self.found) else "\n"

    def spaced(self, i: int) -> bool:
        """Whether only space stands before word `i`."""
        gap = self.gap(i)
        return gap == " " or (gap != "\n" and gap.isspace() and "\n" not in gap)

    def touches(self, i: int) -> bool:
        """Whether only space or quotation marks stand before word `i`."""
        gap = self.gap(i)
        return gap == " " or ("\n" not in gap and _TOUCHING.fullmatch(gap) is not None)

    def near(self, i: int) -> bool:
        """Whether at most a comma stands before word `i`."""
        gap = self.gap(i)
        return gap == " " or ("\n" not in gap and _COMMA.fullmatch(gap) is not None)

    def quoted(self, i: int, longest: int = 6) -> int | None:
        """Where the quotation that begins right before word `i` ends: the index after its last word; None where none begins."""
        if not any(mark in self.gap(i) for mark in _OPENING):
            return None
        for j in range(i + 1, min(i + longest, len(self.found)) + 1):
            following = self.gap(j) if j < len(self.found) else self.text[self.found[j - 1].end :]
            if any(mark in following for mark in _CLOSING):
                return j
            if not self.spaced(j):
                return None
        return None

    def span(self, first: int, last: int, skipped: int = 0) -> Span:
        """Offsets of `words[first:last]` without the first `skipped` letters."""
        return self.found[first].start + skipped, self.found[last - 1].end

    def balanced(self, start: int, end: int) -> Span:
        """The offsets, moved so that a quotation mark inside has its pair: كتائب "حزب الله"."""
        inside = self.text[start:end]
        for opening, closing in ('""', "“”", "«»", "‹›"):
            if inside.count(opening) % 2 if opening == closing else inside.count(opening) > inside.count(closing):
                return (start, end + 1) if self.text[end : end + 1] == closing else (start, end)
        return start, end
