"""The short answer: the number, date, time, place or person asked for, where one is certain, in the question's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer_candidates import AnswerCandidate
from rag.event_date import label, told_dates
from rag.evidence import FEATURES, Evidence, Material
from rag.language.characters import is_arabic, script
from rag.language.gloss import gloss
from rag.language.romanize import romanize
from rag.model import Article, Language, Quote, ShortAnswer
from rag.question import Question
from rag.reading import Ranked
from rag.sentence_terms import dated_terms

# How likely a candidate must be to be shown alone, more where sentences name many persons and places; how far ahead of another one in its
# sentence; and how far ahead the sentence itself (in log odds). Of the news of training/ and tests/grounding/ nine of ten such are right.
_CERTAIN, _CERTAIN_OF_NAMES = 0.75, 0.85
_AHEAD, _LEAD = 0.15, 0.5
_PRESENT, _NAMED = 0.6, 0.5  # of the question's concepts the share that the sentence must hold, and its names and dates
_BOUNDS = {
    "at_least": "at least",
    "at_most": "at most",
    "about": "about",
    "more_than": "more than",
    "less_than": "less than",
}
_ASKED_IN_SHORT = frozenset({"how_many", "when", "what_time", "where", "who", "who_is"})
_NOON = 12


@dataclass(frozen=True, slots=True)
class Told:
    """One value that a sentence tells: `key` is the same for all ways of telling it."""

    evidence: Evidence
    candidate: AnswerCandidate
    key: str


def told(question: Question, evidence: Evidence, article: Article) -> Told | None:
    """The value that a sentence gives to what is asked for; None where none is certain."""
    if question.type not in _ASKED_IN_SHORT or not evidence.candidates:
        return None
    features = dict(zip(FEATURES, evidence.features, strict=True))
    if features["present"] < _PRESENT or features["least_name"] < _NAMED:
        return None
    best, likely = evidence.candidates[0]
    key = _key(best, article)
    others = [rate for one, rate in evidence.candidates[1:] if _key(one, article) != key]
    certain = _CERTAIN_OF_NAMES if question.type in {"who", "where"} else _CERTAIN
    if likely < certain or best.fit < _CERTAIN or likely - max(others, default=0.0) < _AHEAD:
        return None
    return Told(evidence, best, key)


def short_answer(
    question: Question, language: Language, ranked: Sequence[Ranked], quote: Quote, material: Material
) -> ShortAnswer | None:
    """What the best sentence gives; None where it is not certain.

    Args:
        question: as understood.
        language: to say it in.
        ranked: the sentences, best first.
        quote: the first of the answer.
        material: what they are from.
    """
    best = ranked[0].evidence
    article = material.articles[best.passage.article_id]
    found = told(question, best, article)
    start = best.sentence.start + (found.candidate.start if found else 0)
    within = quote.article_id == article.id and quote.start <= start < quote.end
    if found is None or not within or _lead(question, found, ranked, material) < _LEAD:
        return None
    text = said(found.candidate, language, article, best)
    return ShortAnswer(text, found.candidate.kind, found.key, found.candidate.text, (quote,)) if text else None


def _lead(question: Question, found: Told, ranked: Sequence[Ranked], material: Material) -> float:
    """How far the best sentence is ahead of the first one that does not give the same."""
    for one in ranked[1:]:
        other = told(question, one.evidence, material.articles[one.evidence.passage.article_id])
        if other is None or other.key != found.key:
            return ranked[0].score - one.score
    return _LEAD


def said(candidate: AnswerCandidate, language: Language, article: Article, evidence: Evidence) -> str:
    """A candidate as it is said in a language; empty where it cannot be."""
    written = script(candidate.text)
    if candidate.kind == "date":
        return _date(candidate, language, article, evidence)
    if candidate.kind == "time" and language == "en" and written != "en":
        return _time(_key(candidate, article))
    if written in {language, None}:
        return _named(candidate) if candidate.entity else candidate.text
    return _translated(candidate) if language == "en" else ""


def _date(candidate: AnswerCandidate, language: Language, article: Article, evidence: Evidence) -> str:
    sentence = article.text[evidence.sentence.start : evidence.sentence.end]
    exact = next((one for one in told_dates(article, sentence) if one.start <= candidate.start < one.end), None)
    if exact:
        return label(exact.iso, language)
    return candidate.text if script(candidate.text) == language else ""


def _time(canonical: str) -> str:
    """A canonical time as English says it (~14:45: 2:45 pm); a part of the day has none."""
    if not canonical.startswith("~"):
        return ""
    hour, minute = map(int, canonical[1:].split(":"))
    return f"{hour % _NOON or _NOON}:{minute:02} {'pm' if hour >= _NOON else 'am'}"


def _named(candidate: AnswerCandidate) -> str:
    """A person with their role, a place, a group, as written."""
    entity = candidate.entity
    if entity is None or not entity.role or candidate.text == entity.role:
        return candidate.text
    comma = "،" if is_arabic(candidate.text[0]) else ","
    return f"{candidate.text}{comma} {entity.role}"


def _translated(candidate: AnswerCandidate) -> str:
    """What is written in Arabic, word for word in English; names by their sound."""
    entity = candidate.entity
    if entity is None or entity.kind != "person" or candidate.text == entity.role:
        return gloss(candidate.text)
    return ", ".join([romanize(candidate.text), *([gloss(entity.role)] if entity.role else [])])


def _key(candidate: AnswerCandidate, article: Article) -> str:
    """What is the same for all ways of telling a value."""
    if candidate.quantity:
        return f"{candidate.quantity.value:.12g}"
    if candidate.term:
        return candidate.term
    terms = dated_terms(article, candidate.text)
    precise = sorted((term.text for term in terms if term.kind in {"date", "time"} and term.text[1] != "-"), key=len)
    return precise[-1] if precise else " ".join(term.text for term in terms) or candidate.text
