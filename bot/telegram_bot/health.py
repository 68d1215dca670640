"""What tells a supervisor that the bot lives, is ready, and how it does: /healthz, /readyz and /metrics, for this machine alone."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prometheus_client import CONTENT_TYPE_LATEST
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.telegram_bot.connection import Connection
from bot.telegram_bot.service import Service
from rag.errors import SanadError, SettingsError
from rag.library import Library

_HOST = "127.0.0.1"
_PLAIN = "text/plain; charset=utf-8"
_OK = "ok"


class Health:
    """Looks after a bot.

    Args:
        service: what it answers with.
        bot: its connection to Telegram.
    """

    def __init__(self, service: Service, bot: Connection) -> None:
        self._service = service
        self._bot = bot

    async def checks(self) -> dict[str, str]:
        """What is needed to answer: each with "ok", or with what is wrong."""
        telegram = await self._bot.reached()
        library, inbox = await asyncio.gather(asyncio.to_thread(self._library), asyncio.to_thread(self._inbox))
        return {
            "telegram": _OK if telegram else "cannot be reached",
            "library": library,
            "inbox": inbox,
            **self._workers(),
            "bot": "stopping" if self._service.stopping.is_set() else _OK,
        }

    @asynccontextmanager
    async def served(self, port: int) -> AsyncIterator[None]:
        """Serve on a port for as long as the block runs; on none where it is 0.

        Raises:
            SettingsError: the port is taken.
        """
        if not port:
            yield
            return
        pages = Application([(r"/(healthz|readyz|metrics)", _Page, {"health": self})], log_function=_silent)
        server = HTTPServer(pages)
        try:
            listening = socket.create_server((_HOST, port))
        except OSError as error:
            raise SettingsError(
                "SANAD_TELEGRAM_HEALTH_PORT",
                "telegram_port",
                address=f"{_HOST}:{port}",
                detail=error.strerror,
                example=9090,
            ) from None
        listening.setblocking(False)
        server.add_socket(listening)
        try:
            yield
        finally:
            server.stop()
            await server.close_all_connections()

    def metrics(self) -> bytes:
        """The counters as Prometheus reads them."""
        return self._service.metrics.text()

    def _workers(self) -> dict[str, str]:
        workers = self._service.workers
        return {"workers": _OK if workers.up else "none is up"} if workers.started else {}

    def _library(self) -> str:
        path = self._service.engine.settings.data_dir / "library.sqlite3"
        try:
            return _OK if path.exists() and Library(path, readonly=True).count()[0] else "no articles"
        except SanadError as error:
            return str(error)

    def _inbox(self) -> str:
        try:
            self._service.database.check()
        except SanadError as error:
            return str(error)
        return _OK


class _Page(RequestHandler):
    def initialize(self, health: Health) -> None:
        self._health = health

    async def get(self, name: str) -> None:
        self.set_header("Content-Type", _PLAIN)
        if name == "metrics":
            self.set_header("Content-Type", CONTENT_TYPE_LATEST)
            self.write(self._health.metrics())
        elif name == "readyz":
            checks = await self._health.checks()
            self.set_status(200 if set(checks.values()) == {_OK} else 503)
            self.write("".join(f"{name}: {state}\n" for name, state in checks.items()))
        else:
            self.write(f"{_OK}\n")


def _silent(_: RequestHandler) -> None:
    """Nobody needs a line for every look."""
