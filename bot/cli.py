"""The command line: ingest · ask · chat · search · articles · eval · reindex · bot · doctor.

Output is on standard output, one document under --json; progress, logs and errors are on standard error. Exit 0 for an answer and a refusal,
1 for an error the user can mend, 2 for wrong usage, 3 when every file of an ingest failed.
"""

import atexit
import gc
import os
import sys
from typing import Annotated

import typer

from bot.commands.articles import articles_app
from bot.commands.asking import ask, search
from bot.commands.chatting import chat
from bot.commands.evaluation import eval_app
from bot.commands.health import doctor
from bot.commands.library import ingest, reindex
from bot.session import open_session
from bot.usage import Commands

# Nearly all that a start makes stays; to look through it every 700 objects takes a tenth of the time to the first answer.
_OBJECTS_BETWEEN_COLLECTIONS = 50_000

# The vectors are small: more threads of linear algebra only wait for one another, and twice the processor time is gone. Read when numpy loads.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

app = typer.Typer(
    cls=Commands,
    help="Ask Arabic news articles in Arabic or English; every sentence of an answer is a checked, verbatim citation.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(articles_app, name="articles")
app.add_typer(eval_app, name="eval")
for _command in (ingest, ask, chat, search, reindex):
    app.command()(_command)


@app.command("bot")
def telegram_bot(
    webhook: Annotated[
        bool, typer.Option("--webhook", help="Have Telegram send messages to SANAD_TELEGRAM_WEBHOOK_URL.")
    ] = False,
) -> None:
    """Answer on Telegram until stopped; docs/telegram.md says how to begin."""
    with open_session(False) as session:
        from bot.telegram_bot.application import run

        run(session.engine, session.language, by_webhook=webhook)


app.command()(doctor)


def main() -> None:
    """Run the command line."""
    _utf8()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    # At the end the memory goes with the process; to look for cycles in it first takes a third of a second.
    atexit.register(gc.freeze)
    app()


def _utf8() -> None:
    """Arabic needs UTF-8, whatever the locale says (the C locale, Windows' code pages)."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
