"""The library: each change is whole or not at all, what is removed leaves no byte behind, a damaged file is told as such."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Event

import numpy as np
import pytest

from rag import library as library_module
from rag.errors import LibraryDamaged, LibraryEmpty
from rag.library import Library, digest
from rag.model import Article, Passage, Sentence

FINGERPRINT = "maker:1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite3"


@pytest.fixture
def library(path: Path) -> Library:
    return Library(path)


def article(article_id: str = "a", text: str = "جملة أولى. جملة ثانية.", **fields: str) -> Article:
    return Article(article_id, text, fields.pop("source", f"/x/{article_id}.txt"), **fields)


def sentences_of(one: Article) -> tuple[Sentence, ...]:
    """One a line of text; those that end in no full stop are headings."""
    spans, start = [], 0
    for line in one.text.replace(". ", ".\n").split("\n"):
        spans.append(Sentence(start, start + len(line), not line.endswith(".")))
        start += len(line) + 1
    return tuple(spans)


def passages_of(one: Article) -> list[Passage]:
    """One a sentence."""
    return [
        Passage(f"{one.id}:{s.start}", one.id, s.start, s.end, one.text[s.start : s.end]) for s in sentences_of(one)
    ]


def put(library: Library, one: Article, fingerprint: str = FINGERPRINT, *, dimensions: int = 0) -> None:
    passages = passages_of(one)
    vectors = np.array([[len(p.text), p.start] for p in passages], dtype=np.float32)
    neural = np.array([[p.start] * dimensions for p in passages], dtype=np.float32) if dimensions else None
    library.put(one, sentences_of(one), passages, [p.text for p in passages], vectors, fingerprint, neural)


def state(library: Library) -> object:
    """All that a library holds, as far as it can be seen from outside."""
    rows = library.rows()
    records = [(r.row, r.id, r.article_id, r.terms, r.vector.tolist()) for r in library.records(rows)]
    return library.articles(), rows, records, library.read(list(rows.values())), library.revision, library.fingerprint


def files_holding(folder: Path, text: str) -> list[str]:
    return [str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and text.encode() in p.read_bytes()]


# What is put in comes out


def test_a_new_library_is_empty_and_has_a_name_of_its_own(tmp_path: Path) -> None:
    one, other = Library(tmp_path / "1.sqlite3"), Library(tmp_path / "2.sqlite3")
    assert state(one) == ([], {}, [], ({}, {}, {}), 0, "")
    assert (one.count(), one.purged, one.fault()) == ((0, 0), 0, "")
    assert (len(one.id), one.id == other.id, one.id == Library(tmp_path / "1.sqlite3").id) == (12, False, True)


def test_an_article_comes_out_as_it_was_put_in(library: Library) -> None:
    one = article(
        "مقال «1»'; DROP TABLE articles; --",
        "عنوان\nجملة “أولى”. جملة\u200f ثانية.",
        title="ع",
        published="2021-07",
        basis="stated",
        url="u",
    )
    put(library, one)
    passages = passages_of(one)
    assert library.article(one.id) == one
    assert library.articles() == [one]
    assert library.article_ids() == [one.id]
    assert library.sources() == {one.id: one.source}
    assert library.known(one.id) == (digest(one), one.source)
    assert (library.count(), library.passage_count(one.id)) == ((1, 3), 3)
    assert library.rows() == {1: passages[0].id, 2: passages[1].id, 3: passages[2].id}
    assert library.read([p.id for p in passages]) == (
        {p.id: p for p in passages},
        {one.id: one},
        {one.id: sentences_of(one)},
    )


def test_the_records_of_an_index_are_given_in_the_order_asked_for_without_those_that_are_gone(library: Library) -> None:
    put(library, article("a", "ب. ج."))
    found = list(library.records([2, 7, 1]))
    assert [(r.row, r.id, r.article_id, r.terms) for r in found] == [(2, "a:3", "a", "ج."), (1, "a:0", "a", "ب.")]
    assert [r.vector.tolist() for r in found] == [[2.0, 3.0], [2.0, 0.0]]
    assert {r.vector.dtype for r in found} == {np.dtype(np.float32)}


def test_a_passage_may_have_a_neural_vector_besides(library: Library) -> None:
    put(library, article("a", "ب. ج."))
    assert (library.dimensions, [r.neural for r in library.records(library.rows())]) == (0, [None, None])
    put(library, article("b", "ب. ج."), dimensions=3)
    assert library.dimensions == 3
    found = [r.neural.tolist() for r in library.records([3, 4]) if r.neural is not None]
    assert found == [[0.0] * 3, [3.0] * 3]
    put(library, article("a", "غيره."), dimensions=5)
    assert library.dimensions == 5
    library.remove("a")
    assert library.dimensions == 3


def test_what_is_not_there_is_not_found(library: Library) -> None:
    put(library, article("a"))
    assert (library.article("b"), library.known("b"), library.passage_count("b")) == (None, None, 0)
    assert library.read(["a:0", "b:0"])[0].keys() == {"a:0"}
    assert library.read([]) == ({}, {}, {})


def test_articles_are_listed_by_id(library: Library) -> None:
    for article_id in ("b", "ج", "a"):
        put(library, article(article_id))
    assert library.article_ids() == ["a", "b", "ج"] == [one.id for one in library.articles()]


def test_a_changed_article_takes_the_place_of_the_old_one_with_all_that_belongs_to_it(library: Library) -> None:
    old, new = article("a", "أولى. ثانية. ثالثة."), article("a", "غيرها.", title="عنوان")
    put(library, old)
    put(library, new)
    assert library.articles() == [new]
    assert library.rows() == {4: "a:0"}
    assert library.read(["a:0", "a:6"]) == (
        {"a:0": Passage("a:0", "a", 0, 6, "غيرها.")},
        {"a": new},
        {"a": (Sentence(0, 6),)},
    )


def test_the_number_of_a_row_is_never_used_again(library: Library) -> None:
    put(library, article("a", "أولى. ثانية."))
    library.remove("a")
    put(library, article("a", "أولى. ثانية."))
    assert library.rows() == {3: "a:0", 4: "a:6"}


def test_moving_an_article_changes_its_source_alone(library: Library) -> None:
    put(library, article("a"))
    revision = library.revision
    library.move("a", "/y/a.txt")
    assert library.articles() == [article("a", source="/y/a.txt")]
    assert library.revision == revision


# Digest, revision, fingerprint


@pytest.mark.parametrize("name", ["text", "title", "publisher", "published", "basis", "note", "url", "event_date"])
def test_the_digest_changes_with_the_text_and_every_field(name: str) -> None:
    one = article("a")
    assert digest(replace(one, **{name: "جديد"})) != digest(one)


def test_the_digest_does_not_change_with_the_source() -> None:
    assert digest(article("a", source="/y/b.txt")) == digest(article("a"))


def test_every_change_raises_the_revision_by_one_and_reading_does_not(library: Library) -> None:
    revisions = [library.revision]
    changes: list[Callable[[], object]] = [
        lambda: put(library, article("a")),
        lambda: put(library, article("b")),
        lambda: put(library, article("a", "غيره.")),
        lambda: library.remove("a"),
        lambda: library.remove("a"),
        lambda: state(library),
    ]
    for change in changes:
        change()
        revisions.append(library.revision)
    assert revisions == [0, 1, 2, 3, 4, 4, 4]


def test_the_revision_of_the_last_removal_is_kept(library: Library) -> None:
    put(library, article("a"))
    put(library, article("b"))
    library.remove("a")
    put(library, article("c"))
    assert (library.purged, library.revision) == (3, 4)


def test_the_fingerprint_is_that_of_all_the_articles_or_empty_until_it_is_set(library: Library) -> None:
    seen = []
    for article_id, fingerprint in (("a", "1"), ("a", "2"), ("b", "2"), ("a", "3"), ("b", "3")):
        put(library, article(article_id), fingerprint)
        seen.append(library.fingerprint)
    library.fingerprint = "3"
    assert [*seen, library.fingerprint] == ["1", "2", "2", "", "", "3"]


# Whole or not at all


POINTS = ["a vector is missing", "a neural vector is missing", "a passage is there twice", "before the end"]


@pytest.mark.parametrize("point", POINTS)
def test_an_exception_in_the_middle_of_a_change_leaves_the_old_article_whole(
    library: Library, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    put(library, article("a", "أولى. ثانية."))
    before = state(library)
    new = article("a", "غيرها. وأخرى. وثالثة.", title="عنوان")
    passages = passages_of(new)
    vectors = neural = np.zeros((3, 2), dtype=np.float32)
    expected: type[Exception] = LibraryDamaged
    if point == "a vector is missing":
        vectors, expected = vectors[:2], ValueError
    elif point == "a neural vector is missing":
        neural, expected = neural[:2], ValueError
    elif point == "a passage is there twice":
        passages[2] = passages[0]
    else:
        monkeypatch.setattr(library_module, "_next_revision", _fails)
        expected = RuntimeError
    with pytest.raises(expected):
        library.put(new, sentences_of(new), passages, ["", "", ""], vectors, "other", neural)
    assert state(library) == before


def _fails(db: sqlite3.Connection) -> None:
    raise RuntimeError("in the middle")


def test_an_exception_in_the_middle_of_a_removal_leaves_the_article_whole(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, article("a"))
    before = state(library)
    monkeypatch.setattr(library_module, "_next_revision", _fails)
    with pytest.raises(RuntimeError):
        library.remove("a")
    assert state(library) == before


def test_a_library_whose_making_was_interrupted_is_made_by_the_next_who_opens_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as interrupted:
        interrupted.setattr(library_module, "_SCHEMA", f"{library_module._SCHEMA} SELECT nothing;")
        with pytest.raises(LibraryDamaged):
            Library(path)
    with pytest.raises(LibraryEmpty):
        Library(path, readonly=True)
    library = Library(path)
    put(library, article("a"))
    assert (library.revision, len(library.id), library.articles()) == (1, 12, [article("a")])


def test_what_is_read_is_of_one_moment_though_a_writer_comes_between(path: Path, library: Library) -> None:
    old = article("a", "أولى. ثانية.")
    put(library, old)

    class Interrupted(list[str]):
        def __iter__(self) -> Iterator[str]:
            yield "a:0"
            put(Library(path), article("a", "غير. ها."))
            yield "a:6"

    passages = {p.id: p for p in passages_of(old)}
    assert Library(path, readonly=True).read(Interrupted()) == (passages, {"a": old}, {"a": sentences_of(old)})
    assert library.articles() == [article("a", "غير. ها.")]


def test_many_threads_read_whole_articles_while_one_writes(path: Path, library: Library) -> None:
    versions = [article("a", f"نص {n}. وتتمته {n}.", title=str(n)) for n in range(20)]
    put(library, versions[0])
    reader = Library(path, readonly=True)
    together, written = Barrier(5, timeout=30), Event()

    def write() -> None:
        try:
            together.wait()
            for version in versions[1:]:
                put(library, version)
        finally:
            written.set()

    def read() -> list[int]:
        together.wait()
        found = [versions.index(versions[0])]
        while True:
            last = written.is_set()
            passages, articles, sentences = reader.read(list(reader.rows().values()))
            for one in articles.values():
                assert sentences == {"a": sentences_of(one)}
                assert set(passages.values()) <= set(passages_of(one))
                found.append(versions.index(one))
            if last:
                return found

    with ThreadPoolExecutor(5) as pool:
        writing, *reading = [pool.submit(write), *(pool.submit(read) for _ in range(4))]
        writing.result()
        for found in (one.result() for one in reading):
            assert (found, found[-1]) == (sorted(found), 19)


# Removal


def test_removing_tells_whether_there_was_anything(library: Library) -> None:
    put(library, article("a"))
    assert [library.remove("a"), library.remove("a"), library.remove("")] == [True, False, False]
    assert (library.count(), library.rows()) == ((0, 0), {})


def test_removing_one_article_leaves_the_others(library: Library) -> None:
    one, other = article("a"), article("b", "باقية. وحدها.")
    put(library, one)
    put(library, other)
    library.remove("a")
    assert library.articles() == [other]
    assert library.rows() == {3: "b:0", 4: "b:7"}


def test_a_removed_article_leaves_no_byte_in_the_folder(tmp_path: Path, library: Library) -> None:
    secret = "زقزوق شاهد وحيد رفض ذكر اسمه"
    for n in range(30):
        put(library, article(f"other{n}", f"خبر عادي رقم {n}. " * 50))
    put(library, article("a", f"{secret}. " * 300, title=f"عنوان {secret}", note=secret))
    assert files_holding(tmp_path, secret) != []
    library.remove("a")
    assert files_holding(tmp_path, secret) == []
    assert library.count()[0] == 30


def test_a_removed_article_leaves_no_byte_though_somebody_else_has_the_library_open(
    tmp_path: Path, path: Path, library: Library
) -> None:
    put(library, article("b"))
    with closing(sqlite3.connect(path)) as somebody:
        assert somebody.execute("SELECT count(*) FROM articles").fetchall() == [(1,)]
        put(library, article("a", "زقزوق شاهد وحيد. " * 300))
        assert files_holding(tmp_path, "زقزوق") != []
        library.remove("a")
        assert files_holding(tmp_path, "زقزوق") == []


def test_the_text_an_article_had_before_a_change_leaves_no_byte_in_the_folder(tmp_path: Path, library: Library) -> None:
    put(library, article("a", "زقزوق شاهد وحيد. " * 300))
    put(library, article("a", "شاهد لم يذكر اسمه."))
    assert files_holding(tmp_path, "زقزوق") == []


# Files that are no library


def test_a_library_of_a_newer_version_is_left_alone(path: Path, library: Library) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    for readonly in (False, True):
        with pytest.raises(LibraryDamaged) as caught:
            Library(path, readonly=readonly)
        assert str(caught.value) == (
            f"The library {path} was made by a newer Sanad. Update Sanad: pip install --upgrade sanad"
        )


# As version 1 made it.
VERSION_1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL, source TEXT NOT NULL, text TEXT NOT NULL,
    metadata TEXT NOT NULL, sentences TEXT NOT NULL
);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, terms TEXT NOT NULL, vector BLOB NOT NULL
);
CREATE INDEX passages_of_article ON passages (article_id);
INSERT INTO meta VALUES ('library', '0123456789ab'), ('revision', '7'), ('fingerprint', 'maker:1');
INSERT INTO articles VALUES ('a', 'digest', '/x/a.txt', 'جملة أولى. ثانية.', '{}', '[[0, 10, false], [11, 17, false]]');
INSERT INTO passages VALUES (5, 'a:0', 'a', 0, 10, 'جمل', X'0000803F00000040'), (6, 'a:11', 'a', 11, 17, 'ثان', X'0000404000008040');
PRAGMA user_version = 1;
"""


@pytest.fixture
def old(path: Path) -> Path:
    """A library as version 1 left it."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(VERSION_1)
    return path


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_a_library_of_version_1_is_read_as_it_is_and_brought_up_by_the_first_writer(old: Path) -> None:
    reader = Library(old, readonly=True)
    assert (reader.count(), reader.id, reader.revision, version(old)) == ((1, 2), "0123456789ab", 7, 1)
    before = reader.read(["a:0", "a:11"])
    writer = Library(old)
    assert version(old) == 2
    for library in (writer, reader, Library(old)):
        assert library.read(["a:0", "a:11"]) == before
        assert (library.rows(), library.fingerprint, library.fault()) == ({5: "a:0", 6: "a:11"}, "maker:1", "")
        found = [(r.row, r.terms, r.vector.tolist(), r.neural) for r in library.records([5, 6])]
        assert found == [(5, "جمل", [1.0, 2.0], None), (6, "ثان", [3.0, 4.0], None)]
        assert library.dimensions == 0
    put(writer, article("b"), dimensions=2)
    assert (list(writer.rows()), writer.dimensions, writer.revision) == ([5, 6, 7, 8], 2, 8)


def test_a_migration_that_fails_leaves_version_1_for_the_next_writer(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as failing:
        failing.setitem(library_module._MIGRATIONS, 1, f"{library_module._MIGRATIONS[1]} no sql;")
        with pytest.raises(LibraryDamaged):
            Library(old)
    assert (version(old), Library(old, readonly=True).count()) == (1, (1, 2))
    assert Library(old).dimensions == 0
    assert version(old) == 2


@pytest.mark.parametrize("readonly", [False, True])
@pytest.mark.parametrize("content", [b"no database " * 100, b"SQLite format 3\x00" + b"\xff" * 5_000])
def test_a_file_that_is_no_database_is_told(path: Path, content: bytes, readonly: bool) -> None:
    path.write_bytes(content)
    with pytest.raises(LibraryDamaged):
        Library(path, readonly=readonly)
    assert path.read_bytes() == content


@pytest.mark.parametrize("readonly", [False, True])
def test_the_database_of_another_program_is_told_and_left_alone(path: Path, readonly: bool) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE songs (name TEXT)")
    db.close()
    content = path.read_bytes()
    with pytest.raises(LibraryDamaged) as caught:
        Library(path, readonly=readonly)
    assert "another program's database" in str(caught.value)
    assert path.read_bytes() == content


def test_a_missing_file_is_not_made_by_a_reader(path: Path) -> None:
    with pytest.raises(LibraryDamaged):
        Library(path, readonly=True)
    assert not path.exists()


def test_an_empty_file_is_an_empty_library_to_a_reader(path: Path) -> None:
    path.touch()
    with pytest.raises(LibraryEmpty):
        Library(path, readonly=True)
    assert Library(path).count() == (0, 0)


def test_damage_further_into_the_file_is_told_by_whatever_meets_it(path: Path, library: Library) -> None:
    put(library, article("a", "جملة طويلة جدا. " * 500))
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\x5a" * (len(content) - 4096))
    damaged = Library(path)
    calls: list[Callable[[], object]] = [
        lambda: damaged.articles(),
        lambda: damaged.article("a"),
        lambda: damaged.count(),
        lambda: damaged.read(["a:0"]),
        lambda: list(damaged.records([1])),
        lambda: put(damaged, article("b")),
        lambda: damaged.remove("a"),
    ]
    for call in calls:
        with pytest.raises(LibraryDamaged):
            call()


def test_a_damaged_page_is_found_by_the_check(path: Path, library: Library) -> None:
    put(library, article("a", "جملة طويلة جدا. " * 500))
    assert library.fault() == ""
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 3 + 8] = b"\xff" * 8
    path.write_bytes(content)
    assert fault(Library(path)) != ""


def fault(library: Library) -> str:
    try:
        return library.fault()
    except LibraryDamaged as error:
        return str(error)


def test_a_reader_cannot_write(path: Path, library: Library) -> None:
    put(library, article("a"))
    reader = Library(path, readonly=True)
    changes: list[Callable[[], object]] = [
        lambda: reader.remove("a"),
        lambda: put(reader, article("b")),
        lambda: reader.move("a", "b"),
    ]
    for change in changes:
        with pytest.raises(LibraryDamaged):
            change()
    assert library.articles() == [article("a")]
