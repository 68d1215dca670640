"""The data files of this package (`data/`), read fast: a question from a cold process waits for every table that it needs."""

import tomllib
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any


def read(name: str) -> str:
    """The text of a file.

    Raises:
        FileNotFoundError: there is none of the name.
    """
    return _file(name).read_text(encoding="utf-8")


def exists(name: str) -> bool:
    """Whether there is a file of that name: a distribution may leave one out."""
    return _file(name).is_file()


def toml(name: str) -> dict[str, Any]:
    """The tables of a TOML file."""
    return tomllib.loads(read(name))


def rows(text: str) -> list[list[str]]:
    """The cells of the lines of a table; empty lines and comments, which begin with "#", are left out."""
    return [line.split("\t") for line in text.split("\n") if line and line[0] != "#"]


def pairs(text: str) -> dict[str, str]:
    r"""A compiled table as a dictionary: every line is a key, a tab, a value without a tab, and a newline.

    >>> pairs("cat\tقط\ndog\tكلب\n")
    {'cat': 'قط', 'dog': 'كلب'}

    Raises:
        ValueError: the cells do not come out even.
    """
    cells = text.replace("\t", "\n").split("\n")  # all lines at once: one at a time they take four times as long
    return dict(zip(cells[:-1:2], cells[1:-1:2], strict=True))


def _file(name: str) -> Traversable:
    return resources.files("rag.language").joinpath("data", name)
