"""Bytes to text: the encodings Arabic text comes in are told apart, and what is no text is refused with its reason."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.articles.decode import decode, is_text, stored
from rag.errors import ArticleError

PARAGRAPH = (
    "أعلنت وزارة الدفاع، السبت 6 مارس 2021، أن القاعدة “الجوية” تعرضت لهجوم.\nوقال المتحدث: «لا إصابات»؛ هل من تفاصيل؟"
)
TEXTS = {
    "paragraph": PARAGRAPH,
    "headline": "هجوم صاروخي على القاعدة",
    "two words": "خبر عاجل",
    "one word": "العراق",
    "one letter": "و",
    "guillemets": "«نعم»",
    "vowelled": "قَالَ الرَّئِيسُ",
    "no-break spaces": "بغداد\xa0\xa0\xa0الآن",
    "with English": "قناة CNN الأمريكية",
    "mostly spaces": "ا" + " " * 60,
}
UNICODE_TEXTS = {**TEXTS, "Arabic digits": "عام ٢٠٢١", "presentation forms": "ﻻ إله", "Persian letters": "گچپژ"}
MARKS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    + bytes(range(256))
)


def refusal(data: bytes) -> str:
    with pytest.raises(ArticleError) as caught:
        decode(data)
    return caught.value.key


@pytest.mark.parametrize("text", UNICODE_TEXTS.values(), ids=UNICODE_TEXTS)
@pytest.mark.parametrize("encoding", MARKS)
def test_unicode_with_a_byte_order_mark_is_read_and_the_mark_is_dropped(encoding: str, text: str) -> None:
    assert decode(MARKS[encoding] + text.encode(encoding)) == text


@pytest.mark.parametrize("text", UNICODE_TEXTS.values(), ids=UNICODE_TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_unicode_without_a_byte_order_mark_is_read(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_windows_1256_is_detected_also_in_the_shortest_texts(text: str) -> None:
    assert decode(text.encode("cp1256")) == text


@settings(max_examples=200, deadline=None)
@given(
    st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإةىئؤ ،؛؟.:!()-0123456789\n", min_size=1).filter(
        lambda text: any(character.isalpha() for character in text)
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
)
def test_any_arabic_prose_is_read_back_from_every_unicode_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_english_text_in_utf_16_without_a_mark_is_read() -> None:
    assert decode("The base was attacked.".encode("utf-16-be")) == "The base was attacked."


def test_line_ends_of_every_system_become_line_feeds() -> None:
    assert decode("سطر\r\nثان\rثالث\nرابع\r\n\r\n".encode()) == "سطر\nثان\nثالث\nرابع\n\n"


def test_nothing_but_line_ends_is_changed() -> None:
    text = "\tأُ  ب\xa0ـــ\u200fج\u200d  \n"
    assert stored(text) == text


@pytest.mark.parametrize("data", [b"", b" ", b" \r\n\t\n ", codecs.BOM_UTF8, codecs.BOM_UTF8 + b"\n"])
def test_a_file_of_nothing_but_white_space_is_empty(data: bytes) -> None:
    assert refusal(data) == "empty_file"


@pytest.mark.parametrize("text", ["…", "2021 - 2024", "!!!\n؟", "\u200f\u200f"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_text_without_a_letter_is_no_article(text: str, encoding: str) -> None:
    assert refusal(text.encode(encoding)) == "no_text"


@pytest.mark.parametrize(
    "data",
    [
        PNG,
        bytes(range(256)),
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00",
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00",
        b"\x00",
        "خبر\x00عاجل".encode(),
        "خبر\x1b[31m عاجل".encode(),
        codecs.BOM_UTF16_LE + "خبر".encode("utf-16-le")[:-1],
        "خبر عاجل".encode("utf-16-le")[:-1],
        codecs.BOM_UTF16_LE + b"\x00\xd8" + "خبر".encode("utf-16-le"),
    ],
    ids=[
        "PNG",
        "every byte",
        "PDF",
        "zip",
        "NUL",
        "NUL in UTF-8",
        "escape",
        "cut UTF-16",
        "cut without mark",
        "half pair",
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    assert refusal(data) == "not_text"


@pytest.mark.parametrize("text", ["été à la façade", "Größe und Übermaß", "ação não é coração", "El Niño"])
def test_the_accents_of_western_code_pages_are_not_taken_for_arabic(text: str) -> None:
    assert refusal(text.encode("cp1252")) == "not_text"


def test_arabic_particles_joined_to_english_words_are_read() -> None:
    text = "قالت الشركة إن نظام وWindows متاح لـiOS"
    assert decode(text.encode("cp1256")) == text


@pytest.mark.parametrize("text", ["خبر\ud800", "\udfffخبر", "خبر\x00", "خبر\x7f"])
def test_a_text_with_half_a_surrogate_pair_or_a_control_character_is_not_stored(text: str) -> None:
    with pytest.raises(ArticleError) as caught:
        stored(text)
    assert (caught.value.key, is_text(text)) == ("not_text", False)
