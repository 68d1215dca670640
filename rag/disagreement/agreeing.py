"""Equal values, told by several voices, as one: said in the same words, one behind the other, with what all of them say."""

from collections.abc import Sequence

from rag.disagreement.saying import said_value, unbounded
from rag.disagreement.tellings import Telling
from rag.language.characters import fold
from rag.model import Language

_MOST_VALUES = 4
_MOST_VOICES = 3  # of one value


def together(told: Sequence[Telling]) -> list[Telling]:
    """One telling for each value and whoever tells it, equal values behind one another; nobody in particular only where nobody else does."""
    values: dict[str, dict[str | None, Telling]] = {}
    for one in told:
        values.setdefault(one.key, {}).setdefault(one.speaker, one)
    voiced = ([one for one in voices.values() if one.speaker] or list(voices.values()) for voices in values.values())
    return [one for voices in [*voiced][:_MOST_VALUES] for one in voices[:_MOST_VOICES]]


def said_values(told: Sequence[Telling], language: Language) -> list[str]:
    """What each value is called in a language: equal ones the same, with a bound only where all who tell it have it."""
    return [_said([one for one in told if one.key == telling.key], language) for telling in told]


def _said(equal: Sequence[Telling], language: Language) -> str:
    """A value as the one says it who says it most plainly; without a bound that not all of them have."""
    bounds = {_bound(one) for one in equal}
    bare = equal if len(bounds) == 1 else [unbounded(one) for one in equal]
    return said_value(min(bare, key=lambda one: (_is_definite(one), len(one.candidate.text))), language)


def _bound(one: Telling) -> str | None:
    return one.candidate.quantity.bound if one.candidate.quantity else None


def _is_definite(one: Telling) -> bool:
    """Whether a value is told as one that was named before: الصواريخ الثلاثة, rather than ثلاثة صواريخ."""
    return fold(one.candidate.text).startswith("ال")
