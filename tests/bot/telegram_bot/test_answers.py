"""The store of what the buttons show."""

from pathlib import Path

import pytest

from bot.telegram_bot.answers import Answers, KeptCitation
from rag.errors import SanadError
from rag.model import Answer, Citation, Refusal

CITATION = Citation(1, "a1", "عنوان", "", None, None, None, "سر مكتوم", 5, 13, "قبل، سر مكتوم")


def answer(*citations: Citation) -> Answer:
    return Answer("سؤال لا يحفظ", "ar", "نص", "extractive", citations=citations)


def test_a_citation_is_found_under_its_answer_and_number_by_another_process_too(tmp_path: Path) -> None:
    path = tmp_path / "data" / "answers.sqlite3"
    first, second = Answers(path).keep(answer(CITATION)), Answers(path).keep(answer())
    kept = KeptCitation("ar", "a1", 5, 13, "سر مكتوم", "قبل، سر مكتوم")
    assert Answers(path).citation(first, 1) == kept
    assert [Answers(path).citation(*key) for key in ((first, 2), (second, 1), ("x", 1))] == [None] * 3
    assert first != second
    assert len(f"s:{first}:100".encode()) <= 64


def test_what_came_closest_to_a_refused_question_is_kept(tmp_path: Path) -> None:
    answers = Answers(tmp_path / "answers.sqlite3")
    kept = answers.citation(answers.keep(Refusal("q", "en", "no", "extractive", nearest=(CITATION,))), 1)
    assert kept
    assert (kept.language, kept.quote) == ("en", CITATION.quote)


def test_forgotten_words_are_gone_from_the_file_and_questions_were_never_in_it(tmp_path: Path) -> None:
    answers = Answers(tmp_path / "answers.sqlite3")
    answer_id = answers.keep(answer(CITATION))
    answers.forget(answer_id, 1)
    assert answers.citation(answer_id, 1) == KeptCitation("ar", "a1", 5, 13, "", "")
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert CITATION.quote.encode() not in written
    assert "سؤال".encode() not in written


def test_a_file_that_cannot_be_used_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite3"
    path.write_text("not a database" * 100, encoding="utf-8")
    with pytest.raises(SanadError, match=r"answers\.sqlite3, which the bot's buttons need, cannot be used"):
        Answers(path)
    (tmp_path / "file").touch()
    with pytest.raises(SanadError, match="The data folder"):
        Answers(tmp_path / "file" / "answers.sqlite3")
