"""The fixed sentences of answers and errors, in Arabic and English, from `rag/locales`."""

import tomllib
from functools import cache
from importlib import resources
from string import Template

LANGUAGES = ("ar", "en")


@cache
def _phrases(language: str) -> dict[str, str]:
    text = resources.files("rag").joinpath("locales", f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def phrase(language: str, key: str, **values: object) -> str:
    """The phrase `key` in `language`, its `$slots` filled.

    Raises:
        KeyError: there is no such phrase, or a slot has no value.
    """
    return Template(_phrases(language)[key]).substitute({name: str(value) for name, value in values.items()})
