"""Replies, passages and articles as lines for a terminal."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.bidi import Mode
from bot.render import article_lines, hit_lines, human_date, reply_lines
from rag.language.characters import INVISIBLE
from rag.model import Answer, Article, Claim, Hit, Language, Passage, Refusal, Withheld
from tests.bot.replies import COLONEL, answer, answers, citation, quoted, short, value

QUOTE = "وقع الهجوم الساعة 2:45 عصرا."
OTHER = "سقطت ثلاثة صواريخ في محيط القاعدة، بحسب CNN."

TWO_QUOTES = answer(
    "ar",
    [quoted(1, QUOTE), quoted(2, OTHER)],
    [
        citation(1, QUOTE, published="2021-07-05", published_basis="stated"),
        citation(2, OTHER, title="هجوم", publisher="وكالة", published="2021-07", published_basis="inferred from the text"),
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
    assert off(replace(TWO_QUOTES, language="en")) == [
        "The articles say:",
        f"«{QUOTE}» [1]",
        "    001 · 5 July 2021",
        f"«{OTHER}» [2]",
        "    002 · وكالة · July 2021 · date inferred from the text · هجوم",
    ]


def test_a_sentence_that_two_articles_share_has_each_source_under_its_own_number() -> None:
    cited = [citation(1, QUOTE), citation(2, QUOTE)]
    reply = answer("en", [quoted(1, QUOTE), quoted(2, QUOTE)], cited)
    assert off(reply) == ["The articles say:", f"«{QUOTE}» [1]", "    001", f"«{QUOTE}» [2]", "    002"]
    together = answer("en", [Claim(f"«{QUOTE}»", (1, 2), "quoted")], cited)
    assert off(together) == ["The articles say:", f"«{QUOTE}» [1][2]", "    [1] 001", "    [2] 002"]


def test_a_quote_that_runs_over_a_line_end_is_shown_once_too() -> None:
    quote = "قال.\nوقع الهجوم."
    reply = answer("en", [quoted(1, quote)], [citation(1, quote)])
    assert off(reply) == ["The article says:", "«قال.", "وقع الهجوم.» [1]", "    001"]  # fmt: skip


def test_a_written_sentence_is_followed_by_the_quotes_it_rests_on() -> None:
    reply = answer(
        "en",
        [Claim("The attack was at 2:45 and three rockets fell.", (1, 2), "supported")],
        [citation(1, QUOTE), citation(2, OTHER, published="2021", published_basis="inferred from elsewhere")],
    )
    assert off(reply) == [
        "The attack was at 2:45 and three rockets fell [1][2].",
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
        [
            Claim("It was at 2:45.", (1,), "supported"),
            quoted(2, OTHER),
            Claim("No more is known.", (1,), "supported"),
        ],
        [citation(1, QUOTE), citation(2, OTHER)],
    )
    assert off(reply) == [
        "It was at 2:45 [1].",
        f"«{OTHER}» [2]",
        "    002",
        "No more is known [1].",
        "",
        f"[1] «{QUOTE}»",
        "    001",
    ]


# Every part of an answer


def test_a_short_answer_to_a_follow_up_in_english_with_the_quote_word_for_word() -> None:
    cited = citation(1, QUOTE, gloss="occurred the attack at the hour 2:45 in the afternoon.")
    claims = [quoted(1, QUOTE, "5 July 2021", "the reports")]
    asked = "When did the attack happen?"
    assert off(answer("en", claims, [cited], read_as=asked, short=short("2:45 pm", 1))) == [
        "(Read as: When did the attack happen?)",
        "2:45 pm [1]",
        "",
        "On the events of 5 July 2021, the article says:",
        f"«{QUOTE}» [1]",
        "    according to the reports",
        "    word for word: occurred the attack at the hour 2:45 in the afternoon.",
        "    001",
    ]


def test_what_the_sources_differ_on_in_arabic_is_a_list_before_the_quotes() -> None:
    told = [value("ثلاثة صواريخ على الأقل", COLONEL, 1), value("6 صواريخ", None, 2)]
    reply = replace(TWO_QUOTES, read_as="كم صاروخا؟", disagreements=({"about": "صواريخ", "values": told},))
    assert off(reply) == [
        "(فُهم السؤال: كم صاروخا؟)",
        "المصادر تختلف:",
        f"  • ثلاثة صواريخ على الأقل، بحسب {COLONEL} [1]",
        "  • 6 صواريخ [2]",
        "",
        *off(TWO_QUOTES)[1:],
    ]


def test_a_false_premise_is_contradicted_by_a_quote() -> None:
    cited = citation(1, QUOTE, gloss="noting that the attack did not result in dead")
    assert off(answer("en", [quoted(1, QUOTE)], [cited], premise="contradicted")) == [
        "The articles report the opposite [1]:",
        f"«{QUOTE}» [1]",
        "    word for word: noting that the attack did not result in dead",
        "    001",
    ]


def test_the_quotes_of_several_events_are_set_apart() -> None:
    claims = [quoted(1, QUOTE, "5 يوليو/تموز 2021"), quoted(2, OTHER, "يناير 2020")]
    reply = replace(TWO_QUOTES, claims=tuple(claims))
    assert off(reply) == [
        "جاء في المقالات:",
        "5 يوليو/تموز 2021:",
        *off(TWO_QUOTES)[1:3],
        "",
        "يناير 2020:",
        *off(TWO_QUOTES)[3:],
    ]


@pytest.mark.parametrize(
    ("notice", "english", "arabic"),
    [
        (
            "llm_language",
            "The model answered in another language; these are quotes from the articles.",
            "أجاب النموذج بلغة أخرى؛ هذه اقتباسات من المقالات.",
        ),
        (
            "llm_unavailable",
            "The model did not answer; these are quotes from the articles.",
            "لم يجب النموذج؛ هذه اقتباسات من المقالات.",
        ),
    ],
)
def test_notices_follow_the_answer(notice: str, english: str, arabic: str) -> None:
    assert off(replace(TWO_QUOTES, notices=(notice,)))[-2:] == ["", arabic]
    assert off(replace(TWO_QUOTES, language="en", notices=(notice,)))[-2:] == ["", english]


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
    glossed = replace(reply, read_as="And Ramadi?", nearest=(citation(1, QUOTE, gloss="occurred the attack"),))
    assert off(glossed)[:2] == ["(Read as: And Ramadi?)", "Not in these articles: population."]
    assert off(glossed)[-2:] == ["    word for word: occurred the attack", "    001"]
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


def width_of(line: str) -> int:
    return cell_len(INVISIBLE.sub("", line))


@pytest.mark.parametrize("mode", ["terminal", "reorder"])
@given(reply=answers(), width=st.integers(min_value=20, max_value=100))
def test_no_line_of_a_reply_is_wider_than_the_display(mode: Mode, reply: Answer, width: int) -> None:
    nearest = replace(TWO_QUOTES.citations[1], title=" ".join([QUOTE] * 5))
    refusal = Refusal("?", "en", "Not in these articles: population.", "extractive", nearest=(nearest,))
    lines = [line for one in (reply, refusal) for line in reply_lines(one, mode, width)]
    assert [line for line in lines if width_of(line) > width] == []


@given(reply=answers())
def test_every_quote_its_number_and_its_article_are_shown(reply: Answer) -> None:
    shown = "\n".join(off(reply))
    for one in reply.citations:
        assert f"«{one.quote}»" in shown
        assert f"[{one.number}]" in shown
        assert f"    {one.article_id}" in shown or f"    [{one.number}] {one.article_id}" in shown
    assert INVISIBLE.findall(shown) == []


@given(reply=answers())
def test_a_terminal_is_told_the_same_as_a_file(reply: Answer) -> None:
    def words(mode: Mode) -> list[str]:
        return INVISIBLE.sub("", " ".join(reply_lines(reply, mode, 80))).split()

    assert words("terminal") == words("off")


def test_an_answer_reads_from_the_right_where_sanad_orders_the_text_itself() -> None:
    reply = answer("ar", [quoted(1, "بيت CNN")], [citation(1, "بيت CNN", "أ")], short=short("دور", 1))
    assert reply_lines(reply, "reorder", 20) == [
        "             [1] \ufead\ufeed\ufea9",
        "",
        "       [1] «CNN \ufe96\ufef4\ufe91»",
        "               \ufe83    ",
    ]


def test_an_answer_is_isolated_where_the_terminal_orders_the_text() -> None:
    reply = answer("ar", [quoted(1, "بيت دور CNN")], [citation(1, "بيت دور CNN")], short=short("F-16", 1))
    assert reply_lines(reply, "terminal", 40) == [
        "\u200f\u2067\u2066F-16\u2069 \u2066[1]\u2069\u2069",
        "",
        "\u200f\u2067«بيت دور \u2066CNN\u2069» \u2066[1]\u2069\u2069",
        "    \u200f\u2067001\u2069",
    ]


def test_an_english_line_stays_one_however_much_arabic_is_in_it() -> None:
    told = [value("3", "المتحدث باسم التحالف الدولي", 1), value("6", None, 1)]
    reply = answer("en", [quoted(1, QUOTE)], [citation(1, QUOTE)], disagreements=({"about": "", "values": told},))
    assert reply_lines(reply, "terminal", 80)[:2] == [
        "The sources differ:",
        "  • 3, according to \u2067المتحدث باسم التحالف الدولي\u2069 [1]",
    ]
    assert reply_lines(reply, "reorder", 80)[1].startswith("  • 3, according to \ufef2")
