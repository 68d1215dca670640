"""The sentences that a premise is checked against: each beside the question, with what it denies and what it affirms."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from rag.evidence import Evidence, Material, matched
from rag.language.antonyms import Keys, keys
from rag.language.dates import iso_terms
from rag.language.denials import Denial, denials
from rag.language.entities import Entity, entities
from rag.model import Article
from rag.premise.alignment import Aligned, Aligner, Vector


class SentenceRead:
    """One of the best sentences for a question.

    Args:
        rank: its place among them.
        evidence: the sentence, judged.
        article: it stands in.
        topic: how much each concept is what the article is about.
        aligner: of the question.
    """

    def __init__(self, rank: int, evidence: Evidence, article: Article, topic: Vector, aligner: Aligner) -> None:
        self.rank = rank
        self.evidence = evidence
        self.text = article.text[evidence.sentence.start : evidence.sentence.end]
        self.aligner = aligner
        self._article = article
        self._topic = topic

    @cached_property
    def denials(self) -> Sequence[Denial]:
        """What it denies."""
        return denials(self.text)

    @cached_property
    def aligned(self) -> Aligned:
        """It beside the question."""
        return self.aligner.lay(self._article, self.text)

    @cached_property
    def keys(self) -> Sequence[Keys]:
        """The keys of each of its terms."""
        return [keys(self.aligned.word(i)) for i in range(len(self.aligned.terms))]

    @cached_property
    def whole(self) -> Vector:
        """How well it says each concept, also where it denies it."""
        return np.asarray(np.maximum(self.evidence.held, self.aligned.met.max(axis=0, initial=0.0)))

    @cached_property
    def context(self) -> Vector:
        """The same with the sentences beside it and with what the article is about."""
        return np.asarray(np.max([self.whole, self.evidence.near, self._topic], axis=0))

    @cached_property
    def is_aside(self) -> bool:
        """Whether a person or date of the question is only mentioned elsewhere in the article: it is about another event there."""
        named = self.aligner.events & (self.evidence.anywhere >= _THERE)
        return bool((self.context[named] < _THERE).any())

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

    @cached_property
    def is_elsewhere(self) -> bool:
        """Whether it names a place that the question does not, and none that the question names."""
        lacks = bool(self.aligner.places.any()) and bool((self.whole[self.aligner.places] < _THERE).all())
        return lacks and any(one.kind == "place" and not self.is_asked(one) for one in self.entities)

    @cached_property
    def is_of_another_time(self) -> bool:
        """Whether it gives dates as precise as one of the question's, and none of them is that."""
        given = {term.text for term in self.aligned.terms if term.kind == "date"}
        asked = [concept.alternatives[0][0][0] for concept in self.aligner.question.concepts if concept.kind == "date"]
        alike = [{text for text in given if len(text) == len(one) and text[1].isdigit()} for one in asked]
        return any(others and one not in others for one, others in zip(asked, alike, strict=True))

    def is_asked(self, entity: Entity) -> bool:
        """Whether the question names an entity, too."""
        rows = self.aligned.within(entity.start, entity.end)
        return bool((self.aligned.met[rows] >= _THERE).any())

    def denies(self, start: int) -> bool:
        """Whether what begins at an offset is denied."""
        return any(denial.holds(start) for denial in self.denials)


def read(aligner: Aligner, ranked: Sequence[Evidence], material: Material) -> list[SentenceRead]:
    """The sentences of articles that have the question's dates and known names, best first."""
    fit = [(rank, one) for rank, one in enumerate(ranked) if not one.apart]
    held: dict[str, list[Vector]] = {}
    for _, one in fit:
        held.setdefault(one.passage.article_id, []).append(one.held)
    topics = {article_id: _topic(aligner, material, article_id, found) for article_id, found in held.items()}
    return [
        SentenceRead(rank, one, material.articles[one.passage.article_id], topics[one.passage.article_id], aligner)
        for rank, one in fit
    ]


def _topic(aligner: Aligner, material: Material, article_id: str, held: Sequence[Vector]) -> Vector:
    """How much each concept is what an article is about: its title and dates, its first sentences, or several of its sentences say it."""
    article, sentences = material.articles[article_id], material.sentences[article_id]
    texts = [article.title, *(article.text[s.start : s.end] for s in sentences[:_OPENING])]
    dates = {*iso_terms(article.published), *iso_terms(article.event_date)}
    dated = np.array([matched(concept, dates) for concept in aligner.question.concepts])
    often = (np.array(held) >= _THERE).sum(axis=0) >= _OFTEN
    said = [aligner.lay(article, text).met.max(axis=0, initial=0.0) for text in texts]
    return np.asarray(np.max([dated, often, *said], axis=0), dtype=np.float64)


def affirmation(sentence: SentenceRead, others: Sequence[SentenceRead], deed: Vector) -> float:
    """How well other sentences say that a deed happened, with the rest of the question: 0 where none does, at most 1.

    Args:
        sentence: that says it did not; another one must have the names and dates that it has.
        others: that may say so.
        deed: of each concept how much of the deed it is, its share of the question or 0.
    """
    shares = sentence.aligner.shares
    named = sentence.aligner.named & (sentence.context >= _THERE)
    rest = np.where(deed > 0, 0.0, shares)
    best = 0.0
    for one in others if deed.sum() > 0 else ():
        said = float(one.affirmed @ deed / deed.sum())
        if said >= _SAID and (one.context[named] >= _THERE).all():
            beside = float(np.maximum(one.evidence.near, one.affirmed) @ rest / rest.sum()) if rest.sum() > 0 else 1.0
            best = max(best, said * beside)
    return best


_OPENING, _OFTEN = 2, 3  # sentences
_THERE = 0.5  # a name met less is not in a sentence
_SAID = 0.8  # of a deed: less is not saying that it happened
