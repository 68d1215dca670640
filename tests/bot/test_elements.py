"""HTML from nested calls: escaping, directions, and what no text can break out of."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.elements import Html, element, isolated, joined, void, written


class Read(HTMLParser):
    """The texts and elements of a piece of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"))


@given(ANY, ANY)
def test_no_text_and_no_attribute_becomes_an_element(text: str, value: str) -> None:
    read = Read(element("p", text, title=value))
    assert [tag for tag, _ in read.tags] == ["p"]


@given(st.text("<>&\"'/!-=sb قx\u2066\u202e"))
def test_what_is_read_is_what_was_written(text: str) -> None:
    read = Read(written("p", text, title=text))
    assert "".join(read.texts) == text
    assert read.tags[0][1]["title"] == text


def test_html_is_put_in_as_it_is_and_text_is_not() -> None:
    assert element("p", "<b>", element("b", "x")) == "<p>&lt;b&gt;<b>x</b></p>"
    assert joined("a<", Html("<br>")) == "a&lt;<br>"
    assert void("meta", http_equiv="X", content=None) == '<meta http-equiv="X">'


@pytest.mark.parametrize("unfit", ["\0", "\x1b", "\x9f", "\ud800", "\ufffe"])
def test_what_html_cannot_hold_is_replaced(unfit: str) -> None:
    assert element("p", f"a{unfit}b") == "<p>a\ufffdb</p>"


def test_people_s_texts_have_their_own_direction_and_language() -> None:
    assert written("p", "قال") == '<p dir="rtl" lang="ar">قال</p>'
    assert written("p", "He said", class_="x") == '<p dir="ltr" lang="en" class="x">He said</p>'
    assert written("p", "12") == '<p dir="ltr">12</p>'
    assert written("p", "قال ", element("mark", "He")) == '<p dir="rtl" lang="ar">قال <mark>He</mark></p>'


def test_runs_of_the_other_direction_are_isolated() -> None:
    assert isolated("قالت CNN <1> [1]") == "قالت <bdi>CNN</bdi> &lt;1&gt; <bdi>[1]</bdi>"
    assert isolated("He said قال <b>") == "He said <bdi>قال</bdi> &lt;b&gt;"
