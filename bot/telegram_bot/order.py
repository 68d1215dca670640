"""The order in which updates are handled: chats side by side, within a chat one after the other; each until it is answered."""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import Bot, Message, MessageEntity, Update
from telegram.ext import BaseUpdateProcessor

from bot.strings import say
from bot.telegram_bot import mention
from bot.telegram_bot.delivery import deliver, resume
from bot.telegram_bot.messages import text_messages
from bot.telegram_bot.outbox import Place
from bot.telegram_bot.service import Service
from rag.errors import SanadError

_LOG = logging.getLogger(__name__)
_AT_ONCE = 100_000  # the queue of questions has a limit of its own, which is said
_MOST_STARTS = 5  # of one update, before it is taken for what ends the process
_KINDS = ("message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "inline_query")


class ChatOrder(BaseUpdateProcessor):
    """Handles each chat's updates in the order they came, and has each done when it is answered.

    Button presses have an order of their own beside the messages of their chat, since Telegram waits for them only seconds; /stop and inline
    queries wait for nothing.

    Args:
        service: what answering needs.
        bot: what answers.
        most: questions that may wait; who asks more is told that the bot is busy.
    """

    def __init__(self, service: Service, bot: Bot, most: int) -> None:
        super().__init__(_AT_ONCE)
        self._service = service
        self._bot = bot
        self._most = most
        self._waiting = 0
        self._running: set[asyncio.Task[Any]] = set()
        # A lock lives while it is waited for.
        self._lanes: WeakValueDictionary[tuple[int, bool], asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update when those before it in its chat are done."""
        try:
            if isinstance(update, Update):
                self._service.metrics.updates.labels(_kind(update)).inc()
                await self._in_order(update, coroutine)
            else:
                await coroutine
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # where it was not run

    async def stop(self, seconds: float) -> None:
        """Begin no other update; return when those that began are done, or after so many seconds have been broken off."""
        self._service.stopping.set()
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        self.break_off()

    def break_off(self) -> None:
        """End what is being handled; it is handled again at the next start."""
        for task in self._running:
            task.cancel()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to let go of."""

    async def _in_order(self, update: Update, coroutine: Awaitable[Any]) -> None:
        if update.inline_query:
            await coroutine
            return
        asks = self._asks(update)
        if asks and self._waiting >= self._most:
            await self._begun(update, self._tell_busy(update))
            return
        self._count(asks)
        try:
            async with self._lane(update):
                if not self._service.stopping.is_set():
                    await self._begun(update, coroutine)
        finally:
            self._count(-asks)

    def _lane(self, update: Update) -> asyncio.Lock:
        """What an update waits for."""
        chat = update.effective_chat
        if chat is None or _stops(update.message):
            return asyncio.Lock()
        return self._lanes.setdefault((chat.id, update.callback_query is not None), asyncio.Lock())

    async def _begun(self, update: Update, coroutine: Awaitable[Any]) -> None:
        """Have an update answered and done, unless that was broken off."""
        task = asyncio.current_task()
        assert task
        self._running.add(task)
        try:
            await self._answered(update, coroutine)
        except asyncio.CancelledError:
            await asyncio.shield(asyncio.to_thread(self._service.inbox.postpone, update.update_id))
            raise
        except SanadError as error:  # the bot's own file; what was not noted as done is handled again
            _LOG.error("update %d: %s", update.update_id, error)
        finally:
            self._running.discard(task)
            if isinstance(coroutine, Coroutine):
                coroutine.close()

    async def _answered(self, update: Update, coroutine: Awaitable[Any]) -> None:
        service, number = self._service, update.update_id
        began = await asyncio.to_thread(service.inbox.begin, number)
        if began is None:  # dropped while it waited
            return
        await self._move(update)
        if began.starts == 1:
            service.metrics.waiting_seconds.labels("update").observe(max(0.0, time.time() - began.received))
        if began.answered:
            await resume(service, self._bot, number)
        elif began.starts > _MOST_STARTS:
            await self._apologise(update)
        else:
            await coroutine
        if service.stopping.is_set():
            unsent = await asyncio.to_thread(service.outbox.unsent, number)
            if unsent:
                return  # they are sent at the next start
        await asyncio.to_thread(service.inbox.done, number)

    async def _move(self, update: Update) -> None:
        """A group that became a supergroup has another id from now on."""
        message = update.message
        if message and message.migrate_to_chat_id:
            await asyncio.to_thread(self._service.database.move_chat, message.chat.id, message.migrate_to_chat_id)

    async def _apologise(self, update: Update) -> None:
        reference = secrets.token_hex(4)
        _LOG.error("reference %s: update %d ended the process, and is given up", reference, update.update_id)
        self._service.metrics.errors.inc()
        await self._say(update, "telegram_apology", reference=reference)

    async def _tell_busy(self, update: Update) -> None:
        self._service.metrics.questions.labels("busy").inc()
        if update.effective_chat and self._service.limits.tells(update.effective_chat.id):
            await self._say(update, "telegram_busy")

    async def _say(self, update: Update, key: str, **values: str) -> None:
        if message := update.effective_message:
            text = say(self._service.users.language(update.effective_user), key, None, **values)
            await deliver(self._service, self._bot, Place.of(message, update.update_id), text_messages(text))

    def _asks(self, update: Update) -> bool:
        """Whether an update is a message to the bot."""
        message = update.message or update.channel_post
        return message is not None and mention.speaks_to(message, self._bot.bot)

    def _count(self, more: int) -> None:
        self._waiting += more
        self._service.metrics.waiting.inc(more)


def _kind(update: Update) -> str:
    return next((kind for kind in _KINDS if getattr(update, kind)), "other")


def _stops(message: Message | None) -> bool:
    """Whether a message is the command that ends what the messages before it began."""
    if message is None or not message.text or not message.entities:
        return False
    first = message.entities[0]
    command = message.text[: first.length].partition("@")[0].casefold()
    return first.type == MessageEntity.BOT_COMMAND and first.offset == 0 and command == "/stop"
