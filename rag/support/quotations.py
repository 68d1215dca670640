"""Quotations in a sentence: word for word in its quote, or, in the other language, word after word what one stretch of it says."""

import re

from rag.language.characters import fold, script
from rag.support.match import Match

_QUOTATION = re.compile(r"[“\"«]([^“”\"«»]{3,})[”\"»]")
_LONG = 3  # words from which on it is what somebody said rather than a name
_SAID = 0.55  # share of a quotation's words, by how telling they are, that one stretch of the quote must say
_ENDS = " .،,!?؟…"


def invented_quotation(match: Match) -> str | None:
    """A quotation of what the quote does not say."""
    for found in _QUOTATION.finditer(match.statement.text):
        quotation = found[1]
        if script(quotation) == match.window.language:
            if fold(quotation).strip(_ENDS) not in match.window.folded:
                return f"quotation: {quotation}"
        elif len(quotation.split()) >= _LONG and _said(match, *found.span(1)) < _SAID:
            return f"quotation: {quotation}"
    return None


def _said(match: Match, start: int, end: int) -> float:
    """How much of a stretch of the sentence the quote says, at best in as many words as twice its length."""
    statement = match.statement
    inside = [i for i in range(len(statement.concepts)) if start <= statement.span(i)[0] < end]
    telling = [statement.concepts[i].telling for i in inside]
    if not inside:
        return 0.0
    length = max(6, 2 * len(statement.text[start:end].split()))
    weights = match.weights[inside]
    return max(
        float(sum(t * w for t, w in zip(telling, weights[:, first : first + length].max(axis=1), strict=True)))
        / sum(telling)
        for first in range(0, max(1, weights.shape[1] - length + 1))
    )
