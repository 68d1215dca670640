"""Who may ask the bot, and the token it needs to be one."""

import re
from dataclasses import dataclass

from rag.errors import SettingsError
from rag.settings import Settings

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Access:
    """Everyone, or the users with these ids."""

    everyone: bool
    users: frozenset[int] = frozenset()

    def allows(self, user: int) -> bool:
        """Whether the user with this id may ask."""
        return self.everyone or user in self.users


def access(settings: Settings) -> Access:
    """Who may ask.

    Raises:
        SettingsError: it was not decided; a bot can be found by anyone, so it has to be.
    """
    if not settings.telegram_access:
        raise SettingsError("SANAD_TELEGRAM_ACCESS", "telegram_access")
    if settings.telegram_access == "open":
        return Access(everyone=True)
    return Access(everyone=False, users=frozenset(int(user) for user in settings.telegram_access.split(",")))


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
