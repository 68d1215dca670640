"""Numbers with what they count and how they are bounded."""

import pytest
from hypothesis import given

from rag.language.quantities import Quantity, quantities

from .strategies import patient, texts


def told(text: str) -> list[tuple[float, str | None, str | None]]:
    return [(quantity.value, quantity.unit, quantity.bound) for quantity in quantities(text)]


def test_a_quantity_says_what_it_counts_where_and_how_it_is_bounded() -> None:
    text = "جراء إطلاق ثلاثة صواريخ على الأقل سقطت في محيطها"
    assert quantities(text) == (Quantity(3.0, "ثلاثة صواريخ على الأقل", 11, 33, "صواريخ", "صاروخ", 17, 23, "at_least"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6 صواريخ غراد استهدفت قاعدة", [(6, "صواريخ غراد")]),
        ("بينهم 2500 جندي أمريكي لمحاربة داعش", [(2500, "جندي أمريكي")]),
        ("بقيمة 2.3 مليون دينار", [(2_300_000, "دينار")]),
        ("٢٥٠٠ جندي", [(2500, "جندي")]),
        ("حضر نحو ألف متفرج", [(1000, "متفرج")]),
        ("تجاوز ألف قتيل", [(1000, "قتيل")]),
        ("زهاء ألفي لاجئ", [(2000, "لاجئ")]),
        ("ألفا و300 عداء", [(1300, "عداء")]),
        ("بصاروخين من طراز كاتيوشا", [(2, "صاروخين")]),
        ("أسقطت طائرتان مسيرتان وأصيب مدنيان", [(2, "طائرتان مسيرتان"), (2, "مدنيان")]),
        ("نسبة 3.4 في المائة و12% و7 بالمئة", [(3.4, "في المائة"), (12, "%"), (7, "بالمئة")]),
        ("ثلث مساحة العراق", [(round(1 / 3, 12), "مساحة")]),
        ("ثلاثة أرباع السكان", [(0.75, "السكان")]),
        ("أربع ساعات ونصف", [(4.5, "ساعات")]),
        ("عمره 34 عاما", [(34, "عاما")]),
        ("34 من بينهم 12 طفلا", [(34, None), (12, "طفلا")]),
        ("16 سيارة إسعاف", [(16, "سيارة إسعاف")]),
        ("12 من الجنود", [(12, "الجنود")]),
        ("12843 (8.1%) من الشراكات", [(12843, "الشراكات"), (8.1, "%")]),
        ("3250 برميلا يوميا", [(3250, "برميلا")]),
        ("2,500 American soldiers", [(2500, "American soldiers")]),
        ("a 138-metre vessel with 21 crew members", [(138, "metre"), (21, "crew members")]),
        ("three and a half hours", [(3.5, "hours")]),
        ("$640 million and €5bn", [(640_000_000, "$"), (5_000_000_000, "€")]),
    ],
)
def test_what_a_number_counts_follows_it(text: str, expected: list[tuple[float, str | None]]) -> None:
    assert [(q.value, q.unit) for q in quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سقوط الصواريخ الثلاثة على القاعدة", [(3, "الصواريخ")]),
        ("الدول الـ15", [(15, "الدول")]),
        ("خلال أسبوع واحد", [(1, "أسبوع")]),
        ("شخصا واحدا على الأقل", [(1, "شخصا")]),
        ("عدد القتلى 12", [(12, "القتلى")]),
        ("ارتفع عدد القتلى إلى 12 قتيلا", [(12, "قتيلا")]),
        ("ارتفع عدد القتلى من الجنود إلى 22", [(22, "القتلى")]),
        ("في سن 39", [(39, "سن")]),
        ("the death toll rose to 12", [(12, "death toll")]),
    ],
)
def test_or_stands_before_it(text: str, expected: list[tuple[float, str | None]]) -> None:
    assert [(q.value, q.unit) for q in quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ما لا يقل عن خمسة جنود", [(5, "جنود", "at_least")]),
        ("لم تتجاوز 20 طنا", [(20, "طنا", "at_most")]),
        ("بنحو 3000 جندي", [(3000, "جندي", "about")]),
        ("لأكثر من عشر ساعات", [(10, "ساعات", "more_than")]),
        ("قبل أقل من أسبوعين", [(2, "أسبوعين", "less_than")]),
        ("12 شخصا على الأقل", [(12, "شخصا", "at_least")]),
        ("بين 20 و30 ألف جندي", [(20_000, "جندي", "at_least"), (30_000, "جندي", "at_most")]),
        ("بين 12% و15%", [(12, "%", "at_least"), (15, "%", "at_most")]),
        ("12-15 شخصا", [(12, "شخصا", "at_least"), (15, "شخصا", "at_most")]),
        ("at least 30 soldiers", [(30, "soldiers", "at_least")]),
        ("between 20 and 30 percent", [(20, "percent", "at_least"), (30, "percent", "at_most")]),
        ("nearly 90 tonnes", [(90, "tonnes", "about")]),
    ],
)
def test_bounds(text: str, expected: list[tuple[float, str, str]]) -> None:
    assert told(text) == expected


def test_the_words_of_a_bound_belong_to_the_quantity_without_the_particle_before_them() -> None:
    assert [quantity.text for quantity in quantities("لأكثر من عشر ساعات")] == ["أكثر من عشر ساعات"]


@pytest.mark.parametrize(
    "text",
    [
        "الإثنين 5 يوليو/تموز 2021",
        "عام 2014 وفي العام 2021",
        "في 2023 كارثة",
        "بين 2014 و2017",
        "سنة 1517م",
        "الساعة 2:45 عصرا",
        "عند الساعة السابعة وعشر دقائق",
        "الساعة 10 مساء",
        "10 رمضان 1445 هـ",
        "القرن العشرين",
        "القرن الـ19",
        "السابع والعشرين",
        "الثالث عشر",
        "المرتبة الثالثة",
        "the 5th soldier",
        "كل واحد منهم",
        "فاز 2-1",
        "آلاف السكان",
        "لبنان وإيران",
        "في وادان",
        "قال المجريين",
        "ربع النهائي",
        "no one was hurt",
    ],
)
def test_dates_times_ordinals_and_scores_count_nothing(text: str) -> None:
    assert told(text) == []


def test_a_year_before_a_noun_that_it_counts_is_a_number() -> None:
    assert told("قتل 2000 جندي عام 2014") == [(2000, "جندي", None)]


@pytest.mark.parametrize(
    ("text", "value"), [("فيروس كوفيد-19 ينتشر", 19), ("المادة 140 من الدستور", 140), ("طائرة F-16", 16)]
)
def test_a_number_in_a_name_counts_nothing(text: str, value: float) -> None:
    assert told(text) == [(value, None, None)]


def test_a_part_of_what_was_counted_has_its_unit() -> None:
    text = "تلقت 241 تعديلا، قبلت الحكومة منها 63 فقط"
    assert told(text) == [(241, "تعديلا", None), (63, "تعديلا", None)]
    assert quantities(text)[1].text == "63"


def test_others_are_of_the_kind_counted_before() -> None:
    killed, wounded = quantities("قتل تسعة أشخاص وجرح 41 آخرون")
    assert (wounded.unit, wounded.unit_stem) == ("آخرون", killed.unit_stem)


@pytest.mark.parametrize(
    "forms",
    [
        ("ثلاثة صواريخ", "12 صاروخا", "صاروخين", "الصواريخ الثلاثة", "100 صاروخ"),
        ("70 كم", "سبعون كيلومترا", "ثلاثة كيلومترات", "70 كلم"),
        ("ثلاثة جنود", "12 جنديا", "100 جندي"),
        ("12 بالمئة", "12%", "12 في المائة", "12 percent"),
        ("34 عاما", "ثلاث سنوات", "20 سنة"),
        ("ستة قتلى", "12 قتيلا", "عدد القتلى 12"),
        ("2.3 مليون دولار", "ثلاثة دولارات", "12 دولارا", "$12"),
        ("ثلاثة نواب", "12 نائبا"),
        ("طائرتان", "ثلاث طائرات", "20 طائرة"),
    ],
)
def test_the_forms_of_a_unit_have_one_stem(forms: tuple[str, ...]) -> None:
    stems = {quantity.unit_stem for form in forms for quantity in quantities(form)}
    assert len(stems) == 1
    assert None not in stems


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("أصيب 12 بينهم طفل", [None]),
        ("سقط 12 وأصيب آخر", [None]),
        ("ثلاثة سقطوا في الحرب", [None]),
        ("2500 للتحالف", [None]),
        ("12 خلال الهجوم", [None]),
        ("11 شخصا مصرعهم", ["شخصا"]),
        ("24 ساعة دعت إليه", ["ساعة"]),
        ("640 مأوى بالكامل", ["مأوى"]),
    ],
)
def test_verbs_particles_and_function_words_are_not_counted(text: str, units: list[str | None]) -> None:
    assert [quantity.unit for quantity in quantities(text)] == units


@patient
@given(texts)
def test_offsets_are_those_of_the_text(text: str) -> None:
    for quantity in quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert (quantity.unit is None) == (quantity.unit_stem is None) == (quantity.unit_start is None)
        assert quantity.unit is None or text[quantity.unit_start : quantity.unit_end] == quantity.unit
