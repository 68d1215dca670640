"""Nothing that was asked is lost, whatever ends the process or the network."""

import signal
from pathlib import Path

from rag.engine import open_engine
from rag.settings import Settings
from tests.bot.telegram_bot.scenarios.conftest import NewTalk
from tests.conftest import SEEDS
from tests.telegram_api.calls import Fault
from tests.telegram_api.content import private
from tests.telegram_api.talk import Talk, bare, labelled, person, plain, source

QUESTIONS = (
    "كم جنديا أميركيا أصيب في الهجوم على عين الأسد؟",
    "من هو واين ماروتو؟",
    "What is the population of Ramadi?",
)
JOHN = person(88, "John", "en")


def lives(process: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def answered(talk: Talk, asked: list[int]) -> dict[int, int]:
    """How often each question was replied to, when each was at least once."""

    def counts() -> dict[int, int]:
        sent = [call.answers for call in talk.api.calls if call.method == "sendMessage" and call.code == 200]
        return {number: sent.count(number) for number in asked}

    talk.api.until(lambda: min(counts().values()) > 0, seconds=60)
    return counts()


def test_what_was_fetched_and_not_answered_is_answered_after_a_kill(new_talk: NewTalk) -> None:
    talk = new_talk(SANAD_TELEGRAM_WORKERS="2")
    talk.start()
    assert talk.bot
    people = [person(100 + i, "User", "ar") for i in range(12)]
    asked = [talk.say(QUESTIONS[i % 3], user) for i, user in enumerate(people)]
    talk.replies(3, 0)
    family = talk.bot.family
    assert len(family) == 3
    talk.kill()
    asked += [talk.say(QUESTIONS[0], user) for user in people[:3]]  # while it is dead
    talk.start()
    counts = answered(talk, asked)
    assert set(counts.values()) <= {1, 2}
    assert sum(count == 2 for count in counts.values()) <= 3  # those on their way when it was killed
    assert not any(lives(number) for number in family)


def test_an_answer_whose_arrival_is_unknown_is_sent_again_and_nothing_else_is(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.start()
    talk.ask("/help", JOHN)
    talk.api.faults.append(Fault("sendMessage", "slow", seconds=30))
    asked = talk.say(QUESTIONS[0], JOHN)
    talk.replies(2, 0)  # it arrived, and the bot cannot know
    talk.kill()
    talk.start()
    talk.api.until(lambda: answered(talk, [asked])[asked] == 2)
    again = talk.ask(QUESTIONS[1], JOHN)
    assert "المتحدث" in plain(again)
    assert answered(talk, [asked]) == {asked: 2}


def test_an_answer_in_several_messages_goes_on_where_it_was_killed(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.start()
    answer = talk.ask("How many rockets hit the base in July 2021?", JOHN)
    before = len(talk.api.calls)
    whole = talk.press(answer, JOHN, labelled(answer, "All sources")).plain
    shown = [call.plain for call in talk.api.calls[before:] if call.method == "sendMessage"]
    assert shown[0] == whole
    middle = len(talk.api.calls)
    talk.api.presses(labelled(answer, "All sources"), message_id=answer.message_id, chat=private(JOHN), user=JOHN)
    talk.replies(1, middle)
    talk.kill()
    talk.start()
    talk.ask("/help", JOHN)
    after = [call.plain for call in talk.api.calls[middle:] if call.method == "sendMessage"]
    assert set(shown) <= set(after)


def test_buttons_work_after_a_restart_and_after_the_articles_were_read_again(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.start()
    answer = talk.ask(QUESTIONS[0], JOHN)
    first = talk.press(answer, JOHN)
    talk.kill()
    with open_engine(Settings(data_dir=talk.data)) as engine:
        engine.ingest([SEEDS])
        engine.reindex()
    talk.start()
    assert talk.press(answer, JOHN).plain == first.plain
    assert talk.told(answer, JOHN, labelled(answer, "👍")).plain


def test_articles_that_come_while_it_runs_are_found_at_the_next_question(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.start()
    question = "من افتتح متحف الزقورة الكبير؟"
    assert "زهراء البغدادي" not in talk.ask(question, JOHN).plain
    new = talk.folder / "new.txt"
    new.write_text("افتتحت الوزيرة زهراء البغدادي متحف الزقورة الكبير في الناصرية يوم 3 مايو 2022.", encoding="utf-8")
    with open_engine(Settings(data_dir=talk.data)) as engine:
        engine.ingest([new])
    answer = talk.ask(question, JOHN)
    assert "زهراء البغدادي" in bare(answer.plain)
    assert "متحف الزقورة" in talk.press(answer, JOHN, source(answer)).plain


def test_while_telegram_is_down_it_waits_and_then_answers(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.start()
    talk.ask("/help", JOHN)
    before = len(talk.api.calls)
    asked = [talk.say(QUESTIONS[0], JOHN)]
    talk.api.wait(lambda call: call.method == "sendChatAction", after=before)
    talk.api.down = True
    talk.api.wait(lambda call: call.code == 502, 3, after=before)
    asked.append(talk.say(QUESTIONS[1], JOHN))
    talk.api.down = False
    assert answered(talk, asked) == dict.fromkeys(asked, 1)


def test_failures_before_and_after_the_effect(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.start()
    talk.api.faults += [Fault("sendMessage", "503"), Fault("sendMessage", "dropped"), Fault("getUpdates", "502")]
    one = talk.say(QUESTIONS[0], JOHN)
    assert answered(talk, [one]) == {one: 1}
    talk.api.faults += [Fault("sendMessage", "lost"), Fault("sendChatAction", "lost"), Fault("getUpdates", "lost")]
    two = talk.say(QUESTIONS[1], JOHN)
    talk.api.until(lambda: answered(talk, [two])[two] == 2)  # it arrived, and the bot was not told so
    three = talk.say("/help", JOHN)
    assert answered(talk, [one, three]) == {one: 1, three: 1}


def test_a_second_poller_is_no_end_of_the_first(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.start()
    talk.api.updates.poll({"timeout": 0}, lambda: True)  # somebody else, once
    talk.api.wait(lambda call: call.code == 409)
    assert "Conflict" not in talk.ask("/help", JOHN).plain
    assert talk.stop(signal.SIGINT) == 0
