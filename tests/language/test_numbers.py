"""Numbers in digits of three scripts and in words of both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.characters import fold
from rag.language.numbers import Number, figure, numbers
from rag.language.words import words

from .strategies import THREE_SCRIPTS, in_digits, patient, texts


def said(text: str) -> list[str]:
    """The terms of the numbers in a text."""
    return [number.term for number in numbers(words(text))]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        # units, teens, tens
        ("ثلاثة صواريخ", ["#3"]),
        ("أحد عشر جنديا", ["#11"]),
        ("إحدى عشرة قذيفة", ["#11"]),
        ("اثنا عشر واثنتي عشرة", ["#12", "#12"]),
        ("خمسة وعشرون يوما", ["#25"]),
        ("واحد وعشرين", ["#21"]),
        ("تسعين كيلومترا", ["#90"]),
        ("أكثر من أربعين هجوما", ["#40"]),
        # hundreds, in one word and in two, in both spellings
        ("مئة ومائة ومئتان ومائتين", ["#100", "#100", "#200", "#200"]),
        ("مئتي جندي ومائتا جندي ومائتي جندي", ["#200", "#200", "#200"]),
        ("ثلاثمئة ثلاثمائة ثلاث مئة", ["#300", "#300", "#300"]),
        ("ثمانمئة ثمانيمئة ثماني مئة", ["#800", "#800", "#800"]),
        ("مئة وخمسة وعشرون", ["#125"]),
        # thousands and more
        ("ألف جندي", ["#1000"]),
        ("ألفين وخمسمئة", ["#2500"]),
        ("ألفان وخمسمائة جندي", ["#2500"]),
        ("ألفي جندي", ["#2000"]),
        ("عشرة آلاف", ["#10000"]),
        ("خمسة عشر ألف جندي", ["#15000"]),
        ("ثلاثمائة وخمسون ألفا", ["#350000"]),
        ("مائتي ألف", ["#200000"]),
        ("مليونان ومئتا ألف", ["#2200000"]),
        ("خمسة ملايين وثلاثمئة ألف وأربعين", ["#5300040"]),
        ("ثلاثة مليارات", ["#3000000000"]),
        ("عشرون مليارا ثم خمسون مليونا", ["#20000000000", "#50000000"]),
        ("2.5 مليون ثم ٢٫٥ مليون ثم 3 آلاف", ["#2500000", "#2500000", "#3000"]),
        ("ألف و500 جندي", ["#1500"]),
        ("مليون و200 ألف و50", ["#1200050"]),
        ("ألفين و300", ["#2300"]),
        ("نصف مليون ثم ربع مليون", ["#500000", "#250000"]),
        ("مليون ونصف المليون", ["#1500000"]),
        ("3 ملايين ونصف", ["#3500000"]),
        # joined particles
        ("بثلاثة صواريخ", ["#3"]),
        ("لخمسة أيام وبعشرة", ["#5", "#10"]),
        ("بمئتي ألف", ["#200000"]),
        ("بنصف مليون", ["#500000"]),
        # one after the other
        ("ثلاثة وأربعة", ["#3", "#4"]),
        ("ثلاثة أو أربعة", ["#3", "#4"]),
        ("خمسة آلاف وثلاثة ملايين", ["#5000", "#3000000"]),
        ("ألف و5000", ["#1000", "#5000"]),
        ("500 و600", ["#500", "#600"]),
    ],
)
def test_arabic_numbers_are_read(text: str, terms: list[str]) -> None:
    assert said(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("one twelve nineteen", ["#1", "#12", "#19"]),
        ("zero", ["#0"]),
        ("twenty-five soldiers", ["#25"]),
        ("Twenty five", ["#25"]),
        ("one hundred and twenty-five", ["#125"]),
        ("a hundred, a thousand, a million", ["#100", "#1000", "#1000000"]),
        ("a thousand and one", ["#1001"]),
        ("twelve hundred", ["#1200"]),
        ("two thousand five hundred", ["#2500"]),
        ("two hundred and fifty thousand", ["#250000"]),
        ("one million two hundred thousand", ["#1200000"]),
        ("2.5 million", ["#2500000"]),
        ("three billion", ["#3000000000"]),
        ("a dozen rockets", ["#12"]),
        ("two dozen", ["#24"]),
        ("half a dozen", ["#6"]),
        ("half a million, a quarter of a million", ["#500000", "#250000"]),
        ("five and six", ["#5", "#6"]),
        ("five six", ["#5", "#6"]),
        ("five thousand and three million", ["#5000", "#3000000"]),
        ("nineteen eighty", ["#19", "#80"]),
    ],
)
def test_english_numbers_are_read(text: str, terms: list[str]) -> None:
    assert said(text) == terms


@pytest.mark.parametrize(
    "text",
    [
        "آلاف الجنود",
        "عشرات الآلاف من القتلى",
        "مئات",
        "أحد المصدرين",
        "بأحد المواقع",
        "الأحد والإثنين",
        "كمية كبيرة",
        "لست هنا",
        "نصف ساعة",
        "الستة والثلاثين",
        "صواريخ",
        "2:45",
        "5/7/2021",
        "2021-07-05",
        "10-12",
        "1,2,3",
        "hundreds of people",
        "dozens, thousands, millions",
        "hundred and thousand",
        "half the men",
        "once",
        "",
    ],
)
def test_words_and_figures_that_give_no_amount_are_no_numbers(text: str) -> None:
    assert said(text) == []


def test_a_number_spans_its_words() -> None:
    assert numbers(words("قتل ألفان وخمسمئة جندي في 3 هجمات")) == [Number(2500.0, 1, 3), Number(3.0, 5, 6)]


@pytest.mark.parametrize(
    "text", ["2500", "2,500", "٢٥٠٠", "٢٬٥٠٠", "۲۵۰۰", "ألفين وخمسمئة", "two thousand five hundred", "2.5 thousand"]
)
def test_one_amount_has_one_term_however_it_is_written(text: str) -> None:
    assert said(text) == ["#2500"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7.0),
        ("007", 7.0),
        ("2,500", 2500.0),
        ("2,500,000", 2500000.0),
        ("3.500.000", 3500000.0),
        ("2.5", 2.5),
        ("2,5", 2.5),
        ("2٫5", 2.5),
        ("2٫500", 2.5),
        ("2.500", 2.5),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("12٬345٫67", 12345.67),
        ("1,234,56", None),
        ("1,2,3", None),
        ("1.2.3", None),
        ("1,23.456", None),
        ("2:45", None),
        ("5/7/2021", None),
        ("12a", None),
        (".5", None),
        ("", None),
    ],
)
def test_a_figure_has_a_value_unless_it_is_a_date_or_a_time(text: str, value: float | None) -> None:
    assert figure(text) == value


@pytest.mark.parametrize(
    ("value", "term"), [(3.0, "#3"), (2.5, "#2.5"), (0.0, "#0"), (2_500_000.0, "#2500000"), (1e9, "#1000000000")]
)
def test_a_whole_value_has_a_term_without_decimals(value: float, term: str) -> None:
    assert Number(value, 0, 1).term == term


@given(st.integers(0, 10**11))
def test_grouped_digits_of_three_scripts_are_the_same_number(value: int) -> None:
    written = [in_digits(form, digits) for digits in THREE_SCRIPTS for form in (f"{value}", f"{value:,}")]
    written += [in_digits(f"{value:,}".replace(",", "٬"), digits) for digits in THREE_SCRIPTS]
    assert [figure(fold(form)) for form in written] == [float(value)] * len(written)


@given(st.integers(0, 10**6), st.integers(1, 99))
def test_decimals_of_three_scripts_are_the_same_number(whole: int, hundredths: int) -> None:
    written = [
        in_digits(f"{whole:{grouped}}{mark}{hundredths:02}", digits)
        for digits in THREE_SCRIPTS
        for grouped, mark in [("", "."), (",", "."), ("", "٫")]
    ]
    assert [figure(fold(form)) for form in written] == [float(f"{whole}.{hundredths:02}")] * len(written)


_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_english(value: int, hyphen: str = "-", and_: str = " and ") -> str:
    """A whole number below 10^12 in English words."""
    for scale, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if value >= scale:
            rest = f" {in_english(value % scale, hyphen, and_)}" if value % scale else ""
            return f"{in_english(value // scale, hyphen, and_)} {name}{rest}"
    if value >= 100:
        return f"{_UNITS[value // 100]} hundred" + (and_ + in_english(value % 100, hyphen, and_) if value % 100 else "")
    if value < 20:
        return _UNITS[value]
    return _TENS[value // 10 - 2] + (hyphen + _UNITS[value % 10] if value % 10 else "")


@patient
@given(st.integers(0, 10**12 - 1), st.sampled_from("- "), st.sampled_from([" ", " and "]))
def test_any_number_in_english_words_is_read_back(value: int, hyphen: str, and_: str) -> None:
    text = in_english(value, hyphen, and_)
    found = words(text)
    assert numbers(found) == [Number(float(value), 0, len(found))]


_MASCULINE = "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split()
_FEMININE = "واحدة اثنتان ثلاث أربع خمس ست سبع ثماني تسع عشر".split()
_NOMINATIVE = ("ون", "ان")
_OBLIQUE = ("ين", "ين")
_STEMS = "عشر ثلاث أربع خمس ست سبع ثمان تسع".split()


def in_arabic(value: int, units: list[str], endings: tuple[str, str], hundred: str) -> str:
    """A whole number from 1 to 10^9 in Arabic words, of a gender, a case and a spelling of the hundred."""
    tens_ending, dual = endings
    for scale, one, plural in ((10**6, "مليون", "ملايين"), (1000, "ألف", "آلاف")):
        if value >= scale:
            times = value // scale
            if times <= 2:
                head = one + (dual if times == 2 else "")
            else:
                few = 3 <= times % 100 <= 10
                head = f"{in_arabic(times, _MASCULINE, endings, hundred)} {plural if few else one}"
            return head + (f" و{in_arabic(value % scale, units, endings, hundred)}" if value % scale else "")
    if value >= 100:
        times = value // 100
        head = [hundred, hundred[:-1] + "ت" + dual, *(unit + hundred for unit in _FEMININE[2:9])][times - 1]
        return head + (f" و{in_arabic(value % 100, units, endings, hundred)}" if value % 100 else "")
    if value >= 20:
        tens = _STEMS[value // 10 - 2] + tens_ending
        return f"{units[value % 10 - 1]} و{tens}" if value % 10 else tens
    if value > 10:
        masculine = units is _MASCULINE
        first = {1: "أحد" if masculine else "إحدى", 2: "اثنا" if masculine else "اثنتا"}.get(
            value - 10, units[value - 11]
        )
        return f"{first} {'عشر' if masculine else 'عشرة'}"
    return units[value - 1]


@patient
@given(
    st.integers(1, 10**9 - 1),
    st.sampled_from([_MASCULINE, _FEMININE]),
    st.sampled_from([_NOMINATIVE, _OBLIQUE]),
    st.sampled_from(["مئة", "مائة"]),
)
def test_any_number_in_arabic_words_is_read_back(
    value: int, units: list[str], endings: tuple[str, str], hundred: str
) -> None:
    found = words(in_arabic(value, units, endings, hundred))
    assert numbers(found) == [Number(float(value), 0, len(found))]


@patient
@given(texts)
def test_numbers_of_any_text_stand_in_order_and_inside_it(text: str) -> None:
    found = words(text)
    edges = [edge for number in numbers(found) for edge in (number.first, number.last)]
    assert edges == sorted(edges)
    assert all(number.first < number.last <= len(found) and number.value >= 0 for number in numbers(found))
