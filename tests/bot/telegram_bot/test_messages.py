"""Replies and passages as Telegram messages."""

import re
from dataclasses import replace

from bot.telegram_bot.messages import passage_messages, reply_messages
from rag.engine import Engine
from rag.model import Answer, Article, Citation, Claim, Refusal, Withheld
from tests.telegram_api.entities import parse

HOW_MANY = "How many American soldiers were injured in the attack on Ain al-Asad?"
ARTICLE = Article(
    "a1",
    "قبل. أصيب خمسة جنود <أميركيين> & غيرهم. بعد.",
    "a1.txt",
    "عنوان",
    "وكالة",
    "2024-08-06",
    "stated",
    url="https://example.org/1",
)
QUOTE = "أصيب خمسة جنود <أميركيين> & غيرهم."
CITATION = Citation(1, "a1", "عنوان", "وكالة", "2024-08-06", "stated", None, QUOTE, 5, 5 + len(QUOTE), ARTICLE.text)


def plain(html: str) -> str:
    return re.sub("[\u2068\u2069]", "", parse(html)[0])


def test_an_answer_shows_its_quote_and_its_source(seed_engine: Engine) -> None:
    reply = seed_engine.ask(HOW_MANY)
    (message,) = reply_messages(reply)
    lines = plain(message.html).split("\n")
    assert lines[:2] == ["The article says:", f"«{reply.citations[0].quote}» [1]"]
    source = lines.index(f"[1] {reply.citations[0].title}")
    assert lines[source + 1] == "6 August 2024 · date known only from elsewhere"


def test_a_refusal_shows_what_comes_closest_as_no_answer(seed_engine: Engine) -> None:
    reply = seed_engine.ask("What is the population of Ramadi?")
    assert isinstance(reply, Refusal)
    (message,) = reply_messages(reply)
    assert plain(message.html).startswith("Not in these articles: population.\n\nClosest passage, not an answer:\n«")
    assert [entity.type for entity in parse(message.html)[1]] == ["expandable_blockquote"] * len(reply.nearest)


def test_a_sentence_that_is_no_quote_has_its_quote_below() -> None:
    claim = Claim("Five soldiers were hurt.", (1,), "supported")
    answer = Answer("q", "en", "Five soldiers were hurt. [1]", "model", claims=(claim,), citations=(CITATION,))
    (message,) = reply_messages(answer)
    assert plain(message.html) == f"Five soldiers were hurt. [1]\n\n«{QUOTE}»\n[1] عنوان · وكالة\n6 August 2024"


def test_what_was_withheld_and_why_quotes_are_shown_is_said() -> None:
    claim = Claim(f"«{QUOTE}»", (1,), "quoted")
    answer = Answer(
        "q", "ar", f"جاء في المقال:\n«{QUOTE}» [1]", "extractive", claims=(claim,), citations=(CITATION,),
        withheld=(Withheld("x", "not_verbatim"),), notices=("llm_unavailable", "of a later version"),
    )  # fmt: skip
    (message,) = reply_messages(answer)
    assert plain(message.html).split("\n\n")[-2:] == [
        "حجبت جملة لم تجتز التدقيق.",
        "تعذر الوصول إلى النموذج اللغوي؛ هذه نصوص منقولة من المقالات.",
    ]


def test_a_passage_shows_the_quoted_words_in_bold() -> None:
    (message,) = passage_messages(ARTICLE, (CITATION.start, CITATION.end, CITATION.passage), 3, "ar")
    text, entities = parse(message.html)
    assert plain(message.html) == f"[3] عنوان · وكالة\n6 أغسطس 2024\n{ARTICLE.text}\nhttps://example.org/1"
    assert [(entity.type, entity.text) for entity in entities] == [
        ("bold", QUOTE),
        ("expandable_blockquote", ARTICLE.text),
    ]
    assert text.startswith("\u2068[3]\u2069")


def test_a_passage_longer_than_a_message_goes_into_several() -> None:
    article = replace(ARTICLE, text=ARTICLE.text + " كلمة" * 2000)
    found = passage_messages(article, (CITATION.start, CITATION.end, article.text), 1, "en")
    assert len(found) == 4
    assert [message.html.count("<blockquote expandable>") for message in found] == [0, 1, 1, 1]


def test_a_source_of_which_nothing_is_known_is_named_by_its_id() -> None:
    bare = replace(ARTICLE, title="", publisher="", published="", basis="", url="")
    (message,) = passage_messages(bare, (CITATION.start, CITATION.end, "another passage"), 1, "en")
    assert plain(message.html) == f"[1] a1\n{QUOTE}"
