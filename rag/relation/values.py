"""The count, date or time that stands with the verb asked about."""

from collections.abc import Iterator

from rag.answer_candidates import answer_candidates
from rag.relation.reading import Anchor, Filler, SentenceReading

_NEAR = (1.0, 0.75, 0.5)  # by the clauses and pauses between a value and the verb


def values(read: SentenceReading) -> Iterator[Filler]:
    """The values of the kind asked for, by how surely they are of it and how near in grammar they stand to the verb."""
    for candidate in answer_candidates(read.question, read.text):
        at = read.chunk_at(candidate.start)
        near = (
            max((one.weight * _closeness(read, one, at) for one in read.anchors), default=0.0)
            if at is not None
            else 0.0
        )
        if near:
            yield Filler(candidate.start, candidate.end, near * candidate.fit)


def _closeness(read: SentenceReading, anchor: Anchor, at: int) -> float:
    first, last = sorted((anchor.chunk, at))
    parted = sum(read.parts(j) for j in range(first + 1, last + 1) if j != anchor.chunk)
    verb = read.cut[anchor.chunk]
    parted += at < anchor.chunk and (verb.pause or verb.stop)  # of "Cairo - 3 May: it opened" the date is the report's
    return _NEAR[parted] if parted < len(_NEAR) else 0.0
