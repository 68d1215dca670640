"""The inbox: nothing that was confirmed is lost, nothing that is known is answered again."""

import asyncio
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from telegram import Update

from bot.telegram_bot.database import Database
from bot.telegram_bot.inbox import Inbox, InboxQueue
from bot.telegram_bot.markup import HtmlMessage
from bot.telegram_bot.outbox import Outbox, Place, parts_of
from tests.bot.telegram_bot.serving import JOHN, message, press, update


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(Database(tmp_path / "telegram.sqlite3"))


def pending(inbox: Inbox) -> list[int]:
    return [one.update_id for one in inbox.pending(None)]  # type: ignore[arg-type]  # no bot is called


def test_an_update_comes_back_as_it_was_until_it_is_done(inbox: Inbox) -> None:
    entities = [{"type": "bot_command", "offset": 0, "length": 4}]
    kept = update(1, "/ask متى؟ 😀", chat=-5, entities=entities, reply_to_message=message("before", -5))
    assert inbox.keep([kept]) == {1}
    (back,) = inbox.pending(None)  # type: ignore[arg-type]  # no bot is called
    assert back.to_dict() == kept.to_dict()
    inbox.done(1)
    assert pending(inbox) == []


def test_known_updates_are_not_new_whether_waiting_or_done(inbox: Inbox) -> None:
    assert inbox.keep([update(1), update(2)]) == {1, 2}
    inbox.done(1)
    assert inbox.keep([update(1), update(2), update(3)]) == {3}
    assert pending(inbox) == [2, 3]


def test_of_a_done_update_only_its_number_stays(inbox: Inbox, tmp_path: Path) -> None:
    inbox.keep([update(1, "a private matter")])
    inbox.done(1)
    with Database(tmp_path / "telegram.sqlite3").connection() as connection:
        (row,) = connection.execute("SELECT update_id, chat, user, payload FROM inbox").fetchall()
    assert row == (1, None, None, "")


def test_beginnings_are_counted_and_can_be_taken_back(inbox: Inbox) -> None:
    inbox.keep([update(1)])
    begun = [inbox.begin(1), inbox.begin(1)]
    inbox.postpone(1)
    begun.append(inbox.begin(1))
    assert [one and (one.starts, one.answered) for one in begun] == [(1, False), (2, False), (2, False)]
    assert [one and one.received for one in begun] == [pytest.approx(time.time(), abs=60)] * 3
    inbox.done(1)
    assert inbox.begin(1) is None
    assert inbox.begin(99) is None


def test_an_answer_that_is_on_its_way_is_known_and_one_that_is_being_made_is_none(inbox: Inbox, tmp_path: Path) -> None:
    outbox, place = Outbox(Database(tmp_path / "telegram.sqlite3")), Place(88, None, 7, 1)
    inbox.keep([update(1)])
    outbox.show(place, 500)
    assert (begun := inbox.begin(1))
    assert not begun.answered
    outbox.store(parts_of(place, [HtmlMessage("1", "1")], None))
    assert (begun := inbox.begin(1))
    assert begun.answered


def test_chats_with_edits_are_known_also_after_a_restart(inbox: Inbox, tmp_path: Path) -> None:
    edited = Update.de_json({"update_id": 2, "edited_message": message("b", 99) | {"edit_date": 2}}, None)
    assert edited.edited_message
    inbox.keep([update(1, "a", chat=88), edited])
    assert [inbox.may_be_edited(chat) for chat in (88, 99)] == [False, True]
    again = Inbox(Database(tmp_path / "telegram.sqlite3"))
    assert not again.may_be_edited(99)
    assert pending(again) == [1, 2]
    assert [again.may_be_edited(chat) for chat in (88, 99)] == [False, True]


def test_what_waits_behind_an_update_is_of_its_chat_and_not_done(inbox: Inbox) -> None:
    inbox.keep([update(1), update(2, "a"), update(3, chat=5), update(4, "b"), update(5)])
    inbox.done(5)
    assert [one["message"]["text"] for one in inbox.behind(88, 1)] == ["a", "b"]


def test_a_users_waiting_messages_can_be_dropped(inbox: Inbox, tmp_path: Path) -> None:
    inbox.keep([update(1), update(2), press(3), update(4, chat=5), update(5), update(6)])
    Inbox(Database(tmp_path / "telegram.sqlite3")).begin(2)  # in an earlier run
    inbox.begin(1)  # it is being answered
    assert inbox.drop(88, JOHN["id"], before=6) == 2
    assert pending(inbox) == [1, 3, 4, 6]
    assert inbox.waiting() == 4


def test_numbers_of_done_updates_are_forgotten_after_days(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox.keep([update(1), update(2)])
    inbox.done(1)
    inbox.tidy()
    assert inbox.keep([update(1)]) == set()
    monkeypatch.setattr("bot.telegram_bot.inbox._KEPT", -1.0)
    inbox.tidy()
    assert inbox.keep([update(1), update(2)]) == {1}


# The queue


def test_what_is_put_is_in_the_inbox_first_and_only_once(inbox: Inbox) -> None:
    async def main() -> list[object]:
        queue = InboxQueue(inbox)
        await queue.keep([update(1), update(2)])  # a batch, as polling brings it
        assert pending(inbox) == [1, 2]
        for one in (update(1), update(2), update(2), update(3), update(3)):  # as a webhook may
            await queue.put(one)
        await queue.put("a signal of the library's own")
        return [queue.get_nowait() for _ in range(queue.qsize())]

    got = asyncio.run(main())
    assert [one.update_id if isinstance(one, Update) else one for one in got] == [
        1,
        2,
        3,
        "a signal of the library's own",
    ]
    assert pending(inbox) == [1, 2, 3]


def test_inline_queries_are_not_written_down(inbox: Inbox) -> None:
    query = {"id": "1", "from": JOHN, "query": "x", "offset": ""}
    typed = Update.de_json({"update_id": 1, "inline_query": query}, None)

    async def main() -> int:
        queue = InboxQueue(inbox)
        await queue.keep([typed])
        await queue.put(typed)
        return queue.qsize()

    assert asyncio.run(main()) == 1
    assert pending(inbox) == []


def test_what_an_earlier_run_left_comes_first_in_its_order(inbox: Inbox) -> None:
    inbox.keep([update(5)])
    inbox.keep([update(3)])  # Telegram's numbers begin anew after a week of silence
    inbox.keep([update(4)])
    inbox.done(3)

    async def main() -> list[int]:
        queue = InboxQueue(inbox)
        assert await queue.restore(None) == 2  # type: ignore[arg-type]  # no bot is called
        await queue.put(update(5))  # Telegram brings it again: its confirmation was lost
        await queue.put(update(6))
        return [queue.get_nowait().update_id for _ in range(queue.qsize())]  # type: ignore[attr-defined]  # updates

    assert asyncio.run(main()) == [5, 4, 6]


def test_updates_that_cannot_be_written_down_are_held_back_until_they_can(
    inbox: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.telegram_bot.inbox._WAIT", 0.01)
    database = Database(tmp_path / "telegram.sqlite3")
    with database.connection() as connection:
        connection.execute("ALTER TABLE inbox RENAME TO away")

    async def main() -> None:
        queue = InboxQueue(inbox)
        putting = asyncio.create_task(queue.put(update(1)))
        while "cannot be written down" not in caplog.text:
            await asyncio.sleep(0.01)
        assert not putting.done()
        with database.connection() as connection:
            connection.execute("ALTER TABLE away RENAME TO inbox")
        await asyncio.wait_for(putting, 20)
        assert queue.qsize() == 1

    asyncio.run(main())
    assert pending(inbox) == [1]


# kill -9

CHILD = """
import asyncio, sys
from pathlib import Path
from bot.telegram_bot.database import Database
from bot.telegram_bot.inbox import Inbox, InboxQueue
from bot.telegram_bot.markup import HtmlMessage
from bot.telegram_bot.outbox import Outbox, Place, parts_of
from tests.bot.telegram_bot.serving import update

async def main():
    inbox = Inbox(Database(Path(sys.argv[1])))
    queue = InboxQueue(inbox)
    for number in range(int(sys.argv[2]), 10_000_000):
        await queue.put(update(number))
        print(f"put {number}", flush=True)
        if number % 3 == 0:
            inbox.begin(number)
            inbox.done(number)
            print(f"done {number}", flush=True)

asyncio.run(main())
"""


def test_after_kills_exactly_what_was_put_and_not_done_is_pending(tmp_path: Path) -> None:
    path = tmp_path / "telegram.sqlite3"
    first, said = 1, dict[str, set[int]](put=set(), done=set())
    for _ in range(3):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(path), str(first)], stdout=subprocess.PIPE, text=True,
            cwd=Path(__file__).parent.parent.parent.parent,
        )  # fmt: skip
        assert child.stdout
        lines = [child.stdout.readline() for _ in range(40)]
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.readlines()
        child.stdout.close()
        assert child.wait() == -signal.SIGKILL
        for line in lines:
            word, _, number = line.strip().partition(" ")
            if number.isdigit():
                said[word].add(int(number))
        first = max(said["put"]) + 10
    inbox = Inbox(Database(path))
    left = set(pending(inbox))
    assert said["put"] - said["done"] - left <= {
        n for n in said["put"] if n % 3 == 0
    }  # done, and killed before it said so
    assert not left & said["done"]
    assert len(left - said["put"]) <= 3  # put, and killed before it said so
    assert all(json.loads(one.to_json())["message"]["text"] == "x" for one in inbox.pending(None))  # type: ignore[arg-type]
