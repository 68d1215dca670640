"""Sending messages so that they arrive: repeated after failures of the network, in plain text where the HTML is refused."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, MaybeInaccessibleMessage, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError

from bot.telegram_bot.markup import HtmlMessage

_LOG = logging.getLogger(__name__)
_WAITS = (1.0, 4.0)  # seconds before a message is tried again
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes: a chat, the topic of it where it is a forum, and the message it replies to."""

    chat: int
    thread: int | None
    answered: int

    @classmethod
    def of(cls, message: MaybeInaccessibleMessage) -> "Place":
        """The place of a reply to `message`."""
        in_topic = isinstance(message, Message) and message.is_topic_message
        return cls(message.chat.id, message.message_thread_id if in_topic else None, message.message_id)  # type: ignore[attr-defined]  # only messages are in topics


async def deliver(
    bot: Bot, place: Place, messages: Sequence[HtmlMessage], keyboard: InlineKeyboardMarkup | None = None
) -> None:
    """Send messages one after the other, the first as the reply, the last with the buttons.

    Raises:
        TelegramError: one could not be sent, whatever was tried.
    """
    for i, message in enumerate(messages):
        reply = ReplyParameters(place.answered, allow_sending_without_reply=True) if i == 0 else None
        await _send(bot, place, message, reply, keyboard if i == len(messages) - 1 else None)


async def _send(
    bot: Bot, place: Place, message: HtmlMessage, reply: ReplyParameters | None, keyboard: InlineKeyboardMarkup | None
) -> None:
    try:
        await _persistently(bot, place, message.html, ParseMode.HTML, reply, keyboard)
    except BadRequest as error:
        _LOG.warning("HTML refused (%s); sending plain text", error)
        await _persistently(bot, place, message.plain, None, reply, keyboard)


async def _persistently(
    bot: Bot,
    place: Place,
    text: str,
    parse_mode: ParseMode | None,
    reply: ReplyParameters | None,
    keyboard: InlineKeyboardMarkup | None,
) -> None:
    """Send one message; after a failure on the way once more, and once more: an answer twice is better than none."""
    for wait in (*_WAITS, None):
        try:
            await bot.send_message(
                place.chat, text, parse_mode, message_thread_id=place.thread, reply_parameters=reply,
                reply_markup=keyboard, link_preview_options=_NO_PREVIEW,
            )  # fmt: skip
            return
        except BadRequest:  # a NetworkError to python-telegram-bot, but trying again would not help
            raise
        except NetworkError as error:
            if wait is None:
                raise
            _LOG.warning("sending failed (%s); trying again in %g s", error, wait)
            await asyncio.sleep(wait)
