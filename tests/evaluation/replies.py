"""Cases and replies as tests make them: short, with what matters named."""

from collections.abc import Sequence
from typing import Any

from rag.evaluation.cases import Case, Kind
from rag.model import Answer, Article, Citation, Claim, Refusal

ARTICLES = {
    "flood": Article("flood", "اجتاحت الفيضانات مدينة درنة. قتل 13 شخصا. قال الوزير إن السد انهار.", "flood.txt"),
    "quake": Article("quake", "ضرب زلزال إقليم الحوز. قتل 40 شخصا.", "quake.txt"),
}


def case(*must: str, kind: Kind = "answerable", **fields: Any) -> Case:  # noqa: ANN401  # any field of a case
    """A case that needs one thing, any of `must`."""
    return Case(
        **{"id": "q", "question": "كم؟", "language": "ar", "kind": kind, "must": (must,) if must else ()} | fields
    )


def citation(number: int, quote: str, article: str = "flood") -> Citation:
    """A citation at its true offsets, or at 0 where the article has no such words."""
    text = ARTICLES[article].text
    start = max(0, text.find(quote))
    return Citation(number, article, "", "", None, None, None, quote, start, start + len(quote), text)


def answer(*quotes: str, claims: Sequence[tuple[str, tuple[int, ...]]] = (), **fields: Any) -> Answer:  # noqa: ANN401
    """An answer of these quotes, each a claim of its own unless `claims` are given."""
    said = [Claim(text, numbers, "supported") for text, numbers in claims]
    quoted = [Claim(f"«{quote}»", (i,), "quoted") for i, quote in enumerate(quotes, 1)]
    cited = tuple(citation(i, quote) for i, quote in enumerate(quotes, 1))
    text = "\n".join(claim.text for claim in said or quoted)
    made = {"claims": tuple(said or quoted), "citations": cited, "text": text}
    return Answer(**{"question": "كم؟", "language": "ar", "writer": "extractive"} | made | fields)


def refusal(**fields: Any) -> Refusal:  # noqa: ANN401
    """A refusal that shows nothing."""
    return Refusal(**{"question": "كم؟", "language": "ar", "writer": "extractive", "text": "لا تجيب."} | fields)
