"""Paragraphs to messages: escaped, isolated, cut to Telegram's limit."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram_bot.markup import LIMIT, Paragraph, clean, messages, utf16
from rag.model import Language
from tests.telegram_api.entities import parse

MARKS = re.compile("[\u2068\u2069\u200e\u200f]")
ARABIC = "قال متحدث باسم التحالف الدولي إن ثلاثة صواريخ سقطت في محيط القاعدة. "
PARTS = [*"اب ت ثCNN F-16 <b>&amp;\n\n. ؟…😀👨‍👩‍👧\u202e\u2067\x00", "قال ", "said ", "[1]", "[23]", "\ud83d"]
TEXTS = st.lists(st.sampled_from(PARTS), max_size=300).map("".join)


def bare(html: str) -> str:
    """The plain text of HTML without isolates and marks of direction."""
    return MARKS.sub("", parse(html)[0])


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_everything_is_escaped() -> None:
    (message,) = messages([Paragraph('<b>1 & 2</b> "3" &amp; <script>')])
    assert message.html == '&lt;b&gt;1 &amp; 2&lt;/b&gt; "3" &amp;amp; &lt;script&gt;'
    assert message.plain == '<b>1 & 2</b> "3" &amp; <script>'


def test_latin_runs_and_numbers_of_citations_are_isolated_in_arabic_lines() -> None:
    (message,) = messages([Paragraph("قالت CNN News إن طائرة F-16 سقطت. [1][2]")])
    assert message.html == "قالت \u2068CNN News\u2069 إن طائرة \u2068F-16\u2069 سقطت. \u2068[1][2]\u2069"


def test_english_lines_keep_their_numbers_and_isolate_arabic() -> None:
    (message,) = messages([Paragraph("The army (الجيش) said so. [1]")])
    assert message.html == "The army \u2068(الجيش)\u2069 said so. [1]"


def test_a_command_in_an_arabic_line_stays_whole() -> None:
    (message,) = messages([Paragraph("اكتب /about لتعرف")])
    assert message.html == "اكتب \u2068/about\u2069 لتعرف"


def test_marks_that_steer_direction_are_taken_out() -> None:
    assert clean("a\u202eb\u2066c\u2069d\u200fe\u061cf") == "abcdef"
    assert clean("a\x00b\nc\ud800") == "a b\nc "


def test_bold_words_stand_in_their_quote() -> None:
    (message,) = messages([Paragraph("  قبل CNN بعد", (6, 9), quoted=True)])
    assert message.html == "<blockquote expandable>قبل <b>\u2068CNN\u2069</b> بعد</blockquote>"


def test_an_italic_paragraph_is_italic_within_its_quote() -> None:
    (message,) = messages([Paragraph("two <words>", (0, 3), quoted=True, italic=True)])
    assert message.html == "<blockquote expandable><i><b>two</b> &lt;words&gt;</i></blockquote>"


def test_a_line_has_the_direction_of_its_language_whatever_most_of_its_letters_are() -> None:
    (message,) = messages([Paragraph("3, by المتحدث باسم التحالف [1]", language="en")])
    assert message.html == "3, by \u2068المتحدث باسم التحالف\u2069 [1]"
    (message,) = messages([Paragraph("قال Wayne Maroto of the coalition", language="ar")])
    assert message.html == "قال \u2068Wayne Maroto of the coalition\u2069"


def test_a_line_without_a_letter_of_its_language_is_told_its_direction() -> None:
    (message,) = messages([Paragraph("F-16 [1]\nقال\n\n6 [2]", (0, 4), language="ar")])
    assert message.html == "<b>\u200f\u2068F-16\u2069</b> \u2068[1]\u2069\nقال\n\n\u200f6 \u2068[2]\u2069"
    (message,) = messages([Paragraph("الأنبار [1]", language="en")])
    assert message.html == "\u200e\u2068الأنبار\u2069 [1]"
    assert messages([Paragraph("6 [1]")])[0].html == "6 [1]"


@pytest.mark.parametrize(
    ("text", "language", "begins"),
    [
        ("CNN قالت", "ar", "\u200f\u2068CNN"), ("2:45 عصرا", "ar", "\u200f2:45"), ("[1] وكالة", None, "\u200f\u2068[1]"),
        ("• 3 صواريخ", "ar", "\u200f• 3"), ("«قال»", "ar", "«قال"), ("(قال) CNN", "ar", "(قال)"),
        ("وكالة CNN", None, "وكالة"), ("العقيد said so", "en", "\u200e\u2068العقيد"), ("2:45 pm", "en", "2:45"),
        ("[1] Reuters", None, "[1]"),
    ],
)  # fmt: skip
def test_a_line_begins_in_its_own_direction(text: str, language: Language | None, begins: str) -> None:
    (message,) = messages([Paragraph(text, language=language)])
    assert message.plain.startswith(begins)


def test_paragraphs_are_packed_together_and_stay_whole() -> None:
    long = "كلمة " * 700  # 3,500 characters
    found = messages([Paragraph("أولا"), Paragraph("ثانيا", tight=True), Paragraph(long), Paragraph(long)])
    assert [bare(message.html)[:12] for message in found] == ["أولا\nثانيا\n\n", "كلمة كلمة كل"]
    assert len(found) == 2


def test_a_long_paragraph_is_cut_after_sentences_with_the_quote_closed_and_opened_again() -> None:
    found = messages([Paragraph(ARABIC * 200, (100, 9000), quoted=True)])
    assert len(found) >= 4
    for message in found:
        assert message.html.startswith("<blockquote expandable>")
        assert bare(message.html).endswith(".")
        assert [entity.type for entity in parse(message.html)[1]][-1] == "expandable_blockquote"
    assert squeezed("".join(bare(message.html) for message in found)) == squeezed(ARABIC * 200)
    bold = [entity.text for message in found for entity in parse(message.html)[1] if entity.type == "bold"]
    assert squeezed("".join(bold)) == squeezed((ARABIC * 200)[100:9000])


def test_a_citation_is_never_cut_nor_parted_from_its_sentence() -> None:
    text = " ".join(f"{'كلمة' * (i % 7 + 1)} [{i}]" for i in range(1, 1500))
    found = messages([Paragraph(text)])
    assert [number for m in found for number in re.findall(r"\[(\d+)\]", m.plain)] == [str(i) for i in range(1, 1500)]
    assert [m.plain[:10] for m in found if m.plain.lstrip("\u2068").startswith("[")] == []


@pytest.mark.parametrize("unit", ["a", "ا", "😀", "aا", "<", "[12]"])
def test_one_endless_word_is_cut_to_the_limit(unit: str) -> None:
    found = messages([Paragraph(unit * 10_000)])
    assert max(utf16(parse(message.html)[0]) for message in found) <= LIMIT
    assert "".join(bare(message.html) for message in found) == unit * 10_000


STRETCHES = st.tuples(st.integers(0, 200), st.integers(0, 200)).map(lambda ends: (min(ends), max(ends)))
LANGUAGES: st.SearchStrategy[Language | None] = st.sampled_from((None, "ar", "en"))
PARAGRAPHS = st.builds(Paragraph, TEXTS, STRETCHES, st.booleans(), st.booleans(), st.booleans(), LANGUAGES)


@settings(deadline=None, max_examples=150)
@given(st.lists(PARAGRAPHS, max_size=6), st.integers(1, 40))
def test_whatever_comes_telegram_takes_it(parts: list[Paragraph], times: int) -> None:
    paragraphs = [replace(part, text=part.text * times) for part in parts]
    found = messages(paragraphs)
    for message in found:
        plain, _ = parse(message.html)
        assert plain == message.plain
        assert 0 < utf16(plain) <= LIMIT
        assert plain.strip()
        message.html.encode()
        assert plain.count("\u2068") == plain.count("\u2069")
    assert squeezed("".join(bare(m.html) for m in found)) == squeezed("".join(clean(p.text) for p in paragraphs))


ANYTHING = st.text(max_size=300) | st.text(
    st.characters(categories=["Cs", "Cc", "Cf", "Lo", "So", "Mn", "Nd"]), max_size=300
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.builds(Paragraph, ANYTHING, STRETCHES, st.booleans(), st.booleans(), st.booleans(), LANGUAGES), max_size=4
    )
)
def test_no_character_at_all_is_refused_or_lost(paragraphs: list[Paragraph]) -> None:
    found = messages(paragraphs)
    for message in found:
        assert parse(message.html)[0] == message.plain
        assert 0 < utf16(message.plain) <= LIMIT
        message.plain.encode()
    assert squeezed("".join(bare(m.html) for m in found)) == squeezed("".join(clean(p.text) for p in paragraphs))


@settings(deadline=None, max_examples=15)
@given(TEXTS.filter(str.strip), LANGUAGES, st.booleans())
def test_a_hundred_kilobytes_are_cut_into_messages_that_telegram_takes(
    text: str, language: Language | None, quoted: bool
) -> None:
    long = (text * (100_000 // len(text.encode("utf-8", "replace")) + 1))[:100_000]
    found = messages([Paragraph(long, quoted=quoted, language=language)])
    assert all(0 < utf16(parse(message.html)[0]) <= LIMIT for message in found)
    assert squeezed("".join(bare(m.html) for m in found)) == squeezed(clean(long))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(["قال ", "CNN ", "6 ", "«نعم» ", "• ", "[1]", "[12] ", "\n", "صواريخ. "]),
        min_size=1,
        max_size=200,
    ),
    st.integers(1, 12),
)
def test_arabic_lines_begin_arabic_and_no_number_is_cut_or_bare(parts: list[str], times: int) -> None:
    text = "".join(parts) * times
    found = messages([Paragraph(text, language="ar")])
    for line in "\n".join(message.plain for message in found).split("\n"):
        telling = re.search(r"[\u200f\u0620-\u064a\u2068A-Z0-9\[]", line)
        assert telling is None or telling[0] == "\u200f" or "\u0620" <= telling[0] <= "\u064a"
    assert [n for m in found for n in re.findall(r"\[\d+\]", m.plain)] == re.findall(r"\[\d+\]", text)
    for message in found:
        outside = re.sub("\u2068[^\u2069]*\u2069", "", message.plain)
        assert not re.search(r"[A-Z\[\]]", outside)
