"""A sentence read for what a question asks of it: its chunks, where the question's concepts are met in it, and the verbs that they are met by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.language.characters import fold, script
from rag.language.dates import weekday_term
from rag.language.entities import Entity, entities
from rag.language.tense import is_past
from rag.language.words import Word, words
from rag.question import Question
from rag.relation.asked import Asked
from rag.relation.chunks import chunks
from rag.relation.meeting_points import Point, points
from rag.relation.wordlists import listed

_OF_PERSONS = frozenset(("agent", "object", "patient", "holder"))
_LED = 0.9
_MET = 0.5  # how well a concept must be met to count


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills the slot that a question asks for.

    Attributes:
        start: offset in the sentence, in code points.
        end: the offset after it.
        strength: how surely it fills it, in (0, 1].
        entity: the person, place or group that it names, where it does.
    """

    start: int
    end: int
    strength: float
    entity: Entity | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the verb of a question is met in a sentence: the chunk, the word, and how well."""

    chunk: int
    start: int
    end: int
    weight: float


class SentenceReading:
    """A sentence read for a question.

    Args:
        question: as understood.
        asked: what it asks of its verb.
        text: the sentence.
    """

    def __init__(self, question: Question, asked: Asked, text: str) -> None:
        self.question = question
        self.asked = asked
        self.text = text
        self.cut = chunks(text)
        self.points = points(question, text)
        self.arabic = script(text) != "en"

    @cached_property
    def words(self) -> list[Word]:
        """The words of the sentence."""
        return words(self.text)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """The persons, places and groups that it names."""
        return entities(self.text)

    @cached_property
    def anchors(self) -> tuple[Anchor, ...]:
        """Where the question's verb is met, the best first; of a question that tells none, its most telling plain word."""
        if self.asked.predicate is not None:
            return (*self._anchors_of(self.asked.predicate), *self._leading(self.asked.predicate))
        if self.asked.slot in _OF_PERSONS:
            return ()
        own = [
            i for i, one in enumerate(self.question.concepts) if one.kind in {"word", "name"} and i != self.asked.kind
        ]
        ordered = sorted(
            own, key=lambda i: (self.question.concepts[i].kind != "word", -self.question.concepts[i].telling)
        )
        things = next((found for i in ordered if (found := self._anchors_of(i))), ())
        return (*self._located(own), *things) if self.asked.slot == "place" else things

    def _leading(self, concept: int) -> Iterator[Anchor]:
        """The nouns that say who leads, where the question's verb is of leading: they must be of something that it names."""
        if fold(self.question.concepts[concept].text) not in listed("leading", "verbs"):
            return
        for word in self.words:
            at = self.chunk_at(word.start) if word.folded in listed("leading", "nouns") else None
            if at is None:
                continue
            first, last = self.cut[max(0, at - 1)].start, self.cut[at].end
            if not self._is_of_other(Point(concept, word.start, word.end, _LED)) and any(
                one.concept != concept for one in self.met_in(first, last)
            ):
                yield Anchor(at, word.start, word.end, _LED)

    def _is_of_other(self, point: Point) -> bool:
        """Whether a longer way of saying another concept holds what is met: رئيس of رئيس الوزراء heads nothing else."""
        return any(
            one.concept != point.concept
            and one.start <= point.start
            and point.end <= one.end
            and one.end - one.start > point.end - point.start
            and one.weight >= point.weight
            for one in self.points
        )

    def _located(self, own: Sequence[int]) -> Iterator[Anchor]:
        """Where a sentence says that something of the question is located: the verb or participle beside it."""
        said = listed("arabic", "located") | listed("places", "located_english")
        for word in self.words:
            at = self.chunk_at(word.start) if word.folded in said else None
            if at is None:
                continue
            first, last = self.cut[max(0, at - 2)].start, self.cut[min(at + 1, len(self.cut) - 1)].end
            beside = [one for one in self.met_in(first, last) if one.concept in own]
            if beside:
                yield Anchor(at, word.start, word.end, min(1.0, max(one.weight for one in beside)))

    def _anchors_of(self, concept: int) -> tuple[Anchor, ...]:
        met = (
            one for one in self.points if one.concept == concept and one.weight >= _MET and not self._is_of_other(one)
        )
        found = [
            Anchor(at, one.start, one.end, one.weight) for one in met if (at := self.chunk_at(one.start)) is not None
        ]
        return tuple(sorted(found, key=lambda one: -one.weight))

    def chunk_at(self, offset: int) -> int | None:
        """The chunk that holds an offset."""
        return next((i for i, one in enumerate(self.cut) if one.start <= offset < one.end), None)

    def trimmed(self, start: int, end: int) -> int:
        """Where a phrase ends without the time or the verb that stands behind it (مسلحون فجر الاثنين, مسجد تحول إلى)."""
        inside = [word for word in self.words if start <= word.start < end]
        while len(inside) > 1 and self._ends_before(inside[-1]):
            inside.pop()
        return inside[-1].end if inside and inside[-1].end < end else end

    def _ends_before(self, word: Word) -> bool:
        """Whether a word behind a phrase is of a time, or a verb that is no part of a name."""
        if weekday_term(word.folded) or word.folded in listed("arabic", "parts_of_day"):
            return True
        named = any(one.named and one.start <= word.start < one.end for one in self.entities)
        return self.arabic and not named and not word.folded.startswith("ال") and is_past(word.folded)

    def parts(self, at: int) -> bool:
        """Whether a chunk parts what stands before it from what stands behind: another verb, a relative, a comma."""
        one = self.cut[at]
        return one.kind in {"verb", "opener"} or one.stop or one.pause

    def met_in(self, start: int, end: int) -> Iterator[Point]:
        """Where concepts are met well between two offsets."""
        return (one for one in self.points if start <= one.start < end and one.weight >= _MET)

    def is_of_question(self, start: int, end: int) -> bool:
        """Whether the question itself names what stands between two offsets: at least half of its words."""
        inside = [word for word in self.words if start <= word.start < end]
        met = [one for one in self.met_in(start, end) if one.concept not in {self.asked.kind, self.asked.predicate}]
        return 2 * sum(any(one.start <= word.start < one.end for one in met) for word in inside) >= max(1, len(inside))

    def stands_in(self, one: Entity, start: int, end: int) -> bool:
        """Whether an entity, or its role, begins between two offsets."""
        return start <= one.start < end or (one.role_start is not None and start <= one.role_start < end)
