"""The bilingual lexicon at run time: English words to the Arabic stems that news articles say them with.

Its source is the readable files beside this module in `lexicon/`; `tools/build_lexicon.py` compiles them, stemmed, to `data/lexicon.tsv`
(a head, a tab, `weight:stem stem` alternatives separated by `|`), `data/forms.tsv` (a stem and the other stems of the same word),
`data/countable.txt` (nouns whose dual can be told from their plural) `data/proper.txt` (words that are only names) and
`data/names.txt` (heads that are), `data/aliases.tsv` (names in Arabic and the other names of the same), `data/demonyms.txt` (adjectives
of nationality) and `data/homelands.tsv` (the countries they are made from).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from rag.language.data_files import pairs, read
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.vocabulary import known_form, proper_names, vocabulary
from rag.language.words import Word

LONGEST_HEAD = 5  # words
_PROCLITICS = ("و", "ف", "ب", "ل", "ك")


@dataclass(frozen=True, slots=True)
class Translation:
    """One Arabic way to say a head: its stems, all of which must be there, and its weight in (0, 1]."""

    stems: tuple[str, ...]
    weight: float


class Lexicon:
    """Lookups in the compiled lexicon. A file is read when it is first needed: Arabic questions can do without the English heads.

    Args:
        read: gives the text of a compiled file by its name.
    """

    def __init__(self, read: Callable[[str], str] = read) -> None:
        self._read = read

    @cached_property
    def entries(self) -> Mapping[str, str]:
        """Head → its translations as one string of the compiled form.

        A head is the folded content words as written, or, after a `~`, their stems.
        """
        return pairs(self._read("lexicon.tsv"))

    @cached_property
    def names(self) -> frozenset[str]:
        """The heads that are proper names."""
        return self._listed("names.txt")

    @cached_property
    def _forms(self) -> Mapping[str, str]:
        """Arabic stem → the other stems of the same word, separated by spaces."""
        return pairs(self._read("forms.tsv"))

    @cached_property
    def _countable(self) -> frozenset[str]:
        """Folded Arabic nouns that have another plural than the sound masculine one."""
        return self._listed("countable.txt")

    @cached_property
    def _aliases(self) -> Mapping[str, str]:
        """Arabic stems of a name → its other names, packed like the entries."""
        return pairs(self._read("aliases.tsv"))

    @cached_property
    def _demonyms(self) -> frozenset[str]:
        """Arabic stems of nationality adjectives."""
        return self._listed("demonyms.txt")

    @cached_property
    def _homelands(self) -> Mapping[str, str]:
        """Of some of those the stem of the country."""
        return pairs(self._read("homelands.tsv"))

    def _listed(self, name: str) -> frozenset[str]:
        return frozenset(self._read(name).splitlines())

    def __len__(self) -> int:
        return sum(not head.startswith("~") for head in self.entries)

    def translations(self, folded: Sequence[str]) -> tuple[Translation, ...]:
        """How Arabic news says the folded English words, most usual first; empty when the lexicon has no such head."""
        for head in _spellings(folded):
            if head in self.entries:
                return _parse(self.entries[head])
        return ()

    def forms(self, stem: str) -> tuple[str, ...]:
        """The other stems of an Arabic word: its broken plural, its other spelling, the verb of a verbal noun."""
        return tuple(self._forms.get(stem, "").split())

    def is_countable(self, folded: str) -> bool:
        """Whether a folded Arabic word is a noun whose dual differs from its plural."""
        return folded in self._countable

    def aliases(self, stems: Sequence[str]) -> tuple[Translation, ...] | None:
        """The other names of what Arabic stems name (داعش, تنظيم الدولة; طهران, إيران); None when they are no name."""
        packed = self._aliases.get(" ".join(stems))
        return None if packed is None else _parse(packed)

    def is_name(self, folded: Sequence[str]) -> bool:
        """Whether English words are a head that names one thing (Turkey, White House; not Turkish)."""
        return " ".join(folded) in self.names

    def is_demonym(self, stem: str) -> bool:
        """Whether an Arabic stem is an adjective of nationality (بريطاني)."""
        return stem in self._demonyms

    def homelands(self, stem: str) -> tuple[str, ...]:
        """The stem of the country that an adjective of nationality is made from (فرنسي: فرنسا), where it is another one."""
        return tuple(self._homelands.get(stem, "").split())

    def is_proper(self, folded: str) -> bool:
        """Whether a folded Arabic word is a proper name, also with the article or, if it is no known word as it is, a joined particle."""
        forms = {folded, folded.removeprefix("ال")}
        if folded.startswith(_PROCLITICS) and folded not in vocabulary() and known_form(folded) in {folded, folded[1:]}:
            forms |= {folded[1:], folded[1:].removeprefix("ال")}
        return not forms.isdisjoint(proper_names())


def _spellings(folded: Sequence[str]) -> Iterator[str]:
    """The heads that could hold the words: as written, the last word in the singular, all stemmed."""
    yield " ".join(folded)
    before, last = list(folded[:-1]), folded[-1]
    for plural, singular in (("ies", "y"), ("es", ""), ("s", ""), ("'s", ""), ("s'", "")):
        if last.endswith(plural) and len(last) > len(plural) + 2:
            yield " ".join([*before, last[: -len(plural)] + singular])
    yield stemmed_head(folded)


def stemmed_head(folded: Iterable[str]) -> str:
    """The head under which words are found whatever their inflection."""
    return "~" + " ".join(stem(word) for word in folded)


def content_words(found: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a head or question that name something; an acronym in capitals (US, WHO) is never a function word."""
    acronyms = acronyms_among(found)
    return tuple(word for word in found if word.folded not in STOPWORDS or word in acronyms)


def acronyms_among(found: Sequence[Word]) -> frozenset[Word]:
    """The words in Latin capitals alone; none where everything is in capitals."""
    capitals = {w for w in found if len(w.text) > 1 and w.text.isascii() and w.text.isalpha() and w.text.isupper()}
    shouted = len(found) > 1 and len(capitals) == sum(len(w.text) > 1 and w.text.isascii() for w in found)
    return frozenset() if shouted else frozenset(capitals)


def _parse(packed: str) -> tuple[Translation, ...]:
    pairs = (alternative.split(":", 1) for alternative in packed.split("|") if alternative)
    return tuple(Translation(tuple(stems.split(" ")), float(weight)) for weight, stems in pairs)


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    return Lexicon()
