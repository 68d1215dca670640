"""The buttons under an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup

from bot.telegram_bot.buttons import counted, keyboard, link, linked, pressed
from rag.model import Answer, Citation, Language, Refusal

ID = "A-b_9xYz0123"


def citations(count: int) -> tuple[Citation, ...]:
    return tuple(Citation(i, f"a{i}", "", "", "2024-08", None, None, "q", 0, 1, "q") for i in range(1, count + 1))


def made(language: Language, count: int) -> InlineKeyboardMarkup:
    return keyboard(Answer("q", language, "t", "w", citations=citations(count)), ID)


def data(markup: InlineKeyboardMarkup) -> list[list[str]]:
    return [[str(button.callback_data).replace(f":{ID}:", "") for button in row] for row in markup.inline_keyboard]


def test_sources_come_first_then_all_of_them_then_the_ratings_and_arabic_rows_run_from_the_right() -> None:
    assert data(made("en", 3)) == [["s1", "s2"], ["s3"], ["a0"], ["f1", "f0"]]
    assert data(made("ar", 3)) == [["s2", "s1"], ["s3"], ["a0"], ["f0", "f1"]]


def test_one_source_needs_no_button_for_all_of_them_and_none_only_the_ratings() -> None:
    assert data(made("en", 1)) == [["s1"], ["f1", "f0"]]
    assert data(keyboard(Refusal("q", "en", "t", "w"), ID)) == [["f1", "f0"]]


def test_there_are_never_more_buttons_than_telegram_takes() -> None:
    rows = made("en", 150).inline_keyboard
    assert len([button for row in rows for button in row]) == 99
    assert all(1 <= len(str(button.callback_data).encode()) <= 64 for row in rows for button in row)


def test_a_button_is_bound_to_its_answer() -> None:
    button = keyboard(Refusal("q", "ar", "t", "w", nearest=citations(1)), ID).inline_keyboard[0][0]
    assert (button.text, button.callback_data) == ("\u2068[1]\u2069 \u2068أغسطس 2024\u2069", f"s:{ID}:1")
    assert pressed(f"{ID}:1") == (ID, 1)


def labels(*sources: tuple[str, str, str, str]) -> list[str]:
    """What the buttons of sources say, each given by its article, publisher, title and date."""
    made = tuple(
        Citation(i, article, title, publisher, published or None, None, None, "q", 0, 1, "q")
        for i, (article, publisher, title, published) in enumerate(sources, 1)
    )
    rows = keyboard(Answer("q", "en", "t", "w", citations=made), ID).inline_keyboard
    return [button.text for row in rows for button in row if str(button.callback_data).startswith("s:")]


def test_sources_that_would_be_called_alike_are_told_apart() -> None:
    marks = str.maketrans("", "", "\u2068\u2069")
    told = labels(
        ("a", "", "Ain al-Asad hit", "2024-08-06"),
        ("b", "", "A very long headline about rockets and bases", "2024-08-06"),
        ("b", "", "A very long headline about rockets and bases", "2024-08-06"),
        ("c", "", "Other", "2021-07-05"),
        ("d", "CNN", "Fire", "2020-01-02"),
        ("e", "CNN", "Flood", "2020-01-03"),
        ("f", "BBC", "Flood", "2020-01-03"),
        ("g", "", "", ""),
    )
    assert [label.translate(marks) for label in told] == [
        "[1] Ain al-Asad hit",
        "[2] A very long headline about …",
        "[3] A very long headline about …",
        "[4] 5 July 2021",
        "[5] CNN · 2 January 2020",
        "[6] CNN · 3 January 2020",
        "[7] BBC",
        "[8] g",
    ]


def test_what_everybody_thinks_stands_beside_the_ratings_and_nothing_else_changes() -> None:
    before = made("ar", 3)
    after = counted(before.inline_keyboard, 1200, 0)
    assert [button.text for button in after.inline_keyboard[-1]] == ["👎", "👍 1,200"]
    assert (data(after), after.inline_keyboard[:-1]) == (data(before), before.inline_keyboard[:-1])
    assert counted(after.inline_keyboard, 0, 0) == before


@pytest.mark.parametrize("rest", ["", "a:", "a:x", "a:-1", "a'b:1", "a:1\n", "a:٣", "a:99999", f"{'a' * 41}:1"])
def test_what_is_no_button_of_ours_is_not_read(rest: str) -> None:
    assert pressed(rest) is None


@given(st.from_regex(r"[A-Za-z0-9_-]{12}", fullmatch=True), st.integers(1, 9999))
def test_a_link_opens_the_source_it_was_made_for(answer_id: str, number: int) -> None:
    address = link("sanad_bot", answer_id, number)
    start, _, payload = address.partition("?start=")
    assert start == "https://t.me/sanad_bot"
    assert len(payload) <= 64
    assert linked(payload) == (answer_id, number)


@pytest.mark.parametrize("payload", ["", "s", "s__1", "s_a_", "s_a_1x", "x_a_1", "s_a b_1"])
def test_another_link_is_none_of_ours(payload: str) -> None:
    assert linked(payload) is None
