"""`sanad eval retrieval` end to end: streams, exit codes, languages, JSON and errors."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from rag.engine import Engine
from rag.evaluation.metrics import RETRIEVAL

ARTICLES = (
    {"id": "flood", "text": "اجتاحت الفيضانات مدينة درنة وأغرقت مئات المنازل."},
    {"id": "quake", "text": "ضرب زلزال عنيف إقليم الحوز ودمر قرى جبلية."},
)
QUESTIONS = (
    {"id": 1, "question_ar": "ماذا أغرقت الفيضانات؟", "question_en": "What did the floods drown?", "article_id": "flood"},
    {"id": 2, "question_ar": "ماذا دمر الزلزال؟", "question_en": "What did the earthquake destroy?", "article_id": "quake"},
)  # fmt: skip
METRICS = list(RETRIEVAL)


def write(path: Path, *records: object) -> str:
    lines = [record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def sanad(*arguments: str, data: Path | None = None, lang: str = "") -> Result:
    variables = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": lang, "SANAD_DATA_DIR": str(data or "")}
    return CliRunner().invoke(app, ["eval", "retrieval", *arguments], env=variables, catch_exceptions=False)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The options that name the made articles and questions, in an empty working folder."""
    monkeypatch.chdir(tmp_path)
    return [
        "--articles", write(tmp_path / "a.jsonl", *ARTICLES), "--questions", write(tmp_path / "q.jsonl", *QUESTIONS),
        "--question-field", "question_ar", "--article-field", "article_id",
    ]  # fmt: skip


def document(ran: Result) -> Any:  # noqa: ANN401  # whatever JSON holds
    assert ran.stderr == ""
    return json.loads(ran.stdout)


# What is measured


def test_the_json_has_the_metrics_of_the_contract_and_their_intervals(corpus: list[str]) -> None:
    ran = sanad(*corpus, "--json")
    report = document(ran)
    assert ran.exit_code == 0
    assert list(report) == [
        "questions", "articles", "passages", *METRICS, "intervals", "bootstrap", "latency_ms", "variants", "passed_over",
    ]  # fmt: skip
    assert [report[key] for key in ("questions", "articles", "passages")] == [2, 2, 2]
    assert {metric: report[metric] for metric in METRICS} == dict.fromkeys(METRICS, 1.0)
    assert report["intervals"] == {metric: [1.0, 1.0] for metric in METRICS}
    assert report["latency_ms"]["p95"] >= report["latency_ms"]["p50"] > 0
    assert list(report["variants"]) == ["full"]


def test_an_ablation_has_every_variant_with_its_difference_to_the_whole_system(corpus: list[str]) -> None:
    corpus[corpus.index("question_ar")] = "question_en"
    variants = document(sanad(*corpus, "--ablation", "--json"))["variants"]
    assert next(iter(variants)) == "full"
    assert {"full", "lexical", "dense", "bm25"} <= set(variants)
    assert variants["full"]["differences"] is None
    assert variants["bm25"]["recall_at_1"] == 0.0  # plain BM25 knows no English
    assert variants["bm25"]["differences"]["recall_at_1"] == -1.0
    assert list(variants["bm25"]["differences"]) == [*METRICS, "intervals"]


def test_the_table_is_shown_in_english_and_in_arabic(corpus: list[str]) -> None:
    english, arabic = sanad(*corpus), sanad(*corpus, lang="ar_IQ.UTF-8")
    assert english.stdout.startswith("2 questions, 2 articles, 2 passages\n")
    assert arabic.stdout.startswith("سؤالان، مقالان، مقطعان\n")
    for ran in (english, arabic):
        assert (ran.exit_code, ran.stderr) == (0, "")
        assert ran.stdout.splitlines()[1].split() == ["R@1", "R@5", "R@10", "MRR", "nDCG@10"]
        assert ran.stdout.splitlines()[3].split() == ["full", *["1.000"] * 5]


def test_a_limit_is_kept(corpus: list[str]) -> None:
    assert document(sanad(*corpus, "--limit", "1", "--json"))["questions"] == 1


def test_without_articles_the_library_is_searched(corpus: list[str], seed_engine: Engine) -> None:
    article = seed_engine.articles()[0].id
    asked = write(Path("seeds.jsonl"), {"question": "متى وقع الهجوم؟", "articles": [article]})
    report = document(sanad("--questions", asked, "--json", data=seed_engine.settings.data_dir))
    assert (report["questions"], report["articles"]) == (1, 5)


# What is wrong


@pytest.mark.parametrize(
    ("lines", "english", "arabic"),
    [
        ([{"id": 1}], "q.jsonl line 1: the field 'question_ar' is missing", "q.jsonl السطر 1: الحقل 'question_ar'"),
        (
            [QUESTIONS[0], {"question_ar": "من؟"}],
            "q.jsonl line 2: the field 'article_id' is missing",
            "q.jsonl السطر 2: الحقل 'article_id'",
        ),
        ([QUESTIONS[0], "{"], "q.jsonl line 2: not valid JSON", "q.jsonl السطر 2: ليس JSON صالحا"),
        ([], "q.jsonl: no question with an answer in it", "q.jsonl: لا سؤال فيه له إجابة"),
        (
            [QUESTIONS[0], {"question_ar": "من؟", "article_id": "gone"}],
            "q.jsonl line 2: the article 'gone' is not among those searched",
            "q.jsonl السطر 2: المقال 'gone' ليس بين",
        ),
    ],
)
def test_a_wrong_question_set_is_one_line_in_either_language_and_exit_1(
    lines: list[object], english: str, arabic: str, corpus: list[str], tmp_path: Path
) -> None:
    write(tmp_path / "q.jsonl", *lines)
    for lang, complains in (("", english), ("ar", arabic)):
        ran = sanad(*corpus, lang=lang)
        assert (ran.exit_code, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)
        assert complains in ran.stderr
    ran = sanad(*corpus, "--json")
    error = document(ran)["error"]
    assert (ran.exit_code, error["type"], error["setting"]) == (1, "QuestionError", None)
    assert english in error["message"]


def test_wrong_articles_are_one_line_and_exit_1(corpus: list[str], tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", *ARTICLES, {"id": "x"})
    ran = sanad(*corpus)
    assert (ran.exit_code, ran.stdout, ran.stderr) == (1, "", f"{tmp_path / 'a.jsonl'} line 3: no text in it\n")
    assert "السطر 3: لا نص فيه" in sanad(*corpus, lang="ar").stderr
    write(tmp_path / "a.jsonl")
    assert document(sanad(*corpus, "--json"))["error"]["message"] == f"{tmp_path / 'a.jsonl'}: empty file"


def test_without_questions_or_articles_it_is_said_what_to_do(corpus: list[str], tmp_path: Path) -> None:
    ran = sanad(*corpus[:2])
    assert (ran.exit_code, "Name one: --questions" in ran.stderr) == (1, True)
    ran = sanad(*corpus[2:], data=tmp_path / "none")
    assert (ran.exit_code, ran.stderr) == (1, "The library is empty. Add articles first:  sanad ingest seeds/\n")


def test_an_option_that_is_wrong_is_wrong_usage(corpus: list[str]) -> None:
    assert sanad(*corpus, "--limit", "0").exit_code == 2
    assert sanad("--no-such-option").exit_code == 2
