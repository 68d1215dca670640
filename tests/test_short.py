"""The short answer above the quotes: of every type, in the question's language, and none where it is not certain."""

import pytest

from rag.language.characters import script
from rag.model import Answer, Article, ShortAnswer
from tests import newsroom
from tests.contract import assert_contract
from tests.newsroom import article

MUSEUM = article(
    "museum",
    "سرق لصوص ثلاث لوحات من متحف الفنون مساء 9 مايو/أيار 2023. وتبلغ قيمة اللوحات نحو 40 مليون دينار. "
    "وأغلق المتحف أبوابه عند الساعة 3:30 عصرا بعد السرقة. ووجد الحراس ما لا يقل عن عشر بصمات على الباب.",
    published="2023-05-10",
)
FERRY = article(
    "ferry",
    "غرقت العبارة النورس قبالة الساحل في 3 أغسطس/آب 2023. وأنقذ خفر السواحل 85 راكبا من العبارة. "
    "وقاد القبطان سالم باوزير عملية الإنقاذ.",
    published="2023-08-04",
)
SUMMIT = article(
    "summit",
    "عقدت القمة الزراعية في مدينة الخرطوم الأحد. وقالت الخبيرة الزراعية هدى الفاضل إن المحصول وفير.",
    published="2022-01-02",
)
BRIDGE = article(
    "bridge",
    "A footbridge collapsed in the town of Harwick on 12 March 2022. The fire service said nine people were injured in the "
    "bridge collapse. The engineer Martin Doyle designed the bridge. The bridge was built in 1968. Divers began their search at 6:15 am.",
    published="2022-03-12",
)


def short(question: str, *articles: Article) -> ShortAnswer | None:
    """The short answer, found to stand in the first quote of a reply that keeps the contract."""
    replied = newsroom.reply(question, *articles)
    assert isinstance(replied, Answer)
    assert_contract(replied, {one.id: one for one in articles}.get)
    found = newsroom.draft(question, *articles).short
    assert (replied.short is None) == (found is None)
    if found and replied.short:
        assert replied.text.split("\n")[0] == f"{found.text} [1]"
        assert dict(replied.short) == {"text": found.text, "type": found.type, "value": found.value, "citations": [1]}
        assert found.source in replied.citations[0].quote
    return found


@pytest.mark.parametrize(
    ("question", "asked_of", "kind", "text", "value"),
    [
        ("كم لوحة سرقت من متحف الفنون؟", MUSEUM, "quantity", "ثلاث لوحات", "3"),
        ("How many paintings were stolen from the art museum?", MUSEUM, "quantity", "three paintings", "3"),
        ("كم تبلغ قيمة اللوحات؟", MUSEUM, "quantity", "نحو 40 مليون دينار", "40000000"),
        ("What was the value of the paintings?", MUSEUM, "quantity", "about 40 million dinars", "40000000"),
        ("كم راكبا أنقذ خفر السواحل؟", FERRY, "quantity", "85 راكبا", "85"),
        ("How many people were injured in the bridge collapse?", BRIDGE, "quantity", "nine people", "9"),
        ("متى غرقت العبارة النورس؟", FERRY, "date", "3 أغسطس/آب 2023", "@2023-08-03"),
        ("When did the ferry sink?", FERRY, "date", "3 August 2023", "@2023-08-03"),
        ("When was the bridge built?", BRIDGE, "date", "1968", "@1968"),
        ("في أي ساعة أغلق المتحف أبوابه؟", MUSEUM, "time", "الساعة 3:30 عصرا", "~15:30"),
        ("At what time did the museum close its doors?", MUSEUM, "time", "3:30 pm", "~15:30"),
        ("At what time did the divers begin their search?", BRIDGE, "time", "6:15 am", "~06:15"),
        ("أين عقدت القمة الزراعية؟", SUMMIT, "place", "مدينة الخرطوم", None),
        ("Where was the agricultural summit held?", SUMMIT, "place", "the city of Khartoum", None),
        ("In which town did the footbridge collapse?", BRIDGE, "place", "Harwick", None),
        ("من قاد عملية الإنقاذ؟", FERRY, "person", "سالم باوزير، القبطان", None),
        ("Who designed the bridge?", BRIDGE, "person", "Martin Doyle, engineer", None),
        ("من هي هدى الفاضل؟", SUMMIT, "person", "الخبيرة الزراعية", None),
    ],
)
def test_what_is_asked_for_is_said_alone_in_the_language_of_the_question(
    question: str, asked_of: Article, kind: str, text: str, value: str | None
) -> None:
    found = short(question, asked_of)
    assert found is not None
    assert (found.type, found.text) == (kind, text)
    assert value in {None, found.value}


def test_a_name_in_another_script_is_spelt_by_its_sounds_with_what_its_bearer_is() -> None:
    found = short("Who led the rescue operation?", FERRY)
    assert found is not None
    assert script(found.text) == "en"
    assert found.text.endswith(", the captain")
    assert found.source == "سالم باوزير"


def test_a_bound_is_said_with_its_number() -> None:
    found = short("كم بصمة وجد الحراس على الباب؟", MUSEUM)
    assert found is not None
    assert (found.text, found.value) == ("ما لا يقل عن عشر بصمات", "10")


def test_a_time_of_24_hours_is_said_as_it_stands_in_arabic() -> None:
    library = article("library", "تفتح المكتبة أبوابها في الساعة 17:30 كل يوم. ويعمل فيها سبعة موظفين.")
    found = short("في أي ساعة تفتح المكتبة أبوابها؟", library)
    assert found is not None
    assert script(found.text) != "en"
    assert "17:30" in found.text


@pytest.mark.parametrize("question", ["كم شخصا أصيب في انهيار الجسر؟", "من صمم الجسر؟"])
def test_words_of_an_english_article_do_not_stand_alone_in_an_arabic_answer(question: str) -> None:
    found = short(question, BRIDGE)
    assert found is None or script(found.text) != "en"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("كم طالبا فاز بالمنحة؟", "فاز 40 طالبا بالمنحة من الجامعة و60 طالبا من المعهد بالمنحة."),
        ("How many students won the grant?", "The grant was won by 40 students of the college and 60 students of the school."),
        ("من وقع الاتفاق؟", "وقع الاتفاق الوزير خالد السعيد والوزير ماجد العلي في القصر."),
        ("When did the fair open?", "The fair opened on 3 March 2022 for members and on 5 March 2022 for everybody."),
    ],
)  # fmt: skip
def test_none_is_said_where_a_sentence_gives_two_as_likely(question: str, text: str) -> None:
    assert short(question, article("two", text)) is None


@pytest.mark.parametrize(
    "question",
    [
        "لماذا أغلق المتحف أبوابه؟",
        "Why did the museum close its doors?",
        "ماذا سرق اللصوص من متحف الفنون؟",
    ],
)
def test_what_takes_a_sentence_to_tell_has_no_short_answer(question: str) -> None:
    assert short(question, MUSEUM) is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("كم عاملا شارك في الإضراب؟", "قالت النقابة إن 2500 عامل شاركوا في الإضراب. وقالت الإدارة إن 900 عامل شاركوا في الإضراب."),
        (
            "How many workers took part in the strike?",
            "The union said 2500 workers took part in the strike. The company said 900 workers took part in the strike.",
        ),
        ("How many workers took part in the strike?", "قالت النقابة إن 2500 عامل شاركوا في الإضراب. وقالت الإدارة إن 900 عامل شاركوا في الإضراب."),
    ],
)  # fmt: skip
def test_none_is_said_where_the_next_sentence_gives_another(question: str, text: str) -> None:
    assert short(question, article("strike", text, published="2024-02-04")) is None


DRONES = article(
    "drones",
    "استهدفت طائرتان مسيّرتان مستودعا في حقل الريحان غرب البلاد وفق ما قال مصدران. وقال المدير إن خمسة عمال يعملون في المستودع ليلا.",
    published="2024-07-17",
)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many drones attacked the warehouse of Rayhan field?", "two drones"),
        ("كم طائرة مسيّرة هاجمت مستودع حقل الريحان؟", "طائرتان مسيّرتان"),
        ("كم مسيّرة هاجمت مستودع حقل الريحان؟", "طائرتان مسيّرتان"),
    ],
)
def test_a_dual_is_a_number(question: str, text: str) -> None:
    found = short(question, DRONES)
    assert found is not None
    assert (found.text, found.value) == (text, "2")


def test_a_time_that_a_sentence_tells_alone_need_not_stand_near_what_is_asked_about() -> None:
    text = (
        "أضاف المتحدث باسم الشركة، في تغريدة نشرها على حسابه أمس، أن المعلومات الأولى تشير إلى أن الانهيار وقع الساعة 2:45 عصرا. "
        "وأضاف أن الجسر مغلق."
    )
    found = short("في أي ساعة وقع انهيار الجسر؟", article("bridge", text, published="2023-05-02"))
    assert found is not None
    assert found.value == "~14:45"


def test_none_is_said_where_the_sentence_tells_of_another_day_than_the_question() -> None:
    text = (
        "ألغى المطار اليوم رحلات كثيرة بسبب إضراب مارس 2023. "
        "ويأتي الإضراب بعد إضراب يوم 17 فبراير 2023 ألغيت فيه 1005 رحلات في المطار."
    )
    asked = "كم رحلة ألغيت بسبب إضراب المطار في {}؟"
    strike = article("strike", text, published="2023-03-27")
    assert short(asked.format("مارس 2023"), strike) is None
    found = short(asked.format("فبراير 2023"), strike)
    assert found is not None
    assert found.value == "1005"


def test_a_rank_alone_does_not_tell_who_somebody_is() -> None:
    text = "قال الجنرال فرانك ماكنزي لشبكة إخبارية إن الخطة جاهزة."
    assert short("من هو فرانك ماكنزي؟", article("rank", text)) is None


def test_one_person_is_no_answer_where_several_are_asked_for() -> None:
    text = "انتقد النائب فلاح الدبوس الوزير في جلسة الاستجواب."
    assert short("من النواب الذين انتقدوا الوزير في جلسة الاستجواب؟", article("several", text)) is None


def test_a_verb_behind_what_is_counted_is_left_out() -> None:
    found = short("كم عضوا قاطع الجلسة؟", article("council", "قاطع الجلسة ستة أعضاء ينتمون إلى كتلة واحدة."))
    assert found is not None
    assert found.text == "ستة أعضاء"


@pytest.mark.parametrize(
    "question", ["كم راكبا أنقذ خفر السواحل من العبارة في 9 مارس 2023؟", "When did the ferry sink in May 2023?"]
)
def test_none_is_said_of_another_day(question: str) -> None:
    assert not newsroom.reading(question, FERRY).quoted


@pytest.mark.parametrize(
    "question", ["في أي مدينة عقدت القمة الزراعية؟", "In which city was the agricultural summit held?"]
)
def test_the_kind_of_place_that_is_asked_for_may_stand_in_the_name_of_the_place(question: str) -> None:
    found = short(question, SUMMIT)
    assert found is not None
    assert found.source == "مدينة الخرطوم"


def test_the_only_date_of_a_sentence_that_holds_the_question_is_said() -> None:
    theft = article(
        "theft",
        "قال مدير المتحف سليم حداد في مؤتمر صحفي مع قائد الشرطة إن سارقا كسر نافذة المتحف الوطني في مدينة صيدا ليلة 12 آذار 2019. "
        "وأضاف أن الحراس كانوا نائمين.",
    )
    found = short("متى كسر السارق نافذة المتحف الوطني في صيدا؟", theft)
    assert found is not None
    assert (found.type, found.text) == ("date", "12 مارس/آذار 2019")


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("من أدار الورشة؟", "أدارت المهندسة سعاد المنصوري الورشة بحضور الوزير خالد السعيد في القصر.", "سعاد المنصوري، المهندسة"),
        ("Where did the crane fall?", "سقطت الرافعة قرب جسر الأحرار وأصيب عامل نقل إلى مستشفى الكرامة.", None),
        ("أي نقابة أعلنت الإضراب؟", "أعلنت نقابة المعلمين الإضراب في رسالة إلى وزارة التربية.", "نقابة المعلمين"),
    ],
)  # fmt: skip
def test_what_stands_in_the_slot_of_the_verb_is_said_and_not_what_stands_near(
    question: str, text: str, said: str | None
) -> None:
    found = short(question, article("slot", text, published="2024-03-05"))
    assert found is not None
    if said:
        assert found.text == said
    else:
        assert found.source == "قرب جسر الأحرار"


@pytest.mark.parametrize("question", ["أي وزراء حضروا الجلسة؟", "Which ministers attended the session?"])
def test_one_name_is_no_answer_to_a_question_for_several(question: str) -> None:
    text = "حضر الوزير خالد السعيد الجلسة في مبنى البرلمان مع عدد من زملائه."
    assert short(question, article("session", text)) is None


def test_a_weekday_is_the_day_that_the_date_of_the_article_makes_it() -> None:
    text = "صفاقس - الأحد 20 نوفمبر 2022: لقي سبعة عمال مصرعهم في حريق اندلع فجر الأحد في مصنع للنسيج بمدينة صفاقس."
    found = short("في أي يوم اندلع حريق مصنع النسيج؟", article("fire", text, published="2022-11-20"))
    assert found is not None
    assert found.text == "20 نوفمبر/تشرين الثاني 2022"


def test_a_date_before_the_article_is_no_answer_to_what_is_to_come() -> None:
    text = "وأنهت القوات انسحابها من القاعدة في ديسمبر 2023، بعد مفاوضات طويلة."
    base = article("base", text, published="2024-03-27")
    assert short("When will the forces end their withdrawal from the base?", base) is None
    found = short("When did the forces end their withdrawal from the base?", base)
    assert found is not None
    assert found.value == "@2023-12"


def test_the_date_of_a_report_is_not_that_of_what_it_tells() -> None:
    text = "صفاقس - 22 يناير 2024: سرق لصوص مخطوطات نادرة من مكتبة القصر الأهلية."
    assert short("متى سرق اللصوص المخطوطات من مكتبة القصر؟", article("theft", text, published="2024-01-22")) is None


def test_a_distance_is_said_where_both_of_its_places_are_named() -> None:
    base = article("base", "تقع قاعدة الريحان في ناحية البغدادي على بعد 90 كيلومترا غربي مدينة الرمادي.")
    found = short("كم تبعد قاعدة الريحان عن الرمادي؟", base)
    assert found is not None
    assert found.value == "90"
