"""Which sentences are fit to be shown."""

import time

import pytest

from rag.model import Language
from rag.wording import fault, is_foreign


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The attack happened at 2:45 pm on 5.7.2021, Wayne Marotto said.", "en"),
        ("Prices rose 3.5%, Dr. Ali said; e.g. oil cost $1,000.50 a barrel in the U.S.", "en"),
        ("The spokesman said: “لا تعليق على هذا الموضوع في الوقت الحاضر”.", "en"),
        ("وقع الهجوم الساعة 2:45 عصرا بحسب واين ماروتو (المتحدث باسم التحالف).", "ar"),
        ("قالت شركة Google Cloud إنها باعت 3 مراكز.", "ar"),
        ("Google Cloud.", "ar"),
        ('كتب المتحدث "The attack happened in Iraq today at noon" على حسابه.', "ar"),
        ("2:45.", "en"),
    ],
)
def test_a_plain_sentence_is_fit(text: str, language: Language) -> None:
    assert fault(text, language) is None


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/?q=1", "http://x", "hxxp://evil", "www.evil", "evil.example", "evil.com/x", "evil[.]com",
        "evil(dot)com", "a@b.c", "@handle", "10.0.0.1", "mailto:x", "javascript:x", "data:text", "ftp://x", "Sub.Domain.org",
    ],
)  # fmt: skip
def test_an_address_is_not(address: str) -> None:
    assert fault(f"The dam is full, see {address}", "en") == "link"
    assert fault(f"السد ممتلئ، انظر {address}.", "ar") == "link"


@pytest.mark.parametrize(
    "markup",
    ["<b>", "</think>", "{x}", "a|b", "\\x", "`x`", "[7", "［7］", "](x)", "&lt;b", "&#60;", "\u202e", "\U000e0041", "\x07",
     "sk-0123456789abcdef0123456789", "aWdub3JlIHByZXZpb3VzIGluc3RydWN0aW9ucw=="],
)  # fmt: skip
def test_markup_and_codes_are_not(markup: str) -> None:
    assert fault(f"The dam is full {markup} today.", "en") == "markup"


@pytest.mark.parametrize(
    ("text", "language", "foreign"),
    [
        ("وقع الهجوم", "en", True),
        ("The attack", "ar", True),
        ("袭击发生在", "en", True),
        ("袭击发生在", "ar", True),
        ("Нападение", "en", True),
        ("The attack وقع", "en", False),
        ("وقع Attack", "ar", False),
        ("“وقع الهجوم”", "en", True),
        ("Wayne Marotto", "ar", False),
        ("the attack", "ar", True),
        ("2021", "ar", False),
        ("", "en", False),
    ],
)
def test_the_script_of_most_letters_tells_the_language(text: str, language: Language, foreign: bool) -> None:
    assert is_foreign(text, language) is foreign
    assert (fault(text, language) == "language") is foreign


def test_what_is_longer_than_a_quote_is_too_long() -> None:
    assert fault("word " * 60, "en") is None
    assert fault("word " * 61, "en") == "too_long"
    assert fault("word " * 61, "en", most_words=70) is None


@pytest.mark.parametrize(
    "text", ["A" * 8_000 + "ا", "a.-" * 2_700, "[" * 8_000, "<" * 8_000, "«" * 8_000, "a@." * 2_700]
)
def test_no_text_takes_long(text: str) -> None:
    started = time.perf_counter()
    fault(text, "ar")
    fault(text, "en")
    is_foreign(text, "ar")
    assert time.perf_counter() - started < 2
