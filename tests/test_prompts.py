"""Prompts as data."""

import pytest

from rag.prompts import prompt


def test_a_prompt_has_its_variables_filled() -> None:
    assert prompt("passage", number=3, about="2021-07-05", text="نص") == "[3] 2021-07-05\n<<<\nنص\n>>>"


def test_a_missing_variable_raises() -> None:
    with pytest.raises(KeyError, match="about"):
        prompt("passage", number=3, text="نص")


def test_the_system_prompt_says_how_to_refuse() -> None:
    text = prompt("system", language_name="Arabic", most_sentences=5, no_answer="NOT_IN_PASSAGES")
    assert "NOT_IN_PASSAGES" in text
    assert "Arabic" in text
