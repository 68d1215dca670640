"""Who speaks: the subject of an Arabic verb of saying, after it or before it, with titles and appositions."""

from collections.abc import Iterator

from rag.language.dates import weekday_term
from rag.language.lexicon import lexicon
from rag.language.speech.reader import LONGEST_SPEAKER, Reader
from rag.language.speech.verbs import form_of, is_verb
from rag.language.speech.wordlists import arabic_set
from rag.language.vocabulary import known_form, vocabulary


class Subjects(Reader):
    """An Arabic text read for whose words it reports."""

    def subject_after(self, i: int, last: int) -> tuple[int, int] | None:
        """The noun after a verb with its genitives and adjectives: those end with a definite word that no definite one follows."""
        if i >= last or self.is_adjunct(i):
            return None
        end, definite = i, False
        while end < last and end - i < LONGEST_SPEAKER and (end == i or not self.pauses(end)):
            word = self.at(end)
            joined = word.startswith(("بال", "لل")) or (word[:1] == "ب" and known_form(word) != word)
            named = not joined and (
                word.startswith(("ال", "وال")) or lexicon().is_proper(word) or known_form(word) not in vocabulary()
            )
            if joined or (definite and not named) or self.is_adjunct(end):
                break
            definite = definite or named
            end += 1
        speaks = definite or self.at(i) in arabic_set("sources")
        if not (i < end < last and speaks):
            return None
        return i, self._with_apposition(end, last)

    def _with_apposition(self, i: int, last: int) -> int:
        """The end of a speaker with the name between commas after it: المحامي، هاني رستم، وجود."""
        end = next((j for j in range(i + 1, min(last, i + 6)) if self.pauses(j)), None)
        if not self.pauses(i) or end is None or self.is_adjunct(i):
            return i
        return end if "،" in self.gap(i) and "،" in self.gap(end) and not is_verb(self.at(i)) else i

    def subject_beside(self, i: int) -> tuple[int, int] | None:
        """A noun phrase right before a verb in the present, after a complementizer: إن المعاينة الأولية ترجح."""
        first = next(
            (
                j
                for j in range(i - 1, max(-1, i - 8), -1)
                if self.at(j) in arabic_set("complementizers") or self.pauses(j)
            ),
            None,
        )
        if first is None or self.at(first) not in arabic_set("complementizers") or first + 1 >= i:
            return None
        return (first + 1, i) if self.at(first + 1).startswith("ال") else None

    def speaker(self, first: int, last: int) -> tuple[int, int] | None:
        """Who speaks, among the words between a verb and its clause: the first segment up to an adjunct, with appositions."""
        kept: tuple[int, int] | None = None
        for begin, end in self._segments(first, last):
            if self.is_adjunct(begin):
                if kept is None and begin == first and not self.pauses(first):
                    return None
                continue
            stop = next((j for j in range(begin + 1, end) if self.is_adjunct(j)), end)
            kept = (begin, stop) if kept is None else (kept[0], stop)
        return kept

    def _segments(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        begin = first
        for j in range(first + 1, last + 1):
            if j == last or self.pauses(j):
                yield begin, j
                begin = j

    def is_adjunct(self, i: int) -> bool:
        """Whether word `i` begins how, when or to whom something was said: no part of the speaker's name."""
        word = self.at(i)
        bare = word.removeprefix("و")
        dated = word.isdecimal() or weekday_term(word) is not None
        told_to = (
            word.startswith("ل")
            and len(word) > 4
            and not word.startswith("لل")
            and self.found[i].text[:2] not in {"لج", "لق"}
        )
        continues = form_of(word)
        return (
            word in arabic_set("adjuncts")
            or bare in arabic_set("adjuncts")
            or dated
            or told_to
            or bool(continues and continues.continues)
        )

    def subject_before(self, i: int) -> tuple[int, int] | None:
        """A speaker who stands before the verb: كيربي أكد كذلك أن; المتحدث، جون كيربي، قال إن."""
        if self.at(i).startswith("و") and form_of(self.at(i)[1:]):
            return None
        if self.at(i).startswith("ف") and self.at(self.sentence(i)[0]) in {"اما", "واما"}:  # أما فلان، فحذر
            return self.sentence(i)[0] + 1, i
        begin = self.sentence(i)[0]
        first = i
        while first > begin and i - first < LONGEST_SPEAKER:
            if self.pauses(first) and first < i and not self._apposition(first, i):
                break
            if self.at(first) in arabic_set("complementizers") and first < i:
                first += 1
                break
            first -= 1
        while first < i and (
            self.at(first) in arabic_set("openings") or self.at(first).removeprefix("و") in arabic_set("openings")
        ):
            first += 1
        last = i
        while last > first and self.at(last - 1) in arabic_set("openings"):
            last -= 1
        if first >= last or self.is_adjunct(first) or any(is_verb(self.at(j)) for j in range(first, last)):
            return None
        return first, last

    def _apposition(self, first: int, i: int) -> bool:
        """Whether the words before a comma at `first` are who speaks as well: the sentence begins with them."""
        begin = self.sentence(i)[0]
        return i - begin <= LONGEST_SPEAKER and "،" in self.gap(first) and not self.is_adjunct(begin)
