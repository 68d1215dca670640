"""With a language model whose answers come slowly, or not at all."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.telegram_bot.database import NAME as NAME_OF_FILE
from tests.bot.telegram_bot.scenarios.conftest import NewTalk
from tests.llm_server import ModelServer, Prompt, model_server
from tests.telegram_api.server import Call
from tests.telegram_api.talk import NAME, Talk, person, plain

JOHN = person(88, "John", "en")
GROUP: dict[str, Any] = {"id": -1001, "type": "supergroup", "title": "Newsroom"}
QUESTION = "At what time did the July 2021 attack on Ain al-Asad happen?"
SENTENCES = ("The base hosts American forces", "The attack happened on 5 July 2021")


@pytest.fixture
def model() -> Iterator[ModelServer]:
    def reply(prompt: Prompt) -> str:
        return " ".join(f"{sentence} [{prompt.number('2:45') or 1}]." for sentence in SENTENCES)

    with model_server() as server:
        server.reply = reply
        yield server


def talk_with(new_talk: NewTalk, model: ModelServer) -> Talk:
    talk = new_talk(SANAD_LLM="made", SANAD_LLM_URL=model.url, SANAD_LLM_TIMEOUT="60")
    talk.start()
    return talk


def shown(call: Call) -> bool:
    return call.method in ("sendMessage", "editMessageText", "sendMessageDraft") and call.code == 200


def remembered(path: Path) -> None:
    """Return when the bot has noted which message stands for its answer."""
    deadline = time.monotonic() + 20
    with closing(sqlite3.connect(path, timeout=20)) as connection:
        while not connection.execute("SELECT 1 FROM outbox WHERE message_id IS NOT NULL").fetchone():
            assert time.monotonic() < deadline
            time.sleep(0.01)


def test_an_answer_that_grows_in_a_group_goes_on_in_the_same_message_after_a_kill(
    new_talk: NewTalk, model: ModelServer
) -> None:
    talk = talk_with(new_talk, model)
    model.size, model.pause = 10, 0.6
    asked = talk.say(f"{NAME} {QUESTION}", JOHN, GROUP)
    begun = talk.reply_to(asked, 0)
    remembered(talk.data / NAME_OF_FILE)
    talk.kill()
    model.pause = 0
    after = len(talk.api.calls)
    talk.start()
    talk.api.wait(lambda call: shown(call) and bool(call.buttons), after=after)
    calls = [call for call in talk.api.calls if shown(call) and call.chat == GROUP["id"]]
    assert {call.message_id for call in calls} == {begun.message_id}
    assert all(sentence in plain(calls[-1]) for sentence in SENTENCES)


def test_in_private_sentences_are_drafts_until_the_answer_comes(new_talk: NewTalk, model: ModelServer) -> None:
    talk = talk_with(new_talk, model)
    model.size, model.pause = 10, 0.2
    answer = talk.ask(QUESTION, JOHN)
    drafts = [call for call in talk.api.calls if call.method == "sendMessageDraft"]
    assert drafts
    assert SENTENCES[0] in plain(drafts[-1])
    assert all(sentence in plain(answer) for sentence in SENTENCES)
    assert answer.buttons


def test_a_model_that_is_gone_leaves_the_quotes(new_talk: NewTalk, model: ModelServer) -> None:
    talk = talk_with(new_talk, model)
    model.fault = "500"
    answer = talk.ask(QUESTION, JOHN)
    assert "2:45" in answer.plain
    assert "cannot be reached" in plain(answer)
