"""Okapi BM25 as textbooks have it: the baseline that retrieval is compared with."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.words import words

_K1, _B = 1.2, 0.75


class Bm25:
    """Exact BM25 over passages (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009).

    Terms are light stems and figures as they are written: no lexicon, no names, no dates or numbers understood. The inverse document frequency is
    ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative; k1 = 1.2, b = 0.75.

    Args:
        passages: texts by passage id.
    """

    def __init__(self, passages: Mapping[str, str]) -> None:
        self._ids = list(passages)
        counted = [Counter(_terms(text)) for text in passages.values()]
        lengths = np.array([terms.total() for terms in counted], dtype=np.float64)
        self._norms = _K1 * (1 - _B + _B * lengths / max(1.0, lengths.mean()))
        self._postings: dict[str, list[tuple[int, int]]] = {}
        for i, terms in enumerate(counted):
            for term, count in terms.items():
                self._postings.setdefault(term, []).append((i, count))

    def search(self, question: str, limit: int) -> list[tuple[str, float]]:
        """Passage ids and scores, best first; passages that share no term with the question are not among them."""
        scores = np.zeros(len(self._ids))
        for term in _terms(question):
            postings = self._postings.get(term)
            if postings:
                where, counts = np.array(postings).T
                rarity = math.log(1 + (len(self._ids) - len(postings) + 0.5) / (len(postings) + 0.5))
                scores[where] += rarity * counts * (_K1 + 1) / (counts + self._norms[where])
        best = np.argsort(-scores, kind="stable")[:limit]
        return [(self._ids[i], float(scores[i])) for i in best if scores[i] > 0]


def _terms(text: str) -> Sequence[str]:
    return [stem(word.folded) for word in words(text) if word.folded not in STOPWORDS]
