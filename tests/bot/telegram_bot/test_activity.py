"""The typing mark: shown again and again, in nobody's way."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from bot.telegram_bot.activity import _marking, typing
from bot.telegram_bot.connection import Connection
from bot.telegram_bot.delivery import deliver
from bot.telegram_bot.markup import HtmlMessage
from bot.telegram_bot.outbox import Place
from bot.telegram_bot.service import Service
from tests.bot.telegram_bot.serving import connected, service_for, settings_for
from tests.telegram_api.server import Call, Fault, TelegramApi

pytestmark = pytest.mark.filterwarnings("ignore:.*`retry_after` will be:DeprecationWarning")
Play = Callable[[Callable[[Service, Connection], Awaitable[None]]], None]


@pytest.fixture
def api() -> Iterator[TelegramApi]:
    served = TelegramApi().start()
    for chat in range(1, 101):
        served.chats.meet({"id": chat, "type": "private", "first_name": "x"})
    yield served
    served.stop()


@pytest.fixture
def play(api: TelegramApi, tmp_path: Path) -> Iterator[Play]:
    service = service_for(settings_for(tmp_path, api))

    def played(scene: Callable[[Service, Connection], Awaitable[None]]) -> None:
        async def main() -> None:
            async with connected(service) as bot:
                await scene(service, bot)

        asyncio.run(main())

    yield played
    service.close()


def place(chat: int = 88) -> Place:
    return Place(chat, None, 7, chat)


def marks(api: TelegramApi) -> list[Call]:
    return [call for call in api.calls if call.method == "sendChatAction"]


async def seen(api: TelegramApi, count: int) -> None:
    async with asyncio.timeout(20):
        while len(marks(api)) < count:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("kind", ["500", "429", "dropped", "403"])
def test_it_is_shown_again_whatever_became_of_the_one_before(
    kind: str, api: TelegramApi, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram_bot.activity._EVERY", 0.4)
    api.faults.append(Fault("sendChatAction", kind, retry_after=3600))  # type: ignore[arg-type]  # one of them

    async def scene(_: Service, bot: Connection) -> None:
        async with typing(bot, place()):
            await seen(api, 3)

    play(scene)
    assert [call.code == 200 for call in marks(api)[:3]] == [False, True, True]


def test_the_answer_does_not_wait_for_a_mark_that_is_slow(api: TelegramApi, play: Play) -> None:
    api.faults.append(Fault("sendChatAction", "slow", seconds=2))

    async def scene(service: Service, bot: Connection) -> None:
        async with typing(bot, place()):
            await seen(api, 1)
        await deliver(service, bot, place(), [HtmlMessage("x", "x")])
        (mark,) = _marking  # still under way, and not broken off
        await mark

    play(scene)


def test_many_at_once_are_marked_only_in_part(api: TelegramApi, play: Play) -> None:
    async def scene(_: Service, bot: Connection) -> None:
        async def work(chat: int) -> None:
            async with typing(bot, place(chat)):
                await asyncio.sleep(0.2)

        await asyncio.gather(*(work(chat) for chat in range(1, 101)))
        await asyncio.sleep(0.1)

    play(scene)
    assert 1 <= len(marks(api)) <= 6
