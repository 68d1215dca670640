"""What a question counts, and what became of those whom it counts."""

from itertools import pairwise

from rag.disagreement.fates import forms
from rag.disagreement.words import fates
from rag.language.stem import stem
from rag.language.words import words
from rag.measure import asked_for, told_in
from rag.question import Question

_HOW_MANY = frozenset("كم كام many much عدد حصيله toll".split())
_AMOUNT = frozenset({"كميه", "كميات", "مقدار"})


def measure_counted(question: Question) -> frozenset[str]:
    """What the word after "how many" is counted or measured as: people of كم *شخصا*, money of كم *دفع*; nothing where it does not tell."""
    asked = words(question.text)
    after = next((other for one, other in pairwise(asked) if one.folded in _HOW_MANY), None)
    return (told_in({stem(after.folded)}) or asked_for(after.text)) if after else frozenset()


def asked_fates(question: Question) -> frozenset[str]:
    """What became of those whom a question counts; none where it counts something else, such as days."""
    asked = words(question.text)
    if not any(word.folded in _HOW_MANY for word in asked) or measure_counted(question) - {"person"}:
        return frozenset()
    return frozenset(fates()[form] for word in asked for form in forms(word.folded) if form in fates())


def is_counted(question: Question) -> bool:
    """Whether what is asked about stands right after "how many"."""
    focus = question.concepts[question.focus or 0]
    asked = words(question.text)
    return any(one.folded in _HOW_MANY and other.start == focus.start for one, other in pairwise(asked))


def asks_how_much(question: Question) -> bool:
    """Whether a question asks how much there is of what has no number: how much oil, كمية الوقود."""
    folded = [word.folded for word in words(question.text)]
    return ("much" in folded or any(word.removeprefix("ال") in _AMOUNT for word in folded)) and not asked_for(
        question.text
    )
