"""Arabic names in English letters."""

import runpy
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.romanize import SHORT, romanize, spell, units

from .strategies import patient, texts

ROOT = Path(__file__).parents[2]
ARABIC = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةى", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("بايدن", "Biden"),
        ("الرمادي", "Ramadi"),
        ("تويتر", "Twitter"),
        ("الأناضول", "Anadolu"),
        ("القاهرة", "Cairo"),
        ("نانسي بيلوسي", "Nancy Pelosi"),
        ("حزب الله", "Hezbollah"),
        ("بَايدن", "Biden"),
    ],
)
def test_a_known_name_is_spelt_as_english_spells_it(arabic: str, english: str) -> None:
    assert romanize(arabic) == english


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("الخفاجي", "al-Khafaji"),  # the article
        ("نجمة", "Najma"),  # no two consonants at the beginning, ة
        ("جعفر", "Jafar"),  # four consonants make two closed syllables
        ("رائد", "Raid"),  # a hamza has no letter
        ("العامرية", "al-Amriya"),
        ("عبدالستار", "Abdulsatar"),
        ("مُنتَظَر", "Muntazar"),  # written vowels are kept
    ],
)
def test_an_arabic_name_is_spelt_by_its_sounds(arabic: str, english: str) -> None:
    assert spell(arabic) == english


@pytest.mark.parametrize(("arabic", "english"), [("ماروتو", "Maroto"), ("دروزدوف", "Drozdov"), ("هيلينا", "Helina")])
def test_a_foreign_name_is_spelt_as_names_are(arabic: str, english: str) -> None:
    assert spell(arabic) == english


def test_names_of_several_words_are_spelt_together() -> None:
    assert romanize("واين ماروتو") == "Wayne Maroto"
    assert romanize("نوري بن خشاب الحلبوسي") == "Nouri bin Khashab al-Halbusi"


def test_other_scripts_stay() -> None:
    assert romanize("CNN") == "CNN"
    assert romanize("") == ""


@patient
@given(texts)
def test_nothing_arabic_is_left(text: str) -> None:
    assert not any("\u0621" <= letter <= "\u064a" for letter in romanize(text))


@patient
@given(ARABIC)
def test_a_spelling_has_latin_letters_alone(word: str) -> None:
    assert set(spell(word)) <= {*string.ascii_letters, "-"}


def test_groups_of_letters_know_where_they_stand() -> None:
    channel: dict[str, object] = {"ب": {}, "ا>": {}, "با": {}}
    assert units("با", channel) == [[(2, "با", ""), (1, "ب", SHORT)], [(2, "ا>", "")]]


def test_fitting_learns_the_spelling_of_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    fit = runpy.run_path(str(ROOT / "tools/fit_romanization.py"))
    channel = fit["_fitted"]([("baba", "بابا"), ("nada", "نادا"), ("bana", "بانا")])
    assert channel["ب"] == {"b": 0.0}
    assert channel["ا>"] == {"a": 0.0}
