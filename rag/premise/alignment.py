"""Where a sentence says what a question says: each of its terms beside each concept of the question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.embedding.concepts import ConceptEmbedder
from rag.evidence import dated_terms, spelt_alike
from rag.language.analyzer import Term
from rag.language.characters import fold, is_arabic
from rag.language.entities import entities
from rag.language.gazetteer import Kind
from rag.language.readings import readings
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.words import words
from rag.model import Article
from rag.question import Question

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]

_GLOSSED = 0.8  # what a word counts that has an English meaning in common with the question's
_PARTICLES = "PCTDRWNA"
_LIKELY = 1.3  # nats by which a meaning may be less likely than the word's likeliest
# Of words near in meaning: cosines from the first up count; from the second up as much as the third.
_FROM, _FULL, _SOFT = 0.35, 0.7, 0.75


@dataclass(frozen=True, slots=True)
class Aligned:
    """A sentence beside a question.

    Attributes:
        text: of the sentence.
        terms: of the sentence, in order.
        met: how well each term says each concept, shape (terms, concepts), between 0 and 1.
    """

    text: str
    terms: Sequence[Term]
    met: Matrix

    def within(self, start: int, end: int) -> list[int]:
        """The indices of the terms of a stretch, in order."""
        return [i for i, term in enumerate(self.terms) if start <= term.start and term.end <= end]

    def word(self, i: int) -> str:
        """The folded word of a term."""
        term = self.terms[i]
        return fold(self.text[term.start : term.end])


class Aligner:
    """Lays sentences beside a question.

    Args:
        question: as understood.
        rarities: how telling each of its concepts is.
    """

    def __init__(self, question: Question, rarities: Sequence[float]) -> None:
        self.question = question
        weights = np.array(rarities, dtype=np.float64)
        self.shares = weights / weights.sum() if weights.sum() > 0 else weights
        self.plain = np.array([concept.kind == "word" for concept in question.concepts], dtype=bool)
        self.telling = _of_known(question, self.shares)
        names = np.array([concept.kind == "name" for concept in question.concepts], dtype=bool)
        dates = np.array([concept.kind == "date" for concept in question.concepts], dtype=bool)
        self.named = names | dates
        self.events = dates | (names & _of_kind(question, "person"))
        places = _of_kind(question, "place")
        self.places = places & names if (places & names).any() else places
        self._embedder = ConceptEmbedder.builtin()
        self._own = [concept.alternatives[0][0] for concept in question.concepts]
        self._meanings = np.stack([self._embedder.mean(own) for own in self._own])
        self._ways: dict[str, list[tuple[int, tuple[str, ...], float]]] = {}
        self._glosses: dict[str, set[int]] = {}
        for i, concept in enumerate(question.concepts):
            for stems, weight in concept.alternatives:
                for one in stems:
                    self._ways.setdefault(one, []).append((i, stems, weight))
            for gloss in _meanings(concept.text) if concept.kind == "word" else ():
                self._glosses.setdefault(gloss, set()).add(i)

    def lay(self, article: Article, text: str) -> Aligned:
        """A stretch of an article beside the question."""
        terms = dated_terms(article, text)
        met = np.zeros((len(terms), len(self.question.concepts)))
        present = {term.text for term in terms}
        for row, term in zip(met, terms, strict=True):
            for i, stems, weight in self._ways.get(term.text, ()):
                if present.issuperset(stems):
                    row[i] = max(row[i], weight)
            if term.kind in {"stem", "dual"}:
                for i in self._glossed(text[term.start : term.end]):
                    row[i] = max(row[i], _GLOSSED)
        plain = [i for i, term in enumerate(terms) if term.kind == "stem"]
        if plain and self.plain.any():
            met[plain] = np.maximum(met[plain], self._related([terms[i].text for i in plain]))
        for i in plain:
            if _is_particle(fold(text[terms[i].start : terms[i].end])):
                met[i] = 0.0  # قبل "before" is not قبل "accepted"
        return Aligned(text, terms, met)

    def _glossed(self, word: str) -> Iterator[int]:
        for gloss in _meanings(word):
            yield from self._glosses.get(gloss, ())

    def _related(self, stems: Sequence[str]) -> Matrix:
        """How near in meaning or alike in spelling each stem is to each plain concept, shape (stems, concepts)."""
        cosines = self._embedder.of_terms(stems) @ self._meanings.T
        soft = np.clip((cosines - _FROM) / (_FULL - _FROM), 0, 1) * _SOFT
        alike = np.array([[spelt_alike(own, [one]) for own in self._own] for one in stems])
        return np.asarray(np.maximum(soft, alike) * self.plain)


def _of_known(question: Question, shares: Vector) -> Vector:
    """The shares without those of numbers, which are what a denial empties, and of names that no Arabic spelling is known of."""
    counted = [
        concept.kind != "number" and not (concept.kind == "name" and len(concept.alternatives) == 1)
        for concept in question.concepts
    ]
    kept = shares * np.array(counted)
    return kept / kept.sum() if kept.sum() > 0 else shares


def _of_kind(question: Question, kind: Kind) -> Mask:
    """Of each concept whether it is part of the name of a person, a place or a group."""
    spans = [(one.start, one.end) for one in entities(question.text) if one.kind == kind and one.named]
    return np.array([any(start <= one.start < end for start, end in spans) for one in question.concepts], dtype=bool)


def _is_particle(folded: str) -> bool:
    known = readings(folded) if is_arabic(folded) else ()
    return bool(known) and known[0].kind in _PARTICLES


@lru_cache(maxsize=20_000)
def _meanings(text: str) -> frozenset[str]:
    """The English stems of what a word or phrase of either language may mean."""
    found: set[str] = set()
    for word in words(text):
        if not is_arabic(word.folded):
            found.add(stem(word.folded))
            continue
        known = readings(word.folded)
        likely = (one.english for one in known if one.cost <= known[0].cost + _LIKELY)
        found.update(stem(english) for phrase in likely for english in fold(phrase).split() if english not in STOPWORDS)
    return frozenset(found)
