"""Questions typed after the bot's name in any chat."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.engine import Engine
from tests.bot.telegram_bot.asking import AMAL, EVE, JOHN, Asking, asking
from tests.llm_server import model_server
from tests.telegram_api.entities import parse
from tests.telegram_api.server import JSON, Call
from tests.telegram_api.talk import bare

HOW_MANY = "How many American soldiers were injured in the attack on Ain al-Asad?"
FIVE = "not less than five American soldiers"


@pytest.fixture
def bot(seed_engine: Engine, tmp_path: Path) -> Iterator[Asking]:
    with asking(seed_engine, tmp_path) as opened:
        yield opened
    assert [call.description for call in opened.api.invalid] == []


def typed(bot: Asking, text: str, user: JSON = JOHN) -> Call:
    """The answer to a query."""
    bot.api.types(text, user=user)
    (call,) = bot.run()
    assert call.method == "answerInlineQuery"
    assert int(call.arguments["cache_time"]) <= 60
    assert call.arguments["is_personal"] in (True, "true", "True")
    return call


def button(call: Call) -> str:
    """What its button to the private chat says; without one the test fails."""
    assert call.arguments["button"]["start_parameter"]
    text: str = call.arguments["button"]["text"]
    assert len(text) <= 64
    return text


def test_an_answer_is_offered_with_question_and_sources(bot: Asking) -> None:
    (article,) = typed(bot, HOW_MANY).arguments["results"]
    assert article["title"] == FIVE
    assert "رويترز" in article["description"]
    content = article["input_message_content"]
    assert (content["parse_mode"], content["link_preview_options"]) == ("HTML", {"is_disabled": True})
    text, entities = parse(content["message_text"])
    assert [(entity.type, entity.text) for entity in entities][:2] == [("italic", HOW_MANY), ("bold", FIVE)]
    assert bare(text).endswith("6 August 2024 · date known only from elsewhere")


def test_an_arabic_question_is_answered_in_arabic(bot: Asking) -> None:
    (article,) = typed(bot, "من هو واين ماروتو؟").arguments["results"]
    assert "\u0627" <= bare(article["title"])[0] <= "\u064a" or article["title"].startswith("«")


def test_only_the_last_of_what_is_typed_is_answered(bot: Asking) -> None:
    for length in (8, 20, 40):
        bot.api.types(HOW_MANY[:length], user=JOHN)
    last = bot.api.types(HOW_MANY, user=JOHN)
    other = bot.api.types("Who is Wayne Marotto?", user=AMAL)
    assert {call.arguments["inline_query_id"] for call in bot.run()} == {last, other}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Type a question; here you can ask in private"),
        (" ؟ ", "Type a question; here you can ask in private"),
        ("What is the population of Ramadi?", "No answer in the articles. Ask in private for more"),
        ("why " * 60, "No answer in the articles. Ask in private for more"),
    ],
)
def test_without_an_answer_there_is_a_way_to_the_private_chat(bot: Asking, text: str, said: str) -> None:
    call = typed(bot, text)
    assert (call.arguments["results"], button(call)) == ([], said)


def test_who_may_not_ask_gets_nothing(seed_engine: Engine, tmp_path: Path) -> None:
    with asking(seed_engine, tmp_path, telegram_access="88") as bot:
        call = typed(bot, HOW_MANY, EVE)
        assert (call.arguments["results"], "button" in call.arguments) == ([], False)
        assert typed(bot, HOW_MANY, JOHN).arguments["results"]


def test_who_asks_too_much_is_told_to_wait(seed_engine: Engine, tmp_path: Path) -> None:
    with asking(seed_engine, tmp_path, telegram_per_minute=1) as bot:
        assert typed(bot, HOW_MANY, AMAL).arguments["results"]
        call = typed(bot, HOW_MANY, AMAL)
        assert call.arguments["results"] == []
        assert button(call).startswith("أسئلة كثيرة، أعد المحاولة بعد")
        assert int(call.arguments["cache_time"]) == 0


def test_a_model_is_never_asked(seed_engine: Engine, tmp_path: Path) -> None:
    with model_server() as model, asking(seed_engine, tmp_path, llm="lying", llm_url=model.url) as bot:
        assert typed(bot, HOW_MANY).arguments["results"]
        assert model.requests == []


def test_a_query_that_became_too_old_disturbs_nothing(bot: Asking) -> None:
    query = bot.api.types(HOW_MANY, user=JOHN)

    async def forget() -> None:
        await asyncio.sleep(0)
        del bot.api.methods.queries[query]

    (call,) = bot.run(forget())
    assert call.code == 400
    bot.api.invalid.clear()


def test_with_an_empty_library_there_is_a_way_to_the_private_chat(engine: Engine, tmp_path: Path) -> None:
    with asking(engine, tmp_path) as bot:
        assert typed(bot, HOW_MANY).arguments["results"] == []
