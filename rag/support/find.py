"""The smallest quotes of the cited passages that carry a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.evidence import Material
from rag.model import DraftSentence, Quote
from rag.support.checks import CHECKS, ELSEWHERE, fault
from rag.support.coverage import coverage, met
from rag.support.match import Match, Reader
from rag.support.names import lacking_part
from rag.support.speakers import introduces, lacking_speaker, names_speakers, speakers_before
from rag.support.statement import Statement
from rag.support.window import Window, sentences, windows

# What a sentence cannot be when another is added to it.
_CONTRADICTIONS = ("negation:", "hedge:", "attribution:", "allegation:", "exchanged:", "nationality:", "unit:")
_MOST = 0.9  # of what two sentences hold of a statement, what makes one of them the one it is about


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
    faults = _inherited(matches, [fault(match) for match in matches])
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


def _inherited(matches: Sequence[Match], faults: Sequence[str | None]) -> list[str | None]:
    """The faults of quotes; what one sentence contradicts, it does also beside its neighbour that adds little."""
    found = list(faults)
    for i, pair in enumerate(matches):
        for one, reason in zip(matches, faults, strict=True):
            inside = (
                one is not pair
                and pair.window.quote.start <= one.window.quote.start < one.window.quote.end <= pair.window.quote.end
            )
            same = inside and one.window.quote.article_id == pair.window.quote.article_id
            if (
                same
                and found[i] is None
                and reason
                and reason.startswith(_CONTRADICTIONS)
                and met(one) >= _MOST * met(pair)
            ):
                found[i] = reason
    return found


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
        if found and found.startswith(("date:", "time:", "name:", "speaker:"))
    ]
    for first in sorted(lacking, key=lambda one: (-met(one), one.window.size)):
        if fault(first, CHECKS) is None and (second := _other(first, matches, material)):
            return first, second
    return None


def _other(first: Match, matches: Sequence[Match], material: Material) -> Match | None:
    """The smallest quote with what another of its article lacks: when, a full name, or who it is that goes on speaking."""
    article = first.window.quote.article_id
    if names := speakers_before(first):
        if any(check(first) is not None for check in ELSEWHERE if check is not lacking_speaker):
            return None
        before = [one for one in sentences(material, article) if one.quote.start < first.window.quote.start]
        nearest = next((one for one in reversed(before) if introduces(one, first)), None)
        second = _matches(first.statement.text, [nearest])[0] if nearest else None
        return second if second and names_speakers(second, names) else None
    others = [one for one in matches if one.window.quote.article_id == article]
    fitting = [one for one in others if all(check(first) is None or check(one) is None for check in ELSEWHERE)]
    if not fitting and all(check(first) is None for check in ELSEWHERE if check is not lacking_part):
        everywhere = list(sentences(material, article))
        fitting = [one for one in _matches(first.statement.text, everywhere) if lacking_part(one) is None]
    return min(fitting, key=lambda one: one.window.size, default=None)
