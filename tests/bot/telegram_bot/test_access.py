"""Who may ask, and the token."""

import pytest

from bot.telegram_bot.access import Access, access, token
from rag.errors import SettingsError
from rag.settings import Settings


def test_open_lets_everyone_in() -> None:
    assert access(Settings(telegram_access="open")).allows(1)


def test_a_list_lets_those_in_who_are_on_it() -> None:
    listed = access(Settings(telegram_access="12345, 67890"))
    assert listed == Access(everyone=False, users=frozenset({12345, 67890}))
    assert [listed.allows(user) for user in (12345, 67890, 1)] == [True, True, False]


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
