"""`sanad ingest` and `sanad reindex`: what fills the library and its index."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.parameters import Json
from bot.session import open_session, print_json

if TYPE_CHECKING:
    from rag.model import IngestReport, Language


def ingest(
    paths: Annotated[list[str], typer.Argument(help="Files (.txt, .jsonl), folders or glob patterns.")],
    sync: Annotated[
        bool, typer.Option("--sync", help="Also remove articles that those folders no longer hold.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Add articles to the library; unchanged ones are skipped."""
    with open_session(as_json) as session:
        started = time.perf_counter()
        with session.progress() as advance:
            report = session.engine.ingest(paths, sync=sync, progress=advance)
        if as_json:
            print_json(report.to_dict())
        else:
            for line in _report_lines(report, session.language, time.perf_counter() - started):
                session.show(line)
        done = report.added + report.updated + report.unchanged
        if report.failed and not done:
            raise typer.Exit(3)


def reindex(as_json: Json = False) -> None:
    """Build the whole index again from the library, with the settings of now."""
    with open_session(as_json) as session:
        with session.progress() as advance:
            passages = session.engine.reindex(progress=advance)
        if as_json:
            print_json({"passages": passages})
        else:
            session.say("reindexed", passages)


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
