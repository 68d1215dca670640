"""Who may ask the bot and who runs it, and the secrets it needs to be one."""

import re
from dataclasses import dataclass, field

from rag.errors import SettingsError
from rag.settings import Settings

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True, slots=True)
class Access:
    """Everyone, or the users with these ids; and the admins, who may ask too."""

    everyone: bool
    users: frozenset[int] = frozenset()
    admins: frozenset[int] = frozenset()

    def allows(self, user: int) -> bool:
        """Whether the user with this id may ask."""
        return self.everyone or user in self.users or user in self.admins

    def is_admin(self, user: int) -> bool:
        """Whether the user with this id runs the bot."""
        return user in self.admins


def access(settings: Settings) -> Access:
    """Who may ask.

    Raises:
        SettingsError: it was not decided; a bot can be found by anyone, so it has to be.
    """
    if not settings.telegram_access:
        raise SettingsError("SANAD_TELEGRAM_ACCESS", "telegram_access")
    everyone = settings.telegram_access == "open"
    users = frozenset[int]() if everyone else _ids(settings.telegram_access)
    return Access(everyone, users, _ids(settings.telegram_admins))


def token(settings: Settings) -> str:
    """The bot's token.

    Raises:
        SettingsError: there is none, or something else stands in its place.
    """
    secret = settings.telegram_token.get_secret_value()
    if not secret:
        raise SettingsError("SANAD_TELEGRAM_TOKEN", "telegram_token")
    if not _TOKEN.fullmatch(secret):  # it goes into addresses, and must not change them
        raise SettingsError("SANAD_TELEGRAM_TOKEN", "telegram_token_form")
    return secret


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram sends updates, what proves that it was Telegram, and where the bot listens for them."""

    url: str
    secret: str = field(repr=False)
    host: str
    port: int


def webhook(settings: Settings) -> Webhook:
    """The webhook.

    Raises:
        SettingsError: its address or its secret is not set, or Telegram would not take the secret.
    """
    secret = settings.telegram_webhook_secret.get_secret_value()
    if not settings.telegram_webhook_url:
        raise SettingsError("SANAD_TELEGRAM_WEBHOOK_URL", "telegram_webhook_url")
    if not secret:  # without it anybody could send updates in anybody's name
        raise SettingsError("SANAD_TELEGRAM_WEBHOOK_SECRET", "telegram_webhook_secret")
    if not _WEBHOOK_SECRET.fullmatch(secret):
        raise SettingsError("SANAD_TELEGRAM_WEBHOOK_SECRET", "telegram_webhook_secret_form")
    host, _, port = settings.telegram_webhook_listen.rpartition(":")
    return Webhook(settings.telegram_webhook_url, secret, host.strip("[]"), int(port))


def _ids(listed: str) -> frozenset[int]:
    return frozenset(int(user) for user in listed.split(",") if user)
