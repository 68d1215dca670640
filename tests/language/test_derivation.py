"""Words taken back to those they are made of."""

import pytest

from rag.language.derivation import bases
from rag.saying import derived


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("newer", "new"), ("quietest", "quiet"), ("healthier", "healthy"), ("bigger", "big"), ("growers", "grow"), ("bidders", "bid"),
        ("resell", "sell"), ("co-owners", "own"), ("happiness", "happy"), ("overcrowding", "crowd"),
    ],
)  # fmt: skip
def test_a_word_is_taken_back_to_what_it_is_made_of(word: str, base: str) -> None:
    assert base in list(bases(word))
    assert word not in list(bases(word))


@pytest.mark.parametrize("word", ["unharmed", "disowned", "misled"])
def test_the_opposite_of_a_word_is_not_made_of_it(word: str) -> None:
    assert not {"harmed", "harm", "owned", "own", "led"} & set(bases(word))


def test_bases_are_given_once_and_are_words() -> None:
    found = list(bases("resetters"))
    assert len(found) == len(set(found))
    assert all(len(base) > 2 for base in found)


def test_a_word_that_no_translation_has_is_said_by_its_base() -> None:
    assert ("نمو",) in [way for way, _ in derived(["growers"])]
    assert derived(["hospital"]) == ()
    assert derived(["qwrtz"]) == ()
