"""A model as judge: what it is asked, what it says, and what happens when it says nothing of use."""

from collections.abc import Iterator

import pytest

from rag.errors import SettingsError
from rag.evaluation.citations import judged_claims
from rag.evaluation.llm_judge import JudgeUnavailable, LlmJudge
from rag.settings import Settings
from tests.evaluation.replies import answer, citation
from tests.llm_server import Fault, ModelServer, model_server

DEAD = "قتل 13 شخصا."


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


def judge(server: ModelServer) -> LlmJudge:
    return LlmJudge(Settings(llm="qwen", llm_url=server.url, llm_key="sk-secret", llm_timeout=5))


@pytest.mark.parametrize(
    ("said", "carried"),
    [("yes", True), ("Yes.", True), ("no", False), ("NO", False), ("<think>Is it no? It is there.</think> yes", True)],
)
def test_the_last_yes_or_no_is_the_verdict(said: str, carried: bool, server: ModelServer) -> None:
    server.reply = said
    assert judge(server).supports("13 people were killed.", [citation(1, DEAD)]) is carried


def test_the_model_sees_the_claim_and_the_quotes_and_nothing_is_asked_twice(server: ModelServer) -> None:
    server.reply = "yes"
    asked = judge(server)
    assert asked.name == "llm:qwen"
    for _ in range(2):
        asked.supports("13 people were killed.", [citation(1, DEAD), citation(2, "قال الوزير إن السد انهار.")])
    (request,) = server.requests
    (message,) = request["messages"]
    assert (request["model"], request["temperature"], server.keys) == ("qwen", 0.0, ["Bearer sk-secret"])
    for part in ("13 people were killed.", f"<<<{DEAD}>>>", "<<<قال الوزير إن السد انهار.>>>"):
        assert part in message["content"]


def test_a_quotation_of_its_quote_and_a_claim_without_quotes_need_no_model(server: ModelServer) -> None:
    asked = judge(server)
    assert asked.supports(f"«{DEAD}»", [citation(1, DEAD)])
    assert not asked.supports("13 people were killed.", [])
    assert server.requests == []


def test_citations_are_judged_by_it(server: ModelServer) -> None:
    server.reply = "no"
    (claim,) = judged_claims(answer(DEAD, claims=[("13 people were killed.", (1,))]), judge(server))
    assert (claim.supported, claim.precise) == (False, (False,))


@pytest.mark.parametrize(
    ("fault", "reply", "detail"),
    [
        ("500", "yes", "InternalServerError"),
        ("dies", "yes, it is all there", "cut off"),
        ("empty", "", "neither yes nor no"),
        (None, "perhaps", "neither yes nor no"),
    ],
)
def test_a_judge_that_does_not_judge_ends_the_run_with_one_line_without_the_key(
    fault: Fault | None, reply: str, detail: str, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.evaluation.llm_judge._RETRIES", 0)
    server.fault, server.reply = fault, reply
    with pytest.raises(JudgeUnavailable, match=detail) as raised:
        judge(server).supports("13 people were killed.", [citation(1, DEAD)])
    for language in ("en", "ar"):
        said = raised.value.message(language)
        assert "qwen" in said
        assert server.url in said
        assert "\n" not in said
        assert "sk-secret" not in said


def test_without_a_model_it_is_said_which_setting_names_one() -> None:
    with pytest.raises(SettingsError, match="SANAD_LLM") as raised:
        LlmJudge(Settings())
    assert raised.value.setting == "SANAD_LLM"
