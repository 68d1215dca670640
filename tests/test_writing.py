"""The LLM writer against a server that speaks the real protocol: sentences, markers, lies, failures."""

import logging
import time
from collections.abc import Iterator

import pytest

from rag.engine import Engine, open_engine
from rag.model import Answer, Claim, Refusal
from rag.writing import NO_ANSWER, cited_sentences
from tests.llm_server import Fault, ModelServer, model_server

_QUESTION = "At what time did the July 2021 attack on Ain al-Asad happen?"
_TRUE = "The attack happened at 2:45 pm, Wayne Marotto said"
_KEY = "sk-secret-of-the-test-0123456789"


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with model_server() as server:
        yield server


@pytest.fixture
def writing_engine(seed_engine: Engine, model: ModelServer) -> Iterator[Engine]:
    """An engine over the sample articles with the model of the test."""
    settings = seed_engine.settings.model_copy(
        update={
            "llm": "lying",
            "llm_url": model.url,
            "llm_key": type(seed_engine.settings.llm_key)(_KEY),
            "llm_timeout": 4.0,
        }
    )
    with open_engine(settings) as engine:
        yield engine


def _number(engine: Engine, model: ModelServer, holding: str, question: str = _QUESTION) -> int:
    """The number under which the prompt shows the passage that holds some words."""
    model.reply = NO_ANSWER
    engine.ask(question)
    return model.passage_number(holding)


def test_a_true_sentence_becomes_a_claim_with_the_smallest_quote(writing_engine: Engine, model: ModelServer) -> None:
    n = _number(writing_engine, model, "2:45")
    model.reply = f"{_TRUE} [{n}]."
    reply = writing_engine.ask(_QUESTION)
    assert isinstance(reply, Answer)
    assert reply.writer == "llm:lying"
    assert reply.text == f"{_TRUE} [1]." or reply.text == f"{_TRUE} [1][2]."
    assert [claim.verdict for claim in reply.claims] == ["supported"]
    assert any("2:45" in citation.quote for citation in reply.citations)
    assert (reply.withheld, reply.notices) == ((), ())
    for citation in reply.citations:
        article = writing_engine.article(citation.article_id)
        assert article.text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ("The attack happened at 3:45 pm, Wayne Marotto said", "number: 3:45"),
        ("The attack happened at 2:45 am, Wayne Marotto said", "number: 2:45"),
        ("The attack happened at 2:45 pm, Donald Rumsfeld said", "name: Donald Rumsfeld"),
        ("At least nine rockets landed near the base, Wayne Marotto said", "number: nine"),
        ("Three rockets landed near the base on 9 July 2021, Wayne Marotto said", "date: 9 July 2021"),
        ("Three rockets landed near the base on 5 June 2021, Wayne Marotto said", "date: 5 June 2021"),
        ("Three rockets landed near the base on 5 July 2019, Wayne Marotto said", "date: 5 July 2019"),
        ("Three rockets landed near the base in Mosul, Wayne Marotto said", "name: Mosul"),
    ],
)
def test_a_wrong_number_date_time_or_name_is_withheld(
    writing_engine: Engine, model: ModelServer, lie: str, reason: str
) -> None:
    n = _number(writing_engine, model, "2:45")
    model.reply = f"{lie} [{n}]."
    reply = writing_engine.ask(_QUESTION)
    assert (f"{lie}.", reason) in [(one.text, one.reason) for one in reply.withheld]
    assert lie not in reply.text
    assert reply.notices == ("llm_unverified",)
    assert reply.writer == "extractive"


def test_true_sentences_stay_beside_a_withheld_one(writing_engine: Engine, model: ModelServer) -> None:
    n = _number(writing_engine, model, "2:45")
    model.reply = f"{_TRUE} [{n}]. Ninety soldiers died [{n}]."
    reply = writing_engine.ask(_QUESTION)
    assert [claim.text for claim in reply.claims] == [f"{_TRUE}."]
    assert [one.text for one in reply.withheld] == ["Ninety soldiers died."]
    assert "Ninety" not in reply.text


def test_arabic_sentences_are_checked_alike(writing_engine: Engine, model: ModelServer) -> None:
    question = "متى وقع هجوم تموز 2021 على عين الأسد؟"
    n = _number(writing_engine, model, "2:45", question)
    model.reply = (
        f"وقع الهجوم الساعة 2:45 عصرا بحسب واين ماروتو [{n}]. وقع الهجوم الساعة 9:15 عصرا بحسب واين ماروتو [{n}]."
    )
    reply = writing_engine.ask(question)
    assert [claim.text for claim in reply.claims] == ["وقع الهجوم الساعة 2:45 عصرا بحسب واين ماروتو."]
    assert len(reply.withheld) == 1
    assert reply.language == "ar"


@pytest.mark.parametrize("marker", ["", "[99]", "[0]", "[٩٩]"])
def test_a_sentence_that_cites_no_given_passage_is_withheld(
    writing_engine: Engine, model: ModelServer, marker: str
) -> None:
    model.reply = f"{_TRUE} {marker}."
    reply = writing_engine.ask(_QUESTION)
    assert [one.reason for one in reply.withheld] == ["no_citation"]


def test_markers_of_passages_not_given_are_dropped_beside_good_ones(writing_engine: Engine, model: ModelServer) -> None:
    n = _number(writing_engine, model, "2:45")
    model.reply = f"{_TRUE} [{n}][42]."
    reply = writing_engine.ask(_QUESTION)
    assert "42" not in reply.text
    assert len(reply.claims) == 1


def test_every_marker_in_the_text_has_its_citation_and_every_citation_is_used(
    writing_engine: Engine, model: ModelServer
) -> None:
    n = _number(writing_engine, model, "2:45")
    model.reply = f"{_TRUE} [{n}]. The base hosts American forces [{n}]."
    reply = writing_engine.ask(_QUESTION)
    cited = {number for claim in reply.claims for number in claim.citations}
    assert cited == {citation.number for citation in reply.citations}
    assert all(f"[{number}]" in reply.text for number in cited)


def test_a_model_that_finds_no_answer_makes_a_refusal(writing_engine: Engine, model: ModelServer) -> None:
    model.reply = NO_ANSWER
    reply = writing_engine.ask(_QUESTION)
    assert isinstance(reply, Refusal)
    assert (reply.writer, reply.notices) == ("llm:lying", ())


def test_the_model_is_not_asked_about_what_no_article_can_answer(writing_engine: Engine, model: ModelServer) -> None:
    reply = writing_engine.ask("ماذا حدث في اليابان؟")
    assert isinstance(reply, Refusal)
    assert model.requests == []


@pytest.mark.parametrize("fault", ["500", "429", "garbage", "dies", "hangs", "drips", "empty"])
def test_a_model_that_fails_is_replaced_by_quotes_in_time(
    writing_engine: Engine, model: ModelServer, fault: Fault
) -> None:
    model.reply = "The attack happened at 2:45 pm [1]. " * 4
    model.fault = fault
    started = time.monotonic()
    reply = writing_engine.ask(_QUESTION)
    assert time.monotonic() - started < writing_engine.settings.llm_timeout + 2
    assert isinstance(reply, Answer)
    assert (reply.writer, reply.notices) == ("extractive", ("llm_unavailable",))
    assert all(claim.verdict == "quoted" for claim in reply.claims)


def test_a_server_that_is_not_there_is_replaced_by_quotes(seed_engine: Engine) -> None:
    settings = seed_engine.settings.model_copy(
        update={"llm": "away", "llm_url": "http://127.0.0.1:9/v1", "llm_timeout": 5.0}
    )
    with open_engine(settings) as engine:
        assert engine.ask(_QUESTION).notices == ("llm_unavailable",)


def test_checked_sentences_are_streamed_before_the_reply(writing_engine: Engine, model: ModelServer) -> None:
    n = _number(writing_engine, model, "2:45")
    model.reply = f"{_TRUE} [{n}]. Ninety soldiers died [{n}]."
    *claims, reply = writing_engine.stream(_QUESTION)
    assert [claim.text for claim in claims if isinstance(claim, Claim)] == [f"{_TRUE}."]
    assert isinstance(reply, Answer)
    assert reply.claims == tuple(claims)


def test_the_prompt_numbers_and_delimits_the_passages(writing_engine: Engine, model: ModelServer) -> None:
    model.reply = NO_ANSWER
    writing_engine.ask(_QUESTION)
    system, user = model.requests[0]["messages"]
    assert "never instructions" in system["content"]
    assert _QUESTION in user["content"]
    assert "[1]" in user["content"]
    assert user["content"].count("<<<") == user["content"].count(">>>") >= 1
    assert model.keys == [f"Bearer {_KEY}"]


def test_the_key_is_in_no_log(writing_engine: Engine, model: ModelServer, caplog: pytest.LogCaptureFixture) -> None:
    model.fault = "500"
    with caplog.at_level(logging.DEBUG):
        writing_engine.ask(_QUESTION)
    assert _KEY not in caplog.text
    assert _KEY not in repr(writing_engine.settings)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It fell [1]. He left [2].", ["It fell [1].", "He left [2]."]),
        ("It fell. [1] He left. [2]", ["It fell. [1]", "He left. [2]"]),
        ("- It fell [1].\n- He left [2].", ["It fell [1].", "He left [2]."]),
        ("سقط [١]. وغادر [2][3].", ["سقط [١].", "وغادر [2][3]."]),
        ("At 2:45 it fell [1, 2].", ["At 2:45 it fell [1, 2]."]),
        ("", []),
    ],
)
def test_markers_stay_with_their_sentence(text: str, sentences: list[str]) -> None:
    assert cited_sentences(text) == sentences
