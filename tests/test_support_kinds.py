"""Each kind of untruth that a sentence can tell about a passage, and the true sentence beside it; made passages in both languages."""

import pytest

from rag.articles.layout import read_layout
from rag.evidence import Material
from rag.model import Article, DraftSentence, Passage
from rag.support import find_support


def _reason(quote: str, sentence: str) -> str | None:
    """Why a sentence is not carried by a quote; None where it is."""
    article = Article("made", quote, "made.txt", published="2023-05-02", basis="stated")
    passage = Passage("made:0", "made", 0, len(quote), quote)
    material = Material([(passage, 1.0)], {"made": article}, {"made": read_layout(quote).sentences})
    return find_support(DraftSentence(sentence, passages=(passage,)), material).reason


_BOAT = "ضبط خفر السواحل في ميناء صفاقس مساء الأحد زورقا على متنه 34 مهاجرا و12 صندوقا."
_CLINIC = "وذكر مسؤول في بلدية سرت أن العيادة أغلقت أبوابها أمام المرضى منذ يناير الماضي."
_DAM = "أعلنت وزارة الري أن السد امتلأ بنسبة 81 بالمئة، في حين تأخر فتح القنوات بسبب إضراب عمال الصيانة."
_TRIAL = "برأت المحكمة التاجر نادر السلمي، بينما اتهم المحامي زياد فرحات الشرطة بإخفاء الأدلة."
_RAID = "وهاجمت ميليشيا الوادي كتيبة الجبل فجر الجمعة قرب بلدة تيرين."
_REPORTS = "وقال الطيار هشام بدر إن التقارير الأولية تشير إلى أن المحرك تعطل فوق البحر."


@pytest.mark.parametrize(
    ("quote", "true", "faulty", "kind"),
    [
        (_BOAT, _BOAT, _BOAT.replace("34", "12").replace("و12", "و34"), "number"),
        (_BOAT, _BOAT, _BOAT.replace("صفاقس", "بنزرت"), "name"),
        (_BOAT, _BOAT, _BOAT.replace("مساء الأحد", "فجر الأحد"), "time"),
        (_CLINIC, _CLINIC, _CLINIC.replace("مسؤول", "طبيب"), "exchanged"),
        (
            _RAID,
            "The Wadi militia attacked the Jabal battalion.",
            "The Jabal battalion attacked the Wadi militia.",
            "roles",
        ),
        (
            _DAM,
            "The opening of the canals was delayed because of a strike by maintenance workers.",
            "The opening of the canals was delayed because of a dispute over fishing rights.",
            "not_covered",
        ),
        (
            _DAM,
            "The dam filled to 81 percent.",
            "The dam filled to 81 percent because of a strike by maintenance workers.",
            "cause",
        ),
        (
            _REPORTS,
            "Hisham Badr said initial reports indicate that the engine failed over the sea.",
            "Hisham Badr said the engine failed over the sea.",
            "hedge",
        ),
        (_CLINIC, _CLINIC, "العيادة أغلقت أبوابها أمام المرضى منذ يناير الماضي.", "attribution"),
    ],
)
def test_a_fault_is_found_where_the_true_sentence_passes(quote: str, true: str, faulty: str, kind: str) -> None:
    assert _reason(quote, true) is None
    assert (_reason(quote, faulty) or "").split(":")[0] == kind


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        (_DAM, "The dam filled to 81 percent."),
        (_DAM, "امتلأ السد بنسبة 81 بالمئة."),
        (_TRIAL, "المحكمة برأت التاجر نادر السلمي."),
        (_TRIAL, "The court acquitted the merchant Nader al-Salmi."),
        ("ونفى المدير، وهو طبيب، صحة أنباء عن إغلاق المستشفى.", "نفى المدير ما أشيع عن إغلاق المستشفى."),
        ("وكان قد تعرض المصنع لحريق عام 2019.", "The factory had a fire in 2019."),
        (
            "وقالت الجمعية إن الكلفة لن تقل عن 16 مليون دولار.",
            "The association said the cost would be at least 16 million dollars.",
        ),
    ],
)
def test_the_same_in_other_words_passes(quote: str, sentence: str) -> None:
    assert _reason(quote, sentence) is None


def test_a_sentence_says_something_of_its_subject_that_the_quote_says() -> None:
    quote = "The Marwick bridge carries 40,000 cars a day."
    assert _reason(quote, "The Marwick bridge carries 40,000 cars.") is None
    assert _reason(quote, "The Marwick bridge collapsed.") == "not_covered: collapsed"


def test_who_is_accused_is_not_guilty() -> None:
    quote = "واتهم المحامي زياد فرحات الشرطة بإخفاء الأدلة."
    assert _reason(quote, "The lawyer Ziad Farhat accused the police of hiding the evidence.") is None
    assert (_reason(quote, "الشرطة أخفت الأدلة.") or "").startswith(("allegation", "not_covered"))


def test_a_name_that_only_sounds_a_little_alike_is_another() -> None:
    quote = "زار وزير الدفاع قاعدة الأسد في الوادي."
    assert (_reason(quote, "The defence minister visited a base in Sudan.") or "").startswith("name")
