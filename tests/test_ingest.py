"""Articles into the library and out of it again: what is reported, what a crash leaves, who may write, who notices."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, repeat
from pathlib import Path
from threading import Event

import pytest

from rag.articles.layout import read_layout
from rag.engine import Engine, open_engine
from rag.errors import (
    ArticleError,
    ArticleNotFound,
    EmbedderUnavailable,
    IndexOutdated,
    LibraryBusy,
    LibraryDamaged,
    LibraryEmpty,
    SanadError,
)
from rag.index.generation import Generations
from rag.library import Library
from rag.model import Answer, Article, Failure, IngestReport
from rag.passages import cut_passages
from rag.settings import Settings
from tests.conftest import SEEDS
from tests.embedding.server import EmbeddingServer, embedding_server

QUESTION = "من الوزير الأوروبي الذي عبر عن فزعه من الهجوم على عين الأسد؟"
ANSWERED_BY = "000_dff837213c14f478"


class Crash(BaseException):
    """What a killed process looks like from inside."""


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    return folder


def text(word: str) -> str:
    return f"أعلن المتحدث أن اجتماع بغداد يخص {word} وحدها. وأضاف أن وفد بغداد سيزور {word} غدا."


def write(folder: Path, name: str, word: str | None = None) -> Path:
    path = folder / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(word or name), encoding="utf-8")
    return path


def texts(engine: Engine) -> dict[str, str]:
    return {article.id: article.text for article in engine.articles()}


def found(engine: Engine, question: str = "اجتماع بغداد") -> set[str]:
    """The articles that a search finds; in every article here each sentence is about Baghdad."""
    return {hit.passage.article_id for hit in engine.search(question, limit=100)}


def counts(report: IngestReport) -> dict[str, int]:
    """What a report counts and is not zero."""
    return {name: count for name, count in report.to_dict().items() if isinstance(count, int) and count}


def generation(engine: Engine) -> str:
    return Generations(engine.settings.data_dir / "index").current()


def files_holding(folder: Path, needle: str) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file() and needle.encode() in path.read_bytes()]


# Reports


def test_the_sample_articles_are_added_and_found(engine: Engine) -> None:
    report = engine.ingest([SEEDS])
    passages = sum(engine.passage_count(article.id) for article in engine.articles())
    assert report == IngestReport(added=5, skipped=1, passages=passages)
    assert report.to_dict() == {
        "added": 5, "updated": 0, "unchanged": 0, "removed": 0, "skipped": 1, "passages": passages, "failed": [],
    }  # fmt: skip
    assert engine.search(QUESTION)[0].passage.article_id == ANSWERED_BY
    reply = engine.ask(QUESTION)
    assert isinstance(reply, Answer)
    assert "دومينيك راب" in reply.text


def test_ingesting_twice_is_ingesting_once(engine: Engine) -> None:
    engine.ingest([SEEDS])
    before = (engine.articles(), [hit.to_dict() for hit in engine.search(QUESTION)], generation(engine))
    assert engine.ingest([SEEDS]) == IngestReport(unchanged=5, skipped=1)
    assert (engine.articles(), [hit.to_dict() for hit in engine.search(QUESTION)], generation(engine)) == before


def test_a_changed_article_is_updated_and_the_others_are_left(engine: Engine, news: Path) -> None:
    write(news, "a"), write(news, "b")
    engine.ingest([news])
    write(news, "b", "الموصل")
    assert counts(engine.ingest([news])) == {"updated": 1, "unchanged": 1, "passages": 1}
    assert texts(engine) == {"a": text("a"), "b": text("الموصل")}
    assert "الموصل" in next(hit.passage.text for hit in engine.search("الموصل"))


def test_a_change_of_metadata_alone_is_an_update(engine: Engine, news: Path) -> None:
    write(news, "a")
    engine.ingest([news])
    (news / "articles.toml").write_text('[a]\ntitle = "عنوان"\npublished = 2021-07-05\n', encoding="utf-8")
    assert counts(engine.ingest([news])) == {"updated": 1, "skipped": 1, "passages": 1}
    assert engine.article("a").metadata == {
        "title": "عنوان", "publisher": "", "published": "2021-07-05", "basis": "", "note": "", "url": "", "event_date": "",
    }  # fmt: skip


def test_the_same_text_in_another_encoding_is_unchanged(engine: Engine, news: Path) -> None:
    path = write(news, "a", "الموصل")
    engine.ingest([news])
    path.write_bytes(text("الموصل").encode("cp1256"))
    assert counts(engine.ingest([news])) == {"unchanged": 1}


def test_a_file_that_was_moved_is_unchanged_and_its_new_place_is_known(engine: Engine, news: Path) -> None:
    old = write(news, "a")
    engine.ingest([news])
    new = news / "x" / "a.txt"
    new.parent.mkdir()
    old.rename(new)
    assert counts(engine.ingest([news])) == {"unchanged": 1}
    assert engine.article("a") == Article("a", text("a"), new.as_posix())


def test_what_cannot_be_read_is_named_and_the_rest_is_found(engine: Engine, news: Path) -> None:
    write(news, "good")
    (news / "empty.txt").write_bytes(b"")
    (news / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (news / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (news / "articles.toml").write_text("[good\n", encoding="utf-8")
    records = [{"id": "r1", "text": text("r1")}, {"text": text("x")}, {"id": "\ud800", "text": text("x")}]
    (news / "lines.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    report = engine.ingest([news, news / "missing.txt"])
    assert counts(report) == {"added": 2, "skipped": 2, "passages": 2}
    not_text = "not a text file (UTF-8, UTF-16 or Windows-1256)"
    broken, *others = sorted(report.failed, key=lambda failure: (failure.source, failure.line or 0))
    assert (broken.source, broken.line, broken.error.startswith("not valid TOML")) == (
        str(news / "articles.toml"),
        1,
        True,
    )
    assert others == [
        Failure(str(news / "empty.txt"), None, "empty file"),
        Failure(str(news / "image.txt"), None, not_text),
        Failure(str(news / "lines.jsonl"), 2, 'the record has no "id"'),
        Failure(str(news / "lines.jsonl"), 3, "'\\ud800': \"id\" is not text"),
        Failure(str(news / "missing.txt"), None, "no such file or folder"),
    ]
    assert found(engine) == {"good", "r1"}


def test_the_limit_of_size_is_the_settings(tmp_path: Path, news: Path) -> None:
    write(news, "small")
    (news / "large.txt").write_text(text("large") * 20, encoding="utf-8")
    with open_engine(Settings(data_dir=tmp_path / "data", max_article_mb=0.001)) as engine:
        report = engine.ingest([news])
        assert [(failure.source, failure.error) for failure in report.failed] == [
            (str(news / "large.txt"), "too large (0.0 MB; the limit is 0.0 MB, setting SANAD_MAX_ARTICLE_MB)")
        ]
        assert texts(engine) == {"small": text("small")}


def test_an_ingest_in_which_everything_fails_leaves_an_empty_library(engine: Engine, news: Path) -> None:
    assert engine.ingest([news / "missing.txt"]).failed == (
        Failure(str(news / "missing.txt"), None, "no such file or folder"),
    )
    assert engine.articles() == []
    with pytest.raises(LibraryEmpty):
        engine.ask("ماذا حدث؟")


def test_each_source_is_told_as_it_is_done(engine: Engine, news: Path) -> None:
    told: list[str] = []
    write(news, "a"), write(news, "b")
    (news / "c.png").write_bytes(b"")
    (news / "d.txt").write_bytes(b"")
    engine.ingest([news], progress=told.append)
    assert told == ["a", "b", str(news / "c.png"), str(news / "d.txt")]


def test_the_id_of_another_articles_file_is_refused_and_the_first_article_stays(engine: Engine, news: Path) -> None:
    first, second = write(news / "1", "a", "البصرة"), write(news / "2", "a", "الموصل")
    report = engine.ingest([news])
    assert counts(report) == {"added": 1, "passages": 1}
    assert report.failed == (
        Failure(
            str(second),
            None,
            f"the id 'a' belongs to another article already, from {first}; "
            "rename the file or remove that one: sanad articles remove a",
        ),
    )
    assert texts(engine) == {"a": text("البصرة")}


def test_the_same_article_from_two_places_is_one(engine: Engine, news: Path) -> None:
    write(news / "1", "a"), write(news / "2", "a")
    assert counts(engine.ingest([news])) == {"added": 1, "unchanged": 1, "passages": 1}
    assert found(engine) == {"a"}


def test_two_records_of_one_id_in_one_file_are_not_taken_for_an_update(engine: Engine, news: Path) -> None:
    path = news / "a.jsonl"
    records = [{"id": "a", "text": text("البصرة")}, {"id": "a", "text": text("الموصل")}]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    for outcome in ("added", "unchanged"):
        report = engine.ingest([path])
        assert (report.to_dict()[outcome], [failure.source for failure in report.failed]) == (1, [str(path)])
        assert texts(engine) == {"a": text("البصرة")}


IDS = [
    "مقال ١",
    "a/b\\c",
    "a:1:2",
    "'; DROP TABLE articles; --",
    '"',
    "%",
    "*",
    "a b",
    "😀",
    "-",
    "x" * 300,
    "id=1&2",
    "a\nb",
]


def test_any_id_is_stored_found_and_removed(engine: Engine, news: Path) -> None:
    path = news / "ids.jsonl"
    path.write_text("\n".join(json.dumps({"id": one, "text": text("بغداد")}) for one in IDS), encoding="utf-8")
    assert counts(engine.ingest([path])) == {"added": len(IDS), "passages": len(IDS)}
    assert found(engine) == set(IDS)
    for one in IDS[::2]:
        engine.remove(one)
    assert found(engine) == set(texts(engine)) == set(IDS[1::2])


def test_the_passages_found_are_those_the_articles_are_cut_into(engine: Engine, news: Path) -> None:
    for name in ("a", "b"):
        (news / f"{name}.txt").write_text("\n".join(text(f"{name}{n}") for n in range(20)), encoding="utf-8")
    engine.ingest([news])
    expected = []
    for article in engine.articles():
        expected += cut_passages(article, read_layout(article.text), most_words=110, overlap=40)
    assert len(expected) > 4
    hits = [hit.passage for hit in engine.search("اجتماع بغداد", limit=100)]
    assert sorted(hits, key=lambda passage: passage.id) == sorted(expected, key=lambda passage: passage.id)


# Sync


def test_sync_removes_what_the_folder_no_longer_holds_and_nothing_else(engine: Engine, news: Path) -> None:
    gone, deep = write(news / "mine", "gone"), write(news / "mine" / "x", "deep")
    write(news / "mine", "kept"), write(news / "other", "elsewhere"), write(news, "mine too")
    engine.ingest([news])
    gone.unlink()
    deep.unlink()
    (news / "other" / "elsewhere.txt").unlink()
    assert counts(engine.ingest([news / "mine"])) == {"unchanged": 1}
    assert counts(engine.ingest([news / "mine"], sync=True)) == {"unchanged": 1, "removed": 2}
    assert found(engine) == set(texts(engine)) == {"kept", "elsewhere", "mine too"}


def test_sync_removes_the_records_a_file_no_longer_holds(engine: Engine, news: Path) -> None:
    path = news / "a.jsonl"
    lines = [json.dumps({"id": name, "text": text(name)}) for name in "abc"]
    path.write_text("\n".join(lines), encoding="utf-8")
    engine.ingest([news])
    path.write_text("\n".join(lines[1:]), encoding="utf-8")
    assert counts(engine.ingest([news], sync=True)) == {"unchanged": 2, "removed": 1}
    assert found(engine) == {"b", "c"}


@pytest.mark.parametrize("relative", [False, True])
def test_sync_keeps_the_article_of_a_file_that_cannot_be_read_today(
    engine: Engine, news: Path, monkeypatch: pytest.MonkeyPatch, relative: bool
) -> None:
    write(news, "a"), write(news, "b")
    engine.ingest([news])
    (news / "a.txt").write_bytes(b"")
    monkeypatch.chdir(news.parent)
    assert counts(engine.ingest(["news" if relative else news], sync=True)) == {"unchanged": 1}
    assert found(engine) == {"a", "b"}


def test_sync_with_a_folder_that_is_not_there_removes_nothing(engine: Engine, news: Path) -> None:
    write(news, "a")
    engine.ingest([news])
    shutil.rmtree(news)
    report = engine.ingest([news], sync=True)
    assert (counts(report), [failure.source for failure in report.failed]) == ({}, [str(news)])
    assert found(engine) == {"a"}


def test_sync_through_a_link_knows_the_folder(engine: Engine, news: Path) -> None:
    write(news, "a"), write(news, "b")
    link = news.parent / "link"
    link.symlink_to(news)
    engine.ingest([link])
    (news / "a.txt").unlink()
    assert counts(engine.ingest([link], sync=True)) == {"unchanged": 1, "removed": 1}


def test_sync_can_empty_the_library(engine: Engine, news: Path) -> None:
    path = write(news, "a")
    engine.ingest([news])
    path.unlink()
    assert counts(engine.ingest([news], sync=True)) == {"removed": 1}
    with pytest.raises(LibraryEmpty):
        engine.search("بغداد")


# Removal


SECRET = "وقال شاهد عيان اسمه زقزوق إن الصاروخ سقط قرب بيته"


@pytest.mark.parametrize("asked", [False, True], ids=["unread", "after a question"])
@pytest.mark.parametrize("how", ["remove", "sync"])
def test_a_removed_sentence_is_in_no_file_of_the_data_folder(engine: Engine, news: Path, how: str, asked: bool) -> None:
    for n in range(6):
        write(news, f"other{n}")
    path = news / "secret.txt"
    path.write_text(f"{text('secret')} {SECRET}. " * 40, encoding="utf-8")
    engine.ingest([news])
    if asked:
        assert "secret" in found(engine, "زقزوق")
    data = engine.settings.data_dir
    assert files_holding(data, SECRET) == [str(data / "library.sqlite3")]
    assert files_holding(data, "secret:") != []
    path.unlink()
    if how == "remove":
        engine.remove("secret")
    else:
        engine.ingest([news], sync=True)
    assert files_holding(data, SECRET) == []
    assert files_holding(data, "secret:") == []
    assert found(engine) == {f"other{n}" for n in range(6)}


def test_an_article_that_is_not_there_cannot_be_removed_or_shown(engine: Engine, news: Path) -> None:
    calls: list[Callable[[], object]] = [lambda: engine.remove("x"), lambda: engine.article("x")]
    for has_articles in (False, True):
        for call in calls:
            with pytest.raises(ArticleNotFound) as caught:
                call()
            assert caught.value.values == {"article": "x"}
        if not has_articles:
            write(news, "a")
            engine.ingest([news])


def test_removing_the_last_article_empties_the_library(engine: Engine, news: Path) -> None:
    write(news, "a")
    engine.ingest([news])
    engine.remove("a")
    assert (engine.articles(), files_holding(engine.settings.data_dir, "وفد بغداد")) == ([], [])
    with pytest.raises(LibraryEmpty):
        engine.ask("ماذا حدث؟")
    assert counts(engine.ingest([news])) == {"added": 1, "passages": 1}
    assert found(engine) == {"a"}


# One writer


def test_a_second_writer_in_this_process_is_told_at_once_that_the_library_is_busy(engine: Engine, news: Path) -> None:
    write(news, "a"), write(news, "b")
    refusals: list[tuple[str, float]] = []

    def write_as_well(_: str) -> None:
        with open_engine(engine.settings) as second:
            calls: list[Callable[[], object]] = [
                lambda: second.ingest([news]),
                lambda: second.remove("a"),
                second.reindex,
            ]
            for call in calls:
                started = time.perf_counter()
                with pytest.raises(LibraryBusy) as caught:
                    call()
                assert caught.value.values == {"folder": engine.settings.data_dir}
                refusals.append((caught.value.key, time.perf_counter() - started))

    assert counts(engine.ingest([news], progress=write_as_well)) == {"added": 2, "passages": 2}
    assert [key for key, _ in refusals] == ["library_busy"] * 6
    assert max(seconds for _, seconds in refusals) < 5
    assert counts(engine.ingest([news])) == {"unchanged": 2}


WRITER = """
import sys
from rag.engine import open_engine
from rag.settings import Settings
def wait(source):
    print(source, flush=True)
    sys.stdin.readline()
with open_engine(Settings(data_dir=sys.argv[1])) as engine:
    print(engine.ingest([sys.argv[2]], progress=wait).added, flush=True)
"""


def child(script: str, *arguments: object) -> "subprocess.Popen[str]":
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SANAD_")}
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment,
    )  # fmt: skip


def test_while_another_process_writes_nobody_else_can_and_everybody_can_read(engine: Engine, news: Path) -> None:
    write(news, "a")
    engine.ingest([news])
    write(news, "b")
    with child(WRITER, engine.settings.data_dir, news) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        assert writer.stdout.readline() == "a\n"
        with pytest.raises(LibraryBusy):
            engine.ingest([news])
        with pytest.raises(LibraryBusy):
            engine.remove("a")
        assert found(engine) == {"a"}
        writer.stdin.write("\n\n")
        writer.stdin.flush()
        assert [writer.stdout.readline(), writer.stdout.readline()] == ["b\n", "1\n"]
    assert writer.returncode == 0
    assert found(engine) == {"a", "b"}
    engine.remove("a")
    assert found(engine) == {"b"}


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with open_engine(Settings(data_dir=tmp_path / "file")) as engine, pytest.raises(SanadError) as caught:
        engine.ingest([SEEDS])
    assert (caught.value.key, caught.value.values["path"]) == ("library_folder", tmp_path / "file")


def test_a_damaged_library_is_told_by_whatever_is_asked_and_the_lock_is_let_go(engine: Engine, news: Path) -> None:
    engine.settings.data_dir.mkdir()
    (engine.settings.data_dir / "library.sqlite3").write_bytes(b"no database" * 100)
    calls: list[Callable[[], object]] = [
        lambda: engine.ask("ماذا حدث؟"),
        lambda: engine.articles(),
        lambda: engine.ingest([news]),
        lambda: engine.remove("a"),
        lambda: engine.reindex(),
    ]
    for call in calls:
        with pytest.raises(LibraryDamaged):
            call()
    (engine.settings.data_dir / "library.sqlite3").unlink()
    write(news, "a")
    assert engine.ingest([news]).added == 1


# Readers


def test_a_reader_in_the_same_process_notices_a_new_generation_and_opens_it(engine: Engine, news: Path) -> None:
    write(news, "a")
    engine.ingest([news])
    with open_engine(engine.settings) as reader:
        opened = []
        for name, change in (
            ("a", lambda: None),
            ("b", lambda: engine.ingest([write(news, "b")])),
            ("c", lambda: engine.ingest([write(news, "c")])),
            ("d", lambda: engine.ingest([news])),
        ):
            change()
            assert found(reader) == set("abc"[: "abcd".index(name) + 1])
            opened.append(reader._generation)
    assert opened[2] is opened[3]
    assert [one.name for one in opened if one] == ["000001", "000002", "000003", "000003"]
    assert [path.name for path in (engine.settings.data_dir / "index").iterdir() if path.is_dir()] == ["000003"]


def test_questions_of_many_threads_are_answered_while_another_engine_writes(engine: Engine, news: Path) -> None:
    write(news, "always")
    engine.ingest([news])
    written = Event()

    def change() -> None:
        try:
            with open_engine(engine.settings) as writer:
                for n in range(6):
                    writer.ingest([write(news, f"n{n}")])
                    if n % 2:
                        writer.remove(f"n{n}")
        finally:
            written.set()

    def ask() -> set[str]:
        while True:
            last = written.is_set()
            seen = found(engine)
            assert "always" in seen
            assert engine.ask("ماذا أعلن المتحدث عن اجتماع بغداد؟").question
            if last:
                return seen

    with ThreadPoolExecutor(5) as pool:
        changing, *asking = [pool.submit(change), *(pool.submit(ask) for _ in range(4))]
        changing.result()
        assert [one.result() for one in asking] == [{"always", "n0", "n2", "n4"}] * 4


# Settings that change


def test_other_settings_ask_for_a_reindex_and_get_it(engine: Engine) -> None:
    engine.ingest([SEEDS])
    before = {article.id: engine.passage_count(article.id) for article in engine.articles()}
    told: list[str] = []
    with open_engine(Settings(data_dir=engine.settings.data_dir, passage_words=40, passage_overlap=0)) as other:
        calls: list[Callable[[], object]] = [lambda: other.ask(QUESTION), lambda: other.ingest([SEEDS])]
        for call in calls:
            with pytest.raises(IndexOutdated) as caught:
                call()
            assert (caught.value.key, caught.value.values) == (
                "index_embedder", {"old": engine.fingerprint, "new": other.fingerprint},
            )  # fmt: skip
        passages = other.reindex(progress=told.append)
        after = {article_id: other.passage_count(article_id) for article_id in before}
        assert (told, passages) == (sorted(before), sum(after.values()))
        assert all(after[article_id] > before[article_id] for article_id in before)
        assert other.search(QUESTION)[0].passage.article_id == ANSWERED_BY
        assert other.ingest([SEEDS]) == IngestReport(unchanged=5, skipped=1)
    with pytest.raises(IndexOutdated):
        engine.ask(QUESTION)


def test_a_reindex_that_was_interrupted_is_asked_for_again_before_anything_is_added(engine: Engine, news: Path) -> None:
    for name in "abc":
        write(news, name)
    engine.ingest([news])

    def interrupt(article_id: str) -> None:
        if article_id == "b":
            raise Crash

    with open_engine(Settings(data_dir=engine.settings.data_dir, passage_words=40, passage_overlap=0)) as other:
        with pytest.raises(Crash):
            other.reindex(progress=interrupt)
        for one in (engine, other):
            with pytest.raises(IndexOutdated) as caught:
                one.ingest([news])
            assert caught.value.values == {"old": "several kinds", "new": one.fingerprint}
        assert found(engine) == {"a", "b", "c"}
        with pytest.raises(IndexOutdated):
            other.search("بغداد")
        assert other.reindex() == 3
        assert found(other) == {"a", "b", "c"}
        assert counts(other.ingest([news])) == {"unchanged": 3}


def test_a_reindex_mends_an_index_that_is_gone(engine: Engine) -> None:
    engine.ingest([SEEDS])
    hits = [hit.to_dict() for hit in engine.search(QUESTION)]
    engine.close()
    shutil.rmtree(engine.settings.data_dir / "index")
    with pytest.raises(IndexOutdated):
        engine.search(QUESTION)
    engine.reindex()
    assert [hit.to_dict() for hit in engine.search(QUESTION)] == hits


def test_reindexing_an_empty_library_is_possible(engine: Engine) -> None:
    assert engine.reindex() == 0
    with pytest.raises(LibraryEmpty):
        engine.ask("ماذا حدث؟")


# A neural embedder


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    with embedding_server() as running:
        yield running


def neural_settings(folder: Path, server: EmbeddingServer, model: str = "small") -> Settings:
    return Settings(data_dir=folder, embedding=f"openai:{model}", embedding_url=server.url)


@pytest.fixture
def neural(tmp_path: Path, server: EmbeddingServer) -> Iterator[Engine]:
    with open_engine(neural_settings(tmp_path / "data", server)) as engine:
        yield engine


def nearest(engine: Engine, server: EmbeddingServer, passage: str) -> str:
    """The article that the neural vectors find for a text."""
    generation = engine.generation()
    assert generation.neural is not None
    return generation.neural.search(server.vector(passage), 1, "ar")[0][0].partition(":")[0]


def test_each_passage_has_a_concept_vector_and_a_neural_one(
    neural: Engine, server: EmbeddingServer, news: Path
) -> None:
    for name in "abc":
        write(news, name)
    assert counts(neural.ingest([news])) == {"added": 3, "passages": 3}
    assert found(neural) == {"a", "b", "c"}
    assert [nearest(neural, server, text(name)) for name in "abc"] == ["a", "b", "c"]
    assert neural.generation().manifest.dimensions == 16
    write(news, "b", "الموصل")
    assert counts(neural.ingest([news])) == {"updated": 1, "unchanged": 2, "passages": 1}
    assert nearest(neural, server, text("الموصل")) == "b"
    neural.remove("b")
    assert nearest(neural, server, text("الموصل")) != "b"


def test_opening_a_library_does_not_ask_the_embedder(neural: Engine, server: EmbeddingServer, news: Path) -> None:
    write(news, "a")
    neural.ingest([news])
    server.bodies.clear()
    with open_engine(neural.settings) as other:
        assert other.generation().manifest.dimensions == 16
        assert counts(other.ingest([news])) == {"unchanged": 1}
        assert other.article("a").text == text("a")
    assert server.bodies == []


def test_another_embedder_asks_for_a_reindex_and_gets_it(engine: Engine, server: EmbeddingServer, news: Path) -> None:
    write(news, "a"), write(news, "b")
    engine.ingest([news])
    folder = engine.settings.data_dir
    for settings in (
        neural_settings(folder, server),
        neural_settings(folder, server, "e5"),
        Settings(data_dir=folder),
    ):
        server.dimensions += 1
        with open_engine(settings) as other:
            for call in (lambda: other.search("بغداد"), lambda: other.ingest([news])):
                with pytest.raises(IndexOutdated) as caught:
                    call()
                assert (caught.value.key, caught.value.values["new"]) == ("index_embedder", other.fingerprint)
            assert other.reindex() == 2
            assert found(other) == {"a", "b"}
            expected = 0 if settings.embedding == "builtin" else server.dimensions
            assert other.generation().manifest.dimensions == expected
    with open_engine(Settings(data_dir=folder)) as last:
        assert last.fingerprint == engine.fingerprint


def test_an_embedder_that_goes_down_stops_the_ingest_and_what_was_stored_before_is_found(
    neural: Engine, server: EmbeddingServer, news: Path
) -> None:
    for name in "abc":
        write(news, name)
    write(news, "d")
    server.faults = chain([None], repeat("401"))
    with pytest.raises(EmbedderUnavailable) as caught:
        neural.ingest([news])
    assert caught.value.setting == "SANAD_EMBEDDING_KEY"
    assert (set(texts(neural)), len(server.bodies)) == ({"a"}, 2)
    assert (neural.generation().manifest.passages, nearest(neural, server, text("a"))) == (1, "a")
    server.faults = iter(())
    assert counts(neural.ingest([news])) == {"added": 3, "unchanged": 1, "passages": 3}
    assert nearest(neural, server, text("d")) == "d"


def test_an_embedder_that_is_down_from_the_start_leaves_an_empty_library(
    neural: Engine, server: EmbeddingServer, news: Path
) -> None:
    write(news, "a")
    server.faults = repeat("403")
    with pytest.raises(EmbedderUnavailable):
        neural.ingest([news])
    with pytest.raises(LibraryEmpty):
        neural.search("بغداد")


def test_a_text_that_the_embedder_does_not_take_is_named_and_the_rest_is_found(
    neural: Engine, server: EmbeddingServer, news: Path
) -> None:
    for name in "abc":
        write(news, name)
    server.faults = iter([None, "413"])
    report = neural.ingest([news], sync=True)
    assert counts(report) == {"added": 2, "passages": 2}
    error = (
        "b: the embedding model does not take its text (413 Request Entity Too Large), perhaps it is too long at once. "
        "Try a smaller SANAD_PASSAGE_WORDS, or remove the article."
    )
    assert report.failed == (Failure(str(news / "b.txt"), None, error),)
    assert "413" in report.failed[0].error_arabic
    assert found(neural) == {"a", "c"}
    assert counts(neural.ingest([news])) == {"added": 1, "unchanged": 2, "passages": 1}
    server.faults = iter([None, "400"])
    with pytest.raises(ArticleError, match="b: the embedding model does not take its text"):
        neural.reindex()


def test_vectors_of_another_length_are_an_error_until_all_are_of_it(
    neural: Engine, server: EmbeddingServer, news: Path
) -> None:
    for name in "ab":
        write(news, name)
    neural.ingest([news])
    write(news, "a", "الموصل"), write(news, "c")
    server.dimensions = 17
    with pytest.raises(EmbedderUnavailable) as caught:
        neural.ingest([news])
    assert (caught.value.key, caught.value.values["expected"]) == ("embedding_dimensions", 16)
    assert texts(neural) == {"a": text("a"), "b": text("b")}
    assert neural.reindex() == 2
    assert counts(neural.ingest([news])) == {"added": 1, "updated": 1, "unchanged": 1, "passages": 2}
    assert nearest(neural, server, text("الموصل")) == "a"


def test_a_reindex_whose_embedder_goes_down_leaves_the_index_as_it_was(
    neural: Engine, server: EmbeddingServer, news: Path
) -> None:
    for name in "ab":
        write(news, name)
    neural.ingest([news])
    before = generation(neural)
    server.dimensions, server.faults = 17, iter([None, "401"])
    with pytest.raises(EmbedderUnavailable):
        neural.reindex()
    assert (generation(neural), found(neural)) == (before, {"a", "b"})
    assert neural.reindex() == 2
    assert neural.generation().manifest.dimensions == 17


# Crashes


def test_an_ingest_that_was_interrupted_keeps_what_it_stored_and_the_next_goes_on(engine: Engine, news: Path) -> None:
    write(news, "a")
    engine.ingest([news])
    write(news, "a", "الموصل"), write(news, "b"), write(news, "c")

    def interrupt(article_id: str) -> None:
        if article_id == "b":
            raise Crash

    with pytest.raises(Crash):
        engine.ingest([news], progress=interrupt)
    assert texts(engine) == {"a": text("الموصل"), "b": text("b")}
    with open_engine(engine.settings) as next_engine:
        assert counts(next_engine.ingest([news])) == {"added": 1, "unchanged": 2, "passages": 1}
        assert found(next_engine) == found(engine) == {"a", "b", "c"}


def test_an_article_that_cannot_be_embedded_leaves_its_old_self_whole(
    engine: Engine, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(news, "a")
    engine.ingest([news])
    write(news, "a", "الموصل")
    with monkeypatch.context() as failing:
        failing.setattr(type(engine.embedder), "embed", _crash)
        with pytest.raises(Crash):
            engine.ingest([news])
    assert (texts(engine), found(engine)) == ({"a": text("a")}, {"a"})
    assert counts(engine.ingest([news])) == {"updated": 1, "passages": 1}


def _crash(*_: object, **__: object) -> None:
    raise Crash


def test_an_ingest_whose_publishing_failed_is_caught_up_by_one_that_changes_nothing(
    engine: Engine, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(news, "a")
    engine.ingest([news])
    write(news, "b")
    with monkeypatch.context() as failing:
        failing.setattr(Generations, "publish", _crash)
        with pytest.raises(Crash):
            engine.ingest([news])
    assert (set(texts(engine)), found(engine)) == ({"a", "b"}, {"a"})
    assert counts(engine.ingest([news])) == {"unchanged": 2}
    assert found(engine) == {"a", "b"}


LOOP = """
import sys
from itertools import count
from pathlib import Path
from rag.engine import open_engine
from rag.settings import Settings
news = Path(sys.argv[2])
with open_engine(Settings(data_dir=sys.argv[1])) as engine:
    for n in count(int(sys.argv[3])):
        for name in (f"n{n}", "changing"):
            text = f"أعلن المتحدث أن اجتماع بغداد يخص {n} وحدها. وأضاف أن وفد بغداد سيزور {n} غدا."
            (news / ".unfinished").write_text(text, encoding="utf-8")
            (news / ".unfinished").replace(news / f"{name}.txt")
        engine.ingest([news], progress=lambda source: print("stored", source, flush=True))
        print("published", n, flush=True)
"""


def test_a_writer_killed_again_and_again_loses_nothing_it_had_published(engine: Engine, news: Path) -> None:
    published = 0
    for lines in (3, 12, 22):
        with child(LOOP, engine.settings.data_dir, news, published) as writer:
            assert writer.stdout is not None
            for _ in range(lines):
                kind, name = writer.stdout.readline().split()
                published = int(name) + 1 if kind == "published" else published
            writer.send_signal(signal.SIGKILL)
            for line in writer.stdout:  # what it wrote before the signal came
                published = int(line.split()[1]) + 1 if line.startswith("published") else published
        assert writer.returncode == -signal.SIGKILL
        assert Library(engine.settings.data_dir / "library.sqlite3").fault() == ""
        if published:
            assert found(engine) >= {f"n{n}" for n in range(published)}
        assert engine.ingest([news]).failed == ()
        assert texts(engine) == {path.stem: path.read_text(encoding="utf-8") for path in news.glob("*.txt")}
        assert found(engine) == set(texts(engine))
        index = engine.settings.data_dir / "index"
        assert [path.name for path in index.iterdir() if path.is_dir()] == [generation(engine)]
    assert published > 3
    reply = engine.ask("ماذا يخص اجتماع بغداد؟")
    assert isinstance(reply, Answer)
