"""The bot's file: made once, taking in the older one, shared by threads, and plain about what is wrong with it."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.telegram_bot.database import Database
from rag.errors import SanadError

OLD_SCHEMA = """
CREATE TABLE answers (id TEXT PRIMARY KEY, language TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE citations (
    answer_id TEXT NOT NULL REFERENCES answers (id), number INTEGER NOT NULL, article_id TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, quote_digest TEXT NOT NULL,
    passage_start INTEGER NOT NULL, passage_end INTEGER NOT NULL, passage_digest TEXT NOT NULL,
    PRIMARY KEY (answer_id, number)
) WITHOUT ROWID;
INSERT INTO answers VALUES ('a', 'ar'), ('b', 'en');
INSERT INTO citations VALUES ('a', 1, 'x', 3, 9, 'q', 0, 20, 'p'), ('a', 2, 'y', 4, 8, 'r', 1, 19, 's');
PRAGMA user_version = 1;
"""


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "telegram.sqlite3")


def rows(database: Database, query: str) -> list[tuple[object, ...]]:
    with database.connection() as connection:
        return connection.execute(query).fetchall()


def test_it_is_made_with_its_folder_and_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "data" / "telegram.sqlite3"
    with Database(path).connection() as connection:
        connection.execute("INSERT INTO users VALUES (7, 'ar')")
    assert rows(Database(path), "SELECT * FROM users") == [(7, "ar")]


def test_a_block_that_fails_changes_nothing(database: Database) -> None:
    def half() -> None:
        with database.connection() as connection:
            connection.execute("INSERT INTO users VALUES (7, 'ar')")
            raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        half()
    assert rows(database, "SELECT * FROM users") == []


def test_an_answers_citations_and_ratings_go_with_it(database: Database) -> None:
    with database.connection() as connection:
        connection.execute("INSERT INTO answers (id, language) VALUES ('a', 'ar')")
        connection.execute("INSERT INTO citations VALUES ('a', 1, 'x', 3, 9, 'q', 0, 20, 'p')")
        connection.execute("INSERT INTO feedback VALUES ('a', 7, 1, 0.0)")
    with database.connection() as connection:
        connection.execute("DELETE FROM answers")
    assert rows(database, "SELECT 1 FROM citations UNION ALL SELECT 1 FROM feedback") == []


def test_threads_do_not_disturb_each_other(database: Database) -> None:
    def put(user: int) -> None:
        with database.connection(durable=user % 5 == 0) as connection:
            before = connection.execute("SELECT count(*) FROM users").fetchone()[0]
            connection.execute("INSERT INTO users VALUES (?, ?)", (user, str(before)))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(put, range(200)))
    assert rows(database, "SELECT language FROM users ORDER BY cast(language AS integer)") == [
        (str(i),) for i in range(200)
    ]


# The older file


def test_what_an_older_version_kept_is_taken_in_and_its_file_deleted(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "answers.sqlite3")
    old.execute("PRAGMA journal_mode = WAL")
    old.executescript(OLD_SCHEMA)
    old.close()
    for _ in range(2):
        database = Database(tmp_path / "telegram.sqlite3")
        assert rows(database, "SELECT id, language, user, question FROM answers ORDER BY id") == [
            ("a", "ar", None, None), ("b", "en", None, None),
        ]  # fmt: skip
        assert rows(database, "SELECT * FROM citations") == [
            ("a", 1, "x", 3, 9, "q", 0, 20, "p"), ("a", 2, "y", 4, 8, "r", 1, 19, "s"),
        ]  # fmt: skip
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("answers")] == []


def test_taking_in_can_be_broken_off_before_the_old_file_is_deleted(tmp_path: Path) -> None:
    for _ in range(2):  # the second time everything is here already
        with sqlite3.connect(tmp_path / "answers.sqlite3") as old:
            old.executescript(OLD_SCHEMA)
        old.close()
        assert len(rows(Database(tmp_path / "telegram.sqlite3"), "SELECT * FROM citations")) == 2


def test_an_old_file_that_is_damaged_is_named(tmp_path: Path) -> None:
    (tmp_path / "answers.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(SanadError, match=r"answers\.sqlite3 cannot be used"):
        Database(tmp_path / "telegram.sqlite3")
    assert (tmp_path / "answers.sqlite3").exists()


def test_an_old_file_that_holds_nothing_is_deleted(tmp_path: Path) -> None:
    (tmp_path / "answers.sqlite3").touch()
    Database(tmp_path / "telegram.sqlite3")
    assert not (tmp_path / "answers.sqlite3").exists()


# Groups that move


def test_what_belongs_to_a_group_moves_with_it(database: Database) -> None:
    with database.connection() as connection:
        connection.execute("INSERT INTO inbox (update_id, chat, received, payload) VALUES (1, -5, 0, '{}')")
        connection.execute("INSERT INTO outbox (update_id, part, chat, stored) VALUES (1, 0, -5, 0)")
        connection.execute("INSERT INTO answers (id, language, chat) VALUES ('a', 'ar', -5), ('b', 'en', -6)")
        connection.execute("INSERT INTO turns VALUES (-5, 0, 7, 0, '[]'), (-100, 0, 7, 1, '[1]')")
        connection.execute("INSERT INTO asked VALUES (-5, 3, 7, 'd', 0)")
    database.move_chat(-5, -100)
    moved = "SELECT chat FROM inbox UNION ALL SELECT chat FROM outbox UNION ALL SELECT chat FROM asked"
    assert rows(database, moved) == [(-100,)] * 3
    assert rows(database, "SELECT id, chat FROM answers ORDER BY id") == [("a", -100), ("b", -6)]
    assert rows(database, "SELECT chat, user FROM turns") == [(-100, 7)]


# What is wrong


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "telegram.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(SanadError, match=r"telegram\.sqlite3 cannot be used \(file is not a database\)") as caught:
        Database(tmp_path / "telegram.sqlite3")
    assert "telegram.sqlite3" in caught.value.message("ar")


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    Database(tmp_path / "telegram.sqlite3").close()
    with sqlite3.connect(tmp_path / "telegram.sqlite3") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(SanadError, match="made by a newer Sanad"):
        Database(tmp_path / "telegram.sqlite3")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SanadError, match="The data folder"):
        Database(tmp_path / "file" / "telegram.sqlite3")


def test_a_table_that_was_lost_is_an_error_of_the_file(database: Database) -> None:
    with database.connection() as connection:
        connection.execute("DROP TABLE users")
    with pytest.raises(SanadError, match="no such table: users"):
        rows(database, "SELECT * FROM users")


def test_the_check_writes(database: Database, tmp_path: Path) -> None:
    database.check()
    database.close()
    (tmp_path / "telegram.sqlite3").unlink()
    (tmp_path / "telegram.sqlite3").mkdir()
    with pytest.raises(SanadError, match=r"telegram\.sqlite3 cannot be used"):
        database.check()


def test_what_is_deleted_is_nowhere_after_a_flush(database: Database, tmp_path: Path) -> None:
    with database.connection() as connection:
        connection.execute("INSERT INTO answers (id, language, question) VALUES ('a', 'en', 'the secret question')")
    with database.connection() as connection:
        connection.execute("DELETE FROM answers")
    database.flush()
    assert all(b"secret question" not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_file_that_was_mended_is_used_again(database: Database, tmp_path: Path) -> None:
    with database.connection() as connection:
        connection.execute("INSERT INTO users VALUES (7, 'ar')")
    database.close()
    away = (tmp_path / "telegram.sqlite3").rename(tmp_path / "away")
    (tmp_path / "telegram.sqlite3").mkdir()
    for _ in range(2):
        with pytest.raises(SanadError, match=r"telegram\.sqlite3 cannot be used"):
            rows(database, "SELECT * FROM users")
    (tmp_path / "telegram.sqlite3").rmdir()
    away.rename(tmp_path / "telegram.sqlite3")
    assert rows(database, "SELECT * FROM users") == [(7, "ar")]


def test_an_error_of_sqlite_takes_back_its_block_and_hinders_no_other(database: Database) -> None:
    def half() -> None:
        with database.connection() as connection:
            connection.execute("INSERT INTO users VALUES (7, 'ar')")
            connection.execute("INSERT INTO users VALUES (7, 'en')")

    with pytest.raises(SanadError, match="UNIQUE"):
        half()
    assert rows(database, "SELECT * FROM users") == []
