"""Menus and descriptions."""

import asyncio
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from telegram.ext import ExtBot

from bot.strings import say
from bot.telegram_bot.application import build
from bot.telegram_bot.profile import ADMIN_COMMANDS, COMMANDS, introduce, show_menu
from rag.engine import Engine
from rag.model import Language
from tests.bot.telegram_bot.asking import JOHN, Asking, asking
from tests.telegram_api.content import private
from tests.telegram_api.server import TOKEN, Fault

ADMIN = 88
Profile = dict[tuple[str, str, str], Any]  # by kind, language code and scope


@pytest.fixture
def bot(engine: Engine, tmp_path: Path) -> Iterator[Asking]:
    with asking(engine, tmp_path) as one:
        one.api.says("hello", chat=private(JOHN), user=JOHN)  # only chats that are open have menus
        yield one


def introduced(bot: Asking, admins: Iterable[int] = ()) -> Profile:
    """What Telegram knows of the bot then."""

    async def main() -> None:
        application = build(bot.service, TOKEN)
        async with application:
            await introduce(application.bot, admins, bot.service.users)

    asyncio.run(main())
    return dict(bot.api.methods.profile)


def menu(profile: Profile, code: str, scope: str) -> list[str]:
    return [command["command"] for command in profile["commands", code, scope]]


def test_menus_and_descriptions_are_set_in_both_languages_and_english_is_everybody_elses(bot: Asking) -> None:
    profile = introduced(bot)
    for code, language in (("", "en"), ("ar", "ar")):
        assert menu(profile, code, "default") == list(COMMANDS)
        assert profile["commands", code, "default"][1]["description"] == say(language, "telegram_command_help")
        assert profile["description", code, ""] == say(language, "telegram_description")
        assert profile["short_description", code, ""] == say(language, "telegram_short_description")
    assert {key[2] for key in profile} == {"default", ""}


def test_admins_alone_see_their_commands_in_their_own_language(bot: Asking) -> None:
    bot.service.users.choose(ADMIN, "ar")
    profile = introduced(bot, [ADMIN])
    for code in ("", "ar"):
        assert menu(profile, code, "default") == list(COMMANDS)
        assert menu(profile, code, f"chat:{ADMIN}") == [*COMMANDS, *ADMIN_COMMANDS]
        assert profile["commands", code, f"chat:{ADMIN}"][-1]["description"] == "حالة البوت (للمشرفين)"


@pytest.mark.parametrize("chosen", ["ar", "en", None])
def test_a_menu_follows_its_user(bot: Asking, chosen: Language | None) -> None:
    async def main() -> None:
        application = build(bot.service, TOKEN)
        async with application:
            connection: ExtBot[int] = application.bot
            await show_menu(connection, ADMIN, "ar", admin=True)
            await show_menu(connection, ADMIN, chosen, admin=False)

    asyncio.run(main())
    shown = {key[1]: value[0]["description"] for key, value in bot.api.methods.profile.items()}
    assert shown == ({code: say(chosen, "telegram_command_start") for code in ("", "ar")} if chosen else {})


@pytest.mark.filterwarnings("ignore:.*`retry_after` will be:DeprecationWarning")  # python-telegram-bot's word to itself
def test_what_cannot_be_set_stops_nothing(bot: Asking, caplog: pytest.LogCaptureFixture) -> None:
    bot.api.faults += [Fault("setMyCommands", "429", 3600), Fault("setMyDescription", "dropped")]
    profile = introduced(bot, [123])  # an admin who never opened the chat
    assert caplog.text.count("menu or description not set") == 2
    assert len(profile) == 4


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_command_has_a_name_and_a_description_that_telegram_takes(language: Language) -> None:
    for name in (*COMMANDS, *ADMIN_COMMANDS):
        assert name.isascii()
        assert name.islower()
        assert 1 <= len(name) <= 32
        assert 3 <= len(say(language, f"telegram_command_{name}")) <= 256
    assert len(say(language, "telegram_description")) <= 512
    assert len(say(language, "telegram_short_description")) <= 120
