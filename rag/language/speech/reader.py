"""The words of a text, and where its sentences and clauses end."""

import re
from collections.abc import Iterable

from rag.language.speech.attribution import Attribution
from rag.language.speech.verbs import Form
from rag.language.words import words

_SENTENCE_END = re.compile(r"[.!?؟;؛\n]")
_PAUSE = re.compile(r"[.!?؟;؛\n،,:()–—]| - ")
OPENS = re.compile(r"[:\"“«]")
LONGEST_SPEAKER = 14  # words


class Reader:
    """The words of a text, and where its sentences and clauses end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = words(text)
        self.folded = [word.folded for word in self.found]

    def at(self, i: int) -> str:
        """The folded word `i`; empty outside of the text."""
        return self.folded[i] if 0 <= i < len(self.folded) else ""

    def gap(self, i: int) -> str:
        """What stands between word `i` and the one before it."""
        before = self.found[i - 1].end if i > 0 else 0
        after = self.found[i].start if i < len(self.found) else len(self.text)
        return self.text[before:after]

    def ends(self, i: int) -> bool:
        """Whether a sentence ends before word `i`; with أن none begins, whatever mark stands before it."""
        if 0 < i < len(self.found) and self.found[i].text in {"أن", "أنّ"}:
            return False
        return i <= 0 or i >= len(self.found) or bool(_SENTENCE_END.search(self.gap(i)))

    def pauses(self, i: int) -> bool:
        """Whether any mark of punctuation stands before word `i`."""
        return i <= 0 or i >= len(self.found) or bool(_PAUSE.search(self.gap(i)))

    def sentence(self, i: int) -> tuple[int, int]:
        """The words of the sentence that word `i` is in: first, last."""
        first, last = i, i + 1
        while not self.ends(first):
            first -= 1
        while not self.ends(last):
            last += 1
        return first, last

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The offsets of `found[first:last]`."""
        return self.found[first].start, self.found[last - 1].end

    def starts_with(self, i: int, phrases: Iterable[tuple[str, ...]]) -> int:
        """How many words the longest phrase that begins at `i` has; 0 where none does."""
        return max((len(p) for p in phrases if tuple(self.folded[i : i + len(p)]) == p), default=0)

    def attribution(
        self,
        form: Form,
        verb: tuple[int, int],
        who: tuple[int, int] | None,
        said: tuple[int, int],
        via: str | None = None,
    ) -> Attribution:
        """An attribution of words to words: each pair is first and last."""
        verb_start, verb_end = self.span(*verb)
        start, end = self.span(*who) if who and who[0] < who[1] else (verb_start, verb_start)
        said_start, said_end = self.span(*said) if said[0] < said[1] else (verb_end, verb_end)
        speaker = self.text[start:end] or None
        return Attribution(
            form.kind,
            self.text[verb_start:verb_end],
            verb_start,
            verb_end,
            speaker,
            start,
            end,
            said_start,
            said_end,
            via,
        )
