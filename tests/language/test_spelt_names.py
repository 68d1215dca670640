"""Names that a gloss spells though their words have a meaning."""

import pytest

from rag.language.spelt_names import place_nouns, spelt_names
from rag.language.words import words


def spelt(text: str) -> list[tuple[str, str]]:
    """The words of each name, and its English."""
    found = words(text)
    return [
        (text[found[name.first].start : found[name.last - 1].end], name.english) for name in spelt_names(text, found)
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("هاجموا قاعدة عين الأسد الجوية", [("عين الأسد", "Ain al-Asad")]),
        ("في قاعدة «عين الأسد» أمس", [("عين الأسد", "Ain al-Asad")]),
        ("بحي البكر شمال المدينة", [("البكر", "al-Bakr")]),
        ("في سجن الجديدة أمس", [("الجديدة", "al-Jadida")]),
        ("في مستشفى الأبيض التعليمي", [("الأبيض", "al-Abyad")]),
        ("بين مدينة سيدي بلعباس والعريشة", [("سيدي بلعباس", "Sidi Balabas")]),
        ("وقال النائب بدر الشطي إن", [("بدر الشطي", "Badr al-Shati")]),
        ("وأضاف الورفلي أن", [("الورفلي", "al-Warafli")]),
    ],
)
def test_a_name_is_found_behind_what_tells_of_it(text: str, names: list[tuple[str, str]]) -> None:
    assert spelt(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "المنطقة الخضراء",
        "المحكمة الابتدائية",
        "في مستشفى الأطفال",
        "في مستشفى القلب",
        "مخيم اللاجئين",
        "مدينة الملاهي",
        "سُجن القاضي",
        "شارع البحر",
        "قاعدة البيانات",
        "مطار المدينة",
        "مدينة سياحية",
        "منطقة شهيرة",
        "من ناحية الكثافة",
        "قضاء الوقت في القراءة",
        "مسرح الحادث",
        "سجن أبو غريب",
        "قال إن تطابق الأرقام دليل",
        "شهدت سجالات حادة",
        "جمع أسماء ثلاث جامعات",
    ],
)
def test_words_that_describe_are_not_spelt(text: str) -> None:
    assert spelt(text) == []


def test_a_noun_before_the_name_of_a_place_is_told() -> None:
    text = "عثر عليها بقضاء هيت"
    assert place_nouns(text, words(text)) == {2}
    assert place_nouns("أمام القضاء", words("أمام القضاء")) == frozenset()
