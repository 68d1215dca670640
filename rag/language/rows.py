"""The readings of a sentence's words in a row, and what a word can be told from those around it."""

import re
from collections.abc import Sequence
from functools import cache

from rag.language.characters import fold
from rag.language.data_files import read, rows
from rag.language.readings import NAMES, NOUNS, Reading
from rag.language.words import Word

_PUNCTUATION = str.maketrans("،؛؟٪٫٬", ",;?%.,")
_OPEN = re.compile(r"[\s\"'“”«»‘’()\[\]ـ]*")  # what may stand inside a clause
_QUOTE = frozenset(('"', "«", "“"))
_NEAR, _GOVERNED = 3, 7  # readings between a word and its preposition: where that is left unsaid, and at all

_THINGS, _MAN, _WOMAN = ("it", "it", "its"), ("he", "him", "his"), ("she", "her", "her")
_MANY, _BOTH = ("they", "them", "their"), ("they both", "them both", "their")
_WE, _I, _YOU = ("we", "us", "our"), ("I", "me", "my"), ("you", "you", "your")
_PRONOUNS = {
    "هم": _MANY, "هما": _BOTH, "هن": _MANY, "نا": _WE, "ي": _I, "ني": _I, "ك": _YOU, "كم": _YOU, "كما": _YOU,
}  # fmt: skip


class Row:
    """The readings of a sentence.

    Args:
        text: the Arabic.
        found: its words.
        readings: what each is read as, some of several words.
    """

    def __init__(self, text: str, found: Sequence[Word], readings: Sequence[Reading]) -> None:
        self._text = text
        self._readings = readings
        self._spans: list[tuple[Word, Word]] = []  # the first and last word of each reading
        first = 0
        for reading in readings:
            self._spans.append((found[first], found[first + reading.length - 1]))
            first += reading.length

    def __len__(self) -> int:
        return len(self._readings)

    def __getitem__(self, at: int) -> Reading:
        return self._readings[at]

    def first_word(self, at: int) -> Word:
        """The first word of the reading at `at`."""
        return self._spans[at][0]

    def last_word(self, at: int) -> Word:
        """The last word of the reading at `at`."""
        return self._spans[at][1]

    def gap(self, at: int) -> str:
        """What stands before the reading at `at`, with English punctuation; behind the last one for `len(row)`."""
        start = self._spans[at - 1][1].end if at else 0
        end = self._spans[at][0].start if at < len(self) else len(self._text)
        gap = self._text[start:end].translate(_PUNCTUATION)
        inside = self._text[self._spans[at - 1][0].start : start] if at else ""  # of a date: يوليو (تموز)
        return gap.replace(")", "", 1) if inside.count("(") > inside.count(")") else gap

    def before(self, at: int) -> Reading | None:
        """The reading before the one at `at`, whatever is between."""
        return self[at - 1] if at > 0 else None

    def is_near(self, at: int) -> bool:
        """Whether nothing but space is before the reading at `at`."""
        return 0 < at < len(self) and not self.gap(at).strip(" \u00a0ـ")

    def near(self, at: int) -> Reading | None:
        """The reading at `at` if nothing but space is before it."""
        return self[at] if self.is_near(at) else None

    def is_quoted(self, at: int) -> bool:
        """Whether only an opening quotation mark is before the reading at `at`."""
        return 0 < at < len(self) and self.gap(at).strip() in _QUOTE and not self.gap(at)[-1].isspace()

    def is_broken(self, at: int) -> bool:
        """Whether a mark of punctuation ends a clause before the reading at `at`."""
        return not _OPEN.fullmatch(self.gap(at))

    def is_human(self, at: int) -> bool:
        """Whether the reading at `at` is of a person."""
        if at < 0:
            return False
        reading = self[at]
        return reading.human or (reading.kind in "sp" and is_person(reading.english))

    def is_place(self, at: int) -> bool:
        """Whether the reading at `at` is of a place or what is like one."""
        return at >= 0 and self[at].kind in NOUNS and is_place(self[at].english)

    def is_named(self, at: int) -> bool:
        """Whether an unknown word is a name: beside another, behind a person's title or what a place is."""
        before = self[at - 1] if self.is_near(at) else None
        if before is not None and (before.kind in NAMES or self.is_human(at - 1) or self.is_place(at - 1)):
            return True
        after = self.near(at + 1)
        return after is not None and after.kind in NAMES and not after.particle

    def preposition(self, at: int) -> str:
        """The Arabic preposition that is, or is joined to, the reading at `at`; empty if none."""
        reading = self[at]
        if reading.kind == "P" and reading.length == 1 and not reading.particle:
            return self._spans[at][0].folded[len(reading.conjunction) :].removesuffix(reading.pronoun)
        return reading.particle

    def governed(self, at: int, preposition: str) -> str | None:
        """The English of an Arabic preposition at `at` by the last word before it that wants one; None where none does."""
        for k in range(at - 1, max(-1, at - _GOVERNED - 1), -1):
            reading = self[k]
            said = prepositions().get((preposition, reading.english))
            unsaid = said == "" and not (reading.kind in "vijgcx" and k >= at - _NEAR)
            if said is not None and not unsaid and (k + 1 == at or self.preposition(k + 1) != preposition):
                return said
            other = (reading.kind == "P" and not reading.pronoun) or (reading.particle and k < at - 1)
            if other or reading.kind in "TCW" or self.is_broken(k + 1):
                return None
        return None

    def pronoun(self, at: int, case: int) -> str:
        """The pronoun joined to the reading at `at`, as subject (0), object (1), or possessive (2)."""
        return self.referent(at, self[at].pronoun)[case]

    def object(self, at: int) -> str:
        """The pronoun joined to the reading at `at` as an object, after a space; empty if none is."""
        return f" {self.pronoun(at, 1)}" if self[at].pronoun else ""

    def referent(self, at: int, pronoun: str) -> tuple[str, str, str]:
        """A pronoun in its three cases.

        ه and ها are said of things and of people: of a person if the last one of that sex is spoken of before.
        """
        if pronoun in _PRONOUNS:
            return _PRONOUNS[pronoun]
        for k in range(at - 1, -1, -1):
            reading = self[k]
            if reading.kind in "WR" and self[at].is_verb and not self.is_human(k - 1):
                return _THINGS
            if self.is_human(k) and reading.number == "s":
                woman = reading.feminine and reading.kind not in NAMES
                if woman == (pronoun == "ها"):
                    return _WOMAN if woman else _MAN
        return _THINGS


def is_place(english: str) -> bool:
    """Whether English words say what a place is."""
    return any(word in _listed("places") for word in _both_numbers(english))


def is_complement(arabic: str) -> bool:
    """Whether a folded Arabic noun, without its article, says what a place is for rather than names it."""
    return arabic in _folded_complements()


@cache
def _folded_complements() -> frozenset[str]:
    return frozenset(map(fold, _listed("complements")))


def is_person(english: str) -> bool:
    """Whether English words say what a person is, by the last word before any "of"."""
    head = english.split(" of ")[0].split(" for ")[0]
    return any(word in _listed("people") for word in _both_numbers(head))


def _both_numbers(english: str) -> tuple[str, ...]:
    last = english.split(" ")[-1].split("-")[-1]
    return (last, last.removesuffix("s"), last.removesuffix("men") + "man")


@cache
def _listed(name: str) -> frozenset[str]:
    """Words of a section of `data/gloss_kinds.txt`."""
    sections = (section.partition("\n") for section in read("gloss_kinds.txt").split("# "))
    return frozenset(next(words for title, _, words in sections if title.startswith(name)).split())


@cache
def prepositions() -> dict[tuple[str, str], str]:
    """Arabic preposition and English word before it → English preposition."""
    listed = rows(read("gloss_prepositions.tsv"))
    return {(arabic, lemma): said for arabic, said, lemmas in listed for lemma in lemmas.split(",")}
