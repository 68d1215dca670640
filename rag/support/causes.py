"""Why it was: what a sentence gives as a cause, its quote must give as one, of the same (`causes.toml`)."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources

from rag.language.characters import fold, is_arabic
from rag.support.coverage import share
from rag.support.match import Match
from rag.support.statement import Statement

_SAYS = 0.45  # how well a word of the quote must say one of the sentence for both to be about the same
_GIVEN, _ACROSS = (
    0.5,
    0.35,
)  # share of what is given as the cause that the quote must say, in one language and across two
_REACH = 14  # words of the quote to either side of a word that tells a cause
_PAUSE = re.compile(r"[.!?؟;؛\n،,]")
_CLAUSE = 2  # words with content of a clause that tells an effect by itself
_BESIDE = 4  # the same of a word that only may tell one
_MOST = 0.6  # share of the cause that stands on its own side of that word

Teller = tuple[
    int, int, int
]  # a word of the quote that tells a cause, on which side of it the cause stands, and how near


def lacking_cause(match: Match) -> str | None:
    """A cause that the quote does not give."""
    for start, end in _causes(match.statement):
        cause = match.statement.within((start, end))
        if cause and not _is_given(match, cause):
            return f"cause: {match.statement.text[start:end].strip()}"
    return None


def _is_given(match: Match, cause: Sequence[int]) -> bool:
    """Whether the quote says most of a cause, and that it is the cause of something the sentence says before or after it."""
    if share(match, cause) < (_ACROSS if match.is_across else _GIVEN):
        return False
    causes = [place for i in cause if match.held[i] >= _SAYS for place in match.places(i, _SAYS)]
    rest = [i for i in range(len(match.statement.concepts)) if i not in cause]
    effects = [place for i in rest for place in match.places(i, _SAYS)]
    return any(_joins(match, teller, causes, effects) for teller in _tellers(match))


def _joins(match: Match, teller: Teller, causes: Sequence[int], effects: Sequence[int]) -> bool:
    """Whether most of a cause stands near a word on one side, and an effect on the other: in the clause that the word ends, if it ends one."""
    place, side, reach = teller
    if side > 0:
        begin = _clause_start(match, place)
        effects = [one for one in effects if one >= begin]
    near = [one for one in causes if abs(one - place) <= reach]
    on_side = [one for one in near if (one - place) * side >= 0]
    across = any(0 < (place - one) * side <= 2 * reach for one in effects)
    return bool(on_side) and len(on_side) >= _MOST * len(near) and across


def _clause_start(match: Match, place: int) -> int:
    """The first word of the clause that a word stands in; the first of all where it begins one."""
    text, tokens = match.window.text, match.window.tokens
    pauses = (k for k in range(place, 0, -1) if _PAUSE.search(text[tokens[k - 1].end : tokens[k].start]))
    start = next(pauses, 0)
    return start if sum(bool(token.terms) for token in tokens[start:place]) >= _CLAUSE else 0


def _tellers(match: Match) -> Iterator[Teller]:
    """The words of the quote that tell a cause, those that may do so among them; joined to another, a particle too (لعدم كفاية)."""
    for place, token in enumerate(match.window.tokens):
        bare = token.word[1:] if token.word[:1] in "وف" else token.word
        first = token.word[:1] if is_arabic(token.word) and token.terms else token.word
        for name, side, reach in (("before_cause", 1, _REACH), ("after_cause", -1, _REACH)):
            if {token.word, bare} & _words(name):
                yield place, side, reach
        for name, side in (("beside_cause", 1), ("beside_effect", -1)):
            if {token.word, first} & _words(name):
                yield place, side, _BESIDE


def _causes(statement: Statement) -> Iterator[tuple[int, int]]:
    """The stretches that a sentence gives as causes: from "because" to the end of the clause."""
    tokens, i = statement.tokens, 0
    while i < len(tokens):
        length = next(
            (len(phrase) for phrase in _because() if _stands(phrase, [token.word for token in tokens[i:]])), 0
        )
        if length and i + length < len(tokens):
            start = tokens[i + length - 1].end
            yield start, statement.pause_after(start)
        i += max(1, length)


def _stands(phrase: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words begin with a phrase, the first perhaps joined to an "and"."""
    return list(phrase) == list(words[: len(phrase)]) or (
        len(words) >= len(phrase) and words[0][:1] in "وف" and [words[0][1:], *words[1 : len(phrase)]] == list(phrase)
    )


@cache
def _because() -> Sequence[tuple[str, ...]]:
    """The phrases before a cause, the longest first."""
    return sorted((tuple(fold(phrase).split()) for phrase in _data()["because"]["phrases"]), key=len, reverse=True)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(fold(phrase) for phrase in _data()[name]["phrases"])


@cache
def _data() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(resources.files("rag.support").joinpath("causes.toml").read_text(encoding="utf-8"))
