"""One press of a button, and the ways to react to it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MaybeInaccessibleMessage,
    Message,
    User,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.telegram_bot.delivery import deliver
from bot.telegram_bot.markup import HtmlMessage, Paragraph, messages
from bot.telegram_bot.outbox import Place
from bot.telegram_bot.service import Service
from rag.model import Language

_LOG = logging.getLogger(__name__)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True)
class Press:
    """A button that was pressed.

    Attributes:
        message: that the button is under.
        language: to speak to whoever pressed it.
        rest: of the button's data, after what says its kind; anybody may have written it.
    """

    service: Service
    bot: Bot
    query: CallbackQuery
    message: MaybeInaccessibleMessage
    update_id: int
    language: Language
    rest: str

    @property
    def user(self) -> User:
        """Who pressed."""
        return self.query.from_user

    async def acknowledge(self, text: str | None = None, *, alert: bool = False) -> None:
        """End the button's waiting mark, with a note that only who pressed sees."""
        await acknowledge(self.query, text, alert=alert)

    async def send(self, made: Sequence[HtmlMessage]) -> None:
        """Reply to the message with others."""
        await deliver(self.service, self.bot, Place.of(self.message, self.update_id), made)

    async def replace(self, made: HtmlMessage, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Put another text and other buttons in the place of the message's; where it can no longer be changed, below it."""
        if self._shows(made, keyboard):
            return
        try:
            await self.bot.edit_message_text(
                made.html, self.message.chat.id, self.message.message_id, parse_mode=ParseMode.HTML,
                reply_markup=keyboard, link_preview_options=_NO_PREVIEW,
            )  # fmt: skip
        except BadRequest as error:
            if is_unchanged(error):
                return
            _LOG.info("a message cannot be changed: %s", error)
            await deliver(self.service, self.bot, Place.of(self.message, self.update_id), [made], keyboard)

    def _shows(self, made: HtmlMessage, keyboard: InlineKeyboardMarkup | None) -> bool:
        """Whether the message is so already; Telegram would refuse the change."""
        message = self.message
        return isinstance(message, Message) and message.text == made.plain and message.reply_markup == keyboard

    async def say(self, text: str) -> None:
        """Put a sentence in the place of the message, without buttons."""
        await self.replace(messages([Paragraph(text, language=self.language)])[0])


async def acknowledge(
    query: CallbackQuery, text: str | None = None, *, alert: bool = False, url: str | None = None
) -> None:
    """Answer a press; after a restart it may be too late for that, which disturbs nothing."""
    try:
        await query.answer(text, show_alert=alert, url=url)
    except TelegramError as error:
        _LOG.debug("button: %s", error)


def is_unchanged(error: BadRequest) -> bool:
    """Whether Telegram refused an edit only because it changes nothing."""
    return "not modified" in error.message.lower()
