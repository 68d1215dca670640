"""A sentence as one line of folded words, over which the patterns of relative dates go."""

import re
from bisect import bisect_right

from rag.language.dates import dates
from rag.language.words import words

_PUNCTUATION = re.compile(r"[،,.;:؛؟?!…]")


class Line:
    """A sentence, its words, and the dates that it states.

    Args:
        text: one sentence, as written.

    Attributes:
        text: as given.
        found: its words.
        folded: the same, folded.
        stated: its dates with a year.
        yearless: those without.
        joined: the folded words with one space between two, " | " where punctuation stands between.
        starts: where in that each word begins.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = words(text)
        self.folded = [word.folded for word in self.found]
        given = dates(self.found)
        self.stated = [one for one in given if one.year]
        self.yearless = [one for one in given if not one.year]
        self.joined, self.starts = self._joined()

    def _joined(self) -> tuple[str, list[int]]:
        """The folded words as one line, and where in it each begins."""
        pieces: list[str] = []
        starts: list[int] = []
        length = 0
        for i, word in enumerate(self.folded):
            between = "" if not i else " | " if self.is_cut(i) else " "
            starts.append(length + len(between))
            length += len(between) + len(word)
            pieces += (between, word)
        return "".join(pieces), starts

    def is_cut(self, i: int) -> bool:
        """Whether punctuation stands before the i-th word."""
        return bool(_PUNCTUATION.search(self.text, self.found[i - 1].end, self.found[i].start))

    def at(self, i: int) -> str:
        """The i-th word, folded; empty beyond the ends."""
        return self.folded[i] if 0 <= i < len(self.folded) else ""

    def place(self, match: re.Match[str], group: str | int = 0) -> tuple[int, int]:
        """The words of a match in the line."""
        start, end = match.span(group)
        return bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1)
