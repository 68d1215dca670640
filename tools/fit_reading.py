"""Fit `rag/weights.toml` on questions with known answers.

    python tools/fit_reading.py --set ARTICLES.jsonl QUESTIONS.jsonl question_ar [--set …]

A set is JSONL articles (`id`, `text`), JSONL questions (`article_id`, `answer_ar` and the field named last), one line each. Fitted were the
development halves of XQuAD (Arabic and English questions) and ARCD; see docs/evaluation.md for where to get them.

Two models. `sentence`: a softmax over the sentences found for a question, the likelihood of those that hold the answer maximized. `answer`: a
logistic regression on the best sentence, asked once as it is and once with the article that answers taken away, which leaves articles near the
topic that do not answer. All weights are kept non-negative. Deterministic.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag import retrieval
from rag.engine import Engine, open_engine
from rag.evidence import FEATURES, Material, gather
from rag.language.characters import fold, script
from rag.settings import Settings

Array = NDArray[np.float64]

_OUTPUT = Path(__file__).parent.parent / "rag/weights.toml"
_READ, _FOUND = 10, 14  # passages read, and found before the answering article is taken away
_RIDGE = 1e-3
# The features that speak of a set's own habits rather than of the question do not decide whether it is answered.
_NOT_FOR_ANSWER = ("retrieved", "short")
_LENIENCE = 1.6  # log odds by which an answer is preferred to a refusal, for one language and across two
_STRICTER_ACROSS = 0.5
_LEAST_RELATIVE = 3.0


@dataclass
class Case:
    """One question: features and labels of its sentences, with the answering article and without it."""

    across: bool
    features: Array
    answers: NDArray[np.bool_]
    without: Array


def main() -> None:
    """Collect the cases, fit both models, write the weights, print what they reach."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", nargs=3, action="append", required=True, metavar=("ARTICLES", "QUESTIONS", "FIELD"))
    parser.add_argument("--print-only", action="store_true", help="do not write the weights")
    arguments = parser.parse_args()
    named = {f"{Path(a).name} {field}": cases(Path(a), Path(q), field) for a, q, field in arguments.set}
    everything = [case for found in named.values() for case in found]
    sentence = fit_sentence(everything)
    answer, constant = fit_answer(everything, sentence)
    for name, found in named.items():
        print(name, report(found, sentence, answer, constant))
    if not arguments.print_only:
        _OUTPUT.write_text(as_toml(sentence, answer, constant), encoding="utf-8")


def cases(articles: Path, questions: Path, field: str) -> list[Case]:
    """Ask every question of a library of the articles."""
    with tempfile.TemporaryDirectory() as folder, open_engine(Settings(data_dir=Path(folder))) as engine:
        engine.ingest([articles])
        lines = questions.read_text(encoding="utf-8").splitlines()
        return [case for line in lines if (case := _case(engine, json.loads(line), field))]


def _case(engine: Engine, record: dict[str, Any], field: str) -> Case | None:
    generation = engine.generation()
    asked = retrieval.understood(record[field], generation)
    if not asked.concepts:
        return None
    rarities = [retrieval.rarity(concept, generation) for concept in asked.concepts]
    ranked = retrieval.search(engine.query(asked, generation), generation)[:_FOUND]
    found = engine.material(ranked)
    gold = record["article_id"]

    def judged(keep: Callable[[str], bool]) -> tuple[Array, NDArray[np.bool_]]:
        passages = [(p, score) for p, score in found.passages if keep(p.article_id)][:_READ]
        articles = {a: article for a, article in found.articles.items() if any(p.article_id == a for p, _ in passages)}
        evidence = [e for e in gather(asked, rarities, Material(passages, articles, found.sentences)) if not e.apart]
        labels = [
            one.passage.article_id == gold
            and fold(record["answer_ar"]).strip() in fold(articles[gold].text[one.sentence.start : one.sentence.end])
            for one in evidence
        ]
        features = np.array([one.features for one in evidence]).reshape(-1, len(FEATURES))
        return features, np.array(labels, dtype=bool)

    features, answers = judged(lambda _: True)
    without, _ = judged(lambda article_id: article_id != gold)
    across = any(script(article.text) != asked.language for article in found.articles.values())
    return Case(across, features, answers, without)


def fit_sentence(found: Sequence[Case]) -> Array:
    """Weights of the sentence model, by Adam on the mean log likelihood."""
    usable = [case for case in found if case.answers.any()]

    def gradient(weights: Array) -> Array:
        total = np.zeros(len(FEATURES))
        for case in usable:
            scores = case.features @ weights
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            right = likely * case.answers
            total += case.features.T @ (likely - right / right.sum())
        return total / len(usable) + _RIDGE * weights

    return _adam(gradient, np.zeros(len(FEATURES)), steps=600, rate=0.1)


def fit_answer(found: Sequence[Case], sentence: Array) -> tuple[Array, float]:
    """Weights of the answer model (the last one is for another language) and its constant."""
    rows, labels = [], []
    for case in found:
        if len(case.features) and case.answers[_best(case.features, sentence)]:
            rows.append(_answer_row(case.features, sentence, across=case.across))
            labels.append(1.0)
        if len(case.without):
            rows.append(_answer_row(case.without, sentence, across=case.across))
            labels.append(0.0)
    inputs, wanted = np.column_stack([np.array(rows), np.ones(len(rows))]), np.array(labels)

    def gradient(weights: Array) -> Array:
        predicted = 1 / (1 + np.exp(-inputs @ weights))
        return np.asarray(inputs.T @ (predicted - wanted) / len(wanted) + _RIDGE * 0.1 * weights)

    fitted = _adam(gradient, np.zeros(inputs.shape[1]), steps=6000, rate=0.05, free=1)
    return fitted[:-1], float(fitted[-1])


def _adam(gradient: Callable[[Array], Array], weights: Array, *, steps: int, rate: float, free: int = 0) -> Array:
    """Kingma and Ba's Adam; all weights but the last `free` are kept non-negative."""
    mean, variance = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        slope = gradient(weights)
        mean = 0.9 * mean + 0.1 * slope
        variance = 0.999 * variance + 0.001 * slope * slope
        decay = 0.1 if step > steps / 2 else 1.0
        weights = weights - rate * decay * (mean / (1 - 0.9**step)) / (np.sqrt(variance / (1 - 0.999**step)) + 1e-8)
        bounded = len(weights) - free
        weights[:bounded] = np.maximum(weights[:bounded], 0)
    return weights


def _best(features: Array, sentence: Array) -> int:
    return int(np.argmax(features @ sentence))


def _answer_row(features: Array, sentence: Array, *, across: bool) -> Array:
    row = features[_best(features, sentence)].copy()
    row[[FEATURES.index(name) for name in _NOT_FOR_ANSWER]] = 0
    return np.append(row, float(across))


def report(found: Sequence[Case], sentence: Array, answer: Array, constant: float) -> str:
    """Answer-sentence hit@1, and at the chosen threshold the shares of answers kept and of unanswerable questions refused."""
    right = [case for case in found if len(case.features) and case.answers[_best(case.features, sentence)]]
    threshold = -_LENIENCE + _STRICTER_ACROSS * found[0].across

    def answered(features: Array, *, across: bool) -> bool:
        return float(_answer_row(features, sentence, across=across) @ answer) + constant > threshold

    kept = np.mean([answered(case.features, across=case.across) for case in right])
    refused = np.mean([not len(c.without) or not answered(c.without, across=c.across) for c in found])
    return f"n {len(found)} hit@1 {len(right) / len(found):.3f} kept {kept:.3f} refused {refused:.3f}"


def as_toml(sentence: Array, answer: Array, constant: float) -> str:
    """The text of `rag/weights.toml`."""
    lines = [
        "# Weights of the reading models, fitted by tools/fit_reading.py on the development halves of XQuAD and ARCD.",
        "",
    ]
    lines += ["[sentence]", *_table(sentence)]
    lines += ["", "[answer]", f"constant = {constant + _LENIENCE:.3f}"]
    lines += [f"across_languages = {answer[-1] - _STRICTER_ACROSS:.3f}", "", "[answer.features]", *_table(answer)]
    lines += ["", "[quotes]", f"least_relative = {_LEAST_RELATIVE}", ""]
    return "\n".join(lines)


def _table(weights: Array) -> list[str]:
    return [f"{name} = {weight:.3f}" for name, weight in zip(FEATURES, weights, strict=False)]


if __name__ == "__main__":
    main()
