"""Wilson's interval, with values from the literature."""

import pytest

from rag.evaluation.wilson import wilson


@pytest.mark.parametrize(
    ("successes", "trials", "interval"),
    [  # Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_the_interval_is_that_of_the_literature(successes: int, trials: int, interval: tuple[float, float]) -> None:
    found = wilson(successes, trials)
    assert found.value == successes / trials
    assert found.interval == pytest.approx(interval, abs=1e-4)
