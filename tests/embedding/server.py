"""An embedding server for tests: speaks the embeddings protocol, base64 included, and fails as it is told to."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Fault = Literal[
    "400", "401", "403", "404", "413", "429", "500", "503", "599", "hangs", "closes", "html", "no json", "no data",
    "nan", "zeros", "fewer", "more", "longer", "ragged", "shuffled", "misnumbered", "unnumbered", "all 0", "words",
]  # fmt: skip


@dataclass
class EmbeddingServer:
    """What the server answers, and what it was asked.

    Attributes:
        url: its base.
        dimensions: of the vectors.
        faults: how the next requests fail, one after the other; None for not at all, and so it is after the last.
        retry_after: what a 429 asks for.
        inputs: the texts of each request.
        bodies: the requests.
        keys: their Authorization headers.
    """

    url: str = ""
    dimensions: int = 16
    faults: Iterator[Fault | None] = field(default_factory=lambda: iter(()))
    retry_after: str = ""
    inputs: list[list[str]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def vector(self, text: str) -> NDArray[np.float32]:
        """The vector of a text, of a length that is not 1; texts that share words are near one another."""
        total = np.zeros(self.dimensions, dtype=np.float32)
        for word in text.split():
            seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")
            total += np.random.default_rng(seed).standard_normal(self.dimensions, dtype=np.float32)
        return total


@contextmanager
def embedding_server() -> Iterator[EmbeddingServer]:
    """A server on a free loopback port, for as long as the block lasts."""
    state = EmbeddingServer()
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.bodies.append(body)
            state.inputs.append(body["input"])
            state.keys.append(self.headers.get("Authorization", ""))
            fault = next(state.faults, None)
            if self.path != "/v1/embeddings":
                self._say(404, b"{}")
            elif fault is not None and fault.isdecimal():
                message = f"Incorrect API key provided: {state.keys[-1]}"
                self._say(int(fault), json.dumps({"error": {"message": message, "type": "no"}}).encode())
            elif fault in ("hangs", "closes"):
                ended.wait(10 if fault == "hangs" else 0)
                self.close_connection = True
            elif fault in ("html", "no json", "no data"):
                content = {"html": b"<html>not what you asked for</html>", "no json": b"{", "no data": b'{"data": []}'}
                self._say(200, content[fault], "text/html" if fault == "html" else "application/json")
            else:
                self._say(200, json.dumps(_answer(state, body, fault)).encode())

        def _say(self, status: int, content: bytes, kind: str = "application/json") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            if status == 429 and state.retry_after:
                self.send_header("Retry-After", state.retry_after)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(state: EmbeddingServer, body: dict[str, Any], fault: Fault | None) -> dict[str, Any]:
    rows = [state.vector(text) for text in body["input"]]
    if fault == "nan":
        rows[-1][3] = np.nan
    elif fault == "zeros":
        rows[-1][:] = 0
    elif fault in ("longer", "ragged"):
        rows = [np.append(row, np.float32(1)) if fault == "longer" or not i else row for i, row in enumerate(rows)]
    data: list[dict[str, Any]] = [
        {"object": "embedding", "index": i, "embedding": _packed(row, body)} for i, row in enumerate(rows)
    ]
    if fault == "fewer":
        data = data[:-1]
    elif fault == "more":
        data.append({**data[-1], "index": len(data)})
    elif fault == "shuffled":
        data.reverse()
    elif fault == "misnumbered":
        data[0]["index"] = 1
    elif fault == "words":
        data[0]["embedding"] = ["one", "two"]
    for one in data:
        if fault == "unnumbered":
            del one["index"]
        elif fault == "all 0":
            one["index"] = 0
    return {"object": "list", "data": data, "model": body["model"], "usage": {"prompt_tokens": 1, "total_tokens": 1}}


def _packed(row: NDArray[np.float32], body: dict[str, Any]) -> str | list[float]:
    """As OpenAI does; many other servers answer in numbers whatever they are asked."""
    if body.get("encoding_format") == "base64" and not body["model"].startswith("plain"):
        return base64.b64encode(row.astype("<f4").tobytes()).decode()
    return [float(number) for number in row]
