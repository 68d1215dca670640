"""Claims judged by what they cite, and quotes by the articles they stand in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.errors import ArticleNotFound
from rag.evaluation.judge import Judge
from rag.model import Article, Citation, Reply

Lookup = Callable[[str], Article | None]  # an article by id; none, or ArticleNotFound, or KeyError, where there is none


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim of a reply, what it cites, whether that carries it, and for each citation whether it is needed.

    Attributes:
        supported: whether its citations together carry it: its citation recall (Gao et al., "Enabling Large Language Models to Generate Text
            with Citations", EMNLP 2023, section 4.3: ALCE).
        precise: of each citation, whether it counts for citation precision: the claim is supported, and the citation carries it alone or the
            others do not carry it without it (the same section: a citation is "irrelevant" where neither is so).
    """

    text: str
    quotes: tuple[Citation, ...]
    supported: bool
    precise: tuple[bool, ...]


def judged_claims(reply: Reply, judge: Judge) -> tuple[JudgedClaim, ...]:
    """Every claim of a reply with its citations judged; a number that no citation has is as if it were not there."""
    by_number = {citation.number: citation for citation in reply.citations}
    return tuple(
        _judged(claim.text, tuple(by_number[n] for n in dict.fromkeys(claim.citations) if n in by_number), judge)
        for claim in reply.claims
    )


def _judged(text: str, quotes: tuple[Citation, ...], judge: Judge) -> JudgedClaim:
    supported = bool(quotes) and judge.supports(text, quotes)
    precise = tuple(supported and _needed(text, quotes, i, judge) for i in range(len(quotes)))
    return JudgedClaim(text, quotes, supported, precise)


def _needed(text: str, quotes: Sequence[Citation], i: int, judge: Judge) -> bool:
    """Whether a citation of a supported claim carries it alone, or the others do not."""
    others = [*quotes[:i], *quotes[i + 1 :]]
    return not others or judge.supports(text, [quotes[i]]) or not judge.supports(text, others)


def is_verbatim(citation: Citation, lookup: Lookup) -> bool:
    """Whether the quote stands in its article, letter for letter, at its offsets."""
    try:
        article = lookup(citation.article_id)
    except (ArticleNotFound, KeyError):
        return False
    return (
        article is not None and bool(citation.quote) and article.text[citation.start : citation.end] == citation.quote
    )
