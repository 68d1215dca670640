"""Persons with their roles, places and groups in Arabic and English news."""

import runpy
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given

from rag.language.entities import Entity, entities

from .strategies import patient, prose, texts

TOOLS = Path(__file__).parents[2] / "tools"


def named(text: str) -> list[tuple[str, str]]:
    return [(entity.kind, entity.text) for entity in entities(text) if entity.named]


def roles(text: str) -> list[tuple[str, str | None]]:
    return [(entity.text, entity.role) for entity in entities(text) if entity.kind == "person"]


def test_an_entity_says_what_it_is_where_and_in_what_role() -> None:
    text = "قال وزير خارجية بريطانيا دومينيك راب في بغداد"
    assert entities(text) == (
        Entity("place", "بريطانيا", 16, 24),
        Entity("person", "دومينيك راب", 25, 36, "وزير خارجية بريطانيا", 4, 24),
        Entity("place", "بغداد", 40, 45),
    )


@pytest.mark.parametrize(
    ("text", "person", "role"),
    [
        ("أكد واين ماروتو المتحدث باسم التحالف الدولي الذي تقوده واشنطن", "واين ماروتو", "المتحدث باسم التحالف الدولي"),
        (
            'أعلن المتحدث باسم التحالف الدولي الذي تقوده واشنطن ضد "داعش"، العقيد واين ماروتو، الإثنين أن',
            "واين ماروتو",
            "المتحدث باسم التحالف الدولي",
        ),
        ("المتحدث باسم الوزارة، جون كيربي، قال السبت", "جون كيربي", "المتحدث باسم الوزارة"),
        ("وقال شكري المثلوثي، رئيس المنظمة، إن", "شكري المثلوثي", "رئيس المنظمة"),
        ("وكان رئيس الوزراء العراقي محمد شياع السوداني قد أكد", "محمد شياع السوداني", "رئيس الوزراء العراقي"),
        ("منذ مقتل قائد فيلق القدس الإيراني، قاسم سليماني، بغارة", "قاسم سليماني", "قائد فيلق القدس الإيراني"),
        ("وقال نائب والي هاتاي، جنكيز يلدرم أوغلو، إن", "جنكيز يلدرم أوغلو", "نائب والي هاتاي"),
        (
            "وقال العقيد ياسر الحناوي، مدير الحماية المدنية بالمحافظة، إن",
            "ياسر الحناوي",
            "مدير الحماية المدنية بالمحافظة",
        ),
        ("الناطق باسم الجهاز، العقيد ناصر القماطي، إن", "ناصر القماطي", "الناطق باسم الجهاز"),
        ("إسماعيل هنية ورئيس المكتب السياسي لحركة حماس خالد مشعل", "خالد مشعل", "رئيس المكتب السياسي لحركة حماس"),
        ("وقالت الطالبة في كلية الهندسة ميرا قبلان، التي", "ميرا قبلان", "الطالبة في كلية الهندسة"),
        ("قال الخبير النفطي الكويتي بدر الشطي إن", "بدر الشطي", "الخبير النفطي الكويتي"),
        ("قال محمد بن سلمان ولي العهد", "محمد بن سلمان", "ولي العهد"),
        (
            "said Captain Hamad al-Sulaiti, the authority's head of marine safety.",
            "Hamad al-Sulaiti",
            "authority's head of marine safety",
        ),
        ("Coalition spokesman Wayne Marotto told Reuters", "Wayne Marotto", "Coalition spokesman"),
        (
            "John Mwangi, 34, a former officer of the Kenya Wildlife Service",
            "John Mwangi",
            "former officer of the Kenya Wildlife Service",
        ),
    ],
)
def test_a_person_and_the_role_beside_the_name(text: str, person: str, role: str | None) -> None:
    assert (person, role) in roles(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("نقلت وكالة الأناضول عن مصدر عسكري قوله", "مصدر عسكري"),
        ("وقال مسؤول أميركي، تحدث شريطة عدم الكشف عن هويته، إن", "مسؤول أميركي"),
        ("وأفاد مصدران أمنيان عراقيان بأنه", "مصدران أمنيان عراقيان"),
        ("وقال الوزير في تصريح", "الوزير"),
        ("التقى وزير الطاقة أمس", "وزير الطاقة"),
        ("A security source said on Monday", "security source"),
        ("An American official told CNN", "American official"),
        ("What did the Iraqi prime minister announce?", "Iraqi prime minister"),
    ],
)
def test_a_person_without_a_name_is_told_by_the_role(text: str, expected: str) -> None:
    unnamed = [entity for entity in entities(text) if entity.kind == "person"]
    assert [(entity.text, entity.role, entity.named) for entity in unnamed] == [(expected, expected, False)]


@pytest.mark.parametrize(
    "text",
    [
        "وهو مصدر قلق استثنائي",
        "برنامج مفتوح المصدر",
        "كلاب مدربة تابعة للقطاع",
        "قال إنه سعيد بالنتيجة",
        "لقي سبعة أشخاص حتفهم",
        "قد رفعت سعر الغاز",
        "في آب الماضي وفي أيلول",
        "لا يزال العمل جاريا",
        "لدى الحكومة خطة",
        "من دون المساس بالمالية",
        "The report said nothing",
        "However, on Monday it rained",
    ],
)
def test_common_words_are_no_persons(text: str) -> None:
    assert [entity for entity in entities(text) if entity.kind == "person"] == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("تعرضت قاعدة عين الأسد الجوية لهجوم", ["قاعدة عين الأسد الجوية"]),
        ('استهدفت قاعدة "عين الأسد" الجوية بالعراق', ['قاعدة "عين الأسد" الجوية', "العراق"]),
        ("جنوب مدينة هيت غرب الرمادي", ["مدينة هيت", "الرمادي"]),
        ("في ناحية البغدادي بمحافظة الأنبار", ["ناحية البغدادي", "محافظة الأنبار"]),
        ("بشارع رأس التين بحي الجمرك", ["شارع رأس التين", "حي الجمرك"]),
        ("قرب بسكرة وفي مالطا", ["بسكرة", "مالطا"]),
        ("إلى مطار دبي الدولي", ["مطار دبي الدولي"]),
        ("بين بغداد وواشنطن", ["بغداد", "واشنطن"]),
        ("للعراق", ["للعراق"]),
        ("الحكومة السعودية ترد", []),
        ("a ship off Ras Laffan in northern Qatar", ["Ras Laffan", "Qatar"]),
        ("at Ain al-Asad air base in Anbar province", ["Ain al-Asad air base", "Anbar province"]),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    assert [text for kind, text in named(text) if kind == "place"] == places


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("أعلنت وزارة الدفاع الأمريكية أن", ["وزارة الدفاع الأمريكية"]),
        ("وزارة التربية والتعليم والسكان", ["وزارة التربية والتعليم"]),
        ("لوحت كتائب “سيد الشهداء”. وقالت", ["كتائب “سيد الشهداء”"]),
        ('كتائب "حزب الله" العراقي', ['كتائب "حزب الله" العراقي']),
        ("الحكومة العراقية والجيش الإسرائيلي", ["الحكومة العراقية", "الجيش الإسرائيلي"]),
        ("أكدت الوكالة الوطنية للسلامة السيبرنية أنها", ["الوكالة الوطنية للسلامة السيبرنية"]),
        ("مقاتلو حماس وداعش", ["حماس", "داعش"]),
        ("شهد الشارع حماسا كبيرا", []),
        ("انقطاع التيار الكهربائي", []),
        (
            "the Iraqi Ministry of Defence and Northern Shores University",
            ["Iraqi Ministry of Defence", "Northern Shores University"],
        ),
        ("rebels of the Macina Liberation Front", ["Macina Liberation Front"]),
    ],
)
def test_groups(text: str, groups: list[str]) -> None:
    assert [text for kind, text in named(text) if kind == "group"] == groups


def test_a_body_told_by_its_noun_alone_is_a_group_without_a_name() -> None:
    assert [(entity.text, entity.named) for entity in entities("وأوضحت الوزارة أن الشرطة العراقية حققت")] == [
        ("الوزارة", False),
        ("الشرطة العراقية", True),
    ]


def test_the_words_for_a_person_without_a_name_may_hold_a_group() -> None:
    found = [(entity.kind, entity.text) for entity in entities("وقال المتحدث باسم وزارة الدفاع إن")]
    assert found == [("person", "المتحدث باسم وزارة الدفاع"), ("group", "وزارة الدفاع")]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("التقى عبد الرحمن بن محمد", "عبد الرحمن بن محمد"),
        ("قال أبو مهدي المهندس إن", "أبو مهدي المهندس"),
        ("الحسين بن علي بن أبي طالب", "الحسين بن علي بن أبي طالب"),
        ("محمد فال ولد بلال", "محمد فال ولد بلال"),
        ("الأمين العام مصطفى ود البشير", "مصطفى ود البشير"),
        ("بيرسي شيلي كتب القصيدة", "بيرسي شيلي"),
        ("وفاة صلاح الدين الأيوبي", "صلاح الدين الأيوبي"),
        ("الملك عبدالله الثاني", "الملك عبدالله الثاني"),
        ("لكن كيربي أكد أن", "كيربي"),
        ("وأضاف ماروتو في تغريدة", "ماروتو"),
        ("كما اتفق بايدن وهاريس", "هاريس"),
        ("حمّل المخلافي المنظمات المسؤولية", "المخلافي"),
        ("الكاتب سعيد الأمين", "سعيد الأمين"),
    ],
)
def test_names_of_several_words_and_names_alone(text: str, person: str) -> None:
    assert ("person", person) in named(text)


def test_two_names_joined_by_and_are_two() -> None:
    assert named("Joe Biden and Kamala Harris") == [("person", "Joe Biden"), ("person", "Kamala Harris")]
    assert named("جو بايدن ونائبته كامالا هاريس") == [("person", "جو بايدن"), ("person", "كامالا هاريس")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("من هو واين ماروتو؟", [("person", "واين ماروتو")]),
        ("أين تقع قاعدة عين الأسد؟", [("place", "قاعدة عين الأسد")]),
        ("متى زار جو بايدن السعودية؟", [("person", "جو بايدن"), ("place", "السعودية")]),
        ("Did Kirby say that the US would respond?", [("person", "Kirby"), ("place", "US")]),
        ("When was the Wadi Ghris flood?", [("place", "Wadi Ghris")]),
        ("How many people were killed?", []),
    ],
)
def test_questions(question: str, expected: list[tuple[str, str]]) -> None:
    assert named(question) == expected


def test_the_gazetteer_is_compiled_from_its_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TOOLS))
    build = runpy.run_path(str(TOOLS / "build_gazetteer.py"))
    compiled = build["compiled_gazetteer"](list(build["read_entries"]()), build["read_kinds"]())
    monkeypatch.delitem(sys.modules, "build_lexicon")
    assert (build["DATA"] / "gazetteer.tsv").read_text(encoding="utf-8") == compiled, (
        "run python tools/build_gazetteer.py"
    )


@patient
@given(texts)
def test_offsets_are_those_of_any_text(text: str) -> None:
    for entity in entities(text):
        assert text[entity.start : entity.end] == entity.text
        assert entity.role is None or text[entity.role_start : entity.role_end] == entity.role


@patient
@given(prose)
def test_entities_of_a_kind_stand_apart_and_in_order(text: str) -> None:
    found = entities(text)
    assert [entity.start for entity in found] == sorted(entity.start for entity in found)
    for kind in ("person", "place", "group"):
        spans = [(entity.start, entity.end) for entity in found if entity.kind == kind]
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))
