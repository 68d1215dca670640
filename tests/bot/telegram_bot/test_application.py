"""The bot as a process: what it owes after kill -9, by webhook, beside another one, and at its end."""

import http.client
import json
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.conftest import SEEDS
from tests.telegram_api.calls import Call, Fault
from tests.telegram_api.process import BotProcess, free_port
from tests.telegram_api.server import TOKEN
from tests.telegram_api.talk import ALONE, Talk, library, person

JOHN, AMAL = person(88, "John", "en"), person(77, "أمل", "ar")
PEOPLE = [person(number, f"P{number}", "en") for number in range(1, 7)]
QUESTION = "How many American soldiers were injured in the attack on Ain al-Asad?"
PUBLIC, SECRET = "https://bot.example.org", "a-Secret_42"
Started = Callable[..., Talk]


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return library(tmp_path_factory.mktemp("library") / "data", SEEDS)


@pytest.fixture
def talk(articles: Path, tmp_path: Path) -> Iterator[Started]:
    talks: list[Talk] = []

    def made(**settings: str) -> Talk:
        data = shutil.copytree(articles, tmp_path / f"data{len(talks)}")
        talks.append(Talk(tmp_path, data, **ALONE | settings))
        return talks[-1]

    yield made
    for one in talks:
        one.close()


def answers(talk: Talk) -> list[Call]:
    return [call for call in talk.api.calls if call.method == "sendMessage" and call.code == 200]


# kill -9


def test_after_three_kills_everything_is_answered_and_only_what_was_being_sent_twice(talk: Started) -> None:
    talking = talk()
    asked: set[int] = set()
    in_flight: set[int] = set()
    for round_ in range(3):
        before = len(talking.api.calls)
        # The answer is on its way when the process is killed: Telegram has it, the bot will never know.
        talking.api.faults.append(Fault("sendMessage", "slow", seconds=60))
        talking.start()
        asked |= {talking.say(f"{QUESTION} {round_}", one) for one in PEOPLE}
        slow = talking.api.wait(lambda call: call.method == "sendMessage" and call.code == 200, after=before)[0]
        talking.api.until(lambda: talking.api.updates.pending == 0)
        in_flight.add(slow.answers)
        talking.kill()
    talking.start()
    talking.api.until(lambda: {call.answers for call in answers(talking)} >= asked, seconds=60)
    assert talking.stop() == 0
    counts = {number: sum(call.answers == number for call in answers(talking)) for number in asked}
    assert min(counts.values()) == 1
    assert {number for number, count in counts.items() if count > 1} <= in_flight
    assert "messages from before are answered first" in talking.output or "message from before" in talking.output


def test_what_was_fetched_and_not_begun_at_an_ordinary_end_is_answered_at_the_next_start(talk: Started) -> None:
    talking = talk()
    talking.api.faults.append(Fault("sendMessage", "slow", seconds=2))
    talking.start()
    asked = [talking.say(QUESTION, JOHN) for _ in range(3)]
    talking.api.wait(lambda call: call.method == "sendMessage")
    talking.api.until(lambda: talking.api.updates.pending == 0)
    assert talking.stop() == 0
    assert [call.answers for call in answers(talking)] == asked[:1]
    talking.start()
    talking.replies(3, 0)
    assert [call.answers for call in answers(talking)] == asked


def test_what_telegram_brings_again_is_not_answered_again(talk: Started) -> None:
    talking = talk()
    talking.start()
    number = talking.say(QUESTION, JOHN)
    talking.replies(1, 0)
    talking.stop()
    talking.api.updates.push("message", talking.api.message(JOHN["id"], number))
    talking.api.updates._waiting[-1]["update_id"] -= 1  # the number it had
    talking.start()
    after = talking.say(QUESTION, AMAL)
    talking.replies(2, 0)
    assert [call.answers for call in answers(talking)] == [number, after]


# By webhook


def hooked(talk: Started, port: int) -> Talk:
    """A bot that Telegram brings updates to, behind a proxy; it listens on this port."""
    talking = talk(
        SANAD_TELEGRAM_WEBHOOK_URL=f"{PUBLIC}/telegram",
        SANAD_TELEGRAM_WEBHOOK_SECRET=SECRET,
        SANAD_TELEGRAM_WEBHOOK_LISTEN=f"127.0.0.1:{port}",
    )
    talking.api.updates.proxied[PUBLIC] = f"http://127.0.0.1:{port}"
    return talking


def test_by_webhook_it_answers_telegram_and_nobody_else(talk: Started) -> None:
    port = free_port()
    talking = hooked(talk, port)
    talking.start("--webhook")
    assert [call.arguments["secret_token"] for call in talking.api.calls if call.method == "setWebhook"] == [SECRET]
    talking.ask(QUESTION, JOHN)

    update = {
        "update_id": 9000,
        "message": {
            "message_id": 5000,
            "date": 1,
            "chat": {"id": 88, "type": "private"},
            "from": JOHN,
            "text": "/help",
        },
    }
    assert [posted(port, update, secret) for secret in (None, "wrong", SECRET, SECRET)] == [403, 403, 200, 200]
    talking.replies(2, 0)
    after = len(talking.api.calls)
    talking.ask(QUESTION, AMAL)
    assert [call.answers for call in answers(talking)].count(5000) == 1
    assert len(talking.replies(1, after)) == 1
    assert talking.stop() == 0
    assert SECRET not in talking.output

    talking.start()  # asking for updates again, which the webhook would forbid
    talking.ask(QUESTION, JOHN)


def test_by_webhook_what_was_taken_is_answered_after_a_kill(talk: Started) -> None:
    talking = hooked(talk, free_port())
    talking.api.faults += [Fault("sendMessage", "500") for _ in range(50)]
    talking.start("--webhook")
    asked = {talking.say(QUESTION, one) for one in PEOPLE}
    talking.api.until(lambda: not talking.api.updates.pending)
    talking.kill()
    talking.api.faults.clear()
    assert answers(talking) == []
    talking.start("--webhook")
    talking.replies(len(asked), 0)
    assert sorted(call.answers for call in answers(talking)) == sorted(asked)


def posted(port: int, update: object, secret: str | None) -> int:
    headers = {"Content-Type": "application/json"} | ({"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {})
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("POST", "/telegram", json.dumps(update), headers)
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_webhooks_port_that_is_taken_is_one_line(talk: Started) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        talking = hooked(talk, port)
        talking.start("--webhook")
        assert talking.bot
        assert talking.bot.wait() == 1
    assert (
        f"SANAD_TELEGRAM_WEBHOOK_LISTEN: cannot listen at 127.0.0.1:{port} (Address already in use)" in talking.output
    )
    assert "Traceback" not in talking.output


@pytest.mark.parametrize(
    ("url", "secret", "said"),
    [
        ("", SECRET, "SANAD_TELEGRAM_WEBHOOK_URL: not set. Say at which address"),
        (PUBLIC, "", "SANAD_TELEGRAM_WEBHOOK_SECRET: not set. Telegram proves itself"),
        (PUBLIC, "a b", "SANAD_TELEGRAM_WEBHOOK_SECRET: only letters of a–z"),
    ],
)
def test_a_webhook_needs_an_address_and_a_secret(
    url: str, secret: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    variables = {
        "SANAD_TELEGRAM_TOKEN": TOKEN, "SANAD_TELEGRAM_ACCESS": "open", "SANAD_TELEGRAM_WEBHOOK_URL": url,
        "SANAD_TELEGRAM_WEBHOOK_SECRET": secret, "SANAD_DATA_DIR": str(tmp_path), "LANG": "C",
    }  # fmt: skip
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(app, ["bot", "--webhook"])
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith(said)
    assert not secret or secret not in result.output


# Beside another one, without Telegram, at the end


def test_that_another_process_asks_for_its_updates_is_said_once(talk: Started) -> None:
    talking = talk()
    talking.start()
    log = talking.folder / "other"
    other = BotProcess(
        talking.api.port, shutil.copytree(talking.data, talking.folder / "data of the other"), log, **ALONE
    )
    talking.api.wait(lambda call: call.code == 409, 4, seconds=60)
    other.stop(signal.SIGKILL)
    assert talking.ask(QUESTION, JOHN).plain
    talking.stop()
    said = [output.count("another process asks for this bot's messages") for output in (talking.output, other.output)]
    assert max(said) == 1
    assert "Traceback" not in talking.output + other.output


def test_while_telegram_is_down_it_waits_and_says_so_once(talk: Started) -> None:
    talking = talk()
    talking.start()
    talking.api.down = True
    number = talking.say(QUESTION, JOHN)  # which the request that Telegram was holding brings
    talking.api.wait(lambda call: call.method == "getUpdates" and call.code == 502, 3)
    talking.api.wait(lambda call: call.method == "sendMessage" and call.code == 502, 2)
    talking.api.down = False
    (answer,) = talking.replies(1, 0)
    assert answer.answers == number
    talking.ask(QUESTION, AMAL)
    assert talking.stop(signal.SIGINT) == 0
    assert talking.output.count("Telegram cannot be reached") == 1
    assert "Telegram is heard again" in talking.output


def test_a_health_port_that_is_taken_is_one_line(talk: Started) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        talking = talk(SANAD_TELEGRAM_HEALTH_PORT=str(taken.getsockname()[1]))
        bot = BotProcess(talking.api.port, talking.data, talking.folder / "log", **talking.settings)
        assert bot.wait() == 1
    assert bot.output.startswith("SANAD_TELEGRAM_HEALTH_PORT: cannot listen at 127.0.0.1")
    assert bot.output.count("\n") == 1


def test_what_is_being_sent_when_telegram_is_down_does_not_delay_the_end(talk: Started) -> None:
    talking = talk()
    talking.start()
    talking.api.faults += [Fault("sendMessage", "500") for _ in range(50)]
    number = talking.say(QUESTION, JOHN)
    talking.api.wait(lambda call: call.method == "sendMessage" and call.code == 500, 3)
    assert talking.stop() == 0
    talking.api.faults.clear()
    talking.start()
    (answer,) = talking.replies(1, 0)
    assert answer.answers == number
