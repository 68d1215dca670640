"""How far a mean over questions could have come out otherwise: percentile bootstrap intervals."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
LEVEL = 0.95
_SEED = 20021113  # any number; the same data have the same interval in every run

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over questions and its interval."""

    value: float
    low: float
    high: float

    @property
    def interval(self) -> tuple[float, float]:
        """The ends of the interval."""
        return self.low, self.high


def estimates(values: Array) -> list[Estimate]:
    """The mean of each column, with its percentile interval (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, ch. 13).

    Questions are drawn with replacement, the same ones for every column and in every call with as many rows. So the estimate of a column of
    differences, question by question, of two ways of retrieval is their paired bootstrap (Efron and Tibshirani; Sakai, SIGIR 2006).

    Args:
        values: shape (questions, columns), at least one question.

    Returns:
        One estimate a column; its interval covers the middle `LEVEL` of the means of `RESAMPLES` resamples.
    """
    return [
        Estimate(*map(float, one))
        for one in zip(values.mean(axis=0), *_middle(_drawn(len(values)) @ values / len(values)), strict=True)
    ]


def ratios(parts: Array, wholes: Array) -> list[Estimate | None]:
    """The sum of each column's parts by the sum of its wholes, with its percentile interval: the bootstrap of a ratio estimator.

    Questions are drawn as for `estimates`, part and whole together, so a share of what was answered or refused varies with how much that was.

    Args:
        parts: shape (questions, columns), at least one question.
        wholes: the same shape; 0 where a column says nothing about a question.

    Returns:
        One estimate a column, None where all its wholes are 0. Resamples without a whole are left out.
    """
    drawn = _drawn(len(parts))
    found: list[Estimate | None] = []
    for part, whole in zip(parts.T, wholes.T, strict=True):
        if not whole.sum():
            found.append(None)
            continue
        sums = drawn @ np.stack([part, whole], axis=1)
        low, high = _middle(sums[:, 0][sums[:, 1] > 0] / sums[:, 1][sums[:, 1] > 0])
        found.append(Estimate(float(part.sum() / whole.sum()), float(low), float(high)))
    return found


def _drawn(questions: int) -> NDArray[np.int64]:
    """How often each question is drawn, shape (resamples, questions)."""
    return np.random.default_rng(_SEED).multinomial(questions, np.full(questions, 1 / questions), size=RESAMPLES)


def _middle(resampled: Array) -> Array:
    """The ends of what `LEVEL` of the resamples lie between."""
    tail = 50 * (1 - LEVEL)
    return np.percentile(resampled, (tail, 100 - tail), axis=0)
