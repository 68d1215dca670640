"""Which handler gets which update, and what happens when one fails."""

import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.telegram_bot.database import NAME
from rag.engine import Engine
from tests.bot.telegram_bot.asking import AMAL, EVE, GROUP, JOHN, NAME_OF_BOT, Asking, asking, texts
from tests.telegram_api import content
from tests.telegram_api.content import private
from tests.telegram_api.server import JSON, TOKEN, Fault

WHO = "من هو واين ماروتو؟"
HOW_MANY = "How many American soldiers were injured in the attack on Ain al-Asad?"


@pytest.fixture
def bot(seed_engine: Engine, tmp_path: Path) -> Iterator[Asking]:
    with asking(seed_engine, tmp_path, telegram_admins="88") as opened:
        yield opened


# Which handler


@pytest.mark.parametrize(
    "command",
    [
        "start",
        "help",
        "ask",
        "articles",
        "lang",
        "forget",
        "about",
        "stop",
        "ingest",
        "remove",
        "stats",
        "status",
        "nothing",
    ],
)
def test_every_command_is_answered_in_private(bot: Asking, command: str) -> None:
    assert len(bot.says(f"/{command}", JOHN)) == 1


def test_what_changes_a_group_is_no_question(bot: Asking) -> None:
    for change in (
        {"new_chat_title": "x"},
        {"new_chat_members": [EVE]},
        {"left_chat_member": EVE},
        {"group_chat_created": True},
    ):
        assert bot.sends(change, JOHN, GROUP) == []
    assert bot.sends({"pinned_message": bot.api.message(GROUP["id"], 1001)}, JOHN, private(JOHN)) == []


def test_a_file_with_the_caption_ingest_is_no_question(bot: Asking) -> None:
    bot.api.uploads("a.txt", "خبر.".encode(), chat=private(EVE), user=EVE, caption="/ingest")
    asked = texts(bot.run())
    bot.api.uploads("a.txt", "خبر.".encode(), chat=private(EVE), user=EVE, caption=HOW_MANY)
    answered = texts(bot.run())
    assert "five American soldiers" not in asked[0]
    assert "five American soldiers" in answered[0]


# What goes wrong


def test_the_unexpected_is_apologised_for_and_logged_with_a_reference(
    bot: Asking, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any, **__: Any) -> None:  # noqa: ANN401  # whatever is asked
        raise RuntimeError(f"the inside, {TOKEN}")

    monkeypatch.setattr(bot.engine, "ask", fail)
    for text, beginning in ((WHO, "عذرا، حدث خطأ هنا وليس منك."), (HOW_MANY, "Sorry, something went wrong here")):
        caplog.clear()
        (apology,) = bot.says(text, JOHN)
        assert apology.startswith(beginning)
        assert "inside" not in apology
        (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
        assert record.getMessage() == f"reference {apology.split()[-1]}"
        assert record.exc_info
    assert bot.service.inbox.waiting() == 0


def test_an_apology_that_no_text_tells_the_language_of_is_in_the_users(
    bot: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:  # noqa: ANN401
        raise RuntimeError

    monkeypatch.setattr(bot.service.asked, "keep", fail)
    assert bot.sends(content.photo(), AMAL)[0].startswith("عذرا")
    assert bot.sends(content.photo(), JOHN)[0].startswith("Sorry")


def test_an_error_the_owner_can_mend_is_told_in_the_questions_language(engine: Engine, tmp_path: Path) -> None:
    with asking(engine, tmp_path) as bot:
        assert bot.says(WHO, JOHN)[0].startswith("المكتبة فارغة. أضف مقالات أولا:")


def test_an_answer_that_cannot_be_kept_is_given_without_buttons(
    bot: Asking, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    connection = sqlite3.connect(tmp_path / NAME)
    connection.execute("DROP TABLE citations")
    connection.close()
    bot.api.says(WHO, chat=private(AMAL), user=AMAL)
    (answer,) = bot.run()
    assert "[1]" in answer.plain
    assert answer.buttons == []
    assert "an answer goes without buttons" in caplog.text


@pytest.mark.parametrize("table", ["turns", "asked", "answers"])
def test_a_file_of_the_bots_that_is_damaged_is_apologised_for_and_logged(
    bot: Asking, tmp_path: Path, caplog: pytest.LogCaptureFixture, table: str
) -> None:
    connection = sqlite3.connect(tmp_path / NAME)
    connection.execute(f"DROP TABLE {table}")
    connection.close()
    (said,) = bot.says(WHO, AMAL)
    assert said.startswith("عذرا، حدث خطأ" if table != "answers" else "المتحدث")
    assert f"no such table: main.{table}" in caplog.text or f"no such table: {table}" in caplog.text


def test_who_blocked_the_bot_is_no_error(bot: Asking, caplog: pytest.LogCaptureFixture) -> None:
    bot.api.blocks(EVE)
    assert bot.says(HOW_MANY, EVE) == []
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert "five American soldiers" in bot.says(HOW_MANY, JOHN)[0]


def test_the_typing_mark_may_fail_in_every_way(bot: Asking) -> None:
    for kind in ("429", "500", "403", "401", "dropped"):
        bot.api.faults.append(Fault("sendChatAction", kind, retry_after=3600))
        assert "five American soldiers" in bot.says(HOW_MANY, JOHN)[0]


# Whatever people write

_ODD = "\u202e\u2066\u2069\u200f\u061c\x00\x1b\ufeff\u0640\u0651"
_PARTS = [
    *"<>&;[]()«»؟?!.,،\n\t ",
    *_ODD,
    "<b>",
    "</blockquote>",
    "&amp;",
    "😀",
    "👨‍👩‍👧",
    "🇮🇶",
    "[1]",
    "/ask",
    NAME_OF_BOT,
    "متى",
    "هجوم",
    "when",
    "F-16",
    "عين الأسد",
]
_TEXTS = st.lists(st.sampled_from(_PARTS), min_size=1, max_size=80).map("".join) | st.text(min_size=1, max_size=200)


def _forms(text: str) -> list[tuple[JSON, JSON, JSON]]:
    """The text in every form that a message has, with who writes it and where."""
    detected = {"text": text, "entities": content.detected(text)}
    odd = detected | {
        "entities": [{"type": "mention", "offset": 3, "length": 500}, {"type": "bot_command", "offset": 0, "length": 1}]
    }
    passed_on = detected | content.forwarded_from_hidden(text[:50])
    answer = detected | {"reply_to_message": {"message_id": 1, "date": 1, "chat": GROUP, "text": text}}
    return [
        (detected, JOHN, private(JOHN)), (odd, AMAL, GROUP), (passed_on, EVE, private(EVE)), (answer, AMAL, GROUP),
        (content.photo(text), JOHN, private(JOHN)),
    ]  # fmt: skip


# Shrinking takes minutes, for each example is a bot.
_SETTINGS = settings(
    deadline=None, max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip


@_SETTINGS
@given(_TEXTS, st.integers(1, 40))
def test_whatever_people_write_what_is_sent_is_valid(
    bot: Asking, caplog: pytest.LogCaptureFixture, text: str, times: int
) -> None:
    caplog.clear()
    written = (text * times)[:4096]
    for message, user, chat in _forms(written):
        bot.api.sends(message, chat=chat, user=user)
    bot.api.types(written[:256], user=EVE)
    bot.run()
    assert [(call.method, call.arguments, call.description) for call in bot.api.invalid] == []
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize(
    "text", ["attack " * 14_300, "صاروخ" * 20_000, "<b>&" * 25_000, "😀\u202e" * 30_000, "متى وقع " * 12_500]
)
def test_a_hundred_kilobytes_are_answered_in_a_few_words(bot: Asking, text: str) -> None:
    (said,) = bot.says(text, JOHN)
    assert len(said) < 2000
    assert bot.api.invalid == []
