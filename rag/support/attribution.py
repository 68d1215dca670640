"""What the quote leaves to somebody: the sentence must not say it in its own name, nor let them say what they deny."""

from collections.abc import Sequence

from rag.language.characters import fold
from rag.language.entities import entities
from rag.language.speech import Attribution
from rag.support.match import Match
from rag.support.sources import records
from rag.support.speakers import covering

_SAYS = 0.45  # how well a word of the quote must say one of the sentence for both to be about the same
_NAMED = 0.55  # the same for who is spoken of
_LEFT = 0.6  # share of what a sentence says in its own name that is somebody's in the quote, from which on it is theirs
_MENTIONED = 0.5  # share of a speaker's words that make the sentence speak of them
_AFFIRMING = frozenset({"says", "announces", "believes", "claims"})
_ALLEGING = frozenset({"accuses", "claims", "believes"})
_HEDGES = frozenset({"reported", "believed", "possible", "expected", "seeming"})
_NEAR = 30  # characters before what is said


def unattributed(match: Match) -> str | None:
    """What somebody says, accuses or believes told as a fact."""
    statement = match.statement
    own = [i for i in range(len(statement.concepts)) if match.held[i] >= _SAYS and _is_in_own_name(match, i)]
    left: dict[Attribution, list[int]] = {}
    for i in own:
        starts = match.anchored(i, _SAYS)
        theirs = [one for one in match.window.attributions if _is_left_to(match, one) and _is_said(match, one, starts)]
        if theirs:
            left.setdefault(theirs[-1], []).append(i)
    if sum(map(len, left.values())) < max(2, _LEFT * len(own)):
        return None
    one = max(left, key=lambda theirs: len(left[theirs]))
    if _is_mentioned(match, one) or (
        one.kind in _ALLEGING and any(hedge.kind in _HEDGES for hedge in statement.hedges)
    ):
        return None
    name = "allegation" if one.kind in _ALLEGING else "attribution"
    return f"{name}: {one.speaker or one.verb}"


def affirmed_denial(match: Match) -> str | None:
    """Something that somebody says in the sentence and denies in the quote."""
    for mine in match.statement.attributions:
        if mine.kind in _AFFIRMING and not any(
            mine.said_start - _NEAR < one.start < mine.said_end for one in match.statement.negations
        ):
            theirs = covering(match, mine)
            if theirs and theirs[-1].kind == "denies":
                return f"negation: {mine.verb}"
    return None


def _is_in_own_name(match: Match, i: int) -> bool:
    """Whether the sentence says a concept in its own name: it is neither who speaks nor what they say."""
    start, end = match.statement.span(i)
    if match.statement.kinds[i] in {"date", "time"}:
        return False
    return not any(
        one.holds(start, end) or one.start <= start < one.end or one.verb_start <= start < one.verb_end
        for one in match.statement.attributions
    )


def _is_left_to(match: Match, theirs: Attribution) -> bool:
    """Whether what is said is somebody's word.

    What a body announces of its own is its act (the government declared mourning), and what stands "according to" its figures is on record.
    """
    if theirs.kind == "announces":
        return theirs.has_clause
    return theirs.verb_is_said or not _is_of_record(match, theirs)


def _is_of_record(match: Match, theirs: Attribution) -> bool:
    """Whether a body or its figures are cited, and no person or unnamed source."""
    named = [one for one in entities(match.window.text) if theirs.start <= one.start < theirs.end]
    first = fold(theirs.speaker or "").split()
    return any(word in records() for word in first[:1]) or (bool(named) and all(one.kind == "group" for one in named))


def _is_said(match: Match, theirs: Attribution, starts: Sequence[int]) -> bool:
    """Whether words of the quote are what somebody says, and not in a clause that describes a noun of it in passing."""
    return all(theirs.holds(start, start + 1) and not match.window.is_aside(start) for start in starts)


def _is_mentioned(match: Match, theirs: Attribution) -> bool:
    """Whether the sentence speaks of who says it: their own act (the ministry said it will deploy: the ministry will deploy)."""
    tokens = match.window.tokens
    words = [i for i, token in enumerate(tokens) if token.terms and theirs.start <= token.start < theirs.end]
    mentioned = [place for place in words if match.said_by(place, _NAMED)]
    return bool(words) and len(mentioned) >= _MENTIONED * len(words)
