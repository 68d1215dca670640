"""The LLM writer: passages to sentences with `[n]`, through any OpenAI-compatible server.

It only proposes. Each sentence goes through the same check as the quotes do before anyone sees it; a model that is down, slow or broken raises
WriterUnavailable, and the engine shows the quotes instead.
"""

import logging
import queue
import re
import threading
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rag.language.characters import fold
from rag.language.sentences import split_sentences
from rag.model import Article, DraftSentence, Language, Passage
from rag.prompts import prompt
from rag.settings import Settings

if TYPE_CHECKING:
    import httpx
    from llama_index.core.llms import ChatMessage, ChatResponse

_LOG = logging.getLogger(__name__)

NO_ANSWER = "NOT_IN_PASSAGES"
_LANGUAGE_NAMES = {"ar": "Arabic", "en": "English"}
_MOST_SENTENCES = 5
_MOST_TOKENS = 700
_LONGEST_REPLY = 20_000  # characters; a model that goes on and on is cut off
_RETRIES = 2
_MARKERS = re.compile(r"\s*[\[［【]\s*(\d+(?:\s*[,،;\-–]\s*\d+)*)\s*[\]］】]")
_LEADING_MARKERS = re.compile(rf"^(?:{_MARKERS.pattern})+\s*[.؟?!]?\s*")


class WriterUnavailable(Exception):  # said of the writer, like the notice it becomes
    """The model did not answer, or not in time, or not in the protocol."""


class LlmWriter:
    """Writes answers with the model that the settings name."""

    def __init__(self, settings: Settings) -> None:
        self.name = f"llm:{settings.llm}"
        self._settings = settings

    def sentences(
        self, question: str, language: Language, passages: Sequence[tuple[Passage, Article]]
    ) -> Iterator[DraftSentence]:
        """The model's sentences as they arrive, each with the passages that its markers name; none if it finds no answer.

        Raises:
            WriterUnavailable: see the class; also in the middle of the stream.
        """
        given = [passage for passage, _ in passages]
        deadline = time.monotonic() + self._settings.llm_timeout
        text = ""
        done = 0  # sentences already given out
        import httpx

        # Closing the client ends a stream that nobody reads any more, and its thread with it.
        with httpx.Client(timeout=self._settings.llm_timeout) as http:
            for piece in _until(deadline, self._stream(_messages(question, language, passages), http)):
                text += piece
                if len(text) > _LONGEST_REPLY:
                    raise WriterUnavailable("the reply does not end")
                complete = cited_sentences(text)[:-1]
                yield from (_drafted(one, given) for one in complete[done:])
                done = max(done, len(complete))
        if not text.strip():
            raise WriterUnavailable("an empty reply")
        if NO_ANSWER in text:
            return
        yield from (_drafted(one, given) for one in cited_sentences(text)[done:])

    def _stream(self, messages: "list[ChatMessage]", http: "httpx.Client") -> Iterator[str]:
        """The reply piece by piece; a stream that ends without having said so was cut off."""
        from llama_index.llms.openai_like import OpenAILike

        settings = self._settings
        client = OpenAILike(
            model=settings.llm,
            api_base=settings.llm_url,
            api_key=settings.llm_key.get_secret_value() or "none",
            timeout=settings.llm_timeout,
            max_retries=_RETRIES,
            max_tokens=_MOST_TOKENS,
            temperature=0.0,
            is_chat_model=True,
            http_client=http,
        )
        finished = False
        for response in client.stream_chat(messages):
            finished = finished or _is_last(response)
            yield response.delta or ""
        if not finished:
            raise WriterUnavailable("the stream was cut off")


def _is_last(response: "ChatResponse") -> bool:
    choices = getattr(response.raw, "choices", None) or []
    return any(choice.finish_reason for choice in choices)


def cited_sentences(text: str) -> list[str]:
    """The sentences of a reply, markers after a full stop kept with the sentence they follow.

    >>> cited_sentences("It fell. [1] He left [2].")
    ['It fell. [1]', 'He left [2].']
    """
    sentences: list[str] = []
    for line in text.splitlines():
        for piece in split_sentences(re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", line)):
            leading = _LEADING_MARKERS.match(piece.strip())
            if leading and sentences:
                sentences[-1] += f" {leading[0].strip()}"
                piece = piece.strip()[leading.end() :]
            if piece.strip():
                sentences.append(piece.strip())
    return sentences


def _drafted(sentence: str, given: Sequence[Passage]) -> DraftSentence:
    """A sentence without its markers, and the given passages they name; markers that name none are dropped."""
    numbers: list[int] = []
    for marker in _MARKERS.finditer(sentence):
        numbers.extend(_numbers(marker[1]))
    text = re.sub(r"\s+([.؟?!])", r"\1", _MARKERS.sub("", sentence)).strip()
    cited = tuple(given[n - 1] for n in dict.fromkeys(numbers) if 1 <= n <= len(given))
    return DraftSentence(text, passages=cited)


def _numbers(marker: str) -> list[int]:
    """The numbers of "1", "1, 3" and "1-3"."""
    found: list[int] = []
    for part in re.split(r"[,،;]", fold(marker)):
        ends = [int(end) for end in re.findall(r"\d{1,4}", part)]
        found.extend(range(ends[0], min(ends[-1], ends[0] + 20) + 1))
    return found


def _messages(question: str, language: Language, passages: Sequence[tuple[Passage, Article]]) -> "list[ChatMessage]":
    from llama_index.core.llms import ChatMessage

    shown = [
        prompt("passage", number=i, about=_about(article), text=passage.text.replace("<<<", "").replace(">>>", ""))
        for i, (passage, article) in enumerate(passages, 1)
    ]
    named = _LANGUAGE_NAMES[language]
    system = prompt("system", language_name=named, most_sentences=_MOST_SENTENCES, no_answer=NO_ANSWER)
    asked = prompt("answer", question=question, passages="\n\n".join(shown), language_name=named)
    return [ChatMessage(role="system", content=system), ChatMessage(role="user", content=asked)]


def _about(article: Article) -> str:
    return " · ".join(part for part in (article.title, article.publisher, article.published) if part)


def _until(deadline: float, stream: Iterator[str]) -> Iterator[str]:
    """What a stream brings before the deadline, whatever it hangs on: it is read in a thread of its own.

    Raises:
        WriterUnavailable: the deadline has passed, or the stream failed.
    """
    arrived: queue.Queue[str | Exception | None] = queue.Queue()
    given_up = threading.Event()

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
            try:
                piece = arrived.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise WriterUnavailable("no answer in time") from None
            if piece is None:
                return
            if isinstance(piece, Exception):
                _LOG.warning("the model failed: %s", type(piece).__name__)  # its text may repeat the key
                raise WriterUnavailable(type(piece).__name__) from None
            yield piece
    finally:
        given_up.set()
