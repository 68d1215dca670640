"""Dates of news texts in both languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.dates import Date, dates, iso_terms
from rag.language.words import words

from .strategies import THREE_SCRIPTS, in_digits, patient, texts

FIFTH_OF_JULY = ("@2021-07-05", "@2021-07", "@2021", "@--07-05", "@--07")


def given_in(text: str) -> list[tuple[int | None, int | None, int | None]]:
    """Year, month and day of the dates in a text."""
    return [(found.year, found.month, found.day) for found in dates(words(text))]


@pytest.mark.parametrize(
    "text",
    [
        "5 يوليو/تموز 2021",
        "5 تموز/يوليو 2021",
        "5 تموز (يوليو) 2021",
        "٥ يوليو ٢٠٢١",
        "۵ يوليه ۲۰۲۱",
        "5 جويلية 2021",
        "5 يوليوز 2021",
        "05 تموز 2021",
        "الخامس من يوليو 2021",
        "الخامس من يوليو/تموز عام 2021",
        "الخامس من شهر تموز من العام 2021",
        "5 من يوليو 2021",
        "5 July 2021",
        "July 5, 2021",
        "July 5 2021",
        "Jul. 5, 2021",
        "July 5th, 2021",
        "5th July 2021",
        "5th of July 2021",
        "fifth of July, 2021",
        "5 JULY 2021",
        "2021-07-05",
        "2021/7/5",
        "5/7/2021",
        "05/07/2021",
        "5-7-2021",
        "5.7.2021",
        "٥/٧/٢٠٢١",
    ],
)
def test_one_day_has_the_same_terms_in_every_format(text: str) -> None:
    found = words(text)
    assert [(given.terms, given.first, given.last) for given in dates(found)] == [(FIFTH_OF_JULY, 0, len(found))]


@pytest.mark.parametrize(
    ("names", "month"),
    [
        ("يناير كانون_الثاني كانون_ثاني جانفي يناير/كانون_الثاني January", 1),
        ("فبراير شباط فيفري فبراير/شباط February Feb", 2),
        ("آذار مارس/آذار آذار/مارس", 3),
        ("أبريل ابريل إبريل نيسان أفريل أبريل/نيسان April Apr", 4),
        ("مايو أيار أيار/مايو", 5),
        ("يونيو يونيه حزيران حزيران/يونيو June Jun", 6),
        ("يوليو يوليه تموز جويلية يوليوز تموز/يوليو July Jul", 7),
        ("أغسطس اغسطس غشت آب/أغسطس أغسطس/آب Aug", 8),
        ("سبتمبر أيلول شتنبر أيلول/سبتمبر September Sept. Sep", 9),
        ("أكتوبر اكتوبر تشرين_الأول تشرين_أول تشرين_الأول/أكتوبر October Oct", 10),
        ("نوفمبر تشرين_الثاني تشرين_ثاني نونبر نوفمبر/تشرين_الثاني November Nov", 11),
        ("ديسمبر كانون_الأول كانون_أول دجنبر كانون_الأول/ديسمبر December Dec", 12),
    ],
)
def test_months_have_egyptian_levantine_maghrebi_and_english_names(names: str, month: int) -> None:
    assert [given_in(name.replace("_", " ")) for name in names.split()] == [[(None, month, None)]] * len(names.split())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("في السابع والعشرين من يونيو الماضي", [(None, 6, 27)]),
        ("السابع والعشرون من حزيران 2021", [(2021, 6, 27)]),
        ("الحادي عشر من سبتمبر", [(None, 9, 11)]),
        ("الحادي والثلاثين من ديسمبر", [(None, 12, 31)]),
        ("العشرين من مايو", [(None, 5, 20)]),
        ("الثلاثين من أبريل", [(None, 4, 30)]),
        ("الأول من كانون الثاني 2020", [(2020, 1, 1)]),
        ("twenty-seventh of June", [(None, 6, 27)]),
        ("the thirtieth of April 2020", [(2020, 4, 30)]),
        ("September 11", [(None, 9, 11)]),
        ("السبت 6 مارس/آذار 2021، أن", [(2021, 3, 6)]),
        ("في 5 يناير/كانون الثاني 2020", [(2020, 1, 5)]),
        ("7/25/2021", [(2021, 7, 25)]),
        ("تموز 2021", [(2021, 7, None)]),
        ("July 2021", [(2021, 7, None)]),
        ("يناير من العام الماضي", [(None, 1, None)]),
        ("شهر أبريل/نيسان الماضي", [(None, 4, None)]),
        ("في يونيو ويوليو 2021", [(None, 6, None), (2021, 7, None)]),
        ("بين حزيران/يونيو وكانون الأول/ديسمبر", [(None, 6, None), (None, 12, None)]),
        ("بيوليو وليونيو لتموز", [(None, 7, None), (None, 7, None)]),
        ("عام 2014 والعام 2021", [(2014, None, None), (2021, None, None)]),
        ("سنة 1990", [(1990, None, None)]),
        ("عام 1258", [(1258, None, None)]),
        ("in the year 1066", [(1066, None, None)]),
        ("منذ 2014، تحالفاً", [(2014, None, None)]),
        ("in 2014 and 2021", [(2014, None, None), (2021, None, None)]),
        ("5 يوليو 2021 ثم 27 يونيو", [(2021, 7, 5), (None, 6, 27)]),
    ],
)
def test_dates_are_read_as_far_as_they_are_given(
    text: str, found: list[tuple[int | None, int | None, int | None]]
) -> None:
    assert given_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("6 مارس", [(None, 3, 6)]),
        ("مارس 2021", [(2021, 3, None)]),
        ("السادس من مارس", [(None, 3, 6)]),
        ("في مارس الماضي", [(None, 3, None)]),
        ("مطلع مارس", [(None, 3, None)]),
        ("شهر آب", [(None, 8, None)]),
        ("منذ أوت", [(None, 8, None)]),
        ("6 ماي", [(None, 5, 6)]),
        ("جوان 2021", [(2021, 6, None)]),
        ("5 March", [(None, 3, 5)]),
        ("March 5", [(None, 3, 5)]),
        ("march 2021", [(2021, 3, None)]),
        ("in March", [(None, 3, None)]),
        ("last May", [(None, 5, None)]),
        ("early August", [(None, 8, None)]),
        ("the first of may", [(None, 5, 1)]),
        ("First May", [(None, 5, 1)]),
    ],
)
def test_a_month_whose_name_is_an_everyday_word_is_known_by_its_company(
    text: str, found: list[tuple[int | None, int | None, int | None]]
) -> None:
    assert given_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "مارس الرئيس ضغوطا",
        "الأول مارس الضغط",
        "ومارس الضغط",
        "جاء أب وأم",
        "من باب البيت",
        "قالت ماي إنها باقية",
        "He may leave",
        "The first may be the last",
        "in may",
        "They march on",
        "the second march",
        "the Women's March",
        "March!",
        "an august company",
        "Jan Egeland",
    ],
)
def test_everyday_words_are_no_months(text: str) -> None:
    assert given_in(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "2500 جندي",
        "90 كم",
        "1258",
        "3000 سنة",
        "2:45",
        "32/1/2021",
        "2021-13-01",
        "2021-02-30",
        "99/99/2021",
        "5-6",
        "الأربعاء",
        "",
    ],
)
def test_other_figures_and_days_of_the_week_are_no_dates(text: str) -> None:
    assert given_in(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("32 يوليو", [(None, 7, None)]),
        ("0 July", [(None, 7, None)]),
        ("July 32", [(None, 7, None)]),
        ("12 March 500", [(None, 3, 12)]),
    ],
)
def test_what_cannot_be_a_day_or_a_year_is_left_out(
    text: str, found: list[tuple[int | None, int | None, int | None]]
) -> None:
    assert given_in(text) == found


def test_a_date_spans_its_words() -> None:
    assert dates(words("أعلن الإثنين 5 يوليو/تموز 2021، أن")) == [Date(2021, 7, 5, 2, 6)]


@pytest.mark.parametrize(
    ("iso", "terms"),
    [
        ("2021-07-05", FIFTH_OF_JULY),
        ("2021-07", ("@2021-07", "@2021", "@--07")),
        ("2021", ("@2021",)),
        ("", ()),
    ],
)
def test_an_iso_date_of_any_precision_has_terms(iso: str, terms: tuple[str, ...]) -> None:
    assert iso_terms(iso) == terms


def test_a_day_without_a_year_has_the_terms_that_one_with_a_year_shares() -> None:
    assert Date(None, 7, 5, 0, 2).terms == ("@--07-05", "@--07")


_EGYPTIAN = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
_LEVANTINE = "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول".split(",")
_ENGLISH = "January February March April May June July August September October November December".split()
_ORDINALS = "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر".split()


def ordinal(day: int) -> str:
    """A day of the month as an Arabic ordinal."""
    if day <= 10:
        return _ORDINALS[day - 1]
    unit = "الحادي" if day % 10 == 1 else _ORDINALS[day % 10 - 1]
    if day < 20:
        return f"{unit} عشر"
    tens = {2: "العشرين", 3: "الثلاثين"}[day // 10]
    return f"{unit} و{tens}" if day % 10 else tens


def renderings(day: date) -> list[str]:
    """One day in the formats of news."""
    egyptian, levantine, english = (names[day.month - 1] for names in (_EGYPTIAN, _LEVANTINE, _ENGLISH))
    arabic = [
        f"{day.day} {name} {day.year}"
        for name in (egyptian, levantine, f"{egyptian}/{levantine}", f"{levantine} ({egyptian})")
    ]
    return [
        *(in_digits(text, digits) for text in (*arabic, day.isoformat()) for digits in THREE_SCRIPTS),
        f"{ordinal(day.day)} من {egyptian}/{levantine} عام {day.year}",
        f"{day.day} {english} {day.year}",
        f"{english} {day.day}, {day.year}",
        f"{day.day}th of {english[:3]}. {day.year}",
        f"{day.day:02}/{day.month:02}/{day.year}",
    ]


@patient
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_any_day_has_the_terms_of_its_iso_date_however_it_is_rendered(day: date) -> None:
    terms = [[found.terms for found in dates(words(text))] for text in renderings(day)]
    assert terms == [[iso_terms(day.isoformat())]] * len(terms)


@patient
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_the_terms_of_a_day_hold_those_of_its_month_and_its_year(day: date) -> None:
    terms = set(iso_terms(day.isoformat()))
    assert terms >= {*iso_terms(day.isoformat()[:7]), *iso_terms(day.isoformat()[:4])}
    assert len(terms) == 5


@patient
@given(texts)
def test_dates_of_any_text_stand_in_order_and_are_possible(text: str) -> None:
    found = words(text)
    edges = [edge for given in dates(found) for edge in (given.first, given.last)]
    assert edges == sorted(edges)
    for given_ in dates(found):
        assert given_.terms
        assert given_.first < given_.last <= len(found)
        assert 1 <= (given_.month or 1) <= 12
        assert 1 <= (given_.day or 1) <= 31


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بآب 2024", [(2024, 8, None)]),
        ("ومارس 2021", [(2021, 3, None)]),
        ("باب المندب", []),
        ("باب 12", []),
    ],
)
def test_a_month_that_is_an_everyday_word_too_may_be_joined_to_a_particle_before_a_year(
    text: str, expected: list[tuple[int | None, int | None, int | None]]
) -> None:
    assert given_in(text) == expected
