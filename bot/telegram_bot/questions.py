"""Questions: what people write to the bot, and the answers to it."""

import asyncio
import logging
import math
from collections import OrderedDict
from collections.abc import Sequence

from telegram import Bot, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType

from bot.telegram_bot import buttons, mention
from bot.telegram_bot.asked import digest_of
from bot.telegram_bot.audience import Context, admitted, asker, tell
from bot.telegram_bot.delivery import send, stored
from bot.telegram_bot.messages import reply_messages
from bot.telegram_bot.outbox import Part, Place, parts_of
from bot.telegram_bot.service import Service
from bot.telegram_bot.streaming import Streaming
from rag.engine import Conversation
from rag.errors import SanadError
from rag.language.characters import script
from rag.language.identify import language_of
from rag.language.words import count_words
from rag.model import Answer, Language, Refusal

_LOG = logging.getLogger(__name__)
_TELLING = frozenset({"ar", "en", "arabizi"})  # languages of a question that tell the answer's
_LONGEST_FORWARDED = 60  # words; a longer text that was passed on is an article rather than a question
_MOST_ALBUMS = 1000  # remembered
# What is said of a message without words, by what it holds; the first that fits.
_WORDLESS = {
    "voice": "telegram_voice", "audio": "telegram_voice", "video_note": "telegram_video", "video": "telegram_video",
    "animation": "telegram_sticker", "sticker": "telegram_sticker", "dice": "telegram_sticker", "photo": "telegram_photo",
    "document": "telegram_document", "contact": "telegram_contact", "venue": "telegram_location",
    "location": "telegram_location", "poll": "telegram_poll",
}  # fmt: skip


class Questions:
    """Answers what is asked in messages."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._streaming = Streaming(service)
        self._albums: OrderedDict[str, None] = OrderedDict()  # whose first message was heard

    async def question(self, update: Update, context: Context) -> None:
        """Answer a message, or say how to ask; where an edit of it waits already, as it was edited."""
        update = await self._newest(update, context.bot)
        message = await admitted(self._service, update, context)
        if message is None or self._is_of_known_album(message):
            return
        question = mention.question(message, context.bot.bot)
        talk = await asyncio.to_thread(self._heard, message, question)
        await self._hear(update, context, message, question, talk)

    async def edited(self, update: Update, context: Context) -> None:
        """Answer a question again that asks something else now; an edit of anything else does nothing."""
        update = await self._newest(update, context.bot)
        message = await admitted(self._service, update, context)
        if message is None:
            return
        asked, key = self._service.asked, (message.chat.id, message.message_id)
        question = mention.question(message, context.bot.bot)
        before = await asyncio.to_thread(asked.digest, *key)
        if question and before not in (None, digest_of(question)):
            talk = await asyncio.to_thread(self._talk, message)
            talk.turns[:] = [turn for turn in talk.turns if digest_of(turn.question) != before]
            await self._hear(update, context, message, question, talk, edited=True)
            # Only now: after a restart in the middle, it has to be answered yet.
            await asyncio.to_thread(asked.keep, *key, asker(message), question)

    def _heard(self, message: Message, question: str) -> Conversation:
        """Note what a message asks; what was said before it."""
        self._service.asked.keep(message.chat.id, message.message_id, asker(message), question)
        return self._talk(message)

    def _talk(self, message: Message) -> Conversation:
        return self._service.conversations.of(*_talk_key(message))

    async def _newest(self, update: Update, bot: Bot) -> Update:
        """The update with its message as it was edited last, as far as is known."""
        message = update.effective_message
        if message is None or not self._service.inbox.may_be_edited(message.chat.id):
            return update
        waiting = await asyncio.to_thread(self._service.inbox.behind, message.chat.id, update.update_id)
        for payload in reversed(waiting):
            edited = payload.get("edited_message") or payload.get("edited_channel_post")
            if edited and edited["message_id"] == message.message_id:
                return Update(update.update_id, message=Message.de_json(edited, bot))
        return update

    async def _hear(
        self,
        update: Update,
        context: Context,
        message: Message,
        question: str,
        talk: Conversation,
        *,
        edited: bool = False,
    ) -> None:
        """Answer a question, or say why not; `talk` is what was said before it."""
        limits = self._service.limits
        wait = limits.admit(asker(message))
        if wait is not None:
            self._count("limited")
            if limits.tells(message.chat.id):
                await tell(self._service, update, context, "telegram_wait", max(1, math.ceil(wait)))
        elif not question:
            if key := self._wordless(message):
                await tell(self._service, update, context, key)
        elif _is_of_somebody_else(message, context.bot) and count_words(question) > _LONGEST_FORWARDED:
            await tell(self._service, update, context, "telegram_article")
        else:
            place = Place.of(message, update.update_id)
            answering = self._answer(context.bot, place, message, question, talk, edited=edited)
            if await self._service.running.run(place.chat, asker(message), answering) is None:
                self._count("stopped")

    async def _answer(
        self, bot: Bot, place: Place, message: Message, question: str, talk: Conversation, *, edited: bool
    ) -> Answer | Refusal:
        reply = await self._streaming.reply(bot, place, question, self._language(message, question), talk)
        parts = await asyncio.to_thread(self._written_down, reply, talk, place, message, edited=edited)
        await send(self._service, bot, parts)
        self._count("answered" if isinstance(reply, Answer) else "refused")
        return reply

    def _written_down(
        self, reply: Answer | Refusal, talk: Conversation, place: Place, message: Message, *, edited: bool
    ) -> Sequence[Part]:
        """What is to be sent of a reply; all that is kept of it is kept first, in one thread's turn."""
        self._service.conversations.keep(*_talk_key(message), talk)
        keyboard = self._keyboard(reply, place.chat, asker(message))
        return stored(self._service, parts_of(place, reply_messages(reply, edited=edited), keyboard))

    def _language(self, message: Message, question: str) -> Language | None:
        """The language of the answer where the question does not tell it: that of who asks."""
        if script(question) and language_of(question) in _TELLING:
            return None
        return self._service.users.language(message.from_user)

    def _keyboard(self, reply: Answer | Refusal, chat: int, user: int) -> InlineKeyboardMarkup | None:
        """The buttons of a reply, which is kept first; without them if it cannot be."""
        try:
            answer_id = self._service.answers.keep(reply, user, chat)
        except SanadError as error:
            _LOG.error("an answer goes without buttons: %s", error)
            return None
        return buttons.keyboard(reply, answer_id)

    def _is_of_known_album(self, message: Message) -> bool:
        """Whether a message only goes with one that was heard before it: the pictures of an album come as a message each."""
        album = message.media_group_id
        if album is None:
            return False
        known = album in self._albums and not mention.said(message)
        self._albums[album] = None
        while len(self._albums) > _MOST_ALBUMS:
            self._albums.popitem(last=False)
        return known

    def _wordless(self, message: Message) -> str | None:
        """What to say of a message that asks nothing; None where nothing is to be said."""
        key = next((key for kind, key in _WORDLESS.items() if getattr(message, kind)), None)
        if key is None:
            return "telegram_ask_me" if mention.said(message) else "telegram_only_text"
        if key == "telegram_document" and self._service.access.is_admin(asker(message)):
            return "telegram_ingest_how"
        # In a group a sticker is applause.
        return None if key == "telegram_sticker" and message.chat.type != ChatType.PRIVATE else key

    def _count(self, outcome: str) -> None:
        self._service.metrics.questions.labels(outcome).inc()


def _talk_key(message: Message) -> tuple[int, int | None, int]:
    """Whose conversation a message belongs to: the chat, the topic of it where it is a forum, and who asks."""
    place = Place.of(message, 0)
    return place.chat, place.thread, asker(message)


def _is_of_somebody_else(message: Message, bot: Bot) -> bool:
    """Whether what a message asks are not its writer's words: passed on, or those it replies to."""
    return message.forward_origin is not None or not mention.words(message, bot.bot)
