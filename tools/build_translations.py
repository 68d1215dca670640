"""Count which words translate which: `python tools/build_translations.py TEXT.tsv … [--sharealike TEXT.tsv …] [--output FOLDER]`.

The texts are English⇥Arabic sentence pairs. Both sides become the stems that the program searches with, and words are aligned by IBM Model 1 with
a prior for the diagonal (Dyer, Chahuneau and Smith, "A Simple, Fast, and Effective Reparameterization of IBM Model 2", 2013), in both directions,
trained to agree (Liang, Taskar and Klein, "Alignment by Agreement", 2006); what the lexicon lists counts as seen before.

Only expected counts of pairs are kept. `translations.tsv` holds the pairs that the lexicon lists, counted in all texts, and further pairs
counted in the first texts alone; `translations_sharealike.tsv` the pairs that the share-alike texts add. `synonyms.tsv` holds Arabic words that
translate the same English ones, by the first file.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.language.analyzer import analyze
from rag.language.characters import is_arabic
from rag.language.lexicon import LONGEST_HEAD, Translation, content_words, lexicon
from rag.language.stem import stem
from rag.language.translations import Translations
from rag.language.words import Word, words

DATA = Path(__file__).parent.parent / "rag/language/data"
MAIN, SHAREALIKE = "translations.tsv", "translations_sharealike.tsv"
SYNONYMS, LEXICON = "synonyms.tsv", "lexicon.tsv"

_BETWEEN = re.compile(r"[\s\-‑–'’]*(?:(?:of|the|and|for|in|on|s)[\s\-]+)*", re.IGNORECASE)  # inside a term
_CONTRACTION = re.compile(r".*(?:n't|'(?:re|ll|ve|m|d))")

# Of the alignment. None of them changes retrieval beyond chance when halved or doubled.
_ROUNDS, _ALONE = 8, 4  # of expectation-maximization; of them, before the directions must agree
_DIAGONAL = 4.0  # how fast the prior falls with the distance from the diagonal
_UNALIGNED = 0.2  # of the words of a sentence
_SMOOTHING = 0.01  # occurrences granted to any pair
_LISTED = 2.0  # and to a pair that the lexicon lists first

# Of what is written.
_LEAST_LISTED = 0.3  # expected occurrences of a pair that the lexicon lists
_LEAST_NEW = 1.5  # of another pair; of those seen but once half are wrong
_LEAST_SHARE = 0.03  # of the English word's occurrences, for such a pair
_LEAST_RATIO = 10.0  # and log-likelihood ratio (Dunning, 1993)
_MOST = 8  # pairs of an English word

Pair = tuple[str, str]  # English and Arabic stems
Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Unit:
    """An English word, or the words of one lexicon head, folded, and what the lexicon lists for it."""

    words: tuple[str, ...]
    listed: tuple[Translation, ...]

    @property
    def stems(self) -> str:
        """The stems, joined by spaces."""
        return " ".join(map(stem, self.words))


@dataclass(frozen=True, slots=True)
class SentencePair:
    """What a sentence and its translation say, in order; listed Arabic phrases are joined by spaces like the heads they translate."""

    english: tuple[Unit, ...]
    arabic: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of a pair: expected aligned occurrences, their share of the English word's, and the log-likelihood ratio of the two in sentences."""

    count: float
    share: float
    ratio: float


def read_lines(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """The English and the Arabic of each line."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            english, arabic, *_ = line.split("\t")
            yield english, arabic


def analysed(english: str, arabic: str) -> SentencePair:
    """A line as the aligner sees it; function words, numbers and dates are left out."""
    units = english_units(english)
    phrases = {" ".join(t.stems) for unit in units for t in unit.listed if len(t.stems) > 1}
    return SentencePair(units, arabic_units(arabic, phrases))


def english_units(text: str) -> tuple[Unit, ...]:
    """The content words of `text`, the longest lexicon heads among them taken as one."""
    taken = [(term.start, term.end) for term in analyze(text) if term.kind in {"number", "date", "time"}]
    free = [
        word
        for word in content_words(words(text))
        if not word.is_figure
        and not _CONTRACTION.fullmatch(word.folded)
        and not any(start <= word.start < end for start, end in taken)
    ]
    units = []
    while free:
        for length in range(_joined(free, text), 0, -1):
            unit = Unit(head := tuple(word.folded for word in free[:length]), lexicon().translations(head))
            if unit.listed or length == 1:
                units.append(unit)
                del free[:length]
                break
    return tuple(units)


def _joined(free: Sequence[Word], text: str) -> int:
    """How many words from the first on have nothing between them but what terms have inside."""
    gaps = (_BETWEEN.fullmatch(text[one.end : other.start]) for one, other in pairwise(free[:LONGEST_HEAD]))
    return next((i for i, gap in enumerate(gaps, 1) if not gap), min(len(free), LONGEST_HEAD))


def arabic_units(text: str, phrases: set[str]) -> tuple[str, ...]:
    """The stems of `text`, those that make a phrase taken as one."""
    stems = [term.text for term in analyze(text) if term.kind == "stem" and is_arabic(term.text)]
    units = []
    while stems:
        length = next((n for n in range(LONGEST_HEAD, 1, -1) if " ".join(stems[:n]) in phrases), 1)
        units.append(" ".join(stems[:length]))
        del stems[:length]
    return tuple(units)


class _Corpus:
    """Sentence pairs as arrays. A link joins an English and an Arabic token of one pair of sentences.

    Attributes:
        tokens: of each language, the type of every token.
        ends: of each language, the token of every link.
        kinds: the pair of types of every link, an index into `pairs`.
        pairs: (pairs, 2), the two types of each pair.
        offsets: how far every link is from the diagonal, in [0, 1).
        sentences: the sentence of every link.
    """

    def __init__(self, pairs: Sequence[SentencePair]) -> None:
        sides = [[[unit.stems for unit in pair.english] for pair in pairs], [list(pair.arabic) for pair in pairs]]
        lengths = [np.array([len(sentence) for sentence in side]) for side in sides]
        flat = [np.array([token for sentence in side for token in sentence]) for side in sides]
        self.vocabularies, self.tokens = zip(*(np.unique(side, return_inverse=True) for side in flat), strict=True)
        starts = [np.cumsum(length) - length for length in lengths]
        links = lengths[0] * lengths[1]
        self.sentences: Integers = np.repeat(np.arange(len(pairs)), links)
        within = np.arange(links.sum()) - np.repeat(np.cumsum(links) - links, links)
        m, n = (length[self.sentences] for length in lengths)
        places = (within // n, within % n)
        self.ends = [start[self.sentences] + place for start, place in zip(starts, places, strict=True)]
        self.offsets: Floats = np.abs((places[0] + 0.5) / m - (places[1] + 0.5) / n)
        types = np.stack([tokens[ends] for tokens, ends in zip(self.tokens, self.ends, strict=True)], axis=1)
        self.pairs, self.kinds = np.unique(types, axis=0, return_inverse=True)

    def named(self) -> list[Pair]:
        """The pairs as stems."""
        english, arabic = (
            vocabulary[column] for vocabulary, column in zip(self.vocabularies, self.pairs.T, strict=True)
        )
        return list(zip(english.tolist(), arabic.tolist(), strict=True))


class _Direction:
    """p(target | source): every target token translates a source token of its sentence, or none. `source` is 0 for English, 1 for Arabic."""

    def __init__(self, corpus: _Corpus, source: int, seen: Floats) -> None:
        self._kinds, self._sources, self._seen = corpus.kinds, corpus.pairs[:, source], seen
        self._target = corpus.ends[1 - source]
        tokens = corpus.tokens[1 - source]
        self._unaligned = _UNALIGNED * np.bincount(tokens)[tokens] / len(tokens)
        near = np.exp(-_DIAGONAL * corpus.offsets)
        self._prior = (1 - _UNALIGNED) * near / np.bincount(self._target, near)[self._target]
        self.learn(np.zeros(len(seen)))

    def learn(self, counts: Floats) -> None:
        """Set the probabilities by how often each pair was aligned."""
        counts = counts + self._seen
        self._probability = counts / np.bincount(self._sources, counts)[self._sources]

    def posteriors(self) -> Floats:
        """Of each link, the probability that its target token translates its source token."""
        joint = self._probability[self._kinds] * self._prior
        total = np.bincount(self._target, joint, len(self._unaligned)) + self._unaligned
        return np.asarray(joint / total[self._target])


def align(pairs: Sequence[SentencePair], listed: Mapping[Pair, float]) -> dict[Pair, Evidence]:
    """The pairs of words that occur in pairs of sentences, and what speaks for each.

    Args:
        pairs: the sentences.
        listed: the pairs in the lexicon, with their weights.
    """
    corpus = _Corpus(pairs)
    names = corpus.named()
    seen = _SMOOTHING + _LISTED * np.array([listed.get(pair, 0.0) for pair in names])
    directions = [_Direction(corpus, source, seen) for source in (0, 1)]
    for turn in range(_ROUNDS):
        found = [direction.posteriors() for direction in directions]
        agreed = found[0] * found[1]
        for direction, posteriors in zip(directions, found, strict=True):
            direction.learn(_summed(corpus, agreed if turn >= _ALONE else posteriors))
    counts = _summed(corpus, agreed)
    shares = counts / np.bincount(corpus.tokens[0])[corpus.pairs[:, 0]]
    evidence = map(Evidence, counts.tolist(), shares.tolist(), _ratios(corpus, len(pairs)).tolist())
    return dict(zip(names, evidence, strict=True))


def _summed(corpus: _Corpus, of_links: Floats) -> Floats:
    """Of each pair of words, the sum over its links."""
    return np.bincount(corpus.kinds, of_links).astype(np.float64)


def _ratios(corpus: _Corpus, total: int) -> Floats:
    """The log-likelihood ratio of the two words of each pair being in the same sentences by more than chance."""
    both = _sentences_with(corpus.kinds, corpus)
    one, other = (
        _sentences_with(tokens[ends], corpus)[column]
        for tokens, ends, column in zip(corpus.tokens, corpus.ends, corpus.pairs.T, strict=True)
    )
    cells = (both, one - both, other - both, total - one - other + both)
    margins = (one, other, total - one, total - other)
    return np.asarray(2 * (sum(map(_entropy, cells)) - sum(map(_entropy, margins)) + total * np.log(total)))


def _sentences_with(kinds: Integers, corpus: _Corpus) -> Integers:
    found = np.unique(np.stack([kinds, corpus.sentences], axis=1), axis=0)
    return np.bincount(found[:, 0])


def _entropy(count: Integers) -> Floats:
    return np.asarray(count * np.log(np.maximum(count, 1)))


def translation_tables(
    free: Sequence[SentencePair], sharealike: Sequence[SentencePair]
) -> tuple[dict[Pair, float], dict[Pair, float]]:
    """The counts of the pairs of the two files, the one free of conditions first."""
    listed: dict[Pair, float] = {}
    for sentence in (*free, *sharealike):
        for unit in sentence.english:
            listed |= {(unit.stems, " ".join(t.stems)): t.weight for t in unit.listed}
    everywhere = align([*free, *sharealike], listed)
    known = {pair: e.count for pair, e in everywhere.items() if pair in listed and e.count >= _LEAST_LISTED}
    new = _further(align(free, listed) if sharealike else everywhere, listed)
    added = {pair: count for pair, count in _further(everywhere, listed).items() if pair not in new}
    return known | new, added


def _further(evidence: Mapping[Pair, Evidence], listed: Mapping[Pair, float]) -> dict[Pair, float]:
    """The pairs of single words that the lexicon lacks and that chance does not explain."""
    return {
        pair: found.count
        for pair, found in evidence.items()
        if pair not in listed
        and not any(" " in stems for stems in pair)
        and found.count >= _LEAST_NEW
        and found.share >= _LEAST_SHARE
        and found.ratio >= _LEAST_RATIO
    }


def compiled(table: Mapping[Pair, float]) -> str:
    """The text of a file: an English word and the Arabic ones it is aligned with, most often first."""
    rows: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (english, arabic), count in table.items():
        rows[english].append((-round(count, 1), arabic))
    cells = {
        english: [f"{-count:g}:{arabic}" for count, arabic in sorted(row)[:_MOST]] for english, row in rows.items()
    }
    return "".join(f"{english}\t{'|'.join(row)}\n" for english, row in sorted(cells.items()))


def compiled_synonyms(main: str, listed: str) -> str:
    """The text of `synonyms.tsv`: Arabic stems and others that say the same, by way of English, without the share-alike pairs."""
    pivots = Translations(lexicon(), listed, [main])
    stems = {stems for line in listed.splitlines() for _, _, stems in map(_cell, line.partition("\t")[2].split("|"))}
    rows = []
    for one in sorted(stems):
        known = {one, *lexicon().forms(one)}
        if " " in one or not is_arabic(one) or lexicon().is_demonym(one):
            continue
        found = [
            f"{t.weight:.2f}:{t.stems[0]}"
            for t in pivots.pivoted(one)
            if t.stems[0] not in known and is_arabic(t.stems[0])
        ]
        rows += [f"{one}\t{'|'.join(found)}\n"] * bool(found)
    return "".join(rows)


def _cell(cell: str) -> tuple[str, str, str]:
    return cell.partition(":")


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path, help="under CC0, CC BY or a like licence")
    parser.add_argument("--sharealike", nargs="+", type=Path, default=[], help="under CC BY-SA")
    parser.add_argument("--output", type=Path, default=DATA)
    arguments = parser.parse_args()
    free, sharealike = (
        [analysed(*line) for line in read_lines(paths)] for paths in (arguments.texts, arguments.sharealike)
    )
    for name, table in zip((MAIN, SHAREALIKE), translation_tables(free, sharealike), strict=True):
        (arguments.output / name).write_text(compiled(table), encoding="utf-8")
        print(f"{name}: {len(table):,} pairs")
    main, listed = ((folder / name).read_text("utf-8") for folder, name in ((arguments.output, MAIN), (DATA, LEXICON)))
    text = compiled_synonyms(main, listed)
    (arguments.output / SYNONYMS).write_text(text, encoding="utf-8")
    print(f"{SYNONYMS}: {len(text.splitlines()):,} words")


if __name__ == "__main__":
    main()
