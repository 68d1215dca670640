"""What Telegram shows of the bot before anybody speaks to it: its menus of commands and its descriptions, in both languages."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from typing import Any

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.strings import say
from bot.telegram_bot.users import Users
from rag.model import Language

_LOG = logging.getLogger(__name__)
COMMANDS = ("start", "help", "ask", "articles", "lang", "stop", "forget", "about")
ADMIN_COMMANDS = ("ingest", "remove", "stats", "status")
# English is also what users of every other language see.
_CODES: tuple[tuple[Language, str | None], ...] = (("en", None), ("ar", "ar"))


async def introduce(bot: Bot, admins: Iterable[int], users: Users) -> None:
    """Set the menus and the descriptions; the bot works without them, so a failure is only noted."""
    calls: list[Coroutine[Any, Any, Any]] = []
    for language, code in _CODES:
        calls += [
            bot.set_my_commands(_menu(language), language_code=code),
            bot.set_my_description(say(language, "telegram_description"), language_code=code),
            bot.set_my_short_description(say(language, "telegram_short_description"), language_code=code),
        ]
    await _attempt(calls)
    for admin in admins:
        await show_menu(bot, admin, users.chosen(admin), admin=True)


async def show_menu(bot: Bot, user_id: int, chosen: Language | None, *, admin: bool) -> None:
    """Set the menu of a user's private chat; until they have opened it, it cannot have one.

    Args:
        bot: whose menu.
        user_id: whose chat; its id is the user's.
        chosen: the menu's language; None for the one Telegram is set to.
        admin: whether it has the commands for those who run the bot.
    """
    scope = BotCommandScopeChat(user_id)
    if chosen or admin:
        calls = [
            bot.set_my_commands(_menu(chosen or language, admin=admin), scope, language_code=code)
            for language, code in _CODES
        ]
    else:
        calls = [bot.delete_my_commands(scope, language_code=code) for _, code in _CODES]
    await _attempt(calls)


def listed(language: Language) -> str:
    """The commands and what they do, a line each."""
    return "\n".join(f"/{name} – {say(language, f'telegram_command_{name}')}" for name in COMMANDS if name != "start")


def _menu(language: Language, *, admin: bool = False) -> list[BotCommand]:
    names = (*COMMANDS, *ADMIN_COMMANDS) if admin else COMMANDS
    return [BotCommand(name, say(language, f"telegram_command_{name}")) for name in names]


async def _attempt(calls: Iterable[Coroutine[Any, Any, Any]]) -> None:
    for failure in await asyncio.gather(*calls, return_exceptions=True):
        if isinstance(failure, TelegramError):
            level = logging.DEBUG if "chat not found" in failure.message.casefold() else logging.WARNING
            _LOG.log(level, "menu or description not set: %s", failure)
        elif isinstance(failure, BaseException):
            raise failure
