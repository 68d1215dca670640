"""Question to hits: the vector index and the lexical index both asked, their candidates fused."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rag.embedding import Embedder
from rag.index.generation import Generation
from rag.index.lexical import Alternatives
from rag.model import Hit, Passage
from rag.question import Concept, Question

CANDIDATES = 50  # asked of each index
# Weights of the normalized scores: of the tenths tried, the best on the development halves of XQuAD and ARCD (benchmarks/retrieval.py).
_LEXICAL, _DENSE = 0.8, 0.2
_RAREST_FLOOR = 0.2  # so that a concept that is everywhere in the library still counts


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage id and the fused score of what the two indexes said of it, in [0, 1]."""

    passage_id: str
    score: float


def candidates(question: Question, generation: Generation, embedder: Embedder) -> list[Candidate]:
    """What both indexes find for a question, fused, best first."""
    lexical = generation.lexical.search(clauses(question), CANDIDATES)
    dense = generation.vectors.search(embedder.embed([question.text])[0], CANDIDATES)
    return fuse(lexical, dense)


def clauses(question: Question) -> list[tuple[Alternatives, float]]:
    """What the lexical index is asked: each concept's alternatives, and its weight."""
    return [(concept.alternatives, 1.0) for concept in question.concepts]


def fuse(lexical: Sequence[tuple[str, float]], dense: Sequence[tuple[str, float]]) -> list[Candidate]:
    """Weighted sum of the two lists' scores, each scaled by its best; what a list lacks counts zero in it."""
    scores: dict[str, float] = {}
    for weight, found in ((_LEXICAL, lexical), (_DENSE, dense)):
        best = max((score for _, score in found), default=0.0)
        for passage_id, score in found:
            if best > 0 and score > 0:
                scores[passage_id] = scores.get(passage_id, 0.0) + weight * score / best
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return [Candidate(passage_id, score) for passage_id, score in ranked]


def rarity(concept: Concept, generation: Generation) -> float:
    """How telling a concept is: rare in the library, and rare in everyday text (a small library knows little of that)."""
    total = max(1, len(generation.lexical))
    frequency = max(
        (weight * min(generation.lexical.frequency(term) for term in terms) for terms, weight in concept.alternatives),
        default=0.0,
    )
    inverse = math.log(1 + (total - min(total, frequency) + 0.5) / (frequency + 0.5)) / math.log(2 * total + 2)
    return (_RAREST_FLOOR + inverse) * concept.telling


def hits(ranked: Sequence[Candidate], passages: dict[str, Passage]) -> list[Hit]:
    """Candidates as hits; passages that have left the library since are passed over."""
    return [Hit(passages[c.passage_id], c.score) for c in ranked if c.passage_id in passages]
