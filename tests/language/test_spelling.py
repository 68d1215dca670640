"""How alike words are spelt, and whether a letter tells them apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.spelling import is_one_edit, likeness

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


_SHORT = st.text(alphabet="ابتج", max_size=5)


def edits(word: str) -> set[str]:
    """Every word that is one edit away (Norvig's enumeration), the oracle of `is_one_edit`."""
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    left_out = {left + right[1:] for left, right in splits if right}
    turned = {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    exchanged = {left + letter + right[1:] for left, right in splits if right for letter in "ابتج"}
    put_in = {left + letter + right for left, right in splits for letter in "ابتج"}
    return (left_out | turned | exchanged | put_in) - {word}


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("wher", "where", True),
        ("wwhere", "where", True),
        ("were", "where", True),
        ("whare", "where", True),
        ("wehre", "where", True),
        ("form", "from", True),
        ("لمادا", "لماذا", True),
        ("لماا", "لماذا", True),
        ("لامذا", "لماذا", True),
        ("متا", "متي", True),
        ("", "a", True),
        ("ab", "ba", True),
        ("where", "where", False),
        ("", "", False),
        ("on", "off", False),
        ("wre", "where", False),  # two left out
        ("whree", "where", True),
        ("abc", "cba", False),  # no neighbours
        ("abcd", "badc", False),  # two exchanges
        ("wehrx", "where", False),
        ("a", "abc", False),
    ],
)
def test_one_edit_puts_in_leaves_out_exchanges_or_turns(one: str, other: str, is_one: bool) -> None:
    assert is_one_edit(one, other) is is_one
    assert is_one_edit(other, one) is is_one


@patient
@given(_SHORT, _SHORT)
def test_one_edit_is_what_the_enumeration_of_edits_has(one: str, other: str) -> None:
    assert is_one_edit(one, other) == (other in edits(one)) == is_one_edit(other, one)


@patient
@given(_SHORT.flatmap(lambda word: st.tuples(st.just(word), st.sampled_from(sorted(edits(word))))))
def test_every_edit_is_one(pair: tuple[str, str]) -> None:
    assert is_one_edit(*pair)
