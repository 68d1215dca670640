"""What `sanad eval` measured as lines for a terminal: tables, and sentences around them.

Tables hold figures and the field's own names, which are the same in Arabic; so they run left to right in both languages.
"""

import io
from collections.abc import Iterable, Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.bidi import Mode, lay_out
from bot.strings import say
from rag.evaluation.answers import Group, Outcome
from rag.evaluation.answers_report import AnswersReport
from rag.evaluation.bootstrap import LEVEL, RESAMPLES, Estimate
from rag.evaluation.comparison import Change, Comparison
from rag.evaluation.report import RetrievalReport
from rag.model import Language

HEADINGS = {"recall_at_1": "R@1", "recall_at_5": "R@5", "recall_at_10": "R@10", "mrr": "MRR", "ndcg_at_10": "nDCG@10"}
_GROUPED = ("right", "answer_hit_at_1", "answer_hit_at_3")  # what is shown of each kind and type


def retrieval_lines(report: RetrievalReport, mode: Mode, width: int, language: Language) -> list[str]:
    """A table of the scores, one of the differences to the whole system where parts were measured, and the time of a search."""

    def said(key: str, count: int | None = None, **values: object) -> list[str]:
        return lay_out(say(language, key, count, **values), mode, width)

    counts = {"eval_questions": report.questions, "eval_articles": report.articles, "eval_passages": report.passages}
    lines = lay_out(say(language, "comma").join(say(language, key, n) for key, n in counts.items()), mode, width)
    lines += _table({name: variant.scores for name, variant in report.variants.items()}, width, sign="")
    differences = {name: variant.differences for name, variant in report.variants.items() if variant.differences}
    if differences:
        lines += [*said("eval_differences"), *_table(differences, width, sign="+")]
    lines += said("eval_intervals", percent=f"{100 * LEVEL:.0f}", resamples=f"{RESAMPLES:,}")
    lines += said("eval_latency", p50=f"{report.latency.p50:.1f}", p95=f"{report.latency.p95:.1f}")
    for path in report.passed_over:
        lines += said("eval_passed_over", path=path)
    return lines


def answers_lines(
    report: AnswersReport, comparison: Comparison | None, mode: Mode, width: int, language: Language
) -> list[str]:
    """Retrieval where it was measured, a table of the metrics by language, one of kinds and types, what failed and what changed."""

    def said(key: str, count: int | None = None, **values: object) -> list[str]:
        return lay_out(say(language, key, count, **values), mode, width)

    lines = [*retrieval_lines(report.retrieval, mode, width, language), ""] if report.retrieval else []
    counts = {
        "eval_questions": len(report.outcomes),
        "eval_articles": report.articles,
        "eval_passages": report.passages,
    }
    lines += lay_out(say(language, "comma").join(say(language, key, n) for key, n in counts.items()), mode, width)
    lines += [*_metrics(report, width), "", *_groups(report.groups, width)]
    lines += said("eval_intervals_beside", percent=f"{100 * LEVEL:.0f}", resamples=f"{RESAMPLES:,}")
    lines += said("eval_judge", judge=report.judge)
    lines += said("eval_answer_latency", p50=f"{report.latency.p50:.0f}", p95=f"{report.latency.p95:.0f}")
    lines += said("eval_failed", len(report.failed))
    for verdict, failed in _by_verdict(report.failed).items():
        ids = " ".join(one.case.id for one in failed)
        lines += lay_out(f"{say(language, f'verdict_{verdict}')} ({len(failed)}): {ids}", mode, width, "  ")
    if comparison:
        lines += ["", *_changes(comparison, mode, width, language)]
    for path in report.passed_over:
        lines += said("eval_passed_over", path=path)
    return lines


def _metrics(report: AnswersReport, width: int) -> list[str]:
    """A row a metric that speaks of any question; over all questions and over those of each language."""
    parts = {"": report.scores, **{name: group.scores for name, group in report.groups["language"].items()}}
    table = _frame(["", *(name or "all" for name in parts)])
    for metric, score in report.scores.items():
        if score:
            table.add_row(metric, *(_beside(scores[metric]) for scores in parts.values()))
    return _written(table, width)


def _groups(groups: Mapping[str, Mapping[str, Group]], width: int) -> list[str]:
    """A row a kind and a type."""
    table = _frame(["", "n", *_GROUPED])
    for aspect in ("kind", "type"):
        for name, group in groups[aspect].items():
            table.add_row(name or "–", f"{group.questions:,}", *(_beside(group.scores[one]) for one in _GROUPED))
        table.add_section()
    return _written(table, width)


def _by_verdict(failed: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = {}
    for one in failed:
        found.setdefault(one.verdict, []).append(one)
    return found


def _changes(comparison: Comparison, mode: Mode, width: int, language: Language) -> list[str]:
    """How many questions changed, then each that did: what it was, and what it is."""
    lines = lay_out(change_counts(comparison, language), mode, width)
    for sign, changes in (("+", comparison.better), ("-", comparison.worse)):
        for change in changes:
            lines += lay_out(f"{sign} {change.id} {change.question}", mode, width)
            lines += lay_out(change_text(change, language), mode, width, "    ")
    return lines


def change_counts(comparison: Comparison, language: Language) -> str:
    """How many questions got better, worse, and so on."""
    return say(language, "comma").join(say(language, f"eval_{name}", n) for name, n in comparison.counts.items())


def change_text(change: Change, language: Language) -> str:
    """What a question's verdict was and is."""
    before, after = (say(language, f"verdict_{one}") for one in (change.before, change.after))
    if before == after:
        return say(language, "eval_same_verdict", verdict=after)
    return say(language, "eval_became", before=before, after=after)


def _table(rows: Mapping[str, Mapping[str, Estimate]], width: int, sign: str) -> list[str]:
    """A row a way, a column a metric; under each figure its interval."""
    table = _frame([""])
    for metric in next(iter(rows.values())):
        table.add_column(HEADINGS[metric], justify="right")
    for name, scores in rows.items():
        table.add_row(name, *(_cell(score, sign) for score in scores.values()))
    return _written(table, width)


def _frame(headings: Sequence[str]) -> Table:
    """A table with these columns, the first one to the left."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for place, heading in enumerate(headings):
        table.add_column(Text(heading), justify="right" if place else "left")
    return table


def _written(table: Table, width: int) -> list[str]:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    with console.capture() as written:
        console.print(table)
    return [line.rstrip() for line in written.get().splitlines()]


def _beside(score: Estimate | None) -> str:
    """A figure with its interval beside it."""
    return f"{_figure(score.value, '')} {'…'.join(_figure(end, '') for end in score.interval)}" if score else "–"


def _cell(score: Estimate, sign: str) -> str:
    return f"{_figure(score.value, sign)}\n{'…'.join(_figure(end, sign) for end in score.interval)}"


def _figure(value: float, sign: str) -> str:
    """Three decimals, without the zero before them.

    >>> _figure(0.8843, ""), _figure(-0.0102, "+"), _figure(1.0, "")
    ('.884', '-.010', '1.000')
    """
    return f"{value:{sign}.3f}".replace("0.", ".", 1)
