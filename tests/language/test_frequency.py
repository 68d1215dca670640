"""How common terms are in everyday text."""

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.analyzer import is_canonical
from rag.language.frequency import telling

from .strategies import patient, texts

ROWS = [
    line.split("\t")
    for line in resources.files("rag.language")
    .joinpath("data", "frequency.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.mark.parametrize("term", ["ماروتو", "marotto", "#2500", "@2021-07-05", ""])
def test_an_unseen_term_tells_all(term: str) -> None:
    assert telling(term) == 1.0


@pytest.mark.parametrize(
    ("common", "rare"), [("want", "rocket"), ("go", "abandon"), ("يوم", "طاير"), ("say", "militia")]
)
def test_a_common_term_tells_less_than_a_rare_one(common: str, rare: str) -> None:
    assert telling(common) < telling(rare) <= 1.0


@patient
@given(st.sampled_from(ROWS))
def test_a_term_tells_half_as_much_at_five_hundred_in_a_million(row: list[str]) -> None:
    term, per_million = row
    assert telling(term) == pytest.approx(1 / (1 + float(per_million) / 500))


@patient
@given(texts)
def test_any_term_tells_something_and_at_most_all(term: str) -> None:
    assert 0.0 < telling(term) <= 1.0


def test_the_counts_are_of_stems_each_once_and_in_order() -> None:
    terms = [row[0] for row in ROWS]
    assert terms == sorted(set(terms))
    assert [row for row in ROWS if len(row) != 2 or is_canonical(row[0]) or not 0 < float(row[1]) < 1_000_000] == []
