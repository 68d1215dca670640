"""Files, folders and globs to articles: each is read once, and what cannot be read is named and holds nothing else up."""

import codecs
import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from rag.articles.readers import Skipped, read_articles
from rag.model import Article, Failure

TEXT = "أعلنت الوزارة أن القاعدة تعرضت لهجوم يوم الاثنين."
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
TOO_LARGE = "too large (0.1 MB; the limit is 0.1 MB, setting SANAD_MAX_ARTICLE_MB)"

Found = Article | Failure | Skipped


def read(paths: Iterable[str | Path], max_bytes: int = 5_000_000) -> list[Found]:
    return list(read_articles(paths, max_bytes=max_bytes))


def file(path: Path, content: str | bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def lines(path: Path, *records: object) -> Path:
    encoded = [r if isinstance(r, bytes) else json.dumps(r, ensure_ascii=False).encode() for r in records]
    return file(path, b"\n".join(encoded) + b"\n")


def article(path: Path, text: str = TEXT, **fields: str) -> Article:
    return Article(**{"id": path.stem, "text": text, "source": path.resolve().as_posix()} | fields)


def failure(path: Path, error: str, line: int | None = None) -> Failure:
    return Failure(str(path), line, error)


# Text files


def test_a_text_file_is_an_article_named_after_it(tmp_path: Path) -> None:
    path = file(tmp_path / "هجوم.txt")
    assert read([path]) == [Article(id="هجوم", text=TEXT, source=path.as_posix())]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("cp1256"),
    ],
    ids=["UTF-8", "UTF-8 marked", "UTF-16 LE marked", "UTF-16 BE marked", "UTF-16 LE", "UTF-16 BE", "Windows-1256"],
)
def test_the_same_text_in_every_encoding_is_the_same_article(tmp_path: Path, data: bytes) -> None:
    path = file(tmp_path / "a.txt", data)
    assert read([path]) == [article(path)]


def test_windows_line_ends_are_made_plain(tmp_path: Path) -> None:
    path = file(tmp_path / "a.txt", "عنوان\r\n\r\nنص المقال.\r\n")
    assert read([path]) == [article(path, "عنوان\n\nنص المقال.\n")]


def test_the_type_is_told_without_regard_to_case(tmp_path: Path) -> None:
    path = file(tmp_path / "A.TXT")
    assert read([path]) == [article(path)]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "empty file"),
        (b" \n\t\r\n", "empty file"),
        (codecs.BOM_UTF8, "empty file"),
        ("… 2021 …".encode(), "no text in it"),
        (PNG, "not a text file (UTF-8, UTF-16 or Windows-1256)"),
    ],
    ids=["empty", "white space", "only a mark", "no letter", "an image named .txt"],
)
def test_a_file_that_holds_no_text_is_named_with_its_fault_and_the_next_is_read(
    tmp_path: Path, content: bytes, error: str
) -> None:
    bad, good = file(tmp_path / "bad.txt", content), file(tmp_path / "good.txt")
    assert read([bad, good]) == [failure(bad, error), article(good)]


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path / "a.txt", "ا" * 50_001)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail(f"{self} was read"))
    assert read([path], max_bytes=100_000) == [failure(path, TOO_LARGE)]


def test_a_file_just_within_the_limit_is_read(tmp_path: Path) -> None:
    path = file(tmp_path / "a.txt", "ا" * 50_000)
    assert read([path], max_bytes=100_000) == [article(path, "ا" * 50_000)]


def test_a_file_without_permission_is_named_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = file(tmp_path / "bad.txt"), file(tmp_path / "good.txt")
    real = Path.read_bytes

    def read_bytes(self: Path) -> bytes:
        if self == bad:
            raise PermissionError(13, "Permission denied")
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert read([bad, good]) == [failure(bad, "cannot be read (Permission denied)"), article(good)]


def test_a_link_that_leads_to_itself_is_named(tmp_path: Path) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to("loop.txt")
    [found] = read([loop])
    assert isinstance(found, Failure)
    assert (found.source, found.error.startswith("cannot be read (")) == (str(loop), True)


def test_a_name_that_is_not_unicode_is_named_with_question_marks(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.txt"))
    file(path)
    expected = Failure(f"{tmp_path}/??.txt", None, "cannot be read (its name is not text)")
    assert read([path]) == [expected]
    assert read([tmp_path]) == [expected]


# What is named, and what is found in a folder


@pytest.mark.parametrize("name", ["missing.txt", "missing", "missing.pdf", "missing/*.txt"])
def test_a_missing_path_is_named(tmp_path: Path, name: str) -> None:
    assert read([tmp_path / name]) == [failure(tmp_path / name, "no such file or folder")]


@pytest.mark.parametrize(
    ("name", "suffix"), [("a.pdf", ".pdf"), ("README", "README"), ("articles.toml", ".toml"), ("a.txt.bak", ".bak")]
)
def test_a_file_of_another_type_is_a_failure_when_named_and_skipped_in_a_folder(
    tmp_path: Path, name: str, suffix: str
) -> None:
    path = file(tmp_path / name, b"")
    told = f"not a type of file Sanad reads ({suffix}); it reads .txt and .jsonl"
    assert read([path]) == [failure(path, told)]
    assert read([tmp_path]) == [Skipped(str(path))]


def test_a_folder_is_read_to_the_bottom_in_order_without_its_hidden_files(tmp_path: Path) -> None:
    b, c, a = file(tmp_path / "b.txt"), file(tmp_path / "x" / "c.txt"), file(tmp_path / "a.txt")
    image = file(tmp_path / "x" / "photo.png", PNG)
    file(tmp_path / ".draft.txt")
    file(tmp_path / ".git" / "d.txt")
    assert read([tmp_path]) == [article(a), article(b), article(c), Skipped(str(image))]


def test_a_folder_inside_a_hidden_one_can_be_named(tmp_path: Path) -> None:
    path = file(tmp_path / ".cache" / "articles" / "a.txt")
    assert read([path.parent]) == [article(path)]


def test_a_folder_named_like_a_text_file_is_read_as_a_folder(tmp_path: Path) -> None:
    path = file(tmp_path / "x.txt" / "a.txt")
    assert read([tmp_path / "x.txt"]) == [article(path)]
    assert read([tmp_path]) == [article(path)]


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert read([tmp_path]) == []


def test_a_glob_gives_the_files_and_folders_it_matches(tmp_path: Path) -> None:
    a, b, c = file(tmp_path / "a1.txt"), file(tmp_path / "a2" / "b.txt"), file(tmp_path / "other" / "c.txt")
    assert read([f"{tmp_path}/a*"]) == [article(a), article(b)]
    assert read([f"{tmp_path}/**/*.txt"]) == [article(a), article(b), article(c)]


def test_a_file_of_another_type_that_a_glob_matches_is_skipped(tmp_path: Path) -> None:
    path = file(tmp_path / "a.pdf")
    assert read([f"{tmp_path}/*"]) == [Skipped(str(path))]


def test_a_name_with_brackets_is_a_name_before_it_is_a_pattern(tmp_path: Path) -> None:
    path = file(tmp_path / "[1].txt")
    assert read([path]) == [article(path)]


def test_a_file_named_in_several_ways_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path / "a.txt")
    (tmp_path / "link.txt").symlink_to(path)
    monkeypatch.chdir(tmp_path)
    paths: list[str | Path] = [
        path,
        path,
        "a.txt",
        "./a.txt",
        tmp_path,
        f"{tmp_path}/*.txt",
        tmp_path / "x" / ".." / "a.txt",
        "link.txt",
    ]
    assert read(paths) == [article(path)]


def test_a_home_folder_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    path = file(tmp_path / "a.txt")
    assert read(["~/a.txt"]) == [article(path)]
    assert read(["~/*.txt"]) == [article(path)]


# JSON Lines


def test_every_line_of_a_jsonl_file_is_an_article(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "a.jsonl",
        {"id": "1", "text": TEXT, "title": "عنوان", "published": "2021-07"},
        {"id": 2, "text": TEXT},
    )
    assert read([path]) == [article(path, id="1", title="عنوان", published="2021-07"), article(path, id="2")]


def test_a_broken_line_is_named_by_its_number_and_the_others_are_read(tmp_path: Path) -> None:
    first, last = {"id": "1", "text": TEXT}, {"id": "2", "text": TEXT}
    path = lines(tmp_path / "a.jsonl", first, b"", b'{"id": "x", "text": ', b"   ", last)
    assert read([path]) == [
        article(path, id="1"),
        failure(path, "not valid JSON (Expecting value at column 20)", 3),
        article(path, id="2"),
    ]


@pytest.mark.parametrize(
    ("record", "error"),
    [
        ({"text": TEXT}, 'the record has no "id"'),
        ({"id": "", "text": TEXT}, 'the record has no "id"'),
        ({"id": "  ", "text": TEXT}, 'the record has no "id"'),
        ({"id": None, "text": TEXT}, 'the record has no "id"'),
        ({"id": True, "text": TEXT}, 'the record has no "id"'),
        ({"id": ["1"], "text": TEXT}, 'the record has no "id"'),
        ({"id": "1"}, "no text in it"),
        ({"id": "1", "text": None}, "no text in it"),
        ({"id": "1", "text": ""}, "no text in it"),
        ({"id": "1", "text": "…"}, "no text in it"),
        (["1", TEXT], 'not a JSON object with "id" and "text"'),
        ("نص", 'not a JSON object with "id" and "text"'),
        (None, 'not a JSON object with "id" and "text"'),
        ({"id": "1", "text": TEXT, "title": 7}, '1: "title" is not text'),
        (
            {"id": "1", "text": TEXT, "published": "أمس"},
            "1: published 'أمس' is not a date; write it as 2021-07-05, 2021-07 or 2021",
        ),
        (
            {"id": "1", "text": TEXT, "basis": "heard"},
            "1: basis 'heard' is none of: stated, inferred from the text, inferred from elsewhere",
        ),
        (b'{"id": "1", "text": "\\ud800 \xd9\x86\xd8\xb5"}', "not a text file (UTF-8, UTF-16 or Windows-1256)"),
        (b'{"id": "\\ud800", "text": "x"}', "'\\ud800': \"id\" is not text"),
        (b'{"id": "1", "text": "x", "title": "\\udc00"}', '1: "title" is not text'),
        ('{"id": "1", "text": "نص"}'.encode("cp1256"), "not a text file (UTF-8, UTF-16 or Windows-1256)"),
        (b"[" * 100_000, "not valid JSON (nested too deeply, or a number too long at column 1)"),
        (b'{"id": ' + b"1" * 5_000 + b"}", "not valid JSON (nested too deeply, or a number too long at column 1)"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_each_fault_of_a_record_is_named_with_its_line(tmp_path: Path, record: object, error: str) -> None:
    good = {"id": "good", "text": TEXT}
    path = lines(tmp_path / "a.jsonl", good, record, {**good, "id": "also good"})
    assert read([path]) == [article(path, id="good"), failure(path, error, 2), article(path, id="also good")]


def test_a_line_over_the_limit_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", {"id": "1", "text": "ا" * 50_000}, {"id": "2", "text": TEXT})
    assert read([path], max_bytes=100_000) == [failure(path, TOO_LARGE, 1), article(path, id="2")]


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_a_record(tmp_path: Path) -> None:
    record = json.dumps({"id": "1", "text": "سطر\r\nآخر"}).encode()
    path = file(tmp_path / "a.jsonl", codecs.BOM_UTF8 + record + b"\r\n\r\n" + record.replace(b'"1"', b'"2"'))
    assert read([path]) == [article(path, "سطر\nآخر", id="1"), article(path, "سطر\nآخر", id="2")]


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_a_jsonl_file_without_records_is_empty(tmp_path: Path, content: bytes) -> None:
    path = file(tmp_path / "a.jsonl", content)
    assert read([path]) == [failure(path, "empty file")]


# articles.toml


def test_metadata_of_the_folder_goes_to_its_articles(tmp_path: Path) -> None:
    a, b = file(tmp_path / "a.txt"), lines(tmp_path / "b.jsonl", {"id": "b1", "text": TEXT, "title": "للسجل"})
    toml = file(
        tmp_path / "articles.toml", '[a]\ntitle = "عنوان"\npublished = 2021-07-05\n[b1]\ntitle = "للملف"\nurl = "u"\n'
    )
    assert read([tmp_path]) == [
        article(a, title="عنوان", published="2021-07-05"),
        Skipped(str(toml)),
        article(b, id="b1", title="للسجل", url="u"),
    ]


def test_a_folder_has_no_metadata_of_its_parent(tmp_path: Path) -> None:
    file(tmp_path / "articles.toml", '[a]\ntitle = "عنوان"\n')
    path = file(tmp_path / "x" / "a.txt")
    assert read([path]) == [article(path)]


def test_a_broken_metadata_file_is_named_once_with_its_line_and_the_articles_are_read(tmp_path: Path) -> None:
    a, b = file(tmp_path / "a.txt"), file(tmp_path / "b.txt")
    toml = file(tmp_path / "articles.toml", '[a]\ntitle = "عنوان\n')
    broken, *others = read([a, b])
    assert isinstance(broken, Failure)
    assert (broken.source, broken.line, broken.error.startswith("not valid TOML (")) == (str(toml), 2, True)
    assert others == [article(a), article(b)]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('published = "5 تموز"', "a: published '5 تموز' is not a date; write it as 2021-07-05, 2021-07 or 2021"),
        ('basis = "heard"', "a: basis 'heard' is none of: stated, inferred from the text, inferred from elsewhere"),
        ("title = 7", 'a: "title" is not text'),
    ],
)
def test_an_article_with_bad_metadata_is_named_and_the_others_are_read(tmp_path: Path, line: str, error: str) -> None:
    a, b = file(tmp_path / "a.txt"), file(tmp_path / "b.txt")
    file(tmp_path / "articles.toml", f"[a]\n{line}\n")
    assert read([a, b]) == [failure(a, error), article(b)]


def test_articles_are_read_one_after_the_other_as_they_are_asked_for(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", {"id": "1", "text": TEXT}, {"id": "2", "text": TEXT})
    missing = tmp_path / "b.txt"
    reading = read_articles([path, missing], max_bytes=5_000_000)
    assert next(reading) == article(path, id="1")
    file(missing)
    assert list(reading) == [article(path, id="2"), article(missing)]
