"""Questions in every form people write them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.strings import say
from bot.telegram_bot.markup import clean
from rag.engine import Engine
from rag.language.characters import script
from tests.bot.telegram_bot.asking import AMAL, EVE, FORUM, GROUP, JOHN, NAME_OF_BOT, Asking, asking, texts
from tests.telegram_api import content
from tests.telegram_api.content import private
from tests.telegram_api.server import BOT, JSON
from tests.telegram_api.talk import plain

WHEN = "متى وقع هجوم تموز 2021 على عين الأسد؟"
HOW_MANY = "How many American soldiers were injured in the attack on Ain al-Asad?"
FIVE = "five American soldiers [1]"
WHO = "من هو واين ماروتو؟"
POPULATION = "What is the population of Ramadi?"
NOWHERE = "Not in these articles: population."
ARTICLE = "The base was attacked in the morning, sources said. " * 12


@pytest.fixture(scope="module")
def bot(seed_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with asking(seed_engine, tmp_path_factory.mktemp("asking"), telegram_admins="88") as opened:
        yield opened
    assert [call.description for call in opened.api.invalid] == []


def own(key: str, count: int | None = None, language: str = "en", **values: object) -> str:
    return clean(say(language, key, count, **values))


# In private


def test_a_question_is_answered_as_a_reply_to_it_without_previews(bot: Asking) -> None:
    number = bot.api.says(HOW_MANY, chat=private(JOHN), user=JOHN)
    (sent,) = bot.run()
    assert FIVE in plain(sent)
    assert sent.answers == number
    assert sent.arguments["link_preview_options"] == {"is_disabled": True}
    assert sent.entities[0].type == "bold"
    assert sent.buttons


def test_the_answer_has_the_questions_language_whoever_asks(bot: Asking) -> None:
    assert re.search("جاء في (المقال|المقالات):", bot.says(WHEN, JOHN)[0])
    assert FIVE in bot.says(HOW_MANY, AMAL)[0]


@pytest.mark.parametrize("text", ["1234 5678?", "Où est la base aérienne de Aïn al-Assad ?"])
def test_where_a_question_does_not_tell_its_language_the_askers_counts(bot: Asking, text: str) -> None:
    def language() -> list[str | None]:
        return [script(bot.says(text, user)[0][:10]) for user in (JOHN, AMAL)]

    assert language() == ["en", "ar"]
    bot.service.users.choose(JOHN["id"], "ar")
    assert language() == ["ar", "ar"]
    bot.service.users.choose(JOHN["id"], None)


def test_a_question_may_come_with_the_command(bot: Asking) -> None:
    assert FIVE in bot.says(f"/ask {HOW_MANY}")[0]
    assert bot.says("/ask") == [own("telegram_ask_me")]


@pytest.mark.parametrize("text", ["؟؟؟", "😀👨‍👩‍👧🇮🇶", "?" * 50, "\u2067\u202e\u200f"])
def test_a_question_without_a_word_is_told_how_to_ask(bot: Asking, text: str) -> None:
    assert bot.says(text, AMAL) == [own("telegram_ask_me", language="ar")]


def test_a_question_that_is_too_long_is_told_how_long_it_may_be(bot: Asking) -> None:
    assert bot.says("attack " * 580) == ["That is too long for a question. Please put it in at most 500 words."]
    assert bot.says("هجوم " * 580) == ["هذا أطول من أن يكون سؤالا. اجعله من فضلك في 500 كلمة على الأكثر."]


def test_a_text_too_long_for_a_question_is_never_searched_for_what_it_leaves_out(
    bot: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Completing a follow-up takes the square of its length."""
    completed: list[str] = []
    monkeypatch.setattr("rag.followup.complete", lambda question, _: completed.append(question))
    bot.service.conversations.forget(AMAL["id"])
    long = f"{HOW_MANY} " * 6
    for text in (WHO, "متى؟ " * 20_000, long, "وماذا قال؟"):
        assert bot.says(text, AMAL)
    assert completed == ["وماذا قال؟"]
    talk = bot.service.conversations.of(AMAL["id"], None, AMAL["id"])
    assert [turn.question for turn in talk.turns] == [WHO, long.strip(), "وماذا قال؟"]


# What is no text


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        (content.photo(), "telegram_photo"),
        (content.voice(), "telegram_voice"),
        (content.video(), "telegram_video"),
        (content.sticker(), "telegram_sticker"),
        (content.dice(), "telegram_sticker"),
        (content.contact(), "telegram_contact"),
        (content.location(), "telegram_location"),
        (content.poll(), "telegram_poll"),
    ],
)
def test_what_is_no_text_gets_a_word_of_its_kind(bot: Asking, sent: JSON, key: str) -> None:
    assert bot.sends(sent, AMAL) == [own(key, language="ar")]
    assert bot.sends(sent, JOHN) == [own(key)]


def test_who_may_ingest_is_told_how_and_others_that_files_are_not_read(bot: Asking) -> None:
    def uploaded(user: JSON) -> list[str]:
        bot.api.uploads("a.txt", b"x", chat=private(user), user=user)
        return texts(bot.run())

    assert uploaded(EVE) == [own("telegram_document")]
    assert uploaded(JOHN) == [own("telegram_ingest_how")]


@pytest.mark.parametrize("under", [content.photo, content.video])
def test_words_under_a_picture_are_a_question(bot: Asking, under: Any) -> None:  # noqa: ANN401
    assert FIVE in bot.sends(under(HOW_MANY))[0]


def test_an_album_is_one_message(bot: Asking) -> None:
    for caption in ("", "", HOW_MANY, ""):
        bot.api.sends(content.photo(caption) | {"media_group_id": "7"}, chat=private(JOHN), user=JOHN)
    word, answer = texts(bot.run())
    assert (word, FIVE in answer) == (own("telegram_photo"), True)


def test_a_forwarded_question_is_a_question_and_a_forwarded_article_is_not(bot: Asking) -> None:
    channel = {"id": -1009, "type": "channel", "title": "News"}
    for passed_on in (content.forwarded_from_user(AMAL), content.forwarded_from_channel(channel)):
        assert FIVE in bot.says(HOW_MANY, **passed_on)[0]
        assert bot.says(ARTICLE, **passed_on) == [own("telegram_article")]
    assert bot.says(ARTICLE) != [own("telegram_article")]


# Edits


def test_an_edited_question_is_answered_again_and_says_so(bot: Asking) -> None:
    number = bot.api.says(POPULATION, chat=private(JOHN), user=JOHN)
    assert texts(bot.run())[0].startswith(NOWHERE)
    bot.api.edits(HOW_MANY, chat=private(JOHN), message_id=number)
    (sent,) = bot.run()
    lead, short = plain(sent).split("\n\n")[:2]
    assert (lead, FIVE in short, sent.answers) == ("For the question as you edited it:", True, number)
    assert sent.entities[0].type == "italic"


def test_an_edit_that_changes_nothing_does_nothing(bot: Asking) -> None:
    number = bot.api.says(HOW_MANY, chat=private(JOHN), user=JOHN)
    assert len(texts(bot.run())) == 1
    bot.api.edits(f" {HOW_MANY.replace(' ', '  ')}\n", chat=private(JOHN), message_id=number)
    assert bot.run() == []


def test_an_edit_of_what_was_no_question_does_nothing(bot: Asking) -> None:
    number = bot.api.says("Good morning, all", chat=GROUP, user=JOHN)
    command = bot.api.says("/help", chat=private(JOHN), user=JOHN)
    bot.run()
    bot.api.edits(f"{NAME_OF_BOT} {HOW_MANY}", chat=GROUP, message_id=number)
    bot.api.edits(HOW_MANY, chat=private(JOHN), message_id=command)
    assert bot.run() == []


def test_a_question_edited_while_it_waits_is_answered_once_as_edited(bot: Asking) -> None:
    number = bot.api.says(POPULATION, chat=private(JOHN), user=JOHN)
    for text in (WHEN, HOW_MANY):
        bot.api.edits(text, chat=private(JOHN), message_id=number)
    (sent,) = bot.run()
    assert FIVE in plain(sent).split("\n")[0]
    assert sent.answers == number


def test_what_was_no_question_yet_may_become_one(bot: Asking) -> None:
    number = bot.api.says(NAME_OF_BOT, chat=GROUP, user=JOHN)
    assert texts(bot.run()) == [own("telegram_ask_me")]
    bot.api.edits(f"{NAME_OF_BOT} {HOW_MANY}", chat=GROUP, message_id=number)
    assert FIVE in texts(bot.run())[0]


# Groups


def test_in_a_group_it_answers_who_speaks_to_it_and_nobody_else(bot: Asking) -> None:
    for text in (HOW_MANY, "/nothing", f"/ask@another_bot {HOW_MANY}", f"{NAME_OF_BOT}2 {HOW_MANY}"):
        assert bot.says(text, JOHN, GROUP) == []
    by_link = [{"type": "text_mention", "offset": 0, "length": 5, "user": BOT}]
    assert FIVE in bot.says(f"{NAME_OF_BOT} {HOW_MANY}", JOHN, GROUP)[0]
    assert FIVE in bot.says(f"Sanad, {HOW_MANY}", JOHN, GROUP, entities=by_link)[0]
    assert FIVE in bot.says(f"/ask {HOW_MANY}", JOHN, GROUP)[0]
    assert FIVE in bot.says(f"/ask{NAME_OF_BOT} {HOW_MANY}", JOHN, GROUP)[0]


def test_in_a_group_a_reply_to_the_bot_is_spoken_to_it(bot: Asking) -> None:
    bot.api.says(f"{NAME_OF_BOT} {WHO}", chat=GROUP, user=JOHN)
    (answer,) = bot.run()
    own_words = bot.api.message(GROUP["id"], answer.message_id)
    assert bot.says(POPULATION, AMAL, GROUP, reply_to_message=own_words)[0].startswith(NOWHERE)
    assert bot.says("", AMAL, GROUP, reply_to_message=own_words, **content.sticker()) == []
    assert bot.says("", AMAL, GROUP, reply_to_message=own_words, **content.voice()) == [
        own("telegram_voice", language="ar")
    ]


def test_the_bots_name_alone_asks_what_it_replies_to(bot: Asking) -> None:
    number = bot.api.says(HOW_MANY, chat=GROUP, user=AMAL)
    asked = bot.api.message(GROUP["id"], number)
    assert FIVE in bot.says(NAME_OF_BOT, JOHN, GROUP, reply_to_message=asked)[0]
    assert FIVE in bot.says("/ask", JOHN, GROUP, reply_to_message=asked)[0]
    long = asked | {"text": ARTICLE}
    assert bot.says(NAME_OF_BOT, JOHN, GROUP, reply_to_message=long) == [own("telegram_article")]
    part = {"quote": {"text": HOW_MANY, "position": 0}, "reply_to_message": long}
    assert FIVE in bot.says(NAME_OF_BOT, JOHN, GROUP, **part)[0]


def test_in_a_forum_answer_and_typing_mark_go_into_the_topic(bot: Asking) -> None:
    topic = bot.api.opens_topic("Iraq", chat=FORUM, user=JOHN)
    before = len(bot.api.calls)
    bot.api.says(HOW_MANY, chat=FORUM, user=JOHN, topic=topic)  # it replies to the message that opened the topic
    bot.api.says(f"{NAME_OF_BOT} {HOW_MANY}", chat=FORUM, user=JOHN, topic=topic)
    (sent,) = bot.run()
    marks = [call for call in bot.api.calls[before:] if call.method == "sendChatAction"]
    assert {int(call.arguments["message_thread_id"]) for call in (sent, *marks)} == {topic}
    assert marks


# In other names


def test_an_administrator_who_hides_their_name_is_answered(bot: Asking) -> None:
    hidden = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    assert FIVE in bot.says(f"{NAME_OF_BOT} {HOW_MANY}", hidden, GROUP, sender_chat=GROUP)[0]


def test_a_channel_that_names_the_bot_is_answered_once(bot: Asking) -> None:
    channel = {"id": -1009, "type": "channel", "title": "News"}
    bot.api.posts("Good morning", chat=channel)
    assert bot.run() == []
    with_name = {"text": f"{NAME_OF_BOT} {HOW_MANY}", "entities": content.detected(f"{NAME_OF_BOT} x")}
    bot.api.updates.push("channel_post", bot.api.chats.add(channel, sender_chat=channel, **with_name))
    assert FIVE in texts(bot.run())[0]
    carrier = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    assert bot.sends(with_name | {"sender_chat": channel, "is_automatic_forward": True}, carrier, GROUP) == []


def test_bots_are_not_answered_nor_what_the_bot_wrote_for_somebody(bot: Asking) -> None:
    other = {"id": 5, "is_bot": True, "first_name": "Other"}
    assert bot.says(f"{NAME_OF_BOT} {HOW_MANY}", other, GROUP) == []
    assert bot.says(HOW_MANY, JOHN, via_bot=BOT) == []


def test_those_not_let_in_are_told_so_in_private_alone(seed_engine: Engine, tmp_path: Path) -> None:
    with asking(seed_engine, tmp_path, telegram_access="88") as bot:
        assert bot.says(HOW_MANY, EVE) == [own("telegram_not_admitted", user=99)]
        assert bot.says(f"{NAME_OF_BOT} {HOW_MANY}", EVE, GROUP) == []
        assert FIVE in bot.says(HOW_MANY, JOHN)[0]


# Limits


def test_who_asks_too_much_is_told_once_for_how_long_to_wait(seed_engine: Engine, tmp_path: Path) -> None:
    with asking(seed_engine, tmp_path, telegram_per_minute=1) as bot:
        for user in (AMAL, JOHN):
            for _ in range(4):
                bot.api.says(HOW_MANY, chat=private(user), user=user)
        said = texts(bot.run())
        assert len([text for text in said if FIVE in text]) == 2
        seconds = {int(found) for text in said for found in re.findall(r"again in (\d+) seconds", text)}
        assert len(said) == 4
        assert max(seconds) in {58, 59, 60}
        assert any(re.search(r"بعد \d+ ثانية", text) for text in said)


# Conversations


def test_a_follow_up_leans_on_the_talk_also_after_a_restart_and_only_the_askers_own(bot: Asking) -> None:
    bot.service.conversations.forget(AMAL["id"])
    bot.says(f"{NAME_OF_BOT} {WHO}", AMAL, GROUP)
    follow_up = f"{NAME_OF_BOT} وماذا قال عن الهجوم؟"
    bot.restart()
    understood = "فُهم السؤال: ماذا قال واين ماروتو عن الهجوم"
    assert understood in bot.says(follow_up, AMAL, GROUP)[0]
    assert "فُهم السؤال" not in bot.says(follow_up, EVE, GROUP)[0]
    assert "فُهم السؤال" not in bot.says("وماذا قال عن الهجوم؟", AMAL)[0]


def test_what_was_asked_before_an_edit_is_no_part_of_the_talk(bot: Asking) -> None:
    bot.service.conversations.forget(EVE["id"])
    number = bot.api.says(WHO, chat=private(EVE), user=EVE)
    bot.run()
    bot.api.edits(HOW_MANY, chat=private(EVE), message_id=number)
    bot.run()
    talk = bot.service.conversations.of(EVE["id"], None, EVE["id"])
    assert [turn.question for turn in talk.turns] == [HOW_MANY]
