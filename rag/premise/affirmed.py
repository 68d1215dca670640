"""A premise of something not done: the articles say that it was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rag.premise.presupposition import Presupposition
from rag.premise.sentences import SentenceRead

_MET = 0.6
_WINDOW = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    sentence: SentenceRead
    start: int
    end: int
    concept: int
    deed: float
    subject: float
    topic: float
    article: float
    denied: float
    within: float


def candidates(sentences: Sequence[SentenceRead], taken: Presupposition) -> Iterator[Candidate]:
    if not sentences or taken.denial is None or taken.denial.kind == "denied":
        return
    aligner = sentences[0].aligner
    inside = [i for i in np.flatnonzero(taken.denied)]
    plain = [i for i in inside if aligner.plain[i]]
    if not plain:
        return
    head = plain[0]
    concepts = aligner.question.concepts
    cue = [i for i, c in enumerate(concepts) if taken.denial.cue_start <= c.start < taken.denial.cue_end]
    subject = [i for i, c in enumerate(concepts) if c.start < taken.denial.cue_start]
    refused = max((float(one.aligned.met[one.aligned.within(d.core, d.end), head].max(initial=0.0)) for one in sentences for d in one.denials), default=0.0)
    for one in sentences:
        kept = [i for i, term in enumerate(one.aligned.terms) if not one.denies(term.start)]
        if not kept:
            continue
        places = [i for i in kept if one.aligned.met[i, head] >= _MET]
        for place in places:
            window = one.aligned.met[max(0, place - _WINDOW) : place + _WINDOW].max(axis=0)
            shares = aligner.shares
            d = np.zeros(len(shares)); d[inside] = shares[inside]
            rest = shares.copy(); rest[cue] = 0
            yield Candidate(one, one.aligned.terms[place].start, one.aligned.terms[place].end, head,
                deed=float(window @ d / d.sum()), subject=float(window[subject].mean()) if subject else 1.0,
                topic=float(np.maximum(one.context, window) @ rest / rest.sum()), article=float(np.maximum(one.evidence.anywhere, window) @ rest / rest.sum()),
                denied=refused, within=float(one.whole@rest/rest.sum()))
