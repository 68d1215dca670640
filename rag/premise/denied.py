"""A premise denied: the articles say that what the question speaks of did not happen, or is not so."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from rag.language.antonyms import spots
from rag.language.characters import fold
from rag.language.denials import Denial, is_light
from rag.language.frequency import telling
from rag.language.words import words
from rag.premise.alignment import Aligned, Mask, Matrix, Vector, has_pronoun, is_attribute
from rag.premise.falling import Falling
from rag.premise.finding import Finding
from rag.premise.presupposition import Presupposition
from rag.premise.sentences import ReadSentence, affirmation

_FARTHEST = 25  # sentences
_IMPLIED = 0.8  # what a word counts with which something of the question falls
_HEAD = 3  # words of what is denied with which something else falls
_FADING = 0.3  # how fast words count less that come later in what is denied
_FEW = 2  # terms denied
_FIGURE = 0.5  # what a number or date counts in it
_MET = 0.6  # a concept met less is not what is denied
_PHRASE = 12  # letters before a noun in which what it belongs to may stand (*جدران* المبنى الذي)
_APPOSITION = 80  # the same where a person's name stands before
_ANTECEDENT = 0.5
_AFFIRMED = 0.35  # where another sentence says as much that it happened, the articles disagree
_BEFORE_VERBS = frozenset({"لم", "لن", "لا", "ولم", "ولن", "ولا", "فلم", "فلن", "فلا"})
_ANY = frozenset({"اي", "ايا", "احد"})
# Letters before a denial, and shortly before it, in which what it is said of stands, and how well that must be said.
_BEFORE, _CLOSE, _BESIDE = 40, 15, 0.8
_WITHOUT = frozenset({"بلا", "دون", "بدون", "without"})
_QUOTES = ' "«»“”'
_TOPIC, _MISSING, _NOTHING = 0.6, 0.25, 0.05


def find(sentences: Sequence[ReadSentence], taken: Presupposition) -> Finding | None:
    """The denial that meets best what a question takes for granted; None where none does, or another sentence affirms it."""
    if taken.denial is not None or taken.asks_who_did or not sentences:
        return None
    fit = [one for one in _candidates(sentences, taken) if one.is_met and one.is_of_the_event and one.is_sure]
    for one in sorted(fit, key=lambda one: -one.score):
        deed = np.where(one.about, one.sentence.aligner.shares, 0.0)
        if one.sentence.is_of_another_event(one.end):
            continue
        if affirmation(one.sentence, sentences, deed, of=one.named) < _AFFIRMED:
            return Finding(one.sentence, tuple(np.flatnonzero(one.about).tolist()), one.score, one.is_literal)
    return None


def _candidates(sentences: Sequence[ReadSentence], taken: Presupposition) -> Iterator["_Candidate"]:
    """Every denial beside what the question takes for granted."""
    falling = Falling([spots(concept.text) for concept in sentences[0].aligner.question.concepts])
    for one in sentences[:_FARTHEST]:
        for denial in () if one.evidence.apart else one.denials:
            stretch = one.stretch(denial.core, denial.end)
            core = [i for i, term in enumerate(stretch.terms) if term.kind != "dual" and not is_light(stretch.word(i))]
            if core and _antecedent(one, denial) >= _ANTECEDENT:
                facts = taken.facts & ~taken.to_come if _is_of_the_past(one, denial) else taken.facts
                yield _Candidate(one, denial, stretch, core, falling, facts)


def _antecedent(one: ReadSentence, denial: Denial) -> float:
    """How well the thing that a denial describes says something of the question; 1 where it describes nothing."""
    if denial.described is None:
        return 1.0
    before = next((each for each in reversed(one.entities) if each.end <= denial.described), None)
    # Between a person's name and what is said of him may stand who he is: ماتيو رينالدي، عالم الحفريات في بولونيا، الذي.
    named = before is not None and before.kind == "person" and one.is_asked(before)
    reach = _APPOSITION if named else _PHRASE
    return float(one.stretch(max(0, denial.described - reach), denial.cue_start).best.max(initial=0.0))


def _is_of_the_past(one: ReadSentence, denial: Denial) -> bool:
    return fold(one.text[denial.cue_start : denial.cue_end]).endswith("لم")


class _Candidate:
    """A denial beside the question; shares are of the question, by rarity.

    Attributes:
        sentence: it stands in.
        end: offset after what is denied.
        about: of each concept whether it is denied.
        named: of each name whether it is part of what is denied.
        precision: share of what is denied that the question speaks of.
        recall: share of the question in what is denied.
        head: how well the first word denied says something that the question takes for granted.
        first: the same of the first few.
        literal: `head` without what only falls with it.
        within: share of the question in the sentence.
    """

    def __init__(
        self, sentence: ReadSentence, denial: Denial, stretch: Aligned, core: list[int], falling: Falling, facts: Mask
    ) -> None:
        met = _with_implied(stretch, denial, core, falling)
        plain = sentence.aligner.plain & facts
        weights = np.array([_weight(stretch, i) / (1 + _FADING * place) for place, i in enumerate(core)])
        self.sentence = sentence
        self.end = denial.end
        self._denial = denial
        self._size = len(core)
        self._inside: Vector = met.max(axis=0)
        self._known = sentence.aligner.known
        self.about: Mask = (self._inside >= _MET) & plain
        self.named: Mask = (self._inside >= _MET) & sentence.aligner.named & ~sentence.aligner.dates
        self.precision = float(met.max(axis=1) @ weights / weights.sum())
        self.recall = float(self._inside @ sentence.aligner.shares)
        self.head = float((met[0] * plain).max())
        self.first = float((met[:_HEAD] * plain).max())
        self.literal = float((stretch.met[core[0]] * plain).max())
        self.within = self._share(sentence.evidence.held)

    @cached_property
    def near(self) -> float:
        """Share of the question in the sentence and those beside it."""
        return self._share(self.sentence.evidence.near)

    @cached_property
    def topic(self) -> float:
        """The same with what its article is about."""
        return self._share(self.sentence.context)

    def _share(self, held: Vector) -> float:
        return float(np.maximum(held, self._inside) @ self._known)

    @property
    def is_met(self) -> bool:
        """Whether what is denied is what the question speaks of."""
        denied = self._denial.kind == "denied"
        return bool(self.about.any()) and (
            (self.head >= _MET and self.precision >= 0.4 and self.recall >= 0.1)
            or (self.head >= _MET and self.precision >= 0.6 and max(self.within, self.near) >= 0.5)
            or (self.head >= 0.75 and self.precision >= 0.75 and self._denial.is_total)
            or (self.literal >= 0.8 and self.precision >= 0.3 and self.recall >= 0.25)
            or (self.literal >= 0.8 and self.precision >= 0.4 and self.near >= 0.8)
            or (self.first >= _MET and self.precision >= 0.7 and self.recall >= 0.15)
            or (self.first >= _MET and self.precision >= 0.5 and self.recall >= 0.35 and self.near >= 0.8)
            or (self.first >= _MET and self.precision >= 0.35 and self.recall >= 0.19 and denied)
            or (self.precision >= 0.6 and self.recall >= 0.18 and self._size > 1 and denied)
            or (self.precision >= 0.6 and self.recall >= 0.6)
        )

    @property
    def is_of_the_event(self) -> bool:
        """Whether it is denied of what the question speaks of it."""
        anywhere = np.maximum(self.sentence.evidence.anywhere, self._inside)
        missing = (self._known * (1 - anywhere)).max()
        of_the_article = self._denial.is_total and self.within >= 0.5 and missing <= _NOTHING
        if missing > _MISSING or (self.topic < _TOPIC and not of_the_article):
            return False
        if self._size <= _FEW and self._is_of_somebody:
            one_of_many = self.sentence.aligner.question.type == "how_many"
            if one_of_many or self.within < (0.5 if self.literal >= _MET else 0.7):
                return False
        alone = self._size == 1 and self.within < 0.45 and self.recall < 0.25 and not self._is_beside(_BEFORE)
        if self._lacks and self.within < 0.5 and not self._is_beside(_CLOSE):
            return False
        if alone and self.near < 0.7 and self.topic < (0.75 if self._denial.is_total else 0.9):
            return False
        return max(self.recall, self.within) >= 0.15 or self.topic >= 0.8

    @property
    def _lacks(self) -> bool:
        """Whether it is only said that something is without something (بلا موازنة)."""
        cue = fold(self.sentence.text[self._denial.cue_start : self._denial.cue_end])
        return cue in _WITHOUT and self._size <= _FEW and not self._denial.is_total

    def _is_beside(self, letters: int) -> bool:
        """Whether just before it the sentence says something else of the question (*الحفر* جرى من دون تصريح)."""
        cue = self._denial.cue_start
        before = self.sentence.stretch(max(0, cue - letters), cue).best
        return bool((before * ~self.about).max(initial=0.0) >= _BESIDE)

    @property
    def _is_of_somebody(self) -> bool:
        """Whether it is denied of somebody or something named before (صحة ما تردد عن فراره, لم يخرج أي منهما)."""
        said = words(self.sentence.text[self._denial.core : self.end])
        if self._denial.is_total:
            return any(one.folded in _ANY and has_pronoun(next_one.text) for one, next_one in pairwise(said))
        return any(has_pronoun(word.text) for word in said)

    @property
    def is_sure(self) -> bool:
        """Whether what could be denied of something else is denied of what the question speaks of."""
        least = max(
            0.5 if self.head >= _MET > self.literal else 0.0,
            0.6 if self._denial.is_linking else 0.0,
            0.75 if self._is_of_what_is_asked else 0.0,
        )
        return self.precision >= least and (self._size > 1 or self._has_subject) and self._is_of_what_it_is_not

    @property
    def _is_of_what_it_is_not(self) -> bool:
        """Whether, of what is denied to be something (أن يكون خروجه *مرتبطا* بالجدل), the question says that very thing."""
        said = [word for word in words(self.sentence.text) if self._denial.core <= word.start < self.end]
        told = next((word.start for word in said[1:] if word.folded.endswith("ا") and is_attribute(word.text)), None)
        if not self._denial.is_linking or told is None:
            return True
        plain = self.sentence.aligner.plain
        return bool((self.sentence.stretch(told, self.end).best * plain).max(initial=0.0) >= _MET)

    @property
    def _is_of_what_is_asked(self) -> bool:
        """Whether the thing that is asked for is denied (which systems were hit): it may be denied of one and true of others."""
        question = self.sentence.aligner.question
        asked = question.focus is not None and bool(self.about[question.focus])
        return asked and question.type in {"what", "which", "list"} and self._denial.kind == "negated"

    @property
    def _has_subject(self) -> bool:
        """Whether a verb that is negated alone (السفرات لم تتوقف) is said of something that the question speaks of."""
        text, cue = self.sentence.text, self._denial.cue_start
        verbal = fold(text[cue : self._denial.cue_end]) in _BEFORE_VERBS and self._denial.core == self._denial.start
        subject = next((word for word in words(text[:cue])[-1:] if word.folded.startswith("ال")), None)
        if not verbal or subject is None or text[subject.end : cue].strip(_QUOTES):
            return True
        return float(self.sentence.stretch(subject.start, cue).best.max(initial=0.0)) >= _ANTECEDENT

    @property
    def is_literal(self) -> bool:
        """Whether its first words say something of the question, and do not only imply it."""
        return self.literal >= _MET or self._denial.kind == "denied"

    @property
    def score(self) -> float:
        """How much of each is in the other."""
        return self.precision + self.recall + (self.near + self.topic) / 2


def _weight(stretch: Aligned, i: int) -> float:
    term = stretch.terms[i]
    return telling(term.text) if term.kind == "stem" else _FIGURE


def _with_implied(stretch: Aligned, denial: Denial, core: list[int], falling: Falling) -> Matrix:
    """How well each term at the heart of what is denied says each concept, or denies it with itself; shape (core, concepts)."""
    met = stretch.met[core].copy()
    said = [spot for spot in spots(stretch.text) if denial.core <= spot.start < denial.end]
    rows = {stretch.terms[i].start: row for row, i in enumerate(core)}
    for place, spot in enumerate(said[:_HEAD]):
        if spot.start in rows:
            row = met[rows[spot.start]]
            for i in falling.with_word(said, place):
                row[i] = max(row[i], _IMPLIED)
    return met
