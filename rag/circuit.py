"""A circuit breaker: nobody waits for a server that has just failed again and again (Nygard, Release It!, 2007)."""

import threading
import time
from collections.abc import Callable

# Two failures may be chance; a third in a row says that the server is down, and each costs whoever asks the whole time an answer may take.
FAILURES = 3
# As long as an answer may take by default: who asks meanwhile has quotes at once, and a server that is back is found within the minute.
COOL_DOWN = 30.0  # seconds
LONGEST_PAUSE = 600.0  # seconds that a server may ask to be left alone


class CircuitBreaker:
    """Whether to try a server. Any thread may ask.

    Closed, everybody may. After some failures in a row it opens: nobody may until it has cooled down. Then it is half open: one may try, and
    the others wait for another cool-down or for that one's success, which closes it.

    Args:
        failures: in a row, that open it.
        cool_down: seconds that it stays open.
        clock: seconds that never go back.
    """

    def __init__(
        self, failures: int = FAILURES, cool_down: float = COOL_DOWN, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = failures
        self._cool_down = cool_down
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._open_until: float | None = None

    def admits(self) -> bool:
        """Whether the caller may try now."""
        with self._lock:
            if self._open_until is None:
                return True
            now = self._clock()
            if now < self._open_until:
                return False
            # Rather than remembered, the one who tries is given time: it may be given up without a word.
            self._open_until = now + self._cool_down
            return True

    def succeeded(self) -> None:
        """The server did what it was asked."""
        with self._lock:
            self._failures = 0
            self._open_until = None

    def failed(self, pause: float = 0.0) -> None:
        """The server did not.

        Args:
            pause: seconds for which it asked to be left alone; 0 where it did not. Who is told so need not try twice more.
        """
        with self._lock:
            self._failures += 1
            if pause or self._failures >= self._most:
                self._open_until = self._clock() + min(max(self._cool_down, pause), LONGEST_PAUSE)
