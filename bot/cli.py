"""The command line: ingest · ask · chat · search · articles · eval · reindex · bot · doctor.

Output is on standard output, one document under --json; progress, logs and errors are on standard error. Exit 0 for an answer and a refusal,
1 for an error the user can mend, 2 for wrong usage, 3 when every file of an ingest failed.
"""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.bidi import Mode
    from rag.engine import Engine
    from rag.model import IngestReport, Language
    from rag.settings import Settings

_FAREWELLS = frozenset({"exit", "quit", "/exit", "/quit", "خروج"})
_WIDEST = 100  # columns; longer lines are hard to read

app = typer.Typer(
    help="Ask Arabic news articles in Arabic or English; every sentence of an answer is a checked, verbatim citation.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
articles_app = typer.Typer(help="List, show or remove the articles of the library.", no_args_is_help=True)
app.add_typer(articles_app, name="articles")
eval_app = typer.Typer(help="Measure how good Sanad is on questions with known answers.", no_args_is_help=True)
app.add_typer(eval_app, name="eval")

Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Words = Annotated[list[str], typer.Argument(help="The question; quotation marks around it are optional.")]
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


def main() -> None:
    """Run the command line."""
    _utf8()
    app()


@app.command()
def ingest(
    paths: Annotated[list[str], typer.Argument(help="Files (.txt, .jsonl), folders or glob patterns.")],
    sync: Annotated[
        bool, typer.Option("--sync", help="Also remove articles that those folders no longer hold.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Add articles to the library; unchanged ones are skipped."""
    with _session(as_json) as session:
        started = time.perf_counter()
        with session.progress() as advance:
            report = session.engine.ingest(paths, sync=sync, progress=advance)
        if as_json:
            _print_json(report.to_dict())
        else:
            for line in _report_lines(report, session.language, time.perf_counter() - started):
                session.show(line)
        done = report.added + report.updated + report.unchanged
        if report.failed and not done:
            raise typer.Exit(3)


@app.command()
def ask(question: Words, as_json: Json = False) -> None:
    """Answer one question from the articles, or say that they do not answer it."""
    text = " ".join(question)
    with _session(as_json, question=text) as session:
        reply = session.engine.ask(text)
        if as_json:
            _print_json(reply.to_dict())
        else:
            from bot.render import reply_lines

            session.print(reply_lines(reply, session.mode, session.width))


@app.command()
def chat() -> None:
    """Ask question after question; arrow keys edit and recall."""
    from bot.render import reply_lines
    from rag.errors import SanadError

    with _session(False) as session:
        talk = session.engine.conversation()
        session.say("chat_hello")
        for question in _questions(session.settings):
            try:
                reply = session.engine.ask(question, conversation=talk)
                session.print([*reply_lines(reply, session.mode, session.width), ""])
            except SanadError as error:
                _complain(error.message(_language_of(question) or session.language), session.settings)
        session.say("chat_bye")


@app.command()
def search(
    question: Words,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many passages.")] = 10,
    as_json: Json = False,
) -> None:
    """Show the passages nearest to a question, best first."""
    text = " ".join(question)
    with _session(as_json, question=text) as session:
        hits = session.engine.search(text, limit=limit)
        if as_json:
            _print_json([hit.to_dict() for hit in hits])
        elif hits:
            from bot.render import hit_lines

            session.print(hit_lines(hits, session.mode, session.width))
        else:
            session.say("nothing_found")


@articles_app.command("list")
def list_articles(as_json: Json = False) -> None:
    """List the articles."""
    from bot.render import human_date

    with _session(as_json) as session:
        articles = session.engine.articles()
        if as_json:
            _print_json([{"id": a.id, **a.metadata, "source": a.source} for a in articles])
        elif not articles:
            session.say("no_articles")
        for article in articles if not as_json else []:
            title = article.title or article.text.strip().split("\n")[0]
            date = human_date(article.published, session.language)
            session.show(" · ".join(part for part in (article.id, date) if part))
            session.show(title if len(title) <= 90 else title[:89] + "…", indent="    ")


@articles_app.command("show")
def show_article(article_id: Annotated[str, typer.Argument(metavar="ID")], as_json: Json = False) -> None:
    """Show one article: what is known about it, and its text."""
    with _session(as_json) as session:
        article = session.engine.article(article_id)
        if as_json:
            count = session.engine.passage_count(article_id)
            facts = {"id": article.id, **article.metadata, "source": article.source, "passages": count}
            _print_json({**facts, "text": article.text})
        else:
            from bot.render import article_lines

            session.print(article_lines(article, session.mode, session.width, session.language))


@articles_app.command("remove")
def remove_article(article_id: Annotated[str, typer.Argument(metavar="ID")], as_json: Json = False) -> None:
    """Remove one article and everything that was made of it."""
    with _session(as_json) as session:
        session.engine.remove(article_id)
        if as_json:
            _print_json({"removed": article_id})
        else:
            session.say("article_removed", article=article_id)


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
    with _session(as_json) as session:
        from rag.evaluation.questions import Fields
        from rag.evaluation.retrieval import evaluate

        with session.progress("measuring") as advance:
            report = evaluate(
                session.engine, questions or [], Fields(question_field, article_field),
                articles=articles or [], ablation=ablation, limit=limit, progress=advance,
            )  # fmt: skip
        if as_json:
            _print_json(report.to_dict())
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
    with _session(as_json) as session:
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
            _print_json(report.to_dict(comparison))
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
    with _session(as_json) as session:
        from rag.evaluation.faults.run import measure_faults

        with session.progress("measuring") as advance:
            found = measure_faults(session.engine, sentences or [], articles=articles or [], progress=advance)
        if as_json:
            _print_json(found.to_dict())
        else:
            from bot.faults import fault_lines

            session.print(fault_lines(found, session.mode, session.width, session.language))


@app.command()
def reindex(as_json: Json = False) -> None:
    """Build the whole index again from the library, with the settings of now."""
    with _session(as_json) as session:
        with session.progress() as advance:
            passages = session.engine.reindex(progress=advance)
        if as_json:
            _print_json({"passages": passages})
        else:
            session.say("reindexed", passages)


@app.command("bot")
def telegram_bot() -> None:
    """Answer on Telegram until stopped; docs/telegram.md says how to begin."""
    with _session(False) as session:
        from bot.telegram_bot.application import run

        run(session.engine, session.language)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Tell what is configured, what is in the library, what is wrong and how to mend it."""
    with _session(as_json) as session:
        from rag.doctor import examine  # imports Chroma, which reads .env too

        checks = examine(session.settings)
        bad = [check for check in checks if check.status == "bad"]
        if as_json:
            _print_json({"ok": not bad, "checks": [check.to_dict() for check in checks]})
        else:
            marks = {"ok": "✓", "note": "·", "bad": "✗"}
            for check in checks:
                session.show(f"{marks[check.status]} {check.name}: {check.detail}")
                if check.mend:
                    session.say("doctor_mend", indent="    ", mend=check.mend)
            if bad:
                session.say("doctor_bad", len(bad))
            else:
                session.say("doctor_ok")
        if bad:
            raise typer.Exit(1)


class _Session:
    """One run of a command: the settings, the engine, and where its lines go."""

    def __init__(self, settings: "Settings") -> None:
        from bot.bidi import detect
        from bot.strings import system_language
        from rag.engine import open_engine

        self.settings = settings
        self.engine: Engine = open_engine(settings)
        self.language: Language = system_language() if settings.language == "auto" else settings.language
        detected = detect(os.environ, is_terminal=sys.stdout.isatty())
        self.mode: Mode = detected if settings.bidi == "auto" else settings.bidi
        self.width = _width()

    @contextmanager
    def right_to_left(self) -> Iterator[None]:
        """Have a VTE terminal set Arabic lines flush right, for as long as this lasts."""
        if not (self.mode == "terminal" and sys.stdout.isatty() and os.environ.get("VTE_VERSION")):
            yield
            return
        from bot.bidi import DIRECTION_AS_BEFORE, DIRECTION_BY_LINE

        sys.stdout.write(DIRECTION_BY_LINE)
        try:
            yield
        finally:
            sys.stdout.write(DIRECTION_AS_BEFORE)

    def print(self, lines: Iterable[str]) -> None:
        """Write lines to standard output."""
        for line in lines:
            sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def show(self, text: str, indent: str = "") -> None:
        """Write text as the display needs it."""
        from bot.bidi import lay_out

        self.print(lay_out(text, self.mode, self.width, indent))

    def text(self, key: str, count: int | None = None, **values: object) -> str:
        """A string of the locale in the user's language."""
        from bot.strings import say

        return say(self.language, key, count, **values)

    def say(self, key: str, count: int | None = None, indent: str = "", **values: object) -> None:
        """Write a string of the locale."""
        self.show(self.text(key, count, **values), indent)

    @contextmanager
    def progress(self, doing: str = "reading") -> Iterator[Callable[[str], None] | None]:
        """A line on standard error that counts and names what is done; nothing where that is no terminal."""
        if not sys.stderr.isatty():
            yield None
            return
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (
            SpinnerColumn(),
            TextColumn("{task.description} {task.completed:,} {task.fields[name]}", markup=False),
        )
        with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(self.text(doing), total=None, name="")
            yield lambda name: bar.update(task, advance=1, name=name[-60:])


@contextmanager
def _session(as_json: bool, question: str = "") -> Iterator[_Session]:
    """A session; an error the user can mend becomes one line on standard error, or the JSON document."""
    from rag.errors import SanadError
    from rag.settings import Settings

    language, settings = None, None
    try:
        settings = Settings()
        session = _Session(settings)
        language = session.language
        with session.engine, nullcontext() if as_json else session.right_to_left():
            yield session
    except SanadError as error:
        if as_json:
            _print_json({"error": error.to_dict()})
        else:
            from bot.strings import system_language

            _complain(error.message(_language_of(question) or language or system_language()), settings)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        from bot.strings import say, system_language

        _complain("\n" + say(language or system_language(), "interrupted"), settings)
        raise typer.Exit(130) from None
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # so that closing it cannot fail
        raise typer.Exit(0) from None


def _language_of(question: str) -> "Language | None":
    from rag.language.characters import script

    return script(question) if question else None


def _complain(message: str, settings: "Settings | None") -> None:
    """One line on standard error, broken only on a terminal too narrow for it; `settings` is None where they are what is wrong."""
    from bot.bidi import detect, lay_out

    mode = detect(os.environ, is_terminal=sys.stderr.isatty())
    if mode != "off" and settings and settings.bidi != "auto":
        mode = settings.bidi
    sys.stderr.write("\n".join(lay_out(message, mode, _width())) + "\n")


def _width() -> int:
    return min(shutil.get_terminal_size().columns, _WIDEST)


def _questions(settings: "Settings") -> Iterator[str]:
    """Questions as they are typed, with history where the terminal library for it is there, until the input ends."""
    try:
        import readline
    except ImportError:  # Windows: its console edits lines itself
        readline = None  # type: ignore[assignment]
    history = settings.data_dir / "history"
    if readline and sys.stdin.isatty():
        readline.set_auto_history(True)
        if history.exists():
            readline.read_history_file(history)
    try:
        while True:
            try:
                question = input("> " if sys.stdin.isatty() else "").strip()
            except EOFError:
                break
            except KeyboardInterrupt:
                sys.stdout.write("\n")
                break
            if question.casefold() in _FAREWELLS:
                break
            if question:
                yield question
    finally:
        if readline and sys.stdin.isatty() and settings.data_dir.is_dir():
            readline.set_history_length(1000)
            readline.write_history_file(history)


def _report_lines(report: "IngestReport", language: "Language", seconds: float) -> Iterator[str]:
    from bot.strings import say

    parts = [say(language, "added", report.added)]
    for key in ("updated", "unchanged", "removed", "skipped"):
        if count := getattr(report, key):
            parts.append(say(language, key, count))
    if report.failed:
        parts.append(say(language, "failed", len(report.failed)))
    minutes, rest = divmod(round(seconds), 60)
    yield say(language, "comma").join(parts) + f"    {minutes // 60}:{minutes % 60:02}:{rest:02}"
    for failure in report.failed:
        line = f" {say(language, 'line', line=failure.line)}" if failure.line else ""
        error = failure.error_arabic if language == "ar" else failure.error
        yield f"  {failure.source}{line}: {error}"


def _print_json(document: Any) -> None:  # noqa: ANN401  # whatever JSON holds
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    sys.stdout.flush()


def _utf8() -> None:
    """Arabic needs UTF-8, whatever the locale says (the C locale, Windows' code pages)."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
