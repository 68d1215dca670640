"""The bot as a process, against the fake Bot API: one process for all but those tests that are about starting and ending."""

import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.engine import open_engine
from rag.settings import Settings
from tests.conftest import SEEDS
from tests.telegram_api.content import private, sticker, voice
from tests.telegram_api.process import BotProcess, listening
from tests.telegram_api.server import BOT, TOKEN, Fault, TelegramApi
from tests.telegram_api.talk import ALONE, NAME, Talk, bare, library, person, plain

AMAL = person(77, "أمل", "ar-IQ")
JOHN = person(88, "John", "en")
STRANGER = person(99, "Eve", "en")
GROUP: dict[str, Any] = {"id": -1001, "type": "supergroup", "title": "Newsroom"}
WHO_AR = "من هو واين ماروتو؟"
HOW_MANY_AR = "كم جنديا أميركيا أصيب في الهجوم على عين الأسد؟"
HOW_MANY = "How many American soldiers were injured in the attack on Ain al-Asad?"
POPULATION = "What is the population of Ramadi?"


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    folder = tmp_path_factory.mktemp("bot")
    settings = {"SANAD_TELEGRAM_ACCESS": "77, 88", "SANAD_TELEGRAM_PER_MINUTE": "1000"}
    talking = Talk(folder, library(folder / "data", SEEDS), **ALONE | settings)
    try:
        talking.start()
        yield talking
        assert talking.api.invalid == []
    finally:
        talking.close()


# Commands


def test_menus_and_descriptions_are_set_in_both_languages(talk: Talk) -> None:
    found = {(c.method, c.arguments.get("language_code")): c.arguments for c in talk.api.calls if "setMy" in c.method}
    methods = ("setMyCommands", "setMyDescription", "setMyShortDescription")
    assert set(found) == {(method, code) for method in methods for code in (None, "ar")}
    commands = {code: found["setMyCommands", code]["commands"] for code in (None, "ar")}
    assert [command["command"] for command in commands["ar"]] == [
        "start", "help", "ask", "articles", "lang", "stop", "forget", "about",
    ]  # fmt: skip
    assert commands[None][1]["description"] == "How to ask"
    assert commands["ar"][1]["description"] == "كيف تسأل"


@pytest.mark.parametrize(
    ("command", "english", "arabic"),
    [
        ("/start", "I answer questions about the news articles", "أجيب عن الأسئلة من المقالات"),
        ("/start source", "I answer questions about the news articles", "أجيب عن الأسئلة من المقالات"),
        ("/help", "Send a question in Arabic or English", "أرسل سؤالا بالعربية"),
        ("/about", "Your question stays on the machine this bot runs on", "يبقى سؤالك على الجهاز"),
        ("/nothing", "Send a question in Arabic or English", "أرسل سؤالا بالعربية"),
    ],
)
def test_commands_are_answered_in_the_users_language(talk: Talk, command: str, english: str, arabic: str) -> None:
    entities = [{"type": "bot_command", "offset": 0, "length": len(command.split()[0])}]
    assert english in plain(talk.ask(command, JOHN, entities=entities))
    assert arabic in plain(talk.ask(command, AMAL, entities=entities))


def test_about_counts_the_articles(talk: Talk) -> None:
    assert "It has read 5 articles." in plain(talk.ask("/about", JOHN))


def test_what_is_no_text_gets_a_word(talk: Talk) -> None:
    after = len(talk.api.calls)
    talk.api.sends(sticker(), chat=private(JOHN), user=JOHN)
    talk.api.sends(voice(), chat=private(AMAL), user=AMAL)
    said = {reply.chat: plain(reply) for reply in talk.replies(2, after)}
    assert said[JOHN["id"]].startswith("Nice! If there is something you would like to know")
    assert said[AMAL["id"]].startswith("لا أستطيع")


# Questions and buttons


def test_an_english_question_is_answered_with_a_quote_and_its_passage(talk: Talk) -> None:
    after = len(talk.api.calls)
    answer = talk.ask(HOW_MANY, JOHN)
    assert any(call.method == "sendChatAction" for call in talk.api.calls[after:])
    assert "five American soldiers [1]" in plain(answer).split("\n")[0]
    assert "the article says:\n«في السياق، كشف مسؤولون أميركيون لرويترز" in plain(answer)
    assert [[bare(button["text"]) for button in row] for row in answer.buttons] == [["[1] 6 August 2024"], ["👍", "👎"]]

    passage = talk.press(answer, JOHN)
    types = [entity.type for entity in passage.entities]
    assert types == ["bold", "expandable_blockquote", "italic"]
    quote, whole, _ = (bare(entity.text) for entity in passage.entities)
    assert f"«{quote}»" in plain(answer)
    text = (SEEDS / "002_9f283f796c65c999.txt").read_text(encoding="utf-8")
    assert quote in whole
    assert whole in text
    assert plain(passage).startswith("[1] استهداف قوات أميركية")
    assert passage.arguments["reply_parameters"]["message_id"] == answer.message_id
    assert any(call.method == "answerCallbackQuery" and call.code == 200 for call in talk.api.calls[after:])


def test_an_arabic_question_is_answered_in_arabic_whoever_asks(talk: Talk) -> None:
    answer = talk.ask(HOW_MANY_AR, JOHN)
    assert re.search("جاء في (المقال|المقالات):\n«", answer.plain)
    assert "» \u2068[1]\u2069" in answer.plain
    assert "6 أغسطس 2024" in answer.plain


def test_a_refusal_shows_what_is_related_as_no_answer(talk: Talk) -> None:
    refusal = talk.ask(POPULATION, AMAL)
    assert plain(refusal).startswith("Not in these articles: population.\n\nClosest passage, not an answer:\n«")
    assert {entity.type for entity in talk.press(refusal, AMAL).entities} >= {"bold", "expandable_blockquote"}


def test_each_button_opens_its_own_answers_source(talk: Talk) -> None:
    first, second = talk.ask(HOW_MANY, JOHN), talk.ask(WHO_AR, JOHN)
    quotes = [bare(talk.press(one, JOHN).entities[0].text) for one in (first, second)]
    assert quotes[0] in plain(first)
    assert quotes[1] in plain(second)
    assert quotes[0] != quotes[1]


def test_a_button_of_no_known_answer_says_so(talk: Talk) -> None:
    answer = talk.ask(HOW_MANY, JOHN)
    for row in answer.buttons:
        for button in row:
            button["callback_data"] = "s:unknown:1"
    assert "no longer known" in plain(talk.press(answer, JOHN))


def test_questions_of_a_chat_are_answered_in_order(talk: Talk) -> None:
    after = len(talk.api.calls)
    asked = [talk.say(text, JOHN) for text in (HOW_MANY, "/help", POPULATION, "/start")]
    answered = [call.arguments["reply_parameters"]["message_id"] for call in talk.replies(4, after)]
    assert answered == asked


def test_a_question_that_was_deleted_meanwhile_is_answered_all_the_same(talk: Talk) -> None:
    after = len(talk.api.calls)
    talk.api.deletes(JOHN["id"], talk.say(HOW_MANY, JOHN))
    assert talk.replies(1, after)


# Groups


def test_in_a_group_it_answers_when_mentioned_or_replied_to_and_is_silent_otherwise(talk: Talk) -> None:
    after = len(talk.api.calls)
    for text in (HOW_MANY, "/nothing", "/help@another_bot", "@sanad_test_bot2 " + HOW_MANY):
        talk.say(text, JOHN, GROUP)
    mention = [{"type": "mention", "offset": 0, "length": len(NAME)}]
    answer = talk.ask(f"{NAME} {HOW_MANY_AR}", JOHN, GROUP, entities=mention)
    assert "جاء في المقال" in answer.plain
    assert len(talk.replies(1, after)) == 1  # the others came before, in the same chat

    reply = talk.ask(POPULATION, JOHN, GROUP, reply_to_message=talk.api.message(GROUP["id"], answer.message_id))
    assert plain(reply).startswith("Not in these articles")
    by_link = [{"type": "text_mention", "offset": 0, "length": 5, "user": BOT}]
    assert "the article says" in plain(talk.ask(f"Sanad, {HOW_MANY}", JOHN, GROUP, entities=by_link))
    assert "Mention me or reply to me" in plain(talk.ask(f"/help{NAME}", JOHN, GROUP))
    assert "What would you like to know?" in plain(talk.ask(NAME, JOHN, GROUP, entities=mention))


# Who may ask


def test_strangers_are_told_in_private_and_ignored_in_groups(talk: Talk) -> None:
    line = plain(talk.ask(HOW_MANY, STRANGER))
    assert line == ("Sorry, this bot answers only people its owner has let in. If you know them, give them your id: 99")
    after = len(talk.api.calls)
    mention = [{"type": "mention", "offset": 0, "length": len(NAME)}]
    talk.say(f"{NAME} {HOW_MANY}", STRANGER, GROUP, entities=mention)
    answer = talk.ask(f"{NAME} {HOW_MANY}", JOHN, GROUP, entities=mention)
    assert len(talk.replies(1, after)) == 1

    told = talk.told(answer, STRANGER, answer.buttons[0][0], GROUP)
    assert "only people its owner has let in" in told.arguments["text"]


# What goes wrong


def test_too_many_requests_are_repeated_when_telegram_says(talk: Talk) -> None:
    talk.api.faults.append(Fault("sendMessage", "429", retry_after=1))
    after = len(talk.api.calls)
    answer = talk.ask(HOW_MANY, JOHN)
    (refused,) = [call for call in talk.api.calls[after:] if call.code == 429]
    assert answer.at - refused.at >= 1


@pytest.mark.parametrize("kind", ["500", "dropped"])
def test_an_answer_survives_failures_on_the_way(talk: Talk, kind: Any) -> None:  # noqa: ANN401
    talk.api.faults += [Fault("sendMessage", kind), Fault("getUpdates", kind), Fault("sendChatAction", kind)]
    assert "the article says" in plain(talk.ask(HOW_MANY, JOHN))


def test_the_typing_mark_may_be_refused(talk: Talk) -> None:
    talk.api.faults.append(Fault("sendChatAction", "429", retry_after=3600))
    assert "the article says" in plain(talk.ask(HOW_MANY, JOHN))


def test_who_blocked_the_bot_does_not_stop_it(talk: Talk) -> None:
    talk.api.faults.append(Fault("sendMessage", "403"))
    talk.say(HOW_MANY, AMAL)
    talk.api.wait(lambda call: call.code == 403)
    assert "the article says" in plain(talk.ask(HOW_MANY, JOHN))


def test_refused_html_is_sent_again_as_plain_text(talk: Talk) -> None:
    talk.api.faults.append(Fault("sendMessage", "refused html"))
    answer = talk.ask(POPULATION, JOHN)
    assert "parse_mode" not in answer.arguments
    assert plain(answer).startswith("Not in these articles: population.\n\nClosest passage, not an answer:\n«")
    assert answer.buttons


@pytest.mark.parametrize(
    "text",
    [
        "<b>متى</b> وقع & هجوم </blockquote> <script>؟",
        "When <i>was the &amp; \u202eattack\u2066 on <Zorgon & Sons>?",
        "\u2067\u202e\u200f",
        "😀👨‍👩‍👧🇮🇶",
        "?" * 50,
        "\x00\x1b[2J attack",
        "صواريخ " * 600,
        "قاعدة" * 800,
    ],
)
def test_hostile_text_is_answered_and_nothing_of_it_reaches_further(talk: Talk, text: str) -> None:
    after = len(talk.api.calls)
    answer = talk.ask(text, AMAL)
    assert not re.search("[\u202a-\u202e\u2066\u2067\x00\x1b]", answer.plain)
    assert [call.code for call in talk.api.calls[after:] if call.method == "sendMessage"] == [200]


def test_a_text_of_a_hundred_kilobytes_is_answered_in_a_sentence(talk: Talk) -> None:
    assert plain(talk.ask("attack " * 14_300, JOHN)) == (
        "That is too long for a question. Please put it in at most 500 words."
    )
    assert talk.ask("صاروخ" * 10_000, JOHN).plain


# Starting again, and ending


def test_a_button_works_after_a_restart_and_what_was_asked_is_answered_before_the_end(talk: Talk) -> None:
    old = talk.ask(HOW_MANY_AR, AMAL)
    after = len(talk.api.calls)
    talk.say(HOW_MANY, JOHN)
    talk.api.wait(lambda call: call.method == "sendChatAction", after=after)
    assert talk.stop() == 0
    assert len(talk.replies(1, after)) == 1
    talk.start()
    passage = talk.press(old, AMAL)
    assert [entity.type for entity in passage.entities] == ["bold", "expandable_blockquote"]
    assert "6 أغسطس 2024" in plain(passage)


def test_a_source_whose_article_is_gone_was_withdrawn(talk: Talk) -> None:
    answer = talk.ask(HOW_MANY_AR, AMAL)
    with open_engine(Settings(data_dir=talk.data)) as engine:
        engine.remove("002_9f283f796c65c999")
    for _ in range(2):
        assert plain(talk.press(answer, AMAL)) == "سحب المصدر [1]: حذف مقاله، أو لم يعد يقول هذا."


def test_it_ends_in_peace_and_has_told_nobody_its_token(talk: Talk) -> None:
    assert talk.stop() == 0
    whole = "\n".join(talk.outputs)
    assert f"{NAME} is listening" in whole
    assert "blocked by the user" in whole
    assert TOKEN not in whole
    assert TOKEN.split(":")[1] not in whole
    assert "Traceback" not in whole


def test_it_waits_for_a_server_that_is_down_and_can_be_ended_while_it_waits(talk: Talk, tmp_path: Path) -> None:
    api = TelegramApi().start()
    port = api.port
    api.stop()
    # Another Telegram counts its updates anew, so they need another inbox.
    data = shutil.copytree(talk.data, tmp_path / "data", ignore=shutil.ignore_patterns("telegram.sqlite3*"))
    bots = [BotProcess(port, data, tmp_path / name) for name in ("one", "two")]
    for bot in bots:
        bot.says("Telegram cannot be reached")
    assert bots[0].stop() == 0
    api.start(port)
    listening(api)
    api.says("/help", chat=private(JOHN), user=JOHN, entities=[{"type": "bot_command", "offset": 0, "length": 5}])
    api.wait(lambda call: call.method == "sendMessage")
    assert bots[1].stop(signal.SIGINT) == 0
    api.stop()
    for bot in bots:
        assert TOKEN.split(":")[1] not in bot.output
        assert not re.search("Traceback|destroyed|never", bot.output)


def test_a_token_that_telegram_does_not_know_is_one_line(talk: Talk, tmp_path: Path) -> None:
    line = "SANAD_TELEGRAM_TOKEN: Telegram does not know this token. Ask @BotFather for the bot's token of now.\n"
    unknown = BotProcess(talk.api.port, talk.data, tmp_path / "unknown", SANAD_TELEGRAM_TOKEN="1:" + "x" * 35)
    assert (unknown.wait(), unknown.output) == (1, line)

    talk.api.faults += [Fault("getUpdates", "401")] * 2  # the second when it ends, as it would be
    revoked = BotProcess(talk.api.port, talk.data, tmp_path / "revoked")
    assert revoked.wait() == 1
    assert revoked.output.endswith(line)
    assert "Traceback" not in revoked.output
