"""What sentences and articles are made of, whatever is asked of them: read once and kept, because the same articles are asked again and again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.embedding.concepts import ConceptEmbedder
from rag.event_date import dated
from rag.language import grams
from rag.language.analyzer import Term, analyze
from rag.language.dates import iso_terms
from rag.language.spelling import letter_pairs
from rag.model import Article, Sentence
from rag.termlist import TermList

_KEPT = 5_000  # sentences
_ARTICLES_KEPT = 64  # at some 300 KB


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


@dataclass(frozen=True, slots=True)
class Stems:
    """Distinct stems, laid out so that each concept of a question can be compared with all of them at once.

    Attributes:
        rows: each stem's row.
        vectors: the unit concept vectors, shape (stems, dimensions).
        sizes: how many pairs of letters each has.
        lengths: how many letters.
        pairs: a pair of letters to the rows of the stems that have it.
    """

    rows: Mapping[str, int]
    vectors: NDArray[np.float32]
    sizes: NDArray[np.intp]
    lengths: NDArray[np.intp]
    pairs: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, stems: Sequence[str]) -> "Stems":
        """Stems, each once, in order."""
        rows = {stem: row for row, stem in enumerate(dict.fromkeys(stems))}
        pairs: dict[str, list[int]] = {}
        for stem, row in rows.items():
            for pair in letter_pairs(stem):
                pairs.setdefault(pair, []).append(row)
        embedder = ConceptEmbedder.builtin()
        empty = np.zeros((0, embedder.dimensions), dtype=np.float32)
        return cls(
            rows,
            embedder.of_terms(list(rows)) if rows else empty,
            np.array([len(letter_pairs(stem)) for stem in rows], dtype=np.intp),
            np.array([len(stem) for stem in rows], dtype=np.intp),
            pairs,
        )

    def row(self, term: Term) -> int:
        """The row of a term; -1 where it is no stem of these."""
        return self.rows.get(term.text, -1) if term.kind == "stem" else -1


@dataclass(frozen=True, slots=True)
class ArticleTerms:
    """An article's sentences analysed, and their stems together.

    Attributes:
        holders: a term to the indexes of the sentences that hold it, in order.
        rows: of each sentence, the row of each term in `stems`; -1 for one that is no stem.
        about: the terms of its title and of its dates.
    """

    sentences: tuple[SentenceTerms, ...]
    stems: Stems
    holders: Mapping[str, Sequence[int]]
    rows: tuple[tuple[int, ...], ...]
    about: frozenset[str]

    @classmethod
    def of(cls, article: Article, sentences: Sequence[SentenceTerms]) -> "ArticleTerms":
        """What the sentences of an article make."""
        holders: dict[str, list[int]] = {}
        for i, one in enumerate(sentences):
            for term in one.present:
                holders.setdefault(term, []).append(i)
        stems = Stems.of([stem for one in sentences for stem in one.stems])
        rows = (tuple(stems.row(term) for term in one.terms) for one in sentences)
        title = (term.text for term in analyze(article.title))
        dates = (*iso_terms(article.published), *iso_terms(article.event_date))
        return cls(tuple(sentences), stems, holders, tuple(rows), frozenset((*title, *dates)))


@lru_cache(maxsize=_ARTICLES_KEPT)
def article_terms(article: Article, sentences: tuple[Sentence, ...], *, told: bool) -> ArticleTerms:
    """The terms of an article.

    Args:
        article: the article.
        sentences: all of it.
        told: whether sentences without a date of their own have that of what they tell.
    """

    def read(text: str) -> SentenceTerms:
        event = dated(article, text) if told else None
        return sentence_terms(article.published, text, event.iso if event and event.basis == "article" else "")

    return ArticleTerms.of(article, [read(article.text[one.start : one.end]) for one in sentences])


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
