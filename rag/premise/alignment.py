"""Where a sentence says what a question says: each of its terms beside each concept of the question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rag.embedding.concepts import ConceptEmbedder
from rag.holding import spelt_alike
from rag.language.analyzer import Term
from rag.language.antonyms import MANIFOLD
from rag.language.characters import fold, is_arabic
from rag.language.entities import entities
from rag.language.gazetteer import Kind
from rag.language.lexicon import lexicon
from rag.language.readings import Reading, readings
from rag.language.senses import spelling
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.words import Word, words
from rag.model import Article
from rag.question import Concept, Question
from rag.saying import Way
from rag.sentence_terms import dated_terms

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]

_GLOSSED = 0.8  # what a word counts that has an English meaning in common with the question's
_LIKELY = 1.3  # nats by which a meaning may be less likely than the word's likeliest
# Of words near in meaning: cosines from the first up count; from the second up as much as the third.
_FROM, _FULL, _SOFT = 0.35, 0.7, 0.75
_THE = re.compile(r"\bthe $", re.IGNORECASE)  # before what looks like a person's name: a ship's, a team's
_BEFORE_PLACES = frozenset("in at near from to into of inside outside over في من الي داخل خارج قرب".split())
_PARTICLES, _DEEDS, _ATTRIBUTES = "PCTDRWNA", "vijg", "acd"  # classes of `rag.language.senses`


@dataclass(frozen=True, slots=True)
class Aligned:
    """A stretch of a sentence beside a question.

    Attributes:
        text: of the sentence.
        terms: of the stretch, in order.
        met: how well each term says each concept, shape (terms, concepts), between 0 and 1.
    """

    text: str
    terms: Sequence[Term]
    met: Matrix

    @property
    def best(self) -> Vector:
        """How well the stretch says each concept."""
        return np.asarray(self.met.max(axis=0, initial=0.0))

    def within(self, start: int, end: int) -> list[int]:
        """The indices of the terms between two offsets, in order."""
        return [i for i, term in enumerate(self.terms) if start <= term.start and term.end <= end]

    def word(self, i: int) -> str:
        """The folded word of a term."""
        return fold(self.text[self.terms[i].start : self.terms[i].end])


class Aligner:
    """Lays sentences beside a question.

    Args:
        question: as understood.
        rarities: how telling each of its concepts is.

    Attributes:
        question: as given.
        shares: of each concept in the question, by rarity.
        known: the same without numbers, which a denial empties (ten soldiers), and names that no Arabic spelling is known of.
        plain: of each concept whether it is no name, number or date.
        named: of each concept whether it is a name or a date.
        dates: whether it is a date.
        places: whether it is part of a place's name.
        events: what tells one event from another: the concepts of each date, and of each person's name.
    """

    def __init__(self, question: Question, rarities: Sequence[float]) -> None:
        self.question = question
        weights = np.array(rarities, dtype=np.float64)
        self.shares = weights / weights.sum() if weights.sum() > 0 else weights
        self.plain, names, dates, numbers = (
            np.array([concept.kind == kind for concept in question.concepts], dtype=bool)
            for kind in ("word", "name", "date", "number")
        )
        unheard = names & np.array([len(concept.alternatives) == 1 for concept in question.concepts], dtype=bool)
        known = np.where(numbers | unheard, 0.0, self.shares)
        self.known = known / known.sum() if known.sum() > 0 else self.shares
        self.named, self.dates = names | dates, dates
        places = np.any([np.zeros(len(names), dtype=bool), *_of_kind(question, "place")], axis=0)
        self.places = (places & names if (places & names).any() else places) & ~_of_peoples(question)
        persons = (mask & names for mask in _of_kind(question, "person"))
        of_dates = (np.arange(len(dates)) == i for i in np.flatnonzero(dates))
        self.events = [mask for mask in (*of_dates, *persons) if mask.any()]
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

    def lay(self, article: Article, text: str, start: int = 0, end: int | None = None) -> Aligned:
        """A sentence of an article, or a stretch of it, beside the question."""
        everything = dated_terms(article, text)
        present = {term.text for term in everything}
        end = len(text) if end is None else end
        terms = [term for term in everything if start <= term.start and term.end <= end]
        met = np.zeros((len(terms), len(self.question.concepts)))
        plain = [i for i, term in enumerate(terms) if term.kind == "stem"]
        if plain and self.plain.any():
            met[plain] = self._related([terms[i].text for i in plain])
        for row, term in zip(met, terms, strict=True):
            for i, stems, weight in self._ways.get(term.text, ()):
                if present.issuperset(stems):
                    row[i] = max(row[i], weight)
            if term.kind in {"stem", "dual"}:
                word = text[term.start : term.end]
                for i in self._glossed(word):
                    row[i] = max(row[i], _GLOSSED)
                if _is_particle(word):
                    row[:] = 0.0  # قبل "before" is not قبل "accepted"
        return Aligned(text, terms, met)

    def _glossed(self, word: str) -> Iterator[int]:
        for gloss in _meanings(word):
            yield from self._glosses.get(gloss, ())

    def _related(self, stems: Sequence[str]) -> Matrix:
        """How near in meaning or alike in spelling each stem is to each plain concept, shape (stems, concepts)."""
        cosines = self._embedder.of_terms(stems) @ self._meanings.T
        soft = np.clip((cosines - _FROM) / (_FULL - _FROM), 0, 1) * _SOFT
        for i in np.flatnonzero(self.plain):
            own = self._own[i]
            if len(own) == 1:
                soft[:, i] = np.maximum(soft[:, i], [_alike(own[0], one) for one in stems])
        return np.asarray(soft * self.plain)


@lru_cache(maxsize=100_000)
def _alike(own: str, other: str) -> float:
    return spelt_alike((own,), [other])


def _of_kind(question: Question, kind: Kind) -> list[Mask]:
    """The persons, places or groups that a question names: of each concept whether it is part of the name."""
    spans = [
        (one.start, one.end)
        for one in entities(question.text)
        if one.kind == kind and one.named and not (kind == "person" and _THE.search(question.text[: one.start]))
    ]
    return [np.array([start <= one.start < end for one in question.concepts], dtype=bool) for start, end in spans]


def _of_peoples(question: Question) -> Mask:
    """Of each concept whether it tells of which nation something is (*US* personnel, the *Iraqi* army), not where something is."""
    found = words(question.text)
    before = {other.start: word.folded for word, other in pairwise(found)}
    of_a_people = [
        any(lexicon().is_demonym(one) for ways, _ in _ways_of_naming(concept) for one in ways)
        and before.get(concept.start, "") not in _BEFORE_PLACES
        for concept in question.concepts
    ]
    return np.array(of_a_people, dtype=bool)


def _ways_of_naming(concept: Concept) -> Sequence[Way]:
    """Of an Arabic name itself, of an English one all ways: it may be a country and a nation."""
    return concept.alternatives[:1] if is_arabic(fold(concept.text)) else concept.alternatives


@lru_cache(maxsize=20_000)
def is_deed(word: str) -> bool:
    """Whether a word as written may be a verb or the noun of one; any word that the lexicon does not know may be."""
    known = _readings(word)
    return not known or any(one.kind in _DEEDS and one.cost <= known[0].cost + _LIKELY for one in known)


@lru_cache(maxsize=20_000)
def has_pronoun(word: str) -> bool:
    """Whether a pronoun is joined to a word as written (فراره, منهما)."""
    known = _readings(word)
    return bool(known) and bool(known[0].pronoun)


@lru_cache(maxsize=20_000)
def is_attribute(word: str) -> bool:
    """Whether a word as written is most likely an adjective or a participle."""
    known = _readings(word)
    return bool(known) and known[0].kind in _ATTRIBUTES


@lru_cache(maxsize=20_000)
def _is_particle(word: str) -> bool:
    known = _readings(word)
    return bool(known) and known[0].kind in _PARTICLES


def _readings(word: str) -> tuple[Reading, ...]:
    return readings(spelling(Word(word, fold(word), 0, len(word)))) if is_arabic(word) else ()


@lru_cache(maxsize=20_000)
def _meanings(text: str) -> frozenset[str]:
    """The English stems of what a word or phrase of either language may mean."""
    found: set[str] = set()
    for word in words(text):
        if not is_arabic(word.folded):
            found.add(stem(word.folded))
            continue
        known = readings(spelling(word))
        likely = (one.english for one in known if one.cost <= known[0].cost + _LIKELY)
        told = {english for phrase in likely for english in fold(phrase).split()} - STOPWORDS - MANIFOLD
        found.update(map(stem, told))
    return frozenset(found)
