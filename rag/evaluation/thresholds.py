"""Thresholds of quality, as `pyproject.toml` has them.

[tool.sanad.grounding]
tolerance = 0.0                        # how far a figure may fall under the recorded baseline

[tool.sanad.grounding.least]           # of every question set
verbatim_rate = 1.0

[tool.sanad.grounding.seeds.least]     # of seeds.jsonl
right = {ar = 0.8, en = 0.7}

[tool.sanad.grounding.seeds.most]
false_refusal_rate = 0.1
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.evaluation.answer_metrics import ANSWERS
from rag.evaluation.answers import Outcome, summary
from rag.model import LANGUAGES, Language

_BOUNDS = ("least", "most")


class ThresholdError(ValueError):
    """`pyproject.toml` holds something else than thresholds there."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bound of a metric over the questions of a language, or of all."""

    metric: str
    bound: float
    at_most: bool
    language: Language | None = None

    def is_kept(self, value: float) -> bool:
        """Whether a figure is on the right side of the bound."""
        return value <= self.bound if self.at_most else value >= self.bound

    def __str__(self) -> str:
        where = f" ({self.language})" if self.language else ""
        return f"{self.metric}{where} {'at most' if self.at_most else 'at least'} {self.bound}"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The thresholds of a question set, and how far its figures may fall under the baseline."""

    thresholds: tuple[Threshold, ...] = ()
    tolerance: float = 0.0

    @classmethod
    def read(cls, path: Path, name: str) -> "Thresholds":
        """The thresholds of the set `name` and of every set; none where the file has none, or is not there.

        Raises:
            ThresholdError: a metric is unknown, or a bound is no number.
        """
        document = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        table = document.get("tool", {}).get("sanad", {}).get("grounding", {})
        found = [one for part in (table, table.get(name, {})) for one in _thresholds(part)]
        return cls(tuple(found), float(table.get("tolerance", 0.0)))

    def missed(self, outcomes: Sequence[Outcome]) -> list[str]:
        """The thresholds that the figures do not keep, each with the figure; one that speaks of no question is kept."""
        found = []
        for one in self.thresholds:
            asked = [outcome for outcome in outcomes if one.language in {None, outcome.case.language}]
            score = summary(asked)[one.metric] if asked else None
            if score and not one.is_kept(score.value):
                found.append(f"{one}, is {score.value:.4f}")
        return found


def _thresholds(table: Mapping[str, Any]) -> Iterator[Threshold]:
    for bound in _BOUNDS:
        for metric, value in table.get(bound, {}).items():
            if metric not in ANSWERS:
                raise ThresholdError(f"[tool.sanad.grounding]: no metric {metric!r}; there are: {', '.join(ANSWERS)}")
            for language, figure in value.items() if isinstance(value, dict) else [(None, value)]:
                if not isinstance(figure, int | float) or language not in {None, *LANGUAGES}:
                    raise ThresholdError(
                        f"[tool.sanad.grounding]: {metric} is {value!r}, not 0.9 or {{ar = 0.9, en = 0.8}}"
                    )
                yield Threshold(metric, float(figure), bound == "most", language)
