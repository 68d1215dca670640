"""Dialect questions in standard words."""

import json
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given

from rag.asking import question_type
from rag.language.characters import fold
from rag.language.dialect import forms, to_standard
from rag.language.stopwords import STOPWORDS
from rag.language.vocabulary import vocabulary

from .strategies import patient, texts

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("asked", "standard", "kind"),
    [
        # Iraqi
        ("شكد صاروخ سقط عالقاعدة؟", "كم صاروخ سقط على القاعدة؟", "how_many"),
        ("شنو موقف الحكومة من الاتفاق؟", "ما موقف الحكومة من الاتفاق؟", "what_said"),
        ("منو اللي فاز بالانتخابات البلدية؟", "من الذي فاز بالانتخابات البلدية؟", "who"),
        ("شوكت راح يجتمع البرلمان؟", "متى سوف يجتمع البرلمان؟", "when"),
        ("كم واحد انقتل بتفجير السوق؟", "كم شخصا قتل بتفجير السوق؟", "how_many"),
        ("شلون مات الفنان؟", "كيف مات الفنان؟", "how"),
        ("شنو گال الوزير عن السد؟", "ماذا قال الوزير عن السد؟", "what_said"),
        # Levantine
        ("شو صار بمطار بيروت امبارح؟", "ماذا حدث بمطار بيروت أمس؟", "what"),
        ("قديش بتبعد عين الأسد عن الرمادي؟", "كم تبعد عين الأسد عن الرمادي؟", "how_many"),
        ("شو حكى بلينكن عن الغارات عالحدود؟", "ماذا قال بلينكن عن الغارات على الحدود؟", "what_said"),
        ("لوين راحوا النازحين؟", "إلى أين ذهبوا النازحين؟", "where"),
        ("ليش زعلوا المسؤولين من حكي جاكوبسون؟", "لماذا غضبوا المسؤولين من كلام جاكوبسون؟", "why"),
        ("إيمتى بلشت المحادثات؟", "متى بدأت المحادثات؟", "when"),
        ("هالقرار مين وقعه وليش؟", "هذا القرار من وقعه ولماذا؟", "what"),
        # Egyptian
        ("كام عامل اتحبس في المنجم؟", "كم عامل حبس في المنجم؟", "how_many"),
        ("إيه العربية اللي لقوا عليها المنصة؟", "ما السيارة التي عثروا عليها المنصة؟", "what"),
        ("امتى هيبدأ تطبيق القانون؟", "متى سيبدأ تطبيق القانون؟", "when"),
        ("الوزير قال ايه عن الدولار؟", "ماذا قال الوزير عن الدولار؟", "what_said"),
        ("الحادث حصل فين؟", "أين حصل الحادث؟", "where"),
        ("ليه ماوافقش الوزير على العرض؟", "لماذا ما وافق الوزير على العرض؟", "why"),
        ("ازاي جالانت اتكلم مع أوستن؟", "كيف جالانت تكلم مع أوستن؟", "how"),
        ("هو فيه حد أعلن عن المسؤولية؟", "هل أحد أعلن عن المسؤولية؟", "yes_no"),
        # Gulf and Yemen
        ("وش رد وزير الطاقة على الأسعار؟", "ماذا رد وزير الطاقة على الأسعار؟", "what_said"),
        ("ليه البنتاغون بيودّي طيارات للمنطقة؟", "لماذا البنتاغون يرسل طائرات للمنطقة؟", "why"),
        ("ايش سوت الحكومة بعد الزلزال؟", "ماذا فعلت الحكومة بعد الزلزال؟", "what"),
        ("وين صايرة قاعدة عين الأسد؟", "أين تقع قاعدة عين الأسد؟", "where"),
        # The Maghreb
        ("شحال ديال الضحايا ماتو في الفيضانات؟", "كم الضحايا ماتو في الفيضانات؟", "how_many"),
        ("وقتاش غادي يجتمع المجلس؟", "متى سوف يجتمع المجلس؟", "when"),
        ("كيفاش اندلع الحريق فالسوق؟", "كيف اندلع الحريق في السوق؟", "how"),
        ("علاش تأجل المؤتمر؟", "لماذا تأجل المؤتمر؟", "why"),
        ("شكون ربح الانتخابات؟", "من فاز الانتخابات؟", "who"),
        ("اشنو قال الوزير على الأساتذة؟", "ماذا قال الوزير على الأساتذة؟", "what_said"),
        # Sudan
        ("متين وصل الوفد للخرطوم؟", "متى وصل الوفد للخرطوم؟", "when"),
    ],
)
def test_a_dialect_question_is_put_in_standard_words(asked: str, standard: str, kind: str) -> None:
    assert to_standard(asked) == standard
    assert question_type(to_standard(asked)) == kind


@pytest.mark.parametrize(
    "question",
    [
        "كم دولة عربية شاركت في القمة؟",  # not cars
        "من المتحدثة باسم شبكة بي بي إيه؟",  # a letter, not "what"
        "هل راح ضحية الهجوم مدنيون؟",
        "كم عدد القتلى في الهجوم على مطار شنغهاي؟",
        "لماذا عالج المستشفى الجرحى مجانا؟",  # not "on the …"
        "هل هاجر العالم إلى هالة؟",
        "متى انفجرت السيارة؟",  # no dialect passive
        "ماذا قال بيتر هيغسيث عن بيوت المستوطنين؟",
        "من هو محمد صلاح؟",
        "ما الذي حكاه الرئيس عن حد الفقر؟",
        "متى سافر هيثم حيدر؟",
        "أين يقع حي السيدة زينب؟",
    ],
)
def test_a_standard_question_stays_as_it_is(question: str) -> None:
    assert to_standard(question) == question


# Words by which a reader tells at once that a question is in a dialect.
_DIALECT = re.compile(
    r"\b(?:شنو|وين|ليش|امتى|قديش|شو|كام|مين|فين|علاش|شحال|قداش|شكد|اللي|يلي|حد|كم واحد|منو|منين|ازاي|ليه|ايه|إيه|تاع|ديال|وش)\b"
)


def _standard_questions() -> Iterator[str]:
    for path in [*(ROOT / "tests/grounding").glob("*.jsonl"), *(ROOT / "training").glob("questions-*.jsonl")]:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if not re.search("dialect|local", row["id"]) and not _DIALECT.search(row["question"]):
                yield row["question"]


def test_no_standard_question_of_the_question_sets_is_changed() -> None:
    changed = [question for question in _standard_questions() if fold(to_standard(question)) != fold(question)]
    assert changed == []


def test_what_needs_no_other_sign_of_dialect_is_no_standard_word() -> None:
    """Forms that the table does not mark "?" change every question they are in."""
    text = resources.files("rag.language").joinpath("data", "dialect.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert {len(row) for row in rows} == {3}
    single = [
        form
        for kind, listed, _ in rows
        for form in listed.split("|")
        if not kind.endswith("?") and kind not in {"verb", "future"} and " " not in form and not set(form) & set("گچ")
    ]
    assert [form for form in single if fold(form) in vocabulary() | STOPWORDS] == []


def test_the_table_has_the_dialects_words() -> None:
    text = resources.files("rag.language").joinpath("data", "dialect.tsv").read_text(encoding="utf-8")
    entries = [
        form for line in text.splitlines() if not line.startswith("#") for form in line.split("\t")[1].split("|")
    ]
    assert len(entries) > 1000
    assert {fold(word) for word in ("شنو", "ليش", "طيارات", "يشوف", "بلشوا", "هيروح")} <= forms()


def test_english_is_left_alone() -> None:
    assert to_standard("What did Kirby say about the drones?") == "What did Kirby say about the drones?"


@patient
@given(texts)
def test_any_text_can_be_put_in_standard_words(text: str) -> None:
    assert isinstance(to_standard(text), str)
