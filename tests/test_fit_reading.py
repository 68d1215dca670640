"""Fitting the reading: on made questions whose answer is known, and from articles and question sets to a file of weights."""

import json
import runpy
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.evaluation.cases import Case
from rag.evidence import FEATURES, Evidence
from rag.model import Language, Passage, Sentence
from rag.question import Question
from rag.reading import ANSWER_FEATURES, ASKED, DIRECTIONS, Direction, Weights, rank

FIT = runpy.run_path(str(Path(__file__).parent.parent / "tools/fit_reading.py"))

_PLANTED = FEATURES.index("proximity")
_TELLING = FEATURES.index("held")
_PASSAGE = Passage("a:0", "a", 0, 4, "حريق")


def _evidence(features: np.ndarray[Any, np.dtype[np.float64]], i: int) -> Evidence:
    none = np.zeros(0)
    return Evidence(i, Sentence(i, i + 1), _PASSAGE, none, none, features, (), none, none, apart=False)


def _read(
    rng: np.random.Generator, *, direction: Direction, news: bool, asked: int, answerable: bool, planted: float
) -> Any:  # noqa: ANN401  # a class of a script
    """A question over sentences of noise; the one that answers has more of one feature, and what has an answer more of another."""
    features = rng.uniform(0, 0.5, (int(rng.integers(4, 9)), len(FEATURES)))
    answer = int(rng.integers(len(features)))
    if answerable:
        features[answer, _PLANTED] += planted
        features[:, _TELLING] += 0.5
    language: Language = "ar" if direction == "same" else "en"
    case = Case("c", "?", language, "answerable" if answerable else "unanswerable", must=(("x",),))
    question = Question("?", language, ("how_many", "when", "who", "what")[asked], ())
    return FIT["Read"](
        case,
        question,
        [_evidence(one, i) for i, one in enumerate(features)],
        np.array([answerable and i == answer for i in range(len(features))]),
        asked,
        direction,
        news,
    )


def made(count: int, *, planted: float = 0.4, seed: int = 0) -> list[tuple[Any, list[Any]]]:
    """As many questions of each direction and kind, of the news and of sets, with an answer and without."""
    rng = np.random.default_rng(seed)
    found = []
    for i in range(count):
        for direction in DIRECTIONS:
            for asked in range(len(ASKED)):
                news = i % 2 == 0
                read = _read(rng, direction=direction, news=news, asked=asked, answerable=i % 3 > 0, planted=planted)
                nothing = _read(rng, direction=direction, news=news, asked=asked, answerable=False, planted=planted)
                found.append((read, [nothing] if i % 3 else []))
    return found


def fitted(found: Sequence[tuple[Any, Sequence[Any]]]) -> Weights:
    weights = FIT["fit"](found)
    assert isinstance(weights, Weights)
    return weights


def is_right(read: Any, weights: Weights) -> bool:  # noqa: ANN401  # a class of a script
    best = rank(read.question, read.evidence, weights)[0].evidence
    return bool(read.answers[best.index])


@pytest.fixture(scope="module")
def weights() -> Weights:
    return fitted(made(24))


def test_there_are_weights_for_each_direction_and_kind_of_question(weights: Weights) -> None:
    assert set(weights.sentence) == {(direction, asked) for direction in DIRECTIONS for asked in ASKED}
    assert {vector.shape for vector in weights.sentence.values()} == {(len(FEATURES),)}
    assert set(weights.answer) == set(ASKED)
    assert {vector.shape for vector, _ in weights.answer.values()} == {(len(ANSWER_FEATURES),)}


def test_the_feature_that_tells_the_sentence_gets_the_weight(weights: Weights) -> None:
    for vector in weights.sentence.values():
        assert vector.argmax() == _PLANTED
        assert vector[_PLANTED] > 2 * np.delete(vector, _PLANTED).max()


def test_no_weight_of_a_sentence_is_negative(weights: Weights) -> None:
    against = made(24)
    for read, _ in against:
        for one, answers in zip(read.evidence, read.answers, strict=True):
            one.features[0] = 0.1 if answers else 0.5  # speaks against a sentence
    for vector in (*weights.sentence.values(), *fitted(against).sentence.values()):
        assert (vector >= 0).all()
    assert all(vector[0] == 0 for vector in fitted(against).sentence.values())


def test_the_feature_that_tells_whether_there_is_an_answer_tells_the_answer_model(weights: Weights) -> None:
    for vector, _ in weights.answer.values():
        assert vector.argmax() == _TELLING


def test_what_was_fitted_is_right_on_other_questions(weights: Weights) -> None:
    others = [read for read, _ in made(12, seed=1) if read.answers.any()]
    assert np.mean([is_right(read, weights) for read in others]) > 0.75  # of a guess under 0.2 would be


def test_what_differs_between_kinds_of_questions_is_learnt_for_each() -> None:
    found = made(24)
    other = FEATURES.index("candidate")
    for read, _ in found:
        for one, answers in zip(read.evidence, read.answers, strict=True):
            if read.asked == 0 and answers:  # of what is counted another feature tells
                one.features[[_PLANTED, other]] = one.features[[other, _PLANTED]]
    sentence = fitted(found).sentence
    for direction in DIRECTIONS:
        assert np.argmax([sentence[direction, asked][other] for asked in ASKED]) == 0
        assert np.argmin([sentence[direction, asked][_PLANTED] for asked in ASKED]) == 0


def test_a_twentieth_of_the_news_questions_with_an_answer_is_refused() -> None:
    found = made(60)
    weights = fitted(found)
    told = FIT["report"]([read for read, _ in found], weights).splitlines()
    refused = [float(line.partition("refused ")[2].partition(",")[0]) for line in told if line.startswith("news")]
    assert np.mean(refused) == pytest.approx(0.05, abs=0.02)


def test_the_same_questions_always_get_the_same_weights(weights: Weights) -> None:
    again = fitted(made(24))
    for key, vector in weights.sentence.items():
        np.testing.assert_array_equal(vector, again.sentence[key])
    for asked, (vector, constant) in weights.answer.items():
        np.testing.assert_array_equal(vector, again.answer[asked][0])
        assert constant == again.answer[asked][1]


def test_a_question_whose_answer_was_not_found_teaches_the_sentence_model_nothing(weights: Weights) -> None:
    found = made(24)
    lost, _ = next(pair for pair in found if pair[0].answers.any())
    lost = replace(lost, answers=np.zeros_like(lost.answers))
    for key, vector in fitted([*found, (lost, [])]).sentence.items():
        np.testing.assert_allclose(vector, weights.sentence[key])


def test_the_report_tells_sets_from_news_and_directions_apart(weights: Weights) -> None:
    found = [read for read, _ in made(24)]
    lines = FIT["report"](found, weights).splitlines()
    assert [line.partition(":")[0] for line in lines] == ["sets same", "sets across", "news same", "news across"]
    assert all("hit@1 1.000" in line or "hit@1 0.9" in line for line in lines)


def test_the_file_is_the_weights(weights: Weights) -> None:
    tables = tomllib.loads(FIT["as_toml"](weights))
    assert tables["quotes"] == {"least_relative": weights.least_relative, "beside": weights.beside}
    for (direction, asked), vector in weights.sentence.items():
        table = tables["sentence"][direction][asked]
        assert list(table) == list(FEATURES)
        np.testing.assert_allclose(list(table.values()), vector, atol=5e-4)
    for asked, (vector, constant) in weights.answer.items():
        table = tables["answer"][asked]
        assert list(table) == ["constant", *ANSWER_FEATURES]
        np.testing.assert_allclose(list(table.values()), [constant, *vector], atol=5e-4)


def test_the_weights_that_ship_are_written_by_the_tool() -> None:
    shipped = (Path(__file__).parent.parent / "rag/weights.toml").read_text(encoding="utf-8")
    assert shipped == FIT["as_toml"](_as_weights(tomllib.loads(shipped)))


def _as_weights(tables: Mapping[str, Any]) -> Weights:
    sentence, answer = tables["sentence"], tables["answer"]
    return Weights(
        {(d, a): np.array([sentence[d][a][name] for name in FEATURES]) for d in DIRECTIONS for a in ASKED},
        {a: (np.array([answer[a][name] for name in ANSWER_FEATURES]), answer[a]["constant"]) for a in ASKED},
        **tables["quotes"],
    )


# From articles and questions to a file

_SET_ARTICLES = {
    "hospital": "افتتح وزير الصحة خالد آيت الطالب مستشفى جديدا في فاس يوم 4 مارس 2022. ويضم المستشفى 120 سريرا. وحضر الافتتاح سكان الحي.",
    "football": "فاز نادي الوداد بكأس كرة القدم في القاهرة. وسجل محمد صلاح هدفين. وبدأت المباراة عند الساعة 20:30.",
    "oil": "ارتفعت أسعار النفط في الأسواق العالمية بنسبة 4 في المئة. وعزا الخبراء ذلك إلى العاصفة. وتراجع الذهب.",
    "floods": "غمرت مياه السيول 13 قرية قرب كسلا في 2 أغسطس 2020. وأجلت الحكومة السكان بسبب الأمطار.",
}
_SET_QUESTIONS = [
    ("hospital", "من افتتح المستشفى؟", "Who opened the hospital?", "خالد آيت الطالب"),
    ("hospital", "كم سريرا في المستشفى؟", "How many beds has the hospital?", "120"),
    ("hospital", "متى افتتح المستشفى؟", "When was the hospital opened?", "4 مارس 2022"),
    ("football", "أين فاز النادي بالكأس؟", "Where did the club win the cup?", "القاهرة"),
    ("football", "كم هدفا سجل محمد صلاح؟", "How many goals did Mohamed Salah score?", "هدفين"),
    ("football", "في أي ساعة بدأت المباراة؟", "At what time did the match begin?", "20:30"),
    ("oil", "بكم ارتفعت أسعار النفط؟", "By how much did oil prices rise?", "4 في المئة"),
    ("oil", "لماذا ارتفعت الأسعار؟", "Why did prices rise?", "العاصفة"),
    ("floods", "كم قرية غمرت السيول؟", "How many villages were flooded?", "13 قرية"),
    ("floods", "لماذا أجلت الحكومة السكان؟", "Why did the government move people?", "الأمطار"),
]
_NEWS = {
    "ferry": "غرقت عبارة ركاب في بحيرة فيكتوريا يوم 20 سبتمبر 2018. وقال جون مونغيلا إن 136 راكبا لقوا حتفهم. واعتقل القبطان.",
    "museum": "افتتح متحف الفنون في الرباط عام 2014. وبلغت كلفة المتحف 200 مليون درهم. ويدير المتحف المهدي قطبي.",
    "strike": "أضرب المعلمون في لاغوس بسبب الأجور. وقالت رئيسة النقابة إن 12 ألف معلم انضموا. وأغلقت المدارس.",
}
_NEWS_QUESTIONS: list[tuple[str, str, list[str]]] = [
    ("كم راكبا لقي حتفه؟", "ferry", ["136"]),
    ("How many passengers died?", "ferry", ["136"]),
    ("متى غرقت العبارة؟", "ferry", ["20 سبتمبر 2018"]),
    ("When did the ferry sink?", "ferry", ["20 سبتمبر 2018"]),
    ("من يدير المتحف؟", "museum", ["قطبي"]),
    ("Who runs the museum?", "museum", ["قطبي"]),
    ("كم كلف المتحف؟", "museum", ["200 مليون"]),
    ("لماذا أضرب المعلمون؟", "strike", ["الأجور"]),
    ("Why did the teachers strike?", "strike", ["الأجور"]),
    ("كم عمر قبطان العبارة؟", "", []),
    ("How old is the captain of the ferry?", "", []),
    ("من بنى المتحف؟", "", []),
    ("Who built the museum?", "", []),
    ("متى تنتهي العطلة؟", "", []),
    ("لماذا استقال الوزير؟", "", []),
]


@pytest.fixture(scope="module")
def arguments(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The arguments that name a set, its questions in both languages, and news."""
    folder = tmp_path_factory.mktemp("fitted")
    articles, questions, asked = folder / "articles.jsonl", folder / "questions.jsonl", folder / "news.jsonl"
    _write(articles, ({"id": name, "text": text} for name, text in _SET_ARTICLES.items()))
    fields = ("article_id", "question_ar", "question_en", "answer_ar")
    _write(questions, (dict(zip(fields, one, strict=True)) for one in _SET_QUESTIONS))
    news = folder / "news"
    news.mkdir()
    for name, text in _NEWS.items():
        (news / f"{name}.txt").write_text(text, encoding="utf-8")
    _write(asked, map(_case, _NEWS_QUESTIONS))
    sets = [part for language in ("ar", "en") for part in ("--set", articles, questions, f"question_{language}")]
    return [str(part) for part in (*sets, "--news", news, asked)]


def _case(question: tuple[str, str, list[str]]) -> Mapping[str, object]:
    text, article, must = question
    kind = "answerable" if article else "unanswerable"
    return {"question": text, "articles": [article] if article else [], "must": must, "kind": kind}


def _write(path: Path, records: Iterable[Mapping[str, object]]) -> None:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def _run(monkeypatch: pytest.MonkeyPatch, output: Path, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["fit_reading.py", *arguments])
    monkeypatch.setitem(FIT["main"].__globals__, "_OUTPUT", output)
    FIT["main"]()


def test_the_file_has_all_weights_and_is_always_the_same(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one.toml", "two.toml"):
        _run(monkeypatch, tmp_path / name, *arguments)
    one = (tmp_path / "one.toml").read_text(encoding="utf-8")
    assert one == (tmp_path / "two.toml").read_text(encoding="utf-8")
    weights = _as_weights(tomllib.loads(one))
    assert FIT["as_toml"](weights) == one
    for vector in weights.sentence.values():
        assert (vector >= 0).all()
        assert (vector > 0).any()
    assert all(np.isfinite([*vector, constant]).all() for vector, constant in weights.answer.values())
    told = capsys.readouterr().out
    for line in ("sets same: n 10 hit@1", "sets across: n 10 hit@1", "news same: n 5 hit@1", "news across: n 4 hit@1"):
        assert told.count(line) == 2


def test_to_print_only_writes_nothing(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(monkeypatch, tmp_path / "weights.toml", "--print-only", *arguments)
    assert not (tmp_path / "weights.toml").exists()
    assert "news across: n 4 hit@1" in capsys.readouterr().out
