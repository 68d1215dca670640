"""Other ways in which Arabic news says what a word says: of one who was arrested that he "fell into the hands" of the police.

`data/paraphrases.txt` holds a group a line: expressions of one to three content words with `|` between them, any of which may stand for any
other one in a question about news and the sentence that answers it. One with a question mark behind it is understood in questions, but not
looked for in articles, where it mostly means something else (أجل, postponed, is most often "for the sake of"). `translations.synonyms` are words
that share an English translation; the groups hold what these lack, above all expressions of several words.
"""

from collections.abc import Iterator
from functools import cache

from rag.language import stem as stems
from rag.language.characters import fold
from rag.language.data_files import read
from rag.language.stopwords import STOPWORDS

Way = tuple[tuple[str, ...], float]  # stems, all of which must be there; weight in (0, 1]
_Expression = tuple[str, ...]  # the stems of its content words

_WORD, _EXPRESSION = 0.6, 0.5  # weights of a way of one word and of one of several
_COMMENT, _ONLY_ASKED = "#", "?"


def paraphrases(stem: str) -> tuple[Way, ...]:
    """The other ways of saying what a stem says, heaviest first; empty when none is known.

    Args:
        stem: `rag.language.stem.stem` of a folded Arabic word, or those of an expression's content words with spaces between them.

    Returns:
        Ways, each with its weight: 0.6 for one word, 0.5 for several, divided by the square root of the number of groups that the
        stem is in, as a word in several groups has several senses.
    """
    groups = [_groups()[at] for at in _places().get(stem, ())]
    own = set(stem.split(" "))
    found = {way for group in groups for way, sought in group.items() if sought and not own.issubset(way)}
    ways = ((way, (_WORD if len(way) == 1 else _EXPRESSION) / len(groups) ** 0.5) for way in found)
    return tuple(sorted(ways, key=lambda way: (-way[1], way[0])))


@cache
def _places() -> dict[str, list[int]]:
    """Expressions, their stems joined by spaces, to the groups they are in."""
    places: dict[str, list[int]] = {}
    for at, group in enumerate(_groups()):
        for expression in group:
            places.setdefault(" ".join(expression), []).append(at)
    return places


@cache
def _groups() -> list[dict[_Expression, bool]]:
    """The groups: what is in each, and whether it is looked for in articles."""
    lines = fold(read("paraphrases.txt")).splitlines()
    return [dict(_expressions(line)) for line in lines if not line.startswith(_COMMENT)]


def _expressions(line: str) -> Iterator[tuple[_Expression, bool]]:
    for written in line.split(" | "):
        expression = written.removesuffix(_ONLY_ASKED)
        yield tuple(stems.stem(word) for word in expression.split() if word not in STOPWORDS), expression == written
