"""The page of `sanad eval --html`: self-contained, well formed, safe, and with everything about each failure."""

from html.parser import HTMLParser
from typing import Any

import pytest

from bot.charts import bar_chart
from bot.page import page, write_page
from bot.strings import say
from rag.errors import SanadError
from rag.evaluation.answer_metrics import ANSWERS, LESS_IS_BETTER
from rag.evaluation.answers import Outcome, groups, score, summary
from rag.evaluation.answers_report import AnswersReport
from rag.evaluation.bootstrap import Estimate
from rag.evaluation.comparison import Change, Comparison
from rag.evaluation.metrics import RETRIEVAL
from rag.evaluation.report import Latency, RetrievalReport, Variant
from rag.model import Citation, Language, Reply
from tests.evaluation.replies import ARTICLES, answer, case, refusal

FLOOD, DEAD = "اجتاحت الفيضانات مدينة درنة.", "قتل 13 شخصا."
HOSTILE = '</mark></p><script>alert(1)</script><img src="http://evil" onerror=x> قتل & "40" \u202e'
HALF = Estimate(0.5, 0.25, 0.75)


class Document(HTMLParser):
    """A page as a tree of (tag, attributes, own text), checked for being well formed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[tuple[str, list[str]]] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        texts: list[str] = []
        self.elements.append((tag, dict(attrs), texts))
        if tag != "meta":
            self._open.append((tag, texts))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, texts in self._open:
            texts.append(data)

    def all(self, tag: str, **attributes: str) -> list[str]:
        """The texts of the elements with this tag and these attributes."""
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}.items()
        return ["".join(texts) for name, given, texts in self.elements if name == tag and wanted <= given.items()]


def outcome(reply: Reply, named: str = "q-1", **fields: Any) -> Outcome:  # noqa: ANN401  # any field of a case
    return score(case("13", **({"id": named, "type": "how_many"} | fields)), reply, ARTICLES.get)


def report(*outcomes: Outcome, retrieval: bool = False) -> AnswersReport:
    searched = RetrievalReport(7, 2, 2, {"full": Variant(dict.fromkeys(RETRIEVAL, HALF), {})}, Latency(1, 2))
    return AnswersReport(
        outcomes, summary(outcomes), groups(outcomes), 2, 3, "check", Latency(1.4, 2.6), searched if retrieval else None
    )


def document(*outcomes: Outcome, language: Language = "en", comparison: Comparison | None = None) -> Document:
    return Document(page(report(*outcomes), comparison, language))


WRONG = outcome(answer(FLOOD), turns=("ماذا حدث؟",), must_not=("السد",), note="a note", articles=("flood",))


# What is in it


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_a_failure_has_all_that_is_known_about_it(language: Language, direction: str) -> None:
    found = document(WRONG, language=language)
    assert found.all("html", lang=language, dir=direction)
    assert found.all("h3", dir="rtl", lang="ar") == ["كم؟"]
    (failure,) = found.all("article", class_="failure", id="failure-1")
    assert say(language, "verdict_wrong") in failure
    for key in ("turns", "expected", "must_not", "note", "reply", "sources"):
        assert say(language, f"page_{key}") in found.all("dt")
    for text in ("q-1", "answerable", "how_many", "flood", "ماذا حدث؟", "السد", "a note", "[1]"):
        assert text in failure
    assert found.all("a", href="#failure-1") == ["q-1"]


def test_the_whole_passage_is_shown_with_its_quote_marked() -> None:
    found = document(WRONG)
    assert found.all("blockquote", dir="rtl", lang="ar") == [ARTICLES["flood"].text]
    assert found.all("mark") == [FLOOD]
    nearest = document(outcome(refusal(nearest=WRONG.reply.citations)))
    assert nearest.all("mark") == [FLOOD]
    assert say("en", "page_nearest") in nearest.all("dt")


def test_a_quote_that_is_not_in_its_passage_is_marked_above_it() -> None:
    quote = Citation(1, "flood", "", "", None, None, None, "قتل 14 شخصا.", 0, 12, DEAD)
    found = document(outcome(answer(citations=(quote,))))
    assert (found.all("mark"), found.all("blockquote")) == (["قتل 14 شخصا."], [f"قتل 14 شخصا.\n{DEAD}"])


def test_a_claim_that_its_citations_do_not_carry_is_listed() -> None:
    found = document(outcome(answer(FLOOD, claims=[("40 people were killed.", (1,))])))
    assert found.all("p", class_="unsupported") == ["40 people were killed."]


def test_what_went_right_is_not_among_the_failures() -> None:
    found = document(outcome(answer(DEAD)))
    assert found.all("article") == []
    assert say("en", "page_all_right") in found.all("p")


def test_every_metric_that_speaks_of_a_question_has_its_bar_and_its_groups() -> None:
    found = document(WRONG, outcome(answer(DEAD), "q-2", language="en"))
    captions = found.all("caption")
    for name, estimate in summary((WRONG,)).items():
        assert (say("en", f"metric_{name}") in captions) == (estimate is not None)
    assert next(row for row in found.all("tr") if row.startswith("ar")) == "ar10.0000.000…0.000"
    assert captions[:2] == [say("en", "page_good"), say("en", "page_fault")]
    assert found.all("h2") == [
        say("en", f"page_{key}") for key in ("overview", "by_language", "by_type", "by_kind", "failures")
    ]


def test_retrieval_and_what_changed_are_shown_where_they_are_known() -> None:
    changes = Comparison(
        (Change("b", "من؟", "wrong", "right"),), (Change("a", "Who?", "right", "right"),), 3, ("n",), ()
    )
    found = Document(page(report(WRONG, retrieval=True), changes, "en"))
    assert "Passages found: 7 questions" in found.all("caption")
    assert "1 better, 1 worse, 3 as before, 1 new, 0 gone" in found.all("p")
    assert found.all("li", class_="change better") == ["b · من؟ · wrong answer → right"]
    assert found.all("li", class_="change worse") == [
        "a · Who? · right, as before, but in another place or with other citations"
    ]
    arabic = Document(page(report(WRONG), changes, "ar"))
    assert arabic.all("li", class_="change better") == ["b · من؟ · إجابة خاطئة ← إجابة صحيحة"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_metric_has_a_name_in_both_languages(language: Language) -> None:
    assert len({say(language, f"metric_{name}") for name in ANSWERS}) == len(ANSWERS)


# What it is made of


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_needs_nothing_else_and_may_load_nothing(language: Language) -> None:
    text = page(report(WRONG, retrieval=True), None, language)
    found = Document(text)
    tags = {tag for tag, _, _ in found.elements}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "base", "form", "use"})
    assert not any(word in text for word in ("http:", "https:", "url(", "@import", "javascript:"))
    assert found.all("meta", content="default-src 'none'; style-src 'unsafe-inline'")
    assert all(
        name in {"href"} or not name.startswith(("on", "src")) for _, given, _ in found.elements for name in given
    )


def test_hostile_texts_stay_texts() -> None:
    quote = Citation(1, HOSTILE, HOSTILE, HOSTILE, None, None, "http://evil", HOSTILE, 0, 9, f"قال {HOSTILE} ثم")
    reply = answer(citations=(quote,), text=HOSTILE, claims=[(HOSTILE, (1,))])
    failed = outcome(
        reply,
        HOSTILE,
        question=HOSTILE,
        note=HOSTILE,
        turns=(HOSTILE,),
        must=((HOSTILE, "x"),),
        must_not=(HOSTILE,),
        type=HOSTILE,
    )
    assert not failed.passed
    found = document(failed, comparison=Comparison((), (Change(HOSTILE, HOSTILE, "right", "wrong"),), 0, (), ()))
    tags = {tag for tag, _, _ in found.elements}
    assert tags.isdisjoint({"script", "img"})
    assert found.all("mark") == [HOSTILE]
    assert found.all("h3") == [HOSTILE]


def test_a_bar_ends_at_its_value_and_its_interval() -> None:
    chart = Document(bar_chart("Right", [("ar", "7", Estimate(0.5, 0.25, 0.755))], fault=True))
    (bar,) = (given for tag, given, _ in chart.elements if tag == "rect")
    assert bar["width"] == "100"  # of 200
    whisker = [given for tag, given, _ in chart.elements if tag == "line" and given["class"] == "whisker"]
    assert [(line["x1"], line["x2"]) for line in whisker] == [("50", "151"), ("50", "50"), ("151", "151")]
    assert chart.all("tr") == ["ar70.5000.250…0.755"]
    assert chart.all("table", class_="chart fault")


def test_charts_of_faults_are_told_by_their_colour() -> None:
    found = document(WRONG)
    faults = found.all("table", class_="chart fault")
    assert len(faults) == 1 + 3 * sum(name in WRONG.values for name in LESS_IS_BETTER)


def test_a_page_that_cannot_be_written_is_one_line(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("page")
    write_page(folder / "page.html", report(WRONG), None, "ar")
    assert (folder / "page.html").read_text(encoding="utf-8") == page(report(WRONG), None, "ar")
    with pytest.raises(SanadError) as raised:
        write_page(folder / "none" / "page.html", report(WRONG), None, "en")
    assert str(raised.value).endswith(
        "page.html: cannot be written (No such file or directory). Name another file with --html"
    )
    assert "تعذرت كتابته" in raised.value.message("ar")
