"""The fake Bot API's HTTP."""

import json
import select
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol
from urllib.parse import parse_qs, unquote

from tests.telegram_api.calls import JSON, Refused
from tests.telegram_api.checks import decoded

_OBJECTS = frozenset({
    "reply_parameters", "reply_markup", "link_preview_options", "commands", "entities", "allowed_updates", "scope",
    "results", "button", "menu_button",
})  # fmt: skip


@dataclass(frozen=True)
class Response:
    """What a call is answered, after so many seconds; a body of None drops the connection."""

    status: int
    body: bytes | None
    delay: float = 0


class Api(Protocol):
    """What answers."""

    def answer(self, token: str, method: str, arguments: JSON, connected: Callable[[], bool]) -> Response:
        """Answer a call."""

    def malformed(self, method: str, error: Refused) -> Response:
        """Answer a call whose arguments cannot be read."""

    def download(self, token: str, path: str) -> Response:
        """The content of a file."""


class Server(ThreadingHTTPServer):
    """Each connection has its thread."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 1024

    def handle_error(self, request: object, client_address: object) -> None:
        """A bot that ends breaks its connections; that is no error here."""


def handler(api: Api) -> type[BaseHTTPRequestHandler]:
    """What handles the connections of a server."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:  # the base class's name
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            if len(body) < length:  # it broke while the request was on its way
                self.close_connection = True
                return
            _, token, method = self.path.split("/", 2)
            try:
                arguments = _arguments(body, self.headers.get("Content-Type", ""))
            except Refused as error:
                self._write(api.malformed(method, error))
                return
            self._write(api.answer(token.removeprefix("bot"), method, arguments, lambda: _open(self.connection)))

        def do_GET(self) -> None:  # the base class's name
            # Clients may escape more of a path than they need to.
            _, place, token, path = [*unquote(self.path).split("/", 3), "", "", ""][:4]
            response = api.download(token.removeprefix("bot"), path) if place == "file" else Response(404, b"")
            self._write(response, "application/octet-stream")

        def _write(self, answer: Response, kind: str = "application/json") -> None:
            time.sleep(answer.delay)
            if answer.body is None:
                self.close_connection = True
                return
            self._send(answer.status, answer.body, kind)

        def _send(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            # In one piece with its head: in two, the second would wait for the first one's acknowledgement.
            self._headers_buffer.append(b"\r\n" + body)  # type: ignore[attr-defined]  # the base class's buffer
            self.flush_headers()

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler


def _arguments(body: bytes, kind: str) -> JSON:
    """The arguments of a call.

    Raises:
        Refused: they are not UTF-8, not JSON where JSON is expected, or come as a form this fake cannot read.
    """
    if kind.startswith("multipart/"):
        raise Refused(400, "Bad Request: this fake reads no uploads")
    try:
        if kind.startswith("application/json"):
            return dict(json.loads(body))
        form = parse_qs(body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body), errors="strict")
    except ValueError:  # UnicodeDecodeError is one
        raise Refused(400, "Bad Request: strings must be encoded in UTF-8") from None
    return {name: decoded(name, values[0]) if name in _OBJECTS else values[0] for name, values in form.items()}


def _open(connection: socket.socket) -> bool:
    """Whether the other end still listens: a closed one is readable, and has nothing to read."""
    try:
        readable, _, _ = select.select([connection], [], [], 0)
        return not readable or bool(connection.recv(1, socket.MSG_PEEK))
    except (OSError, ValueError):
        return False
