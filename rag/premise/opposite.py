"""A premise turned round: the articles say the opposite of what the question speaks of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rag.language.antonyms import antonyms, begins, keys_of
from rag.premise.alignment import Vector
from rag.premise.presupposition import Presupposition
from rag.premise.sentences import SentenceRead, affirmation

_WINDOW, _CLOSE = 12, 5  # terms to either side of a word in which what it is said of stands, and the word itself would
_MET = 0.6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of a sentence that says the opposite of one of the question.

    Attributes:
        sentence: it stands in.
        start: its offset.
        end: the offset after it.
        concept: of the question, that it is the opposite of.
        kind: how they are opposed.
        arguments: how well the words around it say the concepts around that concept.
        beside: share of the rest of the question close to it.
        near: the same in the sentence and those beside it.
        article: the same in the article.
        affirmed: how well another sentence says the concept itself.
        said: how well the words around it do.
    """

    sentence: SentenceRead
    start: int
    end: int
    concept: int
    kind: str
    arguments: float
    beside: float
    near: float
    article: float
    affirmed: float
    said: float
    first: float=0
    two: bool=False


def candidates(sentences: Sequence[SentenceRead], taken: Presupposition) -> Iterator[Candidate]:
    """Every opposite of what the question takes for granted that a sentence affirms."""
    if not sentences:
        return
    aligner = sentences[0].aligner
    for concept in np.flatnonzero(aligner.plain & taken.facts):
        said = keys_of(aligner.question.concepts[concept].text)
        pairs = [pair for i in range(len(said)) for pair in antonyms().across(said, i)]
        for kind, side in pairs:
            first = {key for phrase in side for key in phrase[0]}
            for one in sentences:
                for i, word in enumerate(one.keys):
                    if word & first and not one.denies(one.aligned.terms[i].start):
                        length = max((len(phrase) for phrase in side if begins(one.keys, i, phrase)), default=0)
                        if length and one.aligned.met[i, concept] < _MET:
                            yield _candidate(sentences, one, i, i + length, int(concept), kind)


def _arguments(language, concept: int, size: int, kind: str) -> list[int]:
    if kind == "q":
        around = [concept - 1] if language == "ar" else [concept + 1]
    else:
        around = [concept + 1, concept + 2] if language == "ar" else [concept - 1, concept + 1]
    return [i for i in around if 0 <= i < size]


def _candidate(sentences, one, first, last, concept, kind) -> Candidate:
    shares = one.aligner.shares.copy()
    shares[concept] = 0
    rest = shares / shares.sum() if shares.sum() > 0 else shares
    met = one.aligned.met
    window = met[max(0, first - _WINDOW) : last + _WINDOW].max(axis=0)
    close = met[max(0, first - _CLOSE) : last + _CLOSE].max(axis=0)
    whole = one.whole
    deed = np.where(np.arange(len(shares)) == concept, one.aligner.shares, 0.0)
    around = _arguments(one.aligner.question.language, concept, len(shares), kind)
    if kind == "q":
        close = met[max(0, first - 1) : last + 1].max(axis=0)
    return Candidate(
        one,
        one.aligned.terms[first].start,
        one.aligned.terms[last - 1].end,
        concept,
        kind,
        arguments=float((close if kind == "q" else window)[around].mean()) if around else 0.0,
        beside=float(window @ rest),
        near=float(np.maximum(one.evidence.near, whole) @ rest),
        article=float(np.maximum(one.evidence.anywhere, whole) @ rest),
        affirmed=affirmation(one, [other for other in sentences if other is not one], deed),
        said=float(close[concept]),
        first=float(window[around[0]]) if around else 0.0,
        two=len(around)==2,
    )
