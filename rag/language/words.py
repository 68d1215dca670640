"""Words and figures of a text, with their offsets."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.language.characters import INVISIBLE, fold

_LETTER = r"[^\W\d_ـʼ]"
_MARK = r"[ـ\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
REMEMBERED = 600  # characters of a text whose words are remembered; articles would take too much room
_TOKEN = re.compile(rf"\d+(?:[.,٫٬:/\-]\d+)*|{_LETTER}(?:{_LETTER}|{_MARK}|['’ʼ](?={_LETTER}))*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a figure: `text` as written, `folded` as compared, and where it stands."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def is_figure(self) -> bool:
        """Whether it is written in digits (12, 2.5, 14:45, 2021-07-05)."""
        return self.folded[:1].isdigit()


def words(text: str) -> list[Word]:
    """The words and figures of `text`, in order; punctuation is left out."""
    return list(_remembered(text) if len(text) <= REMEMBERED else _found(text))


@lru_cache(maxsize=2_000)
def _remembered(text: str) -> tuple[Word, ...]:
    """The same of a sentence, in which many look for what each understands."""
    return tuple(_found(text))


def _found(text: str) -> list[Word]:
    found = []
    for match in _TOKEN.finditer(text):
        folded = _folded(match[0])
        if folded:
            found.append(Word(INVISIBLE.sub("", match[0]), folded, match.start(), match.end()))
    return found


@lru_cache(maxsize=200_000)
def _folded(token: str) -> str:
    return "".join(fold(token).split())  # a ligature of several words folds to them, with spaces


def tokens(text: str) -> list[str]:
    """The words and figures of `text` as written, when they are only to be counted."""
    return _TOKEN.findall(text)


def count_words(text: str) -> int:
    """How many words and figures `text` has."""
    return len(tokens(text))
