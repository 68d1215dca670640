"""The order of updates: within a chat as they came, chats side by side; each is handled until it is answered, and then done."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.telegram_bot.connection import Connection
from bot.telegram_bot.delivery import deliver
from bot.telegram_bot.inbox import Inbox
from bot.telegram_bot.messages import text_messages
from bot.telegram_bot.order import ChatOrder
from bot.telegram_bot.outbox import Place, parts_of
from bot.telegram_bot.service import Service
from tests.bot.telegram_bot.serving import JOHN, connected, press, service_for, settings_for, update
from tests.telegram_api.server import TelegramApi

Scene = Callable[["Desk"], Awaitable[None]]
GROUP = -5


class Desk:
    """An order, and handlers that note what they did."""

    def __init__(self, service: Service, bot: Connection, most: int) -> None:
        self.service, self.bot = service, bot
        self.order = ChatOrder(service, bot, most)
        self.done: list[str] = []

    def keep(self, *updates: Update) -> None:
        """The updates came."""
        self.service.inbox.keep(updates)

    def handle(self, one: Update, name: str, after: asyncio.Event | None = None) -> asyncio.Task[None]:
        """Hand an update over, whose handler waits for an event."""

        async def handler() -> None:
            if after:
                await after.wait()
            self.done.append(name)

        return self.run(one, handler())

    def run(self, one: Update, handler: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Hand an update over."""
        return asyncio.ensure_future(self.order.process_update(one, handler))

    def answer(self, one: Update, text: str) -> asyncio.Task[None]:
        """Hand an update over, whose handler answers it."""

        async def handler() -> None:
            assert one.message
            await deliver(self.service, self.bot, Place.of(one.message, one.update_id), text_messages(text))

        return self.run(one, handler())

    @property
    def pending(self) -> list[int]:
        return [one.update_id for one in self.service.inbox.pending(self.bot)]


@pytest.fixture
def api() -> Iterator[TelegramApi]:
    served = TelegramApi().start()
    for chat in (88, 99):
        served.chats.meet({"id": chat, "type": "private", "first_name": "x"})
    served.chats.meet({"id": GROUP, "type": "supergroup", "title": "g"})
    yield served
    served.stop()


@pytest.fixture
def play(api: TelegramApi, tmp_path: Path) -> Callable[..., None]:
    """Runs a scene at a new desk."""

    def played(scene: Scene, most: int = 100) -> None:
        service = service_for(settings_for(tmp_path, api))

        async def main() -> None:
            async with connected(service) as bot:
                await scene(Desk(service, bot, most))

        try:
            asyncio.run(main())
        finally:
            service.close()

    return played


def sent(api: TelegramApi) -> list[str]:
    return [call.plain for call in api.calls if call.method == "sendMessage" and call.code == 200]


async def settled(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.005)


def test_a_chat_waits_for_itself_and_for_no_other(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        updates = [update(1), update(2), update(3, chat=99)]
        desk.keep(*updates)
        gate = asyncio.Event()
        first, second, other = (
            desk.handle(updates[0], "1a", gate), desk.handle(updates[1], "1b"), desk.handle(updates[2], "2a"),
        )  # fmt: skip
        await other
        assert desk.done == ["2a"]
        assert desk.pending == [1, 2]
        gate.set()
        await asyncio.gather(first, second)
        assert desk.done == ["2a", "1a", "1b"]
        assert desk.pending == []
        assert not desk.order._lanes

    play(scene)


def test_a_press_a_stop_and_an_inline_query_overtake_what_the_chat_waits_for(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        entities = [{"type": "bot_command", "offset": 0, "length": 5}]
        slow, after, stop, pressed = update(1), update(2), update(3, "/stop", entities=entities), press(4)
        query = {"id": "1", "from": JOHN, "query": "x", "offset": ""}
        typed = Update.de_json({"update_id": 5, "inline_query": query}, desk.bot)
        desk.keep(slow, after, stop, pressed)
        gate = asyncio.Event()
        waiting = [desk.handle(slow, "slow", gate), desk.handle(after, "after")]
        await asyncio.gather(desk.handle(stop, "stop"), desk.handle(pressed, "press"), desk.handle(typed, "inline"))
        assert sorted(desk.done) == ["inline", "press", "stop"]
        gate.set()
        await asyncio.gather(*waiting)

    play(scene)


def test_presses_of_a_chat_are_handled_one_after_the_other(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        desk.keep(press(1), press(2))
        gate = asyncio.Event()
        first, second = desk.handle(press(1), "1", gate), desk.handle(press(2), "2")
        await asyncio.sleep(0.05)
        assert desk.done == []
        gate.set()
        await asyncio.gather(first, second)
        assert desk.done == ["1", "2"]

    play(scene)


def test_an_update_that_was_dropped_while_it_waited_is_not_handled(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        desk.keep(update(1), update(2))
        gate = asyncio.Event()
        first = desk.handle(update(1), "1", gate)
        await settled(lambda: bool(desk.service.inbox._begun))
        second = desk.handle(update(2), "2")
        assert desk.service.inbox.drop(88, JOHN["id"], before=3) == 1
        gate.set()
        await asyncio.gather(first, second)
        assert desk.done == ["1"]

    play(scene)


def test_trouble_with_the_file_stops_nothing_and_loses_nothing(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        desk.keep(update(1), update(2))
        with desk.service.database.connection() as connection:
            connection.execute(
                "CREATE TRIGGER full BEFORE UPDATE OF done ON inbox BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        await desk.handle(update(1), "1")
        with desk.service.database.connection() as connection:
            connection.execute("DROP TRIGGER full")
        await desk.handle(update(2), "2")
        assert (desk.done, desk.pending) == (["1", "2"], [1])  # what could not be noted as done is handled again

    play(scene)


def test_a_group_that_became_a_supergroup_takes_its_things_with_it(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        with desk.service.database.connection() as connection:
            connection.execute("INSERT INTO turns VALUES (?, 0, 7, 0, '[]')", (GROUP,))
        left = update(1, "", chat=GROUP, migrate_to_chat_id=-1005)
        desk.keep(left)
        await desk.handle(left, "x")
        with desk.service.database.connection() as connection:
            assert connection.execute("SELECT chat FROM turns").fetchall() == [(-1005,)]

    play(scene)


# Restarts


def test_what_was_answered_in_part_before_a_kill_is_sent_to_its_end_without_being_asked_again(
    api: TelegramApi, play: Callable[..., None]
) -> None:
    async def scene(desk: Desk) -> None:
        desk.keep(update(1))
        desk.service.inbox.begin(1)
        one = update(1).message
        assert one
        parts = parts_of(Place.of(one, 1), [*text_messages("1"), *text_messages("2")], None)
        first, *_ = desk.service.outbox.store(parts)
        desk.service.outbox.sent(first, 5)
        # here the process was killed
        await desk.handle(update(1), "asked again")
        assert desk.done == []
        assert desk.pending == []

    play(scene)
    assert sent(api) == ["2"]


def test_what_was_begun_and_not_answered_before_a_kill_is_handled_again(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        desk.keep(update(1))
        for _ in range(3):
            desk.service.inbox.begin(1)
        await desk.handle(update(1), "asked again")
        assert desk.done == ["asked again"]

    play(scene)


def test_what_ends_the_process_again_and_again_is_given_up_with_an_apology(
    api: TelegramApi, play: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    async def scene(desk: Desk) -> None:
        desk.keep(update(1))
        for _ in range(5):
            Inbox(desk.service.database).begin(1)
        await desk.handle(update(1), "never again")
        assert (desk.done, desk.pending) == ([], [])

    play(scene)
    (apology,) = sent(api)
    reference = apology.split()[-1]
    assert f"reference {reference}: update 1 ended the process" in caplog.text


# The end


def test_at_the_end_what_began_is_finished_and_the_rest_is_left(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        desk.keep(update(1), update(2))
        gate = asyncio.Event()
        jobs = [desk.handle(update(1), "1", gate), desk.handle(update(2), "2")]
        await settled(lambda: bool(desk.service.inbox._begun))
        stopping = asyncio.create_task(desk.order.stop(20))
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(stopping, *jobs)
        assert (desk.done, desk.pending) == (["1"], [2])

    play(scene)


def test_what_takes_too_long_at_the_end_is_broken_off_and_not_counted_against_it(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        desk.keep(update(1))
        job = desk.handle(update(1), "1", asyncio.Event())
        await settled(lambda: bool(desk.service.inbox._begun))
        await desk.order.stop(0.01)
        with pytest.raises(asyncio.CancelledError):
            await job
        assert desk.pending == [1]
        begun = desk.service.inbox.begin(1)
        assert begun
        assert begun.starts == 1

    play(scene)


def test_an_answer_that_could_not_be_sent_before_the_end_is_left(api: TelegramApi, play: Callable[..., None]) -> None:
    api.down = False

    async def scene(desk: Desk) -> None:
        desk.keep(update(1))
        api.down = True
        job = desk.answer(update(1), "x")
        await settled(lambda: bool(desk.service.outbox.unsent(1)))
        await desk.order.stop(20)
        with pytest.raises(asyncio.CancelledError):
            await job
        api.down = False
        assert desk.pending == [1]

    play(scene)

    async def next_start(desk: Desk) -> None:
        await desk.handle(update(1), "asked again")
        assert (desk.done, desk.pending) == ([], [])

    play(next_start)
    assert sent(api) == ["x"]


# Too many


def test_who_asks_when_too_many_wait_is_told_so_once_a_minute(api: TelegramApi, play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        chatter = update(5, "not to the bot", chat=GROUP)
        updates = [update(1), update(2, chat=99), update(3, chat=99), update(4, chat=99), chatter, press(6)]
        desk.keep(*updates)
        gate = asyncio.Event()
        first, second = desk.handle(updates[0], "1", gate), desk.handle(updates[1], "2", gate)
        await settled(lambda: len(desk.order._running) == 2)
        for one in updates[2:4]:
            await desk.handle(one, "too many")
        await desk.handle(chatter, "chatter")
        await desk.handle(updates[5], "press")
        assert desk.done == ["chatter", "press"]
        assert desk.pending == [1, 2]
        assert desk.service.metrics.registry.get_sample_value("sanad_telegram_waiting") == 2
        gate.set()
        await asyncio.gather(first, second)
        desk.keep(update(7, chat=99))
        await desk.handle(update(7, chat=99), "again")
        assert desk.done[-1] == "again"
        values = desk.service.metrics.registry.get_sample_value
        assert (values("sanad_telegram_waiting"), values("sanad_telegram_questions_total", {"outcome": "busy"})) == (
            0,
            2,
        )

    play(scene, most=2)
    (told,) = sent(api)
    assert "ask again in a minute" in told
