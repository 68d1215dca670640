"""Inline mode: @bot and a question, in any chat. Answers are quotes always, for a model would take longer than Telegram waits."""

import asyncio
import logging
import math

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.strings import say
from bot.telegram_bot.audience import Context
from bot.telegram_bot.markup import clean
from bot.telegram_bot.messages import inline_message, title
from bot.telegram_bot.service import Service
from rag.errors import SanadError
from rag.language.characters import script
from rag.language.words import count_words
from rag.model import Answer, Language, Refusal

_LOG = logging.getLogger(__name__)
_PAUSE = 0.7  # seconds without a letter, after which a question is taken for complete
_KEPT = 30  # seconds that Telegram may give the same answer again
_WIDEST_TITLE, _WIDEST_LINE, _WIDEST_BUTTON = 100, 200, 64  # characters; the last is Telegram's limit
_START = "inline"  # what /start gets from the button


class Inline:
    """Answers questions that are being typed."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._newest: dict[int, str] = {}  # of each user that is typing

    async def query(self, update: Update, context: Context) -> None:
        """Answer a question when who types it pauses; one that goes on being typed is left to the next query."""
        query = update.inline_query
        if query is None or not await self._is_complete(query):
            return
        await self._answer(query, self._service.users.language(query.from_user))

    async def _is_complete(self, query: InlineQuery) -> bool:
        user = query.from_user.id
        self._newest[user] = query.id
        await asyncio.sleep(_PAUSE if count_words(query.query) else 0)
        if self._newest.get(user) != query.id:
            return False
        del self._newest[user]
        return True

    async def _answer(self, query: InlineQuery, language: Language) -> None:
        user = query.from_user.id
        if not self._service.access.allows(user):
            await _show(query, None, None)
            return
        if not count_words(query.query):
            await _show(query, None, say(language, "telegram_inline_ask"))
            return
        wait = self._service.limits.admit(user)
        if wait is not None:
            self._count("limited")
            await _show(query, None, say(language, "telegram_inline_wait", max(1, math.ceil(wait))), kept=0)
            return
        reply = await self._reply(query.query, language)
        self._count("answered" if isinstance(reply, Answer) else "refused")
        if isinstance(reply, Answer) and reply.citations:
            await _show(query, _result(reply), None)
        else:
            await _show(query, None, say(reply.language if reply else language, "telegram_inline_none"))

    async def _reply(self, question: str, language: Language) -> Answer | Refusal | None:
        """The reply; None where the question or the library is of no use, of which the private chat says more."""
        try:
            return await self._service.ask(question, language=None if script(question) else language)
        except SanadError as error:
            _LOG.info("an inline question goes unanswered: %s", error.key)
            return None

    def _count(self, outcome: str) -> None:
        self._service.metrics.questions.labels(outcome).inc()


def _result(answer: Answer) -> InlineQueryResultArticle:
    message = inline_message(answer)
    lines = [" ".join(clean(claim.text).split()) for claim in answer.claims]
    return InlineQueryResultArticle(
        "1",
        _cut(title(answer), _WIDEST_TITLE),
        InputTextMessageContent(
            message.html, ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        description=_cut(lines[0], _WIDEST_LINE) if lines else None,
    )


async def _show(
    query: InlineQuery, result: InlineQueryResultArticle | None, button: str | None, kept: int = _KEPT
) -> None:
    """Answer the query; it may have become too old for that, which disturbs nothing."""
    private = InlineQueryResultsButton(_cut(button, _WIDEST_BUTTON), start_parameter=_START) if button else None
    try:
        await query.answer([result] if result else [], cache_time=kept, is_personal=True, button=private)
    except TelegramError as error:
        _LOG.info("inline: %s", error)


def _cut(text: str, widest: int) -> str:
    return text if len(text) <= widest else text[: widest - 1] + "…"
