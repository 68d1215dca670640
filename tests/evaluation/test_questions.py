"""Question sets: read, mapped, checked against the articles, and what is wrong with them said in one line."""

import json
from pathlib import Path
from typing import Any

import pytest

from rag.errors import QuestionError
from rag.evaluation.questions import Fields, GoldQuestion, gather, read_questions

PLAIN = Fields()


def write(path: Path, *records: Any) -> Path:  # noqa: ANN401  # records, and lines that are none
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read(path: Path) -> list[GoldQuestion]:
    return read_questions(path, PLAIN)


def complaint(path: Path, fields: Fields = PLAIN) -> str:
    with pytest.raises(QuestionError) as raised:
        read_questions(path, fields)
    return str(raised.value).replace(str(path), "Q")


# Reading


def test_a_set_of_our_own_is_read_without_questions_that_have_no_answer_or_lean_on_others(tmp_path: Path) -> None:
    path = write(
        tmp_path / "q.jsonl",
        {"question": "من؟", "kind": "answerable", "articles": ["a", "b"]},
        {"question": "أين؟", "kind": "unanswerable", "articles": []},
        "",
        {"question": "متى؟", "kind": "answerable", "articles": ["c"]},
        {"question": "ولماذا؟", "kind": "follow_up", "articles": ["c"], "turns": ["متى؟"]},
    )
    assert read_questions(path, PLAIN) == [
        GoldQuestion("من؟", frozenset({"a", "b"}), path, 1),
        GoldQuestion("متى؟", frozenset({"c"}), path, 4),
    ]


@pytest.mark.parametrize(("value", "gold"), [("xq-00-1", {"xq-00-1"}), (17, {"17"}), (["a", 2], {"a", "2"})])
def test_fields_can_be_called_otherwise_and_name_one_article_or_several(
    value: object, gold: set[str], tmp_path: Path
) -> None:
    path = write(tmp_path / "q.jsonl", {"question_en": "Who?", "article_id": value})
    assert read_questions(path, Fields("question_en", "article_id")) == [GoldQuestion("Who?", frozenset(gold), path, 1)]


def test_a_mark_at_the_beginning_windows_lines_and_rare_line_separators_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes('\ufeff{"question": "a\u2028b", "articles": "1"}\r\n'.encode())
    assert read_questions(path, PLAIN) == [GoldQuestion("a\u2028b", frozenset({"1"}), path, 1)]


@pytest.mark.parametrize(
    ("line", "complains"),
    [
        ("{", "Q line 2: not valid JSON (Expecting property name enclosed in double quotes at column 2)"),
        ("[" * 100_000, "Q line 2: not valid JSON (nested too deeply, or a number too long at column 1)"),
        ("[1]", "Q line 2: not a JSON object"),
        (
            {"q": "x", "articles": "a"},
            "Q line 2: the field 'question' is missing or empty. The record has: q, articles. "
            "Name the right one with --question-field",
        ),
        (
            {},
            "Q line 2: the field 'question' is missing or empty. The record has: –. Name the right one with --question-field",
        ),
        (
            {"question": "x"},
            "Q line 2: the field 'articles' is missing or empty. The record has: question. "
            "Name the right one with --article-field",
        ),
    ],
)
def test_a_line_that_is_no_question_is_named(line: object, complains: str, tmp_path: Path) -> None:
    assert complaint(write(tmp_path / "q.jsonl", {"question": "من؟", "articles": ["a"]}, line)) == complains


@pytest.mark.parametrize("question", ["", " ", 7, None])
def test_a_question_must_be_text(question: object, tmp_path: Path) -> None:
    assert "'question' is missing or empty" in complaint(
        write(tmp_path / "q.jsonl", {"question": question, "articles": "a"})
    )


@pytest.mark.parametrize("articles", ["", [], None, True, ["a", ""], [["a"]], {"id": "a"}, 1.5])
def test_an_article_must_be_an_id_or_a_list_of_ids(articles: object, tmp_path: Path) -> None:
    assert "'articles' is missing or empty" in complaint(
        write(tmp_path / "q.jsonl", {"question": "x", "articles": articles})
    )


def test_a_file_without_questions_is_named(tmp_path: Path) -> None:
    assert complaint(write(tmp_path / "q.jsonl")) == "Q: no question with an answer in it"
    unanswerable = {"question": "x", "kind": "unanswerable", "articles": []}
    assert complaint(write(tmp_path / "q.jsonl", unanswerable)) == "Q: no question with an answer in it"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert complaint(tmp_path / "no.jsonl") == "Q: cannot be read (No such file or directory)"
    (tmp_path / "q.jsonl").write_bytes('{"question": "من"}'.encode("cp1256"))
    assert complaint(tmp_path / "q.jsonl") == "Q: not UTF-8 text. Save it as UTF-8."


# Gathering


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_by_default_the_sets_of_the_working_folder_are_asked(folder: Path) -> None:
    write(folder / "tests/grounding/two.jsonl", {"question": "2", "articles": "b"})
    write(folder / "tests/grounding/one.jsonl", {"question": "1", "articles": "a"})
    asked, passed_over = gather([], read, {"a", "b"})
    assert ([question.text for question in asked], passed_over) == (["1", "2"], [])


def test_a_default_set_about_other_articles_is_passed_over_and_a_named_one_is_not(folder: Path) -> None:
    path = Path("tests/grounding/two.jsonl")
    write(folder / path, {"question": "2", "articles": "b"})
    write(folder / "tests/grounding/one.jsonl", {"question": "1", "articles": "a"})
    asked, passed_over = gather([], read, {"a"})
    assert ([question.text for question in asked], passed_over) == (["1"], [path])
    with pytest.raises(QuestionError, match=r"two.jsonl line 1: the article 'b' is not among those searched"):
        gather([path], read, {"a"})


def test_a_question_about_an_article_that_is_not_there_is_named(folder: Path) -> None:
    path = write(folder / "q.jsonl", {"question": "1", "articles": "a"}, {"question": "2", "articles": ["a", "c", "b"]})
    with pytest.raises(QuestionError) as raised:
        gather([path], read, {"a"})
    assert raised.value.message("en") == (
        f"{path} line 2: the article 'b' is not among those searched. Ingest it, or name its file with --articles"
    )
    assert raised.value.message("ar").startswith(f"{path} السطر 2: المقال 'b' ليس بين")


def test_without_any_set_it_is_said_how_to_name_one(folder: Path) -> None:
    with pytest.raises(QuestionError, match="Name one: --questions"):
        gather([], read, {"a"})
    write(folder / "tests/grounding/one.jsonl", {"question": "1", "articles": "b"})
    with pytest.raises(QuestionError, match="Name them: --articles"):
        gather([], read, {"a"})


@pytest.mark.parametrize(
    ("limit", "asked"), [(1, "0"), (2, "03"), (3, "024"), (4, "0134"), (6, "012345"), (9, "012345"), (None, "012345")]
)
def test_a_limit_takes_questions_from_all_of_the_set(limit: int | None, asked: str, folder: Path) -> None:
    path = write(folder / "q.jsonl", *({"question": str(i), "articles": "a"} for i in range(6)))
    assert "".join(question.text for question in gather([path], read, {"a"}, limit)[0]) == asked
