"""Doctor: what it says of a data folder in every state that someone may find theirs in."""

import os
import platform
import re
import shutil
import sqlite3
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from rag.doctor import Check, examine
from rag.engine import open_engine
from rag.library import Library
from rag.settings import Settings
from tests.embedding.server import EmbeddingServer, embedding_server

TEXT = "أعلنت وزارة الدفاع العراقية العثور على منصة أطلق منها مجهولون ثلاثة صواريخ على قاعدة عين الأسد الجوية."
SANAD = Check("sanad", "ok", f"{version('sanad')}, Python {platform.python_version()}")
DAMAGED = "restore it from a backup, or move it away and ingest again"
LIBRARY = Check("library", "ok", "2 articles, 2 passages")
MISFIT = Check(
    "index",
    "bad",
    "The index does not fit the library (an ingest was interrupted, or SANAD_CHROMA_URL was changed?). Build it again: sanad reindex",
    "sanad reindex",
)


@pytest.fixture(scope="module")
def two_articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of two short articles; only to be copied."""
    folder = tmp_path_factory.mktemp("two")
    for name in ("first", "second"):
        (folder / f"{name}.txt").write_text(f"{TEXT} {name}", encoding="utf-8")
    with open_engine(Settings(data_dir=folder / "data")) as engine:
        assert engine.ingest([folder]).added == 2
    return folder / "data"


@pytest.fixture
def settings(two_articles: Path, tmp_path: Path) -> Settings:
    """Settings on a copy of the two articles' folder."""
    shutil.copytree(two_articles, tmp_path / "data")
    return Settings(data_dir=tmp_path / "data")


def told(settings: Settings) -> list[Check]:
    """What is said beyond the version, the settings and the folder, which are in order."""
    checks = examine(settings)
    assert checks[0] == SANAD
    assert [(check.name, check.status) for check in checks[1:3]] == [("settings", "ok"), ("data folder", "ok")]
    assert checks[2] == Check("data folder", "ok", str(settings.data_dir))
    return checks[3:]


def content(folder: Path) -> dict[str, bytes]:
    """The library and the index but for locks, and for the vectors, which Chroma writes to whenever it opens them."""
    passed_over = re.compile(r"\.lock$|-shm$|-wal$|/vectors/")
    kept = [path for path in folder.rglob("*") if path.is_file() and not passed_over.search(path.as_posix())]
    return {str(path.relative_to(folder)): path.read_bytes() for path in kept}


# Nothing yet


def test_before_the_first_ingest_it_says_how_to_begin_and_makes_nothing(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "a" / "b")
    assert examine(settings) == [
        SANAD,
        Check("settings", "ok", f"SANAD_DATA_DIR={tmp_path / 'a' / 'b'} (from environment)"),
        Check("data folder", "ok", str(tmp_path / "a" / "b")),
        Check("library", "note", "empty", "sanad ingest seeds/"),
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_library_whose_articles_were_all_removed_has_nothing_to_index(settings: Settings) -> None:
    with open_engine(settings) as engine:
        engine.remove("first")
        engine.remove("second")
    assert told(settings) == [
        Check("library", "ok", "0 articles, 0 passages"),
        Check("index", "note", "nothing to index", "sanad ingest seeds/"),
    ]


# All well


def test_a_healthy_library_is_counted_and_left_as_it_is(settings: Settings) -> None:
    before = content(settings.data_dir)
    assert told(settings) == [
        LIBRARY,
        Check("index", "ok", "2 passages in Chroma, in the data folder and Tantivy; vectors: builtin"),
    ]
    assert content(settings.data_dir) == before


# A neural embedder


def neural_settings(tmp_path: Path, server: EmbeddingServer) -> Settings:
    return Settings(
        data_dir=tmp_path / "data",
        embedding="openai:small",
        embedding_url=server.url.replace("//", "//user:hush@"),
        embedding_key="hush",
    )


def test_a_neural_embedder_is_named_with_its_server_and_without_anything_secret(tmp_path: Path) -> None:
    with embedding_server() as server:
        settings = neural_settings(tmp_path, server)
        ready = Check("embedding", "ok", f"openai:small at {server.url.replace('//', '//…@')}, 16 numbers a vector")
        assert examine(settings)[3] == ready
        (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
        with open_engine(settings) as engine:
            engine.ingest([tmp_path / "news.txt"])
        checks = examine(settings)
        assert checks[3:] == [
            ready,
            Check("library", "ok", "1 articles, 1 passages"),
            Check(
                "index", "ok", "1 passages in Chroma, in the data folder and Tantivy; vectors: builtin and openai:small"
            ),
        ]
        assert "hush" not in str(checks)


def test_a_neural_embedder_that_gives_no_vectors_or_others_is_told(tmp_path: Path) -> None:
    with embedding_server() as server:
        settings = neural_settings(tmp_path, server)
        server.faults = iter(["401"])
        check = examine(settings)[3]
        assert (check.name, check.status) == ("embedding", "bad")
        assert "does not accept the key (401 Unauthorized)" in check.detail
        assert "hush" not in str(check)
        (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
        with open_engine(settings) as engine:
            engine.ingest([tmp_path / "news.txt"])
        server.dimensions = 17
        check = examine(settings)[3]
        assert check.detail.startswith("The embedding model openai:small gives vectors of 17 numbers")
        assert check.mend == "or go on without: SANAD_EMBEDDING=builtin, then sanad reindex"


# Settings


def test_settings_that_are_not_the_defaults_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert examine(Settings())[1] == Check("settings", "ok", "all defaults (from environment)")
    (tmp_path / ".env").touch()
    assert examine(Settings(bidi="off", passage_words=90))[1] == Check(
        "settings", "ok", "SANAD_PASSAGE_WORDS=90, SANAD_BIDI=off (from .env and environment)"
    )


def test_a_secret_is_told_to_be_set_and_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert examine(Settings(llm_key="hush"))[1] == Check(
        "settings", "ok", "SANAD_LLM_KEY=********** (from environment)"
    )


def test_an_unknown_variable_is_told_with_the_nearest_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANAD_BIDDI", "off")
    monkeypatch.setenv("SANAD_QQQQQQ", "1")
    checks = examine(Settings(data_dir=tmp_path))
    assert [check for check in checks if check.status == "bad"] == [
        Check("settings", "bad", "SANAD_BIDDI is no setting of Sanad", "did you mean SANAD_BIDI?"),
        Check("settings", "bad", "SANAD_QQQQQQ is no setting of Sanad", "remove it"),
    ]


# The folder


@pytest.mark.parametrize("below", [".", "data", "a/b/data"])
def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / below
    assert examine(Settings(data_dir=folder))[2:] == [
        Check("data folder", "bad", f"{folder} cannot be written", "choose another: SANAD_DATA_DIR=data"),
        Check("library", "note", "empty", "sanad ingest seeds/"),
    ]


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Path, int]] = []

    def no_access(path: Path, mode: int) -> bool:
        asked.append((path, mode))
        return False

    monkeypatch.setattr("rag.doctor.os.access", no_access)  # as permissions do not bind every user
    assert examine(Settings(data_dir=tmp_path / "data"))[2] == Check(
        "data folder", "bad", f"{tmp_path / 'data'} cannot be written", "choose another: SANAD_DATA_DIR=data"
    )
    assert asked == [(tmp_path, os.W_OK)]


# The library


def test_a_library_that_is_no_database_is_told(settings: Settings) -> None:
    path = settings.data_dir / "library.sqlite3"
    path.write_text("not a database")
    detail = (
        f"The library {path} cannot be used (file is not a database). "
        "Restore it from a backup, or move it away and ingest again."
    )
    assert told(settings) == [Check("library", "bad", detail, DAMAGED)]


def test_a_library_of_a_newer_version_is_told(settings: Settings) -> None:
    path = settings.data_dir / "library.sqlite3"
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    (check,) = told(settings)
    assert (check.name, check.status) == ("library", "bad")
    assert check.detail == f"The library {path} was made by a newer Sanad. Update Sanad: pip install --upgrade sanad"


def test_what_the_database_finds_wrong_with_itself_is_told(settings: Settings) -> None:
    db = sqlite3.connect(settings.data_dir / "library.sqlite3")
    db.execute("PRAGMA writable_schema = ON")
    db.execute("DELETE FROM sqlite_schema WHERE name = 'passages_of_article'")
    db.commit()
    db.close()
    (check,) = told(settings)
    assert re.sub(r"\d+", "N", check.detail) == "Page N is never used"
    assert (check.name, check.status, check.mend) == ("library", "bad", DAMAGED)


# The index


def behind(settings: Settings) -> None:
    Library(settings.data_dir / "library.sqlite3").remove("first")


def without_index(settings: Settings) -> None:
    shutil.rmtree(settings.data_dir / "index")


def without_terms(settings: Settings) -> None:
    shutil.rmtree(next(settings.data_dir.glob("index/*/lexical")))


def without_vectors(settings: Settings) -> None:
    shutil.rmtree(next(settings.data_dir.glob("index/*/vectors")))


def without_generation(settings: Settings) -> None:
    (settings.data_dir / "index" / "current").write_text("000099", encoding="utf-8")


def without_manifest(settings: Settings) -> None:
    next(settings.data_dir.glob("index/*/manifest.json")).write_text("{", encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "articles", "detail"),
    [
        (behind, 1, "behind the library (an ingest was interrupted)"),
        (without_index, 2, "there is none"),
        (without_terms, 2, MISFIT.detail),
        (without_vectors, 2, MISFIT.detail),
        (without_manifest, 2, "cannot be read (Expecting property name enclosed in double quotes"),
        (without_generation, 2, "cannot be read ([Errno 2] No such file or directory"),
    ],
)
def test_an_index_that_does_not_fit_is_told_and_reindexing_mends_it(
    settings: Settings, harm: Callable[[Settings], None], articles: int, detail: str
) -> None:
    harm(settings)
    library = Check("library", "ok", f"{articles} articles, {articles} passages")
    found, index = told(settings)
    assert (found, index.name, index.status, index.mend) == (library, "index", "bad", "sanad reindex")
    assert index.detail.startswith(detail)
    with open_engine(settings) as engine:
        assert engine.reindex() == articles
    assert told(settings) == [
        library,
        Check("index", "ok", f"{articles} passages in Chroma, in the data folder and Tantivy; vectors: builtin"),
    ]


def test_an_index_made_with_other_settings_is_told(settings: Settings) -> None:
    other = settings.model_copy(update={"passage_words": 90})
    with open_engine(settings) as before, open_engine(other) as now:
        detail = (
            f"The index was built with other vectors ({before.fingerprint}) than the settings ask for "
            f"({now.fingerprint}). Build it again: sanad reindex"
        )
    assert told(other) == [LIBRARY, Check("index", "bad", detail, "sanad reindex")]


# As JSON


def test_a_check_as_json_has_the_four_keys_of_the_contract() -> None:
    assert Check("library", "note", "empty", "sanad ingest seeds/").to_dict() == {
        "name": "library",
        "status": "note",
        "detail": "empty",
        "mend": "sanad ingest seeds/",
    }
