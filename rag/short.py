"""The short answer: the number, date, time, place or person asked for, where one is certain, in the question's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer_candidates import AnswerCandidate, CandidateKind
from rag.asking import QuestionType
from rag.event_date import label, told_dates
from rag.evidence import FEATURES, Evidence, Material
from rag.language.characters import fold, is_arabic, script
from rag.language.cues import cues
from rag.language.dates import iso_terms
from rag.language.gloss import gloss
from rag.language.readings import readings
from rag.language.romanize import romanize
from rag.language.senses import spelling
from rag.language.words import Word, words
from rag.measure import asked_for
from rag.model import Article, Language, Quote, ShortAnswer
from rag.phrases import phrase
from rag.question import Question
from rag.reading import Ranked
from rag.relation import Filler, asked, relation
from rag.relation.meeting_points import points
from rag.sentence_terms import dated_terms
from rag.short_dates import date_beside_verb, fits_question

# How likely a candidate must be to be shown alone, more where sentences name many persons and places; how far ahead of another one in its
# sentence; and how far ahead the sentence itself (in log odds). Of the news of training/ and tests/grounding/ nine of ten such are right.
_CERTAIN, _CERTAIN_OF_NAMES = 0.75, 0.85
_AHEAD, _LEAD = 0.15, 0.5
_PRESENT, _NAMED = 0.6, 0.5  # of the question's concepts the share that the sentence must hold, and its names and dates
_PRESENT_OF_COUNT = 0.7  # of a question for a number: many sentences count the same things
# Where a sentence has one candidate only: how surely it is of the kind asked for, and any other at most; how likely; and what share must be held.
_SOLE: dict[QuestionType, tuple[float, float, float, float]] = {
    "how_many": (0.6, 0.3, 0.5, 0.75),
    "what_time": (1.0, 0.6, 0.35, 0.6),
    "when": (1.0, 0.6, 0.55, 0.8),
}
_LEAD_OF_SOLE_DATE = 1.0  # a date may be of the saying rather than of what is said
_ASKED_IN_SHORT = frozenset({"how_many", "when", "what_time", "where", "who", "who_is"})
_OF_SLOTS = frozenset({"where", "who", "which"})  # answered by what stands in a slot of the verb
_KINDS: dict[QuestionType, CandidateKind] = {"where": "place", "who": "person"}
_FILLED, _APART, _PRESENT_OF_SLOT = (
    0.7,
    0.1,
    0.4,
)  # how surely it must, how far ahead of another, and the share of concepts to be held
_ENDS, _ITSELF = 2, 0.9  # of a distance; how well a name must be met to be meant itself
_NOON = 12


@dataclass(frozen=True, slots=True)
class Told:
    """One value that a sentence tells: `key` is the same for all ways of telling it."""

    evidence: Evidence
    candidate: AnswerCandidate
    key: str


def told(question: Question, evidence: Evidence, article: Article) -> Told | None:
    """The value that a sentence gives to what is asked for; None where none is certain."""
    if question.type in _OF_SLOTS:
        return _filled(question, evidence, article)
    if question.type not in _ASKED_IN_SHORT or not evidence.candidates:
        return None
    if not _holds(evidence, _PRESENT_OF_COUNT if question.type == "how_many" else _PRESENT):
        return None
    best, likely = evidence.candidates[0]
    key = _key(best, article)
    others = [rate for one, rate in evidence.candidates[1:] if _key(one, article) != key]
    certain = _CERTAIN_OF_NAMES if question.type in {"who", "where"} else _CERTAIN
    if likely < certain or best.fit < _CERTAIN or likely - max(others, default=0.0) < _AHEAD:
        return None
    return Told(evidence, best, key)


def _filled(question: Question, evidence: Evidence, article: Article) -> Told | None:
    """What fills the slot that a question asks for, where one thing surely does."""
    text = article.text[evidence.sentence.start : evidence.sentence.end]
    found = relation(question, evidence, article)
    if found is None or not found.fillers or not _tells_of(question, evidence):
        return None
    first, *others = found.fillers
    best = _of_filler(question, text, first)
    key = _key(best, article)
    rival = max(
        (one.strength for one in others if not _agree(_key(_of_filler(question, text, one), article), key)), default=0.0
    )
    if first.strength < _FILLED or first.strength - rival < _APART:
        return None
    return Told(evidence, best, key)


def _tells_of(question: Question, evidence: Evidence) -> bool:
    """Whether a sentence holds a share of the question's concepts, and it or its article every name: its grammar tells the rest."""
    features = dict(zip(FEATURES, evidence.features, strict=True))
    names = (held for one, held in zip(question.concepts, evidence.anywhere, strict=True) if one.kind == "name")
    return bool(features["present"] >= _PRESENT_OF_SLOT and min(names, default=1.0) >= _NAMED)


def _of_filler(question: Question, sentence: str, filler: Filler) -> AnswerCandidate:
    kind: CandidateKind = filler.entity.kind if filler.entity else _KINDS.get(question.type, "name")
    text = sentence[filler.start : filler.end]
    return AnswerCandidate(kind, text, filler.start, filler.end, filler.strength, entity=filler.entity)


def _agree(one: str, other: str) -> bool:
    """Whether two keys may be of the same: of a name the one may be a part of the other."""
    first, second = set(one.split()), set(other.split())
    return first <= second or second <= first


def _holds(evidence: Evidence, present: float) -> bool:
    """Whether a sentence holds the names of the question, and a share of its concepts."""
    features = dict(zip(FEATURES, evidence.features, strict=True))
    return bool(features["present"] >= present and features["least_name"] >= _NAMED)


def _sole(question: Question, evidence: Evidence, article: Article) -> Told | None:
    """The count, time or date of a sentence that tells only one, which need not stand near what is asked about; else None."""
    if question.type not in _SOLE or not evidence.candidates:
        return None
    fit, other, certain, present = _SOLE[question.type]
    best, likely = evidence.candidates[0]
    key = _key(best, article)
    alone = all(one.fit <= other or _key(one, article) == key for one, _ in evidence.candidates[1:])
    if best.fit < fit or likely < certain or not alone or not _holds(evidence, present):
        return None
    return Told(evidence, best, key)


def _beside(question: Question, evidence: Evidence, article: Article) -> Told | None:
    """The date that stands with the verb asked about, of a sentence that holds the question."""
    if question.type != "when" or not _holds(evidence, _PRESENT_OF_COUNT):
        return None
    candidate = date_beside_verb(question, evidence, article)
    return Told(evidence, candidate, _key(candidate, article)) if candidate else None


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
    at = next((i for i, one in enumerate(ranked) if _is_quoted(one.evidence, quote)), None)
    if at is None:
        return None
    best = ranked[at].evidence
    article = material.articles[best.passage.article_id]
    near = told(question, best, article)
    ways = (near, _sole(question, best, article), _beside(question, best, article))
    found = next((one for one in ways if one and _answers(question, one, article)), None)
    if found is None or not _is_quoted(best, quote, found.candidate.start):
        return None
    slot = question.type in _OF_SLOTS
    if not all(_tells(question, one, found, material, silent=slot) for one in ranked[:at]):
        return None  # of another event, which the answer does not begin with, another value is told
    least = _LEAD_OF_SOLE_DATE if question.type == "when" and found is not near else _LEAD
    if _lead(question, found, ranked[at:], material) < least:
        return None
    text = said(found.candidate, language, article, best)
    return ShortAnswer(text, found.candidate.kind, found.key, found.candidate.text, (quote,)) if text else None


def _is_quoted(evidence: Evidence, quote: Quote, offset: int = 0) -> bool:
    """Whether a quote holds a sentence from an offset in it on."""
    start = evidence.sentence.start + offset
    return quote.article_id == evidence.passage.article_id and quote.start <= start < quote.end


def _answers(question: Question, found: Told, article: Article) -> bool:
    """Whether a value is what the question asks for: of its date, no bare rank of a person, and not one person where several are asked for."""
    if _is_of_another_date(question, found.evidence, article):
        return False
    if question.type == "how_many" and not _holds_both_ends(question, found.evidence, article):
        return False
    if question.type == "when" and not fits_question(question, found.candidate, found.evidence, article):
        return False
    if question.type in _OF_SLOTS and _asks_for_several(question) and found.candidate.entity is not None:
        return False
    if question.type == "who_is":
        return fold(found.candidate.text).removeprefix("ال") not in cues("person", "honorifics")
    focus = question.concepts[question.focus].text if question.type == "who" and question.focus is not None else ""
    return fold(focus).removeprefix("ال") not in cues("person", "plurals")


def _holds_both_ends(question: Question, evidence: Evidence, article: Article) -> bool:
    """Whether a sentence names both ends of a distance themselves (البغدادي is not Baghdad)."""
    names = {i for i, one in enumerate(question.concepts) if one.kind == "name"}
    if "distance" not in asked_for(question.text) or len(names) < _ENDS:
        return True
    met = points(question, article.text[evidence.sentence.start : evidence.sentence.end])
    return names <= {one.concept for one in met if one.weight >= _ITSELF}


def _asks_for_several(question: Question) -> bool:
    """Whether the noun that tells of what kind the answer is stands in the plural."""
    wanted = asked(question)
    if wanted is None or wanted.kind is None:
        return False
    kind = fold(question.concepts[wanted.kind].text).removeprefix("ال")
    if kind.isascii():
        return kind.endswith("s") and not kind.endswith(("ss", "us", "is"))
    return any(reading.number == "p" for reading in readings(kind)[:1])


def _is_of_another_date(question: Question, evidence: Evidence, article: Article) -> bool:
    """Whether a sentence tells a month or day, and none that the question names; a year alone may be of something beside."""
    dates = (concept.alternatives for concept in question.concepts if concept.kind == "date")
    asked = [ways for ways in dates if not ways[0][0][0].startswith("@w")]  # a weekday is no day of its own
    exact = told_dates(article, article.text[evidence.sentence.start : evidence.sentence.end]) if asked else ()
    precise = [one.iso for one in exact if "-" in one.iso]
    return bool(precise) and not any(_may_be(iso, ways) for iso in precise for ways in asked)


def _may_be(iso: str, ways: Sequence[tuple[tuple[str, ...], float]]) -> bool:
    """Whether a date is one that is told in such ways, the most precise first; of the two one may be less precise."""
    return not set(ways[0][0]).isdisjoint(iso_terms(iso)) or any(f"@{iso}" in way for way, _ in ways)


def _tells(question: Question, one: Ranked, found: Told, material: Material, *, silent: bool) -> bool:
    """Whether a sentence tells the same value; or, where it may be silent, no other."""
    article = material.articles[one.evidence.passage.article_id]
    other = told(question, one.evidence, article) or _sole(question, one.evidence, article)
    other = other or _beside(question, one.evidence, article)
    if other is None or not silent:
        return silent if other is None else other.key == found.key
    return _agree(other.key, found.key) or _stands_still(question)


def _stands_still(question: Question) -> bool:
    """Whether a question asks where something lies, which may be told of a town and of a country."""
    wanted = asked(question)
    return wanted is not None and wanted.slot == "place" and wanted.predicate is None


def _lead(question: Question, found: Told, ranked: Sequence[Ranked], material: Material) -> float:
    """How far the first sentence is ahead of the first one that does not give the same, at most `_LEAD_OF_SOLE_DATE`."""
    for one in ranked[1:]:
        lead = ranked[0].score - one.score
        if lead >= _LEAD_OF_SOLE_DATE:
            break
        if not _tells(question, one, found, material, silent=question.type in _OF_SLOTS):
            return lead
    return _LEAD_OF_SOLE_DATE


def said(candidate: AnswerCandidate, language: Language, article: Article, evidence: Evidence) -> str:
    """A candidate as it is said in a language; empty where it cannot be."""
    written = script(candidate.text)
    if candidate.kind == "date":
        return _date(candidate, language, article, evidence)
    if candidate.kind == "time" and language == "en" and written != "en":
        return _time(_key(candidate, article))
    if written in {language, None}:
        return _named(candidate) if candidate.entity else _counted(candidate)
    return _translated(candidate) if language == "en" else ""


def _date(candidate: AnswerCandidate, language: Language, article: Article, evidence: Evidence) -> str:
    sentence = article.text[evidence.sentence.start : evidence.sentence.end]
    exact = next((one for one in told_dates(article, sentence) if one.start <= candidate.start < one.end), None)
    if exact:
        shown = label(exact.iso, language)
        return phrase(language, "date_inferred", date=shown) if exact.inferred else shown
    return candidate.text if script(candidate.text) == language else ""


def _time(canonical: str) -> str:
    """A canonical time as English says it (~14:45: 2:45 pm); a part of the day has none."""
    if not canonical.startswith("~"):
        return ""
    hour, minute = map(int, canonical[1:].split(":"))
    return f"{hour % _NOON or _NOON}:{minute:02} {'pm' if hour >= _NOON else 'am'}"


def _counted(candidate: AnswerCandidate) -> str:
    """A quantity without a verb behind what it counts (ستة أعضاء ينتمون)."""
    text = candidate.text
    while candidate.quantity and len(found := words(text)) > 2 and _is_verb(found[-1]):
        text = text[: found[-2].end]
    return text


def _is_verb(word: Word) -> bool:
    return any(reading.is_verb for reading in readings(spelling(word))[:1])


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
        return gloss(_counted(candidate))
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
