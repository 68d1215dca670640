"""The store of answers: what the buttons show, what was asked, and what readers thought of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.telegram_bot.answers import Answers, KeptCitation, Rating, Tally
from bot.telegram_bot.database import Database
from rag.model import Answer, Citation, Refusal

TEXT = "أول الكلام. قبل، سر مكتوم، بعد."
PASSAGE = "قبل، سر مكتوم، بعد."
CITATION = Citation(1, "a1", "عنوان", "", None, None, None, "سر مكتوم", 17, 25, PASSAGE)
QUESTION, WORDS = "سؤال كتمه صاحبه", "نص الإجابة"
DAY = 24 * 3600.0
ALI, BIAN = 7, 8  # users


class Clock:
    """The time, which tests move."""

    def __init__(self) -> None:
        self.seconds = 100 * DAY

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "telegram.sqlite3")


@pytest.fixture
def answers(database: Database, clock: Clock) -> Answers:
    return Answers(database, 30, clock)


def answer(*citations: Citation) -> Answer:
    return Answer(QUESTION, "ar", WORDS, "extractive", citations=citations)


REFUSAL = Refusal(QUESTION, "en", "no", "extractive", nearest=(CITATION,))


def kept_one(answers: Answers, citation: Citation = CITATION) -> KeptCitation:
    (kept,) = answers.citations(answers.keep(answer(citation), ALI, ALI))
    return kept


def written(database: Database) -> bytes:
    """All that is in the database's file when its log is empty."""
    database.flush()
    with database.connection() as connection:
        (*_, path) = connection.execute("PRAGMA database_list").fetchone()
    return b"".join(file.read_bytes() for file in Path(path).parent.iterdir())


# Sources


def test_citations_are_found_under_their_answer_and_number_by_another_process_too(
    answers: Answers, tmp_path: Path
) -> None:
    second = replace(CITATION, number=2, article_id="a2")
    first, without = answers.keep(answer(CITATION, second), ALI, ALI), answers.keep(answer(), ALI, ALI)
    again = Answers(Database(tmp_path / "telegram.sqlite3"), 30)
    assert [(one.number, one.language, one.article_id) for one in again.citations(first)] == [
        (1, "ar", "a1"), (2, "ar", "a2"),
    ]  # fmt: skip
    assert [one.article_id for one in again.citations(first, 2)] == ["a2"]
    assert [again.citations(*key) for key in ((first, 3), (without, 1), ("x", 1), ("x",))] == [[]] * 4
    assert first != without


def test_what_came_closest_to_a_refused_question_is_kept(answers: Answers) -> None:
    (kept,) = answers.citations(answers.keep(REFUSAL, ALI, ALI))
    assert (kept.language, kept.start) == ("en", CITATION.start)


def test_the_passage_comes_from_the_article_as_it_is(answers: Answers) -> None:
    kept = kept_one(answers)
    assert TEXT[17:25] == CITATION.quote
    assert kept.stands_in(TEXT)
    assert kept.passage(TEXT) == PASSAGE


@pytest.mark.parametrize("text", ["", TEXT.replace("سر", "أمر"), f"جديد {TEXT}"])
def test_a_quote_that_no_longer_stands_where_it_stood_is_told(answers: Answers, text: str) -> None:
    assert not kept_one(answers).stands_in(text)


def test_where_the_words_around_it_were_changed_the_quote_is_shown_alone(answers: Answers) -> None:
    kept = kept_one(answers)
    changed = TEXT.replace("بعد", "ثم")
    assert kept.stands_in(changed)
    assert kept.passage(changed) == CITATION.quote


def test_no_word_of_an_article_is_in_the_file(answers: Answers, database: Database) -> None:
    kept_one(answers)
    assert [word for word in TEXT.split() if word.encode() in written(database)] == []


# What readers think


def test_a_rating_is_changed_by_the_other_one_and_taken_back_by_the_same(answers: Answers) -> None:
    answer_id = answers.keep(answer(), ALI, ALI)
    assert answers.rate(answer_id, ALI, good=True) == Rating(True, 1, 0)
    assert answers.rate(answer_id, BIAN, good=True) == Rating(True, 2, 0)
    assert answers.rate(answer_id, ALI, good=False) == Rating(False, 1, 1)
    assert answers.rate(answer_id, ALI, good=False) == Rating(None, 1, 0)
    assert answers.rate(answers.keep(answer(), ALI, ALI), ALI, good=True) == Rating(True, 1, 0)


def test_an_answer_that_is_not_known_cannot_be_rated(answers: Answers) -> None:
    assert answers.rate("x", ALI, good=True) is None
    assert answers.tally() == Tally(0, 0, 0, 0, 0)


# What was asked


def test_questions_people_and_ratings_are_counted_in_a_stretch_of_time(answers: Answers, clock: Clock) -> None:
    old = answers.keep(answer(), ALI, ALI)
    clock.seconds += 2 * DAY
    answers.keep(answer(), ALI, ALI)
    answers.keep(REFUSAL, BIAN, -5)
    answers.rate(old, BIAN, good=False)
    assert answers.tally(DAY) == Tally(questions=2, answered=1, people=2, good=0, bad=1)
    assert answers.tally() == Tally(questions=3, answered=2, people=2, good=0, bad=1)
    clock.seconds += 2 * DAY
    assert answers.tally(DAY) == Tally(0, 0, 0, 0, 0)


# Forgetting


def test_who_is_forgotten_leaves_nothing_and_others_keep_theirs(answers: Answers, database: Database) -> None:
    mine, others = answers.keep(answer(CITATION), ALI, ALI), answers.keep(answer(CITATION), BIAN, BIAN)
    answers.rate(mine, BIAN, good=True)
    answers.rate(others, ALI, good=True)
    answers.rate(others, BIAN, good=True)
    assert answers.forget(ALI) == (1, 1)
    assert answers.citations(mine) == []
    assert answers.rate(mine, ALI, good=True) is None
    assert len(answers.citations(others)) == 1
    assert answers.tally() == Tally(1, 1, 1, 1, 0)
    assert answers.forget(ALI) == (0, 0)
    answers.forget(BIAN)
    assert [text for text in (QUESTION, WORDS, mine, others) if text.encode() in written(database)] == []


def test_after_the_retention_only_the_places_stay(answers: Answers, database: Database, clock: Clock) -> None:
    old = answers.keep(answer(CITATION), ALI, ALI)
    answers.rate(old, ALI, good=True)
    answers.rate(old, BIAN, good=True)
    clock.seconds += 20 * DAY
    new = answers.keep(REFUSAL, BIAN, BIAN)
    assert (answers.expire(), QUESTION.encode() in written(database)) == (0, True)
    clock.seconds += 11 * DAY
    assert [answers.expire(), answers.expire()] == [1, 0]
    assert [len(answers.citations(one)) for one in (old, new)] == [1, 1]
    assert answers.tally() == Tally(questions=2, answered=1, people=1, good=2, bad=0)
    assert answers.forget(ALI) == (0, 0)  # nobody knows any more that it was theirs
    with database.connection() as connection:
        rows = connection.execute("SELECT user, chat, question, text FROM answers ORDER BY made").fetchall()
        assert rows == [(None,) * 4, (BIAN, BIAN, QUESTION, "no")]
        assert connection.execute("SELECT count(*) FROM feedback WHERE user >= 0").fetchone() == (0,)
    clock.seconds += 31 * DAY
    answers.expire()
    assert QUESTION.encode() not in written(database)


def test_without_retention_no_question_answer_or_asker_is_ever_written(database: Database) -> None:
    answers = Answers(database, 0)
    answer_id = answers.keep(answer(CITATION), 987654321, 987654321)
    with database.connection() as connection:
        row = connection.execute("SELECT user, chat, question, text FROM answers").fetchone()
    assert row == (None,) * 4
    assert len(answers.citations(answer_id)) == 1
    assert [text for text in (QUESTION, WORDS) if text.encode() in written(database)] == []


def test_a_question_that_is_no_text_is_kept_all_the_same(answers: Answers) -> None:
    assert answers.keep(replace(answer(CITATION), question="\ud800?"), ALI, ALI)
