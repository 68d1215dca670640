"""The extractive writer: retrieved passages to a draft made of verbatim quotes, or the reason for a refusal.

A sentence is judged by how much of what the question names it holds: each concept weighted by its rarity, found in the sentence itself, or at a
discount in its neighbours, its passage's article, or a word near it in meaning; then by whether it carries the kind of thing asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.embedding import Embedder
from rag.language.analyzer import Term, analyze
from rag.language.dates import iso_terms
from rag.language.words import count_words
from rag.model import Article, Draft, Passage, Quote, Sentence
from rag.question import Concept, Question, QuestionType

WRITER = "extractive"
LONGEST_QUOTE = 60  # words, unless one sentence is longer
_MOST_QUOTES = 3

# What a concept found elsewhere than in the sentence counts.
_IN_NEIGHBOUR, _IN_ARTICLE = 0.7, 0.45
# A word near in meaning: cosines from `_NEAR` up count, the nearest as much as `_SOFT`.
_NEAR, _SOFT = 0.55, 0.75
_FIT_WEIGHT, _MEANING_WEIGHT = 0.2, 0.15
# Below this support an article does not answer; below the other, relative to the best, a quote is not shown.
_LEAST_SUPPORT = 0.6
_LEAST_RELATIVE = 0.85

_RELATIVE_TIMES = frozenset("امس يوم ماضي ماض قبل منذ مطلع اوايل اواخر شهر اسبوع عام اثن ثلاثاء اربعاء خميس جمع سبت احد اليوم غد".split())
_CAUSES = frozenset(
    "بسبب سبب لان نتيج جراء رد ردا اثر عقب بعد هدف بهدف اجل احتجاج انتقام لمكافح لمحارب لحماي لمنع لدعم لاجبار للضغط بذريع ذريع".split()
)


@dataclass(frozen=True, slots=True)
class Material:
    """What retrieval found: passages best first, their articles, and the sentences of those."""

    passages: Sequence[Passage]
    articles: Mapping[str, Article]
    sentences: Mapping[str, Sequence[Sentence]]


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of reading: a draft, or what is missing; `nearest` comes closest either way."""

    draft: Draft | None
    missing: tuple[str, ...]
    nearest: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class _Scored:
    """A sentence with its support (how much of the question it holds, in [0, 1]) and its rank among the others."""

    index: int  # among its article's sentences
    sentence: Sentence
    passage: Passage
    support: float
    score: float
    held: tuple[float, ...]  # how well it holds each concept, in itself
    fit: float


def read(question: Question, rarities: Sequence[float], material: Material, embedder: Embedder) -> Reading:
    """Choose the sentences that answer, or say what the articles lack.

    Args:
        question: as understood.
        rarities: how telling each of its concepts is.
        material: what retrieval found.
        embedder: for words near in meaning.
    """
    reader = _Reader(question, rarities, embedder)
    scored = [one for article_id in material.articles for one in reader.article(material, article_id)]
    scored.sort(key=lambda one: (-one.score, one.passage.article_id, one.sentence.start))
    nearest = tuple(_quote(one, material) for one in scored[:1])
    if not scored or not question.concepts:
        return Reading(None, (), nearest)
    best = max(scored, key=lambda one: one.support)
    if best.support < _LEAST_SUPPORT or not reader.fits(scored[0]):
        return Reading(None, reader.missing(scored, material), nearest)
    quotes = _chosen(scored, material)
    sentences = tuple((f"«{quote.text}»", (i,)) for i, quote in enumerate(quotes))
    return Reading(Draft(WRITER, quotes, sentences), (), nearest)


class _Reader:
    def __init__(self, question: Question, rarities: Sequence[float], embedder: Embedder) -> None:
        self._question = question
        self._rarities = np.array(rarities, dtype=np.float64)
        self._embedder = embedder
        self._vector = embedder.embed([question.text])[0]
        self._meanings = embedder.embed([concept.text for concept in question.concepts])

    def article(self, material: Material, article_id: str) -> list[_Scored]:
        """The article's quotable sentences that stand in a found passage, judged."""
        article, sentences = material.articles[article_id], material.sentences[article_id]
        passages = [p for p in material.passages if p.article_id == article_id]
        terms = [analyze(article.text[s.start : s.end]) for s in sentences]
        held = [self._held(of_sentence) for of_sentence in terms]
        anywhere = self._anywhere(article, held)
        chosen = [
            (i, passage)
            for i, sentence in enumerate(sentences)
            if not sentence.heading and (passage := _around(sentence, passages))
        ]
        texts = [article.text[sentences[i].start : sentences[i].end] for i, _ in chosen]
        meanings = self._embedder.embed(texts) @ self._vector if texts else []
        result = []
        for (i, passage), meaning in zip(chosen, meanings, strict=True):
            near = [held[j] for j in (i - 1, i + 1) if 0 <= j < len(held)]
            parts = np.maximum(held[i], _IN_ARTICLE * anywhere)
            for neighbour in near:
                parts = np.maximum(parts, _IN_NEIGHBOUR * neighbour)
            support = self._weighted(parts)
            fit = _fit(self._question, terms[i])
            score = support + _FIT_WEIGHT * fit + _MEANING_WEIGHT * float(meaning) + 0.3 * self._weighted(held[i])
            result.append(_Scored(i, sentences[i], passage, support, score, tuple(held[i]), fit))
        return result

    def _weighted(self, parts: NDArray[np.float64]) -> float:
        return float(parts @ self._rarities / self._rarities.sum()) if len(parts) else 0.0

    def _held(self, terms: Sequence[Term]) -> NDArray[np.float64]:
        """How well a sentence holds each concept: exactly, or by a word near in meaning."""
        present = {term.text for term in terms}
        exact = np.array([_match(concept, present) for concept in self._question.concepts], dtype=np.float64)
        words = sorted({term.text for term in terms if term.kind == "stem"})
        if not words or exact.min(initial=1.0) == 1.0:
            return exact
        cosines = (self._meanings @ self._embedder.embed(words).T).max(axis=1)
        soft = np.clip((cosines - _NEAR) / (1 - _NEAR), 0, 1) * _SOFT
        by_meaning = np.array([concept.kind == "word" for concept in self._question.concepts])
        return np.maximum(exact, soft * by_meaning)

    def _anywhere(self, article: Article, held: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
        """How well an article as a whole holds each concept: its sentences, its title, its dates."""
        about = {term.text for term in analyze(article.title)}
        about.update(iso_terms(article.published), iso_terms(article.event_date))
        own = np.array([_match(concept, about) for concept in self._question.concepts], dtype=np.float64)
        return np.max([own, *held], axis=0)

    def fits(self, best: _Scored) -> bool:
        """Whether the best sentence carries the kind of thing that was asked for, where that can be told."""
        return self._question.type not in {"how_many", "when", "what_time"} or best.fit > 0

    def missing(self, scored: Sequence[_Scored], material: Material) -> tuple[str, ...]:
        """The concepts that no sentence read holds."""
        if not scored:
            return tuple(concept.text for concept in self._question.concepts)
        best = np.max([one.held for one in scored], axis=0)
        return tuple(c.text for c, held in zip(self._question.concepts, best, strict=True) if held < 0.5)


def _match(concept: Concept, present: set[str]) -> float:
    return max((weight for terms, weight in concept.alternatives if present.issuperset(terms)), default=0.0)


def _around(sentence: Sentence, passages: Sequence[Passage]) -> Passage | None:
    return next((p for p in passages if p.start <= sentence.start and sentence.end <= p.end), None)


def _fit(question: Question, terms: Sequence[Term]) -> float:
    """1 where a sentence carries the kind of thing asked for, less where only perhaps, 0 where not."""
    kinds: Mapping[QuestionType, float] = {
        "how_many": _counts(question, terms),
        "when": _dates(terms),
        "what_time": float(any(term.kind == "time" for term in terms)),
        "why": float(any(term.text in _CAUSES for term in terms)),
    }
    return kinds.get(question.type, 0.5)


def _counts(question: Question, terms: Sequence[Term]) -> float:
    """A number; more so beside what is counted."""
    numbers = [i for i, term in enumerate(terms) if term.kind in {"number", "dual"}]
    if not numbers:
        return 0.0
    counted = [c for c in question.concepts if c.kind == "word"]
    for i in numbers:
        around = {term.text for term in terms[max(0, i - 2) : i + 4]}
        if any(_match(concept, around) for concept in counted):
            return 1.0
    return 0.4


def _dates(terms: Sequence[Term]) -> float:
    if any(term.kind == "date" for term in terms):
        return 1.0
    return 0.6 if any(term.text in _RELATIVE_TIMES for term in terms) else 0.0


def _chosen(scored: Sequence[_Scored], material: Material) -> tuple[Quote, ...]:
    """The best sentence's quote, and others nearly as good that say something of their own."""
    quotes: list[Quote] = []
    for one in scored:
        if one.score < _LEAST_RELATIVE * scored[0].score or len(quotes) == _MOST_QUOTES:
            break
        quote = _quote(one, material)
        if not any(q.article_id == quote.article_id and q.start < quote.end and quote.start < q.end for q in quotes):
            quotes.append(quote)
    return tuple(quotes)


def _quote(one: _Scored, material: Material) -> Quote:
    """The sentence, with the one before it where it leans on that (it begins with a pronoun or is very short)."""
    article = material.articles[one.passage.article_id]
    sentences = material.sentences[article.id]
    start, end = one.sentence.start, one.sentence.end
    text = article.text[start:end]
    before = sentences[one.index - 1] if one.index else None
    if before and not before.heading and count_words(text) < 8:
        longer = article.text[before.start : end]
        if count_words(longer) <= LONGEST_QUOTE and one.passage.start <= before.start:
            start, text = before.start, longer
    return Quote(article.id, start, end, text, one.passage)


