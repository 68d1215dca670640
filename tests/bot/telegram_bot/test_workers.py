"""Thinking in processes of their own: what they are asked and answer, their ends, and what they never get to know."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.telegram_bot.metrics import Metrics
from bot.telegram_bot.worker import Task
from bot.telegram_bot.workers import WorkerError, Workers
from rag.engine import Conversation, Engine, open_engine
from rag.errors import LibraryEmpty, QuestionError
from rag.model import Answer
from rag.settings import Settings
from tests.bot.telegram_bot.serving import service_for, settings_for
from tests.conftest import SEEDS
from tests.telegram_api.server import TOKEN
from tests.telegram_api.talk import Talk, library, person, plain

HOW_MANY = "كم صاروخا استهدف القاعدة؟"
WHO, AND_HE = "من هو واين ماروتو؟", "وماذا قال عن الهجوم؟"
NEWS = "قال المتحدث سالم الكرخي إن حريقا اندلع في ميناء البصرة يوم الثلاثاء، وأسفر عن إصابة سبعة عمال بجروح."
ABOUT_NEWS = "كم عاملا أصيب في حريق ميناء البصرة؟"
JOHN = person(88, "John", "en")


class Deadly(str):
    """A question that ends the process that takes it."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (7,)


class Noisy(str):
    """No question at all, over which something is printed."""

    def __reduce__(self) -> tuple[object, ...]:
        return print, ("noise",)


@asynccontextmanager
async def workers(settings: Settings, count: int = 2) -> AsyncIterator[tuple[Workers, Metrics]]:
    metrics = Metrics()
    made = Workers(settings.model_copy(update={"telegram_workers": count}), metrics)
    async with made.running():
        await until(lambda: made.up == count)
        yield made, metrics


def play(scene: Awaitable[None]) -> None:
    async def main() -> None:
        await scene

    asyncio.run(main())


async def until(happened: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


def wait(happened: Callable[[], bool]) -> None:
    """Return when it did, in a test that has no loop."""
    asyncio.run(until(happened))


def children(number: int) -> list[int]:
    """The processes that a process started, of all its threads."""
    listed = Path(f"/proc/{number}/task").glob("*/children")
    return sorted(int(child) for one in listed for child in one.read_text(encoding="ascii").split())


def alive(number: int) -> bool:
    """Whether a process is there, and no mere zombie."""
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def thought(metrics: Metrics) -> float:
    """How many questions were thought on."""
    return metrics.registry.get_sample_value("sanad_telegram_engine_seconds_count") or 0.0


# What they are asked and answer


def test_a_reply_is_the_engines_and_the_conversation_goes_on_in_another_worker(seed_engine: Engine) -> None:
    async def scene() -> None:
        service = service_for(
            seed_engine.settings.model_copy(update={"telegram_workers": 2, "telegram_access": "open"})
        )
        here, there = Conversation(), Conversation()
        async with service.workers.running():
            for question in (WHO, AND_HE):
                expected = seed_engine.ask(question, language="ar", conversation=here)
                reply = await service.ask(question, language="ar", conversation=there)
                assert replace(reply, elapsed_ms=0) == replace(expected, elapsed_ms=0)
            assert isinstance(reply, Answer)
            assert reply.read_as
            assert [turn.question for turn in there.turns] == [WHO, AND_HE]
            await service.ask(HOW_MANY)
        assert thought(service.metrics) == 3
        waited = service.metrics.registry.get_sample_value("sanad_telegram_waiting_seconds_count", {"on": "engine"})
        assert waited == 3
        service.close()

    play(scene())


def test_errors_come_back_whole_and_mistakes_with_their_traceback(tmp_path: Path) -> None:
    async def scene() -> None:
        async with workers(Settings(data_dir=tmp_path)) as (made, _):
            with pytest.raises(LibraryEmpty) as empty:
                await made.think(Task(HOW_MANY, None, None))
            assert str(empty.value) == str(LibraryEmpty("library_empty"))
            with pytest.raises(QuestionError) as long:
                await made.think(Task("word " * 501, None, None))
            assert (long.value.key, long.value.values) == ("question_long", {"words": 501, "limit": 500})
            with pytest.raises(WorkerError, match=r"(?s)Traceback.*in outcome.*TypeError"):
                await made.think(Task(Noisy(), None, None))  # and what is printed does not come between the answers
            with pytest.raises(LibraryEmpty):
                await made.think(Task(HOW_MANY, None, None))

    play(scene())


def test_what_is_cancelled_while_it_waits_is_never_thought_on(seed_engine: Engine) -> None:
    async def scene() -> None:
        async with workers(seed_engine.settings) as (made, metrics):
            for number in children(os.getpid()):
                os.kill(number, signal.SIGSTOP)
            tasks = [asyncio.create_task(made.think(Task(HOW_MANY, None, None))) for _ in range(4)]
            await asyncio.sleep(0.2)  # two are begun
            for task in tasks[1:3]:  # one that is begun, one that waits
                task.cancel()
            for number in children(os.getpid()):
                os.kill(number, signal.SIGCONT)
            assert isinstance((await tasks[0]).reply, Answer)
            assert isinstance((await tasks[3]).reply, Answer)
            await until(lambda: thought(metrics) == 3)
            assert all(task.cancelled() for task in tasks[1:3])

    play(scene())


# Their ends


def test_one_that_is_killed_is_replaced_and_what_it_had_is_asked_again(seed_engine: Engine) -> None:
    async def scene() -> None:
        async with workers(seed_engine.settings) as (made, _):
            before = children(os.getpid())
            for number in before:
                os.kill(number, signal.SIGSTOP)
            asked = [asyncio.create_task(made.think(Task(HOW_MANY, None, None))) for _ in before]
            await asyncio.sleep(0.2)  # each has one
            for number in before:
                os.kill(number, signal.SIGKILL)
            assert all(isinstance(one.reply, Answer) for one in await asyncio.gather(*asked))
            await until(lambda: made.up == 2)
            assert not set(before) & set(children(os.getpid()))

    play(scene())


def test_what_ends_two_of_them_is_given_up_and_others_are_not(
    seed_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene() -> None:
        async with workers(seed_engine.settings) as (made, _):
            deadly = asyncio.create_task(made.think(Task(Deadly(), None, None)))
            others = [asyncio.create_task(made.think(Task(HOW_MANY, None, None))) for _ in range(5)]
            with pytest.raises(WorkerError, match="2 processes ended while they thought on it"):
                await deadly
            assert all(isinstance(one.reply, Answer) for one in await asyncio.gather(*others))

    play(scene())
    assert [record.getMessage() for record in caplog.records if "process" in record.getMessage()] == [
        "a worker process ended (exit code 7); another is started"
    ] * 2


def test_signals_meant_for_the_bot_leave_them_at_their_work_and_its_end_ends_them(seed_engine: Engine) -> None:
    async def scene() -> None:
        async with workers(seed_engine.settings) as (made, _):
            before = children(os.getpid())
            for number in before:
                os.kill(number, signal.SIGINT)
                os.kill(number, signal.SIGTERM)
            assert isinstance((await made.think(Task(HOW_MANY, None, None))).reply, Answer)
            assert children(os.getpid()) == before
        assert not children(os.getpid())

    play(scene())


# How many


@pytest.mark.parametrize(
    ("cores", "settings", "wanted"),
    [
        (2, {}, 2),
        (16, {}, 4),
        (1, {}, 0),
        (16, {"telegram_workers": 8}, 8),
        (16, {"telegram_workers": 1}, 0),
        (16, {"embedding": "fastembed:intfloat/multilingual-e5-large"}, 0),
        (16, {"embedding": "fastembed:intfloat/multilingual-e5-large", "telegram_workers": 2}, 2),
        (16, {"llm": "llama3.1", "telegram_workers": 8}, 0),
    ],
)
def test_there_are_as_many_as_cores_unless_the_settings_or_a_model_say_otherwise(
    monkeypatch: pytest.MonkeyPatch, cores: int, settings: dict[str, object], wanted: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)))
    assert Workers(Settings(**settings), Metrics()).wanted == wanted


def test_without_them_the_bots_own_threads_think(tmp_path: Path) -> None:
    async def scene() -> None:
        service = service_for(settings_for(tmp_path, telegram_workers=1))
        async with service.workers.running():
            assert not children(os.getpid())
            with pytest.raises(LibraryEmpty):
                await service.ask(HOW_MANY)
        service.close()

    play(scene())


# In the bot


def test_a_bots_workers_do_not_know_its_token_see_new_articles_and_end_with_it(tmp_path: Path) -> None:
    data = library(tmp_path / "data", SEEDS)
    talk = Talk(tmp_path, data, SANAD_TELEGRAM_WORKERS="2")
    try:
        talk.start()
        talk.ask(HOW_MANY, JOHN)
        assert talk.bot
        first = children(talk.bot.number)
        assert len(first) == 2
        assert [TOKEN.encode() in memory(number) for number in (talk.bot.number, *first)] == [True, False, False]

        news = tmp_path / "news.txt"
        news.write_text(NEWS, encoding="utf-8")
        with open_engine(Settings(data_dir=data)) as engine:
            engine.ingest([news])
            for _ in first:
                assert "سبعة" in plain(talk.ask(ABOUT_NEWS, JOHN))
            # Idle ones hold nothing: what is removed leaves the disk at once.
            wait(lambda: not list((data / "index").glob("*/leases/*.lock")))
            engine.remove(next(one.id for one in engine.articles() if NEWS in one.text))
        assert [path.name for path in (data / "index").iterdir() if path.is_dir()] == ["000003"]
        assert "سبعة" not in plain(talk.ask(ABOUT_NEWS, JOHN))

        talk.kill()
        wait(lambda: not any(alive(number) for number in first))

        talk.start()
        talk.ask(HOW_MANY, JOHN)
        second = children(talk.bot.number)
        assert talk.stop() == 0
        assert not any(alive(number) for number in second)
        assert "Traceback" not in talk.output
    finally:
        talk.close()


def memory(number: int) -> bytes:
    """What a process has in its memory, and was started with."""
    parts = [Path(f"/proc/{number}/{name}").read_bytes() for name in ("environ", "cmdline")]
    with Path(f"/proc/{number}/mem").open("rb", buffering=0) as file:
        for line in Path(f"/proc/{number}/maps").read_text(encoding="utf-8").splitlines():
            stretch, rights, *_, name = [*line.split(), ""]
            if rights.startswith("rw") and not name.startswith("[v"):
                start, end = (int(one, 16) for one in stretch.split("-"))
                file.seek(start)
                parts.append(file.read(end - start))
    return b"\n".join(parts)
