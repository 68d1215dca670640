"""Fitting the ranking: on made cases whose answer is known, and from articles and questions to a file of weights."""

import json
import runpy
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.ranking import DIRECTIONS, FEATURES, Matrix, Weights

FIT = runpy.run_path(str(Path(__file__).parent.parent / "tools/fit_ranking.py"))

_NEURAL = FEATURES.index("neural")
_PLANTED = FEATURES.index("sentence")


def case(features: Matrix, answers: Sequence[bool], articles: Sequence[str] = ()) -> Any:  # noqa: ANN401  # a class of a script
    return FIT["Case"](features, np.array(answers), articles or [f"a{i}" for i in range(len(answers))])


def made(questions: int, *, planted: float, seed: int = 0) -> list[Any]:
    """Cases of noise in which one feature of the one passage that answers is higher, by chance not always the highest."""
    rng = np.random.default_rng(seed)
    cases = []
    for _ in range(questions):
        number = int(rng.integers(5, 12))
        features = rng.uniform(0, 0.6, (number, len(FEATURES)))
        features[:, _NEURAL] = 0
        answer = int(rng.integers(number))
        features[answer, _PLANTED] += planted
        cases.append(case(features, [i == answer for i in range(number)]))
    return cases


def fitted(cases: Sequence[Any]) -> Weights:
    weights = FIT["fit"](cases)
    assert isinstance(weights, Weights)
    return weights


@pytest.mark.parametrize("seed", range(3))
def test_the_feature_that_tells_the_answer_gets_the_weight(seed: int) -> None:
    weights = fitted(made(80, planted=0.3, seed=seed)).weights
    others = np.delete(weights, [_PLANTED, _NEURAL])
    assert weights[_PLANTED] > 3 * others.max()


@pytest.mark.parametrize("planted", [0.3, 0.05])
def test_no_weight_is_negative(planted: float) -> None:
    cases = made(60, planted=planted)
    for one in cases:  # this feature speaks against a passage
        one.features[:, 0] = np.where(one.answers, 0.1, 0.5)
    weights = fitted(cases).weights
    assert (weights >= 0).all()
    assert weights[0] == 0


def test_the_neural_weight_is_as_much_as_all_others_together() -> None:
    weights = fitted(made(40, planted=0.3)).weights
    assert weights[_NEURAL] == pytest.approx(np.delete(weights, _NEURAL).sum())


def test_the_same_cases_always_get_the_same_weights() -> None:
    first, second = fitted(made(30, planted=0.3)), fitted(made(30, planted=0.3))
    assert first.constant == second.constant
    np.testing.assert_array_equal(first.weights, second.weights)


def test_scores_are_probabilities_that_agree_with_how_often_passages_answer() -> None:
    cases = made(200, planted=0.3)
    weights = fitted(cases)
    answers = np.concatenate([one.answers for one in cases])
    likely = weights.likely(np.concatenate([one.features for one in cases]))
    assert likely.mean() == pytest.approx(answers.mean(), abs=1e-3)
    order = np.argsort(likely)
    fifths = [(likely[part].mean(), answers[part].mean()) for part in np.array_split(order, 5)]
    assert all(told == pytest.approx(observed, abs=0.08) for told, observed in fifths)
    assert fifths[-1][1] > 3 * answers.mean()  # else any constant would do


def test_of_the_article_that_answers_only_its_best_passage_counts_among_the_answers() -> None:
    """How likely its other passages are said to answer is neither held for right nor for wrong."""
    cases = []
    for one in made(200, planted=0.3):
        also = np.full((2, len(FEATURES)), 0.1)
        also[:, _NEURAL] = 0
        cases.append(case(np.concatenate([one.features, also]), [*one.answers, True, True]))
    weights = fitted(cases)
    told, observed = [], []
    for one in cases:
        likely = weights.likely(one.features)
        best = int(np.where(one.answers, likely, -1).argmax())
        counted = ~one.answers | (np.arange(len(likely)) == best)
        told += likely[counted].tolist()
        observed += one.answers[counted].tolist()
    assert np.mean(told) == pytest.approx(np.mean(observed), abs=1e-6)
    spread = np.argsort(told)[-len(cases) :]
    assert np.array(observed)[spread].mean() == pytest.approx(np.array(told)[spread].mean(), abs=0.05)


def test_more_of_what_tells_is_likelier() -> None:
    weights = fitted(made(60, planted=0.3))
    rows = np.full((5, len(FEATURES)), 0.3)
    rows[:, _PLANTED] = np.linspace(0, 1, 5)
    assert (np.diff(weights.likely(rows)) > 0).all()


def test_a_question_whose_answer_was_not_found_teaches_nothing() -> None:
    cases = made(30, planted=0.3)
    lost = case(np.ones((4, len(FEATURES))), [False] * 4)
    with_lost = fitted([lost, *cases, lost])
    np.testing.assert_allclose(with_lost.weights, fitted(cases).weights)
    assert with_lost.constant == pytest.approx(fitted(cases).constant)


def test_it_is_enough_that_one_passage_of_the_article_that_answers_is_ranked_high() -> None:
    """Were both to be pulled up, the feature that one of them lacks altogether would tell nothing."""
    cases = []
    for one in made(60, planted=0.3):
        also = one.features.mean(axis=0, keepdims=True)
        also[0, _PLANTED] = 0
        cases.append(case(np.concatenate([one.features, also]), [*one.answers, True]))
    weights = fitted(cases).weights
    assert weights[_PLANTED] > 3 * np.delete(weights, [_PLANTED, _NEURAL]).max()


def test_recall_counts_articles_by_their_best_passage() -> None:
    weights = Weights(0.0, np.eye(len(FEATURES))[_PLANTED])

    def ranked(scores: Sequence[float], articles: str, answering: str) -> Any:  # noqa: ANN401  # a class of a script
        features = np.zeros((len(scores), len(FEATURES)))
        features[:, _PLANTED] = scores
        return case(features, [article == answering for article in articles], list(articles))

    cases = [
        ranked([0.2, 0.9, 0.5], "bab", "a"),  # 1st
        ranked([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.1], "aaaaaab", "b"),  # 2nd article, though the 7th passage
        ranked([0.9, 0.8, 0.7, 0.6, 0.5, 0.4], "abcdef", "f"),  # 6th
        ranked([0.9, 0.8], "ab", "z"),  # not found
    ]
    assert FIT["report"](cases, weights) == "R@1 0.250 R@5 0.500 R@10 0.750"


def test_a_table_names_every_feature() -> None:
    weights = Weights(-2.5, np.arange(len(FEATURES)) / 8)
    (table,) = tomllib.loads(FIT["as_toml"]("across", weights)).values()
    assert table == {"constant": -2.5, **{name: i / 8 for i, name in enumerate(FEATURES)}}


# From articles to a file

ARTICLES = {
    "hospital": "افتتح وزير الصحة مستشفى جديدا في النجف يضم 120 سريرا.",
    "rockets": "سقطت ثلاثة صواريخ على قاعدة عسكرية قرب الموصل من دون خسائر.",
    "football": "فاز فريق البصرة بكأس كرة القدم بعد تسجيل هدفين.",
    "oil": "ارتفعت أسعار النفط في الأسواق العالمية بنسبة 4 في المئة.",
    "floods": "غمرت مياه السيول 13 قرية وأجلت الحكومة سكانها.",
}
# The third and the fifth are wrong on purpose: of answers that are always known nothing can be calibrated.
QUESTIONS = {
    "ar": {
        "من افتتح المستشفى في النجف؟": "hospital",
        "كم صاروخا سقط على القاعدة؟": "rockets",
        "من فاز بكأس كرة القدم؟": "oil",
        "بكم ارتفعت أسعار النفط؟": "oil",
        "كم قرية غمرتها السيول؟": "rockets",
        "أين سقطت الصواريخ؟": "rockets",
    },
    "en": {
        "Who opened the hospital in Najaf?": "hospital",
        "How many rockets hit the base?": "rockets",
        "Who won the football cup?": "oil",
        "How much did oil prices rise?": "oil",
        "How many villages were flooded?": "rockets",
        "Where did the rockets fall?": "rockets",
    },
}


@pytest.fixture
def sets(tmp_path: Path) -> list[str]:
    """The arguments that name Arabic articles, with questions in both languages."""
    articles = tmp_path / "articles.jsonl"
    _write(articles, [{"id": name, "text": text} for name, text in ARTICLES.items()])
    arguments = []
    for language, questions in QUESTIONS.items():
        path = tmp_path / f"{language}.jsonl"
        _write(path, [{"article_id": article, f"question_{language}": text} for text, article in questions.items()])
        arguments += ["--set", str(articles), str(path), f"question_{language}"]
    return arguments


def _write(path: Path, records: Sequence[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


@pytest.mark.parametrize(("first", "direction"), [(0, "same"), (4, "across")])
def test_the_candidates_of_a_question_know_which_of_them_answer(sets: list[str], first: int, direction: str) -> None:
    _, articles, questions, field = sets[first : first + 4]
    found_direction, cases = FIT["cases"](Path(articles), Path(questions), field)
    assert (found_direction, len(cases)) == (direction, 6)
    answering = list(QUESTIONS[field[-2:]].values())
    for one, article in zip(cases, answering, strict=True):
        assert one.features.shape == (len(ARTICLES), len(FEATURES))
        assert sorted(one.articles) == sorted(ARTICLES)
        assert [name for name, answers in zip(one.articles, one.answers, strict=True) if answers] == [article]


def _run(monkeypatch: pytest.MonkeyPatch, output: Path, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["fit_ranking.py", *arguments])
    monkeypatch.setitem(FIT["main"].__globals__, "_OUTPUT", output)
    FIT["main"]()


def test_the_file_has_the_weights_of_both_directions_and_is_always_the_same(
    sets: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one.toml", "two.toml"):
        _run(monkeypatch, tmp_path / name, *sets)
    one = (tmp_path / "one.toml").read_text(encoding="utf-8")
    assert one == (tmp_path / "two.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(one)
    assert set(tables) == set(DIRECTIONS)
    for table in tables.values():
        assert set(table) == {"constant", *FEATURES}
        assert all(table[name] >= 0 for name in FEATURES)
        assert any(table[name] > 0 for name in FEATURES)
    told = capsys.readouterr().out
    assert "articles.jsonl question_ar R@1 0.667" in told
    assert "articles.jsonl question_en R@1" in told


def test_to_print_only_writes_nothing(
    sets: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(monkeypatch, tmp_path / "ranking.toml", "--print-only", *sets)
    assert not (tmp_path / "ranking.toml").exists()
    assert set(tomllib.loads(capsys.readouterr().out.partition("\n[")[2].join(["[", ""]))) == set(DIRECTIONS)
