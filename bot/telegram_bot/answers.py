"""What the buttons under answers show, kept in a small SQLite file so that they still work after a restart.

Neither questions nor who asked them are kept.
"""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rag.errors import SanadError
from rag.model import Language, Reply

_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE answers (id TEXT PRIMARY KEY, language TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE citations (
    answer_id TEXT NOT NULL REFERENCES answers (id), number INTEGER NOT NULL, article_id TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL, passage TEXT NOT NULL,
    PRIMARY KEY (answer_id, number)
) WITHOUT ROWID;
CREATE INDEX citations_of_article ON citations (article_id);
"""


@dataclass(frozen=True, slots=True)
class KeptCitation:
    """A citation as its answer had it; `quote` and `passage` are empty once it was forgotten."""

    language: Language
    article_id: str
    start: int
    end: int
    quote: str
    passage: str


class Answers:
    """The citations of every answer the bot gave.

    Args:
        path: the database file; made when it is not there.

    Raises:
        SanadError: the file cannot be used. Every method may raise it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SanadError("library_folder", path=path.parent, detail=error.strerror) from None
        with self._connection() as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version > _SCHEMA_VERSION:
                raise SanadError("answers_damaged", path=path, detail="made by a newer Sanad")
            if version == 0:
                db.execute("PRAGMA journal_mode = WAL")
                db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_SCHEMA_VERSION}; COMMIT;")

    def keep(self, reply: Reply) -> str:
        """Keep the citations of a reply, or what comes closest where it refuses; the id is not to be guessed."""
        answer_id = secrets.token_urlsafe(9)
        with self._connection() as db, db:
            db.execute("INSERT INTO answers VALUES (?, ?)", (answer_id, reply.language))
            db.executemany(
                "INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (answer_id, c.number, c.article_id, c.start, c.end, c.quote, c.passage)
                    for c in reply.citations or reply.nearest
                ],
            )
        return answer_id

    def citation(self, answer_id: str, number: int) -> KeptCitation | None:
        """The citation that an answer has under this number, or None."""
        with self._connection() as db:
            row = db.execute(
                "SELECT language, article_id, start, end, quote, passage FROM citations JOIN answers ON id = answer_id "
                "WHERE answer_id = ? AND number = ?",
                (answer_id, number),
            ).fetchone()
        return KeptCitation(*row) if row else None

    def forget(self, answer_id: str, number: int) -> None:
        """Overwrite the words of a citation whose source was withdrawn; that there was one stays known."""
        with self._connection() as db, db:
            db.execute(
                "UPDATE citations SET quote = '', passage = '' WHERE answer_id = ? AND number = ?", (answer_id, number)
            )

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection of one's own, so that any thread may use it."""
        try:
            with closing(sqlite3.connect(self._path, timeout=30)) as db:
                db.execute("PRAGMA secure_delete = ON")  # withdrawn words are overwritten, not only unlinked
                yield db
        except sqlite3.Error as error:
            raise SanadError("answers_damaged", path=self._path, detail=error) from error
