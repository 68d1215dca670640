"""What a question asks for, by its words alone: the patterns of `asking.toml` over folded text, in Arabic, its dialects and English."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Literal, cast

from rag.language.characters import fold
from rag.language.lexicon import lexicon
from rag.language.spelling import is_one_edit
from rag.language.stopwords import ASKING, STOPWORDS
from rag.language.vocabulary import known_form, vocabulary

_APOSTROPHE = re.compile(r"(?<=\w)['’](?=s\b)")
_NAME = frozenset({"name", "names", "named", "اسم", "اسماء", "اسمه", "اسمها", "يدعي", "تدعي"})
_WHO_IS_THE = re.compile(
    r"\W*و?(?:(?:من|مين|منو) (?:هو|هي|هم|كان|يكون|كانت) (?!الذي|التي|الذين|اول|اللي)"
    r"|who(?:s| is| was| are| were) (?:the|its|his|their) (?!first|last|sources?))"
)
_RELATIVE = frozenset({"الذي", "التي", "اللي", "that", "who", "whose"})
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


Patterns = tuple[tuple[QuestionType, str], ...]


def question_type(text: str) -> QuestionType:
    """What kind of answer is asked for, by how the question begins, else by a question word inside it.

    What is said before a comma may come first ("بحسب الوزير، ما الهدف؟"), and the question word may be mistyped (لمادا). "who_is" is never told
    here: that a person's name is all there is takes knowledge of names (`rag.question`).
    """
    folded = _APOSTROPHE.sub("", fold(text).strip())
    parts = [folded, *(part.strip() for part in re.split("[،,]", folded)[1:]), _mended(folded)]
    begins, inside = _patterns()
    tried = [*((part, begins) for part in parts), (folded, inside)]
    return next(
        (kind for part, patterns in tried for kind, pattern in patterns if _compiled(pattern).search(part)), "what"
    )


def asks_for_name(text: str) -> bool:
    """Whether a name is asked for: in so many words, or of whoever holds an office ("who is the minister", "من هو القائد")."""
    folded = _APOSTROPHE.sub("", fold(text).strip())
    first, *rest = re.findall(r"\w+", folded) or [""]
    if first in _NAME - {"name"} or any(word in _NAME for word in rest):
        return True
    return bool(_WHO_IS_THE.match(folded)) and not _RELATIVE.intersection(rest)


def _mended(folded: str) -> str:
    """The question with its first word as the question word that it misspells by one letter."""
    first, _, rest = folded.partition(" ")
    known = (
        {first, first.removeprefix("و"), first.removeprefix("ف")} & (ASKING | STOPWORDS)
        or known_form(first) in vocabulary()
        or lexicon().translations([first or "-"])
    )
    meant = [] if known else [word for word in ASKING if len(word) >= _LONG_ENOUGH and is_one_edit(first, word)]
    return f"{max(meant, key=lambda word: (len(word), word))} {rest}" if meant else folded


@cache
def _patterns() -> tuple[Patterns, Patterns]:
    """The patterns of what begins a question, and of what stands inside one, each in the order in which they are tried."""
    tables = tomllib.loads(resources.files("rag").joinpath("asking.toml").read_text(encoding="utf-8"))
    lists = {name: _any_of(listed.split()) for name, listed in tables["words"].items()}
    beginning = rf"^\W*(?:{lists['polite']} )*(?:و|ف)?(?:and )?"
    begins, inside = (
        tuple(
            (cast("QuestionType", table["type"]), f"{before}(?:{_filled(pattern, lists)})")
            for table in tables[place]
            for pattern in table["patterns"]
        )
        for place, before in (("begins", beginning), ("inside", ""))
    )
    return begins, inside


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(
        pattern
    )  # only those up to the one that fits: all of them take longer than the rest of a question


def _filled(pattern: str, lists: dict[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda name: lists[name[1]], pattern)


def _any_of(listed: list[str]) -> str:
    return f"(?:{'|'.join(re.escape(word).replace('_', ' ') for word in listed)})"
