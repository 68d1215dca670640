"""Folding, scripts, and the characters of no width."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.language.characters import ARABIC_LETTER, INVISIBLE, LATIN_LETTER, fold, is_arabic, script
from rag.model import Language

from .strategies import THREE_SCRIPTS, in_digits, patient, texts


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("الأُمّة ٢٠٢١", "الامه 2021"),
        ("أإآٱا", "ااااا"),
        ("مصطفى", "مصطفي"),
        ("قاعدة", "قاعده"),
        ("مسؤول", "مسوول"),
        ("مئة", "ميه"),
        ("فضاء", "فضاء"),
        ("هجومًا", "هجوما"),
        ("هٰذا", "هذا"),
        ("عـــين", "عين"),
        ("ایران کے", "ايران كي"),
        ("گوگل پاکستان چاڤيز ژاله", "كوكل باكستان جافيز زاله"),
        ("ﻻ ﷲ", "لا الله"),
        ("ﺳﻠﻴﻤﺎﻧﻲ", "سليماني"),
        ("KIRBY", "kirby"),
        ("Erdoğan", "erdogan"),
        ("Strasse Straße", "strasse strasse"),
        ("Kirby’s", "kirby's"),
        ("ﬁle", "file"),
        ("１２３", "123"),
        ("", ""),
    ],
)
def test_spellings_of_one_word_fold_alike(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(("one", "other"), [("علي", "علا"), ("حرب", "جرب"), ("قال", "فال"), ("march", "match")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@patient
@given(texts)
@example("\u0345\u0390")
@example("İ")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@patient
@given(st.text(max_size=40))
def test_characters_fold_alone_as_compatibility_and_case_fold_them_together(text: str) -> None:
    compatible = unicodedata.normalize("NFKD", text.casefold())
    assert fold(text) == "".join(map(fold, text)) == fold(compatible)


@patient
@given(texts, st.sampled_from("\u200f\u200e\u202b\u2067\ufeff\u00ad\u061c"), st.integers(0, 40))
def test_a_character_of_no_width_anywhere_changes_nothing(text: str, mark: str, place: int) -> None:
    assert fold(text[:place] + mark + text[place:]) == fold(text)


@given(st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي ", max_size=30), st.data())
def test_vowel_marks_and_tatweel_change_nothing(bare: str, data: st.DataObject) -> None:
    marks = data.draw(st.lists(st.text("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652ـ", max_size=2)))
    marked = "".join(c + (marks[i] if i < len(marks) else "") for i, c in enumerate(bare))
    assert fold(marked) == fold(bare) == bare


@given(st.text("0123456789 .:/-", max_size=20))
def test_digits_of_three_scripts_fold_alike(text: str) -> None:
    assert [fold(in_digits(text, digits)) for digits in THREE_SCRIPTS] == [text] * 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ما عدد الجنود؟", "ar"),
        ("How many soldiers?", "en"),
        ("قال كيربي لشبكة CNN", "ar"),
        ("The attack on عين الأسد base", "en"),
        ("abc ابت", "ar"),
        ("Élysée", "en"),
        ("ایران", "ar"),
        ("2021؟ 5/7", None),
        ("字 Ω", None),
        ("", None),
    ],
)
def test_the_language_is_that_of_most_letters(text: str, language: Language | None) -> None:
    assert script(text) == language


@pytest.mark.parametrize(
    ("word", "arabic"),
    [
        ("عراق", True),
        ("گوگل", True),
        ("ﻻ", True),
        ("kirby", False),
        ("2500", False),
        ("٢٥٠٠", False),
        ("؟", False),
        ("", False),
    ],
)
def test_a_word_is_arabic_by_its_first_letter(word: str, arabic: bool) -> None:
    assert is_arabic(word) is arabic


@pytest.mark.parametrize(
    ("pattern", "character", "matches"),
    [
        (ARABIC_LETTER, "ض", True),
        (ARABIC_LETTER, "ـ", False),
        (ARABIC_LETTER, "،", False),
        (ARABIC_LETTER, "٣", False),
        (ARABIC_LETTER, "\u064e", False),
        (LATIN_LETTER, "é", True),
        (LATIN_LETTER, "1", False),
        (INVISIBLE, "\u200c", True),
        (INVISIBLE, " ", False),
    ],
)
def test_letters_are_told_from_marks_digits_and_punctuation(
    pattern: re.Pattern[str], character: str, matches: bool
) -> None:
    assert bool(pattern.match(character)) is matches
