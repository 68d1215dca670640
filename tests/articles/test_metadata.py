"""What is known about an article: dates of any precision made ISO, everything else checked or refused by name."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from rag.articles.metadata import METADATA_FILE, checked, read_metadata
from rag.errors import ArticleError


def refusal(record: dict[str, Any]) -> tuple[str, str]:
    with pytest.raises(ArticleError) as caught:
        checked(record, "a")
    return caught.value.key, str(caught.value)


def written(folder: Path, content: str | bytes) -> Path:
    data = content if isinstance(content, bytes) else content.encode()
    (folder / METADATA_FILE).write_bytes(data)
    return folder


def test_every_field_is_taken_and_stripped_and_others_are_left() -> None:
    record = {
        "title": " هجوم ",
        "publisher": "الأناضول",
        "published": "2021-07-05",
        "url": "https://example.org/1",
        "event_date": "2021-07",
        "basis": "stated",
        "note": "ملاحظة",
        "id": "a",
        "text": "نص",
        "author": "كاتب",
    }
    assert checked(record, "a") == {
        "title": "هجوم",
        "publisher": "الأناضول",
        "published": "2021-07-05",
        "url": "https://example.org/1",
        "event_date": "2021-07",
        "basis": "stated",
        "note": "ملاحظة",
    }


def test_empty_and_missing_fields_are_left_out() -> None:
    assert checked({"title": "", "published": None, "url": ""}, "a") == {}


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2021-07-05", "2021-07-05"),
        ("2021-07", "2021-07"),
        ("2021", "2021"),
        (" 2021-07-05 ", "2021-07-05"),
        ("2021-07-05T14:45:00Z", "2021-07-05"),
        ("2021-07-05 14:45", "2021-07-05"),
        ("٢٠٢١-٠٧-٠٥", "2021-07-05"),
        ("2024-02-29", "2024-02-29"),
        (2021, "2021"),
        (date(2021, 7, 5), "2021-07-05"),
        (datetime(2021, 7, 5, 14, 45), "2021-07-05"),
    ],
)
def test_dates_become_iso_dates_of_the_precision_given(value: object, iso: str) -> None:
    assert checked({"published": value, "event_date": value}, "a") == {"published": iso, "event_date": iso}


@pytest.mark.parametrize(
    "value",
    ["2021-13", "2021-02-29", "2021-7-5", "05/07/2021", "أمس", "0000", "20210705", 12, 20210705, True, 1.5, [], {}],
)
def test_what_is_no_date_is_refused_with_the_field_and_the_value(value: object) -> None:
    assert refusal({"event_date": value}) == (
        "bad_date",
        f"a: event_date '{value}' is not a date; write it as 2021-07-05, 2021-07 or 2021",
    )


def test_a_basis_that_is_none_is_refused_with_those_there_are() -> None:
    assert refusal({"basis": "guessed"}) == (
        "bad_basis",
        "a: basis 'guessed' is none of: stated, inferred from the text, inferred from elsewhere",
    )


@pytest.mark.parametrize("value", [7, True, ["عنوان"], {"ar": "عنوان"}, "\ud800", "عنوان\x00", "\x1b[2J"])
def test_a_field_that_is_not_text_is_refused_by_its_name(value: object) -> None:
    assert refusal({"title": value}) == ("field_not_text", 'a: "title" is not text')


def test_a_date_with_half_a_surrogate_pair_is_refused_without_repeating_it() -> None:
    assert refusal({"published": "\ud800"}) == ("field_not_text", 'a: "published" is not text')


def test_a_folder_without_the_file_has_no_metadata(tmp_path: Path) -> None:
    assert read_metadata(tmp_path) == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_tables_of_the_file_are_read_by_article_id(tmp_path: Path, encoding: str) -> None:
    toml = 'version = 1\n[a]\ntitle = "هجوم"\npublished = 2021-07-05\n["b c"]\nurl = "u"\n'
    assert read_metadata(written(tmp_path, toml.encode(encoding))) == {
        "a": {"title": "هجوم", "published": date(2021, 7, 5)},
        "b c": {"url": "u"},
    }


def test_a_broken_file_is_told_with_its_line(tmp_path: Path) -> None:
    written(tmp_path, '[a]\ntitle = "هجوم"\npublished = 2021-07\n')
    with pytest.raises(ArticleError) as caught:
        read_metadata(tmp_path)
    assert (caught.value.key, caught.value.line) == ("bad_toml", 3)


@pytest.mark.parametrize(
    "content",
    ["[a]\ntitle = 'هجوم'".encode("cp1256"), b"x = " + b"[" * 100_000, b"x = " + b"1" * 5_000],
    ids=["another encoding", "nested without end", "an endless number"],
)
def test_a_file_that_cannot_be_read_at_all_is_told(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ArticleError) as caught:
        read_metadata(written(tmp_path, content))
    assert (caught.value.key, caught.value.line) == ("unreadable", None)
