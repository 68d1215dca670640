"""`sanad eval`: how good it is on questions with known answers."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.parameters import Json
from bot.session import open_session, print_json

eval_app = typer.Typer(help="Measure how good Sanad is on questions with known answers.", no_args_is_help=True)

Searched = Annotated[
    list[Path] | None, typer.Option(help="Use these articles instead of the library's; may be repeated.")
]
Sets = Annotated[
    list[Path] | None, typer.Option(help="JSONL of questions; may be repeated. [default: tests/grounding/*.jsonl]")
]
QuestionField = Annotated[str, typer.Option(help="Field of a record that holds the question.")]
ArticleField = Annotated[
    str, typer.Option(help="Field that holds the id of the article that answers, or a list of ids.")
]
MustField = Annotated[str, typer.Option(help="Field that holds the words a right answer shows, or a list of them.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Ask so many of the questions, evenly spread.")]


class JudgeName(StrEnum):
    """What says whether quotes carry a sentence."""

    CHECK = "check"
    LLM = "llm"


JudgeOption = Annotated[
    JudgeName, typer.Option(help="Who judges citations: the deterministic check, or the model of SANAD_LLM.")
]
Page = Annotated[Path | None, typer.Option("--html", help="Write a page with charts and every failure to this file.")]
Older = Annotated[Path | None, typer.Option(help="What --json wrote before: show which questions got better or worse.")]


@eval_app.command("retrieval")
def eval_retrieval(
    articles: Searched = None,
    questions: Sets = None,
    question_field: QuestionField = "question",
    article_field: ArticleField = "articles",
    ablation: Annotated[bool, typer.Option("--ablation", help="Measure the parts and a BM25 baseline too.")] = False,
    limit: Limit = None,
    as_json: Json = False,
) -> None:
    """Measure how high the articles that answer are ranked; docs/retrieval.md defines the figures."""
    with open_session(as_json) as session:
        from rag.evaluation.questions import Fields
        from rag.evaluation.retrieval import evaluate

        with session.progress("measuring") as advance:
            report = evaluate(
                session.engine, questions or [], Fields(question_field, article_field),
                articles=articles or [], ablation=ablation, limit=limit, progress=advance,
            )  # fmt: skip
        if as_json:
            print_json(report.to_dict())
        else:
            from bot.scores import retrieval_lines

            session.print(retrieval_lines(report, session.mode, session.width, session.language))


@eval_app.command("answers", help="Measure answers, citations and refusals; docs/evaluation.md defines the figures.")
@eval_app.command("all", help="Measure retrieval and answers in one run.")
def eval_answers(
    context: typer.Context,
    articles: Searched = None,
    questions: Sets = None,
    question_field: QuestionField = "question",
    article_field: ArticleField = "articles",
    must_field: MustField = "must",
    judge: JudgeOption = JudgeName.CHECK,
    limit: Limit = None,
    compare: Older = None,
    html: Page = None,
    as_json: Json = False,
) -> None:
    """Measure answers; as `all`, retrieval with them."""
    with open_session(as_json) as session:
        from rag.evaluation.comparison import compare as compared
        from rag.evaluation.comparison import read_report
        from rag.evaluation.questions import Fields
        from rag.evaluation.run import evaluate

        older = read_report(compare) if compare else None
        chosen = None
        if judge is JudgeName.LLM:
            from rag.evaluation.llm_judge import LlmJudge

            chosen = LlmJudge(session.settings)
        with session.progress("measuring") as advance:
            report = evaluate(
                session.engine, questions or [], Fields(question_field, article_field, must_field),
                articles=articles or [], limit=limit, judge=chosen, retrieval=context.info_name == "all", progress=advance,
            )  # fmt: skip
        comparison = None if older is None else compared(older, report.outcomes)
        if html:
            from bot.page import write_page

            write_page(html, report, comparison, session.language)
        if as_json:
            print_json(report.to_dict(comparison))
        else:
            from bot.scores import answers_lines

            session.print(answers_lines(report, comparison, session.mode, session.width, session.language))
            if html:
                session.say("eval_page", path=html)


@eval_app.command("faults")
def eval_faults(
    articles: Searched = None,
    sentences: Annotated[
        list[Path] | None,
        typer.Option(help="JSONL of true sentences; may be repeated. [default: tests/grounding/sentences/*.jsonl]"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Measure what the grounding check catches: faults made in true sentences; docs/evaluation.md defines the kinds."""
    with open_session(as_json) as session:
        from rag.evaluation.faults.run import measure_faults

        with session.progress("measuring") as advance:
            found = measure_faults(session.engine, sentences or [], articles=articles or [], progress=advance)
        if as_json:
            print_json(found.to_dict())
        else:
            from bot.faults import fault_lines

            session.print(fault_lines(found, session.mode, session.width, session.language))
