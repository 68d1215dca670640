"""What a question set came to when it was last recorded, and what has fallen since."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import QuestionError
from rag.evaluation.answer_metrics import LESS_IS_BETTER, Tally, Verdict
from rag.evaluation.answers import Outcome
from rag.evaluation.comparison import Comparison, Past, compare
from rag.model import LANGUAGES, Language

Key = tuple[str, str]  # id and question: one that was worded anew is another one


@dataclass(frozen=True, slots=True)
class Kept:
    """A question as it was recorded: its language, its verdict, and each metric that speaks of it."""

    language: Language
    verdict: Verdict
    tallies: Mapping[str, Tally]


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure that got worse: which, over the questions of which language, from what to what."""

    metric: str
    language: Language
    before: float
    after: float

    def __str__(self) -> str:
        return f"{self.metric} ({self.language}) was {self.before:.4f}, is {self.after:.4f}"


class Baseline:
    """The recorded outcomes of a question set, in a JSON file beside it.

    Args:
        kept: the questions by id and text.
    """

    def __init__(self, kept: Mapping[Key, Kept]) -> None:
        self._kept = kept

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> "Baseline":
        """The baseline that these outcomes make."""
        return cls({_key(one): Kept(one.case.language, one.verdict, one.tallies) for one in outcomes})

    @classmethod
    def read(cls, path: Path) -> "Baseline":
        """A baseline that was written.

        Raises:
            QuestionError: the file cannot be read, or is something else.
        """
        try:
            records = json.loads(path.read_text(encoding="utf-8"))["questions"]
            return cls({(one["id"], one["question"]): _kept(one) for one in records})
        except OSError as error:
            raise QuestionError("eval_unreadable", path=path, detail=error.strerror) from None
        except (ValueError, LookupError, TypeError) as error:
            raise QuestionError("eval_bad_baseline", path=path, detail=type(error).__name__) from None

    def write(self, path: Path) -> None:
        """Write it, a question a line, so that a change of one is a change of one line."""
        records = [
            {"id": name, "question": question, "language": kept.language, "verdict": kept.verdict}
            | {"tallies": {metric: [round(part, 6), whole] for metric, (part, whole) in kept.tallies.items()}}
            for (name, question), kept in self._kept.items()
        ]
        lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
        path.write_text(f'{{"questions": [\n{lines}\n]}}\n', encoding="utf-8")

    def falls(self, outcomes: Sequence[Outcome], tolerance: float = 0.0) -> list[Fall]:
        """The figures that are worse by more than `tolerance`, over the questions that were asked both times, by language."""
        common = [one for one in outcomes if _key(one) in self._kept]
        found = []
        for language in LANGUAGES:
            now = [one for one in common if one.case.language == language]
            after = _figures(one.tallies for one in now)
            for metric, before in _figures(self._kept[_key(one)].tallies for one in now).items():
                lost = after.get(metric, before) - before
                if (lost if metric in LESS_IS_BETTER else -lost) > tolerance + _ROUNDING:
                    found.append(Fall(metric, language, before, after[metric]))
        return found

    def compare(self, outcomes: Sequence[Outcome]) -> Comparison:
        """What became of each question."""
        past = {
            key: Past(kept.verdict, {name: part / whole for name, (part, whole) in kept.tallies.items()})
            for key, kept in self._kept.items()
        }
        return compare(past, outcomes)


_ROUNDING = 1e-5  # what the digits written may lack


def _key(outcome: Outcome) -> Key:
    return outcome.case.id, outcome.case.question


def _kept(record: Mapping[str, Any]) -> Kept:
    tallies = {name: (float(part), float(whole)) for name, (part, whole) in record["tallies"].items()}
    return Kept(record["language"], record["verdict"], tallies)


def _figures(tallies: Iterable[Mapping[str, Tally]]) -> dict[str, float]:
    """Each metric over some questions: the sum of the parts by the sum of the wholes."""
    sums: dict[str, tuple[float, float]] = {}
    for one in tallies:
        for name, (part, whole) in one.items():
            before = sums.get(name, (0.0, 0.0))
            sums[name] = (before[0] + part, before[1] + whole)
    return {name: part / whole for name, (part, whole) in sums.items()}
