"""The fixed sentences of answers and errors."""

import tomllib
from pathlib import Path
from string import Template

import pytest

import rag
from rag.language.characters import script
from rag.phrases import LANGUAGES, phrase


def locale(language: str) -> dict[str, str]:
    path = Path(rag.__file__).parent / "locales" / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


ENGLISH, ARABIC = locale("en"), locale("ar")


def test_there_are_two_languages() -> None:
    assert LANGUAGES == ("ar", "en")


def test_both_locales_have_the_same_phrases_in_the_same_order() -> None:
    assert list(ARABIC) == list(ENGLISH)


@pytest.mark.parametrize("key", ENGLISH)
def test_a_phrase_has_the_same_slots_in_both_locales(key: str) -> None:
    assert sorted(Template(ARABIC[key]).get_identifiers()) == sorted(Template(ENGLISH[key]).get_identifiers())


@pytest.mark.parametrize("key", ENGLISH)
def test_a_phrase_is_one_line_of_its_own_language(key: str) -> None:
    assert "\n" not in ENGLISH[key] + ARABIC[key]
    sentences = {"en": ENGLISH[key], "ar": ARABIC[key]}
    assert {language: script(text) for language, text in sentences.items()} in (
        {"en": "en", "ar": "ar"},
        {"en": None, "ar": None},  # a comma
        {"en": "en", "ar": "en"},  # mostly names of settings and commands
    )
    assert script(ENGLISH[key]) != "ar"


@pytest.mark.parametrize(
    ("key", "slots"),
    [
        ("answer_lead_one", []),
        ("answer_lead_many", []),
        ("premise_contradicted", []),
        ("differ_lead", ["about"]),
        ("differ_voice", ["marks", "speaker", "value"]),
        ("differ_value", ["marks", "value"]),
        ("event_dated", ["date"]),
        ("date_relative", ["date"]),
        ("date_article", ["date"]),
        ("date_inferred", ["date"]),
        ("refusal_language", []),
        ("refusal_missing", ["missing"]),
        ("refusal_subject", []),
    ],
)
def test_what_an_answer_says_besides_its_quotes_has_slots_for_cited_values_only(key: str, slots: list[str]) -> None:
    for phrases in (ARABIC, ENGLISH):
        assert sorted(Template(phrases[key]).get_identifiers()) == slots
        assert not any(character.isdigit() for character in phrases[key])


def test_slots_are_filled() -> None:
    assert phrase("en", "refusal_missing", missing="population") == "Not in these articles: population."
    assert phrase("ar", "refusal_missing", missing="سكان") == "ليس في هذه المقالات: سكان."
    assert (
        phrase("en", "error_question_long", words=501, limit=500) == "The question has 501 words; ask in at most 500."
    )


def test_what_fills_a_slot_is_left_as_it_is() -> None:
    assert phrase("en", "refusal_missing", missing="$missing, ${x}, $$") == "Not in these articles: $missing, ${x}, $$."


def test_a_phrase_or_a_slot_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="'no_such_phrase'"):
        phrase("en", "no_such_phrase")
    with pytest.raises(KeyError, match="'missing'"):
        phrase("ar", "refusal_missing")
