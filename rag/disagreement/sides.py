"""What each side says, where a question asks for all of them."""

from collections.abc import Iterator

from rag.disagreement.reader import FAR_BEHIND, Account, Reader
from rag.evidence import FEATURES, Evidence
from rag.language.characters import fold

_MOST_SIDES = 4
_SIDE = 0.55  # share of what the best sentence holds of the question that one of another side holds


def sides(reader: Reader) -> Iterator[Account]:
    """The best sentence of each voice, or of each article that tells it itself."""
    told: list[str] = []
    held = FEATURES.index("held")
    least = _SIDE * reader.ranked[0].evidence.features[held]
    for evidence in reader.near(FAR_BEHIND):
        speaker = reader.speaker(evidence)
        side = _side(evidence, speaker)
        if evidence.features[held] >= least and len(told) < _MOST_SIDES and not any(_is_one(side, one) for one in told):
            told.append(side)
            yield Account(evidence, reader.clause(evidence, reader.said_at(evidence)), speaker)


def _side(evidence: Evidence, speaker: str | None) -> str:
    return speaker or f"{evidence.passage.article_id}:"


def _is_one(side: str, other: str) -> bool:
    """Whether two names are of one voice: المصدران are the مصدران عسكريان named before."""
    heads = [fold(one).split()[0].removeprefix("ال") for one in (side, other)]
    return side == other or (heads[0] == heads[1] and 1 in {len(side.split()), len(other.split())})
