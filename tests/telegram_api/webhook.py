"""Bringing updates to the bot's webhook as Telegram does: each chat's in order, one after the other, again and again until it answers 200."""

import http.client
import json
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from tests.telegram_api.calls import JSON

_PATIENCE = 60.0  # seconds for the bot's answer
_WAITS = (0.2, 0.5, 1.0, 2.0)  # seconds before an update is brought again; Telegram's are longer
_MOST = 8  # threads


class Webhook:
    """The deliverers of a webhook, from its setting to its deletion.

    Args:
        url: as it was set.
        address: where it leads.
        secret: told with every update, if there is one.
        connections: the most at once.
        changed: the lock of the fake, notified of new updates.
        waiting: the updates to bring, oldest first; only read.
        brought: called under the lock with each update that arrived.
    """

    def __init__(
        self,
        url: str,
        address: str,
        secret: str,
        connections: int,
        changed: threading.Condition,
        waiting: list[JSON],
        brought: Callable[[JSON], None],
    ) -> None:
        self._url, self._address, self._secret = url, urlsplit(address), secret
        self._changed, self._waiting, self._brought = changed, waiting, brought
        self._connections = connections
        self._taken: dict[int, str] = {}  # the updates on their way, each with its chat
        self._failed: dict[int, tuple[int, float]] = {}  # how often an update was refused, and when it is brought again
        self._error: tuple[str, int] | None = None
        self._stopped = False
        threads = min(connections, _MOST)
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Bring nothing more. What is on its way is not waited for, for its handler may be what stops this."""
        self._stopped = True
        with self._changed:
            self._changed.notify_all()

    @property
    def info(self) -> JSON:
        """Its part of getWebhookInfo."""
        told: JSON = {"url": self._url, "max_connections": self._connections}
        if self._error:
            told |= {"last_error_message": self._error[0], "last_error_date": self._error[1]}
        return told

    def _work(self) -> None:
        while (update := self._next()) is not None:
            error = self._bring(update)
            with self._changed:
                del self._taken[update["update_id"]]
                if self._stopped:
                    return
                if error is None:
                    self._brought(update)
                else:
                    times = self._failed.get(update["update_id"], (0, 0.0))[0]
                    due = time.monotonic() + _WAITS[min(times, len(_WAITS) - 1)]
                    self._failed[update["update_id"]] = (times + 1, due)
                    self._error = (error, int(time.time()))
                self._changed.notify_all()

    def _next(self) -> JSON | None:
        """The first update of a chat none of whose updates is on its way or waits to be brought again; None at the end."""
        with self._changed:
            while not self._stopped:
                if update := self._free(time.monotonic()):
                    self._taken[update["update_id"]] = _chat(update)
                    return update
                self._changed.wait(0.1)
            return None

    def _free(self, now: float) -> JSON | None:
        passed = set(self._taken.values())
        for update in self._waiting:
            chat = _chat(update)
            if chat not in passed and self._failed.get(update["update_id"], (0, 0.0))[1] <= now:
                return update
            passed.add(chat)
        return None

    def _bring(self, update: JSON) -> str | None:
        """What went wrong, or None."""
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        connection = http.client.HTTPConnection(self._address.hostname or "", self._address.port, timeout=_PATIENCE)
        try:
            body = json.dumps(update).encode()
            connection.request("POST", self._address.path or "/", body, headers)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as error:
            return f"Connection failed: {error}"
        finally:
            connection.close()
        if 200 <= response.status < 300:
            return None
        return f"Wrong response from the webhook: {response.status} {response.reason}"


def _chat(update: JSON) -> str:
    """Whose updates keep their order: a chat's, or else a user's."""
    (content,) = (value for name, value in update.items() if name != "update_id")
    chat = content.get("chat") or content.get("message", {}).get("chat") or content["from"]
    return str(chat["id"])
