"""Character 4-grams: what they are, and how rare each is in everyday text."""

import math
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language import grams

stems = st.text(alphabet="بتثجحabcde^$-", min_size=1, max_size=12)


@pytest.fixture
def everyday(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everyday text of a few stems, as often a million."""
    monkeypatch.setattr(grams, "frequencies", lambda: {"هجوم": 100.4, "هجو": 20.0, "ababab": 7.0})
    grams._frequencies.cache_clear()
    yield
    grams._frequencies.cache_clear()


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("هجوم", ("^هجو", "هجوم", "جوم$")),
        ("في", ("^في$",)),
        ("و", ("^و$",)),
        ("base", ("^bas", "base", "ase$")),
        ("سقط", ("^سقط", "سقط$")),
    ],
)
def test_the_ends_of_a_stem_are_marked_and_a_short_stem_is_one_gram(stem: str, expected: tuple[str, ...]) -> None:
    assert grams.grams(stem) == expected


@given(stems)
def test_laid_over_one_another_the_grams_are_the_stem(stem: str) -> None:
    first, *others = grams.grams(stem)
    assert first + "".join(gram[-1] for gram in others) == f"^{stem}$"
    assert {len(gram) for gram in (first, *others)} == {min(4, len(stem) + 2)}


def test_what_is_derived_alike_shares_grams() -> None:
    assert set(grams.grams("مستشفي")) & set(grams.grams("مستشفيات")) == {"^مست", "مستش", "ستشف", "تشفي"}
    assert not set(grams.grams("هجوم")) & set(grams.grams("صاروخ"))


@pytest.mark.usefixtures("everyday")
def test_a_gram_is_as_frequent_as_the_stems_that_hold_it() -> None:
    assert grams.rarity("^هجو") == pytest.approx(math.log(1 + 3000 / (30 + 100 + 20)))
    assert grams.rarity("هجوم") == pytest.approx(math.log(1 + 3000 / (30 + 100)))
    assert grams.rarity("صارو") == pytest.approx(math.log(1 + 3000 / 30))


@pytest.mark.usefixtures("everyday")
def test_a_stem_counts_once_for_a_gram_that_it_holds_twice() -> None:
    assert grams.grams("ababab").count("baba") == 1
    assert grams.grams("ababab").count("abab") == 2
    assert grams.rarity("abab") == grams.rarity("baba") == pytest.approx(math.log(1 + 3000 / 37))


def test_of_real_text_a_common_gram_tells_less_than_a_rare_one() -> None:
    assert 0 < grams.rarity("^قال") < grams.rarity("كاتي") <= math.log(101)
