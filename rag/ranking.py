"""Candidates scored exactly: named features of how a passage meets a question, each between 0 and 1, and a linear model over them.

Everything is computed from the terms that were stored at ingest; no text is analysed again. The weights stand in `ranking.toml`, fitted by
`tools/fit_ranking.py`: one set for passages in the question's language, one for those in the other.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import chain
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rag.embedding.concepts import ConceptEmbedder
from rag.index.lexical import LexicalIndex
from rag.language import grams
from rag.language.analyzer import is_canonical
from rag.meeting import Finder, Met, best_sentence, best_window, frequencies, neighbours, strongest
from rag.model import Language
from rag.question import Concept, Question
from rag.termlist import TermList

Matrix = NDArray[np.float64]
Direction = Literal["same", "across"]
DIRECTIONS: tuple[Direction, ...] = ("same", "across")

FEATURES = (
    "bm25",  # BM25, each concept one term: its translations' frequencies are summed, weighted (probabilistic structured query)
    "names",  # share of the names, numbers and dates held
    "grams",  # BM25 of the character 4-grams of the stems
    "dense",  # cosine of the concept vectors of question and passage
    "words",  # each concept met by the word of the passage nearest in meaning, by rarity
    "sentence",  # share of the question, by rarity, held by the best sentence
    "proximity",  # the same, within a dozen terms
    "phrase",  # share held by neighbouring concepts that are neighbours in the passage too
    "article",  # share held by the article's title and those of its passages that were found
    "neural",  # cosine of the neural vectors, where there are any; scaled from the worst to the best of the candidates
)

_K1, _B = 1.0, 0.6  # of BM25 (Robertson and Zaragoza, 2009)
_USUAL_LENGTH = 65.0  # terms of a passage of 110 words


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages of one language that may answer, one row each.

    Attributes:
        language: of all of them.
        passage_ids: their ids.
        article_ids: of the articles they are from.
        terms: their terms.
        dense: cosines of their concept vectors with the question's.
        neural: cosines of their neural vectors with the question's; None when there are none.
    """

    language: Language
    passage_ids: Sequence[str]
    article_ids: Sequence[str]
    terms: Sequence[TermList]
    dense: NDArray[np.float64]
    neural: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model: the log odds that a passage answers are `constant + features @ weights`."""

    constant: float
    weights: Matrix

    def likely(self, features: Matrix) -> Matrix:
        """How likely each row of features answers, in (0, 1)."""
        return np.asarray(1 / (1 + np.exp(-(self.constant + features @ self.weights))))

    def without(self, feature: str) -> "Weights":
        """The model with one feature left out."""
        return Weights(self.constant, np.where(np.array(FEATURES) == feature, 0.0, self.weights))


def features(question: Question, candidates: Candidates, index: LexicalIndex) -> Matrix:
    """The features of every candidate, shape (candidates, len(FEATURES))."""
    if question.concepts and candidates.passage_ids:
        return _Scoring(question, candidates, index).features()
    alone = np.zeros((len(candidates.passage_ids), len(FEATURES)))  # nothing but its vectors to go by
    alone[:, FEATURES.index("dense")] = candidates.dense.clip(0, 1)
    alone[:, FEATURES.index("neural")] = _spread(candidates.neural, len(alone))
    return alone


class _Scoring:
    """A question and the candidates of one language, brought together.

    The candidates' terms are laid end to end as rows of a vocabulary of their own (`_flat`; each candidate's begin at `_starts`), so that
    what is computed once a distinct term is summed and maximized by passage.
    """

    def __init__(self, question: Question, candidates: Candidates, index: LexicalIndex) -> None:
        self._concepts = question.concepts
        self._candidates = candidates
        rows = [held.terms or [""] for held in candidates.terms]
        flat = list(chain.from_iterable(rows))
        self._vocabulary = {term: number for number, term in enumerate(dict.fromkeys(flat))}
        self._lengths = np.array([len(row) for row in rows])
        self._starts = np.concatenate([[0], np.cumsum(self._lengths)[:-1]])
        self._flat = np.fromiter(map(self._vocabulary.__getitem__, flat), dtype=np.intp, count=len(flat))
        self._rarities = np.array([_rarity(concept, index, candidates.language) for concept in self._concepts])
        self._shares = self._rarities / self._rarities.sum()

    def features(self) -> Matrix:
        """One row a candidate, in the order of FEATURES."""
        finder, shares = Finder(self._concepts), self._shares.tolist()
        met = [finder.find(held) for held in self._candidates.terms]
        of_title = {title: finder.find(TermList((title,))) for title in {one.title for one in self._candidates.terms}}
        titles = [of_title[one.title] for one in self._candidates.terms]
        held = np.stack([strongest(one, len(shares)) for one in met])
        counted = np.stack([frequencies(one, len(shares)) for one in met])
        named = np.array([concept.kind != "word" for concept in self._concepts])
        columns = {
            "bm25": _to_best(self._saturated(counted) @ self._rarities),
            "names": held[:, named].mean(axis=1) if named.any() else np.zeros(len(held)),
            "grams": _to_best(self._grams()),
            "dense": self._candidates.dense.clip(0, 1),
            "words": self._nearest() @ self._shares,
            "sentence": np.array([best_sentence(one, shares) for one in met]),
            "proximity": np.array([best_window(one, shares) for one in met]),
            "phrase": np.array([neighbours(one, shares) for one in met]),
            "article": self._by_article(held, titles) @ self._shares,
            "neural": _spread(self._candidates.neural, len(held)),
        }
        return np.column_stack([columns[name] for name in FEATURES])

    def _saturated(self, counts: Matrix) -> Matrix:
        """BM25's frequency part of counts, one row a candidate."""
        long = 1 - _B + _B * self._lengths / _USUAL_LENGTH
        return np.asarray(counts * (_K1 + 1) / (counts + _K1 * long[:, np.newaxis]))

    def _grams(self) -> Matrix:
        """BM25 of the 4-grams of the stems that the question may be said with, each as rare as in everyday text."""
        weighted = gram_rarities(tuple(self._concepts))
        column = {gram: i for i, gram in enumerate(weighted)}
        held = [
            [column[gram] for gram in grams.grams(term) if gram in column] if term and not is_canonical(term) else []
            for term in self._vocabulary
        ]
        rarities = np.array(list(weighted.values()), dtype=np.float64)
        return np.asarray(self._saturated(self._counted(held, len(column))) @ rarities)

    def _counted(self, held: Sequence[Sequence[int]], columns: int) -> Matrix:
        """How often each candidate has each of the things that a term may hold any number of, shape (candidates, columns)."""
        sizes = np.array([len(one) for one in held])
        starts, things = np.cumsum(sizes) - sizes, np.array([i for one in held for i in one], dtype=np.intp)
        of_place = sizes[self._flat]  # how many the term at each place holds
        firsts = np.cumsum(of_place) - of_place
        within = np.arange(of_place.sum()) - np.repeat(firsts, of_place)
        found = things[np.repeat(starts[self._flat], of_place) + within]
        candidate = np.repeat(np.repeat(np.arange(len(self._lengths)), self._lengths), of_place)
        counts = np.bincount(candidate * columns + found, minlength=len(self._lengths) * columns)
        return counts.reshape(len(self._lengths), columns).astype(np.float64)

    def _nearest(self) -> Matrix:
        """How near in meaning each candidate's nearest word comes to each concept, 0 to 1."""
        concepts = ConceptEmbedder.builtin()
        meanings = np.stack([concepts.mean(concept.alternatives[0][0]) for concept in self._concepts])
        cosines = concepts.cosines(meanings, list(self._vocabulary)).clip(0, 1)
        return np.asarray(np.maximum.reduceat(cosines[:, self._flat], self._starts, axis=1).T)

    def _by_article(self, held: Matrix, titles: Sequence[Sequence[Met]]) -> Matrix:
        """How well the title and the found passages of each candidate's article hold each concept."""
        wider = np.maximum(held, np.stack([strongest(one, len(self._concepts)) for one in titles]))
        _, article = np.unique(self._candidates.article_ids, return_inverse=True)
        by_article = np.zeros((article.max() + 1, wider.shape[1]))
        np.maximum.at(by_article, article, wider)
        return by_article[article]


@lru_cache(maxsize=8)  # passages and sentences are scored for the same question
def gram_rarities(concepts: tuple[Concept, ...]) -> Mapping[str, float]:
    """The 4-grams of the stems that a question may be said with, each with its rarity in everyday text, by the weight of its best way."""
    weights: dict[str, float] = {}
    for concept in concepts:
        for stems, weight in concept.alternatives:
            for gram in (gram for stem in stems if not is_canonical(stem) for gram in grams.grams(stem)):
                weights[gram] = max(weight, weights.get(gram, 0.0))
    return {gram: weight * grams.rarity(gram) for gram, weight in weights.items()}


def _rarity(concept: Concept, index: LexicalIndex, language: Language) -> float:
    """Inverse frequency of a concept among the passages of a language, the frequencies of its alternatives summed."""
    total = index.count(language)
    frequency = sum(
        weight * min(index.frequency(stem, language) for stem in stems) for stems, weight in concept.alternatives
    )
    return math.log(1 + (total - min(total, frequency) + 0.5) / (frequency + 0.5))


def _to_best(scores: Matrix) -> Matrix:
    """Scores as shares of the best one."""
    best = scores.max(initial=0.0)
    return scores / best if best > 0 else scores


def _spread(cosines: Matrix | None, number: int) -> Matrix:
    """Cosines from 0 for the worst to 1 for the best: models differ in how near they put what has nothing in common."""
    if cosines is None or not number or np.ptp(cosines) == 0:
        return np.zeros(number)
    return np.asarray((cosines - cosines.min()) / np.ptp(cosines))


@cache
def load_weights() -> Mapping[Direction, Weights]:
    """The weights that ship with the package."""
    tables = tomllib.loads(resources.files("rag").joinpath("ranking.toml").read_text(encoding="utf-8"))
    return {
        direction: Weights(
            tables[direction]["constant"], np.array([tables[direction][name] for name in FEATURES], dtype=np.float64)
        )
        for direction in DIRECTIONS
    }
