"""Keeping to what Telegram lets a bot send."""

import asyncio
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Coroutine
from typing import Any

from prometheus_client import Counter
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

_LOG = logging.getLogger(__name__)
_HELD = frozenset({"sendMessage", "editMessageText", "sendPhoto", "sendDocument"})
# Messages and seconds; a little longer than Telegram says, since what is sent evenly does not arrive evenly.
_OVERALL, _CHAT, _GROUP = (30, 1.03), (1, 1.03), (20, 60.5)
_MARKS = (3, 1.0)  # typing marks, over all chats
_MARGIN = 0.2  # seconds after the time that Telegram bids wait
_TOGETHER = 5.0  # seconds within which refusals in two chats mean that it is not about one chat
_CHATS = 2_000  # remembered; those written to last

JSON = dict[str, Any]
Result = bool | JSON | list[JSON]


class Limiter(BaseRateLimiter[int]):
    """Holds back messages: 30 a second, one a second in a chat, 20 a minute in a group; each chat's in the order they were given.

    Those that Telegram refuses for coming too fast all the same are sent again when it says; the other chats wait only if it refused two of them.
    Nothing else is held back: typing marks would halve what a chat may get, and the many hours that Telegram bids wait who changes a
    bot's description too often would hold up every answer.

    Args:
        repeated: counts the messages that were refused so.
    """

    def __init__(self, repeated: Counter) -> None:
        self._repeated = repeated
        self._overall = _Lane(_OVERALL)
        self._marks = _Lane(_MARKS)
        self._chats: OrderedDict[object, _Lane] = OrderedDict()
        self._refused: tuple[object, float] = (None, 0.0)

    @property
    def crowded(self) -> bool:
        """Whether messages wait for those of other chats; what can be left out should be."""
        return self._overall.locked

    def spares_mark(self) -> bool:
        """Whether a typing mark may be shown now: only so many a second, so that the work they are keeps no answer waiting."""
        if self.crowded or not self._marks.idle:
            return False
        self._marks.note(time.monotonic())
        return True

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to let go of."""

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
        chat = data.get("chat_id")
        if endpoint not in _HELD or chat is None:
            return await callback(*args, **kwargs)
        while True:
            lane = await self._turn(chat)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                self._hold(chat, lane, _seconds(error))

    async def _turn(self, chat: object) -> "_Lane":
        """Return when a message may go to a chat, with the chat's lane."""
        lane = self._chats.pop(chat, None) or _Lane(_CHAT, *([_GROUP] if _is_group(chat) else []))
        self._chats[chat] = lane
        if len(self._chats) > _CHATS:
            self._forget()
        async with lane.lock:
            await lane.free()
            async with self._overall.lock:
                await self._overall.free()
                now = time.monotonic()
                lane.note(now)
                self._overall.note(now)
        return lane

    def _hold(self, chat: object, lane: "_Lane", seconds: float) -> None:
        self._repeated.labels("flood").inc()
        now = time.monotonic()
        until = now + seconds + _MARGIN
        before, at = self._refused
        self._refused = (chat, now)
        everywhere = before not in (None, chat) and now - at < _TOGETHER
        _LOG.warning("too many messages; Telegram bids wait %g s%s", seconds, " with all of them" if everywhere else "")
        lane.hold(until)
        if everywhere:
            self._overall.hold(until)

    def _forget(self) -> None:
        """Let go of chats written to longest ago, where nothing is to be waited for."""
        for chat, lane in list(self._chats.items())[: len(self._chats) - _CHATS]:
            if lane.idle:
                del self._chats[chat]


class _Lane:
    """What goes one after the other, and not more of it than fits each of several windows of time."""

    def __init__(self, *windows: tuple[int, float]) -> None:
        self.lock = asyncio.Lock()
        self._windows = [(seconds, deque[float](maxlen=most)) for most, seconds in windows]
        self._until = 0.0

    @property
    def locked(self) -> bool:
        return self.lock.locked()

    @property
    def idle(self) -> bool:
        """Whether one could go now."""
        return not self.locked and self._earliest() <= time.monotonic()

    async def free(self) -> None:
        """Return when one may go."""
        while (wait := self._earliest() - time.monotonic()) > 0:
            await asyncio.sleep(wait)

    def note(self, now: float) -> None:
        """One goes."""
        for _, times in self._windows:
            times.append(now)

    def hold(self, until: float) -> None:
        """Let none go before a time."""
        self._until = max(self._until, until)

    def _earliest(self) -> float:
        full = [times[0] + seconds for seconds, times in self._windows if len(times) == times.maxlen]
        return max([self._until, *full])


def _is_group(chat: object) -> bool:
    return str(chat).startswith(("-", "@"))


def _seconds(error: RetryAfter) -> float:
    waited = error._retry_after  # the public name warns of its coming type
    return waited.total_seconds()
