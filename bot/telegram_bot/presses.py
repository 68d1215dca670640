"""What the bot does when a button is pressed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.strings import say
from bot.telegram_bot import buttons
from bot.telegram_bot.admin import REMOVE, Admin
from bot.telegram_bot.answers import Rating
from bot.telegram_bot.commands import FORGET, LANGUAGE, Commands
from bot.telegram_bot.limits import Limits
from bot.telegram_bot.press import Press, acknowledge
from bot.telegram_bot.proof import Proof
from bot.telegram_bot.service import Service
from bot.telegram_bot.shelf import PAGE

_LOG = logging.getLogger(__name__)
_A_MINUTE, _A_MINUTE_ALL = 20, 1200  # presses by one user, and by everybody
Context = ContextTypes.DEFAULT_TYPE


class Presses:
    """Every button of the bot, known by what its data begins with."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._proof = Proof(service.engine, service.answers)
        self._limits = Limits(_A_MINUTE, _A_MINUTE_ALL, service.access.admins)
        told = Commands(service)
        self._kinds: Mapping[str, Callable[[Press], Awaitable[None]]] = {
            buttons.SOURCE: self._source,
            buttons.ALL: self._all,
            buttons.FEEDBACK: self._feedback,
            PAGE: told.turn,
            LANGUAGE: told.speak,
            FORGET: told.erase,
            REMOVE: Admin(service).removed,
        }

    async def pressed(self, update: Update, context: Context) -> None:
        """React to a press, of whatever button and by whomever."""
        query = update.callback_query
        if query is None:
            return
        language = self._service.users.language(query.from_user)
        kind, _, rest = (query.data or "").partition(":")
        if not self._service.access.allows(query.from_user.id):
            await acknowledge(query, say(language, "telegram_not_admitted", user=query.from_user.id), alert=True)
        elif self._limits.admit(query.from_user.id) is not None:
            await acknowledge(query, say(language, "telegram_slower"))
        elif query.message is None:
            await self._elsewhere(query, context.bot.username, rest if kind == buttons.SOURCE else "")
        else:
            press = Press(self._service, context.bot, query, query.message, update.update_id, language, rest)
            await self._kinds.get(kind, self._unknown)(press)

    async def _source(self, press: Press) -> None:
        """Show the passage behind one source."""
        await press.acknowledge()
        key = buttons.pressed(press.rest) or ("", 0)
        await press.send(await asyncio.to_thread(self._proof.source, *key, press.language))

    async def _all(self, press: Press) -> None:
        """Show the passages behind all sources."""
        await press.acknowledge()
        answer_id, _ = buttons.pressed(press.rest) or ("", 0)
        await press.send(await asyncio.to_thread(self._proof.sources, answer_id, press.language))

    async def _feedback(self, press: Press) -> None:
        """Note what somebody thinks of an answer."""
        answer_id, good = buttons.pressed(press.rest) or ("", 0)
        rating = await asyncio.to_thread(self._service.answers.rate, answer_id, press.user.id, bool(good))
        if rating is None:
            await press.acknowledge(say(press.language, "telegram_unknown_button"), alert=True)
            return
        opinion = {True: "good", False: "bad", None: "none"}[rating.mine]
        await press.acknowledge(say(press.language, f"telegram_feedback_{opinion}"))
        if press.message.chat.type != ChatType.PRIVATE:
            await _count(press, rating)

    async def _unknown(self, press: Press) -> None:
        """A button of a version that had others, or data that somebody made up."""
        await press.acknowledge(say(press.language, "telegram_unknown_button"), alert=True)

    async def _elsewhere(self, query: CallbackQuery, bot: str, rest: str) -> None:
        """A button of an inline message, below which the bot cannot write: the source opens in private."""
        key = buttons.pressed(rest)
        await acknowledge(query, url=buttons.link(bot, *key) if key else None)


async def _count(press: Press, rating: Rating) -> None:
    """Show beside 👍 and 👎 what everybody thinks; the next press repairs what fails now."""
    shown = press.message.reply_markup if isinstance(press.message, Message) else None
    if shown is None:
        return
    made: InlineKeyboardMarkup = buttons.counted(shown.inline_keyboard, rating.good, rating.bad)
    if made == shown:
        return
    try:
        await press.bot.edit_message_reply_markup(press.message.chat.id, press.message.message_id, reply_markup=made)
    except TelegramError as error:  # "not modified" where two pressed at once, or it was deleted
        _LOG.debug("ratings not shown: %s", error)
