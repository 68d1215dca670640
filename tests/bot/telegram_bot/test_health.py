"""What a supervisor is told: /healthz, /readyz and /metrics."""

import asyncio
import json
import socket
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from bot.telegram_bot.connection import Connection
from bot.telegram_bot.health import Health
from bot.telegram_bot.service import Service
from rag.errors import SettingsError
from tests.bot.telegram_bot.serving import connected, service_for, settings_for
from tests.bot.telegram_bot.test_workers import until
from tests.conftest import SEEDS
from tests.telegram_api.process import free_port
from tests.telegram_api.server import TelegramApi

Scene = Callable[[Service, Connection, Callable[[str], Awaitable[tuple[int, str]]]], Awaitable[None]]
READY = "telegram: ok\nlibrary: ok\ninbox: ok\nbot: ok\n"


@pytest.fixture
def api() -> Iterator[TelegramApi]:
    served = TelegramApi().start()
    yield served
    served.stop()


@pytest.fixture
def service(api: TelegramApi, tmp_path: Path) -> Iterator[Service]:
    served = service_for(settings_for(tmp_path, api))
    yield served
    served.close()
    served.engine.close()


def fetched(url: str) -> tuple[int, str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def play(service: Service, scene: Scene) -> None:
    port = free_port()

    async def get(path: str) -> tuple[int, str]:
        return await asyncio.to_thread(fetched, f"http://127.0.0.1:{port}/{path}")

    async def main() -> None:
        async with connected(service) as bot, Health(service, bot).served(port):
            await scene(service, bot, get)

    asyncio.run(main())


def test_a_bot_that_has_all_it_needs_is_ready(service: Service) -> None:
    service.engine.ingest([SEEDS])

    async def scene(_: Service, __: Connection, get: Callable[[str], Awaitable[tuple[int, str]]]) -> None:
        assert await get("healthz") == (200, "ok\n")
        assert await get("readyz") == (200, READY)
        assert (await get("secrets"))[0] == 404

    play(service, scene)


def test_each_thing_that_is_missing_has_its_line(
    api: TelegramApi, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram_bot.connection._HEARD", 0.0)

    async def scene(_: Service, __: Connection, get: Callable[[str], Awaitable[tuple[int, str]]]) -> None:
        assert await get("readyz") == (503, READY.replace("library: ok", "library: no articles"))
        service.engine.ingest([SEEDS])
        assert await get("readyz") == (200, READY)
        api.down = True
        assert await get("readyz") == (503, READY.replace("telegram: ok", "telegram: cannot be reached"))
        api.down = False
        path = service.engine.settings.data_dir / "telegram.sqlite3"
        service.database.close()
        away = path.rename(path.with_name("away"))
        path.mkdir()
        code, body = await get("readyz")
        assert (code, "inbox: The bot's file" in body, "library: ok" in body) == (503, True, True)
        path.rmdir()
        away.rename(path)
        (service.engine.settings.data_dir / "library.sqlite3").write_bytes(b"no database" * 1000)
        code, body = await get("readyz")
        assert (code, "\nlibrary: The library" in body, "inbox: ok" in body) == (503, True, True)
        service.stopping.set()
        assert "bot: stopping\n" in (await get("readyz"))[1]
        assert await get("healthz") == (200, "ok\n")

    play(service, scene)


def test_it_is_ready_when_a_worker_is(api: TelegramApi, tmp_path: Path) -> None:
    async def scene(service: Service, _: Connection, get: Callable[[str], Awaitable[tuple[int, str]]]) -> None:
        async with service.workers.running():
            assert await get("readyz") == (503, READY.replace("bot:", "workers: none is up\nbot:"))
            await until(lambda: service.workers.up > 0)
            assert await get("readyz") == (200, READY.replace("bot:", "workers: ok\nbot:"))

    service = service_for(settings_for(tmp_path, api, telegram_workers=2))
    service.engine.ingest([SEEDS])
    play(service, scene)
    service.close()
    service.engine.close()


def test_the_counters_are_there_and_name_nobody(service: Service) -> None:
    async def scene(service: Service, _: Connection, get: Callable[[str], Awaitable[tuple[int, str]]]) -> None:
        service.metrics.questions.labels("answered").inc()
        assert await service.think(json.dumps, {"a": 1}, indent=None) == '{"a": 1}'
        code, body = await get("metrics")
        assert code == 200
        assert 'sanad_telegram_questions_total{outcome="answered"} 1.0' in body
        assert "sanad_telegram_engine_seconds_count 1.0" in body
        assert 'sanad_telegram_waiting_seconds_count{on="engine"} 1.0' in body
        labels = {
            name for metric in service.metrics.registry.collect() for one in metric.samples for name in one.labels
        }
        assert labels == {"outcome", "on", "le"}

    play(service, scene)


def test_it_listens_to_this_machine_alone(service: Service) -> None:
    port = free_port()

    async def main() -> list[str]:
        async with connected(service) as bot, Health(service, bot).served(port):
            listening = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()
            return [line.split()[1] for line in listening if line.split()[1].endswith(f":{port:04X}")]

    assert asyncio.run(main()) == [f"0100007F:{port:04X}"]


def test_a_port_that_is_taken_is_an_error_that_says_so(service: Service) -> None:
    async def main(port: int) -> None:
        async with connected(service) as bot, Health(service, bot).served(port):
            pass

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingsError, match="SANAD_TELEGRAM_HEALTH_PORT: cannot listen at 127"):
            asyncio.run(main(int(taken.getsockname()[1])))
    asyncio.run(main(0))  # none is asked for
