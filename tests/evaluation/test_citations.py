"""Citation recall and precision as ALCE has them, by hand and by what must always hold; quotes letter for letter."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ArticleNotFound
from rag.evaluation.citations import is_verbatim, judged_claims
from rag.evaluation.judge import SupportCheck
from rag.model import Article, Citation
from tests.evaluation.replies import ARTICLES, answer, citation

PARTS = "abcd"


class Letters:
    """A judge by letters: quotes carry a claim when they hold all of its letters."""

    name = "letters"

    def supports(self, claim: str, quotes: Sequence[Citation]) -> bool:
        return set(claim) <= set("".join(quote.quote for quote in quotes))


# By hand


@pytest.mark.parametrize(
    ("claim", "quotes", "supported", "precise"),
    [
        ("a", ["a"], True, [True]),
        ("a", ["b"], False, [False]),
        ("ab", ["a", "b"], True, [True, True]),  # both are needed
        ("ab", ["ab", "c"], True, [True, False]),  # the second carries nothing, and the first does without it
        ("ab", ["ab", "ab"], True, [True, True]),  # each carries it alone
        ("ab", ["a", "c"], False, [False, False]),  # no citation of an unsupported claim is precise
        ("ab", ["a", "b", "a"], True, [False, True, False]),  # each "a" can be left out, and neither carries it alone
    ],
)
def test_recall_and_precision_of_a_claim(claim: str, quotes: list[str], supported: bool, precise: list[bool]) -> None:
    cited = tuple(range(1, len(quotes) + 1))
    (judged,) = judged_claims(answer(*quotes, claims=[(claim, cited)]), Letters())
    assert (judged.supported, list(judged.precise)) == (supported, precise)


def test_numbers_without_a_citation_and_numbers_said_twice_count_for_nothing() -> None:
    one, none = judged_claims(answer("ab", claims=[("a", (1, 1, 9)), ("a", ())]), Letters())
    assert (one.supported, one.precise, len(one.quotes)) == (True, (True,), 1)
    assert (none.supported, none.precise) == (False, ())


# Always


QUOTES = st.lists(st.text(PARTS, min_size=1, max_size=3), min_size=1, max_size=4)


@given(st.text(PARTS, min_size=1, max_size=4), QUOTES)
def test_an_unsupported_claim_has_no_precise_citation(claim: str, quotes: list[str]) -> None:
    (judged,) = judged_claims(answer(*quotes, claims=[(claim, tuple(range(1, len(quotes) + 1)))]), Letters())
    assert judged.supported or not any(judged.precise)


@given(st.text(PARTS, min_size=1, max_size=4), QUOTES)
def test_a_citation_more_never_makes_a_claim_unsupported_nor_an_unneeded_one_precise(
    claim: str, quotes: list[str]
) -> None:
    def judged(count: int) -> tuple[bool, tuple[bool, ...]]:
        (one,) = judged_claims(answer(*quotes, claims=[(claim, tuple(range(1, count + 1)))]), Letters())
        return one.supported, one.precise

    (before, needed), (after, still) = judged(len(quotes) - 1), judged(len(quotes))
    assert after or not before
    assert not before or all(was or not now for was, now in zip(needed, still, strict=False))


# Letter for letter


def test_a_quote_stands_at_its_offsets_or_is_not_verbatim() -> None:
    quote = citation(1, "قتل 13 شخصا.")
    assert is_verbatim(quote, ARTICLES.get)
    shifted = [replace(quote, start=quote.start + by, end=quote.end + by) for by in (-1, 1)]
    others = [
        replace(quote, article_id="quake"),
        replace(quote, article_id="gone"),
        replace(quote, quote="", end=quote.start),
    ]
    for wrong in (*shifted, *others, replace(quote, quote="قتل 14 شخصا.")):
        assert not is_verbatim(wrong, ARTICLES.get)
        assert not is_verbatim(wrong, ARTICLES.__getitem__)


def test_an_article_that_is_gone_makes_a_quote_not_verbatim() -> None:
    def gone(name: str) -> Article:
        raise ArticleNotFound("article_not_found", article=name)

    assert not is_verbatim(citation(1, "قتل 13 شخصا."), gone)


# The deterministic judge


@pytest.mark.parametrize(
    ("claim", "quotes", "carried"),
    [
        ("«قتل 13 شخصا.»", ["قتل 13 شخصا."], True),
        ("«قُتل ١٣ شخصاً»", ["قتل 13 شخصا."], True),  # spelt otherwise
        ("«قُتل ١٣ شخصاً».", ["اجتاحت الفيضانات مدينة درنة.", "قتل 13 شخصا."], True),
        ("«قتل 14 شخصا.»", ["قتل 13 شخصا."], False),
        ("13 people were killed.", ["قتل 13 شخصا."], True),
        ("14 people were killed.", ["قتل 13 شخصا."], False),
        ("13 people were killed.", ["اجتاحت الفيضانات مدينة درنة."], False),
        ("13 people were killed.", [], False),
        ("", ["قتل 13 شخصا."], False),
    ],
)
def test_the_check_judges_what_is_shown(claim: str, quotes: list[str], carried: bool) -> None:
    cited = [citation(i, quote) for i, quote in enumerate(quotes, 1)]
    assert SupportCheck().supports(claim, cited) is carried


def test_the_check_does_not_need_the_article_nor_believe_the_offsets() -> None:
    quote = replace(citation(1, "قتل 13 شخصا."), article_id="nowhere", start=900, end=901)
    assert SupportCheck().supports("13 people were killed.", [quote])


def test_the_check_reads_a_day_in_the_year_of_its_article() -> None:
    quote = replace(citation(1, "وقع الهجوم في 5 يوليو."), published="2021-07-06")
    assert SupportCheck().supports("The attack took place on 5 July 2021.", [quote])
    assert not SupportCheck().supports("The attack took place on 5 July 2024.", [quote])
