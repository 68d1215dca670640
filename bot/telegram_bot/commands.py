"""The commands everybody has, and what their buttons do."""

import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.strings import say
from bot.telegram_bot import buttons, retention
from bot.telegram_bot.audience import admitted, asker, language_for, reply
from bot.telegram_bot.delivery import deliver
from bot.telegram_bot.markup import HtmlMessage
from bot.telegram_bot.messages import text_messages
from bot.telegram_bot.outbox import Place
from bot.telegram_bot.press import Press
from bot.telegram_bot.profile import listed, show_menu
from bot.telegram_bot.proof import Proof
from bot.telegram_bot.retention import Erased
from bot.telegram_bot.service import Service
from bot.telegram_bot.shelf import page, turned
from rag.model import Language
from rag.settings import Settings

LANGUAGE, FORGET = "l", "e"  # what the data of their buttons begins with
_CHOICES: dict[str, Language | None] = {"ar": "ar", "en": "en", "auto": None}
_NAMES = {"ar": "العربية", "en": "English"}
Context = ContextTypes.DEFAULT_TYPE


class Commands:
    """What the bot does when it is given a command, and when a button of a command's is pressed."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._proof = Proof(service.engine, service.answers)

    # Commands

    async def start(self, update: Update, context: Context) -> None:
        """Greet, and show what can be asked; or open the source that a link leads to."""
        if not (message := await admitted(self._service, update, context)):
            return
        key = buttons.linked(context.args[0]) if context.args else None
        if key:
            shown = await asyncio.to_thread(self._proof.source, *key, language_for(self._service, message))
            await self._send(update, context, message, shown)
        else:
            await reply(
                self._service, update, context, message, say(language_for(self._service, message), "telegram_start")
            )
        user = message.from_user
        if user and message.chat.type == ChatType.PRIVATE and self._service.access.is_admin(user.id):
            await show_menu(context.bot, user.id, self._service.users.chosen(user.id), admin=True)

    async def help(self, update: Update, context: Context) -> None:
        """Say how to ask; in a group, which others read, in few words."""
        if message := await admitted(self._service, update, context):
            await self._help(update, context, message)

    async def unknown(self, update: Update, context: Context) -> None:
        """A command there is not, or not for this user: help in private; in a group it was for another bot."""
        message = await admitted(self._service, update, context)
        if message and message.chat.type == ChatType.PRIVATE:
            await self._help(update, context, message)

    async def about(self, update: Update, context: Context) -> None:
        """Say what the bot is, how much it has read, where questions go, and what is kept of them."""
        if not (message := await admitted(self._service, update, context)):
            return
        language, settings = language_for(self._service, message), self._service.engine.settings
        count = len(await asyncio.to_thread(self._service.shelf.entries))
        parts = [
            say(language, "telegram_about"), say(language, "telegram_articles", count), consent(settings, language),
            storage(settings, language),
        ]  # fmt: skip
        await reply(self._service, update, context, message, "\n\n".join(parts))

    async def articles(self, update: Update, context: Context) -> None:
        """List the articles, newest first."""
        if not (message := await admitted(self._service, update, context)):
            return
        language = language_for(self._service, message)
        entries = await asyncio.to_thread(self._service.shelf.entries)
        if entries:
            shown, keyboard = page(entries, 1, language)
            await self._send(update, context, message, [shown], keyboard)
        else:
            await reply(self._service, update, context, message, say(language, "telegram_no_articles"))

    async def lang(self, update: Update, context: Context) -> None:
        """Ask which language to speak."""
        if not (message := await admitted(self._service, update, context)):
            return
        language = language_for(self._service, message)
        names = [InlineKeyboardButton(name, callback_data=f"{LANGUAGE}:{code}") for code, name in _NAMES.items()]
        follow = InlineKeyboardButton(say(language, "telegram_lang_auto"), callback_data=f"{LANGUAGE}:auto")
        keyboard = InlineKeyboardMarkup(buttons.mirrored([names, [follow]], language))
        await reply(self._service, update, context, message, say(language, "telegram_lang"), keyboard)

    async def forget(self, update: Update, context: Context) -> None:
        """Ask whether to erase what is kept of the user."""
        if not (message := await admitted(self._service, update, context)):
            return
        language, user = language_for(self._service, message), asker(message)
        if message.sender_chat:  # presses come from persons, never in the name of a group
            await reply(self._service, update, context, message, say(language, "telegram_forget_nameless"))
            return
        row = [
            InlineKeyboardButton(say(language, key), callback_data=f"{FORGET}:{user}:{sure}")
            for key, sure in (("telegram_forget_yes", 1), ("telegram_keep", 0))
        ]
        keyboard = InlineKeyboardMarkup(buttons.mirrored([row], language))
        await reply(self._service, update, context, message, say(language, "telegram_forget"), keyboard)

    async def stop(self, update: Update, context: Context) -> None:
        """Stop what is being answered for the user in this chat, and drop what they asked there and waits."""
        if not (message := await admitted(self._service, update, context)):
            return
        language, user = language_for(self._service, message), asker(message)
        # First those that wait: the one being stopped would let the next begin.
        dropped = await asyncio.to_thread(self._service.inbox.drop, message.chat.id, user, update.update_id)
        stopped = self._service.running.stop(message.chat.id, user)
        said = [say(language, "telegram_stopped")] if stopped else []
        said += [say(language, "telegram_dropped", dropped)] if dropped else []
        await reply(
            self._service, update, context, message, " ".join(said) or say(language, "telegram_nothing_running")
        )

    # Their buttons

    async def turn(self, press: Press) -> None:
        """Show another page of the articles, in the language the list is in."""
        await press.acknowledge()
        if wanted := turned(press.rest):
            entries = await asyncio.to_thread(self._service.shelf.entries)
            await press.replace(*page(entries, wanted[1], wanted[0]))

    async def speak(self, press: Press) -> None:
        """Take a choice of language; in a group it stands for others to press."""
        if press.rest not in _CHOICES:
            await press.acknowledge(say(press.language, "telegram_unknown_button"), alert=True)
            return
        chosen = _CHOICES[press.rest]
        await asyncio.to_thread(self._service.users.choose, press.user.id, chosen)
        language = self._service.users.language(press.user)
        text = say(language, "telegram_lang_chosen" if chosen else "telegram_lang_follows")
        await press.acknowledge(text)
        if press.message.chat.type == ChatType.PRIVATE:
            await press.replace(_message(text, language))
        await show_menu(press.bot, press.user.id, chosen, admin=self._service.access.is_admin(press.user.id))

    async def erase(self, press: Press) -> None:
        """Erase what is kept of the user who asked for it, and who alone can press this."""
        user, _, sure = press.rest.partition(":")
        if user != str(press.user.id):
            await press.acknowledge(say(press.language, "telegram_not_yours"), alert=True)
            return
        await press.acknowledge()
        if sure != "1":
            await press.say(say(press.language, "telegram_forget_kept"))
            return
        erased = await asyncio.to_thread(retention.forget, self._service, press.user.id)
        await press.say(_erased(erased, press.language))
        if erased.language:
            await show_menu(press.bot, press.user.id, None, admin=self._service.access.is_admin(press.user.id))

    # How they answer

    async def _help(self, update: Update, context: Context, message: Message) -> None:
        language = language_for(self._service, message)
        if message.chat.type == ChatType.PRIVATE:
            text = f"{say(language, 'telegram_help')}\n\n{listed(language)}"
        else:
            text = say(language, "telegram_help_group")
        await reply(self._service, update, context, message, text)

    async def _send(
        self,
        update: Update,
        context: Context,
        message: Message,
        made: Sequence[HtmlMessage],
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> None:
        await deliver(self._service, context.bot, Place.of(message, update.update_id), made, keyboard)


def consent(settings: Settings, language: Language) -> str:
    """Where questions and passages go."""
    if settings.llm == "none":
        return say(language, "telegram_local")
    host = urlsplit(settings.llm_url).hostname or settings.llm_url
    return say(language, "telegram_sent", host=host, model=settings.llm)


def storage(settings: Settings, language: Language) -> str:
    """What is kept of those who ask, and how long."""
    days = settings.telegram_retention_days
    return say(language, "telegram_stored", days) if days else say(language, "telegram_not_stored")


def _erased(erased: Erased, language: Language) -> str:
    """What was erased, in a sentence."""
    counts = {"answers": erased.answers, "feedback": erased.ratings, "conversations": erased.conversations}
    parts = [say(language, f"telegram_erased_{what}", count) for what, count in counts.items() if count]
    parts += [say(language, "telegram_erased_language")] if erased.language else []
    if not parts:
        return say(language, "telegram_erased_nothing")
    return say(language, "telegram_erased", what=say(language, "comma").join(parts))


def _message(text: str, language: Language) -> HtmlMessage:
    """A few paragraphs of the bot's own, which fit one message."""
    message, *_ = text_messages(text, language)
    return message
