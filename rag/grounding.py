"""The check between a draft and the reader: sentences and articles in, Answer or Refusal out. Pure.

The same for every writer, sentence by sentence. A quotation must be its quote, and every quote must stand in its article, letter for letter, at its
offsets; a sentence in the writer's own words must be carried by quotes that `rag.support` finds in the passages it cites. What fails is
withheld and listed. Citations are numbered in the order the answer uses them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from rag.evidence import Material
from rag.language.characters import script
from rag.language.gloss import gloss
from rag.language.sentences import split_sentences
from rag.model import (
    Answer,
    Article,
    Citation,
    Claim,
    Disagreement,
    Draft,
    DraftSentence,
    Language,
    Passage,
    Quote,
    Refusal,
    ShortAnswer,
    Withheld,
)
from rag.phrases import phrase

_MOST_CITATIONS = 4
_ENDINGS = ".!?؟…"
_LIKE_A_MARK = re.compile(r"\[(?=\d+\])")
WORD_JOINER = "\u2060"  # has no width


class Check:
    """The check of one answer: give it sentences with `take`, then ask for the `reply`."""

    def __init__(
        self,
        question: str,
        language: Language,
        writer: str,
        material: Material,
        *,
        most_citations: int = _MOST_CITATIONS,
    ) -> None:
        self._question = question
        self._most_citations = most_citations
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
        if reason is None and len(self._quotes) + len(fresh) > self._most_citations:
            reason = "too_many_citations"
        if reason is not None:
            self._withheld.append(Withheld(sentence.text, reason))
            return None
        numbers = tuple(self._number(quote) for quote in quotes)
        verdict: Literal["quoted", "supported"] = "quoted" if sentence.quotes else "supported"
        claim = Claim(sentence.text, numbers, verdict, sentence.event, sentence.speaker)
        self._claims.append(claim)
        return claim

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """What did not pass so far."""
        return tuple(self._withheld)

    def reply(
        self,
        missing: Sequence[str] = (),
        nearest: Sequence[Quote] = (),
        draft: Draft | None = None,
        lacking: str | None = None,
    ) -> Answer | Refusal:
        """The answer of all claims that passed, or where there is none a refusal that says what is missing.

        Args:
            missing: what of the question no article holds.
            nearest: what comes closest.
            draft: whose short answer and differing values are checked, too, and shown with the claims.
            lacking: what the articles do not tell of what they hold, "name", "number" or "time".
        """
        articles = self._material.articles
        if not self._claims:
            refused = refusal(
                self._question, self._language, missing, nearest, articles, writer=self._writer, withheld=self._withheld
            )
            return (
                replace(refused, text=phrase(self._language, f"refusal_{lacking}"))
                if lacking and not missing
                else refused
            )
        answer = Answer(
            question=self._question,
            language=self._language,
            text="",
            writer=self._writer,
            premise="contradicted" if draft and draft.contradicts else None,
            short=self._short(draft.short) if draft and draft.short else None,
            claims=tuple(self._claims),
            citations=tuple(
                _citation(number, quote, articles, self._language) for number, quote in self._quotes.values()
            ),
            disagreements=self._disagreements(draft.disagreement) if draft and draft.disagreement else (),
            withheld=tuple(self._withheld),
        )
        return replace(answer, text=answer_text(answer))

    def _short(self, short: ShortAnswer) -> Mapping[str, Any] | None:
        """The short answer, if its source stands in every quote that it cites."""
        numbers = self._numbers(short.quotes)
        if not numbers or short.source not in short.quotes[0].text:
            self._withheld.append(Withheld(short.text, "not_the_quote"))
            return None
        return {"text": short.text, "type": short.type, "value": short.value, "citations": list(numbers)}

    def _disagreements(self, disagreement: Disagreement) -> tuple[Mapping[str, Any], ...]:
        """The differing values that stand in quotes of the answer, if there are two of them still."""
        values = [
            {"value": value.text, "speaker": value.speaker, "citations": list(numbers)}
            for value in disagreement.values
            if (numbers := self._numbers([value.quote])) and value.source in value.quote.text
        ]
        return ({"about": disagreement.about, "values": values},) if len(values) > 1 else ()

    def _numbers(self, quotes: Sequence[Quote]) -> tuple[int, ...]:
        """The numbers of quotes that the answer cites; none if one is not among them."""
        places = [(quote.article_id, quote.start, quote.end) for quote in quotes]
        return tuple(self._quotes[place][0] for place in places) if all(p in self._quotes for p in places) else ()

    def _carried(self, sentence: DraftSentence) -> tuple[tuple[Quote, ...], str | None]:
        """The quotes that carry a sentence, or why none do."""
        if sentence.quotes:
            quotes, reason = sentence.quotes, None
            if sentence.text != f"«{quotes[0].text}»":
                reason = "not_the_quote"
        else:
            from rag.support import find_support  # large, and no quotation needs it

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
        nearest=tuple(_citation(i, quote, articles, language) for i, quote in enumerate(related, 1)),
    )


def spoken_to(question: str, language: Language, *, writer: str) -> Refusal:
    """What is said to a question in a language that Sanad does not read."""
    return Refusal(question=question, language=language, text=phrase(language, "refusal_language"), writer=writer)


def carries(citation: Citation, translation: str, material: Material) -> bool:
    """Whether a quote carries each sentence of its translation."""
    from rag.support import find_support

    passage = Passage("", citation.article_id, citation.start, citation.end, citation.quote)
    sentences = split_sentences(translation)
    return all(not find_support(DraftSentence(one.strip(), passages=(passage,)), material).reason for one in sentences)


def _misquoted(quote: Quote, articles: Mapping[str, Article]) -> bool:
    article = articles.get(quote.article_id)
    return article is None or not quote.text or article.text[quote.start : quote.end] != quote.text


def _citation(number: int, quote: Quote, articles: Mapping[str, Article], language: Language) -> Citation:
    article = articles[quote.article_id]
    foreign = language == "en" and script(quote.text) == "ar"
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
        gloss=gloss(quote.text) if foreign else None,
    )


def answer_text(answer: Answer) -> str:
    """The text of an answer, one part a line.

    First the short answer and what the sources differ on; then the quotes under a line that says where they are from, or sentences of a writer's
    own one after the other. "[7]" in a quote has a word joiner in it: it looks the same, and is no mark.
    """
    lines = []
    if answer.short:
        lines.append(f"{_unmistakable(answer.short['text'])} {_marks(answer.short['citations'])}")
    for differing in answer.disagreements:
        lines.append(phrase(answer.language, "differ_lead", about=differing["about"]))
        lines += [_voiced(value, answer.language) for value in differing["values"]]
    if answer.claims[0].verdict == "supported":
        return "\n".join([*lines, " ".join(_marked(claim) for claim in answer.claims)])
    articles = len({citation.article_id for citation in answer.citations})
    lead = "premise_contradicted" if answer.premise else "answer_lead_one" if articles == 1 else "answer_lead_many"
    lines.append(phrase(answer.language, lead))
    several = len({claim.event for claim in answer.claims if claim.event}) > 1
    told: str | None = None
    for claim in answer.claims:
        if several and claim.event and claim.event != told:
            lines.append(phrase(answer.language, "event_dated", date=claim.event))
            told = claim.event
        lines.append(_marked(claim))
    return "\n".join(lines)


def _voiced(value: Mapping[str, Any], language: Language) -> str:
    """A value with whoever tells it."""
    marks = _marks(value["citations"])
    told = _unmistakable(value["value"])
    if value["speaker"]:
        return phrase(language, "differ_voice", value=told, speaker=_unmistakable(value["speaker"]), marks=marks)
    return phrase(language, "differ_value", value=told, marks=marks)


def _marks(numbers: Sequence[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)


def _marked(claim: Claim) -> str:
    """A claim with its numbers, before the full stop of a sentence and after a quotation."""
    numbers, text = _marks(claim.citations), _unmistakable(claim.text)
    bare = text.rstrip(_ENDINGS)
    if claim.verdict == "quoted" or not bare:
        return f"{text} {numbers}"
    return f"{bare} {numbers}{text[len(bare) :] or '.'}"


def _unmistakable(said: str) -> str:
    """What is said, with nothing in it that may be taken for a citation's mark."""
    return _LIKE_A_MARK.sub(f"[{WORD_JOINER}", said)
