"""The commands everybody has, and their buttons."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.strings import say
from bot.telegram_bot.commands import Commands, consent, storage
from bot.telegram_bot.shelf import Entry, _cut, page
from rag.engine import Engine
from rag.model import LANGUAGES, Language, Reply
from rag.settings import Settings
from tests.bot.telegram_bot.asking import AMAL, EVE, GROUP, JOHN, NAME_OF_BOT, Asking, asking, texts
from tests.telegram_api.content import private
from tests.telegram_api.entities import parse, utf16
from tests.telegram_api.server import JSON, Call
from tests.telegram_api.talk import bare, plain

HOW_MANY = "How many American soldiers were injured in the attack on Ain al-Asad?"
HOW_MANY_AR = "كم جنديا أميركيا أصيب في الهجوم على عين الأسد؟"


@pytest.fixture
def bot(seed_engine: Engine, tmp_path: Path) -> Iterator[Asking]:
    with asking(seed_engine, tmp_path, telegram_access="open", telegram_admins="55") as one:
        yield one


def sent(bot: Asking, text: str, user: JSON = JOHN, chat: JSON | None = None, **more: Any) -> Call:  # noqa: ANN401
    """The one message the bot answers with."""
    bot.api.says(text, chat=chat or private(user), user=user, **more)
    (call,) = [call for call in bot.run() if call.method == "sendMessage"]
    return call


def press(bot: Asking, message: Call, label: str, user: JSON = JOHN, chat: JSON | None = None) -> list[Call]:
    """What the bot does when the button that says `label` is pressed."""
    buttons = {bare(button["text"]): button for row in message.buttons for button in row}
    bot.api.presses(buttons[label], message_id=message.message_id, chat=chat or private(user), user=user)
    return bot.run()


def labels(message: Call) -> list[list[str]]:
    return [[bare(button["text"]) for button in row] for row in message.buttons]


def edited(calls: list[Call]) -> Call:
    (call,) = [call for call in calls if call.method == "editMessageText"]
    assert call.code == 200
    return call


def toast(calls: list[Call]) -> str:
    (call,) = [call for call in calls if call.method == "answerCallbackQuery"]
    return str(call.arguments.get("text", ""))


# What is only said


def test_an_admin_who_opens_the_chat_is_given_the_menu_of_admins(bot: Asking) -> None:
    admin = JOHN | {"id": 55}
    sent(bot, "/start", JOHN)
    sent(bot, "/start", admin)
    menus = {key[2]: value for key, value in bot.api.methods.profile.items()}
    assert list(menus) == ["chat:55"]
    assert menus["chat:55"][-1]["command"] == "status"


@pytest.mark.parametrize(
    ("command", "english", "arabic"),
    [
        ("/start", "I answer questions about the news articles", "أجيب عن الأسئلة من المقالات"),
        ("/start somewhere", "I answer questions about the news articles", "أجيب عن الأسئلة من المقالات"),
        ("/help", "Send a question in Arabic or English", "أرسل سؤالا بالعربية"),
        ("/HELP", "Send a question in Arabic or English", "أرسل سؤالا بالعربية"),
        ("/nothing of ours", "Send a question in Arabic or English", "أرسل سؤالا بالعربية"),
        ("/stats", "Send a question in Arabic or English", "أرسل سؤالا بالعربية"),  # none for those who do not run it
        ("/stop", "I am not answering anything for you here.", "ليس لك هنا سؤال قيد الإجابة."),
    ],
)
def test_commands_are_answered_in_the_users_language(bot: Asking, command: str, english: str, arabic: str) -> None:
    assert plain(sent(bot, command, JOHN)).startswith(english)
    assert plain(sent(bot, command, AMAL)).startswith(arabic)


def test_help_shows_examples_and_every_command_but_those_of_the_admins(bot: Asking) -> None:
    text = plain(sent(bot, "/help", AMAL))
    assert "• كم شخصا أصيب في الهجوم؟" in text
    assert [line.split()[0] for line in text.split("\n") if line.startswith("/")] == [
        "/help", "/ask", "/articles", "/lang", "/stop", "/forget", "/about",
    ]  # fmt: skip


def test_help_is_short_in_a_group_and_unknown_commands_are_passed_over_there(bot: Asking) -> None:
    assert plain(sent(bot, f"/help{NAME_OF_BOT}", JOHN, GROUP)).startswith("Mention me or reply to me")
    assert plain(sent(bot, "/help", JOHN, GROUP)).startswith("Mention me or reply to me")
    assert bot.says("/help@another_bot", JOHN, GROUP) == []
    assert bot.says("/nothing", JOHN, GROUP) == []
    assert bot.says("/stats", JOHN, GROUP) == []
    assert bot.says(f"/nothing{NAME_OF_BOT}", JOHN, GROUP) == []


def test_about_says_how_much_was_read_where_questions_go_and_what_is_kept(bot: Asking) -> None:
    about = plain(sent(bot, "/about", JOHN))
    for part in (
        "It has read 5 articles.",
        "stays on the machine this bot runs on",
        "are kept here for 30 days; /forget",
    ):
        assert part in about
    assert "قرأ 5 مقالات." in plain(sent(bot, "/about", AMAL))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_consent_names_the_service_that_questions_go_to_and_no_password(language: Language) -> None:
    told = consent(Settings(llm="llama3.1", llm_url="https://key@models.example.org:8443/v1"), language)
    assert "models.example.org" in told
    assert "llama3.1" in told
    assert "key@" not in told
    assert "example" not in consent(Settings(), language)


def test_what_is_kept_is_told_as_arabic_counts_days() -> None:
    told = [storage(Settings(telegram_retention_days=days), "ar") for days in (1, 2, 7, 30, 0)]
    assert ["يوما واحدا" in told[0], "يومين" in told[1], "7 أيام" in told[2], "30 يوما" in told[3]] == [True] * 4
    assert told[4].startswith("لا تُحفظ هنا الأسئلة")


# Sources by link


def test_a_link_opens_its_source_and_no_other(bot: Asking) -> None:
    answer = sent(bot, HOW_MANY_AR, JOHN)
    _, answer_id, number = answer.buttons[0][-1]["callback_data"].split(":")
    opened = sent(bot, f"/start s_{answer_id}_{number}", JOHN)
    assert [entity.type for entity in opened.entities] == ["bold", "expandable_blockquote"]
    assert opened.entities[0].text in bot.engine.article("002_9f283f796c65c999").text
    assert plain(sent(bot, f"/start s_{answer_id}_9", AMAL)).startswith("لم تعد إجابة هذا الزر معروفة")


# The articles


def test_articles_are_listed_newest_first_with_what_is_known_of_them(bot: Asking) -> None:
    english, arabic = (sent(bot, "/articles", user) for user in (JOHN, AMAL))
    lines = plain(english).split("\n")
    assert lines[0] == "5 articles"
    assert lines[1].startswith("Newest: ")
    assert [line.split(".")[0] for line in lines[3::3]] == ["1", "2", "3", "4", "5"]
    assert lines[4] == "6 August 2024"
    assert english.entities[0].text == "5 articles"
    assert plain(arabic).startswith("5 مقالات\nأحدثها: ")
    assert [english.buttons, arabic.buttons] == [[], []]


def test_an_empty_library_is_told(engine: Engine, tmp_path: Path) -> None:
    with asking(engine, tmp_path / "bot") as bot:
        assert bot.says("/articles", AMAL) == ["لا مقالات بعد."]
        assert "لم يقرأ أي مقال بعد." in bot.says("/about", AMAL)[0]


def test_pages_are_turned_in_place_in_the_language_of_the_list(engine: Engine, tmp_path: Path) -> None:
    for number in range(1, 42):
        day = f"2024-{1 + number // 28:02}-{1 + number % 28:02}"
        lines = (
            f'{{"id": "a{number}", "text": "نص الخبر رقم {number}.", "title": "خبر {number}", "published": "{day}"}}\n'
        )
        with (tmp_path / "many.jsonl").open("a", encoding="utf-8") as file:
            file.write(lines)
    engine.ingest([tmp_path / "many.jsonl"])
    with asking(engine, tmp_path / "bot") as bot:
        listed = sent(bot, "/articles", AMAL)
        assert plain(listed).startswith(
            "41 مقالا\nأحدثها: 14 فبراير 2024 · أقدمها: 2 يناير 2024\n\n1. خبر 41\n14 فبراير 2024"
        )
        assert labels(listed) == [["⏮", "◀", "1/5"]]  # on is to the left
        second = edited(press(bot, listed, "◀", JOHN, private(AMAL)))
        assert "\n11. خبر 31\n" in plain(second)
        assert labels(second) == [["⏮", "◀", "2/5", "▶"]]
        last = edited(press(bot, second, "⏮", AMAL))
        assert plain(last).endswith("41. خبر 1\n2 يناير 2024")
        assert labels(last) == [["5/5", "▶", "⏭"]]
        english = sent(bot, "/articles", JOHN)
        assert labels(english) == [["1/5", "▶", "⏭"]]
        again = press(bot, english, "1/5", JOHN)  # shows what is shown already
        assert [call.method for call in again] == ["answerCallbackQuery"]
        for odd in ("p:en:99", "p:xx:1", "p:en:-1", "p:"):
            bot.api.presses({"callback_data": odd}, message_id=english.message_id, chat=private(JOHN), user=JOHN)
        turned = [call for call in bot.run() if call.method == "editMessageText" and call.code == 200]
        assert [labels(call) for call in turned] == [[["⏮", "◀", "5/5"]]]


@pytest.mark.parametrize("title", ["😀" * 300, "a ب " * 100, "<b>&" * 80, "‮" * 50 + "x", "\n\n"])
def test_a_page_is_one_message_whatever_articles_are_called(title: str) -> None:
    shelf = [Entry(n, f"a{n}", f"k{n}", _cut(title, 100), _cut(title, 40), "2024-08-06") for n in range(990, 1010)]
    for language in LANGUAGES:
        shown, keyboard = page(shelf, 2, language)
        text, _ = parse(shown.html)
        assert "1009." in bare(text)
        assert utf16(text) <= 4096
        assert keyboard


def test_articles_without_a_date_come_last_and_are_listed_without(engine: Engine, tmp_path: Path) -> None:
    records = [
        {"id": "undated", "text": "نص بلا تاريخ.", "title": "بلا تاريخ"},
        {"id": "day", "text": "نص اليوم.", "title": "يوم", "publisher": "وكالة", "published": "2023-01-31"},
        {"id": "year", "text": "نص السنة.", "title": "سنة", "published": "2023"},
    ]
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in records)
    (tmp_path / "news.jsonl").write_text(lines, encoding="utf-8")
    engine.ingest([tmp_path / "news.jsonl"])
    with asking(engine, tmp_path / "bot") as bot:
        (told,) = bot.says("/articles", AMAL)
    assert told == (
        "3 مقالات\nأحدثها: 31 يناير 2023 · أقدمها: 2023\n\n"
        "1. يوم\nوكالة · 31 يناير 2023\n\n2. سنة\n2023\n\n3. بلا تاريخ"
    )


# The language


def test_a_chosen_language_is_kept_and_the_menu_follows(bot: Asking) -> None:
    asked = sent(bot, "/lang", JOHN)
    assert labels(asked) == [["العربية", "English"], ["As Telegram is"]]
    calls = press(bot, asked, "العربية")
    assert plain(edited(calls)) == "سأخاطبك بالعربية من الآن."
    assert labels(edited(calls)) == []
    bot.restart()
    assert plain(sent(bot, "/help", JOHN)).startswith("أرسل سؤالا")
    menus = bot.api.methods.profile
    scope = f"chat:{JOHN['id']}"
    assert [menus["commands", code, scope][0]["description"] for code in ("", "ar")] == ["ماذا أفعل"] * 2

    calls = press(bot, sent(bot, "/lang", JOHN), "كما في تلغرام")
    assert plain(edited(calls)) == "From now on I speak the language your Telegram is set to."
    assert [key for key in menus if key[0] == "commands" and key[2] == scope] == []


def test_the_language_of_fixed_sentences_is_chosen_not_that_of_answers(bot: Asking) -> None:
    press(bot, sent(bot, "/lang", JOHN), "العربية")
    assert "the article says" in plain(sent(bot, HOW_MANY, JOHN))


def test_in_a_group_everybody_chooses_for_themselves(bot: Asking) -> None:
    asked = sent(bot, f"/lang{NAME_OF_BOT}", JOHN, GROUP)
    calls = press(bot, asked, "العربية", EVE, GROUP)
    assert toast(calls) == "سأخاطبك بالعربية من الآن."
    assert [call.method for call in calls if call.method == "editMessageText"] == []
    assert [bot.service.users.chosen(user["id"]) for user in (JOHN, EVE)] == [None, "ar"]


@pytest.mark.parametrize("rest", ["", "fr", "ar:en"])
def test_a_language_that_somebody_made_up_changes_nothing(bot: Asking, rest: str) -> None:
    bot.service.users.choose(JOHN["id"], "ar")
    asked = sent(bot, "/lang", JOHN)
    bot.api.presses({"callback_data": f"l:{rest}"}, message_id=asked.message_id, chat=private(JOHN), user=JOHN)
    assert toast(bot.run()).startswith("لم تعد إجابة هذا الزر معروفة")
    assert bot.service.users.chosen(JOHN["id"]) == "ar"


# Forgetting


def test_forgetting_erases_all_of_the_user_and_says_what(bot: Asking) -> None:
    answer = sent(bot, HOW_MANY_AR, AMAL)
    sent(bot, "وماذا قال عن الهجوم؟", AMAL)
    press(bot, answer, "👍", AMAL)
    press(bot, sent(bot, "/lang", AMAL), "English", AMAL)
    others = sent(bot, HOW_MANY, JOHN)

    asked = sent(bot, "/forget", AMAL)
    assert labels(asked) == [["Erase it all", "Keep"]]
    told = plain(edited(press(bot, asked, "Erase it all", AMAL)))
    assert told.startswith("Erased: 2 questions and their answers, 1 rating, 1 conversation, your choice of language.")
    with bot.service.database.connection() as db:
        for table in ("answers", "turns", "users", "asked", "feedback"):
            column = "id" if table == "users" else "user"
            assert db.execute(f"SELECT count(*) FROM {table} WHERE {column} = ?", (AMAL["id"],)).fetchone() == (0,), (
                table
            )

    old = answer.buttons[0][-1]
    bot.api.presses(old, message_id=answer.message_id, chat=private(AMAL), user=AMAL)
    assert texts(bot.run()) == ["لم تعد إجابة هذا الزر معروفة، وربما مُسحت. أعد طرح السؤال من فضلك."]
    assert toast(press(bot, answer, "👍", AMAL)).startswith("لم تعد إجابة هذا الزر معروفة")
    assert "[1]" in texts(press(bot, others, bare(others.buttons[0][0]["text"]), JOHN))[0]
    assert plain(edited(press(bot, sent(bot, "/forget", AMAL), "امسح الكل", AMAL))) == "لم يكن لدي شيء عنك لأمسحه."


def test_nothing_is_erased_unless_who_asked_confirms_it(bot: Asking) -> None:
    mention = f"{NAME_OF_BOT} {HOW_MANY}"
    sent(bot, mention, JOHN, GROUP)
    asked = sent(bot, f"/forget{NAME_OF_BOT}", JOHN, GROUP)
    assert toast(press(bot, asked, "Erase it all", AMAL, GROUP)) == "لا يضغط هذا الزر إلا من طلبه."
    assert plain(edited(press(bot, asked, "Keep", JOHN, GROUP))) == "Nothing was erased."
    assert bot.service.answers.tally().people == 1


def test_who_writes_in_the_name_of_a_group_is_told_why_there_is_nothing_to_press(bot: Asking) -> None:
    nameless = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    asked = sent(bot, f"/forget{NAME_OF_BOT}", nameless, GROUP, sender_chat=GROUP)
    assert plain(asked).startswith("You are writing in the name of a group or channel")
    assert asked.buttons == []


# Stopping


def test_what_is_being_answered_is_stopped_and_what_waits_is_dropped(
    bot: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()
    stop = Commands.stop

    async def endless(*_: object) -> Reply:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    async def later(*arguments: Any) -> None:  # noqa: ANN401  # those of the command
        await begun.wait()
        await stop(*arguments)

    monkeypatch.setattr("bot.telegram_bot.streaming.Streaming.reply", endless)
    monkeypatch.setattr(Commands, "stop", later)
    for text in (HOW_MANY, "Who said so?", "When?", "/stop"):
        bot.api.says(text, chat=private(JOHN), user=JOHN)
    calls = bot.run()
    assert texts(calls) == ["Stopped. 2 waiting questions were dropped."]
    assert bot.service.inbox.waiting() == 0
    bot.api.says("/help", chat=private(JOHN), user=JOHN)
    assert texts(bot.run())[0].startswith("Send a question")


def test_stopping_ends_nobody_elses_answer(bot: Asking) -> None:
    async def said() -> list[object]:
        running = bot.service.running
        release = asyncio.Event()

        async def answer() -> str:
            await release.wait()
            return "answered"

        tasks = [asyncio.create_task(running.run(*key, answer())) for key in ((1, 88), (1, 99), (2, 88))]
        await asyncio.sleep(0)
        counts = [running.stop(1, 88), running.stop(1, 88), running.stop(3, 88)]
        release.set()
        return [*counts, *await asyncio.gather(*tasks)]

    assert asyncio.run(said()) == [1, 0, 0, None, "answered", "answered"]


def test_an_answer_that_the_end_of_the_bot_breaks_off_was_not_stopped_by_its_user(bot: Asking) -> None:
    async def broken_off() -> None:
        task = asyncio.create_task(bot.service.running.run(1, 88, asyncio.sleep(60)))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(broken_off())
    assert bot.service.running.stop(1, 88) == 0


def test_every_sentence_of_theirs_fits_a_message_in_both_languages() -> None:
    for language in ("ar", "en"):
        for key in ("telegram_start", "telegram_help", "telegram_forget", "telegram_lang"):
            assert 0 < len(say(language, key)) < 2000
