"""How alike words are spelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.spelling import likeness

from .strategies import patient

_WORDS = st.text(alphabet="ابتجينهab", max_size=12)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("جيجين", "جيجين", 1.0),
        ("جيجن", "جيجين", 4 / 6),  # جي, يج and جن; جي, يج and ين
        ("مناهض", "مناهضه", 8 / 9),
        ("night", "nacht", 2 / 8),
        ("اب", "با", 0.0),
        ("هجوم", "باريس", 0.0),
        ("ab", "اب", 0.0),
        ("ا", "ا", 0.0),  # no pair of letters
        ("", "", 0.0),
        ("", "هجوم", 0.0),
    ],
)
def test_likeness_is_the_share_of_common_letter_pairs(one: str, other: str, expected: float) -> None:
    assert likeness(one, other) == pytest.approx(expected)


def test_a_pair_that_a_word_repeats_counts_once() -> None:
    assert likeness("بابابا", "باب") == 1.0


@patient
@given(_WORDS, _WORDS)
def test_likeness_is_symmetric_and_between_nothing_and_one(one: str, other: str) -> None:
    assert 0.0 <= likeness(one, other) == likeness(other, one) <= 1.0


@patient
@given(_WORDS.filter(lambda word: len(word) > 1))
def test_a_word_is_most_like_itself_and_less_like_a_part_of_itself(word: str) -> None:
    longer = word + "ظ"
    assert likeness(word, word) == 1.0
    assert 0.0 < likeness(word, longer) < 1.0


@patient
@given(_WORDS, _WORDS)
def test_words_without_a_common_letter_are_not_alike(one: str, other: str) -> None:
    assert likeness(one, other.translate(str.maketrans("ابتجينهab", "كلمسعغفxy"))) == 0.0
