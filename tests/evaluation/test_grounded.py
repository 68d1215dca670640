"""What the outside check of answers sees of the inside one: nothing while that is called, and every lie when it is not."""

import pytest

from rag.articles.layout import read_layout
from rag.evaluation.grounded import assert_grounded
from rag.evidence import Material
from rag.grounding import Check
from rag.model import Answer, Article, DraftSentence, Passage, Quote, Refusal, Reply
from rag.support import Support

_TEXT = "قال الوزير إن القطار تأخر ساعتين. ونفى وقوع إصابات."
_ARTICLE = Article("trains", _TEXT, "trains.txt", published="2023-01-14", basis="stated")
_PASSAGE = Passage("trains:0", "trains", 0, len(_TEXT), _TEXT)
_QUOTE = Quote("trains", 0, 33, _TEXT[:33], _PASSAGE)
_ARTICLES = {"trains": _ARTICLE}


def _written(*sentences: str) -> Reply:
    """The reply of a writer that says these sentences and cites the passage for each."""
    material = Material([(_PASSAGE, 1.0)], _ARTICLES, {"trains": read_layout(_TEXT).sentences})
    check = Check("?", "en", "llm:test", material)
    for sentence in sentences:
        check.take(DraftSentence(sentence, passages=(_PASSAGE,)))
    return check.reply()


def test_what_the_check_lets_pass_is_grounded() -> None:
    reply = _written(
        "The minister said the train was two hours late.", "The minister said the train was nine hours late."
    )
    assert isinstance(reply, Answer)
    assert len(reply.claims) == len(reply.withheld) == 1
    assert_grounded(reply, _ARTICLES.get)


def test_a_refusal_is_grounded() -> None:
    reply = _written("The minister said the train was nine hours late.")
    assert isinstance(reply, Refusal)
    assert_grounded(reply, _ARTICLES.get)


def test_without_the_call_to_the_check_an_unsupported_claim_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.support.find_support", lambda sentence, material: Support((_QUOTE,)))
    reply = _written("The minister said the train was nine hours late.")
    with pytest.raises(AssertionError, match="is not supported by what it cites"):
        assert_grounded(reply, _ARTICLES.get)


def test_every_fault_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.support.find_support", lambda sentence, material: Support((_QUOTE,)))
    reply = _written("The train was nine hours late.", "Forty people were hurt.")
    with pytest.raises(AssertionError) as raised:
        assert_grounded(reply, lambda name: None)
    assert len(str(raised.value).splitlines()) == 4


class _Agreeable:
    """A judge that lets everything pass."""

    name = "agreeable"

    def supports(self, claim: str, quotes: object) -> bool:
        return True


def test_another_judge_may_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.support.find_support", lambda sentence, material: Support((_QUOTE,)))
    assert_grounded(_written("The train was nine hours late."), _ARTICLES.get, judge=_Agreeable())
