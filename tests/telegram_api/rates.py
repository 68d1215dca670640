"""Telegram's limits on messages: about one a second in a chat with short bursts, twenty a minute in a group, thirty a second over all."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Bucket:
    """So many at once, and then so many a second."""

    capacity: float
    rate: float
    level: float = 0
    at: float = 0

    def wait(self, now: float) -> float:
        """Seconds until one more may come."""
        return max(0.0, (self._left(now) + 1 - self.capacity) / self.rate)

    def take(self, now: float) -> None:
        """One comes."""
        self.level, self.at = self._left(now) + 1, now

    def _left(self, now: float) -> float:
        return max(0.0, self.level - (now - self.at) * self.rate)


class Rates:
    """What a bot may still send.

    Args:
        now: the time in seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._overall = Bucket(30, 30)
        self._chats: dict[int, Bucket] = {}

    def refusal(self, chat: int) -> int | None:
        """Whole seconds to wait when a message to this chat is one too many; None when it is taken."""
        now = self._now()
        bucket = self._chats.setdefault(chat, Bucket(5, 1) if chat > 0 else Bucket(20, 20 / 60))
        wait = max(bucket.wait(now), self._overall.wait(now))
        if wait > 0:
            return math.ceil(wait)
        bucket.take(now)
        self._overall.take(now)
        return None
