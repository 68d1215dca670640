"""Who speaks: who says in the quote what somebody says in the sentence, and whom a quote leaves unnamed who was named before it."""

from rag.language.characters import fold
from rag.language.entities import entities
from rag.language.speech import Attribution
from rag.support.match import Match
from rag.support.naming import is_demonym, is_named, partners
from rag.support.window import Window

_SAYS = 0.45  # how well a word of the quote must say one of the sentence for both to be about the same
_SAME = frozenset({"ذاته", "ذاتها", "نفسه", "نفسها", "المذكور", "المذكوره", "عينه", "same"})  # who was named before
_PREPOSITIONS = frozenset({"of", "among", "in", "at"})  # of the 18 patients admitted to hospital
_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "we", "nobody", "هو", "هي", "هم"})


def lacking_speaker(match: Match) -> str | None:
    """Who goes on speaking in the quote: the sentence names them, the text before the quote must."""
    missing = sorted(speakers_before(match))
    return f"speaker: {match.statement.concepts[missing[0]].text}" if missing else None


def speakers_before(match: Match) -> frozenset[int]:
    """The names of speakers in the sentence whom the quote does not name though they speak there (وأضاف أن, وقال الوزير)."""
    return frozenset(
        i
        for mine in match.statement.attributions
        if is_somebody(mine)
        and (theirs := covering(match, mine))
        and not any(_names_speaker(match.window, one) for one in theirs)
        for i in speaking(match, mine)
        if match.statement.kinds[i] in {"name", "doubtful"}
        and not is_demonym(match.statement, i)
        and not any(is_named(match, j) for j in (i, *partners(match.statement, i)))
    )


def names_speakers(match: Match, which: frozenset[int]) -> bool:
    """Whether a quote names all of some names of a sentence."""
    return all(is_named(match, i) for i in which)


def introduces(window: Window, after: Match) -> bool:
    """Whether a sentence names somebody who may go on speaking after it: a speaker, or one with the office that the later quote has."""
    offices = {
        word
        for one in after.window.attributions
        if one.speaker and not _names_speaker(after.window, one) and not is_same_again(one)
        for word in fold(one.speaker).split()[:1]
    }
    if offices:
        named = (fold(one.role or "").split() for one in entities(window.text) if one.kind == "person" and one.named)
        return any(
            word.removeprefix("ال") in {w.removeprefix("ال") for w in offices} for role in named for word in role
        )
    return any(_names_speaker(window, one) for one in window.attributions)


def names_another(window: Window) -> bool:
    """Whether a quote names a person before the verb with which somebody goes on speaking in it."""
    going_on = [one.verb_start for one in window.attributions if one.speaker is None][:1]
    return any(
        one.kind == "person" and one.named and one.end <= end for end in going_on for one in entities(window.text)
    )


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


def is_same_again(theirs: Attribution) -> bool:
    """Whether a quote only says that who spoke before goes on (وأضاف، المصدر ذاته)."""
    return theirs.speaker is None or not _SAME.isdisjoint(fold(theirs.speaker).split())


def is_somebody(mine: Attribution) -> bool:
    """Whether the sentence tells who speaks, and not only by a pronoun."""
    if mine.speaker is None:
        return False
    said = mine.speaker.lower().split()
    return said[-1] not in _PRONOUNS and said[0] not in _PREPOSITIONS


def _names_speaker(window: Window, theirs: Attribution) -> bool:
    """Whether who speaks in a quote has a name there."""
    return any(one.named and theirs.start <= one.start < theirs.end for one in entities(window.text))


def speaking(match: Match, mine: Attribution) -> list[int]:
    """The concepts of the sentence that say who speaks."""
    kinds = match.statement.kinds
    return [i for i in match.statement.within((mine.start, mine.end)) if kinds[i] not in {"number", "date", "time"}]
