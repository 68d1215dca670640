"""What the buttons under an answer do."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import CallbackQuery

from bot.telegram_bot.buttons import pressed
from rag.engine import Engine
from tests.bot.telegram_bot.asking import AMAL, EVE, GROUP, JOHN, NAME_OF_BOT, Asking, asking, texts
from tests.telegram_api.content import private
from tests.telegram_api.server import JSON, Call, Fault
from tests.telegram_api.talk import bare, plain

HOW_MANY = "How many American soldiers were injured in the attack on Ain al-Asad?"
HOW_MANY_AR = "كم جنديا أميركيا أصيب في الهجوم على عين الأسد؟"
POPULATION = "What is the population of Ramadi?"
QUOTE = "أعلنت وزارة الدفاع العراقية أن ثلاثة صواريخ سقطت على قاعدة عين الأسد يوم 5 يوليو 2021."
ROCKETS = "كم صاروخا سقط على قاعدة عين الأسد؟"
MENTION = f"{NAME_OF_BOT} {HOW_MANY}"


@pytest.fixture
def bot(seed_engine: Engine, tmp_path: Path) -> Iterator[Asking]:
    with asking(seed_engine, tmp_path) as one:
        yield one


def answered(bot: Asking, text: str, user: JSON = JOHN, chat: JSON | None = None) -> Call:
    bot.api.says(text, chat=chat or private(user), user=user)
    return [call for call in bot.run() if call.method == "sendMessage"][-1]


def press(bot: Asking, message: Call, label: str, user: JSON = JOHN, chat: JSON | None = None) -> list[Call]:
    """What the bot does when the button whose label begins so is pressed."""
    button = next(one for row in message.buttons for one in row if bare(one["text"]).startswith(label))
    return forged(bot, message, button["callback_data"], user, chat)


def forged(bot: Asking, message: Call, data: str, user: JSON = JOHN, chat: JSON | None = None) -> list[Call]:
    bot.api.presses({"callback_data": data}, message_id=message.message_id, chat=chat or private(user), user=user)
    return bot.run()


def toast(calls: list[Call]) -> str:
    (call,) = [call for call in calls if call.method == "answerCallbackQuery"]
    return str(call.arguments.get("text", ""))


def sent(calls: list[Call]) -> list[Call]:
    return [call for call in calls if call.method == "sendMessage" and call.code == 200]


# Sources


def test_a_source_is_the_passage_word_for_word_with_its_quote_marked_under_what_is_known_of_it(bot: Asking) -> None:
    answer = answered(bot, HOW_MANY_AR, AMAL)
    (shown,) = sent(press(bot, answer, "[1]", AMAL))
    assert shown.answers == answer.message_id
    bold, quoted = shown.entities
    assert (bold.type, quoted.type) == ("bold", "expandable_blockquote")
    text = bot.engine.article("002_9f283f796c65c999").text
    passage = bare(quoted.text)
    assert passage in bare(text)
    assert bare(bold.text) in passage
    assert "6 أغسطس 2024" in plain(shown)
    assert plain(shown).startswith("[1] ")


def test_an_english_reader_is_given_the_quote_word_for_word(bot: Asking) -> None:
    (shown,) = sent(press(bot, answered(bot, HOW_MANY), "[1]"))
    assert "word for word: " in plain(shown)


def test_all_sources_come_in_one_reply_each_under_its_number(bot: Asking) -> None:
    answer = answered(bot, "كم صاروخا استهدف القاعدة في تموز 2021؟", AMAL)
    labels = [bare(button["text"]) for row in answer.buttons for button in row]
    numbers = sorted(int(found[1]) for label in labels if (found := re.match(r"\[(\d+)\]", label)))
    assert len(numbers) >= 2
    shown = sent(press(bot, answer, "كل المصادر", AMAL))
    text = "\n\n".join(plain(call) for call in shown)
    assert [int(n) for n in re.findall(r"^\[(\d+)\] ", text, re.M)] == numbers
    for number in numbers:
        assert texts(press(bot, answer, f"[{number}]", AMAL))[0] in text
    assert shown[0].answers == answer.message_id


def test_all_sources_are_split_where_they_do_not_fit_one_message(engine: Engine, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for number in range(6):
        filling = " ".join(f"وقال شاهد رقم {number}{i} إن الوضع في المنطقة هادئ." for i in range(60))
        (news / f"n{number}.txt").write_text(f"{QUOTE[:-1]} بحسب بيان رقم {number}. {filling}", encoding="utf-8")
    engine.ingest([news])
    with asking(engine, tmp_path / "bot") as bot:
        answer = answered(bot, ROCKETS, AMAL)
        shown = sent(press(bot, answer, "كل المصادر", AMAL))
        quoted = [entity for call in shown for entity in call.entities if entity.type == "expandable_blockquote"]
        assert len(quoted) == len([b for row in answer.buttons for b in row if bare(b["text"]).startswith("[")])
        assert bot.api.invalid == []


def test_each_answer_opens_its_own_sources_after_other_questions_a_restart_and_a_new_generation(
    engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "news.txt").write_text(f"{QUOTE} وقالت إن التحقيق مستمر.", encoding="utf-8")
    engine.ingest([tmp_path / "news.txt"])
    with asking(engine, tmp_path / "bot") as bot:
        first = answered(bot, ROCKETS, AMAL)
        before = texts(press(bot, first, "[1]", AMAL))
        (tmp_path / "more.txt").write_text(
            "أعلن مجلس المدينة افتتاح ثلاث حدائق في البصرة يوم 3 مايو 2020.", encoding="utf-8"
        )
        engine.ingest([tmp_path / "more.txt"])
        bot.restart()
        other = answered(bot, "كم حديقة افتتحت في البصرة؟", AMAL)
        assert texts(press(bot, first, "[1]", AMAL)) == before
        assert "حدائق" in texts(press(bot, other, "[1]", AMAL))[0]


def test_a_source_shows_what_its_article_says_now_or_that_it_was_withdrawn(engine: Engine, tmp_path: Path) -> None:
    news = tmp_path / "news.txt"

    def rewritten(text: str) -> str:
        news.write_text(text, encoding="utf-8")
        engine.ingest([news])
        return texts(press(bot, answer, "[1]", AMAL))[0]

    news.write_text(f"{QUOTE} وقالت إن التحقيق مستمر.", encoding="utf-8")
    engine.ingest([news])
    with asking(engine, tmp_path / "bot") as bot:
        answer = answered(bot, ROCKETS, AMAL)
        assert "مستمر" in texts(press(bot, answer, "[1]", AMAL))[0]
        changed = rewritten(f"{QUOTE} ثم غير ما بعده.")
        assert QUOTE in changed
        assert "مستمر" not in changed
        withdrawn = "سحب المصدر [1]: حذف مقاله، أو لم يعد يقول هذا."
        assert rewritten(f"تصحيح: {QUOTE}") == withdrawn
        engine.remove("news")
        assert texts(press(bot, answer, "[1]", AMAL)) == [withdrawn]


def test_what_came_closest_to_a_refused_question_opens_too(bot: Asking) -> None:
    refusal = answered(bot, POPULATION)
    assert plain(refusal).startswith("Not in these articles")
    (shown,) = sent(press(bot, refusal, "[1]"))
    assert [entity.type for entity in shown.entities][:2] == ["bold", "expandable_blockquote"]


def test_in_a_group_everybody_who_may_ask_can_open_a_source(seed_engine: Engine, tmp_path: Path) -> None:
    with asking(seed_engine, tmp_path, telegram_access="88,77") as bot:
        answer = answered(bot, MENTION, JOHN, GROUP)
        (shown,) = sent(press(bot, answer, "[1]", AMAL, GROUP))
        assert (shown.chat, shown.answers) == (GROUP["id"], answer.message_id)
        for label in ("[1]", "👍"):
            calls = press(bot, answer, label, EVE, GROUP)
            assert toast(calls) == (
                "Sorry, this bot answers only people its owner has let in. If you know them, give them your id: 99"
            )
            assert [call.method for call in calls] == ["answerCallbackQuery"]
        assert bot.service.answers.tally().good == 0


# Ratings


def test_a_rating_is_kept_with_its_answer_and_acknowledged_in_the_language_of_who_pressed(bot: Asking) -> None:
    answer, other = answered(bot, HOW_MANY), answered(bot, POPULATION)
    assert toast(press(bot, answer, "👍")) == "Thank you! Noted: the answer helped."
    assert toast(press(bot, answer, "👎")) == "Thank you. Noted: the answer did not help."
    bot.restart()
    assert toast(press(bot, answer, "👎")) == "Your rating is taken back."
    assert toast(press(bot, answer, "👎", AMAL, private(JOHN))) == "شكرا. سُجل أن الإجابة لم تفدك."
    calls = press(bot, other, "👍")
    assert [call.method for call in calls] == ["answerCallbackQuery"]  # alone with the bot, one needs no count
    answer_id, _ = pressed(answer.buttons[-1][0]["callback_data"][2:]) or ("", 0)
    with bot.service.database.connection() as db:
        rows = db.execute("SELECT user, good FROM feedback WHERE answer_id = ?", (answer_id,)).fetchall()
    assert rows == [(AMAL["id"], 0)]


def test_in_a_group_ratings_are_counted_on_the_buttons(bot: Asking) -> None:
    answer = answered(bot, MENTION, JOHN, GROUP)

    def shown(label: str, user: JSON) -> list[str]:
        press(bot, answer, label, user, GROUP)
        keyboard = bot.api.message(GROUP["id"], answer.message_id)["reply_markup"]["inline_keyboard"]
        assert keyboard[:-1] == answer.buttons[:-1]
        return [button["text"] for button in keyboard[-1]]

    assert shown("👍", JOHN) == ["👍 1", "👎"]
    assert shown("👍", AMAL) == ["👍 2", "👎"]
    assert shown("👎", EVE) == ["👍 2", "👎 1"]
    assert shown("👎", JOHN) == ["👍 1", "👎 2"]
    assert shown("👎", JOHN) == ["👍 1", "👎 1"]
    assert bot.api.invalid == []


@pytest.mark.parametrize("kind", ["429", "403", "500"])
def test_a_rating_is_kept_also_where_its_count_cannot_be_shown(bot: Asking, kind: str) -> None:
    answer = answered(bot, MENTION, JOHN, GROUP)
    bot.api.faults.append(Fault("editMessageReplyMarkup", kind))  # type: ignore[arg-type]  # one of them
    press(bot, answer, "👍", JOHN, GROUP)
    assert bot.service.answers.tally().good == 1


# Buttons that are not as they should be


@pytest.mark.parametrize("data", ["s:x", "a:x:0", "s:'; DROP TABLE answers; --:1", "s:" + "x" * 62, "s:\u202ex:1"])
def test_a_source_that_nobody_knows_is_told(bot: Asking, data: str) -> None:
    told = texts(forged(bot, answered(bot, "/start"), data))
    assert told == ["This button's answer is no longer known; it may have been erased. Please ask the question again."]


def test_a_button_that_nobody_knows_is_told_to_who_pressed_it_alone(bot: Asking) -> None:
    message = answered(bot, "/start")
    for data in ("", "x", "x:1", ":", "f:", "f:x:1", "S:x:1", "l:", "l:xx"):
        calls = forged(bot, message, data)
        assert texts(calls) == []
        assert toast(calls).startswith("This button's answer is no longer known")


def test_what_only_others_may_press_does_nothing(bot: Asking) -> None:
    answer = answered(bot, HOW_MANY, AMAL)
    for data in ("e:77:1", "e::1", "e:", "r:x:1", "r:", "e:77:1:1"):
        assert toast(forged(bot, answer, data)) == "Only the person who asked for this can press it."
    assert bot.service.answers.tally().people == 1
    assert len(bot.engine.articles()) == 5


def test_a_press_that_telegram_no_longer_waits_for_is_answered_all_the_same(bot: Asking) -> None:
    answer = answered(bot, HOW_MANY)
    bot.api.faults.append(Fault("answerCallbackQuery", "500"))
    assert len(sent(press(bot, answer, "[1]"))) == 1


def test_whoever_presses_without_end_is_asked_to_slow_down(bot: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram_bot.presses._A_MINUTE", 2)
    answer = answered(bot, HOW_MANY)
    button = answer.buttons[0][0]
    for _ in range(5):
        bot.api.presses(button, message_id=answer.message_id, chat=private(JOHN), user=JOHN)
    calls = bot.run()
    slower = [call for call in calls if call.arguments.get("text") == "A little slower, please."]
    assert (len(slower), len(sent(calls))) == (3, 2)


@given(st.text())
def test_whatever_a_button_holds_is_read_or_passed_over(data: str) -> None:
    found = pressed(data)
    assert found is None or re.fullmatch(r"[\w-]+", found[0], re.ASCII)


def test_a_button_of_an_inline_message_opens_the_private_chat(bot: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []

    async def answer(_: CallbackQuery, *arguments: object, **options: object) -> bool:
        opened.append(options.get("url"))
        return True

    monkeypatch.setattr(CallbackQuery, "answer", answer)
    for data in ("s:A-b_9xYz0123:2", "f:A-b_9xYz0123:1"):
        query = {"id": "1", "from": JOHN, "chat_instance": "1", "inline_message_id": "x", "data": data}
        bot.api.updates.push("callback_query", query)
    assert texts(bot.run()) == []
    assert set(opened) == {"https://t.me/sanad_test_bot?start=s_A-b_9xYz0123_2", None}
