"""How surely a sentence says what its quote says: bounds of numbers and hedges of the quote must be kept, and no bound added."""

import re
from collections.abc import Mapping, Sequence

from rag.language.characters import fold
from rag.language.denials import is_light
from rag.language.hedges import Hedge
from rag.language.measures import measure
from rag.language.quantities import Bound, Quantity
from rag.language.speech import speech_kind
from rag.support.edits import edits
from rag.support.match import Match
from rag.support.window import Marked, Token

_SAYS = 0.45  # how well a word of the quote must be said for the sentence to claim it
_CLAIMED = 0.5  # share of the words that a hedge holds back which make up what it holds back
_WORDS = 4  # of those after a hedge, or before it where it ends a clause
_DENIED: Mapping[Bound, Bound] = {"more_than": "at_most", "less_than": "at_least"}
_BETWEEN = re.compile(r"\s*(?:يعد|تعد|longer|any)?\s*")  # a denial and the bound that it turns round
# How a bound is said apart from its number; folded.
_AT_MOST = re.compile(
    r"\b(?:within|up to|no later|at most|not? (?:more|exceed)\w*|maximum)\b"
    r"|[يت]صل الي|(?:لا|لن|لم) (?:[يت]عد )?[يت]?(?:تجاوز|زيد|زد|تعد)|اقصي|اقصاه|خلال|غضون"
)
_AT_LEAST = re.compile(
    r"\b(?:at least|minimum|no (?:less|fewer))\b|(?:لا|لن|لم) [يت]قل|علي الاقل|ادني"
    r"|(?<!لا )(?<!لن )(?<!لم )(?<!\w)[وف]?[يت]?(?:تجاوز|زيد|فوق|فاق|زاد)ت?(?!\w)|\b(?:exceed\w*|over|more than)\b"
)
_NOT_OVER = re.compile(
    r"\bnot? (?:more than|exceed\w*)\b[^,;.\d]*$|(?:لا|لن|لم) (?:[يت]عد )?[يت](?:تجاوز|زيد|زد|تعد)\w*[^،.\d]*$"
)
_NOT_UNDER = re.compile(r"(?:لا|لن|لم) [يت]قل[^،.\d]*$")
_DENIES = re.compile(r"(?:لا|لن|لم|ما)\s*$")  # right before a bound that it turns round (لن تقل عن)
_ABOUT = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|some|estimated?|close to)\b"
    r"|(?<!\w)[وفبلك]?(?:نحو|حوالي|قرابه|زهاء|تقريبا|تقدر|يقدر|قدرت?|المقدره?)(?!\w)|ناهز|(?<!\w)[يت]?قارب"
)
_OVER = re.compile(r"over\b", re.IGNORECASE)
_OPEN = re.compile(r"\bwhether\b|(?<!\w)(?:ما إذا|إن كان|هل)")  # before what is left open
_EXCEEDS = re.compile(r"(?<!\w)(?<!لا )(?<!لن )(?<!لم )[وف]?[يت]?تجاوزت?(?!\w)[^،.؛\d]*$|\bexceed(?:ed|s)\b[^,.;\d]*$")
_ROUGHLY = re.compile(  # right before a time of day
    r"(?:\b(?:about|around|nearly|almost|roughly|shortly|just)(?: (?:before|after))?|(?<!\w)[وفبل]?(?:نحو|حوالي|قرابه|زهاء|حدود|قبيل|بعيد))"
    r"(?: (?:the|الساعه))?\s*$"
)
_LASTING = re.compile(r"(?:علي (?:امتداد|مدي|مدار)|خلال|طوال|طيله|في غضون)\s*$|\b(?:during|throughout|for|in)\s*$")
_BARE_BOUND = re.compile(r"(?:اقل|اكثر|ازيد) من|ما لا يقل عن|على الاقل|at (?:least|most)|(?:more|less|fewer) than")
_BOUNDS: Mapping[Bound, re.Pattern[str]] = {
    "at_most": _AT_MOST,
    "less_than": _AT_MOST,
    "at_least": _AT_LEAST,
    "more_than": _AT_LEAST,
    "about": _ABOUT,
}
_CLAUSE = re.compile(r"[،,;؛:.](?!\d)")
_APART, _AFTER = 70, 25  # characters before and after a number
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
        if same and not any(
            _is_bounded_alike(match, own, other) or _is_bounded_apart(match, own, other) for other in same
        ):
            theirs = match.window.text[same[0].start : same[0].end]
            return f"hedge: {theirs if own.bound is None else own.text}"
    return None


def _is_bounded_alike(match: Match, own: Quantity, other: Quantity) -> bool:
    mine, theirs = _told(match.statement, own), _told(match.window, other)
    if mine is None or theirs is None:
        return mine == theirs or (mine == "about" and theirs is None)
    return any({mine, theirs} <= group for group in _ALIKE)


def _told(text: Marked, quantity: Quantity) -> Bound | None:
    """The bound of a quantity, also one that a verb says at some distance before it (did not exceed, لم تتجاوز النسبة)."""
    bound = _bound(text, quantity)
    before = fold(text.text[max(0, quantity.start - _APART) : quantity.start])
    return bound or (
        "at_most" if _NOT_OVER.search(before) else "at_least" if _NOT_UNDER.search(before) else _exceeded(before)
    )


def _exceeded(before: str) -> Bound | None:
    """The bound that a verb before a number gives it (تجاوز عدد الجرحى الستين)."""
    return "more_than" if _EXCEEDS.search(before) else None


def _bound(text: Marked, quantity: Quantity) -> Bound | None:
    """The bound of a quantity; of one that is denied the other way round (لم يعد يتجاوز: at most)."""
    denied = _DENIES.search(text.text[: quantity.start]) is not None or any(
        _BETWEEN.fullmatch(text.text[one.end : quantity.start]) for one in text.negations if one.end <= quantity.start
    )
    return _DENIED.get(quantity.bound, quantity.bound) if denied and quantity.bound else quantity.bound


def _is_bounded_apart(match: Match, own: Quantity, other: Quantity) -> bool:
    """Whether the bound that one side has is said on the other at some distance from the number, or by a preposition (within ten days)."""
    mine, theirs = _bound(match.statement, own), _bound(match.window, other)
    if mine == "more_than" and _OVER.match(own.text):  # over six sessions: as long as they lasted
        return theirs is None and _LASTING.search(fold(match.window.text[: other.start])) is not None
    if mine is None and theirs is not None:
        return _says_bound(match.statement, own, theirs)
    return mine is not None and theirs is None and _says_bound(match.window, other, mine)


def _says_bound(text: Marked, quantity: Quantity, bound: Bound) -> bool:
    """Whether a bound is said in the clause around a number."""
    before = _CLAUSE.split(text.text[max(0, quantity.start - _APART) : quantity.start])[-1]
    after = _CLAUSE.split(text.text[quantity.end : quantity.end + _AFTER])[0]
    pattern = _BOUNDS.get(bound)
    return (
        pattern is not None
        and pattern.search(fold(before + text.text[quantity.start : quantity.end] + after)) is not None
    )


def dropped_about(match: Match) -> str | None:
    """A time of day told to the minute that the quote gives only roughly: at 7:30 for about half past seven."""
    for mine in match.statement.times:
        same = [one for one in match.window.times if mine.is_told_by(one)]
        rough = [_ROUGHLY.search(fold(match.window.text[: one.start])) for one in same]
        if same and all(rough) and not _ROUGHLY.search(fold(match.statement.text[: mine.start])):
            return f"hedge: {match.window.text[same[0].start : same[0].end]}"
    return None


def loosened(match: Match) -> str | None:
    """A bound left out of words that are else the quote's own: within a week for within less than a week."""
    for edit in edits(match):
        if edit.theirs and not edit.mine:
            left_out = " ".join(token.word for token in edit.theirs)
            if any(pattern.fullmatch(left_out) for pattern in (_BARE_BOUND, _ABOUT)):
                return f"hedge: {left_out}"
    return None


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
        (place, token)
        for place, token in enumerate(match.window.tokens)
        if token.terms and hedge.reaches(token.start) and not (hedge.kind == "reported" and _is_idle(token))
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


def _is_idle(token: Token) -> bool:
    """Whether a word tells nothing by itself: that something happened, at what hour, or that reports have it."""
    return is_light(token.word) or speech_kind(token.word) is not None or measure(token.word) == "hour"


def _is_reserved(match: Match, i: int, hedge: Hedge) -> bool:
    """Whether the sentence holds a concept back, as the quote does."""
    statement = match.statement
    start = statement.span(i)[0]
    if _OPEN.search(statement.text[statement.pause_before(start) : start].lower()):
        return True
    usual = hedge.kind == "usual"
    if any(one.is_denial and one.reaches(start) for one in statement.negations):
        return True
    if any(one.reaches(start) and (one.kind == "usual") == usual for one in statement.hedges):
        return True
    return not usual and any(
        one.kind in _HEDGING_SPEECH and one.holds(*statement.span(i)) for one in statement.attributions
    )
