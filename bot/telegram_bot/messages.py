"""Replies and passages as Telegram messages. Pure: a reply in, messages out."""

from collections.abc import Iterator

from bot.outline import Line, Part, outline, understood, unquoted
from bot.render import human_date
from bot.strings import say
from bot.telegram_bot.markup import HtmlMessage, Paragraph, messages
from rag.model import Article, Citation, Language, Reply
from rag.phrases import phrase

_BASES = {"inferred from the text": "basis_text", "inferred from elsewhere": "basis_elsewhere"}
_NOTICES = {
    "llm_unavailable": "telegram_model_unavailable",
    "llm_unverified": "telegram_model_unverified",
    "llm_language": "telegram_model_language",
}

_LONGEST_REFUSAL = 500  # characters


def reply_messages(reply: Reply) -> list[HtmlMessage]:
    """An answer with its sources, or a refusal with what comes closest."""
    paragraphs = _answer(reply) if reply.citations else _refusal(reply)
    return messages([*paragraphs, *_remarks(reply)])


def passage_messages(
    article: Article, citation: tuple[int, int, str], number: int, language: Language, gloss: str | None = None
) -> list[HtmlMessage]:
    """The passage behind a source's number, its quoted words bold.

    Args:
        article: it stands in.
        citation: where the quote starts and ends in the article, and the passage around it.
        number: of the source in its answer.
        language: of the date.
        gloss: English for the quote, word for word.
    """
    start, end, passage = citation
    quote = article.text[start:end]
    at = passage.find(quote)
    if at < 0:  # a quote of two sentences can reach beyond its passage
        passage, at = quote, 0
    dated = _dated(article.published, article.basis, language)
    paragraphs = [
        Paragraph(_source_lines(number, (article.title, article.publisher), dated, article.id)),
        Paragraph(passage, (at, at + len(quote)), quoted=True, tight=True),
    ]
    if gloss:
        paragraphs.append(Paragraph(say(language, "gloss", gloss=gloss), italic=True, tight=True, language="en"))
    if article.url:
        paragraphs.append(Paragraph(article.url, tight=True))
    return messages(paragraphs)


def text_messages(text: str) -> list[HtmlMessage]:
    """A sentence of the bot's own, or several paragraphs of them."""
    return messages([Paragraph(part) for part in text.split("\n\n")])


def _answer(reply: Reply) -> Iterator[Paragraph]:
    for group in outline(reply):
        for before, part in zip([None, *group], group, strict=False):
            yield from _part(part, before, reply.language)
    rest = unquoted(reply)
    for i, citation in enumerate(citation for citation in reply.citations if citation not in rest):
        yield Paragraph(_source(citation, reply.language), tight=i > 0)
    for citation in rest:
        yield from _quoted(citation, reply.language)


def _part(part: Part, before: Part | None, language: Language) -> Iterator[Paragraph]:
    """A part of a group; a quotation stands close to the line that leads it in, not to another quotation."""
    if isinstance(part, Line):
        yield Paragraph(part.text, (0, part.bold), tight=before is not None, language=language)
        return
    yield Paragraph(part.text, tight=isinstance(before, Line))
    if part.voice:
        yield Paragraph(part.voice, tight=True, language=language)


def _refusal(reply: Reply) -> Iterator[Paragraph]:
    for line in understood(reply):
        yield Paragraph(line.text, language=reply.language)
    # It names what is missing in the question's own words, of which there may be thousands.
    text = reply.text if len(reply.text) <= _LONGEST_REFUSAL else reply.text[:_LONGEST_REFUSAL] + "…"
    yield Paragraph(text, tight=bool(reply.read_as), language=reply.language)
    if reply.nearest:
        yield Paragraph(phrase(reply.language, "refusal_nearest"), language=reply.language)
    for citation in reply.nearest:
        yield from _quoted(citation, reply.language, tight=citation is reply.nearest[0])


def _quoted(citation: Citation, language: Language, *, tight: bool = False) -> Iterator[Paragraph]:
    yield Paragraph(f"«{citation.quote}»", quoted=True, tight=tight)
    yield Paragraph(_source(citation, language), tight=True)


def _remarks(reply: Reply) -> Iterator[Paragraph]:
    """What the reader should know about how the reply came about."""
    if reply.withheld:
        yield Paragraph(say(reply.language, "withheld", len(reply.withheld)), language=reply.language)
    for notice in reply.notices:
        if notice in _NOTICES:
            yield Paragraph(say(reply.language, _NOTICES[notice]), language=reply.language)


def _source(citation: Citation, language: Language) -> str:
    basis = citation.published_basis or ""
    dated = _dated(citation.published or "", basis, language)
    return _source_lines(citation.number, (citation.title, citation.publisher), dated, citation.article_id)


def _source_lines(number: int, names: tuple[str, str], dated: str, article_id: str) -> str:
    """A source in two lines, for the names are in the article's language and the date in the reader's."""
    named = " · ".join(name.replace("\n", " ") for name in names if name)
    return f"[{number}] " + ("\n".join(line for line in (named, dated) if line) or article_id)


def _dated(published: str, basis: str, language: Language) -> str:
    known = say(language, _BASES[basis]) if published and basis in _BASES else ""
    return " · ".join(fact for fact in (human_date(published, language), known) if fact)
