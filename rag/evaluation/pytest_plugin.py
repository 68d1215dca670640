"""The pytest plugin: the questions of a JSONL file as test cases, `assert_grounded`, and a gate that quality may not fall under.

    @pytest.mark.grounding("questions.jsonl", articles="articles/")
    def test_an_answer(grounding_case, assert_grounded):        # once for each question
        assert grounding_case.passed
        assert_grounded(grounding_case.reply)

    @pytest.mark.grounding("questions.jsonl", articles="articles/")
    def test_quality(grounding_gate):                           # once for the set
        grounding_gate()

Paths are relative to the test's file, or to pytest's root folder where they come from its options `grounding_questions` and
`grounding_articles`. Thresholds stand in `pyproject.toml`, see `rag.evaluation.thresholds`. `pytest --grounding-record` records what is reached
as the baseline, `questions.baseline.json` beside the questions; from then on the gate fails when a figure falls under it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from rag.engine import Engine
    from rag.evaluation.answers import Outcome
    from rag.evaluation.cases import Case
    from rag.evaluation.citations import Lookup
    from rag.model import Article, Reply
    from rag.settings import Settings

_QUESTIONS, _ARTICLES, _RECORD = "grounding_questions", "grounding_articles", "--grounding-record"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options."""
    group = parser.getgroup("grounding", "answers that stay grounded")
    group.addoption(_RECORD, action="store_true", help="record what the question sets reach now as their baseline")
    parser.addini(_QUESTIONS, "JSONL file of questions, where a test's marker names none", default="")
    parser.addini(_ARTICLES, "folder or file of articles, where a test's marker names none", default="")


def pytest_configure(config: pytest.Config) -> None:
    """The marker."""
    config.addinivalue_line(
        "markers", 'grounding(questions, articles="folder"): ask the questions of a JSONL file about these articles'
    )
    config.stash[_RECORDED] = []


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `grounding_case` is one for each question of its set."""
    if "grounding_case" in metafunc.fixturenames:
        questions, _ = _named(metafunc.definition)
        cases = _read(questions)
        metafunc.parametrize("grounding_case", cases, ids=[case.id for case in cases], indirect=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The baselines that were recorded."""
    for path in config.stash[_RECORDED]:
        terminalreporter.write_line(f"grounding baseline recorded: {path}")


@dataclass
class GroundingSet:
    """A question set, the engine over its articles, and the replies so far; a question is asked when its outcome is first wanted.

    Attributes:
        articles: as they are read from their files, by id: quotes are compared with these, not with what the engine's library holds.
    """

    path: Path
    cases: "list[Case]"
    articles: "Mapping[str, Article]"
    engine: "Engine"
    _outcomes: "dict[str, Outcome]" = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of its file, without ending."""
        return self.path.stem

    @property
    def baseline(self) -> Path:
        """Where its baseline is recorded."""
        return self.path.with_suffix(".baseline.json")

    @property
    def outcomes(self) -> "list[Outcome]":
        """What every question came to."""
        return [self.outcome(case) for case in self.cases]

    def outcome(self, case: "Case") -> "Outcome":
        """What a question came to."""
        from rag.evaluation.answers import score
        from rag.evaluation.run import ask

        if case.id not in self._outcomes:
            reply, _ = ask(self.engine, case)
            self._outcomes[case.id] = score(case, reply, self.articles.get)
        return self._outcomes[case.id]


_Open = Callable[[Path, Path], GroundingSet]
_RECORDED = pytest.StashKey[list[Path]]()


@pytest.fixture(scope="session")
def grounding_settings() -> "Callable[[], Settings]":
    """Makes the settings of the engine that is asked; define your own to ask with an LLM or other embeddings."""
    from rag.settings import Settings

    return Settings


@pytest.fixture(scope="session")
def _grounding_sets(grounding_settings: "Callable[[], Settings]") -> Iterator[_Open]:
    """Opens the sets of the session, each once."""
    from rag.evaluation.retrieval import engine_over

    opened: dict[tuple[Path, Path], GroundingSet] = {}
    with ExitStack() as stack:

        def open_set(questions: Path, articles: Path) -> GroundingSet:
            key = (questions, articles)
            if key not in opened:
                engine = stack.enter_context(engine_over([articles], grounding_settings()))
                opened[key] = GroundingSet(questions, _read(questions), _read_articles(articles, engine), engine)
            return opened[key]

        yield open_set


@pytest.fixture
def grounding_set(request: pytest.FixtureRequest, _grounding_sets: _Open) -> GroundingSet:
    """The question set that the test's marker names."""
    return _grounding_sets(*_named(request.node))


@pytest.fixture
def grounding_case(request: pytest.FixtureRequest, grounding_set: GroundingSet) -> "Outcome":
    """One question of the set, asked: `.case`, `.reply`, `.verdict`, `.passed`."""
    return grounding_set.outcome(request.param)


@pytest.fixture
def article_lookup(grounding_set: GroundingSet) -> "Lookup":
    """Gives an article of the set by its id."""
    return grounding_set.articles.get


@pytest.fixture
def assert_grounded(request: pytest.FixtureRequest) -> "Callable[..., None]":
    """`assert_grounded(answer, article_lookup)`, see `rag.evaluation.grounded`; the lookup may be left out where a marker names the articles."""
    from rag.evaluation.grounded import assert_grounded as check

    def checked(answer: "Reply", article_lookup: "Lookup | None" = None) -> None:
        check(answer, article_lookup or request.getfixturevalue("article_lookup"))

    return checked


@pytest.fixture
def grounding_gate(grounding_set: GroundingSet, pytestconfig: pytest.Config) -> Callable[[], None]:
    """Fails the test when the set misses a threshold or falls under its baseline; with --grounding-record the baseline is recorded instead."""

    def gate() -> None:
        __tracebackhide__ = True
        faults = _faults(grounding_set, pytestconfig)
        if faults:
            pytest.fail(
                f"{grounding_set.name}: quality is not what it was or should be\n" + "\n".join(faults), pytrace=False
            )

    return gate


def _faults(asked: GroundingSet, config: pytest.Config) -> list[str]:
    """What is wrong with the quality of a set, a line each."""
    from rag.errors import QuestionError
    from rag.evaluation.baseline import Baseline
    from rag.evaluation.gate import faults
    from rag.evaluation.thresholds import ThresholdError, Thresholds

    try:
        thresholds = Thresholds.read(config.rootpath / "pyproject.toml", asked.name)
        if config.getoption(_RECORD):
            Baseline.of(asked.outcomes).write(asked.baseline)
            config.stash[_RECORDED].append(asked.baseline)
        if not asked.baseline.exists() and not thresholds.thresholds:
            return [f"nothing to hold it to: record a baseline with pytest {_RECORD}, or set thresholds"]
        found = faults(asked.outcomes, thresholds, Baseline.read(asked.baseline) if asked.baseline.exists() else None)
    except (QuestionError, ThresholdError) as error:
        return [str(error)]
    return [*found, f"where the change is meant, record it: pytest {_RECORD}"] if found else []


def _named(node: pytest.Item | pytest.Collector) -> tuple[Path, Path]:
    """The question set and the articles of a test."""
    marker = node.get_closest_marker("grounding")
    questions = marker.args[0] if marker and marker.args else None
    articles = marker.kwargs.get("articles") if marker else None
    return _path(questions, _QUESTIONS, node), _path(articles, _ARTICLES, node)


def _path(named: str | None, option: str, node: pytest.Item | pytest.Collector) -> Path:
    if named:
        return (node.path.parent / named).resolve()
    default = node.config.getini(option)
    if not default:
        raise pytest.UsageError(
            f'{node.nodeid}: name them: @pytest.mark.grounding("questions.jsonl", articles="folder"), or the option {option}'
        )
    return Path(node.config.rootpath, default).resolve()


def _read(questions: Path) -> "list[Case]":
    from rag.errors import QuestionError
    from rag.evaluation.cases import read_cases
    from rag.evaluation.questions import Fields

    try:
        return read_cases(questions, Fields())
    except QuestionError as error:
        raise pytest.UsageError(str(error)) from None


def _read_articles(path: Path, engine: "Engine") -> "Mapping[str, Article]":
    from rag.articles.readers import read_articles
    from rag.model import Article

    found = read_articles([path], max_bytes=engine.settings.max_article_bytes)
    return {one.id: one for one in found if isinstance(one, Article)}
