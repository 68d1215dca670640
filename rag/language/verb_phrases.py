"""The English of Arabic verbs: their tense, number and voice, with the negation or auxiliary before them."""

import re
from collections.abc import Callable
from functools import cached_property

from rag.language.inflection import gerund, participle, past, third
from rag.language.readings import NAMES, NOUNS, Reading
from rag.language.rows import Row

_DAMMA = "\u064f"  # on the first letter of a past: the passive
_FAR = 12  # readings that a verb's "be" is sought back
_AHEAD = 4  # and its subject ahead
_NO = {"no": "not", "non": "not"}  # of عدم and غير, where they deny no noun
_BEFORE_VERBS = frozenset(("did not", "will not", "not", "not to", "so as not to"))

NounPhrase = Callable[[int], tuple[str, int]]


class VerbPhrases:
    """The verbs of a sentence.

    Args:
        row: the sentence.
    """

    def __init__(self, row: Row) -> None:
        self._row = row

    def verb(self, at: int) -> str:
        """The finite verb at `at`, with its object if that is a pronoun."""
        reading, before = self._row[at], self._row.before(at)
        english, many = reading.english, self._is_plural(at)
        person = reading.person if before is None or before.kind != "R" else ""
        if reading.kind == "v":
            said = self._past(at, many)
        elif reading.particle == "س":
            said = f"will {english}"
        elif self._is_subjunctive(at):
            said, person = (gerund(english) if self.is_without(at - 1) else english), ""
        elif self._follows_be(at):
            said, person = gerund(english), ""
        else:
            said = present(english, many or bool(reading.person))
        return f"{person} {said}{self._row.object(at)}".lstrip()

    def _past(self, at: int, many: bool) -> str:
        english, before = self._row[at].english, self._row.before(at)
        if before is not None and before.kind == "A" and before.english == "have":
            return participle(english)
        if self._is_passive(at):
            return f"{_was(many)} {participle(english)}"
        first, space, rest = english.partition(" ")
        return _was(many) + space + rest if first == "be" else past(english)

    def _is_passive(self, at: int) -> bool:
        reading = self._row[at]
        if reading.english.startswith("be "):
            return False  # the passive already: أُعيدت
        return reading.kind == "v" and _DAMMA in self._row.first_word(at).text[:3]

    def _is_subjunctive(self, at: int) -> bool:
        before = self._row.before(at)
        return self._row[at].particle == "ل" or (before is not None and before.kind == "T" and not before.pronoun)

    def is_without(self, at: int) -> bool:
        """Whether the أن at `at` stands behind "without"."""
        before = self._row.before(at)
        return self._row[at].kind == "T" and before is not None and before.english == "without"

    def is_infinitive(self, at: int) -> bool:
        """Whether what is at `at` is a present that "to" may go before."""
        reading = self._row.near(at)
        return reading is not None and reading.kind == "i" and reading.particle != "س" and not reading.conjunction

    def _follows_be(self, at: int) -> bool:
        """Whether كان stands before the verb's subject: was … doing."""
        for k in range(at - 1, max(-1, at - _FAR), -1):
            reading = self._row[k]
            if reading.kind == "A":
                return reading.english == "be"
            if reading.is_verb or reading.kind in "TWC" or self._row.is_broken(k + 1):
                return False
        return False

    def auxiliary(self, at: int) -> tuple[str, int]:
        """كان, قد or سوف, with the verb that it makes one with, and the index after them."""
        english, after = self._row[at].english, self._row.near(at + 1)
        if english == "be":
            if at in self._perfects:
                return "had", at + 1
            pronoun = f" {self._row.pronoun(at, 0)}" if self._row[at].pronoun else ""
            return _was(self._is_plural(at)) + pronoun, at + 1
        if english == "have" and at in self._perfects.values():
            return "", at + 1
        if after is not None and after.kind == "i":
            modal = "may" if english == "have" else english
            return f"{modal} {after.english}{self._row.object(at + 1)}", at + 2
        if english == "have":
            return ("have" if self._is_plural(at + 1) else "has"), at + 1
        return english, at + 1

    @cached_property
    def _perfects(self) -> dict[int, int]:
        """Where كان is the past of a perfect, and its قد."""
        found: dict[int, int] = {}
        be, relative = None, False
        for at in range(len(self._row)):
            reading = self._row[at]
            relative |= reading.kind == "W"
            if reading.kind == "A":
                if reading.english == "have" and be is not None and not reading.conjunction:
                    found[be] = at
                be, relative = (at if reading.english == "be" else None), False
            elif be is not None and (reading.kind == "T" or (reading.is_verb and not relative)):
                be = None
        return found

    def negation(self, at: int, noun_phrase: NounPhrase) -> tuple[str, int]:
        """A negation with what it denies, and the index after it.

        Args:
            at: where it is.
            noun_phrase: what says the noun phrase, without an article, at an index.
        """
        english, after = self._row[at].english, self._row.near(at + 1)
        if after is not None and after.kind in "ijv" and english in _BEFORE_VERBS:
            return self._denied(at), at + 2
        if after is not None and after.kind in "spg" and not after.particle and not after.conjunction:
            no = english.endswith("no") and after.kind != "g"
            if no or (english == "not" and after.kind != "g" and not after.article):
                said, last = noun_phrase(at + 1)
                return f"{'no' if english == 'not' else english} {said}", last
        return _NO.get(english, english) + self._row.object(at), at + 1

    def _denied(self, at: int) -> str:
        english, verb, many = self._row[at].english, self._row[at + 1], self._is_plural(at + 1)
        is_past = english == "did not" or verb.kind == "v"
        first, space, rest = verb.english.partition(" ")
        if english in {"will not", "not to", "so as not to"}:
            said = f"{english} {verb.english}"
        elif self._is_passive(at + 1):
            said = f"{_was(many)} not {participle(verb.english)}"
        elif first == "be":
            said = f"{_was(many) if is_past else _is(many)} not{space}{rest}"
        elif is_past:
            said = f"did not {verb.english}"
        elif self._is_subjunctive(at):
            said = f"not {verb.english}"
        else:
            said = f"{'do' if many or verb.person else 'does'} not {verb.english}"
        return f"{verb.person} {said}{self._row.object(at + 1)}".lstrip()

    def may_deny(self, at: int) -> bool:
        """Whether ما at `at` may deny: it begins a sentence or clause, and a past without a pronoun follows (ما قال).

        Behind a comma it is "which" (، ما أدى إلى).
        """
        before, after = self._row.before(at), self._row.near(at + 1)
        stops = self._row.is_broken(at) and "," not in self._row.gap(at)
        begins = before is None or stops or before.kind in "TC" or self._row[at].conjunction != ""
        return begins and after is not None and after.kind in "vA" and not after.pronoun

    def _is_plural(self, at: int) -> bool:
        """Whether the subject of the verb at `at` is a plural: by the verb, the noun before it in its clause, or the one behind it."""
        if at >= len(self._row):
            return False
        if self._row[at].number == "p" or re.search("وا$", self._row.first_word(at).folded):
            return True
        head = self._subject_before(at) or self._subject_behind(at)
        return head is not None and (head.kind == "p" or head.number in {"p", "d"})

    def _subject_before(self, at: int) -> Reading | None:
        """The first noun in the clause that no preposition governs, else the last that one does."""
        free: Reading | None = None
        governed: Reading | None = None
        relative = bool(at) and self._row[at - 1].kind == "W"
        for k in range(at - 1 - relative, -1, -1):
            reading = self._row[k]
            if reading.is_verb or reading.kind in "TCcWA" or (self._row.is_broken(k + 1) and not relative):
                break
            if reading.kind in NOUNS + NAMES + "Q":
                if self._is_governed(k):
                    governed = governed or free or reading
                    free = None
                else:
                    free = reading
                if relative and (reading.article or governed is not None):
                    return reading
            if reading.conjunction:
                break
        return free or governed

    def _is_governed(self, at: int) -> bool:
        before = self._row.before(at)
        return bool(self._row[at].particle) or (before is not None and before.kind == "P" and not before.pronoun)

    def _subject_behind(self, at: int) -> Reading | None:
        for k in range(at + 1, min(at + _AHEAD, len(self._row))):
            reading = self._row[k]
            joined = reading.particle or reading.conjunction or reading.is_verb
            if joined or reading.kind in "PTCWcdR" or self._row.is_broken(k):
                return None
            if reading.kind in NOUNS + NAMES + "aQ":
                return reading
        return None


def present(english: str, many: bool) -> str:
    """The present of a verb whose subject is a plural, or is none."""
    first, space, rest = english.partition(" ")
    if first == "be":
        return _is(many) + space + rest
    return english if many else third(english)


def _is(many: bool) -> str:
    return "are" if many else "is"


def _was(many: bool) -> str:
    return "were" if many else "was"
