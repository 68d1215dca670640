"""What an answer shows, part by part: the short answer, what the sources differ on, the events, the quotes."""

from dataclasses import replace

import pytest
from hypothesis import given

from bot.outline import Line, Part, Quotation, outline, understood, unquoted
from rag.model import Answer, Claim, Language
from tests.bot.replies import COLONEL, GRAD, ROCKETS, UNHURT, answer, answers, citation, quoted, short, value

JULY: dict[Language, str] = {"ar": "5 يوليو/تموز 2021", "en": "5 July 2021"}
ONE, TWO = citation(1, ROCKETS), citation(2, GRAD)
CLAIMS = [quoted(1, ROCKETS), quoted(2, GRAD)]


def texts(reply: Answer) -> list[list[str]]:
    return [[part.text for part in group] for group in outline(reply)]


# Quotes


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [("ar", "جاء في المقال:", "جاء في المقالات:"), ("en", "The article says:", "The articles say:")],
)
def test_quotes_stand_under_a_line_that_says_what_they_are(language: Language, one: str, many: str) -> None:
    quotes = [f"«{ROCKETS}» [1]", f"«{GRAD}» [2]"]
    assert texts(answer(language, CLAIMS, [ONE, TWO])) == [[many, *quotes]]
    assert texts(answer(language, CLAIMS, [ONE, replace(TWO, article_id="001")])) == [[one, *quotes]]


def test_a_quote_that_two_articles_share_has_both_numbers_and_another_that_agrees_is_shown_apart() -> None:
    copy = citation(2, ROCKETS)
    reply = answer("en", [Claim(f"«{ROCKETS}»", (1, 2, 3), "quoted")], [ONE, copy, citation(3, GRAD)])
    (_, quotation), *_ = outline(reply)
    assert quotation == Quotation(f"«{ROCKETS}» [1][2][3]", "", (ONE, copy))
    assert unquoted(reply) == [citation(3, GRAD)]


def test_who_says_what_is_quoted_is_told_only_where_the_quote_does_not() -> None:
    reply = answer("ar", [quoted(1, ROCKETS, None, COLONEL), quoted(2, GRAD, None, "مَصدر عسكري")], [ONE, TWO])
    voices = [part.voice for part in outline(reply)[0] if isinstance(part, Quotation)]
    assert voices == [f"بحسب {COLONEL}", ""]
    english = outline(replace(reply, language="en"))[0][1]
    assert english == Quotation(f"«{ROCKETS}» [1]", f"according to {COLONEL}", (ONE,))


# A writer's own sentences


def test_sentences_of_a_writer_are_running_text_with_their_numbers_before_the_full_stop() -> None:
    claims = [Claim("Three rockets fell.", (1,), "supported"), Claim("Six, it was said", (1, 2), "supported")]
    reply = answer("en", claims, [ONE, TWO])
    assert texts(reply) == [["Three rockets fell [1]. Six, it was said [1][2]."]]
    assert unquoted(reply) == [ONE, TWO]


def test_sentences_and_quotes_keep_their_order() -> None:
    claims = [Claim("It fell?", (1,), "supported"), quoted(2, GRAD), Claim("So it was.", (1,), "supported")]
    assert texts(answer("en", claims, [ONE, TWO])) == [["It fell [1]?", f"«{GRAD}» [2]", "So it was [1]."]]


def test_the_words_of_the_reply_as_one_text_are_not_looked_at() -> None:
    reply = answer("en", CLAIMS, [ONE, TWO])
    assert outline(reply) == outline(replace(reply, text="Something else. [9]"))


# The short answer


@pytest.mark.parametrize(("language", "told"), [("ar", "الساعة 2:45 عصرا"), ("en", "2:45 pm")])
def test_the_short_answer_comes_first_and_is_bold_but_for_its_numbers(language: Language, told: str) -> None:
    reply = answer(language, CLAIMS, [ONE, TWO], short=short(told, 1, 2))
    first, quotes = outline(reply)
    assert first == [Line(f"{told} [1][2]", bold=len(told))]
    assert [part.text for part in quotes] == [f"«{ROCKETS}» [1]", f"«{GRAD}» [2]"]


# What the sources differ on


def test_values_that_differ_are_listed_with_who_tells_them() -> None:
    told = [
        value("ثلاثة صواريخ على الأقل", COLONEL, 1),
        value("6 صواريخ", None, 2),
        value("ثلاثة صواريخ على الأقل", "وزارة الدفاع", 3),
        value("ثلاثة صواريخ على الأقل", None, 4),
    ]
    reply = answer("ar", CLAIMS, [ONE, TWO], disagreements=({"about": "صواريخ", "values": told},))
    differ, quotes = outline(reply)
    assert differ == [
        Line("المصادر تختلف:"),
        Line(f"• ثلاثة صواريخ على الأقل [4]، بحسب {COLONEL} [1]، وبحسب وزارة الدفاع [3]", listed=True),
        Line("• 6 صواريخ [2]", listed=True),
    ]
    assert [part.text for part in quotes] == [f"«{ROCKETS}» [1]", f"«{GRAD}» [2]"]


def test_values_that_differ_are_listed_in_english() -> None:
    told = [value("3 rockets", "the colonel", 1), value("3 rockets", "the ministry", 2), value("6 rockets", None, 3)]
    reply = answer("en", CLAIMS, [ONE, TWO], disagreements=({"about": "rockets", "values": told},))
    assert texts(reply)[0] == [
        "The sources differ:",
        "• 3 rockets, according to the colonel [1], and according to the ministry [2]",
        "• 6 rockets [3]",
    ]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("ar", "المصادر تختلف في «صواريخ»:", "المصادر تختلف في «وقت»:"),
        ("en", "The sources differ on “صواريخ”:", "The sources differ on “وقت”:"),
    ],
)
def test_several_differences_are_told_apart(language: Language, first: str, second: str) -> None:
    told = [value("1", None, 1), value("2", None, 2)]
    differing = tuple({"about": about, "values": told} for about in ("صواريخ", "وقت"))
    reply = answer(language, CLAIMS, [ONE, TWO], disagreements=differing)
    assert [group[0] for group in texts(reply)[:2]] == [first, second]


def test_a_voice_that_the_list_names_is_not_named_again_under_its_quote() -> None:
    told = [value("3", COLONEL, 1), value("6", None, 2)]
    claims = [quoted(1, ROCKETS, None, COLONEL), quoted(2, GRAD, None, "وزارة")]
    reply = answer("ar", claims, [ONE, TWO], disagreements=({"about": "", "values": told},))
    assert [part.voice for part in outline(reply)[1] if isinstance(part, Quotation)] == ["", "بحسب وزارة"]


# A premise that the articles contradict


@pytest.mark.parametrize(
    ("language", "frame", "dated"),
    [
        (
            "ar",
            "المقالات تفيد بعكس ذلك [1]:",
            "بشأن أحداث 5 يوليو/تموز 2021، المقالات تفيد بعكس ذلك [1]:",
        ),
        (
            "en",
            "The articles report the opposite [1]:",
            "On the events of 5 July 2021, the articles report the opposite [1]:",
        ),
    ],
)
def test_what_contradicts_the_question_is_framed_so(language: Language, frame: str, dated: str) -> None:
    cited = [citation(1, UNHURT)]
    reply = answer(language, [quoted(1, UNHURT)], cited, premise="contradicted")
    assert texts(reply) == [[frame, f"«{UNHURT}» [1]"]]
    of_event = answer(language, [quoted(1, UNHURT, JULY[language])], cited, premise="contradicted")
    assert texts(of_event) == [[dated, f"«{UNHURT}» [1]"]]
    written = answer(language, [Claim("-.", (1,), "supported")], cited, premise="contradicted")
    assert texts(written) == [[frame, "- [1]."]]


# Events


@pytest.mark.parametrize(
    ("language", "lead", "differ"),
    [
        (
            "ar",
            "بشأن أحداث 5 يوليو/تموز 2021، جاء في المقالات:",
            "بشأن أحداث 5 يوليو/تموز 2021، المصادر تختلف:",
        ),
        ("en", "On the events of 5 July 2021, the articles say:", "On the events of 5 July 2021, the sources differ:"),
    ],
)
def test_the_date_of_one_event_is_told_once(language: Language, lead: str, differ: str) -> None:
    claims = [quoted(1, ROCKETS, JULY[language]), quoted(2, GRAD, JULY[language])]
    quotes = [f"«{ROCKETS}» [1]", f"«{GRAD}» [2]"]
    reply = answer(language, claims, [ONE, TWO])
    assert texts(reply) == [[lead, *quotes]]
    assert texts(replace(reply, short=short("3", 1))) == [["3 [1]"], [lead, *quotes]]
    told = {"about": "", "values": [value("3", None, 1), value("6", None, 2)]}
    assert texts(replace(reply, disagreements=(told,))) == [[differ, "• 3 [1]", "• 6 [2]"], quotes]


@pytest.mark.parametrize(
    ("language", "lead", "undated"),
    [("ar", "جاء في المقالات:", "بلا تاريخ:"), ("en", "The articles say:", "Undated:")],
)
def test_quotes_of_several_events_stand_under_the_date_of_theirs(language: Language, lead: str, undated: str) -> None:
    dates = {"ar": ("5 يوليو/تموز 2021", "2024 (تاريخ مستنتج)"), "en": ("5 July 2021", "2024 (inferred)")}[language]
    claims = [quoted(1, ROCKETS, dates[0]), quoted(2, GRAD), quoted(3, UNHURT, dates[1]), quoted(4, "6", dates[0])]
    cited = [ONE, TWO, citation(3, UNHURT), citation(4, "6")]
    reply = answer(language, claims, cited)
    assert texts(reply) == [
        [lead, f"{dates[0]}:", f"«{ROCKETS}» [1]", "«6» [4]"],
        [undated, f"«{GRAD}» [2]"],
        [f"{dates[1]}:", f"«{UNHURT}» [3]"],
    ]
    assert outline(reply)[0][1] == Line(f"{dates[0]}:", bold=len(dates[0]) + 1)
    assert texts(replace(reply, short=short("6", 4)))[:2] == [["6 [4]"], texts(reply)[0][1:]]


# A follow-up


@pytest.mark.parametrize(
    ("language", "question", "line"),
    [
        ("ar", "ماذا قال واين ماروتو؟", "(فُهم السؤال: ماذا قال واين ماروتو؟)"),
        ("en", "What did Wayne Maroto say?", "(Read as: What did Wayne Maroto say?)"),
    ],
)
def test_how_a_follow_up_was_understood_comes_before_everything(language: Language, question: str, line: str) -> None:
    reply = answer(language, CLAIMS, [ONE, TWO], read_as=question, short=short("6", 1))
    assert texts(reply)[0] == [line, "6 [1]"]
    assert texts(replace(reply, short=None))[0][0] == line
    assert understood(reply) == [Line(line)]
    assert understood(replace(reply, read_as=None)) == []


# Whatever goes together


def numbers(part: Part) -> list[int]:
    return [citation.number for citation in part.citations] if isinstance(part, Quotation) else []


@given(answers())
def test_every_quote_is_shown_once_with_its_source(reply: Answer) -> None:
    parts = [part for group in outline(reply) for part in group]
    shown = [number for part in parts for number in numbers(part)]
    assert set(shown).isdisjoint(citation.number for citation in unquoted(reply))
    assert {*shown, *(citation.number for citation in unquoted(reply))} == {one.number for one in reply.citations}
    assert sum(isinstance(part, Quotation) for part in parts) == sum(one.verdict == "quoted" for one in reply.claims)
    assert [group for group in outline(reply) if not group] == []


@given(answers())
def test_every_line_is_whole_and_says_what_it_stands_for(reply: Answer) -> None:
    parts = [part for group in outline(reply) for part in group]
    assert [part for part in parts if "$" in part.text or not part.text.strip()] == []
    assert [part for part in parts if isinstance(part, Line) and part.bold > len(part.text)] == []
