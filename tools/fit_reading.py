"""Fit `rag/weights.toml` on questions with known answers.

    python tools/fit_reading.py --set ARTICLES.jsonl QUESTIONS.jsonl question_ar [--set …] --news FOLDER QUESTIONS.jsonl [--news …]

A set is JSONL articles (`id`, `text`) and JSONL questions (`article_id`, `answer_ar` and the field named last). News are articles in a folder and a
question set as `sanad eval answers` reads it, unanswerable questions among them. Fitted were the development halves of XQuAD (Arabic and English
questions) and ARCD, and the news of `training/`; see docs/evaluation.md.

Two models. `sentence`: a softmax over the sentences found for a question, the likelihood of those that hold the answer maximized; one for
articles in the question's language and one for the other. `answer`: a logistic regression on the best sentence of each question. Questions that
are not answered are the unanswerable ones, every question once more with the sentences taken away that answer it, which leaves what stands around
them, and every second one asked of the articles of another set, the smallest, where most of its words are unknown. Each model has weights for all
questions and, drawn towards them by a ridge, for each of what may be asked for (Evgeniou and Pontil, "Regularized Multi-Task Learning", 2004).
The constants refuse a set share of the news questions that have an answer. Deterministic.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag import retrieval
from rag.engine import Engine, open_engine
from rag.evaluation.answer_metrics import holds
from rag.evaluation.cases import Case, read_cases
from rag.evaluation.questions import Fields
from rag.evidence import FEATURES, Evidence, Material, gather
from rag.model import Sentence
from rag.question import Question
from rag.reading import ANSWER_FEATURES, ASKED, DIRECTIONS, Asked, Direction, Weights, answer_features, asked_kind, rank
from rag.settings import Settings

Array = NDArray[np.float64]

_OUTPUT = Path(__file__).parent.parent / "rag/weights.toml"
_READ, _UNANSWERED_READ = 16, 8  # passages
_NEWS_WEIGHT, _UNANSWERABLE_WEIGHT, _FOREIGN_WEIGHT = (
    6.0,
    12.0,
    12.0,
)  # of a news question; of one without an answer; of another set's
_FALSE_REFUSALS = 0.03  # share of the news questions with an answer that may be refused
_SENTENCE_RIDGE, _ANSWER_RIDGE = (1e-3, 2e-2), (3e-4, 1e-3)  # of the weights for all questions, and of the differences
_LEAST_RELATIVE, _BESIDE = 3.0, 3.0


@dataclass(frozen=True)
class Read:
    """A question and sentences judged for it.

    Attributes:
        evidence: those of articles that have its dates and names.
        answers: which of them hold the answer.
        asked: index of what is asked for, in ASKED.
        direction: of the articles.
        news: whether it is of the news.
        foreign: whether it was asked of another set's articles.
    """

    case: Case
    question: Question
    evidence: Sequence[Evidence]
    answers: NDArray[np.bool_]
    asked: int
    direction: Direction
    news: bool
    foreign: bool = False


def main() -> None:
    """Collect the cases, fit both models, write the weights, print what they reach."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", nargs=3, action="append", default=[], metavar=("ARTICLES", "QUESTIONS", "FIELD"))
    parser.add_argument("--news", nargs=2, action="append", default=[], metavar=("FOLDER", "QUESTIONS"))
    parser.add_argument("--print-only", action="store_true", help="do not write the weights")
    arguments = parser.parse_args()
    sets = [(Path(a), Path(q), Fields(field, "article_id", "answer_ar"), False) for a, q, field in arguments.set]
    sets += [(Path(a), Path(q), Fields(), True) for a, q in arguments.news]
    with ExitStack() as stack:
        libraries = {articles: stack.enter_context(_library(articles)) for articles, *_ in sets}
        by_size = sorted(libraries, key=lambda one: len(libraries[one].articles()))
        others = {one: libraries[next((other for other in by_size if other != one), one)] for one in libraries}
        found = [
            pair
            for articles, questions, fields, news in sets
            for pair in reads(libraries[articles], others[articles], read_cases(questions, fields), news=news)
        ]
    weights = fit(found)
    print(report([read for read, _ in found], weights))
    if not arguments.print_only:
        _OUTPUT.write_text(as_toml(weights), encoding="utf-8")


@contextmanager
def _library(articles: Path) -> Iterator[Engine]:
    with tempfile.TemporaryDirectory() as folder, open_engine(Settings(data_dir=Path(folder))) as engine:
        engine.ingest([articles])
        yield engine


def reads(
    library: Engine, other: Engine, cases: Sequence[Case], *, news: bool
) -> Iterator[tuple[Read, Sequence[Read]]]:
    """What is read for each question, and what is read where nothing answers it.

    That is the same without the sentences that answer, and for every second question what another library has.
    """
    for number, case in enumerate(cases):
        if case.kind not in {"answerable", "unanswerable"}:
            continue
        asked = _Asking(library, case, news)
        if asked.question.concepts:
            unanswered = [asked.read(_UNANSWERED_READ, masked=True)] if case.kind == "answerable" else []
            if number % 2 == 0 and other is not library:
                unanswered.append(replace(_Asking(other, case, news).read(_UNANSWERED_READ), foreign=True))
            yield asked.read(_READ), unanswered


class _Asking:
    """A question asked of a library."""

    def __init__(self, library: Engine, case: Case, news: bool) -> None:
        generation = library.generation()
        self.question = retrieval.understood(case.question, generation)
        self._case, self._news = case, news
        self._rarities = [retrieval.rarity(concept, generation) for concept in self.question.concepts]
        ranked = retrieval.search(library.query(self.question, generation), generation)
        self._material = library.material(ranked[:_READ])

    def read(self, passages: int, *, masked: bool = False) -> Read:
        """The sentences of the best passages, judged; with `masked` without those that answer."""
        first = self._material.passages[:passages]
        ids = dict.fromkeys(passage.article_id for passage, _ in first)
        articles = {article_id: self._material.articles[article_id] for article_id in ids}
        sentences = {
            article_id: [
                one for one in self._material.sentences[article_id] if not (masked and self._answers(article_id, one))
            ]
            for article_id in ids
        }
        found = Material(first, articles, sentences)
        evidence = [one for one in gather(self.question, self._rarities, found) if not one.apart]
        labels = [self._answers(one.passage.article_id, one.sentence) for one in evidence]
        across: Direction = "across" if self.question.language == "en" else "same"
        asked = ASKED.index(asked_kind(self.question))
        return Read(self._case, self.question, evidence, np.array(labels, dtype=bool), asked, across, self._news)

    def _answers(self, article_id: str, sentence: Sentence) -> bool:
        text = self._material.articles[article_id].text[sentence.start : sentence.end]
        return article_id in self._case.gold and any(holds([text], (need,)) for need in self._case.must)


def fit(found: Sequence[tuple[Read, Sequence[Read]]]) -> Weights:
    """Both models, the second on what the first finds best."""
    sentence: dict[tuple[Direction, Asked], Array] = {}
    for direction in DIRECTIONS:
        usable = [read for read, _ in found if read.direction == direction and read.answers.any()]
        fitted = fit_sentence(usable)
        sentence |= {(direction, asked): fitted[i] for i, asked in enumerate(ASKED)}
    weights = Weights(sentence, {}, _LEAST_RELATIVE, _BESIDE)
    rows: list[tuple[Array, float, float, int]] = []
    for read, unanswered in found:
        row = _row(read, weights)
        if row is not None and read.case.kind == "unanswerable":
            rows.append((row, 0.0, _UNANSWERABLE_WEIGHT, read.asked))
        elif row is not None and _is_right(read, weights):
            rows.append((row, 1.0, _NEWS_WEIGHT if read.news else 1.0, read.asked))
        for one in unanswered:
            if (other := _row(one, weights)) is not None:
                weight = _FOREIGN_WEIGHT if one.foreign else _NEWS_WEIGHT if read.news else 1.0
                rows.append((other, 0.0, weight, read.asked))
    answer = fit_answer(rows)
    asked_news = [read for read, _ in found if read.news and read.case.kind == "answerable"]
    odds = [
        float(row @ answer[read.asked][:-1] + answer[read.asked][-1])
        for read in asked_news
        if (row := _row(read, weights)) is not None
    ]
    shift = float(np.quantile(odds, _FALSE_REFUSALS)) if odds else 0.0
    models = {asked: (answer[i][:-1], float(answer[i][-1]) - shift) for i, asked in enumerate(ASKED)}
    return Weights(sentence, models, _LEAST_RELATIVE, _BESIDE)


def fit_sentence(found: Sequence[Read]) -> Array:
    """Weights of the sentence model, one row for each of ASKED, none negative."""
    if not found:
        return np.zeros((len(ASKED), len(FEATURES)))
    most = max(len(read.evidence) for read in found)
    features = np.zeros((len(found), most, len(FEATURES)))
    labels, there = np.zeros((2, len(found), most), dtype=bool)
    for i, read in enumerate(found):
        features[i, : len(read.evidence)] = [one.features for one in read.evidence]
        labels[i, : len(read.evidence)], there[i, : len(read.evidence)] = read.answers, True
    asked = np.array([read.asked for read in found])
    news = np.array([read.news for read in found])
    shares = np.where(news, 0.5 / max(1, news.sum()), 0.5 / max(1, (~news).sum()))  # news and the others tell as much

    def gradient(weights: Array) -> Array:
        scores = np.einsum("nsf,nf->ns", features, _together(weights)[asked])
        scores[~there] = -np.inf
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        right = likely * labels
        right /= np.maximum(right.sum(axis=1, keepdims=True), 1e-300)
        return np.asarray(np.einsum("nsf,ns->nf", features, (likely - right) * shares[:, np.newaxis]))

    return _together(_shared_fit(gradient, asked, len(FEATURES), _SENTENCE_RIDGE, steps=400, rate=0.1, bounded=True))


def fit_answer(rows: Sequence[tuple[Array, float, float, int]]) -> Array:
    """Weights of the answer model, one row for each of ASKED, its constant last; of each both outcomes weigh the same."""
    inputs = np.array([np.append(row, 1.0) for row, *_ in rows])
    wanted, shares = np.array([label for _, label, _, _ in rows]), np.array([weight for _, _, weight, _ in rows])
    asked = np.array([one for *_, one in rows])
    for kind in range(len(ASKED)):
        for label in (0.0, 1.0):
            part = (asked == kind) & (wanted == label)
            shares[part] *= 0.5 * (asked == kind).sum() / max(1e-9, shares[part].sum())
    shares /= shares.sum()

    def gradient(weights: Array) -> Array:
        predicted = 1 / (1 + np.exp(-np.einsum("nf,nf->n", inputs, (weights[0] + weights[1:])[asked])))
        return np.asarray(inputs * ((predicted - wanted) * shares)[:, np.newaxis])

    fitted = _shared_fit(gradient, asked, inputs.shape[1], _ANSWER_RIDGE, steps=2500, rate=0.05, bounded=False)
    return np.asarray(fitted[0] + fitted[1:])


def _shared_fit(
    gradient: Callable[[Array], Array],
    asked: NDArray[np.int_],
    width: int,
    ridge: tuple[float, float],
    *,
    steps: int,
    rate: float,
    bounded: bool,
) -> Array:
    """Kingma and Ba's Adam on weights for all (the first row) and differences for each of ASKED.

    Args:
        gradient: of the loss by the weights that each question is judged with, one row a question.
        asked: what each question asks for.
        width: of a row.
        ridge: of the first row, and of the others.
        steps: how many.
        rate: of learning, a tenth of it in the second half.
        bounded: keep the first row non-negative.
    """
    weights = np.zeros((1 + len(ASKED), width))
    mean, variance = np.zeros_like(weights), np.zeros_like(weights)
    parted = np.eye(len(ASKED))[asked].T
    for step in range(1, steps + 1):
        by_question = gradient(weights)
        slope = np.vstack(
            [by_question.sum(axis=0) + ridge[0] * weights[0], parted @ by_question + ridge[1] * weights[1:]]
        )
        mean = 0.9 * mean + 0.1 * slope
        variance = 0.999 * variance + 0.001 * slope * slope
        pace = rate if step < steps / 2 else rate / 10
        weights -= pace * (mean / (1 - 0.9**step)) / (np.sqrt(variance / (1 - 0.999**step)) + 1e-8)
        if bounded:
            weights[0] = np.maximum(weights[0], 0)
    return weights


def _together(weights: Array) -> Array:
    return np.asarray(np.maximum(weights[0] + weights[1:], 0))


def _row(read: Read, weights: Weights) -> Array | None:
    if not read.evidence:
        return None
    return answer_features(read.question, rank(read.question, read.evidence, weights))


def _is_right(read: Read, weights: Weights) -> bool:
    """Whether the best sentence holds the answer."""
    if not read.answers.any():
        return False
    best = rank(read.question, read.evidence, weights)[0].evidence
    return bool(read.answers[[one is best for one in read.evidence].index(True)])


def report(found: Sequence[Read], weights: Weights) -> str:
    """For each kind of set and direction: the best sentences that hold the answer, and what the answer model refuses."""
    lines = []
    for news in (False, True):
        for direction in DIRECTIONS:
            part = [read for read in found if read.news == news and read.direction == direction]
            with_answer = [read for read in part if read.case.kind == "answerable"]
            without = [read for read in part if read.case.kind == "unanswerable"]
            if with_answer:
                hits = np.mean([_is_right(read, weights) for read in with_answer])
                named = f"{'news' if news else 'sets'} {direction}: n {len(with_answer)} hit@1 {hits:.3f}"
                lines.append(
                    f"{named} refused {_refused(with_answer, weights):.3f}, unanswerable {_refused(without, weights):.3f}"
                )
    return "\n".join(lines)


def _refused(found: Sequence[Read], weights: Weights) -> float:
    rows = [(_row(read, weights), weights.answer[ASKED[read.asked]]) for read in found]
    return (
        float(np.mean([row is None or float(row @ model[0]) + model[1] <= 0 for row, model in rows]))
        if rows
        else np.nan
    )


def as_toml(weights: Weights) -> str:
    """The text of `rag/weights.toml`."""
    lines = [
        "# Weights of the reading models, fitted by tools/fit_reading.py on the development halves of XQuAD and ARCD and on the news of training/.",
        "",
        f"[quotes]\nleast_relative = {weights.least_relative}\nbeside = {weights.beside}",
    ]
    for (direction, asked), vector in weights.sentence.items():
        lines += ["", f"[sentence.{direction}.{asked}]", *_table(FEATURES, vector)]
    for asked, (vector, constant) in weights.answer.items():
        lines += ["", f"[answer.{asked}]", f"constant = {constant:.3f}", *_table(ANSWER_FEATURES, vector)]
    return "\n".join([*lines, ""])


def _table(names: Sequence[str], vector: Array) -> list[str]:
    return [f"{name} = {weight:.3f}" for name, weight in zip(names, vector, strict=True)]


if __name__ == "__main__":
    main()
