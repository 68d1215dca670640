"""Names of a sentence: each must be in the quote, by the same or another name of it; those that stand together there too."""

from rag.language.characters import is_arabic
from rag.language.lexicon import lexicon
from rag.support.match import Match
from rag.support.naming import NAMED, is_demonym, is_named, joined, partners
from rag.support.speakers import speakers_before
from rag.support.statement import Statement

_HINTED = 0.3  # for a word that may be no name
_METONYM = 0.65  # up to which a capital stands for its country
_REACH = 3  # words that may stand between two parts of a name


def lacking_name(match: Match) -> str | None:
    """A name that the quote does not have, nor another part of it; who goes on speaking may be named before it."""
    statement = match.statement
    before = speakers_before(match)
    for i, kind in enumerate(statement.kinds):
        lacks = i not in before and (kind == "name" or (kind == "doubtful" and match.held[i] < _HINTED))
        if lacks and not is_named(match, i) and not any(is_named(match, j) for j in partners(statement, i)):
            return f"name: {statement.concepts[i].text}"
    return None


def lacking_part(match: Match) -> str | None:
    """A name of which the quote has only a part: the rest may stand in another quote of the article."""
    before = speakers_before(match)
    for i, j in joined(match.statement):
        if not before & {i, j} and not (is_named(match, i) and is_named(match, j)):
            return f"name: {match.statement.concepts[i].text} {match.statement.concepts[j].text}"
    return None


def torn_name(match: Match) -> str | None:
    """Two parts of a name that do not stand together in the quote."""
    statement = match.statement
    for i, j in joined(statement):
        if all(match.held[k] >= NAMED for k in (i, j)) and not _are_together(match, i, j):
            return f"name: {statement.concepts[i].text} {statement.concepts[j].text}"
    return None


def doubled_name(match: Match) -> str | None:
    """A capital named beside its country, where the quote names only the country."""
    statement = match.statement
    names = [i for i, kind in enumerate(statement.kinds) if kind == "name" and not is_demonym(statement, i)]
    for i in names:
        if 0 < match.held[i] <= _METONYM:
            exact = [j for j in names if j != i and match.held[j] >= 0.95]
            if all(any(match.weights[j, place] >= 0.95 for j in exact) for place in match.places(i)):
                return f"name: {statement.concepts[i].text}"
    return None


def foreign_nationality(match: Match) -> str | None:
    """People or things of another nationality than in the quote: Iraqi soldiers for American ones."""
    statement = match.statement
    for i in range(len(statement.concepts)):
        if is_demonym(statement, i) and (head := _qualified(statement, i)) is not None:
            beside = range(-2, 4)
            around = [
                at + k for at in match.places(head, 0.5) for k in beside if 0 <= at + k < len(match.window.tokens)
            ]
            of_nations = [place for place in around if _is_of_nation(match, place)]
            if of_nations and not any(match.weights[i, place] >= NAMED for place in around):
                return f"nationality: {statement.concepts[i].text}"
    return None


def _is_of_nation(match: Match, place: int) -> bool:
    return any(lexicon().is_demonym(term) for term in match.window.tokens[place].terms)


def _qualified(statement: Statement, i: int) -> int | None:
    """The noun that an adjective of nationality stands with: after it in English, before it in Arabic."""
    j = i - 1 if is_arabic(statement.concepts[i].text) else i + 1
    if not 0 <= j < len(statement.concepts) or statement.kinds[j] not in {"word", "doubtful"}:
        return None
    return j if not statement.between(min(i, j), max(i, j)).strip() else None


def _are_together(match: Match, i: int, j: int) -> bool:
    return any(0 < abs(b - a) <= _REACH or a == b for a in match.places(i) for b in match.places(j))
