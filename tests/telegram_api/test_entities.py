"""HTML is read as Telegram reads it, and refused where Telegram's documentation refuses it."""

import pytest

from tests.telegram_api.entities import Entity, ParseError, kept, parse, visible


def test_html_is_read_as_telegram_reads_it() -> None:
    plain, entities = parse("<blockquote expandable>😀a &lt;<b>b</b></blockquote> &amp;")
    assert plain == "😀a <b &"
    assert entities == [Entity("bold", 5, "b"), Entity("expandable_blockquote", 0, "😀a <b")]
    assert entities[1].json == {"type": "expandable_blockquote", "offset": 0, "length": 6}


def test_every_tag_has_its_entity() -> None:
    html = '<a href="https://a.b/?x=1&amp;y=2">l</a><tg-spoiler>s</tg-spoiler><span class="tg-spoiler">t</span>'
    assert parse(html)[1] == [
        Entity("text_link", 0, "l", "https://a.b/?x=1&y=2"),
        Entity("spoiler", 1, "s"),
        Entity("spoiler", 2, "t"),
    ]
    assert parse('<pre><code class="language-py">x</code></pre>')[1] == [Entity("code", 0, "x"), Entity("pre", 0, "x")]
    assert [one.type for one in parse("<ins>a</ins><del>b</del><em>c</em><strong>d</strong>")[1]] == [
        "underline", "strikethrough", "italic", "bold",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "html",
    [
        "<b>x", "x</b>", "<b><i>x</b></i>", "<p>x</p>", "a < b", "a > b", "a & b", "&nbsp;", "<b x>y</b>", "<a>x</a>",
        "<blockquote>a<blockquote>b</blockquote></blockquote>", "<b><blockquote>a<i><blockquote expandable>b</blockquote>",
        "<blockquote expandable=\"1\">a</blockquote>", "<code><b>a</b></code>", "<span>a</span>", "&#55357;", "&#x110000;",
        '<a href="">x</a>', "<B>x</B>", "<br>", "<br/>",
    ],
)  # fmt: skip
def test_html_that_telegram_refuses_is_refused(html: str) -> None:
    with pytest.raises(ParseError, match="can't parse entities"):
        parse(html)


def test_errors_are_worded_as_telegrams() -> None:
    with pytest.raises(ParseError, match=r'^can\'t parse entities: Unsupported start tag "p" at byte offset 4$'):
        parse("ام<p>")
    with pytest.raises(ParseError, match=r'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"$'):
        parse("<b><i>x</b></i>")


def test_text_is_kept_as_telegram_keeps_it_and_its_entities_move_along() -> None:
    assert kept(" \n a\r\x00\u202eb\t\u2028 c \n") == "a b  c"
    plain, entities = parse(" \n<b> 😀\r\u202ax </b>y <i> </i>\n")
    assert plain == "😀x y"
    assert entities == [Entity("bold", 0, "😀x ")]


def test_marks_that_nobody_sees_are_no_text() -> None:
    assert not visible("\u2067\u202e\u200f \n")
    assert visible("\u2068؟\u2069")


def test_no_more_than_a_hundred_entities_are_kept() -> None:
    assert len(parse("<b>x</b> " * 120)[1]) == 100
