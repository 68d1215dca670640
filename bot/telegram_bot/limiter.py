"""Keeping to Telegram's limits."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram.ext import AIORateLimiter

_HELD = frozenset({"sendMessage", "editMessageText"})
_RETRIES = 5

JSON = dict[str, Any]
Result = bool | JSON | list[JSON]


class Limiter(AIORateLimiter):
    """Holds back messages, and repeats those that Telegram refused for coming too fast, when it says.

    Nothing else is held back: typing marks would halve what a chat may get, and the many hours that Telegram bids wait who changes a
    bot's description too often would hold up every answer.
    """

    def __init__(self) -> None:
        super().__init__(max_retries=_RETRIES)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,  # noqa: ANN401  # as the base class has it
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        """Make a request when it may be made."""
        if endpoint not in _HELD:
            return await callback(*args, **kwargs)
        return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
