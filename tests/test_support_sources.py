"""Whose word a sentence keeps, and whose it may leave out; made passages in both languages."""

import pytest

from rag.articles.layout import read_layout
from rag.evidence import Material
from rag.model import Article, DraftSentence, Passage
from rag.support import find_support

_CLAIM = "وقال تاجر إن المتاجر أغلقت ولم تصل البضائع، وهو اتهام لم ترد عليه البلدية."


def _reason(text: str, sentence: str) -> str | None:
    """Why a sentence is not carried by an article, all of which it cites; None where it is."""
    article = Article("made", text, "made.txt", published="2023-05-02", basis="stated")
    passage = Passage("made:0", "made", 0, len(text), text)
    material = Material([(passage, 1.0)], {"made": article}, {"made": read_layout(text).sentences})
    return find_support(DraftSentence(sentence, passages=(passage,)), material).reason


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        ("وذكرت وزارة النقل أن القطار توقف أربع ساعات قرب المحطة.", "The train stopped for four hours near the station."),
        ("توقف القطار أربع ساعات قرب المحطة، بحسب مدير السكك نادر الحمصي.", "The train stopped for four hours near the station."),
        (_CLAIM, "The municipality did not respond to a trader's claim that shops closed."),
    ],
)  # fmt: skip
def test_what_an_authority_counted_needs_no_source(quote: str, sentence: str) -> None:
    assert _reason(quote, sentence) is None


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        ("غير أن مصدرا في مستشفى النور ذكر أن المستشفى استقبل تسعة جرحى.", "The hospital received nine injured people."),
        ("وقالت رابطة المزارعين إن الخسائر بلغت 90 مليون دولار.", "The losses reached 90 million dollars."),
        ("وأتلفت السيول 300 هكتار من النخيل، وفق تقدير أولي.", "The floods destroyed 300 hectares of palms."),
        ("وبلغت الخسائر 740 ألف دينار، بحسب حمدان.", "The losses reached 740,000 dinars."),
        ("وقال الحارس إن الصور التي التقطها تظهر أن السور انهار على السيارات.", "الصور التي التقطها تظهر أن السور انهار على السيارات."),
    ],
)  # fmt: skip
def test_the_word_of_the_unnamed_of_advocates_and_of_estimates_keeps_its_source(quote: str, sentence: str) -> None:
    assert (_reason(quote, sentence) or "").startswith("attribution:")


def test_who_asks_not_to_be_named_is_said_in_many_ways_and_not_turned_round() -> None:
    quote = "وقال مسؤول في الوزارة، طالبا إغفال هويته، إن الجسر سيغلق يوم الأحد."
    sentence = "A ministry official who asked not to be identified said the bridge will close on Sunday."
    assert _reason(quote, sentence) is None
    turned = sentence.replace("asked not to be identified", "agreed to be identified")
    assert _reason(quote, turned) == "negation: agreed to be identified"


def test_the_same_source_is_the_one_named_before() -> None:
    text = "قال مدير المرصد كمال العيدي إن المطر غزير.\n\nوأوضح المصدر ذاته أن السد امتلأ بنسبة 81 بالمئة يوم الأحد."
    assert _reason(text, "Kamal al-Aidi explained that the dam filled to 81 percent on Sunday.") is None


@pytest.mark.parametrize(
    ("quote", "true", "faulty", "kind"),
    [
        (
            "وبدأ الاجتماع قرابة الساعة السابعة والنصف مساء في القصر.",
            "The meeting began at about 7:30 pm in the palace.",
            "The meeting began at 7:30 pm in the palace.",
            "hedge",
        ),
        (
            "وتجاوز عدد الجرحى الستين في الملعب.",
            "More than sixty people were injured in the stadium.",
            "Sixty people were injured in the stadium.",
            "hedge",
        ),
        (
            "وزعمت الجماعة أنها قصفت مخزنا، وهو ما لم يتسن التحقق منه بشكل مستقل.",
            "The group's claim that it shelled a depot could not be independently verified.",
            "The group's claim that it shelled a depot could be independently verified.",
            "negation",
        ),
        (
            "لم يطلب المهاجمون فدية ولم تتبن أي جهة العملية حتى الآن.",
            "The attackers did not ask for a ransom and no one has claimed the operation.",
            "The attackers did ask for a ransom and no one has claimed the operation.",
            "negation",
        ),
    ],
)
def test_what_is_told_roughly_or_denied_stays_so(quote: str, true: str, faulty: str, kind: str) -> None:
    assert _reason(quote, true) is None
    assert (_reason(quote, faulty) or "").startswith(f"{kind}:")
