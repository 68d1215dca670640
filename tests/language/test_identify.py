"""The language of a question."""

import json
from pathlib import Path

import pytest
from hypothesis import given

from rag.language.identify import language_of

from .strategies import patient, texts

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("fr", "Où est Bagdad ?"),
        ("fr", "Combien de roquettes ont frappé la base aérienne en juillet 2021 ?"),
        ("fr", "Qui est Frank McKenzie ?"),
        ("fr", "Quand l'attaque a-t-elle eu lieu ?"),
        ("es", "¿Cuántos cohetes impactaron la base en julio de 2021?"),
        ("es", "¿Quién es el presidente de Irak?"),
        ("es", "donde esta la base de ain al asad"),
        ("de", "Wie viele Raketen trafen den Stützpunkt im Juli 2021?"),
        ("de", "Wo liegt Bagdad?"),
        ("de", "Was ist in Berlin passiert?"),
        ("it", "Quanti razzi hanno colpito la base?"),
        ("it", "Dove si trova la base di Ain al-Asad?"),
        ("pt", "Quantos foguetes atingiram a base em julho?"),
        ("pt", "Onde fica a base de Ain al-Asad?"),
        ("tr", "Üsse kaç roket isabet etti ve kim saldırdı?"),
        ("tr", "Irak başbakanı kimdir ve ne zaman seçildi?"),
        ("id", "Berapa banyak roket yang menghantam pangkalan itu?"),
        ("id", "Siapa presiden Irak dan kapan dia terpilih?"),
        ("nl", "Hoeveel raketten hebben de basis geraakt?"),
        ("he", "מתי הייתה ההתקפה על הבסיס?"),
        ("ru", "Сколько ракет попало в базу?"),
        ("uk", "Скільки ракет влучило в базу і чому?"),
        ("zh", "有多少火箭击中了基地？"),
        ("ja", "基地に何発のロケットが命中しましたか？"),
        ("ko", "기지에 몇 발의 로켓이 떨어졌습니까?"),
        ("hi", "बेस पर कितने रॉकेट गिरे?"),
        ("el", "Πόσες ρουκέτες χτύπησαν τη βάση;"),
        ("fa", "چند موشک به پایگاه عین الاسد اصابت کرد؟"),
        ("fa", "حمله به پایگاه چه زمانی بود؟"),
        ("fa", "نخست وزیر عراق کیست و چه گفت؟"),
        ("ur", "اڈے پر کتنے راکٹ گرے؟"),
        ("ur", "عراق کا وزیر اعظم کون ہے؟"),
        ("ckb", "چەند مووشەک بەر بنکەکە کەوت؟"),
        ("ckb", "سەرۆک وەزیرانی عێراق کێیە؟"),
        ("ps", "د عراق لومړی وزیر څوک دی؟"),
        ("ar", "شگد صاروخ ضرب القاعدة؟"),
        ("ar", "چم واحد انگتل بالهجوم؟"),
        ("ar", "کم صاروخ ضرب القاعدة؟"),
        ("ar", "متی وقع الهجوم علی القاعدة؟"),
        ("ar", "بغداد؟"),
        ("ar", "2021"),
        ("ar", "كم rocket ضرب القاعدة؟"),
        ("ar", "ماذا قال وزير الخارجية الإيراني؟"),
        ("en", "Who directed Les Misérables?"),
        ("en", "Who wrote La Casa de Papel?"),
        ("en", "La Casa de Papel ending"),
        ("en", "Who won in El Salvador?"),
        ("en", "When did Al Jazeera report on Real Madrid?"),
        ("en", "Who is the Prime Minister of Côte d'Ivoire?"),
        ("en", "What is Le Monde's view of Emmanuel Macron?"),
        ("en", "When was Die Welt founded?"),
        ("en", "Rio de Janeiro floods death toll"),
        ("en", "Baghdad"),
        ("en", "number of rockets"),
        ("en", "Luiz Inácio Lula da Silva"),
        ("en", "Where is São Tomé e Príncipe?"),
        ("en", "Who is Abu Mahdi al-Muhandis?"),
        ("en", "Who is the المبعوث الأميركي to the coalition?"),
        ("en", "coup d'état in Niger"),
        ("en", "wher is Ain al Assad"),
        ("arabizi", "wein sar el enfijar?"),
        ("arabizi", "kam da7iya fi zilzal el maghreb?"),
        ("arabizi", "shu 2al el ra2ees 3an el intikhabat?"),
        ("arabizi", "min howa wazir el kharijiya el jadid?"),
        ("arabizi", "leish el jaysh kaththaf dawriyyato?"),
        ("sv", "Hur många raketer träffade basen och vem gjorde det?"),
        ("pl", "Kto jest prezydentem Iraku i kiedy został wybrany?"),
        ("ro", "Câte rachete au lovit baza și când?"),
        ("vi", "Ai là tổng thống của Iraq và khi nào?"),
        ("th", "จรวดกี่ลูกตกใส่ฐาน"),
        ("hy", "Քանի՞ հրթիռ է ընկել"),
        ("en", "Which les mis actor won?"),
        ("en", "Der Spiegel report on Gaza"),
        ("ar", "من هو المدير التنفیذی لشرکة أرامکو؟"),
        ("ar", "ما معنى است؟"),
    ],
)
def test_the_language_of_a_question(language: str, question: str) -> None:
    assert language_of(question) == language


def test_every_question_of_the_question_sets_is_in_its_language() -> None:
    paths = [*(ROOT / "tests/grounding").glob("*.jsonl"), *(ROOT / "training").glob("questions-*.jsonl")]
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if not row["id"].startswith("arabizi")]
    assert len(rows) > 500
    assert [row["id"] for row in rows if language_of(row["question"]) != row["language"]] == []


def test_the_articles_sentences_are_arabic() -> None:
    paths = [*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests/grounding/made").glob("*.txt")]
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 20]
    assert [line for line in lines if language_of(line) not in {"ar", "en"}] == []


@patient
@given(texts)
def test_any_text_has_a_language(text: str) -> None:
    assert language_of(text)
