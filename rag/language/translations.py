"""How likely words of the two languages say one another: the lexicon's equivalents, weighed and added to by parallel text.

`tools/build_translations.py` counts how often English words and Arabic ones are aligned, and writes the counts, stemmed, to `data/translations.tsv`
and `data/translations_sharealike.tsv` (English stems, a tab, `count:stem stem` separated by `|`). No pair is in both. The second file holds what
only sources under CC BY-SA 4.0 taught, and is published under that licence; a distribution may leave it out.

The weights are meant for a probabilistic structured query (Darwish and Oard, "Probabilistic Structured Query Methods", 2003): all that says one
word is scored as one term.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property

from rag.language.data_files import exists, pairs, read
from rag.language.lexicon import Lexicon, Translation, lexicon
from rag.language.stem import stem

_TRUST = 5.0  # aligned occurrences that say as much as the lexicon's order; measured flat from 2 to 10
# The root of the probabilities: a passage says a thing with a rare word nearly as surely as with a usual one.
_POWER = 0.5
_MOST = 12  # alternatives
_MOST_PIVOTS = 6  # English words that synonyms are sought through
_MOST_SYNONYMS, _LEAST_SYNONYM = 6, 0.03  # the least is relative to the stem's own probability


class Translations:
    """Lookups in both directions.

    Args:
        lexicon: what it lists is the prior of what English words translate to.
        listed: the text of `data/lexicon.tsv`, to be read from Arabic to English.
        learnt: the texts of tables of counts, each of other pairs.
    """

    def __init__(self, lexicon: Lexicon, listed: str, learnt: Sequence[str]) -> None:
        self._lexicon = lexicon
        self._listed = _Table(listed)
        self._learnt = [_Table(text) for text in learnt]

    def of_english(self, folded: Sequence[str]) -> tuple[Translation, ...]:
        """How Arabic says folded English words, likeliest first, the first with weight 1; empty when nothing is known of them."""
        listed = {" ".join(known.stems): known.weight for known in self._lexicon.translations(folded)}
        head = " ".join(stem(word) for word in folded)
        return _ranked(self._posterior(listed, head))

    def of_arabic(self, stems: Sequence[str]) -> tuple[Translation, ...]:
        """How English says an Arabic word or phrase, both as stems, likeliest first, the first with weight 1; empty when nothing is known of it."""
        arabic = " ".join(stems)
        heads = self._listed.column(arabic)
        listed = {head[1:]: weight for head, weight in heads.items() if head.startswith("~")}
        return _ranked(_posterior(listed, [table.column(arabic) for table in self._learnt]))

    def pivoted(self, stem: str) -> tuple[Translation, ...]:
        """Other Arabic stems that say what a stem says, likeliest first, found through English; slow, for `data/synonyms.tsv`.

        A weight in (0, 1] tells how likely one is beside the stem itself: p = Σ p(English | stem) · p(synonym | English), as in Bannard and
        Callison-Burch, "Paraphrasing with Bilingual Parallel Corpora" (2005).
        """
        english = self.of_arabic([stem])[:_MOST_PIVOTS]
        total = sum(_probability(one) for one in english)
        said: dict[str, float] = {}
        for one in english:
            head = " ".join(one.stems)
            for arabic, p in self._posterior(self._listed.row(f"~{head}"), head).items():
                said[arabic] = said.get(arabic, 0.0) + _probability(one) / total * p
        own = said.pop(stem, 0.0)
        near = {arabic: min(p, own) for arabic, p in said.items() if p >= _LEAST_SYNONYM * own and " " not in arabic}
        ranked = sorted(near.items(), key=lambda item: (-item[1], item[0]))[:_MOST_SYNONYMS]
        return tuple(Translation((arabic,), (p / own) ** _POWER) for arabic, p in ranked)

    def _posterior(self, listed: Mapping[str, float], head: str) -> dict[str, float]:
        return _posterior(listed, [table.row(head) for table in self._learnt])


class _Table:
    """Rows `head<TAB>number:stems|number:stems`, parsed where they are asked for.

    Args:
        text: the rows.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _rows(self) -> dict[str, str]:
        return pairs(self._text)

    def row(self, head: str) -> dict[str, float]:
        """The stems in the row of `head`, and their numbers."""
        return dict(_cells(self._rows[head])) if head in self._rows else {}

    def column(self, stems: str) -> dict[str, float]:
        """The heads whose rows hold `stems`, and their numbers."""
        return {head: dict(_cells(self._rows[head]))[stems] for head in self._heads.get(stems, ())}

    @cached_property
    def _heads(self) -> dict[str, list[str]]:
        heads: dict[str, list[str]] = {}
        for head, cells in self._rows.items():
            for stems, _ in _cells(cells):
                heads.setdefault(stems, []).append(head)
        return heads


def _cells(cells: str) -> Iterator[tuple[str, float]]:
    for cell in cells.split("|"):
        number, _, stems = cell.partition(":")
        yield stems, float(number)


def _posterior(listed: Mapping[str, float], learnt: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The probabilities of a multinomial, by its counts and a Dirichlet prior proportional to the weights listed."""
    trust = _TRUST / (sum(listed.values()) or 1.0)
    mass = {stems: trust * weight for stems, weight in listed.items()}
    for counts in learnt:
        for stems, count in counts.items():
            mass[stems] = mass.get(stems, 0.0) + count
    total = sum(mass.values())
    return {stems: n / total for stems, n in mass.items()}


def _probability(translation: Translation) -> float:
    """Up to a factor, the probability that a damped weight was made of."""
    return float(translation.weight ** (1 / _POWER))


def _ranked(probabilities: Mapping[str, float]) -> tuple[Translation, ...]:
    """The likeliest, their probabilities as damped weights relative to the greatest."""
    ranked = sorted(probabilities.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
    return tuple(Translation(tuple(stems.split(" ")), (p / ranked[0][1]) ** _POWER) for stems, p in ranked)


@cache
def translations() -> Translations:
    """The tables that ship with the package; without the share-alike one where it was left out."""
    names = [name for name in ("translations.tsv", "translations_sharealike.tsv") if exists(name)]
    return Translations(lexicon(), read("lexicon.tsv"), [read(name) for name in names])


def synonyms(stem: str) -> tuple[Translation, ...]:
    """Other Arabic stems that may say what a stem says, likeliest first; made of the tables under no condition alone."""
    return tuple(Translation((other,), weight) for other, weight in _synonyms().row(stem).items())


@cache
def _synonyms() -> _Table:
    return _Table(read("synonyms.tsv"))
