"""What a question asks for, told by its words: both languages, six dialects, typing errors, and what may stand before the question word."""

import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.asking import QuestionType, asks_for_name, question_type
from rag.language.characters import fold
from rag.language.standard import standardized

from .language.strategies import patient, texts

_STANDARD: Mapping[QuestionType, str] = {
    "how_many": """
        كم عدد الركاب الذين كانوا على متن العبارة؟
        وكم بلغت الغرامة؟
        كم تبلغ مساحة البحيرة؟
        كم يوما استمر الإضراب؟
        بكم بيعت اللوحة في المزاد؟
        لكم من الوقت انقطعت الكهرباء؟
        منذ كم سنة وهو في السجن؟
        ما عدد سكان القرية؟
        ما هي قيمة الصفقة؟
        ما نسبة المشاركة في الانتخابات؟
        ما حصيلة ضحايا الفيضانات؟
        ما طول الجسر الجديد؟
        ما عمر اللاعبة الفائزة بالسباق؟
        ما درجة الحرارة في الكويت أمس؟
        How many votes did the bill get?
        How much did the bridge cost?
        By how much did inflation rise?
        For how long was the road closed?
        How old was the swimmer?
        How tall is the new tower?
        How far is the island from the coast?
        How fast was the train going?
        How strong was the earthquake?
        What percentage of voters turned out?
        What was the death toll of the flood?
        What is the population of the island?
        What was the magnitude of the quake?
    """,
    "when": """
        متى افتتح المتحف؟
        ومتى تنتهي الهدنة؟
        منذ متى يعمل الطبيب في المستشفى؟
        إلى متى يستمر الحظر؟
        في أي عام تأسس النادي؟
        في أي شهر يبدأ الموسم؟
        خلال أي فصل تهاجر الطيور؟
        ما تاريخ توقيع الاتفاق؟
        ما هو موعد المباراة النهائية؟
        When was the museum opened?
        Since when has he been in prison?
        Until when are the schools closed?
        In what year was the club founded?
        On which day does the fair start?
        In which month does the season start?
        What date was the treaty signed?
    """,
    "what_time": """
        في أي ساعة أقلعت الطائرة؟
        في أي وقت انقطعت الكهرباء؟
        الساعة كم وقع الانفجار؟
        ما وقت إقلاع الطائرة؟
        What time does the match start?
        At what time did the plane take off?
        At what hour did the market open?
        What exact time did the quake strike?
    """,
    "where": """
        أين وقع الزلزال؟
        وأين يقع المصنع؟
        من أين جاء المهاجرون؟
        إلى أين نقل المصابون؟
        في أي مستشفى يعالج الرئيس؟
        في أي محافظة يقع السد؟
        إلى أي دولة هرب المصرفي؟
        من أي ميناء أبحرت السفينة؟
        Where is the factory?
        Where did the ship sail from?
        From where did the migrants come?
        In which city is the trial held?
        To which hospital was he taken?
        In what country was she born?
        At which airport did the plane land?
    """,
    "who": """
        من فاز بالجائزة؟
        من هو مدرب المنتخب؟
        من الذي وقع الاتفاق؟
        ومن أعلن الإضراب؟
        لمن منحت الجائزة؟
        مع من التقى الرئيس؟
        على من ألقت الشرطة القبض؟
        ما اسم السائق؟
        ما هو اسم الوزير الجديد؟
        Who won the race?
        Who's the new coach?
        Whom did the president meet?
        By whom was the novel written?
        With whom did the club sign?
        Whose car was stolen?
        What is the name of the driver?
    """,
    "what_said": """
        ماذا قال المدرب بعد الخسارة؟
        وماذا أضاف الناطق؟
        ماذا كتبت الصحيفة عن الفيلم؟
        ماذا أعلنت الشركة؟
        بماذا صرح الوزير؟
        بم هدد القراصنة؟
        ما موقف النقابة من القانون؟
        ما هو رد الحكومة على الإضراب؟
        كيف علق المدرب على الهزيمة؟
        كيف وصف الطبيب حالة المريض؟
        What did the coach say after the defeat?
        What did the minister warn of?
        What did she tell reporters?
        How did the union respond to the law?
        How does the doctor describe the patient?
    """,
    "why": """
        لماذا أضرب المعلمون؟
        ولماذا تأخر القطار؟
        لم استقال المدير؟
        لأي سبب أغلق المصنع؟
        ما سبب انقطاع الكهرباء؟
        ما هي أسباب الاستقالة؟
        ما الهدف من الحملة؟
        ما هو دافع الجريمة؟
        ما الذي دفع العمال إلى الإضراب؟
        ما الذي أدى إلى الانهيار؟
        Why did the teachers strike?
        Why was the match postponed?
        What is the reason for the delay?
        What were the causes of the blackout?
        What was the purpose of the visit?
        What caused the fire?
        What led to the collapse?
        For what reason did he resign?
    """,
    "how": """
        كيف هرب السجين؟
        كيف عثر الغواصون على السفينة؟
        بأي طريقة سرقت اللوحة؟
        How did the prisoner escape?
        How was the ship found?
        How do the bees survive?
    """,
    "yes_no": """
        هل فاز الفريق؟
        وهل تأجلت المباراة؟
        فهل وقع الرئيس القانون؟
        Did the team win?
        Was anyone hurt in the fire?
        Has the law passed?
        Is the factory closed?
        Will the talks go on?
    """,
    "list": """
        اذكر أسماء الفائزين
        عدد الدول المشاركة في القمة
        ما هي أسماء الضحايا؟
        ما أبرز بنود الاتفاق؟
        List the countries that took part.
        Name three winners of the prize.
        What are the names of the victims?
    """,
    "which": """
        أي فريق فاز بالكأس؟
        أي شركة بنت الجسر؟
        بأي سلاح قتل الضابط؟
        في أي بطولة شارك الفريق؟
        إلى أي حزب ينتمي النائب؟
        Which team won the cup?
        In which tournament did she play?
        Against which team did they play?
        Of which party is he a member?
    """,
    "what": """
        ما عاصمة منغوليا؟
        ماذا حدث في الملعب؟
        ما هو اسم السفينة؟
        ما نوع السفينة الغارقة؟
        عن ماذا يتحدث الفيلم؟
        What is the capital of Mongolia?
        What happened at the stadium?
        What is the name of the ship?
    """,
}

_DIALECTS: Mapping[str, Mapping[QuestionType, str]] = {
    "egyptian": {
        "how_many": "كام واحد مات في حادثة القطر؟ | قد إيه اتكلف الكوبري؟ | بكام اتباعت اللوحة؟",
        "when": "إمتى اتفتح المتحف؟ | امتى هيبدأ الدوري؟",
        "what_time": "الساعة كام هيبدأ الماتش؟",
        "where": "فين وقع الحادث؟ | منين جه اللاعب الجديد؟",
        "who": "مين كسب الماتش؟ | مين اللي سرق اللوحة؟",
        "why": "ليه المدرسين عاملين إضراب؟ | عشان إيه قفلوا المصنع؟",
        "how": "إزاي هرب السجين؟",
    },
    "levantine": {
        "how_many": "قديش عدد الجرحى بالمظاهرة؟ | كم واحد انجرح بالحريق؟",
        "when": "إيمتى صار الانفجار؟ | ايمتا بتبلش المدارس؟",
        "what_time": "الساعة قديش بلشت الحفلة؟",
        "where": "وين صار الحريق؟ | لوين نقلوا المصابين؟ | من وين جاي النفط؟",
        "who": "مين ربح الانتخابات؟",
        "what_said": "شو قال المدرب عن المباراة؟ | شو حكى المدرب؟",
        "why": "ليش انقطعت الكهربا؟ | لشو سكروا المعمل؟",
        "how": "كيف هرب المحبوس؟",
        "what": "شو صار بالملعب؟",
    },
    "iraqi": {
        "how_many": "شكد صرفت الحكومة على المشروع؟ | شقد عدد اللاعبين؟",
        "when": "شوكت تنفتح الحدود؟",
        "where": "وين راح الوزير؟",
        "who": "منو فاز بالبطولة؟ | منو هذا المدرب الجديد؟",
        "what_said": "شنو قال المدير؟",
        "why": "ليش استقال المدير؟",
        "how": "شلون انهدم السد؟",
        "what": "شنو صار بالملعب؟",
    },
    "gulf": {
        "how_many": "كم واحد غرق في السيل؟",
        "when": "متى صار الحادث؟ | وش وقت افتتاح المتحف؟",
        "what_time": "أي ساعة صار الحادث؟",
        "where": "وين سافر اللاعب؟",
        "who": "منهو المدير الجديد؟",
        "what_said": "وش قال الوزير عن الرواتب؟ | وش قالوا عن اللاعب؟",
        "why": "ليش تأجلت المباراة؟",
        "how": "شلون طاح السد؟",
        "what": "وش صار في الملعب؟",
    },
    "moroccan": {
        "how_many": "شحال د الناس ماتو فالفيضان؟ | بشحال تباعت الدار؟",
        "when": "وقتاش غادي يبدا الماتش؟ | فوقاش وقع الزلزال؟",
        "where": "فين وقع الزلزال؟",
        "who": "شكون ربح الماتش؟ | شكون هو المدرب الجديد؟",
        "why": "علاش تأجل الماتش؟",
        "how": "كيفاش هرب الحباس؟",
        "what": "شنو وقع فالملعب؟",
    },
    "yemeni": {
        "how_many": "كم واحد جرحوا في الحادث؟",
        "where": "فين راحت السفينة؟",
        "who": "من هو هذا المدرب؟",
        "what_said": "ايش قالت الشركة؟",
        "why": "لايش سكروا المطار؟",
        "what": "ايش صار في المطار؟",
    },
}

_MISTYPED: Mapping[QuestionType, str] = {
    "why": "لمادا استقال الوزير؟ | لماا استقال الوزير؟ | لماذ استقال الوزير؟ | لاماذا استقال الوزير؟",
    "what": "مادا حدث في المطار؟ | ماذ حدث في المطار؟ | Waht happened at the port? | Whaat happened at the port?",
    "what_said": "مادا قال الوزير؟ | Waht did the minister say?",
    "which": "Whcih team won?",
    "when": "Wehn did it open? | Whne did it open?",
    "where": "Whre is the factory?",
}

_AFTER_SOMETHING: Mapping[QuestionType, str] = {
    "how_many": "بحسب الشرطة، كم سيارة احترقت؟ | According to the police, how many cars burned? | In all, how much did it cost?",
    "when": "In the final, when did he score? | في الدوري، متى سجل هدفه الأول؟",
    "where": "في نهائي الكأس، أين جلس الرئيس؟",
    "who": "وفقا للتقرير، من سرق اللوحة؟ | After the storm, who repaired the bridge?",
    "why": "بعد الخسارة، لماذا استقال المدرب؟ | According to the report, what caused the decline?",
    "what_said": "بعد الخسارة، ماذا قال المدرب؟",
    "what": "حسب الوزير، ما الخطة الجديدة؟",
    "which": "Of the two, which team won?",
    "yes_no": "According to the police, was anyone hurt? | بحسب الشرطة، هل أصيب أحد؟",
}

_AFTER_COURTESY: Mapping[QuestionType, str] = {
    "how_many": "لو سمحت كم راكبا غرق؟ | طيب كم واحد مات؟ | يعني كام واحد؟",
    "where": "So where is the factory? | Please tell me where the factory is.",
    "who": "قل لي من فاز بالجائزة؟ | Tell me who won the race",
    "when": "ممكن تقولي امتى الماتش؟",
}

_INSIDE: Mapping[QuestionType, str] = {
    "how_many": "القطار كم راكبا كان فيه؟ | The bridge cost how much?",
    "when": "المتحف متى افتتح؟ | The museum opened when?",
    "where": "الحادث وين صار؟ | المتحف فين؟",
    "who": "اللوحة مين سرقها؟",
    "why": "المصنع ليش سكر؟",
}

# Told by less usual patterns.
_LESS_USUAL: Mapping[QuestionType, str] = {
    "how_many": """
        كم ساعة استمرت المفاوضات؟
        كم وقت استغرق بناء الجسر؟
        ما المسافة بين المدينتين؟
        ما هو العدد الإجمالي للضحايا؟
        ما مدة العقوبة؟
        What's the population of the island?
    """,
    "what_time": """
        كم الساعة وقت الانفجار؟
        على أي ساعة تبدأ المباراة؟
        At which hour did it happen?
        وفقا للتقرير، الساعة كم وقع الانفجار؟
    """,
    "when": "Can you tell me when the match starts? | هل تعرف متى تبدأ المباراة؟",
    "where": "According to the report, in which city is the trial held? | Wher is the factory?",
    "who": """
        عمن تحدث التقرير؟
        What's the name of the new coach?
        According to the police, who was at the wheel when the bus crashed?
    """,
    "what_said": "ما الذي أكده الرئيس؟ | What has the company announced?",
    "why": "What's the cause of the delay? | ما الذي تسبب في الحريق؟",
    "which": "ضد أي فريق لعب المنتخب؟",
    "what": """
        من ماذا صنعت السفينة؟
        What timeline did the minister give?
        What agency leads the search?
        علاج المصابين في الحريق
        There is a strike at the port
    """,
}


def _each(table: Mapping[QuestionType, str]) -> list[tuple[str, QuestionType]]:
    """The questions of a table, divided by lines or bars, each with its type."""
    return [
        (question.strip(), kind)
        for kind, listed in table.items()
        for question in listed.strip().replace(" | ", "\n").split("\n")
    ]


ALL = [*_each(_STANDARD), *(pair for table in _DIALECTS.values() for pair in _each(table))]


@pytest.mark.parametrize(("question", "kind"), ALL)
def test_the_type_is_told_by_the_question_words(question: str, kind: QuestionType) -> None:
    assert question_type(question) == kind


def test_every_type_is_asked_for_in_both_languages_and_most_in_every_dialect() -> None:
    told_here = set(get_args(QuestionType)) - {"who_is"}
    for language in (str.isascii, lambda question: not question.isascii()):
        assert {kind for question, kind in _each(_STANDARD) if language(question)} == told_here
    assert all(len(table) >= 6 for table in _DIALECTS.values())
    assert len(ALL) == len(dict(ALL)) > 200


@pytest.mark.parametrize(
    ("question", "kind"),
    [(question, kind) for table in _DIALECTS.values() for question, kind in _each(table)],
)
def test_what_a_dialect_asks_for_is_the_same_in_standard_words(question: str, kind: QuestionType) -> None:
    assert question_type(standardized(question)) == kind


@pytest.mark.parametrize(("question", "kind"), _each(_MISTYPED))
def test_a_question_word_may_be_mistyped_by_a_letter(question: str, kind: QuestionType) -> None:
    assert question_type(question) == kind


@pytest.mark.parametrize(("question", "kind"), [*_each(_AFTER_SOMETHING), *_each(_AFTER_COURTESY)])
def test_something_may_be_said_before_the_question(question: str, kind: QuestionType) -> None:
    assert question_type(question) == kind


@pytest.mark.parametrize(("question", "kind"), _each(_INSIDE))
def test_the_question_word_may_stand_inside(question: str, kind: QuestionType) -> None:
    assert question_type(question) == kind


@pytest.mark.parametrize(("question", "kind"), _each(_LESS_USUAL))
def test_the_type_is_told_by_less_usual_words_too(question: str, kind: QuestionType) -> None:
    assert question_type(question) == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("", "what"),
        ("؟", "what"),
        ("المتحف الجديد", "what"),
        ("And the museum?", "what"),
        ("متى", "when"),
        ("Why?", "why"),
        ("كم؟", "how_many"),
    ],
)
def test_a_question_of_a_word_or_without_one_has_a_type_too(question: str, kind: QuestionType) -> None:
    assert question_type(question) == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("من أجل ماذا أضرب العمال؟", "what"),  # من of a purpose
        ("من خلال ماذا هرب؟", "what"),
        ("What is the name of the ship?", "what"),  # no person's
        ("ما اسم السفينة؟", "what"),
        ("How long was the tunnel?", "how_many"),
        ("How long did they search, and how?", "how_many"),
        ("Who said when the talks begin?", "who"),  # the first question word counts
        ("ماذا فعل الوزير؟", "what"),  # told of, not said
    ],
)
def test_words_that_look_alike_are_told_apart(question: str, kind: QuestionType) -> None:
    assert question_type(question) == kind


@pytest.mark.parametrize(("question", "kind"), ALL)
def test_neither_spelling_nor_punctuation_changes_what_is_asked_for(question: str, kind: QuestionType) -> None:
    bare = question.rstrip("؟?.")
    same = [fold(question), bare, f"{bare} ؟!", f"  {question}\n", question.upper(), question.replace("ا", "ـا", 1)]
    assert {question_type(one) for one in same} == {kind}


@pytest.mark.parametrize(
    ("question", "kind"), [(one, kind) for one, kind in _each(_STANDARD) if not one.startswith(("و", "فهل"))]
)
def test_a_question_may_go_on_from_another(question: str, kind: QuestionType) -> None:
    assert question_type(("and " if question.isascii() else "و") + question) == kind


@patient
@given(st.one_of(texts, st.builds("{} {}".format, st.sampled_from([one for one, _ in ALL]), texts)))
def test_any_text_asks_for_something_and_never_for_a_person_already_named(text: str) -> None:
    assert question_type(text) in set(get_args(QuestionType)) - {"who_is"}


def test_the_patterns_are_in_the_form_that_is_compared() -> None:
    source = resources.files("rag").joinpath("asking.toml").read_text(encoding="utf-8")
    arabic = re.findall(r"[\u0620-\u064a]+", str(tomllib.loads(source)))
    assert len(arabic) > 300
    assert [word for word in arabic if fold(word) != word] == []


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("ما اسم السائق؟", True),
        ("ما أسماء الضحايا؟", True),
        ("What is the driver's name?", True),
        ("What are the names of the victims?", True),
        ("من هو مدير المصنع؟", True),
        ("من كان السائق؟", True),
        ("مين هو المدرب الجديد؟", True),
        ("Who is the minister of health?", True),
        ("Who was the driver?", True),
        ("من فاز بالسباق؟", False),
        ("من هو الذي فاز بالسباق؟", False),
        ("من هو أول من وصل؟", False),
        ("Who won the race?", False),
        ("Who was the first to arrive?", False),
        ("أين يقع المصنع؟", False),
        ("Which company renamed the ship?", False),
        ("", False),
        ("Who's the new coach?", True),
        ("ومن هو المدير؟", True),
    ],
)
def test_a_name_is_asked_for_in_so_many_words_or_of_an_office(question: str, named: bool) -> None:
    assert asks_for_name(question) is named
