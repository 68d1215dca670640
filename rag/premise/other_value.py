"""A premise with a wrong value: the articles, of the same deed, name another place or person where the question names one."""

from collections.abc import Iterator, Sequence

import numpy as np

from rag.language.characters import fold
from rag.language.entities import Entity, entities
from rag.language.lexicon import lexicon
from rag.language.words import words
from rag.premise.alignment import Aligner, Mask
from rag.premise.finding import Finding
from rag.premise.presupposition import Presupposition
from rag.premise.sentences import ReadSentence
from rag.question import Question

_FARTHEST = 15  # sentences
_THERE = 0.5  # a name met less is not in a sentence
_MET = 0.6  # a deed met less is not told
_BESIDE = {"place": 45, "person": 20}  # letters before a name in which the deed stands
_REST = 0.75  # share of the rest of the question in the sentence, dates also in what its article is about
_TOPIC = 0.8  # the same with what its article is about
_ELSEWHERE = 0.6  # of the question, said with its own value: then nothing is contradicted
_OWN = 0.7  # share of the most telling word of a name
_LEAST = 0.3  # share of the question that must be left without the value
_PREPOSITIONS = {"في": "in", "داخل": "in", "من": "from", "الي": "to", "at": "in", "inside": "in"}
_PREPOSITIONS |= {word: word for word in ("in", "from", "to")}
_BEFORE_PLACE = 3  # words before a place's name among which its preposition stands (من جنوب مدينة هيت)
# What is asked of these may have many values at once, or is somebody's opinion.
_MANY = frozenset({"how_many", "what_said", "list"})


def find(sentences: Sequence[ReadSentence], taken: Presupposition) -> Finding | None:
    """The best sentence that names another place or person; None where there is none."""
    if not sentences or taken.denial is not None or sentences[0].aligner.question.type in _MANY:
        return None
    question = sentences[0].aligner.question
    found = [
        finding
        for asked in entities(question.text)
        if asked.named and asked.kind != "group" and not _is_of_a_people(question, asked)
        for finding in _named_otherwise(sentences, asked, taken)
    ]
    return max(found, key=lambda one: one.score, default=None)


def _named_otherwise(sentences: Sequence[ReadSentence], asked: Entity, taken: Presupposition) -> Iterator[Finding]:
    aligner = sentences[0].aligner
    concepts = aligner.question.concepts
    whole = np.array([asked.start <= one.start < asked.end for one in concepts], dtype=bool)
    names = whole & aligner.named if (whole & aligner.named).any() else _most_telling(whole, aligner)
    others = (aligner.named | _in_names(aligner.question)) & ~whole
    preposition = _preposition(aligner.question.text, asked.start)
    rest = np.where(whole, 0.0, aligner.known)
    if not names.any() or not others.any() or rest.sum() < _LEAST or (asked.kind == "place" and not preposition):
        return
    rest = rest / rest.sum()
    if any(_has(one, names) and float(one.evidence.held @ rest) >= _ELSEWHERE for one in sentences):
        return
    for one in sentences[:_FARTHEST]:
        said = np.where(aligner.dates, one.context, one.evidence.held)
        held, topic = float(said @ rest), float(one.context @ rest)
        if held < _REST or topic < _TOPIC or not _is_of_the_event(one, names, others):
            continue
        if any(_fills_the_slot(one, other, asked, preposition, aligner.plain & taken.facts) for other in one.entities):
            yield Finding(one, tuple(np.flatnonzero(whole).tolist()), held + topic)


def _most_telling(whole: Mask, aligner: Aligner) -> Mask:
    """Of a name of common words its own ones, not what it is a name of (مدينة *كيسمايو*)."""
    shares = np.where(whole, aligner.shares, 0.0)
    return np.asarray(whole & (shares >= _OWN * shares.max(initial=0.0)))


def _in_names(question: Question) -> Mask:
    """Of each concept whether it is part of a name."""
    spans = [(one.start, one.end) for one in entities(question.text) if one.named]
    return np.array([any(start <= one.start < end for start, end in spans) for one in question.concepts], dtype=bool)


def _is_of_a_people(question: Question, asked: Entity) -> bool:
    """Whether what looks like a name is one of nationality (British)."""
    if asked.kind != "person" or " " in asked.text.strip():
        return False
    concepts = [one for one in question.concepts if asked.start <= one.start < asked.end]
    return any(lexicon().is_demonym(stem) for one in concepts for stems, _ in one.alternatives for stem in stems)


def _has(one: ReadSentence, names: Mask) -> bool:
    return bool(one.evidence.held[names].max() >= _THERE)


def _is_of_the_event(one: ReadSentence, names: Mask, others: Mask) -> bool:
    """Whether a sentence and its neighbours lack the value, while another name or date of the question shows that the event is meant."""
    near = np.maximum(one.evidence.held, one.evidence.near)
    dates = one.aligner.dates & others
    here = bool((one.evidence.held[others] >= _THERE).any()) or bool(dates.any())
    of_the_time = not one.is_of_another_time and bool((one.context[dates] >= _THERE).all())
    return bool(near[names].max() < _THERE) and here and of_the_time


def _fills_the_slot(one: ReadSentence, other: Entity, asked: Entity, preposition: str | None, deeds: Mask) -> bool:
    """Whether another name of the same kind stands beside the deed, after the same preposition."""
    if other.kind != asked.kind or one.is_asked(other) or one.denies(other.start):
        return False
    if asked.kind == "place" and _preposition(one.text, other.start) != preposition:
        return False
    start = min(other.start, other.role_start if other.role_start is not None else other.start)
    before = one.stretch(max(0, start - _BESIDE[asked.kind]), start).best
    return bool((before * deeds).max() >= _MET)


def _preposition(text: str, start: int) -> str | None:
    """What stands before a name: "in", "from" or "to"."""
    before = [word.folded for word in words(text[:start])[-_BEFORE_PLACE:]]
    joined = "in" if fold(text[start : start + 1]) == "ب" else None
    return next((_PREPOSITIONS[word] for word in reversed(before) if word in _PREPOSITIONS), joined)
