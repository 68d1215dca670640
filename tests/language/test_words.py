"""Words and figures, and where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.characters import INVISIBLE, fold
from rag.language.words import Word, count_words, words

from .strategies import patient, prose, texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قاعدة عين الأسد", ["قاعدة", "عين", "الأسد"]),
        ('سوريا بـ"القانونية".', ["سوريا", "بـ", "القانونية"]),
        ("“داعش”، ثم…", ["داعش", "ثم"]),
        ("الساعة 2:45 عصراً", ["الساعة", "2:45", "عصراً"]),
        ("2.5 و1,500 و٣٫٥ و١٬٥٠٠", ["2.5", "و", "1,500", "و", "٣٫٥", "و", "١٬٥٠٠"]),
        ("5/7/2021 2021-07-05 90كم", ["5/7/2021", "2021-07-05", "90", "كم"]),
        ("في العام 2021 .أعلنت", ["في", "العام", "2021", "أعلنت"]),
        ("يوليو/تموز", ["يوليو", "تموز"]),
        ("twenty-five F-16s", ["twenty", "five", "F", "16", "s"]),
        ("Kirby's don’t 'quoted'", ["Kirby's", "don’t", "quoted"]),
        ("U.S. أ.ف.ب", ["U", "S", "أ", "ف", "ب"]),
        ("snake_case", ["snake", "case"]),
        ("100% $5 @name #tag", ["100", "5", "name", "tag"]),
        ("ـــ ʼ ' — …؟", []),
        ("", []),
    ],
)
def test_words_and_figures_are_found_and_punctuation_left_out(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected


def test_a_word_has_its_text_its_folded_form_and_its_offsets() -> None:
    assert words("في ٢٠٢١، أَعلنت\u200f") == [
        Word("في", "في", 0, 2),
        Word("٢٠٢١", "2021", 3, 7),
        Word("أَعلنت", "اعلنت", 9, 16),
    ]


@pytest.mark.parametrize(
    ("text", "is_figure"),
    [("12", True), ("٢٫٥", True), ("14:45", True), ("2021-07-05", True), ("twelve", False), ("ألف", False)],
)
def test_a_figure_is_written_in_digits(text: str, is_figure: bool) -> None:
    assert [word.is_figure for word in words(text)] == [is_figure]


def test_a_ligature_of_several_words_is_one_word_without_spaces() -> None:
    assert [word.folded for word in words("النبي ﷺ")] == ["النبي", "صلياللهعليهوسلم"]


@patient
@given(texts)
def test_offsets_lead_back_to_the_word_as_written(text: str) -> None:
    for word in words(text):
        written = text[word.start : word.end]
        assert (word.text, word.folded) == (INVISIBLE.sub("", written), "".join(fold(written).split()))


@patient
@given(texts)
def test_words_stand_in_order_without_overlap_and_none_is_empty(text: str) -> None:
    found = words(text)
    edges = [edge for word in found for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    assert all(word.folded and not any(c.isspace() for c in word.folded) for word in found)


@patient
@given(texts, texts)
def test_no_word_reaches_over_a_line(one: str, other: str) -> None:
    folded = [word.folded for word in words(f"{one}\n{other}")]
    assert folded == [word.folded for word in words(one)] + [word.folded for word in words(other)]


@patient
@given(st.one_of(prose, st.text("كلمةabc'ʼـ\u064e\u200f012.,:/- \n")))
def test_the_count_is_that_of_the_words(text: str) -> None:
    assert count_words(text) == len(words(text))
