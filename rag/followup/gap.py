"""A place in a follow-up that says nothing without the talk before it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from rag.followup.mention import Mention

Need = Literal["person", "thing", "plural", "members", "place", "event", "any"]


@dataclass(frozen=True, slots=True)
class Gap:
    """A pronoun, a demonstrative, or a verb without its subject.

    Attributes:
        start: offset in the follow-up, in code points.
        end: the offset after it.
        need: what it can mean; "members" are some of several.
        fill: what stands there once it is known what is meant.
        feminine: what it shows of gender; None where nothing.
        noun: folded, of "this attack" and "هذا الهجوم".
        is_object: whether it is what something is done to, or said of.
        not_person: whether it cannot be a person.
        measured: whether it can be a quantity, such as a rate or a price.
    """

    start: int
    end: int
    need: Need
    fill: Callable[[Mention], str]
    feminine: bool | None = None
    noun: str = ""
    is_object: bool = False
    not_person: bool = False
    measured: bool = False


def itself(mention: Mention) -> str:
    """What is meant, as it was called."""
    return mention.text
