"""Mistyped words of questions."""

from pathlib import Path

import pytest
from hypothesis import given

from rag.language.typos import mended
from rag.language.words import words

from .strategies import patient, texts

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("لمادا استقال الوزير؟", "لماذا استقال الوزير؟"),
        ("مادا قال الرئيس عن الاتفاق؟", "ماذا قال الرئيس عن الاتفاق؟"),
        ("مانسبة البطالة في الاردن؟", "ما نسبة البطالة في الاردن؟"),
        ("ماهو سبب الحريق؟", "ما هو سبب الحريق؟"),
        ("من هو رئيس الوزرا الجديد؟", "من هو رئيس الوزراء الجديد؟"),
        ("كم قتييييل سقط في التفجير؟", "كم قتيل سقط في التفجير؟"),
        ("كم عدد الظحايا في الفيضان؟", "كم عدد الضحايا في الفيضان؟"),
        ("هل اعترظت المعارضة على القانون؟", "هل اعترضت المعارضة على القانون؟"),
        ("كم شخص قتلو في الهجوم؟", "كم شخص قتلوا في الهجوم؟"),
        ("كيف تضررت المدارص من الزلزال؟", "كيف تضررت المدارس من الزلزال؟"),
        ("How meny people were killd in the earthqake?", "How many people were killed in the earthquake?"),
        ("Whre did the explotion happen?", "Where did the explosion happen?"),
        ("wher is the base loacted", "where is the base located"),
        ("Who is the new goverment spokeman?", "Who is the new government spokesman?"),
        ("What post was she nominted for?", "What post was she nominated for?"),
        ("When did the cort sentence the miniser?", "When did the court sentence the minister?"),
        ("How much did they alocate for reconstrction?", "How much did they allocate for reconstruction?"),
        ("Wich team won the final?", "Which team won the final?"),
        ("Who atacked the embasy in Agust?", "Who attacked the embassy in August?"),
        ("why did inflaton rise in egypt", "why did inflation rise in egypt"),
        ("When was Frankfrut airport closed?", "When was Frankfurt airport closed?"),
    ],
)
def test_a_mistyped_question_is_mended(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "من هو واين ماروتو؟",
        "ماذا قال العقيد كوستين عن الحادث؟",
        "أين تقع خربة الرشايدة؟",
        "متى افتتح مصنع الشوبك؟",
        "هل نجا الطفل نهلان من الحريق؟",
        "Who is Foad Shokr?",
        "What did Yassine Belkacem say?",
        "Where is Almeria?",
        "When did Kfar Aza fall?",
    ],
)
def test_names_are_not_corrected(question: str) -> None:
    assert mended(question) == question


def test_the_index_tells_what_was_meant() -> None:
    assert mended("متى وقع الزلزل في المغرب؟") == "متى وقع الزلزل في المغرب؟"
    assert mended("أين سقط المناطيد الكبير؟", {"مناطيد"}.__contains__) == "أين سقط المناطيد الكبير؟"
    assert mended("متى بدأت المفاوظات؟", {"مفاوض"}.__contains__) == "متى بدأت المفاوضات؟"


def test_hardly_a_word_of_the_articles_is_changed() -> None:
    """The articles' words are spelt right, whatever they are about."""
    paths = [*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests/grounding/made").glob("*.txt")]
    written = [word for path in paths for word in words(path.read_text(encoding="utf-8"))]
    changed = [word.text for word in written if mended(word.text) != word.text]
    assert len(changed) < 0.002 * len(written), changed


@patient
@given(texts)
def test_any_text_can_be_mended_and_keeps_its_figures(text: str) -> None:
    before = [word.text for word in words(text) if word.is_figure]
    assert [word.text for word in words(mended(text)) if word.is_figure] == before
