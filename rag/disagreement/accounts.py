"""What several voices say of one thing that is no figure: whether it is so, why, what it was.

Accounts differ where one sentence is set against another of the same article and denies what is asked, or gives another cause; and
where the question itself asks what each side says.
"""

from collections.abc import Iterator, Sequence

from rag.disagreement.asked import asks_for_sides
from rag.disagreement.causes import causes
from rag.disagreement.denied import denied
from rag.disagreement.reader import Account, Reader
from rag.disagreement.rebuttals import opening
from rag.disagreement.sides import sides
from rag.disagreement.within import within
from rag.evidence import Material
from rag.language.speech import speech_kind
from rag.language.words import words
from rag.question import Question
from rag.reading import Ranked

_AHEAD = 2  # of the best sentences, one of which is answered or answers
_BEHIND = 3.5  # score below the best sentence's at which the other one may stand


def accounts(
    question: Question, rarities: Sequence[float], ranked: Sequence[Ranked], material: Material
) -> tuple[Account, ...]:
    """The accounts that differ, in the order in which they stand; none where they do not.

    Args:
        question: as understood.
        rarities: how telling each of its concepts is.
        ranked: the sentences that may answer, best first.
        material: what they are from.
    """
    if not ranked or any(speech_kind(word.folded) == "denies" for word in words(question.text)):
        return ()
    reader = Reader(question, rarities, ranked, material)
    if asks_for_sides(question.text):
        return tuple(sides(reader))
    match question.type:
        case "yes_no":
            found = next(within(reader), ()) or next(denied(reader), ())
        case "why":
            found = next(within(reader), ()) or next(causes(reader), ())
        case _:
            found = ()
    return found or next(_answered(reader), ())


def _answered(reader: Reader) -> Iterator[tuple[Account, ...]]:
    """The best sentence, and the one beside it that answers it in so many words, or that it answers: ناقض هذه الرواية."""
    for first, second in reader.linked(_AHEAD, _BEHIND):
        how = opening(reader.text(second))
        voices = [reader.speaker(one) for one in (first, second)]
        answers = how.contradicts or (how.is_answer and reader.question.type == "yes_no")
        apart = None not in voices and voices[0] != voices[1] and all(map(reader.is_apart, (first, second)))
        if answers and apart and second.index == first.index + 1:
            texts = [reader.clause(one, reader.said_at(one)) for one in (first, second)]
            yield tuple(map(Account, (first, second), texts, voices))
