"""Question sets as cases: what a record may hold, and what is said of one that holds something else."""

import json
from pathlib import Path
from typing import Any

import pytest

from rag.errors import QuestionError
from rag.evaluation.cases import Case, CaseError, gather_cases, read_cases
from rag.evaluation.questions import Fields

FULL = {
    "id": "ar-1", "question": "كم قتل؟", "language": "ar", "kind": "follow_up", "type": "how_many", "articles": ["a"],
    "must": ["13", "ثلاثة عشر"], "must_not": ["40"], "turns": ["ماذا حدث؟"], "note": "one",
}  # fmt: skip


def write(path: Path, *records: object) -> Path:
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    return path


def complaint(tmp_path: Path, record: object, fields: Fields = Fields(), language: str = "en") -> str:  # noqa: B008
    path = write(tmp_path / "q.jsonl", record)
    with pytest.raises(QuestionError) as raised:
        read_cases(path, fields)
    return raised.value.message(language).replace(str(path), "Q")


def test_a_full_record_is_a_case() -> None:
    assert Case.from_record(FULL) == Case(
        "ar-1", "كم قتل؟", "ar", "follow_up", "how_many", ("a",), (("13", "ثلاثة عشر"),), ("40",), ("ماذا حدث؟",), "one"
    )


def test_what_a_record_leaves_out_is_told_by_the_question_and_the_place() -> None:
    made = Case.from_record({"question": "Who?", "must": "Ali"}, path=Path("x/set.jsonl"), line=7)
    assert made == Case("set-7", "Who?", "en", "answerable", must=(("Ali",),))
    assert (made.gold, made.path, made.line) == (frozenset(), Path("x/set.jsonl"), 7)


@pytest.mark.parametrize(
    ("must", "needs"),
    [
        ("13", (("13",),)),
        (13, (("13",),)),
        (["13", "ثلاثة عشر"], (("13", "ثلاثة عشر"),)),
        ([["13"], ["40", "أربعون"]], (("13",), ("40", "أربعون"))),
    ],
)
def test_what_must_be_shown_is_one_thing_or_several_each_with_alternatives(must: object, needs: object) -> None:
    assert Case.from_record({"question": "كم؟", "must": must}).must == needs


@pytest.mark.parametrize("kind", ["unanswerable", "false_premise"])
def test_what_has_no_answer_need_not_show_one(kind: str) -> None:
    assert Case.from_record({"question": "كم؟", "kind": kind}).must == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("question", ""), ("question", 3), ("kind", "hard"), ("kind", None), ("language", "fr"), ("must", []), ("must", [[]]),
        ("must", [["a"], "b"]), ("must", {"a": 1}), ("must_not", [1.5]), ("turns", [""]), ("articles", [None]), ("articles", True),
    ],
)  # fmt: skip
def test_a_field_of_another_form_is_named(field: str, value: object) -> None:
    with pytest.raises(CaseError) as raised:
        Case.from_record(FULL | {field: value})
    assert raised.value.field == field


def test_fields_can_be_called_otherwise(tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", {"id": 4, "question_en": "Who?", "article_id": "a", "answer": "Ali"})
    assert read_cases(path, Fields("question_en", "article_id", "answer")) == [
        Case("4", "Who?", "en", articles=("a",), must=(("Ali",),))
    ]


def test_a_record_that_is_no_case_is_one_line_in_either_language(tmp_path: Path) -> None:
    record = {"question": "كم؟", "articles": ["a"]}
    assert complaint(tmp_path, record) == (
        "Q line 1: the field 'must' is missing or empty. The record has: question, articles. Name the right one with --must-field"
    )
    assert (
        complaint(tmp_path, record | {"must": [1.5]})
        == 'Q line 1: the field \'must\' holds something else than: ["…", "…"]'
    )
    assert complaint(tmp_path, FULL | {"kind": "x"}).endswith(
        "'kind' holds something else than: answerable, unanswerable, false_premise, disagreement, follow_up"
    )
    assert (
        complaint(tmp_path, FULL | {"language": "fr"}, language="ar")
        == "Q السطر 1: في الحقل 'language' غير ما ينتظر فيه: ar, en"
    )
    assert "--question-field" in complaint(tmp_path, FULL | {"question": " "})
    assert complaint(tmp_path, {"must": "x", "q": 1.5, "question": "a", "id": "1"}, Fields(article="q")).startswith(
        "Q line 1: the field 'q'"
    )


def test_a_set_without_cases_is_named(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(QuestionError, match=r"q.jsonl: no question in it"):
        read_cases(tmp_path / "q.jsonl", Fields())


def test_two_cases_of_one_id_are_named(tmp_path: Path) -> None:
    one, two = write(tmp_path / "1.jsonl", FULL), write(tmp_path / "2.jsonl", FULL | {"id": "b"}, FULL)
    with pytest.raises(QuestionError) as raised:
        gather_cases([one, two], Fields(), {"a"})
    assert (
        str(raised.value)
        == f"{two} line 2: the id 'ar-1' is that of {one} line 1 too. Give each question an id of its own."
    )


def test_unanswerable_cases_are_gathered_with_the_others(tmp_path: Path) -> None:
    none: dict[str, Any] = {"id": "n", "question": "لماذا؟", "kind": "unanswerable", "articles": []}
    cases, passed_over = gather_cases([write(tmp_path / "q.jsonl", FULL, none)], Fields(), {"a"})
    assert ([one.id for one in cases], passed_over) == (["ar-1", "n"], [])
