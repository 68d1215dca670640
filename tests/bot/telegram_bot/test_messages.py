"""Replies and passages as Telegram messages."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from bot.telegram_bot.markup import LIMIT, HtmlMessage, messages, utf16
from bot.telegram_bot.messages import inline_message, passage_paragraphs, reply_messages, title, unfinished_message
from rag.engine import Engine
from rag.model import Answer, Article, Citation, Claim, Language, Refusal, Withheld
from tests.bot.replies import COLONEL, ROCKETS, answer, answers, citation, quoted, short, value
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
    return plain_text(parse(html)[0])


def plain_text(text: str) -> str:
    return re.sub("[\u2068\u2069\u200e\u200f]", "", text)


def messages_of_passage(*passage: Any) -> list[HtmlMessage]:  # noqa: ANN401  # whatever the paragraphs are made of
    return messages([*passage_paragraphs(*passage)])


def test_an_answer_shows_its_quote_and_its_source(seed_engine: Engine) -> None:
    reply = seed_engine.ask(HOW_MANY)
    (message,) = reply_messages(reply)
    lines = plain(message.html).split("\n")
    assert f"«{reply.citations[0].quote}» [1]" in lines
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
    assert plain(message.html) == f"Five soldiers were hurt [1].\n\n«{QUOTE}»\n[1] عنوان · وكالة\n6 August 2024"


@pytest.mark.parametrize(
    ("language", "asked", "told", "lines"),
    [
        (
            "en",
            "When was it?",
            "2:45 pm",
            [
                "(Read as: When was it?)\n2:45 pm [1]",
                "The sources differ:\n• 3, according to العقيد واين ماروتو [1]\n• 6 [2]",
            ],
        ),
        (
            "ar",
            "متى وقع الهجوم؟",
            "2:45 عصرا",
            [
                "(فُهم السؤال: متى وقع الهجوم؟)\n2:45 عصرا [1]",
                "المصادر تختلف:\n• 3، بحسب العقيد واين ماروتو [1]\n• 6 [2]",
            ],
        ),
    ],
)
def test_the_short_answer_is_bold_and_what_differs_is_a_list(
    language: Language, asked: str, told: str, lines: list[str]
) -> None:
    differing = {"about": "", "values": [value("3", COLONEL, 1), value("6", None, 2)]}
    reply = answer(
        language, [quoted(1, QUOTE), quoted(2, ROCKETS, None, "وزارة")], [CITATION, citation(2, ROCKETS)],
        read_as=asked, short=short(told, 1), disagreements=(differing,),
    )  # fmt: skip
    (message,) = reply_messages(reply)
    assert plain(message.html).split("\n\n")[:3] == [*lines, f"«{QUOTE}» [1]"]
    assert [(entity.type, plain_text(entity.text)) for entity in parse(message.html)[1]] == [("bold", told)]
    voice = {"ar": "بحسب وزارة", "en": "according to وزارة"}[language]
    day = {"ar": "6 أغسطس 2024", "en": "6 August 2024"}[language]
    ending = f"«{ROCKETS}» [2]\n{voice}\n\n[1] عنوان · وكالة\n{day}\n[2] 002"
    assert plain(message.html).endswith(f"\n\n{ending}")


@pytest.mark.parametrize(
    ("language", "frame"),
    [("en", "The articles report the opposite [1]:"), ("ar", "المقالات تفيد بعكس ذلك [1]:")],
)
def test_a_false_premise_is_contradicted_right_above_the_quote(language: Language, frame: str) -> None:
    (message,) = reply_messages(answer(language, [quoted(1, QUOTE)], [CITATION], premise="contradicted"))
    assert plain(message.html).startswith(f"{frame}\n«{QUOTE}» [1]\n\n[1] عنوان")


def test_the_dates_of_several_events_are_bold_headings() -> None:
    claims = [quoted(1, QUOTE, "2020"), quoted(2, ROCKETS, "5 يوليو/تموز 2021")]
    (message,) = reply_messages(answer("ar", claims, [CITATION, citation(2, ROCKETS)]))
    shown = f"جاء في المقالات:\n2020:\n«{QUOTE}» [1]\n\n5 يوليو/تموز 2021:\n«{ROCKETS}» [2]\n\n[1]"
    assert plain(message.html).startswith(shown)
    bold = [entity.text for entity in parse(message.html)[1]]
    assert bold == ["\u200f2020:", "\u200f5 يوليو/تموز 2021:"]


def test_a_refusal_shows_how_the_question_was_understood() -> None:
    (message,) = reply_messages(Refusal("وهو؟", "ar", "ليس في هذه المقالات: هو.", "extractive", read_as="من هو؟"))
    assert plain(message.html) == "(فُهم السؤال: من هو؟)\nليس في هذه المقالات: هو."


@pytest.mark.parametrize(
    ("language", "notice", "line"),
    [
        ("en", "llm_language", "The language model answered in another language; these are quotes from the articles."),
        ("ar", "llm_language", "أجاب النموذج اللغوي بلغة أخرى؛ هذه نصوص منقولة من المقالات."),
        ("en", "llm_unverified", "The language model's wording did not pass the check; these are quotes from the articles."),
    ],
)  # fmt: skip
def test_why_quotes_are_shown_is_said(language: Language, notice: str, line: str) -> None:
    (message,) = reply_messages(answer(language, [quoted(1, QUOTE)], [CITATION], notices=(notice,)))
    assert plain(message.html).split("\n\n")[-1] == line


@settings(deadline=None)
@given(answers())
def test_whatever_an_answer_shows_telegram_takes_it_with_every_quote(reply: Answer) -> None:
    found = reply_messages(reply)
    shown = "\n\n".join(plain(message.html) for message in found)
    assert max(utf16(message.plain) for message in found) <= LIMIT
    for one in reply.citations:
        assert f"«{one.quote}»" in shown
        assert f"\n[{one.number}] " in shown
    bold = [entity.text for message in found for entity in parse(message.html)[1] if entity.type == "bold"]
    assert reply.short is None or plain_text(bold[0]) == reply.short["text"]


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
    (message,) = messages_of_passage(ARTICLE, (CITATION.start, CITATION.end, CITATION.passage), 3, "ar")
    text, entities = parse(message.html)
    assert plain(message.html) == f"[3] عنوان · وكالة\n6 أغسطس 2024\n{ARTICLE.text}\nhttps://example.org/1"
    assert [(entity.type, entity.text) for entity in entities] == [
        ("bold", QUOTE),
        ("expandable_blockquote", ARTICLE.text),
    ]
    assert text.startswith("\u200f\u2068[3]\u2069 عنوان · وكالة\n\u200f6 أغسطس")


@pytest.mark.parametrize(("language", "label"), [("en", "word for word: "), ("ar", "ترجمة حرفية: ")])
def test_the_english_of_the_quote_stands_in_italics_under_its_passage(language: Language, label: str) -> None:
    gloss = "were injured five <American> soldiers & others."
    place = (CITATION.start, CITATION.end, CITATION.passage)
    (message,) = messages_of_passage(ARTICLE, place, 1, language, gloss)
    _, head, passage, italic, url = re.split("\n", plain(message.html))
    assert (passage, italic, url) == (ARTICLE.text, label + gloss, ARTICLE.url)
    assert [plain_text(e.text) for e in parse(message.html)[1] if e.type == "italic"] == [label + gloss]
    assert head.endswith("2024")


def test_a_passage_longer_than_a_message_goes_into_several() -> None:
    article = replace(ARTICLE, text=ARTICLE.text + " كلمة" * 2000)
    found = messages_of_passage(article, (CITATION.start, CITATION.end, article.text), 1, "en")
    assert len(found) == 4
    assert [message.html.count("<blockquote expandable>") for message in found] == [0, 1, 1, 1]


def test_a_source_of_which_nothing_is_known_is_named_by_its_id() -> None:
    bare = replace(ARTICLE, title="", publisher="", published="", basis="", url="")
    (message,) = messages_of_passage(bare, (CITATION.start, CITATION.end, "another passage"), 1, "en")
    assert plain(message.html) == f"[1] a1\n{QUOTE}"


# Answers elsewhere, and on the way


@pytest.mark.parametrize(
    ("language", "lead"), [("en", "For the question as you edited it:"), ("ar", "جواب السؤال بعد تعديله:")]
)
def test_an_answer_to_an_edited_question_says_so_first(language: Language, lead: str) -> None:
    (message,) = reply_messages(answer(language, [quoted(1, QUOTE)], [CITATION]), edited=True)
    assert plain(message.html).split("\n\n")[0] == lead
    assert parse(message.html)[1][0].type == "italic"


def test_the_sentences_so_far_go_on() -> None:
    said = [Claim("Three rockets fell.", (1,), "supported"), Claim("Nobody was hurt", (1, 2), "supported")]
    assert unfinished_message(said).html == "Three rockets fell [1]. Nobody was hurt [1][2]. …"
    arabic = unfinished_message([Claim("سقطت 3 صواريخ، بحسب CNN.", (1,), "supported")])
    assert arabic.plain == "سقطت 3 صواريخ، بحسب \u2068CNN\u2069 \u2068[1]\u2069. …"
    long = unfinished_message([Claim("كلمة " * 60, (i,), "supported") for i in range(1, 40)])
    assert utf16(long.plain) <= LIMIT


def test_an_inline_answer_stands_under_its_question_with_its_sources(seed_engine: Engine) -> None:
    reply = seed_engine.ask(HOW_MANY)
    assert isinstance(reply, Answer)
    message = inline_message(reply)
    shown = plain(message.html).split("\n\n")
    assert shown[0] == HOW_MANY
    assert shown[1].startswith("not less than five American soldiers [1]")
    assert shown[-1].split("\n")[-1] == "6 August 2024 · date known only from elsewhere"
    assert title(reply) == "not less than five American soldiers"


@settings(deadline=None)
@given(answers())
def test_an_inline_answer_is_one_message_whose_every_number_has_its_source(reply: Answer) -> None:
    long = [replace(one, quote=one.quote * 30, passage=one.passage * 30) for one in reply.citations]
    claims = [quoted(one.number, one.quote) for one in long]
    told = replace(reply, claims=tuple(claims), citations=tuple(long), short=None, disagreements=())
    for one in (reply, told):
        message = inline_message(one)
        assert 0 < utf16(parse(message.html)[0]) <= LIMIT
        shown = plain(message.html)
        sources = re.findall(r"^\[(\d+)\] ", shown, re.MULTILINE)
        assert set(sources) >= {
            number for number in re.findall(r"» ?((?:\[\d+\])+)", shown) for number in re.findall(r"\d+", number)
        }
        assert "\n" not in title(one)
