"""Parameters that several commands have."""

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Words = Annotated[list[str], typer.Argument(help="The question; quotation marks around it are optional.")]
