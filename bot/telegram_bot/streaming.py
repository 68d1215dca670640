"""Replies, and their sentences as a language model writes them, each shown when it has passed the check."""

import asyncio
import logging
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing
from types import TracebackType
from typing import TypeAlias

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import InvalidToken, TelegramError

from bot.telegram_bot.activity import typing
from bot.telegram_bot.delivery import show
from bot.telegram_bot.markup import HtmlMessage
from bot.telegram_bot.messages import unfinished_message
from bot.telegram_bot.outbox import Place
from bot.telegram_bot.service import Service
from rag.engine import Conversation
from rag.errors import SanadError
from rag.model import Answer, Claim, Language, Refusal

_LOG = logging.getLogger(__name__)
_BETWEEN_DRAFTS, _BETWEEN_EDITS = 0.3, 1.2  # seconds
_DRAFT_TIMEOUT = 5.0  # seconds; a draft that takes longer helps nobody
_Show: TypeAlias = Callable[[HtmlMessage], Awaitable[None]]


class Streaming:
    """Asks the engine, and shows that it works on it: by the typing mark, and by the sentences of a model so far."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._has_drafts = True  # until the Bot API says that it does not know them

    async def reply(
        self, bot: Bot, place: Place, question: str, language: Language | None, conversation: Conversation
    ) -> Answer | Refusal:
        """The reply to a question; with a model, its sentences are shown meanwhile.

        Raises:
            SanadError: what the engine raises.
        """
        engine = self._service.engine
        async with AsyncExitStack() as typed:
            await typed.enter_async_context(typing(bot, place))
            if engine.settings.llm == "none":
                return await self._service.ask(question, language=language, conversation=conversation)
            async with self._preview(bot, place, typed) as preview:
                written: list[Claim] = []
                async with aclosing(self._streamed(question, language, conversation)) as stream:
                    async for part in stream:
                        if isinstance(part, Answer | Refusal):
                            return part
                        if part.verdict == "supported":  # quotes come all at once, with the reply
                            written.append(part)
                            preview.take(unfinished_message(written))
        raise AssertionError("the engine ended without a reply")

    def _preview(self, bot: Bot, place: Place, typed: AsyncExitStack) -> "_Preview":
        """Where sentences are shown: a draft in private, elsewhere the message that becomes the answer."""

        async def draft(message: HtmlMessage) -> None:
            await typed.aclose()
            if self._has_drafts:
                await self._draft(bot, place, message)

        async def edit(message: HtmlMessage) -> None:
            await typed.aclose()
            await show(self._service, bot, place, message)

        private = place.chat > 0
        return _Preview(draft, _BETWEEN_DRAFTS) if private else _Preview(edit, _BETWEEN_EDITS)

    async def _draft(self, bot: Bot, place: Place, message: HtmlMessage) -> None:
        try:
            await bot.send_message_draft(
                place.chat, place.update_id, message.html, place.thread, ParseMode.HTML,
                read_timeout=_DRAFT_TIMEOUT, write_timeout=_DRAFT_TIMEOUT,
            )  # fmt: skip
        except InvalidToken:  # how python-telegram-bot reads the 404 of a server that has no such method
            self._has_drafts = False

    async def _streamed(
        self, question: str, language: Language | None, conversation: Conversation
    ) -> AsyncGenerator[Claim | Answer | Refusal, None]:
        """What the engine streams, from its thread; nobody waiting for it any more ends it at its next sentence."""
        loop, engine = asyncio.get_running_loop(), self._service.engine
        parts: asyncio.Queue[Claim | Answer | Refusal | None] = asyncio.Queue()
        abandoned = threading.Event()

        def work() -> None:
            for part in engine.stream(question, language=language, conversation=conversation):
                if abandoned.is_set():
                    return
                loop.call_soon_threadsafe(parts.put_nowait, part)

        working = asyncio.ensure_future(self._service.think(work))
        working.add_done_callback(lambda _: parts.put_nowait(None))
        try:
            while (part := await parts.get()) is not None:
                yield part
            await working
        finally:
            abandoned.set()
            working.cancel()


class _Preview:
    """Shows the newest of the messages it takes, one at a time and so many seconds apart; what fails is not shown, and no more is.

    Leaving it waits for what is being shown, and those seconds, so that what comes after comes after.
    """

    def __init__(self, show: _Show, between: float) -> None:
        self._show = show
        self._between = between
        self._newest: HtmlMessage | None = None
        self._came = asyncio.Event()
        self._showing = asyncio.Lock()

    async def __aenter__(self) -> "_Preview":
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        try:
            await self._showing.acquire()
        finally:
            self._task.cancel()
        (failure,) = await asyncio.gather(self._task, return_exceptions=True)
        if isinstance(failure, Exception):
            _LOG.error("sentences are not shown as they come", exc_info=failure)

    def take(self, message: HtmlMessage) -> None:
        """Show this message from now on."""
        self._newest = message
        self._came.set()

    async def _run(self) -> None:
        while True:
            await self._came.wait()
            self._came.clear()
            async with self._showing:
                assert self._newest is not None  # it came
                try:
                    await self._show(self._newest)
                except (TelegramError, SanadError) as error:
                    _LOG.info("sentences are not shown as they come: %s", type(error).__name__)
                    return
                await asyncio.sleep(self._between)
