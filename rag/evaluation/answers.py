"""How good an answer is: a case and the reply to it, scored; and the scores of many, summed up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rag.evaluation.answer_metrics import ANSWERS, Asked, Tally, Verdict, holds, shown
from rag.evaluation.bootstrap import Estimate, ratios
from rag.evaluation.cases import ANSWERED, Case
from rag.evaluation.citations import Lookup, is_verbatim, judged_claims
from rag.evaluation.judge import Judge, SupportCheck
from rag.model import Answer, Reply


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question came to.

    Attributes:
        tallies: each metric that speaks of this question, as a part and its whole.
    """

    asked: Asked
    tallies: Mapping[str, Tally]

    @property
    def case(self) -> Case:
        """The question and what a right reply to it is."""
        return self.asked.case

    @property
    def reply(self) -> Reply:
        """What was answered."""
        return self.asked.reply

    @property
    def verdict(self) -> Verdict:
        """What the reply is."""
        return self.asked.verdict

    @property
    def passed(self) -> bool:
        """Whether it is what it should be."""
        return self.asked.passed

    @property
    def values(self) -> Mapping[str, float]:
        """The metrics that speak of this question, between 0 and 1."""
        return {name: part / whole for name, (part, whole) in self.tallies.items()}

    def to_dict(self) -> dict[str, Any]:
        """The question as `sanad eval answers --json` lists it."""
        case, reply = self.case, self.reply
        quotes = [
            {"article_id": c.article_id, "start": c.start, "end": c.end, "quote": c.quote}
            for c in (reply.citations or reply.nearest)
        ]
        return {
            "id": case.id,
            "question": case.question,
            "language": case.language,
            "kind": case.kind,
            "type": case.type,
            "verdict": self.verdict,
            "passed": self.passed,
            "must": [list(need) for need in case.must],
            "metrics": {name: round(value, 4) for name, value in self.values.items()},
            "reply": {
                "kind": "answer" if self.asked.answered else "refusal",
                "text": reply.text,
                "premise": reply.premise,
                "quotes": quotes,
                "unsupported": [claim.text for claim in self.asked.claims if not claim.supported],
            },
        }


def score(case: Case, reply: Reply, lookup: Lookup, judge: Judge | None = None) -> Outcome:
    """Score the reply to a case.

    Args:
        case: the question and what a right reply is.
        reply: what was answered; nothing in it is believed that can be checked.
        lookup: gives an article by its id.
        judge: says whether quotes carry a claim; None for the deterministic check.
    """
    claims = judged_claims(reply, judge or SupportCheck()) if isinstance(reply, Answer) else ()
    verbatim = tuple(is_verbatim(quote, lookup) for quote in (*reply.citations, *reply.nearest))
    asked = Asked(case, reply, verdict(case, reply), claims, verbatim)
    tallies = {name: tally for name, metric in ANSWERS.items() if (tally := metric(asked)) is not None}
    return Outcome(asked, tallies)


def verdict(case: Case, reply: Reply) -> Verdict:
    """What a reply is, by the kind of the case.

    - "refused": a refusal. Right where the case is unanswerable, accepted where its premise is false, else a false refusal.
    - "answered": an answer where there is none.
    - "corrected", "swallowed": an answer that says the false premise is contradicted, or does not say so.
    - "right": an answer that shows all that the case needs and nothing that it must not show.
    - "wrong": any other; also a correction that does not show what it rests on.
    """
    if not isinstance(reply, Answer):
        return "refused"
    if case.kind == "unanswerable":
        return "answered"
    if case.kind == "false_premise" and reply.premise != "contradicted":
        return "swallowed"
    texts = shown(reply)
    fits = holds(texts, case.must) and not any(holds(texts, ((no,),)) for no in case.must_not)
    if not fits:
        return "wrong"
    return "right" if case.kind in ANSWERED else "corrected"


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one language, type or kind: how many, and each metric over them; None where it speaks of none."""

    questions: int
    scores: Mapping[str, Estimate | None]


def groups(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Group]]:
    """The outcomes by language, by type and by kind, those of the first question first."""
    found: dict[str, dict[str, Group]] = {}
    for aspect in ("language", "type", "kind"):
        parted: dict[str, list[Outcome]] = {}
        for one in outcomes:
            parted.setdefault(getattr(one.case, aspect), []).append(one)
        found[aspect] = {name: Group(len(part), summary(part)) for name, part in parted.items()}
    return found


def summary(outcomes: Sequence[Outcome]) -> dict[str, Estimate | None]:
    """Each metric over all outcomes, with its interval; None where it speaks of none of them."""
    tallies = np.array([[one.tallies.get(name, (0, 0)) for name in ANSWERS] for one in outcomes], dtype=np.float64)
    return dict(zip(ANSWERS, ratios(tallies[..., 0], tallies[..., 1]), strict=True))
