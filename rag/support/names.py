"""Names of a sentence: each must be in the quote, by the same or another name of it; those that stand together there too."""

import re

from rag.language.characters import is_arabic
from rag.language.entities import entities
from rag.language.lexicon import lexicon
from rag.support.match import WHOLE, Match
from rag.support.naming import NAMED, is_demonym, is_named, joined, partners
from rag.support.sources import official
from rag.support.speakers import speakers_before
from rag.support.statement import Statement

_NEAR = 25  # characters to a name from what somebody is
_HINTED = 0.3  # for a word that may be no name
_METONYM = 0.65  # up to which a capital stands for its country
_APPOSED = 3  # concepts after a nationality that it may be that of: coach Issa Al Malood
_REACH = 3  # words that may stand between two parts of a name


def lacking_name(match: Match) -> str | None:
    """A name that the quote does not have, nor another part of it; who goes on speaking may be named before it."""
    missing = lacking(match)
    for i, concept in enumerate(match.statement.concepts):
        if i in missing:
            return f"name: {concept.text}"
        if part := _lacking_in_phrase(match, i):
            return f"name: {part}"
    return None


def _lacking_in_phrase(match: Match, i: int) -> str | None:
    """A name in a phrase that the quote does not have as a whole (west of Germany), nor the name by itself."""
    if i not in match.parts or match.held[i] >= WHOLE:
        return None
    for part, weights in zip(match.statement.parts[i], match.parts[i], strict=True):
        if part.kind == "name" and part.text[0].isupper() and weights.max(initial=0.0) < NAMED:
            return part.text
    return None


def lacking_part(match: Match) -> str | None:
    """A name of which the quote has only a part: the rest may stand in another quote of the article."""
    before = speakers_before(match)
    for i, j in joined(match.statement):
        if (
            not _is_of_body(match.statement, i, j)
            and not before & {i, j}
            and not (is_named(match, i) and is_named(match, j))
        ):
            return f"name: {match.statement.concepts[i].text} {match.statement.concepts[j].text}"
    return None


def _is_of_body(statement: Statement, i: int, j: int) -> bool:
    """Whether two English words with a capital, neither of them a known name, are of a body's: the Land Transport Commission."""
    if statement.language != "en" or "name" in {statement.kinds[i], statement.kinds[j]}:
        return False
    after = re.match(r"(?:[A-Z]\w+\s+)*[A-Z]\w+", statement.text[statement.span(i)[0] :])
    return after is not None and not official().isdisjoint(after[0].lower().split())


def completes(match: Match, first: Match) -> bool:
    """Whether a quote has whole the names of which another has only a part."""
    return all(
        is_named(match, i) and is_named(match, j)
        for i, j in joined(match.statement)
        if not (is_named(first, i) and is_named(first, j))
    )


def lacking(match: Match) -> list[int]:
    """The names that the quote does not have, nor another part of them."""
    statement = match.statement
    before = speakers_before(match)
    return [i for i in range(len(statement.concepts)) if i not in before and _is_lacking(match, i)]


def _is_lacking(match: Match, i: int) -> bool:
    kind = match.statement.kinds[i]
    lacks = kind == "name" or (kind == "doubtful" and match.held[i] < _HINTED)
    return lacks and not any(is_named(match, j) for j in (i, *partners(match.statement, i)))


def is_called(match: Match, i: int) -> bool:
    """Whether a name is of a kind that texts leave out where they speak of somebody again: a person's, or whose ministry it is."""
    start = match.statement.span(i)[0]
    persons = (one for one in entities(match.statement.text) if one.kind == "person" and one.named)
    return is_demonym(match.statement, i) or any(one.start <= start < one.end for one in persons)


def introduces_name(match: Match, first: Match, i: int) -> bool:
    """Whether a quote names what another only calls by its office or kind: the prime minister, the ministry.

    The word that stands beside the name in the sentence stands beside it here too, and in the other quote beside no other name.
    """
    if not is_named(match, i):
        return False
    if is_demonym(match.statement, i):  # whose ministry it is
        return True
    if any(is_named(match, k) and k < i and introduces_name(match, first, k) for k in partners(match.statement, i)):
        return True
    places = match.places(i, NAMED)
    return any(
        match.statement.kinds[j] in {"word", "doubtful"}
        and any(0 < abs(head - place) <= _REACH + 1 for head in match.places(j, NAMED) for place in places)
        and first.places(j, NAMED)
        and not any(_is_called(first, place) for place in first.places(j, NAMED))
        for j in (i - 2, i - 1, i + 1, i + 2)
        if 0 <= j < len(match.statement.concepts)
    )


def _is_called(match: Match, place: int) -> bool:
    """Whether a word of the quote stands right before a name of a person."""
    start = match.window.tokens[place].end
    persons = (one for one in entities(match.window.text) if one.kind == "person" and one.named)
    return any(0 <= one.start - start <= _NEAR for one in persons)


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
        if is_demonym(statement, i):
            heads = [at for head in _qualified(statement, i) for at in match.places(head, 0.5)]
            around = [at + k for at in heads for k in range(-2, 4) if 0 <= at + k < len(match.window.tokens)]
            of_nations = [place for place in around if _is_of_nation(match, place)]
            if of_nations and not any(match.weights[i, place] >= NAMED for place in around):
                return f"nationality: {statement.concepts[i].text}"
    return None


def _is_of_nation(match: Match, place: int) -> bool:
    """Whether a word of the quote is a nationality that the sentence does not have of something else."""
    nation = any(lexicon().is_demonym(term) for term in match.window.tokens[place].terms)
    return nation and not any(is_demonym(match.statement, k) for k in match.said_by(place, NAMED))


def _qualified(statement: Statement, i: int) -> list[int]:
    """The nouns that an adjective of nationality stands with: after it in English, with a name in apposition, before it in Arabic."""
    if is_arabic(statement.concepts[i].text):
        return [i - 1] if i > 0 and not statement.between(i - 1, i).strip() else []
    found: list[int] = []
    for j in range(i + 1, min(i + 1 + _APPOSED, len(statement.concepts))):
        if statement.between(j - 1, j).strip():
            break
        found.append(j)
    return found


def _are_together(match: Match, i: int, j: int) -> bool:
    return any(0 < abs(b - a) <= _REACH or a == b for a in match.places(i) for b in match.places(j))
