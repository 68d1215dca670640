"""Text that is meant to break something."""

import re
from random import Random

from tests.telegram_api.crowd import HOSTILE
from tests.telegram_api.talk import Talk, person, plain

EVE = person(99, "Eve", "en")
RANGES = (
    (0x00, 0x7E),
    (0x600, 0x6FF),
    (0x1F300, 0x1F6FF),
    (0x2000, 0x206F),
    (0x4E00, 0x4FFF),
    (0xFB50, 0xFDFF),
    (0xE0000, 0xE007F),
)


def noise(random: Random) -> str:
    chosen = random.choices(RANGES, k=3)
    made = "".join(chr(random.randint(*random.choice(chosen))) for _ in range(random.randint(1, 400)))
    return made.lstrip("/") or "?"


def test_every_text_is_answered_with_a_valid_message_and_steers_nothing(talk: Talk) -> None:
    random = Random(7)
    texts = [*HOSTILE, *(noise(random) for _ in range(60)), *(one * 20_000 for one in ("attack ", "هجوم", "😀", "<b>"))]
    asked = {}
    for i, text in enumerate(texts):
        user = person(1000 + i, text[:60].replace("\x00", "") or "?", "en")
        asked[talk.say(text, user)] = text
    talk.api.until(lambda: set(asked) <= {call.answers for call in talk.api.calls if call.code == 200}, seconds=90)
    sent = [call for call in talk.api.calls if call.method == "sendMessage"]
    assert {call.code for call in sent} == {200}
    for call in sent:
        assert not re.search(
            "[\u202a-\u202e\u2066\u2067\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", call.arguments["text"]
        )
        for line in call.plain.split("\n"):
            assert line.count("\u2068") == line.count("\u2069"), line


def test_a_long_follow_up_does_not_stop_the_others(talk: Talk) -> None:
    talk.ask("متى وقع الهجوم على قاعدة عين الأسد؟", EVE)
    assert plain(talk.ask("متى؟ " * 20_000, EVE)).startswith("هذا أطول من أن يكون سؤالا")
    assert plain(talk.ask("/help", person(98, "Ali", "en")))


def test_data_of_buttons_that_nobody_made_is_answered(talk: Talk) -> None:
    answer = talk.ask("من هو واين ماروتو؟", EVE)
    made = (
        "x",
        "s:",
        "s:x:99999",
        "s:../../etc:1",
        "f:x:2",
        "a:\u202e:0",
        "p:-1",
        "lang:xx",
        "r:x:1",
        "😀" * 16,
        ":" * 64,
    )
    chat = {"id": EVE["id"], "type": "private"}
    pressed = {
        talk.api.presses({"callback_data": data}, message_id=answer.message_id, chat=chat, user=EVE) for data in made
    }
    talk.api.until(
        lambda: (
            {call.arguments["callback_query_id"] for call in talk.api.calls if call.method == "answerCallbackQuery"}
            >= pressed
        )
    )
    assert plain(talk.ask("/help", EVE))
