"""The word-for-word English gloss of Arabic text."""

import re
import runpy
from pathlib import Path

import pytest
from hypothesis import given

from rag.language.characters import is_arabic
from rag.language.gloss import gloss
from rag.language.inflection import adverb, base, gerund, participle, past, plural, singular, third
from rag.language.readings import readings
from rag.language.senses import exact_senses, senses, spelling
from rag.language.words import words

from .strategies import patient, prose, texts

ROOT = Path(__file__).parents[2]
NEGATION = re.compile(r"\b(?:not|no|nor|nothing|without)\b")


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        (
            "أن التقارير الأولية تشير إلى أن الهجوم وقع الساعة 2:45 عصراً",
            "that the initial reports indicate that the attack occurred at the hour 2:45 in the afternoon",
        ),
        (
            "لافتاً إلى أن الهجوم لم يسفر عن سقوط قتلى أو جرحى",
            "noting that the attack did not result in falling of dead or wounded",
        ),
        (
            "وقال مدير المستشفى إن 12 جريحا وصلوا من المدينة",
            "and said the director of the hospital that 12 wounded arrived from the city",
        ),
    ],
)
def test_a_sentence_is_glossed_in_the_order_of_arabic(arabic: str, english: str) -> None:
    assert gloss(arabic) == english


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("قوات أمريكية", "American forces"),
        ("القاعدة الجوية العراقية", "the Iraqi air base"),
        ("في محافظة الأنبار", "in the province of Anbar"),
        ("مديرة المستشفى الجديدة", "the new director of the hospital"),
        ("وزير خارجية فرنسا", "the foreign minister of France"),
        ("خسائر مادية وبشرية", "material and human losses"),
        ("فصائل مقربة من إيران", "factions close to Iran"),
        ("أكبر قاعدة عسكرية في العراق", "the largest military base in Iraq"),
        ("هجوم غير قانوني على المدينة", "an illegal attack on the city"),
        ("لهجومين صاروخيين", "for two rocket attacks"),
    ],
)
def test_a_noun_phrase_has_the_order_of_english(arabic: str, english: str) -> None:
    assert gloss(arabic) == english


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("صواريخ", "rockets"),
        ("صاروخين", "two rockets"),
        ("ثلاثة صواريخ", "three rockets"),
        ("3000 جندي", "3000 soldiers"),
        ("٤٠ شخصا", "40 people"),
        ("28 مليار درهم", "28 billion dirhams"),
        ("في 6 مارس/آذار 2021", "on 6 March 2021"),
        ("مطلع عام 2020", "the beginning of the year 2020"),
        ("يوم الاثنين", "Monday"),
        ("القرن الرابع عشر", "the fourteenth century"),
    ],
)
def test_numbers_and_dates_are_canonical(arabic: str, english: str) -> None:
    assert gloss(arabic) == english


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("قال الوزير", "said the minister"),
        ("التقارير تشير", "the reports indicate"),
        ("التقرير يشير", "the report indicates"),
        ("أُطلقت الصواريخ", "were launched the rockets"),
        ("سترد واشنطن", "will respond Washington"),
        ("كان الجيش يستعد", "was the army preparing"),
        ("كانت واشنطن قد أعلنت", "had Washington announced"),
        ("نريد السلام", "we want the peace"),
        ("يريد أن يشارك", "wants to participate"),
        ("حسابه", "its account"),
        ("قال الوزير في حسابه", "said the minister in his account"),
    ],
)
def test_verbs_have_their_tense_and_pronouns_their_person(arabic: str, english: str) -> None:
    assert gloss(arabic) == english


@pytest.mark.parametrize(
    "arabic",
    [
        "لم يصل الوفد",
        "ولم يصل الوفد",
        "فلم يصل الوفد",
        "لم تُعرف هويته",
        "لن يشارك الوزير",
        "لا يوجد دليل",
        "ولا يمكن ذلك",
        "لا إصابات",
        "لا أحد يعرف",
        "لا الحكومة ولا المعارضة",
        "ليس هناك خطر",
        "ليست المدينة آمنة",
        "ليسوا جنودا",
        "لست متأكدا",
        "أهداف غير عسكرية",
        "عدم الكشف عن هويته",
        "دون وقوع إصابات",
        "من دون أن يذكر اسمه",
        "بدون سبب",
        "بلا سبب",
        "بغير علمه",
        "لم يعد آمنا",
        "لم ولن نقبل",
        "طالب بألا يشارك أحد",
        "لئلا يقع الهجوم",
        "أفلا يعلم",
        "ألم يصل الوفد",
        "ما قال الوزير شيئا",
        "ما كان الوزير حاضرا",
        "ما من دليل على ذلك",
        "لم يكن الوزير حاضرا",
        "الهجوم الذي لم تتبنه أي جهة",
    ],
)
def test_no_negation_is_lost(arabic: str) -> None:
    assert NEGATION.search(gloss(arabic))


@pytest.mark.parametrize(
    "arabic", ["لا يزال الوضع خطيرا", "لا سيما في المدينة", "غير أنه رفض", "لا بد من الحوار", "ما زال الجيش هناك"]
)
def test_what_only_looks_like_a_negation_is_none(arabic: str) -> None:
    assert not NEGATION.search(gloss(arabic))


@pytest.mark.parametrize(
    ("arabic", "hedge"),
    [
        ("ثلاثة صواريخ على الأقل", "at least"),
        ("قُتل 12 مدنيا على الأقل", "at least"),
        ("ربما يصل الوفد", "perhaps"),
        ("قد يشارك الرئيس", "may participate"),
        ("نحو 3000 جندي", "about"),
        ("حوالي 40 شخصا", "about"),
        ("يُشتبه بأن فصائل تقف وراءها", "suspected"),
        ("على الأرجح", "probably"),
        ("ما لا يقل عن 12 قتيلا", "not less than"),
        ("يبدو أن الهجوم وقع", "seems"),
        ("الهجوم المزعوم", "alleged"),
    ],
)
def test_no_hedge_is_lost(arabic: str, hedge: str) -> None:
    assert hedge in gloss(arabic)


def test_a_relation_that_the_verb_asks_for_is_said_with_its_preposition() -> None:
    assert gloss("أسفر الهجوم عن مقتل جندي") == "resulted the attack in a killing of a soldier"
    assert gloss("تتهم واشنطن إيران بالوقوف وراء الهجوم") == "accuses Washington Iran of standing behind the attack"


def test_an_unknown_word_is_a_name_beside_one_and_else_in_brackets() -> None:
    assert gloss("العقيد زكرور") == "the colonel Zakrur"
    assert gloss("قال زكرور") == "said Zakrur"
    assert gloss("وصل زكرور") == "arrived [zakrur]"


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("قاعدة عين الأسد الجوية", "the air base of Ain al-Asad"),
        ("من منطقة حي البكر", "from the area of the neighborhood of al-Bakr"),
        ("جسر الأئمة", "the bridge of al-Aimma"),
        ("سجن أبو غريب", "Abu Ghraib"),
        ("سجن عين زارة", "the prison of Ain Zara"),
        ("سجن الجديدة", "the prison of al-Jadida"),
        ("قضاء هيت", "the district of Heet"),
        ("مسجد النور", "the mosque of al-Nour"),
        ("قال النائب بدر الشطي", "said the deputy Badr al-Shati"),
        ("مطار الملك خالد الدولي", "the international airport of the king Khaled"),
    ],
)
def test_a_name_made_of_words_is_spelt(arabic: str, english: str) -> None:
    assert gloss(arabic) == english


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("المنطقة الخضراء", "the Green Zone"),
        ("المحكمة الابتدائية", "the court of first instance"),
        ("البحر الأحمر", "the Red Sea"),
        ("مطار بغداد الدولي", "the international airport of Baghdad"),
        ("مستشفى الأطفال", "the hospital of the children"),
        ("مستشفى القلب", "the hospital of the heart"),
        ("شارع البحر", "the street of the sea"),
        ("القضاء العراقي", "the Iraqi judiciary"),
        ("سوق الخضار", "the market of the vegetable"),
        ("وصل الجزار إلى البيت", "arrived the butcher at the house"),
    ],
)
def test_what_tells_of_a_place_what_it_is_keeps_its_meaning(arabic: str, english: str) -> None:
    assert gloss(arabic) == english


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("طائرتان مسيّرتان ملغومتان", "two booby-trapped drones"),
        ("بطائرتين مسيرتين", "with two drones"),
        ("الطائرتان المسيرتان", "the two drones"),
        ("100 ألف ريال لكل أسرة", "100,000 riyals for each family"),
        ("المسيّرات الإيرانية", "the Iranian drones"),
        ("مسيرة احتجاجية", "a protest march"),
        ("مصدران عسكريان عراقيان", "two Iraqi military sources"),
        ("مسؤولان أميركيان", "two American officials"),
        ("وزيرا الخارجية", "the two foreign ministers"),
        ("عين مديرا عاما", "appointed a general director"),
        ("قنبلتين يدويتين", "two grenades"),
        ("حفاظا على الأمن", "maintaining the security"),
    ],
)
def test_a_phrase_of_the_lexicon_is_known_in_every_number(arabic: str, english: str) -> None:
    assert gloss(arabic) == english


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("اختير رئيسا", "was chosen a president"),
        ("أُعيدت الخدمة", "was returned the service"),
        ("لم يُستشر الوزير", "was not consulted the minister"),
        ("لم يتسن التحقق", "was not possible the verification"),
        ("يضاف إلى القائمة", "is added to the list"),
        ("كان وزيرا", "was a minister"),
        ("تغريدة مقتضبة", "a concise tweet"),
    ],
)
def test_what_a_weak_letter_hides_is_read(arabic: str, english: str) -> None:
    assert gloss(arabic) == english


def test_a_word_that_may_deny_or_ask_says_both() -> None:
    assert gloss("وما قال الوزير") == "and not/what said the minister"
    assert gloss("انهار المبنى، ما دفع السكان") == "collapsed the building, what pushed the residents"


def test_the_other_name_of_a_month_is_not_said_twice() -> None:
    assert gloss("في يونيو (حزيران) 2021 وقع الهجوم") == "in June 2021 occurred the attack"
    assert gloss("في يونيو (حزيران)، وقع الهجوم") == "in June, occurred the attack"


def test_punctuation_and_other_scripts_stay() -> None:
    assert gloss("قال: «الهجوم وقع»، وأضاف؟") == "said: «the attack occurred», and added?"
    assert gloss('موقع "Daily Mail"') == 'the site of "Daily Mail"'
    assert gloss("no Arabic, 12 %") == "no Arabic, 12 %"
    assert gloss("") == ""


@patient
@given(texts)
def test_any_text_has_a_gloss_without_arabic_words(text: str) -> None:
    said = gloss(text)
    assert not any(is_arabic(word.text) for word in words(said)) or not words(text)


@patient
@given(prose)
def test_figures_are_kept(text: str) -> None:
    figures = [word.text for word in words(text) if word.is_figure]
    assert all(figure in gloss(text) for figure in figures)


@pytest.mark.parametrize(
    ("arabic", "english", "conjunction", "particle", "pronoun"),
    [
        ("ولهجماتهم", "attacks", "و", "ل", "هم"),
        ("بموقع", "site", "", "ب", ""),
        ("سيستهدف", "target", "", "س", ""),
        ("قاعدتها", "base", "", "", "ها"),
        ("للقوات", "forces", "", "ل", ""),
    ],
)
def test_a_word_is_read_with_what_is_joined_to_it(
    arabic: str, english: str, conjunction: str, particle: str, pronoun: str
) -> None:
    best = readings(spelling(words(arabic)[0]))[0]
    assert (best.english, best.conjunction, best.particle, best.pronoun) == (english, conjunction, particle, pronoun)


def test_ta_marbuta_tells_a_feminine_from_a_pronoun() -> None:
    assert readings("مدرسة")[0].pronoun == ""
    assert readings("حسابه")[0].pronoun == "ه"
    assert exact_senses("محافظه") == ()
    assert senses("محافظه") == senses("محافظة")


def test_english_is_inflected() -> None:
    assert [past(verb) for verb in ("stop", "carry", "go", "step down")] == [
        "stopped",
        "carried",
        "went",
        "stepped down",
    ]
    assert [participle(verb) for verb in ("take", "launch")] == ["taken", "launched"]
    assert [gerund(verb) for verb in ("see", "make", "run", "visit")] == ["seeing", "making", "running", "visiting"]
    assert [third(verb) for verb in ("pass", "have", "carry")] == ["passes", "has", "carries"]
    assert [plural(noun) for noun in ("city", "spokesman", "head of state")] == [
        "cities",
        "spokesmen",
        "heads of state",
    ]
    assert [singular(noun) for noun in ("cities", "series", "women")] == ["city", "series", "woman"]
    assert [adverb(one) for one in ("official", "heavy", "possible")] == ["officially", "heavily", "possibly"]
    assert [base(form) for form in ("went", "launch")] == ["go", "launch"]


def test_the_compiled_table_is_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    build = runpy.run_path(str(ROOT / "tools/build_gloss.py"))
    compiled = build["compiled"](list(build["read_entries"]()))
    assert build["OUTPUT"].read_text(encoding="utf-8") == compiled, "run python tools/build_gloss.py"


def test_the_tables_written_by_hand_are_tidy() -> None:
    data = ROOT / "rag/language/data"
    rows = [line for line in (data / "gloss_words.tsv").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    forms = [row.partition("\t")[0] for row in rows]
    assert sorted({form for form in forms if forms.count(form) > 1}) == []
    for form, cells in (row.split("\t") for row in rows):
        spelt = [spelling(word) for word in words(form)]
        assert form == " ".join(spelt), form
        assert not any(word.startswith("ال") and len(word) > 4 for word in spelt[1:]), (
            f"{form}: phrases have no articles"
        )
        assert all(re.fullmatch(r"[a-zA-Z]:(?:1|\.\d+):[^:|]+", cell) for cell in cells.split("|")), form
