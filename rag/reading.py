"""What answers a question: retrieved passages to the quotes that answer, or what they lack.

Two small linear models over the features of `rag.evidence` decide, their weights in `weights.toml`: which sentence answers best (`sentence`, one for
articles in the question's language and one for those in the other), and whether the best one answers at all (`answer`). Both weigh the
features by what is asked for: something counted, dated, named, or told.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, get_args

import numpy as np

from rag.asking import QuestionType
from rag.epithets import with_epithets
from rag.evidence import FEATURES, Evidence, Material, Vector, gather
from rag.lacking import Lacking, lacking
from rag.language.characters import fold, script
from rag.language.entities import entities
from rag.language.words import count_words
from rag.model import LONGEST_QUOTE, Passage, Quote
from rag.question import Question

Asked = Literal["counted", "dated", "named", "told"]
Direction = Literal["same", "across"]
ASKED: tuple[Asked, ...] = get_args(Asked)
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
_ASKED: Mapping[QuestionType, Asked] = {
    "how_many": "counted",
    "when": "dated",
    "what_time": "dated",
    "who": "named",
    "who_is": "named",
    "where": "named",
    "which": "named",
    "list": "named",
}
ANSWER_FEATURES = (
    *FEATURES,
    "lead",  # how far the best sentence is ahead of the next
    "across",  # whether its article is in the other language
    "known",  # falls with the share of the question, by rarity, that no article read holds anywhere, from a small one on
)

WRITER = "extractive"
_MOST_QUOTES = 3
_MOST_CLOSE = 24  # sentences
_LEAST_WORDS = 8  # a shorter sentence is quoted with the one before it
_HELD = 0.5  # a concept held less is missing
_KNOWN, _FEW = 0.3, 0.15  # one held less is unknown to the articles; so much of a question may be unknown to them
_FAR_AHEAD = 3.0  # a lead counted as 1
# How a sentence begins that leans on the one before it, where it names nobody first: what it says is added, or said by somebody named there.
_LEANING = re.compile(
    r"(?:و|كما |فيما |بدوره |بدورها )?(?:اضاف|تابع|اردف|استطرد|اوضح|اكد|ذكر|قال|اشار|لفت|شدد|بين|افاد|كان|كانت)(?:ت|وا)?\b"
    r"|.{0,30}\b(?:المصدر|المصدران|المصادر|المتحدث|المسؤول|البيان|التقرير|ذلك|هذا|هذه|ذات)\b"
    r"|(?:he|she|it|they|this|that|these|the (?:source|official|statement))\b"
)
_OPENING = 45  # characters in which whoever speaks is named


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence and its score; the difference of two scores is the log odds that the first answers rather than the second."""

    evidence: Evidence
    score: float


@dataclass(frozen=True, slots=True)
class Close:
    """A sentence that answers about as well as the best one, and the quote it makes."""

    evidence: Evidence
    quote: Quote


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of reading.

    Attributes:
        quoted: what answers, best first; empty where nothing does.
        missing: what of the question no article holds, where nothing answers.
        nearest: what comes closest either way.
        passages: those that another writer may work from: of articles that have the question's dates and known names.
        ranked: the sentences of those articles, best first.
        everything: the sentences of all articles read, best first.
        close: those that answer about as well as the best one, whether or not it answers.
        lacking: what they do not tell, though they tell of what is asked about.
    """

    quoted: tuple[Close, ...]
    missing: tuple[str, ...]
    nearest: tuple[Quote, ...]
    passages: tuple[Passage, ...] = ()
    ranked: tuple[Ranked, ...] = ()
    everything: tuple[Ranked, ...] = ()
    close: tuple[Close, ...] = ()
    lacking: Lacking | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """The linear models.

    Attributes:
        sentence: by direction and what is asked for, one weight for each of FEATURES.
        answer: by what is asked for, one weight for each of ANSWER_FEATURES and a constant.
        least_relative: score below the best one's at which a sentence is still quoted too.
        beside: the same for a neighbour of the best sentence, which is quoted in one with it.
    """

    sentence: Mapping[tuple[Direction, Asked], Vector]
    answer: Mapping[Asked, tuple[Vector, float]]
    least_relative: float
    beside: float


def read(question: Question, rarities: Sequence[float], material: Material) -> Reading:
    """Choose the sentences that answer, or say what the articles lack.

    Args:
        question: as understood.
        rarities: how telling each of its concepts is.
        material: what retrieval found.
    """
    question = with_epithets(question, material)
    evidence = gather(question, rarities, material) if question.concepts else []
    if not evidence:
        return Reading((), tuple(concept.text for concept in question.concepts), ())
    weights = load_weights()
    everything = rank(question, evidence, weights)
    nearest = (quote_of(everything[0].evidence, material),)
    ranked = tuple(one for one in everything if not one.evidence.apart)
    passages = tuple(dict.fromkeys(one.evidence.passage for one in ranked))
    close = _close(ranked, material, weights) if ranked else ()
    lacks = lacking(question, _quotable(close[:_MOST_QUOTES], ranked))
    if not ranked or lacks or not answers(question, ranked, weights):
        return Reading((), _missing(question, evidence), nearest, passages, ranked, everything, close, lacks)
    return Reading(close[:_MOST_QUOTES], (), nearest, passages, ranked, everything, close)


def asked_kind(question: Question) -> Asked:
    """What the models tell questions apart by."""
    return _ASKED.get(question.type, "told")


def direction(question: Question, evidence: Evidence) -> Direction:
    """Whether a sentence is of an article in the question's language."""
    return "same" if script(evidence.passage.text) == question.language else "across"


def rank(question: Question, evidence: Sequence[Evidence], weights: Weights) -> tuple[Ranked, ...]:
    """Every sentence with its score, best first; of equal ones that which was found first."""
    asked = asked_kind(question)
    firsts = {one.passage.article_id: one for one in reversed(evidence)}
    directions = {article_id: direction(question, one) for article_id, one in firsts.items()}
    vectors = [weights.sentence[directions[one.passage.article_id], asked] for one in evidence]
    scores = np.einsum("sf,sf->s", np.array([one.features for one in evidence]), np.array(vectors))
    return tuple(Ranked(evidence[i], float(scores[i])) for i in np.argsort(-scores, kind="stable"))


def answers(question: Question, ranked: Sequence[Ranked], weights: Weights) -> bool:
    """Whether the best sentence answers, as the answer model has it."""
    vector, constant = weights.answer[asked_kind(question)]
    return float(answer_features(question, ranked) @ vector) + constant > 0


def _quotable(close: Sequence[Close], ranked: Sequence[Ranked]) -> list[Evidence]:
    """The sentences that the first quotes would hold."""
    return [one.evidence for one in ranked if any(_holds(each.quote, one.evidence) for each in close)]


def _holds(quote: Quote, evidence: Evidence) -> bool:
    sentence = evidence.sentence
    return (
        quote.article_id == evidence.passage.article_id and quote.start <= sentence.start and sentence.end <= quote.end
    )


def answer_features(question: Question, ranked: Sequence[Ranked]) -> Vector:
    """What the answer model judges by, one value for each of ANSWER_FEATURES."""
    best = ranked[0]
    lead = min(1.0, (best.score - ranked[1].score) / _FAR_AHEAD) if len(ranked) > 1 else 1.0
    across = float(direction(question, best.evidence) == "across")
    return np.append(best.evidence.features, [lead, across, _known([one.evidence for one in ranked])])


def _known(evidence: Sequence[Evidence]) -> float:
    held = np.max([one.anywhere for one in evidence], axis=0)
    unknown = float(evidence[0].shares[held < _KNOWN].sum())
    return 1 - max(0.0, unknown - _FEW) / (1 - _FEW)


def _missing(question: Question, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The concepts that no article read holds."""
    held = np.max([one.anywhere for one in evidence], axis=0)
    return tuple(concept.text for concept, best in zip(question.concepts, held, strict=True) if best < _HELD)


def _close(ranked: Sequence[Ranked], material: Material, weights: Weights) -> tuple[Close, ...]:
    """The best sentences as quotes, best first; one that overlaps another is joined to it where both together are still a quote."""
    best, *others = ranked
    close = [Close(best.evidence, _widened(ranked, material, weights.beside))]
    for one in others[:_MOST_CLOSE]:
        if one.score < best.score - weights.least_relative:
            break
        quote = quote_of(one.evidence, material)
        overlapped = next((i for i, other in enumerate(close) if _overlap(quote, other.quote)), None)
        if overlapped is None:
            close.append(Close(one.evidence, quote))
        elif (joined := _joined(quote, close[overlapped].quote, material)) is not None:
            close[overlapped] = Close(close[overlapped].evidence, joined)
    return tuple(one for i, one in enumerate(close) if not any(_overlap(one.quote, other.quote) for other in close[:i]))


def _widened(ranked: Sequence[Ranked], material: Material, margin: float) -> Quote:
    """The best sentence; with the neighbour that answers nearly as well, where both together are still a quote."""
    best = ranked[0]
    quote = quote_of(best.evidence, material)
    for one in ranked[1:]:
        if one.score < best.score - margin:
            break
        same = one.evidence.passage.article_id == best.evidence.passage.article_id
        if same and abs(one.evidence.index - best.evidence.index) == 1:
            return _joined(quote, _sentence_quote(one.evidence, material), material) or quote
    return quote


def _overlap(one: Quote, other: Quote) -> bool:
    return one.article_id == other.article_id and one.start < other.end and other.start < one.end


def _joined(one: Quote, other: Quote, material: Material) -> Quote | None:
    """Both quotes as one, if that is of at most two sentences, none of them a heading, and not too long."""
    start, end = min(one.start, other.start), max(one.end, other.end)
    text = material.articles[one.article_id].text[start:end]
    sentences = [s for s in material.sentences[one.article_id] if start <= s.start and s.end <= end]
    around = next(
        (p for p, _ in material.passages if p.article_id == one.article_id and p.start <= start and end <= p.end), None
    )
    fits = (
        len(sentences) <= 2
        and not any(sentence.heading for sentence in sentences)
        and count_words(text) <= LONGEST_QUOTE
    )
    return Quote(one.article_id, start, end, text, around) if around and fits else None


def quote_of(one: Evidence, material: Material) -> Quote:
    """The sentence; with the one before it where it is too short to stand alone or leans on it."""
    quote = _sentence_quote(one, material)
    if one.index and (count_words(quote.text) < _LEAST_WORDS or _leans(quote.text)):
        before = material.sentences[quote.article_id][one.index - 1]
        if not before.heading:
            text = material.articles[quote.article_id].text[before.start : before.end]
            earlier = Quote(quote.article_id, before.start, before.end, text, one.passage)
            return _joined(quote, earlier, material) or quote
    return quote


def _leans(sentence: str) -> bool:
    """Whether a sentence speaks of somebody or something that only the one before it names."""
    if not _LEANING.match(fold(sentence)):
        return False
    return not any(one.named and one.kind != "place" and one.start < _OPENING for one in entities(sentence))


def _sentence_quote(one: Evidence, material: Material) -> Quote:
    article = material.articles[one.passage.article_id]
    start, end = one.sentence.start, one.sentence.end
    return Quote(article.id, start, end, article.text[start:end], one.passage)


@cache
def load_weights() -> Weights:
    """The weights that ship with the package."""
    tables = tomllib.loads(resources.files("rag").joinpath("weights.toml").read_text(encoding="utf-8"))
    sentence, answer = tables["sentence"], tables["answer"]
    return Weights(
        sentence={(d, a): _vector(sentence[d][a], FEATURES) for d in DIRECTIONS for a in ASKED},
        answer={a: (_vector(answer[a], ANSWER_FEATURES), answer[a]["constant"]) for a in ASKED},
        least_relative=tables["quotes"]["least_relative"],
        beside=tables["quotes"]["beside"],
    )


def _vector(table: Mapping[str, float], features: Sequence[str]) -> Vector:
    return np.array([table[feature] for feature in features], dtype=np.float64)
