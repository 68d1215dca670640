"""A sentence that repeats its quote but for a few words: what was put in the place of what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rag.language.characters import is_arabic
from rag.language.entities import entities
from rag.language.lexicon import lexicon
from rag.language.measures import number_forms
from rag.language.polarity import is_negating, opposites
from rag.language.speech import speech_kind
from rag.support.match import Match
from rag.support.naming import is_demonym, is_named
from rag.support.sources import kinds_of_sources
from rag.support.statement import Statement
from rag.support.window import Marked, Token

_AROUND = 3  # words that must be the same around an edit
_LONGEST = 3  # words of an edit
_ONLY = frozenset("سوي فقط only except".split())
_REPEATED, _RUN = 0.9, 8  # share of a sentence's words that are the quote's in their order, and words of it on end
_MOVED = 5  # words that a subject may stand before the place where the sentence has it
_HINTED = 0.3  # how well a word must be said anywhere in the quote to be no stranger to it
_SAYS = 0.5  # how well a word must say another to be no other one


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of a sentence where the quote has others, or none, or the sentence has none."""

    mine: Sequence[Token]
    theirs: Sequence[Token]


def repeats(match: Match) -> bool:
    """Whether a sentence repeats words of its quote rather than tell it in its own."""
    if match.is_across:
        return False
    runs = [last - first for step, first, last, _, _ in _steps(match) if step == "equal"]
    return max(runs, default=0) >= _RUN or sum(runs) >= _REPEATED * len(match.statement.tokens)


def turned(match: Match) -> str | None:
    """A "not" put in or left out of words that are the quote's own."""
    mine, theirs = ({token.word for token in side} & _ONLY for side in (match.statement.tokens, match.window.tokens))
    if bool(mine) != bool(theirs):
        return None  # nobody but: only
    balanced = _denials(match.statement.tokens) == _denials(match.window.tokens)
    for edit in edits(match):
        if (not balanced and _denials(edit.mine) != _denials(edit.theirs)) or _is_opposite(match, edit):
            return f"negation: {_said(match.statement.text, edit.mine) or _said(match.window.text, edit.theirs)}"
    return None


def exchanged(match: Match) -> str | None:
    """What stands in the place of something else of its kind: a number, a name, a source, a part of the day; a stranger in that of a name."""
    for edit in edits(match):
        if edit.mine and edit.theirs and any(is_other(match, edit) for is_other in _KINDS):
            return f"exchanged: {_said(match.statement.text, edit.mine)}"
    return None


def _is_other_number(match: Match, edit: Edit) -> bool:
    mine, theirs = _numbers(match.statement, edit.mine), _numbers(match.window, edit.theirs)
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _numbers(text: Marked, tokens: Sequence[Token]) -> frozenset[float]:
    """The values of words: numbers, quantities, and words that hold a number."""
    values = {one.value for one in text.quantities if _is_in(one.start, tokens)}
    values |= {float(term[1:]) for token in tokens for term in token.terms if term[0] == "#" and token.word[0] != "ا"}
    return frozenset(
        values | {number_forms()[form] for token in tokens for form in token.forms if form in number_forms()}
    )


def _is_other_name(match: Match, edit: Edit) -> bool:
    """Whether a name, or a nationality, stands where the quote has another."""
    statement, places = match.statement, _places(match, edit)
    mine = [
        i
        for i in _concepts(match, edit)
        if statement.kinds[i] == "name" or is_demonym(statement, i) or _is_known_name(statement, i)
    ]
    theirs = any(
        _is_name(match.window.text, token) or any(map(lexicon().is_demonym, token.terms)) for token in edit.theirs
    )
    others = bool(mine) and theirs and not any(_is_said(match, i, places) or is_named(match, i, places) for i in mine)
    return others and not any(_is_moved(match, i, places) for i in mine)


def _is_known_name(statement: Statement, i: int) -> bool:
    start = statement.span(i)[0]
    return statement.kinds[i] == "doubtful" and any(
        _is_name(statement.text, token) for token in statement.tokens if token.start == start
    )


def _is_other_source(match: Match, edit: Edit) -> bool:
    """Whether a word for who speaks stands where the quote has one that excludes it (a doctor, an officer)."""
    places = _places(match, edit)
    if len(edit.mine) != len(edit.theirs):
        return False
    theirs = {kind for token in edit.theirs for form in token.forms for kind in kinds_of_sources().get(form, ())}
    return any(
        theirs
        & {kind for form in match.statement.concepts[i].alternatives[0][0] for kind in kinds_of_sources().get(form, ())}
        for i in _concepts(match, edit)
        if not _is_said(match, i, places)
    )


def _is_other_time(match: Match, edit: Edit) -> bool:
    mine, theirs = (
        [one for one in text.times if _is_in(one.start, side)]
        for text, side in ((match.statement, edit.mine), (match.window, edit.theirs))
    )
    return bool(mine and theirs) and not any(one.is_told_by(other) for one in mine for other in theirs)


def _is_stranger(match: Match, edit: Edit) -> bool:
    """Whether a word that is nowhere in the quote stands in the place of a name, or of who speaks, that is nowhere in the sentence."""
    strange = any(match.held[i] < _HINTED for i in _concepts(match, edit))
    left_out = (
        place for place in _places(match, edit) if match.window.tokens[place].terms and not match.said_by(place)
    )
    return strange and any(
        _is_name(match.window.text, token)
        or any(one.start <= token.start < one.end for one in match.window.attributions)
        for token in (match.window.tokens[place] for place in left_out)
    )


_KINDS = (_is_other_number, _is_other_name, _is_other_source, _is_other_time, _is_stranger)


def _concepts(match: Match, edit: Edit) -> list[int]:
    """The concepts of the sentence among the words of an edit."""
    return [i for i in range(len(match.statement.concepts)) if _is_in(match.statement.span(i)[0], edit.mine)]


def _places(match: Match, edit: Edit) -> list[int]:
    """The words of the quote among those of an edit."""
    return [place for place, token in enumerate(match.window.tokens) if token in edit.theirs]


def _is_said(match: Match, i: int, places: Sequence[int]) -> bool:
    return max((float(match.weights[i, place]) for place in places), default=0.0) >= _SAYS


def _denials(tokens: Sequence[Token]) -> int:
    return sum(is_negating(token.word) and speech_kind(token.word) is None for token in tokens)


def _is_opposite(match: Match, edit: Edit) -> bool:
    """Whether a word that the quote has nowhere stands in the place of its opposite."""
    theirs = {form for token in edit.theirs for form in token.forms}
    said = {form.removeprefix("و") for token in match.window.tokens for form in token.forms}
    mine = (form for token in edit.mine if said.isdisjoint(token.forms) for form in token.forms)
    return any(not opposites(form).isdisjoint(theirs) for form in mine)


def edits(match: Match) -> Iterator[Edit]:
    """Where a sentence departs from the words of its quote, in one language and between words that are the same."""
    if match.is_across:
        return
    mine, theirs, steps = match.statement.tokens, match.window.tokens, _steps(match)
    for k, (step, i1, i2, j1, j2) in enumerate(steps):
        if step == "equal":
            continue
        if i1 == 0:  # a sentence may begin, and end, in the middle of its quote
            j1 = max(j1, j2 - max(1, i2 - i1))
        elif i2 == len(mine):
            j2 = min(j2, j1 + max(1, i2 - i1))
        before, after = (
            steps[n][2] - steps[n][1] if 0 <= n < len(steps) and steps[n][0] == "equal" else 0 for n in (k - 1, k + 1)
        )
        short = max(i2 - i1, j2 - j1) <= _LONGEST
        if short and before + after >= _AROUND and (before or i1 == 0) and (after or i2 == len(mine)):
            yield Edit(mine[i1:i2], theirs[j1:j2])


def _steps(match: Match) -> Sequence[tuple[str, int, int, int, int]]:
    """How the words of the sentence are made of those of the quote, as `difflib` has it."""
    mine, theirs = ([_key(token) for token in text.tokens] for text in (match.statement, match.window))
    return SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()


def _is_moved(match: Match, i: int, places: Sequence[int]) -> bool:
    """Whether the quote has a concept a little before, where the sentence leaves words out: the verb only stands before its subject."""
    left_out = {place for step, _, _, first, last in _steps(match) if step == "insert" for place in range(first, last)}
    return any(0 < places[0] - place <= _MOVED for place in match.places(i, _SAYS) if place in left_out)


def _key(token: Token) -> str:
    """What makes two words the same here: their stem, or the word itself without a joined "and"."""
    if token.terms:
        return token.terms[0]
    return token.word[1:] if is_arabic(token.word) and token.word[0] == "و" and len(token.word) > 2 else token.word


def _is_name(text: str, token: Token) -> bool:
    return any(one.named and one.start <= token.start < one.end for one in entities(text)) or lexicon().is_proper(
        token.word
    )


def _is_in(start: int, tokens: Sequence[Token]) -> bool:
    return any(token.start <= start < token.end for token in tokens)


def _said(text: str, tokens: Sequence[Token]) -> str:
    return text[tokens[0].start : tokens[-1].end] if tokens else ""
