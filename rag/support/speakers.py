"""Who says it: what the quote leaves to somebody the sentence must not say in its own name, nor in another's."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from rag.language.characters import fold
from rag.language.entities import entities
from rag.language.speech import Attribution
from rag.language.stem import stem
from rag.support.match import Match
from rag.support.names import is_named, partners

_SAYS = 0.45  # how well a word of the quote must say one of the sentence for both to be about the same
_SPEAKS = 0.3  # the same for a word for who speaks
_NAMED = 0.55  # the same for who is spoken of
_LEFT = 0.6  # share of what a sentence says in its own name that is somebody's in the quote, from which on it is theirs
_MENTIONED = 0.5  # share of a speaker's words that make the sentence speak of them
_ALLEGING = frozenset({"accuses", "claims", "believes"})
_HEDGES = frozenset({"reported", "believed", "possible", "expected", "seeming"})


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


def other_speaker(match: Match) -> str | None:
    """Something said by somebody else than in the quote."""
    for mine in match.statement.attributions:
        if mine.speaker and not _is_speaker(match, mine, _speaking(match, mine)):
            return f"speaker: {mine.speaker}"
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
    return any(word in _records() for word in first[:1]) or (bool(named) and all(one.kind == "group" for one in named))


def _is_said(match: Match, theirs: Attribution, starts: Sequence[int]) -> bool:
    """Whether words of the quote are what somebody says, and not in a clause that describes a noun of it in passing."""
    return all(theirs.holds(start, start + 1) and not match.window.is_aside(start) for start in starts)


def _is_mentioned(match: Match, theirs: Attribution) -> bool:
    """Whether the sentence speaks of who says it: their own act (the ministry said it will deploy: the ministry will deploy)."""
    tokens = match.window.tokens
    words = [i for i, token in enumerate(tokens) if token.terms and theirs.start <= token.start < theirs.end]
    mentioned = [place for place in words if match.said_by(place, _NAMED)]
    return bool(words) and len(mentioned) >= _MENTIONED * len(words)


def _speaking(match: Match, mine: Attribution) -> list[int]:
    """The words of the quote that say who says what the sentence lets somebody say; all of them where nobody is found to."""
    said = [i for i in match.statement.within((mine.said_start, mine.said_end)) if match.held[i] >= _SAYS]
    starts = [match.anchored(i, _SAYS) for i in said]
    theirs = [
        one
        for one in match.window.attributions
        if 2 * sum(any(one.holds(start, start + 1) for start in row) for row in starts) >= max(1, len(starts))
    ]
    spans = [span for one in theirs for span in _who(match, one)]
    everywhere = range(len(match.window.tokens))
    if not theirs:
        return list(everywhere)
    return [place for place in everywhere if any(a <= match.window.tokens[place].start < b for a, b in spans)]


def _who(match: Match, theirs: Attribution) -> list[tuple[int, int]]:
    """The stretches that say who speaks: from the verb to what is said, from "according to" to the pause; before one who goes on."""
    if theirs.speaker is None:
        return [(0, theirs.verb_start), (theirs.verb_start, max(theirs.verb_start, theirs.said_start))]
    if theirs.start >= theirs.said_end:
        return [(theirs.start, match.window.pause_after(theirs.end))]
    return [(theirs.start, theirs.end), (theirs.verb_start, max(theirs.verb_end, theirs.said_start))]


def _is_speaker(match: Match, mine: Attribution, allowed: list[int]) -> bool:
    """Whether some words of the quote name who speaks in the sentence.

    Names must be among them, and what kind of source it is (military, medical); of the other words half.
    """
    statement = match.statement
    speaking = [
        i for i in statement.within((mine.start, mine.end)) if statement.kinds[i] not in {"number", "date", "time"}
    ]
    said = [i for i in speaking if _is_among(match, i, allowed)]
    strange = [i for i in speaking if i not in said]
    if any(statement.kinds[i] == "name" and not set(partners(statement, i)) & set(said) for i in strange):
        return False
    if any(_is_other_source(match, i, allowed) for i in strange):
        return False
    return 2 * len(said) >= len(speaking) or any(statement.kinds[i] == "name" for i in said)


def _is_among(match: Match, i: int, allowed: list[int]) -> bool:
    if match.statement.kinds[i] == "name":
        return is_named(match, i, allowed)
    return max(match.weights[i, allowed].tolist(), default=0.0) >= _SPEAKS


def _is_other_source(match: Match, i: int, allowed: list[int]) -> bool:
    """Whether a word tells a kind of source from that of the quote (a medical source, a military one)."""
    own = {kind for form in match.statement.concepts[i].alternatives[0][0] for kind in _kinds().get(form, ())}
    said = [place for place in allowed if match.said_by(place, _SPEAKS)]
    theirs = {
        kind
        for place in allowed
        if place not in said
        for form in match.window.tokens[place].forms
        for kind in _kinds().get(form, ())
    }
    return bool(own & theirs)


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    """Stems of words for sources, and the groups of kinds that exclude one another that each is of."""
    kinds: dict[str, set[str]] = {}
    for name, listed in _data()["kinds"].items():
        for word in listed:
            for form in (fold(word), stem(fold(word))):
                kinds.setdefault(form, set()).add(name)
    return {form: frozenset(names) for form, names in kinds.items()}


@cache
def _records() -> frozenset[str]:
    return frozenset(fold(word) for word in _data()["records"]["words"])


@cache
def _data() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(resources.files("rag.support").joinpath("sources.toml").read_text(encoding="utf-8"))
