"""The check between a draft and the reader."""

import json
from dataclasses import replace

import pytest

from rag.grounding import grounded, refusal
from rag.model import Answer, Article, Draft, Passage, Quote, Refusal, Withheld

_TEXT = "قال الوزير إن القطار تأخر ساعتين. ونفى وقوع إصابات."
_ARTICLE = Article("trains", _TEXT, "trains.txt", title="القطار", published="2023-01", basis="stated")
_PASSAGE = Passage("trains:0", "trains", 0, len(_TEXT), _TEXT)
_FIRST = Quote("trains", 0, 33, _TEXT[0:33], _PASSAGE)
_SECOND = Quote("trains", 34, len(_TEXT), _TEXT[34:], _PASSAGE)
_ARTICLES = {"trains": _ARTICLE}


def _draft(*sentences: tuple[str, tuple[int, ...]], quotes: tuple[Quote, ...] = (_FIRST, _SECOND)) -> Draft:
    return Draft("extractive", quotes, sentences)


def _said(quote: Quote) -> str:
    return f"«{quote.text}»"


def test_quotes_are_numbered_in_the_order_of_use_and_unused_ones_left_out() -> None:
    reply = grounded("؟", "ar", _draft((_said(_SECOND), (1,))), _ARTICLES)
    assert isinstance(reply, Answer)
    assert [(c.number, c.quote) for c in reply.citations] == [(1, _SECOND.text)]
    assert reply.text == f"جاء في المقال:\n{_said(_SECOND)} [1]"


def test_the_lead_is_plural_for_several_articles_only() -> None:
    same = _draft((_said(_FIRST), (0,)), (_said(_SECOND), (1,)))
    assert grounded("?", "en", same, _ARTICLES).text.split("\n")[0] == "The article says:"
    other = replace(_SECOND, article_id="copy")
    both = _draft((_said(_FIRST), (0,)), (_said(other), (1,)), quotes=(_FIRST, other))
    articles = _ARTICLES | {"copy": replace(_ARTICLE, id="copy")}
    assert grounded("?", "en", both, articles).text.split("\n")[0] == "The articles say:"


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        (replace(_FIRST, start=1, end=34), "not_verbatim"),
        (replace(_FIRST, text=_FIRST.text.replace("ساعتين", "ساعات")), "not_verbatim"),
        (replace(_FIRST, article_id="planes"), "not_verbatim"),
        (replace(_FIRST, text="", end=0), "not_verbatim"),
    ],
)
def test_a_quote_that_is_not_in_its_article_is_withheld(quote: Quote, reason: str) -> None:
    text = f"«{quote.text}»"
    reply = grounded("؟", "ar", _draft((text, (0,)), (_said(_SECOND), (1,)), quotes=(quote, _SECOND)), _ARTICLES)
    assert isinstance(reply, Answer)
    assert reply.withheld == (Withheld(text, reason),)
    assert [c.quote for c in reply.citations] == [_SECOND.text]


@pytest.mark.parametrize(
    ("text", "used", "reason"),
    [("«القطار وصل»", (0,), "not_the_quote"), (_said(_FIRST), (), "no_citation"), (_said(_FIRST), (7,), "no_citation")],
)
def test_a_sentence_without_its_quote_is_withheld_and_nothing_left_is_a_refusal(
    text: str, used: tuple[int, ...], reason: str
) -> None:
    reply = grounded("؟", "ar", _draft((text, used)), _ARTICLES)
    assert isinstance(reply, Refusal)
    assert reply.withheld == (Withheld(text, reason),)


def test_a_citation_carries_what_is_known_of_its_article() -> None:
    citation = grounded("؟", "ar", _draft((_said(_FIRST), (0,))), _ARTICLES).citations[0]
    assert (citation.title, citation.publisher, citation.published, citation.published_basis, citation.url) == (
        "القطار", "", "2023-01", "stated", None,
    )  # fmt: skip
    assert citation.passage == _TEXT


def test_a_refusal_names_what_is_missing() -> None:
    reply = refusal("؟", "en", ("population", "Ramadi"), (_FIRST,), _ARTICLES, writer="extractive")
    assert reply.text == "Not in these articles: population, Ramadi."
    assert [c.quote for c in reply.nearest] == [_FIRST.text]


def test_a_refusal_shows_no_passage_that_has_changed() -> None:
    stale = replace(_FIRST, text="شيء آخر")
    assert refusal("؟", "ar", (), (stale,), _ARTICLES, writer="extractive").nearest == ()


def test_the_contract_has_all_its_keys_and_is_json() -> None:
    document = json.loads(json.dumps(grounded("؟", "ar", _draft((_said(_FIRST), (0,))), _ARTICLES).to_dict()))
    assert list(document) == [
        "question", "language", "kind", "text", "premise", "read_as", "short", "claims", "citations", "disagreements",
        "withheld", "nearest", "notices", "writer", "elapsed_ms",
    ]  # fmt: skip
    assert document["kind"] == "answer"
    assert document["claims"] == [
        {"text": _said(_FIRST), "citations": [1], "verdict": "quoted", "event": None, "speaker": None}
    ]
