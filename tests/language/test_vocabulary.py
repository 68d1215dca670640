"""Known words, and the known words that other words are forms of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.characters import fold, is_arabic
from rag.language.vocabulary import is_present_verb, known_form, proper_names, vocabulary

from .strategies import patient, texts


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("بهجوم", "هجوم"),
        ("وبهجوم", "هجوم"),
        ("فهجوم", "هجوم"),
        ("لهجوم", "هجوم"),
        ("هجوما", "هجوم"),
        ("استهدفت", "استهدف"),
        ("استهدفوا", "استهدف"),
        ("واستهدفت", "استهدف"),
        ("تستهدف", "يستهدف"),
        ("سيستهدف", "يستهدف"),
        ("ستستهدف", "يستهدف"),
        ("بايران", "ايران"),
        ("لبنان", "لبنان"),
        ("بلد", "بلد"),
        ("كتاب", "كتاب"),
        ("الهجوم", "الهجوم"),
        ("كيربي", "كيربي"),
        ("ماروتو", "ماروتو"),
    ],
)
def test_particles_and_endings_are_taken_off_only_to_reach_a_known_word(word: str, known: str) -> None:
    assert known_form(word) == known


@patient
@given(st.sampled_from(sorted(vocabulary())))
def test_a_known_word_is_left_alone_also_with_the_article(word: str) -> None:
    assert (known_form(word), known_form("ال" + word)) == (word, "ال" + word)


@patient
@given(texts.map(fold))
def test_any_other_word_is_returned_as_it_is_or_as_a_known_one(word: str) -> None:
    form = known_form(word)
    assert form == word or form in vocabulary()
    assert known_form(form) == form


def test_the_vocabulary_holds_folded_arabic_words() -> None:
    assert [word for word in vocabulary() if fold(word) != word or not is_arabic(word) or len(word) < 2] == []


@pytest.mark.parametrize("word", ["هجوم", "قاعده", "صواريخ", "ايران", "وزير", "لبنان"])
def test_usual_words_of_news_are_known(word: str) -> None:
    assert word in vocabulary()


@pytest.mark.parametrize(
    ("word", "proper"), [("ايران", True), ("عراق", True), ("لبنان", True), ("هجوم", False), ("امريكي", False)]
)
def test_words_that_only_name_are_told_from_others(word: str, proper: bool) -> None:
    assert (word in proper_names()) is proper


def test_every_proper_name_is_a_known_word() -> None:
    assert proper_names() <= vocabulary()


@pytest.mark.parametrize(
    ("word", "verb"),
    [("يبلغ", True), ("تبلغ", True), ("تبعد", True), ("بلغ", False), ("تركيا", False), ("هجوم", False), ("", False)],
)
def test_a_verb_in_the_present_is_known_by_its_masculine(word: str, verb: bool) -> None:
    assert is_present_verb(word) is verb
