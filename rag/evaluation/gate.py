"""A gate that quality may not fall through: thresholds, and what was reached when the baseline was recorded."""

from collections.abc import Sequence

from rag.evaluation.answers import Outcome
from rag.evaluation.baseline import Baseline
from rag.evaluation.thresholds import Thresholds


def faults(outcomes: Sequence[Outcome], thresholds: Thresholds, baseline: Baseline | None) -> list[str]:
    """What is wrong with the quality of a question set, a line each; nothing where it is as it should be.

    A threshold that is missed; a figure that fell under the baseline's, over the questions asked both times. Where one did, every question
    that changed is named, for the worse and for the better.

    Args:
        outcomes: what the questions came to.
        thresholds: what the figures must reach, and how far they may fall.
        baseline: what was recorded; None for thresholds alone.
    """
    missed = [f"threshold: {one}" for one in thresholds.missed(outcomes)]
    fallen = [f"baseline: {one}" for one in baseline.falls(outcomes, thresholds.tolerance)] if baseline else []
    if not baseline or not (missed or fallen):
        return missed + fallen
    comparison = baseline.compare(outcomes)
    changes = [("worse", one) for one in comparison.worse] + [("better", one) for one in comparison.better]
    return [
        *missed,
        *fallen,
        *(f"{way}: {one.id} {one.before} → {one.after}  {one.question}" for way, one in changes),
    ]
