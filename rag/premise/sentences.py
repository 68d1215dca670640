"""The sentences that a premise is checked against: each beside the question, with what it denies and what it affirms."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from rag.evidence import Evidence, Material
from rag.holding import matched
from rag.language.antonyms import Spot, spots
from rag.language.characters import fold
from rag.language.dates import iso_terms
from rag.language.denials import Denial, denials
from rag.language.entities import Entity, entities
from rag.model import Article
from rag.premise.alignment import Aligned, Aligner, Mask, Vector

_LONG = 2  # years
# How news articles go over to what happened before, folded.
_LOOKING_BACK = re.compile(
    r"\W*(?:[وف]?(?:يذكر|يشار|تجدر|جدير|الجدير|كان|كانت|سبق|شهد|شهدت|عاد|اعاد|يعيد|تعيد|يعود|تعود)\b|in (?:19|20)\d\d\b)"
)
_BUT_FOR = "لولا"
_OPENING, _OFTEN = 2, 3  # sentences
_THERE = 0.5  # a name met less is not in a sentence
_BESIDE = 0.7  # what the neighbours of a sentence count beside itself
_SAID = 0.8  # of a deed: less is not saying that it happened


class Topics:
    """What the articles are about, in the terms of a question.

    Args:
        aligner: of the question.
        material: what retrieval found.
        held: by article, how well each of its best sentences holds each concept.
    """

    def __init__(self, aligner: Aligner, material: Material, held: Mapping[str, Sequence[Vector]]) -> None:
        self._aligner = aligner
        self._material = material
        self._held = held
        self._known: dict[str, Vector] = {}

    def of(self, article_id: str) -> Vector:
        """How much each concept is what an article is about: its title, dates or first sentences say it, or several sentences do."""
        if article_id not in self._known:
            article, sentences = self._material.articles[article_id], self._material.sentences[article_id]
            texts = [article.title, *(article.text[s.start : s.end] for s in sentences[:_OPENING])]
            dates = {*iso_terms(article.published), *iso_terms(article.event_date)}
            dated = np.array([matched(concept, dates) for concept in self._aligner.question.concepts])
            often = (np.array(self._held[article_id]) >= _THERE).sum(axis=0) >= _OFTEN
            said = [self._aligner.lay(article, text).best for text in texts]
            self._known[article_id] = np.max([dated, often, *said], axis=0)
        return self._known[article_id]


def is_as_fine(date: str, other: str) -> bool:
    """Whether two dates, as terms, both have a year or both lack it, and are of a day, month or year alike; a weekday is of no date."""
    return len(date) == len(other) and (date[1] == other[1] == "-" or (date[1].isdigit() and other[1].isdigit()))


class ReadSentence:
    """One of the best sentences for a question.

    Args:
        rank: its place among them.
        evidence: the sentence, judged.
        article: it stands in.
        aligner: of the question.
        topics: of the articles.
    """

    def __init__(self, rank: int, evidence: Evidence, article: Article, aligner: Aligner, topics: Topics) -> None:
        self.rank = rank
        self.evidence = evidence
        self.text = article.text[evidence.sentence.start : evidence.sentence.end]
        self.article_id = article.id
        self.aligner = aligner
        self._article = article
        self._topics = topics

    @cached_property
    def denials(self) -> Sequence[Denial]:
        """What it denies; but for which something would have been (لولا) did happen."""
        return [one for one in denials(self.text) if fold(self.text[one.cue_start : one.cue_end])[-4:] != _BUT_FOR]

    @cached_property
    def spots(self) -> Sequence[Spot]:
        """Its words with their keys."""
        return spots(self.text)

    @cached_property
    def aligned(self) -> Aligned:
        """It beside the question."""
        return self.aligner.lay(self._article, self.text)

    def stretch(self, start: int, end: int) -> Aligned:
        """The part of it between two offsets beside the question."""
        return self.aligner.lay(self._article, self.text, start, end)

    @cached_property
    def context(self) -> Vector:
        """How well it says each concept together with the sentences beside it and with what its article is about."""
        topic = self._topics.of(self.evidence.passage.article_id)
        return np.asarray(np.max([self.evidence.held, self.evidence.near, topic], axis=0))

    @cached_property
    def affirmed(self) -> Vector:
        """How well what it does not deny says each concept."""
        if not self.denials:
            return np.asarray(self.evidence.held)
        kept = [i for i, term in enumerate(self.aligned.terms) if not self.denies(term.start)]
        return np.asarray(self.aligned.met[kept].max(axis=0, initial=0.0))

    @cached_property
    def entities(self) -> Sequence[Entity]:
        """The persons, places and groups that it names."""
        return [one for one in entities(self.text) if one.named]

    def is_of_another_event(self, end: int) -> bool:
        """Whether what it says up to an offset is said of another event than the question's.

        It names another place or gives another date than the question, or its article has the question's persons and dates only as an aside.
        """
        return self.is_aside or self.is_of_another_time or self._is_elsewhere(end)

    def _is_elsewhere(self, end: int) -> bool:
        """Whether it names a place that the question does not, before an offset, and none that the question names."""
        places = self.aligner.places
        if not places.any() or (self.evidence.held[places] >= _THERE).any():
            return False
        return any(one.kind == "place" and one.start < end and not self.is_asked(one) for one in self.entities)

    @cached_property
    def is_of_another_time(self) -> bool:
        """Whether it gives other dates than the question, or, where that gives none, tells of what was years before its article."""
        given = {term.text for term in self.stretch(0, len(self.text)).terms if term.kind == "date"}
        asked = [concept.alternatives[0][0][0] for concept in self.aligner.question.concepts if concept.kind == "date"]
        if not asked:
            return self._is_long_before({text[1:5] for text in given if text[1].isdigit()})
        alike = [{text for text in given if is_as_fine(text, one)} for one in asked]
        return any(others and one not in others for one, others in zip(asked, alike, strict=True))

    def _is_long_before(self, years: set[str]) -> bool:
        own = [int(date[:4]) for date in (self._article.published, self._article.event_date) if date[:4].isdigit()]
        looks_back = bool(own and years) and _LOOKING_BACK.match(fold(self.text)) is not None
        return looks_back and max(map(int, years)) <= min(own) - _LONG

    @cached_property
    def is_aside(self) -> bool:
        """Whether a person or date of the question is only mentioned elsewhere in the article."""
        held = (self.evidence.anywhere, self.context)
        anywhere, here = ([one[event].max() >= _THERE for event in self.aligner.events] for one in held)
        return any(there and not now for there, now in zip(anywhere, here, strict=True))

    def is_asked(self, entity: Entity) -> bool:
        """Whether the question names an entity, too."""
        return bool((self.stretch(entity.start, entity.end).best >= _THERE).any())

    def is_next_to(self, other: "ReadSentence") -> bool:
        """Whether another sentence is the one before or after it."""
        mine, its = self.evidence, other.evidence
        return mine.passage.article_id == its.passage.article_id and abs(mine.index - its.index) == 1

    def denies(self, start: int) -> bool:
        """Whether what begins at an offset is denied."""
        return any(denial.holds(start) for denial in self.denials)


def read(aligner: Aligner, ranked: Sequence[Evidence], material: Material) -> list[ReadSentence]:
    """The sentences, best first."""
    held: dict[str, list[Vector]] = {}
    for one in ranked:
        held.setdefault(one.passage.article_id, []).append(one.held)
    topics = Topics(aligner, material, held)
    return [
        ReadSentence(rank, one, material.articles[one.passage.article_id], aligner, topics)
        for rank, one in enumerate(ranked)
    ]


def affirmation(
    sentence: ReadSentence,
    others: Sequence[ReadSentence],
    deed: Vector,
    *,
    of: Mask | None = None,
    alone: bool = False,
) -> float:
    """How well other sentences say that a deed happened, with the rest of the question and of the same: 0 where none does, at most 1.

    Args:
        sentence: that says it did not; another one must have the names and dates that it has.
        others: that may say so.
        deed: of each concept how much of the deed it is, its share of the question or 0.
        of: the concepts that another sentence must say itself: the names of whom it is denied (no *Egyptians* died).
        alone: whether the sentence itself does not count as a neighbour that tells of what another one speaks.
    """
    if deed.sum() <= 0:
        return 0.0
    rest = np.where(deed > 0, 0.0, sentence.aligner.shares)
    same = np.where(sentence.evidence.held >= _THERE, rest, 0.0)
    named = sentence.aligner.named & (sentence.context >= _THERE)
    best = 0.0
    for one in others:
        said = float(one.affirmed @ deed / deed.sum())
        if said < _SAID or one.evidence.apart or not (one.context[named] >= _THERE).all():
            continue
        if of is not None and not (one.affirmed[of] >= _THERE).all():
            continue
        if not one.is_of_another_event(len(one.text)):
            beside = 0.0 if alone and one.is_next_to(sentence) else _BESIDE
            held = np.maximum(one.affirmed, beside * one.evidence.near)
            best = max(
                best, said * min(float(held @ part / part.sum()) if part.sum() > 0 else 1.0 for part in (rest, same))
            )
    return best
