"""The bot put together, and run until it is told to stop."""

import asyncio
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from telegram.error import InvalidToken
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.strings import say
from bot.telegram_bot.access import Access, access, token
from bot.telegram_bot.answers import Answers
from bot.telegram_bot.connection import Connection
from bot.telegram_bot.handlers import Handlers
from bot.telegram_bot.order import ChatOrder
from bot.telegram_bot.profile import introduce
from bot.telegram_bot.redaction import redact_logs
from rag.engine import Engine
from rag.errors import SanadError, SettingsError
from rag.model import Language

_LOG = logging.getLogger(__name__)
_THREADS = 32  # the usual few would all wait for a language model, and buttons behind them
_POLL = 30  # seconds that Telegram may hold a request for updates
_UPDATES = ["message", "callback_query"]
App = Application[Connection, Any, Any, Any, Any, Any]


def run(engine: Engine, language: Language) -> None:
    """Answer until SIGINT or SIGTERM; what is being answered then is answered first.

    Args:
        engine: what is asked.
        language: of the log's own lines.

    Raises:
        SettingsError: the token or who may ask is not set, or Telegram does not know the token.
    """
    secret, admitted = token(engine.settings), access(engine.settings)
    _log_to_standard_error()
    redact_logs(secret)
    try:
        application = build(engine, secret, admitted, language)
        application.run_polling(timeout=_POLL, bootstrap_retries=-1, allowed_updates=_UPDATES)
        refused = application.bot.revoked
    except InvalidToken:  # its text holds the token
        refused = True
    except SanadError:
        raise
    except Exception:
        _LOG.critical("the bot ended", exc_info=True)  # through the log, which is redacted
        sys.exit(1)
    if refused:
        raise SettingsError("SANAD_TELEGRAM_TOKEN", "telegram_token_refused")


def build(engine: Engine, secret: str, admitted: Access, language: Language) -> App:
    """The application, not yet running."""

    async def ready(application: App) -> None:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS))
        await introduce(application.bot)
        _LOG.info(say(language, "telegram_listening", name=application.bot.username))

    bot = Connection(secret, engine.settings.telegram_api_url)
    application = ApplicationBuilder().bot(bot).concurrent_updates(ChatOrder()).post_init(ready).build()
    register(application, Handlers(engine, Answers(engine.settings.data_dir / "answers.sqlite3"), admitted))
    return application


def register(application: App, handlers: Handlers) -> None:
    """Say which handler gets which updates."""
    new = filters.UpdateType.MESSAGE  # not edited ones: their answer has been given
    private = new & filters.ChatType.PRIVATE
    for name, handler in (("start", handlers.start), ("help", handlers.help), ("about", handlers.about)):
        application.add_handler(CommandHandler(name, handler, new))
    application.add_handler(MessageHandler(private & filters.COMMAND, handlers.help))
    application.add_handler(MessageHandler(new & filters.TEXT & ~filters.COMMAND, handlers.question))
    application.add_handler(MessageHandler(private & ~filters.TEXT & ~filters.StatusUpdate.ALL, handlers.other))
    application.add_handler(CallbackQueryHandler(handlers.source))
    application.add_error_handler(handlers.error)


def _log_to_standard_error() -> None:
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.WARNING)
    logging.getLogger("bot").setLevel(logging.INFO)
    # Whatever python-telegram-bot logs as an error with its traceback it also raises, and is said here in a line.
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
