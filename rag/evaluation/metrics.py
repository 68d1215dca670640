"""Metrics of one ranking: which articles were found, best first, and which of them answer the question.

Relevance is binary. Every metric is between 0 and 1 and more is better; a figure of a question set is the mean over its questions.
"""

import math
from collections.abc import Callable, Mapping, Sequence, Set
from functools import partial

Metric = Callable[[Sequence[str], Set[str]], float]


def recall_at(k: int, ranked: Sequence[str], gold: Set[str]) -> float:
    """Whether an article that answers is among the first `k`: 1 or 0.

    With one such article this is recall at k (Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008, ch. 8); with
    several any of them counts, as in the top-k accuracy of Karpukhin et al., "Dense Passage Retrieval" (2020).

    Args:
        k: how many articles are looked at.
        ranked: ids of the articles found, best first, each once.
        gold: ids of the articles that answer.
    """
    return float(not gold.isdisjoint(ranked[:k]))


def reciprocal_rank(ranked: Sequence[str], gold: Set[str]) -> float:
    """1 / the rank of the first article that answers, 0 when none was found; its mean is the MRR (Voorhees, TREC-8 QA track, 1999)."""
    return next((1 / rank for rank, article in enumerate(ranked, 1) if article in gold), 0.0)


def ndcg_at(k: int, ranked: Sequence[str], gold: Set[str]) -> float:
    """Normalized discounted cumulative gain of the first `k` (Järvelin and Kekäläinen, "Cumulated gain-based evaluation", 2002).

    An article that answers gains 1, discounted by log2(rank + 1) as in trec_eval; 1 is the gain of the best possible order.
    """
    gain = sum(_discount(rank) for rank, article in enumerate(ranked[:k], 1) if article in gold)
    return gain / sum(_discount(rank) for rank in range(1, min(k, len(gold)) + 1))


def _discount(rank: int) -> float:
    return 1 / math.log2(rank + 1)


RETRIEVAL: Mapping[str, Metric] = {
    "recall_at_1": partial(recall_at, 1),
    "recall_at_5": partial(recall_at, 5),
    "recall_at_10": partial(recall_at, 10),
    "mrr": reciprocal_rank,
    "ndcg_at_10": partial(ndcg_at, 10),
}
