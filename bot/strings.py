"""Every sentence the front ends say, in Arabic and English, from `bot/locales`, with Arabic's six plural forms."""

import os
import tomllib
from functools import cache
from importlib import resources
from string import Template

from rag.model import Language


@cache
def _locale(language: str) -> dict[str, str | dict[str, str]]:
    return tomllib.loads(resources.files("bot").joinpath("locales", f"{language}.toml").read_text(encoding="utf-8"))


def say(language: str, key: str, count: int | None = None, **values: object) -> str:
    """The string `key`; with `count`, in the plural form that the number asks for, `$n` being the number.

    Raises:
        KeyError: there is no such string, form or value.
    """
    entry = _locale(language)[key]
    if isinstance(entry, dict):
        if count is None:
            raise KeyError(f"{key} needs a count")
        entry = entry[plural_form(language, count)]
    slots = {name: str(value) for name, value in values.items()}
    return Template(entry).substitute(slots if count is None else slots | {"n": f"{count:,}"})


def plural_form(language: str, count: int) -> str:
    """The plural category of a whole number, after Unicode CLDR's plural rules."""
    if language != "ar":
        return "one" if count == 1 else "other"
    if count < 3:
        return ("zero", "one", "two")[count]
    rest = count % 100
    return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"


def system_language() -> Language:
    """Arabic where the system is set to it, else English."""
    set_to = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ar" if set_to.lower().startswith("ar") else "en"
