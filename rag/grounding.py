"""The check between a draft and the reader: sentences and articles in, Answer or Refusal out. Pure.

The same for every writer, sentence by sentence. A quotation must be its quote, and every quote must stand in its article, letter for letter, at its
offsets; a sentence in the writer's own words must be carried by quotes that `rag.support` finds in the passages it cites. What fails is
withheld and listed. Citations are numbered in the order the answer uses them.
"""

from collections.abc import Mapping, Sequence

from rag.evidence import Material
from rag.model import Answer, Article, Citation, Claim, DraftSentence, Language, Quote, Refusal, Withheld
from rag.phrases import phrase
from rag.support import find_support

_MOST_CITATIONS = 4
_ENDINGS = ".!?؟…"


class Check:
    """The check of one answer: give it sentences with `take`, then ask for the `reply`."""

    def __init__(self, question: str, language: Language, writer: str, material: Material) -> None:
        self._question = question
        self._language = language
        self._writer = writer
        self._material = material
        self._claims: list[Claim] = []
        self._withheld: list[Withheld] = []
        self._quotes: dict[tuple[str, int, int], tuple[int, Quote]] = {}

    def take(self, sentence: DraftSentence) -> Claim | None:
        """The sentence as a claim with its citations, if it passes; else it is withheld."""
        quotes, reason = self._carried(sentence)
        fresh = {(q.article_id, q.start, q.end) for q in quotes} - self._quotes.keys()
        if reason is None and len(self._quotes) + len(fresh) > _MOST_CITATIONS:
            reason = "too_many_citations"
        if reason is not None:
            self._withheld.append(Withheld(sentence.text, reason))
            return None
        claim = Claim(
            sentence.text, tuple(self._number(quote) for quote in quotes), "quoted" if sentence.quotes else "supported"
        )
        self._claims.append(claim)
        return claim

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """What did not pass so far."""
        return tuple(self._withheld)

    def reply(self, missing: Sequence[str] = (), nearest: Sequence[Quote] = ()) -> Answer | Refusal:
        """The answer of all claims that passed, or where there is none a refusal that says what is missing."""
        articles = self._material.articles
        if not self._claims:
            return refusal(
                self._question, self._language, missing, nearest, articles, writer=self._writer, withheld=self._withheld
            )
        citations = tuple(_citation(number, quote, articles) for number, quote in self._quotes.values())
        return Answer(
            question=self._question,
            language=self._language,
            text=_text(self._language, self._claims, len({c.article_id for c in citations})),
            writer=self._writer,
            claims=tuple(self._claims),
            citations=citations,
            withheld=tuple(self._withheld),
        )

    def _carried(self, sentence: DraftSentence) -> tuple[tuple[Quote, ...], str | None]:
        """The quotes that carry a sentence, or why none do."""
        if sentence.quotes:
            quotes, reason = sentence.quotes, None
            if sentence.text != f"«{quotes[0].text}»":
                reason = "not_the_quote"
        else:
            support = find_support(sentence, self._material)
            quotes, reason = support.quotes, support.reason
        if reason is None and any(_misquoted(quote, self._material.articles) for quote in quotes):
            reason = "not_verbatim"
        return quotes, reason

    def _number(self, quote: Quote) -> int:
        place = (quote.article_id, quote.start, quote.end)
        return self._quotes.setdefault(place, (len(self._quotes) + 1, quote))[0]


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


def _text(language: Language, claims: Sequence[Claim], articles: int) -> str:
    """Quotes under a line that says where they are from; sentences of a writer's own one after the other."""
    if claims[0].verdict == "supported":
        return " ".join(_marked(claim) for claim in claims)
    lead = phrase(language, "answer_lead_one" if articles == 1 else "answer_lead_many")
    return "\n".join([lead, *(_marked(claim) for claim in claims)])


def _marked(claim: Claim) -> str:
    """A claim with its numbers, before the full stop of a sentence and after a quotation."""
    numbers = "".join(f"[{number}]" for number in claim.citations)
    bare = claim.text.rstrip(_ENDINGS)
    if claim.verdict == "quoted" or not bare:
        return f"{claim.text} {numbers}"
    return f"{bare} {numbers}{claim.text[len(bare) :] or '.'}"
