"""How much of what a sentence says a quote says too: as a whole, and in each of its clauses."""

from collections.abc import Sequence

from rag.support.match import Match
from rag.support.statement import Statement

_COVERED, _ACROSS = 0.42, 0.33  # share of the plain words, by how telling they are, in one language and across two
_CLAUSE, _CLAUSE_ACROSS = 0.25, 0.12  # the same of each clause
_LEAST = 2  # plain words that a clause must have to be asked for
_PLAIN = frozenset({"word", "doubtful"})


def uncovered(match: Match) -> str | None:
    """A sentence, or a clause of it, most of whose words the quote lacks."""
    if coverage(match) < (_ACROSS if match.is_across else _COVERED):
        return "not_covered"
    for clause in match.statement.clauses:
        inside = match.statement.within(clause)
        plain = [i for i in inside if match.statement.kinds[i] in _PLAIN]
        least = _CLAUSE_ACROSS if match.is_across else _CLAUSE
        if len(plain) >= _LEAST and len(plain) == len(inside) and _share(match, plain) < least:
            return f"not_covered: {match.statement.text[slice(*clause)].strip()}"
    return None


def coverage(match: Match) -> float:
    """Share of the sentence's plain content words that the quote holds, by how telling they are."""
    return _share(match, _plain(match.statement))


def met(match: Match) -> float:
    """How much of all that the sentence says the quote holds; what must be there counts double."""
    weights = (1 if kind in _PLAIN else 2 for kind in match.statement.kinds)
    return float(sum(w * v for w, v in zip(weights, match.held, strict=True)))


def _plain(statement: Statement) -> list[int]:
    return [i for i, kind in enumerate(statement.kinds) if kind in _PLAIN]


def _share(match: Match, which: Sequence[int]) -> float:
    telling = [match.statement.concepts[i].telling for i in which]
    total = sum(telling)
    return sum(t * float(match.held[i]) for t, i in zip(telling, which, strict=True)) / total if total else 1.0
