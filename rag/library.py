"""The library: articles and their passages in SQLite, the record of truth. The only file that knows SQL.

Every change is one transaction an article and raises `revision`; vectors and terms of passages are kept, so that an index can be built
again without analysing or embedding anything. Row numbers are never used twice, so an index knows what it lacks by comparing sets of them.
"""

import hashlib
import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.errors import LibraryDamaged, LibraryEmpty
from rag.model import Article, Language, Passage, Sentence
from rag.termlist import unpack

_SCHEMA_VERSION = 2
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL, source TEXT NOT NULL, text TEXT NOT NULL,
    metadata TEXT NOT NULL, sentences TEXT NOT NULL
);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, terms TEXT NOT NULL, vector BLOB NOT NULL, neural BLOB
);
CREATE INDEX passages_of_article ON passages (article_id);
"""
# What brings a library of each earlier version to the next one.
_MIGRATIONS = {1: "ALTER TABLE passages ADD COLUMN neural BLOB;"}


@dataclass(frozen=True, slots=True)
class Record:
    """A passage as it is indexed: its row, id and article, its packed terms, its concept vector and, where there is one, its neural one."""

    row: int
    id: str
    article_id: str
    terms: str
    vector: NDArray[np.float32]
    neural: NDArray[np.float32] | None = None

    @property
    def language(self) -> Language:
        """That of most of its words."""
        return unpack(self.terms).language


class Library:
    """The articles of one data folder.

    Args:
        path: the database file.
        readonly: open it only to read; there must be one.

    Raises:
        LibraryDamaged: the file is no library, or was made by a newer version. Every method may raise it.
        LibraryEmpty: it was to be read, and its first writer has not got as far as making it.
    """

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self._path = path
        self._readonly = readonly
        with self._connection() as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version > _SCHEMA_VERSION:
                raise LibraryDamaged("library_newer", path=path)
            if version == 0:
                self._make(db)
            elif version < _SCHEMA_VERSION and not readonly:  # what a reader asks for is in all of them
                self._migrate(db, version)

    def _make(self, db: sqlite3.Connection) -> None:
        if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise LibraryDamaged("library_damaged", path=self._path, detail="another program's database")
        if self._readonly:
            raise LibraryEmpty("library_empty")
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(
            f"BEGIN; {_SCHEMA} INSERT INTO meta VALUES ('library', '{uuid.uuid4().hex[:12]}'), ('revision', '0');"
            f"PRAGMA user_version = {_SCHEMA_VERSION}; COMMIT;"
        )

    def _migrate(self, db: sqlite3.Connection, version: int) -> None:
        steps = " ".join(_MIGRATIONS[one] for one in range(version, _SCHEMA_VERSION))
        db.executescript(f"BEGIN IMMEDIATE; {steps} PRAGMA user_version = {_SCHEMA_VERSION}; COMMIT;")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection of one's own, so that any thread may read; opening one costs some 50 µs."""
        mode = "ro" if self._readonly else "rwc"
        uri = f"{self._path.resolve().as_uri()}?mode={mode}"
        try:
            with closing(sqlite3.connect(uri, uri=True, timeout=30)) as db:
                db.execute("PRAGMA foreign_keys = ON")
                db.execute("PRAGMA secure_delete = ON")  # what is removed is overwritten, not only unlinked
                yield db
        except sqlite3.Error as error:
            raise LibraryDamaged("library_damaged", path=self._path, detail=error) from error

    # What is in it

    @property
    def id(self) -> str:
        """A name of the library's own, made with it."""
        return self._meta("library")

    @property
    def revision(self) -> int:
        """Counts the changes; an index built at this revision is up to date."""
        return int(self._meta("revision"))

    @property
    def purged(self) -> int:
        """The revision at which an article was last removed; an index built before holds traces of it."""
        return int(self._meta("purged") or 0)

    @property
    def fingerprint(self) -> str:
        """The fingerprint of what the passages were cut and embedded with; empty while there are none, or of several kinds."""
        return self._meta("fingerprint")

    @fingerprint.setter
    def fingerprint(self, value: str) -> None:
        with self._connection() as db, db:
            db.execute("INSERT OR REPLACE INTO meta VALUES ('fingerprint', ?)", (value,))

    @property
    def dimensions(self) -> int:
        """The length of the neural vectors that were stored last; 0 while there are none."""
        with self._connection() as db:
            row = db.execute("SELECT length(neural) FROM passages ORDER BY row DESC LIMIT 1").fetchone()
        return int(row[0] or 0) // np.dtype(np.float32).itemsize if row else 0

    def _meta(self, key: str) -> str:
        with self._connection() as db:
            row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def count(self) -> tuple[int, int]:
        """How many articles and how many passages there are."""
        with self._connection() as db:
            articles = db.execute("SELECT count(*) FROM articles").fetchone()[0]
            passages = db.execute("SELECT count(*) FROM passages").fetchone()[0]
        return articles, passages

    def fault(self) -> str:
        """What SQLite's own check finds wrong with the file; "" when it is sound."""
        with self._connection() as db:
            found = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
        return "" if found == "ok" else found

    def article(self, article_id: str) -> Article | None:
        """The article, or None."""
        with self._connection() as db:
            row = db.execute("SELECT id, text, source, metadata FROM articles WHERE id = ?", (article_id,)).fetchone()
        return _article(row) if row else None

    def articles(self) -> list[Article]:
        """Every article, by id."""
        with self._connection() as db:
            rows = db.execute("SELECT id, text, source, metadata FROM articles ORDER BY id").fetchall()
        return [_article(row) for row in rows]

    def article_ids(self) -> list[str]:
        """Every article's id, in order."""
        with self._connection() as db:
            return [row[0] for row in db.execute("SELECT id FROM articles ORDER BY id")]

    def sources(self) -> dict[str, str]:
        """Each article's id and where it was read from."""
        with self._connection() as db:
            return dict(db.execute("SELECT id, source FROM articles"))

    def known(self, article_id: str) -> tuple[str, str] | None:
        """The digest and source of an article, or None."""
        with self._connection() as db:
            row = db.execute("SELECT digest, source FROM articles WHERE id = ?", (article_id,)).fetchone()
        return (row[0], row[1]) if row else None

    def passage_count(self, article_id: str) -> int:
        """How many passages an article has."""
        with self._connection() as db:
            return int(db.execute("SELECT count(*) FROM passages WHERE article_id = ?", (article_id,)).fetchone()[0])

    def read(
        self, passage_ids: Sequence[str]
    ) -> tuple[dict[str, Passage], dict[str, Article], dict[str, tuple[Sentence, ...]]]:
        """Of one moment: the passages with these ids that are still there, their articles, and the articles' sentences."""
        passages, articles, sentences = {}, {}, {}
        with self._connection() as db, db:
            db.execute("BEGIN")
            for passage_id in passage_ids:
                row = db.execute(
                    "SELECT id, article_id, start, end FROM passages WHERE id = ?", (passage_id,)
                ).fetchone()
                if not row:
                    continue
                if row[1] not in articles:
                    found = db.execute(
                        "SELECT id, text, source, metadata, sentences FROM articles WHERE id = ?", (row[1],)
                    ).fetchone()
                    articles[row[1]] = _article(found[:4])
                    sentences[row[1]] = tuple(Sentence(*one) for one in json.loads(found[4]))
                text = articles[row[1]].text[row[2] : row[3]]
                passages[passage_id] = Passage(row[0], row[1], row[2], row[3], text)
        return passages, articles, sentences

    def rows(self) -> dict[int, str]:
        """The row and id of every passage."""
        with self._connection() as db:
            return dict(db.execute("SELECT row, id FROM passages ORDER BY row"))

    def records(self, rows: Iterable[int]) -> Iterator[Record]:
        """The passages with these rows, as they are indexed."""
        with self._connection() as db:
            for row in rows:
                found = db.execute(
                    "SELECT row, id, article_id, terms, vector, neural FROM passages WHERE row = ?", (row,)
                ).fetchone()
                if found:
                    number, passage_id, article_id, terms, vector, neural = found
                    second = _vector(neural) if neural else None
                    yield Record(number, passage_id, article_id, terms, _vector(vector), second)

    # What changes it

    def put(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        passages: Sequence[Passage],
        terms: Sequence[str],
        vectors: NDArray[np.float32],
        fingerprint: str,
        neural: NDArray[np.float32] | None = None,
    ) -> None:
        """Store an article and its passages in the place of what it was before, in one transaction.

        Where the other articles have another fingerprint, the library's is empty from then on, until it is set.
        """
        seconds = [None] * len(passages) if neural is None else [_blob(row) for row in neural]
        with self._connection() as db, db:
            db.execute("DELETE FROM articles WHERE id = ?", (article.id,))
            db.execute(
                "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?)",
                (
                    article.id,
                    digest(article),
                    article.source,
                    article.text,
                    json.dumps(article.metadata, ensure_ascii=False),
                    json.dumps([[s.start, s.end, s.heading] for s in sentences]),
                ),
            )
            db.executemany(
                "INSERT INTO passages (id, article_id, start, end, terms, vector, neural) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (p.id, p.article_id, p.start, p.end, t, _blob(v), n)
                    for p, t, v, n in zip(passages, terms, vectors, seconds, strict=True)
                ],
            )
            db.execute(
                "INSERT OR REPLACE INTO meta SELECT 'fingerprint', CASE WHEN (SELECT value FROM meta WHERE key = 'fingerprint') = ?1 "
                "OR NOT EXISTS (SELECT 1 FROM articles WHERE id <> ?2) THEN ?1 ELSE '' END",
                (fingerprint, article.id),
            )
            _next_revision(db)

    def move(self, article_id: str, source: str) -> None:
        """Note that an unchanged article is now read from elsewhere."""
        with self._connection() as db, db:
            db.execute("UPDATE articles SET source = ? WHERE id = ?", (source, article_id))

    def remove(self, article_id: str) -> bool:
        """Delete an article and its passages, also from the database's free pages and log; False if there is none."""
        with self._connection() as db:
            with db:
                removed = db.execute("DELETE FROM articles WHERE id = ?", (article_id,)).rowcount > 0
                if removed:
                    _next_revision(db)
                    db.execute("INSERT OR REPLACE INTO meta SELECT 'purged', value FROM meta WHERE key = 'revision'")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return removed


def digest(article: Article) -> str:
    """Changes whenever an article's text or metadata does."""
    content = json.dumps([article.text, article.metadata], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def _blob(vector: NDArray[np.float32]) -> bytes:
    return np.asarray(vector, dtype=np.float32).tobytes()


def _vector(blob: bytes) -> NDArray[np.float32]:
    return np.frombuffer(blob, dtype=np.float32)


def _article(row: tuple[str, str, str, str]) -> Article:
    return Article(row[0], row[1], row[2], **json.loads(row[3]))


def _next_revision(db: sqlite3.Connection) -> None:
    db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'revision'")
