"""Bootstrap intervals: against distributions that are known, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.evaluation.bootstrap import Estimate, estimates, ratios

COLUMNS = st.lists(st.floats(0, 1, width=16), min_size=1, max_size=40)


def column(values: list[float]) -> Estimate:
    (found,) = estimates(np.array(values)[:, None])
    return found


def test_the_interval_of_a_share_is_that_of_the_binomial_distribution() -> None:
    found = column([0.0, 1.0] * 50)
    assert found.value == 0.5
    assert found.low == pytest.approx(0.40, abs=0.011)  # quantiles of Binomial(100, 0.5) / 100
    assert found.high == pytest.approx(0.60, abs=0.011)


def test_four_times_the_questions_halve_the_interval() -> None:
    few, many = column([0.0, 1.0] * 50), column([0.0, 1.0] * 200)
    assert (many.high - many.low) / (few.high - few.low) == pytest.approx(0.5, abs=0.06)


def test_values_that_do_not_differ_have_no_interval() -> None:
    assert column([0.25] * 30) == Estimate(0.25, 0.25, 0.25)
    assert column([1.0]) == Estimate(1.0, 1.0, 1.0)


def test_the_same_values_have_the_same_interval_in_every_run() -> None:
    values = np.random.default_rng(1).random((50, 3))
    assert estimates(values) == estimates(values)


def test_columns_are_paired() -> None:
    one = np.random.default_rng(2).random(200)
    other = one + 0.01  # better by as much on every question: certain, though each interval is wide
    first, second, difference = estimates(np.stack([one, other, other - one], axis=1))
    assert first.high > second.low
    assert difference.interval == pytest.approx((0.01, 0.01))


def test_the_ends_of_an_estimate_are_its_interval() -> None:
    assert Estimate(0.5, 0.4, 0.6).interval == (0.4, 0.6)


@settings(max_examples=30)
@given(COLUMNS)
def test_the_interval_lies_within_the_values_around_or_beside_the_mean(values: list[float]) -> None:
    found = column(values)
    assert found.value == pytest.approx(np.mean(values))
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9


@settings(max_examples=30)
@given(COLUMNS, st.floats(-1, 1), st.floats(0.5, 2))
def test_shifted_and_scaled_values_shift_and_scale_the_interval(values: list[float], by: float, times: float) -> None:
    plain, moved = column(values), column([times * value + by for value in values])
    assert moved.interval == pytest.approx((times * plain.low + by, times * plain.high + by), abs=1e-9)


# Ratios


def ratio(parts: list[float], wholes: list[float]) -> Estimate | None:
    (found,) = ratios(np.array(parts)[:, None], np.array(wholes)[:, None])
    return found


def test_the_ratio_of_sums_where_every_whole_is_one_is_the_mean() -> None:
    values = list(np.random.default_rng(3).random(30))
    found, mean = ratio(values, [1.0] * 30), column(values)
    assert found is not None
    assert [found.value, *found.interval] == pytest.approx([mean.value, *mean.interval])


def test_a_ratio_weighs_questions_by_their_wholes() -> None:
    found = ratio([1.0, 0.0, 0.0], [3.0, 1.0, 0.0])
    assert found is not None
    assert found.value == 0.25
    assert found.interval == pytest.approx((0, 1 / 3))


def test_a_ratio_of_nothing_is_none_and_resamples_without_a_whole_do_no_harm() -> None:
    assert ratio([0.0, 0.0], [0.0, 0.0]) is None
    assert ratio([1.0] + [0.0] * 9, [1.0] + [0.0] * 9) == Estimate(1.0, 1.0, 1.0)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.floats(0, 1, width=16), st.integers(0, 3)), min_size=1, max_size=30))
def test_the_interval_of_a_ratio_lies_within_the_questions_own_ratios(drawn: list[tuple[float, int]]) -> None:
    found = ratio([share * whole for share, whole in drawn], [float(whole) for _, whole in drawn])
    shares = [share for share, whole in drawn if whole]
    assert (found is None) == (not shares)
    if found:
        assert min(shares) - 1e-9 <= found.low <= found.high <= max(shares) + 1e-9
