"""The smallest quotes of the cited passages that carry a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.evidence import Material
from rag.model import DraftSentence, Quote
from rag.support.checks import CHECKS, ELSEWHERE, fault
from rag.support.coverage import coverage, met
from rag.support.match import Match, Reader
from rag.support.names import lacking_part
from rag.support.statement import Statement
from rag.support.window import Window, sentences, windows


@dataclass(frozen=True, slots=True)
class Support:
    """The quotes that carry a sentence, or why they do not."""

    quotes: tuple[Quote, ...]
    reason: str | None = None


def find_support(sentence: DraftSentence, material: Material) -> Support:
    """The smallest quotes of the sentence's passages that carry it.

    What a sentence says belongs together in one quote; only when it was, and the full name of somebody, may stand in another of the same article.
    """
    if not sentence.passages:
        return Support((), "no_citation")
    matches = _matches(sentence.text, [one for passage in sentence.passages for one in windows(passage, material)])
    faults = [fault(match) for match in matches]
    alone = [match for match, found in zip(matches, faults, strict=True) if found is None]
    if alone:
        return Support((min(alone, key=lambda one: (one.window.size, -coverage(one))).window.quote,))
    two = _with_another(matches, faults, material)
    if two:
        return Support(tuple(match.window.quote for match in two))
    nearest = max(
        zip(matches, faults, strict=True), key=lambda pair: (met(pair[0]), -pair[0].window.size), default=None
    )
    return Support((), nearest[1] if nearest else "no_citation")


def _matches(text: str, cited: Sequence[Window]) -> list[Match]:
    """A sentence beside everything that may be quoted for it."""
    statement = Statement.read(text, cited)
    reader = Reader(statement, cited)
    return [reader.match(window) for window in cited]


def _with_another(
    matches: Sequence[Match], faults: Sequence[str | None], material: Material
) -> tuple[Match, Match] | None:
    """A quote that carries all of a sentence but when it was, or a full name, and the smallest other one of its article that has that.

    The name is sought in the whole article, since a text names somebody in full only where they first come in.
    """
    lacking = [
        match
        for match, found in zip(matches, faults, strict=True)
        if found and found.startswith(("date:", "time:", "name:"))
    ]
    for first in sorted(lacking, key=lambda one: (-met(one), one.window.size)):
        if fault(first, CHECKS) is not None:
            continue
        others = [one for one in matches if one.window.quote.article_id == first.window.quote.article_id]
        fitting = [one for one in others if all(check(first) is None or check(one) is None for check in ELSEWHERE)]
        if not fitting and all(check(first) is None for check in ELSEWHERE if check is not lacking_part):
            everywhere = list(sentences(material, first.window.quote.article_id))
            fitting = [one for one in _matches(first.statement.text, everywhere) if lacking_part(one) is None]
        if fitting:
            return first, min(fitting, key=lambda one: one.window.size)
    return None
