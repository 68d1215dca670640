"""An Arabic sentence beside a question: which of its words say what, and its clauses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from rag.language.denials import Denial, denials
from rag.language.entities import entities
from rag.language.readings import Reading
from rag.language.words import words
from rag.model import Article
from rag.premise.alignment import Aligner
from rag.question import Concept
from rag.yes_no.cues import NAMES, NOUNS, begins_phrase, is_in, tagged

HELD = 0.5  # how well a word says something of the question, or something like it
LIKELY = 0.15  # how likely a translation must be
_SURE, _SOFT = 0.8, 0.75  # as well as a translation says it; as well as a word near in meaning can
_ENDS = re.compile(r"[.!?؟;؛:\n]")
PAUSE = re.compile(r"[،,()–—]|\s-\s")

Opener = Literal["", "and", "that", "relative", "going_on", "turn"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that says one thing.

    Attributes:
        first: its first word.
        last: the word after it.
        opener: what it begins with: a verb with "and", أن, الذي, a participle (مضيفا), or a word with which the sentence turns.
        goes_on: the clause with whose subject it may go on.
    """

    first: int
    last: int
    opener: Opener
    goes_on: int | None


class Sentence:
    """A sentence beside a question; words are told by their index.

    Args:
        article: it stands in.
        text: of it.
        aligner: of the question.

    Attributes:
        text: as given.
        words: its words.
        aligner: as given.
        alike: by concept of the question the words that say it or something like it, and how well each does.
        places: by concept those that say it.
        parts: by concept those that are part of it, also in `places`: the police is one of the authorities.
    """

    def __init__(self, article: Article, text: str, aligner: Aligner) -> None:
        self.text = text
        self.words = words(text)
        self.aligner = aligner
        self.alike = self._alike(article)
        self.places = {i: {at: x for at, x in known.items() if x > _SOFT} for i, known in self.alike.items()}
        for i in self._occasions():
            self.places[i] = {at: _SURE for at, word in enumerate(self.words) if is_in(word, "sentence", "event")}
        self.parts = self._parts()
        for i, parts in self.parts.items():
            self.places[i] = {**dict.fromkeys(parts, _SURE), **self.places.get(i, {})}

    def _occasions(self) -> list[int]:
        """The concepts of what happened that the sentence does not name by their own words."""
        concepts = enumerate(self.aligner.question.concepts)
        named = (i for i, one in concepts if is_in(words(one.text)[-1], "question", "occasion"))
        return [i for i in named if not self.places.get(i)]

    def _parts(self) -> Mapping[int, frozenset[int]]:
        """What of a state may be meant by the authorities that a question speaks of, as far as the sentence does not say the word."""
        asked = [
            i
            for i, concept in enumerate(self.aligner.question.concepts)
            if is_in(words(concept.text)[0], "question", "authorities") and not self.places.get(i)
        ]
        if not asked:
            return {}
        parts = frozenset(i for i, word in enumerate(self.words) if is_in(word, "sentence", "state"))
        return dict.fromkeys(asked, parts)

    def _alike(self, article: Article) -> Mapping[int, Mapping[int, float]]:
        aligned = self.aligner.lay(article, self.text)
        self._dates = [
            (term.start, term.text) for term in aligned.terms if term.kind == "date" and term.text[1].isdigit()
        ]
        starts = [word.start for word in self.words]
        present = frozenset(term.text for term in aligned.terms)
        ways = [_ways(concept, present) for concept in self.aligner.question.concepts]
        alike: dict[int, dict[int, float]] = {}
        for row, concept in np.argwhere(aligned.met >= LIKELY).tolist():
            met = float(aligned.met[row, concept])
            translated = ways[concept].get(aligned.terms[row].text, 0.0) >= LIKELY
            weight = max(met if met >= HELD else 0.0, _SURE if translated else 0.0)
            if weight:
                at = int(np.searchsorted(starts, aligned.terms[row].start, side="right")) - 1
                known = alike.setdefault(concept, {})
                known[at] = max(known.get(at, 0.0), weight)
        return alike

    @cached_property
    def tags(self) -> Sequence[Reading | None]:
        """The reading of each word."""
        return tagged(self.text)

    def tag(self, i: int) -> Reading | None:
        """The reading of a word; None for none, also where there is no such word."""
        return self.tags[i] if 0 <= i < len(self.words) else None

    @cached_property
    def asked_words(self) -> frozenset[int]:
        """The words that say something of the question, or something like it."""
        return frozenset(at for places in (*self.alike.values(), *self.places.values()) for at in places)

    @cached_property
    def is_elsewhere(self) -> bool:
        """Whether it names a place that the question does not speak of."""
        asked = [self.words[i].start for i in self.asked_words]
        places = (one for one in entities(self.text) if one.named and one.kind == "place")
        return any(not any(one.start <= start < one.end for start in asked) for one in places)

    def is_dated_otherwise(self, i: int) -> bool:
        """Whether the date that stands nearest to a word is another than the question's."""
        asked = [one.alternatives[0][0][0] for one in self.aligner.question.concepts if one.kind == "date"]
        asked = [date for date in asked if date[1].isdigit()]
        if not asked or not self._dates:
            return False
        nearest = min((start for start, _ in self._dates), key=lambda start: abs(start - self.words[i].start))
        given = max((date for start, date in self._dates if start == nearest), key=len)
        return not any(given.startswith(one) or one.startswith(given) for one in asked)

    def denials_of(self, i: int) -> Sequence[Denial]:
        """The denials that deny a word."""
        return [denial for denial in denials(self.text) if denial.holds(self.words[i].start)]

    def gap(self, i: int) -> str:
        """What stands between a word and the one before."""
        return self.text[self.words[i - 1].end : self.words[i].start] if 0 < i < len(self.words) else ""

    def is_that(self, i: int) -> bool:
        """Whether a word is أن or the like."""
        tag = self.tag(i)
        return tag is not None and tag.kind == "T"

    def has_pronoun(self, i: int) -> bool:
        """Whether a pronoun is joined to a word."""
        tag = self.tag(i)
        return tag is not None and bool(tag.pronoun)

    # Clauses

    @cached_property
    def clauses(self) -> Sequence[Clause]:
        """The clauses, in order; together they are the sentence."""
        starts: list[tuple[int, Opener, bool]] = [(0, "", False)]
        starts += [(i, *opened) for i in range(1, len(self.words)) if (opened := self._opens(i))]
        ends = [*(first for first, _, _ in starts[1:]), len(self.words)]
        return [
            Clause(first, last, opener, k - 1 if bound else None)
            for k, ((first, opener, bound), last) in enumerate(zip(starts, ends, strict=True))
        ]

    def clause_at(self, i: int) -> Clause:
        """The clause that a word is in."""
        return next(clause for clause in self.clauses if clause.first <= i < clause.last)

    def _opens(self, i: int) -> tuple[Opener, bool] | None:
        """How a clause begins with a word, if one does, and whether it may go on with the subject before."""
        if begins_phrase(self.words, i, "sentence", "turns"):
            adds = self.words[i].folded == "كما" and self._is_verb(i + 1)
            return ("and", self._has_no_subject(i + 1)) if adds else ("turn", False)
        if _ENDS.search(self.gap(i)):
            return "turn", False
        tag = self.tag(i)
        if tag is None or tag is self.tag(i - 1):
            return None
        if tag.kind == "T":
            return "that", bool(tag.pronoun) or self._goes_on_with_that(i)
        if tag.kind == "W":
            return "relative", True
        paused = bool(PAUSE.search(self.gap(i)))
        if (tag.conjunction or paused) and (tag.is_verb or tag.kind == "A"):
            return "and", self._has_no_subject(i)
        if (tag.conjunction or paused) and tag.kind == "N" and self._is_verb(i + 1):
            return "and", self._has_no_subject(i + 1)
        return ("going_on", True) if paused and tag.kind == "c" and not tag.article else None

    def _goes_on_with_that(self, i: int) -> bool:
        """Whether the i-th word is أن behind "without", or behind "after" with a verb that has no subject of its own (دخلوا بعد أن كسروا)."""
        after = is_in(self.words[i - 1], "sentence", "before_that") and self._is_verb(i + 1)
        return is_in(self.words[i - 1], "sentence", "without") or (after and self._has_no_subject(i + 1))

    def _is_verb(self, i: int) -> bool:
        tag = self.tag(i)
        return tag is not None and tag.is_verb

    def _has_no_subject(self, verb: int) -> bool:
        """Whether no noun follows a verb that the question does not speak of: its subject would be another."""
        after = self.tag(verb + 1)
        return after is None or bool(after.particle) or after.kind not in NOUNS | NAMES or verb + 1 in self.asked_words


def _ways(concept: Concept, present: frozenset[str]) -> Mapping[str, float]:
    """The terms among others that say a concept, and how likely each does."""
    said = [(terms, weight) for terms, weight in concept.alternatives if present.issuperset(terms)]
    return {term: weight for terms, weight in sorted(said, key=lambda way: way[1]) for term in terms}
