"""The outbox: what is on its way is known after a restart, part by part."""

from pathlib import Path

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.telegram_bot.database import Database
from bot.telegram_bot.inbox import Inbox
from bot.telegram_bot.markup import HtmlMessage
from bot.telegram_bot.outbox import Outbox, Place, parts_of
from tests.bot.telegram_bot.serving import message, update

PLACE = Place(chat=88, thread=3, answered=7, update_id=1)
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("b", callback_data="d")]])
ONE, TWO = HtmlMessage("<b>1</b>", "1"), HtmlMessage("<b>2</b>", "2")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "telegram.sqlite3")


def texts(outbox: Outbox, update_id: int = 1) -> list[str]:
    return [part.plain for part in outbox.unsent(update_id)]


def test_the_first_part_replies_and_the_last_has_the_buttons(database: Database) -> None:
    parts = Outbox(database).store(parts_of(PLACE, [ONE, TWO], KEYBOARD))
    assert parts == Outbox(database).unsent(1)
    facts = [(p.number, p.chat, p.thread, p.answered, p.html, p.plain, p.keyboard, p.message_id) for p in parts]
    assert facts == [
        (0, 88, 3, 7, "<b>1</b>", "1", None, None), (1, 88, 3, None, "<b>2</b>", "2", KEYBOARD.to_json(), None),
    ]  # fmt: skip


def test_what_was_sent_is_not_sent_again_and_more_comes_behind_it(database: Database) -> None:
    outbox = Outbox(database)
    first, _ = outbox.store(parts_of(PLACE, [ONE, TWO], None))
    outbox.sent(first, 500)
    assert texts(outbox) == ["2"]
    assert [part.number for part in outbox.store(parts_of(PLACE, [ONE], None))] == [1, 2]
    assert texts(outbox, 2) == []


def test_a_message_that_is_shown_is_no_answer_yet_and_becomes_its_first_part(database: Database) -> None:
    outbox = Outbox(database)
    assert outbox.showing(PLACE) is None
    outbox.show(PLACE, 500)
    assert (outbox.showing(PLACE), texts(outbox)) == (500, [])
    parts = outbox.store(parts_of(PLACE, [ONE, TWO], None))
    assert [part.message_id for part in parts] == [500, None]
    outbox.sent(parts[0], 500)
    assert outbox.showing(PLACE) is None


def test_an_update_that_is_done_leaves_nothing(database: Database) -> None:
    outbox, inbox = Outbox(database), Inbox(database)
    inbox.keep([update(1)])
    outbox.store(parts_of(PLACE, [ONE], None))
    inbox.done(1)
    assert outbox.unsent(1) == []


def test_a_place_is_in_a_topic_only_where_the_chat_has_topics() -> None:
    def place(**more: object) -> Place:
        made = Message.de_json(message("x", -5, message_thread_id=3, **more), None)
        return Place.of(made, 9)

    assert place(is_topic_message=True) == Place(-5, 3, 7, 9)
    assert place() == Place(-5, None, 7, 9)  # a thread of replies
