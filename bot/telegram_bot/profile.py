"""What Telegram shows of the bot before anybody speaks to it: its menu of commands and its descriptions, in both languages."""

import asyncio
import logging

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.strings import say

_LOG = logging.getLogger(__name__)
COMMANDS = ("start", "help", "about")


async def introduce(bot: Bot) -> None:
    """Set the menu and the descriptions; the bot works without them, so a failure is only noted."""
    calls = []
    # English is also what users of every other language see.
    for language, code in (("en", None), ("ar", "ar")):
        commands = [BotCommand(name, say(language, f"telegram_command_{name}")) for name in COMMANDS]
        calls += [
            bot.set_my_commands(commands, language_code=code),
            bot.set_my_description(say(language, "telegram_description"), language_code=code),
            bot.set_my_short_description(say(language, "telegram_short_description"), language_code=code),
        ]
    for failure in await asyncio.gather(*calls, return_exceptions=True):
        if isinstance(failure, TelegramError):
            _LOG.warning("menu or description not set: %s", failure)
        elif isinstance(failure, BaseException):
            raise failure
