"""The fake Bot API over real HTTP, on the loopback interface."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qs

from tests.telegram_api.entities import Entity, ParseError, parse, utf16

JSON = dict[str, Any]
TOKEN = "123456789:AAFakeTokenThatNobodyMaySeeAnywhere"
BOT: JSON = {
    "id": 123456789, "is_bot": True, "first_name": "Sanad", "username": "sanad_test_bot", "can_join_groups": True,
    "can_read_all_group_messages": False, "supports_inline_queries": False,
}  # fmt: skip


class Refused(Exception):
    """A call the API answers with an error."""

    def __init__(self, code: int, description: str, **parameters: object) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


@dataclass(frozen=True)
class Fault:
    """What happens to the next call of a method, in the place of what should."""

    method: str
    kind: Literal["429", "500", "403", "401", "dropped", "refused html"]
    retry_after: int = 1


@dataclass(frozen=True)
class Call:
    """One call as it came, and what became of it: the plain text and entities of what was sent, or the error's code."""

    method: str
    arguments: JSON
    at: float
    code: int = 200
    message_id: int = 0
    plain: str = ""
    entities: tuple[Entity, ...] = ()

    @property
    def buttons(self) -> list[list[JSON]]:
        """The rows of buttons sent along."""
        rows: list[list[JSON]] = self.arguments.get("reply_markup", {}).get("inline_keyboard", [])
        return rows


@dataclass
class TelegramApi:
    """The state of the fake: updates waiting, messages known, calls recorded, faults scripted."""

    calls: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._changed = threading.Condition()
        self._updates: list[JSON] = []
        self._last_update = 100
        self._last_message = 1000
        self._messages: dict[tuple[int, int], JSON] = {}
        self._queries: set[str] = set()
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None
        self.closing = False

    # Running

    def start(self, port: int = 0) -> "TelegramApi":
        """Serve from now on; port 0 takes a free one."""
        self.closing = False
        self._server = _Server(("127.0.0.1", port), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Serve no more."""
        assert self._server
        assert self._thread
        self.closing = True
        with self._changed:
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._server
        return int(self._server.server_address[1])

    # What people do

    def says(self, text: str, *, chat: JSON, user: JSON, entities: list[JSON] | None = None, **more: object) -> int:
        """Somebody writes a message; its id."""
        with self._changed:
            self._last_message += 1
            message: JSON = {
                "message_id": self._last_message, "date": int(time.time()), "chat": chat, "from": user, "text": text,
                **({"entities": entities} if entities else {}), **more,
            }  # fmt: skip
            self._messages[chat["id"], self._last_message] = message
            self._push("message", message)
            return int(message["message_id"])

    def presses(self, button: JSON, *, message_id: int, chat: JSON, user: JSON) -> str:
        """Somebody presses a button under a message of the bot's; the query's id."""
        with self._changed:
            query_id = str(5000 + self._last_update)
            self._queries.add(query_id)
            message = self._messages.get((chat["id"], message_id)) or {
                "message_id": message_id,
                "chat": chat,
                "date": 0,
            }
            query: JSON = {"id": query_id, "from": user, "chat_instance": "1", "data": button["callback_data"]}
            self._push("callback_query", query | {"message": message})
            return query_id

    def message(self, chat: int, message_id: int) -> JSON:
        """A message that was written or sent."""
        return self._messages[chat, message_id]

    def deletes(self, chat: int, message_id: int) -> None:
        """Somebody deletes a message."""
        with self._changed:
            del self._messages[chat, message_id]

    def _push(self, kind: str, content: JSON) -> None:
        self._last_update += 1
        self._updates.append({"update_id": self._last_update, kind: content})
        self._changed.notify_all()

    # What tests ask

    def wait(
        self, wanted: Callable[[Call], bool], count: int = 1, *, after: int = 0, seconds: float = 20
    ) -> list[Call]:
        """The calls from number `after` on that are wanted, as soon as there are `count` of them."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while True:
                found = [call for call in self.calls[after:] if wanted(call)]
                if len(found) >= count:
                    return found
                if not self._changed.wait(deadline - time.monotonic()):
                    seen = [(c.method, c.code, c.plain[:60]) for c in self.calls[after:] if c.method != "getUpdates"]
                    raise AssertionError(f"{len(found)} of {count} calls came; these did: {seen}")

    # What the bot calls

    def answer(self, token: str, method: str, arguments: JSON) -> tuple[int, JSON] | None:
        """The status and body for one call; None to drop the connection."""
        with self._changed:
            fault = next((one for one in self.faults if one.method == method), None)
            if fault:
                self.faults.remove(fault)
        try:
            if token != TOKEN:
                raise Refused(401, "Unauthorized")
            if fault and fault.kind == "dropped":
                self._record(Call(method, arguments, time.monotonic(), code=0))
                return None
            if fault:
                raise _refusal(fault)
            handle = getattr(self, f"_{method}", None)
            if handle is None:
                raise Refused(404, "Not Found")
            return 200, {"ok": True, "result": handle(arguments)}
        except (Refused, ParseError) as error:
            refused = error if isinstance(error, Refused) else Refused(400, f"Bad Request: {error}")
            self._record(Call(method, arguments, time.monotonic(), code=refused.code))
            body: JSON = {"ok": False, "error_code": refused.code, "description": refused.description}
            return refused.code, body | ({"parameters": refused.parameters} if refused.parameters else {})

    def _record(self, call: Call) -> None:
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()

    def _done(self, method: str, arguments: JSON, result: object = True) -> object:
        self._record(Call(method, arguments, time.monotonic()))
        return result

    def _getMe(self, arguments: JSON) -> object:  # the API's own names
        return self._done("getMe", arguments, BOT)

    def _getUpdates(self, arguments: JSON) -> object:
        self._record(Call("getUpdates", arguments, time.monotonic()))
        deadline = time.monotonic() + float(arguments.get("timeout", 0))
        with self._changed:
            self._updates = [one for one in self._updates if one["update_id"] >= int(arguments.get("offset", 0))]
            while not self._updates and not self.closing and (left := deadline - time.monotonic()) > 0:
                self._changed.wait(left)
            return self._updates[: int(arguments.get("limit", 100))]

    def _deleteWebhook(self, arguments: JSON) -> object:
        return self._done("deleteWebhook", arguments)

    def _setMyCommands(self, arguments: JSON) -> object:
        for command in arguments["commands"]:
            if not 1 <= len(command["description"]) <= 256:
                raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        return self._done("setMyCommands", arguments)

    def _setMyDescription(self, arguments: JSON) -> object:
        if len(arguments["description"]) > 512:
            raise Refused(400, "Bad Request: description is too long")
        return self._done("setMyDescription", arguments)

    def _setMyShortDescription(self, arguments: JSON) -> object:
        if len(arguments["short_description"]) > 120:
            raise Refused(400, "Bad Request: short description is too long")
        return self._done("setMyShortDescription", arguments)

    def _sendChatAction(self, arguments: JSON) -> object:
        if arguments["action"] != "typing":
            raise Refused(400, "Bad Request: wrong parameter action in request")
        return self._done("sendChatAction", arguments)

    def _answerCallbackQuery(self, arguments: JSON) -> object:
        if arguments["callback_query_id"] not in self._queries:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        if utf16(arguments.get("text", "")) > 200:
            raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
        self._queries.remove(arguments["callback_query_id"])
        return self._done("answerCallbackQuery", arguments)

    def _sendMessage(self, arguments: JSON) -> object:
        chat = int(arguments["chat_id"])
        plain, entities = self._checked(arguments)
        answered = self._answered(chat, arguments.get("reply_parameters"))
        with self._changed:
            self._last_message += 1
            kind = "private" if chat > 0 else "supergroup"
            message: JSON = {
                "message_id": self._last_message, "date": int(time.time()), "from": BOT, "text": plain,
                "chat": {"id": chat, "type": kind}, **({"reply_to_message": answered} if answered else {}),
            }  # fmt: skip
            self._messages[chat, self._last_message] = message
            sent = Call("sendMessage", arguments, time.monotonic(), 200, self._last_message, plain, tuple(entities))
            self._record(sent)
            return message

    def _editMessageText(self, arguments: JSON) -> object:
        message = self._messages.get((int(arguments["chat_id"]), int(arguments["message_id"])))
        if not message:
            raise Refused(400, "Bad Request: message to edit not found")
        plain, entities = self._checked(arguments)
        if plain == message["text"]:
            raise Refused(400, "Bad Request: message is not modified")
        message["text"] = plain
        number = int(arguments["message_id"])
        self._record(Call("editMessageText", arguments, time.monotonic(), 200, number, plain, tuple(entities)))
        return message

    def _checked(self, arguments: JSON) -> tuple[str, list[Entity]]:
        """The text and entities of a message, if Telegram would take it with its buttons."""
        text, mode = arguments["text"], arguments.get("parse_mode")
        if mode not in (None, "HTML"):
            raise Refused(400, "Bad Request: unsupported parse_mode")
        plain, entities = parse(text) if mode else (text, [])
        if not plain.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if utf16(plain) > 4096:
            raise Refused(400, "Bad Request: message is too long")
        for row in arguments.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if not button["text"] or not 1 <= len(button["callback_data"].encode()) <= 64:
                    raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        return plain, entities

    def _answered(self, chat: int, reply: JSON | None) -> JSON | None:
        if not reply:
            return None
        answered = self._messages.get((chat, int(reply["message_id"])))
        if not answered and not reply.get("allow_sending_without_reply"):
            raise Refused(400, "Bad Request: message to be replied not found")
        return answered


def _refusal(fault: Fault) -> Refused:
    if fault.kind == "429":
        description = f"Too Many Requests: retry after {fault.retry_after}"
        return Refused(429, description, retry_after=fault.retry_after)
    return {
        "500": Refused(500, "Internal Server Error"),
        "403": Refused(403, "Forbidden: bot was blocked by the user"),
        "401": Refused(401, "Unauthorized"),
        "refused html": Refused(400, "Bad Request: can't parse entities: Unsupported start tag"),
    }[fault.kind]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A bot that ends breaks its connections; that is no error here."""


def _handler(api: TelegramApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:  # the base class's name
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            _, token, method = self.path.split("/", 2)
            arguments = {name: _value(name, values[0]) for name, values in parse_qs(body, True).items()}
            answer = api.answer(token.removeprefix("bot"), method, arguments)
            if answer is None:
                self.close_connection = True
                return
            content = json.dumps(answer[1]).encode()
            self.send_response(answer[0])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler


def _value(name: str, text: str) -> Any:  # noqa: ANN401  # whatever JSON holds
    """An argument of the form: those that are objects come as JSON."""
    return (
        json.loads(text) if name in {"reply_parameters", "reply_markup", "link_preview_options", "commands"} else text
    )
