"""The fake Bot API is as strict as the real one where the bot relies on it."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.telegram_api.entities import ParseError, parse
from tests.telegram_api.server import TOKEN, Fault, TelegramApi


@pytest.fixture(scope="module")
def api() -> Iterator[TelegramApi]:
    served = TelegramApi().start()
    yield served
    served.stop()


def call(api: TelegramApi, method: str, **arguments: object) -> tuple[int, Any]:
    form = {k: json.dumps(v) if isinstance(v, dict | list) else str(v) for k, v in arguments.items()}
    url = f"http://127.0.0.1:{api.port}/bot{TOKEN}/{method}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, urllib.parse.urlencode(form).encode()) as response:
            return response.status, json.load(response)["result"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_html_is_read_as_telegram_reads_it() -> None:
    plain, entities = parse("<blockquote expandable>😀a &lt;<b>b</b></blockquote> &amp;")
    assert plain == "😀a <b &"
    assert [(e.type, e.offset, e.text) for e in entities] == [("bold", 5, "b"), ("expandable_blockquote", 0, "😀a <b")]


@pytest.mark.parametrize(
    "html",
    [
        "<b>x", "x</b>", "<b><i>x</b></i>", "<p>x</p>", "a < b", "a > b", "a & b", "&nbsp;", "<b x>y</b>", "<a>x</a>",
        "<blockquote>a<blockquote>b</blockquote></blockquote>",
    ],
)  # fmt: skip
def test_html_that_telegram_refuses_is_refused(html: str) -> None:
    with pytest.raises(ParseError, match="can't parse entities"):
        parse(html)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x", "reply_parameters": {"message_id": 1}}, "message to be replied not found"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "b", "callback_data": "د" * 33}]]}},
            "BUTTON_DATA_INVALID",
        ),
    ],
)
def test_messages_that_telegram_refuses_are_refused(api: TelegramApi, arguments: dict[str, Any], said: str) -> None:
    code, body = call(api, "sendMessage", chat_id=5, **arguments)
    assert code == 400
    assert said in body["description"]


def test_messages_that_telegram_takes_are_taken(api: TelegramApi) -> None:
    reply = {"message_id": 1, "allow_sending_without_reply": True}
    assert call(api, "sendMessage", chat_id=5, text="😀" * 2048, reply_parameters=reply)[0] == 200
    assert call(api, "sendMessage", chat_id=5, text="&lt;" * 4096, parse_mode="HTML")[0] == 200


def test_faults_come_once_and_calls_are_recorded(api: TelegramApi) -> None:
    before = len(api.calls)
    api.faults += [Fault("getMe", "429", 7), Fault("getMe", "500")]
    assert call(api, "getMe")[1]["parameters"] == {"retry_after": 7}
    assert [call(api, "getMe")[0] for _ in range(2)] == [500, 200]
    assert [c.code for c in api.calls[before:]] == [429, 500, 200]


def test_updates_wait_for_their_offset(api: TelegramApi) -> None:
    api.says("x", chat={"id": 5, "type": "private"}, user={"id": 5})
    (update,) = call(api, "getUpdates", timeout=1)[1]
    assert call(api, "getUpdates")[1] == [update]
    assert call(api, "getUpdates", offset=update["update_id"] + 1, timeout=0.05)[1] == []
