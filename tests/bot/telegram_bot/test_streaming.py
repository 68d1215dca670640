"""Sentences of a model shown as they pass the check; the reply after them; and what fails on the way."""

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from bot.telegram_bot.markup import HtmlMessage
from bot.telegram_bot.order import ChatOrder
from bot.telegram_bot.streaming import _Preview
from rag.engine import Engine
from tests.bot.telegram_bot.asking import GROUP, JOHN, NAME_OF_BOT, Asking, asking
from tests.llm_server import ModelServer, Prompt, model_server
from tests.telegram_api.content import private
from tests.telegram_api.server import Call, Fault
from tests.telegram_api.talk import plain

QUESTION = "At what time did the July 2021 attack on Ain al-Asad happen?"
FIRST = "The base hosts American forces"
SECOND = "The attack happened on 5 July 2021"


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with model_server() as server:
        server.reply = says(FIRST, SECOND)
        server.size, server.pause = 200, 0.2
        yield server


@pytest.fixture
def bot(seed_engine: Engine, model: ModelServer, tmp_path: Path) -> Iterator[Asking]:
    with asking(seed_engine, tmp_path, llm="lying", llm_url=model.url, llm_timeout=10.0) as opened:
        yield opened
    assert [call.description for call in opened.api.invalid] == []


def says(*sentences: str) -> Callable[[Prompt], str]:
    """A model's answer: sentences, each resting on the passage that tells the time."""

    def reply(prompt: Prompt) -> str:
        number = prompt.number("2:45") or 1
        return " ".join(f"{sentence} [{number}]." for sentence in sentences)

    return reply


def named(calls: list[Call], method: str) -> list[Call]:
    return [call for call in calls if call.method == method and call.code == 200]


def test_in_private_drafts_grow_sentence_by_sentence_and_the_answer_comes_after(
    bot: Asking, model: ModelServer
) -> None:
    model.size = 30
    bot.api.says(QUESTION, chat=private(JOHN), user=JOHN)
    calls = bot.run()
    drafts, (answer,) = named(calls, "sendMessageDraft"), named(calls, "sendMessage")
    assert next(re.sub(r"\\[\\d\\]", "", plain(draft)) for draft in drafts).startswith(FIRST)
    assert all(plain(later).startswith(plain(draft)[: len(FIRST)]) for draft, later in pairwise(drafts))
    assert plain(drafts[0]).endswith("…")
    assert calls.index(answer) > calls.index(drafts[-1])
    assert SECOND in plain(answer)
    assert answer.buttons
    assert len({draft.arguments["draft_id"] for draft in drafts}) == 1


def test_in_a_group_one_message_grows_into_the_answer(bot: Asking) -> None:
    number = bot.api.says(f"{NAME_OF_BOT} {QUESTION}", chat=GROUP, user=JOHN)
    calls = bot.run()
    (first,), edits = named(calls, "sendMessage"), named(calls, "editMessageText")
    assert plain(first).startswith(FIRST)
    assert plain(first).endswith("…")
    assert first.answers == number
    assert not first.buttons
    assert {int(edit.arguments["message_id"]) for edit in edits} == {first.message_id}
    assert "«" in plain(edits[-1])
    assert edits[-1].buttons
    moments = [call.at for call in (first, *edits)]
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 1.15


def test_the_typing_mark_ends_with_the_first_sentence(bot: Asking) -> None:
    bot.api.says(QUESTION, chat=private(JOHN), user=JOHN)
    before = len(bot.api.calls)
    bot.run()
    methods = [call.method for call in bot.api.calls[before:]]
    assert "sendChatAction" in methods[: methods.index("sendMessageDraft")]
    assert "sendChatAction" not in methods[methods.index("sendMessageDraft") :]


def test_a_server_without_drafts_is_not_asked_again(bot: Asking, model: ModelServer) -> None:
    bot.api.faults.append(Fault("sendMessageDraft", "401"))  # read as the 404 of a server that has no such method
    for _ in range(2):
        bot.api.says(QUESTION, chat=private(JOHN), user=JOHN)
    calls = bot.run()
    assert [call.code for call in calls if call.method == "sendMessageDraft"] == [401]
    assert [FIRST in plain(answer) for answer in named(calls, "sendMessage")] == [True, True]


@pytest.mark.parametrize("kind", ["refused html", "500", "429", "403", "dropped"])
@pytest.mark.filterwarnings("ignore:.*`retry_after` will be:DeprecationWarning")  # python-telegram-bot's word to itself
def test_a_draft_that_is_refused_hinders_no_answer(bot: Asking, kind: str) -> None:
    bot.api.faults += [Fault("sendMessageDraft", kind, retry_after=3600)] * 3  # type: ignore[arg-type]  # they are of that type
    bot.api.says(QUESTION, chat=private(JOHN), user=JOHN)
    (answer,) = named(bot.run(), "sendMessage")
    assert FIRST in plain(answer)


@pytest.mark.parametrize("chat", [None, GROUP], ids=["private", "group"])
def test_a_model_that_fails_after_a_sentence_is_replaced_by_quotes(
    bot: Asking, model: ModelServer, chat: dict[str, object] | None
) -> None:
    model.fault = "dies"
    model.size = 30
    model.reply = says(FIRST, SECOND, *["The attack happened on Monday"] * 4)
    bot.api.says(f"{NAME_OF_BOT} {QUESTION}", chat=chat or private(JOHN), user=JOHN)
    last = [call for call in bot.run() if call.method in {"sendMessage", "editMessageText"}][-1]
    assert "The language model cannot be reached; these are quotes" in plain(last)
    assert FIRST not in plain(last)
    assert last.buttons


def test_without_a_model_nothing_is_streamed(seed_engine: Engine, tmp_path: Path) -> None:
    with asking(seed_engine, tmp_path) as bot:
        bot.api.says(QUESTION, chat=private(JOHN), user=JOHN)
        assert [call.method for call in bot.run()] == ["sendMessage"]


def test_a_stream_that_the_user_stops_sends_nothing_more(bot: Asking, model: ModelServer) -> None:
    model.pause = 1.0
    model.size = 30

    async def stop() -> None:
        while not bot.service.running.stop(JOHN["id"], JOHN["id"]):
            await asyncio.sleep(0.05)

    bot.api.says(QUESTION, chat=private(JOHN), user=JOHN)
    assert named(bot.run(stop()), "sendMessage") == []
    assert not bot.service.conversations.of(JOHN["id"], None, JOHN["id"]).turns


def test_after_a_restart_in_the_middle_the_same_message_grows_into_the_answer(bot: Asking, model: ModelServer) -> None:
    model.pause = 1.0
    model.size = 30

    async def end() -> None:
        while not any(call.method == "sendMessage" for call in bot.api.calls):
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.2)
        order = bot.application.update_processor
        assert isinstance(order, ChatOrder)
        order.break_off()

    bot.api.says(f"{NAME_OF_BOT} {QUESTION}", chat=GROUP, user=JOHN)
    (first,) = named(bot.run(end()), "sendMessage")
    assert not first.buttons
    bot.restart()
    calls = bot.run()
    assert named(calls, "sendMessage") == []
    assert {int(edit.arguments["message_id"]) for edit in named(calls, "editMessageText")} == {first.message_id}
    assert named(calls, "editMessageText")[-1].buttons
    bot.api.invalid[:] = [call for call in bot.api.invalid if "not modified" not in call.description]


# The preview itself


def test_only_the_newest_is_shown_and_never_too_soon_after_another() -> None:
    shown: list[tuple[str, float]] = []

    async def show(message: HtmlMessage) -> None:
        shown.append((message.html, time.monotonic()))

    async def main() -> float:
        async with _Preview(show, 0.2) as preview:
            for number in range(30):
                preview.take(HtmlMessage(str(number), ""))
                await asyncio.sleep(0.02)
        return time.monotonic()

    ended = asyncio.run(main())
    moments = [at for _, at in shown] + [ended]
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 0.19
    numbers = [int(text) for text, _ in shown]
    assert numbers == sorted(set(numbers))
    assert 2 <= len(numbers) < 30


def test_a_failure_nobody_thought_of_is_logged_and_goes_no_further(caplog: pytest.LogCaptureFixture) -> None:
    async def show(_: HtmlMessage) -> None:
        raise RuntimeError("the inside")

    async def main() -> str:
        async with _Preview(show, 0.0) as preview:
            preview.take(HtmlMessage("x", "x"))
            await asyncio.sleep(0.05)
            return "the answer"

    assert asyncio.run(main()) == "the answer"
    assert "the inside" in caplog.text
