"""The bot's SQLite file: what was asked and not answered yet, what is on its way, and what is remembered of users and answers.

One connection serves every thread, a transaction after the other: opening one costs more than what most transactions do, and threads that
wait for a lock of ours need not try SQLite's again and again.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from rag.errors import SanadError

NAME = "telegram.sqlite3"
_OLD_NAME = "answers.sqlite3"  # what a version before this one kept its citations in
_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE inbox (
    update_id INTEGER PRIMARY KEY, chat INTEGER, user INTEGER, received REAL NOT NULL,
    payload TEXT NOT NULL, starts INTEGER NOT NULL DEFAULT 0, done REAL
);
CREATE INDEX inbox_waiting ON inbox (received, update_id) WHERE done IS NULL;
CREATE TABLE outbox (
    update_id INTEGER NOT NULL, part INTEGER NOT NULL, chat INTEGER NOT NULL, thread INTEGER, answered INTEGER,
    html TEXT, plain TEXT, keyboard TEXT, stored REAL NOT NULL, message_id INTEGER, sent INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (update_id, part)
) WITHOUT ROWID;
CREATE TABLE users (id INTEGER PRIMARY KEY, language TEXT);
CREATE TABLE answers (
    id TEXT PRIMARY KEY, language TEXT NOT NULL, user INTEGER, chat INTEGER, made REAL NOT NULL DEFAULT 0,
    answered INTEGER NOT NULL DEFAULT 1, question TEXT, text TEXT
) WITHOUT ROWID;
CREATE INDEX answers_user ON answers (user) WHERE user IS NOT NULL;
CREATE TABLE citations (
    answer_id TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE, number INTEGER NOT NULL, article_id TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, quote_digest TEXT NOT NULL,
    passage_start INTEGER NOT NULL, passage_end INTEGER NOT NULL, passage_digest TEXT NOT NULL,
    PRIMARY KEY (answer_id, number)
) WITHOUT ROWID;
CREATE TABLE feedback (
    answer_id TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE, user INTEGER NOT NULL, good INTEGER NOT NULL,
    at REAL NOT NULL, PRIMARY KEY (answer_id, user)
) WITHOUT ROWID;
CREATE TABLE turns (
    chat INTEGER NOT NULL, topic INTEGER NOT NULL DEFAULT 0, user INTEGER NOT NULL, at REAL NOT NULL, turns TEXT NOT NULL,
    PRIMARY KEY (chat, topic, user)
) WITHOUT ROWID;
CREATE TABLE asked (
    chat INTEGER NOT NULL, message INTEGER NOT NULL, user INTEGER NOT NULL, digest TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (chat, message)
) WITHOUT ROWID;
"""
_FROM_OLD = """
INSERT INTO answers (id, language) SELECT id, language FROM old.answers;
INSERT INTO citations SELECT answer_id, number, article_id, start, end, quote_digest, passage_start, passage_end, passage_digest
FROM old.citations;
"""
_OF_A_CHAT = ("inbox", "outbox", "answers")  # with a chat that is no part of what makes a row unique
_KEYED_BY_CHAT = ("turns", "asked")


class Database:
    """The bot's file.

    Args:
        path: where it is; made when it is not there. What an `answers.sqlite3` beside it holds moves into it.

    Raises:
        SanadError: the file cannot be used. Every method may raise it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SanadError("library_folder", path=path.parent, detail=error.strerror) from None
        self._lock = threading.Lock()  # of _open
        self._open: sqlite3.Connection | None = None
        with self.connection(durable=True) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > _SCHEMA_VERSION:
                raise SanadError("telegram_damaged", path=path, detail="made by a newer Sanad")
            if version == 0:
                _run(connection, _SCHEMA)
                connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
        self._take_in(path.with_name(_OLD_NAME))

    @contextmanager
    def connection(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """The connection and one transaction over it: committed at the end of the block, taken back when the block fails.

        No other thread has it meanwhile: the block is short, and opens no other one.

        Args:
            durable: whether what is committed must outlast a loss of power, not only the end of the process.
        """
        with self._opened() as connection:
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                yield connection

    def move_chat(self, old: int, new: int) -> None:
        """Let what belongs to a group belong to the supergroup it became."""
        with self.connection() as connection:
            for table in (*_OF_A_CHAT, *_KEYED_BY_CHAT):
                connection.execute(f"UPDATE OR REPLACE {table} SET chat = ? WHERE chat = ?", (new, old))

    def check(self) -> None:
        """Write something that changes nothing, to see whether it can be done."""
        with self.connection() as connection:
            connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")

    def flush(self) -> None:
        """Write SQLite's log into the file and empty it; what was forgotten is then nowhere any more."""
        with self._opened() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the file, until it is needed again."""
        with self._lock:
            self._let_go()

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """The connection, for one thread; one that failed is opened again the next time, for the file may have been mended."""
        with self._errors(self._path), self._lock:
            try:
                if self._open is None:
                    self._open = _connected(self._path)
                yield self._open
            except sqlite3.Error:
                self._let_go()
                raise

    def _let_go(self) -> None:
        if self._open:
            self._open.close()
            self._open = None

    def _take_in(self, old: Path) -> None:
        """Move the citations of answers that a version before this one gave; they are deleted there only when they are here."""
        if not old.exists():
            return
        with self._errors(old), closing(sqlite3.connect(self._path, timeout=30, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("ATTACH ? AS old", (str(old),))
            tables = connection.execute("SELECT count(*) FROM old.sqlite_master WHERE name IN ('answers', 'citations')")
            if tables.fetchone()[0] == 2:
                connection.execute("BEGIN IMMEDIATE")
                with connection:
                    _run(connection, _FROM_OLD.replace("INSERT", "INSERT OR IGNORE"))
            connection.execute("DETACH old")
        for suffix in ("", "-wal", "-shm"):
            old.with_name(old.name + suffix).unlink(missing_ok=True)

    @contextmanager
    def _errors(self, path: Path) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise SanadError("telegram_damaged", path=path, detail=error) from error


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is not to be found in the file
    return connection


def _run(connection: sqlite3.Connection, statements: str) -> None:
    """Several statements inside the transaction that is open; `executescript` would end it."""
    for statement in statements.split(";"):
        connection.execute(statement)
