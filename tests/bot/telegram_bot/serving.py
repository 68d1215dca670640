"""A service over an empty library, a connection to the fake, and updates as Telegram brings them, for tests of the parts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from telegram import Update

from bot.telegram_bot.access import Access
from bot.telegram_bot.connection import Connection
from bot.telegram_bot.database import NAME, Database
from bot.telegram_bot.inbox import InboxQueue
from bot.telegram_bot.service import Service
from rag.engine import Engine
from rag.settings import Settings
from tests.telegram_api.server import TOKEN, TelegramApi

JOHN: dict[str, Any] = {"id": 88, "is_bot": False, "first_name": "John", "language_code": "en"}


def settings_for(folder: Path, api: TelegramApi | None = None, **more: Any) -> Settings:  # noqa: ANN401  # settings
    """Settings with the data in `folder` and the Bot API at the fake."""
    url = {"telegram_api_url": f"http://127.0.0.1:{api.port}/bot"} if api else {}
    return Settings(data_dir=folder, **url, **more)


def service_for(settings: Settings, admins: frozenset[int] = frozenset()) -> Service:
    """A service that everybody may use."""
    return Service.of(Engine(settings), Access(True, admins=admins), Database(settings.data_dir / NAME))


@asynccontextmanager
async def connected(service: Service) -> AsyncIterator[Connection]:
    """The service's connection, open."""
    updates = InboxQueue(service.inbox)
    async with Connection(service.engine.settings, TOKEN, updates, service.metrics, service.stopping) as bot:
        yield bot


def message(text: str, chat: int = 88, **more: Any) -> dict[str, Any]:  # noqa: ANN401  # a message's fields
    """A message of John's as the Bot API writes it."""
    kind = "private" if chat > 0 else "supergroup"
    about = {"message_id": 7, "date": 1, "chat": {"id": chat, "type": kind}, "from": JOHN}
    return about | ({"text": text} if text else {}) | more


def update(number: int, text: str = "x", chat: int = 88, **more: Any) -> Update:  # noqa: ANN401  # a message's fields
    """An update that brings a message of John's."""
    return Update.de_json({"update_id": number, "message": message(text, chat, **more)}, None)


def press(number: int, chat: int = 88) -> Update:
    """An update that brings a press of a button."""
    query = {"id": "1", "from": JOHN, "chat_instance": "1", "data": "x", "message": message("x", chat)}
    return Update.de_json({"update_id": number, "callback_query": query}, None)
