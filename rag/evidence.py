"""Sentences judged as evidence for a question: named features of each, all between 0 and 1.

How much of the question a sentence holds is the heart of it: each concept, weighted by its rarity, found in the sentence itself, in its neighbours,
or anywhere in its article; exactly, by a translation, or by a word near in meaning.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.answer_candidates import AnswerCandidate, answer_candidates, places
from rag.embedding.concepts import ConceptEmbedder
from rag.holding import Holding, matched, nearest
from rag.language.analyzer import Term
from rag.language.characters import script
from rag.meeting import Finder, Met, best_window, neighbours
from rag.model import Article, Passage, Sentence
from rag.question import Concept, Question
from rag.ranking import gram_rarities
from rag.sentence_terms import ArticleTerms, SentenceTerms, Stems, article_terms

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

FEATURES = (
    "held",  # share of the question, by rarity, in the sentence itself
    "exact",  # the same, words near in meaning left out
    "near",  # as `held`, with the sentences before and after
    "article",  # the same, with the whole article, its title and its dates
    "within",  # share of what sets the article's sentences apart from one another, in the sentence itself
    "names",  # mean over its names, numbers and dates, in the sentence or beside it
    "least_name",  # the name, number or date held least, in the sentence or beside it
    "key",  # the most telling plain concept, in the sentence or beside it
    "focus",  # the thing asked about ("how many *rockets*"), in the sentence or beside it
    "present",  # share of the concepts held, each counting the same, in the sentence or beside it
    "complete",  # falls with the largest share of the question that is held neither in the sentence nor beside it
    "meaning",  # cosine of the sentence's and the question's concept vectors
    "grams",  # share of the 4-grams of the question's ways of being said, by rarity
    "retrieved",  # log odds that the best passage it stands in answers, as retrieval has it, from -8 to 4
    "proximity",  # rarity share of the concepts within a dozen terms
    "phrase",  # rarity share of neighbouring concepts that are neighbours in the sentence
    "short",  # falls with the sentence's length
    "early",  # falls with its place in the article
    "candidate",  # how surely it has something of the kind asked for, where that can be told
    "beside",  # rarity share of the question beside that
    "about",  # the same of its plain concepts
    "closest",  # how surely it has something of that kind close to the thing asked about
)

_NEIGHBOUR, _ARTICLE = 0.85, 0.6  # what a concept counts that is found only there
_METADATA = 0.95  # a date that is the article's own
_CERTAIN = 0.5  # a name or date that an article holds less is not in it
_LONG = 40  # words
_WORST, _BEST = -8.0, 4.0  # log odds
_BESIDE = 8  # terms
_CLOSE = 3  # terms that halve a closeness
_UNTOLD = 0.5  # closeness where what is asked about cannot be told


@dataclass(frozen=True, slots=True)
class Material:
    """What retrieval found: passages and their scores, best first, their articles, and the sentences of those."""

    passages: Sequence[tuple[Passage, float]]
    articles: Mapping[str, Article]
    sentences: Mapping[str, Sequence[Sentence]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence judged.

    Attributes:
        index: its place among its article's sentences.
        passage: the best found passage it stands in.
        held: how well it holds each concept of the question.
        near: the same, with the sentences before and after it.
        features: one value for each of FEATURES.
        candidates: what in it may be the answer, and how likely each is among them, in [0, 1]; the likeliest first.
        anywhere: how well its article as a whole holds each concept.
        shares: of the question that each concept has, by rarity.
        apart: whether its article lacks a known name of the question, or all of its dates. A date tells one event from another like it, a name one
            subject from another: an article that has it neither in its text nor of its own is about something else.
    """

    index: int
    sentence: Sentence
    passage: Passage
    held: Vector
    near: Vector
    features: Vector
    candidates: tuple[tuple[AnswerCandidate, float], ...]
    anywhere: Vector
    shares: Vector
    apart: bool


def gather(question: Question, rarities: Sequence[float], material: Material) -> list[Evidence]:
    """Every quotable sentence of the found passages, judged."""
    judge = Judge(question, np.array(rarities, dtype=np.float64))
    return [one for article_id in material.articles for one in judge.article(material, article_id)]


class Judge:
    """Judges sentences by how they hold the concepts of a question, or of another sentence."""

    def __init__(self, question: Question, rarities: Vector) -> None:
        self._question = question
        self._shares = rarities / rarities.sum() if len(rarities) and rarities.sum() > 0 else rarities
        self._named = np.array([concept.kind in {"name", "number"} for concept in question.concepts], dtype=bool)
        self._plain = np.array([concept.kind == "word" for concept in question.concepts], dtype=bool)
        plain = np.where(self._plain, self._shares, 0.0)
        self._plain_shares = plain / plain.sum() if plain.sum() > 0 else plain
        self._certain = np.array([concept.certain for concept in question.concepts], dtype=bool)
        self._key = int(np.argmax(np.where(self._plain, rarities, 0))) if self._plain.any() else None
        self._lenient = np.array([concept.kind != "date" for concept in question.concepts], dtype=bool)
        self._holding = Holding(question.concepts)
        self._dated = any(concept.kind == "date" for concept in question.concepts)
        # A word of the other language that is not known can be said in no way, and nothing stands close to it.
        self._sayable = [len(one.alternatives) > 1 or script(one.text) == "ar" for one in question.concepts]

    def article(self, material: Material, article_id: str) -> list[Evidence]:
        """The quotable sentences of an article that stand in a found passage."""
        article, sentences = material.articles[article_id], tuple(material.sentences[article_id])
        passages = [(p, score) for p, score in material.passages if p.article_id == article_id]
        standing = [
            (i, around)
            for i, one in enumerate(sentences)
            if not one.heading
            and (around := next(((p, x) for p, x in passages if p.start <= one.start and one.end <= p.end), None))
        ]
        terms = article_terms(article, sentences, told=self._dated)
        near_stems = self._holding.near(terms.stems)
        exact = self._holding.exact_of(terms)
        held = np.maximum(exact, nearest(near_stems, terms.rows))
        anywhere = np.max([self._metadata(terms), *held], axis=0)
        apart = self._is_apart(anywhere)
        near = _with_neighbours(held)
        rows = [i for i, _ in standing]
        shared = self._shares_held(exact[rows], held[rows], near[rows], anywhere, self._within(held))
        found = []
        for (i, (passage, score)), share in zip(standing, shared, strict=True):
            text = article.text[sentences[i].start : sentences[i].end]
            read = terms.sentences[i]
            met = self._finder.find(read.listed)
            candidates = answer_candidates(self._question, text)
            rated = self._rated(candidates, read, terms.rows[i], near_stems, met)
            features = np.array(
                [
                    *share,
                    *self._likenesses(read, met, score),
                    min(1.0, _LONG / (10 + len(read.terms))),
                    1 / (1 + i),
                    *rated.max(axis=0, initial=0.0),
                ]
            )
            likely = ((rated[:, 0] + rated[:, 2] + rated[:, 3]) / 3).tolist()
            ordered = tuple(sorted(zip(candidates, likely, strict=True), key=lambda pair: -pair[1]))
            found.append(
                Evidence(i, sentences[i], passage, held[i], near[i], features, ordered, anywhere, self._shares, apart)
            )
        return found

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._question.concepts)

    @cached_property
    def _meaning(self) -> NDArray[np.float32]:
        return ConceptEmbedder.builtin().embed_query(self._question.text)

    @cached_property
    def _grams(self) -> dict[str, float]:
        return _grams(self._question.concepts)

    @cached_property
    def _known_grams(self) -> frozenset[str]:
        return frozenset(self._grams)

    def _is_apart(self, anywhere: Vector) -> bool:
        """Whether an article lacks a known name, or every date, of the question."""
        names, dates = self._certain & self._lenient, self._certain & ~self._lenient
        undated = bool(dates.any()) and anywhere[dates].max() < _CERTAIN
        return undated or bool((anywhere[names] < _CERTAIN).any())

    def _shares_held(
        self, exact: Matrix, held: Matrix, near: Matrix, anywhere: Vector, within: Vector
    ) -> list[list[float]]:
        """The features from "held" to "complete" of each sentence: how much of the question there is."""
        shares, focus = self._shares, self._question.focus
        share = (near * shares).sum(axis=1)
        named = near[:, self._named]
        columns = [
            (held * shares).sum(axis=1),
            (exact * shares).sum(axis=1),
            share,
            (np.maximum(near, _ARTICLE * anywhere) * shares).sum(axis=1),
            (held * within).sum(axis=1),
            named.mean(axis=1) if named.shape[1] else share,
            named.min(axis=1) if named.shape[1] else share,
            near[:, self._key] if self._key is not None else share,
            near[:, focus] if focus is not None else share,
            (near >= _CERTAIN).sum(axis=1) / max(1, near.shape[1]),
            1 - (shares * (1 - near)).max(axis=1, initial=0.0),
        ]
        table: list[list[float]] = np.column_stack(columns).tolist()
        return table

    def _likenesses(self, read: SentenceTerms, met: Sequence[Met], score: float) -> Iterator[float]:
        """The features from "meaning" to "phrase"."""
        shares: list[float] = self._shares.tolist()
        yield max(0.0, float(read.vector @ self._meaning))
        yield math.fsum(self._grams[gram] for gram in read.grams & self._known_grams)
        yield _scaled_odds(score)
        yield best_window(met, shares)
        yield neighbours(met, shares)

    def _rated(
        self,
        candidates: Sequence[AnswerCandidate],
        read: SentenceTerms,
        rows: Sequence[int],
        near: Matrix,
        met: Sequence[Met],
    ) -> Matrix:
        """The features from "candidate" to "closest" of each candidate for the answer, shape (candidates, 4)."""
        if not candidates:
            return np.zeros((0, 4))
        places_of = [places(one, read.terms) for one in candidates]
        around = [slice(max(0, first - _BESIDE), last + _BESIDE) for first, last in places_of]
        exact = [self._holding.exact(frozenset(read.texts[one])) for one in around]
        held = np.maximum(exact, nearest(near, [rows[one] for one in around]))
        whole = (held * self._shares).sum(axis=1)
        about = (held * self._plain_shares).sum(axis=1) if self._plain.any() else whole
        fits = np.array([one.fit for one in candidates])
        close = np.array([self._closeness(first, last, met) for first, last in places_of])
        return np.column_stack([fits, fits * whole, fits * about, fits * close])

    def _closeness(self, first: int, last: int, met: Sequence[Met]) -> float:
        """1 for a candidate that touches the thing asked about or holds it, less with every term between them.

        Args:
            first: its first term's place.
            last: the place after its last term.
            met: where the question's concepts are.
        """
        focus = self._question.focus
        if focus is None or not self._sayable[focus]:
            return _UNTOLD
        gaps = [max(first - one.end, one.place - last, 0) for one in met if one.concept == focus]
        return 1 / (1 + min(gaps) / _CLOSE) if gaps else 0.0

    def _within(self, held: Matrix) -> Vector:
        """Each concept's share of what tells an article's sentences apart: what all of them hold, or none, tells nothing."""
        counts = (held >= _CERTAIN).sum(axis=0)
        telling = np.where(counts > 0, self._shares * np.log((len(held) + 1) / (counts + 0.5)), 0.0).clip(min=0)
        return telling / telling.sum() if telling.sum() > 0 else telling

    def held(self, terms: Sequence[Term]) -> Vector:
        """How well a sentence holds each concept: exactly, or by a word near in meaning."""
        exact = self._holding.exact(frozenset(term.text for term in terms))
        stems = Stems.of([term.text for term in terms if term.kind == "stem"])
        return np.asarray(np.maximum(exact, self._holding.near(stems).max(axis=0)))

    def _metadata(self, terms: ArticleTerms) -> Vector:
        """How well an article's title and dates hold each concept."""
        return _METADATA * np.array([matched(one, terms.about) for one in self._question.concepts], dtype=np.float64)


def _with_neighbours(held: Matrix) -> Matrix:
    """How well each sentence holds each concept, or less well one of its neighbours does."""
    near = held.copy()
    near[1:] = np.maximum(near[1:], _NEIGHBOUR * held[:-1])
    near[:-1] = np.maximum(near[:-1], _NEIGHBOUR * held[1:])
    return near


def _scaled_odds(likely: float) -> float:
    """The log odds of a probability, from those of a passage that hardly answers (0) to those of one that surely does (1)."""
    bounded = min(max(likely, 1e-9), 1 - 1e-9)
    return min(1.0, max(0.0, (math.log(bounded / (1 - bounded)) - _WORST) / (_BEST - _WORST)))


def _grams(concepts: Sequence[Concept]) -> dict[str, float]:
    """The 4-grams of the stems that a question may be said with, each with its share of their rarity."""
    rarities = gram_rarities(tuple(concepts))
    total = sum(rarities.values())
    return {gram: rarity / total for gram, rarity in rarities.items()}
