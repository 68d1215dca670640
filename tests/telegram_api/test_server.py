"""The fake Bot API is as strict as the real one where the bot relies on it."""

import http.server
import json
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from telegram import Update

from tests.telegram_api import content
from tests.telegram_api.content import detected, private
from tests.telegram_api.rates import Rates
from tests.telegram_api.server import BOT, TOKEN, Fault, TelegramApi

USER: dict[str, Any] = {"id": 5, "is_bot": False, "first_name": "Eve", "language_code": "en"}
CHAT = private(USER)
GROUP: dict[str, Any] = {"id": -7, "type": "group", "title": "Old"}
FORUM: dict[str, Any] = {"id": -1009, "type": "supergroup", "title": "Forum", "is_forum": True}
BOLD = {"type": "bold", "offset": 0, "length": 1}
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@pytest.fixture
def api() -> Iterator[TelegramApi]:
    served = TelegramApi().start()
    served.chats.meet(CHAT)
    yield served
    served.stop()


def call(api: TelegramApi, method: str, **arguments: object) -> tuple[int, Any]:
    form = {k: json.dumps(v) if isinstance(v, dict | list) else str(v) for k, v in arguments.items()}
    return post(api, method, urllib.parse.urlencode(form).encode())


def post(api: TelegramApi, method: str, body: bytes) -> tuple[int, Any]:
    try:
        with OPENER.open(f"http://127.0.0.1:{api.port}/bot{TOKEN}/{method}", body) as response:
            return response.status, json.load(response)["result"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def refusal(api: TelegramApi, method: str, **arguments: object) -> str:
    """What a call is answered, which must be 400."""
    code, body = call(api, method, **arguments)
    assert code == 400
    return str(body["description"]).removeprefix("Bad Request: ")


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


def button(data: str = "x", text: str = "b") -> dict[str, Any]:
    return {"text": text, "callback_data": data}


# Messages


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "x", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "\u200f\u202e"}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x", "chat_id": 6}, "chat not found"),
        ({"text": "x", "message_thread_id": 3}, "message thread not found"),
        ({"text": "x", "reply_parameters": {"message_id": 1}}, "message to be replied not found"),
        ({"text": "x", "reply_markup": keyboard(button("د" * 33))}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard(button(""))}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard(button(text=" \u200e"))}, "must be non-empty"),
        ({"text": "x", "reply_markup": keyboard({"text": "b"})}, "Text buttons are unallowed"),
        ({"text": "x", "reply_markup": keyboard({"text": "b", "url": "javascript:x"})}, "is invalid"),
        ({"text": "x", "reply_markup": keyboard(*[button()] * 9)}, "reply markup is too long"),
        ({"text": "x", "reply_markup": {"rows": []}}, "object expected as reply markup"),
    ],
)
def test_messages_that_telegram_refuses_are_refused(api: TelegramApi, arguments: dict[str, Any], said: str) -> None:
    assert said in refusal(api, "sendMessage", **({"chat_id": 5} | arguments))
    assert [one.method for one in api.invalid] == ["sendMessage"]


def test_bytes_that_are_no_text_are_refused(api: TelegramApi) -> None:
    code, body = post(api, "sendMessage", b"chat_id=5&text=%ED%A0%80")
    assert (code, body["description"]) == (400, "Bad Request: strings must be encoded in UTF-8")
    assert "JSON" in post(api, "sendMessage", b"chat_id=5&text=x&reply_markup=%7B")[1]["description"]


def test_messages_that_telegram_takes_are_taken(api: TelegramApi) -> None:
    reply = {"message_id": 1, "allow_sending_without_reply": True}
    assert call(api, "sendMessage", chat_id=5, text="😀" * 2048, reply_parameters=reply)[0] == 200
    assert call(api, "sendMessage", chat_id=5, text="&lt;" * 4096, parse_mode="HTML")[0] == 200
    assert api.invalid == []


def test_a_message_comes_back_as_it_is_kept(api: TelegramApi) -> None:
    asked = api.says("متى؟", chat=CHAT, user=USER)
    arguments = {
        "chat_id": 5,
        "text": " <b>x</b>\u202e ",
        "parse_mode": "HTML",
        "reply_parameters": {"message_id": asked},
    }
    _, sent = call(api, "sendMessage", reply_markup=keyboard(button()), **arguments)
    assert sent["text"] == "x"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    assert sent["reply_to_message"]["text"] == "متى؟"
    assert sent["chat"] == CHAT
    assert api.calls[-1].answers == asked
    assert api.calls[-1].buttons == [[button()]]


def test_who_blocked_the_bot_gets_nothing_until_they_unblock_it(api: TelegramApi) -> None:
    api.blocks(USER)
    code, body = call(api, "sendMessage", chat_id=5, text="x")
    assert (code, body["description"]) == (403, "Forbidden: bot was blocked by the user")
    assert call(api, "sendChatAction", chat_id=5, action="typing")[0] == 403
    api.unblocks(USER)
    assert call(api, "sendMessage", chat_id=5, text="x")[0] == 200
    updates = [Update.de_json(one, None) for one in call(api, "getUpdates")[1]]
    statuses = [one.my_chat_member.new_chat_member.status for one in updates if one.my_chat_member]
    assert statuses == ["kicked", "member"]


def test_a_topic_takes_messages_and_what_is_written_there_replies_to_its_opening(api: TelegramApi) -> None:
    topic = api.opens_topic("News", chat=FORUM, user=USER)
    api.says("x", chat=FORUM, user=USER, topic=topic)
    assert call(api, "sendMessage", chat_id=FORUM["id"], text="y", message_thread_id=topic)[1]["is_topic_message"]
    assert "thread" in refusal(api, "sendMessage", chat_id=FORUM["id"], text="y", message_thread_id=1)
    written = call(api, "getUpdates")[1][-1]["message"]
    assert written["message_thread_id"] == topic
    assert written["reply_to_message"]["forum_topic_created"]["name"] == "News"


def test_a_group_that_became_a_supergroup_sends_on(api: TelegramApi) -> None:
    api.says("x", chat=GROUP, user=USER)
    new = api.migrates(GROUP, user=USER, to=-1007)
    code, body = call(api, "sendMessage", chat_id=GROUP["id"], text="y")
    assert (code, body["parameters"]) == (400, {"migrate_to_chat_id": -1007})
    assert "upgraded to a supergroup" in body["description"]
    assert call(api, "sendMessage", chat_id=new["id"], text="y")[0] == 200
    assert api.invalid == []
    left, came = (one["message"] for one in call(api, "getUpdates")[1][1:])
    assert (left["chat"]["id"], left["migrate_to_chat_id"]) == (-7, -1007)
    assert (came["chat"]["id"], came["migrate_from_chat_id"]) == (-1007, -7)


# Edits and drafts


def test_an_edit_must_change_something(api: TelegramApi) -> None:
    number = call(api, "sendMessage", chat_id=5, text="x", reply_markup=keyboard(button()))[1]["message_id"]
    edit = {"chat_id": 5, "message_id": number}
    assert "not modified" in refusal(api, "editMessageText", text="x ", reply_markup=keyboard(button()), **edit)
    assert call(api, "editMessageText", text="<b>x</b>", parse_mode="HTML", **edit)[0] == 200
    assert "reply_markup" not in api.message(5, number)
    assert "not modified" in refusal(api, "editMessageText", text="<strong>x</strong>", parse_mode="HTML", **edit)
    assert call(api, "editMessageReplyMarkup", reply_markup=keyboard(button()), **edit)[0] == 200
    assert "not modified" in refusal(api, "editMessageReplyMarkup", reply_markup=keyboard(button()), **edit)
    assert call(api, "editMessageReplyMarkup", **edit)[0] == 200
    assert api.calls[-1].message_id == number
    invalid = len(api.invalid)
    api.bot_was_killed()
    for expected in (invalid, invalid + 1):
        assert "not modified" in refusal(api, "editMessageText", text="x", entities=[BOLD], **edit)
        assert len(api.invalid) == expected


def test_only_its_own_messages_may_be_edited(api: TelegramApi) -> None:
    theirs = api.says("x", chat=CHAT, user=USER)
    assert "can't be edited" in refusal(api, "editMessageText", chat_id=5, message_id=theirs, text="y")
    assert "can't be deleted" in refusal(api, "deleteMessage", chat_id=5, message_id=theirs)
    assert "to edit not found" in refusal(api, "editMessageText", chat_id=5, message_id=1, text="y")
    number = call(api, "sendMessage", chat_id=5, text="x")[1]["message_id"]
    force = {"force_reply": True}
    assert "reply markup" in refusal(api, "editMessageText", chat_id=5, message_id=number, text="y", reply_markup=force)


def test_drafts_are_for_private_chats_and_have_a_number_and_a_text(api: TelegramApi) -> None:
    api.chats.meet(GROUP)
    assert call(api, "sendMessageDraft", chat_id=5, draft_id=1, text="<b>x</b>", parse_mode="HTML")[0] == 200
    assert api.calls[-1].plain == "x"
    assert "private" in refusal(api, "sendMessageDraft", chat_id=-7, draft_id=1, text="x")
    assert "non-zero" in refusal(api, "sendMessageDraft", chat_id=5, draft_id=0, text="x")
    assert "empty" in refusal(api, "sendMessageDraft", chat_id=5, draft_id=1, text="")
    assert "too long" in refusal(api, "sendMessageDraft", chat_id=5, draft_id=1, text="x" * 4097)


# Updates


def test_updates_wait_for_their_offset(api: TelegramApi) -> None:
    api.says("x", chat=CHAT, user=USER)
    (update,) = call(api, "getUpdates", timeout=1)[1]
    assert call(api, "getUpdates")[1] == [update]
    assert call(api, "getUpdates", offset=update["update_id"] + 1, timeout=0.05)[1] == []
    assert api.updates.pending == 0


def test_only_updates_that_were_asked_for_come(api: TelegramApi) -> None:
    call(api, "getUpdates", allowed_updates=["message"])
    number = api.says("x", chat=CHAT, user=USER)
    api.edits("y", chat=CHAT, message_id=number)
    call(api, "getUpdates", allowed_updates=["edited_message"])
    api.edits("z", chat=CHAT, message_id=number)
    updates = call(api, "getUpdates")[1]
    assert [set(one) - {"update_id"} for one in updates] == [{"message"}, {"edited_message"}]
    assert "unsupported" in refusal(api, "getUpdates", allowed_updates=["mesage"])


def test_of_two_pollers_the_first_is_ended(api: TelegramApi) -> None:
    with ThreadPoolExecutor() as pool:
        first = pool.submit(call, api, "getUpdates", timeout=20)
        api.wait(lambda one: one.method == "getUpdates")
        assert call(api, "getUpdates")[0] == 200
        code, body = first.result()
    assert code == 409
    assert body["description"].startswith("Conflict: terminated by other getUpdates request")
    assert [one.code for one in api.calls].count(409) == 1


@contextmanager
def hook(*statuses: int) -> Iterator[tuple[str, list[tuple[str | None, dict[str, Any]]]]]:
    """A webhook that answers these statuses and then 200; its address, and what was brought."""
    brought: list[tuple[str | None, dict[str, Any]]] = []
    left = list(statuses)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            update = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            brought.append((self.headers["X-Telegram-Bot-Api-Secret-Token"], update))
            self.send_response(left.pop(0) if left else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", brought
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_webhook_is_brought_each_update_with_the_secret_until_it_answers_200(api: TelegramApi) -> None:
    with hook(500) as (address, brought):
        api.updates.proxied["https://bot.example.org"] = address
        assert call(api, "setWebhook", url="https://bot.example.org/hook", secret_token="s-1_A")[0] == 200
        for text in ("one", "two"):
            api.says(text, chat=CHAT, user=USER)
        api.until(lambda: not api.updates.pending)
        assert [(secret, update["message"]["text"]) for secret, update in brought] == [
            ("s-1_A", "one"), ("s-1_A", "one"), ("s-1_A", "two"),
        ]  # fmt: skip
        info = call(api, "getWebhookInfo")[1]
        assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
        code, body = call(api, "getUpdates")
        assert (code, "webhook is active" in body["description"]) == (409, True)
        call(api, "deleteWebhook")
    assert call(api, "getUpdates")[0] == 200
    assert call(api, "getWebhookInfo")[1]["url"] == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"url": "http://bot.example.org/"}, "An HTTPS URL must be provided"),
        ({"url": "https://bot.example.org:8080/"}, "ports 80, 88, 443 or 8443"),
        ({"url": "https://bot.example.org/", "secret_token": "a b"}, "unallowed characters"),
        ({"url": "https://bot.example.org/", "secret_token": "x" * 257}, "unallowed characters"),
        ({"url": "https://elsewhere.example.org/"}, "Failed to resolve host"),
        ({"url": "https://bot.example.org/", "max_connections": 101}, "max_connections"),
    ],
)
def test_webhooks_that_telegram_refuses_are_refused(api: TelegramApi, arguments: dict[str, Any], said: str) -> None:
    api.updates.proxied["https://bot.example.org"] = "http://127.0.0.1:9"
    assert said in refusal(api, "setWebhook", **arguments)


def test_everything_people_do_is_an_update_that_python_telegram_bot_reads(api: TelegramApi) -> None:
    made = [
        content.sticker(), content.voice(), content.photo("ما هذا؟"), content.video(), content.location(),
        content.contact(), content.poll(), content.dice(), {"text": "x"} | content.forwarded_from_user(USER),
        {"text": "x"} | content.forwarded_from_hidden("Ali"), {"text": "x"} | content.forwarded_from_channel(FORUM),
    ]  # fmt: skip
    for one in made:
        api.sends(one, chat=CHAT, user=USER)
    sent = call(api, "sendMessage", chat_id=5, text="x", reply_markup=keyboard(button()))[1]
    api.presses(button(), message_id=sent["message_id"], chat=CHAT, user=USER)
    api.presses(button(), message_id=1, chat=CHAT, user=USER)
    api.types("كم", user=USER)
    api.posts("news", chat={"id": -1003, "type": "channel", "title": "News"})
    api.adds(chat=GROUP, user=USER)
    updates = call(api, "getUpdates")[1]
    read = [Update.de_json(one, None) for one in updates]
    assert len(read) == len(made) + 5
    assert read[2].message
    assert read[2].message.caption == "ما هذا؟"
    assert [one.callback_query.data for one in read if one.callback_query] == ["x", "x"]


def test_commands_mentions_and_addresses_are_found_in_what_people_write() -> None:
    assert detected(f"😀 /help@{BOT['username']} @someone https://a.b #وسم 1/2 a@b.c") == [
        {"type": "bot_command", "offset": 3, "length": 20},
        {"type": "mention", "offset": 24, "length": 8},
        {"type": "url", "offset": 33, "length": 11},
        {"type": "hashtag", "offset": 45, "length": 4},
    ]


# Queries


def test_a_query_is_answered_once_and_in_time(api: TelegramApi) -> None:
    sent = call(api, "sendMessage", chat_id=5, text="x", reply_markup=keyboard(button()))[1]
    first, second = (api.presses(button(), message_id=sent["message_id"], chat=CHAT, user=USER) for _ in range(2))
    assert "MESSAGE_TOO_LONG" in refusal(api, "answerCallbackQuery", callback_query_id=first, text="x" * 201)
    assert call(api, "answerCallbackQuery", callback_query_id=first, text="x", show_alert="true")[0] == 200
    assert "query is too old" in refusal(api, "answerCallbackQuery", callback_query_id=first)
    api.methods.query_life["callback"] = 0
    assert "query is too old" in refusal(api, "answerCallbackQuery", callback_query_id=second)
    assert [one.arguments.get("callback_query_id") for one in api.invalid] == [first]


def article(number: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401  # a result's fields
    said = {"message_text": "<b>x</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": str(number), "title": "t", "input_message_content": said} | more


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ([article(i) for i in range(51)], "RESULTS_TOO_MUCH"),
        ([article(1), article(1)], "RESULT_ID_DUPLICATE"),
        ([article(1, id="د" * 33)], "RESULT_ID_INVALID"),
        ([article(1, title="")], "title"),
        ([article(1, input_message_content={"message_text": "<b>", "parse_mode": "HTML"})], "can't parse entities"),
        ([article(1, input_message_content={"message_text": "x" * 4097})], "too long"),
        ([article(1, reply_markup=keyboard(button("x" * 65)))], "BUTTON_DATA_INVALID"),
    ],
)
def test_inline_results_that_telegram_refuses_are_refused(api: TelegramApi, results: list[Any], said: str) -> None:
    query = api.types("x", user=USER)
    assert said in refusal(api, "answerInlineQuery", inline_query_id=query, results=results)


def test_inline_results_are_shown(api: TelegramApi) -> None:
    query = api.types("x", user=USER)
    assert call(api, "answerInlineQuery", inline_query_id=query, results=[article(1), article(2)])[0] == 200
    assert [one["id"] for one in api.results(query)] == ["1", "2"]
    api.methods.query_life["inline"] = 0
    assert "too old" in refusal(api, "answerInlineQuery", inline_query_id=api.types("x", user=USER), results=[])


# Menus and files


def test_menus_are_kept_by_scope_and_language(api: TelegramApi) -> None:
    commands = [{"command": "help", "description": "x"}]
    scope = {"type": "chat", "chat_id": 5}
    assert call(api, "setMyCommands", commands=commands, scope=scope, language_code="ar")[0] == 200
    assert call(api, "getMyCommands", scope=scope, language_code="ar")[1] == commands
    assert call(api, "getMyCommands", scope=scope)[1] == []
    assert call(api, "deleteMyCommands", scope=scope, language_code="ar")[0] == 200
    assert call(api, "getMyCommands", scope=scope, language_code="ar")[1] == []
    assert "chat not found" in refusal(api, "setMyCommands", commands=commands, scope={"type": "chat", "chat_id": 6})
    assert "scope" in refusal(api, "setMyCommands", commands=commands, scope={"type": "all"}).lower()
    assert "LANG_CODE" in refusal(api, "setMyCommands", commands=commands, language_code="ar-IQ")
    assert "COMMAND_INVALID" in refusal(api, "setMyCommands", commands=[{"command": "Help", "description": "x"}])
    assert "too long" in refusal(api, "setMyShortDescription", short_description="x" * 121)


def test_a_file_is_fetched_by_its_path(api: TelegramApi) -> None:
    api.uploads("a.txt", "نص".encode(), chat=CHAT, user=USER, caption="/ingest")
    document = call(api, "getUpdates")[1][0]["message"]["document"]
    path = call(api, "getFile", file_id=document["file_id"])[1]["file_path"]
    for token in (TOKEN, urllib.parse.quote(TOKEN, safe="")):
        with OPENER.open(f"http://127.0.0.1:{api.port}/file/bot{token}/{path}") as response:
            assert response.read().decode() == "نص"
    api.faults.append(Fault("download", "500"))
    with pytest.raises(urllib.error.HTTPError, match="500"):
        OPENER.open(f"http://127.0.0.1:{api.port}/file/bot{TOKEN}/{path}")
    assert "wrong file_id" in refusal(api, "getFile", file_id="x")
    api.uploads("b.txt", bytes(20 * 1024 * 1024 + 1), chat=CHAT, user=USER)
    assert "too big" in refusal(api, "getFile", file_id="document-2")
    for address in (f"file/bot{TOKEN}/x", f"file/bot1:x/{path}", "elsewhere/x/y"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            OPENER.open(f"http://127.0.0.1:{api.port}/{address}")


# What goes wrong


def test_faults_come_once_and_calls_are_recorded(api: TelegramApi) -> None:
    api.faults += [Fault("getMe", "429", 7), Fault("getMe", "500")]
    assert call(api, "getMe")[1]["parameters"] == {"retry_after": 7}
    assert [call(api, "getMe")[0] for _ in range(2)] == [500, 200]
    assert [c.code for c in api.calls] == [429, 500, 200]


def test_a_connection_can_break_before_a_message_is_sent_and_after(api: TelegramApi) -> None:
    api.faults += [Fault("sendMessage", "dropped", chat=5), Fault("sendMessage", "lost")]
    for _ in range(2):
        with pytest.raises((urllib.error.URLError, ConnectionError)):
            call(api, "sendMessage", chat_id=5, text="x")
    assert [(one.code, one.lost, one.message_id > 0) for one in api.calls] == [(0, False, False), (200, True, True)]


def test_a_request_that_breaks_on_its_way_is_none(api: TelegramApi) -> None:
    with socket.create_connection(("127.0.0.1", api.port)) as connection:
        connection.sendall(f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\nContent-Length: 99\r\n\r\nchat_id=5".encode())
    assert call(api, "getMe")[0] == 200
    assert [one.method for one in api.calls] == ["getMe"]


def test_an_answer_can_be_slow(api: TelegramApi) -> None:
    api.faults.append(Fault("sendMessage", "slow", seconds=0.3))
    started = time.monotonic()
    assert call(api, "sendMessage", chat_id=5, text="x")[0] == 200
    assert time.monotonic() - started >= 0.3
    assert api.calls[-1].at - started < 0.3


def test_while_it_is_down_nothing_has_an_effect(api: TelegramApi) -> None:
    api.down = True
    assert call(api, "sendMessage", chat_id=5, text="x")[0] == 502
    api.down = False
    assert call(api, "sendMessage", chat_id=5, text="x")[1]["message_id"] == 1001


def test_limits_are_kept_when_they_are_to_be() -> None:
    now = 100.0
    rates = Rates(lambda: now)
    assert [rates.refusal(5) for _ in range(6)] == [None] * 5 + [1]
    assert [rates.refusal(-5) for _ in range(21)] == [None] * 20 + [3]
    assert [rates.refusal(user) for user in range(100, 106)] == [None] * 5 + [1]
    now += 1.5
    assert rates.refusal(5) is None
    assert rates.refusal(-5) == 2
    now += 2
    assert rates.refusal(-5) is None


def test_who_sends_too_fast_is_told_how_long_to_wait(api: TelegramApi) -> None:
    api.keep_limits()
    codes = [call(api, "sendMessage", chat_id=5, text="x") for _ in range(6)]
    assert [code for code, _ in codes] == [200] * 5 + [429]
    assert codes[-1][1]["parameters"] == {"retry_after": 1}


def test_only_the_bot_itself_is_answered(api: TelegramApi) -> None:
    with pytest.raises(urllib.error.HTTPError, match="401"):
        OPENER.open(f"http://127.0.0.1:{api.port}/bot1:x/getMe", b"")
    assert call(api, "banChatMember")[0] == 404
    assert call(api, "named")[0] == 404
