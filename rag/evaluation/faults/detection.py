"""What the grounding check catches: every kind of fault made in every true sentence it can be made in, and put to the check."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from rag.evaluation.bootstrap import Estimate
from rag.evaluation.faults.kinds import KINDS, Fault
from rag.evaluation.faults.statement import Scene, Statement
from rag.evaluation.wilson import wilson
from rag.evidence import Material
from rag.grounding import Check
from rag.model import LANGUAGES, Language

TRUE = "true"  # the kind of what has no fault
SEED = 20210705  # any number; the same sentences have the same faults in every run

Finds = Callable[[Statement], str | None]  # why a sentence is withheld; None where it is shown


@dataclass(frozen=True, slots=True)
class Trial:
    """A sentence for the check: with one fault of a kind, or with none."""

    kind: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check made of a trial; `reason` is None where it let the sentence pass."""

    trial: Trial
    reason: str | None


@dataclass(frozen=True)
class Detection:
    """All verdicts, and their sums; see `detect` for what is tried."""

    verdicts: Sequence[Verdict]

    def withheld(self, kind: str, language: Language | None = None) -> tuple[int, int]:
        """How many trials of a kind were withheld, and how many there were."""
        reasons = [
            verdict.reason
            for verdict in self.verdicts
            if verdict.trial.kind == kind and language in {None, verdict.trial.statement.language}
        ]
        return sum(reason is not None for reason in reasons), len(reasons)

    def share(self, kind: str, language: Language | None = None) -> Estimate | None:
        """The share withheld, with its interval; None where there were no trials."""
        withheld, trials = self.withheld(kind, language)
        return wilson(withheld, trials) if trials else None

    @property
    def mistakes(self) -> list[Verdict]:
        """Faults that were let pass, and true sentences that were withheld."""
        return [one for one in self.verdicts if (one.reason is None) == (one.trial.kind != TRUE)]

    def to_dict(self) -> dict[str, Any]:
        """The figures as `sanad eval faults --json` has them."""
        return {
            "kinds": {kind: self._figures(kind, "detected") for kind in KINDS},
            "false_alarms": self._figures(TRUE, "withheld"),
            "mistakes": [
                {
                    "kind": one.trial.kind,
                    "id": one.trial.statement.id,
                    "language": one.trial.statement.language,
                    "text": one.trial.statement.text,
                    "reason": one.reason,
                }
                for one in self.mistakes
            ],
        }

    def _figures(self, kind: str, counted: str) -> dict[str, Any]:
        figures: dict[str, Any] = {}
        for language in LANGUAGES:
            withheld, trials = self.withheld(kind, language)
            share = self.share(kind, language)
            interval = [round(share.low, 4), round(share.high, 4)] if share else None
            figures[language] = {counted: withheld, "trials": trials, "interval": interval}
        return figures


def trials(scene: Scene, kinds: Mapping[str, Fault] = KINDS, seed: int = SEED) -> Iterator[Trial]:
    """Every true sentence, then every fault in every sentence that it can be made in: one of each kind, the same in every run."""
    for statement in scene.statements:
        yield Trial(TRUE, statement)
    for kind, fault in kinds.items():
        for statement in scene.statements:
            faulty = fault(statement, scene, Random(f"{seed} {kind} {statement.id}"))
            if faulty is not None and faulty != statement:
                yield Trial(kind, faulty)


def detect(finds: Finds, made: Iterable[Trial], progress: Callable[[str], None] | None = None) -> Detection:
    """Put trials to a check.

    A fault is tried only in a sentence that passes without it: what withholds the truth detects no fault.

    Args:
        finds: the check: why it withholds a sentence, or None.
        made: sentences without a fault, then with one, see `trials`.
        progress: called with the kind of each trial.
    """
    verdicts = []
    alarms: set[str] = set()
    for trial in made:
        name = trial.statement.id
        if trial.kind != TRUE and name in alarms:
            continue
        reason = finds(trial.statement)
        verdicts.append(Verdict(trial, reason))
        if trial.kind == TRUE and reason is not None:
            alarms.add(name)
        if progress:
            progress(trial.kind)
    return Detection(verdicts)


def grounding_check(scene: Scene) -> Finds:
    """The check that every answer goes through, each sentence judged as if it were alone in its answer."""

    def finds(statement: Statement) -> str | None:
        scored = [(passage, 1.0) for passage in statement.passages]
        check = Check("", statement.language, "faults", Material(scored, scene.articles, scene.sentences))
        check.take(statement.draft)
        return next((withheld.reason for withheld in check.withheld), None)

    return finds
