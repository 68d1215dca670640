"""The bot without its process: what it makes of what people do, against the fake Bot API."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from telegram import Update

from bot.telegram_bot.access import access
from bot.telegram_bot.application import App, build
from bot.telegram_bot.database import NAME, Database
from bot.telegram_bot.service import Service
from rag.engine import Engine, open_engine
from tests.telegram_api.content import private
from tests.telegram_api.server import BOT, JSON, TOKEN, Call, TelegramApi
from tests.telegram_api.talk import person, plain

NAME_OF_BOT = f"@{BOT['username']}"
AMAL, JOHN, EVE = person(77, "أمل", "ar-IQ"), person(88, "John", "en"), person(99, "Eve", "en")
GROUP: JSON = {"id": -1001, "type": "supergroup", "title": "Newsroom"}
FORUM: JSON = {"id": -1002, "type": "supergroup", "title": "Desk", "is_forum": True}
_KINDS = ["message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "inline_query"]


class Asking:
    """What people say to the bot, and what it does then.

    Args:
        engine: of whose articles it answers.
        folder: for its database.
        settings: of its own.
    """

    def __init__(self, engine: Engine, folder: Path, **settings: Any) -> None:  # noqa: ANN401  # whatever a setting may be
        self.api = TelegramApi().start()
        given = {"telegram_access": "open", "telegram_per_minute": 1000, "telegram_per_minute_all": 10_000} | settings
        url = f"http://127.0.0.1:{self.api.port}/bot"
        self.engine = open_engine(engine.settings.model_copy(update=given | {"telegram_api_url": url}))
        self._folder = folder
        self._open()

    def _open(self) -> None:
        self.service = Service.of(self.engine, access(self.engine.settings), Database(self._folder / NAME))

    def restart(self) -> None:
        """Everything that is only in memory is lost."""
        self.service.close()
        self._open()

    def close(self) -> None:
        self.service.close()
        self.engine.close()
        self.api.stop()

    def run(self, work: Coroutine[Any, Any, None] | None = None) -> list[Call]:
        """Have the bot handle all that was done; the calls it makes for that, typing marks aside.

        Args:
            work: done meanwhile.
        """
        before = len(self.api.calls)
        asyncio.run(self._handle(work))
        return [
            call for call in self.api.calls[before:] if call.method not in {"getMe", "getUpdates", "sendChatAction"}
        ]

    async def _handle(self, work: Coroutine[Any, Any, None] | None) -> None:
        self.service.stopping.clear()
        self.application = application = build(self.service, TOKEN)
        async with application:
            came = await application.bot.get_updates(timeout=0, allowed_updates=_KINDS)
            if came:  # confirmed before they are handled, as they are when the bot runs
                await application.bot.get_updates(offset=came[-1].update_id + 1, timeout=0, allowed_updates=_KINDS)
            typed = [update for update in came if update.inline_query]  # which are not kept
            tasks = [self._one(application, one) for one in (*self.service.inbox.pending(application.bot), *typed)]
            ended = await asyncio.gather(*tasks, *([work] if work else []), return_exceptions=True)
        for failure in ended:
            if isinstance(failure, Exception):
                raise failure

    async def _one(self, application: App, update: Update) -> None:
        await application.update_processor.process_update(update, application.process_update(update))

    # People

    def says(self, text: str, user: JSON = JOHN, chat: JSON | None = None, **more: Any) -> list[str]:  # noqa: ANN401
        """What the bot answers to a message; in private where no chat is named."""
        self.api.says(text, chat=chat or private(user), user=user, **more)
        return texts(self.run())

    def sends(self, content: JSON, user: JSON = JOHN, chat: JSON | None = None) -> list[str]:
        """What the bot answers to something of another kind."""
        self.api.sends(content, chat=chat or private(user), user=user)
        return texts(self.run())


def texts(calls: list[Call]) -> list[str]:
    """The messages among calls, as plain text."""
    return [plain(call) for call in calls if call.method == "sendMessage" and call.code == 200]


@contextmanager
def asking(engine: Engine, folder: Path, **settings: Any) -> Iterator[Asking]:  # noqa: ANN401  # as above
    """The bot for as long as the block lasts."""
    opened = Asking(engine, folder, **settings)
    try:
        yield opened
    finally:
        opened.close()
