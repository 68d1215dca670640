"""The language each user is spoken to in."""

from pathlib import Path

import pytest
from telegram import User

from bot.telegram_bot.database import Database
from bot.telegram_bot.users import Users, language_of


def user(code: str | None, number: int = 7) -> User:
    return User(number, "x", is_bot=False, language_code=code)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "telegram.sqlite3")


def test_everybody_is_spoken_to_in_arabic_or_english() -> None:
    assert [language_of(user(code)) for code in ("ar", "ar-EG", "AR", "en", "fr", None)] == ["ar"] * 3 + ["en"] * 3
    assert language_of(None) == "en"


def test_a_choice_outlasts_the_process_and_is_the_users_own(database: Database) -> None:
    users = Users(database)
    users.choose(7, "ar")
    for known in (users, Users(database)):
        assert [known.language(user("en")), known.language(user("en", 8)), known.language(None)] == ["ar", "en", "en"]
        assert (known.chosen(7), known.chosen(8)) == ("ar", None)


def test_a_choice_can_be_changed_and_taken_back(database: Database) -> None:
    users = Users(database)
    users.choose(7, "ar")
    users.choose(7, "en")
    assert Users(database).language(user("ar")) == "en"
    users.choose(7, None)
    assert [one.language(user("ar")) for one in (users, Users(database))] == ["ar", "ar"]


def test_who_is_forgotten_leaves_no_row(database: Database) -> None:
    users = Users(database)
    users.choose(7, "ar")
    assert [users.forget(7), users.forget(7), users.forget(8)] == [True, False, False]
    with database.connection() as connection:
        assert connection.execute("SELECT count(*) FROM users").fetchone() == (0,)
    assert users.language(user("en")) == "en"
