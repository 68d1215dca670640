"""Updates on their way to the bot: kept until it confirms them, given to whoever asks, or brought to its webhook."""

import re
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from tests.telegram_api.calls import JSON, Refused
from tests.telegram_api.checks import bad
from tests.telegram_api.webhook import Webhook

KINDS = frozenset({
    "message", "edited_message", "channel_post", "edited_channel_post", "inline_query", "chosen_inline_result",
    "callback_query", "my_chat_member", "chat_member", "message_reaction", "message_reaction_count",
})  # fmt: skip
_ONLY_WHEN_ASKED_FOR = {"chat_member", "message_reaction", "message_reaction_count"}
_PORTS = {None, 443, 80, 88, 8443}


class Updates:
    """The queue of updates.

    Args:
        changed: the lock of the whole fake, notified of everything new.
    """

    def __init__(self, changed: threading.Condition) -> None:
        self.proxied: dict[
            str, str
        ] = {}  # where the addresses of webhooks lead, as a proxy of the bot's owner would have it
        self.closing = False
        self._changed = changed
        self._waiting: list[JSON] = []
        self._last = 100
        self._allowed = KINDS - _ONLY_WHEN_ASKED_FOR
        self._poller = 0
        self._webhook: Webhook | None = None

    def push(self, kind: str, content: JSON) -> int:
        """Something happened; the update's number, 0 where the bot did not ask for such updates."""
        with self._changed:
            if kind not in self._allowed:
                return 0
            self._last += 1
            self._waiting.append({"update_id": self._last, kind: content})
            self._changed.notify_all()
            return self._last

    @property
    def pending(self) -> int:
        """How many the bot has not confirmed."""
        return len(self._waiting)

    def poll(self, arguments: JSON, connected: Callable[[], bool]) -> list[JSON]:
        """What getUpdates returns.

        Args:
            arguments: of the call.
            connected: whether the one who asks still waits for the answer.

        Raises:
            Refused: a webhook is set, or another poller came.
        """
        with self._changed:
            if self._webhook:
                told = (
                    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
                )
                raise Refused(409, f"Conflict: {told}")
            limit, offset = int(arguments.get("limit", 100)), int(arguments.get("offset", 0))
            if not 1 <= limit <= 100:
                raise bad("limit must be between 1 and 100")
            self._allow(arguments)
            self._confirm(offset)
            self._poller += 1
            mine = self._poller
            self._changed.notify_all()  # the one before, if there is one
            deadline = time.monotonic() + min(float(arguments.get("timeout", 0)), 50)
            while not self._waiting and not self.closing and (left := deadline - time.monotonic()) > 0:
                self._changed.wait(min(left, 0.5))
                if self._poller != mine or self._webhook:
                    return self._ended(connected)
            return self._waiting[:limit]

    def _ended(self, connected: Callable[[], bool]) -> list[JSON]:
        if not connected():  # a process that was killed; nobody reads this
            return []
        by = "setWebhook" if self._webhook else "other getUpdates"
        more = "" if self._webhook else "; make sure that only one bot instance is running"
        raise Refused(409, f"Conflict: terminated by {by} request{more}")

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._waiting[:] = self._waiting[offset:]
        else:
            self._waiting[:] = [one for one in self._waiting if one["update_id"] >= offset]

    def _allow(self, arguments: JSON) -> None:
        """Take over the kinds of updates a call asks for; one that names none leaves them as they are."""
        if "allowed_updates" not in arguments:
            return
        asked = frozenset(arguments["allowed_updates"])
        if unknown := asked - KINDS:
            raise bad(f"unsupported kinds of updates: {sorted(unknown)}")  # stricter than Telegram, which ignores them
        self._allowed = asked or KINDS - _ONLY_WHEN_ASKED_FOR

    # Webhook

    def set_webhook(self, arguments: JSON) -> None:
        """Bring updates to an address from now on; an empty address ends that.

        Raises:
            Refused: the address or the secret is not as it should be.
        """
        url = str(arguments.get("url", ""))
        if not url:
            self.delete_webhook(arguments)
            return
        parts = urlsplit(url)
        if parts.scheme != "https":
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if parts.port not in _PORTS:
            raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        secret = str(arguments.get("secret_token", ""))
        if secret and not re.fullmatch("[A-Za-z0-9_-]{1,256}", secret):
            raise bad("secret token contains unallowed characters")
        most = int(arguments.get("max_connections", 40))
        if not 1 <= most <= 100:
            raise bad("max_connections must be between 1 and 100")
        self._allow(arguments)
        self.delete_webhook(arguments)
        with self._changed:
            address = self._leads_to(url)
            self._webhook = Webhook(url, address, secret, most, self._changed, self._waiting, self._waiting.remove)
            self._changed.notify_all()

    def _leads_to(self, url: str) -> str:
        for public, local in self.proxied.items():
            if url.startswith(public):
                return local + url.removeprefix(public)
        raise bad("bad webhook: Failed to resolve host: Name or service not known")

    def delete_webhook(self, arguments: JSON) -> None:
        """Bring updates no more."""
        webhook, self._webhook = self._webhook, None
        if webhook:
            webhook.stop()
        if str(arguments.get("drop_pending_updates", "")).lower() == "true":
            self._waiting.clear()

    def webhook_info(self) -> JSON:
        """What getWebhookInfo returns."""
        info: JSON = {"url": "", "has_custom_certificate": False, "pending_update_count": self.pending}
        return info | {"allowed_updates": sorted(self._allowed)} | (self._webhook.info if self._webhook else {})
