"""Many people, and one who does not stop."""

from collections import Counter

from tests.bot.telegram_bot.scenarios.conftest import NewTalk
from tests.telegram_api.crowd import questions
from tests.telegram_api.talk import person, plain

JOHN = person(88, "John", "en")
AMAL = person(77, "أمل", "ar")


def test_who_floods_is_asked_to_wait_once_and_nobody_else_suffers(new_talk: NewTalk) -> None:
    talk = new_talk(SANAD_TELEGRAM_PER_MINUTE="3")
    talk.start()
    talk.api.keep_limits()
    asked = [talk.say("What is the population of Ramadi?", JOHN) for _ in range(40)]
    other = talk.ask("من هو واين ماروتو؟", AMAL)
    assert "المتحدث" in plain(other)
    replies = [call for call in talk.replies(5, 0) if call.chat == JOHN["id"]]
    assert [call.answers for call in replies] == asked[:4]
    assert plain(replies[3]).startswith("One moment, please: you can ask again in")
    assert [call.code for call in talk.api.calls if call.code == 429] == []


def test_who_runs_the_bot_is_not_limited(new_talk: NewTalk) -> None:
    talk = new_talk(SANAD_TELEGRAM_PER_MINUTE="1", SANAD_TELEGRAM_ADMINS="88")
    talk.start()
    for _ in range(3):
        assert plain(talk.ask("What is the population of Ramadi?", JOHN)).startswith("Not in these articles")


def test_when_too_many_wait_the_next_are_told_so(new_talk: NewTalk) -> None:
    talk = new_talk(SANAD_TELEGRAM_QUEUE="5")
    talk.start()
    people = [person(100 + i, "User", "en") for i in range(30)]
    asked = [talk.say("What is the population of Ramadi?", user) for user in people]
    replies = talk.replies(30, 0)
    assert sorted(call.answers for call in replies) == asked
    said = Counter(plain(call).split(" ")[0] for call in replies)
    assert set(said) == {"Not", "So"}
    assert said["Not"] >= 5
    assert plain(talk.ask("What is the population of Ramadi?", JOHN)).startswith("Not in these articles")


def test_many_ask_at_once_and_each_gets_their_own_answer(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.start()
    talk.api.keep_limits()
    pool = questions()
    people = [person(100 + i, "User", "ar") for i in range(60)]
    asked = {talk.say(pool[i], user): user["id"] for i, user in enumerate(people)}
    replies = [call for call in talk.replies(60, 0, seconds=60) if call.answers]
    assert {call.answers: call.chat for call in replies} == asked
    assert [call.code for call in talk.api.calls if call.code == 429] == []
