"""The connection to Telegram: what python-telegram-bot's own does too quietly or too loudly."""

import asyncio
import logging
from typing import Any

from telegram import Update
from telegram.error import InvalidToken, NetworkError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.telegram_bot.limiter import Limiter

_LOG = logging.getLogger(__name__)
_CONNECTIONS = 64


class Connection(ExtBot[int]):
    """Keeps the token out of its repr, says when Telegram cannot be reached, and ends the bot when its token is no longer good."""

    def __init__(self, token: str, url: str) -> None:
        super().__init__(
            token,
            base_url=url,
            request=HTTPXRequest(_CONNECTIONS, connect_timeout=10, read_timeout=20, pool_timeout=20),
            get_updates_request=HTTPXRequest(2, connect_timeout=10),
            rate_limiter=Limiter(),
        )
        self._revoked = False

    def __repr__(self) -> str:
        return f"{type(self).__name__}[token=…]"

    @property
    def revoked(self) -> bool:
        """Whether that is why it ended."""
        return self._revoked

    async def initialize(self) -> None:
        """Begin; while this fails it is tried again, of which python-telegram-bot says nothing."""
        try:
            await super().initialize()
        except NetworkError as error:
            _LOG.warning("Telegram cannot be reached (%s); trying again", error)
            raise

    async def get_updates(self, *arguments: Any, **options: Any) -> tuple[Update, ...]:  # noqa: ANN401  # whatever there is to pass on
        """Ask for updates; a token that was revoked would otherwise leave the bot running and deaf."""
        try:
            return await super().get_updates(*arguments, **options)
        except InvalidToken:
            if not self._revoked:
                self._revoked = True
                asyncio.get_running_loop().stop()  # the way Application.stop_running has; a second time would break off the ending
            await asyncio.sleep(1)
            return ()
