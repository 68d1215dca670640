"""Question to hits: candidates from the lexical index and the vectors, every one scored exactly (`rag.ranking`).

Passages of each language are found and scored on their own, by weights of their own, and set side by side by how likely they answer: a
library of ten thousand Arabic articles does not hide the one in English.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rag import ranking
from rag.embedding import Vectors
from rag.index.generation import Generation
from rag.index.lexical import Alternatives
from rag.language.standard import standardized
from rag.model import LANGUAGES, Hit, Language, Passage
from rag.question import Concept, Question, understand
from rag.ranking import Candidates, Direction, Weights

_LEXICAL, _DENSE = 60, 40  # candidates asked of each index
_DIGITS = 9  # of a score; beyond, two that were computed alike may differ
_NOTHING_NEW = 0.8  # share of a passage that another one holds
_OF_ONE_ARTICLE = 3  # passages of one article before those of others
_UNSAYABLE = 0.5  # a word that nothing translates and no article has: that it is not held tells less
_RAREST_FLOOR = 0.2  # so that a concept that is everywhere in the library still counts


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage id and how likely the passage answers, in [0, 1]."""

    passage_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Query:
    """A question in the forms that the indexes are asked in.

    Attributes:
        question: its concepts.
        vector: its concept vector.
        neural: its neural vector, where there is one.
    """

    question: Question
    vector: Vectors
    neural: Vectors | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """The candidates of one language: their ids and features, a row each (`rag.ranking.FEATURES`)."""

    direction: Direction
    passage_ids: Sequence[str]
    features: ranking.Matrix


def understood(text: str, generation: Generation) -> Question:
    """A question in the words of what a generation holds: dialect, Arabic in Latin letters and typing errors are read as what they mean."""
    index = generation.lexical

    def known(stem: str) -> bool:
        return any(index.frequency(stem, language) for language in LANGUAGES)

    meant = standardized(text, known, index.sounding_like)
    return understand(meant, index.sounding_like, to_english=index.count("en") > 0)


def search(query: Query, generation: Generation) -> list[Candidate]:
    """The passages that may answer, the likeliest first."""
    return ranked(score(query, generation), ranking.load_weights())


def score(query: Query, generation: Generation) -> list[Scored]:
    """The candidates of each language that there are passages in."""
    scored = []
    for language in LANGUAGES:
        if generation.lexical.count(language):
            candidates = gather(query, generation, language)
            features = ranking.features(query.question, candidates, generation.lexical)
            scored.append(Scored(direction(query.question, language), candidates.passage_ids, features))
    return scored


def ranked(scored: Sequence[Scored], weights: Mapping[Direction, Weights]) -> list[Candidate]:
    """All candidates by how likely they answer; of equal ones, as of two copies of a text, that which was stored first."""
    found = [
        Candidate(passage_id, likely)
        for one in scored
        for passage_id, likely in zip(
            one.passage_ids, weights[one.direction].likely(one.features).tolist(), strict=True
        )
    ]
    return sorted(found, key=lambda candidate: -round(candidate.score, _DIGITS))


def direction(question: Question, language: Language) -> Direction:
    """Whether passages in a language are in the question's own."""
    return "same" if question.language == language else "across"


def gather(query: Query, generation: Generation, language: Language) -> Candidates:
    """What the indexes find in passages of a language, those stored first in front."""
    spaces = [(generation.vectors, query.vector)]
    if generation.neural and query.neural is not None:
        spaces.append((generation.neural, query.neural))
    near = [dict(vectors.search(vector, _DENSE, language)) for vectors, vector in spaces]
    found = [entry for entry, _ in generation.lexical.search(clauses(query.question), _LEXICAL, language)]
    held = {entry.passage_id for entry in found}
    found += generation.lexical.entries(list({passage_id for one in near for passage_id in one} - held))
    entries = {entry.passage_id: entry for entry in sorted(found, key=lambda entry: entry.row)}
    for (vectors, vector), known in zip(spaces, near, strict=True):
        known |= vectors.cosines(vector, [passage_id for passage_id in entries if passage_id not in known], language)
    dense, *neural = (np.array([known.get(i, 0.0) for i in entries], dtype=np.float64) for known in near)
    return Candidates(
        language,
        list(entries),
        [entry.article_id for entry in entries.values()],
        [entry.terms for entry in entries.values()],
        dense,
        neural[0] if neural else None,
    )


def clauses(question: Question) -> list[tuple[Alternatives, float]]:
    """What the lexical index is asked: each concept's alternatives, and its weight."""
    return [(concept.alternatives, 1.0) for concept in question.concepts]


def rarity(concept: Concept, generation: Generation) -> float:
    """How telling a concept is: rare in the library, and rare in everyday text (a small library knows little of that)."""
    index = generation.lexical
    total = max(1, len(index))
    frequency = max(
        (
            weight * min(sum(index.frequency(term, language) for language in LANGUAGES) for term in terms)
            for terms, weight in concept.alternatives
        ),
        default=0.0,
    )
    inverse = math.log(1 + (total - min(total, frequency) + 0.5) / (frequency + 0.5)) / math.log(2 * total + 2)
    unsayable = frequency == 0 and concept.kind == "word" and len(concept.alternatives) == 1
    return (_RAREST_FLOOR + inverse) * concept.telling * (_UNSAYABLE if unsayable else 1.0)


def hits(ranked: Sequence[Candidate], passages: Mapping[str, Passage]) -> list[Hit]:
    """Candidates as hits, without those that have left the library since and those that a better one of the same article holds."""
    kept: list[Hit] = []
    by_article: dict[str, list[Passage]] = {}
    for candidate in ranked:
        passage = passages.get(candidate.passage_id)
        if passage and not any(_holds(other, passage) for other in by_article.get(passage.article_id, ())):
            by_article.setdefault(passage.article_id, []).append(passage)
            kept.append(Hit(passage, candidate.score))
    return kept


def _holds(one: Passage, other: Passage) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > _NOTHING_NEW * (other.end - other.start)


def diversified(found: Sequence[Hit]) -> list[Hit]:
    """The hits with no article taking more than a few places before every other has had as many."""
    seen: Counter[str] = Counter()
    rounds: list[list[Hit]] = []
    for hit in found:
        turn = seen[hit.passage.article_id] // _OF_ONE_ARTICLE
        seen[hit.passage.article_id] += 1
        while len(rounds) <= turn:
            rounds.append([])
        rounds[turn].append(hit)
    return [hit for turn in rounds for hit in turn]
