"""How surely a sentence says what its quote says: bounds of numbers and hedges of the quote must be kept, and no bound added."""

import re
from collections.abc import Mapping, Sequence

from rag.language.hedges import Hedge
from rag.language.quantities import Bound, Quantity
from rag.support.match import Match
from rag.support.window import Marked

_SAYS = 0.45  # how well a word of the quote must be said for the sentence to claim it
_CLAIMED = 0.5  # share of the words that a hedge holds back which make up what it holds back
_WORDS = 4  # of those after a hedge, or before it where it ends a clause
_DENIED: Mapping[Bound, Bound] = {"more_than": "at_most", "less_than": "at_least"}
_DENIED_BEFORE = 25  # characters
_JOINS = re.compile(r"[,،;:]|\band\b|(?<!\w)و")
_WITHIN = ("within", "خلال", "غضون", "up to", "no later")
_DEMANDED = frozenset({"possible", "believed", "expected", "seeming", "reported", "usual"})
_HEDGING_SPEECH = frozenset({"accuses", "claims", "believes"})
_ALIKE: Sequence[frozenset[Bound]] = (
    frozenset({"at_least", "more_than"}),
    frozenset({"at_most", "less_than"}),
    frozenset({"about"}),
)


def changed_bound(match: Match) -> str | None:
    """A number without the bound that the quote gives it, or with another one: three for at least three."""
    for own in match.statement.quantities:
        same = [other for other in match.window.quantities if other.value == own.value]
        if same and not any(_is_bounded_alike(match, own, other) or _is_within(match, own, other) for other in same):
            theirs = match.window.text[same[0].start : same[0].end]
            return f"hedge: {theirs if own.bound is None else own.text}"
    return None


def _is_bounded_alike(match: Match, own: Quantity, other: Quantity) -> bool:
    mine, theirs = _bound(match.statement, own), _bound(match.window, other)
    if mine is None or theirs is None:
        return mine == theirs or (mine == "about" and theirs is None)
    return any({mine, theirs} <= group for group in _ALIKE)


def _bound(text: Marked, quantity: Quantity) -> Bound | None:
    """The bound of a quantity; of one that is denied the other way round (لم يعد يتجاوز: at most)."""
    before = text.text[max(0, quantity.start - _DENIED_BEFORE) : quantity.start]
    denied = any(
        0 <= quantity.start - one.end < len(before) and not _JOINS.search(text.text[one.end : quantity.start])
        for one in text.negations
    )
    return _DENIED.get(quantity.bound, quantity.bound) if denied and quantity.bound else quantity.bound


def _is_within(match: Match, own: Quantity, other: Quantity) -> bool:
    """Whether "at most" is said by a preposition: within ten days."""
    before = match.statement.text[max(0, own.start - 15) : own.start].lower()
    return other.bound == "at_most" and own.bound is None and any(word in before for word in _WITHIN)


def dropped_hedge(match: Match) -> str | None:
    """What the quote says with reserve said without any."""
    for hedge in match.window.hedges:
        if hedge.kind in _DEMANDED:
            claimed = _claimed(match, hedge)
            if claimed and not any(_is_reserved(match, i, hedge) for i in claimed):
                return f"hedge: {hedge.text}"
    return None


def _claimed(match: Match, hedge: Hedge) -> list[int]:
    """The concepts of the sentence that say most of what a hedge holds back; none where it is not said."""
    content = [
        (place, token) for place, token in enumerate(match.window.tokens) if token.terms and hedge.reaches(token.start)
    ]
    after = [place for place, token in content if token.start >= hedge.end][:_WORDS]
    before = [place for place, token in content if token.start < hedge.start][-_WORDS:]
    held_back = before if hedge.follows and len(after) < 2 else after
    said = [
        [i for i in match.said_by(place, _SAYS) if match.window.tokens[place].start in match.anchored(i, _SAYS)]
        for place in held_back
    ]
    if sum(map(bool, said)) < max(min(2, len(held_back)), _CLAIMED * len(held_back), 1):
        return []
    return [i for row in said for i in row]


def _is_reserved(match: Match, i: int, hedge: Hedge) -> bool:
    """Whether the sentence holds a concept back, as the quote does."""
    statement = match.statement
    start = statement.span(i)[0]
    usual = hedge.kind == "usual"
    if any(one.reaches(start) and (one.kind == "usual") == usual for one in statement.hedges):
        return True
    return not usual and any(
        one.kind in _HEDGING_SPEECH and one.holds(*statement.span(i)) for one in statement.attributions
    )
