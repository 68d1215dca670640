"""The store of what the buttons show."""

from pathlib import Path

import pytest

from bot.telegram_bot.answers import Answers, KeptCitation
from rag.errors import SanadError
from rag.model import Answer, Citation, Refusal

TEXT = "أول الكلام. قبل، سر مكتوم، بعد."
PASSAGE = "قبل، سر مكتوم، بعد."
CITATION = Citation(1, "a1", "عنوان", "", None, None, None, "سر مكتوم", 17, 25, PASSAGE)


def answer(*citations: Citation) -> Answer:
    return Answer("سؤال لا يحفظ", "ar", "نص", "extractive", citations=citations)


def kept_one(tmp_path: Path, citation: Citation = CITATION) -> KeptCitation:
    answers = Answers(tmp_path / "answers.sqlite3")
    kept = answers.citation(answers.keep(answer(citation)), 1)
    assert kept
    return kept


def test_a_citation_is_found_under_its_answer_and_number_by_another_process_too(tmp_path: Path) -> None:
    path = tmp_path / "data" / "answers.sqlite3"
    first, second = Answers(path).keep(answer(CITATION)), Answers(path).keep(answer())
    kept = Answers(path).citation(first, 1)
    assert kept
    assert (kept.language, kept.article_id, kept.start, kept.end) == ("ar", "a1", 17, 25)
    assert [Answers(path).citation(*key) for key in ((first, 2), (second, 1), ("x", 1))] == [None] * 3
    assert first != second
    assert len(f"s:{first}:100".encode()) <= 64


def test_what_came_closest_to_a_refused_question_is_kept(tmp_path: Path) -> None:
    answers = Answers(tmp_path / "answers.sqlite3")
    kept = answers.citation(answers.keep(Refusal("q", "en", "no", "extractive", nearest=(CITATION,))), 1)
    assert kept
    assert (kept.language, kept.start) == ("en", CITATION.start)


def test_the_passage_comes_from_the_article_as_it_is(tmp_path: Path) -> None:
    kept = kept_one(tmp_path)
    assert TEXT[17:25] == CITATION.quote
    assert kept.stands_in(TEXT)
    assert kept.passage(TEXT) == PASSAGE


@pytest.mark.parametrize("text", ["", TEXT.replace("سر", "أمر"), f"جديد {TEXT}"])
def test_a_quote_that_no_longer_stands_where_it_stood_is_told(tmp_path: Path, text: str) -> None:
    assert not kept_one(tmp_path).stands_in(text)


def test_where_the_words_around_it_were_changed_the_quote_is_shown_alone(tmp_path: Path) -> None:
    kept = kept_one(tmp_path)
    changed = TEXT.replace("بعد", "ثم")
    assert kept.stands_in(changed)
    assert kept.passage(changed) == CITATION.quote


def test_no_word_of_article_or_question_is_in_the_file(tmp_path: Path) -> None:
    kept_one(tmp_path)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert [word for word in (*TEXT.split(), "سؤال") if word.encode() in written] == []


def test_a_file_that_cannot_be_used_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite3"
    path.write_text("not a database" * 100, encoding="utf-8")
    with pytest.raises(SanadError, match=r"answers\.sqlite3, which the bot's buttons need, cannot be used"):
        Answers(path)
    (tmp_path / "file").touch()
    with pytest.raises(SanadError, match="The data folder"):
        Answers(tmp_path / "file" / "answers.sqlite3")
