"""What of a question falls with what did not happen."""

from collections.abc import Sequence

from rag.language.antonyms import Pair, Side, Spot, antonyms, implications

_ALIKE = "x"  # the kind of opposites one side of which means much the same


class Falling:
    """What a question implies of what did not happen, and its words of one side of a pair of opposites.

    Args:
        asked: the words of each concept.
    """

    def __init__(self, asked: Sequence[Sequence[Spot]]) -> None:
        self._asked = asked
        self._known: dict[Pair, list[int]] = {}

    def with_word(self, said: Sequence[Spot], i: int) -> set[int]:
        """The concepts that fall with the i-th word of a text, or mean much the same."""
        sides = [(pair, pair.other) for pair in implications().at(said, i)]
        sides += [(pair, pair.own) for pair in antonyms().at(said, i) if pair.kind in _ALIKE]
        return {concept for pair, side in sides for concept in self._of(pair, side)}

    def _of(self, pair: Pair, side: Side) -> list[int]:
        if pair not in self._known:
            self._known[pair] = [i for i, concept in enumerate(self._asked) if side.is_in(concept)]
        return self._known[pair]
