"""What the quote leaves to somebody: the sentence must not say it in its own name, nor let them say what they deny."""

from collections import Counter
from collections.abc import Sequence

from rag.language.characters import fold
from rag.language.entities import entities
from rag.language.lexicon import lexicon
from rag.language.speech import Attribution
from rag.support.edits import repeats
from rag.support.match import Match
from rag.support.sources import advocates, anonymous, official, records, reports
from rag.support.speakers import covering

_SAYS = 0.45  # how well a word of the quote must say one of the sentence for both to be about the same
_NAMED = 0.65  # the same for who is spoken of
_LEFT = 0.6  # share of what a sentence says in its own name that is somebody's in the quote, from which on it is theirs
_CLAUSE = (
    3  # concepts of a clause all of which are somebody's, from which on it is theirs though the sentence says more
)
_MENTIONED = 0.5  # share of a speaker's words that make the sentence speak of them
_AFFIRMING = frozenset({"says", "announces", "believes", "claims"})
_ALLEGING = frozenset({"accuses", "claims", "believes"})
_HEDGES = frozenset({"reported", "believed", "possible", "expected", "seeming"})
_SAME = frozenset({"نفسه", "نفسها", "ذاته", "ذاتها"})  # the same source, named before
_FIRST = 2  # words of a speaker's, one of which tells that it is a body
_NEAR = 30  # characters before what is said


def unattributed(match: Match) -> str | None:
    """What somebody says, accuses or believes told as a fact."""
    told = [i for i in range(len(match.statement.concepts)) if match.held[i] >= _SAYS and _is_told(match, i)]
    theirs = {i: one for i in told if (one := _left_out(match, i))}
    own = [i for i in told if i in theirs or not (_is_in_passing(match, i) or _speakers(match, i))]
    clauses = [[i for i in own if i in set(match.statement.within(clause))] for clause in match.statement.clauses]
    whole = any(len(clause) >= _CLAUSE and all(i in theirs for i in clause) for clause in clauses)
    if not theirs or not (whole or len(theirs) >= max(2, _LEFT * len(own))):
        return None
    one, _ = Counter(theirs.values()).most_common(1)[0]
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


def _is_told(match: Match, i: int) -> bool:
    """Whether a concept is part of what the sentence tells: not of when it was, nor of who speaks."""
    start, _ = match.statement.span(i)
    speaks = (
        one.start <= start < one.end or one.verb_start <= start < one.verb_end for one in match.statement.attributions
    )
    return match.statement.kinds[i] != "date" and not any(speaks)


def _left_out(match: Match, i: int) -> Attribution | None:
    """Whose word a concept is in the quote that the sentence does not leave to them; the one who says it themselves rather than who hands it on."""
    mine = _speakers(match, i)
    theirs = [one for one in match.window.attributions if _is_said(match, i, one)]
    if mine:
        known = [one for one in theirs if any(_is_same(match, other, one) for other in mine)]
        theirs = [one for one in theirs if one not in known and one.speaker and one.kind != "demands"] if known else []
    left = [one for one in theirs if _is_left_to(match, one) and not _is_kept(match, one)]
    return left[-1] if left else None


def _speakers(match: Match, i: int) -> list[Attribution]:
    """To whom the sentence leaves a concept; in English what stands between a verb of saying and a later "that" is theirs, too."""
    start, end = match.statement.span(i)
    english = match.statement.language == "en"
    return [
        one
        for one in match.statement.attributions
        if one.holds(start, end) or (english and one.end <= one.verb_end <= start < one.said_start)
    ]


def _is_same(match: Match, mine: Attribution, theirs: Attribution) -> bool:
    """Whether the sentence and the quote leave something to the same: to one whom they name alike, or to one who goes on speaking."""
    if mine.speaker is None or theirs.speaker is None:
        return mine.speaker is None
    return any(
        set(match.statement.within((mine.start, mine.end))) & set(match.said_by(place))
        for place in _words(match, theirs)
    )


def _is_said(match: Match, i: int, theirs: Attribution) -> bool:
    """Whether a concept is what somebody says, and not part of a clause that describes a noun of it in passing."""
    starts = match.anchored(i, _SAYS)
    among = any if theirs.kind in _ALLEGING else all
    return among(theirs.holds(start, start + 1) for start in starts) and not _is_in_passing(match, i)


def _is_in_passing(match: Match, i: int) -> bool:
    return all(match.window.is_aside(start) for start in match.anchored(i, _SAYS))


def _is_left_to(match: Match, theirs: Attribution) -> bool:
    """Whether what is said is somebody's word.

    What a body announces of its own is its act (the government declared mourning), and its figures are on record: who retells them may leave
    it out, but not who repeats its words.
    """
    if theirs.kind in {"announces", "demands"} and not theirs.has_clause:
        return False
    return repeats(match) or not _is_on_record(match, theirs)


def _is_on_record(match: Match, theirs: Attribution) -> bool:
    """Whether a body, or who speaks for one, says what it counted or saw: no private person, no unnamed source, nothing denied."""
    if theirs.kind not in {"says", "announces"}:
        return False
    counted = bool({"number", "time"} & set(match.statement.kinds))
    if not _is_body(match, theirs):
        return counted and _is_officer(match, theirs)
    if theirs.verb_is_said and match.statement.negations:
        return False
    return counted or not theirs.verb_is_said or theirs.speaker is None


def _is_officer(match: Match, theirs: Attribution) -> bool:
    """Whether somebody with a name and an office, or a body that pleads no cause, is given as the source of a report."""
    if theirs.verb_is_said or theirs.speaker is None or _is_anonymous(theirs.speaker):
        return False
    named = [one for one in entities(match.window.text) if one.named and theirs.start <= one.start < theirs.end]
    persons = [one for one in named if one.kind == "person"]
    if persons:
        return any(one.role or one.start > theirs.start for one in persons)
    return any(one.kind == "group" for one in named) and not _is_advocate(theirs.speaker)


def _is_body(match: Match, theirs: Attribution) -> bool:
    """Whether an authority speaks, its figures, its spokesman, or who was named before the quote."""
    if theirs.speaker is None:
        before = [one for one in match.window.attributions if one.speaker and one.verb_start < theirs.verb_start]
        return _is_body(match, before[-1]) if before else not _names_another(match, theirs.verb_start)
    first = fold(theirs.speaker).split()[:_FIRST]
    if not _SAME.isdisjoint(first):
        return True
    bare = {first[0].removeprefix("ال"), *first}
    return not _is_anonymous(theirs.speaker) and not (records() | official()).isdisjoint(bare)


def _is_advocate(speaker: str) -> bool:
    """Whether a body speaks for a cause or for its members, whose figures are its word, or an estimate or a study is given."""
    return fold(speaker).split()[0].removeprefix("ال") in advocates()


def _is_anonymous(speaker: str) -> bool:
    """Whether somebody is quoted without a name, in whatever case (مصدر، مصدرا)."""
    first = fold(speaker).split()[0]
    return first in anonymous() or first.removesuffix("ا") in anonymous()


def _names_another(match: Match, end: int) -> bool:
    """Whether the quote names a person or an advocate before an offset, who may go on speaking there."""
    before = [one for one in entities(match.window.text) if one.named and one.end <= end]
    return any(one.kind == "person" or (one.kind == "group" and _is_advocate(one.text)) for one in before)


def _is_kept(match: Match, theirs: Attribution) -> bool:
    """Whether the sentence speaks of who says it: their own act (the ministry said it will deploy: the ministry will deploy).

    Of an accusation it must keep that it is one.
    """
    if theirs.kind in _ALLEGING:
        verb = [
            place
            for place, token in enumerate(match.window.tokens)
            if theirs.verb_start <= token.start < theirs.verb_end
        ]
        accused = any(match.said_by(place, _SAYS) for place in verb)
        return accused or any(hedge.kind in _HEDGES for hedge in match.statement.hedges)
    if not repeats(match) and any(token.word in reports() for token in match.statement.tokens):
        return True
    words = _words(match, theirs)
    if theirs.speaker and _is_anonymous(theirs.speaker) and words and not match.said_by(words[0], _SAYS):
        return False  # a source in the ministry is not the ministry
    return bool(words) and sum(bool(match.said_by(place, _NAMED)) for place in words) >= _MENTIONED * len(words)


def _words(match: Match, theirs: Attribution) -> Sequence[int]:
    """The words that tell who speaks; neither how many they are nor of what nation."""
    return [
        place
        for place, token in enumerate(match.window.tokens)
        if theirs.start <= token.start < theirs.end
        and token.terms
        and not any(term[0] == "#" or lexicon().is_demonym(term) for term in token.terms)
    ]
