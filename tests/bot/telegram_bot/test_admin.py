"""The commands of those who run the bot."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.telegram_bot.admin import Admin
from bot.telegram_bot.answers import Tally
from bot.telegram_bot.uploads import file_name, record
from rag.engine import Engine
from tests.bot.telegram_bot.asking import AMAL, EVE, GROUP, JOHN, NAME_OF_BOT, Asking, asking, texts
from tests.telegram_api.content import private
from tests.telegram_api.server import JSON, TOKEN, Call, Fault
from tests.telegram_api.talk import bare, plain

DAY = 24 * 3600.0
QUOTE = "أعلنت وزارة الدفاع العراقية أن ثلاثة صواريخ سقطت على قاعدة عين الأسد يوم 5 يوليو 2021."
ROCKETS = "كم صاروخا سقط على قاعدة عين الأسد؟"


@pytest.fixture
def bot(engine: Engine, tmp_path: Path) -> Iterator[Asking]:
    """John and Amal run it."""
    with asking(engine, tmp_path / "bot", telegram_admins="88,77") as one:
        yield one


def uploaded(bot: Asking, name: str, content: bytes, user: JSON = JOHN, caption: str = "/ingest") -> list[str]:
    bot.api.uploads(name, content, chat=private(user), user=user, caption=caption)
    return texts(bot.run())


def sent(bot: Asking, text: str, user: JSON = JOHN) -> Call:
    bot.api.says(text, chat=private(user), user=user)
    (call,) = [call for call in bot.run() if call.method == "sendMessage"]
    return call


def press(bot: Asking, message: Call, label: str, user: JSON = JOHN) -> list[Call]:
    button = next(one for row in message.buttons for one in row if bare(one["text"]) == label)
    bot.api.presses(button, message_id=message.message_id, chat=private(JOHN), user=user)
    return bot.run()


def ids(bot: Asking) -> list[str]:
    return [article.id for article in bot.engine.articles()]


# Who has them


@pytest.mark.parametrize("command", ["/ingest خبر", "/remove 1", "/stats", "/status"])
def test_for_everybody_else_there_are_no_such_commands(bot: Asking, command: str) -> None:
    uploaded(bot, "n.txt", QUOTE.encode())
    assert bot.says(command, EVE) == bot.says("/nosuchcommand", EVE)
    assert (
        bot.says(command.replace(" ", f"{NAME_OF_BOT} ", 1) if " " in command else command + NAME_OF_BOT, EVE, GROUP)
        == []
    )
    assert ids(bot) == ["n"]


def test_a_document_of_somebody_elses_is_not_read(bot: Asking) -> None:
    assert uploaded(bot, "n.txt", QUOTE.encode(), EVE)[0].startswith("Send a question")
    assert ids(bot) == []


def test_admins_may_ask_too_where_not_everybody_may(engine: Engine, tmp_path: Path) -> None:
    with asking(engine, tmp_path / "bot", telegram_access="77", telegram_admins="88") as bot:
        assert bot.says("/status", JOHN)[0].startswith("Articles: 0")
        assert bot.says("/status", EVE)[0].startswith("Sorry, this bot answers only people")


# Articles come


def test_a_document_is_read_and_answered_from_at_once(bot: Asking) -> None:
    assert uploaded(bot, "5.7.2021 أخبار.txt", f"{QUOTE} وقالت إن التحقيق مستمر.".encode()) == ["1 article added"]
    assert ids(bot) == ["5.7.2021_أخبار"]
    assert "ثلاثة صواريخ" in bot.says(ROCKETS, AMAL)[0]
    assert uploaded(bot, "5.7.2021 أخبار.txt", f"{QUOTE} وقالت إن التحقيق مستمر.".encode(), AMAL) == [
        "لم يضف أي مقال، مقال واحد على حاله"
    ]
    assert uploaded(bot, "5.7.2021 أخبار.txt", f"{QUOTE} ثم انتهى.".encode()) == ["0 articles added, 1 updated"]
    assert list(bot.engine.settings.data_dir.glob("*uploads*")) == []
    assert [call.method for call in bot.api.calls].count("sendChatAction") >= 3


def test_records_that_fail_are_named_and_the_others_are_added(bot: Asking) -> None:
    lines = [json.dumps({"id": f"r{i}", "text": f"{QUOTE} رقم {i}."}, ensure_ascii=False) for i in range(3)]
    (told,) = uploaded(bot, "news.jsonl", "\n".join([*lines, "{", '{"id": "x"}']).encode())
    first, *failures = told.split("\n")
    assert first == "3 articles added, 2 failed"
    assert [line.split(":")[0] for line in failures] == ["news.jsonl line 4", "news.jsonl line 5"]
    assert ids(bot) == ["r0", "r1", "r2"]


def test_of_many_failures_the_first_are_named(bot: Asking) -> None:
    (told,) = uploaded(bot, "news.jsonl", b"{\n" * 30, AMAL)
    lines = told.split("\n")
    assert lines[0] == "لم يضف أي مقال، فشل 30"
    assert (len(lines), lines[-1]) == (12, "و20 غيرها")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.exe", b"MZ\x00\x01"),
        ("bytes.txt", bytes(range(256)) * 40),
        ("empty.txt", b""),
        ("deep.jsonl", b"[" * 100_000),
        ("articles.toml", b"x = ["),
        ("noname", b"x"),
        ("~$.txt", b"\xff\xfe\x00"),
    ],
)
def test_whatever_is_in_a_file_is_told_in_a_line_or_two(bot: Asking, name: str, content: bytes) -> None:
    (told,) = uploaded(bot, name, content)
    assert 1 <= told.count("\n") <= 2
    assert told.startswith("0 articles added, 1 failed\n")
    assert str(bot.engine.settings.data_dir) not in told
    assert ids(bot) == []


def test_a_name_cannot_lead_out_of_the_folder(bot: Asking, tmp_path: Path) -> None:
    for name in ("../../escaped.txt", "..\\..\\escaped.txt", "/etc/escaped.txt", "\u202etxt.escaped.txt"):
        uploaded(bot, name, f"{QUOTE} {name}".encode())
    assert list(tmp_path.rglob("*escaped*")) == []
    assert set(ids(bot)) == {"escaped", "txt.escaped"}


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("news.txt", "news.txt"),
        ("a b\nc.jsonl", "a_b_c.jsonl"),
        ("../../.env", "env"),
        ("..", "other"),
        ("", "other"),
        (".txt", "txt"),
        ("x" * 300 + ".txt", "x" * 96 + ".txt"),
        ("خ" * 300 + ".txt", "خ" * 48 + ".txt"),
        ("a." + "y" * 300, "other"),
        ("a*?.txt", "a_.txt"),
    ],
)
def test_names_are_made_fit_for_files(given: str, name: str) -> None:
    assert file_name(given, "other") == name


def test_a_file_that_is_too_large_is_not_fetched(bot: Asking) -> None:
    about = {"file_id": "x", "file_unique_id": "u", "file_name": "big.txt", "file_size": 25_000_000}
    caption: JSON = {"caption": "/ingest", "caption_entities": [{"type": "bot_command", "offset": 0, "length": 7}]}
    bot.api.sends({"document": about} | caption, chat=private(JOHN), user=JOHN)
    calls = bot.run()
    assert texts(calls)[0].startswith("The file is too large (25 MB): Telegram gives bots at most 20 MB.")
    assert [call.method for call in calls if call.method == "getFile"] == []


@pytest.mark.parametrize("kind", ["500", "dropped"])
def test_a_file_that_telegram_does_not_hand_over_is_told_without_the_token(bot: Asking, kind: Any) -> None:  # noqa: ANN401
    bot.api.faults.append(Fault("getFile", kind))
    (told,) = uploaded(bot, "n.txt", QUOTE.encode())
    assert told == "Telegram did not hand over the file. Please send it again."
    assert TOKEN.split(":")[1] not in told


def test_text_is_an_article_whose_first_line_is_its_title(bot: Asking) -> None:
    assert bot.says(f"/ingest\nهجوم بالصواريخ\n\n{QUOTE}") == ["1 article added"]
    (article,) = bot.engine.articles()
    assert article.title == "هجوم بالصواريخ"
    assert QUOTE in article.text
    assert article.id.startswith("text_")
    assert bot.says(f"/ingest هجوم بالصواريخ\n\n{QUOTE}") == ["0 articles added, 1 unchanged"]
    assert bot.says("/ingest x", AMAL)[0] == "أضيف مقال واحد"
    assert len(ids(bot)) == 2


def test_what_is_replied_to_is_read(bot: Asking) -> None:
    said = bot.api.says(QUOTE, chat=GROUP, user=EVE)
    replied = bot.api.message(GROUP["id"], said)
    assert bot.says(f"/ingest{NAME_OF_BOT}", JOHN, GROUP, reply_to_message=replied) == ["1 article added"]
    document = bot.api.uploads("reply.txt", f"{QUOTE} مرة أخرى.".encode(), chat=private(JOHN), user=EVE)
    bot.run()
    assert bot.says("/ingest", reply_to_message=bot.api.message(JOHN["id"], document)) == ["1 article added"]
    assert "reply" in ids(bot)


def test_a_command_alone_says_how(bot: Asking) -> None:
    assert bot.says("/ingest")[0].startswith("Send a file with the caption /ingest")
    assert bot.says("/remove")[0].startswith("Which one? /remove 3 takes its number")


def test_a_text_of_one_line_has_no_title() -> None:
    assert record(" one line ") == {"id": record("one line")["id"], "text": "one line"}
    assert record("T\nx")["title"] == "T"
    assert "title" not in record("long " * 100 + "\nx")
    assert record("a")["id"] != record("b")["id"]


def test_a_library_that_another_process_writes_to_is_told(bot: Asking) -> None:
    with bot.engine._writing():  # as `sanad ingest` does
        (told,) = uploaded(bot, "n.txt", QUOTE.encode())
        assert told.startswith("Another process is writing to the library")
    assert uploaded(bot, "n.txt", QUOTE.encode()) == ["1 article added"]


# Articles go


def test_an_article_is_removed_when_that_is_confirmed(bot: Asking) -> None:
    for name in ("first", "second"):
        uploaded(bot, f"{name}.txt", f"{QUOTE} {name}.".encode())
    kept = sent(bot, "/remove first")
    assert plain(kept).startswith("Remove this article and everything that was made of it?")
    assert "\n\nfirst\n" in plain(kept)
    (edited,) = [call for call in press(bot, kept, "Keep") if call.method == "editMessageText"]
    assert (plain(edited), edited.buttons, ids(bot)) == ("The article stays.", [], ["first", "second"])
    number = 1 + [entry.id for entry in bot.service.shelf.entries()].index("first")
    asked = sent(bot, f"/remove {number}")
    assert press(bot, asked, "Remove", EVE)[0].arguments["text"] == "Only the person who asked for this can press it."
    assert ids(bot) == ["first", "second"]
    (edited,) = [call for call in press(bot, asked, "Remove") if call.method == "editMessageText"]
    assert (plain(edited), ids(bot)) == ("Removed: first", ["second"])
    again = [plain(call) for call in press(bot, asked, "Remove") if call.method == "editMessageText"]
    assert again == ["The article is no longer there."]


def test_an_article_with_a_number_for_a_name_is_found_by_its_name_first(bot: Asking) -> None:
    for name in ("3", "1", "2"):
        uploaded(bot, f"{name}.txt", f"{QUOTE} {name}.".encode())
    assert "\n\n2\n" in plain(sent(bot, "/remove 2"))


@pytest.mark.parametrize("name", ["0", "7", "-1", "x" * 3000, "٣", "1 2", "<b>", "9" * 400])
def test_an_article_there_is_not_is_told(bot: Asking, name: str) -> None:
    uploaded(bot, "n.txt", QUOTE.encode())
    assert all(text.startswith("There is no article ") for text in bot.says(f"/remove {name}")[:1])
    assert bot.api.invalid == []


def test_a_very_long_name_of_an_article_fits_its_button(bot: Asking) -> None:
    name = "خبر" * 40
    uploaded(bot, "n.jsonl", json.dumps({"id": name, "text": QUOTE}).encode())
    asked = sent(bot, f"/remove {name}", AMAL)
    press(bot, asked, "احذف", AMAL)
    assert ids(bot) == []


# How it is going


def test_what_was_asked_is_counted_by_day_week_and_all(bot: Asking) -> None:
    uploaded(bot, "n.txt", QUOTE.encode())
    bot.says(ROCKETS, EVE)
    with bot.service.database.connection() as db:
        db.execute("UPDATE answers SET made = made - ?", (3 * DAY,))
    bot.says("What is the population of Ramadi?", AMAL)
    assert bot.service.answers.tally() == Tally(2, 1, 2, 0, 0)
    day, week, ever, note = bot.says("/stats")[0].split("\n\n")
    line = "Questions: {} (answered: {}, refused: {}) · people: {} · 👍 0 · 👎 0"
    assert day == "Last 24 hours\n" + line.format(1, 0, 1, 1)
    assert week == "Last 7 days\n" + line.format(2, 1, 1, 2)
    assert ever == "All time\n" + line.format(2, 1, 1, 2)
    assert note.endswith("the last 30 days, for as long as it is kept who asked.")
    assert bot.says("/stats", AMAL)[0].startswith("آخر 24 ساعة\nالأسئلة: 1 (أُجيب عن 0، واعتُذر عن 1) · السائلون: 1")


def test_the_state_of_everything_is_told(bot: Asking) -> None:
    assert "\nIndex: none yet\n" in bot.says("/status")[0]
    uploaded(bot, "n.txt", QUOTE.encode())
    lines = dict(line.split(": ", 1) for line in bot.says("/status")[0].split("\n"))
    assert lines["Articles"] == "1 · passages: 1"
    assert lines["Index"].endswith(", up to date")
    assert (lines["Model"], lines["Embeddings"]) == ("none, answers are quotes", "builtin")
    assert (lines["Waiting messages"], lines["Running for"]) == ("0", "0:00")
    assert bot.says("/status", AMAL)[0].startswith("المقالات: 1 · المقاطع: 1\nالفهرس: الجيل ")


def test_an_index_that_is_behind_or_broken_is_told(bot: Asking) -> None:
    uploaded(bot, "n.txt", QUOTE.encode())
    folder = bot.engine.settings.data_dir / "index"
    (manifest,) = folder.glob("*/manifest.json")
    stored = manifest.read_text(encoding="utf-8")
    for change, told in (({"revision": 0}, "behind the library"), ({"fingerprint": "x"}, "made with other settings")):
        manifest.write_text(json.dumps(json.loads(stored) | change), encoding="utf-8")
        assert told in bot.says("/status")[0]
    manifest.write_text("{", encoding="utf-8")
    assert "Index: cannot be read; to mend it: sanad reindex" in bot.says("/status")[0]


def test_how_long_it_runs_is_told_in_days_and_hours(bot: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    started = bot.service.started
    monkeypatch.setattr("bot.telegram_bot.admin.time.time", lambda: started + 3 * DAY + 4 * 3600 + 5 * 60)
    assert "مدة التشغيل: 3 أيام 4:05" in Admin(bot.service)._status("ar")
