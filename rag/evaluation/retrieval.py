"""How well passages are found: questions asked every way, their rankings scored."""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.engine import Engine, open_engine
from rag.errors import ArticleError
from rag.evaluation.bootstrap import Estimate, estimates
from rag.evaluation.metrics import RETRIEVAL
from rag.evaluation.questions import Fields, GoldQuestion, gather, read_questions
from rag.evaluation.report import Latency, RetrievalReport, Variant
from rag.evaluation.ways import FULL, Way, full, ways
from rag.library import Library
from rag.model import Failure, Passage
from rag.phrases import phrase
from rag.settings import Settings

Array = NDArray[np.float64]
Progress = Callable[[str], None]


class UnreadableArticle(ArticleError):
    """An article that was to be searched cannot be read, and figures without it would mislead."""

    def __init__(self, failure: Failure) -> None:
        self._reasons = {"en": failure.error, "ar": failure.error_arabic}
        key = "eval_article_line" if failure.line else "eval_article"
        super().__init__(key, line=failure.line, source=failure.source, at=failure.line)

    def message(self, language: str) -> str:
        """The file, the line where there is one, and why, in `language`."""
        return phrase(language, f"error_{self.key}", **self.values, reason=self._reasons[language])


def evaluate(
    engine: Engine,
    questions: Sequence[Path],
    fields: Fields,
    *,
    articles: Sequence[Path] = (),
    ablation: bool = False,
    limit: int | None = None,
    progress: Progress | None = None,
) -> RetrievalReport:
    """Measure retrieval on question sets.

    Args:
        engine: on the library to search, unless `articles` are given.
        questions: JSONL files; none for the default sets, see `rag.evaluation.questions.gather`.
        fields: what the fields of their records are called.
        articles: files and folders to search in the library's place.
        ablation: also measure the system's parts and the baseline, see `rag.evaluation.ways.ways`.
        limit: at most so many questions, evenly spread.
        progress: called with the name of each article as it is read, and of the way for each question asked.

    Raises:
        QuestionError: there are no questions, or one cannot be used.
        UnreadableArticle: one of `articles` cannot be read.
        SanadError: what `Engine.search` raises.
    """
    with engine_over(articles, engine.settings, progress) if articles else nullcontext(engine) as searched:
        searched.generation()  # says what is wrong where there is nothing to search
        there = {article.id for article in searched.articles()}
        asked, passed_over = gather(questions, lambda path: read_questions(path, fields), there, limit)
        report = measure(searched, asked, ablation=ablation, progress=progress)
    return replace(report, passed_over=tuple(passed_over))


@contextmanager
def engine_over(articles: Sequence[Path], settings: Settings, progress: Progress | None = None) -> Iterator[Engine]:
    """An engine on a library of these articles alone, which is gone afterwards.

    Args:
        articles: files and folders of articles.
        settings: all but where the library and its vectors are kept.
        progress: called with the name of each article as it is done.

    Raises:
        UnreadableArticle: one of them cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="sanad-") as folder:
        local = settings.model_copy(update={"data_dir": Path(folder), "chroma_url": ""})
        with open_engine(local) as engine:
            report = engine.ingest(articles, progress=progress)
            if report.failed:
                raise UnreadableArticle(report.failed[0])
            yield engine


def measure(
    engine: Engine, questions: Sequence[GoldQuestion], *, ablation: bool = False, progress: Progress | None = None
) -> RetrievalReport:
    """Ask every question and score where the articles that answer come; an article's rank is its best passage's.

    Args:
        engine: on the library to search.
        questions: at least one, about articles of that library.
        ablation: also ask the system's parts and the baseline, see `rag.evaluation.ways.ways`.
        progress: called with the name of the way for each question asked.

    Raises:
        SanadError: what `Engine.search` raises.
    """
    passages = _passages(engine)
    asked = ways(engine, passages) if ablation else {FULL: full(engine)}
    values = {name: _scores(name, way, questions, passages, progress) for name, way in asked.items()}
    variants = {
        name: Variant(_named(scores), _named(scores - values[FULL]) if name != FULL else {})
        for name, scores in values.items()
    }
    articles = {passage.article_id for passage in passages.values()}
    return RetrievalReport(len(questions), len(articles), len(passages), variants, _latency(engine, questions))


def _passages(engine: Engine) -> Mapping[str, Passage]:
    library = Library(engine.settings.data_dir / "library.sqlite3", readonly=True)
    found, _, _ = library.read(list(library.rows().values()))
    return found


def _scores(
    name: str,
    way: Way,
    questions: Sequence[GoldQuestion],
    passages: Mapping[str, Passage],
    progress: Progress | None,
) -> Array:
    """Every metric of every question, shape (questions, metrics)."""
    rows = []
    for question in questions:
        ranked = list(dict.fromkeys(passages[passage_id].article_id for passage_id in way(question.text)))
        rows.append([metric(ranked, question.gold) for metric in RETRIEVAL.values()])
        if progress:
            progress(name)
    return np.array(rows)


def _named(values: Array) -> dict[str, Estimate]:
    return dict(zip(RETRIEVAL, estimates(values), strict=True))


def _latency(engine: Engine, questions: Sequence[GoldQuestion]) -> Latency:
    """Of searches as users make them, each question having been asked before."""
    times = []
    for question in questions:
        started = time.perf_counter()
        engine.search(question.text)
        times.append(time.perf_counter() - started)
    p50, p95 = np.percentile(times, (50, 95)) * 1000
    return Latency(float(p50), float(p95))
