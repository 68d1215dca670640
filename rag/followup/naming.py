"""Whether a noun phrase names a person, a place or a group."""

from rag.followup.mention import Kind
from rag.language.entities import Entity, entities


def named_within(text: str, start: int, end: int) -> list[Entity]:
    """The names in `text[start:end]`."""
    return [entity for entity in entities(text) if entity.named and entity.start < end and entity.end > start]


def named_kind(text: str, start: int, end: int) -> Kind | None:
    """What `text[start:end]` names; None where it names nothing, or is a noun of its own with a name in it."""
    for entity in named_within(text, start, end):
        first = entity.start if entity.role_start is None else min(entity.start, entity.role_start)
        if first <= start + len("the ") and entity.end >= end - len("'s"):
            return entity.kind
    return None
