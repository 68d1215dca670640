"""What a sentence is made of, whatever is asked of it: read once and kept, because the same articles are asked again and again."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.embedding.concepts import ConceptEmbedder
from rag.language import grams
from rag.language.analyzer import Term, analyze
from rag.language.dates import iso_terms
from rag.model import Article
from rag.termlist import TermList

_KEPT = 5_000  # sentences


@dataclass(frozen=True, slots=True)
class SentenceTerms:
    """A sentence analysed.

    Attributes:
        terms: in order; a day or month without its year also with the one that the article's date gives it.
        texts: of the terms, in order.
        present: the same, each once.
        stems: those of them that are stems, in order of first appearance.
        grams: the 4-grams of the stems.
        vector: the unit concept vector.
    """

    terms: tuple[Term, ...]
    texts: tuple[str, ...]
    present: frozenset[str]
    stems: tuple[str, ...]
    grams: frozenset[str]
    vector: NDArray[np.float32]

    @classmethod
    def of(cls, terms: tuple[Term, ...]) -> "SentenceTerms":
        """What terms make."""
        texts = tuple(term.text for term in terms)
        stems = tuple(dict.fromkeys(term.text for term in terms if term.kind == "stem"))
        cut = frozenset(gram for stem in stems for gram in grams.grams(stem))
        vector = ConceptEmbedder.builtin().embed_terms(terms)
        return cls(terms, texts, frozenset(texts), stems, cut, vector)

    @property
    def listed(self) -> TermList:
        """As one sentence of a list of terms."""
        return TermList((self.texts,))


@lru_cache(maxsize=_KEPT)
def sentence_terms(published: str, text: str, told: str = "") -> SentenceTerms:
    """A sentence of an article.

    Args:
        published: the article's date in ISO form, or less of it, or nothing.
        text: of the sentence.
        told: the date of what it tells, in the same form, where it does not say so itself.
    """
    given = (Term(one, len(text), len(text), "date") for one in iso_terms(told))
    return SentenceTerms.of((*_dated_terms(published, text), *given))


def dated_terms(article: Article, text: str) -> tuple[Term, ...]:
    """The terms of a stretch of an article; a day or month without its year also with the one that the article's date gives it."""
    return _dated_terms(article.published, text)


@lru_cache(maxsize=_KEPT)
def _dated_terms(published: str, text: str) -> tuple[Term, ...]:
    terms = analyze(text)
    if len(published) < len("2021-07"):
        return tuple(terms)
    year, month = int(published[:4]), int(published[5:7])
    given = {(term.start, term.text[:5]) for term in terms if term.kind == "date" and term.text[1].isdigit()}
    more = []
    for term in terms:
        if term.kind == "date" and term.text.startswith("@--") and not any(start == term.start for start, _ in given):
            meant = year if int(term.text[3:5]) <= month else year - 1
            more.append(Term(f"@{meant}{term.text[2:]}", term.start, term.end, "date"))
    return (*terms, *more)
