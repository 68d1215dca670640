"""The smallest quotes of the cited passages that carry a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.evidence import Material
from rag.model import DraftSentence, Quote
from rag.support import names
from rag.support.checks import CHECKS, ELSEWHERE, fault
from rag.support.coverage import coverage, met
from rag.support.match import Match, Reader
from rag.support.names import completes, lacking_part
from rag.support.speakers import introduces, lacking_speaker, names_another, names_speakers, speakers_before
from rag.support.statement import Statement
from rag.support.window import Window, sentences, windows

# What a sentence cannot be when another is added to it.
_CONTRADICTIONS = (
    *("negation:", "hedge:", "attribution:", "allegation:", "speaker:", "roles:"),
    *("exchanged:", "nationality:", "unit:", "time:"),
)
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
    faults = _settled(matches)
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


def _settled(matches: Sequence[Match]) -> list[str | None]:
    """The faults of quotes: their own, or that of another quote, nearer to what is said, that contradicts the sentence."""
    own = [fault(match, CHECKS) for match in matches]
    held = [met(match) for match in matches]
    against = [i for i, reason in enumerate(own) if reason and reason.startswith(_CONTRADICTIONS)]
    faults = []
    for i, match in enumerate(matches):
        settled = own[i] or next(
            (own[k] for k in against if _outweighs(matches[k].window.quote, held[k], match.window.quote, held[i])), None
        )
        faults.append(settled or fault(match, ELSEWHERE))
    return faults


def _outweighs(against: Quote, most: float, quote: Quote, least: float) -> bool:
    """Whether what one quote contradicts is not for another to carry: a neighbour adds little to it, or the other holds less."""
    if against.article_id == quote.article_id and quote.start <= against.start < against.end <= quote.end:
        return most >= _MOST * least
    contains = against.article_id == quote.article_id and against.start <= quote.start < quote.end <= against.end
    return not contains and least < _MOST * most


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
        reason = fault(first, CHECKS)
        second = _other(first, matches, material) if reason is None else _naming(first, material)
        if second:
            return first, second
    return None


def _naming(first: Match, material: Material) -> Match | None:
    """The first sentence of an article that names those whom a quote, which carries all else, only calls by what they are."""
    missing = names.lacking(first)
    others = (*(check for check in CHECKS if check is not names.lacking_name), *ELSEWHERE)
    if not missing or not all(names.is_called(first, i) for i in missing) or fault(first, others):
        return None
    everywhere = _matches(first.statement.text, list(sentences(material, first.window.quote.article_id)))
    return next((one for one in everywhere if all(names.introduces_name(one, first, i) for i in missing)), None)


def _introduced(first: Match, before: Sequence[Window], speakers: frozenset[int]) -> Match | None:
    """The last sentence before a quote that names who goes on speaking there; where it has a part of the name, one that has all of it."""
    nearest = next((one for one in reversed(before) if introduces(one, first)), None)
    if nearest is None or names_another(first.window):
        return None
    matches = _matches(first.statement.text, [nearest, *reversed(before)])
    if not any(names_speakers(matches[0], frozenset({i})) for i in speakers):
        return None
    return next((one for one in matches if names_speakers(one, speakers)), None)


def _other(first: Match, matches: Sequence[Match], material: Material) -> Match | None:
    """The smallest quote with what another of its article lacks: when, a full name, or who it is that goes on speaking."""
    article = first.window.quote.article_id
    if speakers := speakers_before(first):
        if any(check(first) is not None for check in ELSEWHERE if check is not lacking_speaker):
            return None
        before = [one for one in sentences(material, article) if one.quote.start < first.window.quote.start]
        return _introduced(first, before, speakers)
    others = [one for one in matches if one.window.quote.article_id == article]
    fitting = [
        one
        for one in others
        if completes(one, first) and all(check(first) is None or check(one) is None for check in ELSEWHERE)
    ]
    if not fitting and all(check(first) is None for check in ELSEWHERE if check is not lacking_part):
        everywhere = list(sentences(material, article))
        fitting = [one for one in _matches(first.statement.text, everywhere) if completes(one, first)]
    return min(fitting, key=lambda one: one.window.size, default=None)
