"""Whether a message speaks to the bot."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Chat, Message, MessageEntity, PhotoSize, TextQuote, User

from bot.telegram_bot.mention import question, speaks_to, words

BOT = User(9, "Sanad", is_bot=True, username="Sanad_Bot")
SOMEBODY = User(5, "Amal", is_bot=False)
GROUP = Chat(-100, "supergroup")


def message(text: str, *entities: MessageEntity, chat: Chat = GROUP, **more: Any) -> Message:  # noqa: ANN401  # what Message takes
    return Message(1, datetime.now(UTC), chat, from_user=SOMEBODY, text=text, entities=entities, **more)


def captioned(text: str, *entities: MessageEntity) -> Message:
    picture = [PhotoSize("1", "1", 9, 9)]
    return Message(1, datetime.now(UTC), GROUP, SOMEBODY, photo=picture, caption=text, caption_entities=entities)


def entity(kind: str, text: str, part: str, user: User | None = None) -> MessageEntity:
    before = text[: text.index(part)]
    return MessageEntity(kind, len(before.encode("utf-16-le")) // 2, len(part), user=user)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("@sanad_bot متى وقع الهجوم؟", "متى وقع الهجوم؟"),
        ("@Sanad_Bot, when was it?", "when was it?"),
        ("😀 when was it, @sanad_bot", "😀 when was it"),
        ("متى @SANAD_BOT وقع؟", "متى   وقع؟"),
        ("@sanad_bot", ""),
    ],
)
def test_a_mention_is_heard_and_taken_out(text: str, question: str) -> None:
    name = next(word for word in text.replace(",", " ").split() if word.startswith("@"))
    said = message(text, entity("mention", text, name))
    assert speaks_to(said, BOT)
    assert words(said, BOT) == question


def test_a_mention_by_link_is_heard() -> None:
    text = "Sanad when?"
    assert words(message(text, entity("text_mention", text, "Sanad", BOT)), BOT) == "when?"
    assert not speaks_to(message(text, entity("text_mention", text, "Sanad", SOMEBODY)), BOT)


def test_others_and_longer_names_are_not_the_bot() -> None:
    for name in ("@sanad_bot2", "@somebody"):
        assert not speaks_to(message(f"{name} when?", entity("mention", f"{name} when?", name)), BOT)
    assert not speaks_to(message("@sanad_bot inside code"), BOT)  # no entity: Telegram saw no mention


def test_replies_to_the_bot_are_heard_and_to_others_not() -> None:
    def reply(to: User, **more: Any) -> Message:  # noqa: ANN401
        answered = Message(0, datetime.now(UTC), GROUP, from_user=to, text="x", **more)
        return message("when?", reply_to_message=answered)

    assert speaks_to(reply(BOT), BOT)
    assert not speaks_to(reply(SOMEBODY), BOT)
    assert not speaks_to(message("when?"), BOT)


def test_a_command_is_heard_in_a_group_with_the_bots_name() -> None:
    assert speaks_to(message("/help@sanad_bot", entity("bot_command", "/help@sanad_bot", "/help@sanad_bot")), BOT)


@pytest.mark.parametrize(
    ("text", "command", "heard"),
    [
        ("/help", "/help", True),
        ("/HELP me", "/HELP", True),
        ("/stats", "/stats", True),
        ("/help@other_bot", "/help@other_bot", False),
        ("/nothing", "/nothing", False),
        ("you can /help", "/help", False),
    ],
)
def test_a_command_of_the_bots_needs_no_name_and_others_are_not_heard(text: str, command: str, heard: bool) -> None:
    assert speaks_to(message(text, entity("bot_command", text, command)), BOT) is heard


def test_in_private_everything_is_heard() -> None:
    assert speaks_to(message("when?", chat=Chat(5, "private")), BOT)


def test_words_under_a_picture_are_heard_alike() -> None:
    said = captioned("@sanad_bot when?", entity("mention", "@sanad_bot when?", "@sanad_bot"))
    assert speaks_to(said, BOT)
    assert words(said, BOT) == "when?"


@pytest.mark.parametrize("command", ["/ask", "/ASK", "/ask@sanad_bot"])
def test_the_command_to_ask_is_heard_with_or_without_the_name_and_taken_out(command: str) -> None:
    said = message(f"{command} when?", entity("bot_command", command, command))
    assert speaks_to(said, BOT)
    assert words(said, BOT) == "when?"


def test_the_command_is_heard_only_at_the_beginning_and_not_of_others() -> None:
    for text, command in (("you can /ask it", "/ask"), ("/ask@other_bot when?", "/ask@other_bot")):
        assert not speaks_to(message(text, entity("bot_command", text, command)), BOT)


def test_the_name_alone_asks_what_is_replied_to_or_the_part_that_is_quoted() -> None:
    named = entity("mention", "@sanad_bot", "@sanad_bot")
    asked = message("متى وقع؟ وأين؟")
    assert question(message("@sanad_bot", named, reply_to_message=asked), BOT) == "متى وقع؟ وأين؟"
    quoting = message("@sanad_bot", named, reply_to_message=asked, quote=TextQuote("وأين؟", 9))
    assert question(quoting, BOT) == "وأين؟"
    own = message("@sanad_bot when?", entity("mention", "@sanad_bot when?", "@sanad_bot"), reply_to_message=asked)
    assert question(own, BOT) == "when?"


def test_the_name_alone_asks_nothing_of_the_bots_own_words_nor_of_nothing() -> None:
    named = entity("mention", "@sanad_bot", "@sanad_bot")
    of_bot = Message(0, datetime.now(UTC), GROUP, from_user=BOT, text="an answer")
    assert [question(message("@sanad_bot", named, reply_to_message=one), BOT) for one in (None, of_bot)] == ["", ""]


def test_entities_that_do_not_fit_and_halves_of_characters_do_no_harm() -> None:
    beyond = MessageEntity("mention", 3, 900)
    halved = MessageEntity("mention", 1, 1)
    assert words(message("😀 when?", halved, beyond), BOT) == "😀 when?"
    assert not speaks_to(message("\ud83d", beyond), BOT)
