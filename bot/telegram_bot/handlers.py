"""What the bot does with each kind of update."""

import asyncio
import logging
import secrets
from urllib.parse import urlsplit

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update, User
from telegram.constants import ChatType
from telegram.error import Forbidden, TelegramError
from telegram.ext import ContextTypes

from bot.strings import say
from bot.telegram_bot import buttons, mention
from bot.telegram_bot.access import Access
from bot.telegram_bot.activity import typing
from bot.telegram_bot.answers import Answers, KeptCitation
from bot.telegram_bot.conversations import Conversations
from bot.telegram_bot.delivery import Place, deliver
from bot.telegram_bot.markup import HtmlMessage
from bot.telegram_bot.messages import passage_messages, reply_messages, text_messages
from rag.engine import Engine
from rag.errors import ArticleNotFound, LibraryEmpty, QuestionError, SanadError
from rag.language.characters import script
from rag.language.gloss import gloss
from rag.library import Library
from rag.model import Article, Language, Reply
from rag.settings import Settings

_LOG = logging.getLogger(__name__)
Context = ContextTypes.DEFAULT_TYPE


class Handlers:
    """The bot's side of every talk."""

    def __init__(self, engine: Engine, answers: Answers, access: Access) -> None:
        self._engine = engine
        self._answers = answers
        self._access = access
        self._conversations = Conversations()

    # Commands

    async def start(self, update: Update, context: Context) -> None:
        """Greet, and show what can be asked."""
        await self._tell(update, context, "telegram_start")

    async def help(self, update: Update, context: Context) -> None:
        """Say how to ask."""
        await self._tell(update, context, "telegram_help")

    async def about(self, update: Update, context: Context) -> None:
        """Say what the bot is, how much it has read, and where questions go."""
        if not (message := await self._to_answer(update, context)):
            return
        language = language_of(message.from_user)
        count = await asyncio.to_thread(self._article_count)
        parts = [
            say(language, "telegram_about"),
            say(language, "telegram_articles", count),
            consent(self._engine.settings, language),
        ]
        await deliver(context.bot, Place.of(message), text_messages("\n\n".join(parts)))

    def _article_count(self) -> int:
        path = self._engine.settings.data_dir / "library.sqlite3"
        return Library(path, readonly=True).count()[0] if path.exists() else 0

    async def other(self, update: Update, context: Context) -> None:
        """What is no text cannot be answered."""
        await self._tell(update, context, "telegram_only_text")

    async def _tell(self, update: Update, context: Context, key: str) -> None:
        if message := await self._to_answer(update, context):
            text = say(language_of(message.from_user), key)
            await deliver(context.bot, Place.of(message), text_messages(text))

    # Questions

    async def question(self, update: Update, context: Context) -> None:
        """Answer a question from the articles."""
        if not (message := await self._to_answer(update, context)):
            return
        text = mention.words(message, context.bot.bot)
        if not text:
            await self._tell(update, context, "telegram_ask_me")
            return
        place = Place.of(message)
        async with typing(context.bot, place):
            language = None if script(text) else language_of(message.from_user)
            talk = self._conversations.of(place.chat, place.thread, message.from_user.id if message.from_user else 0)
            reply = await asyncio.to_thread(self._engine.ask, text, language=language, conversation=talk)
            keyboard = await self._keyboard(reply)
        await deliver(context.bot, place, reply_messages(reply), keyboard)

    async def _keyboard(self, reply: Reply) -> InlineKeyboardMarkup | None:
        """The buttons of a reply, which is kept first; without them if it cannot be."""
        if not (reply.citations or reply.nearest):
            return None
        try:
            return buttons.keyboard(reply, await asyncio.to_thread(self._answers.keep, reply))
        except SanadError as error:
            _LOG.error("an answer goes without buttons: %s", error)
            return None

    # Buttons

    async def source(self, update: Update, context: Context) -> None:
        """Show the passage behind a source's button."""
        query = update.callback_query
        if query is None or query.message is None:
            return
        if not self._access.allows(query.from_user.id):
            await _acknowledge(query, _not_admitted(query.from_user))
            return
        await _acknowledge(query)
        shown = await asyncio.to_thread(self._source, query.data or "", language_of(query.from_user))
        await deliver(context.bot, Place.of(query.message), shown)

    def _source(self, data: str, language: Language) -> list[HtmlMessage]:
        """What a button shows: the passage as it stands in its article now, or that it no longer does."""
        key = buttons.pressed(data)
        kept = self._answers.citation(*key) if key else None
        if key is None or kept is None:
            return text_messages(say(language, "telegram_unknown_button"))
        article = self._standing(kept)
        if article is None:
            return text_messages(say(kept.language, "telegram_withdrawn", number=f"[{key[1]}]"))
        quote = article.text[kept.start : kept.end]
        glossed = gloss(quote) if kept.language == "en" and script(quote) == "ar" else None
        return passage_messages(
            article, (kept.start, kept.end, kept.passage(article.text)), key[1], kept.language, glossed
        )

    def _standing(self, kept: KeptCitation) -> Article | None:
        """The article in which a quote still stands where it stood; None when it does not."""
        try:
            article = self._engine.article(kept.article_id)
        except ArticleNotFound:
            return None
        return article if kept.stands_in(article.text) else None

    # Who is answered

    async def _to_answer(self, update: Update, context: Context) -> Message | None:
        """The message of an update, if it speaks to the bot and who wrote it may; others are told so, but only in private."""
        message = update.message
        if message is None or not mention.speaks_to(message, context.bot.bot):
            return None
        user = message.from_user
        # Two bots could talk forever; but an administrator who hides their name looks like one.
        if user and user.is_bot and not message.sender_chat:
            return None
        if user and self._access.allows(user.id):
            return message
        if user and message.chat.type == ChatType.PRIVATE:
            await deliver(context.bot, Place.of(message), text_messages(_not_admitted(user)))
        return None

    # Errors

    async def error(self, update: object, context: Context) -> None:
        """Say what went wrong to who asked; log what only the bot's owner can mend."""
        error = context.error
        if isinstance(error, Forbidden):
            _LOG.info("not sent: %s", error)  # the bot was blocked, or removed from the group
            return
        if isinstance(error, TelegramError):
            _LOG.warning("Telegram: %s: %s", type(error).__name__, error)
            return
        message = update.effective_message if isinstance(update, Update) else None
        language = (message and script(message.text or "")) or language_of(_user(update))
        text = _explained(error, language)
        if message:
            try:
                await deliver(context.bot, Place.of(message), text_messages(text))
            except TelegramError as failure:
                _LOG.warning("Telegram: %s: %s", type(failure).__name__, failure)


def language_of(user: User | None) -> Language:
    """The language Telegram is set to, as far as the bot speaks it."""
    return "ar" if user and (user.language_code or "").lower().startswith("ar") else "en"


def consent(settings: Settings, language: Language) -> str:
    """Where questions and passages go."""
    if settings.llm == "none":
        return say(language, "telegram_local")
    host = urlsplit(settings.llm_url).hostname or settings.llm_url
    return say(language, "telegram_sent", host=host, model=settings.llm)


def _explained(error: Exception | None, language: Language) -> str:
    """An error as who asked should read it; logged on the way."""
    if isinstance(error, QuestionError) and error.key == "question_empty":
        return say(language, "telegram_ask_me")  # the error's own words are about the command line
    if isinstance(error, QuestionError | LibraryEmpty):
        return error.message(language)  # others name files and settings of the machine, which are nobody's business
    reference = secrets.token_hex(4)
    _LOG.error("reference %s", reference, exc_info=error)
    return say(language, "telegram_apology", reference=reference)


def _not_admitted(user: User) -> str:
    return say(language_of(user), "telegram_not_admitted", user=user.id)


def _user(update: object) -> User | None:
    return update.effective_user if isinstance(update, Update) else None


async def _acknowledge(query: CallbackQuery, text: str | None = None) -> None:
    """End the button's waiting mark; after a restart it may be too late for that, which disturbs nothing."""
    try:
        await query.answer(text, show_alert=text is not None)
    except TelegramError as error:
        _LOG.debug("button: %s", error)
