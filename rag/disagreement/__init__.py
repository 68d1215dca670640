"""Different values told of the same thing about the same event, by several articles or by several voices of one.

Two sentences differ where one is set against the other ("لكن مصدرا طبيا ذكر …", `rebuttals`), or where both tell of the same event and
neither is part of what the other tells. What is compared are figures (`figures`), dates, places and persons (`rag.short.told`), and where nothing of
that is asked for the accounts of different voices (`accounts`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.disagreement.accounts import accounts
from rag.disagreement.agreeing import said_values, together
from rag.disagreement.asked import asks_one_voice
from rag.disagreement.blows import asks_for_blow
from rag.disagreement.rebuttals import rebuts
from rag.disagreement.saying import said_account, said_voice
from rag.disagreement.tellings import Telling, tellings
from rag.disagreement.whole import read_whole
from rag.event import Event, events
from rag.event_date import own_date
from rag.evidence import Evidence, Material
from rag.language.characters import fold, script
from rag.language.readings import readings
from rag.model import Disagreement, Language, Quote, Value
from rag.question import Concept, Question
from rag.reading import Close, Ranked, quote_of

__all__ = ["Differing", "disagreement"]

_READ = 24  # sentences
_READ_WHOLE = frozenset(
    {"how_many", "what_time", "what", "why", "yes_no"}
)  # types for which the best articles are read whole
_BEHIND = 7.5  # score below the best sentence's at which none tells of the same thing
_FIRST, _FIRST_BEHIND = (
    8,
    4.5,
)  # sentences among which the first value is looked for, and how far they may be behind the best
_CLOSE = 2.0  # the same, where it is no figure that is asked for
_HELD = 0.5  # a concept held less is missing
_SAME_DAYS = 7  # between the dates of articles that tell of one event
_SHARED = 0.6  # share of the names in the first sentence that another one of the same event must have too


@dataclass(frozen=True, slots=True)
class Differing:
    """A disagreement, and the quotes that show it, each once, in the order of its values."""

    disagreement: Disagreement
    quoted: tuple[Close, ...]


def disagreement(
    question: Question, language: Language, rarities: Sequence[float], ranked: Sequence[Ranked], material: Material
) -> Differing | None:
    """The values that are told of what is asked for, where they are not one.

    Args:
        question: as understood.
        language: to say them in.
        rarities: how telling each concept of the question is.
        ranked: the sentences that may answer, those of events that are not asked for left out; best first.
        material: what they are from.
    """
    if question.type in {"who_is", "what_said"} or not ranked:
        return None  # a person has many roles, and says many things
    if asks_one_voice(question.text):
        return None
    if question.type in _READ_WHOLE:
        ranked = read_whole(question, rarities, ranked, material)
    found = _differing(question, ranked, material)
    if found:
        said = said_values(found, language)
        values = [(one.evidence, text, one.candidate.text, one.speaker) for one, text in zip(found, said, strict=True)]
    else:
        told = accounts(question, rarities, ranked, material)
        values = [(one.evidence, said_account(one.text, language), one.text, one.speaker) for one in told]
    if not values:
        return None
    quoted = _quoted([evidence for evidence, *_ in values], material)
    about = question.concepts[question.focus].text if question.focus is not None else question.text
    shown = [
        Value(text, source, said_voice(speaker, language), close.quote)
        for (_, text, source, speaker), close in zip(values, quoted, strict=True)
    ]
    return Differing(Disagreement(about, tuple(shown)), tuple({one.quote: one for one in quoted}.values()))


def _differing(question: Question, ranked: Sequence[Ranked], material: Material) -> list[Telling]:
    """The values of the best sentence that differs with another one, and of those that it differs with; none where none does."""
    behind = _BEHIND if question.type in {"how_many", "what_time"} or asks_for_blow(question) else _CLOSE
    best = ranked[0].score
    near = [one.evidence for one in ranked[:_READ] if one.score >= best - behind]
    everything = [one.evidence for one in ranked]
    for one in ranked[:_FIRST]:
        told = tellings(question, one.evidence, material) if one.score >= best - _FIRST_BEHIND else []
        if not told or not _has_names(question, one.evidence):
            continue
        if len(within := together(_apart_within(told))) > 1:
            return within
        same = one.evidence.passage.article_id == ranked[0].evidence.passage.article_id
        if told[0].is_sure and (told[0].is_about or same):
            differing = _others(question, told[0], near, everything, material)
            if differing or told[0].is_likely:
                return differing
    return []


def _has_names(question: Question, evidence: Evidence) -> bool:
    """Whether the article has most names, unusual words and dates of the question somewhere."""
    named = np.array([concept.kind == "date" or _is_telling(concept) for concept in question.concepts], dtype=bool)
    return not named.any() or float((evidence.anywhere[named] >= _HELD).mean()) >= _HELD


def _others(
    question: Question, first: Telling, near: Sequence[Evidence], everything: Sequence[Evidence], material: Material
) -> list[Telling]:
    """A value, and those that differ with it; none where none does."""
    linked, wide = [], []
    for evidence in everything:
        is_linked = _is_linked(evidence, first.evidence, material)
        if evidence is first.evidence or not (is_linked or evidence in near):
            continue
        one = next((one for one in tellings(question, evidence, material) if one.is_comparable(first)), None)
        if one and is_linked and one.differs(first):
            linked.append(one)
        elif one and one.is_sure and (one.figure or question.type == "when" or asks_for_blow(question)):
            wide.append(one)
    others = [*linked, *_unlinked(question, first, wide)]
    if not any(one.differs(first) for one in others):
        return []
    told = [first, *sorted(others, key=lambda one: everything.index(one.evidence))]
    return together(told)


def _apart_within(told: Sequence[Telling]) -> list[Telling]:
    """The values of one sentence that different parts of it tell, by different voices."""
    first = told[0]
    others = [one for one in told[1:] if one.part != first.part and one.differs(first) and one.is_comparable(first)]
    return [first, *(one for one in others if one.speaker and one.speaker != first.speaker)]


def _unlinked(question: Question, first: Telling, others: Sequence[Telling]) -> list[Telling]:
    """Of values that nothing sets against the first, those of the same event by somebody else, neither told in the other's sentence too."""
    fit = [
        one
        for one in others
        if first.is_likely
        and one.is_likely
        and (_is_of_its_article(question, first, one) or _is_about_the_same(question, first, one))
        and (one.article.id != first.article.id or one.speaker != first.speaker)
        and not (one.differs(first) and (one.is_told_in(first.text) or first.is_told_in(one.text)))
    ]
    return _of_one_event(question, first, fit)


def _of_one_event(question: Question, first: Telling, others: Sequence[Telling]) -> list[Telling]:
    """Those that speak of the same event as the first, as far as that can be told: what has no date, in the same article or one of the same days."""
    everything = [first, *others]
    parted = events([(one.article, one.text) for one in everything], question)
    groups = [*parted.asked, *parted.other]
    own = next((event for event in groups if 0 in event.members), None)
    same = {i for event in groups if own and _is_one(event, own, everything) for i in event.members}
    undated = set(parted.undated)
    return [
        one
        for i, one in enumerate(everything[1:], 1)
        if i in same
        or (i in undated and not same)
        or ((i in undated or own is None) and _are_of_the_same_days(one, first))
    ]


def _are_of_the_same_days(one: Telling, other: Telling) -> bool:
    """Whether two articles tell of the same days; one that has no date does of none but its own."""
    if one.article.id == other.article.id:
        return True
    dates = [own_date(telling.article) for telling in (one, other)]
    return dates[0] is not None and dates[1] is not None and dates[0].days.meets(dates[1].days, _SAME_DAYS)


def _is_one(one: Event, other: Event, told: Sequence[Telling]) -> bool:
    """Whether two events are one: those told in two languages on the same day, in which words cannot be compared, are."""
    scripts = [{script(told[i].text) for i in event.members} for event in (one, other)]
    exact = one.date.iso == other.date.iso and len(one.date.iso) == len("2021-07-05")
    return one is other or (exact and scripts[0].isdisjoint(scripts[1]))


def _is_of_its_article(question: Question, first: Telling, other: Telling) -> bool:
    """Whether what hit is told again in the article of the first: what was hit need not be named again."""
    return asks_for_blow(question) and first.article.id == other.article.id


def _is_about_the_same(question: Question, telling: Telling, told: Telling) -> bool:
    """Whether another sentence is about what is asked, and it or one beside it has the names and unusual words of the question that the first has."""
    first, other = telling.evidence, told.evidence
    voiced = telling.speaker is not None and told.speaker is not None
    if voiced and telling.article.id == told.article.id:
        return told.is_present
    if not (told.is_about or (voiced and told.is_near)):
        return False
    apart = np.array([_is_telling(concept) for concept in question.concepts], dtype=bool) & (first.held >= _HELD)
    return not apart.any() or float((other.near[apart] >= _HELD).mean()) >= _SHARED


def _is_telling(concept: Concept) -> bool:
    """Whether a concept is a name, or a word that is in no dictionary."""
    return concept.kind == "name" or (script(concept.text) == "ar" and not readings(fold(concept.text)))


def _is_linked(one: Evidence, other: Evidence, material: Material) -> bool:
    """Whether one of two sentences is set against the other."""
    if one.passage.article_id != other.passage.article_id:
        return False
    article = material.articles[one.passage.article_id]
    first, second = sorted((one.index, other.index))
    return rebuts(article, material.sentences[article.id], first, second)


def _quoted(told: Sequence[Evidence], material: Material) -> list[Close]:
    """The quote of each sentence; where one holds another, or would overlap it, the first does for both or each stands alone."""
    quotes: list[Close] = []
    for evidence in told:
        start, end = evidence.sentence.start, evidence.sentence.end
        holding = (
            one
            for one in quotes
            if one.quote.article_id == evidence.passage.article_id and one.quote.start <= start and end <= one.quote.end
        )
        quotes.append(next(holding, None) or Close(evidence, _quote(evidence, quotes, material)))
    return quotes


def _quote(evidence: Evidence, others: Sequence[Close], material: Material) -> Quote:
    quote = quote_of(evidence, material)
    overlapping = any(
        one.quote.article_id == quote.article_id and one.quote.start < quote.end and quote.start < one.quote.end
        for one in others
    )
    if not overlapping:
        return quote
    start, end = evidence.sentence.start, evidence.sentence.end
    return Quote(quote.article_id, start, end, material.articles[quote.article_id].text[start:end], evidence.passage)
