"""Fit `rag/ranking.toml` on questions whose article is known.

    python tools/fit_ranking.py --set ARTICLES.jsonl QUESTIONS.jsonl question_ar [--set …]

A set is JSONL articles (`id`, `text`), JSONL questions (`article_id` and the field named last), one line each. Fitted were the development
halves of XQuAD (Arabic and English questions) and ARCD; docs/retrieval.md says where to get them.

For each direction (question and articles in one language, or in two) the weights maximize the likelihood of the answering article's passages
in a softmax over the candidates; they are kept non-negative. The constant, and one factor for all weights, then make the scores
probabilities (Platt, 1999), so that the two directions can be compared. Deterministic.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag import ranking, retrieval
from rag.engine import open_engine
from rag.language.characters import script
from rag.ranking import DIRECTIONS, FEATURES, Direction, Matrix, Weights
from rag.settings import Settings

_OUTPUT = Path(__file__).parent.parent / "rag/ranking.toml"
_RIDGE = 1e-3
_STEPS = 800
_NEURAL = 1.0  # share of all other weights together; no model that could be fitted with can be had everywhere


@dataclass
class Case:
    """One question: features of its candidates, and which are of the article that answers."""

    features: Matrix
    answers: NDArray[np.bool_]
    articles: Sequence[str]


def main() -> None:
    """Collect the cases, fit each direction, write the weights, print what they reach."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", nargs=3, action="append", required=True, metavar=("ARTICLES", "QUESTIONS", "FIELD"))
    parser.add_argument("--print-only", action="store_true", help="do not write the weights")
    arguments = parser.parse_args()
    named = {f"{Path(a).name} {field}": cases(Path(a), Path(q), field) for a, q, field in arguments.set}
    if missing := set(DIRECTIONS) - {direction for direction, _ in named.values()}:
        parser.error(f"no set has questions and articles in: {', '.join(sorted(missing))}")
    tables = []
    for direction in DIRECTIONS:
        fitting = {name: found for name, (one, found) in named.items() if one == direction}
        weights = fit([case for found in fitting.values() for case in found])
        tables.append(as_toml(direction, weights))
        for name, found in fitting.items():
            print(name, report(found, weights))
    print("\n".join(tables))
    if not arguments.print_only:
        head = "# Weights of the ranking of passages, fitted by tools/fit_ranking.py on the development halves of XQuAD and ARCD.\n"
        _OUTPUT.write_text("\n".join([head, *tables]), encoding="utf-8")


def cases(articles: Path, questions: Path, field: str) -> tuple[Direction, list[Case]]:
    """The candidates that a library of the articles has for every question."""
    with tempfile.TemporaryDirectory() as folder, open_engine(Settings(data_dir=Path(folder))) as engine:
        engine.ingest([articles])
        generation = engine.generation()
        language = script(engine.articles()[0].text) or "ar"
        found = []
        for record in map(json.loads, questions.read_text(encoding="utf-8").splitlines()):
            asked = retrieval.understood(record[field], generation)
            candidates = retrieval.gather(engine.query(asked, generation), generation, language)
            features = ranking.features(asked, candidates, generation.lexical)
            answers = np.array([article == record["article_id"] for article in candidates.article_ids])
            found.append(Case(features, answers, candidates.article_ids))
        return retrieval.direction(asked, language), found


def fit(found: Sequence[Case]) -> Weights:
    """Weights by Adam on the mean log likelihood, then the constant and the factor."""
    usable = [case for case in found if case.answers.any()]
    widest = max(len(case.answers) for case in usable)
    features = np.zeros((len(usable), widest, len(FEATURES)))
    answers, there = np.zeros((2, len(usable), widest), dtype=bool)
    for i, case in enumerate(usable):
        features[i, : len(case.answers)] = case.features
        answers[i, : len(case.answers)] = case.answers
        there[i, : len(case.answers)] = True

    def gradient(weights: Matrix) -> Matrix:
        likely = _softmax(np.where(there, features @ weights, -np.inf))
        right = likely * answers
        right /= right.sum(axis=1, keepdims=True)
        return np.asarray(np.einsum("qc,qcf->f", likely - right, features) / len(usable) + _RIDGE * weights)

    weights = _adam(gradient, np.ones(len(FEATURES)))
    scores = np.where(there, features @ weights, -np.inf)
    best = np.where(answers, scores, -np.inf).argmax(axis=1)  # of several passages of the answering article one answers
    one = np.zeros_like(answers)
    one[np.arange(len(best)), best] = True
    counts = there & (one | ~answers)
    constant, factor = _calibrated(scores[counts], one[counts])
    weights *= factor
    neural = FEATURES.index("neural")
    weights[neural] = _NEURAL * (weights.sum() - weights[neural])
    return Weights(constant, weights)


def _softmax(scores: Matrix) -> Matrix:
    likely = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(likely / likely.sum(axis=1, keepdims=True))


def _adam(gradient: Callable[[Matrix], Matrix], weights: Matrix) -> Matrix:
    """Kingma and Ba's Adam; the weights are kept non-negative."""
    mean, variance = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        slope = gradient(weights)
        mean = 0.9 * mean + 0.1 * slope
        variance = 0.999 * variance + 0.001 * slope * slope
        rate = 0.3 if step < _STEPS / 2 else 0.05
        change = rate * (mean / (1 - 0.9**step)) / (np.sqrt(variance / (1 - 0.999**step)) + 1e-8)
        weights = np.maximum(weights - change, 0)
    return weights


def _calibrated(scores: Matrix, answers: NDArray[np.bool_]) -> tuple[float, float]:
    """The constant and factor of the logistic regression of the answers on one score, by Newton's method."""
    inputs = np.column_stack([np.ones(len(scores)), scores])
    solution = np.zeros(2)
    for _ in range(50):
        likely = 1 / (1 + np.exp(-inputs @ solution))
        slope = inputs.T @ (likely - answers)
        curvature = inputs.T @ (inputs * (likely * (1 - likely))[:, np.newaxis])
        solution -= np.linalg.solve(curvature, slope)
    return float(solution[0]), float(solution[1])


def report(found: Sequence[Case], weights: Weights) -> str:
    """Recall at 1, 5 and 10 of the article that answers, ranked by its best passage."""
    ranks = []
    for case in found:
        order = np.argsort(-weights.likely(case.features), kind="stable")
        articles = list(dict.fromkeys(case.articles[int(i)] for i in order))
        answering = {case.articles[int(i)] for i in np.flatnonzero(case.answers)}
        ranks.append(next((rank for rank, article in enumerate(articles, 1) if article in answering), np.inf))
    return " ".join(f"R@{k} {np.mean(np.array(ranks) <= k):.3f}" for k in (1, 5, 10))


def as_toml(direction: Direction, weights: Weights) -> str:
    """One table of `rag/ranking.toml`."""
    pairs = zip(FEATURES, weights.weights, strict=True)
    lines = [
        f"[{direction}]",
        f"constant = {weights.constant:.3f}",
        *(f"{name} = {weight:.3f}" for name, weight in pairs),
    ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
