"""Cases asked of an engine, and their replies scored: `sanad eval answers` and `sanad eval all`."""

import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

import numpy as np

from rag.engine import Engine
from rag.errors import QuestionError
from rag.evaluation.answers import Outcome, groups, score, summary
from rag.evaluation.answers_report import AnswersReport
from rag.evaluation.cases import Case, gather_cases
from rag.evaluation.judge import Judge, SupportCheck
from rag.evaluation.questions import NOT_SEARCHED, Fields, GoldQuestion
from rag.evaluation.report import Latency, RetrievalReport
from rag.evaluation.retrieval import Progress, engine_over, measure
from rag.model import Article, Reply

ASKING = "answers"  # what `progress` is told for each question asked


def evaluate(
    engine: Engine,
    questions: Sequence[Path],
    fields: Fields,
    *,
    articles: Sequence[Path] = (),
    limit: int | None = None,
    judge: Judge | None = None,
    retrieval: bool = False,
    progress: Progress | None = None,
) -> AnswersReport:
    """Measure answers on question sets.

    Args:
        engine: on the library to ask, unless `articles` are given.
        questions: JSONL files; none for the default sets, see `rag.evaluation.questions.gather`.
        fields: what the fields of their records are called.
        articles: files and folders to ask about in the library's place, all in one library.
        limit: at most so many questions, evenly spread.
        judge: says whether quotes carry a claim; None for the deterministic check.
        retrieval: also measure retrieval on the questions that can be searched for as they are.
        progress: called with the name of each article as it is read, and for each question asked.

    Raises:
        QuestionError: there are no questions, or one cannot be used.
        UnreadableArticle: one of `articles` cannot be read.
        SanadError: what `Engine.ask` and the judge raise.
    """
    with engine_over(articles, engine.settings, progress) if articles else nullcontext(engine) as asked:
        asked.generation()  # says what is wrong where there is nothing to ask
        library = {article.id: article for article in asked.articles()}
        cases, passed_over = gather_cases(questions, fields, library.keys(), limit)
        found = _retrieval(asked, cases, fields, progress) if retrieval else None
        outcomes, latency = measure_answers(asked, cases, library.get, judge, progress)
        passages = sum(asked.passage_count(name) for name in library)
    return AnswersReport(
        outcomes=outcomes,
        scores=summary(outcomes),
        groups=groups(outcomes),
        articles=len(library),
        passages=passages,
        judge=(judge or SupportCheck()).name,
        latency=latency,
        retrieval=found,
        passed_over=tuple(passed_over),
    )


def measure_answers(
    engine: Engine,
    cases: Sequence[Case],
    lookup: Callable[[str], Article | None],
    judge: Judge | None = None,
    progress: Progress | None = None,
) -> tuple[tuple[Outcome, ...], Latency]:
    """Ask every case and score the replies; the time is that of `engine.ask`, the turns before a follow-up not counted.

    Raises:
        SanadError: what `Engine.ask` and the judge raise.
    """
    replies, seconds = [], []
    ask(engine, cases[0])  # loads what the first question loads
    for case in cases:
        reply, took = ask(engine, case)
        replies.append(reply)
        seconds.append(took)
        if progress:
            progress(ASKING)
    outcomes = tuple(score(case, reply, lookup, judge) for case, reply in zip(cases, replies, strict=True))
    p50, p95 = np.percentile(seconds, (50, 95)) * 1000
    return outcomes, Latency(float(p50), float(p95))


def ask(engine: Engine, case: Case) -> tuple[Reply, float]:
    """The reply to a case after its turns, and the seconds it took without them."""
    talk = engine.conversation() if case.turns else None
    for turn in case.turns:
        engine.ask(turn, conversation=talk)
    started = time.perf_counter()
    reply = engine.ask(case.question, conversation=talk)
    return reply, time.perf_counter() - started


def _retrieval(engine: Engine, cases: Sequence[Case], fields: Fields, progress: Progress | None) -> RetrievalReport:
    """Retrieval, on the cases that `sanad eval retrieval` would ask."""
    searched = [case for case in cases if case.kind not in NOT_SEARCHED]
    for case in searched:
        if not case.articles:
            raise QuestionError(
                "eval_no_field",
                path=case.path,
                line=case.line,
                field=fields.article,
                option="--article-field",
                found="–",
            )
    if not searched:
        raise QuestionError("eval_empty", path=cases[0].path)
    gold = [GoldQuestion(case.question, case.gold, case.path, case.line) for case in searched]
    return measure(engine, gold, progress=progress)
