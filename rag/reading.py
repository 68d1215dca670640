"""The extractive writer: retrieved passages to a draft made of verbatim quotes, or what they lack.

Two small linear models over the features of `rag.evidence` decide, their weights in `weights.toml`: which sentence answers best (`sentence`), and
whether the best one answers at all (`answer`).
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from rag.evidence import FEATURES, LEAST_FOCUS, Evidence, Material, Vector, gather
from rag.language.characters import script
from rag.language.words import count_words
from rag.model import LONGEST_QUOTE, Draft, DraftSentence, Passage, Quote
from rag.question import Question

WRITER = "extractive"
_MOST_QUOTES = 3
_LEAST_WORDS = 8  # a shorter sentence is quoted with the one before it
_HELD = 0.5  # a concept held less is missing
# What a question of these types asks for can be told by the look of it; a sentence without it does not answer.
_TOLD = frozenset({"how_many", "when", "what_time"})


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of reading: a draft, or None and what is missing; `nearest` comes closest either way.

    `passages` are those that another writer may work from: of articles that have the question's dates and known names.
    """

    draft: Draft | None
    missing: tuple[str, ...]
    nearest: tuple[Quote, ...]
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """The two linear models: one weight a feature, and of `answer` its constants."""

    sentence: Vector
    answer: Vector
    constant: float
    across_languages: float  # added where question and article are not in one language
    least_relative: float  # score below the best one's at which a sentence is still quoted too


def read(question: Question, rarities: Sequence[float], material: Material) -> Reading:
    """Choose the sentences that answer, or say what the articles lack.

    Args:
        question: as understood.
        rarities: how telling each of its concepts is.
        material: what retrieval found.
    """
    evidence = gather(question, rarities, material) if question.concepts else []
    if not evidence:
        return Reading(None, tuple(concept.text for concept in question.concepts), ())
    weights = load_weights()
    scores = np.array([one.features for one in evidence]) @ weights.sentence
    order = np.lexsort((np.arange(len(scores)), -scores))
    ranked = [(evidence[i], float(scores[i])) for i in order]
    nearest = (_quote(ranked[0][0], material),)
    fit = [(one, score) for one, score in ranked if not one.apart]
    passages = tuple(dict.fromkeys(one.passage for one, _ in fit))
    best = _best_of_its_kind(question, fit)
    if best is None or not _answers(question, best[0], material, weights):
        return Reading(None, _missing(question, evidence), nearest, passages)
    close = [one for one, score in fit if score >= best[1] - weights.least_relative and one is not best[0]]
    quotes = _quotes([best[0], *close], material)
    sentences = tuple(DraftSentence(f"«{quote.text}»", quotes=(quote,)) for quote in quotes)
    return Reading(Draft(WRITER, sentences), (), nearest, passages)


def answer_features(question: Question, best: Evidence, material: Material) -> Vector:
    """What the second model judges by: the best sentence's features, and whether it is in another language."""
    across = script(material.articles[best.passage.article_id].text) != question.language
    return np.append(best.features, float(across))


def _answers(question: Question, best: Evidence, material: Material, weights: Weights) -> bool:
    model = np.append(weights.answer, weights.across_languages)
    return float(answer_features(question, best, material) @ model) + weights.constant > 0


def _best_of_its_kind(question: Question, ranked: Sequence[tuple[Evidence, float]]) -> tuple[Evidence, float] | None:
    """The best sentence that may answer, and its score.

    The thing asked about ("which *hospital*") must stand in it or beside it, and where the kind of answer can be told, it must carry it.
    """
    kind, focus = FEATURES.index("kind"), FEATURES.index("focus")

    def may_answer(one: Evidence) -> bool:
        there = question.focus is None or one.features[focus] >= LEAST_FOCUS
        return bool(there and (question.type not in _TOLD or one.features[kind] > 0))

    return next((one for one in ranked if may_answer(one[0])), None)


def _missing(question: Question, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The concepts that no article read holds."""
    held = np.max([one.anywhere for one in evidence], axis=0)
    return tuple(concept.text for concept, best in zip(question.concepts, held, strict=True) if best < _HELD)


def _quotes(chosen: Sequence[Evidence], material: Material) -> tuple[Quote, ...]:
    """The sentences' quotes, best first; one that overlaps another is joined to it where both together are still a quote."""
    quotes: list[Quote] = []
    for one in chosen:
        quote = _quote(one, material)
        overlapped = next((i for i, other in enumerate(quotes) if _overlap(quote, other)), None)
        if overlapped is None:
            quotes.append(quote)
        elif (joined := _joined(quote, quotes[overlapped], material)) is not None:
            quotes[overlapped] = joined
    return tuple(quotes[:_MOST_QUOTES])


def _overlap(one: Quote, other: Quote) -> bool:
    return one.article_id == other.article_id and one.start < other.end and other.start < one.end


def _joined(one: Quote, other: Quote, material: Material) -> Quote | None:
    """Both quotes as one, if that is of at most two sentences and not too long."""
    start, end = min(one.start, other.start), max(one.end, other.end)
    text = material.articles[one.article_id].text[start:end]
    sentences = [s for s in material.sentences[one.article_id] if start <= s.start and s.end <= end]
    fits = len(sentences) <= 2 and count_words(text) <= LONGEST_QUOTE
    return Quote(one.article_id, start, end, text, one.passage) if fits else None


def _quote(one: Evidence, material: Material) -> Quote:
    """The sentence; with the one before it where it is too short to stand alone."""
    article = material.articles[one.passage.article_id]
    sentences = material.sentences[article.id]
    start, end = one.sentence.start, one.sentence.end
    if one.index and count_words(article.text[start:end]) < _LEAST_WORDS:
        before = sentences[one.index - 1]
        fits = count_words(article.text[before.start : end]) <= LONGEST_QUOTE
        if fits and not before.heading and one.passage.start <= before.start:
            start = before.start
    return Quote(article.id, start, end, article.text[start:end], one.passage)


@cache
def load_weights() -> Weights:
    """The weights that ship with the package."""
    tables = tomllib.loads(resources.files("rag").joinpath("weights.toml").read_text(encoding="utf-8"))
    return Weights(
        sentence=_by_feature(tables["sentence"]),
        answer=_by_feature(tables["answer"]["features"]),
        constant=tables["answer"]["constant"],
        across_languages=tables["answer"]["across_languages"],
        least_relative=tables["quotes"]["least_relative"],
    )


def _by_feature(table: Mapping[str, float]) -> Vector:
    return np.array([table[feature] for feature in FEATURES], dtype=np.float64)
