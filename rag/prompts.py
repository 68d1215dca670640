"""Prompts as data: the texts of the folder `prompts/`, their `$variables` filled."""

from functools import cache
from importlib import resources
from string import Template


def prompt(name: str, **values: object) -> str:
    """The prompt `name` with its variables filled.

    Raises:
        KeyError: a variable of the prompt has no value.
    """
    return _template(name).substitute({key: str(value) for key, value in values.items()})


@cache
def _template(name: str) -> Template:
    return Template(resources.files("prompts").joinpath(f"{name}.txt").read_text(encoding="utf-8").strip())
