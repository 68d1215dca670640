"""Who says what in an English text."""

import re
from collections.abc import Iterator
from dataclasses import replace

from rag.language.speech.attribution import Attribution
from rag.language.speech.reader import LONGEST_SPEAKER, OPENS, Reader
from rag.language.speech.verbs import Form, form_of
from rag.language.speech.wordlists import english_phrases, english_set

_LISTENER = re.compile(r"^(?:to|with|on|in|at|that|during|after|before|by|late|early)$")


class English(Reader):
    """An English text read for its attributions."""

    def read(self) -> Iterator[Attribution]:
        """The attributions, in order of their verbs."""
        for i in range(len(self.found)):
            yield from self._according(i) or self._said(i)

    def _said(self, i: int) -> list[Attribution]:
        form = form_of(self.at(i))
        if form is None or self._is_noun(form, i):
            return []
        first, last = self.sentence(i)
        after = i + 1
        if form.continues:
            begin = self._content(after, last)
            return [self.attribution(form, (i, after), None, (begin, self._said_to(begin, last)))]
        who = self._subject_before(i, first)
        begin = self._content(after, last)
        closes = begin >= last or (self.pauses(after) and not OPENS.search(self.gap(after)))
        if closes or (who is None and self.pauses(i)):
            return self._closing(form, i, after, first, last, who)
        clause = begin > after or _is_clause(self, begin, last)
        if who is None or (
            form.lemma in english_set("everyday") and not clause and form.lemma not in english_set("nominal")
        ):
            return []
        one = self.attribution(form, (i, after), who, (begin, self._said_to(begin, last)))
        return [replace(one, has_clause=clause)]

    def _is_noun(self, form: Form, i: int) -> bool:
        """Whether a verb's form is a noun, a name or passive: the report, its promise, initial reports indicate, was told, United States."""
        if form.continues:
            return False
        before = self.at(i - 1)
        if (
            form.kind == "believes" and self.at(i).endswith("ed") and self.at(i + 1) in {"of", "to"}
        ):  # people suspected of
            return True
        if before in english_set("before_nouns") or (self.found[i].text[0].isupper() and i > 0):
            return True
        if self.at(i) == form.lemma:  # the base form: officials say, but a preliminary report
            return not (
                before.endswith("s")
                or before in {"people", "they", "we", "i", "you", "who", *english_set("auxiliaries")}
            )
        plural = self.at(i).endswith("s") and form.lemma in english_set("everyday")
        return plural and self.at(i + 1) not in {"that", "the", "a", "an"}

    def _content(self, i: int, last: int) -> int:
        """Where what is said begins: after "that", and after a listener or a time that stands before it."""
        told_to = bool(_LISTENER.match(self.at(i))) or (i < last and self.found[i].text[0].isupper())
        for j in range(i, min(last, i + 12)):
            if j > i and OPENS.search(self.gap(j)):
                return j
            form = form_of(self.at(j))
            if j > i and form is not None and not form.continues and not self._is_noun(form, j):
                break
            if self.at(j) == "that" and (j == i or told_to or form_of(self.at(i - 1)) is not None):
                return j + 1
            if j > i and self.pauses(j) and not told_to:
                break
        return i

    def _subject_before(self, i: int, first: int) -> tuple[int, int] | None:
        last = i
        while last > first and self.at(last - 1) in english_set("auxiliaries"):
            last -= 1
        begin = last
        while begin > first and last - begin < LONGEST_SPEAKER and not self.pauses(begin):
            begin -= 1
        if begin == last and begin > first and "," in self.gap(begin):  # The owner, Blue Dhow Shipping, said
            commas = [j for j in range(first + 1, last) if "," in self.gap(j)]
            return (first, last) if len(commas) == 1 and last - first < LONGEST_SPEAKER else None
        inner = next((j for j in range(last - 1, begin - 1, -1) if self._turns(j)), None)
        begin = inner + 1 if inner is not None else begin
        if begin > first and "," in self.gap(begin) and last - begin <= 4 and begin - first <= 8:
            earlier = self._appositive(begin, first)
            begin = earlier if earlier is not None else begin
        return (begin, last) if begin < last else None

    def _turns(self, i: int) -> bool:
        """Whether a conjunction at `i` begins another clause, and does not join two names (Kuwait and Saudi Arabia)."""
        joins = self.at(i) == "and" and all(word.text[0].isupper() for word in (self.found[i - 1], self.found[i + 1]))
        form = form_of(self.at(i))
        says = form is not None and not self._is_noun(form, i)
        return says or (self.at(i) in english_set("conjunctions") and not joins)

    def _appositive(self, i: int, first: int) -> int | None:
        """Where who is named before a comma begins: The owner, Blue Dhow Shipping, said."""
        return None if any(self.pauses(j) for j in range(first + 1, i)) or _LISTENER.match(self.at(first)) else first

    def _closing(
        self, form: Form, i: int, after: int, first: int, last: int, who: tuple[int, int] | None
    ) -> list[Attribution]:
        """What is said stands before: "…," the port authority said; "…," said the master."""
        if who and who[0] > first:
            return [self.attribution(form, (i, after), who, (first, who[0]))]
        if who is None and self.pauses(i) and after < last:
            end = next((j for j in range(after + 1, last + 1) if j == last or self.pauses(j)), last)
            return [self.attribution(form, (i, after), (after, end), (first, i))]
        return []

    def _said_to(self, begin: int, last: int) -> int:
        return last

    def _according(self, i: int) -> list[Attribution]:
        length = max(
            (len(p) for p in english_phrases("according") if tuple(self.folded[i : i + len(p)]) == p), default=0
        )
        if not length:
            return []
        first, last = self.sentence(i)
        end = i + length + 1
        while end < last and not self.pauses(end):
            end += 1
        said = (end, last) if i == first else (first, i)
        return [self.attribution(Form("says", "according"), (i, i + length), (i + length, min(end, last)), said)]


def _is_clause(reader: English, begin: int, last: int) -> bool:
    """Whether a clause, with a verb of its own, stands there rather than a noun."""
    finite = {
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "did",
        "does",
        "do",
    }
    return any(reader.at(j) in finite or reader.at(j).endswith("ed") for j in range(begin, last))
