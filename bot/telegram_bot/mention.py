"""Whether a message speaks to the bot, and what it says without the bot's name."""

from collections.abc import Iterator

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType

_AROUND = " \t\n,،:;؛-–—"  # what sets a name apart from the sentence it stands before or after


def speaks_to(message: Message, bot: User) -> bool:
    """Whether the bot should answer: always in private; in a group when it is mentioned, or replied to."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    return _replies_to(message, bot) or any(_mentions(message, bot))


def words(message: Message, bot: User) -> str:
    """The text of a message without mentions of the bot."""
    text = (message.text or "").encode("utf-16-le")  # what entities' offsets count
    for entity in reversed(list(_mentions(message, bot))):
        text = text[: entity.offset * 2] + " ".encode("utf-16-le") + text[(entity.offset + entity.length) * 2 :]
    left = text.decode("utf-16-le", "replace")
    return left.strip(_AROUND) if left != message.text else left.strip()


def _replies_to(message: Message, bot: User) -> bool:
    answered = message.reply_to_message
    # In a forum every message replies to the one that opened its topic, which may be the bot's.
    return bool(
        answered and answered.from_user and answered.from_user.id == bot.id and not answered.forum_topic_created
    )


def _mentions(message: Message, bot: User) -> Iterator[MessageEntity]:
    name = f"@{bot.username}".casefold()
    for entity, text in message.parse_entities().items():
        by_name = entity.type == MessageEntity.MENTION and text.casefold() == name
        by_link = entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == bot.id
        command = entity.type == MessageEntity.BOT_COMMAND and text.casefold().endswith(name)
        if by_name or by_link or command:
            yield entity
