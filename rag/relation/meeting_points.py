"""Where in a sentence each concept of a question is met, and how well."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rag.holding import Holding
from rag.language.analyzer import analyze
from rag.language.characters import fold
from rag.language.stem import stem
from rag.meeting import Finder
from rag.question import Concept, Question
from rag.relation.chunks import chunks
from rag.sentence_terms import Stems
from rag.termlist import TermList


@dataclass(frozen=True, slots=True)
class Point:
    """A concept met: its index, where in the sentence, and how well, in (0, 1]."""

    concept: int
    start: int
    end: int
    weight: float


_LEAST = 0.3
_LENIENT = 0.4  # power of a way's weight, as in `rag.holding`


@lru_cache(maxsize=2_000)  # of a question the same sentences are looked at more than once
def points(question: Question, sentence: str) -> tuple[Point, ...]:
    """Every meeting, exact or near in meaning, in order of concepts."""
    terms = analyze(sentence)
    texts = tuple(term.text for term in terms)
    found = {
        (one.concept, one.place, one.end - 1): one.weight**_LENIENT
        for one in _finder(question.concepts).find(TermList((texts,)))
    }
    for start, end, variants in _bare_verbs(sentence):
        for concept, weight in _ways(question.concepts, variants):
            place = next((i for i, term in enumerate(terms) if term.start < end and start < term.end), None)
            if place is not None:
                found[concept, place, place] = max(found.get((concept, place, place), 0.0), weight)
    stems = Stems.of([term.text for term in terms if term.kind == "stem"])
    near = _holding(question.concepts).near(stems)
    for i, term in enumerate(terms):
        row = stems.row(term)
        for column in np.flatnonzero(near[row] >= _LEAST) if row >= 0 else ():
            key = (int(column), i, i)
            found[key] = max(found.get(key, 0.0), float(near[row, column]))
    return tuple(
        Point(concept, terms[first].start, terms[last].end, weight)
        for (concept, first, last), weight in sorted(found.items())
        if weight >= _LEAST
    )


@lru_cache(maxsize=5_000)
def _bare_verbs(sentence: str) -> tuple[tuple[int, int, frozenset[str]], ...]:
    """The verbs of a sentence that have a pronoun joined to them, and the stems they have without it (نشرته: نشر)."""
    return tuple(
        (one.start, one.end, frozenset(map(stem, _without_pronoun(fold(sentence[one.start : one.end])))))
        for one in chunks(sentence)
        if one.kind == "verb" and one.pronoun
    )


def _without_pronoun(folded: str) -> list[str]:
    """A verb without the pronoun at its end, then without the mark of its subject."""
    pronoun = next((ending for ending in ("هما", "ها", "هم", "هن", "نا", "ه") if folded.endswith(ending)), "")
    bare = folded.removesuffix(pronoun)
    return [bare, *(bare.removesuffix(mark) for mark in ("ت", "و", "ا") if bare.endswith(mark))]


def _ways(concepts: tuple[Concept, ...], stems: frozenset[str]) -> Iterator[tuple[int, float]]:
    for i, concept in enumerate(concepts):
        weight = max((weight for way, weight in concept.alternatives if len(way) == 1 and way[0] in stems), default=0.0)
        if weight:
            yield i, weight**_LENIENT


@lru_cache(maxsize=50)
def _finder(concepts: tuple[Concept, ...]) -> Finder:
    return Finder(concepts)


@lru_cache(maxsize=50)
def _holding(concepts: tuple[Concept, ...]) -> Holding:
    return Holding(concepts)
