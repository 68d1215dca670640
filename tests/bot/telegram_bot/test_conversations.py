"""Who a conversation belongs to, and when it is forgotten."""

import pytest

from bot.telegram_bot import conversations
from bot.telegram_bot.conversations import Conversations


class _Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_user_goes_on_with_the_same_conversation_in_a_chat_and_topic() -> None:
    kept = Conversations(_Clock())
    first = kept.of(1, None, 7)
    assert kept.of(1, None, 7) is first
    others = [kept.of(1, None, 8), kept.of(1, 5, 7), kept.of(2, None, 7)]
    assert all(other is not first for other in others)


def test_a_conversation_is_forgotten_after_a_long_silence_and_not_before() -> None:
    clock = _Clock()
    kept = Conversations(clock)
    first = kept.of(1, None, 7)
    clock.seconds += conversations._SILENCE - 1
    assert kept.of(1, None, 7) is first
    clock.seconds += conversations._SILENCE + 1
    assert kept.of(1, None, 7) is not first


def test_only_so_many_are_kept_and_the_longest_silent_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversations, "_MOST", 2)
    kept = Conversations(_Clock())
    first, second = kept.of(1, None, 1), kept.of(1, None, 2)
    assert kept.of(1, None, 1) is first
    kept.of(1, None, 3)
    assert kept.of(1, None, 1) is first
    assert kept.of(1, None, 2) is not second
