"""Updates until they are answered: written down before Telegram is told that they arrived."""

import asyncio
import json
import logging
import time
from collections.abc import Sequence
from sqlite3 import Connection
from typing import Any, NamedTuple

from telegram import Bot, Update

from bot.telegram_bot.database import Database
from rag.errors import SanadError

_LOG = logging.getLogger(__name__)
_KEPT = 2 * 24 * 3600.0  # seconds that the number of a done update is known; Telegram sends one again for a day
_WAIT = 2.0  # seconds before writing is tried again


class Begun(NamedTuple):
    """An update that begins to be handled.

    Attributes:
        starts: how often it began, this time counted.
        received: when it came, in seconds since 1970.
        answered: whether its answer was stored already, in an earlier run.
    """

    starts: int
    received: float
    answered: bool


class Inbox:
    """The updates that came.

    Raises:
        SanadError: the database cannot be used. Every method may raise it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._begun: set[int] = set()  # by this process
        self._edited: set[int] = set()  # chats with messages that were edited

    def keep(self, updates: Sequence[Update]) -> set[int]:
        """Write updates down, so that not even a loss of power loses them; the numbers of those that are new."""
        rows = [(one.update_id, *_of(one), time.time(), one.to_json()) for one in updates]
        self._note_edits(updates)
        new = set()
        with self._database.connection(durable=True) as connection:
            for row in rows:
                added = connection.execute(
                    "INSERT INTO inbox (update_id, chat, user, received, payload) VALUES (?, ?, ?, ?, ?) "
                    "ON CONFLICT DO NOTHING",
                    row,
                )
                if added.rowcount:
                    new.add(row[0])
        return new

    def pending(self, bot: Bot) -> list[Update]:
        """The updates that are not done, oldest first."""
        with self._database.connection() as connection:
            rows = connection.execute("SELECT payload FROM inbox WHERE done IS NULL ORDER BY received, update_id")
            payloads = [json.loads(payload) for (payload,) in rows]
        updates = [Update.de_json(payload, bot) for payload in payloads]
        self._note_edits(updates)
        return updates

    def may_be_edited(self, chat: int) -> bool:
        """Whether an edit of a message of a chat came, which `behind` would tell; asks no database."""
        return chat in self._edited

    def behind(self, chat: int, update_id: int) -> list[dict[str, Any]]:
        """The updates of a chat that are not done and came after this one, as the Bot API writes them, oldest first."""
        with self._database.connection() as connection:
            rows = connection.execute(
                "SELECT payload FROM inbox WHERE done IS NULL AND chat = ? AND update_id > ? ORDER BY received, update_id",
                (chat, update_id),
            )
            return [json.loads(payload) for (payload,) in rows]

    def begin(self, update_id: int) -> Begun | None:
        """Note that an update begins to be handled; None if it is done, or was never kept."""
        with self._database.connection() as connection:
            row = connection.execute(
                "UPDATE inbox SET starts = starts + 1 WHERE update_id = ? AND done IS NULL RETURNING starts, received",
                (update_id,),
            ).fetchone()
            if row is None:
                return None
            stored = connection.execute(
                "SELECT EXISTS (SELECT 1 FROM outbox WHERE update_id = ? AND html IS NOT NULL)", (update_id,)
            ).fetchone()[0]
        self._begun.add(update_id)
        return Begun(row[0], row[1], bool(stored))

    def done(self, update_id: int) -> None:
        """Note that an update is done; of what it said, and of what was sent for it, nothing stays."""
        with self._database.connection() as connection:
            _finish(connection, [(update_id,)])
        self._begun.discard(update_id)

    def postpone(self, update_id: int) -> None:
        """Take back that it began: it is left for the next start, through no fault of its own."""
        with self._database.connection() as connection:
            connection.execute("UPDATE inbox SET starts = max(0, starts - 1) WHERE update_id = ?", (update_id,))
        self._begun.discard(update_id)

    def drop(self, chat: int, user: int, before: int) -> int:
        """Have a user's messages in a chat that came before number `before`, and did not begin, be done; how many there were."""
        with self._database.connection() as connection:
            rows = connection.execute(
                "SELECT update_id FROM inbox WHERE done IS NULL AND chat = ? AND user = ? AND update_id < ? "
                "AND json_extract(payload, '$.callback_query') IS NULL",
                (chat, user, before),
            )
            waiting = [row for row in rows.fetchall() if row[0] not in self._begun]
            _finish(connection, waiting)
        return len(waiting)

    def waiting(self) -> int:
        """How many updates are not done."""
        with self._database.connection() as connection:
            return int(connection.execute("SELECT count(*) FROM inbox WHERE done IS NULL").fetchone()[0])

    def _note_edits(self, updates: Sequence[Update]) -> None:
        edited = (one.edited_message or one.edited_channel_post for one in updates)
        self._edited.update(message.chat.id for message in edited if message)

    def tidy(self) -> None:
        """Forget the numbers of updates that were done long ago."""
        with self._database.connection() as connection:
            connection.execute("DELETE FROM inbox WHERE done < ?", (time.time() - _KEPT,))


class InboxQueue(asyncio.Queue[object]):
    """What python-telegram-bot puts updates into before it confirms them: what is put is in the inbox first, and those known are left out.

    Inline queries alone are not written down: nobody waits for their results after seconds.
    """

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self._inbox = inbox
        self._new: set[int] = set()  # kept, and not yet put

    async def keep(self, updates: Sequence[Update]) -> None:
        """Write down updates that will be put; together, since each writing costs milliseconds."""
        kept = [update for update in updates if not update.inline_query]
        while kept:
            try:
                self._new |= await asyncio.to_thread(self._inbox.keep, kept)
                return
            except SanadError as error:  # a full disk; Telegram keeps them as long as they are not confirmed
                _LOG.error("updates cannot be written down: %s", error)
                await asyncio.sleep(_WAIT)

    async def put(self, item: object) -> None:
        """Put an update that is new, written down; anything else as it is."""
        if isinstance(item, Update) and not item.inline_query:
            if item.update_id not in self._new:
                await self.keep([item])
            if item.update_id not in self._new:
                return
            self._new.discard(item.update_id)
        await super().put(item)

    async def restore(self, bot: Bot) -> int:
        """Put what an earlier run left, oldest first; how many."""
        pending = await asyncio.to_thread(self._inbox.pending, bot)
        for update in pending:
            await super().put(update)
        return len(pending)


def _of(update: Update) -> tuple[int | None, int | None]:
    """The chat and the user of an update."""
    chat, user = update.effective_chat, update.effective_user
    return chat.id if chat else None, user.id if user else None


def _finish(connection: Connection, numbers: Sequence[tuple[int]]) -> None:
    connection.executemany(
        "UPDATE inbox SET done = ?, payload = '', chat = NULL, user = NULL WHERE update_id = ?",
        [(time.time(), number) for (number,) in numbers],
    )
    connection.executemany("DELETE FROM outbox WHERE update_id = ?", numbers)
