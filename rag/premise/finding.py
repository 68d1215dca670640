"""What was found against a premise."""

from dataclasses import dataclass

from rag.premise.sentences import ReadSentence


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence against a premise.

    Attributes:
        sentence: that contradicts.
        about: the concepts of the question that are contradicted.
        score: how strongly, comparable among findings of one kind.
        is_literal: whether the sentence says what it contradicts, not something with which that falls.
    """

    sentence: ReadSentence
    about: tuple[int, ...]
    score: float
    is_literal: bool = True
