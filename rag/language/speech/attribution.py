"""What a text says that somebody says."""

from dataclasses import dataclass

from rag.language.characters import fold
from rag.language.speech.verbs import Kind, speech_kind


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a text says that somebody says.

    Attributes:
        kind: what the words do: an accusation, a denial.
        verb: the word that says so, or "according to", as written.
        verb_start: its offset.
        verb_end: the offset after it.
        speaker: who, as written with titles and appositions; None where it is the one who spoke before, or nobody is named.
        start: offset of the speaker, of the verb where there is none.
        end: the offset after it.
        said_start: offset of what is said.
        said_end: the offset after it.
        via: who handed it on (نقلت الأناضول عن), as written.
        has_clause: whether a clause or a quotation is said, not only a noun (announced the discovery).
    """

    kind: Kind
    verb: str
    verb_start: int
    verb_end: int
    speaker: str | None
    start: int
    end: int
    said_start: int
    said_end: int
    via: str | None = None
    has_clause: bool = True

    @property
    def verb_is_said(self) -> bool:
        """Whether a verb says that somebody says, and not "according to"."""
        return speech_kind(fold(self.verb)) is not None

    def holds(self, start: int, end: int) -> bool:
        """Whether a stretch is part of what is said, not of who says it."""
        return (
            self.said_start <= start
            and end <= self.said_end
            and not (self.speaker and self.start <= start < self.end)
            and not (self.verb_start <= start < self.verb_end)
        )
