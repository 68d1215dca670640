"""Do quotes carry a claim? The judges of citations."""

from collections.abc import Sequence
from typing import Protocol

from rag.evidence import Material
from rag.language.characters import fold
from rag.model import Article, Citation, DraftSentence, Passage, Sentence
from rag.support import find_support


class Judge(Protocol):
    """Says whether a claim follows from quotes: ALCE's entailment model, in its place."""

    @property
    def name(self) -> str:
        """How reports name it."""
        ...

    def supports(self, claim: str, quotes: Sequence[Citation]) -> bool:
        """Whether the quotes together carry the claim; no quotes carry nothing."""
        ...


class SupportCheck:
    """The check that `sanad ask` itself makes, `rag.support.find_support`, on the quotes as they are shown.

    Deterministic and offline. It is the engine's own opinion: what it cannot see it cannot see here either, which is what the faults of
    `rag.evaluation` are for.
    """

    name = "check"

    def supports(self, claim: str, quotes: Sequence[Citation]) -> bool:
        """A quotation is carried by the quote it repeats; other words by the smallest quotes that hold all they say."""
        if repeats(claim, quotes):
            return True
        if not quotes or not claim.strip():
            return False
        material = _material(quotes)
        passages = tuple(passage for passage, _ in material.passages)
        return bool(find_support(DraftSentence(claim, passages=passages), material).quotes)


def repeats(claim: str, quotes: Sequence[Citation]) -> bool:
    """Whether a claim is one of the quotes, whole: part of one may leave out who said so, or a negation."""
    words = _bare(claim)
    return bool(words) and any(words == _bare(quote.quote) for quote in quotes)


def folded(text: str) -> str:
    """`text` as it is compared: spelling folded, white space single."""
    return " ".join(fold(text).split())


def _bare(text: str) -> str:
    """`text` as it is compared, without the quotation marks and the full stop around it."""
    return folded(text).strip('«»“”" .')


def _material(quotes: Sequence[Citation]) -> Material:
    """The quotes as all there is: each a passage of one sentence, those of one article after one another."""
    texts: dict[str, str] = {}
    passages = []
    for quote in quotes:
        before = texts.get(quote.article_id, "")
        start = len(before)
        texts[quote.article_id] = f"{before}{quote.quote}\n"
        place = Passage(str(quote.number), quote.article_id, start, start + len(quote.quote), quote.quote)
        passages.append(place)
    published = {quote.article_id: quote.published or "" for quote in quotes}
    articles = {name: Article(name, text, "", published=published[name]) for name, text in texts.items()}
    sentences = {name: tuple(Sentence(p.start, p.end) for p in passages if p.article_id == name) for name in texts}
    return Material([(passage, 1.0) for passage in passages], articles, sentences)
