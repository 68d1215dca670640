"""What an answer shows, part by part and in order, for each front end to lay out. Pure.

How a follow-up was understood, the short answer, where the sources differ, then quotes under a line that says what they are, or sentences of a
writer's own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bot.strings import say
from rag.language.characters import fold
from rag.model import Citation, Claim, Reply

_ENDINGS = ".!?؟…"


@dataclass(frozen=True, slots=True)
class Line:
    """A line in the language of the reply.

    Attributes:
        text: with the numbers of its sources.
        bold: so many of its first characters stand out, where a display can make them.
        listed: it is one of a list.
    """

    text: str
    bold: int = 0
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quote with its numbers, in the language of its article.

    Attributes:
        text: the quote in quotation marks, then the numbers.
        voice: who says it, where it does not tell that itself; may be empty.
        citations: of the articles in which it stands.
    """

    text: str
    voice: str
    citations: tuple[Citation, ...]


Part = Line | Quotation


def outline(reply: Reply) -> list[list[Part]]:
    """The parts of an answer, those together that belong together."""
    event = _only_event(reply)
    groups: list[list[Part]] = [[*_short(reply)], *_disagreements(reply, event), *_claims(reply, event)]
    first, *others = [group for group in groups if group]
    return [[*understood(reply), *first], *others]


def understood(reply: Reply) -> list[Line]:
    """How a follow-up was understood; nothing where the question stands alone."""
    return [Line(say(reply.language, "read_as", question=reply.read_as))] if reply.read_as else []


def unquoted(reply: Reply) -> list[Citation]:
    """The citations whose quotes `outline` does not show."""
    shown = {citation.number for claim in reply.claims for citation in _quoted(claim, reply)}
    return [citation for citation in reply.citations if citation.number not in shown]


def sentence(claim: Claim) -> str:
    """A sentence with its numbers before its full stop."""
    bare = claim.text.rstrip(_ENDINGS)
    return f"{_cited(bare, claim.citations)}{claim.text[len(bare) :] or '.'}"


def _short(reply: Reply) -> Iterator[Line]:
    if reply.short:
        yield Line(_cited(reply.short["text"], reply.short["citations"]), bold=len(reply.short["text"]))


def _disagreements(reply: Reply, event: str | None) -> Iterator[list[Part]]:
    several = len(reply.disagreements) > 1
    for one in reply.disagreements:
        differ = say(reply.language, "lead_differ_on" if several else "lead_differ", about=one["about"])
        values = [Line(f"• {_told(value, reply)}", listed=True) for value in _by_value(one["values"])]
        yield [_lead(reply, differ, event), *values]


def _by_value(values: Iterable[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Those of one value together, first the one that nobody in particular tells."""
    together: dict[str, list[Mapping[str, Any]]] = {}
    for one in values:
        together.setdefault(one["value"], []).append(one)
    return [sorted(group, key=lambda one: one["speaker"] is not None) for group in together.values()]


def _told(voices: Sequence[Mapping[str, Any]], reply: Reply) -> str:
    """A value with everybody who tells it."""
    told, named = str(voices[0]["value"]), 0
    for one in voices:
        if one["speaker"]:
            key = "according_to_too" if named else "according_to"
            told += say(reply.language, "comma") + say(reply.language, key, speaker=one["speaker"])
            named += 1
        told = _cited(told, one["citations"])
    return told


def _claims(reply: Reply, event: str | None) -> Iterator[list[Part]]:
    """The claims, under a heading for each event where there are several."""
    lead = _claims_lead(reply, event)
    if event is None and _has_headings(reply):
        for date in dict.fromkeys(claim.event for claim in reply.claims):
            heading = f"{date}:" if date else say(reply.language, "event_undated")
            of_event = [claim for claim in reply.claims if claim.event == date]
            yield [*lead, Line(heading, bold=len(heading)), *_parts(of_event, reply)]
            lead = []
    else:
        yield [*lead, *_parts(reply.claims, reply)]


def _only_event(reply: Reply) -> str | None:
    """The event that every claim is of."""
    found = {claim.event for claim in reply.claims}
    return found.pop() if len(found) == 1 else None


def _has_headings(reply: Reply) -> bool:
    return any(claim.event for claim in reply.claims) and all(claim.verdict == "quoted" for claim in reply.claims)


def _claims_lead(reply: Reply, event: str | None) -> list[Line]:
    """The line that says what the claims are; a writer's own sentences need none, nor does what was led in before."""
    if not reply.claims:
        return []
    if reply.premise == "contradicted":
        return [_lead(reply, say(reply.language, "lead_opposite"), event, reply.claims[0].citations)]
    if reply.claims[0].verdict == "supported" or reply.disagreements or (reply.short and not event):
        return []
    one = len({citation.article_id for citation in reply.citations}) == 1
    return [_lead(reply, say(reply.language, "lead_one" if one else "lead_many"), event)]


def _lead(reply: Reply, words: str, event: str | None, numbers: Sequence[int] = ()) -> Line:
    dated = say(reply.language, "lead_dated", event=event, lead=words) if event else words
    return Line(f"{_cited(dated[0].upper() + dated[1:], numbers)}:")


def _parts(claims: Iterable[Claim], reply: Reply) -> Iterator[Part]:
    """Each quotation for itself, and sentences of a writer's own as running text."""
    for verdict, run in groupby(claims, key=lambda claim: claim.verdict):
        if verdict == "supported":
            yield Line(" ".join(sentence(claim) for claim in run))
        else:
            for claim in run:
                yield Quotation(_cited(claim.text, claim.citations), _voice(claim, reply), tuple(_quoted(claim, reply)))


def _quoted(claim: Claim, reply: Reply) -> Iterator[Citation]:
    """The citations whose quote a claim is."""
    for citation in reply.citations:
        if citation.number in claim.citations and claim.text == f"«{citation.quote}»":
            yield citation


def _voice(claim: Claim, reply: Reply) -> str:
    """Who says what is quoted, unless the quote tells that itself, or the reply has already."""
    named = {value["speaker"] for one in reply.disagreements for value in one["values"]}
    if not claim.speaker or claim.speaker in named or fold(claim.speaker) in fold(claim.text):
        return ""
    return say(reply.language, "according_to", speaker=claim.speaker)


def _cited(text: str, numbers: Iterable[int]) -> str:
    marks = "".join(f"[{number}]" for number in numbers)
    return f"{text} {marks}" if marks else text
