"""Made replies: each part of an answer in both languages, and any mixture of them."""

from typing import Any

from hypothesis import strategies as st

from rag.model import Answer, Citation, Claim, Language

ROCKETS = "سقطت ثلاثة صواريخ على الأقل في محيط القاعدة."
GRAD = "نقلت الأناضول عن مصدر عسكري قوله إن 6 صواريخ غراد استهدفت القاعدة."
UNHURT = "لم يسفر الهجوم عن سقوط قتلى أو جرحى، بحسب CNN."
COLONEL = "العقيد واين ماروتو"
QUESTION: dict[Language, str] = {"ar": "وماذا قال؟", "en": "And what did he say?"}


def citation(number: int, quote: str, article: str = "", **fields: str | None) -> Citation:
    known = {"title": "", "publisher": "", "published": None, "published_basis": None, "url": None} | fields
    article = article or f"00{number}"
    return Citation(number, article, quote=quote, start=0, end=len(quote), passage=quote, **known)  # type: ignore[arg-type]  # as mypy sees a dict


def quoted(number: int, quote: str, event: str | None = None, speaker: str | None = None) -> Claim:
    return Claim(f"«{quote}»", (number,), "quoted", event, speaker)


def short(text: str, *numbers: int) -> dict[str, Any]:
    return {"text": text, "type": "time", "value": text, "citations": list(numbers)}


def value(text: str, speaker: str | None, *numbers: int) -> dict[str, Any]:
    return {"value": text, "speaker": speaker, "citations": list(numbers)}


def answer(language: Language, claims: list[Claim], citations: list[Citation], **fields: Any) -> Answer:  # noqa: ANN401  # any field
    """An answer whose text says nothing, for front ends show its parts."""
    return Answer(
        QUESTION[language], language, "-", "extractive", claims=tuple(claims), citations=tuple(citations), **fields
    )


_EVENTS: dict[Language, tuple[str | None, ...]] = {
    "ar": (None, "5 يوليو/تموز 2021", "2024 (تاريخ مستنتج)"),
    "en": (None, "5 July 2021", "2024 (inferred)"),
}
_WORDS: dict[Language, tuple[str, ...]] = {
    "ar": ("الساعة 2:45 عصرا", "6", "F-16", "ثلاثة صواريخ على الأقل", "<b>&"),
    "en": ("2:45 pm", "6", "not less than five <soldiers> & others", "الأنبار", "(عين الأسد) base"),
}
_QUOTES = st.lists(
    st.sampled_from([ROCKETS, GRAD, UNHURT, "قال.\nوقع <b>الهجوم</b> & غيره.", "It was hit, said رويترز.", "6"]),
    min_size=1,
    max_size=6,
)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """An answer of any parts that go together, and some that seldom do."""
    language: Language = draw(st.sampled_from(("ar", "en")))
    citations = [
        citation(
            number,
            quote,
            title=draw(st.sampled_from(("", "هجوم على «عين الأسد»", "Attack"))),
            publisher=draw(st.sampled_from(("", "وكالة", "Reuters"))),
            published=draw(st.sampled_from((None, "2021", "2021-07-05"))),
        )
        for number, quote in enumerate(draw(_QUOTES), 1)
    ]
    numbers = st.lists(st.sampled_from(range(1, len(citations) + 1)), min_size=1, max_size=3, unique=True)
    told = st.sampled_from(_WORDS[language])
    speakers = st.sampled_from((None, COLONEL, "CNN", "مصدر عسكري"))
    values = st.builds(lambda *a: value(*a[:2], *a[2]), told, speakers, numbers)
    return answer(
        language,
        [draw(_claims(one, language, numbers, speakers)) for one in citations],
        citations,
        premise=draw(st.sampled_from((None, "contradicted"))),
        read_as=draw(st.sampled_from((None, *QUESTION.values()))),
        short=draw(st.none() | st.builds(lambda text, cited: short(text, *cited), told, numbers)),
        disagreements=tuple(
            {"about": about, "values": draw(st.lists(values, min_size=2, max_size=4))}
            for about in draw(st.lists(told, max_size=2))
        ),
    )


def _claims(
    one: Citation, language: Language, numbers: st.SearchStrategy[list[int]], speakers: st.SearchStrategy[str | None]
) -> st.SearchStrategy[Claim]:
    """A claim that cites a citation and perhaps others: a quotation of it, or a sentence."""
    cited = st.builds(lambda others: tuple(dict.fromkeys((one.number, *others))), numbers)
    event = st.sampled_from(_EVENTS[language])
    quotation = st.builds(Claim, st.just(f"«{one.quote}»"), cited, st.just("quoted"), event, speakers)
    said = "سقطت الصواريخ." if language == "ar" else "Rockets fell."
    return quotation | st.builds(Claim, st.just(said), cited, st.just("supported"), event, speakers)
