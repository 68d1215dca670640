"""Prompts as data: the texts of the folder `prompts/`, their `$variables` filled.

`NAME.ar.txt` and `NAME.en.txt` are one prompt in the two languages of answers; `NAME.txt` has no words of its own, or is not about an answer.
"""

from functools import cache
from importlib import resources
from string import Template

from rag.model import Language


def prompt(name: str, language: Language | None = None, /, **values: object) -> str:
    """The prompt `name` with its variables filled.

    Args:
        name: the file's, without its ending.
        language: of a prompt that is there in both.
        **values: what fills its variables.

    Raises:
        KeyError: a variable of the prompt has no value.
    """
    file = f"{name}.{language}.txt" if language else f"{name}.txt"
    return _template(file).substitute({key: str(value) for key, value in values.items()})


@cache
def _template(file: str) -> Template:
    return Template(resources.files("prompts").joinpath(file).read_text(encoding="utf-8").strip())
