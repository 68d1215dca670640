"""Text to terms."""

from importlib import resources

import pytest
from hypothesis import example, given

from rag.language.analyzer import Term, analyze, clock, fingerprint, is_canonical, is_dual
from rag.language.characters import fold
from rag.language.words import words

from .strategies import THREE_SCRIPTS, in_digits, patient, prose, texts


def terms(text: str) -> list[str]:
    """The terms of a text without their places."""
    return [term.text for term in analyze(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الهجوم على قاعدة عين الأسد", ["هجوم", "قاعد", "عين", "اسد"]),
        ("Two rockets hit the base.", ["#2", "rocket", "hit", "base"]),
        ("نحو 2500 جندي", ["#2500", "جند"]),
        ("ثلاثة صواريخ", ["#3", "صواريخ"]),
        ("استهدفت طائرتان القاعدة", ["استهدف", "طاير", "#2", "قاعد"]),
        ("إطلاق صاروخين", ["اطلاق", "صاروخ", "#2"]),
        ("في 6 مارس 2021", ["@2021-03-06", "@2021-03", "@2021", "@--03-06", "@--03"]),
        ("عام 2014", ["عام", "@2014"]),
        ("منذ 2014", ["منذ", "@2014", "#2014"]),
        ("2000 جندي", ["@2000", "#2000", "جند"]),
        ("الساعة 2:45 عصراً", ["ساع", "~14:45", "عصر"]),
        ("10-12 2021-13-45", ["10-12", "2021-13-45"]),
        ("في من على the of", []),
        ("؟! …", []),
        ("", []),
    ],
)
def test_a_text_has_stems_and_canonical_forms_as_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_a_term_knows_what_says_it() -> None:
    assert analyze("سقط صاروخان في 5 يوليو/تموز، الساعة 2:45") == [
        Term("سقط", 0, 3),
        Term("صاروخ", 4, 11),
        Term("#2", 4, 11, "dual"),
        Term("@--07-05", 15, 27, "date"),
        Term("@--07", 15, 27, "date"),
        Term("ساع", 29, 35),
        Term("~02:45", 36, 40, "time"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("قُتل ٢٥٠٠ جنديّ", "قتل 2,500 جندي"),
        ("ألفان وخمسمئة جندي", "2500 جندي"),
        ("بثلاثة صواريخ", "3 صواريخ"),
        ("الخامس من تموز 2021", "5/7/2021"),
        ("2:45 عصرا", "14:45 عصرا"),
        ("twenty-five soldiers", "25 soldiers"),
        ("July 5, 2021", "2021-07-05"),
        ("ALASAD BASE", "Alasad bases"),
    ],
)
def test_what_says_the_same_has_the_same_terms(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@pytest.mark.parametrize(
    ("term", "canonical"),
    [("#2500", True), ("@2021-07-05", True), ("~14:45", True), ("هجوم", False), ("attack", False), ("10-12", False)],
)
def test_canonical_forms_are_told_from_stems(term: str, canonical: bool) -> None:
    assert is_canonical(term) is canonical


@pytest.mark.parametrize(
    "word",
    "طائرتان طائرتين بطائرتين الطائرتان والطائرتين صاروخان صاروخين بصاروخين الصاروخين لهجومين هجومين جنديان جنديين قتيلان "
    "قتيلين شهرين يومين أسبوعين مرتين هدفين مصدران المصدرين وزيرين مدينتين منصتين غارتين".split(),
)
def test_a_noun_in_the_dual_says_two(word: str) -> None:
    assert is_dual(fold(word))
    assert "#2" in terms(word)


@pytest.mark.parametrize(
    "word",
    "مسلحين مسلحون المسلحين عراقيين مدنيين مسؤولين معلمين المعلمين معتقلين صحفيين قانون ميدان بيان انسان لجان جيران فلسطين "
    "لبنان بلبنان ولبنان البحرين طالبان بلدان فقدان عدوان رمضان نيسان ملايين أمين هجوم صواريخ soldiers 22".split(),
)
def test_sound_plurals_and_words_that_only_end_alike_do_not_say_two(word: str) -> None:
    assert not is_dual(fold(word))
    assert "#2" not in terms(word)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("الساعة 2:45 عصراً", "~14:45"),
        ("الساعة ٢:٤٥ عصرا", "~14:45"),
        ("2:45 من عصر الإثنين", "~14:45"),
        ("2:45 بعد الظهر", "~14:45"),
        ("2:45 بعد ظهر الإثنين", "~14:45"),
        ("7:15 مساءً", "~19:15"),
        ("14:45", "~14:45"),
        ("14:45 مساء", "~14:45"),
        ("2:45", "~02:45"),
        ("2:45 بعد الهجوم", "~02:45"),
        ("9:00 صباح الجمعة", "~09:00"),
        ("5:30 فجرا", "~05:30"),
        ("11:30 قبل الظهر", "~11:30"),
        ("12:30 ظهرا", "~12:30"),
        ("12:30 صباحا", "~00:30"),
        ("12:30 بعد منتصف الليل", "~00:30"),
        ("1:30 بعد منتصف الليل", "~01:30"),
        ("1:30 ليلا", "~01:30"),
        ("11:30 ليلا", "~23:30"),
        ("11:30 قبل منتصف الليل", "~23:30"),
        ("12:00 منتصف الليل", "~00:00"),
        ("at 2:45 pm", "~14:45"),
        ("at 2:45pm", "~14:45"),
        ("at 2:45 p.m. on Monday", "~14:45"),
        ("2:45 in the afternoon", "~14:45"),
        ("9:00 at night", "~21:00"),
        ("9:00 in the morning", "~09:00"),
        ("12:30 a.m.", "~00:30"),
        ("12:30 p.m.", "~12:30"),
        ("2:45 pm", "~14:45"),
        ("25:00", None),
        ("12:75", None),
        ("2.45", None),
        ("2021", None),
    ],
)
def test_a_time_of_day_is_put_on_the_clock_of_24_hours(text: str, time: str | None) -> None:
    found = words(text)
    assert [clock(found, i) for i, word in enumerate(found) if word.is_figure] == [time]


def test_the_fingerprint_names_the_language_data() -> None:
    digest = resources.files("rag.language").joinpath("data", "digest.txt").read_text(encoding="utf-8").strip()
    assert fingerprint().partition("-")[2] == digest
    assert fingerprint().partition("-")[0].isdecimal()


@patient
@given(texts)
@example("ʼ")
@example("ـ")
@example("ﹰ")
@example("9" * 400 + " ألف")
@example("ا" * 5000)
def test_analysing_never_raises_and_every_term_lies_in_the_text(text: str) -> None:
    found = analyze(text)
    assert [term.start for term in found] == sorted(term.start for term in found)
    for term in found:
        assert 0 <= term.start < term.end <= len(text)
        assert term.text == "".join(term.text.split()) != ""
        assert is_canonical(term.text) is (term.kind != "stem")


@patient
@given(texts)
def test_digits_of_three_scripts_give_the_same_terms(text: str) -> None:
    assert [analyze(in_digits(text, digits)) for digits in THREE_SCRIPTS] == [analyze(text)] * 3


@patient
@given(prose)
def test_each_term_is_among_those_of_what_says_it(text: str) -> None:
    for term in analyze(text):
        if term.kind in {"stem", "dual", "number"}:
            assert term.text in terms(text[term.start : term.end])


@patient
@given(prose, prose)
def test_the_terms_of_two_paragraphs_are_those_of_each(one: str, other: str) -> None:
    between = " ومن جهة أخرى\n"
    assert terms(f"{one}{between}{other}") == terms(one) + terms(between) + terms(other)
