"""Who may ask, who runs the bot, and its secrets."""

import pytest

from bot.telegram_bot.access import Access, Webhook, access, token, webhook
from rag.errors import SettingsError
from rag.settings import Settings


def test_open_lets_everyone_in() -> None:
    assert access(Settings(telegram_access="open")).allows(1)


def test_a_list_lets_those_in_who_are_on_it() -> None:
    listed = access(Settings(telegram_access="12345, 67890"))
    assert listed == Access(everyone=False, users=frozenset({12345, 67890}))
    assert [listed.allows(user) for user in (12345, 67890, 1)] == [True, True, False]


@pytest.mark.parametrize("who", ["open", "12345"])
def test_admins_may_ask_too_and_nobody_else_is_one(who: str) -> None:
    admitted = access(Settings(telegram_access=who, telegram_admins="7, 8"))
    assert [admitted.is_admin(user) for user in (7, 8, 12345, 1)] == [True, True, False, False]
    assert [admitted.allows(user) for user in (7, 8, 12345)] == [True, True, True]
    assert admitted.allows(1) == (who == "open")


def test_that_nothing_was_decided_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(SettingsError, match="SANAD_TELEGRAM_ACCESS: not set") as caught:
        access(Settings())
    assert caught.value.setting == "SANAD_TELEGRAM_ACCESS"
    assert "\n" not in str(caught.value)


def test_a_token_is_needed_and_of_a_form() -> None:
    assert token(Settings(telegram_token="12:Ab_c-9")) == "12:Ab_c-9"
    with pytest.raises(SettingsError, match="SANAD_TELEGRAM_TOKEN: not set"):
        token(Settings())
    with pytest.raises(SettingsError, match="not a token") as caught:
        token(Settings(telegram_token="12:Ab/../secret"))
    assert "secret" not in str(caught.value)


def test_a_webhook_has_an_address_a_secret_and_a_place_to_listen() -> None:
    url = "https://bot.example.org/telegram"
    made = webhook(Settings(telegram_webhook_url=url, telegram_webhook_secret="Ab_c-9"))
    assert made == Webhook(url, "Ab_c-9", "127.0.0.1", 8443)
    assert "Ab_c-9" not in repr(made)
    listens = webhook(
        Settings(telegram_webhook_url=url, telegram_webhook_secret="x", telegram_webhook_listen="[::1]:80")
    )
    assert (listens.host, listens.port) == ("::1", 80)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"telegram_webhook_secret": "x"}, "SANAD_TELEGRAM_WEBHOOK_URL: not set"),
        ({"telegram_webhook_url": "https://a.b"}, "SANAD_TELEGRAM_WEBHOOK_SECRET: not set"),
        (
            {"telegram_webhook_url": "https://a.b", "telegram_webhook_secret": "سر"},
            "SANAD_TELEGRAM_WEBHOOK_SECRET: only letters",
        ),
        (
            {"telegram_webhook_url": "https://a.b", "telegram_webhook_secret": "x" * 257},
            "SANAD_TELEGRAM_WEBHOOK_SECRET: only letters",
        ),
    ],
)
def test_a_webhook_without_them_is_an_error_that_says_what_to_do(given: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        webhook(Settings(**given))
    assert "سر" not in str(caught.value)
    assert "xx" not in str(caught.value)
