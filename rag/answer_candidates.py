"""What in a sentence could be the answer: its stretches of the kind that a question asks for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rag.asking import asks_for_name
from rag.language.analyzer import Term, analyze
from rag.language.characters import is_arabic
from rag.language.entities import Entity, entities
from rag.language.part_of_day import times_of_day
from rag.language.quantities import Quantity, quantities
from rag.language.stem import stem
from rag.language.vocabulary import vocabulary
from rag.language.words import words
from rag.measure import asked_for, told_in
from rag.question import Concept, Question

CandidateKind = Literal["quantity", "date", "time", "place", "person", "group", "name", "cause", "speech"]

# A quantity of what is asked for; in a unit of the measure asked for; of something near it in meaning; untold of what; of another measure.
_COUNTED, _MEASURED, _RELATED, _UNTOLD, _OTHER = 1.0, 0.9, 0.6, 0.3, 0.1
_WEEKDAY, _WORD_OF_TIME, _PART_OF_DAY = 0.6, 0.5, 0.6
_UNNAMED, _GROUP = 0.6, 0.7  # a person without a name, or a group, where a person is asked for
_ENTITY = 0.5  # any entity, where "which" does not tell of what kind
_MATCHED = 0.5

_LONGEST_TITLE = 5  # words
_TITLE = re.compile(r"[\"«“]([^\"«»“”\n]{2,60})[\"»”]")
_LATIN = re.compile(r"((?<![A-Za-z])[A-Z][A-Za-z]+(?:[ -][A-Z0-9][A-Za-z0-9]*)*)")
_CALLED = re.compile(
    r"(?:\b(?:[يت]?سم[ىي]|[يت]دع[ىي]|اسم[هـ]ا?|باسم|بعنوان|[يت]عرف ب|الملق[بّ]+ ب)|\b(?:called|named|titled|entitled|known as))"
    r"\s*[:\"«“]?(\w+(?: \w+){0,2})"
)

_TIMES = """
    أمس اليوم الماضي الماضية قبل منذ مطلع أوائل أواخر شهر أسبوع عام غدا المقبل القادم الجاري yesterday today tomorrow last next ago week month
"""
_CAUSES = """
    بسبب أسباب لأن نتيجة جراء رد إثر عقب هدف بهدف أجل احتجاج انتقام ذريعة استجابة إطار سعي ضغط غرض غاية حماية منع تعزيز مكافحة محاربة
    نظرا بفضل ردا خشية خوفا تحسبا تجنبا دفع أدى لذلك because due owing caused reason order prevent protest retaliation result led
"""


@dataclass(frozen=True, slots=True)
class AnswerCandidate:
    """A stretch of a sentence that may be the answer.

    Attributes:
        kind: what it is.
        text: as written, `sentence[start:end]`.
        start: offset in the sentence, in code points.
        end: the offset after it.
        fit: how surely it is of the kind asked for, in (0, 1].
        term: the canonical form of a date or time.
        quantity: what was read of it, where it is a quantity.
        entity: what was read of it, where it is a person, place or group.
    """

    kind: CandidateKind
    text: str
    start: int
    end: int
    fit: float
    term: str | None = None
    quantity: Quantity | None = None
    entity: Entity | None = None


def answer_candidates(question: Question, sentence: str) -> tuple[AnswerCandidate, ...]:
    """The stretches of a sentence that may answer, in order; none for a question whose answers look like nothing in particular.

    What the question itself names is no answer to it.
    """
    match question.type:
        case "how_many":
            found = _quantities(question, sentence)
        case "when":
            found = _dates(question, sentence)
        case "what_time":
            found = _times(sentence)
        case "where" | "who" | "which" | "list":
            found = _entities(question, sentence)
        case "who_is":
            found = _roles(question, sentence)
        case "what" if asks_for_name(question.text):
            found = _names(question, sentence)
        case "why":
            found = _words(sentence, _CAUSES, "cause", 1.0)
        case _:
            found = iter(())
    return tuple(sorted(found, key=lambda one: (one.start, -one.end)))


def _quantities(question: Question, sentence: str) -> Iterator[AnswerCandidate]:
    asked = {term.text for term in analyze(question.text) if term.kind == "number"}
    for one in quantities(sentence):
        if f"#{one.value:.12g}" not in asked:
            yield AnswerCandidate("quantity", one.text, one.start, one.end, _counts(question, one), quantity=one)


def _counts(question: Question, quantity: Quantity) -> float:
    """How surely a quantity is of what is asked for."""
    head, units = _units(quantity)
    weight = _weight(question.concepts[question.focus], head) if question.focus is not None else 0.0
    if weight >= _MATCHED:
        return _COUNTED
    asked, told = asked_for(question.text), told_in(head)
    if asked & told:
        return _MEASURED
    if weight > 0 or (question.focus is not None and _weight(question.concepts[question.focus], units)):
        return _RELATED
    return _OTHER if asked and told else _UNTOLD


def _units(quantity: Quantity) -> tuple[set[str], set[str]]:
    """The stems of what a quantity counts: of the noun, and of all the words that say it."""
    said = [stem(word.folded) for word in words(quantity.unit or "")]
    if quantity.unit_stem:
        noun = {stem(quantity.unit_stem), quantity.unit_stem}
        first = (
            said[:1] if is_arabic(quantity.unit or "") else said[-1:]
        )  # the head comes first in Arabic, last in English
        return noun.union(first), noun.union(said)
    return set(), set(said)


def _weight(concept: Concept, present: set[str]) -> float:
    return max((weight for ways, weight in concept.alternatives if not present.isdisjoint(ways)), default=0.0)


def _dates(question: Question, sentence: str) -> Iterator[AnswerCandidate]:
    asked = {
        term
        for concept in question.concepts
        if concept.kind == "date"
        for way, _ in concept.alternatives
        for term in way
    }
    told: set[tuple[int, int]] = set()
    for term in _terms(sentence):
        if term.kind == "date" and (term.start, term.end) not in told:
            told.add((term.start, term.end))
            if term.text not in asked:
                fit = _WEEKDAY if term.text.startswith("@w") else 1.0
                yield AnswerCandidate("date", sentence[term.start : term.end], term.start, term.end, fit, term.text)
    yield from _words(sentence, _TIMES, "date", _WORD_OF_TIME)


def _times(sentence: str) -> Iterator[AnswerCandidate]:
    for one in times_of_day(sentence):
        term = f"~{one.minutes // 60:02}:{one.minutes % 60:02}" if one.minutes is not None and one.told else None
        fit = _PART_OF_DAY if one.minutes is None else 1.0
        yield AnswerCandidate("time", sentence[one.start : one.end], one.start, one.end, fit, term)


def _entities(question: Question, sentence: str) -> Iterator[AnswerCandidate]:
    own = _named(question)
    for one in entities(sentence):
        fit = _fits(question, one)
        if fit and not _is_asked(one, own):
            yield AnswerCandidate(one.kind, one.text, one.start, one.end, fit, entity=one)


def _fits(question: Question, entity: Entity) -> float:
    if question.type == "where":
        return float(entity.kind == "place")
    if question.type == "who" and asks_for_name(question.text):
        return float(entity.kind == "person" and entity.named)
    if question.type == "who":
        return {"person": 1.0 if entity.named else _UNNAMED, "group": _GROUP}.get(entity.kind, 0.0)
    return _ENTITY


def _names(question: Question, sentence: str) -> Iterator[AnswerCandidate]:
    """Names of any kind: of persons, places and groups, in Latin letters, in quotation marks, and whatever is said to be called so."""
    own = _named(question)
    known = [one for one in entities(sentence) if one.named]
    for one in known:
        if not _is_asked(one, own):
            yield AnswerCandidate(one.kind, one.text, one.start, one.end, 1.0, entity=one)
    for match in (*_TITLE.finditer(sentence), *_LATIN.finditer(sentence), *_CALLED.finditer(sentence)):
        start, end = match.span(1)
        said = words(match[1])
        apart = all(one.end <= start or end <= one.start for one in known)
        if apart and len(said) <= _LONGEST_TITLE and any(stem(word.folded) not in own for word in said):
            yield AnswerCandidate("name", match[1], start, end, 1.0)


def _roles(question: Question, sentence: str) -> Iterator[AnswerCandidate]:
    """The roles of the persons that the question names."""
    own = _named(question)
    for one in entities(sentence):
        if one.role and one.role_start is not None and one.role_end is not None and _is_asked(one, own):
            yield AnswerCandidate("person", one.role, one.role_start, one.role_end, 1.0, entity=one)


def _named(question: Question) -> frozenset[str]:
    return frozenset(
        term
        for concept in question.concepts
        for way, weight in concept.alternatives
        if weight >= _MATCHED
        for term in way
    )


def _is_asked(entity: Entity, own: frozenset[str]) -> bool:
    """Whether the question names an entity: at least half of the words that are its own, not those for what it is (*city* of Basra)."""
    found = words(entity.text)
    proper = [word for word in found if word.folded.removeprefix("ال") not in vocabulary()] or found[1:] or found
    proper = found if entity.kind == "person" else proper
    return 2 * sum(stem(word.folded) in own for word in proper) >= len(proper)


@lru_cache(maxsize=5_000)  # the same sentences are read again and again
def _terms(sentence: str) -> tuple[Term, ...]:
    return tuple(analyze(sentence))


def _words(sentence: str, listed: str, kind: CandidateKind, fit: float) -> Iterator[AnswerCandidate]:
    wanted = _stems_of(listed)
    for word in words(sentence):
        if stem(word.folded) in wanted:
            yield AnswerCandidate(kind, sentence[word.start : word.end], word.start, word.end, fit)


@cache
def _stems_of(listed: str) -> frozenset[str]:
    return frozenset(stem(word.folded) for word in words(listed))


def places(candidate: AnswerCandidate, terms: Sequence[Term]) -> tuple[int, int]:
    """Where a candidate stands among its sentence's terms: of the first that it holds, and of the one after the last.

    Twice the same where it is of function words, which are no terms.
    """
    inside = [i for i, term in enumerate(terms) if candidate.start < term.end and term.start < candidate.end]
    if inside:
        return inside[0], inside[-1] + 1
    before = sum(term.end <= candidate.start for term in terms)
    return before, before
