"""What a sentence tells of the relation that a question asks about: who, whom, where, from where, and what of a kind."""

import pytest

from rag.question import Question, understand
from rag.relation import Relation, asked, relation_in


def understood(text: str) -> Question:
    return understand(text, lambda _: [])


def told(question: str, sentence: str) -> Relation:
    found = relation_in(understood(question), sentence)
    assert found is not None
    return found


def filler(question: str, sentence: str) -> str | None:
    """The surest filler, as written."""
    fillers = told(question, sentence).fillers
    return sentence[fillers[0].start : fillers[0].end] if fillers else None


@pytest.mark.parametrize(
    ("question", "slot"),
    [
        ("من وقع الاتفاق؟", "agent"),
        ("Who signed the agreement?", "agent"),
        ("من قُتل في الانفجار؟", "patient"),
        ("Who was injured in the crash?", "patient"),
        ("Whom did the court acquit?", "object"),
        ("من هو محافظ البنك المركزي؟", "holder"),
        ("Who is the mayor of the city?", "holder"),
        ("أين عُقد المؤتمر؟", "place"),
        ("من أين انطلقت القافلة؟", "origin"),
        ("From which port did the ship sail?", "origin"),
        ("إلى أي مدينة نُقل الجرحى؟", "destination"),
        ("أي شركة فازت بالعقد؟", "named"),
        ("متى بدأ الإضراب؟", "date"),
        ("كم عاملا شارك في الإضراب؟", "count"),
    ],
)
def test_the_form_of_a_question_tells_the_slot(question: str, slot: str) -> None:
    found = asked(understood(question))
    assert found is not None
    assert found.slot == slot


@pytest.mark.parametrize("question", ["لماذا استقال الوزير؟", "How did the fire start?", "هل وقع الاتفاق؟"])
def test_what_asks_for_no_slot_has_no_relation(question: str) -> None:
    assert relation_in(understood(question), "استقال الوزير أمس.") is None


@pytest.mark.parametrize(
    ("question", "sentence", "text"),
    [
        ("من أعد الاتفاق؟", "أعد الوزير خالد السعيد الاتفاق في القصر.", "خالد السعيد"),
        ("من أعد الاتفاق؟", "وذكرت الوكالة أن الوزير خالد السعيد أعد الاتفاق.", "خالد السعيد"),
        ("Who signed the agreement?", "وقع الوزير خالد السعيد الاتفاق في القصر.", "خالد السعيد"),
        ("Who signed the agreement?", "The minister Martin Doyle signed the agreement.", "Martin Doyle"),
        ("من نفذ الهجوم؟", "استهدف القاعدة هجوم نفذه مسلحون مجهولون فجر الاثنين.", "مسلحون مجهولون"),
        ("من أدار الجلسة؟", "أدار الجلسة التي حضرها النواب رئيس المجلس سمير حداد.", None),
        ("من هو محافظ البنك المركزي؟", "وقال محافظ البنك المركزي، معتز الزعبي، إن التضخم تراجع.", "معتز الزعبي"),
        ("من يرأس الحكومة؟", "صادق البرلمان على الحكومة برئاسة كريم منصور.", "كريم منصور"),
    ],
)
def test_who_does_it_is_the_subject_and_not_whoever_stands_near(question: str, sentence: str, text: str | None) -> None:
    assert filler(question, sentence) == text


@pytest.mark.parametrize(
    ("question", "sentence", "text"),
    [
        ("أين عُقد المؤتمر؟", "عقد المؤتمر في مدينة صفاقس بحضور وفد من طرابلس.", "مدينة صفاقس"),
        ("Where was the conference held?", "عقد المؤتمر في مدينة صفاقس بحضور وفد من طرابلس.", "مدينة صفاقس"),
        ("من أين انطلقت القافلة؟", "انطلقت القافلة من مدينة صفاقس إلى طرابلس.", "مدينة صفاقس"),
        ("إلى أين توجهت القافلة؟", "توجهت القافلة من مدينة صفاقس إلى طرابلس.", "طرابلس"),
        ("أين سقطت الطائرة؟", "سقطت الطائرة قرب قرية الزهور مساء الجمعة.", "قرب قرية الزهور"),
        ("أين سقطت الطائرة؟", "سقطت الطائرة في يناير الماضي.", None),
        ("أين تقع القرية؟", "تقع القرية في محافظة نابل.", "محافظة نابل"),
    ],
)
def test_where_is_told_by_the_preposition_that_the_question_wants(
    question: str, sentence: str, text: str | None
) -> None:
    assert filler(question, sentence) == text


@pytest.mark.parametrize(
    ("question", "sentence", "text"),
    [
        ("أي شركة فازت بالعقد؟", "فازت شركة النور للمقاولات بالعقد أمس.", "شركة النور للمقاولات"),
        ("Which minister opened the hospital?", "افتتحت وزيرة الصحة سلمى الكعبي المستشفى.", "سلمى الكعبي"),
        ("أي شركة فازت بالعقد؟", "فازت الشركة بالعقد أمس.", None),
    ],
)
def test_what_is_so_named_is_a_phrase_of_that_kind_that_says_more_than_the_kind(
    question: str, sentence: str, text: str | None
) -> None:
    assert filler(question, sentence) == text


def test_a_sentence_without_the_verb_tells_no_relation() -> None:
    assert told("من يقود القاعدة؟", "تقع القاعدة في محافظة الأنبار غرب البلاد.").state == "untold"
    assert told("Who commands the base?", "تقع القاعدة في محافظة الأنبار غرب البلاد.").state == "untold"


def test_a_verb_without_a_filler_governs_only() -> None:
    assert told("أين سقطت الطائرة؟", "سقطت الطائرة في يناير الماضي.").state == "governed"


def test_an_office_of_another_country_is_not_held_by_its_bearer() -> None:
    sentence = "والتقى وزير الدفاع الفرنسي جان مورو نظيره في باريس."
    assert not told("Who is the Iraqi minister of defence?", sentence).fillers
    assert filler("Who is the French minister of defence?", sentence) == "جان مورو"


def test_a_deputy_does_not_hold_the_office_of_the_one_deputised_for() -> None:
    sentence = "وقال نائب رئيس البلدية سالم باوزير إن الطريق مغلق."
    assert not told("من هو رئيس البلدية؟", sentence).fillers
    assert filler("من هو نائب رئيس البلدية؟", sentence) == "سالم باوزير"
