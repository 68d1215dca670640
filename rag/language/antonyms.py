"""Words that exclude one another, and what falls with a thing that did not happen, in Arabic and English.

The tables `data/antonyms.tsv` and `data/implications.tsv` are compared by keys: a word itself, its stem, and the English stem of what an Arabic
word most likely means, so that a row speaks for the forms of both languages.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rag.language.characters import fold, is_arabic
from rag.language.data_files import read, rows
from rag.language.readings import readings
from rag.language.senses import spelling
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.words import Word, words

Keys = frozenset[str]

_PARTICLES = "وفبل"
# English words of so many senses that an Arabic word is not found by them: أسقط is to drop, but not as prices do.
MANIFOLD = frozenset(
    "back beat call carry charge clear close come cut down draw drop fall fire get give go hold keep leave let lift light lose move open "
    "order pass play pull put raise reach return run see set start stop strike take throw turn up work".split()
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A word of a text: its offsets and its keys."""

    start: int
    end: int
    keys: Keys


@lru_cache(maxsize=20_000)
def spots(text: str) -> tuple[Spot, ...]:
    """The words of a text with their keys, in order."""
    return tuple(Spot(word.start, word.end, _keys(word)) for word in words(text))


def _keys(word: Word) -> Keys:
    """What a word is found by: as it is (with "=") and without a joined particle, its stem, its likeliest meaning in English."""
    found = {f"={word.folded}", word.folded, stem(word.folded)}
    if is_arabic(word.folded):
        known = readings(spelling(word))
        meaning = known[0].english if known else ""
        if meaning and " " not in meaning and meaning not in STOPWORDS | MANIFOLD:
            found.add(stem(fold(meaning)))
        if word.folded[0] in _PARTICLES and len(word.folded) > 4:
            found.update((f"={word.folded[1:]}", word.folded[1:]))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair: the keys of its words, and its phrases, each with the keys of its words."""

    singles: Keys
    phrases: tuple[tuple[Keys, ...], ...]

    def length_at(self, said: Sequence[Spot], i: int) -> int:
        """The words of the longest phrase of the side that begins at the i-th word of a text; 0 where none does."""
        found = (len(phrase) for phrase in self.phrases if _begins(phrase, said, i))
        return max(found, default=0) or int(not self.singles.isdisjoint(said[i].keys))

    def is_in(self, said: Sequence[Spot]) -> bool:
        """Whether any of it stands in a text."""
        return any(self.length_at(said, i) for i in range(len(said)))


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A row of a table from one of its sides: its kind, that side, and the other one."""

    kind: str
    own: Side
    other: Side


class Table:
    """Pairs of sides, to be looked up by the words of one.

    Args:
        rows: of each pair its kind and two sides: words apart by spaces, those of a phrase joined by "_".
        both_ways: whether the second side leads to the first, too.
    """

    def __init__(self, rows: Iterable[tuple[str, str, str]], *, both_ways: bool) -> None:
        self._pairs: list[Pair] = []
        self._by_key: dict[str, list[int]] = {}
        for kind, one, other in rows:
            sides = _side(one), _side(other)
            for first, second in (sides, sides[::-1]) if both_ways else (sides,):
                for key in first.singles.union(*(phrase[0] for phrase in first.phrases)):
                    self._by_key.setdefault(key, []).append(len(self._pairs))
                self._pairs.append(Pair(kind, first, second))

    def at(self, said: Sequence[Spot], i: int) -> Iterator[Pair]:
        """The pairs on a side of which a text's i-th word stands, or a phrase that begins with it."""
        for row in sorted({row for key in said[i].keys for row in self._by_key.get(key, ())}):
            if self._pairs[row].own.length_at(said, i):
                yield self._pairs[row]


def _begins(phrase: tuple[Keys, ...], said: Sequence[Spot], i: int) -> bool:
    return len(said) >= i + len(phrase) and all(said[i + k].keys & wanted for k, wanted in enumerate(phrase))


@cache
def antonyms() -> Table:
    """Opposites, of the kinds that `data/antonyms.tsv` tells."""
    return Table(((kind, one, other) for kind, one, other in rows(read("antonyms.tsv"))), both_ways=True)


@cache
def implications() -> Table:
    """From what did not happen to what cannot have happened then."""
    return Table((("", one, other) for one, other in rows(read("implications.tsv"))), both_ways=False)


def _side(listed: str) -> Side:
    said = [[_listed_keys(word) for word in phrase.split("_")] for phrase in listed.split(" ")]
    singles = frozenset[str]().union(*(words_of[0] for words_of in said if len(words_of) == 1))
    return Side(singles, tuple(tuple(words_of) for words_of in said if len(words_of) > 1))


def _listed_keys(word: str) -> Keys:
    """The keys of a listed word: only the word itself after "=" (=قبلت, for its stem is that of another word)."""
    folded = fold(word.removeprefix("="))
    return frozenset({f"={folded}"} if word.startswith("=") else {folded, stem(folded), *_present(folded)})


def _present(folded: str) -> Iterator[str]:
    """The present of an Arabic verb in the past, as far as its letters tell: رفض → يرفض, انخفض → ينخفض."""
    if is_arabic(folded):
        for start in "يت":
            yield start + (folded[1:] if folded.startswith(("ان", "ارت", "است")) else folded)
