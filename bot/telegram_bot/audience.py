"""Who is answered: whoever speaks to the bot and may ask."""

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.strings import say
from bot.telegram_bot import mention
from bot.telegram_bot.delivery import deliver
from bot.telegram_bot.messages import text_messages
from bot.telegram_bot.outbox import Place
from bot.telegram_bot.service import Service
from rag.model import Language

Context = ContextTypes.DEFAULT_TYPE


async def admitted(service: Service, update: Update, context: Context) -> Message | None:
    """The message of an update, if it speaks to the bot and who wrote it may ask; others are told so, but only in private."""
    message = update.message or update.edited_message or update.channel_post or update.edited_channel_post
    if message is None or not _is_spoken(message, context) or not mention.speaks_to(message, context.bot.bot):
        return None
    if service.access.allows(asker(message)):
        return message
    if message.chat.type == ChatType.PRIVATE:
        await tell(service, update, context, "telegram_not_admitted", user=asker(message))
    return None


def asker(message: Message) -> int:
    """The id of who asks: of the user, or of the group or channel in whose name they write."""
    if message.sender_chat:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else message.chat.id


async def tell(
    service: Service, update: Update, context: Context, key: str, count: int | None = None, **values: object
) -> None:
    """Say a sentence of the bot's own, in the language of whoever the update is from, as a reply to its message."""
    if message := update.effective_message:
        text = say(service.users.language(update.effective_user), key, count, **values)
        await deliver(service, context.bot, Place.of(message, update.update_id), text_messages(text))


def language_for(service: Service, message: Message) -> Language:
    """The language in which the bot speaks to who wrote a message."""
    return service.users.language(message.from_user)


async def reply(
    service: Service,
    update: Update,
    context: Context,
    message: Message,
    text: str,
    keyboard: InlineKeyboardMarkup | None = None,
) -> None:
    """Say something of the bot's own in reply to a message, in the language of who wrote it."""
    made = text_messages(text, language_for(service, message))
    await deliver(service, context.bot, Place.of(message, update.update_id), made, keyboard)


def _is_spoken(message: Message, context: Context) -> bool:
    """Whether somebody wrote a message to be read: not another bot, with which it could talk for ever, nor this one for a user.

    An administrator who hides their name looks like a bot, and a channel's posts arrive in its group a second time.
    """
    user = message.from_user
    bots = bool(user and user.is_bot and not message.sender_chat)
    own = bool(message.via_bot and message.via_bot.id == context.bot.id)
    return not (bots or own or message.is_automatic_forward)
