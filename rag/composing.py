"""The extractive answer composed of what was read: which quotes, in what order, with the short answer, the events, and what the sources differ on."""

from collections.abc import Sequence
from dataclasses import replace

from rag.disagreement import disagreement
from rag.event import Events, events
from rag.event_date import EventDate, label
from rag.evidence import Evidence, Material
from rag.language.analyzer import analyze
from rag.model import Disagreement, Draft, DraftSentence, Language, Quote
from rag.phrases import phrase
from rag.question import Question
from rag.reading import WRITER, Close, Reading
from rag.short import short_answer
from rag.voices import voice

_SAME = 0.7  # share of the stems of two quotes that they have in common, when they are one claim
_ARTICLES_ALIKE = 0.6  # the same of two articles, when one is a copy of the other


def compose(question: Question, language: Language, reading: Reading, material: Material) -> Draft | None:
    """The draft of an answer; None where what was read does not answer.

    Args:
        question: as understood.
        language: of the answer's fixed sentences and of the short answer.
        reading: what was read.
        material: what it was read from.
    """
    if not reading.quoted:
        return None
    happened = events([(material.articles[one.quote.article_id], one.quote.text) for one in reading.close], question)
    fitting = _fitting(reading.close, happened)
    differing = disagreement(question, language, [(one.evidence, one.quote) for one in fitting], material)
    quoted = {one.quote for one in reading.quoted}
    chosen = [one for one in fitting if one.quote in quoted] or fitting[:1]
    chosen = _with_values(chosen, fitting, differing)
    sentences = _claims(chosen, reading.close, happened, language, material)
    short = None
    if differing is None:
        short = short_answer(question, language, reading.ranked, chosen[0].quote, material)
    return Draft(WRITER, tuple(sentences), short, differing)


def _fitting(close: Sequence[Close], happened: Events) -> list[Close]:
    """Without the sentences of events that the question does not ask for; newest event first where it fits several."""
    other = {i for event in happened.other for i in event.members}
    if not happened.asked or happened.choice == "any" or (happened.choice == "named" and 0 in other):
        other = set()  # it is not certain that they are not meant
    kept = [i for i in range(len(close)) if i not in other]
    if len(happened.asked) > 1 and happened.choice == "any":
        order = {i: place for place, event in enumerate(happened.asked) for i in event.members}
        kept.sort(key=lambda i: order.get(i, len(happened.asked)))
    return [close[i] for i in kept]


def _with_values(chosen: Sequence[Close], fitting: Sequence[Close], differing: Disagreement | None) -> list[Close]:
    """The chosen quotes, those first that tell the differing values."""
    if differing is None:
        return list(chosen)
    places = {value.quote: i for i, value in reversed(list(enumerate(differing.values)))}
    return sorted((one for one in fitting if one.quote in places), key=lambda one: places[one.quote])


def _claims(
    chosen: Sequence[Close], close: Sequence[Close], happened: Events, language: Language, material: Material
) -> list[DraftSentence]:
    """One claim a quote; what another article says in the same words is another citation of it, a copy of an article is none."""
    claims: list[tuple[Close, list[Quote]]] = []
    for one in chosen:
        same = next((kept for first, kept in claims if _alike(first.quote.text, one.quote.text) >= _SAME), None)
        if same is None:
            claims.append((one, [one.quote]))
        elif not any(_is_copy(one.quote, other, material) for other in same):
            same.append(one.quote)
    dates = {i: event.date for event in (*happened.asked, *happened.other) for i in event.members}
    return [
        DraftSentence(
            f"«{one.quote.text}»",
            quotes=tuple(quotes),
            event=_dated(dates.get(next(i for i, other in enumerate(close) if other is one)), language),
            speaker=_speaker(one.evidence, material),
        )
        for one, quotes in claims
    ]


def _alike(one: str, other: str) -> float:
    """Share of the stems of two texts that they have in common (Jaccard)."""
    first, second = ({term.text for term in analyze(text)} for text in (one, other))
    return len(first & second) / max(1, len(first | second))


def _is_copy(one: Quote, other: Quote, material: Material) -> bool:
    texts = [material.articles[quote.article_id].text for quote in (one, other)]
    return one.article_id == other.article_id or _alike(*texts) >= _ARTICLES_ALIKE


def _dated(date: EventDate | None, language: Language) -> str | None:
    """A date with how it is known, where it is not simply stated."""
    if date is None:
        return None
    shown = label(date.iso, language)
    basis = date.inferred or ("" if date.basis == "stated" else date.basis)
    key = {"relative": "date_relative", "article": "date_article"}.get(basis, "date_inferred")
    return phrase(language, key, date=shown) if basis and basis != "stated" else shown


def _speaker(evidence: Evidence, material: Material) -> str | None:
    article = material.articles[evidence.passage.article_id]
    return voice(article, material.sentences[article.id], evidence.index)


def contradicting(evidence: Evidence, quote: Quote, material: Material) -> Draft:
    """The draft that answers a false premise: the quote that tells the opposite."""
    sentence = DraftSentence(f"«{quote.text}»", quotes=(quote,), speaker=_speaker(evidence, material))
    return replace(Draft(WRITER, (sentence,)), contradicts=True)
