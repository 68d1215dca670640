"""The check between a draft and the reader: draft and articles in, Answer or Refusal out. Pure.

The same for every writer. A quoted sentence must be its quote, and the quote must stand in its article, letter for letter, at its offsets;
what fails is withheld and listed. Citations are numbered in the order the answer uses them, and only those it uses are kept.
"""

from collections.abc import Collection, Mapping, Sequence

from rag.model import Answer, Article, Citation, Claim, Draft, Language, Quote, Refusal, Reply, Withheld
from rag.phrases import phrase


def grounded(question: str, language: Language, draft: Draft, articles: Mapping[str, Article]) -> Reply:
    """Check a draft sentence by sentence; a Refusal when nothing of it stands."""
    claims: list[Claim] = []
    withheld: list[Withheld] = []
    numbers: dict[int, int] = {}
    for text, used in draft.sentences:
        reason = _fault(text, used, draft.quotes, articles)
        if reason:
            withheld.append(Withheld(text, reason))
            continue
        cited = tuple(numbers.setdefault(i, len(numbers) + 1) for i in used)
        claims.append(Claim(text, cited, "quoted"))
    if not claims:
        return refusal(question, language, (), (), articles, writer=draft.writer, withheld=withheld)
    citations = tuple(_citation(number, draft.quotes[i], articles) for i, number in numbers.items())
    return Answer(
        question=question,
        language=language,
        text=_text(language, claims, {citation.article_id for citation in citations}),
        writer=draft.writer,
        claims=tuple(claims),
        citations=citations,
        withheld=tuple(withheld),
    )


def refusal(
    question: str,
    language: Language,
    missing: Sequence[str],
    nearest: Sequence[Quote],
    articles: Mapping[str, Article],
    *,
    writer: str,
    withheld: Sequence[Withheld] = (),
) -> Refusal:
    """Say that the articles do not answer, what of the question is not in them, and what comes closest."""
    if missing:
        listed = phrase(language, "listing_comma").join(missing)
        text = phrase(language, "refusal_missing", missing=listed)
    else:
        text = phrase(language, "refusal_subject")
    related = [quote for quote in nearest if not _misquoted(quote, articles)]
    return Refusal(
        question=question,
        language=language,
        text=text,
        writer=writer,
        withheld=tuple(withheld),
        nearest=tuple(_citation(i, quote, articles) for i, quote in enumerate(related, 1)),
    )


def _fault(text: str, used: Sequence[int], quotes: Sequence[Quote], articles: Mapping[str, Article]) -> str | None:
    """Why a sentence may not be shown; None when it may."""
    if not used or any(not 0 <= i < len(quotes) for i in used):
        return "no_citation"
    if any(_misquoted(quotes[i], articles) for i in used):
        return "not_verbatim"
    if text != f"«{quotes[used[0]].text}»":
        return "not_the_quote"
    return None


def _misquoted(quote: Quote, articles: Mapping[str, Article]) -> bool:
    article = articles.get(quote.article_id)
    return article is None or not quote.text or article.text[quote.start : quote.end] != quote.text


def _citation(number: int, quote: Quote, articles: Mapping[str, Article]) -> Citation:
    article = articles[quote.article_id]
    return Citation(
        number=number,
        article_id=article.id,
        title=article.title,
        publisher=article.publisher,
        published=article.published or None,
        published_basis=article.basis or None,
        url=article.url or None,
        quote=quote.text,
        start=quote.start,
        end=quote.end,
        passage=quote.passage.text,
    )


def _text(language: Language, claims: Sequence[Claim], articles: Collection[str]) -> str:
    lead = phrase(language, "answer_lead_one" if len(articles) == 1 else "answer_lead_many")
    lines = [f"{claim.text} " + "".join(f"[{number}]" for number in claim.citations) for claim in claims]
    return "\n".join([lead, *lines])
