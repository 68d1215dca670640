"""The answers that were given: where their sources stand, so that their buttons work after a restart, what was asked, and what readers thought of it.

Of a source only its place in the article is kept, with digests of what stood there: removing an article leaves no word of it here, and a
digest tells when what stands at a place is no longer what was quoted. The question, the answer's text and who asked stay for the retention alone.
"""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.telegram_bot.database import Database
from rag.model import Answer, Citation, Language, Reply


@dataclass(frozen=True, slots=True)
class KeptCitation:
    """Where a citation's quote and passage stood in its article, and digests of the two."""

    number: int
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


@dataclass(frozen=True, slots=True)
class Rating:
    """What somebody thinks of an answer now (None: nothing), and how many find it good and bad."""

    mine: bool | None
    good: int
    bad: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What happened in a stretch of time; people only among questions of whom it is still kept who asked."""

    questions: int
    answered: int
    people: int
    good: int
    bad: int


class Answers:
    """The answers of a bot.

    Args:
        database: where they are kept.
        days: how long it is kept who asked what; 0 keeps it not at all.
        now: the time in seconds since 1970; for tests.

    Raises:
        SanadError: the database cannot be used. Every method may raise it.
    """

    def __init__(self, database: Database, days: int, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._days = days
        self._now = now

    def keep(self, reply: Reply, user: int, chat: int) -> str:
        """Keep a reply with its citations, or with what comes closest where it refuses; the id is not to be guessed."""
        answer_id = secrets.token_urlsafe(9)
        who_and_what = (user, chat, reply.question, reply.text) if self._days else (None,) * 4
        with self._database.connection() as connection:
            connection.execute(
                "INSERT INTO answers (id, language, made, answered, user, chat, question, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (answer_id, reply.language, self._now(), isinstance(reply, Answer), *map(_storable, who_and_what)),
            )
            connection.executemany(
                "INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(answer_id, c.number, *_places(c)) for c in reply.citations or reply.nearest],
            )
        return answer_id

    def citations(self, answer_id: str, number: int | None = None) -> list[KeptCitation]:
        """The citations of an answer in order, or only the one with this number; none where the answer is not known."""
        with self._database.connection() as connection:
            rows = connection.execute(
                "SELECT number, language, article_id, start, end, quote_digest, passage_start, passage_end, passage_digest "
                "FROM citations JOIN answers ON id = answer_id WHERE answer_id = ? AND ifnull(number = ?, TRUE) ORDER BY number",
                (answer_id, number),
            ).fetchall()
        return [KeptCitation(*row) for row in rows]

    def rate(self, answer_id: str, user: int, good: bool) -> Rating | None:
        """Note what somebody thinks of an answer, or take it back where they thought so already; None for an unknown answer."""
        with self._database.connection() as connection:
            if not connection.execute("SELECT 1 FROM answers WHERE id = ?", (answer_id,)).fetchone():
                return None
            key = (answer_id, user)
            before = connection.execute("SELECT good FROM feedback WHERE answer_id = ? AND user = ?", key).fetchone()
            if before and bool(before[0]) == good:
                connection.execute("DELETE FROM feedback WHERE answer_id = ? AND user = ?", key)
                mine = None
            else:
                connection.execute("INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?)", (*key, good, self._now()))
                mine = good
            counted = connection.execute(
                "SELECT ifnull(sum(good), 0), ifnull(sum(NOT good), 0) FROM feedback WHERE answer_id = ?", (answer_id,)
            ).fetchone()
        return Rating(mine, *counted)

    def tally(self, seconds: float | None = None) -> Tally:
        """What happened in the last `seconds`, or ever."""
        since = 0.0 if seconds is None else self._now() - seconds
        with self._database.connection() as connection:
            asked = connection.execute(
                "SELECT count(*), ifnull(sum(answered), 0), count(DISTINCT user) FROM answers WHERE made >= ?", (since,)
            ).fetchone()
            rated = connection.execute(
                "SELECT ifnull(sum(good), 0), ifnull(sum(NOT good), 0) FROM feedback WHERE at >= ?", (since,)
            ).fetchone()
        return Tally(*asked, *rated)

    def forget(self, user: int) -> tuple[int, int]:
        """Delete the answers given to a user, with their citations and ratings, and what the user thought of any; how many of the two."""
        with self._database.connection() as connection:
            rated = connection.execute("DELETE FROM feedback WHERE user = ?", (user,)).rowcount
            asked = connection.execute("DELETE FROM answers WHERE user = ?", (user,)).rowcount
        return asked, rated

    def expire(self) -> int:
        """Empty what is older than the retention: who asked what, and who thought what of it; how many answers it were."""
        before = self._now() - self._days * 24 * 3600
        with self._database.connection() as connection:
            emptied = connection.execute(
                "UPDATE answers SET user = NULL, chat = NULL, question = NULL, text = NULL "
                "WHERE made < ? AND coalesce(user, chat, question, text) IS NOT NULL",
                (before,),
            ).rowcount
            # What was thought still counts; a number below zero is nobody's, and for each its own.
            connection.execute(
                "UPDATE feedback SET user = -1 - (random() & 0xFFFFFFFFFFFF) WHERE user > 0 AND at < ?", (before,)
            )
        return emptied


def _storable(value: object) -> object:
    """A lone surrogate can be in a question, and not in SQLite."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _places(citation: Citation) -> tuple[str, int, int, str, int, int, str]:
    """A citation as it is kept. A quote of two sentences can reach beyond its passage, and is then its own."""
    before = citation.passage.find(citation.quote)
    passage = citation.passage if before >= 0 else citation.quote
    first = citation.start - max(0, before)
    quoted, around = _digest(citation.quote), _digest(passage)
    return citation.article_id, citation.start, citation.end, quoted, first, first + len(passage), around


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
