"""Which messages were questions."""

from pathlib import Path

from bot.telegram_bot.asked import Asked, digest_of
from bot.telegram_bot.database import NAME, Database


def test_a_message_is_known_by_what_it_asked_last(tmp_path: Path) -> None:
    asked = Asked(Database(tmp_path / NAME))
    asked.keep(1, 2, 7, "متى؟")
    asked.keep(1, 2, 7, "أين؟")
    assert asked.digest(1, 2) == digest_of("أين؟")
    assert [asked.digest(1, 3), asked.digest(2, 2)] == [None, None]


def test_white_space_makes_no_other_question_and_no_text_is_too_odd() -> None:
    assert digest_of(" when  was\nit ") == digest_of("when was it")
    assert digest_of("when was it?") != digest_of("when was it")
    assert digest_of("\ud83d") != digest_of("")


def test_no_word_of_a_question_is_kept(tmp_path: Path) -> None:
    Asked(Database(tmp_path / NAME)).keep(1, 2, 7, "secret")
    assert [path.name for path in tmp_path.iterdir() if b"secret" in path.read_bytes()] == []


def test_a_users_questions_can_be_forgotten_and_old_ones_go(tmp_path: Path) -> None:
    now = 1_000.0
    asked = Asked(Database(tmp_path / NAME), lambda: now)
    asked.keep(1, 1, 7, "a")
    asked.keep(1, 2, 8, "b")
    now = 2_000.0
    asked.keep(1, 3, 8, "c")
    asked.forget(7)
    assert [asked.digest(1, n) is None for n in (1, 2, 3)] == [True, False, False]
    asked.expire(1_500.0)
    assert [asked.digest(1, n) is None for n in (1, 2, 3)] == [True, True, False]
