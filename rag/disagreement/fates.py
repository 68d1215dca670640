"""What became of those whom a number counts: the dead, the injured, the escaped."""

from collections.abc import Sequence

from rag.answer_candidates import AnswerCandidate
from rag.disagreement.words import fates, phrases
from rag.language.characters import is_arabic
from rag.language.words import Word

_NEAR = 4  # words around a number in which its fate is told
_TOLL = 4  # words in which a toll says of whom it is


def fate(candidate: AnswerCandidate, found: Sequence[Word], others: Sequence[AnswerCandidate]) -> str | None:
    """What became of those whom a number counts: said by its noun, else by the closest word, before it or after it, up to the next number."""
    inside = [word for word in found if candidate.start <= word.start < candidate.end]
    first = next((i for i, word in enumerate(found) if word.start >= candidate.start), len(found))
    last = first + len(inside)
    unit = candidate.quantity.unit_start if candidate.quantity else None
    apart = [word for word in found if unit is not None and word.start == unit]
    for word in (*inside, *apart):
        if fate := _of(word):
            return fate
    floor = max((one.end for one in others if one.end <= candidate.start), default=0)
    ceiling = min((one.start for one in others if one.start >= candidate.end), default=candidate.end + 200)
    before = [word for word in reversed(found[max(0, first - _NEAR) : first]) if word.start >= floor]
    after = [word for word in found[last : last + _NEAR] if word.end <= ceiling]
    joined = next((i for i, word in enumerate(after) if word.folded.startswith("و") and _of(word)), len(after))
    near = [*enumerate(before), *((i + 0.5, word) for i, word in enumerate(after[:joined]))]
    told = next((fate for _, word in sorted(near, key=lambda pair: pair[0]) if (fate := _of(word))), None)
    return told or _fate_of_toll([word for word in found[:first] if word.start >= floor])


def fate_beside(candidate: AnswerCandidate, found: Sequence[Word]) -> str | None:
    """The fate that the word right before a number, or an Arabic verb right after it, tells of what may be people: مقتل حارسين, 14 جنديا قُتلوا."""
    before = [word for word in found if word.end <= candidate.start][-1:]
    after = [word for word in found if word.start >= candidate.end][:1]
    return next((fate for word in (*before, *after) if is_arabic(word.folded) and (fate := _of(word))), None)


def _fate_of_toll(before: Sequence[Word]) -> str | None:
    """The fate of which a toll is, that the number tells: ارتفعت *حصيلة قتلى* الهجوم على فندق إلى 13 شخصا."""
    tolls = (i for i, word in enumerate(before) if (word.folded.removeprefix("ال"),) in phrases("fates_told", "tolls"))
    return next((fate for i in tolls for word in before[i + 1 : i + _TOLL] if (fate := _of(word))), None)


def _of(word: Word) -> str | None:
    return next((fates()[form] for form in forms(word.folded) if form in fates()), None)


def forms(folded: str) -> tuple[str, ...]:
    """A word, and the same without a joined particle."""
    return (
        (folded, folded[1:], folded.removeprefix("ال")) if folded[:1] in "وفبل" else (folded, folded.removeprefix("ال"))
    )
