"""What `sanad eval` measured of answers as one HTML page: charts, and every failure with the passages it rests on.

The page needs nothing else: no script, no font, no network, which its content security policy also forbids.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

from bot.charts import Row, bar_chart
from bot.elements import Html, element, void, written
from bot.failure import failure
from bot.scores import HEADINGS, change_counts, change_text
from bot.strings import say
from rag.errors import SanadError
from rag.evaluation.answer_metrics import ANSWERS, LESS_IS_BETTER
from rag.evaluation.answers import Group, Outcome
from rag.evaluation.answers_report import AnswersReport
from rag.evaluation.bootstrap import LEVEL, RESAMPLES, Estimate
from rag.evaluation.comparison import Change, Comparison
from rag.model import Language

_MAIN = (
    "right",
    "answer_hit_at_1",
    "citation_recall",
    "false_refusal_rate",
)  # of the groups' figures; the others are folded away
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write_page(path: Path, report: AnswersReport, comparison: Comparison | None, language: Language) -> None:
    """Write the page to a file.

    Raises:
        SanadError: it cannot be written.
    """
    try:
        path.write_text(page(report, comparison, language), encoding="utf-8")
    except OSError as error:
        raise SanadError("eval_page", path=path, detail=error.strerror) from None


def page(report: AnswersReport, comparison: Comparison | None, language: Language) -> str:
    """The page as HTML, its own words in `language`, texts of articles and questions in theirs."""
    return _Page(language).whole(report, comparison)


class _Page:
    """The parts of the page, in one language."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language

    def whole(self, report: AnswersReport, comparison: Comparison | None) -> str:
        """The document."""
        title = self._say("page_title")
        head = element(
            "head",
            void("meta", charset="utf-8"),
            void("meta", name="viewport", content="width=device-width, initial-scale=1"),
            void("meta", http_equiv="Content-Security-Policy", content=_POLICY),
            element("title", title),
            element("style", Html(resources.files("bot").joinpath("page.css").read_text(encoding="utf-8"))),
        )
        body = element(
            "body",
            element("header", element("h1", title), self._about(report)),
            element(
                "main",
                self._overview(report),
                *([self._changes(comparison)] if comparison else []),
                *(self._aspect(name, parts) for name, parts in report.groups.items()),
                self._failures(report.failed),
            ),
        )
        direction = "rtl" if self._language == "ar" else "ltr"
        return f"<!doctype html>\n{element('html', head, body, lang=self._language, dir=direction)}\n"

    def _say(self, key: str, count: int | None = None, **values: object) -> str:
        return say(self._language, key, count, **values)

    def _section(self, heading: str, *content: str) -> Html:
        return element("section", element("h2", heading), *content)

    # Figures

    def _about(self, report: AnswersReport) -> Html:
        counts = {"questions": len(report.outcomes), "articles": report.articles, "passages": report.passages}
        latency = report.latency
        lines = [
            self._say("comma").join(self._say(f"eval_{key}", count) for key, count in counts.items()),
            self._say("eval_judge", judge=report.judge),
            self._say("eval_answer_latency", p50=f"{latency.p50:.0f}", p95=f"{latency.p95:.0f}"),
            self._say("page_intervals", percent=f"{100 * LEVEL:.0f}", resamples=f"{RESAMPLES:,}"),
            *(self._say("eval_passed_over", path=path) for path in report.passed_over),
        ]
        return element("div", *(written("p", line) for line in lines), class_="about")

    def _overview(self, report: AnswersReport) -> Html:
        good = [name for name in report.scores if name not in LESS_IS_BETTER]
        faults = [name for name in report.scores if name in LESS_IS_BETTER]
        searched: Mapping[str, Estimate | None] = report.retrieval.full.scores if report.retrieval else {}
        charts = [
            bar_chart(self._say("page_good"), self._metrics(good, report.scores)),
            bar_chart(self._say("page_fault"), self._metrics(faults, report.scores), fault=True),
        ]
        if report.retrieval:
            title = f"{self._say('page_retrieval')}: {self._say('eval_questions', report.retrieval.questions)}"
            charts.append(bar_chart(title, self._metrics(list(searched), searched)))
        return self._section(self._say("page_overview"), element("div", *charts, class_="overview"))

    def _metrics(self, names: Iterable[str], scores: Mapping[str, Estimate | None]) -> Iterator[Row]:
        return ((self._metric(name), "", score) for name in names if (score := scores[name]))

    def _metric(self, name: str) -> str:
        return HEADINGS.get(name) or self._say(f"metric_{name}")

    def _aspect(self, aspect: str, groups: Mapping[str, Group]) -> Html:
        """A chart of each metric that speaks of any of the groups, the less telling ones folded away."""
        charts = {metric: self._groups(metric, groups) for metric in ANSWERS}
        main = [chart for metric, chart in charts.items() if chart and metric in _MAIN]
        more = [chart for metric, chart in charts.items() if chart and metric not in _MAIN]
        folded = element("details", element("summary", self._say("page_more")), element("div", *more, class_="charts"))
        return self._section(self._say(f"page_by_{aspect}"), element("div", *main, class_="charts"), folded)

    def _groups(self, metric: str, groups: Mapping[str, Group]) -> Html | None:
        scored = [(name or "–", group.questions, group.scores[metric]) for name, group in groups.items()]
        rows = [(name, f"{questions:,}", score) for name, questions, score in scored if score]
        return bar_chart(self._metric(metric), rows, fault=metric in LESS_IS_BETTER) if rows else None

    def _changes(self, comparison: Comparison) -> Html:
        listed = [
            self._change(kind, change)
            for kind, changes in (("worse", comparison.worse), ("better", comparison.better))
            for change in changes
        ]
        summed = element("p", change_counts(comparison, self._language))
        return self._section(self._say("page_changes"), summed, element("ul", *listed, class_="changes"))

    def _change(self, kind: str, change: Change) -> Html:
        pieces = (element("bdi", change.id), " · ", written("bdi", change.question), " · ")
        return element("li", *pieces, change_text(change, self._language), class_=f"change {kind}")

    def _failures(self, failed: Sequence[Outcome]) -> Html:
        if not failed:
            return self._section(self._say("page_failures"), element("p", self._say("page_all_right")))
        places = [f"failure-{number}" for number in range(1, len(failed) + 1)]
        links = [
            element("a", element("bdi", one.case.id), href=f"#{at}") for one, at in zip(failed, places, strict=True)
        ]
        contents = element("ul", *(element("li", link) for link in links), class_="contents")
        shown = [failure(one, self._language, at) for one, at in zip(failed, places, strict=True)]
        summed = element("p", self._say("eval_failed", len(failed)))
        return self._section(self._say("page_failures"), summed, contents, *shown)
