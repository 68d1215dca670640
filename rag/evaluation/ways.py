"""The ways of retrieval that are compared: the whole system, its parts, and a baseline."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from rag.engine import Engine
from rag.evaluation.bm25 import Bm25
from rag.model import LANGUAGES, Passage
from rag.ranking import FEATURES, load_weights
from rag.retrieval import Scored, clauses, ranked, score, understood

FULL = "full"
DEPTH = 100  # passages asked for

Way = Callable[[str], Sequence[str]]  # a question to passage ids, best first
Ways = Mapping[str, Way]


def full(engine: Engine) -> Way:
    """What `engine.search` finds: the system as its users have it."""
    return lambda question: [hit.passage.id for hit in engine.search(question, limit=DEPTH)]


def ways(engine: Engine, passages: Mapping[str, Passage]) -> Ways:
    """Every way by name, the whole system first.

    - `full`: what `engine.search` finds.
    - `lexical`: the structured query alone: translations, names, numbers and dates, no vectors.
    - `dense`: the concept vectors alone.
    - `bm25`: the baseline, plain BM25 over the question's own stems.
    - `without …`: the whole system with one feature of `rag.ranking` left out, the other weights as they are.

    Args:
        engine: on the library that is searched.
        passages: all of its passages, by id.
    """
    bm25 = Bm25({passage_id: passage.text for passage_id, passage in passages.items()})

    def lexical(question: str) -> list[str]:
        generation = engine.generation()
        asked = clauses(understood(question, generation))
        found = (one for language in LANGUAGES for one in generation.lexical.search(asked, DEPTH, language))
        return best((entry.passage_id, score) for entry, score in found)

    def dense(question: str) -> list[str]:
        vector, vectors = engine.embedder.embed_query(question), engine.generation().vectors
        return best(one for language in LANGUAGES for one in vectors.search(vector, DEPTH, language))

    @cache
    def scored(question: str) -> Sequence[Scored]:
        generation = engine.generation()
        return score(engine.query(understood(question, generation), generation), generation)

    def without(feature: str) -> Way:
        weights = {direction: one.without(feature) for direction, one in load_weights().items()}
        return lambda question: [candidate.passage_id for candidate in ranked(scored(question), weights)[:DEPTH]]

    return {
        FULL: full(engine),
        "lexical": lexical,
        "dense": dense,
        "bm25": lambda question: best(bm25.search(question, DEPTH)),
        **{f"without {feature}": without(feature) for feature in FEATURES if feature != "neural" or engine.neural},
    }


def best(found: Iterable[tuple[str, float]]) -> list[str]:
    """The ids of the highest scores, best first."""
    ranking = sorted(found, key=lambda one: -one[1])
    return [passage_id for passage_id, _ in ranking[:DEPTH]]
