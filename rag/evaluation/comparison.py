"""What became of each question since an older report."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rag.errors import QuestionError
from rag.evaluation.answer_metrics import Verdict
from rag.evaluation.answers import Outcome

# From worst to best, for every kind of question: to say something false is worse than to say nothing.
_GRADES: Mapping[Verdict, int] = {"swallowed": 0, "answered": 0, "wrong": 0, "refused": 1, "corrected": 2, "right": 2}
_FINER = ("answer_hit_at_1", "citation_recall", "verbatim_rate")  # between replies of one verdict


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose reply got better or worse, and what it was and is."""

    id: str
    question: str
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """The questions that got better or worse, how many did neither, and the ids asked only now or only then."""

    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    same: int
    new: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many questions each part has."""
        better, worse, new, gone = map(len, (self.better, self.worse, self.new, self.gone))
        return {"better": better, "worse": worse, "same": self.same, "new": new, "gone": gone}

    def to_dict(self) -> dict[str, Any]:
        """The comparison as JSON has it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Past:
    """A question of the older report: its verdict, and the metrics that tell replies of one verdict apart."""

    verdict: Verdict
    metrics: Mapping[str, float]


Report = Mapping[tuple[str, str], Past]  # by id and question: one that was worded anew is another one


def compare(old: Report, outcomes: Sequence[Outcome]) -> Comparison:
    """Compare outcomes with those of an older report, question by question.

    A question got better when its verdict did, in the order (swallowed, answered, wrong) < refused < (corrected, right); or, the verdict the
    same, when the answer moved to the first quote, or more of its claims are supported, or of its quotes verbatim, the first that differs.
    """
    now = {(one.case.id, one.case.question): one for one in outcomes}
    better: list[Change] = []
    worse: list[Change] = []
    for key in now.keys() & old.keys():
        before, after = old[key], now[key]
        past, present = _grade(before.verdict, before.metrics), _grade(after.verdict, after.values)
        if past != present:
            (better if present > past else worse).append(Change(*key, before.verdict, after.verdict))
    asked = {key: place for place, key in enumerate(now)}
    changed = [tuple(sorted(part, key=lambda one: asked[one.id, one.question])) for part in (better, worse)]
    return Comparison(
        better=changed[0],
        worse=changed[1],
        same=len(now.keys() & old.keys()) - len(better) - len(worse),
        new=tuple(name for name, question in now if (name, question) not in old),
        gone=tuple(name for name, question in old if (name, question) not in now),
    )


def read_report(path: Path) -> Report:
    """The questions of what `sanad eval answers --json` or `eval all --json` wrote.

    Raises:
        QuestionError: the file cannot be read, or is something else.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        return {(str(one["id"]), str(one["question"])): _past(one) for one in document["questions"]}
    except OSError as error:
        raise QuestionError("eval_unreadable", path=path, detail=error.strerror) from None
    except UnicodeDecodeError:
        raise QuestionError("eval_not_text", path=path) from None
    except json.JSONDecodeError as error:
        raise QuestionError("eval_old", path=path, detail=error.msg) from None
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        raise QuestionError("eval_old", path=path, detail=type(error).__name__) from None


def _past(record: Mapping[str, Any]) -> Past:
    verdict = record["verdict"]
    if verdict not in _GRADES:
        raise ValueError(verdict)
    return Past(verdict, {name: float(record["metrics"][name]) for name in _FINER if name in record["metrics"]})


def _grade(verdict: Verdict, metrics: Mapping[str, float]) -> tuple[float, ...]:
    """What is compared; a metric that does not speak of a question is as if nothing were wrong."""
    return (_GRADES[verdict], *(round(metrics.get(name, 1.0), 4) for name in _FINER))
