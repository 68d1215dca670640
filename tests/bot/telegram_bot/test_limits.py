"""The limits: a bucket each, one for all, none for admins."""

from bot.telegram_bot.limits import Limits

ADMIN = 1


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def limits(each: int = 3, everybody: int = 100) -> tuple[Limits, Clock]:
    clock = Clock()
    return Limits(each, everybody, frozenset({ADMIN}), clock), clock


def test_so_many_may_be_asked_at_once_and_one_more_when_its_time_has_come() -> None:
    limited, clock = limits()
    assert [limited.admit(7) for _ in range(3)] == [None] * 3
    assert limited.admit(7) == 20
    assert limited.admit(8) is None
    clock.now += 15
    assert limited.admit(7) == 5
    clock.now += 5
    assert limited.admit(7) is None
    assert limited.admit(7) == 20


def test_a_refused_question_costs_nothing() -> None:
    limited, clock = limits(each=1, everybody=2)
    assert limited.admit(7) is None
    assert [limited.admit(7) for _ in range(5)] == [60] * 5
    assert limited.admit(8) is None
    assert limited.admit(9) == 30  # of all
    clock.now += 30
    assert limited.admit(9) is None


def test_buckets_hold_no_more_than_a_minutes_worth() -> None:
    limited, clock = limits()
    limited.admit(7)
    clock.now += 3600
    assert [limited.admit(7) for _ in range(4)] == [None, None, None, 20]


def test_admins_are_not_limited_and_use_up_nothing() -> None:
    limited, _ = limits(everybody=1)
    assert [limited.admit(ADMIN) for _ in range(50)] == [None] * 50
    assert limited.admit(7) is None
    assert limited.admit(8) == 60


def test_who_has_not_asked_for_a_minute_is_forgotten() -> None:
    limited, clock = limits(everybody=100_000)
    for user in range(2, 1002):
        limited.admit(user)
        clock.now += 1
    assert len(limited._users) == 60


def test_a_chat_is_told_once_a_minute() -> None:
    limited, clock = limits()
    told = []
    for _ in range(7):
        told.append((limited.tells(5), limited.tells(6)))
        clock.now += 20
    assert told == [(True, True), (False, False), (False, False)] * 2 + [(True, True)]
    clock.now += 60
    limited.tells(5)
    assert len(limited._told) == 1
