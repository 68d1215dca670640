"""A premise turned round: the articles say the opposite of what the question speaks of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rag.language.antonyms import Pair, antonyms, spots
from rag.language.words import words
from rag.premise.alignment import Aligner, Vector
from rag.premise.finding import Finding
from rag.premise.presupposition import Presupposition
from rag.premise.sentences import ReadSentence, affirmation

# Letters to either side of a word in which what it is said of stands, and in which what it is the opposite of must not.
_WINDOW, _CLOSE = 90, 35
_THAN = frozenset({"من", "than"})
_BESIDE = 12  # the same for the noun that an adjective is said of
_LEAST = 2  # concepts beside the one that is the opposite
_FIRST = 2  # terms
_SAID, _LITERAL = 0.6, 0.8  # where the word itself is said so well beside its opposite, nothing is contradicted
_TOPIC = 0.7
_AFFIRMED, _AFFIRMED_AS_NEAR = 0.5, 0.65  # where another sentence says the word itself so well, the articles disagree


@dataclass(frozen=True, slots=True)
class _Opposite:
    """What a concept of the question is the opposite of."""

    concept: int
    pair: Pair


def find(sentences: Sequence[ReadSentence], taken: Presupposition) -> Finding | None:
    """The best sentence that affirms the opposite of what a question takes for granted; None where there is none."""
    # Of several persons one may have been convicted and another acquitted.
    if not sentences or sentences[0].aligner.question.type == "who":
        return None
    if taken.denial is not None and taken.denial.kind == "negated":  # it asks why something is not so
        return None
    fit = [one for one in _candidates(sentences, taken) if one.is_met]
    for one in sorted(fit, key=lambda one: -one.score):
        shares = one.sentence.aligner.shares
        deed = np.where(np.arange(len(shares)) == one.concept, shares, 0.0)
        others = [other for other in sentences if other is not one.sentence]
        limit = max(_AFFIRMED, _AFFIRMED_AS_NEAR * one.near)
        if one.sentence.is_of_another_event(one.end):
            continue
        if affirmation(one.sentence, others, deed, alone=True) < limit:
            return Finding(one.sentence, (one.concept,), one.score)
    return None


def _candidates(sentences: Sequence[ReadSentence], taken: Presupposition) -> Iterator["_Candidate"]:
    """Every opposite of what the question takes for granted that a sentence affirms."""
    wanted = _wanted(sentences[0].aligner, taken)
    for one in sentences if wanted else ():
        for i, spot in enumerate(one.spots) if not one.evidence.apart else ():
            if wanted.keys().isdisjoint(spot.keys):
                continue
            found = (opposite for key in sorted(spot.keys & wanted.keys()) for opposite in wanted[key])
            for opposite in dict.fromkeys(found):
                length = opposite.pair.other.length_at(one.spots, i)
                if length and not one.denies(spot.start):
                    yield _Candidate(one, spot.start, one.spots[i + length - 1].end, opposite)


def _wanted(aligner: Aligner, taken: Presupposition) -> dict[str, list[_Opposite]]:
    """The opposites of the question's concepts, by the keys of their first words."""
    wanted: dict[str, list[_Opposite]] = {}
    for concept in np.flatnonzero(aligner.plain & taken.facts):
        said = spots(aligner.question.concepts[concept].text)
        for pair in (pair for i in range(len(said)) for pair in antonyms().at(said, i)):
            for key in pair.other.singles.union(*(phrase[0] for phrase in pair.other.phrases)):
                wanted.setdefault(key, []).append(_Opposite(int(concept), pair))
    return wanted


class _Candidate:
    """A word of a sentence that says the opposite of one of the question.

    Attributes:
        sentence: it stands in.
        end: the offset after it.
        concept: of the question, that it is the opposite of.
        near: share of the rest of the question in the sentence and those beside it.
    """

    def __init__(self, sentence: ReadSentence, start: int, end: int, opposite: _Opposite) -> None:
        self.sentence = sentence
        self.concept = opposite.concept
        self._kind = opposite.pair.kind
        self._pair = opposite.pair
        self._start, self.end = start, end
        known = np.where(np.arange(len(sentence.aligner.known)) == self.concept, 0.0, sentence.aligner.known)
        self._rest: Vector = known / known.sum() if known.sum() > 0 else known
        self.near = float(np.maximum(sentence.evidence.near, sentence.aligned.best) @ self._rest)

    @cached_property
    def _window(self) -> Vector:
        return self._around(_WINDOW)

    def _around(self, letters: int) -> Vector:
        """How well the words to either side of it say each concept; itself it may look like what it is the opposite of (قانوني, illegal)."""
        text = self.sentence.text
        before = self.sentence.stretch(max(0, self._start - letters), self._start).best
        return np.maximum(before, self.sentence.stretch(self.end, min(len(text), self.end + letters)).best)

    @cached_property
    def _around_concept(self) -> list[int]:
        """The concepts around that concept: in English before and after it, in Arabic after it; also what is counted."""
        question = self.sentence.aligner.question
        after = question.language == "ar"
        if self._kind == "q":
            around = [self.concept - 1 if after else self.concept + 1]
        else:
            around = [self.concept + 1, self.concept + 2] if after else [self.concept - 1, self.concept + 1]
            around += [question.focus] if question.focus == self.concept - 1 and after else []
        return [i for i in around if 0 <= i < len(self._rest)]

    @cached_property
    def _compares(self) -> bool:
        """Whether both the question and the sentence compare: bigger *than*, أصغر *من*."""
        question = self.sentence.aligner.question
        concept = question.concepts[self.concept]
        behind = question.text[concept.start + len(concept.text) :], self.sentence.text[self.end :]
        return all(any(word.folded in _THAN for word in words(text)[:1]) for text in behind)

    @cached_property
    def _arguments(self) -> Vector:
        """How well the words around it say those."""
        said = self._around(_BESIDE) if self._kind == "q" and not self._compares else self._window
        return said[self._around_concept]

    @property
    def _subject(self) -> float:
        """How well the first words after it, where the subject of an Arabic verb stands, say a plain concept."""
        after = self.sentence.stretch(self.end, min(len(self.sentence.text), self.end + _WINDOW)).met[:_FIRST]
        others = self.sentence.aligner.plain & (np.arange(len(self._rest)) != self.concept)
        return float((after * others).max(initial=0.0))

    @property
    def _topic(self) -> float:
        return float(np.maximum(self.sentence.context, self._window) @ self._rest)

    @cached_property
    def _governs(self) -> bool:
        """Whether the sentence has the concept before or after said of the opposite, not of the word itself: words follow what they belong to."""
        aligned, said = self.sentence.aligned, self.sentence.spots
        own = {term.start for term, met in zip(aligned.terms, aligned.met, strict=True) if met[self.concept] >= _SAID}
        own |= {spot.start for i, spot in enumerate(said) if self._pair.own.length_at(said, i)}
        own.discard(self._start)
        return not own or all(self._is_said_of_it(i, own) for i in self._around_concept)

    def _is_said_of_it(self, concept: int, own: set[int]) -> bool:
        """Whether a concept of the question follows the opposite rather than the word itself somewhere, or is not in the sentence."""
        aligned = self.sentence.aligned
        places = [term.start for term, met in zip(aligned.terms, aligned.met[:, concept], strict=True) if met >= _SAID]
        return not places or any(self._governor(place, own) == self._start for place in places)

    def _governor(self, place: int, own: set[int]) -> int:
        before = [at for at in (*own, self._start) if at <= place]
        return max(before) if before else min(*own, self._start)

    @property
    def is_met(self) -> bool:
        """Whether it is said of what the question speaks of."""
        if self.near < 0.3 or not len(self._arguments) or np.count_nonzero(self._rest) < _LEAST:
            return False
        whole = np.maximum(self.sentence.evidence.anywhere, self.sentence.aligned.best)
        if float(whole @ self._rest) < _TOPIC or self._around(_CLOSE)[self.concept] >= _LITERAL:
            return False
        if not self._governs:
            return False
        mean, beside = float(self._arguments.mean()), float(self._window @ self._rest)
        match self._kind:
            case "x":
                fully = mean >= 0.9 and len(self._arguments) > 1 and self.near >= 0.4
                first = self._arguments[0] >= 0.8 and beside >= 0.4
                beginning = self._subject >= _SAID and self._topic >= 0.75 and beside >= 0.25
                return bool(fully or beginning or (self.near >= 0.6 and (first or (mean >= 0.6 and beside >= 0.4))))
            case "r":
                asks = self.sentence.aligner.question.type in {"why", "how"}
                fully = mean >= 0.95 and len(self._arguments) > 1 and self._topic >= 0.95
                return asks and mean >= 0.8 and beside >= 0.6 and (fully or self.near >= 0.7)
            case "q" if self._compares:
                return mean >= 0.75 and self.near >= 0.7
            case "q" if self._pair.own.is_in(self.sentence.spots):
                return False
            case "q":
                return mean >= 0.8 and ((beside >= 0.6 and self.near >= 0.7) or (beside >= 0.45 and self.near >= 0.9))
            case _:
                return False

    @property
    def score(self) -> float:
        """How much of the question is there, less for a later sentence."""
        return float(self._window @ self._rest) + self.near - self.sentence.rank / 100
