"""Delivery, against the fake Bot API: what was stored arrives, once where that can be known, and stops nobody else."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram_bot.connection import Connection
from bot.telegram_bot.delivery import deliver, resume, show
from bot.telegram_bot.markup import HtmlMessage
from bot.telegram_bot.outbox import Place, parts_of
from bot.telegram_bot.service import Service
from tests.bot.telegram_bot.serving import JOHN, connected, service_for, settings_for
from tests.telegram_api.calls import FaultKind
from tests.telegram_api.server import Call, Fault, TelegramApi

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("b", callback_data="d")]])
# python-telegram-bot warns of the coming type of its own attribute when Telegram answers 429
pytestmark = pytest.mark.filterwarnings("ignore:.*`retry_after` will be:DeprecationWarning")
Scene = Callable[[Service, Connection], Awaitable[None]]


@pytest.fixture
def api() -> Iterator[TelegramApi]:
    served = TelegramApi().start()
    for chat in range(1, 101):
        served.chats.meet({"id": chat, "type": "private", "first_name": "x"})
    served.chats.meet({"id": -5, "type": "supergroup", "title": "g"})
    yield served
    served.stop()


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram_bot.delivery._FIRST_WAIT", 0.02)
    monkeypatch.setattr("bot.telegram_bot.limiter._CHAT", (1, 0.01))


@pytest.fixture
def play(api: TelegramApi, tmp_path: Path) -> Iterator[Callable[[Scene], None]]:
    """Runs a scene with a service and a connection to the fake."""
    service = service_for(settings_for(tmp_path, api))

    def played(scene: Scene) -> None:
        async def main() -> None:
            async with connected(service) as bot:
                await scene(service, bot)

        asyncio.run(main())

    yield played
    service.close()


def place(chat: int = 88, update_id: int = 1) -> Place:
    return Place(chat, None, 7, update_id)


def texts(*plain: str) -> list[HtmlMessage]:
    return [HtmlMessage(f"<b>{text}</b>", text) for text in plain]


def sent(api: TelegramApi, *methods: str) -> list[Call]:
    return [call for call in api.calls if call.method in (methods or ("sendMessage",)) and call.code == 200]


def value(service: Service, name: str, **labels: str) -> float:
    return service.metrics.registry.get_sample_value(f"sanad_telegram_{name}_total", labels) or 0.0


def test_messages_go_in_order_the_first_as_the_reply_the_last_with_the_buttons(
    api: TelegramApi, play: Callable[[Scene], None]
) -> None:
    async def scene(service: Service, bot: Connection) -> None:
        await deliver(service, bot, place(), texts("1", "2"), KEYBOARD)
        assert service.outbox.unsent(1) == []
        assert value(service, "sent") == 2

    play(scene)
    assert [(c.plain, c.answers, len(c.buttons)) for c in sent(api)] == [("1", 7, 0), ("2", 0, 1)]
    assert all(call.arguments["link_preview_options"] == {"is_disabled": True} for call in sent(api))


@pytest.mark.parametrize("kind", ["500", "502", "dropped"])
def test_what_fails_on_the_way_is_tried_until_it_arrives_and_holds_up_no_other_chat(
    kind: FaultKind,
    api: TelegramApi,
    play: Callable[[Scene], None],
) -> None:
    api.faults += [Fault("sendMessage", kind, chat=88) for _ in range(5)]

    async def scene(service: Service, bot: Connection) -> None:
        await asyncio.gather(
            deliver(service, bot, place(), texts("late")), deliver(service, bot, place(99, 2), texts("at once"))
        )
        assert value(service, "repeated", reason="network") == 5

    play(scene)
    assert [call.plain for call in sent(api)] == ["at once", "late"]


def test_what_telegram_refuses_for_coming_too_fast_is_sent_when_it_says(
    api: TelegramApi, play: Callable[[Scene], None]
) -> None:
    api.faults.append(Fault("sendMessage", "429", retry_after=2, chat=88))

    async def scene(service: Service, bot: Connection) -> None:
        await asyncio.gather(
            deliver(service, bot, place(), texts("late")), deliver(service, bot, place(99, 2), texts("at once"))
        )
        assert value(service, "repeated", reason="flood") == 1

    play(scene)
    (refused,) = [call for call in api.calls if call.code == 429]
    assert [call.plain for call in sent(api)] == ["at once", "late"]
    assert sent(api)[1].at - refused.at >= 2


def test_refusals_in_two_chats_hold_all_back(api: TelegramApi, play: Callable[[Scene], None]) -> None:
    api.faults += [Fault("sendMessage", "429", retry_after=2, chat=chat) for chat in (88, 99)]

    async def scene(service: Service, bot: Connection) -> None:
        both = [asyncio.create_task(deliver(service, bot, place(chat, chat), texts("x"))) for chat in (88, 99)]
        while value(service, "repeated", reason="flood") < 2:
            await asyncio.sleep(0.01)
        await asyncio.gather(deliver(service, bot, place(5, 3), texts("y")), *both)

    play(scene)
    refused = [call.at for call in api.calls if call.code == 429]
    assert min(call.at for call in sent(api)) - min(refused) >= 2


def test_telegrams_limits_are_kept(
    api: TelegramApi, play: Callable[[Scene], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    api.keep_limits()

    async def scene(service: Service, bot: Connection) -> None:
        many = [deliver(service, bot, place(chat, chat), texts("x")) for chat in range(1, 101)]
        await asyncio.gather(*many, deliver(service, bot, place(-5, 200), texts(*"1234")))
        assert value(service, "repeated", reason="flood") == 0

    play(scene)
    assert [call.code for call in api.calls if call.method == "sendMessage"] == [200] * 104
    group = [call for call in sent(api) if call.chat == -5]
    assert [call.plain for call in group] == list("1234")
    assert min(b.at - a.at for a, b in pairwise(group)) > 0.9


@pytest.mark.parametrize(("chat", "said"), [(88, "Forbidden: bot was blocked"), (-404, "BadRequest: Chat not found")])
def test_who_is_not_there_any_more_gets_nothing_and_it_is_over(
    chat: int, said: str, api: TelegramApi, play: Callable[[Scene], None], caplog: pytest.LogCaptureFixture
) -> None:
    api.blocks(JOHN)
    caplog.set_level("INFO")

    async def scene(service: Service, bot: Connection) -> None:
        await deliver(service, bot, place(chat), texts("1", "2"))
        assert service.outbox.unsent(1) == []
        assert value(service, "undelivered", reason="blocked") == 2

    play(scene)
    assert sent(api) == []
    (level, *_) = {record.levelname for record in caplog.records if said.split(": ", 1)[1] in record.getMessage()}
    assert level == "INFO"


def test_html_that_telegram_refuses_goes_as_plain_text(api: TelegramApi, play: Callable[[Scene], None]) -> None:
    api.faults.append(Fault("sendMessage", "refused html"))

    async def scene(service: Service, bot: Connection) -> None:
        await deliver(service, bot, place(), texts("1"), KEYBOARD)

    play(scene)
    (call,) = sent(api)
    assert (call.plain, "parse_mode" in call.arguments, len(call.buttons)) == ("1", False, 1)


def test_what_telegram_takes_in_no_form_is_given_up(
    api: TelegramApi, play: Callable[[Scene], None], caplog: pytest.LogCaptureFixture
) -> None:
    async def scene(service: Service, bot: Connection) -> None:
        await deliver(service, bot, place(), [HtmlMessage("x" * 5000, "x" * 5000), *texts("2")])
        assert value(service, "undelivered", reason="refused") == 1
        assert service.outbox.unsent(1) == []

    play(scene)
    assert [call.plain for call in sent(api)] == ["2"]
    assert "not sent: BadRequest: Message is too long" in caplog.text


def test_what_could_not_be_sent_for_a_day_is_given_up(
    api: TelegramApi, play: Callable[[Scene], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram_bot.delivery._GIVEN_UP", 0.1)

    async def scene(service: Service, bot: Connection) -> None:
        api.down = True
        await deliver(service, bot, place(), texts("1"))
        assert value(service, "undelivered", reason="late") == 1

    play(scene)
    assert sent(api) == []


def test_what_cannot_be_stored_is_sent_all_the_same(
    api: TelegramApi, play: Callable[[Scene], None], caplog: pytest.LogCaptureFixture
) -> None:
    async def scene(service: Service, bot: Connection) -> None:
        with service.database.connection() as connection:
            connection.execute("DROP TABLE outbox")
        await deliver(service, bot, place(), texts("1", "2"), KEYBOARD)

    play(scene)
    assert [(c.plain, c.answers, len(c.buttons)) for c in sent(api)] == [("1", 7, 0), ("2", 0, 1)]
    assert "messages not stored" in caplog.text


# Groups that move


def test_a_group_that_became_a_supergroup_is_answered_there(api: TelegramApi, play: Callable[[Scene], None]) -> None:
    group = {"id": -7, "type": "group", "title": "g"}
    api.says("x", chat=group, user=JOHN)
    api.migrates(group, user=JOHN, to=-1005)

    async def scene(service: Service, bot: Connection) -> None:
        with service.database.connection() as connection:
            connection.execute("INSERT INTO turns VALUES (-7, 0, 7, 0, '[]')")
        await deliver(service, bot, place(-7), texts("1", "2"))
        with service.database.connection() as connection:
            assert connection.execute("SELECT chat FROM turns").fetchall() == [(-1005,)]

    play(scene)
    assert [(call.chat, call.plain) for call in sent(api)] == [(-1005, "1"), (-1005, "2")]


# Restarts


def test_the_end_of_the_bot_is_not_waited_out_and_the_rest_is_sent_at_the_next_start(
    api: TelegramApi, play: Callable[[Scene], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram_bot.delivery._FIRST_WAIT", 3600.0)
    api.faults.append(Fault("sendMessage", "500"))

    async def scene(service: Service, bot: Connection) -> None:
        delivering = asyncio.create_task(deliver(service, bot, place(), texts("1", "2"), KEYBOARD))
        while not value(service, "repeated", reason="network"):
            await asyncio.sleep(0.01)
        service.stopping.set()
        with pytest.raises(asyncio.CancelledError):
            await delivering
        assert len(service.outbox.unsent(1)) == 2

    play(scene)

    async def next_start(service: Service, bot: Connection) -> None:
        await resume(service, bot, 1)
        await resume(service, bot, 1)

    play(next_start)
    assert [(c.plain, c.answers, len(c.buttons)) for c in sent(api)] == [("1", 7, 0), ("2", 0, 1)]


def test_only_what_was_not_sent_is_sent_again(api: TelegramApi, play: Callable[[Scene], None]) -> None:
    async def scene(service: Service, bot: Connection) -> None:
        first, *_ = service.outbox.store(parts_of(place(), texts("1", "2"), KEYBOARD))
        service.outbox.sent(first, 5)
        await resume(service, bot, 1)

    play(scene)
    assert [(c.plain, c.answers, len(c.buttons)) for c in sent(api)] == [("2", 0, 1)]


# Messages that grow


def test_a_message_that_grows_becomes_the_answer(api: TelegramApi, play: Callable[[Scene], None]) -> None:
    async def scene(service: Service, bot: Connection) -> None:
        for text in ("1", "1 2", "1 2"):
            await show(service, bot, place(), *texts(text))
        await deliver(service, bot, place(), texts("1 2 3", "4"), KEYBOARD)
        assert service.outbox.unsent(1) == []

    play(scene)
    calls = sent(api, "sendMessage", "editMessageText")
    assert [(call.method, call.plain) for call in calls] == [
        ("sendMessage", "1"), ("editMessageText", "1 2"), ("editMessageText", "1 2 3"), ("sendMessage", "4"),
    ]  # fmt: skip
    assert len({call.message_id for call in calls[:3]}) == 1
    assert [len(call.buttons) for call in calls] == [0, 0, 0, 1]


def test_an_answer_that_was_shown_in_full_is_no_failure(api: TelegramApi, play: Callable[[Scene], None]) -> None:
    async def scene(service: Service, bot: Connection) -> None:
        await show(service, bot, place(), *texts("1"))
        await deliver(service, bot, place(), texts("1"))
        assert service.outbox.unsent(1) == []

    play(scene)
    assert [call.plain for call in sent(api, "sendMessage", "editMessageText")] == ["1"]


def test_a_shown_message_that_was_deleted_is_sent_anew(api: TelegramApi, play: Callable[[Scene], None]) -> None:
    async def scene(service: Service, bot: Connection) -> None:
        await show(service, bot, place(), *texts("1"))
        api.deletes(88, sent(api)[0].message_id)
        await deliver(service, bot, place(), texts("1 2"))

    play(scene)
    assert [call.plain for call in sent(api)] == ["1", "1 2"]
