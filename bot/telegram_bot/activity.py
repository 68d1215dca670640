"""The mark that says the bot is at work."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.telegram_bot.delivery import Place

_LOG = logging.getLogger(__name__)
_EVERY = 4.5  # seconds; Telegram takes the mark away after 5


@asynccontextmanager
async def typing(bot: Bot, place: Place) -> AsyncIterator[None]:
    """Show the mark while the block runs; that it cannot be shown disturbs nothing."""
    task = asyncio.create_task(_type(bot, place))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _type(bot: Bot, place: Place) -> None:
    while True:
        try:
            await bot.send_chat_action(place.chat, ChatAction.TYPING, message_thread_id=place.thread)
        except TelegramError as error:
            _LOG.debug("typing mark: %s", error)
        await asyncio.sleep(_EVERY)
