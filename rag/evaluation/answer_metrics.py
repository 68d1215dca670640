"""Metrics of one reply: what it is of how much, so that a set's figure is the sum of the parts by the sum of the wholes.

Each is a small function of a question asked. It gives a part and its whole, or None where it says nothing about that question; a whole of 1
makes the figure a mean over questions, larger ones a share of all claims or quotes. But for the rates of faults more is better.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from rag.evaluation.cases import ANSWERED, Case, Needs
from rag.evaluation.citations import JudgedClaim
from rag.evaluation.judge import folded
from rag.model import Answer, Reply

Verdict = Literal["right", "corrected", "refused", "wrong", "swallowed", "answered"]
Tally = tuple[float, float]  # a part and its whole


@dataclass(frozen=True, slots=True)
class Asked:
    """A case, the reply to it, and what was found out about both.

    Attributes:
        claims: the reply's, judged.
        verbatim: of each quote shown, those of a refusal too, whether it stands in its article.
    """

    case: Case
    reply: Reply
    verdict: Verdict
    claims: tuple[JudgedClaim, ...]
    verbatim: tuple[bool, ...]

    @property
    def answered(self) -> bool:
        """Whether the reply is an answer."""
        return isinstance(self.reply, Answer)

    @property
    def passed(self) -> bool:
        """Whether the reply is what it should be; to refuse a false premise is."""
        return self.verdict in {"right", "corrected"} or (self.verdict == "refused" and self.case.kind not in ANSWERED)


Metric = Callable[[Asked], Tally | None]


def shown(reply: Reply) -> tuple[str, ...]:
    """The texts by which an answer is judged: its quotes, its claims and its short answer; none of a refusal."""
    if not isinstance(reply, Answer):
        return ()
    short = [str(reply.short["text"])] if reply.short else []
    return (*(citation.quote for citation in reply.citations), *(claim.text for claim in reply.claims), *short)


def holds(texts: Iterable[str], needs: Needs) -> bool:
    """Whether every thing needed stands in one of the texts, in any of its alternatives; see `stands`."""
    texts = list(texts)
    return all(any(stands(string, text) for string in need for text in texts) for need in needs)


def stands(string: str, text: str) -> bool:
    """Whether a string stands in a text, both folded; a figure does not stand in a longer one.

    >>> stands("3 جنود", "قُتل ٣ جنود"), stands("3 جنود", "13 جنود"), stands("1", "1.5")
    (True, False, False)
    """
    wanted = folded(string)
    before = r"(?<!\d)(?<!\d[.,٫٬])" if wanted[:1].isdigit() else ""
    after = r"(?![.,٫٬]?\d)" if wanted[-1:].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, folded(text)) is not None


# Is it right?


def right(asked: Asked) -> Tally:
    """Share of the questions whose reply is what it should be; `rag.evaluation.answers.verdict` says when (accuracy)."""
    return float(asked.passed), 1


def answer_hit_at(k: int, asked: Asked) -> Tally | None:
    """Share of the questions with an answer for which one of the first `k` quotes holds (a part of) it; a refusal has none.

    Recall at k of answer sentences, as in TREC's QA track (Voorhees, 1999), with the set's answer strings as its patterns.
    """
    if asked.case.kind not in ANSWERED:
        return None
    quotes = [citation.quote for citation in asked.reply.citations[:k]] if asked.answered else []
    return float(any(holds(quotes, (need,)) for need in asked.case.must)), 1


def best_quote_hit(asked: Asked) -> Tally | None:
    """Share of the questions with an answer whose first quote, or the passage shown as closest where it is refused, holds (a part of) it.

    What the reader finds, whatever it dares to call an answer.
    """
    if asked.case.kind not in ANSWERED:
        return None
    first = (asked.reply.citations if asked.answered else asked.reply.nearest)[:1]
    return float(any(holds([one.quote for one in first], (need,)) for need in asked.case.must)), 1


def answer_contains(asked: Asked) -> Tally | None:
    """Share of the questions with an answer whose reply shows all of it: string exact match (Gao et al. 2023, ALCE, section 4.2)."""
    return (float(holds(shown(asked.reply), asked.case.must)), 1) if asked.case.kind in ANSWERED else None


def must_not_violation(asked: Asked) -> Tally | None:
    """Of the questions that say what no right answer shows, the share whose reply shows it."""
    texts = shown(asked.reply)
    return (float(any(holds(texts, ((no,),)) for no in asked.case.must_not)), 1) if asked.case.must_not else None


# Is it grounded?


def citation_recall(asked: Asked) -> Tally | None:
    """Of a reply's claims the share that its citations carry together; the mean over answers (Gao et al. 2023, ALCE, section 4.3)."""
    return _mean([claim.supported for claim in asked.claims])


def citation_precision(asked: Asked) -> Tally | None:
    """Of a reply's citations the share that are needed; the mean over answers (Gao et al. 2023, ALCE, section 4.3).

    One counts where its claim is supported, and it carries the claim alone or the claim's other citations do not carry it without it. An
    answer that cites nothing has precision 0.
    """
    if not asked.claims:
        return None
    return _mean([needed for claim in asked.claims for needed in claim.precise]) or (0.0, 1)


def unsupported_claims(asked: Asked) -> Tally | None:
    """Of all claims of all answers the share that their citations do not carry: hallucinations, as far as the judge sees them."""
    return (sum(not claim.supported for claim in asked.claims), len(asked.claims)) if asked.claims else None


def verbatim(asked: Asked) -> Tally | None:
    """Of all quotes shown, those under refusals too, the share with `article.text[start:end] == quote`."""
    return (sum(asked.verbatim), len(asked.verbatim)) if asked.verbatim else None


# Does it refuse when it should?


def refusal_precision(asked: Asked) -> Tally | None:
    """Of the questions refused, the share that the articles do not answer; false premises are counted apart.

    Precision and recall of "unanswerable" as SQuAD 2.0 has it (Rajpurkar, Jia and Liang, 2018).
    """
    if asked.answered or asked.case.kind == "false_premise":
        return None
    return float(asked.case.kind == "unanswerable"), 1


def refusal_recall(asked: Asked) -> Tally | None:
    """Of the questions that the articles do not answer, the share refused."""
    return (float(not asked.answered), 1) if asked.case.kind == "unanswerable" else None


def false_refusal(asked: Asked) -> Tally | None:
    """Of the questions that the articles answer, the share refused."""
    return (float(not asked.answered), 1) if asked.case.kind in ANSWERED else None


# What is harder


def premise(handled: Verdict, asked: Asked) -> Tally | None:
    """Of the questions with a false premise, the share handled so: corrected, refused, or swallowed (answered as if it were true).

    The question type is FalseQA's (Hu et al., "Won't Get Fooled Again", 2023); an answer that corrects the premise without the quote that
    shows it is none of the three.
    """
    return (float(asked.verdict == handled), 1) if asked.case.kind == "false_premise" else None


def disagreement_shown(asked: Asked) -> Tally | None:
    """Of the questions on which the sources differ, the share whose reply quotes every value and says that they differ."""
    if asked.case.kind != "disagreement":
        return None
    quotes = [citation.quote for citation in asked.reply.citations]
    return float(asked.answered and bool(asked.reply.disagreements) and holds(quotes, asked.case.must)), 1


def follow_up_right(asked: Asked) -> Tally | None:
    """Of the questions that lean on the turns before them, the share answered right."""
    return (float(asked.passed), 1) if asked.case.kind == "follow_up" else None


def _mean(values: Sequence[bool]) -> Tally | None:
    return (sum(values) / len(values), 1) if values else None


ANSWERS: Mapping[str, Metric] = {
    "right": right,
    "answer_hit_at_1": partial(answer_hit_at, 1),
    "answer_hit_at_3": partial(answer_hit_at, 3),
    "best_quote_hit": best_quote_hit,
    "answer_contains": answer_contains,
    "must_not_violation_rate": must_not_violation,
    "citation_precision": citation_precision,
    "citation_recall": citation_recall,
    "unsupported_claim_rate": unsupported_claims,
    "verbatim_rate": verbatim,
    "refusal_precision": refusal_precision,
    "refusal_recall": refusal_recall,
    "false_refusal_rate": false_refusal,
    "premise_corrected": partial(premise, "corrected"),
    "premise_refused": partial(premise, "refused"),
    "premise_swallowed": partial(premise, "swallowed"),
    "disagreement_shown": disagreement_shown,
    "follow_up_right": follow_up_right,
}
LESS_IS_BETTER = frozenset(
    {"must_not_violation_rate", "unsupported_claim_rate", "false_refusal_rate", "premise_swallowed"}
)
