"""What is kept of people, and for how long."""

import asyncio
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.telegram_bot.database import NAME
from bot.telegram_bot.retention import Erased, forget, keep_clean, tidy
from rag.engine import Engine
from rag.errors import SanadError
from tests.bot.telegram_bot.asking import AMAL, JOHN, Asking, asking

HOW_MANY = "How many American soldiers were injured in the attack on Ain al-Asad?"
HOW_MANY_AR = "كم جنديا أميركيا أصيب في الهجوم على عين الأسد؟"
DAY = 24 * 3600.0
NOTHING = Erased(answers=0, ratings=0, conversations=0, language=False)


@pytest.fixture
def bot(seed_engine: Engine, tmp_path: Path) -> Iterator[Asking]:
    with asking(seed_engine, tmp_path) as one:
        yield one


def written(bot: Asking, folder: Path) -> str:
    bot.service.database.flush()
    return b"".join(path.read_bytes() for path in folder.glob(f"{NAME}*")).decode("utf-8", "replace")


def age(bot: Asking, seconds: float) -> None:
    """Have everything that is kept happened so much earlier."""
    with bot.service.database.connection() as db:
        for table, column in (
            ("answers", "made"),
            ("feedback", "at"),
            ("turns", "at"),
            ("asked", "at"),
            ("inbox", "done"),
        ):
            db.execute(f"UPDATE {table} SET {column} = {column} - ?", (seconds,))


def rows(bot: Asking, table: str) -> int:
    with bot.service.database.connection() as db:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_no_word_of_who_is_forgotten_is_left_in_the_file(bot: Asking, tmp_path: Path) -> None:
    bot.says(HOW_MANY_AR, AMAL)
    bot.says(HOW_MANY, JOHN)
    before = written(bot, tmp_path)
    assert HOW_MANY_AR in before
    assert forget(bot.service, AMAL["id"]) == Erased(answers=1, ratings=0, conversations=1, language=False)
    after = written(bot, tmp_path)
    assert HOW_MANY_AR not in after
    assert HOW_MANY in after
    assert forget(bot.service, AMAL["id"]) == NOTHING


def test_what_is_old_is_emptied_and_what_is_new_stays(bot: Asking, tmp_path: Path) -> None:
    bot.says(HOW_MANY_AR, AMAL)
    tidy(bot.service)
    assert [rows(bot, table) for table in ("answers", "turns", "asked", "inbox")] == [1, 1, 1, 1]
    assert HOW_MANY_AR in written(bot, tmp_path)
    age(bot, 31 * DAY)
    tidy(bot.service)
    assert [rows(bot, table) for table in ("answers", "turns", "asked", "inbox")] == [1, 0, 0, 0]
    assert HOW_MANY_AR not in written(bot, tmp_path)
    assert bot.service.answers.tally().questions == 1


def test_a_conversation_ends_after_half_an_hour_and_an_edit_is_known_for_two_days(bot: Asking) -> None:
    bot.says(HOW_MANY_AR, AMAL)
    age(bot, 3600)
    tidy(bot.service)
    assert [rows(bot, table) for table in ("turns", "asked", "inbox")] == [0, 1, 1]


def test_with_no_retention_nothing_but_the_conversation_is_written(seed_engine: Engine, tmp_path: Path) -> None:
    with asking(seed_engine, tmp_path, telegram_retention_days=0) as bot:
        bot.says(HOW_MANY_AR, AMAL)
        with bot.service.database.connection() as db:
            assert db.execute("SELECT user, chat, question, text FROM answers").fetchall() == [(None,) * 4]
        age(bot, 3600)
        tidy(bot.service)
        assert HOW_MANY_AR not in written(bot, tmp_path)


def test_it_is_done_at_the_start_and_again_and_survives_a_disk_that_is_full_for_a_while(
    bot: Asking, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[float] = []

    def sometimes(_: Any) -> None:  # noqa: ANN401  # the service
        done.append(time.monotonic())
        if len(done) == 1:
            raise SanadError("telegram_damaged", path="x", detail="disk full")

    monkeypatch.setattr("bot.telegram_bot.retention.tidy", sometimes)

    async def main() -> None:
        task = asyncio.create_task(keep_clean(bot.service, every=0.01))
        while len(done) < 3:
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()

    with caplog.at_level(logging.ERROR):
        asyncio.run(main())
    assert caplog.text.count("what is old could not be emptied") == 1
