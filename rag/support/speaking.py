"""That it is the same who says it: what somebody says in the sentence they must say in the quote, and not somebody else."""

import re
from collections.abc import Sequence

from rag.language.entities import entities
from rag.language.lexicon import lexicon
from rag.language.speech import Attribution
from rag.language.translations import translations
from rag.support.match import WHOLE, Match
from rag.support.naming import is_demonym, is_named, partners
from rag.support.sources import kinds_of_sources
from rag.support.speakers import covering, is_same_again, is_somebody, speakers_before, speaking

_SPEAKS = 0.3  # how well a word of the quote must say a word for who speaks
_GUESSED = 90  # characters after a verb that may hold its subject
_OWN = re.compile(r"\w+(?:ه|ها|هم)")  # his figures


def other_speaker(match: Match) -> str | None:
    """Something said by somebody else than in the quote."""
    for mine in match.statement.attributions:
        if is_somebody(mine) and not _is_deed(match, mine) and not _is_speaker(match, mine):
            return f"speaker: {mine.speaker}"
    return None


def _is_deed(match: Match, mine: Attribution) -> bool:
    """Whether it is told as something that somebody did (a survivor said passengers had warned the driver), not what they said."""
    told = any(
        other is not mine and other.holds(mine.verb_start, mine.verb_end) for other in match.statement.attributions
    )
    return told and mine.kind == "says" and not mine.has_clause


def _is_speaker(match: Match, mine: Attribution) -> bool:
    """Whether the quote says that somebody says what they say in the sentence.

    Their names must be among its words for who does, and what kind of source they are (military, medical); of the other words half, where
    both languages' words are known.
    """
    allowed = _allowed(match, mine)
    told = [i for i in speaking(match, mine) if i not in speakers_before(match)]
    said = [i for i in told if _is_among(match, i, allowed)]
    strange = [
        i for i in told if i not in said and not (is_demonym(match.statement, i) and _has_no_nation(match, allowed))
    ]
    if _is_named_otherwise(match, said, strange):
        return False
    if _is_person(match, mine, said):
        return True
    if any(_is_other_source(match, i, allowed) for i in strange):
        return False
    if any(match.statement.kinds[i] == "name" for i in said) or _is_continued(match, mine):
        return True
    known = [i for i in strange if len(match.statement.concepts[i].alternatives) > 1]
    return len(known) <= len(said) or not _says_more(match, allowed)


def _is_named_otherwise(match: Match, said: Sequence[int], strange: Sequence[int]) -> bool:
    """Whether a name is not among the quote's words for who speaks, nor another part of it."""
    names = (i for i in strange if match.statement.kinds[i] == "name")
    return any(set(partners(match.statement, i)).isdisjoint(said) for i in names)


def _is_person(match: Match, mine: Attribution, said: Sequence[int]) -> bool:
    """Whether what the quote has of who speaks is a person's name, whatever it says that they are."""
    statement = match.statement
    persons = [one for one in entities(statement.text) if one.kind == "person" and mine.start <= one.start < mine.end]
    return any(
        partners(statement, i)
        or (statement.kinds[i] == "name" and any(one.start <= statement.span(i)[0] < one.end for one in persons))
        for i in said
    )


def _has_no_nation(match: Match, allowed: Sequence[int]) -> bool:
    """Whether the quote leaves out whose ministry it is."""
    return not any(lexicon().is_demonym(term) for place in allowed for term in match.window.tokens[place].terms)


def _allowed(match: Match, mine: Attribution) -> list[int]:
    """The words of the quote that say who says what the sentence lets somebody say; all of them where nobody is found to."""
    theirs = covering(match, mine)
    spans = [span for one in theirs for span in (*_who(match, one), *_around(match, one))]
    everywhere = range(len(match.window.tokens))
    if not theirs:
        return list(everywhere)
    return [place for place in everywhere if any(a <= match.window.tokens[place].start < b for a, b in spans)]


def _who(match: Match, theirs: Attribution) -> list[tuple[int, int]]:
    """The stretches that say who speaks: from the verb to what is said, from "according to" to the pause; before one who goes on."""
    if theirs.speaker is None or _OWN.fullmatch(theirs.speaker):
        return [(0, theirs.verb_start), (theirs.verb_start, max(theirs.verb_start, theirs.said_start))]
    if theirs.start >= theirs.said_end:
        return [(theirs.start, match.window.pause_after(theirs.end))]
    return [(theirs.start, theirs.end), (theirs.verb_start, max(theirs.verb_end, theirs.said_start))]


def _around(match: Match, theirs: Attribution) -> list[tuple[int, int]]:
    """The clause around a verb of saying whose subject was guessed and names nobody that is known: they stand on one of its sides."""
    known = any(theirs.start <= one.start < theirs.end for one in entities(match.window.text) if one.kind != "place")
    if known and theirs.speaker:
        return []
    return [
        (match.window.stop_before(theirs.verb_start), theirs.verb_start),
        (theirs.verb_end, theirs.verb_end + _GUESSED),
    ]


def _is_continued(match: Match, mine: Attribution) -> bool:
    """Whether the quote only goes on with somebody whom it does not name (وأضاف أن)."""
    return bool(covering(match, mine)) and all(map(is_same_again, match.window.attributions))


def _says_more(match: Match, allowed: Sequence[int]) -> bool:
    """Whether the quote says who speaks with known words that the sentence does not have."""
    return any(
        match.window.tokens[place].terms and translations().of_arabic((match.window.tokens[place].terms[0],))
        for place in allowed
    )


def _is_among(match: Match, i: int, allowed: list[int]) -> bool:
    if match.statement.kinds[i] == "name":
        return is_named(match, i, allowed)
    weights = match.weights[i, allowed]
    if i in match.parts and weights.max(initial=0.0) < WHOLE:
        weights = match.parts[i][:, allowed].max(axis=1, initial=0.0).min(keepdims=True)
    return bool(weights.max(initial=0.0) >= _SPEAKS)


def _is_other_source(match: Match, i: int, allowed: list[int]) -> bool:
    """Whether a word tells a kind of source from that of the quote (a medical source, a military one)."""
    concepts = [match.statement.concepts[i], *match.statement.parts[i]]
    own = {kind for one in concepts for form in one.alternatives[0][0] for kind in kinds_of_sources().get(form, ())}
    said = [place for place in allowed if match.said_by(place, _SPEAKS)]
    theirs = {
        kind
        for place in allowed
        if place not in said
        for form in match.window.tokens[place].forms
        for kind in kinds_of_sources().get(form, ())
    }
    return bool(own & theirs)
