"""The sentences of the front ends: the same in both locales, and Arabic's six plural forms."""

import tomllib
from pathlib import Path
from string import Template

import pytest

import bot
from bot.strings import plural_form, say, system_language
from rag.model import Language

Entry = str | dict[str, str]
NUMBERS = (0, 1, 2, 3, 10, 11, 99, 100, 103, 111)
FORMS = {"ar": {"zero", "one", "two", "few", "many", "other"}, "en": {"one", "other"}}


def locale(language: str) -> dict[str, Entry]:
    path = Path(bot.__file__).parent / "locales" / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def slots(entry: Entry) -> set[str]:
    texts = [entry] if isinstance(entry, str) else list(entry.values())
    return {name for text in texts for name in Template(text).get_identifiers()}


ENGLISH, ARABIC = locale("en"), locale("ar")


# Both locales


def test_both_locales_have_the_same_strings() -> None:
    assert list(ARABIC) == list(ENGLISH)


def test_both_locales_give_the_same_strings_plural_forms() -> None:
    assert [key for key in ENGLISH if isinstance(ENGLISH[key], dict)] == [
        key for key in ARABIC if isinstance(ARABIC[key], dict)
    ]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_plural_has_every_form_of_its_language(language: str) -> None:
    plurals = {key: set(entry) for key, entry in locale(language).items() if isinstance(entry, dict)}
    assert len(plurals) >= 8
    assert plurals == dict.fromkeys(plurals, FORMS[language])


@pytest.mark.parametrize("key", ENGLISH)
def test_a_string_has_the_same_slots_in_both_locales(key: str) -> None:
    assert slots(ARABIC[key]) == slots(ENGLISH[key])


@pytest.mark.parametrize("key", [key for key, entry in ARABIC.items() if isinstance(entry, dict)])
def test_arabic_writes_the_number_where_the_noun_does_not_say_it(key: str) -> None:
    entry = ARABIC[key]
    assert isinstance(entry, dict)
    assert {form for form, text in entry.items() if slots(text) == {"n"}} == {"few", "many", "other"}
    assert {form for form, text in entry.items() if slots(text) == set()} == {"zero", "one", "two"}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_there_are_twelve_months(language: str) -> None:
    assert len(set(say(language, "months").split())) == 12


# Plural forms


def test_arabic_has_a_form_for_none_one_two_few_many_and_round_hundreds() -> None:
    assert {n: plural_form("ar", n) for n in NUMBERS} == {
        0: "zero",
        1: "one",
        2: "two",
        3: "few",
        10: "few",
        11: "many",
        99: "many",
        100: "other",
        103: "few",
        111: "many",
    }
    assert [plural_form("ar", n) for n in (101, 102, 200, 1000, 1003, 1011)] == [
        "other",
        "other",
        "other",
        "other",
        "few",
        "many",
    ]


def test_english_has_a_form_for_one_and_another_for_the_rest() -> None:
    assert [plural_form("en", n) for n in NUMBERS] == ["other", "one", *["other"] * 8]


def test_added_articles_are_counted_in_arabic_as_grammar_asks() -> None:
    assert [say("ar", "added", n) for n in NUMBERS] == [
        "لم يضف أي مقال",
        "أضيف مقال واحد",
        "أضيف مقالان",
        "أضيفت 3 مقالات",
        "أضيفت 10 مقالات",
        "أضيف 11 مقالا",
        "أضيف 99 مقالا",
        "أضيف 100 مقال",
        "أضيفت 103 مقالات",
        "أضيف 111 مقالا",
    ]


def test_added_articles_are_counted_in_english() -> None:
    assert [say("en", "added", n) for n in (0, 1, 2)] == ["0 articles added", "1 article added", "2 articles added"]


def test_thousands_are_grouped() -> None:
    assert say("en", "reindexed", 1234567) == "Index built: 1,234,567 passages"
    assert say("ar", "reindexed", 1234567) == "بني الفهرس: 1,234,567 مقطعا"


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("count", NUMBERS)
def test_every_plural_can_be_said_of_every_number(language: str, count: int) -> None:
    said = [say(language, key, count) for key, entry in locale(language).items() if isinstance(entry, dict)]
    assert [text for text in said if "$" in text or not text] == []


# What is filled in


def test_slots_are_filled_and_what_fills_them_is_left_as_it_is() -> None:
    assert say("en", "article_removed", article="$n") == "Removed: $n"
    assert say("ar", "line", line=7) == "السطر 7"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_string_without_what_it_needs_is_an_error(language: Language) -> None:
    with pytest.raises(KeyError, match="no_such_string"):
        say(language, "no_such_string")
    with pytest.raises(KeyError, match="added needs a count"):
        say(language, "added")
    with pytest.raises(KeyError, match="article"):
        say(language, "article_removed")


# The system's language


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "ar_IQ.UTF-8"}, "ar"),
        ({"LANG": "AR"}, "ar"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ar_EG.UTF-8"}, "ar"),
        ({"LANG": "ar_IQ.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "ar_IQ.UTF-8", "LC_MESSAGES": "ar_IQ.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "ar_IQ.UTF-8", "LC_ALL": ""}, "ar"),
    ],
)
def test_messages_are_in_arabic_where_the_system_is(
    variables: dict[str, str], language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language
