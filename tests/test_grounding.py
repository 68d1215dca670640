"""The check between a draft and the reader."""

import json
from dataclasses import replace

import pytest

from rag.articles.layout import read_layout
from rag.evidence import Material
from rag.grounding import Check, refusal
from rag.model import (
    Answer,
    Article,
    Draft,
    DraftSentence,
    Language,
    Passage,
    Quote,
    Refusal,
    Reply,
    Withheld,
)

_TEXT = "قال الوزير إن القطار تأخر ساعتين. ونفى وقوع إصابات."
_ARTICLE = Article("trains", _TEXT, "trains.txt", title="القطار", published="2023-01", basis="stated")
_PASSAGE = Passage("trains:0", "trains", 0, len(_TEXT), _TEXT)
_FIRST = Quote("trains", 0, 33, _TEXT[0:33], _PASSAGE)
_SECOND = Quote("trains", 34, len(_TEXT), _TEXT[34:], _PASSAGE)
_ARTICLES = {"trains": _ARTICLE}


def _material(articles: dict[str, Article] = _ARTICLES) -> Material:
    return Material([(_PASSAGE, 1.0)], articles, {name: read_layout(a.text).sentences for name, a in articles.items()})


def _grounded(question: str, language: Language, draft: Draft, material: Material) -> Reply:
    check = Check(question, language, draft.writer, material)
    for sentence in draft.sentences:
        check.take(sentence)
    return check.reply()


def _check(*sentences: tuple[str, Quote], articles: dict[str, Article] = _ARTICLES, language: Language = "ar") -> Reply:
    drafted = tuple(DraftSentence(text, quotes=(quote,)) for text, quote in sentences)
    return _grounded("؟", language, Draft("extractive", drafted), _material(articles))


def _said(quote: Quote) -> str:
    return f"«{quote.text}»"


def test_citations_are_numbered_in_the_order_of_use_and_a_quote_used_twice_once() -> None:
    reply = _check((_said(_SECOND), _SECOND), (_said(_FIRST), _FIRST), (_said(_SECOND), _SECOND))
    assert isinstance(reply, Answer)
    assert [(c.number, c.quote) for c in reply.citations] == [(1, _SECOND.text), (2, _FIRST.text)]
    assert [claim.citations for claim in reply.claims] == [(1,), (2,), (1,)]
    assert reply.text.split("\n")[1] == f"{_said(_SECOND)} [1]"


def test_the_lead_is_plural_for_several_articles_only() -> None:
    same = _check((_said(_FIRST), _FIRST), (_said(_SECOND), _SECOND), language="en")
    assert same.text.split("\n")[0] == "The article says:"
    other = replace(_SECOND, article_id="copy")
    articles = _ARTICLES | {"copy": replace(_ARTICLE, id="copy")}
    both = _check((_said(_FIRST), _FIRST), (_said(other), other), articles=articles, language="en")
    assert both.text.split("\n")[0] == "The articles say:"


@pytest.mark.parametrize(
    "quote",
    [
        replace(_FIRST, start=1, end=34),
        replace(_FIRST, text=_FIRST.text.replace("ساعتين", "ساعات")),
        replace(_FIRST, article_id="planes"),
        replace(_FIRST, text="", end=0),
    ],
)
def test_a_quote_that_is_not_in_its_article_is_withheld(quote: Quote) -> None:
    reply = _check((_said(quote), quote), (_said(_SECOND), _SECOND))
    assert isinstance(reply, Answer)
    assert reply.withheld == (Withheld(_said(quote), "not_verbatim"),)
    assert [c.quote for c in reply.citations] == [_SECOND.text]


def test_other_words_than_the_quotes_are_withheld_and_nothing_left_is_a_refusal() -> None:
    reply = _check(("«القطار وصل»", _FIRST))
    assert isinstance(reply, Refusal)
    assert reply.withheld == (Withheld("«القطار وصل»", "not_the_quote"),)


def test_more_citations_than_four_are_withheld() -> None:
    text = "قال الأول شيئا. قال الثاني شيئا. قال الثالث شيئا. قال الرابع شيئا. قال الخامس شيئا."
    article = Article("five", text, "five.txt")
    passage = Passage("five:0", "five", 0, len(text), text)
    quotes = [Quote("five", s.start, s.end, text[s.start : s.end], passage) for s in read_layout(text).sentences]
    reply = _check(*((_said(quote), quote) for quote in quotes), articles={"five": article})
    assert len(reply.citations) == 4
    assert [one.reason for one in reply.withheld] == ["too_many_citations"]


def test_a_sentence_in_other_words_is_carried_by_the_passage_it_cites() -> None:
    sentence = DraftSentence("The minister said the train was two hours late.", passages=(_PASSAGE,))
    reply = _grounded("?", "en", Draft("llm:test", (sentence,)), _material())
    assert isinstance(reply, Answer)
    assert reply.text == "The minister said the train was two hours late [1]."
    assert [c.quote for c in reply.citations] == [_FIRST.text]
    assert reply.claims[0].verdict == "supported"


def test_a_citation_carries_what_is_known_of_its_article() -> None:
    citation = _check((_said(_FIRST), _FIRST)).citations[0]
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
    document = json.loads(json.dumps(_check((_said(_FIRST), _FIRST)).to_dict()))
    assert list(document) == [
        "question", "language", "kind", "text", "premise", "read_as", "short", "claims", "citations", "disagreements",
        "withheld", "nearest", "notices", "writer", "elapsed_ms",
    ]  # fmt: skip
    assert document["kind"] == "answer"
    assert document["claims"] == [
        {"text": _said(_FIRST), "citations": [1], "verdict": "quoted", "event": None, "speaker": None}
    ]
