"""Sentences judged as evidence for a question: named features of each, all between 0 and 1.

How much of the question a sentence holds is the heart of it: each concept, weighted by its rarity, found in the sentence itself, in its neighbours,
or anywhere in its article; exactly, by a translation, or by a word near in meaning.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.answer_candidates import AnswerCandidate, answer_candidates, places
from rag.embedding.concepts import ConceptEmbedder
from rag.event_date import dated
from rag.holding import Holding, matched
from rag.language import grams
from rag.language.analyzer import Term, analyze, is_canonical
from rag.language.characters import script
from rag.language.dates import iso_terms
from rag.meeting import Finder, Met, best_window, neighbours
from rag.model import Article, Passage, Sentence
from rag.question import Concept, Question
from rag.sentence_terms import SentenceTerms, sentence_terms

Vector = NDArray[np.float64]

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


@dataclass(frozen=True, slots=True)
class _Rated:
    """A candidate for the answer: how surely it is of the kind asked for, alone, beside the question's words, and close to what is asked about."""

    candidate: AnswerCandidate
    features: Vector

    @property
    def likely(self) -> float:
        """How likely it is the answer, among others in its sentence."""
        fit, _, about, closest = self.features
        return float((fit + about + closest) / 3)


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
        self._meaning = ConceptEmbedder.builtin().embed([question.text])[0]
        self._dated = any(concept.kind == "date" for concept in question.concepts)
        # A word of the other language that is not known can be said in no way, and nothing stands close to it.
        self._sayable = [len(one.alternatives) > 1 or script(one.text) == "ar" for one in question.concepts]
        self._finder = Finder(question.concepts)
        self._grams = _grams(question.concepts)

    def article(self, material: Material, article_id: str) -> list[Evidence]:
        """The quotable sentences of an article that stand in a found passage."""
        article, sentences = material.articles[article_id], material.sentences[article_id]
        passages = [(p, score) for p, score in material.passages if p.article_id == article_id]
        read = [self._read(article, article.text[s.start : s.end]) for s in sentences]
        self._holding.learn(stem for one in read for stem in one.stems)
        exact = [self._holding.exact(one.present) for one in read]
        held = [self._holding.softened(one.stems, found) for one, found in zip(read, exact, strict=True)]
        anywhere = np.max([self._metadata(article), *held], axis=0)
        apart = self._is_apart(anywhere)
        within = self._within(held)
        found = []
        for i, sentence in enumerate(sentences):
            around = next(((p, x) for p, x in passages if p.start <= sentence.start and sentence.end <= p.end), None)
            if around and not sentence.heading:
                near = np.max([held[i], *(_NEIGHBOUR * held[j] for j in (i - 1, i + 1) if 0 <= j < len(held))], axis=0)
                text = article.text[sentence.start : sentence.end]
                met = self._finder.find(read[i].listed)
                candidates = [self._rated(one, read[i].terms, met) for one in answer_candidates(self._question, text)]
                features = np.concatenate(
                    [
                        self._shares_held(exact[i], held[i], near, anywhere, within),
                        self._likenesses(read[i], met, around[1]),
                        [min(1.0, _LONG / (10 + len(read[i].terms))), 1 / (1 + i)],
                        np.max([one.features for one in candidates], axis=0, initial=0.0)
                        if candidates
                        else np.zeros(4),
                    ]
                )
                rated = sorted(((one.candidate, one.likely) for one in candidates), key=lambda pair: -pair[1])
                found.append(
                    Evidence(
                        i, sentence, around[0], held[i], near, features, tuple(rated), anywhere, self._shares, apart
                    )
                )
        return found

    def _is_apart(self, anywhere: Vector) -> bool:
        """Whether an article lacks a known name, or every date, of the question."""
        names, dates = self._certain & self._lenient, self._certain & ~self._lenient
        undated = bool(dates.any()) and anywhere[dates].max() < _CERTAIN
        return undated or bool((anywhere[names] < _CERTAIN).any())

    def _read(self, article: Article, text: str) -> SentenceTerms:
        """A sentence; where a date is asked about and it has none of its own, with that of what it tells."""
        told = dated(article, text) if self._dated else None
        return sentence_terms(article.published, text, told.iso if told and told.basis == "article" else "")

    def _shares_held(self, exact: Vector, held: Vector, near: Vector, anywhere: Vector, within: Vector) -> Vector:
        """The features from "held" to "complete": how much of the question there is."""
        whole = np.maximum(near, _ARTICLE * anywhere)
        share = float(near @ self._shares)
        named = near[self._named]
        focus = self._question.focus
        missing = float((self._shares * (1 - near)).max(initial=0.0))
        return np.array(
            [
                held @ self._shares,
                exact @ self._shares,
                share,
                whole @ self._shares,
                held @ within,
                named.mean() if len(named) else share,
                named.min() if len(named) else share,
                near[self._key] if self._key is not None else share,
                near[focus] if focus is not None else share,
                (near >= _CERTAIN).mean() if len(near) else 0.0,
                1 - missing,
            ]
        )

    def _likenesses(self, read: SentenceTerms, met: Sequence[Met], score: float) -> Vector:
        """The features from "meaning" to "phrase"."""
        shares = self._shares.tolist()
        return np.array(
            [
                max(0.0, float(read.vector @ self._meaning)),
                sum(weight for gram, weight in self._grams.items() if gram in read.grams),
                _scaled_odds(score),
                best_window(met, shares),
                neighbours(met, shares),
            ]
        )

    def _rated(self, candidate: AnswerCandidate, terms: Sequence[Term], met: Sequence[Met]) -> "_Rated":
        held = self._beside(candidate, terms)
        whole = float(held @ self._shares)
        about = float(held @ self._plain_shares) if self._plain.any() else whole
        return _Rated(candidate, candidate.fit * np.array([1.0, whole, about, self._closeness(candidate, terms, met)]))

    def _closeness(self, candidate: AnswerCandidate, terms: Sequence[Term], met: Sequence[Met]) -> float:
        """1 for a candidate that touches the thing asked about or holds it, less with every term between them."""
        focus = self._question.focus
        if focus is None or not self._sayable[focus]:
            return _UNTOLD
        first, last = places(candidate, terms)
        gaps = [max(first - one.end, one.place - last, 0) for one in met if one.concept == focus]
        return 1 / (1 + min(gaps) / _CLOSE) if gaps else 0.0

    def _beside(self, candidate: AnswerCandidate, terms: Sequence[Term]) -> Vector:
        """How well each concept is held within a few terms of a candidate."""
        first, last = places(candidate, terms)
        return self.held(terms[max(0, first - _BESIDE) : last + _BESIDE])

    def _within(self, held: Sequence[Vector]) -> Vector:
        """Each concept's share of what tells an article's sentences apart: what all of them hold, or none, tells nothing."""
        counts = np.sum([one >= _CERTAIN for one in held], axis=0)
        telling = np.where(counts > 0, self._shares * np.log((len(held) + 1) / (counts + 0.5)), 0.0).clip(min=0)
        return telling / telling.sum() if telling.sum() > 0 else telling

    def held(self, terms: Sequence[Term]) -> Vector:
        """How well a sentence holds each concept: exactly, or by a word near in meaning."""
        stems = tuple(dict.fromkeys(term.text for term in terms if term.kind == "stem"))
        return self._holding.softened(stems, self._holding.exact(frozenset(term.text for term in terms)))

    def _metadata(self, article: Article) -> Vector:
        """How well an article's title and dates hold each concept."""
        about = {term.text for term in analyze(article.title)}
        about.update(iso_terms(article.published), iso_terms(article.event_date))
        return _METADATA * np.array([matched(concept, about) for concept in self._question.concepts], dtype=np.float64)


def _scaled_odds(likely: float) -> float:
    """The log odds of a probability, from those of a passage that hardly answers (0) to those of one that surely does (1)."""
    bounded = min(max(likely, 1e-9), 1 - 1e-9)
    return float(np.clip((math.log(bounded / (1 - bounded)) - _WORST) / (_BEST - _WORST), 0, 1))


def _grams(concepts: Sequence[Concept]) -> dict[str, float]:
    """The 4-grams of the stems that a question may be said with, each with its share of their rarity."""
    weights: dict[str, float] = {}
    for concept in concepts:
        for stems, weight in concept.alternatives:
            for gram in (gram for one in stems if not is_canonical(one) for gram in grams.grams(one)):
                weights[gram] = max(weight, weights.get(gram, 0.0))
    rarities = {gram: weight * grams.rarity(gram) for gram, weight in weights.items()}
    total = sum(rarities.values())
    return {gram: rarity / total for gram, rarity in rarities.items()}
