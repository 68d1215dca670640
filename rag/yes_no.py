"""The short answer to a question of yes or no, told by one sentence: yes where it says what is asked, no where it denies that, else nothing.

What is asked is taken apart into its predicate, what that is said of, and the circumstances. A clause of the sentence answers only where it holds the
predicate with all it is said of, as something that happened or did not: not as a wish, a plan, a charge or a guess. The word lists stand in
`yes_no.toml`.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Literal

import numpy as np

from rag.evidence import Evidence, Material, Vector, dated_terms
from rag.language.antonyms import antonyms, implications, spots
from rag.language.characters import fold, is_arabic
from rag.language.entities import entities
from rag.language.denials import Denial, denials, is_light
from rag.language.hedges import hedges
from rag.language.inflection import base, participle
from rag.language.lattice import breaks, options
from rag.language.polarity import is_negating
from rag.language.readings import Reading, readings
from rag.language.senses import spelling
from rag.language.speech import attributions
from rag.language.stopwords import STOPWORDS
from rag.language.tagging import chosen
from rag.language.words import Word, words
from rag.model import Article
from rag.premise.alignment import Aligner
from rag.question import Concept, Question

Verdict = Literal["yes", "no"]

_HELD = 0.5  # how well a word says something of the question
_SURE, _SOFT = 0.8, 0.75  # as well as a translation does; as well as a word near in meaning can
_LEAST = 0.15  # how likely a translation must be
_MOST = 0.6  # share of a question that says what it is about
_THERE = 0.85  # a concept that an article holds as well is in it
_ALIKE = 0.3  # a word that says the predicate less well than another by more than that does not say it
_TIGHT, _FARTHEST = 3, 12  # words within a noun phrase, and from the predicate to what it is said of
_NEAR_OPEN = 8  # words that leave open what comes after them
_ANTECEDENT = 5  # words before a relative pronoun
_GOVERNING = 6  # words before a clause that "that" begins
_RATHER = 0.7
_AS_WELL = 2.0  # nats
_EXTRA = 0.34  # share of what is denied that the question does not speak of
_CLAIMS = frozenset({"claims", "accuses", "believes", "promises", "demands"})
_NOUNS, _VERBS, _NAMES = frozenset("spg"), frozenset("vij"), frozenset("nu")
_ENDS = re.compile(r"[.!?؟;؛:\n]")
_PAUSE = re.compile(r"[،,()–—]|\s-\s")
_JOINS = re.compile(r"\s*(?:'s|’s)?[\s\-]+(?:(?:of|the|al)[\s\-]+)*", re.IGNORECASE)
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "its", "his", "her", "their", "any"})


def verdict(question: Question, evidence: Evidence, material: Material) -> Verdict | None:
    """Whether what a question of yes or no asks is so, as far as one sentence tells.

    Args:
        question: as understood; one of another type has no verdict.
        evidence: the sentence judged best.
        material: what retrieval found; where another of its sentences says the opposite, there is no verdict.

    Returns:
        "yes" or "no" only where the sentence itself says so; None where it leaves open anything of it.
    """
    asked = _asked(question) if question.type == "yes_no" else None
    if asked is None:
        return None
    article = material.articles[evidence.passage.article_id]
    aligner = Aligner(question, [1.0] * len(question.concepts))
    said = _Said(article, article.text[evidence.sentence.start : evidence.sentence.end], aligner)
    around = _Around(evidence.near, evidence.anywhere)
    if not all(around.holds(i, said) for i in asked.context):
        return None
    found = said.verdict(asked, around)
    if asked.also is not None:
        other = replace(asked, predicate=asked.also[0], place=asked.also[1])
        found = "no" if found == said.verdict(other, around) == "no" else None
    return None if found is None or _is_disputed(asked, found, evidence, material, said) else found


@dataclass(frozen=True, slots=True)
class _Around:
    """How well a sentence with those beside it holds each concept of the question, and how well its article does."""

    near: Vector
    anywhere: Vector

    def holds(self, concept: int, said: "_Said") -> bool:
        """Whether what the sentence tells of happened under a circumstance of the question, as far as its article tells."""
        return bool(self.near[concept] >= _HELD or (self.anywhere[concept] >= _THERE and not said.is_elsewhere))


# What is asked


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question taken apart, by the indices of its concepts.

    Attributes:
        question: as understood.
        predicate: what is asked whether it is so.
        place: the word of the question that says it.
        subject: what that is said of.
        core: the subject, and the objects.
        context: when, where and on what occasion.
        pairs: those of the core that stand together in one noun phrase.
        future: whether it asks for what is to come.
        past: whether for what was.
        passive: whether the subject has it done to itself.
        also: another predicate (killed *or hurt*): its concept and its word.
        is_noun: whether the predicate is a noun, which something must say to have been.
    """

    question: Question
    predicate: int
    place: int
    subject: tuple[int, ...]
    core: tuple[int, ...]
    context: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    future: bool
    past: bool
    passive: bool
    is_noun: bool
    also: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Predicate:
    """The word of a question that is asked about, and whether it is a noun (were there *injuries*) or a passive (was he *killed*)."""

    at: int
    is_noun: bool = False
    passive: bool = False
    verb: int | None = None


@lru_cache(maxsize=1_000)
def _asked(question: Question) -> _Asked | None:
    """The question taken apart; None where that cannot be done surely, or no sentence could settle it."""
    found = words(question.text)
    if any(is_negating(word.folded) for word in found) or any(_is_in(word, "question", "narrowing") for word in found):
        return None
    first = next((i for i, word in enumerate(found) if not _is_in(word, "question", "opening", "indefinite")), None)
    if first is None:
        return None
    arabic = question.language == "ar"
    tagged = _tagged(question.text) if arabic else ()
    predicate = _arabic_predicate(found, tagged, first) if arabic else _english_predicate(found, first)
    place = predicate and _concept_at(question, found[predicate.at])
    if predicate is None or place is None or not (predicate.is_noun or question.concepts[place].kind == "word"):
        return None
    either = next((i for i, word in enumerate(found) if _is_in(word, "question", "either")), None)
    also = _concept_at(question, found[either + 1]) if either is not None and either + 1 < len(found) else None
    if either is not None and (either != predicate.at + 1 or also is None):
        return None
    context = _context(question, found, predicate, first)
    light = _concept_at(question, found[predicate.verb]) if predicate.verb is not None else None
    core = tuple(
        i
        for i, concept in enumerate(question.concepts)
        if i not in {place, light, also, *context} and fold(concept.text) not in _words("question", "indefinite")
    )
    pairs = _pairs(question, found, tagged)
    subject = _subject(question, core, pairs, place, arabic=arabic)
    nobody = any(_is_in(word, "question", "indefinite") for word in found)
    if not predicate.is_noun and (any(_is_in(w, "question", "pronoun") for w in found) or not (core or nobody)):
        return None
    opening = found[: first + 1]
    return _Asked(
        question,
        place,
        predicate.at,
        subject,
        core,
        tuple(i for i in context if fold(question.concepts[i].text) not in _words("question", "indefinite")),
        tuple(pair for pair in pairs if set(pair) <= {*core, *((place,) if predicate.is_noun else ())}),
        future=any(_is_in(word, "question", "future") for word in opening)
        or (arabic and tagged[first] is not None and tagged[first].particle == "س"),
        past=any(_is_in(word, "question", "past") for word in opening)
        or (arabic and tagged[first] is not None and tagged[first].kind == "v"),
        passive=predicate.passive,
        is_noun=predicate.is_noun,
        also=None if either is None or also is None else (also, either + 1),
    )


def _arabic_predicate(found: Sequence[Word], tagged: Sequence[Reading | None], first: int) -> _Predicate | None:
    """The verb that comes first, what a verb that says little says to be, or the adjective that a subject is said to be."""
    reading = tagged[first]
    if _is_in(found[first], "question", "managed"):
        link = next((i for i in range(first + 1, len(found) - 1) if found[i].folded in {"من", "في"}), None)
        return None if link is None else _Predicate(link + 1, verb=first)
    if _is_in(found[first], "question", "support") and (deed := _deed(found, tagged, first)):
        return _Predicate(deed, is_noun=True, verb=first)
    if _is_in(found[first], "question", "light"):
        return _existing(found, tagged, first)
    if any(word.folded in {"هناك", "ثمه", "يوجد", "توجد"} for word in found[:first]):
        return _Predicate(first, is_noun=True)
    if reading is None:
        return None
    if reading.is_verb:
        return _Predicate(first)
    if any(word.folded in {"تم", "تمت", "يتم", "جري", "جرت", "يجري"} for word in found[:first]):
        return _Predicate(first, is_noun=True)
    said = [i for i in range(first + 1, len(found)) if _is_said_of(tagged[i], found[i])]
    relative = any(_is_in(word, "question", "relative") for word in found)
    if said:
        return _Predicate(said[-1]) if len(said) == 1 and not relative else None
    return _Predicate(first) if _may_be_verb(found[first]) else None


def _may_be_verb(word: Word) -> bool:
    """Whether a word that could be a noun (قتل) may as well be a verb, which is what comes first in a question."""
    known = readings(spelling(word))
    return not known or any(one.is_verb and one.cost <= known[0].cost + _AS_WELL for one in known)


def _existing(found: Sequence[Word], tagged: Sequence[Reading | None], verb: int) -> _Predicate | None:
    """What a verb that says little says to be: وقعت *مواجهات*, أسفر الهجوم عن *إصابات*, خلف الهجوم *أضرارا*."""
    after: int | None = verb
    if _is_in(found[verb], "question", "causing"):
        after = next((i for i in range(verb + 1, len(found) - 1) if found[i].folded in {"عن", "الي", "في"}), None)
    if after is None:
        deed = _deed(found, tagged, verb)
        return None if deed is None else _Predicate(deed, is_noun=True, verb=verb)
    noun = next((i for i in range(after + 1, len(found)) if found[i].folded not in STOPWORDS), None)
    return None if noun is None else _Predicate(noun, is_noun=True, verb=verb)


def _deed(found: Sequence[Word], tagged: Sequence[Reading | None], verb: int) -> int | None:
    """The noun without an article behind a subject that has one, or is named: what somebody launched, held or issued."""
    for i in range(verb + 2, len(found)):
        before, own = tagged[i - 1], tagged[i]
        if own is None or before is None or own.kind in {"P", "T"}:
            return None
        bare = own.kind in _NOUNS and not own.article and not own.particle and not own.conjunction
        if bare and (before.article or before.kind in _NAMES):
            return i
    return None


def _is_said_of(reading: Reading | None, word: Word) -> bool:
    """Whether a word is an adjective or participle without an article."""
    return reading is not None and reading.kind in {"a", "c", "d"} and not word.folded.startswith(("ال", "لل", "بال"))


def _english_predicate(found: Sequence[Word], first: int) -> _Predicate | None:
    """The verb after the subject, the participle or adjective behind "is", or what there is."""
    auxiliary = found[0].folded
    if any(word.folded == "there" for word in found[:first]):
        return _Predicate(_head(found, first), is_noun=True)
    if auxiliary == "will" and any(word.folded == "be" for word in found):
        return _participle(found, first, passive=True)
    if auxiliary in {"did", "do", "does", "will"}:
        return _verb(found, first)
    if auxiliary in {"has", "have", "had", "is", "are", "was", "were"}:
        return _participle(found, first, passive=auxiliary in {"is", "are", "was", "were"})
    return None


def _verb(found: Sequence[Word], first: int) -> _Predicate | None:
    """The verb behind "did" and a subject: a word that is rather a verb than a noun, or that another phrase begins behind."""
    start = first if any(_is_in(word, "question", "indefinite") for word in found[:first]) else first + 1
    for i in range(start, len(found)):
        word, before = found[i], found[i - 1]
        if word.folded in _words("question", "relative"):
            return None
        managed = before.folded == "to" and _is_in(found[i - 2], "question", "managed")
        if not word.text.islower() or word.folded in STOPWORDS or (_is_determiner(before) and not managed):
            continue
        if not (managed or _ends_as_verb(found, i)) or _is_in(word, "question", "managed"):
            continue
        if word.folded in {"have", "need", "want"} and i + 1 < len(found) and found[i + 1].folded == "to":
            return None
        return _caused(found, i) if _is_in(word, "question", "light", "support") else _Predicate(i)
    return None


def _ends_as_verb(found: Sequence[Word], i: int) -> bool:
    """Whether what follows a word is what follows a verb: anything, if it is rather one; the end, a phrase or a name, if it may be one."""
    after = found[i + 1] if i + 1 < len(found) else None
    if found[i].folded not in _verbs():
        return after is not None and after.folded in _ARTICLES
    return (
        after is None or found[i].folded in _mostly_verbs() or _begins_phrase(after) or after.text[:1].isupper()
    )


def _caused(found: Sequence[Word], verb: int) -> _Predicate | None:
    """The head of what somebody or something is asked to have caused."""
    first = next((i for i in range(verb + 1, len(found)) if found[i].folded not in STOPWORDS), None)
    if first is None:
        return None
    return _Predicate(_head(found, first), is_noun=True, verb=verb)


def _head(found: Sequence[Word], first: int) -> int:
    """The last word of the noun phrase that begins at a word."""
    last = first
    while last + 1 < len(found) and not _begins_phrase(found[last + 1]):
        last += 1
    return last


def _participle(found: Sequence[Word], first: int, *, passive: bool) -> _Predicate | None:
    start = first if any(_is_in(word, "question", "indefinite") for word in found[:first]) else first + 1
    for i in range(start, len(found)):
        word = found[i]
        if word.folded in _words("question", "relative"):
            return None
        ends = not passive or i + 1 == len(found) or _begins_phrase(found[i + 1])
        if not word.text.islower() or _is_determiner(found[i - 1]) or not ends:
            continue
        bare = base(word.folded)
        known = bare != word.folded and bare in _verbs() and not word.folded.endswith(("s", "ing"))
        if known or word.folded.endswith("ed") or participle(word.folded) == word.folded:
            return _Predicate(i, passive=passive)
        if passive and word.folded in _adjectives():
            return _Predicate(i)
    return None


def _is_determiner(word: Word) -> bool:
    return word.folded in _ARTICLES | {"of", "in", "on", "to"}


def _begins_phrase(word: Word) -> bool:
    """Whether another phrase begins with an English word: at a preposition, a determiner or the like."""
    return word.folded in STOPWORDS or _is_in(word, "question", "circumstance", "object")


def _context(question: Question, found: Sequence[Word], predicate: _Predicate, first: int) -> frozenset[int]:
    """The concepts that tell when, where and on what occasion; what follows the predicate at once is its object."""
    inside: set[int] = set()
    begun = False
    for i in range(first, len(found)):
        if i in {predicate.at, predicate.at + 1} and _is_in(found[i], "question", "either"):
            continue
        if i == predicate.at or _is_in(found[i], "question", "object"):
            begun = False
            continue
        if _is_in(found[i], "question", "relative"):
            begun = True
        if _is_in(found[i], "question", "circumstance"):
            begun = begun or predicate.is_noun or i != predicate.at + 1
        place = _concept_at(question, found[i])
        if begun and place is not None:
            inside.add(place)
    dates = {i for i, concept in enumerate(question.concepts) if concept.kind == "date"}
    return frozenset(inside | dates)


def _pairs(question: Question, found: Sequence[Word], tagged: Sequence[Reading | None]) -> tuple[tuple[int, int], ...]:
    """Neighbouring concepts of one noun phrase."""
    pairs = []
    places = {word.start: i for i, word in enumerate(found)}
    for i in range(len(question.concepts) - 1):
        one, other = question.concepts[i], question.concepts[i + 1]
        gap = question.text[one.start + len(one.text) : other.start]
        if not tagged:
            joined = bool(_JOINS.fullmatch(gap))
        else:
            joined = not gap.strip() and _is_noun_phrase(tagged, places.get(one.start), places.get(other.start))
        if joined:
            pairs.append((i, i + 1))
    return tuple(pairs)


def _is_noun_phrase(tagged: Sequence[Reading | None], one: int | None, other: int | None) -> bool:
    first = tagged[one] if one is not None else None
    second = tagged[other] if other is not None else None
    if first is None or second is None or second.particle or second.conjunction:
        return first is second and first is not None
    if first is second:
        return True
    if first.kind == "Q":
        return second.kind in _NOUNS
    if first.kind in _NAMES:
        return second.kind in _NAMES
    adjective = second.kind in {"a", "d"} and first.kind in _NOUNS and first.article == second.article
    genitive = first.kind in {"s", "p"} and not first.article and not first.pronoun and second.kind in _NOUNS | _NAMES
    return adjective or genitive


def _subject(
    question: Question, core: Sequence[int], pairs: Sequence[tuple[int, int]], predicate: int, *, arabic: bool
) -> tuple[int, ...]:
    """The first noun phrase of the core; in English what stands before the predicate."""
    if not core:
        return ()
    if not arabic:
        return tuple(i for i in core if i < predicate)
    subject = [core[0]]
    while (subject[-1], subject[-1] + 1) in pairs and subject[-1] + 1 in core:
        subject.append(subject[-1] + 1)
    return tuple(subject)


def _concept_at(question: Question, word: Word) -> int | None:
    return next(
        (i for i, one in enumerate(question.concepts) if one.start <= word.start < one.start + len(one.text)), None
    )


# What is said


@dataclass(frozen=True, slots=True)
class _Clause:
    """Words `[first, last)` of a sentence, what begins them, and the clause whose subject they may go on with."""

    first: int
    last: int
    opener: Literal["", "and", "that", "relative", "going_on", "turn"]
    goes_on: int | None


class _Said:
    """A sentence beside a question."""

    def __init__(self, article: Article, text: str, aligner: Aligner) -> None:
        self.text = text
        self.words = words(text)
        self.aligner = aligner
        self.is_arabic = bool(self.words) and is_arabic(text)
        self.alike = self._places(aligner, article)
        self.places = {
            i: {at: weight for at, weight in known.items() if weight > _SOFT} for i, known in self.alike.items()
        }

    def _places(self, aligner: Aligner, article: Article) -> Mapping[int, Mapping[int, float]]:
        """By concept the words that say it, and how well."""
        aligned = aligner.lay(article, self.text)
        starts = [word.start for word in self.words]
        ways = [_ways(concept) for concept in aligner.question.concepts]
        places: dict[int, dict[int, float]] = {}
        for row, concept in np.argwhere(aligned.met >= _LEAST):
            met = float(aligned.met[row, concept])
            weight = met if met > _SOFT else max(met * (met >= _HELD), _SURE * (ways[concept].get(aligned.terms[row].text, 0.0) >= _LEAST))
            if weight:
                at = int(np.searchsorted(starts, aligned.terms[row].start, side="right")) - 1
                known = places.setdefault(int(concept), {})
                known[at] = max(known.get(at, 0.0), weight)
        return places

    @cached_property
    def tagged(self) -> Sequence[Reading | None]:
        """The reading of each word; of a reading of several words each has it."""
        return _tagged(self.text)

    @cached_property
    def asked_words(self) -> frozenset[int]:
        """The words that say something of the question, or something like it."""
        return frozenset(at for places in self.alike.values() for at in places)

    @cached_property
    def is_elsewhere(self) -> bool:
        """Whether it names a place that the question does not speak of."""
        places = (one for one in entities(self.text) if one.named and one.kind == "place")
        asked = [self.words[i].start for i in self.asked_words]
        return any(not any(one.start <= start < one.end for start in asked) for one in places)

    @cached_property
    def clauses(self) -> Sequence[_Clause]:
        """The clauses, in order."""
        starts: list[tuple[int, Literal["", "and", "that", "relative", "going_on", "turn"], bool]] = [(0, "", False)]
        for i in range(1, len(self.words)):
            if opened := self._opens(i):
                starts.append((i, *opened))
        found: list[_Clause] = []
        for k, (first, opener, bound) in enumerate(starts):
            last = starts[k + 1][0] if k + 1 < len(starts) else len(self.words)
            found.append(_Clause(first, last, opener, k - 1 if bound else None))
        return found

    def _opens(self, i: int) -> tuple[Literal["and", "that", "relative", "going_on", "turn"], bool] | None:
        """How a clause begins with the i-th word, if one does, and whether it may go on with the subject before."""
        gap = self.text[self.words[i - 1].end : self.words[i].start]
        if _is_phrase(self.words, i, _words("sentence", "turns")):
            adds = self.words[i].folded == "كما" and self._has_verb_next(i)
            return ("and", self._has_no_subject(i + 1)) if adds else ("turn", False)
        if _ENDS.search(gap):
            return "turn", False
        reading = self.tagged[i]
        if reading is None:
            return None
        if self.tagged[i - 1] is reading:
            return None
        if reading.kind == "T":
            without = _is_in(self.words[i - 1], "sentence", "without")
            return "that", bool(reading.pronoun) or without
        if reading.kind == "W":
            return "relative", True
        paused = bool(_PAUSE.search(gap))
        if (reading.conjunction or paused) and (reading.is_verb or reading.kind == "A"):
            return "and", self._has_no_subject(i)
        if (reading.conjunction or paused) and reading.kind == "N" and self._has_verb_next(i):
            return "and", self._has_no_subject(i + 1)
        if paused and reading.kind == "c" and not reading.article:
            return "going_on", True
        return None

    def _has_verb_next(self, i: int) -> bool:
        after = self.tagged[i + 1] if i + 1 < len(self.words) else None
        return after is not None and after.is_verb

    def _has_no_subject(self, verb: int) -> bool:
        """Whether no noun follows a verb that the question does not speak of: its subject would be another."""
        after = self.tagged[verb + 1] if verb + 1 < len(self.words) else None
        if after is None or after.particle or after.kind not in _NOUNS | _NAMES:
            return True
        return verb + 1 in self.asked_words

    def verdict(self, asked: _Asked, around: "_Around") -> Verdict | None:
        """What it says of what is asked; None where it says nothing, leaves it open, or says both."""
        votes = {
            self._vote(asked, at, opposite=opposite)
            for at, opposite in self._occurrences(asked)
            if not self._is_mere_mention(at) and self._is_of(asked, at, around)
        }
        return votes.pop() if len(votes) == 1 else None

    def _is_mere_mention(self, at: int) -> bool:
        """Whether a noun only names a deed, and nothing says of it that it was or was not."""
        reading = self.tagged[at]
        noun = reading is not None and reading.kind in _NOUNS and not self._begins_as_verb(at)
        tells = self._is_open(at) or self._is_done(at) or self._will_be(at)
        return noun and not tells and not self._covering(at)

    def _occurrences(self, asked: _Asked) -> Iterator[tuple[int, bool]]:
        """The words that say the predicate or, then True, its opposite."""
        places = self.places.get(asked.predicate, {})
        best = max(places.values(), default=0.0)
        rest = {at for i in asked.core for at in self.places.get(i, ())}
        own = {at for at, weight in places.items() if weight > _SOFT and weight >= best - _ALIKE}
        own = own - rest or own
        against = set(self._opposites(asked))
        against -= own
        implied = {at for at in self._implying(asked) if self._covering(at)}
        yield from ((at, False) for at in sorted((own | implied) - against))
        yield from ((at, True) for at in sorted(against))

    def _opposites(self, asked: _Asked) -> Iterator[int]:
        """The words that exclude the predicate."""
        question, at, said = spots(asked.question.text), asked.place, spots(self.text)
        for pair in antonyms().at(question, at):
            if pair.kind in {"x", "q"}:
                yield from (i for i in range(len(said)) if pair.other.length_at(said, i))

    def _implying(self, asked: _Asked) -> Iterator[int]:
        """The words with which, where they are denied, the predicate falls: of what was not hit nothing was destroyed."""
        question, said = spots(asked.question.text), spots(self.text)
        for i in range(len(said)):
            if any(pair.other.length_at(question, asked.place) for pair in implications().at(said, i)):
                yield i

    def is_somebodys_denial(self, asked: _Asked) -> bool:
        """Whether it says that somebody denies what is asked."""
        return any(one.kind == "denied" for at, _ in self._occurrences(asked) for one in self._covering(at))

    def speaks_against(self, asked: _Asked, found: Verdict, share: float, *, softly: bool) -> bool:
        """Whether it says, as far as its words alone tell, the opposite of a verdict with a share of what the question is about.

        Args:
            asked: the question.
            found: the verdict.
            share: of what the question is about that it must hold.
            softly: whether a word near in meaning to the predicate is enough.
        """
        rest = [*asked.core, *asked.context]
        held = sum(i in self.alike for i in rest)
        if held < share * len(rest):
            return False
        places = [at for at, opposite in self._occurrences(asked) if not opposite]
        if softly:
            places += self.alike.get(asked.predicate, ())
        return any(bool(self._covering(at)) == (found == "yes") for at in places)

    # Of what it is said

    def _is_of(
        self, asked: _Asked, at: int, around: "_Around"
    ) -> bool:
        """Whether the clause of a predicate says it of what the question does."""
        k = next(k for k, clause in enumerate(self.clauses) if clause.first <= at < clause.last)
        held = self._held(asked, k, at)
        held |= self._places_before([i for i in asked.subject if held[i] is None], k)
        own = self.tagged[at]
        if own is not None and own.pronoun:
            held |= self._antecedent([i for i in asked.core if held[i] is None], at, own.pronoun)
        there = {i: place for i, place in held.items() if place is not None}
        missing = [i for i, place in held.items() if place is None and not self._is_known(i, asked, there, around)]
        if missing and not self._is_left_out(asked, missing, at, around):
            return False
        return (
            self._stands_together(asked, there, at)
            and self._is_in_order(asked, there, at)
            and not any(self._belongs_to_another(place) for place in there.values() if place >= self.clauses[k].first)
            and not (asked.passive and self._is_active(asked, there, at))
        )

    def _held(self, asked: _Asked, k: int, at: int) -> dict[int, int | None]:
        """The words of a clause that say the core, those that stand in one noun phrase beside one another."""
        beside = {(one, other) for pair in asked.pairs for one, other in (pair, pair[::-1])}
        held: dict[int, int | None] = {}
        for i in sorted(asked.core, key=lambda i: len(self.places.get(i, ()))):
            partners = [held[j] for j in asked.core if (i, j) in beside and held.get(j) is not None]
            held[i] = self._place(i, k, at, partners[0] if partners and partners[0] is not None else at)
        return held

    def _place(self, concept: int, k: int, at: int, to: int) -> int | None:
        """The word of a clause, nearest to another, that says a concept; of a relative clause also the noun before it."""
        clause = self.clauses[k]
        first = max(0, clause.first - _ANTECEDENT) if clause.opener == "relative" else clause.first
        places = [p for p in self.places.get(concept, ()) if first <= p < clause.last and p != at]
        near = [p for p in places if abs(p - at) <= _FARTHEST]
        return min(near, key=lambda p: abs(p - to), default=None)

    def _places_before(self, concepts: Sequence[int], k: int) -> dict[int, int | None]:
        """The words of the clause with whose subject another goes on."""
        clause = self.clauses[k]
        reading = self.tagged[clause.first]
        if clause.opener == "that" and reading is not None and reading.pronoun:
            return self._antecedent(concepts, clause.first, reading.pronoun)
        while clause.goes_on is not None:
            clause = self.clauses[clause.goes_on]
            found = {
                i: next((p for p in self.places.get(i, ()) if clause.first <= p < clause.last), None) for i in concepts
            }
            if any(place is not None for place in found.values()):
                return found
        return {}

    def _antecedent(self, concepts: Sequence[int], at: int, pronoun: str) -> dict[int, int | None]:
        """The last words before another that say concepts, if one of them agrees with a pronoun."""
        found = {i: max((p for p in self.places.get(i, ()) if p < at), default=None) for i in concepts}
        places = [place for place in found.values() if place is not None]
        agrees = pronoun not in {"ه", "ها"} or any(self._is_feminine(p) == (pronoun == "ها") for p in places)
        return found if agrees else {}

    def _is_feminine(self, place: int) -> bool:
        reading = self.tagged[place]
        return self.words[place].text.endswith(("ة", "ات")) or (reading is not None and reading.feminine)

    def _is_known(
        self,
        concept: int,
        asked: _Asked,
        there: Mapping[int, int],
        around: "_Around",
    ) -> bool:
        """Whether what a clause leaves out is said of its noun beside the sentence, and nothing else of that noun in it."""
        heads = [one if other == concept else other for one, other in asked.pairs if concept in (one, other)]
        places = [there[head] for head in heads if head in there]
        if any(self._has_pronoun(place) for place in places):
            return bool(around.anywhere[concept] >= _HELD)
        if around.near[concept] < _HELD and around.anywhere[concept] < _THERE:
            return False
        named = around.near[concept] >= _HELD or all(self._is_definite(place) for place in places)
        return bool(places) and named and not any(self._is_described(place) for place in places)

    def _has_pronoun(self, place: int) -> bool:
        reading = self.tagged[place]
        return reading is not None and bool(reading.pronoun)

    def _is_definite(self, place: int) -> bool:
        return self.words[place].folded.lstrip("وفبلك").startswith(("ال", "ل")) or not self.is_arabic

    def _is_described(self, place: int) -> bool:
        """Whether an adjective or name that the question does not have follows a noun."""
        after = self.tagged[place + 1] if place + 1 < len(self.words) else None
        return (
            after is not None
            and place + 1 not in self.asked_words
            and not after.particle
            and after.kind in _NAMES | {"a", "s", "p"}
        )

    def _stands_together(self, asked: _Asked, there: Mapping[int, int], at: int) -> bool:
        known = {**there, asked.predicate: at}
        return all(
            abs(known[one] - known[other]) <= _TIGHT for one, other in asked.pairs if one in known and other in known
        )

    def _is_in_order(self, asked: _Asked, there: Mapping[int, int], at: int) -> bool:
        """Whether the subject comes before the objects, as it does in both languages."""
        subject = [there[i] for i in asked.subject if i in there]
        objects = [there[i] for i in asked.core if i in there and i not in asked.subject]
        return asked.passive or asked.is_noun or not subject or not objects or min(subject) < min(objects)

    def _belongs_to_another(self, place: int) -> bool:
        """Whether a noun is what another one is of that the question does not have: the owner of *the company*."""
        before, own = (self.tagged[place - 1] if place else None), self.tagged[place]
        if before is None or own is None or before is own or place - 1 in self.asked_words:
            return False
        if before.kind not in {"s", "p", "g"} or before.article or before.pronoun or own.particle or own.conjunction:
            return False
        gap = self.text[self.words[place - 1].end : self.words[place].start]
        adverbial = self.words[place - 1].folded.endswith("ا")
        if gap.strip() or own.kind not in _NOUNS | _NAMES or adverbial:
            return False
        return not _is_in(self.words[place - 1], "sentence", "same", "done") and not is_light(
            self.words[place - 1].folded
        )

    def _is_active(self, asked: _Asked, there: Mapping[int, int], at: int) -> bool:
        """Whether a verb has the one that the question takes for its object as its subject."""
        reading = self.tagged[at]
        places = sorted(there[i] for i in asked.subject if i in there)
        if reading is None or not reading.is_verb or not places or places[0] != at + 1:
            return False
        last = next(p for p in places if p + 1 not in places)
        after = self.tagged[last + 1] if last + 1 < len(self.words) else None
        gap = self.text[self.words[last].end : self.words[last + 1].start] if after else "."
        marked = after is not None and (after.article or self.words[last + 1].folded.endswith("ا"))
        return after is not None and marked and not gap.strip() and not after.particle and after.kind in _NOUNS

    # Whether it is so

    def _vote(self, asked: _Asked, at: int, *, opposite: bool) -> Verdict | None:
        covering = self._covering(at)
        if self._is_doubtful(at, covering):
            return None
        if covering:
            return "no" if not opposite and len(covering) == 1 and self._denies(asked, covering[0], at) else None
        if any(is_negating(word.folded) for word in self.words[max(0, at - 3) : at]):
            return None
        if not self._happened(asked, at):
            return None
        return "no" if opposite else "yes"

    def _covering(self, at: int) -> list[Denial]:
        return [denial for denial in denials(self.text) if denial.holds(self.words[at].start)]

    def _is_doubtful(self, at: int, covering: Sequence[Denial]) -> bool:
        """Whether the sentence only guesses, claims or asks it, or tells that it was denied."""
        word = self.words[at]
        if any(_is_in(one, "sentence", "denied_before") for one in self.words) or self.text.rstrip()[-1:] in "?؟":
            return True
        spans = [(self.words[i].start, self.words[i].end) for i in self.asked_words]
        if any(
            one.reaches(word.start)
            and (one.follows or one.start < word.start)
            and not any(start < one.end and one.start < end for start, end in spans)
            and not any(denial.start <= one.start < denial.core for denial in covering)
            for one in hedges(self.text)
        ):
            return True
        return not any(denial.kind == "denied" for denial in covering) and any(
            one.kind in _CLAIMS and one.holds(word.start, word.end) and not one.verb_start <= word.start < one.verb_end
            for one in attributions(self.text)
        )

    def _denies(self, asked: _Asked, denial: Denial, at: int) -> bool:
        """Whether it is the predicate that a denial denies, of all that the question says it of."""
        inside = [i for i, word in enumerate(self.words) if denial.core <= word.start < denial.end]
        after = next((i for i in inside if i > at and _is_in(self.words[i], "sentence", "after")), len(self.words))
        inside = [i for i in inside if i < after]
        cue = next(i for i, word in enumerate(self.words) if word.start == denial.cue_start)
        before = [i for i in inside if i < at]
        telling = [i for i in inside if self._is_telling(i)]
        extra = [i for i in telling if i not in self.asked_words and i != at and not self._is_ever(i)]
        if any(i in extra or self._is_that(i) for i in before if not self._is_ever(i)) or len(extra) > _EXTRA * len(telling):
            return False
        if any(self.words[i].is_figure or _is_in(self.words[i], "sentence", "partly") for i in extra):
            return False
        if any(_is_in(self.words[i], "sentence", "partly") for i in range(cue, inside[-1] + 1)):
            return False
        if any(_is_in(word, "sentence", "but_for") for word in self.words[inside[-1] + 1 : inside[-1] + 2]):
            return False
        never = self.words[cue].folded.lstrip("وف")
        if (never == "لن" and not asked.future) or (asked.future and never in {"لم", "ليس"}):
            return False
        return not self._is_open(cue)

    def _is_left_out(self, asked: _Asked, missing: Sequence[int], at: int, around: "_Around") -> bool:
        """Whether all is denied of whatever a question adds: who does not buy does not buy a house, and of what was not bought nobody did it."""
        own = self.tagged[at]
        deed = own is not None and own.kind in _NOUNS
        return (
            (deed or set(missing).isdisjoint(asked.subject))
            and all(around.anywhere[i] >= _HELD for i in missing)
            and self._is_denied_altogether(at)
        )

    def _is_denied_altogether(self, at: int) -> bool:
        """Whether nothing is denied but what the question speaks of, so that it is denied of all the rest."""
        covering = self._covering(at)
        inside = (i for i, word in enumerate(self.words) for one in covering if one.core <= word.start < one.end)
        return bool(covering) and all(i in self.asked_words for i in inside if self._is_telling(i))

    def _is_telling(self, i: int) -> bool:
        word = self.words[i]
        return word.folded not in STOPWORDS and not is_light(word.folded)

    def _is_ever(self, i: int) -> bool:
        """Whether a word only says that it never was (لم يسبق أن), or that it was asked for (رفض دعوات إلى)."""
        words_before = self.words[i - 1 : i + 1] if self._is_that(i) else self.words[i : i + 1]
        return any(_is_in(word, "sentence", "ever") for word in words_before)

    def _is_that(self, i: int) -> bool:
        reading = self.tagged[i]
        return reading is not None and reading.kind == "T"

    def _happened(self, asked: _Asked, at: int) -> bool:
        """Whether a word that nothing denies tells of something as done."""
        if self._is_open(at):
            return False
        reading = self.tagged[at]
        if reading is None:
            return False
        before = self.tagged[at - 1] if at else None
        will = reading.particle == "س" or (at > 0 and _is_in(self.words[at - 1], "sentence", "future"))
        if reading.is_verb or self._begins_as_verb(at):
            if will or asked.future:
                return will and not asked.past
            if reading.kind != "i" or reading.person == "I":  # of the first letter alone, أحيل "I refer" is أحيل "was referred"
                return True
            wished = reading.particle == "ل" or (before is not None and before.kind == "T" and not before.pronoun)
            return not wished and (not asked.past or self._went_on(at))
        if asked.future:
            return asked.is_noun and self._will_be(at)
        if reading.kind in {"c", "d", "a"}:
            return True
        if reading.kind in _NOUNS:
            return reading.particle != "ل" and self._is_done(at)
        return False

    def _will_be(self, at: int) -> bool:
        """Whether the verb before a noun says that it will be: ستجري مشاورات."""
        clause = next(one for one in self.clauses if one.first <= at < one.last)
        verbs = [i for i in range(max(clause.first, at - _NEAR_OPEN), at) if (one := self.tagged[i]) and one.is_verb]
        last = self.tagged[verbs[-1]] if verbs else None
        return last is not None and last.particle == "س"

    def _begins_as_verb(self, at: int) -> bool:
        """Whether a word read as a noun is rather a verb: it begins a clause that has no other (أدان, سحب)."""
        clause = next(one for one in self.clauses if one.first <= at < one.last)
        own = self.tagged[at]
        first = clause.first + (clause.opener in {"that", "turn"})
        if at > 1 and self._is_that(at - 1) and _is_in(self.words[at - 2], "sentence", "before_that"):
            return True
        if own is None or at > first or own.article or own.particle or own.kind not in _NOUNS:
            return False
        others = (self.tagged[i] for i in range(at + 1, clause.last))
        return not self.words[at].text.endswith("ة") and not any(one is not None and one.is_verb for one in others)

    def _went_on(self, at: int) -> bool:
        return any(_is_in(word, "sentence", "going_on") for word in self.words[max(0, at - 5) : at])

    def _is_done(self, at: int) -> bool:
        """Whether something before a noun says that it was, and nothing between them that it was of another."""
        clause = next(one for one in self.clauses if one.first <= at < one.last)
        if self._belongs_to_another(at):
            return False
        return any(
            _is_in(self.words[i], "sentence", "done") for i in range(max(clause.first, at - _NEAR_OPEN), at)
        )

    def _is_open(self, at: int) -> bool:
        """Whether what comes before a word in its clause, or governs that, leaves open whether it happened."""
        clause = next(one for one in self.clauses if one.first <= at < one.last)
        first = max(clause.first, at - _NEAR_OPEN)
        if clause.opener == "that":
            first = max(0, clause.first - _GOVERNING)
        return any(_is_phrase(self.words, i, _words("sentence", "open")) for i in range(first, at))


def _is_disputed(asked: _Asked, found: Verdict, evidence: Evidence, material: Material, said: "_Said") -> bool:
    """Whether another sentence says the opposite of what is asked.

    What somebody denies, somebody has said: there a sentence that says most of it is enough.
    """
    denied = said.is_somebodys_denial(asked)
    concepts = [asked.question.concepts[i] for i in ((asked.core or asked.context) if denied else (asked.predicate,))]
    stems = [{stem for ways, weight in one.alternatives for stem in ways if weight >= _LEAST} for one in concepts]
    share = _MOST if denied else 1.0
    own = material.articles[evidence.passage.article_id], evidence.sentence.start
    for article_id, sentences in material.sentences.items():
        article = material.articles[article_id]
        for sentence in sentences:
            text = article.text[sentence.start : sentence.end]
            present = {term.text for term in dated_terms(article, text)}
            alike = sum(not one.isdisjoint(present) for one in stems) >= share * len(stems)
            other = alike and (article, sentence.start) != own
            if other and _Said(article, text, said.aligner).speaks_against(asked, found, share, softly=denied):
                return True
    return False


# Words


def _ways(concept: Concept) -> Mapping[str, float]:
    """The single terms that say a concept, and how likely each does."""
    return {terms[0]: weight for terms, weight in concept.alternatives if len(terms) == 1}


@lru_cache(maxsize=2_000)
def _tagged(text: str) -> tuple[Reading | None, ...]:
    """The reading meant of each word; one of several words stands for each of them."""
    found = words(text)
    result: list[Reading | None] = []
    for reading in chosen(options(text, found), breaks(text, found)):
        result.extend([reading] * reading.length)
    return tuple([*result, *[None] * (len(found) - len(result))])


def _is_phrase(found: Sequence[Word], i: int, listed: frozenset[str]) -> bool:
    """Whether a listed word begins at the i-th, or a listed phrase."""
    word = _bare(found[i].folded, listed)
    pair = f"{word}_{found[i + 1].folded}" if i + 1 < len(found) else ""
    return word in listed or pair in listed or f"{found[i].folded}_{pair.partition('_')[2]}" in listed


def _is_in(word: Word, table: str, *names: str) -> bool:
    listed = frozenset().union(*(_words(table, name) for name in names))
    return (is_arabic(word.folded) or word.text.islower() or word.start == 0) and _bare(word.folded, listed) in listed


def _bare(folded: str, listed: frozenset[str]) -> str:
    """A word without the و or ف joined to it, where only that is listed."""
    joined = folded[:1] in "وف" and len(folded) > 2 and is_arabic(folded) and folded not in listed
    return folded[1:] if joined else folded


@cache
def _words(table: str, name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _data()[table][name].split())


@cache
def _data() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files("rag").joinpath("yes_no.toml").read_text(encoding="utf-8"))


@cache
def _verbs() -> frozenset[str]:
    return frozenset(_weights("vi"))


@cache
def _mostly_verbs() -> frozenset[str]:
    """English words that are rather verbs than nouns."""
    nouns = _weights("spm")
    return frozenset(word for word, weight in _weights("vi").items() if weight >= _RATHER * (weight + nouns[word]))


@cache
def _adjectives() -> frozenset[str]:
    """English words that are rather adjectives than nouns."""
    nouns = _weights("spm")
    return frozenset(word for word, weight in _weights("a").items() if weight >= _RATHER * (weight + nouns[word]))


@cache
def _weights(kinds: str) -> Counter[str]:
    """How much Arabic words of some classes (`rag.language.senses`) mean each English word."""
    table = resources.files("rag.language").joinpath("data", "gloss.tsv").read_text(encoding="utf-8")
    found: Counter[str] = Counter()
    for line in table.splitlines():
        if line[:1] != "#":
            for cell in line.partition("\t")[2].split("|"):
                kind, weight, english = cell.split(":", 2)
                if kind in kinds:
                    found[english] += float(weight)  # type: ignore[assignment]
    return found
