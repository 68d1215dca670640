"""Is an answer grounded? What an answer must keep whatever made it, checked from the outside."""

import re
from collections.abc import Iterator

from rag.errors import ArticleNotFound
from rag.evaluation.citations import Lookup, is_verbatim, judged_claims
from rag.evaluation.judge import Judge, SupportCheck
from rag.grounding import WORD_JOINER
from rag.model import LANGUAGES, Answer, Citation, Reply
from rag.phrases import phrase

_MARKER = re.compile(r"\[(\d+)\]")
_FIXED = (
    "answer_lead_one",
    "answer_lead_many",
    "premise_contradicted",
)  # what an answer's text may say besides its claims
_LONGEST_SHOWN = 160  # characters of a quote in a message


def assert_grounded(answer: Reply, article_lookup: Lookup, *, judge: Judge | None = None) -> None:
    """Fail unless everything that a reply says is tied to quotes that carry it.

    Every quote, those of a refusal too, stands in its article at its offsets; every `[n]` has a citation and every citation an `[n]`; every
    claim is carried by what it cites; and the text has nothing besides its claims but the answer's fixed lead.

    Args:
        answer: an Answer, or a Refusal, which is grounded unless it misquotes or cites.
        article_lookup: gives an article by its id: `engine.article`, or a dictionary's `get`.
        judge: says whether quotes carry a claim; None for the deterministic check.

    Raises:
        AssertionError: it is not; the message names every fault.
    """
    faults = list(_faults(answer, article_lookup, judge or SupportCheck()))
    if faults:
        listed = "\n".join(f"  - {fault}" for fault in faults)
        raise AssertionError(f"the reply to {answer.question!r} is not grounded:\n{listed}")


def _faults(reply: Reply, lookup: Lookup, judge: Judge) -> Iterator[str]:
    for quote in (*reply.citations, *reply.nearest):
        if not is_verbatim(quote, lookup):
            yield _misquoted(quote, lookup)
    yield from _marker_faults(reply)
    if not isinstance(reply, Answer):
        return
    if not reply.claims:
        yield "the answer has no claims"
    for claim in judged_claims(reply, judge):
        if not claim.supported:
            cited = " ".join(f"[{quote.number}] «{_short(quote.quote)}»" for quote in claim.quotes) or "nothing"
            yield f"the claim {claim.text!r} is not supported by what it cites: {cited}"
    rest = _besides_claims(reply)
    if rest:
        yield f"the text says more than its claims: {rest!r}"


def _misquoted(quote: Citation, lookup: Lookup) -> str:
    """What stands in the article where the quote should."""
    place = f"the quote [{quote.number}] is not verbatim in {quote.article_id} at {quote.start}:{quote.end}"
    try:
        article = lookup(quote.article_id)
    except (ArticleNotFound, KeyError):
        article = None
    there = f"«{_short(article.text[quote.start : quote.end])}» stands there" if article else "there is no such article"
    return f"{place}: «{_short(quote.quote)}» is quoted, {there}"


def _marker_faults(reply: Reply) -> Iterator[str]:
    cited = {citation.number for citation in reply.citations}
    marked = {int(number) for number in _MARKER.findall(reply.text)}
    for number in sorted(marked - cited):
        yield f"the marker [{number}] has no citation"
    for number in sorted(cited - marked):
        yield f"the citation [{number}] has no marker in the text"


def _besides_claims(answer: Answer) -> str:
    """What is left of an answer's text without its claims, its markers and its fixed lead."""
    rest = _plain(answer.text)
    fixed = [phrase(language, key) for language in LANGUAGES for key in _FIXED]
    for said in sorted((*(claim.text for claim in answer.claims), *fixed, *_values(answer)), key=len, reverse=True):
        rest = rest.replace(_plain(said), "")
    return rest.strip(" .،,")


def _values(answer: Answer) -> Iterator[str]:
    """What an answer says of its values, in the fixed phrases that hold them: the short answer, what the sources differ on, its events."""
    if answer.short:
        yield str(answer.short["text"])
    for language in LANGUAGES:
        for event in {claim.event for claim in answer.claims if claim.event}:
            yield phrase(language, "event_dated", date=event)
        for differing in answer.disagreements:
            yield phrase(language, "differ_lead", about=differing["about"])
            for one in differing["values"]:
                yield phrase(language, "differ_value", value=one["value"], marks="")
                yield phrase(language, "differ_voice", value=one["value"], speaker=one["speaker"], marks="")


def _plain(text: str) -> str:
    """A text without markers, white space single, no space before a full stop, and none of those at its end."""
    single = " ".join(_MARKER.sub(" ", text.replace(WORD_JOINER, "")).split())
    return re.sub(r" ([.!?؟…])", r"\1", single).rstrip(".!?؟… ")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
