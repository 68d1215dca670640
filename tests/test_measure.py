"""What a question measures, and the units it may be told in, in both languages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.characters import fold
from rag.language.quantities import quantities
from rag.language.stem import stem
from rag.language.words import words
from rag.measure import Measure, asked_for, measures, told_in

from .language.strategies import patient, texts

NAMES = frozenset(one.name for one in measures())


def told(text: str) -> frozenset[str]:
    """The measures that the one quantity of a text may tell."""
    (quantity,) = quantities(text)
    unit = [quantity.unit_stem or "", *(word.folded for word in words(quantity.unit or ""))]
    return told_in(map(stem, unit))


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("How much did the stadium cost?", "money"),
        ("How much money did the bank lose?", "money"),
        ("How much was the fine?", "money"),
        ("What is the price of bread?", "money"),
        ("كم كلف بناء الملعب؟", "money"),
        ("كم تبلغ قيمة الصفقة؟", "money"),
        ("كم بلغت الغرامة التي فرضت على الشركة؟", "money"),
        ("شكد سعر البطاقة؟", "money"),
        ("كم راتب المدرب؟", "money"),
        ("How far is the island from the coast?", "distance"),
        ("How tall is the new tower?", "distance"),
        ("How deep is the lake?", "distance"),
        ("كم تبعد الجزيرة عن الساحل؟", "distance"),
        ("ما المسافة بين المدينتين؟", "distance"),
        ("كم ارتفاع البرج؟", "distance"),
        ("How heavy is the satellite?", "weight"),
        ("How much does the satellite weigh?", "weight"),
        ("كم وزن القمر الصناعي؟", "weight"),
        ("How many days did the strike last?", "duration"),
        ("How many hours did the talks last?", "duration"),
        ("كم يوما استمر الإضراب؟", "duration"),
        ("كم سنة سجن القرصان؟", "duration"),
        ("كم استمرت المباراة؟", "duration"),
        ("ما مدة العقوبة؟", "duration"),
        ("How old is the singer?", "age"),
        ("كم عمر المغنية؟", "age"),
        ("ما عمر المغنية؟", "age"),
        ("What is the unemployment rate?", "share"),
        ("ما نسبة البطالة؟", "share"),
        ("How fast was the train?", "speed"),
        ("كم بلغت سرعة الرياح؟", "speed"),
        ("How strong was the earthquake?", "strength"),
        ("كم بلغت قوة الزلزال؟", "strength"),
        ("What is the area of the forest?", "area"),
        ("كم تبلغ مساحة الغابة؟", "area"),
        ("How many people drowned?", "person"),
        ("How many sailors were rescued?", "person"),
        ("How many women were elected?", "person"),
        ("كم شخصا غرق؟", "person"),
        ("كم قتيلا سقط في الانهيار؟", "person"),
        ("كم عدد المصابين بالتسمم؟", "person"),
        ("كام واحد مات؟", "person"),
        ("كم أسرة نزحت بسبب الفيضان؟", "family"),
        ("كم حارسا كان في النوبة؟", "person"),
        ("How many guards were on duty?", "person"),
        ("كم دفع النادي للاعب؟", "money"),
        ("How many times did the club win?", "time"),
        ("كم مرة فاز النادي؟", "time"),
    ],
)
def test_a_question_asks_for_a_measure_and_for_no_other(question: str, measure: str) -> None:
    assert asked_for(question) == {measure}


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How long is the bridge?", {"distance", "duration"}),
        ("How long did the strike last?", {"distance", "duration"}),
        ("What percentage of voters took part?", {"share", "person"}),
        ("ما نسبة الناخبين المشاركين؟", {"share", "person"}),
        ("How many families were displaced?", {"family", "person"}),
    ],
)
def test_a_question_that_may_ask_for_several_measures_asks_for_all_of_them(question: str, asked: set[str]) -> None:
    assert asked_for(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "كم سفينة عبرت القناة؟",
        "How much gum did the family harvest?",
        "How many ships crossed?",
        "How many goals did she score?",
        "كم هدفا سجل؟",
        "ما عاصمة منغوليا؟",
        "What happened?",
        "",
    ],
)
def test_a_question_for_things_of_another_kind_asks_for_no_measure(question: str) -> None:
    assert asked_for(question) == frozenset()


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("دفع النادي 25 مليون يورو", "money"),
        ("a fine of $3.5 million", "money"),
        ("€12bn", "money"),
        ("a cost of 200 million dirhams", "money"),
        ("على بعد 45 كيلومترا", "distance"),
        ("يبلغ ارتفاعه 120 مترا", "distance"),
        ("12 miles from the shore", "distance"),
        ("a tower 300 metres tall", "distance"),
        ("يزن 450 كيلوغراما", "weight"),
        ("900 كغ", "weight"),
        ("six tonnes of rice", "weight"),
        ("ثلاثة أطنان", "weight"),
        ("استمرت ساعتين", "duration"),
        ("خمسة أيام", "duration"),
        ("after 40 minutes", "duration"),
        ("تبلغ من العمر 34 عاما", "age"),
        ("aged 19", "age"),
        ("19 years old", "age"),
        ("42 بالمئة من الناخبين", "share"),
        ("7%", "share"),
        ("بسرعة 90 كيلومترا في الساعة", "speed"),
        ("بقوة 6.2 درجات", "strength"),
        ("5,000 هكتار", "area"),
        ("200 hectares", "area"),
        ("قتل 14 عاملا", "person"),
        ("أصيب 9 أشخاص", "person"),
        ("امرأتان", "person"),
        ("12 شرطيا", "person"),
        ("three sailors", "person"),
        ("نزحت 80 أسرة", "family"),
        ("80 families", "family"),
        ("فاز باللقب ست مرات", "time"),
        ("won it six times", "time"),
    ],
)
def test_a_quantity_tells_the_measure_of_its_unit(text: str, measure: str) -> None:
    assert measure in told(text)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("دفع النادي 25 مليون يورو", "person"),
        ("قتل 14 عاملا", "money"),
        ("استمرت ساعتين", "distance"),
        ("على بعد 45 كيلومترا", "weight"),
        ("7%", "money"),
        ("80 families", "person"),
        ("امرأتان", "family"),
        ("يزن 450 كيلوغراما", "area"),
    ],
)
def test_a_quantity_does_not_tell_another_measure(text: str, measure: str) -> None:
    assert measure not in told(text)


@pytest.mark.parametrize("text", ["300 sheep", "4 أهداف", "سجل 60"])
def test_a_quantity_of_anything_else_tells_no_measure(text: str) -> None:
    assert told(text) == frozenset()


def test_no_unit_tells_nothing() -> None:
    assert told_in([]) == told_in([""]) == told_in(["سفين"]) == frozenset()


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("بكم بيعت اللوحة؟", {"money"}),
        ("كم كلفت العبارة؟", {"money"}),
        ("كم أنفقت الحكومة؟", {"money"}),
        ("كم سائحا زار البلاد؟", {"person"}),
        ("How many survivors are there?", {"person"}),
        ("كم يبلغ طول النفق؟", {"distance"}),
    ],
    ids=["a passive", "a verb", "another", "persons", "others", "a tunnel has the stem of expenses"],
)
def test_a_question_asks_for_a_measure_that_is_not_told_yet(question: str, measure: set[str]) -> None:
    assert asked_for(question) == measure


@pytest.mark.parametrize("measure", measures(), ids=lambda measure: str(measure.name))
def test_a_measure_can_be_asked_for_and_told(measure: Measure) -> None:
    assert re.fullmatch("[a-z]+", measure.name)
    assert measure.name in told_in(measure.units)
    assert all(measure.name in asked_for(f"{start} x") for start in measure.begins)
    assert all(fold(start) == start for start in measure.begins)
    assert measure.asked
    assert "" not in measure.asked | measure.units


def test_every_measure_has_a_name_of_its_own() -> None:
    assert len(NAMES) == len(measures())


@pytest.mark.parametrize("measure", ["money", "distance", "weight", "duration", "share", "area", "person", "family"])
def test_the_units_of_a_measure_are_of_both_languages(measure: str) -> None:
    (one,) = (one for one in measures() if one.name == measure)
    assert any(unit.isascii() for unit in one.units)
    assert any(unit and not unit.isascii() for unit in one.units)


@patient
@given(texts)
def test_any_text_asks_for_known_measures_whatever_its_spelling(text: str) -> None:
    assert asked_for(text) <= NAMES
    assert asked_for(f" {text} ") == asked_for(text)


@patient
@given(st.lists(texts), st.lists(texts))
def test_more_units_tell_no_less(some: list[str], more: list[str]) -> None:
    assert told_in(some) <= told_in([*some, *more]) <= NAMES
