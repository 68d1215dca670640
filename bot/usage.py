"""Wrong usage of a command: the parser's own words, or under --json a document like that of every other error."""

import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from bot.session import print_json

_STATUS = 2
# What the parser raises for wrong usage: the kind that a bad parameter is. Typer has its own, or Click's, and gives no name to it.
_UsageError: type[Any] = typer.BadParameter.__mro__[1]


class Commands(TyperGroup):
    """The commands, with the contract of --json kept also where a command never gets to run."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,  # noqa: ANN401  # the parser's
    ) -> Any:  # noqa: ANN401  # the same
        """Run a command; see `TyperGroup.main`."""
        given = list(sys.argv[1:] if args is None else args)
        if not standalone_mode or not _asks_for_json(given):
            return super().main(args, prog_name, complete_var, standalone_mode, windows_expand_args, **extra)
        try:
            status = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except _UsageError as error:
            print_json({"error": {"type": "UsageError", "message": error.format_message(), "setting": None}})
            status = _STATUS
        sys.exit(status)


def _asks_for_json(given: Sequence[str]) -> bool:
    """Whether --json is among the options; what follows a bare "--" is none."""
    options = given[: given.index("--")] if "--" in given else given
    return "--json" in options
