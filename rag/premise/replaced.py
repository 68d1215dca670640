"""A premise of what was replaced: the articles say that it was something else instead of what the question speaks of."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from rag.language.words import words
from rag.premise.finding import Finding
from rag.premise.presupposition import Presupposition
from rag.premise.sentences import ReadSentence

# The two words before what did not come about: in a hotel instead of the council's building.
_INSTEAD = frozenset(
    {("بدلا", "من"), ("بدلا", "عن"), ("عوضا", "عن"), ("عوضا", "من"), ("instead", "of"), ("rather", "than")}
)
_THAT = frozenset({"ذلك", "هذا", "that", "this"})  # told before
_PAUSE = re.compile(r"[.!?؟;؛،,:\n()«»\"]")
_MET = 0.75
_SHARE = 0.2  # of the question in what was replaced
_REST = 0.6  # of the rest of it in the sentence, names and dates also in what its article is about


def find(sentences: Sequence[ReadSentence], taken: Presupposition) -> Finding | None:
    """The best sentence that says what was there instead of what the question speaks of; None where there is none."""
    if not sentences or taken.denial is not None or any(_stretches(sentences[0].aligner.question.text)):
        return None
    found = [finding for one in sentences if not one.evidence.apart for finding in _replaced(one, taken)]
    return max(found, key=lambda one: one.score, default=None)


def _replaced(one: ReadSentence, taken: Presupposition) -> Iterator[Finding]:
    aligner = one.aligner
    for start, end in _stretches(one.text):
        inside = np.where(taken.facts, one.stretch(start, end).best, 0.0)
        outside = np.maximum(one.stretch(0, start).best, one.stretch(end, len(one.text)).best)
        about = (inside >= _MET) & (outside < inside)
        rest = np.where(about, 0.0, aligner.known)
        if not about.any() or rest.sum() <= 0 or float(aligner.shares[about].sum()) < _SHARE:
            continue
        held = np.where(aligner.named, np.maximum(one.context, outside), outside)
        share = float(held @ rest / rest.sum())
        if share >= _REST and not one.is_of_another_event(start):
            yield Finding(one, tuple(np.flatnonzero(about).tolist()), share)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """From a word for "instead" to the end of its phrase, as offsets."""
    found = words(text)
    for one, other, after in zip(found, found[1:], found[2:], strict=False):
        if (one.folded, other.folded) in _INSTEAD and after.folded not in _THAT:
            pause = _PAUSE.search(text, other.end)
            yield other.end, pause.start() if pause else len(text)
