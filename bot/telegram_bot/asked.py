"""Which messages were taken for questions, so that an edit of one can be told from an edit of anything else."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.telegram_bot.database import Database


@dataclass
class Asked:
    """The messages that were questions, each with a digest of what it asked; the words themselves are not kept.

    Attributes:
        database: where they are kept.
        now: the time in seconds; for tests.

    Raises:
        SanadError: the database cannot be used. Every method may raise it.
    """

    database: Database
    now: Callable[[], float] = time.time

    def digest(self, chat: int, message: int) -> str | None:
        """The `digest_of` what a message asked; None where it was no question."""
        with self.database.connection() as db:
            row = db.execute("SELECT digest FROM asked WHERE chat = ? AND message = ?", (chat, message)).fetchone()
        return str(row[0]) if row else None

    def keep(self, chat: int, message: int, user: int, question: str) -> None:
        """Remember what a message asks now."""
        with self.database.connection() as db:
            db.execute(
                "INSERT OR REPLACE INTO asked (chat, message, user, digest, at) VALUES (?, ?, ?, ?, ?)",
                (chat, message, user, digest_of(question), self.now()),
            )

    def forget(self, user: int) -> None:
        """Forget the questions of a user."""
        with self.database.connection() as db:
            db.execute("DELETE FROM asked WHERE user = ?", (user,))

    def expire(self, before: float) -> None:
        """Forget the questions asked before a time, in seconds since 1970."""
        with self.database.connection() as db:
            db.execute("DELETE FROM asked WHERE at < ?", (before,))


def digest_of(question: str) -> str:
    """A digest that white space does not change."""
    return hashlib.sha256(" ".join(question.split()).encode("utf-8", "replace")).hexdigest()
