"""Whether a message speaks to the bot, and what it asks."""

from collections.abc import Iterator

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType

from bot.telegram_bot.profile import ADMIN_COMMANDS, COMMANDS

ASK = "ask"  # the command
_COMMANDS = frozenset((*COMMANDS, *ADMIN_COMMANDS))
_AROUND = " \t\n,،:;؛-–—"  # what sets a name apart from the sentence it stands before or after
_UNIT = 2  # bytes; entities count in units of UTF-16


def speaks_to(message: Message, bot: User) -> bool:
    """Whether the bot should answer: always in private; elsewhere when it is mentioned, given a command, or replied to."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    return _replies_to(message, bot) or any(_names(message, bot)) or _is_command(message)


def words(message: Message, bot: User) -> str:
    """What a message itself says, in its text or caption, without the bot's name and /ask."""
    written = said(message)
    text = _units(written)
    for entity in reversed(list(_names(message, bot))):
        text = text[: entity.offset * _UNIT] + _units(" ") + text[(entity.offset + entity.length) * _UNIT :]
    left = text.decode("utf-16-le", "replace")
    return left.strip(_AROUND) if left != written else left.strip()


def question(message: Message, bot: User) -> str:
    """What a message asks: its own words, or, where it holds the bot's name alone, those that it quotes or replies to."""
    own = words(message, bot)
    if own or not any(_names(message, bot)) or _replies_to(message, bot):
        return own
    if message.quote:
        return message.quote.text.strip()
    return words(message.reply_to_message, bot) if message.reply_to_message else ""


def said(message: Message) -> str:
    """The text of a message, or the caption of a picture, a video or a document."""
    return message.text or message.caption or ""


def _is_command(message: Message) -> bool:
    """Whether a message begins with a command that the bot has, and names no bot: Telegram brings it to the bot that spoke last."""
    first = next(iter(message.entities), None)
    if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset:
        return False
    return said(message)[1 : first.length].casefold() in _COMMANDS


def _replies_to(message: Message, bot: User) -> bool:
    answered = message.reply_to_message
    # In a forum every message replies to the one that opened its topic, which may be the bot's.
    return bool(
        answered and answered.from_user and answered.from_user.id == bot.id and not answered.forum_topic_created
    )


def _names(message: Message, bot: User) -> Iterator[MessageEntity]:
    """Where a message names the bot, by name, by link or with a command of its own, or asks it with /ask."""
    name = f"@{bot.username}".casefold()
    text = _units(said(message))
    for entity in message.entities or message.caption_entities:
        part = text[entity.offset * _UNIT :][: entity.length * _UNIT].decode("utf-16-le", "replace").casefold()
        by_name = entity.type == MessageEntity.MENTION and part == name
        by_link = entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == bot.id
        command = entity.type == MessageEntity.BOT_COMMAND and (
            part.endswith(name) or (part == f"/{ASK}" and entity.offset == 0)
        )
        if by_name or by_link or command:
            yield entity


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")
