"""The connection to Telegram: what python-telegram-bot's own does too quietly or too loudly."""

import asyncio
import logging
import time
from typing import Any

from httpx import Limits
from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.telegram_bot.inbox import InboxQueue
from bot.telegram_bot.limiter import Limiter
from bot.telegram_bot.metrics import Metrics
from rag.settings import Settings

_LOG = logging.getLogger(__name__)
_POOL = Limits(max_connections=64, max_keepalive_connections=8)  # each that is kept is looked at before every request
_UNREACHABLE = "Telegram cannot be reached (%s); trying again"
_CONFLICT = "another process asks for this bot's messages: stop it, or let this bot have a token of its own"
_HEARD = 70.0  # seconds that Telegram may be silent: longer than it holds a request for updates


class Connection(ExtBot[int]):
    """Keeps the token out of its repr, says when Telegram cannot be reached, and has updates written down before they are confirmed.

    Args:
        settings: where the Bot API is.
        token: the bot's.
        updates: where updates are put.
        metrics: counts refusals.
        stopping: set here when the token is no longer good, which would otherwise leave the bot running and deaf.
    """

    def __init__(
        self, settings: Settings, token: str, updates: InboxQueue, metrics: Metrics, stopping: asyncio.Event
    ) -> None:
        url = settings.telegram_api_url
        self._limiter = Limiter(metrics.repeated)
        super().__init__(
            token,
            base_url=url,
            base_file_url=url.removesuffix("bot") + "file/bot",
            request=HTTPXRequest(connect_timeout=10, read_timeout=20, pool_timeout=20, httpx_kwargs={"limits": _POOL}),
            get_updates_request=HTTPXRequest(2, connect_timeout=10),
            rate_limiter=self._limiter,
        )
        self._updates = updates
        self._stopping = stopping
        self._revoked = False
        self._heard = float("-inf")
        self._trouble = ""

    def __repr__(self) -> str:
        return f"{type(self).__name__}[token=…]"

    @property
    def limiter(self) -> Limiter:
        """What holds messages back."""
        return self._limiter

    @property
    def revoked(self) -> bool:
        """Whether Telegram no longer knows the token."""
        return self._revoked

    async def initialize(self) -> None:
        """Begin; while this fails it is tried again, of which python-telegram-bot says nothing."""
        try:
            await super().initialize()
        except NetworkError as error:
            self._say(_UNREACHABLE, error)
            raise
        self._hears()

    async def get_updates(self, *arguments: Any, **options: Any) -> tuple[Update, ...]:  # noqa: ANN401  # whatever there is to pass on
        """Ask for updates, and write them down."""
        try:
            updates = await super().get_updates(*arguments, **options)
        except InvalidToken:
            self._revoked = True
            self._stopping.set()
            await asyncio.sleep(1)
            return ()
        except Conflict:
            self._say(_CONFLICT)
            raise
        except NetworkError as error:
            self._say(_UNREACHABLE, error)
            raise
        self._hears()
        if not self._stopping.is_set():  # those that come at the end are not confirmed, and come again
            await self._updates.keep(updates)
        return updates

    async def reached(self) -> bool:
        """Whether Telegram was heard a short while ago, or answers now."""
        if time.monotonic() - self._heard > _HEARD:
            try:
                await self.get_me(connect_timeout=3, read_timeout=3)
            except TelegramError:
                return False
            self._hears()
        return True

    def _say(self, trouble: str, *details: object) -> None:
        """Say what is wrong, once until it is mended."""
        if trouble != self._trouble:
            self._trouble = trouble
            _LOG.warning(trouble, *details)

    def _hears(self) -> None:
        self._heard = time.monotonic()
        if self._trouble:
            self._trouble = ""
            _LOG.info("Telegram is heard again")
