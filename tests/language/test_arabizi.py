"""Arabic in Latin letters."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given

from rag.asking import question_type
from rag.language.analyzer import analyze
from rag.language.arabizi import is_arabizi, to_arabic
from rag.language.names import index_keys
from rag.language.stem import stem
from rag.language.words import words

from .strategies import patient, texts

ROOT = Path(__file__).parents[2]

# Arabizi of several countries, and what a reader takes it for (names in Latin letters are sought by their sound).
QUESTIONS = [
    ("kam jundi amriki insab fi hojoum aghustus 2024?", "كم جندي أميركي أصيب في هجوم أغسطس 2024؟"),
    ("wein ta2a3 qa3idat 3ain al-asad?", "أين تقع قاعدة عين الأسد؟"),
    ("kam sarookh grad istahdaf el qa3ida 7asab el anadol?", "كم صاروخ غراد استهدف القاعدة حسب الأناضول؟"),
    ("leish el jaysh el 3iraqi kaththaf dawriyyato?", "لماذا الجيش العراقي كثف دورياته؟"),
    (
        "imta sawwat el barlaman el 3iraqi 3ala ikhraj el quwwat el ajnabiyya?",
        "متى صوت البرلمان العراقي على إخراج القوات الأجنبية؟",
    ),
    ("kam da7iya fi zilzal el maghreb?", "كم ضحية في زلزال المغرب؟"),
    ("shu 2al el ra2ees 3an el intikhabat?", "ماذا قال الرئيس عن الانتخابات؟"),
    ("ween sar el enfijar?", "أين حدث الانفجار؟"),
    ("meen faz bel mubarat?", "من فاز بالمباراة؟"),
    ("leh el 7okouma rafadet el itifa2?", "لماذا الحكومة رفضت الاتفاق؟"),
    ("kam 3adad el qatla fi el fayadanat b libya?", "كم عدد القتلى في الفيضانات ب libya؟"),
    ("min howa wazir el kharijiya el jadid?", "من هو وزير الخارجية الجديد؟"),
    ("kif mat el fannan?", "كيف مات الفنان؟"),
    ("shu ism el safineh elli ghere2et?", "ما اسم السفينة الذي غرقت؟"),
    ("ma howa sabab in2ita3 el kahraba fi beirut?", "ما هو سبب انقطاع الكهرباء في beirut؟"),
    ("kam mablagh 5asarat el sharika?", "كم مبلغ خسرت الشركة؟"),
    ("limatha istaqala ra2is el wuzara2?", "لماذا استقال رئيس الوزراء؟"),
    ("meen el la3eb elli sajjal el hadaf?", "من اللاعب الذي سجل الهدف؟"),
    ("mata tamma iftita7 el matar el jadid?", "متى تم افتتاح المطار الجديد؟"),
    ("3ala meen byettehem el jaysh bel hujoom?", "على من يتهم الجيش بالهجوم؟"),
    ("izzay hereb el masageen mn el segn?", "كيف هرب المساجين من السجن؟"),
    ("kam nsba el batala fi el ordon?", "كم نسبة البطالة في الأردن؟"),
    ("meen rebe7 el intikhabat el baladiyya?", "من ربح الانتخابات البلدية؟"),
    ("addeh kallafat i3adat binaa2 el jisr?", "كم كلفت إعادة بناء الجسر؟"),
    ("emta ha yebda2 tatbi2 qanun el moroor?", "متى سوف يبدأ تطبيق قانون المرور؟"),
    ("chkoun rbe7 lintikhabat?", "من ربح الانتخابات؟"),
    ("waqtash ghadi yeft7o el matar el jdid?", "متى سوف يفتح المطار الجديد؟"),
    ("sh7al mn wa7ed mat fel fayadanat?", "كم من واحد مات في الفيضانات؟"),
    ("hal tamma tawqee3 el ittifaqiya?", "هل تم توقيع الاتفاقية؟"),
    ("ayna yaqa3 ma9na3 el esment?", "أين يقع مصنع الإسمنت؟"),
    ("2addesh se3r el dollar el yom?", "كم سعر الدولار اليوم؟"),
    ("wein 7asal 7adeth el 2itar?", "أين حدث حادث القطار؟"),
    ("ma howa 3adad el laji2een fi lobnan?", "ما هو عدد اللاجئين في لبنان؟"),
]


@pytest.mark.parametrize(("asked", "meant"), QUESTIONS)
def test_arabizi_is_told_and_asks_the_same(asked: str, meant: str) -> None:
    assert is_arabizi(asked)
    assert question_type(to_arabic(asked)) == question_type(meant)


def test_nearly_every_word_is_the_one_that_was_meant() -> None:
    right = every = 0
    for asked, meant in QUESTIONS:
        written = {stem(word.folded) for word in words(to_arabic(asked))}
        expected = [stem(word.folded) for word in words(meant)]
        right += sum(one in written for one in expected)
        every += len(expected)
    assert right / every > 0.95


def test_months_and_figures_are_the_dates_they_were() -> None:
    found = {term.text for term in analyze(to_arabic("kam sarookh sa2at fi 5 tammouz 2021?"))}
    assert "@2021-07-05" in found


@pytest.mark.parametrize(
    "text",
    [
        "What happened on 7 October 2023?",
        "Did 3 rockets hit the base?",
        "3 rockets",
        "list 3 demands of hamas",
        "G7 summit outcome",
        "5G network in Iraq",
        "Where is the 3rd army stationed?",
        "F16 crash in 2nd week",
        "covid19 deaths 10km radius",
        "What did 7amas say?",
        "Kam Chancellor stats",
        "al-Assad family",
        "Al Jazeera",
        "el nino effects",
        "Min Aung Hlaing",
        "Who is Min Aung Hlaing?",
        "man killed in fire",
        "Omar al-Bashir",
        "how many H1N1 deaths",
        "What is Fin in Lebanon?",
        "كم rocket ضرب القاعدة؟",
        "كم صاروخا؟",
        "",
        "2021",
    ],
)
def test_other_text_is_no_arabizi(text: str) -> None:
    assert not is_arabizi(text)


def test_no_question_of_the_question_sets_is_taken_for_arabizi_but_those_that_are() -> None:
    paths = [*(ROOT / "tests/grounding").glob("*.jsonl"), *(ROOT / "training").glob("questions-*.jsonl")]
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 500
    assert [row["id"] for row in rows if is_arabizi(row["question"]) != row["id"].startswith("arabizi")] == []


def test_a_name_that_only_the_index_has_is_found_there_by_its_sound() -> None:
    held = ("شرقيات", "خفاجي", "مزهود")

    def sounding_like(key: str) -> list[str]:
        return [one for one in held if key in index_keys(one)]

    assert to_arabic("wein yaskon el 5afaji?", sounding_like=sounding_like) == "أين يسكن الخفاجي؟"


def test_of_words_that_sound_alike_the_one_in_the_index_is_taken() -> None:
    assert "المحافظ" in to_arabic("meen 3ayyan el mo7afez el jdeed?", {"محافظ"}.__contains__)


def test_a_question_is_read_quickly() -> None:
    for asked, _ in QUESTIONS:
        to_arabic(asked)
    began = time.perf_counter()
    for asked, _ in QUESTIONS:
        to_arabic(asked)
    assert (time.perf_counter() - began) / len(QUESTIONS) < 0.01


@patient
@given(texts)
def test_any_text_can_be_read(text: str) -> None:
    assert is_arabizi(text) in {True, False}
    assert isinstance(to_arabic(text), str)
