"""Replies and hits as lines of text for a terminal. Pure: a reply in, strings out."""

from collections.abc import Iterator, Sequence

from bot.bidi import Mode, lay_out
from bot.outline import Line, Quotation, outline, understood, unquoted
from bot.strings import say
from rag.model import Article, Citation, Hit, Language, Reply
from rag.phrases import phrase

_INDENT = "    "
_LIST_INDENT = "  "


def reply_lines(reply: Reply, mode: Mode, width: int) -> list[str]:
    """An answer with its sources, or a refusal with what comes closest.

    A sentence that is a quote is shown once, above its source; other sentences are followed by the quotes they rest on.
    """
    lines = _answer_lines(reply, mode, width) if reply.citations else _refusal_lines(reply, mode, width)
    remarks = [say(reply.language, f"notice_{notice}") for notice in reply.notices]
    if reply.withheld:
        remarks.append(say(reply.language, "withheld", len(reply.withheld)))
    for remark in remarks:
        lines += ["", *lay_out(remark, mode, width, language=reply.language)]
    return lines


def _refusal_lines(reply: Reply, mode: Mode, width: int) -> list[str]:
    said = [*(line.text for line in understood(reply)), reply.text]
    lines = lay_out("\n".join(said), mode, width, language=reply.language)
    if reply.nearest:
        lines += ["", *lay_out(phrase(reply.language, "refusal_nearest"), mode, width, language=reply.language)]
    for citation in reply.nearest:
        lines += lay_out(f"«{citation.quote}»", mode, width, _INDENT)
        lines += _gloss(citation, reply.language, mode, width)
        lines += _source(citation, reply.language, mode, width)
    return lines


def _answer_lines(reply: Reply, mode: Mode, width: int) -> list[str]:
    lines: list[str] = []
    for group in outline(reply):
        lines += [""] if lines else []
        for part in group:
            lines += _part(part, reply.language, mode, width)
    for citation in unquoted(reply):
        lines += ["", *lay_out(f"[{citation.number}] «{citation.quote}»", mode, width)]
        lines += _gloss(citation, reply.language, mode, width)
        lines += _source(citation, reply.language, mode, width)
    return lines


def _part(part: Line | Quotation, language: Language, mode: Mode, width: int) -> list[str]:
    if isinstance(part, Line):
        return lay_out(part.text, mode, width, _LIST_INDENT if part.listed else "", language)
    lines = lay_out(part.text, mode, width)
    if part.voice:
        lines += lay_out(part.voice, mode, width, _INDENT, language)
    for i, citation in enumerate(part.citations):
        lines += _gloss(citation, language, mode, width) if i == 0 else []
        number = f"[{citation.number}] " if len(part.citations) > 1 else ""
        lines += _source(citation, language, mode, width, number)
    return lines


def hit_lines(hits: Sequence[Hit], mode: Mode, width: int) -> Iterator[str]:
    """Passages, best first, each under its id and score."""
    for hit in hits:
        place = f"{hit.score:.3f}  {hit.passage.article_id}  {hit.passage.start}–{hit.passage.end}"
        yield from lay_out(place, mode, width)
        yield from lay_out(hit.passage.text, mode, width, _INDENT)
        yield ""


def article_lines(article: Article, mode: Mode, width: int, language: Language) -> Iterator[str]:
    """An article: what is known about it, then its text."""
    yield from lay_out(article.id, mode, width)
    date = human_date(article.published, language)
    facts = [article.title, article.publisher, date, _basis(article.basis, language), article.url, article.source]
    for fact in facts:
        if fact:
            yield from lay_out(fact, mode, width, _INDENT)
    if article.note:
        yield from lay_out(article.note, mode, width, _INDENT)
    yield ""
    yield from lay_out(article.text, mode, width)


def human_date(iso: str, language: Language) -> str:
    """An ISO date as people write it, as precise as it is given.

    >>> human_date("2021-07-05", "en"), human_date("2024-07", "ar")
    ('5 July 2021', 'يوليو 2024')
    """
    if not iso:
        return ""
    year, *rest = iso.split("-")
    if not rest:
        return year
    month = say(language, "months").split()[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) == 2 else f"{month} {year}"


def _gloss(citation: Citation, language: Language, mode: Mode, width: int) -> list[str]:
    if not citation.gloss:
        return []
    return lay_out(say(language, "gloss", gloss=citation.gloss), mode, width, _INDENT, "en")


def _source(citation: Citation, language: Language, mode: Mode, width: int, number: str = "") -> list[str]:
    facts = [
        citation.publisher,
        human_date(citation.published or "", language),
        _basis(citation.published_basis or "", language),
        citation.title,
    ]
    line = " · ".join([f"{number}{citation.article_id}", *(fact for fact in facts if fact)])
    return lay_out(line, mode, width, _INDENT, language)


def _basis(basis: str, language: Language) -> str:
    """How a date is known, where it is not simply stated."""
    keys = {"inferred from the text": "basis_text", "inferred from elsewhere": "basis_elsewhere"}
    return say(language, keys[basis]) if basis in keys else ""
