"""Which different events the best sentences for a question speak of, by date and by what they are about; and which of them it asks for.

What tells of no event, or of one whose date is not known, is left aside: a question about standing facts ("where is the base?") has no events.
The nouns of events and the words that choose among them stand in `event.toml`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from rag.event_date import EventDate, dated, is_of_saying, label, own_date, said_on
from rag.language.analyzer import analyze
from rag.language.characters import fold, is_arabic
from rag.language.dates import iso_terms, weekday_term
from rag.language.frequency import telling
from rag.language.lexicon import lexicon
from rag.language.relative_dates import days_of
from rag.language.sentences import sentence_spans
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.tense import is_past
from rag.language.vocabulary import known_form, vocabulary
from rag.language.words import Word, words
from rag.model import Article
from rag.question import Concept, Question

__all__ = ["Choice", "Event", "EventDate", "Events", "dated", "events", "label"]

Choice = Literal["named", "newest", "oldest", "any"]

_LEAD = 3  # sentences, the headline with them, that tell what an article is about
_SAME_STORY = 3  # days between dates of one matter in one article: it happened, was announced, and was written about
_NEXT_DAY = 1  # days between two articles' dates of one event
_ALIKE = 0.22  # share of what the shorter of two leads tells that both do, where they are about one event; 0.25 and more in eight made pairs
_FITS = 0.75  # how much of a question without the noun of an event an event must hold beside the one that holds most
_USUAL = 0.5  # weight from which an alternative says a concept well enough
_REACHES = 3  # words between "the last" and the noun
_PRESENT = frozenset("is are do does has have can will".split())
_BEING = frozenset("was were had been كان كانت كانوا بلغ بلغت".split())
_RELATING = frozenset(
    fold("before after preceded followed answered قبل بعد سبق سبقت سبقه سبقها تلا تلت أعقب أعقبت عقب إثر").split()
)
_OF = frozenset(fold("على في ضد قرب on in at against near of the a an").split())
_SURENESS = {"stated": 2, "relative": 1, "article": 0}
_PARTICLES = re.compile(r"^[وفبلك]?(?:ال|لل)?")


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its date, and the candidates that tell of it, by their indices, the best first."""

    date: EventDate
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Events:
    """The events that the sentences for a question tell of.

    Attributes:
        asked: those that fit the question, newest first; several where it does not tell which is meant, none where it asks for no event
            or for one of another date than these have.
        other: those that do not fit, newest first.
        undated: the candidates that tell of no event, or of one whose date is not known.
        choice: how the question chooses: by a date it names, the newest, the oldest, or not at all.
    """

    asked: tuple[Event, ...]
    other: tuple[Event, ...]
    undated: tuple[int, ...]
    choice: Choice


@dataclass(frozen=True, slots=True)
class _Report:
    """What one candidate tells of an event."""

    index: int
    article: Article
    date: EventDate
    is_story: bool  # whether it is of what its article is about
    is_said: bool  # whether the date is of the telling, so that what is told may have happened before
    terms: frozenset[str]  # what its sentence tells; with its article's lead where it is of that
    names: frozenset[str]  # those among them that may be names

    @property
    def is_known(self) -> bool:
        """Whether it is of its article's event and the day of that is known."""
        return self.is_story and bool(self.article.event_date)

    @property
    def is_to_come(self) -> bool:
        """Whether it had not happened when the article was published."""
        published = days_of(self.article.published)
        return published is not None and self.date.days.first > published.last


def events(candidates: Sequence[tuple[Article, str]], question: Question) -> Events:
    """The different events that the best sentences for a question tell of.

    Args:
        candidates: articles and sentences of theirs, the best first.
        question: as understood.
    """
    asked = _Asked(question)
    groups: list[list[_Report]] = []
    for report in _reports(candidates, asked) if asked.of_event else ():
        same = [group for group in groups if any(_is_same(report, other) for other in group)]
        groups = [group for group in groups if group not in same]
        groups.append([*(other for group in same for other in group), report])
    fitting = asked.choose(groups)
    known = {report.index for group in groups for report in group}
    return Events(
        asked=_newest_first(fitting),
        other=_newest_first([group for group in groups if group not in fitting]),
        undated=tuple(i for i in range(len(candidates)) if i not in known),
        choice=asked.choice,
    )


def _reports(candidates: Sequence[tuple[Article, str]], asked: "_Asked") -> Iterator[_Report]:
    """What the candidates tell of events of the kind asked for."""
    for i, (article, sentence) in enumerate(candidates):
        date = asked.date(article, sentence)
        if date is None:
            continue
        own = own_date(article)
        is_story = date.basis == "article" or (own is not None and date.days.within(own.days, _SAME_STORY))
        texts = (sentence, _lead(article)) if is_story else (sentence,)
        terms = frozenset[str]().union(*map(_terms, texts))
        if asked.is_of_kind(terms):
            is_said = is_of_saying(sentence, date) or (date.basis == "article" and not article.event_date)
            yield _Report(i, article, date, is_story, is_said, terms, frozenset[str]().union(*map(_names, texts)))


def _is_same(one: _Report, other: _Report) -> bool:
    """Whether two reports are of one event: the same matter of one article, or of two on the same day or the next."""
    if one.article.id == other.article.id:
        if one.date.days == other.date.days:
            return True
        if one.is_said != other.is_said:
            said, happened = (one, other) if one.is_said else (other, one)
            ago = (said.date.days.last - happened.date.days.first).days
            return said.is_story and 0 <= ago <= _SAME_STORY
        return one.is_story and other.is_story and one.date.days.meets(other.date.days, _SAME_STORY)
    exact = len(one.date.iso) == len(other.date.iso) == len("2021-07-05")
    within = _SAME_STORY if one.is_said or other.is_said else _NEXT_DAY
    ours, theirs = one.date.days, other.date.days
    if not (ours.meets(theirs, within) if exact else ours.within(theirs) or theirs.within(ours)):
        return False
    return not one.names.isdisjoint(other.names) and _alike(one.terms, other.terms) >= _ALIKE


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of what the one that tells less tells that both do."""
    shared, least = _weight(one & other), min(_weight(one), _weight(other))
    return shared / least if least else 0.0


def _weight(terms: frozenset[str]) -> float:
    return sum(map(telling, terms))


def _newest_first(groups: Sequence[Sequence[_Report]]) -> tuple[Event, ...]:
    found = [Event(_best_date(group), tuple(report.index for report in group)) for group in groups]
    return tuple(sorted(found, key=lambda event: (event.date.days.last, event.date.days.first), reverse=True))


def _best_date(group: Sequence[_Report]) -> EventDate:
    """The date that tells most: known of the event, else of the event rather than of the telling; the finest, the earliest, the surest."""

    def rank(report: _Report) -> tuple[bool, bool, int, int, bool]:
        date = report.date
        return report.is_known, not report.is_said, len(date.iso), -date.days.first.toordinal(), not date.inferred

    best = max(group, key=rank)
    iso = best.article.event_date if best.is_known else best.date.iso
    told = [report.date for report in group if report.date.iso == iso] or [own_date(best.article) or best.date]
    return max(told, key=lambda date: _SURENESS[date.basis])


class _Asked:
    """Which events a question asks for."""

    def __init__(self, question: Question) -> None:
        self._found = words(question.text)
        self._folded = [word.folded for word in self._found]
        self._dates = [concept.alternatives[0][0][0] for concept in question.concepts if concept.kind == "date"]
        self._concepts = [concept for concept in question.concepts if concept.kind != "date"]
        nouns = [i for i, word in enumerate(self._folded) if _families(word)]
        self._noun = nouns[0] if nouns else None
        self._kinds = _families(self._folded[self._noun]) if self._noun is not None else frozenset()
        self._stems = self._said(question)
        self._decisive = self._deciding(question)
        self._of_saying = question.type == "what_said"
        # "When were the strikes that the attack of July answered?": the date is of another event than the one asked for.
        related = bool(self._dates) and (len(nouns) > 1 or not _RELATING.isdisjoint(self._folded))
        self.of_event = question.type != "who_is" and not related and bool(self._dates or nouns or self._is_past())
        self.choice = self._choice()

    def _said(self, question: Question) -> frozenset[str]:
        """The stems by which articles say the noun of the event."""
        if self._noun is None:
            return frozenset()
        ways = [c.alternatives for c in question.concepts if _is_at(c, self._found[self._noun])]
        return frozenset(
            term for alternatives in ways for way, weight in alternatives if weight >= _USUAL for term in way
        )

    def _deciding(self, question: Question) -> list[Concept]:
        """What tells the event from others of its kind: names, numbers, its noun and what that is joined with ("drone attack")."""
        if self._noun is None:
            return []
        noun = self._found[self._noun]
        order = frozenset[str]().union(*_data().order.values())
        return [
            concept
            for concept in self._concepts
            if concept.kind in {"name", "number"}
            or _is_at(concept, noun)
            or (fold(concept.text) not in order and _is_joined(concept, noun, question.text))
        ]

    def _is_past(self) -> bool:
        """Whether something happened: "was 5 percent" and بلغ 5 بالمئة tell of none."""
        if "did" in self._folded:
            return True
        return _PRESENT.isdisjoint(self._folded) and any(is_past(word) and word not in _BEING for word in self._folded)

    def _choice(self) -> Choice:
        if self._noun is not None:
            order = _data().order
            before = self._folded[max(0, self._noun - _REACHES) : self._noun]
            after = self._folded[self._noun + 1 : self._noun + 1 + _REACHES]
            for choice in ("newest", "oldest"):
                if set(before) & order[f"{choice}_before"] or set(after) & order[f"{choice}_after"]:
                    return "newest" if choice == "newest" else "oldest"
        return "named" if self._dates else "any"

    def date(self, article: Article, sentence: str) -> EventDate | None:
        """When that happened which a sentence tells of what is asked about; of what was said, when it was said."""
        if self._of_saying:
            return said_on(article, sentence)
        return dated(article, sentence, _before(article, sentence), self._stems)

    def is_of_kind(self, terms: frozenset[str]) -> bool:
        """Whether what is told may be of the kind of event asked for."""
        return not self._kinds or any(not terms.isdisjoint(_data().told[kind]) for kind in self._kinds)

    def choose(self, groups: Sequence[list[_Report]]) -> list[list[_Report]]:
        """The events that fit."""
        of_date = [group for group in groups if all(_is_on(_best_date(group).iso, date) for date in self._dates)]
        held = [self._held(group) for group in of_date]
        least = max(held, default=0.0) * (1.0 if self._noun is not None else _FITS)
        fitting = [group for group, share in zip(of_date, held, strict=True) if share >= least]
        if self.choice in {"newest", "oldest"} and fitting:
            newest = self.choice == "newest"
            fitting = [group for group in fitting if not all(report.is_to_come for report in group)] or fitting
            days = [_best_date(group).days for group in fitting]
            edge = max(one.last for one in days) if newest else min(one.first for one in days)
            return [g for g, one in zip(fitting, days, strict=True) if edge == (one.last if newest else one.first)]
        return fitting

    def _held(self, group: Sequence[_Report]) -> float:
        """How much of what decides an event's reports hold; where the question has no noun of an event, of all but its dates."""
        terms = frozenset[str]().union(*(report.terms for report in group))
        decisive = self._decisive if self._noun is not None else self._concepts
        return sum(concept.telling for concept in decisive if _holds(concept, terms))


def _is_at(concept: Concept, word: Word) -> bool:
    return concept.start <= word.start < concept.start + len(concept.text)


def _is_joined(concept: Concept, noun: Word, text: str) -> bool:
    """Whether a concept belongs to an event's noun: "*drone* attack", "attack on a *prison*", "هجوم على *سجن*"."""
    end = concept.start + len(concept.text)
    if end <= noun.start:
        return not is_arabic(noun.folded) and not text[end : noun.start].strip(" -")
    return noun.end <= concept.start and all(word.folded in _OF for word in words(text[noun.end : concept.start]))


def _holds(concept: Concept, terms: frozenset[str]) -> bool:
    return any(weight >= _USUAL and terms.issuperset(way) for way, weight in concept.alternatives)


def _is_on(iso: str, term: str) -> bool:
    """Whether a date is that of a canonical term, or may be because it is coarser."""
    if term.startswith("@w"):
        return True
    finest = f"@{iso}"
    return term in iso_terms(iso) or term.startswith(f"{finest}-")


def _before(article: Article, sentence: str) -> list[str]:
    """The sentences of the article before one of its sentences."""
    start = article.text.find(sentence)
    return [article.text[a:b] for a, b in _spans(article.text) if b <= start]


def _lead(article: Article) -> str:
    spans = _spans(article.text)[:_LEAD]
    return f"{article.title}\n{article.text[spans[0][0] : spans[-1][1]] if spans else ''}"


@lru_cache(maxsize=1_000)
def _spans(text: str) -> list[tuple[int, int]]:
    return sentence_spans(text)


@lru_cache(maxsize=5_000)
def _terms(text: str) -> frozenset[str]:
    return frozenset(term.text for term in analyze(text) if term.kind in {"stem", "number"})


@lru_cache(maxsize=5_000)
def _names(text: str) -> frozenset[str]:
    """The stems of words that are names, or that no lexicon knows, which are most often names too."""
    return frozenset(
        stem(word.folded)
        for word in words(text)
        if not word.is_figure and (lexicon().is_proper(word.folded) or _is_unknown(word.folded))
    )


def _is_unknown(folded: str) -> bool:
    if not is_arabic(folded):
        return not lexicon().translations([folded]) and folded not in STOPWORDS and not is_past(folded)
    known = {known_form(folded), known_form(folded).removeprefix("ال"), stem(folded)}
    return (
        known.isdisjoint(vocabulary()) and folded not in STOPWORDS and not is_past(folded) and not weekday_term(folded)
    )


@dataclass(frozen=True, slots=True)
class _Data:
    """What `event.toml` holds of events."""

    nouns: Mapping[str, frozenset[str]]  # a folded noun in the singular to its families
    told: Mapping[str, frozenset[str]]  # a family to the stems that tell of it
    order: Mapping[str, frozenset[str]]


def _families(folded: str) -> frozenset[str]:
    nouns = _data().nouns
    return nouns.get(folded) or nouns.get(_PARTICLES.sub("", folded) if is_arabic(folded) else folded, frozenset())


@cache
def _data() -> _Data:
    tables = tomllib.loads(resources.files("rag").joinpath("event.toml").read_text(encoding="utf-8"))
    families = {kind: [_listed(listed) for listed in lists] for kind, lists in tables["families"].items()}
    nouns: dict[str, set[str]] = {}
    for kind, (singular, _) in families.items():
        for noun in singular:
            nouns.setdefault(noun, set()).add(kind)
    return _Data(
        nouns={noun: frozenset(kinds) for noun, kinds in nouns.items()},
        told={kind: frozenset(stem(word) for listed in lists for word in listed) for kind, lists in families.items()},
        order={name: frozenset(_listed(listed)) for name, listed in tables["order"].items()},
    )


def _listed(text: str) -> list[str]:
    return [fold(word) for word in text.split()]
