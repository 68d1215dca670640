"""What was measured, as values and as the JSON of `sanad eval`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.evaluation.bootstrap import LEVEL, RESAMPLES, Estimate

DIGITS = 4


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of retrieval: its scores by metric, and what they differ from the whole system's, which has no differences."""

    scores: Mapping[str, Estimate]
    differences: Mapping[str, Estimate]

    def to_dict(self) -> dict[str, Any]:
        """The variant as `sanad eval retrieval --json` has it."""
        return {
            **values(self.scores),
            "intervals": intervals(self.scores),
            "differences": {**values(self.differences), "intervals": intervals(self.differences)}
            if self.differences
            else None,
        }


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds that a warm search, or an answer, takes: the median, and what 95 % of them stay under."""

    p50: float
    p95: float

    def to_dict(self) -> dict[str, float]:
        """The times as JSON has them."""
        return {"p50": round(self.p50, 2), "p95": round(self.p95, 2)}


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """How well passages were found: counts of what was asked and searched, and each way of retrieval, the whole system first."""

    questions: int
    articles: int
    passages: int
    variants: Mapping[str, Variant]
    latency: Latency
    passed_over: tuple[Path, ...] = ()

    @property
    def full(self) -> Variant:
        """The whole system."""
        return next(iter(self.variants.values()))

    def to_dict(self) -> dict[str, Any]:
        """The report as `sanad eval retrieval --json` has it: the whole system's figures on top, then every variant's."""
        return {
            "questions": self.questions,
            "articles": self.articles,
            "passages": self.passages,
            **values(self.full.scores),
            "intervals": intervals(self.full.scores),
            "bootstrap": {"level": LEVEL, "resamples": RESAMPLES},
            "latency_ms": self.latency.to_dict(),
            "variants": {name: variant.to_dict() for name, variant in self.variants.items()},
            "passed_over": [path.as_posix() for path in self.passed_over],
        }


def values(scores: Mapping[str, Estimate | None]) -> dict[str, float | None]:
    """Each metric's value as JSON has it; null where it speaks of no question."""
    return {name: None if score is None else round(score.value, DIGITS) for name, score in scores.items()}


def intervals(scores: Mapping[str, Estimate | None]) -> dict[str, list[float] | None]:
    """Each metric's interval as JSON has it."""
    return {
        name: None if score is None else [round(end, DIGITS) for end in score.interval]
        for name, score in scores.items()
    }
