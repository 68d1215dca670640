"""`sanad eval answers` and `sanad eval all` end to end: streams, exit codes, languages, JSON, pages, comparisons and errors."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from rag.engine import Engine
from rag.evaluation.answer_metrics import ANSWERS
from rag.evaluation.metrics import RETRIEVAL
from tests.llm_server import model_server

ARTICLES = (
    {"id": "flood", "text": "اجتاحت الفيضانات مدينة درنة الليبية وأغرقت مئات المنازل، وقتل فيها 13 شخصا على الأقل."},
    {"id": "quake", "text": "ضرب زلزال عنيف إقليم الحوز المغربي ودمر قرى جبلية، وأصيب فيه أربعون شخصا."},
)
DEAD = {
    "id": "dead",
    "question": "كم شخصا قتل في فيضانات درنة؟",
    "type": "how_many",
    "articles": ["flood"],
    "must": ["13"],
}
WRONG = DEAD | {"id": "wrong", "question": "How many people were killed in the Derna floods?", "must": ["77"]}
NONE = {
    "id": "none",
    "question": "من فاز بكأس العالم عام 1998؟",
    "kind": "unanswerable",
    "type": "who",
    "articles": [],
    "must": [],
}
FOLLOW = DEAD | {"id": "follow", "kind": "follow_up", "turns": ["ماذا حدث في درنة؟"]}
FIGURES = ["asked", "articles", "passages"]
REST = ["intervals", "bootstrap", "judge", "latency_ms", "by", "retrieval", "questions", "comparison", "passed_over"]


def write(path: Path, *records: object) -> str:
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    return str(path)


def sanad(
    *arguments: str, data: Path | None = None, lang: str = "", settings: Mapping[str, str] = MappingProxyType({})
) -> Result:
    variables = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": lang, "SANAD_DATA_DIR": str(data or ""), **settings}
    return CliRunner().invoke(app, ["eval", *arguments], env=variables, catch_exceptions=False)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The options that name the made articles and questions, in an empty working folder."""
    monkeypatch.chdir(tmp_path)
    questions = write(tmp_path / "q.jsonl", DEAD, WRONG, NONE, FOLLOW)
    return ["--articles", write(tmp_path / "a.jsonl", *ARTICLES), "--questions", questions]


def document(ran: Result) -> Any:  # noqa: ANN401  # whatever JSON holds
    assert ran.stderr == ""
    return json.loads(ran.stdout)


# What is measured


def test_the_json_of_answers_has_every_figure_group_and_question(corpus: list[str]) -> None:
    ran = sanad("answers", *corpus, "--json")
    report = document(ran)
    assert ran.exit_code == 0
    assert list(report) == [*FIGURES, *ANSWERS, *REST]
    assert [report[key] for key in FIGURES] == [4, 2, 2]
    expected = {
        "right": 0.75, "answer_hit_at_1": 0.6667, "answer_contains": 0.6667, "refusal_precision": 1.0, "refusal_recall": 1.0,
        "false_refusal_rate": 0.0, "citation_recall": 1.0, "citation_precision": 1.0, "unsupported_claim_rate": 0.0, "verbatim_rate": 1.0,
        "follow_up_right": 1.0, "must_not_violation_rate": None, "premise_corrected": None, "disagreement_shown": None,
    }  # fmt: skip
    assert {name: report[name] for name in expected} == expected
    assert report["intervals"]["verbatim_rate"] == [1.0, 1.0]
    assert report["intervals"]["premise_corrected"] is None
    assert report["latency_ms"]["p95"] >= report["latency_ms"]["p50"] > 0
    assert (report["judge"], report["retrieval"], report["comparison"]) == ("check", None, None)
    by = {aspect: {name: group["asked"] for name, group in parts.items()} for aspect, parts in report["by"].items()}
    assert by == {
        "language": {"ar": 3, "en": 1},
        "type": {"how_many": 3, "who": 1},
        "kind": {"answerable": 2, "unanswerable": 1, "follow_up": 1},
    }
    assert report["by"]["language"]["en"]["right"] == 0.0
    verdicts = {one["id"]: (one["verdict"], one["passed"]) for one in report["questions"]}
    right, wrong = ("right", True), ("wrong", False)
    assert verdicts == {"dead": right, "wrong": wrong, "none": ("refused", True), "follow": right}
    first = report["questions"][0]
    assert first["reply"]["quotes"][0]["article_id"] == "flood"
    assert (first["must"], first["metrics"]["answer_hit_at_1"], first["reply"]["kind"]) == ([["13"]], 1.0, "answer")


def test_all_has_the_figures_of_retrieval_too_on_what_can_be_searched_for(corpus: list[str]) -> None:
    report = document(sanad("all", *corpus, "--json"))
    assert list(report) == [*FIGURES, *RETRIEVAL, *ANSWERS, *REST]
    assert {metric: report[metric] for metric in RETRIEVAL} == dict.fromkeys(RETRIEVAL, 1.0)
    assert report["retrieval"]["questions"] == 2  # neither the unanswerable one nor the follow-up
    alone = document(sanad("retrieval", *corpus, "--json"))
    same = [*RETRIEVAL, "intervals", "questions", "passages"]
    assert {key: report["retrieval"][key] for key in same} == {key: alone[key] for key in same}


def test_the_turns_of_a_follow_up_are_asked_before_it(corpus: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, list[str]]] = []
    ask = Engine.ask

    def recorded(engine: Engine, question: str, **options: Any) -> Any:  # noqa: ANN401  # as Engine.ask
        talk = options.get("conversation")
        asked.append((question, [turn.question for turn in talk.turns] if talk else []))
        return ask(engine, question, **options)

    monkeypatch.setattr(Engine, "ask", recorded)
    sanad("answers", *corpus, "--json")
    turn = FOLLOW["turns"][0]
    assert asked[-2:] == [(turn, []), (FOLLOW["question"], [turn])]


def test_the_tables_are_shown_in_english_and_in_arabic(corpus: list[str]) -> None:
    english, arabic = sanad("all", *corpus), sanad("all", *corpus, lang="ar_IQ.UTF-8")
    for ran, counts, failed in (
        (english, "4 questions, 2 articles, 2 passages", "1 question went wrong.\n  wrong answer (1): wrong\n"),
        (arabic, "4 أسئلة، مقالان، مقطعان", "سؤال واحد جوابه غير سليم.\n  إجابة خاطئة (1): wrong\n"),
    ):
        assert (ran.exit_code, ran.stderr) == (0, "")
        assert ran.stdout.count("R@1 ") == 1
        lines = ran.stdout.split("\n")
        assert lines[lines.index(counts) + 1].split() == ["all", "ar", "en"]
        assert "\nfollow_up_right 1.000 1.000…1.000 1.000 1.000…1.000 –\n" in "\n".join(
            " ".join(line.split()) for line in lines
        )
        assert not any(line.startswith("premise") for line in lines)
        assert failed in ran.stdout
        assert max(map(len, lines)) <= 100


def test_fields_can_be_called_otherwise_and_one_string_is_enough(corpus: list[str], tmp_path: Path) -> None:
    write(tmp_path / "q.jsonl", {"question_ar": DEAD["question"], "article_id": "flood", "answer_ar": "13"})
    fields = ["--question-field", "question_ar", "--article-field", "article_id", "--must-field", "answer_ar"]
    report = document(sanad("all", *corpus, *fields, "--json"))
    assert (report["asked"], report["right"], report["recall_at_1"]) == (1, 1.0, 1.0)
    assert report["questions"][0]["id"] == "q-1"


def test_a_limit_is_kept(corpus: list[str]) -> None:
    report = document(sanad("all", *corpus, "--limit", "2", "--json"))
    assert [one["id"] for one in report["questions"]] == ["dead", "none"]


def test_without_articles_the_library_is_asked_and_default_sets_of_others_are_passed_over(
    corpus: list[str], tmp_path: Path, seed_engine: Engine
) -> None:
    folder = tmp_path / "tests" / "grounding"
    folder.mkdir(parents=True)
    article = seed_engine.articles()[0].id
    write(folder / "seeds.jsonl", {"question": "متى وقع الهجوم؟", "articles": [article], "must": ["x"]})
    write(folder / "made.jsonl", DEAD)
    report = document(sanad("answers", "--json", data=seed_engine.settings.data_dir))
    assert (report["asked"], report["articles"]) == (1, 5)
    assert report["passed_over"] == ["tests/grounding/made.jsonl"]


def test_a_model_can_be_the_judge(corpus: list[str]) -> None:
    with model_server() as server:
        settings = {"SANAD_LLM": "qwen", "SANAD_LLM_URL": server.url}
        server.reply = "NOT_IN_PASSAGES"
        report = document(sanad("answers", *corpus, "--judge", "llm", "--limit", "1", "--json", settings=settings))
    assert (report["judge"], report["refusal_precision"]) == ("llm:qwen", 0.0)


# Pages and comparisons


@pytest.mark.parametrize(("lang", "failures"), [("", "Failures"), ("ar", "الأخطاء")])
def test_a_page_is_written_beside_the_table_or_the_json(
    lang: str, failures: str, corpus: list[str], tmp_path: Path
) -> None:
    ran = sanad("answers", *corpus, "--html", "page.html", lang=lang)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert failures in page
    assert ran.stdout.endswith(": page.html\n")
    again = sanad("answers", *corpus, "--html", "page.html", "--json", lang=lang)
    assert document(again)["asked"] == 4
    ran = sanad("answers", *corpus, "--html", "none/page.html", lang=lang)
    assert (ran.exit_code, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)
    assert "none/page.html" in ran.stderr


def test_what_changed_since_an_older_report_is_shown(corpus: list[str], tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text(sanad("answers", *corpus, "--json").stdout, encoding="utf-8")
    write(tmp_path / "q.jsonl", DEAD | {"must": ["77"]}, WRONG | {"must": ["13"]}, NONE, NONE | {"id": "new"})
    english = sanad("answers", *corpus, "--compare", "old.json").stdout
    assert "\n1 better, 1 worse, 1 as before, 1 new, 1 gone\n" in english
    assert (
        f"\n+ wrong {WRONG['question']}\n    wrong answer → right\n- dead {DEAD['question']}\n    right → wrong answer\n"
        in english
    )
    assert "    إجابة خاطئة ← إجابة صحيحة\n" in sanad("all", *corpus, "--compare", "old.json", lang="ar").stdout
    comparison = document(sanad("answers", *corpus, "--compare", "old.json", "--json"))["comparison"]
    assert comparison == {
        "better": [{"id": "wrong", "question": WRONG["question"], "before": "wrong", "after": "right"}],
        "worse": [{"id": "dead", "question": DEAD["question"], "before": "right", "after": "wrong"}],
        "same": 1,
        "new": ["new"],
        "gone": ["follow"],
    }


# What is wrong


@pytest.mark.parametrize("command", ["answers", "all"])
@pytest.mark.parametrize(
    ("records", "english", "arabic"),
    [
        (
            [{"question": "كم؟", "articles": "flood"}],
            "line 1: the field 'must' is missing or empty",
            "السطر 1: الحقل 'must' غير موجود",
        ),
        ([DEAD, DEAD], "line 2: the id 'dead' is that of", "السطر 2: المعرف 'dead' هو أيضا"),
        (
            [DEAD | {"articles": ["gone"]}],
            "line 1: the article 'gone' is not among those searched",
            "المقال 'gone' ليس بين",
        ),
        ([], "q.jsonl: no question in it", "q.jsonl: لا سؤال فيه"),
    ],
)
def test_a_wrong_question_set_is_one_line_in_either_language_and_exit_1(
    command: str, records: list[object], english: str, arabic: str, corpus: list[str], tmp_path: Path
) -> None:
    write(tmp_path / "q.jsonl", *records)
    for lang, complains in (("", english), ("ar", arabic)):
        ran = sanad(command, *corpus, lang=lang)
        assert (ran.exit_code, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)
        assert complains in ran.stderr
    ran = sanad(command, *corpus, "--json")
    assert (ran.exit_code, document(ran)["error"]["type"]) == (1, "QuestionError")


def test_retrieval_needs_the_articles_that_answer_and_answers_do_not(corpus: list[str], tmp_path: Path) -> None:
    write(tmp_path / "q.jsonl", {"question": DEAD["question"], "must": "13"})
    assert document(sanad("answers", *corpus, "--json"))["right"] == 1.0
    ran = sanad("all", *corpus)
    assert (ran.exit_code, "line 1: the field 'articles' is missing" in ran.stderr) == (1, True)
    write(tmp_path / "q.jsonl", NONE)
    assert document(sanad("answers", *corpus, "--json"))["right"] == 1.0
    assert "no question with an answer in it" in sanad("all", *corpus).stderr


@pytest.mark.parametrize(("lang", "complains"), [("", "The library is empty."), ("ar", "المكتبة فارغة.")])
def test_an_empty_library_is_one_line_that_says_what_to_do(
    lang: str, complains: str, corpus: list[str], tmp_path: Path
) -> None:
    ran = sanad("all", data=tmp_path / "none", lang=lang)
    assert (ran.exit_code, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)
    assert ran.stderr.startswith(complains)
    assert "sanad ingest seeds/" in ran.stderr


@pytest.mark.parametrize(
    ("options", "english", "arabic"),
    [
        (["--compare", "no.json"], "no.json: cannot be read", "no.json: تعذرت قراءته"),
        (["--compare", "q.jsonl"], "q.jsonl: not what sanad eval answers --json", "q.jsonl: ليس مما يكتبه"),
        (["--judge", "llm"], "SANAD_LLM: --judge llm asks a model", "SANAD_LLM: الخيار ‎--judge llm"),
    ],
)
def test_a_wrong_option_is_told_before_anything_is_asked(
    options: list[str], english: str, arabic: str, corpus: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Engine, "ask", None)
    for lang, complains in (("", english), ("ar", arabic)):
        ran = sanad("answers", *corpus, *options, lang=lang)
        assert (ran.exit_code, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)
        assert ran.stderr.startswith(complains)


def test_a_judge_that_is_down_ends_the_run_with_one_line(corpus: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.evaluation.llm_judge.repeats", lambda claim, quotes: False)
    monkeypatch.setattr("rag.evaluation.llm_judge._RETRIES", 0)
    with model_server() as server:
        server.fault = "garbage"
        settings = {"SANAD_LLM": "qwen", "SANAD_LLM_URL": server.url}
        ran = sanad("answers", *corpus, "--judge", "llm", "--limit", "1", settings=settings)
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert "The model qwen at" in ran.stderr.splitlines()[-1]


@pytest.mark.parametrize("options", [["--limit", "0"], ["--judge", "me"], ["--ablation"]])
def test_an_option_that_is_wrong_is_wrong_usage(options: list[str], corpus: list[str]) -> None:
    assert sanad("answers", *corpus, *options).exit_code == 2
