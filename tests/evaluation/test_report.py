"""What was measured, as JSON and as lines of a terminal."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from bot.scores import retrieval_lines
from rag.evaluation.bootstrap import Estimate
from rag.evaluation.metrics import RETRIEVAL
from rag.evaluation.report import Latency, RetrievalReport, Variant
from rag.model import Language

ONE, HALF, LESS = Estimate(1.0, 1.0, 1.0), Estimate(0.5, 0.40004, 0.6), Estimate(-0.25, -0.3, 0.0123456)
FULL = Variant({"recall_at_1": HALF, "mrr": ONE}, {})
PART = Variant({"recall_at_1": HALF, "mrr": HALF}, {"recall_at_1": LESS, "mrr": LESS})
SMALL = RetrievalReport(1, 2, 1234, {"full": FULL}, Latency(1.234, 5.678), (Path("tests/grounding/made.jsonl"),))
REPORT = RetrievalReport(612, 240, 300, {"full": FULL, "bm25": PART}, Latency(2, 3))


def test_the_json_has_the_whole_system_on_top_and_every_variant_below() -> None:
    full = {"recall_at_1": 0.5, "mrr": 1.0, "intervals": {"recall_at_1": [0.4, 0.6], "mrr": [1.0, 1.0]}}
    assert REPORT.to_dict() == {
        "questions": 612,
        "articles": 240,
        "passages": 300,
        **full,
        "bootstrap": {"level": 0.95, "resamples": 2000},
        "latency_ms": {"p50": 2, "p95": 3},
        "variants": {
            "full": {**full, "differences": None},
            "bm25": {
                "recall_at_1": 0.5,
                "mrr": 0.5,
                "intervals": {"recall_at_1": [0.4, 0.6], "mrr": [0.4, 0.6]},
                "differences": {
                    "recall_at_1": -0.25,
                    "mrr": -0.25,
                    "intervals": {"recall_at_1": [-0.3, 0.0123], "mrr": [-0.3, 0.0123]},
                },
            },
        },
        "passed_over": [],
    }
    assert SMALL.to_dict()["passed_over"] == ["tests/grounding/made.jsonl"]


def test_the_lines_have_a_table_of_scores_and_one_of_differences() -> None:
    assert retrieval_lines(REPORT, "off", 80, "en") == [
        "612 questions, 240 articles, 300 passages",
        "            R@1          MRR",
        "────────────────────────────",
        "full       .500        1.000",
        "      .400….600  1.000…1.000",
        "bm25       .500         .500",
        "      .400….600    .400….600",
        "Difference from full, question by question:",
        "              R@1          MRR",
        "──────────────────────────────",
        "bm25        -.250        -.250",
        "      -.300…+.012  -.300…+.012",
        "Under each figure the middle 95% of 2,000 bootstrap resamples of the questions.",
        "A warm search takes 2.0 ms (median), 3.0 ms (95th percentile).",
    ]


def test_the_lines_are_arabic_around_the_same_table() -> None:
    assert retrieval_lines(SMALL, "off", 80, "ar") == [
        "سؤال واحد، مقالان، 1,234 مقطعا",
        "            R@1          MRR",
        "────────────────────────────",
        "full       .500        1.000",
        "      .400….600  1.000…1.000",
        "تحت كل رقم أوسط 95% من 2,000 إعادة معاينة للأسئلة (bootstrap).",
        "يستغرق البحث بعد التحمية 1.2 مللي ثانية (الوسيط) و 5.7 مللي ثانية (المئين 95).",
        "لم تقس لأن المكتبة ليس فيها شيء من مقالاتها: tests/grounding/made.jsonl",
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [80, 100, 120])
def test_all_metrics_of_a_way_with_a_long_name_fit_the_terminal(width: int, language: Language) -> None:
    part = Variant(dict.fromkeys(RETRIEVAL, LESS), dict.fromkeys(RETRIEVAL, LESS))
    full = Variant(dict.fromkeys(RETRIEVAL, HALF), {})
    report = RetrievalReport(9, 9, 9, {"full": full, "without proximity": part}, Latency(2, 3))
    lines = retrieval_lines(report, "reorder", width, language)
    assert max(map(cell_len, lines)) <= width
    assert [sum(line.count(end) for line in lines) for end in (".400….600", "-.300….012", "-.300…+.012")] == [5, 5, 5]
    assert len(lines) == 1 + 6 + 1 + 4 + 2  # the name takes no line of its own
