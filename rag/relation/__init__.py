"""Whether a sentence tells the relation that a question asks about, and what fills the slot that it asks for.

"Who commands the base?" asks for the subject of "commands". A sentence that says where the base is tells no such relation; one in which
somebody commands it does, and whoever stands in the slot is the answer.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rag.evidence import Evidence
from rag.model import Article
from rag.question import Question
from rag.relation.asked import Asked, Slot, asked
from rag.relation.named import named
from rag.relation.persons import agents, holders, objects, patients, whoever
from rag.relation.places import places
from rag.relation.reading import Filler, SentenceReading
from rag.relation.values import values

__all__ = ["Asked", "Filler", "Relation", "Slot", "asked", "relation", "relation_in"]

State = Literal["filled", "governed", "untold"]

_FILLERS: Mapping[Slot, Callable[[SentenceReading], Iterator[Filler]]] = {
    "agent": whoever(agents),
    "object": whoever(objects),
    "patient": whoever(patients),
    "holder": holders,
    "place": places,
    "origin": places,
    "destination": places,
    "named": named,
    "count": values,
    "date": values,
    "time": values,
}


@dataclass(frozen=True, slots=True)
class Relation:
    """What a sentence tells of the relation that is asked about.

    Attributes:
        state: filled, or governed where its verb is met but its slot is not filled, or not told.
        fillers: what fills the slot, the surest first, each stretch once.
        anchored: how well the question's verb is met, in [0, 1].
    """

    state: State
    fillers: tuple[Filler, ...]
    anchored: float


def relation(question: Question, evidence: Evidence, article: Article) -> Relation | None:
    """What a sentence tells of the relation that a question asks about; None for a question that asks for the filler of no slot.

    Args:
        question: as understood.
        evidence: the sentence, judged.
        article: where it stands.
    """
    return relation_in(question, article.text[evidence.sentence.start : evidence.sentence.end])


@lru_cache(maxsize=2_000)
def relation_in(question: Question, sentence: str) -> Relation | None:
    """The same of the text of a sentence, as written."""
    wanted = asked(question)
    if wanted is None or wanted.slot not in _FILLERS:
        return None
    read = SentenceReading(question, wanted, sentence)
    best: dict[tuple[int, int], Filler] = {}
    for one in _FILLERS[wanted.slot](read):
        if (one.start, one.end) not in best or best[one.start, one.end].strength < one.strength:
            best[one.start, one.end] = one
    fillers = tuple(sorted(best.values(), key=lambda one: (-one.strength, one.start)))
    anchored = max((one.weight for one in read.anchors), default=0.0)
    return Relation("filled" if fillers else "governed" if anchored else "untold", fillers, min(1.0, anchored))
