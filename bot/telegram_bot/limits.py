"""How often may be asked: so many questions a minute by one user, and by all together."""

import time
from collections import OrderedDict
from collections.abc import Callable

_MINUTE = 60.0


class Limits:
    """A bucket of questions a user, and one for everybody; they fill again as time passes.

    Args:
        each: questions a minute that a user may ask, and at once.
        everybody: the same for all users together.
        exempt: the ids of users who are not limited.
        now: the time in seconds; for tests.
    """

    def __init__(
        self, each: int, everybody: int, exempt: frozenset[int] = frozenset(), now: Callable[[], float] = time.monotonic
    ) -> None:
        self._each = each
        self._exempt = exempt
        self._now = now
        self._everybody = _Bucket(everybody, now())
        self._users: OrderedDict[int, _Bucket] = OrderedDict()  # who asked last at the end
        self._told: OrderedDict[int, float] = OrderedDict()

    def admit(self, user_id: int) -> float | None:
        """Count a question: None when it may be asked, else the seconds after which one may."""
        if user_id in self._exempt:
            return None
        now = self._now()
        bucket = self._users.pop(user_id, None) or _Bucket(self._each, now)
        self._users[user_id] = bucket
        wait = max(bucket.wait(now), self._everybody.wait(now))
        self._forget(now)
        if wait > 0:
            return wait
        bucket.take()
        self._everybody.take()
        return None

    def tells(self, chat: int) -> bool:
        """Whether a chat may be told now that it has to wait: at most once a minute."""
        now = self._now()
        while self._told and now - next(iter(self._told.values())) >= _MINUTE:
            self._told.popitem(last=False)
        return self._told.setdefault(chat, now) == now

    def _forget(self, now: float) -> None:
        """Let go of those who have not asked for a minute: their buckets are full again."""
        while self._users and now - next(iter(self._users.values())).at >= _MINUTE:
            self._users.popitem(last=False)


class _Bucket:
    """Holds as much as flows in within a minute."""

    def __init__(self, size: int, now: float) -> None:
        self.at = now
        self._size = size
        self._held = float(size)

    def wait(self, now: float) -> float:
        """Seconds until there is one to take."""
        self._held = min(self._size, self._held + (now - self.at) * self._size / _MINUTE)
        self.at = now
        return max(0.0, (1 - self._held) * _MINUTE / self._size)

    def take(self) -> None:
        self._held -= 1
