"""What was said before, so that a follow-up can be understood: for each user, chat and topic, until they fall silent. Never written to a file."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from rag.engine import Conversation

_SILENCE = 30 * 60.0  # seconds, after which what was said is forgotten
_MOST = 5_000  # conversations; those that fell silent first go first

Key = tuple[int, int | None, int]  # chat, topic, user


class Conversations:
    """The conversations of a bot.

    Args:
        now: the time in seconds; for tests.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = Lock()
        self._kept: OrderedDict[Key, tuple[float, Conversation]] = OrderedDict()  # the one used last at the end

    def of(self, chat: int, topic: int | None, user: int) -> Conversation:
        """The conversation of a user in a chat and topic; a new one where there is none, or they were silent for long."""
        key, now = (chat, topic, user), self._now()
        with self._lock:
            used, conversation = self._kept.pop(key, (now, Conversation()))
            if now - used > _SILENCE:
                conversation = Conversation()
            self._kept[key] = (now, conversation)
            while len(self._kept) > _MOST or now - next(iter(self._kept.values()))[0] > _SILENCE:
                self._kept.popitem(last=False)
            return conversation
