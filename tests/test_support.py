"""What a passage carries: made passages of other topics, true sentences and each kind of lie that can be told exactly."""

import pytest

from rag.articles.layout import read_layout
from rag.evidence import Material
from rag.model import Article, DraftSentence, Passage
from rag.support import Support, find_support

_TEXT = (
    "قضت محكمة في تونس الثلاثاء 14 مارس 2023 بسجن رجل الأعمال كمال اللطيف ثماني سنوات. "
    "وقال المحامي سمير ديلو إن موكله سيستأنف الحكم خلال عشرة أيام. "
    "وبدأت الجلسة الساعة 9:30 صباحا بحضور 25 شاهدا. "
    "وذكرت وكالة رويترز أن المحكمة غرمته بمبلغ 2,500 دينار."
)
_ARTICLE = Article("court", _TEXT, "court.txt", published="2023-03-14", basis="stated")
_OTHER_TEXT = "التقت وزيرة الخارجية الألمانية أنالينا بيربوك نظيرها الليبي في طرابلس يوم الأحد. وناقشا ملف الهجرة."
_OTHER = Article("visit", _OTHER_TEXT, "visit.txt")


def _passage(article: Article) -> Passage:
    return Passage(f"{article.id}:0", article.id, 0, len(article.text), article.text)


def _support(text: str, *articles: Article) -> Support:
    cited = articles or (_ARTICLE,)
    every = (_ARTICLE, _OTHER)
    material = Material(
        [(_passage(a), 1.0) for a in every],
        {a.id: a for a in every},
        {a.id: read_layout(a.text).sentences for a in every},
    )
    return find_support(DraftSentence(text, passages=tuple(map(_passage, cited))), material)


@pytest.mark.parametrize(
    ("sentence", "quoted"),
    [
        ("A Tunisian court sentenced businessman Kamel Eltaief to eight years in prison.", "ثماني سنوات"),
        ("The court session began at 9:30 am with 25 witnesses.", "9:30"),
        ("The lawyer Samir Dilou said his client would appeal within ten days.", "سمير ديلو"),
        ("Reuters reported that the court fined him 2500 dinars.", "2,500"),
        ("حكمت محكمة تونسية على رجل الأعمال كمال اللطيف بالسجن 8 سنوات.", "ثماني سنوات"),
        ("بدأت الجلسة عند الساعة 9:30 صباحا.", "9:30"),
    ],
)
def test_a_true_sentence_is_carried_by_the_one_sentence_it_rests_on(sentence: str, quoted: str) -> None:
    support = _support(sentence)
    assert support.reason is None
    assert len(support.quotes) == 1
    assert quoted in support.quotes[0].text
    quote = support.quotes[0]
    assert _TEXT[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("A Tunisian court sentenced businessman Kamel Eltaief to nine years in prison.", "number: nine"),
        ("The court session began at 9:45 am with 25 witnesses.", "time: 9:45"),
        ("The court session began at 9:30 pm with 25 witnesses.", "time: 9:30"),
        ("The court session began at 9:30 am with 52 witnesses.", "number: 52"),
        ("The lawyer Robert Fisher said his client would appeal within ten days.", "name: Robert Fisher"),
        ("AFP reported that the court fined him 2500 dinars.", "name: AFP"),
        ("On 15 March 2023 a court sentenced the businessman Kamel Eltaief to eight years.", "date: 15 March 2023"),
        ("On 14 April 2023 a court sentenced the businessman Kamel Eltaief to eight years.", "date: 14 April 2023"),
        ("حكمت محكمة تونسية على رجل الأعمال كمال اللطيف بالسجن 6 سنوات.", "number: 6"),
        ("حكمت محكمة تونسية على رجل الأعمال مروان بوضياف بالسجن 8 سنوات.", "name: مروان"),
        ('The lawyer said: "سنطعن في الحكم غدا أمام المحكمة".', "quotation: سنطعن في الحكم غدا أمام المحكمة"),
    ],
)
def test_what_is_not_in_the_passage_is_named(sentence: str, reason: str) -> None:
    support = _support(sentence)
    assert support.quotes == ()
    assert support.reason is not None
    assert support.reason.split(":")[0] == reason.split(":")[0]


def test_a_number_must_stand_beside_what_it_counts() -> None:
    assert _support("The court session began with 25 witnesses.").reason is None
    assert _support("The court sentenced the businessman to 25 years in prison.").reason is not None


def test_facts_of_two_articles_are_not_mixed() -> None:
    mixed = "Annalena Baerbock said the businessman Kamel Eltaief was sentenced to eight years."
    assert _support(mixed, _ARTICLE, _OTHER).reason is not None


def test_only_the_date_may_stand_in_a_second_quote_of_the_same_article() -> None:
    support = _support("On 14 March 2023 the court session began at 9:30 am with 25 witnesses.")
    assert support.reason is None
    assert ["14 مارس" in quote.text or "9:30" in quote.text for quote in support.quotes] == [True] * len(support.quotes)


def test_a_country_may_be_said_by_its_people_and_a_seat_by_its_country() -> None:
    assert _support("A court in Tunisia jailed the businessman Kamel Eltaief for eight years.").reason is None


def test_a_sentence_about_something_else_is_not_covered() -> None:
    assert _support("The football team lost the final match of the season.").reason == "not_covered"


def test_a_sentence_that_cites_nothing_has_no_support() -> None:
    material = Material([], {}, {})
    assert find_support(DraftSentence("Anything."), material) == Support((), "no_citation")
