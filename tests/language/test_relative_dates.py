"""Relative dates of news sentences, resolved against the day of publication."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.relative_dates import Days, days_of, resolve

from .strategies import patient, texts

PUBLISHED = "2024-05-16"  # a Thursday


def resolved(text: str, published: str = PUBLISHED) -> list[tuple[str, str]]:
    """The words and the date of each expression."""
    return [(one.text, one.iso) for one in resolve(text, published)]


@pytest.mark.parametrize(
    ("text", "said", "iso"),
    [
        ("أعلنت الوزارة أمس تعليق الرحلات", "أمس", "2024-05-15"),
        ("أعلنت الوزارة مساء أمس الأربعاء تعليق الرحلات", "مساء أمس الأربعاء", "2024-05-15"),
        ("غادر الوفد يوم أمس", "يوم أمس", "2024-05-15"),
        ("التقى الوزيران بالأمس في الدوحة", "بالأمس", "2024-05-15"),
        ("تعطلت الخدمة الليلة البارحة", "البارحة", "2024-05-15"),
        ("وصل الرئيس أول أمس إلى عمّان", "أول أمس", "2024-05-14"),
        ("صدر التقرير أول من أمس الثلاثاء", "أول من أمس الثلاثاء", "2024-05-14"),
        ("توفي الكاتب أمس الأول", "أمس الأول", "2024-05-14"),
        ("افتتح الوزير المعرض اليوم الخميس", "اليوم الخميس", "2024-05-16"),
        ("افتتح الوزير المعرض صباح اليوم", "صباح اليوم", "2024-05-16"),
        ("افتتح الوزير اليوم معرض الكتاب", "اليوم", "2024-05-16"),
        ("ستبدأ الامتحانات غدا في كل المدارس", "غدا", "2024-05-17"),
        ("تبدأ الامتحانات يوم غد الجمعة", "يوم غد الجمعة", "2024-05-17"),
        ("تستأنف المحكمة جلساتها بعد غد", "بعد غد", "2024-05-18"),
        ("وقّع الجانبان الاتفاق الاثنين الماضي", "الاثنين الماضي", "2024-05-13"),
        ("وقّع الجانبان الاتفاق يوم الخميس الماضي", "يوم الخميس الماضي", "2024-05-09"),
        ("وقّع الجانبان الاتفاق الأحد قبل الماضي", "الأحد قبل الماضي", "2024-05-05"),
        ("وقّع الجانبان الاتفاق في وقت متأخر من مساء الأحد", "في وقت متأخر من مساء الأحد", "2024-05-12"),
        ("الثلاثاء، أعلنت الشركة أرباحها", "الثلاثاء", "2024-05-14"),
        ("قال المتحدث باسم النقابة الخميس إن الإضراب انتهى", "الخميس", "2024-05-16"),
        ("انقطعت الكهرباء منذ الاثنين عن المدينة", "الاثنين", "2024-05-13"),
        ("لم تهطل الأمطار الثلاثاء", "الثلاثاء", "2024-05-14"),
        ("ضربت الهزة البلدة ليل الثلاثاء الأربعاء", "ليل الثلاثاء الأربعاء", "2024-05"),
        ("سرقت اللوحة ليلة الأحد من المتحف", "ليلة الأحد", "2024-05"),
        ("سيلتقي الفريقان السبت في النهائي", "السبت", "2024-05-18"),
        ("يلتقي الفريقان الأحد المقبل في النهائي", "الأحد المقبل", "2024-05-19"),
        ("يلتقي الفريقان الخميس القادم في النهائي", "الخميس القادم", "2024-05-23"),
        ("بدأ الترميم الشهر الماضي", "الشهر الماضي", "2024-04"),
        ("بدأ الترميم الشهر قبل الماضي", "الشهر قبل الماضي", "2024-03"),
        ("ارتفع السعر مطلع الشهر الجاري", "مطلع الشهر الجاري", "2024-05"),
        ("وقع الحادث في العاشر من الشهر الجاري", "العاشر من الشهر الجاري", "2024-05-10"),
        ("وقع الحادث في 28 من الشهر الماضي", "28 من الشهر الماضي", "2024-04-28"),
        ("تنطلق الدورة الشهر المقبل", "الشهر المقبل", "2024-06"),
        ("قفز الإنتاج العام الماضي", "العام الماضي", "2023"),
        ("قفز الإنتاج في السنة الماضية", "السنة الماضية", "2023"),
        ("قفز الإنتاج مطلع العام الماضي", "مطلع العام الماضي", "2023"),
        ("قفز الإنتاج العام قبل الماضي", "العام قبل الماضي", "2022"),
        ("هبط الإنتاج منذ بداية العام", "بداية العام", "2024"),
        ("هبط الإنتاج خلال العام الجاري", "العام الجاري", "2024"),
        ("هبط الإنتاج هذا العام", "هذا العام", "2024"),
        ("يكتمل الخط للعام المقبل", "للعام المقبل", "2025"),
        ("يكتمل الخط نهاية العام المقبل", "نهاية العام المقبل", "2025"),
        ("أجلت الرحلة الأسبوع الماضي", "الأسبوع الماضي", "2024-05"),
        ("تنتهي المهلة الأسبوع المقبل", "الأسبوع المقبل", "2024-05"),
        ("انهار السد في سبتمبر/أيلول الماضي", "سبتمبر/أيلول الماضي", "2023-09"),
        ("انهار السد في نيسان الماضي", "نيسان الماضي", "2024-04"),
        ("انهار السد في مايو الماضي", "مايو الماضي", "2023-05"),
        ("انهار السد في أكتوبر (تشرين الأول) الماضي", "أكتوبر (تشرين الأول) الماضي", "2023-10"),
        ("انهار السد في آذار من العام الماضي", "آذار من العام الماضي", "2023-03"),
        ("انهار السد في آذار هذا العام", "آذار هذا العام", "2024-03"),
        ("انهار السد في الثالث من فبراير الماضي", "الثالث من فبراير الماضي", "2024-02-03"),
        ("انهار السد يوم 7 مايو الجاري", "يوم 7 مايو الجاري", "2024-05-07"),
        ("انهار السد في 7 كانون الثاني", "7 كانون الثاني", "2024-01-07"),
        ("انهار السد في أغسطس", "أغسطس", "2023-08"),
        ("انهار السد السبت 4 أيار", "السبت 4 أيار", "2024-05-04"),
        ("تقام القمة في يوليو/تموز المقبل", "يوليو/تموز المقبل", "2024-07"),
        ("تقام القمة في 14 فبراير المقبل", "14 فبراير المقبل", "2025-02-14"),
        ("ستقام القمة في نوفمبر", "نوفمبر", "2024-11"),
        ("نقلت القطعة إلى المتحف قبل ثلاثة أيام", "قبل ثلاثة أيام", "2024-05-13"),
        ("نقلت القطعة إلى المتحف قبل يومين", "قبل يومين", "2024-05-14"),
        ("نقلت القطعة إلى المتحف قبل أسبوعين", "قبل أسبوعين", "2024"),
        ("نقلت القطعة إلى المتحف قبل عامين", "قبل عامين", "2022"),
        ("المصنع متوقف منذ أسبوع", "منذ أسبوع", "2024-05"),
        ("A dam burst yesterday near the town", "yesterday", "2024-05-15"),
        ("A dam burst the day before yesterday", "the day before yesterday", "2024-05-14"),
        ("The minister resigned today", "today", "2024-05-16"),
        ("The minister resigned this morning", "this morning", "2024-05-16"),
        ("The strike will begin tomorrow", "tomorrow", "2024-05-17"),
        ("The strike will begin the day after tomorrow", "the day after tomorrow", "2024-05-18"),
        ("The union said on Tuesday it had called off the strike", "Tuesday", "2024-05-14"),
        ("On Monday, the museum reopened its doors", "Monday", "2024-05-13"),
        ("Floods swept the valley late on Sunday night", "late on Sunday night", "2024-05-12"),
        ("The two teams will meet on Saturday", "Saturday", "2024-05-18"),
        ("The court ruled last Saturday", "last Saturday", "2024-05-11"),
        ("The court ruled this past Saturday", "this past Saturday", "2024-05-11"),
        ("The court sits next Monday", "next Monday", "2024-05-20"),
        ("The court ruled last month", "last month", "2024-04"),
        ("The court will rule next month", "next month", "2024-06"),
        ("The court ruled last year", "last year", "2023"),
        ("The court ruled the year before last", "the year before last", "2022"),
        ("The court ruled earlier this year", "earlier this year", "2024"),
        ("The court will rule by the end of the year", "the end of the year", "2024"),
        ("The court ruled earlier this month", "earlier this month", "2024-05"),
        ("The court ruled last week", "last week", "2024-05"),
        ("The court ruled three days ago", "three days ago", "2024-05-13"),
        ("The court ruled two weeks ago", "two weeks ago", "2024"),
        ("The court ruled two years ago", "two years ago", "2022"),
        ("The court ruled in March", "March", "2024-03"),
        ("The court ruled last November", "last November", "2023-11"),
        ("The court ruled in July last year", "July last year", "2023-07"),
        ("The court ruled on April 3", "April 3", "2024-04-03"),
        ("The court ruled on Friday, April 5", "Friday, April 5", "2024-04-05"),
        ("The court will rule in late September", "late September", "2024-09"),
    ],
)
def test_an_expression_is_resolved_as_precisely_as_is_certain(text: str, said: str, iso: str) -> None:
    assert resolved(text) == [(said, iso)]


@pytest.mark.parametrize(
    "text",
    [
        "هم في أمس الحاجة إلى الماء",
        "شهد اليوم الأول من المعرض إقبالا",
        "نشرت صحيفة المصري اليوم الخبر",
        "تواجه البلاد اليوم أزمة مياه",
        "غدا الأمر واضحا",
        "خرجوا بعد صلاة الجمعة من المسجد",
        "أغلقت المحال يومي الجمعة والسبت",
        "ألقى عبد الأحد كلمة",
        "تستمر أعمال البحث حتى الثلاثاء",
        "تبدأ المحادثات الأربعاء في جنيف",
        "أعلن ذلك الاثنين 6 أيار 2024",
        "تفقد الأمين العام الحالي للمنظمة المخيم",
        "اجتاز الفحص قبل ثلاثة أيام من السباق",
        "اجتاز الفحص قبل شهر رمضان",
        "تأسس الحزب قبل نحو 16 شهرا",
        "تراجعت الأسعار خلال الأيام الماضية",
        "بدأ العمل منذ عام 1993",
        "تظاهر أنصار ثورة 14 تموز",
        "احترقت الغابة في 2019 ثم احترقت في آذار من العام ذاته",
        "Shares fell on Black Friday",
        "The office is closed every Monday",
        "He resigned on the following Monday",
        "The tug was due on Saturday",
        "He wrote for Russia Today",
        "Prices rose over the last year",
        "It happened about three weeks ago",
        "He may march and may not",
        "She lived there in 1999 and moved in May of that year",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert resolved(text) == []


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("أعلن ذلك أمس", "2024-07", []),
        ("أعلن ذلك الأربعاء", "2024-07", []),
        ("أعلن ذلك الشهر الماضي", "2024-07", [("الشهر الماضي", "2024-06")]),
        ("أعلن ذلك في أبريل", "2024-07", [("أبريل", "2024-04")]),
        ("أعلن ذلك الشهر الماضي", "2024", []),
        ("أعلن ذلك العام الماضي", "2024", [("العام الماضي", "2023")]),
        ("أعلن ذلك أمس", "", []),
        ("It closed last year", "2024", [("last year", "2023")]),
        ("It closed yesterday", "2024", []),
    ],
)
def test_a_coarse_date_of_publication_tells_only_what_is_the_same_on_all_its_days(
    text: str, published: str, expected: list[tuple[str, str]]
) -> None:
    assert resolved(text, published) == expected


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        (
            "The court ruled last Wednesday",
            date(2024, 5, 8),
            date(2024, 5, 15),
        ),  # said on a Thursday: yesterday, or the week before
        ("صدر الحكم الأربعاء الماضي", date(2024, 5, 8), date(2024, 5, 15)),
        ("The court ruled last night", date(2024, 5, 15), date(2024, 5, 16)),
        ("صدر الحكم ليلة الأحد", date(2024, 5, 11), date(2024, 5, 12)),
    ],
)
def test_where_usage_differs_all_the_days_that_may_be_meant_are_kept(text: str, earliest: date, latest: date) -> None:
    (found,) = resolve(text, PUBLISHED)
    assert (found.iso, found.days) == ("2024-05", Days(earliest, latest))


_PAST = (
    "أعلن ذلك أمس", "أعلن ذلك أول من أمس", "أعلن ذلك الثلاثاء", "أعلن ذلك ليل الجمعة", "أعلن ذلك ليلة الجمعة", "أعلن ذلك الأحد الماضي",
    "أعلن ذلك الأسبوع الماضي", "أعلن ذلك الشهر الماضي", "أعلن ذلك العام الماضي", "أعلن ذلك قبل أسبوعين", "أعلن ذلك قبل عامين",
    "أعلن ذلك في نيسان الماضي", "أعلن ذلك في 29 فبراير الماضي", "أعلن ذلك يناير من العام الماضي", "أعلن ذلك ليل السبت الأحد",
    "It was said yesterday", "It was said on Friday", "It was said last Monday", "It was said last week", "It was said last month",
    "It was said last year", "It was said two days ago", "It was said five months ago", "It was said on June 30", "It was said last night",
)  # fmt: skip


@given(st.sampled_from(_PAST), st.dates(date(1950, 1, 1), date(2090, 12, 31)))
@patient
def test_what_is_past_is_never_after_the_publication(text: str, published: date) -> None:
    for found in resolve(text, published.isoformat()):
        assert found.days.first <= found.days.last <= published
        whole = days_of(found.iso)
        assert whole is not None
        assert found.days.within(whole)


@given(texts, st.sampled_from(["", "2024", "2024-05", PUBLISHED, "0001-01-01", "9999-12-31"]))
@patient
def test_of_any_text_the_words_are_verbatim_and_apart(text: str, published: str) -> None:
    end = 0
    for found in resolve(text, published):
        assert text[found.start : found.end] == found.text
        assert end <= found.start < found.end
        end = found.end
