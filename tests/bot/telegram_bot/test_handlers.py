"""What the process tests cannot bring about: failures inside, other settings, and what the command line refuses."""

import asyncio
import logging
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from telegram import Update
from typer.testing import CliRunner

from bot.cli import app
from bot.telegram_bot.access import Access
from bot.telegram_bot.answers import Answers
from bot.telegram_bot.application import build
from bot.telegram_bot.handlers import Handlers, consent, language_of
from bot.telegram_bot.profile import introduce
from rag.engine import Engine
from rag.model import Answer, Refusal
from rag.settings import Settings
from tests.conftest import SEEDS
from tests.telegram_api.server import TOKEN, Call, Fault, TelegramApi

JOHN = {"id": 88, "is_bot": False, "first_name": "John", "language_code": "en"}
CHAT = {"id": 88, "type": "private"}
WHO = "من هو واين ماروتو؟"


class BrokenEngine(Engine):
    """One in which something is wrong that nobody thought of."""

    def ask(self, *_: Any, **__: Any) -> Answer | Refusal:  # noqa: ANN401  # whatever is asked
        raise RuntimeError(f"the inside, {TOKEN}")


@pytest.fixture
def api() -> Iterator[TelegramApi]:
    served = TelegramApi().start()
    yield served
    served.stop()


def settings_for(api: TelegramApi, folder: Path, **more: Any) -> Settings:  # noqa: ANN401  # settings
    return Settings(data_dir=folder, telegram_api_url=f"http://127.0.0.1:{api.port}/bot", **more)


def told(api: TelegramApi, engine: Engine, text: str, **more: object) -> list[Call]:
    """What the bot sends when John writes `text`."""

    async def main() -> None:
        application = build(engine, TOKEN, Access(everyone=True), "en")
        async with application:
            message = {"message_id": 1, "date": 1, "chat": CHAT, "from": JOHN, "text": text, **more}
            update = Update.de_json({"update_id": 1, "message": message}, application.bot)
            assert update
            await application.process_update(update)

    asyncio.run(main())
    return [call for call in api.calls if call.method == "sendMessage"]


def test_the_unexpected_is_apologised_for_and_logged_with_a_reference(
    api: TelegramApi, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with BrokenEngine(settings_for(api, tmp_path)) as engine:
        (apology,) = told(api, engine, WHO)
    reference = apology.plain.split()[-1].strip("\u2068\u2069")
    assert apology.plain.startswith("عذرا، حدث خطأ هنا وليس منك.")
    assert "inside" not in apology.plain
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.getMessage() == f"reference {reference}"
    assert record.exc_info


def test_an_error_the_owner_can_mend_is_told_in_the_questions_language(api: TelegramApi, tmp_path: Path) -> None:
    with Engine(settings_for(api, tmp_path)) as engine:
        (sent,) = told(api, engine, WHO)
    assert sent.plain.startswith("المكتبة فارغة. أضف مقالات أولا:")


def test_an_answer_that_cannot_be_kept_is_given_without_buttons(
    api: TelegramApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with Engine(settings_for(api, tmp_path)) as engine:
        engine.ingest([SEEDS])
        told(api, engine, "/help", entities=[{"type": "bot_command", "offset": 0, "length": 5}])
        with sqlite3.connect(tmp_path / "answers.sqlite3") as db:
            db.execute("DROP TABLE citations")
        db.close()
        answer = told(api, engine, WHO)[-1]
    assert "[1]" in answer.plain
    assert answer.buttons == []
    assert "an answer goes without buttons" in caplog.text


@pytest.mark.filterwarnings("ignore:.*`retry_after` will be:DeprecationWarning")  # python-telegram-bot's word to itself
def test_menus_that_cannot_be_set_stop_nothing(
    api: TelegramApi, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    api.faults += [Fault("setMyCommands", "429", 3600), Fault("setMyDescription", "dropped")]

    async def main() -> None:
        with Engine(settings_for(api, tmp_path)) as engine:
            application = build(engine, TOKEN, Access(everyone=True), "en")
            async with application:
                await introduce(application.bot)

    asyncio.run(main())
    assert caplog.text.count("menu or description not set") == 2
    assert len([call for call in api.calls if "setMy" in call.method and call.code == 200]) == 4


@pytest.mark.parametrize("language", ["ar", "en"])
def test_consent_names_the_service_that_questions_go_to(language: Any) -> None:  # noqa: ANN401
    sent = consent(Settings(llm="llama3.1", llm_url="https://key@models.example.org:8443/v1"), language)
    assert "models.example.org" in sent
    assert "llama3.1" in sent
    assert "key@" not in sent
    assert "example" not in consent(Settings(), language)


def test_everybody_is_spoken_to_in_arabic_or_english() -> None:
    def user(code: str | None) -> Any:  # noqa: ANN401
        return Update.de_json(
            {
                "update_id": 1,
                "message": {"message_id": 1, "date": 1, "chat": CHAT, "from": JOHN | {"language_code": code}},
            },
            None,
        ).effective_user

    assert [language_of(user(code)) for code in ("ar", "ar-EG", "AR", "en", "fr", None)] == ["ar"] * 3 + ["en"] * 3
    assert language_of(None) == "en"


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"SANAD_TELEGRAM_ACCESS": "open"}, "SANAD_TELEGRAM_TOKEN: not set. Get a token from @BotFather"),
        ({"SANAD_TELEGRAM_TOKEN": TOKEN}, "SANAD_TELEGRAM_ACCESS: not set. Say who may ask the bot"),
        ({"SANAD_TELEGRAM_TOKEN": "nonsense", "SANAD_TELEGRAM_ACCESS": "open"}, "SANAD_TELEGRAM_TOKEN: not a token"),
    ],
)
def test_without_a_token_or_a_decision_who_may_ask_it_does_not_start(
    variables: dict[str, str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (variables | {"SANAD_DATA_DIR": str(tmp_path), "LANG": "C"}).items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(app, ["bot"])
    assert result.exit_code == 1
    assert result.stderr.startswith(said)
    assert result.stderr.count("\n") == 1
    assert "nonsense" not in result.output


def test_a_button_shows_what_its_article_says_now(api: TelegramApi, tmp_path: Path) -> None:
    quote = "أعلنت وزارة الدفاع العراقية أن ثلاثة صواريخ سقطت على قاعدة عين الأسد يوم 5 يوليو 2021."
    news = tmp_path / "news.txt"

    def shown(data: str) -> str:
        return handlers._source(data, "ar")[0].plain

    with Engine(settings_for(api, tmp_path / "data")) as engine:
        news.write_text(f"{quote} وقالت إن التحقيق مستمر.", encoding="utf-8")
        engine.ingest([news])
        reply = engine.ask("كم صاروخا سقط على قاعدة عين الأسد؟")
        answers = Answers(tmp_path / "answers.sqlite3")
        handlers = Handlers(engine, answers, Access(everyone=True))
        data = f"s:{answers.keep(reply)}:1"
        assert "مستمر" in shown(data)
        news.write_text(f"{quote} ثم غير ما بعده.", encoding="utf-8")
        engine.ingest([news])
        assert quote in re.sub("[\u2068\u2069]", "", shown(data))
        assert "مستمر" not in shown(data)
        news.write_text(f"تصحيح: {quote}", encoding="utf-8")
        engine.ingest([news])
        assert shown(data).startswith("سحب المصدر")
