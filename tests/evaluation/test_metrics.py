"""Recall, reciprocal rank and nDCG: worked by hand, and what must always hold."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluation.metrics import RETRIEVAL, ndcg_at, recall_at, reciprocal_rank

RANKED = ["a", "b", "c", "d", "e", "f"]
RANKINGS = st.lists(st.sampled_from("abcdefghijklmnop"), unique=True)
GOLD = st.frozensets(st.sampled_from("abcdefghijklmnop"), min_size=1)


# By hand


@pytest.mark.parametrize(
    ("gold", "k", "recall"),
    [("a", 1, 1.0), ("b", 1, 0.0), ("b", 2, 1.0), ("ez", 4, 0.0), ("ez", 5, 1.0), ("cf", 3, 1.0), ("z", 10, 0.0)],
)
def test_recall_is_whether_any_article_that_answers_is_among_the_first(gold: str, k: int, recall: float) -> None:
    assert recall_at(k, RANKED, set(gold)) == recall


@pytest.mark.parametrize(("gold", "value"), [("a", 1.0), ("b", 0.5), ("d", 0.25), ("df", 0.25), ("z", 0.0)])
def test_the_reciprocal_rank_is_that_of_the_first_article_that_answers(gold: str, value: float) -> None:
    assert reciprocal_rank(RANKED, set(gold)) == value


@pytest.mark.parametrize(
    ("gold", "k", "value"),
    [
        ("a", 10, 1.0),
        ("b", 10, 1 / log2(3)),
        ("c", 10, 0.5),
        ("c", 2, 0.0),
        ("z", 10, 0.0),
        ("ac", 10, (1 + 0.5) / (1 + 1 / log2(3))),
        ("az", 10, 1 / (1 + 1 / log2(3))),  # the one that is not found counts in the best order
        ("abc", 2, 1.0),  # two places cannot hold three
    ],
)
def test_ndcg_discounts_by_the_logarithm_of_the_rank(gold: str, k: int, value: float) -> None:
    assert ndcg_at(k, RANKED, set(gold)) == pytest.approx(value)


def test_what_found_nothing_scores_nothing() -> None:
    assert [metric([], {"a"}) for metric in RETRIEVAL.values()] == [0.0] * 5


def test_the_metrics_of_the_contract_are_there() -> None:
    found = {name: metric(RANKED, {"b"}) for name, metric in RETRIEVAL.items()}
    assert found == {
        "recall_at_1": 0.0, "recall_at_5": 1.0, "recall_at_10": 1.0, "mrr": 0.5, "ndcg_at_10": pytest.approx(0.6309, abs=1e-4),
    }  # fmt: skip


# Always


@given(RANKINGS, GOLD)
def test_every_metric_is_between_0_and_1(ranked: list[str], gold: frozenset[str]) -> None:
    assert all(0 <= metric(ranked, gold) <= 1 for metric in RETRIEVAL.values())


@given(RANKINGS, GOLD, st.integers(1, 20))
def test_looking_further_never_loses_an_article(ranked: list[str], gold: frozenset[str], k: int) -> None:
    assert recall_at(k, ranked, gold) <= recall_at(k + 1, ranked, gold)


@given(RANKINGS, GOLD, st.integers(1, 20))
def test_the_reciprocal_rank_and_recall_agree(ranked: list[str], gold: frozenset[str], k: int) -> None:
    assert recall_at(k, ranked, gold) == (reciprocal_rank(ranked, gold) >= 1 / k)


@given(RANKINGS, GOLD)
def test_moving_an_article_that_answers_up_never_costs(ranked: list[str], gold: frozenset[str]) -> None:
    for i in range(1, len(ranked)):
        better = [*ranked[: i - 1], ranked[i], ranked[i - 1], *ranked[i + 1 :]]
        if ranked[i] in gold and ranked[i - 1] not in gold:
            assert all(metric(better, gold) >= metric(ranked, gold) for metric in RETRIEVAL.values())


@given(RANKINGS, GOLD)
def test_the_best_order_has_an_ndcg_of_1(others: list[str], gold: frozenset[str]) -> None:
    ranked = [*sorted(gold), *(article for article in others if article not in gold)]
    assert ndcg_at(10, ranked, gold) == pytest.approx(1)
