"""A sentence that repeats its quote but for a few words: what was put in the place of what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rag.language.characters import is_arabic
from rag.language.entities import entities
from rag.language.lexicon import lexicon
from rag.language.polarity import is_negating, opposites
from rag.language.speech import speech_kind
from rag.support.match import Match
from rag.support.window import Token

_AROUND = 3  # words that must be the same around an edit
_LONGEST = 3  # words of an edit
_ONLY = frozenset("سوي فقط only except".split())
_HINTED = 0.3  # how well a word must be said anywhere in the quote to be no stranger to it


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of a sentence where the quote has others, or none, or the sentence has none."""

    mine: Sequence[Token]
    theirs: Sequence[Token]


def turned(match: Match) -> str | None:
    """A "not" put in or left out of words that are the quote's own."""
    mine, theirs = ({token.word for token in side} & _ONLY for side in (match.statement.tokens, match.window.tokens))
    if bool(mine) != bool(theirs):
        return None  # nobody but: only
    balanced = _denials(match.statement.tokens) == _denials(match.window.tokens)
    for edit in _edits(match):
        if (not balanced and _denials(edit.mine) != _denials(edit.theirs)) or _is_opposite(edit):
            return f"negation: {_said(match.statement.text, edit.mine) or _said(match.window.text, edit.theirs)}"
    return None


def exchanged(match: Match) -> str | None:
    """A word that is nowhere in the quote in the place of a name that is nowhere in the sentence."""
    statement = match.statement
    for edit in _edits(match):
        strange = [
            i
            for i in range(len(statement.concepts))
            if match.held[i] < _HINTED and _is_in(statement.span(i)[0], edit.mine)
        ]
        left_out = [
            token for token in edit.theirs if token.terms and not match.said_by(match.window.tokens.index(token))
        ]
        if strange and any(_is_name(match.window.text, token) for token in left_out):
            return f"exchanged: {statement.concepts[strange[0]].text}"
    return None


def _denials(tokens: Sequence[Token]) -> int:
    return sum(is_negating(token.word) and speech_kind(token.word) is None for token in tokens)


def _is_opposite(edit: Edit) -> bool:
    """Whether a word stands in the place of its opposite."""
    theirs = {form for token in edit.theirs for form in token.forms}
    return any(not opposites(form).isdisjoint(theirs) for token in edit.mine for form in token.forms)


def _edits(match: Match) -> Iterator[Edit]:
    if match.is_across:
        return
    mine, theirs = match.statement.tokens, match.window.tokens
    steps = SequenceMatcher(None, [_key(t) for t in mine], [_key(t) for t in theirs], autojunk=False).get_opcodes()
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
