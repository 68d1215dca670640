"""Why, as two voices tell it."""

from collections.abc import Iterator, Sequence

from rag.disagreement.reader import FAR_BEHIND, Account, Reader
from rag.disagreement.words import begins, phrases
from rag.evidence import Evidence
from rag.language.words import words

_AMONG = 14  # of the best sentences those, one of which a pair has
_LINKED = 9  # words from a verb to the one that it takes


def causes(reader: Reader) -> Iterator[tuple[Account, ...]]:
    """Two causes, of which the one is set against the other."""
    best = next((one for one in reader.near(FAR_BEHIND)[:_AMONG] if _cause(reader, one) is not None), None)
    for first, second in reader.linked(_AMONG, FAR_BEHIND):
        places = [_cause(reader, one) for one in (first, second)]
        about = any(reader.is_apart(one) for one in (first, second)) and any(one is best for one in (first, second))
        if about and None not in places and reader.speaker(first) != reader.speaker(second):
            yield tuple(
                Account(one, reader.clause(one, place or 0), reader.speaker(one))
                for one, place in zip((first, second), places, strict=True)
            )


def _cause(reader: Reader, evidence: Evidence) -> int | None:
    return cause_at(reader.text(evidence))


def cause_at(text: str) -> int | None:
    """Where a text tells a cause."""
    found = words(text)
    folded = [word.folded for word in found]
    return next((word.start for i, word in enumerate(found) if _tells_cause(folded, i)), None)


def _tells_cause(folded: Sequence[str], i: int) -> bool:
    """Whether a word tells a cause, by itself or with one soon after it."""
    near = folded[i + 1 : i + _LINKED]
    return begins(folded[i : i + 1], 0, phrases("causes", "words")) or any(
        folded[i].removeprefix("و") == verb and link in near for verb, link in phrases("causes", "words_with")
    )
