"""Replies and passages as Telegram messages. Pure: a reply in, messages out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.outline import Line, Part, outline, sentence, understood, unquoted
from bot.render import human_date
from bot.strings import say
from bot.telegram_bot.markup import HtmlMessage, Paragraph, clean, messages
from rag.language.characters import script
from rag.model import Answer, Article, Citation, Claim, Language, Reply
from rag.phrases import phrase

_BASES = {"inferred from the text": "basis_text", "inferred from elsewhere": "basis_elsewhere"}
_NOTICES = {
    "llm_unavailable": "telegram_model_unavailable",
    "llm_unverified": "telegram_model_unverified",
    "llm_language": "telegram_model_language",
}

_LONGEST_REFUSAL = 500  # characters


def reply_messages(reply: Reply, *, edited: bool = False) -> list[HtmlMessage]:
    """An answer with its sources, or a refusal with what comes closest; `edited` says that it is to a question as it was edited."""
    lead = [Paragraph(say(reply.language, "telegram_edited"), italic=True, language=reply.language)] if edited else []
    return messages([*lead, *_reply(reply), *_remarks(reply)])


def unfinished_message(claims: Sequence[Claim]) -> HtmlMessage:
    """The sentences of an answer that is being written; of more than one message's worth the first."""
    text = " ".join(sentence(claim) for claim in claims)
    return messages([Paragraph(f"{text} …", language=script(text))])[0]


def inline_message(answer: Answer) -> HtmlMessage:
    """An answer as one message, under its question, for it stands where nobody has asked; the last claims are left out where they have no room."""
    asked = Paragraph(answer.question, italic=True)
    for count in range(len(answer.claims), -1, -1):
        shortened = _shortened(answer, count)
        if shortened.citations and len(fitting := messages([asked, *_answer(shortened)])) == 1:
            return fitting[0]
    return messages([asked, *_answer(answer)])[0]


def title(answer: Answer) -> str:
    """The short answer, or else the first sentence, on one line."""
    text = str(answer.short["text"]) if answer.short else next(iter(answer.claims), answer).text
    return " ".join(clean(text).split())


def passage_paragraphs(
    article: Article, citation: tuple[int, int, str], number: int, language: Language, gloss: str | None = None
) -> Iterator[Paragraph]:
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
    yield Paragraph(_source_lines(number, (article.title, article.publisher), dated, article.id))
    yield Paragraph(passage, (at, at + len(quote)), quoted=True, tight=True)
    if gloss:
        yield _glossed(gloss, language)
    if article.url:
        yield Paragraph(article.url, tight=True)


def text_messages(text: str, language: Language | None = None) -> list[HtmlMessage]:
    """A sentence of the bot's own, or several paragraphs of them; without a language each line has that of most of its letters."""
    return messages([Paragraph(part, language=language) for part in text.split("\n\n")])


def _reply(reply: Reply) -> Iterator[Paragraph]:
    return _answer(reply) if reply.citations else _refusal(reply)


def _shortened(answer: Answer, count: int) -> Answer:
    """The answer with only its first claims, and without the citations that only others have."""
    claims = answer.claims[:count]
    numbers = {number for claim in claims for number in claim.citations}
    numbers |= set(answer.short["citations"] if answer.short else ())
    numbers |= {n for one in answer.disagreements for value in one["values"] for n in value["citations"]}
    return replace(answer, claims=claims, citations=tuple(one for one in answer.citations if one.number in numbers))


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
    if gloss := next((citation.gloss for citation in part.citations if citation.gloss), None):
        yield _glossed(gloss, language)


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


def _glossed(gloss: str, language: Language) -> Paragraph:
    return Paragraph(say(language, "gloss", gloss=gloss), italic=True, tight=True, language="en")


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
