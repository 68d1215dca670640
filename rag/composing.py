"""The extractive answer composed of what was read: which quotes, in what order, with the short answer, the events, and what the sources differ on."""

from collections.abc import Mapping, Sequence

from rag.disagreement import Differing, disagreement
from rag.event import Events, events
from rag.event_date import EventDate, dated, label
from rag.evidence import Evidence, Material
from rag.language.analyzer import analyze
from rag.model import Draft, DraftSentence, Language, Quote, ShortAnswer
from rag.phrases import phrase
from rag.premise import contradiction
from rag.question import Question
from rag.reading import WRITER, Close, Ranked, Reading, quote_of
from rag.short import short_answer
from rag.voices import voice
from rag.yes_no import verdict

_READ = 30  # sentences among which events are told apart
_JUDGED = 16  # sentences that are looked at for a yes or no
_SAME = 0.7  # share of the stems of two quotes that they have in common, when they are one claim
_ARTICLES_ALIKE = 0.6  # the same of two articles, when one is a copy of the other


def compose(
    question: Question, language: Language, reading: Reading, rarities: Sequence[float], material: Material
) -> Draft | None:
    """The draft of an answer; None where what was read does not answer.

    Args:
        question: as understood.
        language: of the answer's fixed sentences and of the short answer.
        reading: what was read.
        rarities: how telling each concept of the question is.
        material: what it was read from.
    """
    if reading.lacking == "deed":
        return None
    wide = [Close(one.evidence, quote_of(one.evidence, material)) for one in reading.ranked[:_READ]]
    happened = events([(material.articles[one.quote.article_id], one.quote.text) for one in wide], question)
    told = _of_asked_events(reading.ranked, happened) if reading.quoted else []
    differing = disagreement(question, language, rarities, told, material)
    # What several voices put different values to is not denied by a sentence that denies something near it.
    opposite = (
        None if differing else contradiction(question, [one.evidence for one in reading.everything], rarities, material)
    )
    if opposite:
        return contradicting(opposite.evidence, material)
    if not reading.quoted:
        return None
    fitting = _fitting(question, reading.close, wide, happened, material)
    quoted = {one.quote for one in reading.quoted}
    chosen = [one for one in fitting if one.quote in quoted] or fitting[:1]
    chosen = _with_values(_telling_first(question, chosen, told, material), differing)
    dates = _dates(wide, happened, material)
    sentences = _claims(chosen, dates, language, material)
    several = question.type == "when" and happened.choice == "any" and len(happened.asked) > 1
    short = None if differing or several else _short(question, language, chosen[0], reading, material)
    return Draft(WRITER, tuple(sentences), short, differing.disagreement if differing else None)


Place = tuple[str, int]  # an article and the index of a sentence in it


def _place(one: Close) -> Place:
    return one.evidence.passage.article_id, one.evidence.index


def _fitting(
    question: Question, close: Sequence[Close], wide: Sequence[Close], happened: Events, material: Material
) -> list[Close]:
    """Without the sentences of events that the question does not ask for; newest event first where it fits several that were reported.

    Of the last event, or the first, the best sentences are taken even where others answer better.
    """
    other = {_place(wide[i]) for event in happened.other for i in event.members}
    order = {_place(wide[i]): place for place, event in enumerate(happened.asked) for i in event.members}
    if happened.choice in {"newest", "oldest"} and order:
        return [one for one in close if _place(one) in order] or [one for one in wide if _place(one) in order][:1]
    if happened.choice == "named" and order and _place(close[0]) not in other:
        return [one for one in close if _place(one) not in other]
    if happened.choice == "any" and len(happened.asked) > 1 and question.type != "when":
        reported = all(material.articles[article_id].published for article_id, _ in order)
        return sorted(close, key=lambda one: order.get(_place(one), len(order))) if reported else list(close)
    return list(close)


def _dates(wide: Sequence[Close], happened: Events, material: Material) -> dict[Place, EventDate]:
    """When that happened of which each sentence tells: on the date that it states itself, else on that of its event."""
    dates = {}
    for event in (*happened.asked, *happened.other):
        for one in (wide[i] for i in event.members):
            sentence, article = one.evidence.sentence, material.articles[one.quote.article_id]
            own = dated(article, article.text[sentence.start : sentence.end])
            dates[_place(one)] = own if own and own.basis == "stated" else event.date
    return dates


def _of_asked_events(ranked: Sequence[Ranked], happened: Events) -> list[Ranked]:
    """The sentences, best first, without those of other events than the question chooses."""
    other = {i for event in happened.other for i in event.members} if happened.choice != "any" else set()
    return [one for i, one in enumerate(ranked) if i not in other]


def _telling_first(
    question: Question, chosen: Sequence[Close], told: Sequence[Ranked], material: Material
) -> list[Close]:
    """Before the others the quote that tells yes or no, where no other tells the opposite."""
    if question.type != "yes_no":
        return list(chosen)
    verdicts = [(one.evidence, verdict(question, one.evidence, material)) for one in told[:_JUDGED]]
    deciding = [evidence for evidence, answer in verdicts if answer]
    if len({answer for _, answer in verdicts if answer}) != 1:
        return list(chosen)
    own = next((one for one in chosen if one.evidence is deciding[0]), None)
    first = own or Close(deciding[0], quote_of(deciding[0], material))
    return [first, *(one for one in chosen if one is not own)][: max(2, len(chosen))]


def _with_values(chosen: Sequence[Close], differing: Differing | None) -> list[Close]:
    """The quotes that tell the differing values, and the best one where it is apart from them; the chosen ones where nothing differs."""
    if differing is None:
        return list(chosen)
    best = chosen[0].quote
    apart = not any(
        one.quote.article_id == best.article_id and one.quote.start < best.end and best.start < one.quote.end
        for one in differing.quoted
    )
    return [*differing.quoted, *(chosen[:1] if apart else [])]


def _claims(
    chosen: Sequence[Close], dates: Mapping[Place, EventDate], language: Language, material: Material
) -> list[DraftSentence]:
    """One claim a quote; what another article says in the same words is another citation of it, a copy of an article is none."""
    claims: list[tuple[Close, list[Quote]]] = []
    for one in chosen:
        same = next((kept for first, kept in claims if _is_same(first.quote.text, one.quote.text)), None)
        if same is None:
            claims.append((one, [one.quote]))
        elif not any(_is_copy(one.quote, other, material) for other in same):
            same.append(one.quote)
    return [
        DraftSentence(
            f"«{one.quote.text}»",
            quotes=tuple(quotes),
            event=_dated(dates.get(_place(one)), language),
            speaker=_speaker(one.evidence, material),
        )
        for one, quotes in claims
    ]


def _is_same(one: str, other: str) -> bool:
    """Whether two quotes say the same: in nearly the same words, and with the same figures."""
    figures = ({term.text for term in analyze(text) if term.kind != "stem"} for text in (one, other))
    return _alike(one, other) >= _SAME and next(figures) == next(figures)


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


def _short(
    question: Question, language: Language, best: Close, reading: Reading, material: Material
) -> ShortAnswer | None:
    """The short answer that the first quote gives, where it is certain."""
    if question.type != "yes_no":
        return short_answer(question, language, reading.ranked, best.quote, material)
    told = verdict(question, best.evidence, material)
    return ShortAnswer(phrase(language, told), "yes_no", told, best.quote.text, (best.quote,)) if told else None


def contradicting(evidence: Evidence, material: Material) -> Draft:
    """The draft that answers a false premise: the quote that tells the opposite."""
    quote = quote_of(evidence, material)
    sentence = DraftSentence(f"«{quote.text}»", quotes=(quote,), speaker=_speaker(evidence, material))
    return Draft(WRITER, (sentence,), contradicts=True)
