"""The mark that says the bot is at work."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.telegram_bot.connection import Connection
from bot.telegram_bot.outbox import Place

_LOG = logging.getLogger(__name__)
_EVERY = 4.0  # seconds; Telegram takes the mark away after 5
_marking: set[asyncio.Task[None]] = set()  # the loop itself holds on to no task


@asynccontextmanager
async def typing(bot: Bot, place: Place) -> AsyncIterator[None]:
    """Show the mark while the block runs.

    That it cannot be shown disturbs nothing, messages that wait to be sent go before it, and the end of the block neither waits for a mark
    that is under way nor breaks it off, which would cost its connection.
    """
    over = asyncio.Event()
    task = asyncio.create_task(_mark(bot, place, over))
    _marking.add(task)
    task.add_done_callback(_marking.discard)
    try:
        yield
    finally:
        over.set()


async def _mark(bot: Bot, place: Place, over: asyncio.Event) -> None:
    while not over.is_set():
        if not isinstance(bot, Connection) or bot.limiter.spares_mark():
            try:
                await bot.send_chat_action(place.chat, ChatAction.TYPING, message_thread_id=place.thread)
            except TelegramError as error:
                _LOG.debug("typing mark: %s", error)
        try:
            await asyncio.wait_for(over.wait(), _EVERY)
        except TimeoutError:
            continue
