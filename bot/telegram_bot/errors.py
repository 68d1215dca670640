"""What happens when something goes wrong: who asked is told so in their language, and the log gets the details."""

import logging
import secrets

from telegram import Update
from telegram.error import Forbidden, TelegramError

from bot.strings import say
from bot.telegram_bot.audience import Context
from bot.telegram_bot.delivery import deliver
from bot.telegram_bot.mention import said
from bot.telegram_bot.messages import text_messages
from bot.telegram_bot.outbox import Place
from bot.telegram_bot.service import Service
from rag.errors import LibraryEmpty, QuestionError
from rag.language.characters import script
from rag.model import Language

_LOG = logging.getLogger(__name__)


class Errors:
    """The one error handler."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def error(self, update: object, context: Context) -> None:
        """Say what went wrong to who asked; log what only the bot's owner can mend."""
        error = context.error
        if isinstance(error, Forbidden):
            _LOG.info("not sent: %s", error)  # the bot was blocked, or removed from the group
        elif isinstance(error, TelegramError):
            _LOG.warning("Telegram: %s: %s", type(error).__name__, error)
        elif error is not None and isinstance(update, Update):
            await self._explain(error, update, context)
        else:
            _LOG.error("outside of any update", exc_info=error)

    async def _explain(self, error: Exception, update: Update, context: Context) -> None:
        message = update.effective_message
        language = message and script(said(message))
        text = self._explained(error, language or self._service.users.language(update.effective_user))
        if message:
            self._service.metrics.questions.labels("failed").inc()
            await deliver(self._service, context.bot, Place.of(message, update.update_id), text_messages(text))

    def _explained(self, error: Exception, language: Language) -> str:
        """An error as who asked should read it; logged on the way if it is a mistake of the bot's."""
        if isinstance(error, QuestionError) and error.key == "question_empty":
            return say(language, "telegram_ask_me")  # the error's own words are about the command line
        if isinstance(error, QuestionError) and error.key == "question_long":
            return say(language, "telegram_question_long", int(str(error.values["limit"])))
        if isinstance(error, QuestionError | LibraryEmpty):
            return error.message(language)  # others name files and settings of the machine, which are nobody's business
        reference = secrets.token_hex(4)
        _LOG.error("reference %s", reference, exc_info=error)
        self._service.metrics.errors.inc()
        return say(language, "telegram_apology", reference=reference)
