"""The buttons under an answer."""

from bot.telegram_bot.buttons import keyboard, pressed
from rag.model import Answer, Citation, Language, Refusal

ID = "A-b_9xYz0123"


def citations(count: int) -> tuple[Citation, ...]:
    return tuple(Citation(i, f"a{i}", "", "", "2024-08", None, None, "q", 0, 1, "q") for i in range(1, count + 1))


def numbers(language: Language, count: int) -> list[list[str]]:
    made = keyboard(Answer("q", language, "t", "w", citations=citations(count)), ID)
    assert made
    return [[str(button.callback_data).rsplit(":", 1)[1] for button in row] for row in made.inline_keyboard]


def test_each_source_has_a_button_and_arabic_rows_run_from_the_right() -> None:
    assert numbers("en", 3) == [["1", "2"], ["3"]]
    assert numbers("ar", 3) == [["2", "1"], ["3"]]
    assert len([number for row in numbers("en", 150) for number in row]) == 100


def test_a_button_is_bound_to_its_answer() -> None:
    made = keyboard(Refusal("q", "ar", "t", "w", nearest=citations(1)), ID)
    assert made
    button = made.inline_keyboard[0][0]
    assert (button.text, button.callback_data) == ("\u2068[1]\u2069 \u2068أغسطس 2024\u2069", f"s:{ID}:1")
    assert pressed(str(button.callback_data)) == (ID, 1)


def test_without_sources_there_are_no_buttons() -> None:
    assert keyboard(Refusal("q", "ar", "t", "w"), ID) is None


def test_what_is_no_button_of_ours_is_not_read() -> None:
    assert [pressed(data) for data in ("", "s:a:", "s:a:x", "x:a:1", "s:a'b:1", "s:a:1\n")] == [None] * 6
