"""Different values told of the same thing: by two articles, by two voices of one, and what is no disagreement."""

from itertools import groupby

import pytest

from rag.disagreement.saying import said_voice
from rag.model import Answer, Article, Disagreement
from tests import newsroom
from tests.contract import assert_contract
from tests.newsroom import article

TOWER = article(
    "tower",
    "انهار مبنى سكني في حي المنشية بمدينة الإسكندرية في 26 يونيو/حزيران 2023. "
    "وقالت وزارة الصحة المصرية إن عشرة أشخاص قتلوا في انهيار المبنى.",
    published="2023-06-26",
    publisher="صحيفة البحر",
)
RUBBLE = article(
    "rubble",
    "قتل 13 شخصا في انهيار مبنى سكني بمدينة الإسكندرية في 26 يونيو/حزيران 2023، بحسب الدفاع المدني. ووقع الانهيار في حي المنشية.",
    published="2023-06-27",
    publisher="صحيفة النيل",
)
STRIKE = article(
    "strike",
    "بدأ عمال ميناء بورتسودان إضرابا عن العمل في 4 فبراير/شباط 2024. وقالت نقابة العمال إن 2500 عامل شاركوا في الإضراب. "
    "ويطالب المضربون بزيادة الأجور وتحسين ظروف السكن. وقالت إدارة الميناء إن 900 عامل شاركوا في الإضراب. "
    "وتوقفت الرافعات عن تفريغ السفن طوال النهار.",
    published="2024-02-04",
)
NEXT_TO_EACH_OTHER = article(
    "neighbours",
    "بدأ عمال ميناء بورتسودان إضرابا عن العمل في 4 فبراير/شباط 2024. وقالت نقابة العمال إن 2500 عامل شاركوا في الإضراب. "
    "وقالت إدارة الميناء إن 900 عامل شاركوا في الإضراب.",
    published="2024-02-04",
)
BRIDGE = article(
    "bridge",
    "A footbridge collapsed in the town of Harwick on 12 March 2022. The fire service said nine people were injured in the "
    "bridge collapse. The bridge was built in 1968.",
    published="2022-03-12",
)
SPAN = article(
    "span",
    "Fourteen people were injured when a footbridge collapsed in the town of Harwick on 12 March 2022, according to the local "
    "hospital. An inquiry has begun.",
    published="2022-03-13",
)
COAST_GUARD = article(
    "coast-guard",
    "غرقت العبارة «النورس» قبالة ميناء عدن في 3 أغسطس/آب 2023، وفق خفر السواحل. ونجا معظم الركاب.",
    published="2023-08-05",
)
OWNER = article(
    "owner",
    "غرقت العبارة «النورس» قبالة ميناء عدن في 4 أغسطس/آب 2023، وفق شركة الملاحة. وفتح تحقيق في الحادث.",
    published="2023-08-06",
)
Told = tuple[str, str | None, str]


def differing(question: str, *articles: Article) -> Disagreement | None:
    """What the sources differ on, found shown as it is in a reply that keeps the contract."""
    replied = newsroom.reply(question, *articles)
    assert isinstance(replied, Answer)
    assert_contract(replied, {one.id: one for one in articles}.get)
    found = newsroom.draft(question, *articles).disagreement
    if found is None:
        assert replied.disagreements == ()
        return None
    (shown,) = replied.disagreements
    assert shown["about"] == found.about
    assert [(one["value"], one["speaker"]) for one in shown["values"]] == [
        (one.text, one.speaker) for one in found.values
    ]
    cited = {one.number: one.quote for one in replied.citations}
    assert [cited[one["citations"][0]] for one in shown["values"]] == [one.quote.text for one in found.values]
    assert all(one.source in one.quote.text for one in found.values)
    return found


def told(question: str, *articles: Article) -> set[Told]:
    found = differing(question, *articles)
    return {(one.text, one.speaker, one.quote.article_id) for one in found.values} if found else set()


@pytest.mark.parametrize(
    ("question", "articles", "values"),
    [
        (
            "كم شخصا قتل في انهيار مبنى الإسكندرية؟",
            (TOWER, RUBBLE),
            {("عشرة أشخاص", "وزارة الصحة المصرية", "tower"), ("13 شخصا", "الدفاع المدني", "rubble")},
        ),
        (
            "How many people were killed in the Alexandria building collapse?",
            (TOWER, RUBBLE),
            {
                ("ten people", said_voice("وزارة الصحة المصرية", "en"), "tower"),
                ("13 people", said_voice("الدفاع المدني", "en"), "rubble"),
            },
        ),
        (
            "How many people were injured in the Harwick bridge collapse?",
            (BRIDGE, SPAN),
            {("nine people", "The fire service", "bridge"), ("Fourteen people", "the local hospital", "span")},
        ),
        (
            "متى غرقت العبارة النورس؟",
            (COAST_GUARD, OWNER),
            {("3 أغسطس/آب 2023", "خفر السواحل", "coast-guard"), ("4 أغسطس/آب 2023", "شركة الملاحة", "owner")},
        ),
        (
            "When did the ferry Nawras sink?",
            (COAST_GUARD, OWNER),
            {
                ("3 August 2023", said_voice("خفر السواحل", "en"), "coast-guard"),
                ("4 August 2023", said_voice("شركة الملاحة", "en"), "owner"),
            },
        ),
    ],
)
def test_two_articles_that_differ_are_both_told_with_whose_words_they_are(
    question: str, articles: tuple[Article, ...], values: set[Told]
) -> None:
    assert told(question, *articles) == values


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("كم عاملا شارك في الإضراب؟", {("2500 عامل", "نقابة العمال"), ("900 عامل", "إدارة الميناء")}),
        (
            "How many workers took part in the strike?",
            {("2500 workers", said_voice("نقابة العمال", "en")), ("900 workers", said_voice("إدارة الميناء", "en"))},
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "asked_of",
    [
        STRIKE,
        NEXT_TO_EACH_OTHER,
    ],
    ids=lambda one: one.id,
)
def test_two_voices_of_one_article_are_both_told(
    question: str, values: set[tuple[str, str | None]], asked_of: Article
) -> None:
    assert {(value, speaker) for value, speaker, _ in told(question, asked_of)} == values


def test_a_disagreement_is_shown_before_the_quotes_and_in_place_of_a_short_answer() -> None:
    question = "How many people were injured in the Harwick bridge collapse?"
    replied = newsroom.reply(question, BRIDGE, SPAN)
    assert replied.short is None
    assert replied.text.split("\n")[1:4] == [
        "• nine people, according to The fire service [1]",
        "• Fourteen people, according to the local hospital [2]",
        "The articles say:",
    ]


def test_values_that_nobody_is_named_for_are_told_without_a_speaker() -> None:
    quake = "ضرب زلزال مدينة الحوز المغربية في 8 سبتمبر/أيلول 2023. {0} {1}"
    rescue = "وتواصلت عمليات الإنقاذ طوال الليل وسط برد شديد وانقطاع للكهرباء عن القرى البعيدة."
    tents = "ونصبت السلطات خياما للمشردين قرب الطريق الرئيسي وأرسلت قوافل من الأغذية والأدوية."
    one = article("one", quake.format("وأدى الزلزال إلى مقتل 120 شخصا في الحوز.", rescue), published="2023-09-09")
    other = article("other", quake.format("وقتل 150 شخصا في الحوز جراء الزلزال القوي.", tents), published="2023-09-09")
    assert told("كم شخصا قتل في زلزال الحوز؟", one, other) == {("120 شخصا", None, "one"), ("150 شخصا", None, "other")}


def test_sentences_that_differ_in_nothing_but_the_figure_are_two_claims() -> None:
    text = "ضرب زلزال مدينة الحوز المغربية في 8 سبتمبر/أيلول 2023. وأدى الزلزال إلى مقتل {0} شخصا في الحوز. {1}"
    one = article("one", text.format(120, "وتواصلت عمليات الإنقاذ طوال الليل وسط برد شديد."), published="2023-09-09")
    other = article("other", text.format(150, "ونصبت السلطات خياما قرب الطريق الرئيسي."), published="2023-09-09")
    assert told("كم شخصا قتل في زلزال الحوز؟", one, other) == {("120 شخصا", None, "one"), ("150 شخصا", None, "other")}
    claims = newsroom.reply("كم شخصا قتل في زلزال الحوز؟", one, other).claims
    assert [claim.citations for claim in claims] == [(1,), (2,)]


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("كم شخصا قتل في انهيار مبنى الإسكندرية؟", (TOWER,)),
        ("How many people were injured in the Harwick bridge collapse?", (BRIDGE,)),
    ],
)
def test_one_voice_does_not_differ_from_itself(question: str, articles: tuple[Article, ...]) -> None:
    assert differing(question, *articles) is None


def test_the_same_figure_in_digits_and_in_words_is_one_value() -> None:
    again = article("again", RUBBLE.text.replace("13 شخصا", "10 أشخاص"), published="2023-06-27")
    question = "كم شخصا قتل في انهيار مبنى الإسكندرية؟"
    assert differing(question, TOWER, again) is None
    short = newsroom.draft(question, TOWER, again).short
    assert short is not None
    assert short.value == "10"


@pytest.mark.parametrize("question", ["كم عاملا شارك في الإضراب؟", "How many workers took part in the strike?"])
def test_a_part_and_its_whole_in_one_sentence_do_not_differ(question: str) -> None:
    text = STRIKE.text.replace("شاركوا في الإضراب.", "شاركوا في الإضراب، بينهم 900 عامل موسمي.", 1)
    assert text != STRIKE.text
    assert differing(question, article("part", text, published="2024-02-04")) is None


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("كم شخصا أصيب في حريق سوق إب؟", None),
        ("How many people were injured in the Ibb market fire?", None),
        ("كم شخصا أصيب في حريق سوق إب في يوليو 2023؟", "30 شخصا"),
        ("كم شخصا أصيب في حريق سوق إب في مارس 2021؟", "12 شخصا"),
    ],
)
def test_what_happened_twice_is_no_disagreement(question: str, shown: str | None) -> None:
    fire = "اندلع حريق في سوق مدينة إب اليمنية في {0}. وأسفر حريق السوق عن إصابة {1} شخصا."
    before = article("before", fire.format("3 مارس/آذار 2021", 12), published="2021-03-03")
    after = article("after", fire.format("9 يوليو/تموز 2023", 30), published="2023-07-09")
    assert differing(question, before, after) is None
    short = newsroom.draft(question, before, after).short
    assert (short.text if short else None) == shown


def test_who_somebody_is_may_be_several_things() -> None:
    analyst = article("analyst", "قال المحلل الاقتصادي حسام الدين فرج إن الأسعار سترتفع.")
    professor = article("professor", "وأكد أستاذ التاريخ حسام الدين فرج أن المخطوط قديم.")
    assert differing("من هو حسام الدين فرج؟", analyst, professor) is None


def test_different_measures_do_not_differ() -> None:
    storm = "ضرب إعصار ساحل عمان في 3 أكتوبر/تشرين الأول 2021. وبلغت سرعة الرياح {0} في الساعة خلال الإعصار."
    kilometres = article("kilometres", storm.format("120 كيلومترا"), published="2021-10-04")
    miles = article("miles", storm.format("75 ميلا"), published="2021-10-04")
    assert differing("كم بلغت سرعة الرياح خلال الإعصار؟", kilometres, miles) is None


def test_no_more_than_four_values_are_told() -> None:
    quake = "ضرب زلزال مدينة الحوز المغربية في 8 سبتمبر/أيلول 2023. وقال {0} إن {1} شخصا قتلوا في زلزال الحوز {2}."
    voices = {
        "وزير الداخلية": "وإن الطرق المؤدية إلى القرى الجبلية ما زالت مقطوعة بالصخور",
        "مدير المستشفى": "معظمهم نساء وأطفال وصلوا بعد منتصف الليل مع عائلاتهم",
        "رئيس البلدية": "حين انهارت بيوت قديمة مبنية من الطين والحجارة",
        "قائد الدرك": "ووعد بفتح تحقيق في غش مواد البناء ومحاسبة المقاولين",
        "المتحدث باسم الحكومة": "وأعلن الحداد الوطني ثلاثة أيام وتنكيس الأعلام فوق الإدارات",
    }
    told_by = [
        article(f"{i}", quake.format(who, 110 + 10 * i, tail), published="2023-09-09")
        for i, (who, tail) in enumerate(voices.items())
    ]
    found = differing("كم شخصا قتل في زلزال الحوز؟", *told_by)
    assert found is not None
    assert len({one.text for one in found.values}) == 4
    assert {one.speaker for one in found.values} <= set(voices)


def voiced(question: str, *articles: Article) -> list[tuple[str, str | None]]:
    """The values with whoever tells them, in order."""
    found = differing(question, *articles)
    return [(one.text, one.speaker) for one in found.values] if found else []


FACTORY = "اندلع حريق في مصنع للأصباغ بمدينة صفاقس التونسية في 4 مايو/أيار 2022. {0} وعاد العمال إلى بيوتهم مساء."


def factory(text: str) -> Article:
    return article("factory", FACTORY.format(text), published="2022-05-05")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "وقالت الولاية إن سبعة عمال أصيبوا في حريق المصنع. لكن مصدرا طبيا ذكر أن المستشفى استقبل 12 جريحا، بينهم ثلاثة أطفال.",
            [("سبعة عمال", "الولاية"), ("12 جريحا", "مصدرا طبيا")],
        ),
        (
            "وقالت الولاية إن سبعة عمال أصيبوا في حريق المصنع. في المقابل، أكد الاتحاد المحلي للشغل أن عدد المصابين لا يقل عن 15.",
            [("سبعة عمال", "الولاية"), ("لا يقل عن 15", "الاتحاد المحلي للشغل")],
        ),
        (
            "وقدرت الحماية المدنية عدد المصابين في حريق المصنع بسبعة أشخاص، بينما تحدث السكان عن إصابة عشرين شخصا.",
            [("سبعة أشخاص", "الحماية المدنية"), ("عشرين شخصا", "السكان")],
        ),
    ],
)
def test_a_figure_is_set_against_the_one_before(text: str, values: list[tuple[str, str | None]]) -> None:
    assert sorted(voiced("كم شخصا أصيب في حريق مصنع صفاقس؟", factory(text))) == sorted(values)


def test_the_dead_do_not_differ_from_the_injured() -> None:
    text = "وقالت الولاية إن ثلاثة عمال قتلوا في حريق المصنع. لكن مصدرا طبيا ذكر أن المستشفى استقبل 12 جريحا."
    assert voiced("كم شخصا قتل في حريق مصنع صفاقس؟", factory(text)) == []


def test_a_question_for_what_one_voice_says_has_one_answer() -> None:
    text = "وقالت الولاية إن سبعة عمال أصيبوا في حريق المصنع. لكن مصدرا طبيا ذكر أن المستشفى استقبل 12 جريحا."
    assert voiced("كم شخصا أصيب في حريق مصنع صفاقس بحسب الولاية؟", factory(text)) == []


def test_figures_that_are_about_the_same_are_one() -> None:
    text = "وقالت الولاية إن نحو 100 عامل أصيبوا في حريق المصنع. لكن مصدرا طبيا ذكر أن المستشفى استقبل 98 جريحا."
    assert voiced("كم شخصا أصيب في حريق مصنع صفاقس؟", factory(text)) == []


def test_a_later_toll_stands_beside_the_earlier_one() -> None:
    before = factory("وقتل ثلاثة عمال في حريق المصنع، وفق الحماية المدنية.")
    text = "قال مدير المستشفى إن حصيلة قتلى حريق المصنع في صفاقس ارتفعت إلى خمسة عمال. ووقع الحريق في 4 مايو/أيار 2022."
    after = article("after", text, published="2022-05-06")
    assert {value for value, _ in voiced("كم عاملا قتل في حريق مصنع صفاقس؟", before, after)} == {
        "ثلاثة عمال",
        "خمسة عمال",
    }


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("في أي ساعة اندلع حريق مصنع صفاقس؟", {"الثالثة فجرا", "الرابعة والنصف فجرا"}),
        ("At what time did the Sfax factory fire break out?", {"3:00 am", "4:30 am"}),
    ],
)
def test_times_in_words_differ(question: str, values: set[str]) -> None:
    text = (
        "وقالت الحماية المدنية إن حريق المصنع اندلع في صفاقس عند الثالثة فجرا. وذكر حارس المصنع أن الحريق في صفاقس اندلع عند "
        "الرابعة والنصف فجرا."
    )
    assert {value for value, _ in voiced(question, factory(text))} == values


def test_one_that_is_told_without_a_number_differs_from_two() -> None:
    text = "وقالت الشرطة إن خزانين انفجرا في المصنع بصفاقس. وذكر مدير المصنع أن خزانا انفجر في المصنع بصفاقس."
    assert voiced("كم خزانا انفجر في مصنع صفاقس؟", factory(text)) == [("خزانين", "الشرطة"), ("خزانا", "مدير المصنع")]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("ما الذي أصاب الناقلة «مرجان» في بحر العرب؟", [("زورقان مفخخان", "مصدران ملاحيان"), ("قذيفة", "مسؤول عماني")]),
        ("What hit the tanker Marjan in the Arabian Sea?", None),
    ],
)
def test_what_hit_is_told_as_each_voice_names_it(question: str, values: list[tuple[str, str | None]] | None) -> None:
    tanker = article(
        "tanker",
        "استهدف زورقان مفخخان الناقلة «مرجان» في بحر العرب في 2 فبراير/شباط 2023 وفق ما قال مصدران ملاحيان. وكانت الناقلة تحمل "
        "وقودا إلى صلالة. وقال مسؤول عماني إن قذيفة أصابت الناقلة «مرجان» قرب غرفة المحركات.",
        published="2023-02-03",
    )
    found = voiced(question, tanker)
    assert found == values if values else len(found) == 2


def test_who_denies_is_set_against_who_affirms() -> None:
    text = (
        "وقال أحد العمال، سامي بوعزيز، إن الإدارة تلقت شكاوى مكتوبة من أسلاك المصنع. لكن مدير المصنع نفى أن تكون الإدارة قد تلقت أي "
        "شكاوى مكتوبة."
    )
    values = voiced("هل تلقت إدارة مصنع صفاقس شكاوى مكتوبة قبل الحريق؟", factory(text))
    assert [speaker for _, speaker in values] == ["أحد العمال، سامي بوعزيز", "مدير المصنع"]
    assert "نفى أن تكون الإدارة قد تلقت أي شكاوى مكتوبة" in values[1][0]


def test_two_causes_are_both_told() -> None:
    text = "وعزت الحماية المدنية حريق المصنع إلى خطأ في تخزين المواد الكيميائية. غير أن نقابة العمال قالت إن سبب الحريق أسلاك كهربائية قديمة."
    speakers = [speaker for _, speaker in voiced("ما سبب حريق مصنع صفاقس؟", factory(text))]
    assert speakers == ["الحماية المدنية", "نقابة العمال"]


def test_a_contrast_about_something_else_is_no_disagreement() -> None:
    text = "وقالت الولاية إن سبعة عمال أصيبوا في حريق المصنع. لكن وزير الصناعة قال إن المصنع سيفتح أبوابه من جديد بعد 20 يوما."
    assert voiced("كم شخصا أصيب في حريق مصنع صفاقس؟", factory(text)) == []


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("وقالت الولاية إن 6 صواريخ غراد أصابت المصنع بصفاقس.", "6 Grad rockets"),
        ("وقالت الولاية إن ثلاثة صواريخ على الأقل أصابت المصنع بصفاقس.", "at least three rockets"),
        ("وقالت الولاية إن الصواريخ التسعة أصابت المصنع بصفاقس.", "nine rockets"),
        ("وقالت الولاية إن صاروخين أصابا المصنع بصفاقس.", "two rockets"),
    ],
)
def test_a_figure_is_said_as_english_says_it(arabic: str, english: str) -> None:
    other = "لكن مدير المصنع قال إن 11 صاروخا أصابت المصنع بصفاقس."
    values = {value for value, _ in voiced("How many rockets hit the factory in Sfax?", factory(f"{arabic} {other}"))}
    assert values == {english, "11 rockets"}


def port(article_id: str, text: str) -> Article:
    """An article on rockets that fell on a port."""
    return article(article_id, f"سقطت صواريخ على ميناء البصرة في 9 أيار/مايو 2022. {text}", published="2022-05-09")


SHELLED = (
    port("guards", "وقال قائد الحرس إن ثلاثة صواريخ على الأقل سقطت على ميناء البصرة. وأغلق الطريق المؤدي إلى الميناء."),
    port("police", "وقالت الشرطة إن الصواريخ الثلاثة سقطت على ميناء البصرة ليلا. وعاد العمال إلى الأرصفة صباحا."),
    port("army", "وقالت قيادة الجيش إن ستة صواريخ سقطت على ميناء البصرة. وفتحت السفن خزاناتها للتفتيش."),
)


def test_equal_values_of_several_voices_are_said_alike_and_stand_together() -> None:
    values = voiced("كم صاروخا سقط على ميناء البصرة؟", *SHELLED)
    assert set(values) == {("ثلاثة صواريخ", "قائد الحرس"), ("ثلاثة صواريخ", "الشرطة"), ("ستة صواريخ", "قيادة الجيش")}
    assert [text for text, _ in groupby(text for text, _ in values)] in (
        ["ثلاثة صواريخ", "ستة صواريخ"],
        ["ستة صواريخ", "ثلاثة صواريخ"],
    )


def test_a_bound_is_kept_where_all_who_tell_the_value_have_it() -> None:
    also = port("mayor", "وأعلن المحافظ أن ثلاثة صواريخ على الأقل سقطت على ميناء البصرة. وتفقد المحافظ المكان.")
    values = voiced("كم صاروخا سقط على ميناء البصرة؟", SHELLED[0], also, SHELLED[2])
    assert {text for text, _ in values} == {"ثلاثة صواريخ على الأقل", "ستة صواريخ"}


@pytest.mark.parametrize(
    ("told", "other"),
    [
        ("نحو 100 عامل", "98 جريحا"),
        ("أكثر من 2700 عامل", "2731 جريحا"),
    ],
)
def test_a_rounded_figure_is_one_with_the_exact_one(told: str, other: str) -> None:
    text = f"وقالت الولاية إن {told} أصيبوا في حريق المصنع. لكن مصدرا طبيا ذكر أن المستشفى استقبل {other}."
    assert voiced("كم شخصا أصيب في حريق مصنع صفاقس؟", factory(text)) == []


def test_a_weight_answers_how_much_of_what_has_no_number() -> None:
    text = (
        "وقالت وزارة البيئة إن كمية الوقود التي تسربت من المصنع في صفاقس بلغت 40 طنا. وقالت إدارة المصنع إن الوقود الذي تسرب من "
        "المصنع في صفاقس بلغ 12 طنا."
    )
    values = {value for value, _ in voiced("How much fuel leaked from the factory in Sfax?", factory(text))}
    assert {value.split()[0] for value in values} == {"40", "12"}


def test_what_one_voice_denies_another_may_take_for_granted() -> None:
    text = "وأكد مدير المصنع أن الحريق انطفأ دون وقوع خسائر مادية في صفاقس. وقال رئيس البلدية إن لجنة بدأت تقدير الخسائر المادية في مصنع صفاقس."
    speakers = {speaker for _, speaker in voiced("هل خلف حريق مصنع صفاقس خسائر مادية؟", factory(text))}
    assert speakers == {"مدير المصنع", "رئيس البلدية"}


def test_what_the_one_claims_the_other_denies_in_the_same_sentence() -> None:
    text = "واتهم نواب معارضون إدارة المصنع بإخفاء التسرب في صفاقس أسبوعين، وهو ما نفته الإدارة قائلة إنها أبلغت البلدية فورا."
    values = voiced("هل أخفت إدارة مصنع صفاقس التسرب؟", factory(text))
    assert len(values) == 2
    assert "الإدارة" in (values[1][1] or "")


def test_who_contradicts_an_account_in_so_many_words_is_told_with_it() -> None:
    text = (
        "وقال رئيس البلدية إن صاحب المصنع دفع تكاليف علاج عمال صفاقس. "
        "لكن طبيب المستشفى ناقض هذه الرواية، مؤكدا أن صندوق الضمان دفع تكاليف علاج عمال صفاقس."
    )
    speakers = [speaker for _, speaker in voiced("من دفع تكاليف علاج عمال مصنع صفاقس؟", factory(text))]
    assert speakers == ["رئيس البلدية", "طبيب المستشفى"]


def test_two_names_of_where_something_lies_do_not_differ() -> None:
    one = article("one", "تقع قاعدة الحبانية غرب مدينة بغداد. وقال ضابط إن القاعدة آمنة.")
    other = article("other", "وقال مسؤول في البلدية إن قاعدة الحبانية تقع في محافظة الأنبار. ووصلت قوافل إلى المكان.")
    assert voiced("أين تقع قاعدة الحبانية؟", one, other) == []
