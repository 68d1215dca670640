"""Words that exclude one another, and what falls with a thing that did not happen, in Arabic and English.

The tables `data/antonyms.tsv` and `data/implications.tsv` are compared by keys: a word itself, its stem, and the English stem of what an Arabic
word most likely means, so that a row speaks for the forms of both languages.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources

from rag.language.characters import fold, is_arabic
from rag.language.readings import readings
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.words import words

Keys = frozenset[str]
_Phrase = tuple[Keys, ...]  # a word is a phrase of one
_Side = tuple[_Phrase, ...]

_PARTICLES = "وفبل"
# English words of so many senses that an Arabic word is not found by them: أسقط is to drop, but not as prices do.
_MANIFOLD = frozenset(
    "back beat call carry charge clear close come cut down draw drop fall fire get give go hold keep leave let lift light lose move open "
    "order pass play pull put raise reach return run see set start stop strike take throw turn up work".split()
)


@lru_cache(maxsize=50_000)
def keys(folded: str) -> Keys:
    """What a folded word is found by: as it is and without a joined particle, its stem, its likeliest meaning in English."""
    found = {folded, stem(folded)}
    if is_arabic(folded):
        known = readings(folded)
        meaning = known[0].english if known else ""
        if meaning and " " not in meaning and meaning not in STOPWORDS | _MANIFOLD:
            found.add(stem(fold(meaning)))
        if folded[0] in _PARTICLES and len(folded) > 4:
            found.add(folded[1:])
    return frozenset(found)


def keys_of(text: str) -> tuple[Keys, ...]:
    """The keys of each word of a text."""
    return tuple(keys(word.folded) for word in words(text))


class Table:
    """Pairs of sides, each of a kind, to be looked up from one side or from both.

    Args:
        rows: of each pair its kind and two sides: words apart by spaces, those of a phrase joined by "_".
        both_ways: whether the second side leads to the first, too.
    """

    def __init__(self, rows: Iterable[tuple[str, str, str]], *, both_ways: bool) -> None:
        self._rows: list[tuple[str, _Side, _Side]] = []
        self._by_key: dict[str, list[int]] = {}
        for kind, one, other in rows:
            sides = _side(one), _side(other)
            for first, second in (sides, sides[::-1]) if both_ways else (sides,):
                for key in {key for phrase in first for key in phrase[0]}:
                    self._by_key.setdefault(key, []).append(len(self._rows))
                self._rows.append((kind, first, second))

    def across(self, said: Sequence[Keys], i: int) -> Iterator[tuple[str, _Side]]:
        """The kinds and other sides of the pairs that a text's i-th word, or a phrase that begins there, stands in."""
        rows = {row for key in said[i] for row in self._by_key.get(key, ())}
        for row in sorted(rows):
            kind, first, second = self._rows[row]
            if any(begins(said, i, phrase) for phrase in first):
                yield kind, second


def begins(said: Sequence[Keys], i: int, phrase: _Phrase) -> bool:
    """Whether a phrase begins at the i-th word of a text."""
    return len(said) >= i + len(phrase) and all(said[i + k] & wanted for k, wanted in enumerate(phrase))


@cache
def antonyms() -> Table:
    """Opposites, of the kinds that `data/antonyms.tsv` tells."""
    rows = (line.split("\t") for line in _lines("antonyms.tsv"))
    return Table(((kind, one, other) for kind, one, other in rows), both_ways=True)


@cache
def implications() -> Table:
    """From what did not happen to what cannot have happened then."""
    rows = (line.split("\t") for line in _lines("implications.tsv"))
    return Table((("", one, other) for one, other in rows), both_ways=False)


def _side(listed: str) -> _Side:
    return tuple(tuple(_listed_keys(word) for word in phrase.split("_")) for phrase in listed.split(" "))


def _listed_keys(word: str) -> Keys:
    """The keys of a listed word: only the word itself after "=" (=قبلت, for its stem is that of another word)."""
    folded = fold(word.removeprefix("="))
    return frozenset({folded} if word.startswith("=") else {folded, stem(folded), *_present(folded)})


def _present(folded: str) -> Iterator[str]:
    """The present of an Arabic verb in the past, as far as its letters tell: رفض → يرفض, انخفض → ينخفض."""
    if is_arabic(folded) and " " not in folded:
        for start in "يت":
            yield start + (folded[1:] if folded.startswith(("ان", "ارت", "است")) else folded)


def _lines(name: str) -> Iterator[str]:
    text = resources.files("rag.language").joinpath("data", name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))
