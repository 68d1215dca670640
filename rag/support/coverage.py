"""How much of what a sentence says a quote says too: as a whole, and in each of its clauses."""

import re
from collections.abc import Sequence

from rag.support.anonymity import is_unnamed_too
from rag.support.match import WHOLE, Match
from rag.support.statement import Statement

_COVERED, _ACROSS = 0.42, 0.33  # share of the plain words, by how telling they are, in one language and across two
_CLAUSE, _CLAUSE_ACROSS = 0.25, 0.12  # the same of each clause
_LEAST = 2  # plain words that a clause must have to be asked for
_SAID, _CLEAR = (
    0.45,
    0.9,
)  # how well a word of the quote must say one of the sentence, and from which on it says no other
_TELLING = 0.5  # of the words that say something of what a sentence is about
_GLUE = re.compile(r"[\s\-'’]*(?:(?:of|the|a|an|'s|’s)\s+)*")  # between the words of one noun phrase
_PLAIN = frozenset({"word", "doubtful"})


def uncovered(match: Match) -> str | None:
    """A sentence, or a clause of it, most of whose words the quote lacks."""
    if coverage(match) < (_ACROSS if match.is_across else _COVERED):
        return "not_covered"
    for clause in match.statement.clauses:
        if is_unnamed_too(match, match.statement.text[slice(*clause)]):
            continue
        inside = match.statement.within(clause)
        plain = [i for i in inside if match.statement.kinds[i] in _PLAIN]
        least = _CLAUSE_ACROSS if match.is_across else _CLAUSE
        if len(plain) >= _LEAST and len(plain) == len(inside) and share(match, plain) < least:
            return f"not_covered: {match.statement.text[slice(*clause)].strip()}"
    return None


def unpredicated(match: Match) -> str | None:
    """A sentence of which the quote has only what it is about, and nothing that it says of that: the dam burst."""
    statement = match.statement
    held = [i for i in range(len(statement.concepts)) if _is_said(match, i)]
    said = [i for i in _plain(statement) if i not in held and statement.concepts[i].telling >= _TELLING]
    phrases = [i for i in said if _unsaid_part(match, i)]
    if not said or not (held or phrases) or (held and len(held) != held[-1] - held[0] + 1):
        return None
    if any(_GLUE.fullmatch(statement.between(i, i + 1)) is None for i in held[:-1]):
        return None
    lacking = said[0] if held else phrases[0]
    return f"not_covered: {_unsaid_part(match, lacking) or statement.concepts[lacking].text}"


def _is_said(match: Match, i: int) -> bool:
    """Whether a word of the quote says a concept that says no other one better, and all words of a phrase are said (the bridge collapsed)."""
    return _unsaid_part(match, i) is None and any(
        match.weights[i, place] >= _CLEAR or match.weights[:, place].max() < _CLEAR for place in match.places(i, _SAID)
    )


def _unsaid_part(match: Match, i: int) -> str | None:
    """The first word of a phrase that the quote does not say, where it does not say the phrase as such."""
    if i not in match.parts or match.held[i] >= WHOLE:
        return None
    held = match.parts[i].max(axis=1, initial=0.0)
    return next((part.text for part, best in zip(match.statement.parts[i], held, strict=True) if best < _SAID), None)


def coverage(match: Match) -> float:
    """Share of the sentence's plain content words that the quote holds, by how telling they are."""
    return share(match, _plain(match.statement))


def met(match: Match) -> float:
    """How much of all that the sentence says the quote holds; what must be there counts double."""
    weights = (1 if kind in _PLAIN else 2 for kind in match.statement.kinds)
    return float(sum(w * v for w, v in zip(weights, match.held, strict=True)))


def _plain(statement: Statement) -> list[int]:
    return [i for i, kind in enumerate(statement.kinds) if kind in _PLAIN]


def share(match: Match, which: Sequence[int]) -> float:
    """Share of some concepts of the sentence that the quote holds, by how telling they are; all of none."""
    telling = [match.statement.concepts[i].telling for i in which]
    total = sum(telling)
    return sum(t * float(match.held[i]) for t, i in zip(telling, which, strict=True)) / total if total else 1.0
