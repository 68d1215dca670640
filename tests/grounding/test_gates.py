"""The grounding questions, over the sample articles and over made ones of other topics, and the gates that quality may not fall under."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from rag import grounding
from rag.evaluation.answers import Outcome, summary
from rag.evaluation.baseline import Baseline
from rag.evaluation.gate import faults
from rag.evaluation.grounded import assert_grounded
from rag.evaluation.pytest_plugin import GroundingSet
from rag.evaluation.retrieval import engine_over
from rag.evaluation.thresholds import Thresholds
from rag.language.characters import fold
from rag.settings import Settings

_SEEDS = Path(__file__).parent.parent.parent / "seeds"
_FURNITURE = (
    "ذات صلة",
    "زر الذهاب",
    "الميليشيات تمثل تهديدا لأمن العراق والمنطقة",
    "استهداف قاعدة عين الأسد الجوية في العراق |",
)

seeds = pytest.param("seeds", marks=pytest.mark.grounding("seeds.jsonl", articles="../../seeds"))
made = pytest.param("made", marks=pytest.mark.grounding("made.jsonl", articles="made"))
each_set = pytest.mark.parametrize("name", [seeds, made])


@each_set
def test_quality_stays_above_its_thresholds_and_its_baseline(name: str, grounding_gate: Callable[[], None]) -> None:
    grounding_gate()


@each_set
def test_every_reply_is_grounded(name: str, grounding_set: GroundingSet) -> None:
    for one in grounding_set.outcomes:
        assert_grounded(one.reply, grounding_set.articles.get)


@each_set
def test_quotes_are_shown_and_none_is_page_furniture(name: str, grounding_set: GroundingSet) -> None:
    quotes = [c.quote for one in grounding_set.outcomes for c in (*one.reply.citations, *one.reply.nearest)]
    assert len(quotes) > len(grounding_set.cases)
    assert [quote for quote in quotes if any(mark in quote for mark in _FURNITURE)] == []


@each_set
def test_each_set_is_half_english_and_names_its_questions_once(name: str, grounding_set: GroundingSet) -> None:
    cases = grounding_set.cases
    languages = [case.language for case in cases]
    assert len(cases) >= 40
    assert abs(languages.count("en") - languages.count("ar")) <= len(cases) // 20
    asked = {(case.question, case.turns) for case in cases}
    assert len({case.id for case in cases}) == len(asked) == len(cases)


@each_set
def test_every_string_that_must_be_quoted_stands_in_a_named_article(name: str, grounding_set: GroundingSet) -> None:
    texts = {article_id: fold(article.text) for article_id, article in grounding_set.articles.items()}
    missing = [
        (case.id, string)
        for case in grounding_set.cases
        for need in case.must
        for string in need
        if not any(fold(string) in texts[article] for article in case.articles)
    ]
    assert missing == []


# The gates themselves


_GATED = 40  # questions that are enough to show that a gate fails


@contextmanager
def _asked_with(articles: Path, of: GroundingSet) -> Iterator[list[Outcome]]:
    """The first questions of a set asked again, of an engine over other articles than those they are judged by."""
    with engine_over([articles], Settings()) as engine:
        again = GroundingSet(of.path, of.cases[:_GATED], of.articles, engine)
        yield again.outcomes


@pytest.mark.grounding("seeds.jsonl", articles="../../seeds")
def test_swapping_the_texts_of_two_articles_makes_the_gate_fail(grounding_set: GroundingSet, tmp_path: Path) -> None:
    baseline = Baseline.of(grounding_set.outcomes)
    paths = sorted(_SEEDS.glob("*.txt"))
    for path, other in zip(paths, [paths[1], paths[0], *paths[2:]], strict=True):
        (tmp_path / path.name).write_bytes(other.read_bytes())
    (tmp_path / "articles.toml").write_bytes((_SEEDS / "articles.toml").read_bytes())
    with _asked_with(tmp_path, grounding_set) as outcomes:
        found = faults(outcomes, Thresholds(), baseline)
    assert any(one.startswith("baseline: verbatim_rate (ar)") for one in found)
    assert any(one.startswith("worse: ") for one in found)


@pytest.mark.grounding("seeds.jsonl", articles="../../seeds")
def test_offsets_that_are_one_off_make_the_gate_fail(
    grounding_set: GroundingSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    baseline = Baseline.of(grounding_set.outcomes)
    right = grounding._citation
    monkeypatch.setattr(
        grounding, "_citation", lambda n, q, *rest: replace(right(n, q, *rest), start=q.start + 1, end=q.end + 1)
    )
    with _asked_with(_SEEDS, grounding_set) as outcomes:
        found = faults(outcomes, Thresholds(), baseline)
    assert any(one.startswith("baseline: verbatim_rate (ar)") and one.endswith("is 0.0000") for one in found)


@pytest.mark.grounding("seeds.jsonl", articles="../../seeds")
def test_asked_again_nothing_has_changed_and_the_gate_passes(grounding_set: GroundingSet) -> None:
    baseline = Baseline.of(grounding_set.outcomes)
    with _asked_with(_SEEDS, grounding_set) as outcomes:
        assert faults(outcomes, Thresholds(), baseline) == []


@pytest.mark.grounding("seeds.jsonl", articles="../../seeds")
def test_the_command_measures_what_the_gate_does(grounding_set: GroundingSet) -> None:
    arguments = ["eval", "answers", "--articles", str(_SEEDS), "--questions", str(grounding_set.path)]
    ran = CliRunner().invoke(app, [*arguments, "--limit", str(_GATED), "--json"], catch_exceptions=False)
    measured = json.loads(ran.stdout)
    by_id = {one.case.id: one for one in grounding_set.outcomes}
    same = [by_id[one["id"]] for one in measured["questions"]]
    assert len(same) == _GATED
    assert [one["verdict"] for one in measured["questions"]] == [one.verdict for one in same]
    figures = {name: score and pytest.approx(score.value, abs=1e-4) for name, score in summary(same).items()}
    assert {name: measured[name] for name in figures} == figures
