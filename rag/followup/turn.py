"""A turn of a conversation, as far as the questions after it can lean on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rag.language.characters import script
from rag.model import Answer, Language, Reply


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was read, and what was replied.

    Attributes:
        question: as read: the completed one where it was completed.
        language: of the question.
        kind: what the reply was.
        claims: the texts of an answer's sentences.
        quotes: the texts of its citations.
        speakers: of each claim who said it, where that is known.
        short: text and type of the short answer, where there is one.
        titles: of the articles cited.
    """

    question: str
    language: Language
    kind: Literal["answer", "refusal"] = "answer"
    claims: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    speakers: tuple[str | None, ...] = ()
    short: tuple[str, str] | None = None
    titles: tuple[str, ...] = ()

    @classmethod
    def of(cls, reply: Reply) -> "Turn":
        """The turn that a reply ends."""
        return cls(
            question=reply.read_as or reply.question,
            language=script(reply.question) or reply.language,
            kind="answer" if isinstance(reply, Answer) else "refusal",
            claims=tuple(claim.text for claim in reply.claims),
            quotes=tuple(citation.quote for citation in reply.citations),
            speakers=tuple(claim.speaker for claim in reply.claims),
            short=_short(reply.short),
            titles=tuple(dict.fromkeys(citation.title for citation in reply.citations if citation.title)),
        )


def _short(short: Mapping[str, Any] | None) -> tuple[str, str] | None:
    return (str(short["text"]), str(short["type"])) if short else None
