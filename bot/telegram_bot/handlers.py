"""Which handler gets which update."""

from typing import Any

from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.telegram_bot.admin import Admin
from bot.telegram_bot.commands import Commands
from bot.telegram_bot.connection import Connection
from bot.telegram_bot.errors import Errors
from bot.telegram_bot.inline import Inline
from bot.telegram_bot.mention import ASK
from bot.telegram_bot.presses import Presses
from bot.telegram_bot.questions import Questions
from bot.telegram_bot.service import Service

App = Application[Connection, Any, Any, Any, Any, Any]
_INGEST = r"^/ingest\b"


def register(application: App, service: Service) -> None:
    """Say which handler gets which updates; the first that fits has it alone."""
    new = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    written = ~filters.StatusUpdate.ALL
    commands, admin, questions = Commands(service), Admin(service), Questions(service)
    named = {
        "start": commands.start, "help": commands.help, "articles": commands.articles, "lang": commands.lang,
        "forget": commands.forget, "about": commands.about, "stop": commands.stop, "ingest": admin.ingest,
        "remove": admin.remove, "stats": admin.stats, "status": admin.status, ASK: questions.question,
    }  # fmt: skip
    application.add_handlers(
        [
            *(CommandHandler(name, handle, new) for name, handle in named.items()),
            MessageHandler(private & filters.Document.ALL & filters.CaptionRegex(_INGEST), admin.document),
            MessageHandler(private & filters.COMMAND, commands.unknown),
            MessageHandler(new & written & ~filters.COMMAND, questions.question),
            MessageHandler(filters.UpdateType.EDITED & written, questions.edited),
            CallbackQueryHandler(Presses(service).pressed),
            InlineQueryHandler(Inline(service).query),
        ]
    )
    application.add_error_handler(Errors(service).error)
