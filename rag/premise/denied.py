"""A premise denied: the articles say that what the question speaks of did not happen, or is not so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rag.language.antonyms import begins, implications, keys_of
from rag.language.denials import Denial, is_light
from rag.language.frequency import telling
from rag.language.words import words
from rag.premise.alignment import Matrix
from rag.premise.presupposition import Presupposition
from rag.premise.sentences import SentenceRead, affirmation

_IMPLIED = 0.8  # what a word counts with which something of the question falls
_FADING = 0.3  # how fast words count less that come later in what is denied
_MET = 0.6  # a concept met less is not what is denied
_PHRASE = 12  # letters before a noun in which what it belongs to may stand (*جدران* المبنى الذي)
_HEAD = 3  # words of what is denied with which something else falls


@dataclass(frozen=True, slots=True)
class Candidate:
    """A denial beside the question; shares are of the question, by rarity.

    Attributes:
        sentence: it stands in.
        denial: what is denied.
        about: the concepts of the question that are denied.
        precision: share of what is denied that the question speaks of.
        recall: share of the question in what is denied.
        head: how well the first word denied says something that the question takes for granted.
        head3: the same of the first three.
        within: share of the question in the sentence.
        near: the same with the sentences beside it.
        topic: the same with what its article is about.
        article: the same with the article.
        missing: the largest share of the question that is nowhere in the article.
        affirmed: how well another sentence says that it did happen.
        size: terms denied.
        beside: how well the thing that the denial describes says something of the question; 1 where it describes nothing.
        literal: `head` without what only falls with it.
    """

    sentence: SentenceRead
    denial: Denial
    about: tuple[int, ...]
    precision: float
    recall: float
    head: float
    head3: float
    within: float
    near: float
    topic: float
    article: float
    missing: float
    affirmed: float
    size: int
    literal: float
    beside: float


def candidates(sentences: Sequence[SentenceRead], taken: Presupposition) -> Iterator[Candidate]:
    """Every denial of the sentences, beside what the question takes for granted."""
    concepts = sentences[0].aligner.question.concepts if sentences else ()
    asked = [keys_of(concept.text) for concept in concepts]
    for one in sentences:
        for denial in one.denials:
            core = [
                i
                for i in one.aligned.within(denial.core, denial.end)
                if one.aligned.terms[i].kind != "dual" and not is_light(one.aligned.word(i))
            ]
            if core:
                yield _candidate(sentences, taken, one, denial, core, asked)


def _candidate(sentences, taken, one, denial, core, asked) -> Candidate:
    aligner = one.aligner
    met = _with_implied(one, denial, core, asked)
    weights = np.array([_weight(one, i) / (1 + _FADING * place) for place, i in enumerate(core)])
    inside = met.max(axis=0)
    shares = aligner.shares
    plain = aligner.plain & taken.facts
    held = np.maximum(one.whole, inside)
    near = np.maximum(one.evidence.near, held)
    anywhere = np.maximum(one.evidence.anywhere, held)
    about = (inside >= _MET) & plain
    return Candidate(
        one,
        denial,
        tuple(np.flatnonzero(about).tolist()),
        precision=float(met.max(axis=1) @ weights / weights.sum()),
        recall=float(inside @ shares),
        head=float((met[:1] * plain).max()),
        head3=float((met[:3] * plain).max()),
        within=float(held @ aligner.telling),
        near=float(near @ aligner.telling),
        topic=float(np.maximum(one.context, held) @ aligner.telling),
        article=float(anywhere @ aligner.telling),
        missing=float((aligner.telling * (1 - anywhere)).max()),
        affirmed=affirmation(one, sentences, np.where(about, shares, 0.0)),
        size=len(core),
        beside=_beside(one, denial),
        literal=float((one.aligned.met[core[:1]] * plain).max()),
    )


def _beside(one: SentenceRead, denial: Denial) -> float:
    if denial.described is None:
        return 1.0
    rows = one.aligned.within(denial.described - _PHRASE, denial.cue_start)
    return float(one.aligned.met[rows].max(initial=0.0))


def _weight(one: SentenceRead, i: int) -> float:
    term = one.aligned.terms[i]
    return telling(term.text) if term.kind == "stem" else 0.5


def _with_implied(one: SentenceRead, denial: Denial, core: Sequence[int], asked) -> Matrix:
    """How well each term of what is denied says each concept, or denies it with itself."""
    met = one.aligned.met[list(core)].copy()
    text = one.text[denial.core : denial.end]
    said, found = keys_of(text), words(text)
    for place in range(min(_HEAD, len(found))):
        rows = [row for row, i in enumerate(core) if one.aligned.terms[i].start == denial.core + found[place].start]
        for _, fallen in implications().across(said, place) if rows else ():
            for i, concept in enumerate(asked):
                if any(begins(concept, k, phrase) for k in range(len(concept)) for phrase in fallen):
                    met[rows[0], i] = max(met[rows[0], i], _IMPLIED)
    return met
