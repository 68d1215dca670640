"""The answers being made, so that who asked can stop them."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class Running:
    """The answers being made for each user in each chat. Used in the event loop alone."""

    def __init__(self) -> None:
        self._tasks: dict[tuple[int, int], set[asyncio.Task[Any]]] = {}
        self._stopped: set[asyncio.Task[Any]] = set()

    async def run(self, chat: int, user: int, answering: Coroutine[Any, Any, Result]) -> Result | None:
        """Make an answer; None when it was stopped before it was made."""
        task = asyncio.ensure_future(answering)
        tasks = self._tasks.setdefault((chat, user), set())
        tasks.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if task not in self._stopped:  # the bot itself ends
                raise
            return None
        finally:
            self._stopped.discard(task)
            tasks.discard(task)
            if not tasks and self._tasks.get((chat, user)) is tasks:
                del self._tasks[chat, user]

    def stop(self, chat: int, user: int) -> int:
        """Stop what is being made for a user in a chat; how many answers."""
        tasks = {task for task in self._tasks.get((chat, user), ()) if not task.done()} - self._stopped
        self._stopped.update(tasks)
        for task in tasks:
            task.cancel()
        return len(tasks)
