"""What a question asks for, by its words alone: the patterns of `asking.toml` over folded text, in Arabic, its dialects and English."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Literal, cast

from rag.language.characters import fold
from rag.language.spelling import is_one_edit
from rag.language.stopwords import ASKING

_LONG_ENOUGH = 4  # letters of a question word that may be mistyped

QuestionType = Literal[
    "how_many",
    "when",
    "what_time",
    "where",
    "who",
    "who_is",
    "what_said",
    "why",
    "how",
    "yes_no",
    "list",
    "which",
    "what",
]


def question_type(text: str) -> QuestionType:
    """What kind of answer is asked for, by how the question begins, else by a question word inside it.

    What is said before a comma may come first ("بحسب الوزير، ما الهدف؟"), and the question word may be mistyped (لمادا). "who_is" is never told
    here: that a person's name is all there is takes knowledge of names (`rag.question`).
    """
    folded = fold(text).strip()
    readings = [folded, *(part.strip() for part in re.split("[،,]", folded)[1:]), _mended(folded)]
    return next((kind for reading in readings for kind, pattern in _patterns() if pattern.search(reading)), "what")


def _mended(folded: str) -> str:
    """The question with its first word as the question word that it misspells by one letter."""
    first, _, rest = folded.partition(" ")
    meant = [word for word in ASKING if len(word) >= _LONG_ENOUGH and is_one_edit(first, word)]
    return f"{min(meant)} {rest}" if meant and first not in ASKING else folded


@cache
def _patterns() -> tuple[tuple[QuestionType, re.Pattern[str]], ...]:
    """The patterns in the order in which they are tried."""
    tables = tomllib.loads(resources.files("rag").joinpath("asking.toml").read_text(encoding="utf-8"))
    lists = {name: _any_of(listed.split()) for name, listed in tables["words"].items()}
    beginning = rf"^\W*(?:{lists['polite']} )*(?:و|ف)?(?:and )?"
    return tuple(
        (cast("QuestionType", table["type"]), re.compile(f"{before}(?:{_filled(pattern, lists)})"))
        for place, before in (("begins", beginning), ("inside", ""))
        for table in tables[place]
        for pattern in table["patterns"]
    )


def _filled(pattern: str, lists: dict[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda name: lists[name[1]], pattern)


def _any_of(listed: list[str]) -> str:
    return f"(?:{'|'.join(re.escape(word).replace('_', ' ') for word in listed)})"
