"""Candidates of two indexes fused, and how telling a concept is."""

import pytest

from rag.engine import Engine
from rag.model import Passage
from rag.question import Concept, understand
from rag.retrieval import Candidate, fuse, hits, rarity


def test_fusion_adds_the_scaled_scores_of_both_lists() -> None:
    fused = fuse([("a", 10.0), ("b", 5.0)], [("b", 0.9), ("c", 0.45)])
    assert [(c.passage_id, pytest.approx(c.score)) for c in fused] == [
        ("a", pytest.approx(0.8)), ("b", pytest.approx(0.6)), ("c", pytest.approx(0.1)),
    ]  # fmt: skip


def test_fusion_breaks_ties_by_id_so_that_an_order_is_always_the_same() -> None:
    assert [c.passage_id for c in fuse([("b", 1.0), ("a", 1.0)], [])] == ["a", "b"]


@pytest.mark.parametrize("found", [[], [("a", 0.0)], [("a", -0.5)]])
def test_what_scores_nothing_is_no_candidate(found: list[tuple[str, float]]) -> None:
    assert fuse(found, found) == []


def test_passages_that_have_left_the_library_are_passed_over() -> None:
    here = Passage("a", "article", 0, 1, "x")
    assert [hit.passage for hit in hits([Candidate("gone", 1.0), Candidate("a", 0.5)], {"a": here})] == [here]


def test_a_rare_concept_tells_more_than_a_common_one(seed_engine: Engine) -> None:
    generation = seed_engine.generation()

    def told(text: str) -> float:
        (concept,) = understand(text, generation.lexical.sounding_like).concepts
        return rarity(concept, generation)

    assert told("كاتيوشا؟") > told("هجوم؟") > 0


def test_an_everyday_word_tells_less_than_an_unusual_one_of_the_same_frequency(seed_engine: Engine) -> None:
    ways = ((("صاروخ",), 1.0),)
    everyday, unusual = Concept("x", "word", ways, telling=0.2), Concept("x", "word", ways, telling=1.0)
    generation = seed_engine.generation()
    assert rarity(everyday, generation) == pytest.approx(0.2 * rarity(unusual, generation))
