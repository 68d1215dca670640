"""The types that flow through Sanad, one an arrow of the way from an article file to an answer.

All are frozen. Offsets are code points into the stored text of an article, `start` inclusive and `end` exclusive, and
always `article.text[start:end] == passage.text` (or `.text` of a sentence, or `quote` of a citation).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Language = Literal["ar", "en"]
LANGUAGES: tuple[Language, ...] = ("ar", "en")
Basis = Literal["stated", "inferred from the text", "inferred from elsewhere"]


LONGEST_QUOTE = 60  # words, unless one sentence is longer


@dataclass(frozen=True, slots=True)
class Article:
    """One news article: its text as decoded, and what is known about it.

    `published` and `event_date` are ISO dates, possibly of reduced precision ("2024-07"); `basis` says how `published`
    is known. Unknown strings are empty.
    """

    id: str
    text: str
    source: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    basis: str = ""
    note: str = ""
    url: str = ""
    event_date: str = ""

    @property
    def metadata(self) -> dict[str, str]:
        """All but the text and where it came from."""
        return {k: v for k, v in asdict(self).items() if k not in {"id", "text", "source"}}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of an article that can be quoted, or a heading that cannot."""

    start: int
    end: int
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A few neighbouring sentences of one article: the unit of retrieval."""

    id: str
    article_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question; a higher score is better, comparable only within one search."""

    passage: Passage
    score: float

    def to_dict(self) -> dict[str, Any]:
        """The hit as `sanad search --json` has it."""
        p = self.passage
        return {
            "article_id": p.article_id,
            "passage_id": p.id,
            "text": p.text,
            "start": p.start,
            "end": p.end,
            "score": round(self.score, 6),
        }


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim stretch of an article, one or two sentences, and the passage it stands in."""

    article_id: str
    start: int
    end: int
    text: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quote of an answer, with what is known about its article."""

    number: int
    article_id: str
    title: str
    publisher: str
    published: str | None
    published_basis: str | None
    url: str | None
    quote: str
    start: int
    end: int
    passage: str
    gloss: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer and the numbers of the citations that carry it."""

    text: str
    citations: tuple[int, ...]
    verdict: Literal["quoted", "supported"]
    event: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A sentence that failed the check, and why; never part of the answer's text."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence a writer proposes: a quotation of the first of `quotes`, or words of its own resting on `passages`.

    Attributes:
        text: as it is to be shown.
        quotes: what it quotes first, and others of other articles that say the same.
        passages: what words of the writer's own rest on.
        event: the date of what is told, as it is shown.
        speaker: who says it, as the article has it.
    """

    text: str
    quotes: tuple[Quote, ...] = ()
    passages: tuple[Passage, ...] = ()
    event: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """The number, date, time, place or person asked for.

    Attributes:
        text: as it is shown.
        type: what it is.
        value: the same for all ways of telling it.
        source: the words of the first quote that tell it.
        quotes: that give it.
    """

    text: str
    type: str
    value: str
    source: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One of several values told of the same thing: as it is shown, the words of the quote that tell it, and whose they are."""

    text: str
    source: str
    speaker: str | None
    quote: Quote


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Different values told of the same thing; `about` is what the question calls it."""

    about: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a writer proposes.

    Attributes:
        writer: its name.
        sentences: in order.
        short: the short answer, where one is certain.
        disagreement: the different values that are told, where they differ.
        contradicts: whether the sentences tell the opposite of what the question takes for granted.
    """

    writer: str
    sentences: tuple[DraftSentence, ...]
    short: ShortAnswer | None = None
    disagreement: Disagreement | None = None
    contradicts: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What Answer and Refusal share; the keys of the JSON contract are always all there."""

    question: str
    language: Language
    text: str
    writer: str
    elapsed_ms: int = 0
    premise: Literal["contradicted"] | None = None
    read_as: str | None = None
    short: Mapping[str, Any] | None = None
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    disagreements: tuple[Mapping[str, Any], ...] = ()
    withheld: tuple[Withheld, ...] = ()
    nearest: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The reply as the JSON contract of `sanad ask --json` has it."""
        kind = "answer" if isinstance(self, Answer) else "refusal"
        keys = (
            "text premise read_as short claims citations disagreements withheld nearest notices writer elapsed_ms"
        ).split()
        fields = asdict(self)
        return {"question": self.question, "language": self.language, "kind": kind} | {
            key: list(fields[key]) if isinstance(fields[key], tuple) else fields[key] for key in keys
        }


@dataclass(frozen=True, slots=True)
class Answer(Reply):
    """An answer whose every sentence is tied to checked quotes."""


@dataclass(frozen=True, slots=True)
class Refusal(Reply):
    """The articles do not answer the question; `nearest` shows what comes closest."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be ingested: its name, the line where there is one, and why, in English and in Arabic."""

    source: str
    line: int | None
    error: str
    error_arabic: str = field(default="", compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The failure as `sanad ingest --json` has it."""
        return {"source": self.source, "line": self.line, "error": self.error}


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did, in articles; `passages` counts those written."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: int = 0
    passages: int = 0
    failed: tuple[Failure, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The report as `sanad ingest --json` has it."""
        return asdict(self) | {"failed": [failure.to_dict() for failure in self.failed]}
