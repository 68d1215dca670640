"""False premises: what a question takes for granted and the articles contradict.

    question ─► presupposition: what it speaks of as facts
    sentences ─► each beside the question (alignment), with what it denies and what it affirms
              ─► denied · done · opposite · turned · other_value, each a way to be contradicted

Precision goes first: a sentence counts only where it is about the same event, and where no other one says what the question does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.evidence import Evidence, Material
from rag.premise import denied, done, needless, opposite, other_date, other_number, other_value, replaced, turned
from rag.premise.alignment import Aligner
from rag.premise.finding import Finding
from rag.premise.presupposition import Presupposition, presupposition
from rag.premise.sentences import ReadSentence, read
from rag.question import Question

__all__ = ["Contradiction", "ContradictionKind", "contradiction"]

ContradictionKind = Literal["denied", "opposite", "other_value"]

_READ = 60  # sentences
_Finder = Callable[[Sequence[ReadSentence], Presupposition], Finding | None]
# In the order of how sure each is.
_WAYS: tuple[tuple[ContradictionKind, _Finder], ...] = (
    ("denied", denied.find),
    ("opposite", done.find),
    ("opposite", opposite.find),
    ("opposite", turned.find),
    ("opposite", replaced.find),
    ("opposite", needless.find),
    ("other_value", other_value.find),
    ("other_value", other_number.find),
    ("other_value", other_date.find),
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A sentence that contradicts what a question takes for granted.

    Attributes:
        evidence: the sentence.
        about: the words of the question that it contradicts, in the question's order.
        kind: "denied", it did not happen or is not so; "opposite", the opposite happened; "other_value", it was another place or person.
    """

    evidence: Evidence
    about: tuple[str, ...]
    kind: ContradictionKind


def contradiction(
    question: Question, ranked: Sequence[Evidence], rarities: Sequence[float], material: Material
) -> Contradiction | None:
    """The sentence that contradicts a question's premise; None where there is none, or where the articles disagree about it.

    Args:
        question: as understood.
        ranked: the best sentences for it, best first, also those of articles that lack one of its names (`Evidence.apart`): they may have
            another name in its place.
        rarities: how telling each of the question's concepts is.
        material: what the sentences are from.
    """
    taken = presupposition(question) if ranked else None
    if taken is None:
        return None
    sentences = read(Aligner(question, rarities), ranked[:_READ], material)
    found = [(kind, finding) for kind, find in _WAYS if (finding := find(sentences, taken))]
    if not found:
        return None
    # What is only implied comes last.
    kind, best = min(found, key=lambda one: not one[1].is_literal)
    return Contradiction(best.sentence.evidence, tuple(question.concepts[i].text for i in best.about), kind)
