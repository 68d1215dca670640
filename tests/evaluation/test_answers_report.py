"""What was measured of answers, as lines of a terminal."""

import pytest
from rich.cells import cell_len

from bot.scores import answers_lines
from rag.evaluation.answer_metrics import ANSWERS
from rag.evaluation.answers import groups, score, summary
from rag.evaluation.answers_report import AnswersReport
from rag.evaluation.cases import KINDS
from rag.evaluation.comparison import Comparison
from rag.evaluation.report import Latency
from rag.model import LANGUAGES, Language
from tests.evaluation.replies import ARTICLES, answer, case, refusal

DEAD = "قتل 13 شخصا."
OUTCOMES = tuple(
    score(
        case("13", kind=kind, language=language, must_not=("40",), type=kind[:3], id=f"{kind}-{language}"),
        reply,
        ARTICLES.get,
    )
    for kind in KINDS
    for language, reply in zip(LANGUAGES, (answer(DEAD), refusal()), strict=True)
)
REPORT = AnswersReport(OUTCOMES, summary(OUTCOMES), groups(OUTCOMES), 2, 3, "check", Latency(12.3, 45.6))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [80, 100])
def test_every_metric_fits_the_terminal_on_a_line_of_its_own(width: int, language: Language) -> None:
    lines = answers_lines(REPORT, None, "reorder", width, language)
    assert max(map(cell_len, lines)) <= width
    assert [line.split()[0] for line in lines if line.startswith(tuple(ANSWERS))] == list(ANSWERS)
    assert all(line.count("…") + line.count("–") == 3 for line in lines if line.startswith(tuple(ANSWERS)))
    assert [line.split()[0] for line in lines if line.split()[:1] and line.split()[0] in KINDS] == list(KINDS)


def test_the_lines_in_english() -> None:
    lines = answers_lines(REPORT, Comparison((), (), 10, ("a", "b"), ()), "off", 80, "en")
    assert lines[0] == "10 questions, 2 articles, 3 passages"
    first = next(line for line in lines if line.startswith("right "))
    assert first.split()[:2] == ["right", ".500"]
    right = {line.split()[0]: line.split()[2] for line in lines if line and line.split()[0] in KINDS}
    assert right == dict.fromkeys(KINDS, ".500")
    assert lines[lines.index("Citations judged by: check") :] == [
        "Citations judged by: check",
        "An answer takes 12 ms (median), 46 ms (95th percentile).",
        "5 questions went wrong.",
        "  refused (3): answerable-en disagreement-en follow_up-en",
        "  answered, though the articles do not (1): unanswerable-ar",
        "  false premise swallowed (1): false_premise-ar",
        "",
        "0 better, 0 worse, 10 as before, 2 new, 0 gone",
    ]
