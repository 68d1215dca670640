"""`sanad chat`: question after question, as they are typed."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.session import complain, language_of, open_session

if TYPE_CHECKING:
    from rag.settings import Settings

_FAREWELLS = frozenset({"exit", "quit", "/exit", "/quit", "خروج"})


def chat() -> None:
    """Ask question after question; arrow keys edit and recall."""
    from bot.render import reply_lines
    from rag.errors import SanadError

    with open_session(False) as session:
        talk = session.engine.conversation()
        session.say("chat_hello")
        for question in _questions(session.settings):
            try:
                reply = session.engine.ask(question, conversation=talk)
                session.print([*reply_lines(reply, session.mode, session.width), ""])
            except SanadError as error:
                complain(error.message(language_of(question) or session.language), session.settings)
        session.say("chat_bye")


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
