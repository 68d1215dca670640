"""A model behind an OpenAI-compatible server, asked through llama-index: the text of its reply, piece by piece, until a deadline."""

import logging
import queue
import random
import re
import threading
import time
from collections.abc import Iterator
from http.client import responses
from typing import TYPE_CHECKING
from urllib.parse import unquote

from rag.settings import Settings

if TYPE_CHECKING:
    import httpx
    import openai
    from llama_index.core.llms import ChatResponse

_LOG = logging.getLogger(__name__)

_MOST_TOKENS = 2000  # a short answer, and before it the reasoning of a model that thinks aloud
_TRIES = 3
_LONGEST_WAIT = 3.0  # seconds; rather than wait longer for another try, whoever asks is shown quotes
_PASSING = {408, 409, 425, 429, *range(500, 600)}  # worth another try
_ADDRESS = re.compile(r"(?P<scheme>https?://)(?:(?P<who>[^/]*)@)?(?P<rest>[^?#]*)")


class ModelUnavailable(Exception):  # said of the model, like the notice it becomes
    """The model did not answer, or not in time, or not in the protocol.

    Its text says what happened in our own words: what a server or a client writes may repeat the key.

    Attributes:
        pause: seconds for which the server asked to be left alone; 0 where it did not.
    """

    def __init__(self, reason: str, pause: float = 0.0) -> None:
        super().__init__(reason)
        self.pause = pause


class ChatModel:
    """The model that the settings name.

    A name and password in the server's address are sent as HTTP authentication, and a query in it not at all, because the HTTP library logs
    addresses as they are.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        address = _ADDRESS.match(settings.llm_url)
        assert address is not None  # the settings saw to it
        self._url = address["scheme"] + address["rest"]
        user, _, password = (address["who"] or "").partition(":")
        self._auth = (unquote(user), unquote(password)) if address["who"] else None

    def stream(self, system: str, user: str, deadline: float) -> Iterator[str]:
        """The reply as it arrives. Nothing is asked before the first piece is wanted; closing the iterator ends the request.

        Args:
            system: what the model is told first.
            user: what it is asked.
            deadline: of the whole reply, by `time.monotonic`.

        Raises:
            ModelUnavailable: see the class; also in the middle of the reply.
        """
        import httpx

        key = self._settings.llm_key.get_secret_value() or "none"  # else llama-index takes OPENAI_API_KEY
        if not (key.isascii() and key.isprintable()):  # no header can hold it, and the client would log it
            raise ModelUnavailable("the key is not ASCII")
        given_up = threading.Event()
        # Closing the client ends a stream that nobody reads any more, and its thread with it.
        with httpx.Client(auth=self._auth, timeout=max(0.01, deadline - time.monotonic())) as http:
            yield from _until(deadline, self._tried(system, user, key, http, deadline, given_up), given_up)

    def _tried(
        self, system: str, user: str, key: str, http: "httpx.Client", deadline: float, given_up: threading.Event
    ) -> Iterator[str]:
        """The reply, asked for again where nothing of it came and another try may help."""
        import openai

        attempt = 0
        while not given_up.is_set():
            attempt += 1
            begun = False
            try:
                for piece in self._asked(system, user, key, http):
                    begun = True
                    yield piece
                return
            except openai.APIError as error:
                pause = _asked_pause(error)
                wait = pause or random.uniform(0.1, 0.2) * 2.0**attempt
                hopeless = begun or attempt == _TRIES or not _passes(error)
                if hopeless or wait > min(_LONGEST_WAIT, deadline - time.monotonic()):
                    raise ModelUnavailable(_detail(error), pause) from None
                _LOG.info("the model: %s; again in %.1f s", _detail(error), wait)
            given_up.wait(wait)

    def _asked(self, system: str, user: str, key: str, http: "httpx.Client") -> Iterator[str]:
        """The reply, asked for once; a stream that ends without having said so was cut off."""
        from llama_index.core.llms import ChatMessage
        from llama_index.llms.openai_like import OpenAILike

        client = OpenAILike(
            model=self._settings.llm,
            api_base=self._url,
            api_key=key,
            timeout=http.timeout.read,
            max_retries=0,
            max_tokens=_MOST_TOKENS,
            temperature=0.0,
            is_chat_model=True,
            http_client=http,
        )
        finished = False
        for response in client.stream_chat([ChatMessage(role="system", content=system), ChatMessage(content=user)]):
            finished = finished or _is_last(response)
            yield response.delta or ""
        if not finished:
            raise ModelUnavailable("the reply was cut off")


def _is_last(response: "ChatResponse") -> bool:
    choices = getattr(response.raw, "choices", None) or []
    return any(choice.finish_reason for choice in choices)


def _passes(error: "openai.APIError") -> bool:
    """Whether a fault may be gone the next time."""
    import openai

    if isinstance(error, openai.APIStatusError):
        return error.status_code in _PASSING
    return isinstance(error, openai.APIConnectionError) and not isinstance(error, openai.APITimeoutError)


def _asked_pause(error: "openai.APIError") -> float:
    """Seconds after which the server wants to be asked again (Retry-After); 0 where it does not say."""
    response: httpx.Response | None = getattr(error, "response", None)
    asked = response.headers.get("retry-after", "") if response is not None else ""
    return float(asked) if re.fullmatch(r"\d{1,9}(\.\d+)?", asked) else 0.0


def _detail(error: "openai.APIError") -> str:
    """What happened, in our own words."""
    import openai

    if isinstance(error, openai.APIStatusError):
        return f"{error.status_code} {responses.get(error.status_code, '')}".strip()
    if isinstance(error, openai.APITimeoutError):
        return "no answer in time"
    return "no connection" if isinstance(error, openai.APIConnectionError) else "an error instead of a reply"


def _until(deadline: float, stream: Iterator[str], given_up: threading.Event) -> Iterator[str]:
    """What a stream brings before the deadline, whatever it hangs on: it is read in a thread of its own, which ends once `given_up` is set.

    Raises:
        ModelUnavailable: the deadline has passed, or the stream failed.
    """
    arrived: queue.Queue[str | Exception | None] = queue.Queue()

    def read() -> None:
        try:
            for piece in stream:
                arrived.put(piece)
                if given_up.is_set():
                    return
            arrived.put(None)
        except Exception as error:  # the thread's edge: whatever the client raises is the reader's to tell
            arrived.put(error)

    threading.Thread(target=read, daemon=True, name="sanad-llm").start()
    try:
        while True:
            left = deadline - time.monotonic()
            try:
                if left <= 0:  # also where pieces keep coming
                    raise queue.Empty
                piece = arrived.get(timeout=left)
            except queue.Empty:
                raise ModelUnavailable("no answer in time") from None
            if piece is None:
                return
            if isinstance(piece, ModelUnavailable):
                raise piece
            if isinstance(piece, Exception):
                raise ModelUnavailable(f"not in the protocol ({type(piece).__name__})") from None
            yield piece
    finally:
        given_up.set()
