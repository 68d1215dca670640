"""One run of a command: its settings and engine, what it writes and where, and what becomes of its errors."""

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from bot.bidi import Mode
    from rag.engine import Engine
    from rag.model import Language
    from rag.settings import Settings

# Marks of direction, embeddings, overrides and isolates; DEL, the controls that ASCII lacks, and the separators of lines and paragraphs.
_STEERING = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x7f-\x9f\u2028\u2029]")
_WIDEST = 100  # columns; longer lines are hard to read


class Session:
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
        """Write lines to standard output: as they are, but what would steer a terminal beyond its line."""
        from bot.bidi import contained

        shown = map(contained, lines) if sys.stdout.isatty() else lines
        for line in shown:
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
def open_session(as_json: bool, question: str = "") -> Iterator[Session]:
    """A session; an error the user can mend becomes one line on standard error, or the JSON document."""
    from rag.errors import SanadError
    from rag.settings import Settings

    language, settings = None, None
    try:
        settings = Settings()
        session = Session(settings)
        language = session.language
        with session.engine, nullcontext() if as_json else session.right_to_left():
            yield session
    except SanadError as error:
        if as_json:
            print_json({"error": error.to_dict()})
        else:
            from bot.strings import system_language

            complain(error.message(language_of(question) or language or system_language()), settings)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        from bot.strings import say, system_language

        complain("\n" + say(language or system_language(), "interrupted"), settings)
        raise typer.Exit(130) from None
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # so that closing it cannot fail
        raise typer.Exit(0) from None


def language_of(question: str) -> "Language | None":
    """The language in which to speak of a question; None for one that has none."""
    from rag.language.characters import script

    return script(question) if question else None


def complain(message: str, settings: "Settings | None") -> None:
    """One line on standard error, broken only on a terminal too narrow for it; `settings` is None where they are what is wrong."""
    from bot.bidi import contained, detect, lay_out

    is_terminal = sys.stderr.isatty()
    mode = detect(os.environ, is_terminal=is_terminal)
    if mode != "off" and settings and settings.bidi != "auto":
        mode = settings.bidi
    lines = lay_out(message, mode, _width())
    sys.stderr.write("\n".join(map(contained, lines) if is_terminal else lines) + "\n")


def _width() -> int:
    return min(shutil.get_terminal_size().columns, _WIDEST)


def print_json(document: Any) -> None:  # noqa: ANN401  # whatever JSON holds
    r"""The one document of a command under --json, on standard output.

    What steers a display, which quotes of articles may hold, is escaped (`\u202e`): who reads the document gets it as it is in the article, and a
    terminal that shows the document is left alone.
    """
    text = json.dumps(document, ensure_ascii=False, indent=2)
    sys.stdout.write(_STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")
    sys.stdout.flush()
