"""What was measured of answers, as values and as the JSON of `sanad eval answers` and `sanad eval all`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.evaluation.answers import Group, Outcome
from rag.evaluation.bootstrap import LEVEL, RESAMPLES, Estimate
from rag.evaluation.comparison import Comparison
from rag.evaluation.report import Latency, RetrievalReport, intervals, values


@dataclass(frozen=True, slots=True)
class AnswersReport:
    """How good answers were: every question's outcome, and the metrics over all of them and over groups.

    Attributes:
        scores: each metric over all questions; None where it speaks of none.
        groups: the same by language, type and kind.
        articles: how many articles the library had, and `passages` how many passages.
        judge: the name of what judged the citations.
        latency: of `Engine.ask`.
        retrieval: how well passages were found, where that was measured too.
        passed_over: default sets about other articles.
    """

    outcomes: tuple[Outcome, ...]
    scores: Mapping[str, Estimate | None]
    groups: Mapping[str, Mapping[str, Group]]
    articles: int
    passages: int
    judge: str
    latency: Latency
    retrieval: RetrievalReport | None = None
    passed_over: tuple[Path, ...] = ()

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The questions whose reply is not what it should be."""
        return tuple(one for one in self.outcomes if not one.passed)

    def to_dict(self, comparison: Comparison | None = None) -> dict[str, Any]:
        """The report as `--json` has it: retrieval's figures, where there are any, then those of answers, groups, and every question."""
        searched = self.retrieval.full.scores if self.retrieval else {}
        scores: dict[str, Estimate | None] = {**searched, **self.scores}
        return {
            "asked": len(self.outcomes),
            "articles": self.articles,
            "passages": self.passages,
            **values(scores),
            "intervals": intervals(scores),
            "bootstrap": {"level": LEVEL, "resamples": RESAMPLES},
            "judge": self.judge,
            "latency_ms": self.latency.to_dict(),
            "by": {aspect: {name: _group(one) for name, one in parts.items()} for aspect, parts in self.groups.items()},
            "retrieval": self.retrieval.to_dict() if self.retrieval else None,
            "questions": [one.to_dict() for one in self.outcomes],
            "comparison": comparison.to_dict() if comparison else None,
            "passed_over": [path.as_posix() for path in self.passed_over],
        }


def _group(group: Group) -> dict[str, Any]:
    return {"asked": group.questions, **values(group.scores), "intervals": intervals(group.scores)}
