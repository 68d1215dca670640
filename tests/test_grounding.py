"""The check between a draft and the reader."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from rag.articles.layout import read_layout
from rag.evidence import Material
from rag.grounding import Check, answer_text, carries, refusal, spoken_to
from rag.model import (
    LANGUAGES,
    Answer,
    Article,
    Disagreement,
    Draft,
    DraftSentence,
    Language,
    Passage,
    Quote,
    Refusal,
    Reply,
    ShortAnswer,
    Value,
    Withheld,
)
from tests.contract import KEYS, assert_contract

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
    reply = check.reply(draft=draft)
    assert_contract(reply, material.articles.get)
    return reply


def _check(*sentences: tuple[str, Quote], articles: dict[str, Article] = _ARTICLES, language: Language = "ar") -> Reply:
    drafted = tuple(DraftSentence(text, quotes=(quote,)) for text, quote in sentences)
    return _grounded("؟", language, Draft("extractive", drafted), _material(articles))


def _said(quote: Quote) -> str:
    return f"«{quote.text}»"


def _quoting(*quotes: Quote) -> tuple[DraftSentence, ...]:
    return tuple(DraftSentence(_said(quote), quotes=(quote,)) for quote in quotes)


def _delay(source: str, *quotes: Quote) -> ShortAnswer:
    return ShortAnswer("ساعتين", "quantity", "2", source, quotes)


def _differing(*values: tuple[str, str, str | None, Quote]) -> Disagreement:
    return Disagreement("ساعة", tuple(Value(*value) for value in values))


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


def test_a_number_in_brackets_in_a_quote_is_no_mark_of_ours() -> None:
    text = "افتتح الوزير جسر الكرامة [7] أمس، بحسب [٢] الوكالة [1]."
    article = Article("bridge", text, "bridge.txt")
    quote = Quote("bridge", 0, len(text), text, Passage("bridge:0", "bridge", 0, len(text), text))
    reply = _check((_said(quote), quote), articles={"bridge": article})
    assert (reply.claims[0].text, reply.citations[0].quote) == (_said(quote), text)
    assert re.findall(r"\[\d+\]", reply.text) == ["[1]"]
    assert reply.text.replace("\u2060", "") == f"جاء في المقال:\n«{text}» [1]"


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


def test_a_refusal_says_what_kind_of_thing_is_not_told() -> None:
    for lacking in ("name", "number"):
        texts = {Check("؟", one, "extractive", _material()).reply(lacking=lacking).text for one in LANGUAGES}
        assert len(texts) == 2
        assert texts.isdisjoint({refusal("؟", one, (), (), _ARTICLES, writer="x").text for one in LANGUAGES})
    named = Check("?", "en", "extractive", _material()).reply(("Ramadi",), lacking="number")
    assert named.text == "Not in these articles: Ramadi."


def test_a_refusal_shows_no_passage_that_has_changed() -> None:
    stale = replace(_FIRST, text="شيء آخر")
    assert refusal("؟", "ar", (), (stale,), _ARTICLES, writer="extractive").nearest == ()


def test_the_contract_has_all_its_keys_and_is_json() -> None:
    document = json.loads(json.dumps(_check((_said(_FIRST), _FIRST)).to_dict()))
    assert tuple(document) == KEYS
    assert document["kind"] == "answer"
    assert document["claims"] == [
        {"text": _said(_FIRST), "citations": [1], "verdict": "quoted", "event": None, "speaker": None}
    ]


def _answer() -> Answer:
    draft = Draft("extractive", _quoting(_FIRST, _SECOND), _delay("ساعتين", _FIRST))
    reply = _grounded("؟", "ar", draft, _material())
    assert isinstance(reply, Answer)
    return reply


@pytest.mark.parametrize(
    "broken",
    [
        lambda reply: replace(reply, text=f"{reply.text}\nولم يعلق أحد."),
        lambda reply: replace(reply, text=f"{reply.text} [3]"),
        lambda reply: replace(reply, text=reply.text.replace("[2]", "")),
        lambda reply: replace(reply, text=f"\u200f{reply.text}"),
        lambda reply: replace(reply, claims=reply.claims[:1]),
        lambda reply: replace(reply, citations=reply.citations[:1]),
        lambda reply: replace(reply, citations=(reply.citations[0], replace(reply.citations[1], start=35))),
        lambda reply: replace(reply, citations=(reply.citations[0], replace(reply.citations[1], publisher="صحيفة"))),
        lambda reply: replace(reply, short={**(reply.short or {}), "citations": [2]}),
        lambda reply: replace(reply, short={**(reply.short or {}), "text": "ثلاث ساعات"}),
        lambda reply: replace(reply, short=None),
    ],
)
def test_a_reply_that_breaks_the_contract_is_found_out(broken: Callable[[Answer], Answer]) -> None:
    assert_contract(_answer(), _ARTICLES.get)
    with pytest.raises(AssertionError):
        assert_contract(broken(_answer()), _ARTICLES.get)


# What is said of several quotes at once


def test_a_claim_of_several_quotes_cites_each() -> None:
    copy = replace(_FIRST, article_id="copy")
    articles = _ARTICLES | {"copy": replace(_ARTICLE, id="copy")}
    draft = Draft("extractive", (DraftSentence(_said(_FIRST), quotes=(_FIRST, copy)),))
    reply = _grounded("؟", "ar", draft, _material(articles))
    assert reply.claims[0].citations == (1, 2)
    assert reply.text == f"جاء في المقالات:\n{_said(_FIRST)} [1][2]"


def test_a_claim_of_which_one_quote_is_changed_is_withheld() -> None:
    changed = replace(_SECOND, text="ونفى وقوع أضرار.")
    draft = Draft("extractive", (DraftSentence(_said(_FIRST), quotes=(_FIRST, changed)),))
    reply = _grounded("؟", "ar", draft, _material())
    assert isinstance(reply, Refusal)
    assert reply.withheld == (Withheld(_said(_FIRST), "not_verbatim"),)


# The short answer


def test_a_short_answer_is_shown_above_the_quote_that_holds_it() -> None:
    short = ShortAnswer("two hours", "quantity", "2", "ساعتين", (_FIRST,))
    reply = _grounded("?", "en", Draft("extractive", _quoting(_FIRST), short), _material())
    assert reply.short == {"text": "two hours", "type": "quantity", "value": "2", "citations": [1]}
    assert reply.text == f"two hours [1]\nThe article says:\n{_said(_FIRST)} [1]"
    assert reply.withheld == ()


@pytest.mark.parametrize(
    "short",
    [
        _delay("ثلاث ساعات", _FIRST),  # no words of the quote
        _delay("ساعتين", _SECOND),  # those of another quote
        _delay("ساعتين", replace(_FIRST, end=30)),  # of a quote that the answer has not
        _delay("ساعتين", _FIRST, replace(_FIRST, article_id="planes")),
        _delay("ساعتين"),
    ],
)  # fmt: skip
def test_a_short_answer_that_is_not_in_a_quote_of_the_answer_is_withheld(short: ShortAnswer) -> None:
    reply = _grounded("؟", "ar", Draft("extractive", _quoting(_FIRST), short), _material())
    assert isinstance(reply, Answer)
    assert reply.short is None
    assert reply.withheld == (Withheld("ساعتين", "not_the_quote"),)
    assert reply.text == f"جاء في المقال:\n{_said(_FIRST)} [1]"


def test_a_short_answer_whose_quote_was_withheld_is_withheld_too() -> None:
    stale = replace(_FIRST, text=_FIRST.text.replace("ساعتين", "ساعات"))
    draft = Draft("extractive", _quoting(stale, _SECOND), _delay("ساعات", stale))
    reply = _grounded("؟", "ar", draft, _material())
    assert reply.short is None
    assert {one.reason for one in reply.withheld} == {"not_verbatim", "not_the_quote"}


def test_a_refusal_has_no_short_answer() -> None:
    stale = replace(_FIRST, text="قال الوزير إن القطار تأخر ساعات.")
    draft = Draft("extractive", _quoting(stale), _delay("ساعات", stale), _differing(("ساعات", "ساعات", None, stale)))
    reply = _grounded("؟", "ar", draft, _material())
    assert isinstance(reply, Refusal)
    assert (reply.short, reply.disagreements) == (None, ())


# What the sources differ on


_NONE_HURT = ("no injuries", "نفى وقوع إصابات", "الوزير", _SECOND)
_LATE = ("two hours", "ساعتين", None, _FIRST)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["The sources differ (ساعة):", "• two hours [1]", "• no injuries, according to الوزير [2]"]),
        ("ar", ["المصادر تختلف (ساعة):", "• two hours [1]", "• no injuries، بحسب الوزير [2]"]),
    ],
)
def test_differing_values_are_shown_each_with_its_voice_and_its_citation(language: Language, lines: list[str]) -> None:
    draft = Draft("extractive", _quoting(_FIRST, _SECOND), None, _differing(_LATE, _NONE_HURT))
    reply = _grounded("?", language, draft, _material())
    assert reply.disagreements == (
        {
            "about": "ساعة",
            "values": [
                {"value": "two hours", "speaker": None, "citations": [1]},
                {"value": "no injuries", "speaker": "الوزير", "citations": [2]},
            ],
        },
    )
    assert reply.text.split("\n")[:3] == lines
    assert reply.text.split("\n")[4:] == [f"{_said(_FIRST)} [1]", f"{_said(_SECOND)} [2]"]


@pytest.mark.parametrize(
    "value",
    [
        ("ثلاث ساعات", "ثلاث ساعات", None, _SECOND),  # no words of its quote
        ("يومين", "ساعتين", None, replace(_FIRST, end=30)),  # of a quote that the answer has not
    ],
)  # fmt: skip
def test_of_two_values_one_that_is_not_in_a_quote_of_the_answer_makes_no_disagreement(
    value: tuple[str, str, str | None, Quote],
) -> None:
    draft = Draft("extractive", _quoting(_FIRST, _SECOND), None, _differing(_LATE, value))
    reply = _grounded("؟", "ar", draft, _material())
    assert isinstance(reply, Answer)
    assert reply.disagreements == ()
    assert reply.text.split("\n")[0] == "جاء في المقال:"


# Premises and events


@pytest.mark.parametrize(
    ("language", "lead"), [("en", "The articles report the opposite:"), ("ar", "المقالات تفيد بعكس ذلك:")]
)
def test_a_contradicted_premise_is_said_in_the_place_of_the_lead(language: Language, lead: str) -> None:
    draft = replace(Draft("extractive", _quoting(_SECOND)), contradicts=True)
    reply = _grounded("?", language, draft, _material())
    assert isinstance(reply, Answer)
    assert reply.premise == "contradicted"
    assert reply.text == f"{lead}\n{_said(_SECOND)} [1]"


def test_claims_of_several_events_stand_under_their_dates_and_those_of_one_do_not() -> None:
    first, second = _quoting(_FIRST, _SECOND)
    dated = (replace(first, event="2 May 2023"), replace(second, event="1 May 2021"))
    told = _grounded("?", "en", Draft("extractive", dated), _material()).text.split("\n")
    assert told == ["The article says:", "2 May 2023:", f"{_said(_FIRST)} [1]", "1 May 2021:", f"{_said(_SECOND)} [2]"]
    same = tuple(replace(one, event="2 May 2023") for one in dated)
    assert _grounded("?", "en", Draft("extractive", same), _material()).text.split("\n")[1] == f"{_said(_FIRST)} [1]"


def test_a_claim_keeps_its_event_and_its_speaker() -> None:
    sentence = replace(_quoting(_FIRST)[0], event="2 May 2023", speaker="الوزير")
    claim = _grounded("?", "en", Draft("extractive", (sentence,)), _material()).claims[0]
    assert (claim.event, claim.speaker) == ("2 May 2023", "الوزير")


def test_sentences_of_a_writers_own_follow_one_another_without_a_lead() -> None:
    texts = ("The minister said the train was two hours late.", "He denied injuries.")
    draft = Draft("llm:test", tuple(DraftSentence(text, passages=(_PASSAGE,)) for text in texts))
    reply = _grounded("?", "en", draft, _material())
    assert isinstance(reply, Answer)
    assert reply.text.startswith("The minister said the train was two hours late [1].")
    assert "\n" not in reply.text


def test_the_text_of_an_answer_can_be_made_again_of_its_parts() -> None:
    draft = Draft("extractive", _quoting(_FIRST), _delay("ساعتين", _FIRST))
    for language in LANGUAGES:
        reply = _grounded("?", language, draft, _material())
        assert isinstance(reply, Answer)
        assert answer_text(reply) == reply.text


# For readers of another language


def test_an_english_reader_gets_each_arabic_quote_word_for_word() -> None:
    answered = _check((_said(_FIRST), _FIRST), language="en")
    refused = refusal("?", "en", (), (_SECOND,), _ARTICLES, writer="extractive")
    glosses = [one.gloss for one in (*answered.citations, *refused.nearest)]
    assert all(gloss and "minister" in gloss for gloss in glosses[:1])
    assert all(gloss and gloss.isascii() for gloss in glosses)


def test_an_arabic_reader_gets_no_gloss_and_neither_does_an_english_quote() -> None:
    assert _check((_said(_FIRST), _FIRST), language="ar").citations[0].gloss is None
    text = "The minister said the train was two hours late."
    english = Article("english", text, "english.txt")
    quote = Quote("english", 0, len(text), text, Passage("english:0", "english", 0, len(text), text))
    for language in LANGUAGES:
        reply = _check((_said(quote), quote), articles={"english": english}, language=language)
        assert reply.citations[0].gloss is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_languages_are_told_which_two_there_are(language: Language) -> None:
    reply = spoken_to("Où est le train ?", language, writer="extractive")
    assert_contract(reply, _ARTICLES.get)
    assert "Sanad" in reply.text
    assert (reply.language, reply.question, reply.nearest) == (language, "Où est le train ?", ())


@pytest.mark.parametrize(
    ("translation", "carried"),
    [
        ("The minister said that the train was two hours late.", True),
        ("The minister said that the train was three hours late.", False),
        ("The minister said that the train was two hours late. Nine people were killed.", False),
        ("The minister denied that the train was two hours late.", False),
    ],
)
def test_a_translation_is_carried_where_each_of_its_sentences_is(translation: str, carried: bool) -> None:
    citation = _check((_said(_FIRST), _FIRST), language="en").citations[0]
    assert carries(citation, translation, _material()) is carried
