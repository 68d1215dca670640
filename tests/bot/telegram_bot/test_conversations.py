"""Who a conversation belongs to, what of it is kept, and when it is forgotten."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bot.telegram_bot.conversations import Conversations
from bot.telegram_bot.database import NAME, Database
from rag.engine import Conversation, Engine
from rag.followup import Turn, complete
from rag.model import Answer, Refusal, Reply
from tests.bot.replies import answers

_HALF_AN_HOUR = 30 * 60
ONE = Refusal("من هو؟", "ar", "ليس في هذه المقالات: هو.", "extractive", read_as="من هو علي؟")


class _Clock:
    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def kept(tmp_path: Path, clock: _Clock) -> Conversations:
    return Conversations(Database(tmp_path / NAME), clock)


def questions(conversation: Conversation) -> list[str]:
    return [turn.question for turn in conversation.turns]


def test_a_user_goes_on_with_the_same_conversation_in_a_chat_and_topic(kept: Conversations) -> None:
    kept.keep(1, None, 7, Conversation([ONE]))
    assert questions(kept.of(1, None, 7)) == [ONE.question]
    assert [questions(kept.of(*other)) for other in ((1, None, 8), (1, 5, 7), (2, None, 7))] == [[], [], []]
    kept.keep(1, None, 7, Conversation([ONE, ONE]))
    assert len(kept.of(1, None, 7).turns) == 2
    kept.keep(1, None, 7, Conversation([replace(ONE, question=str(i)) for i in range(20)]))
    assert questions(kept.of(1, None, 7)) == [str(i) for i in range(12, 20)]


def test_a_conversation_goes_on_after_a_restart(tmp_path: Path, clock: _Clock) -> None:
    Conversations(Database(tmp_path / NAME), clock).keep(1, 5, 7, Conversation([ONE]))
    assert questions(Conversations(Database(tmp_path / NAME), clock).of(1, 5, 7)) == [ONE.question]


def test_a_conversation_is_forgotten_after_a_long_silence_and_not_before(kept: Conversations, clock: _Clock) -> None:
    kept.keep(1, None, 7, Conversation([ONE]))
    clock.seconds += _HALF_AN_HOUR - 1
    assert kept.of(1, None, 7).turns
    clock.seconds += 1
    assert not kept.of(1, None, 7).turns


def test_what_is_expired_is_deleted_and_nothing_else(kept: Conversations, clock: _Clock, tmp_path: Path) -> None:
    kept.keep(1, None, 7, Conversation([ONE]))
    clock.seconds += _HALF_AN_HOUR
    kept.keep(1, None, 8, Conversation([ONE]))
    kept.expire()
    with Database(tmp_path / NAME).connection() as db:
        assert [user for (user,) in db.execute("SELECT user FROM turns")] == [8]


def test_a_user_can_be_forgotten(kept: Conversations) -> None:
    for chat, user in ((1, 7), (2, 7), (1, 8)):
        kept.keep(chat, None, user, Conversation([ONE]))
    assert kept.forget(7) == 2
    assert [bool(kept.of(*key).turns) for key in ((1, None, 7), (2, None, 7), (1, None, 8))] == [False, False, True]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers())
def test_a_follow_up_finds_in_what_is_kept_what_it_found_in_the_reply(kept: Conversations, reply: Answer) -> None:
    kept.keep(1, None, 7, Conversation([reply, ONE]))
    of_reply: list[Reply] = kept.of(1, None, 7).turns
    assert [Turn.of(one) for one in of_reply] == [Turn.of(reply), Turn.of(ONE)]
    # What a model is shown to put a follow-up into words.
    told = [(one.read_as, one.question, one.text, type(one)) for one in of_reply]
    assert told == [(one.read_as, one.question, one.text, type(one)) for one in (reply, ONE)]


def test_a_follow_up_is_understood_alike_before_and_after_it_is_kept(kept: Conversations, seed_engine: Engine) -> None:
    talk = Conversation()
    seed_engine.ask("من هو واين ماروتو؟", conversation=talk)
    kept.keep(1, None, 7, talk)
    follow_up = "وماذا قال عن الهجوم؟"
    completed = [
        complete(follow_up, [Turn.of(turn) for turn in turns]) for turns in (talk.turns, kept.of(1, None, 7).turns)
    ]
    assert completed == ["ماذا قال واين ماروتو عن الهجوم؟"] * 2
