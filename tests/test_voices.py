"""Whose words a sentence of an article reports."""

import pytest

from rag.articles.layout import read_layout
from rag.voices import voice
from tests.newsroom import article


def whose(text: str, told: str) -> str | None:
    """Who says `told`, which stands in a text."""
    one, place = article("text", text), text.index(told)
    sentences = read_layout(text).sentences
    index = next(i for i, sentence in enumerate(sentences) if sentence.start <= place < sentence.end)
    return voice(one, sentences, index, place - sentences[index].start)


def whose_sentence(text: str) -> str | None:
    """Who says most of a text of one sentence."""
    return voice(article("text", text), read_layout(text).sentences, 0)


@pytest.mark.parametrize(
    ("text", "told", "speaker"),
    [
        ("قال مدير المصنع إن الإنتاج بلغ 400 طن.", "400", "مدير المصنع"),
        ("المحافظ أكد أن السوق سيعاد بناؤه خلال 40 يوما.", "40", "المحافظ"),
        ("The coach said the team had lost 3 players.", "3", "The coach"),
        ("The mayor of Leeds, Anna Reed, said repairs would cost 2 million pounds.", "2", "The mayor of Leeds, Anna Reed"),
        ('"Repairs will cost 2 million pounds," said the head of the council.', "2", "the head of the council"),
        ("«لن نغلق الأفران الخمسة مهما كانت الظروف»، قال مدير المصنع.", "الخمسة", "مدير المصنع"),
    ],
)  # fmt: skip
def test_who_stands_with_a_verb_of_saying_speaks(text: str, told: str, speaker: str) -> None:
    assert whose(text, told) == speaker


@pytest.mark.parametrize(
    ("text", "told", "speaker"),
    [
        ("بحسب مدير المستشفى، نقل 20 عاملا إلى قسم الحروق.", "20", "مدير المستشفى"),
        ("نقل 20 عاملا إلى قسم الحروق، وفق مدير المستشفى.", "20", "مدير المستشفى"),
        ("ارتفعت الأسعار 7 بالمئة وفقا لدائرة الإحصاء.", "7", "دائرة الإحصاء"),
        ("ارتفعت الأسعار 7 بالمئة، وفقاً للبنك المركزي.", "7", "البنك المركزي"),
        ("وطبقا للجنة الانتخابات، بلغت نسبة المشاركة 40 بالمئة من الناخبين.", "40", "لجنة الانتخابات"),
        ("وفقا لما ذكرته الشرطة، أوقف 9 أشخاص.", "9", "الشرطة"),
        ("According to the fisheries ministry, catches fell by 30 percent.", "30", "the fisheries ministry"),
        ("Catches fell by 30 percent, according to the fisheries ministry.", "30", "the fisheries ministry"),
    ],
)  # fmt: skip
def test_according_to_names_who_speaks(text: str, told: str, speaker: str) -> None:
    assert whose(text, told) == speaker


def test_an_agency_hands_on_what_another_says() -> None:
    text = "نقلت وكالة الأنباء عن مصدر في الشرطة قوله إن 6 مهربين فروا إلى الجبال."
    assert (whose(text, "6") or "").startswith("مصدر")


@pytest.mark.parametrize(
    ("text", "told", "speaker"),
    [
        ("قال الطبيب يوسف عطية إن اللقاح آمن، مضيفا أن الحملة ستشمل مليون طفل.", "مليون", "الطبيب يوسف عطية"),
        ("أعلنت الوزيرة أن المهرجان سيبدأ غدا، مشيرة إلى أن 90 فرقة ستشارك فيه.", "90", "الوزيرة"),
        ("The coach said the team was tired, adding that 2 players were hurt.", "2", "The coach"),
    ],
)
def test_a_participle_goes_on_with_the_same_speaker(text: str, told: str, speaker: str) -> None:
    assert whose(text, told) == speaker


@pytest.mark.parametrize(
    ("text", "told", "speaker"),
    [
        ("أعلنت وزيرة الثقافة أن المهرجان سيبدأ غدا. وأضافت أن سعر التذكرة 15 دينارا.", "15", "وزيرة الثقافة"),
        ("قال القبطان إن البحر هادئ. وتجمع الناس على الرصيف. وأوضح أن السفينة تحمل 80 راكبا.", "80", "القبطان"),
    ],
)
def test_who_is_not_named_again_was_named_in_a_sentence_before(text: str, told: str, speaker: str) -> None:
    assert whose(text, told) == speaker


def test_nobody_is_looked_for_far_above() -> None:
    text = "قال القبطان إن البحر هادئ. وتجمع الناس على الرصيف. وهبت الريح مساء. وأوضح أن السفينة تحمل 80 راكبا."
    assert whose(text, "80") is None


def test_of_two_voices_in_a_sentence_each_has_what_it_says() -> None:
    arabic = "قالت الشركة إن ألف طن صدرت، بينما قالت النقابة إن 400 طن فقط صدرت."
    assert (whose(arabic, "ألف"), whose(arabic, "400")) == ("الشركة", "النقابة")
    english = "The union said 400 workers walked out, while the company said 90 did."
    assert (whose(english, "400"), whose(english, "90")) == ("The union", "the company")


def test_what_stands_before_somebody_speaks_is_the_articles_own() -> None:
    text = "وصلت السفينة محملة بخمسين حاوية، وقال القبطان إن الرحلة استغرقت 10 أيام."
    assert (whose(text, "خمسين"), whose(text, "10")) == (None, "القبطان")


@pytest.mark.parametrize("text", ["تقع المكتبة وسط المدينة.", "The bridge was built in 1968."])
def test_an_article_tells_the_rest_itself(text: str) -> None:
    assert whose_sentence(text) is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("قال الوزير إن القطار تأخر ساعتين بسبب عطل في الإشارات قرب المحطة.", "الوزير"),
        ("The coach said the team had been tired all week and would rest on Monday.", "The coach"),
        ("وبحسب الدائرة، تراجع صيد السردين في الساحل الغربي بمقدار الثلث هذا العام.", "الدائرة"),
    ],
)
def test_a_sentence_is_of_whoever_says_most_of_it(text: str, speaker: str) -> None:
    assert whose_sentence(text) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("بحسب مدير المستشفى الجامعي كمال ناصر، نقل عشرون عاملا إلى قسم الحروق.", "مدير المستشفى الجامعي كمال ناصر"),
        ("Catches fell by a third last year, according to the fisheries ministry.", "the fisheries ministry"),
    ],
)
def test_a_sentence_of_which_all_is_said_is_the_speakers_however_long_the_name(text: str, speaker: str) -> None:
    assert whose_sentence(text) == speaker


def test_a_sentence_that_somebody_ends_with_a_word_is_the_articles_own() -> None:
    text = "افتتح المعرض أبوابه صباحا بحضور مئات الزوار من المدن المجاورة، وقال المدير إنه سعيد."
    assert whose_sentence(text) is None


def test_a_pronoun_is_no_name_of_a_speaker() -> None:
    text = "The mayor of Leeds, Anna Reed, said the bridge would reopen. She added that repairs cost 2 million pounds."
    assert whose(text, "2 million") == "The mayor of Leeds, Anna Reed"


@pytest.mark.parametrize(
    ("text", "told", "speaker"),
    [
        ("وقدرت البلدية عدد المشاركين بثلاثة آلاف، بينما تحدث المنظمون عن تسعة آلاف.", "ثلاثة", "البلدية"),
        ("وقدرت البلدية عدد المشاركين بثلاثة آلاف، بينما تحدث المنظمون عن تسعة آلاف.", "تسعة", "المنظمون"),
        ("وعزت شركة النقل الحادث إلى الضباب.", "الضباب", "شركة النقل الحادث"),
    ],
)
def test_who_reckons_or_explains_speaks_too(text: str, told: str, speaker: str) -> None:
    assert whose(text, told) == speaker


@pytest.mark.parametrize(
    ("text", "told", "speaker"),
    [
        ("أعلنت وزارة الثقافة العثور على 3 تماثيل.", "3", "وزارة الثقافة"),
        ("وقال مصدر في البلدية، فضل عدم ذكر اسمه، إن 40 بيتا هدمت.", "40", "مصدر في البلدية"),
        ("غير أن مسؤولا محليا قال للجزيرة، مشترطا عدم كشف هويته، إن 22 بيتا هدمت.", "22", "مسؤولا محليا"),
        ("لكن إدارة المصرف نفت دفع أي مبلغ للمخترقين.", "للمخترقين", "إدارة المصرف"),
        ("وقال مسؤول أميركي، تحدث شريطة عدم الكشف عن هويته. إن 4 قذائف سقطت.", "4", "مسؤول أميركي"),
    ],
)
def test_a_speaker_is_named_by_no_more_than_the_name(text: str, told: str, speaker: str) -> None:
    assert whose(text, told) == speaker


@pytest.mark.parametrize(
    ("text", "told", "speaker"),
    [
        ("ودفع المحامي طارق سليم، وكيل المالكة، ببراءة موكلته، قائلا إنها قدمت شكويين إلى البلدية.", "شكويين", "المحامي طارق سليم"),
        ("وتبنت حركة العدالة العملية في بيان، زاعمة أنها قتلت 30 جنديا.", "30", "حركة العدالة"),
        ("لكن مدرب الفريق ناقض هذه الرواية، مؤكدا أن النادي دفع 18 ليلة.", "18", "مدرب الفريق"),
    ],
)  # fmt: skip
def test_a_participle_behind_a_deed_is_of_whoever_did_it(text: str, told: str, speaker: str) -> None:
    assert (whose(text, told) or "").startswith(speaker)


@pytest.mark.parametrize(
    ("text", "told", "speaker"),
    [
        ("ورد وزير الصحة على النواب بأن عدد الأصناف الناقصة لا يزيد على 61 صنفا.", "61", "وزير الصحة"),
        ("وردت وزارة البيئة بأن 90 شجرة زرعت.", "90", "وزارة البيئة"),
    ],
)
def test_who_answers_speaks(text: str, told: str, speaker: str) -> None:
    assert whose(text, told) == speaker


def test_what_somebody_admits_is_no_speaker() -> None:
    text = 'وخفضت العقوبة سنة لأن العداء، بحسب البيان، "أقر بالمخالفة ولم يطعن في نتيجة 3 تحاليل".'
    assert whose(text, "3") == "البيان"
