"""Who says it: what somebody says in the sentence they must say in the quote, and not somebody else."""

import re
from collections.abc import Sequence

from rag.language.characters import fold
from rag.language.entities import entities
from rag.language.speech import Attribution
from rag.language.translations import translations
from rag.support.match import Match
from rag.support.naming import is_named, partners
from rag.support.sources import kinds_of_sources
from rag.support.window import Window

_SAYS = 0.45  # how well a word of the quote must say one of the sentence for both to be about the same
_SPEAKS = 0.3  # the same for a word for who speaks
_GUESSED = 90  # characters after a verb that may hold its subject
_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "we", "nobody", "هو", "هي", "هم"})
_OWN = re.compile(r"\w+(?:ه|ها|هم)")  # his figures


def other_speaker(match: Match) -> str | None:
    """Something said by somebody else than in the quote."""
    for mine in match.statement.attributions:
        if _is_somebody(mine) and not _is_speaker(match, mine):
            return f"speaker: {mine.speaker}"
    return None


def lacking_speaker(match: Match) -> str | None:
    """Who goes on speaking in the quote: the sentence names them, the text before the quote must."""
    missing = sorted(speakers_before(match))
    return f"speaker: {match.statement.concepts[missing[0]].text}" if missing else None


def speakers_before(match: Match) -> frozenset[int]:
    """The names of speakers in the sentence whom the quote does not name though they speak there (وأضاف أن, وقال الوزير)."""
    return frozenset(
        i
        for mine in match.statement.attributions
        if _is_somebody(mine)
        and (theirs := covering(match, mine))
        and not any(_names_speaker(match.window, one) for one in theirs)
        for i in _speaking(match, mine)
        if match.statement.kinds[i] in {"name", "doubtful"} and not is_named(match, i)
    )


def names_speakers(match: Match, which: frozenset[int]) -> bool:
    """Whether a quote names all of some names of a sentence."""
    return all(is_named(match, i) for i in which)


def introduces(window: Window, after: Match) -> bool:
    """Whether a sentence names somebody who may go on speaking after it: a speaker, or one with the office that the later quote has."""
    offices = {
        word
        for one in after.window.attributions
        if one.speaker and not _names_speaker(after.window, one)
        for word in fold(one.speaker).split()[:1]
    }
    if offices:
        named = (fold(one.role or "").split() for one in entities(window.text) if one.kind == "person" and one.named)
        return any(
            word.removeprefix("ال") in {w.removeprefix("ال") for w in offices} for role in named for word in role
        )
    return any(_names_speaker(window, one) for one in window.attributions)


def covering(match: Match, mine: Attribution) -> list[Attribution]:
    """Who says in the quote what somebody says in the sentence, or most of it; the likeliest last."""
    said = [i for i in match.statement.within((mine.said_start, mine.said_end)) if match.held[i] >= _SAYS]
    starts = [match.anchored(i, _SAYS) for i in said]
    shares = [
        (sum(any(one.holds(start, start + 1) for start in row) for row in starts), one)
        for one in match.window.attributions
    ]
    enough = [(share, one) for share, one in shares if 2 * share >= max(1, len(starts))]
    return [one for _, one in sorted(enough, key=lambda pair: (pair[0], -(pair[1].said_end - pair[1].said_start)))]


def _is_somebody(mine: Attribution) -> bool:
    return mine.speaker is not None and mine.speaker.split()[-1].lower() not in _PRONOUNS


def _names_speaker(window: Window, theirs: Attribution) -> bool:
    """Whether who speaks in a quote has a name there."""
    return any(one.named and theirs.start <= one.start < theirs.end for one in entities(window.text))


def _speaking(match: Match, mine: Attribution) -> list[int]:
    """The concepts of the sentence that say who speaks."""
    kinds = match.statement.kinds
    return [i for i in match.statement.within((mine.start, mine.end)) if kinds[i] not in {"number", "date", "time"}]


def _is_speaker(match: Match, mine: Attribution) -> bool:
    """Whether the quote says that somebody says what they say in the sentence.

    Their names must be among its words for who does, and what kind of source they are (military, medical); of the other words half, where
    both languages' words are known.
    """
    kinds = match.statement.kinds
    allowed = _allowed(match, mine)
    speaking = [i for i in _speaking(match, mine) if i not in speakers_before(match)]
    said = [i for i in speaking if _is_among(match, i, allowed)]
    strange = [i for i in speaking if i not in said]
    if any(kinds[i] == "name" and not set(partners(match.statement, i)) & set(said) for i in strange):
        return False
    if any(_is_other_source(match, i, allowed) for i in strange):
        return False
    if any(kinds[i] == "name" for i in said) or _is_continued(match, mine):
        return True
    known = [i for i in strange if len(match.statement.concepts[i].alternatives) > 1]
    return len(known) <= len(said) or not _says_more(match, allowed)


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
    return bool(covering(match, mine)) and all(one.speaker is None for one in match.window.attributions)


def _says_more(match: Match, allowed: Sequence[int]) -> bool:
    """Whether the quote says who speaks with known words that the sentence does not have."""
    return any(
        match.window.tokens[place].terms and translations().of_arabic((match.window.tokens[place].terms[0],))
        for place in allowed
    )


def _is_among(match: Match, i: int, allowed: list[int]) -> bool:
    if match.statement.kinds[i] == "name":
        return is_named(match, i, allowed)
    return max(match.weights[i, allowed].tolist(), default=0.0) >= _SPEAKS


def _is_other_source(match: Match, i: int, allowed: list[int]) -> bool:
    """Whether a word tells a kind of source from that of the quote (a medical source, a military one)."""
    own = {kind for form in match.statement.concepts[i].alternatives[0][0] for kind in kinds_of_sources().get(form, ())}
    said = [place for place in allowed if match.said_by(place, _SPEAKS)]
    theirs = {
        kind
        for place in allowed
        if place not in said
        for form in match.window.tokens[place].forms
        for kind in kinds_of_sources().get(form, ())
    }
    return bool(own & theirs)
