"""Messages on their way: all parts of an answer are written down before the first is sent, so that a restart goes on where it was."""

import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from sqlite3 import Connection

from telegram import InlineKeyboardMarkup, MaybeInaccessibleMessage, Message

from bot.telegram_bot.database import Database
from bot.telegram_bot.markup import HtmlMessage


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes: a chat, the topic of it where it is a forum, the message it replies to, and the update it answers."""

    chat: int
    thread: int | None
    answered: int
    update_id: int

    @classmethod
    def of(cls, message: MaybeInaccessibleMessage, update_id: int) -> "Place":
        """The place of a reply to `message`."""
        thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
        return cls(message.chat.id, thread, message.message_id, update_id)


@dataclass(frozen=True, slots=True)
class Part:
    """One message of an answer.

    Attributes:
        number: which of them, from 0.
        answered: the message it replies to, if it does.
        keyboard: as JSON.
        stored: when it was written down, in seconds since 1970.
        message_id: of the message that stands for it already and is to be edited; None when it is to be sent.
    """

    update_id: int
    number: int
    chat: int
    thread: int | None
    answered: int | None
    html: str
    plain: str
    keyboard: str | None
    stored: float
    message_id: int | None


_COLUMNS = "update_id, part, chat, thread, answered, html, plain, keyboard, stored, message_id"


def parts_of(place: Place, messages: Sequence[HtmlMessage], keyboard: InlineKeyboardMarkup | None) -> list[Part]:
    """Messages as parts, numbered from 0: the first replies, the last has the buttons."""
    buttons, last, now = keyboard.to_json() if keyboard else None, len(messages) - 1, time.time()
    return [
        Part(
            place.update_id, i, place.chat, place.thread, None if i else place.answered,
            message.html, message.plain, buttons if i == last else None, now, None,
        )
        for i, message in enumerate(messages)
    ]  # fmt: skip


class Outbox:
    """The messages of the answers that are not done.

    Raises:
        SanadError: the database cannot be used. Every method may raise it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def store(self, parts: Sequence[Part]) -> list[Part]:
        """Write parts down behind those their update has, and return what is to be sent; a message being shown becomes the first of them."""
        update_id = parts[0].update_id
        with self._database.connection() as connection:
            first = connection.execute(
                "SELECT count(*) FROM outbox WHERE update_id = ? AND html IS NOT NULL", (update_id,)
            ).fetchone()[0]
            connection.executemany(
                f"INSERT INTO outbox ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (update_id, part) DO UPDATE SET "
                "html = excluded.html, plain = excluded.plain, keyboard = excluded.keyboard, stored = excluded.stored",
                [astuple(replace(part, number=first + part.number)) for part in parts],
            )
            return _unsent(connection, update_id)

    def unsent(self, update_id: int) -> list[Part]:
        """The parts of an update that were not sent, in order."""
        with self._database.connection() as connection:
            return _unsent(connection, update_id)

    def sent(self, part: Part, message_id: int | None) -> None:
        """Note that a part was sent, as that message; None where there is no sending it."""
        with self._database.connection() as connection:
            connection.execute(
                "UPDATE outbox SET sent = 1, message_id = ? WHERE update_id = ? AND part = ?",
                (message_id, part.update_id, part.number),
            )

    def showing(self, place: Place) -> int | None:
        """The message that stands for the answer while it is being made."""
        with self._database.connection() as connection:
            row = connection.execute(
                "SELECT message_id FROM outbox WHERE update_id = ? AND part = 0 AND NOT sent", (place.update_id,)
            ).fetchone()
        return row[0] if row else None

    def show(self, place: Place, message_id: int) -> None:
        """Note which message stands for the answer while it is being made."""
        with self._database.connection() as connection:
            connection.execute(
                "INSERT INTO outbox (update_id, part, chat, thread, answered, stored, message_id) VALUES (?, 0, ?, ?, ?, ?, ?) "
                "ON CONFLICT (update_id, part) DO UPDATE SET message_id = excluded.message_id",
                (place.update_id, place.chat, place.thread, place.answered, time.time(), message_id),
            )


def _unsent(connection: Connection, update_id: int) -> list[Part]:
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE update_id = ? AND html IS NOT NULL AND NOT sent ORDER BY part",
        (update_id,),
    )
    return [Part(*row) for row in rows]
