"""A model server for tests: speaks the chat-completions protocol, streaming included, and says what it is told to say."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Fault = Literal["500", "429", "garbage", "dies", "hangs", "drips", "empty"]


@dataclass
class ModelServer:
    """What the server says, how it fails, and what it was asked.

    Attributes:
        reply: the text of the next answers.
        fault: how they fail: a status, no JSON, a stream that dies in the middle, one that says nothing, one that never ends.
        requests: the bodies of all requests.
        keys: their Authorization headers.
    """

    url: str = ""
    reply: str = ""
    fault: Fault | None = None
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def passage_number(self, holding: str) -> int:
        """The number that the last request's prompt gives the first passage with these words."""
        prompt = self.requests[-1]["messages"][-1]["content"]
        for part in prompt.split("\n[")[1:]:
            if holding in part:
                return int(part.split("]", 1)[0])
        raise AssertionError(f"no passage holds {holding}")


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """A server on a free loopback port, for as long as the block lasts."""
    state = ModelServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.requests.append(body)
            state.keys.append(self.headers.get("Authorization", ""))
            if self.path != "/v1/chat/completions" or not body.get("stream"):
                self.send_error(404)
            elif state.fault in ("500", "429"):
                self._answer(
                    int(state.fault), json.dumps({"error": {"message": "no", "type": "server_error"}}).encode()
                )
            elif state.fault == "garbage":
                self._answer(200, b"<html>not what you asked for</html>")
            else:
                self._stream()

        def _answer(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _stream(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            text = "" if state.fault == "empty" else state.reply
            pieces = [text[i : i + 7] for i in range(0, len(text), 7)]
            try:
                for i, piece in enumerate(pieces):
                    if state.fault == "dies" and i >= len(pieces) / 2:
                        return  # the connection closes without the end of the stream
                    self._event({"delta": {"role": "assistant", "content": piece}, "index": 0, "finish_reason": None})
                    if state.fault == "hangs":
                        time.sleep(30)
                while state.fault == "drips":
                    self._event({"delta": {"content": " x"}, "index": 0, "finish_reason": None})
                    time.sleep(0.05)
                self._event({"delta": {}, "index": 0, "finish_reason": "stop"})
                self.wfile.write(b"data: [DONE]\n\n")
            except OSError:
                return  # the client gave up

        def _event(self, choice: dict[str, Any]) -> None:
            chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "lying", "choices": [choice]}
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.flush()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
