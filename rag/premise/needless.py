"""A premise of what somebody wants, where the articles have him say that there is no need of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from rag.language.denials import Denial, is_light
from rag.language.entities import entities
from rag.language.words import Word, words
from rag.premise.alignment import Aligner, Mask
from rag.premise.finding import Finding
from rag.premise.presupposition import Presupposition, is_in
from rag.premise.sentences import ReadSentence

_SAME = 0.6  # share of what is wanted in what there is no need of; how well a sentence names who wants it


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a question says that somebody wants: of each concept whether it says so, names him, or is what he wants."""

    wanting: Mask
    who: Mask
    wanted: Mask


def find(sentences: Sequence[ReadSentence], taken: Presupposition) -> Finding | None:
    """The best sentence that says there is no need of what the question says somebody wants; None where there is none."""
    wish = _wish(sentences[0].aligner) if sentences and taken.denial is None else None
    if wish is None:
        return None
    found = [finding for one in sentences if not one.evidence.apart for finding in _needless(one, wish)]
    return max(found, key=lambda one: one.score, default=None)


def _wish(aligner: Aligner) -> _Wish | None:
    """What a question says that somebody wants; None where it names nobody, or nothing that he does."""
    question = aligner.question
    starts = np.array([one.start for one in question.concepts])
    word = next((word for word in words(question.text) if is_in(word, "demanding")), None)
    if word is None:
        return None
    who = _subject(aligner, word)
    staying = np.isin(starts, [word.start for word in words(question.text) if is_in(word, "staying")])
    wanted = (starts >= word.end) & ~who & ~aligner.dates & ~staying
    return _Wish(starts == word.start, who, wanted) if who.any() and wanted.any() else None


def _subject(aligner: Aligner, word: Word) -> Mask:
    """Of each concept whether it names who does what a word says: right behind an Arabic verb, before an English one."""
    question = aligner.question
    spans = [(one.start, one.end) for one in entities(question.text) if one.named and one.kind != "place"]
    named = [one.kind == "name" or any(start <= one.start < end for start, end in spans) for one in question.concepts]
    behind = [i for i, one in enumerate(question.concepts) if one.start > word.start]
    before = [i for i in range(len(named)) if named[i] and i not in behind]
    who = list(takewhile(lambda i: named[i], behind)) if question.language == "ar" else before
    return np.isin(np.arange(len(named)), who)


def _needless(one: ReadSentence, wish: _Wish) -> Iterator[Finding]:
    known = np.where(wish.wanted, one.aligner.known, 0.0)
    if known.sum() <= 0 or one.evidence.held[wish.who].max() < _SAME:
        return
    for denial in one.denials:
        ground = _ground(one.text, denial)
        same = 0.0 if ground is None else float(one.stretch(ground, denial.end).best @ known / known.sum())
        if same >= _SAME:
            yield Finding(one, tuple(np.flatnonzero(wish.wanting).tolist()), same)


def _ground(text: str, denial: Denial) -> int | None:
    """The offset after a word for need or reason at the head of what is denied (لم يعد هناك *مبرر* لبقائها)."""
    inside = (word for word in words(text) if denial.start <= word.start < denial.end and not is_light(word.folded))
    first = next(inside, None)
    return first.end if first is not None and is_in(first, "grounds") else None
