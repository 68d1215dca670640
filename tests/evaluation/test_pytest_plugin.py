"""The pytest plugin as its users meet it: small projects with articles, questions and tests of their own."""

import json
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ARTICLES = {
    "flood": "اجتاحت الفيضانات مدينة درنة يوم 10 سبتمبر 2023 وأغرقت 300 منزل.",
    "quake": "ضرب زلزال عنيف إقليم الحوز ودمر 50 قرية جبلية.",
}
Record = dict[str, object]
QUESTIONS: tuple[Record, ...] = (
    {"id": "houses", "question": "كم منزلا أغرقت الفيضانات في درنة؟", "language": "ar", "articles": ["flood"], "must": ["300 منزل"]},
    {"id": "villages", "question": "How many villages did the earthquake destroy?", "language": "en", "articles": ["quake"], "must": ["50 قرية"]},
)  # fmt: skip
MARKER = '@pytest.mark.grounding("questions.jsonl", articles="news")'
GATE = f"""
    import pytest

    {MARKER}
    def test_quality(grounding_gate):
        grounding_gate()
"""


def write(folder: Path, questions: tuple[Record, ...] = QUESTIONS) -> None:
    news = folder / "news"
    news.mkdir(exist_ok=True)
    for name, text in ARTICLES.items():
        (news / f"{name}.txt").write_text(text, encoding="utf-8")
    lines = [json.dumps(question, ensure_ascii=False) for question in questions]
    (folder / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with two articles, a question about each, and nothing recorded."""
    write(pytester.path)
    return pytester


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return project.runpytest_inprocess("-p", "rag.evaluation.pytest_plugin", "-p", "no:cacheprovider", *arguments)


def test_a_test_is_run_for_each_question_under_its_id(project: pytest.Pytester) -> None:
    project.makepyfile(f"""
        import pytest

        {MARKER}
        def test_an_answer(grounding_case, assert_grounded):
            assert grounding_case.passed
            assert_grounded(grounding_case.reply)
    """)
    ran = run(project, "-v", "--strict-markers")
    ran.assert_outcomes(passed=2)
    ran.stdout.fnmatch_lines(["*::test_an_answer?houses? PASSED*", "*::test_an_answer?villages? PASSED*"])


def test_the_questions_may_be_named_once_in_the_options(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\ngrounding_questions = questions.jsonl\ngrounding_articles = news\n")
    project.mkdir("deeper")
    (project.path / "deeper" / "test_it.py").write_text("def test_it(grounding_case): assert grounding_case.passed\n")
    run(project, "--strict-config").assert_outcomes(passed=2)


def test_a_test_that_names_no_questions_is_told_how_to(project: pytest.Pytester) -> None:
    project.makepyfile("def test_it(grounding_case): pass")
    ran = run(project)
    assert ran.ret == pytest.ExitCode.USAGE_ERROR or ran.parseoutcomes()["errors"] == 1
    assert "@pytest.mark.grounding(" in ran.stdout.str() + ran.stderr.str()


def test_a_question_set_that_cannot_be_read_is_one_line(project: pytest.Pytester) -> None:
    (project.path / "questions.jsonl").write_text("{", encoding="utf-8")
    project.makepyfile(GATE)
    assert "questions.jsonl line 1: not valid JSON" in run(project).stdout.str()


def test_a_project_without_such_tests_is_left_alone(project: pytest.Pytester) -> None:
    project.makepyfile("import sys\ndef test_it(): assert 'rag.engine' not in sys.modules")
    result = project.runpytest_subprocess("-p", "rag.evaluation.pytest_plugin", "-W", "error")
    result.assert_outcomes(passed=1)


# Answers that are not grounded


UNGROUNDED = """
    from dataclasses import replace
    from rag.model import Answer, Article, Citation, Claim

    TEXT = "وصل القطار متأخرا ساعتين. وبقي الركاب في المحطة."
    ARTICLES = {{"trains": Article("trains", TEXT, "trains.txt")}}
    QUOTE = Citation(1, "trains", "", "", None, None, None, TEXT[:25], 0, 25, TEXT)
    CLAIM = Claim("The train was two hours late.", (1,), "supported")
    ANSWER = Answer("?", "en", "The train was two hours late [1].", "llm:test", claims=(CLAIM,), citations=(QUOTE,))

    def test_it(assert_grounded):
        assert_grounded({answer}, ARTICLES.get)
"""


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("replace(ANSWER, citations=(replace(QUOTE, start=1, end=26),))", "the quote [1] is not verbatim in trains at 1:26"),
        ("replace(ANSWER, citations=(replace(QUOTE, article_id='planes'),))", "there is no such article"),
        ("replace(ANSWER, text=ANSWER.text + ' [2]')", "the marker [2] has no citation"),
        ("replace(ANSWER, text='The train was two hours late.')", "the citation [1] has no marker in the text"),
        (
            "replace(ANSWER, claims=(replace(CLAIM, text='The train was nine hours late.'),), text='The train was nine hours late [1].')",
            "the claim 'The train was nine hours late.' is not supported by what it cites: [1]",
        ),
        ("replace(ANSWER, text=ANSWER.text + ' The driver fled.')", "the text says more than its claims: 'The driver fled'"),
        ("replace(ANSWER, claims=(), text='', citations=())", "the answer has no claims"),
    ],
)  # fmt: skip
def test_an_answer_that_is_not_grounded_fails_and_it_is_said_why(
    answer: str, message: str, project: pytest.Pytester
) -> None:
    project.makepyfile(UNGROUNDED.format(answer=answer))
    ran = run(project)
    ran.assert_outcomes(failed=1)
    assert message in ran.stdout.str()


def test_a_grounded_answer_passes(project: pytest.Pytester) -> None:
    project.makepyfile(UNGROUNDED.format(answer="ANSWER"))
    run(project).assert_outcomes(passed=1)


# The gate


def test_with_neither_thresholds_nor_a_baseline_the_gate_fails(project: pytest.Pytester) -> None:
    project.makepyfile(GATE)
    ran = run(project)
    ran.assert_outcomes(failed=1)
    assert "record a baseline with pytest --grounding-record, or set thresholds" in ran.stdout.str()


def test_a_recorded_baseline_is_held(project: pytest.Pytester) -> None:
    project.makepyfile(GATE)
    recorded = run(project, "--grounding-record")
    recorded.assert_outcomes(passed=1)
    recorded.stdout.fnmatch_lines([f"grounding baseline recorded: {project.path / 'questions.baseline.json'}"])
    run(project).assert_outcomes(passed=1)


def test_a_fall_under_the_baseline_names_the_questions_that_changed(project: pytest.Pytester) -> None:
    project.makepyfile(GATE)
    run(project, "--grounding-record").assert_outcomes(passed=1)
    worse = QUESTIONS[0] | {"must": ["400 منزل"]}  # as if the answer had been lost
    write(project.path, (worse, QUESTIONS[1]))
    ran = run(project)
    ran.assert_outcomes(failed=1)
    ran.stdout.fnmatch_lines(
        [
            "questions: quality is not what it was or should be",
            "baseline: right (ar) was 1.0000, is 0.0000",
            "worse: houses right → wrong *",
            "where the change is meant, record it: pytest --grounding-record",
        ]
    )


def test_a_question_that_is_new_or_gone_is_no_fall(project: pytest.Pytester) -> None:
    project.makepyfile(GATE)
    run(project, "--grounding-record").assert_outcomes(passed=1)
    new: Record = {"id": "new", "question": "كم سفينة غرقت؟", "language": "ar", "articles": ["flood"], "must": ["300"]}
    write(project.path, (QUESTIONS[0], new))
    run(project).assert_outcomes(passed=1)


def test_thresholds_are_read_from_pyproject(project: pytest.Pytester) -> None:
    project.makepyfile(GATE)
    project.makepyprojecttoml("[tool.sanad.grounding.least]\nright = 1.0\n")
    run(project).assert_outcomes(passed=1)
    project.makepyprojecttoml("[tool.sanad.grounding.questions.most]\nfalse_refusal_rate = {en = -0.1}\n")
    ran = run(project)
    ran.assert_outcomes(failed=1)
    assert "threshold: false_refusal_rate (en) at most -0.1, is 0.0000" in ran.stdout.str()


def test_a_threshold_of_no_metric_is_said_to_be_none(project: pytest.Pytester) -> None:
    project.makepyfile(GATE)
    project.makepyprojecttoml("[tool.sanad.grounding.least]\nrigth = 1.0\n")
    assert "no metric 'rigth'; there are: right, " in run(project).stdout.str()


def test_a_file_that_is_no_baseline_is_said_to_be_none(project: pytest.Pytester) -> None:
    project.makepyfile(GATE)
    (project.path / "questions.baseline.json").write_text("[]", encoding="utf-8")
    assert "questions.baseline.json: not a baseline" in run(project).stdout.str()
