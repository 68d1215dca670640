"""Replies, passages and articles as lines for a terminal."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from bot.bidi import Mode
from bot.render import article_lines, hit_lines, human_date, reply_lines
from rag.language.characters import INVISIBLE
from rag.model import Answer, Article, Citation, Claim, Hit, Language, Passage, Refusal, Withheld

QUOTE = "وقع الهجوم الساعة 2:45 عصرا."
OTHER = "سقطت ثلاثة صواريخ في محيط القاعدة، بحسب CNN."


def citation(number: int, quote: str, article: str = "001", **fields: str) -> Citation:
    known = {"title": "", "publisher": "", "published": None, "published_basis": None, "url": None} | fields
    return Citation(number, article, quote=quote, start=0, end=len(quote), passage=quote, **known)  # type: ignore[arg-type]  # as mypy sees a dict


def answer(language: Language, text: str, claims: list[Claim], citations: list[Citation]) -> Answer:
    return Answer("?", language, text, "extractive", claims=tuple(claims), citations=tuple(citations))


TWO_QUOTES = answer(
    "ar",
    f"جاء في المقالات:\n«{QUOTE}» [1]\n«{OTHER}» [2]",
    [Claim(f"«{QUOTE}»", (1,), "quoted"), Claim(f"«{OTHER}»", (2,), "quoted")],
    [
        citation(1, QUOTE, published="2021-07-05", published_basis="stated"),
        citation(2, OTHER, "002", title="هجوم", publisher="وكالة", published="2021-07", published_basis="inferred from the text"),
    ],
)  # fmt: skip


def off(reply: Answer | Refusal) -> list[str]:
    return reply_lines(reply, "off", 80)


# Answers


def test_a_quoted_sentence_is_shown_once_above_its_source() -> None:
    assert off(TWO_QUOTES) == [
        "جاء في المقالات:",
        f"«{QUOTE}» [1]",
        "    001 · 5 يوليو 2021",
        f"«{OTHER}» [2]",
        "    002 · وكالة · يوليو 2021 · تاريخ مستنتج من النص · هجوم",
    ]


def test_what_the_answer_adds_is_in_the_language_of_the_reply() -> None:
    assert off(replace(TWO_QUOTES, language="en", text=TWO_QUOTES.text.replace("جاء في المقالات", "The articles say"))) == [
        "The articles say:",
        f"«{QUOTE}» [1]",
        "    001 · 5 July 2021",
        f"«{OTHER}» [2]",
        "    002 · وكالة · July 2021 · date inferred from the text · هجوم",
    ]  # fmt: skip


def test_a_sentence_that_two_articles_share_has_each_source_under_its_own_number() -> None:
    reply = answer(
        "en",
        f"The articles say:\n«{QUOTE}» [1]\n«{QUOTE}» [2]",
        [Claim(f"«{QUOTE}»", (1,), "quoted"), Claim(f"«{QUOTE}»", (2,), "quoted")],
        [citation(1, QUOTE, "001"), citation(2, QUOTE, "002")],
    )
    assert off(reply) == ["The articles say:", f"«{QUOTE}» [1]", "    001", f"«{QUOTE}» [2]", "    002"]


def test_a_quote_that_runs_over_a_line_end_is_shown_once_too() -> None:
    quote = "قال.\nوقع الهجوم."
    reply = answer(
        "en", f"The article says:\n«{quote}» [1]", [Claim(f"«{quote}»", (1,), "quoted")], [citation(1, quote)]
    )
    assert off(reply) == ["The article says:", "«قال.", "وقع الهجوم.» [1]", "    001"]  # fmt: skip


def test_a_written_sentence_is_followed_by_the_quotes_it_rests_on() -> None:
    reply = answer(
        "en",
        "The attack was at 2:45 and three rockets fell. [1][2]",
        [Claim("The attack was at 2:45 and three rockets fell.", (1, 2), "supported")],
        [citation(1, QUOTE), citation(2, OTHER, "002", published="2021", published_basis="inferred from elsewhere")],
    )
    assert off(reply) == [
        "The attack was at 2:45 and three rockets fell. [1][2]",
        "",
        f"[1] «{QUOTE}»",
        "    001",
        "",
        f"[2] «{OTHER}»",
        "    002 · 2021 · date known only from elsewhere",
    ]


def test_written_and_quoted_sentences_keep_their_order() -> None:
    reply = answer(
        "en",
        f"It was at 2:45. [1]\n«{OTHER}» [2]\nNo more is known. [1]",
        [
            Claim("It was at 2:45.", (1,), "supported"),
            Claim(f"«{OTHER}»", (2,), "quoted"),
            Claim("No more is known.", (1,), "supported"),
        ],
        [citation(1, QUOTE), citation(2, OTHER, "002")],
    )
    assert off(reply) == [
        "It was at 2:45. [1]",
        f"«{OTHER}» [2]",
        "    002",
        "No more is known. [1]",
        "",
        f"[1] «{QUOTE}»",
        "    001",
    ]


@pytest.mark.parametrize(
    ("language", "withheld", "line"),
    [
        ("en", 1, "1 sentence failed the check and is withheld."),
        ("en", 2, "2 sentences failed the check and are withheld."),
        ("ar", 1, "حجبت جملة لم تجتز التدقيق."),
        ("ar", 2, "حجبت جملتان لم تجتازا التدقيق."),
        ("ar", 3, "حجبت 3 جمل لم تجتز التدقيق."),
    ],
)
def test_withheld_sentences_are_counted_and_not_shown(language: Language, withheld: int, line: str) -> None:
    reply = replace(TWO_QUOTES, language=language, withheld=(Withheld("SECRET", "not_verbatim"),) * withheld)
    lines = off(reply)
    assert lines[-2:] == ["", line]
    assert "SECRET" not in "\n".join(lines)


# Refusals


def test_a_refusal_shows_what_comes_closest_and_that_it_is_no_answer() -> None:
    reply = Refusal("?", "en", "Not in these articles: population.", "extractive", nearest=(citation(1, QUOTE),))
    assert off(reply) == [
        "Not in these articles: population.",
        "",
        "Closest passage, not an answer:",
        f"    «{QUOTE}»",
        "    001",
    ]
    assert off(replace(reply, language="ar", text="ليس في هذه المقالات: سكان.")) == [
        "ليس في هذه المقالات: سكان.",
        "",
        "أقرب مقطع، وليس إجابة:",
        f"    «{QUOTE}»",
        "    001",
    ]


def test_a_refusal_with_nothing_near_is_one_line() -> None:
    assert off(Refusal("?", "ar", "هذه المقالات لا تجيب عن هذا السؤال.", "extractive")) == [
        "هذه المقالات لا تجيب عن هذا السؤال."
    ]


# Passages and articles


def test_passages_are_shown_under_their_score_article_and_place() -> None:
    hits = [
        Hit(Passage("001:5:x", "001", 5, 33, f"{QUOTE}\n{OTHER}"), 0.98765),
        Hit(Passage("خبر:0:y", "خبر", 0, 5, "hello"), 0.5),
    ]
    assert list(hit_lines(hits, "off", 80)) == [
        "0.988  001  5–33",
        f"    {QUOTE}",
        f"    {OTHER}",
        "",
        "0.500  خبر  0–5",
        "    hello",
        "",
    ]


def test_an_article_is_shown_with_what_is_known_about_it() -> None:
    article = Article(
        "001", f"{QUOTE}\n\n{OTHER}", "/news/001.txt", "هجوم", "وكالة", "2021-07-05", "inferred from elsewhere",
        "The year is the agency's.", "https://example.org/001", "2021-07-05",
    )  # fmt: skip
    assert list(article_lines(article, "off", 80, "en")) == [
        "001",
        "    هجوم",
        "    وكالة",
        "    5 July 2021",
        "    date known only from elsewhere",
        "    https://example.org/001",
        "    /news/001.txt",
        "    The year is the agency's.",
        "",
        QUOTE,
        "",
        OTHER,
    ]


def test_an_article_without_metadata_is_its_id_its_file_and_its_text() -> None:
    article = Article("001", QUOTE, "/news/001.txt", basis="stated")
    assert list(article_lines(article, "off", 80, "ar")) == ["001", "    /news/001.txt", "", QUOTE]


# Dates


@pytest.mark.parametrize(
    ("iso", "english", "arabic"),
    [
        ("2021-07-05", "5 July 2021", "5 يوليو 2021"),
        ("2024-12-31", "31 December 2024", "31 ديسمبر 2024"),
        ("2024-01", "January 2024", "يناير 2024"),
        ("2024", "2024", "2024"),
        ("", "", ""),
    ],
)
def test_dates_are_as_precise_as_they_are_known(iso: str, english: str, arabic: str) -> None:
    assert (human_date(iso, "en"), human_date(iso, "ar")) == (english, arabic)


# Every display


@pytest.mark.parametrize("width", [30, 80])
@pytest.mark.parametrize("mode", ["terminal", "reorder"])
def test_no_line_of_a_reply_is_wider_than_the_display(mode: Mode, width: int) -> None:
    nearest = replace(TWO_QUOTES.citations[1], title=" ".join([QUOTE] * 5))
    refusal = Refusal("?", "en", "Not in these articles: population.", "extractive", nearest=(nearest,))
    lines = [line for reply in (TWO_QUOTES, refusal) for line in reply_lines(reply, mode, width)]
    assert [line for line in lines if cell_len(INVISIBLE.sub("", line)) > width] == []


def test_an_answer_reads_from_the_right_where_sanad_orders_the_text_itself() -> None:
    reply = answer("ar", "جاء:\n«بيت CNN» [1]", [Claim("«بيت CNN»", (1,), "quoted")], [citation(1, "بيت CNN", "أ")])
    assert reply_lines(reply, "reorder", 20) == [
        "                :\ufe80\ufe8e\ufe9f",
        "       [1] «CNN \ufe96\ufef4\ufe91»",
        "               \ufe83    ",
    ]


def test_an_answer_is_isolated_where_the_terminal_orders_the_text() -> None:
    reply = answer(
        "ar", "جاء:\n«بيت دور CNN» [1]", [Claim("«بيت دور CNN»", (1,), "quoted")], [citation(1, "بيت دور CNN")]
    )
    assert reply_lines(reply, "terminal", 40) == [
        "\u200f\u2067جاء:\u2069",
        "\u200f\u2067«بيت دور \u2066CNN\u2069» \u2066[1]\u2069\u2069",
        "    001",
    ]  # fmt: skip
