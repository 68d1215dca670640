"""Latin acronyms spelt by the Arabic names of their letters: سي إن إن is CNN."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.language.lexicon import lexicon
from rag.language.names import spelled_out
from rag.language.stopwords import STOPWORDS
from rag.language.words import Word

_LONGEST = 6  # letters
_JOINED = ("و", "ب", "ل")  # particles before the first letter


@dataclass(frozen=True, slots=True)
class Acronym:
    """A row of letter names among words.

    Attributes:
        first: of its words.
        last: the one after it.
        readings: folded, the likeliest first.
    """

    first: int
    last: int
    readings: tuple[str, ...]


def acronyms(found: Sequence[Word]) -> Iterator[Acronym]:
    """The acronyms spelt among words.

    A known one (سي إن إن, also where another إن follows) goes before a longer row. One that is not known neither begins nor ends with what
    may be a function word (في أي).
    """
    i = 0
    while i < len(found):
        acronym = _at(found, i)
        if acronym:
            yield acronym
        i = acronym.last if acronym else i + 1


def _at(found: Sequence[Word], i: int) -> Acronym | None:
    if not _may_begin(found[i : i + 2]):
        return None
    spelt = [Acronym(i, i + n, _readings(found[i : i + n])) for n in range(min(_LONGEST, len(found) - i), 1, -1)]
    for acronym in spelt:
        known = tuple(one for one in acronym.readings if lexicon().is_name([one]))
        if known:
            return Acronym(acronym.first, acronym.last, known)
    for acronym in spelt:
        ends = (found[acronym.first], found[acronym.last - 1])
        if acronym.readings and not any(word.folded in STOPWORDS for word in ends):
            return acronym
    return None


def _may_begin(pair: Sequence[Word]) -> bool:
    """Whether two words are names of letters; nearly all are told by the second alone."""
    if len(pair) < 2 or not _is_letter(pair[1].folded):
        return False
    first = pair[0].folded
    return _is_letter(first) or (first.startswith(_JOINED) and _is_letter(first[1:]))


@lru_cache(maxsize=50_000)
def _is_letter(folded: str) -> bool:
    return bool(spelled_out((folded, folded)))


def _readings(group: Sequence[Word]) -> tuple[str, ...]:
    first, *others = (word.folded for word in group)
    readings = spelled_out([first, *others])
    return readings or (spelled_out([first[1:], *others]) if first.startswith(_JOINED) else ())
