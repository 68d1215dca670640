"""A model server for tests: speaks the chat-completions protocol, streaming included, and says what it is told to say.

It can lie, and break the protocol in every way that servers do. `WRAPPINGS` are the ways in which models dress an answer.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, get_args

from rag.language.words import words
from rag.model import DraftSentence

Fault = Literal[
    "500",  # a status
    "503",
    "400",
    "401",
    "429",  # a status; see `retry_after`
    "garbage",  # HTML in JSON's place
    "html",  # HTML, and called so
    "unstreamed",  # the whole reply as one JSON document, as if no stream had been asked for
    "truncated",  # an event that stops in the middle of its JSON
    "error_event",  # an event that tells of an error
    "dies",  # the connection closes in the middle
    "hangs",  # nothing comes after the first piece
    "silent",  # no answer at all, not even a status
    "drips",  # letters for ever, no sentence among them
    "endless",  # sentences for ever, the same again and again after the reply
    "flood",  # text for ever, as fast as it goes
    "empty",  # a reply of no text
    "no_choices",  # events without a choice
    "tool_call",  # the call of a tool in the text's place
    "thinks",  # it thinks aloud for ever
    "redirect",
]
FAULTS: tuple[Fault, ...] = get_args(Fault)
Reply = str | Callable[["Prompt"], str]


@dataclass(frozen=True)
class Prompt:
    """What the writer asked: the whole text, and the passages by number."""

    system: str
    user: str

    @property
    def passages(self) -> Mapping[int, str]:
        """The text of each passage as it was shown."""
        found = re.finditer(r"^\[(\d+)\][^\n]*\n<<<\n(.*?)\n>>>$", self.user, re.MULTILINE | re.DOTALL)
        return {int(one[1]): one[2] for one in found}

    @property
    def question(self) -> str | None:
        """The question to be answered; None where something else is asked for, such as a translation."""
        asked = re.match(r"(?:Question|السؤال): (.*)", self.user)
        return asked[1] if asked else None

    def number(self, holding: str) -> int | None:
        """The number of the first passage that holds some words, whatever stands between them."""
        sought = _bare(holding)
        return next((number for number, text in self.passages.items() if sought in _bare(text)), None)


@dataclass
class ModelServer:
    """What the server says, how it fails, and what it was asked.

    Attributes:
        url: its base.
        reply: the text of the next answers, or what makes one of a prompt.
        replies: texts that come first, each once.
        fault: how answers fail; None for none.
        faults: so many fail; then none do.
        retry_after: the header of a 429, where it is set.
        pause: seconds between two pieces.
        size: characters of a piece.
        reasoning: what is sent as thought, in a field of its own, before the text.
        requests: the bodies of all requests.
        keys: their Authorization headers.
    """

    url: str = ""
    reply: Reply = ""
    replies: list[str] = field(default_factory=list)
    fault: Fault | None = None
    faults: float = float("inf")
    retry_after: str = ""
    pause: float = 0.0
    size: int = 7
    reasoning: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    @property
    def prompt(self) -> Prompt:
        """What it was asked last."""
        return _prompt(self.requests[-1])

    @property
    def questions(self) -> list[Prompt]:
        """What it was asked to answer, retries included."""
        return [prompt for prompt in map(_prompt, self.requests) if prompt.question is not None]

    def passage_number(self, holding: str) -> int:
        """The number that the last request's prompt gives the first passage with these words."""
        number = self.questions[-1].number(holding)
        assert number is not None, f"no passage holds {holding}"
        return number

    def answer(self, request: dict[str, Any]) -> str:
        """What it says to a request."""
        if self.replies:
            return self.replies.pop(0)
        return self.reply(_prompt(request)) if callable(self.reply) else self.reply

    def next_fault(self) -> Fault | None:
        """How this answer fails."""
        self.faults -= 1
        return self.fault if self.faults >= 0 else None


def cited(sentences: Sequence[DraftSentence], prompt: Prompt) -> str | None:
    """Sentences with the numbers under which a prompt shows the passages they rest on; None where it does not show one of them."""
    if prompt.question is None:
        return None
    texts = []
    for sentence in sentences:
        numbers = [prompt.number(passage.text) for passage in sentence.passages]
        if None in numbers:
            return None
        markers = "".join(f"[{number}]" for number in numbers)
        texts.append(f"{sentence.text.rstrip(' .')} {markers}.")
    return " ".join(texts)


def _each_line(text: str, before: str) -> str:
    return "\n".join(f"{before}{sentence}" for sentence in re.split(r"(?<=\]\.) ", text))


WRAPPINGS: Mapping[str, Callable[[str], str]] = {
    "plain": str,
    "thought": lambda text: f"<think>\nThe user asks. Ninety soldiers died [1]. So I say it.\n</think>\n\n{text}",
    "thought_without_a_beginning": lambda text: f"The user asks. I look at [1].\n</think>\n\n{text}",
    "thought_in_brackets": lambda text: f"[THINK]Ninety soldiers died [1].[/THINK]{text}",
    "bold": lambda text: re.sub(r"(\w+ \w+)", r"**\1**", text, count=1),
    "italic": lambda text: re.sub(r"(\w+)", r"_\1_", text, count=1),
    "heading": lambda text: f"## Answer\n\n{text}\n\n---\n",
    "bullets": lambda text: _each_line(text, "- "),
    "stars": lambda text: _each_line(text, "* "),
    "numbers": lambda text: "\n".join(f"{i}. {s}" for i, s in enumerate(re.split(r"(?<=\]\.) ", text), 1)),
    "quoted": lambda text: _each_line(text, "> "),
    "fence": lambda text: f"```text\n{text}\n```",
    "json": lambda text: json.dumps({"language": "en", "answer": text}),
    "json_in_a_fence": lambda text: f"```json\n{json.dumps({'answer': text}, indent=2)}\n```",
    "json_list": lambda text: json.dumps([{"text": s} for s in re.split(r"(?<=\]\.) ", text)], ensure_ascii=False),
    "markers_after_the_stop": lambda text: re.sub(r" ((?:\[\d+\])+)\.", r". \1", text),
    "arabic_digits": lambda text: re.sub(
        r"\[(\d)\]", lambda m: f"[{chr(ord('٠') + int(m[1]))}]", text
    ),
    "named_markers": lambda text: re.sub(r"\[(\d+)\]", r"[Passage \1]", text),
    "lenticular_markers": lambda text: re.sub(r"\[(\d+)\]", r"【\1†source】", text),
    "direction_marks": lambda text: f"\u202b{text}\u202c\u200f",
}  # fmt: skip


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """A server on a free loopback port, for as long as the block lasts."""
    state = ModelServer()
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.requests.append(body)
            state.keys.append(self.headers.get("Authorization", ""))
            if self.path != "/v1/chat/completions" or not body.get("stream"):
                self.send_error(404)
                return
            fault = state.next_fault()
            try:
                if not self._fails_whole(fault):
                    self._stream(state.answer(body), fault)
            except OSError:
                self.close_connection = True  # the client gave up

        def _fails_whole(self, fault: Fault | None) -> bool:
            """Answer with a fault that is no stream, if it is one."""
            if fault is not None and fault.isdigit():
                headers = {"Retry-After": state.retry_after} if fault == "429" and state.retry_after else {}
                error = {
                    "error": {"message": f"no, not for {self.headers.get('Authorization')}", "type": "server_error"}
                }
                self._answer(int(fault), "application/json", json.dumps(error), headers)
            elif fault in {"garbage", "html"}:
                kind = "text/html" if fault == "html" else "application/json"
                self._answer(200, kind, "<html><body><h1>It works!</h1></body></html>")
            elif fault == "redirect":
                self._answer(302, "text/plain", "", {"Location": "http://127.0.0.1:9/v1/chat/completions"})
            elif fault == "unstreamed":
                choice = {"index": 0, "message": {"role": "assistant", "content": "Yes [1]."}, "finish_reason": "stop"}
                self._answer(200, "application/json", json.dumps({"id": "1", "choices": [choice]}))
            elif fault == "silent":
                closing.wait(30)
            else:
                return False
            return True

        def _answer(self, status: int, kind: str, content: str, headers: Mapping[str, str] | None = None) -> None:
            encoded = content.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(encoded)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(encoded)

        def _stream(self, text: str, fault: Fault | None) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            if state.reasoning:
                self._say(reasoning_content=state.reasoning)
            if fault == "tool_call":
                call = {"index": 0, "id": "1", "type": "function", "function": {"name": "search", "arguments": "{}"}}
                self._event({"delta": {"tool_calls": [call]}, "index": 0, "finish_reason": "tool_calls"})
            if fault == "thinks":
                self._say(content="<think>")
            pieces = [text[i : i + state.size] for i in range(0, len(text), state.size)]
            for i, piece in enumerate(pieces if fault not in {"empty", "tool_call", "no_choices"} else []):
                if fault in {"dies", "truncated", "error_event"} and i >= len(pieces) / 2:
                    break
                self._say(content=piece)
                if fault == "hangs":
                    closing.wait(30)
                time.sleep(state.pause)
            if self._goes_on(text, fault):
                if fault != "no_choices":
                    self._event({"delta": {}, "index": 0, "finish_reason": "stop"})
                self.wfile.write(b"data: [DONE]\n\n")

        def _goes_on(self, text: str, fault: Fault | None) -> bool:
            """What comes after the text; whether the reply then ends as it should."""
            if fault == "truncated":
                self.wfile.write(b'data: {"id": "1", "object": "chat.completion.chunk", "choi')
            if fault == "error_event":
                self.wfile.write(b'data: {"error": {"message": "out of memory", "code": 500}}\n\n')
            if fault == "no_choices":
                self._event(None)
            while fault in {"drips", "endless", "flood", "thinks"} and not closing.is_set():
                self._say(content={"drips": " x", "flood": "na " * 400, "thinks": " hm."}.get(fault, f" {text}"))
                time.sleep(0.0 if fault == "flood" else 0.05)
            return fault not in {"dies", "truncated", "error_event"}

        def _say(self, **delta: str) -> None:
            self._event({"delta": {"role": "assistant", **delta}, "index": 0, "finish_reason": None})

        def _event(self, choice: dict[str, Any] | None) -> None:
            choices = [] if choice is None else [choice]
            chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "lying", "choices": choices}
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.flush()

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
        closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _prompt(request: dict[str, Any]) -> Prompt:
    *before, user = (message["content"] for message in request["messages"])
    return Prompt("\n".join(before), user)


def _bare(text: str) -> str:
    """The folded words of a text alone, one space around each."""
    return f" {' '.join(word.folded for word in words(text))} "
