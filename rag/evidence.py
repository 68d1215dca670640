"""Sentences judged as evidence for a question: named features of each, all between 0 and 1.

How much of the question a sentence holds is the heart of it: each concept, weighted by its rarity, found in the sentence itself, in its neighbours,
or anywhere in its article; exactly, by a translation, or by a word near in meaning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.embedding.concepts import ConceptEmbedder
from rag.language.analyzer import Term, analyze
from rag.language.dates import iso_terms
from rag.language.spelling import likeness
from rag.language.stem import stem
from rag.language.words import words
from rag.model import Article, Passage, Sentence
from rag.question import Concept, Question

Vector = NDArray[np.float64]

FEATURES = (
    "held",  # share of the question, by rarity, in the sentence itself
    "near",  # the same, with the sentences before and after
    "article",  # the same, with the whole article, its title and its dates
    "within",  # share of what sets the article's sentences apart from one another, in the sentence itself
    "names",  # share of its names and numbers in the sentence or beside it
    "key",  # the most telling plain concept, in the sentence or beside it
    "focus",  # the thing asked about ("how many *rockets*"), in the sentence or beside it
    "meaning",  # cosine of the sentence's and the question's concept vectors
    "retrieved",  # fused score of the best passage it stands in
    "proximity",  # rarity share of the concepts within a dozen terms
    "short",  # falls with the sentence's length
    "kind",  # carries the kind of thing asked for: a number, a date, a time, a reason
)

_NEIGHBOUR, _ARTICLE = 0.85, 0.6  # what a concept counts that is found only there
# Of words near in meaning: cosines from the first up count; from the second up as much as the third.
_FROM, _FULL, _SOFT = 0.35, 0.7, 0.75
# Of stems spelt alike (مناهض, مناهضة): the least likeness, what it counts, and how long both must be.
_ALIKE, _ALIKE_COUNTS, _LEAST_LETTERS = 0.6, 0.8, 4
_METADATA = 0.95  # a date that is the article's own
_CERTAIN = 0.5  # a name or date that an article holds less is not in it
LEAST_FOCUS = 0.3  # what is counted or chosen must be held this much, in the sentence or beside it
_LONG = 40  # words

_YEAR_ASKED, _MONTH_ASKED = frozenset({"سنه", "عام", "year"}), frozenset({"شهر", "month"})
# Words that may tell when, at what time of day, and why.
_TIMES = """
    أمس اليوم الماضي الماضية قبل منذ مطلع أوائل أواخر شهر أسبوع عام غدا المقبل
    الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
"""
_TIMES_OF_DAY = "فجر صباح ظهر عصر عصرا مساء ليل ليلة منتصف غروب شروق"
_CAUSES = """
    بسبب أسباب لأن نتيجة جراء رد إثر عقب هدف بهدف أجل احتجاج انتقام ذريعة استجابة إطار سعي ضغط غرض غاية حماية منع تعزيز مكافحة محاربة
    نظرا بفضل جراء ردا
"""


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
        features: one value for each of FEATURES.
        anywhere: how well its article as a whole holds each concept.
        apart: whether its article lacks a date or a known name of the question. A date tells one event from another like it, a name one
            subject from another: an article that has it neither in its text nor of its own is about something else.
    """

    index: int
    sentence: Sentence
    passage: Passage
    held: Vector
    features: Vector
    anywhere: Vector
    apart: bool


def gather(question: Question, rarities: Sequence[float], material: Material) -> list[Evidence]:
    """Every quotable sentence of the found passages, judged."""
    judge = Judge(question, np.array(rarities, dtype=np.float64))
    return [one for article_id in material.articles for one in judge.article(material, article_id)]


class Judge:
    """Judges sentences by how they hold the concepts of a question, or of another sentence."""

    def __init__(self, question: Question, rarities: Vector) -> None:
        self._question = question
        self._concepts = ConceptEmbedder.builtin()
        self._shares = rarities / rarities.sum() if len(rarities) and rarities.sum() > 0 else rarities
        self._named = np.array([concept.kind in {"name", "number"} for concept in question.concepts], dtype=bool)
        self._plain = np.array([concept.kind == "word" for concept in question.concepts], dtype=bool)
        self._certain = np.array([concept.certain for concept in question.concepts], dtype=bool)
        self._key = int(np.argmax(np.where(self._plain, rarities, 0))) if self._plain.any() else None
        self._own = [concept.alternatives[0][0] for concept in question.concepts]
        meanings = [self._concepts.mean(terms) for terms in self._own]
        self._meanings = np.stack(meanings) if meanings else np.zeros((0, self._concepts.dimensions))
        self._meaning = self._concepts.embed([question.text])[0]

    def article(self, material: Material, article_id: str) -> list[Evidence]:
        """The quotable sentences of an article that stand in a found passage."""
        article, sentences = material.articles[article_id], material.sentences[article_id]
        passages = [(p, score) for p, score in material.passages if p.article_id == article_id]
        terms = [dated_terms(article, article.text[s.start : s.end]) for s in sentences]
        held = [self.held(one) for one in terms]
        anywhere = np.max([self._metadata(article), *held], axis=0)
        apart = bool((anywhere[self._certain] < _CERTAIN).any())
        within = self._within(held)
        found = []
        for i, sentence in enumerate(sentences):
            around = next(((p, x) for p, x in passages if p.start <= sentence.start and sentence.end <= p.end), None)
            if around and not sentence.heading:
                near = np.max([held[i], *(_NEIGHBOUR * held[j] for j in (i - 1, i + 1) if 0 <= j < len(held))], axis=0)
                features = self._features(terms[i], held[i], near, anywhere, within, around[1])
                found.append(Evidence(i, sentence, around[0], held[i], features, anywhere, apart))
        return found

    def _features(
        self, terms: Sequence[Term], held: Vector, near: Vector, anywhere: Vector, within: Vector, score: float
    ) -> Vector:
        whole = np.maximum(near, _ARTICLE * anywhere)
        named = near[self._named]
        return np.array(
            [
                held @ self._shares,
                near @ self._shares,
                whole @ self._shares,
                held @ within,
                named.mean() if len(named) else near @ self._shares,
                near[self._key] if self._key is not None else near @ self._shares,
                near[self._question.focus] if self._question.focus is not None else near @ self._shares,
                max(0.0, float(self._concepts.embed_terms(terms) @ self._meaning)),
                score,
                self._proximity(terms),
                min(1.0, _LONG / (10 + len(terms))),
                self._kind(terms, near),
            ]
        )

    def _within(self, held: Sequence[Vector]) -> Vector:
        """Each concept's share of what tells an article's sentences apart: what all of them hold, or none, tells nothing."""
        counts = np.sum([one >= _CERTAIN for one in held], axis=0)
        telling = np.where(counts > 0, self._shares * np.log((len(held) + 1) / (counts + 0.5)), 0.0).clip(min=0)
        return telling / telling.sum() if telling.sum() > 0 else telling

    def _kind(self, terms: Sequence[Term], near: Vector) -> float:
        """1 where a sentence carries the kind of thing asked for, less where only perhaps, 0 where not or not to be told."""
        match self._question.type:
            case "how_many":
                return self._counted(terms, near)
            case "when":
                return _dated(terms, self._question.text)
            case "what_time":
                return _timed(terms)
            case "why":
                return float(any(term.text in _stems_of(_CAUSES) for term in terms))
            case _:
                return 0.0

    def _counted(self, terms: Sequence[Term], near: Vector) -> float:
        """A number beside what is counted; less for one elsewhere in a sentence about it, nothing without it."""
        numbers = [i for i, term in enumerate(terms) if term.kind in {"number", "dual"}]
        if not numbers:
            return 0.0
        focus = self._question.focus
        if focus is None:
            return 0.5
        for i in numbers:
            if matched(self._question.concepts[focus], {term.text for term in terms[max(0, i - 2) : i + 4]}):
                return 1.0
        return 0.5 if near[focus] >= LEAST_FOCUS else 0.0

    def held(self, terms: Sequence[Term]) -> Vector:
        """How well a sentence holds each concept: exactly, or by a word near in meaning."""
        present = {term.text for term in terms}
        exact = np.array([matched(concept, present) for concept in self._question.concepts], dtype=np.float64)
        stems = tuple({term.text for term in terms if term.kind == "stem"})
        if not stems or exact.min(initial=1.0) == 1.0:
            return exact
        cosines = (self._meanings @ self._concepts.of_terms(stems).T).max(axis=1)
        soft = np.clip((cosines - _FROM) / (_FULL - _FROM), 0, 1) * _SOFT
        alike = np.array([spelt_alike(own, stems) for own in self._own], dtype=np.float64)
        return np.maximum(exact, np.where(self._plain, np.maximum(soft, alike), 0.0))

    def _metadata(self, article: Article) -> Vector:
        """How well an article's title and dates hold each concept."""
        about = {term.text for term in analyze(article.title)}
        about.update(iso_terms(article.published), iso_terms(article.event_date))
        return _METADATA * np.array([matched(concept, about) for concept in self._question.concepts], dtype=np.float64)

    def _proximity(self, terms: Sequence[Term]) -> float:
        """Rarity share of the concepts within a window of twelve terms, the best one."""
        places = [
            (i, j)
            for i, term in enumerate(terms)
            for j, concept in enumerate(self._question.concepts)
            if any(term.text in one for one, _ in concept.alternatives)
        ]
        best = 0.0
        for first, _ in places:
            inside = {j for i, j in places if first <= i < first + 12}
            best = max(best, float(self._shares[list(inside)].sum()))
        return best


def dated_terms(article: Article, text: str) -> tuple[Term, ...]:
    """The terms of a stretch of an article; a day or month without its year also with the one that the article's date gives it."""
    return _dated_terms(article.published, text)


@lru_cache(maxsize=5_000)  # the same articles are read again and again
def _dated_terms(published: str, text: str) -> tuple[Term, ...]:
    terms = analyze(text)
    if len(published) < 7:
        return tuple(terms)
    year, month = int(published[:4]), int(published[5:7])
    given = {(term.start, term.text[:5]) for term in terms if term.kind == "date" and term.text[1].isdigit()}
    more = []
    for term in terms:
        if term.kind == "date" and term.text.startswith("@--") and not any(start == term.start for start, _ in given):
            meant = year if int(term.text[3:5]) <= month else year - 1
            more.append(Term(f"@{meant}{term.text[2:]}", term.start, term.end, "date"))
    return (*terms, *more)


def matched(concept: Concept, present: set[str]) -> float:
    """The weight of the best alternative all of whose terms are present.

    A month meets a question for a day of it only where no other day of that month is given.
    """
    exact = concept.alternatives[0][0][0] if concept.alternatives else ""
    month = f"{exact[:8]}-" if concept.kind == "date" and len(exact) == len("@2021-07-05") else None
    if month and exact not in present and any(term.startswith(month) for term in present):
        return 0.0
    return max((weight for terms, weight in concept.alternatives if present.issuperset(terms)), default=0.0)


def spelt_alike(own: tuple[str, ...], stems: Sequence[str]) -> float:
    """For a concept of one stem, the likeness of the stem spelt most like it: the share of letter pairs they have in common (Dice)."""
    if len(own) != 1 or len(own[0]) < _LEAST_LETTERS:
        return 0.0
    long = [other for other in stems if len(other) >= _LEAST_LETTERS]
    best = max((likeness(own[0], other) for other in long), default=0.0)
    return _ALIKE_COUNTS * best if best >= _ALIKE else 0.0


@cache
def _stems_of(text: str) -> frozenset[str]:
    return frozenset(stem(word.folded) for word in words(text))


def _timed(terms: Sequence[Term]) -> float:
    if any(term.kind == "time" for term in terms):
        return 1.0
    return 0.6 if any(term.text in _stems_of(_TIMES_OF_DAY) for term in terms) else 0.0


def _dated(terms: Sequence[Term], question: str) -> float:
    """A date; where a year or month was asked for by name, one that gives it."""
    asked = {word.folded for word in words(question)}
    dates = [term.text for term in terms if term.kind == "date"]
    if asked & _YEAR_ASKED:
        return float(any(text[1].isdigit() for text in dates))
    if asked & _MONTH_ASKED:
        return float(any("-" in text for text in dates))
    if dates:
        return 1.0
    return 0.6 if any(term.text in _stems_of(_TIMES) for term in terms) else 0.0
