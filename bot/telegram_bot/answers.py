"""What the buttons under answers show, kept in a small SQLite file so that they still work after a restart.

Only places in articles and digests of what stood there are kept: no words, no questions, nobody who asked. Removing an article leaves nothing of it
here, and a digest tells when what stands at a place is no longer what was quoted.
"""

import hashlib
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rag.errors import SanadError
from rag.model import Citation, Language, Reply

_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE answers (id TEXT PRIMARY KEY, language TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE citations (
    answer_id TEXT NOT NULL REFERENCES answers (id), number INTEGER NOT NULL, article_id TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, quote_digest TEXT NOT NULL,
    passage_start INTEGER NOT NULL, passage_end INTEGER NOT NULL, passage_digest TEXT NOT NULL,
    PRIMARY KEY (answer_id, number)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class KeptCitation:
    """Where a citation's quote and passage stood in its article, and digests of the two."""

    language: Language
    article_id: str
    start: int
    end: int
    quote_digest: str
    passage_start: int
    passage_end: int
    passage_digest: str

    def stands_in(self, text: str) -> bool:
        """Whether the quote still stands where it stood."""
        return _digest(text[self.start : self.end]) == self.quote_digest

    def passage(self, text: str) -> str:
        """The passage around the quote; the quote alone where the words around it were changed."""
        passage = text[self.passage_start : self.passage_end]
        return passage if _digest(passage) == self.passage_digest else text[self.start : self.end]


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
                "INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(answer_id, c.number, *_places(c)) for c in reply.citations or reply.nearest],
            )
        return answer_id

    def citation(self, answer_id: str, number: int) -> KeptCitation | None:
        """The citation that an answer has under this number, or None."""
        with self._connection() as db:
            row = db.execute(
                "SELECT language, article_id, start, end, quote_digest, passage_start, passage_end, passage_digest "
                "FROM citations JOIN answers ON id = answer_id WHERE answer_id = ? AND number = ?",
                (answer_id, number),
            ).fetchone()
        return KeptCitation(*row) if row else None

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection of one's own, so that any thread may use it."""
        try:
            with closing(sqlite3.connect(self._path, timeout=30)) as db:
                yield db
        except sqlite3.Error as error:
            raise SanadError("answers_damaged", path=self._path, detail=error) from error


def _places(citation: Citation) -> tuple[str, int, int, str, int, int, str]:
    """A citation as it is kept. A quote of two sentences can reach beyond its passage, and is then its own."""
    before = citation.passage.find(citation.quote)
    passage = citation.passage if before >= 0 else citation.quote
    first = citation.start - max(0, before)
    quoted, around = _digest(citation.quote), _digest(passage)
    return citation.article_id, citation.start, citation.end, quoted, first, first + len(passage), around


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
