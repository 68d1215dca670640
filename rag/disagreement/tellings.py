"""The values that one sentence tells of what a question asks for: its figures, or the date, place or person that is certain in it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rag.answer_candidates import AnswerCandidate
from rag.disagreement.blows import asks_for_blow, blows
from rag.disagreement.figures import Figure, figures
from rag.disagreement.rebuttals import parts_within
from rag.evidence import FEATURES, Evidence, Material
from rag.language.characters import fold
from rag.language.measures import measure
from rag.language.part_of_day import times_of_day
from rag.language.quantities import quantities
from rag.language.stem import stem
from rag.model import Article
from rag.question import Question
from rag.short import told
from rag.voices import voice

_PRESENT, _NAMED = (
    0.5,
    0.5,
)  # share of the question's concepts that a sentence about it holds, and of its names and dates
_PRESENT_OF_TIME = 0.4  # the same, where a time of day itself says that something happened
_HELD = 0.5  # a concept held less is missing
_MOSTLY = 0.6  # the same, of a sentence that gives a figure in the unit asked for
_LIKELY = 0.65  # how likely a figure is what is asked for, by what stands around it


@dataclass(frozen=True, slots=True)
class Telling:
    """One value that a sentence tells.

    Attributes:
        evidence: the sentence.
        article: that it stands in.
        text: of the sentence.
        candidate: the value, as it stands there.
        key: the same for all ways of telling the value.
        speaker: who tells it; None for the article.
        part: which of the accounts of the sentence it is in.
        is_sure: whether it surely is of what is asked for.
        is_present: whether its sentence has most of what is asked about, or its article where that is what the whole article is about.
        is_near: whether a sentence beside it may have the names of the question.
        is_about: whether it has them itself.
        is_likely: whether what stands around it says that it is what is asked for, so that nothing else has to.
        figure: where it is one.
    """

    evidence: Evidence
    article: Article
    text: str
    candidate: AnswerCandidate
    key: str
    speaker: str | None
    part: int
    is_sure: bool
    is_present: bool
    is_near: bool
    is_about: bool
    is_likely: bool
    figure: Figure | None = None

    def is_comparable(self, other: "Telling") -> bool:
        """Whether two values may be of one thing: figures of the same unit, or one of them without any."""
        if self.figure and other.figure:
            return self.figure.is_comparable(other.figure)
        return self.figure is other.figure

    def differs(self, other: "Telling") -> bool:
        """Whether two comparable values are not one."""
        return self.figure.differs(other.figure) if self.figure and other.figure else self.key != other.key

    def is_told_in(self, text: str) -> bool:
        """Whether a sentence tells the same figure, if of something else: it differs with neither."""
        if self.figure is None:
            return False
        if self.candidate.quantity:
            return any(one.value == self.figure.value for one in quantities(text))
        return any(one.minutes == self.figure.value for one in times_of_day(text))


def tellings(question: Question, evidence: Evidence, material: Material) -> list[Telling]:
    """The values that a sentence tells, the surest and likeliest first."""
    article = material.articles[evidence.passage.article_id]
    text = article.text[evidence.sentence.start : evidence.sentence.end]
    features = dict(zip(FEATURES, evidence.features, strict=True))
    present = _PRESENT_OF_TIME if question.type == "what_time" else _PRESENT
    is_present = features["present"] >= present
    is_about = is_present and features["names"] >= _NAMED
    is_near = is_present and _has_names_near(question, evidence)
    parts = parts_within(text)

    def telling(candidate: AnswerCandidate, key: str, figure: Figure | None, *, sure: bool, likely: bool) -> Telling:
        part = next(i for i, (first, last) in enumerate(parts) if first <= candidate.start < last)
        speaker = voice(article, material.sentences[article.id], evidence.index, candidate.start)
        return Telling(
            evidence, article, text, candidate, key, speaker, part, sure, is_present, is_near, is_about, likely, figure
        )

    if question.type in {"how_many", "what_time"}:
        found = sorted(figures(question, evidence, text), key=lambda one: (-one.is_sure, -one.likely))
        return [
            telling(one.candidate, one.key, one, sure=one.is_sure, likely=_is_likely(question, one, features))
            for one in found
        ]
    if asks_for_blow(question):
        found_blows = [
            telling(one, stem(fold(one.text).split()[0]), None, sure=True, likely=True) for one in blows(question, text)
        ]
        return [one for one in found_blows if one.speaker]
    one = told(question, evidence, article)
    return [telling(one.candidate, one.key, None, sure=True, likely=True)] if one else []


def _has_names_near(question: Question, evidence: Evidence) -> bool:
    """Whether a sentence and those beside it have most names of the question; most of its words, where it has no names."""
    named = np.array([concept.kind == "name" for concept in question.concepts], dtype=bool)
    meant = named if named.any() else ~named
    return float((evidence.near[meant] >= _HELD).mean()) >= _NAMED


def _is_likely(question: Question, figure: Figure, features: Mapping[str, float]) -> bool:
    """Whether a figure is of the fate asked for, close to what is asked about, or in the very unit that the question names."""
    focus = question.concepts[question.focus].text if question.focus is not None else None
    named = figure.unit is not None and measure(focus) == figure.unit and features["present"] >= _MOSTLY
    return figure.of_fate or figure.likely >= _LIKELY or named
