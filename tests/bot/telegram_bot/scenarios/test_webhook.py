"""Telegram brings updates instead of being asked for them."""

import http.client
import json

from tests.bot.telegram_bot.scenarios.conftest import NewTalk
from tests.telegram_api.process import free_port
from tests.telegram_api.talk import Talk, person, plain

JOHN = person(88, "John", "en")
WHO = "من هو واين ماروتو؟"
SECRET = "a-secret_Word-1"


def hooked(new_talk: NewTalk) -> tuple[Talk, int]:
    """A bot that Telegram brings updates to, behind a proxy, and its port."""
    port = free_port()
    talk = new_talk(
        SANAD_TELEGRAM_WEBHOOK_URL="https://bot.example.org/telegram", SANAD_TELEGRAM_WEBHOOK_SECRET=SECRET,
        SANAD_TELEGRAM_WEBHOOK_LISTEN=f"127.0.0.1:{port}",
    )  # fmt: skip
    talk.api.updates.proxied["https://bot.example.org"] = f"http://127.0.0.1:{port}"
    return talk, port


def test_updates_are_brought_and_answered_and_those_of_a_dead_bot_when_it_lives_again(new_talk: NewTalk) -> None:
    talk, _ = hooked(new_talk)
    talk.start("--webhook")
    answer = talk.ask(WHO, JOHN)
    assert "المتحدث" in plain(answer)
    assert talk.press(answer, JOHN).entities
    talk.kill()
    after = len(talk.api.calls)
    asked = talk.say(WHO, JOHN)
    talk.start("--webhook")
    assert talk.reply_to(asked, after, seconds=40)
    assert talk.stop() == 0


def test_only_telegram_may_bring_updates(new_talk: NewTalk) -> None:
    talk, port = hooked(new_talk)
    talk.start("--webhook")
    talk.ask("/help", JOHN)
    update = {"update_id": 9999, "message": talk.api.message(JOHN["id"], 1001)}
    statuses = []
    for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "guessed"}):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("POST", "/telegram", json.dumps(update), {"Content-Type": "application/json", **headers})
        statuses.append(connection.getresponse().status)
        connection.close()
    assert statuses == [403, 403]
    assert SECRET not in talk.output


def test_from_webhook_to_polling_and_back_nothing_is_lost(new_talk: NewTalk) -> None:
    talk, _ = hooked(new_talk)
    talk.start("--webhook")
    talk.ask("/help", JOHN)
    assert talk.stop() == 0
    after = len(talk.api.calls)
    asked = talk.say(WHO, JOHN)
    talk.start()
    assert talk.reply_to(asked, after)
    assert talk.stop() == 0
    after = len(talk.api.calls)
    asked = talk.say("/about", JOHN)
    talk.start("--webhook")
    assert talk.reply_to(asked, after)
