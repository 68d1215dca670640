"""Sending messages so that they arrive: stored first, repeated after failures on the way, in plain text where the HTML is refused."""

import asyncio
import json
import logging
import time
from collections.abc import Sequence
from dataclasses import replace

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.telegram_bot.markup import HtmlMessage
from bot.telegram_bot.outbox import Part, Place, parts_of
from bot.telegram_bot.service import Service
from rag.errors import SanadError

_LOG = logging.getLogger(__name__)
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0  # seconds before a message is tried again; each wait is twice the last
_GIVEN_UP = 24 * 3600.0  # seconds after which a message is no longer tried
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NOBODY_THERE = ("chat not found", "user is deactivated", "group chat was deactivated", "bot was kicked")
_NOTHING_TO_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_TOPIC = ("message thread not found", "topic_deleted", "topic_closed")


async def deliver(
    service: Service,
    bot: Bot,
    place: Place,
    messages: Sequence[HtmlMessage],
    keyboard: InlineKeyboardMarkup | None = None,
) -> None:
    """Send messages one after the other, the first as the reply, the last with the buttons.

    A message that `show` showed becomes the first. What Telegram takes under no circumstances is given up, and logged.

    Raises:
        asyncio.CancelledError: the bot ends before Telegram took them; they are sent when it begins again.
    """
    await send(service, bot, await asyncio.to_thread(stored, service, parts_of(place, messages, keyboard)))


def stored(service: Service, parts: Sequence[Part]) -> Sequence[Part]:
    """Write parts down; what is to be sent. Takes milliseconds, and so belongs in a thread."""
    try:
        return service.outbox.store(parts)
    except SanadError as error:  # a full disk: what cannot be stored can still be sent
        _LOG.error("messages not stored: %s", error)
        return parts


async def resume(service: Service, bot: Bot, update_id: int) -> None:
    """Send what was stored for an update and not sent.

    Raises:
        SanadError: what was stored cannot be read.
        asyncio.CancelledError: as for `deliver`.
    """
    await send(service, bot, await asyncio.to_thread(service.outbox.unsent, update_id))


async def show(service: Service, bot: Bot, place: Place, message: HtmlMessage) -> None:
    """Show what there is of an answer that is still being made, in one message that grows.

    Raises:
        TelegramError: it cannot be shown now, which hinders nothing: `deliver` brings the answer.
        SanadError: it cannot be noted which message it is.
    """
    shown = await asyncio.to_thread(service.outbox.showing, place)
    part = Part(
        place.update_id,
        0,
        place.chat,
        place.thread,
        place.answered,
        message.html,
        message.plain,
        None,
        time.time(),
        shown,
    )
    message_id = await _once(bot, part, message.html, ParseMode.HTML)
    if message_id != shown:
        await asyncio.to_thread(service.outbox.show, place, message_id)


async def send(service: Service, bot: Bot, parts: Sequence[Part]) -> None:
    """Send parts that are stored, one after the other.

    Raises:
        asyncio.CancelledError: as for `deliver`.
    """
    moved: dict[int, int] = {}  # groups that became supergroups meanwhile
    for part in parts:
        message_id = await _persistently(service, bot, replace(part, chat=moved.get(part.chat, part.chat)), moved)
        try:
            await asyncio.to_thread(service.outbox.sent, part, message_id)
        except SanadError as error:
            _LOG.error("a message may arrive twice: %s", error)


async def _persistently(service: Service, bot: Bot, part: Part, moved: dict[int, int]) -> int | None:
    """Send one message, however long it takes; None where it is given up."""
    text, wait = part.html, _FIRST_WAIT
    mode: ParseMode | None = ParseMode.HTML
    while True:
        try:
            message_id = await _once(bot, part, text, mode)
        except ChatMigrated as error:
            moved[part.chat] = error.new_chat_id
            await asyncio.to_thread(service.database.move_chat, part.chat, error.new_chat_id)
            part = replace(part, chat=error.new_chat_id, thread=None, message_id=None)
        except Forbidden as error:
            return _given_up(service, "blocked", error)
        except BadRequest as error:
            reason = str(error).casefold()
            if any(one in reason for one in _NOBODY_THERE):
                return _given_up(service, "blocked", error)
            if part.thread and any(one in reason for one in _NO_TOPIC):
                part = replace(part, thread=None)
            elif part.message_id and any(one in reason for one in _NOTHING_TO_EDIT):
                part = replace(part, message_id=None)
            elif mode:
                _LOG.warning("HTML refused (%s); sending plain text", error)
                text, mode = part.plain, None
            else:
                return _given_up(service, "refused", error)
        except TelegramError as error:  # lost on the way, or Telegram has trouble: an answer twice is better than none
            if time.time() - part.stored > _GIVEN_UP:
                return _given_up(service, "late", error)
            _LOG.warning("sending failed (%s: %s); trying again in %g s", type(error).__name__, error, wait)
            service.metrics.repeated.labels("network").inc()
            await _pause(service, wait)
            wait = min(wait * 2, _LONGEST_WAIT)
        else:
            service.metrics.sent.inc()
            return message_id


async def _once(bot: Bot, part: Part, text: str, mode: ParseMode | None) -> int:
    """Send a message, or edit the one that stands for it; the message's id.

    Raises:
        TelegramError: it was not sent; or it was, and the answer was lost.
    """
    keyboard = InlineKeyboardMarkup.de_json(json.loads(part.keyboard), bot) if part.keyboard else None
    if part.message_id is None:
        reply = ReplyParameters(part.answered, allow_sending_without_reply=True) if part.answered else None
        message = await bot.send_message(
            part.chat, text, mode, message_thread_id=part.thread, reply_parameters=reply,
            reply_markup=keyboard, link_preview_options=_NO_PREVIEW,
        )  # fmt: skip
        return message.message_id
    try:
        await bot.edit_message_text(
            text, part.chat, part.message_id, parse_mode=mode, reply_markup=keyboard, link_preview_options=_NO_PREVIEW
        )
    except BadRequest as error:
        if "message is not modified" not in str(error).casefold():
            raise
    return part.message_id


async def _pause(service: Service, seconds: float) -> None:
    """Wait; but the end of the bot waits for nobody."""
    try:
        await asyncio.wait_for(service.stopping.wait(), seconds)
    except TimeoutError:
        return
    raise asyncio.CancelledError


def _given_up(service: Service, reason: str, error: TelegramError) -> int | None:
    level = logging.INFO if reason == "blocked" else logging.ERROR
    _LOG.log(level, "not sent: %s: %s", type(error).__name__, error)
    service.metrics.undelivered.labels(reason).inc()
    return None
