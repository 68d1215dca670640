"""The vector index: exact enough, cosine and nothing else, never a text, in a folder and on a server alike."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.engine import open_engine
from rag.errors import IndexOutdated, LibraryEmpty, SanadError
from rag.index import chroma
from rag.index.chroma import LocalPlace, ServerPlace, VectorIndex, named
from rag.library import Record
from rag.model import LANGUAGES, Answer, Language
from rag.settings import Settings
from tests.conftest import SEEDS
from tests.embedding.server import embedding_server

Vectors = NDArray[np.float32]
Place = LocalPlace | ServerPlace
Space = Literal["l2", "ip", "cosine"]

QUESTION = "من الوزير الأوروبي الذي عبر عن فزعه من الهجوم على عين الأسد؟"
ANSWERED_BY = "000_dff837213c14f478"


@contextmanager
def running(folder: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A real Chroma server on a port of this machine that nobody else listens on: its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = str(Path(sys.executable).parent / "chroma")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [program, "run", "--host", "127.0.0.1", "--port", str(port), "--path", str(folder / "data")],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _await(process, port, folder / "log")
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("server")) as (url, _):
        yield url


def _await(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Return once the server listens; it fails the test when it ends before, or takes a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            try:
                process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
            break
        else:
            return
    pytest.fail(f"chroma run does not answer:\n{log.read_text()}")


_names = count()


@pytest.fixture(params=["folder", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "folder":
        return LocalPlace(tmp_path / "vectors")
    return ServerPlace(request.getfixturevalue("server"), f"test-{next(_names)}")


@pytest.fixture
def local(tmp_path: Path) -> LocalPlace:
    return LocalPlace(tmp_path / "vectors")


_TERMS: dict[Language, str] = {"ar": "هجوم", "en": "attack"}


def records(vectors: Vectors, first: int = 0, language: Language = "ar") -> list[Record]:
    return [Record(row, f"p{row}", "a", _TERMS[language], vector) for row, vector in enumerate(vectors, first)]


def mixed(vectors: Vectors) -> list[Record]:
    """Every other one in English, beginning with an Arabic one."""
    return [records(vectors[row : row + 1], row, LANGUAGES[row % 2])[0] for row in range(len(vectors))]


def unit(rows: list[list[float]]) -> Vectors:
    vectors = np.array(rows, dtype=np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def random_units(number: int, seed: int, dimensions: int = 384) -> Vectors:
    return unit(np.random.default_rng(seed).standard_normal((number, dimensions)).tolist())


def search(place: Place, vector: Vectors, limit: int = 10, language: Language = "ar") -> list[tuple[str, float]]:
    with closing(VectorIndex(place)) as index:
        return [(passage_id, round(cosine, 4)) for passage_id, cosine in index.search(vector, limit, language)]


def ids(place: Place, language: Language = "ar") -> set[str]:
    """Every id of a language, found by a search that asks for all."""
    with closing(VectorIndex(place)) as index:
        found = index.search(np.ones(2, dtype=np.float32), len(index), language)
    assert len(found) == len(dict(found))
    return set(dict(found))


AXES = unit([[1, 0], [0, 1], [-1, 0], [1, 1]])


def test_the_nearest_are_found_first_with_their_cosines(place: Place) -> None:
    chroma.write(place, records(AXES), [])
    assert search(place, AXES[0]) == [("p0", 1.0), ("p3", 0.7071), ("p1", 0.0), ("p2", -1.0)]
    assert search(place, AXES[0], limit=2) == [("p0", 1.0), ("p3", 0.7071)]


def test_the_length_of_a_vector_makes_no_difference(place: Place) -> None:
    chroma.write(place, records(AXES * np.array([[1], [50], [0.1], [7]], dtype=np.float32)), [])
    assert search(place, AXES[0] * 9) == [("p0", 1.0), ("p3", 0.7071), ("p1", 0.0), ("p2", -1.0)]


def test_what_is_taken_out_is_gone_and_what_is_put_in_is_found(place: Place) -> None:
    chroma.write(place, records(AXES), [])
    chroma.write(place, records(unit([[0, -1]]), 9), ["p0", "p2"])
    assert search(place, AXES[0]) == [("p3", 0.7071), ("p1", 0.0), ("p9", 0.0)]


def test_an_id_can_be_taken_out_and_put_in_again_with_another_vector(place: Place) -> None:
    chroma.write(place, records(AXES[:1]), [])
    chroma.write(place, records(AXES[1:2]), ["p0"])
    assert search(place, AXES[1]) == [("p0", 1.0)]


def test_an_index_without_vectors_can_be_asked(place: Place) -> None:
    chroma.write(place, [], [])
    assert [search(place, AXES[0], language=language) for language in LANGUAGES] == [[], []]


def test_more_are_put_in_and_taken_out_than_chroma_takes_at_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chroma, "_BATCH", 7)
    chroma.write(place, mixed(random_units(50, 1, 2)), [])
    chroma.write(place, [], [f"p{row}" for row in range(30)])
    assert ids(place, "ar") == {f"p{row}" for row in range(30, 50, 2)}
    assert ids(place, "en") == {f"p{row}" for row in range(31, 50, 2)}


def test_two_readers_of_one_place_do_not_close_it_for_each_other(place: Place) -> None:
    chroma.write(place, records(AXES), [])
    one, other = VectorIndex(place), VectorIndex(place)
    one.close()
    try:
        assert len(other.search(AXES[0], 10, "ar")) == 4
    finally:
        other.close()


# A collection for each language


def test_a_search_finds_passages_of_its_language_alone(place: Place) -> None:
    chroma.write(place, mixed(AXES), [])
    assert search(place, AXES[0], language="ar") == [("p0", 1.0), ("p2", -1.0)]
    assert search(place, AXES[0], language="en") == [("p3", 0.7071), ("p1", 0.0)]


def test_nearer_ones_of_the_other_language_take_no_places(place: Place) -> None:
    chroma.write(place, [*records(np.tile(AXES[:1], (30, 1))), *records(AXES[1:3], 30, "en")], [])
    assert search(place, AXES[0], 2, "en") == [("p30", 0.0), ("p31", -1.0)]


def test_the_length_counts_both_languages(place: Place) -> None:
    chroma.write(place, [*records(AXES), *records(AXES[:1], 9, "en")], [])
    with closing(VectorIndex(place)) as index:
        assert len(index) == 5


def test_passages_without_terms_are_with_the_arabic_ones(place: Place) -> None:
    chroma.write(place, [Record(0, "p0", "a", "", AXES[0]), Record(1, "p1", "a", "#2 @2021", AXES[1])], [])
    assert (ids(place, "ar"), ids(place, "en")) == ({"p0", "p1"}, set())


def test_ids_are_taken_out_whatever_their_language(place: Place) -> None:
    chroma.write(place, mixed(AXES), [])
    chroma.write(place, [], ["p0", "p3", "never there"])
    assert (ids(place, "ar"), ids(place, "en")) == ({"p2"}, {"p1"})
    chroma.write(place, [], ["p1", "p2"])
    assert (ids(place, "ar"), ids(place, "en")) == (set(), set())


def test_an_id_that_comes_back_in_the_other_language_is_there_alone(place: Place) -> None:
    chroma.write(place, records(AXES[:2]), [])
    chroma.write(place, records(AXES[:1], language="en"), ["p0"])
    assert (ids(place, "ar"), ids(place, "en")) == ({"p1"}, {"p0"})


def test_cosines_are_those_of_the_ids_asked_for_in_the_language(place: Place) -> None:
    chroma.write(place, mixed(AXES), [])
    asked = ["p3", "unknown", "p0", "p2"]
    with closing(VectorIndex(place)) as index:
        assert index.cosines(AXES[3], asked, "ar") == pytest.approx({"p0": 0.5**0.5, "p2": -(0.5**0.5)}, abs=1e-6)
        assert index.cosines(AXES[3], asked, "en") == pytest.approx({"p3": 1.0}, abs=1e-6)
        assert index.cosines(AXES[3], [], "ar") == index.cosines(AXES[3], ["unknown"], "en") == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_that_lacks_the_collection_of_one_language_is_outdated(place: Place, language: Language) -> None:
    chroma.write(place, mixed(AXES), [])
    client = place.open()
    try:
        client.delete_collection(named(place.collection, language))
    finally:
        chroma.close(client)
    with pytest.raises(IndexOutdated) as caught:
        VectorIndex(place)
    assert caught.value.key == "index_missing"


# Cosine, and no texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_space_of_what_is_written_is_cosine_as_chroma_has_it(place: Place, language: Language) -> None:
    chroma.write(place, records(AXES), [])
    client = place.open()
    try:
        name = named(place.collection, language)
        configuration = client.get_collection(name, embedding_function=None).configuration
    finally:
        chroma.close(client)
    hnsw = configuration["hnsw"]
    assert hnsw is not None
    assert (hnsw["space"], hnsw["ef_construction"], hnsw["max_neighbors"], hnsw["ef_search"]) == (
        "cosine",
        200,
        48,
        3_200,
    )


def test_two_kinds_of_vectors_in_one_folder_are_changed_and_read_apart(local: LocalPlace, tmp_path: Path) -> None:
    other = LocalPlace(tmp_path / "vectors", "neural")
    chroma.write(local, records(AXES), [])
    chroma.write(other, records(random_units(3, 1, 5), 7), [])
    chroma.write(other, [], ["p8"])
    one, second = VectorIndex(local), VectorIndex(other)
    try:
        assert (len(one), len(second)) == (4, 2)
        assert sorted(name for name, _ in second.search(np.ones(5, dtype=np.float32), 10, "ar")) == ["p7", "p9"]
        one.close()
        assert len(second.search(np.ones(5, dtype=np.float32), 10, "ar")) == 2
    finally:
        second.close()
    assert search(local, AXES[0], 1) == [("p0", 1.0)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("space", ["l2", "ip"])
def test_a_collection_of_another_space_is_outdated_also_after_a_write(
    place: Place, space: Space, language: Language
) -> None:
    client = place.open()
    try:
        for one in LANGUAGES:
            client.create_collection(
                named(place.collection, one),
                configuration={"hnsw": {"space": space if one == language else "cosine"}},
                embedding_function=chroma._Refusing(),
            )
    finally:
        chroma.close(client)
    for _ in range(2):
        with pytest.raises(IndexOutdated) as caught:
            VectorIndex(place)
        assert caught.value.key == "index_missing"
        chroma.write(place, [], [])


def test_a_place_without_collections_is_outdated(place: Place) -> None:
    with pytest.raises(IndexOutdated) as caught:
        VectorIndex(place)
    assert caught.value.key == "index_missing"


def test_nothing_can_be_put_in_or_asked_as_text(place: Place) -> None:
    chroma.write(place, records(AXES), [])
    client = place.open()
    try:
        collection = client.get_collection(named(place.collection, "ar"), embedding_function=chroma._Refusing())
        with pytest.raises(AssertionError, match="never texts"):
            collection.add(ids=["x"], documents=["نص"])
        with pytest.raises(AssertionError, match="never texts"):
            collection.query(query_texts=["نص"])
        assert collection.count() == 4
        assert collection.get(include=["documents", "metadatas"], ids=["p0"]) | {"included": []} == {
            "ids": ["p0"], "documents": [None], "metadatas": [{"article_id": "a"}], "embeddings": None, "uris": None, "data": None, "included": [],
        }  # fmt: skip
    finally:
        chroma.close(client)


def test_the_room_for_vectors_to_come_holds_nothing_that_was_in_memory(local: LocalPlace, tmp_path: Path) -> None:
    chroma.write(local, [*records(AXES), *records(AXES, 20, "en")], [])
    rooms = [path for name in ("data_level0.bin", "length.bin") for path in (tmp_path / "vectors").glob(f"*/{name}")]
    assert len(rooms) == 4
    for room in rooms:
        content = room.read_bytes()
        room.write_bytes(content[: len(content) // 10] + "محذوف".encode() * (len(content) * 9 // 100))
    local.blank()
    assert ["محذوف".encode() in room.read_bytes() for room in rooms] == [False] * 4
    chroma.write(local, records(AXES[:1], 9), [])
    assert search(local, AXES[0]) == [("p0", 1.0), ("p9", 1.0), ("p3", 0.7071), ("p1", 0.0), ("p2", -1.0)]
    assert search(local, AXES[0], language="en") == [("p20", 1.0), ("p23", 0.7071), ("p21", 0.0), ("p22", -1.0)]


def test_a_reader_leaves_the_vectors_as_they_were_written(local: LocalPlace, tmp_path: Path) -> None:
    chroma.write(local, mixed(AXES), [])
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "vectors").glob("*/*")}
    search(local, AXES[0])
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "vectors").glob("*/*")} == before != {}


def test_room_is_not_mistaken_for_vectors(local: LocalPlace) -> None:
    vectors = random_units(1_100, 7, 8)
    chroma.write(local, records(vectors), [])
    local.blank()
    assert [search(local, vector, 1)[0][0] for vector in vectors[::100]] == [f"p{row}" for row in range(0, 1_100, 100)]


# Against exact search


def recall(place: Place, held: Vectors, names: list[str], seed: int) -> float:
    """The share of the true ten nearest that are found, over a hundred random questions."""
    with closing(VectorIndex(place)) as index:
        shares = []
        for question in random_units(100, seed):
            nearest = {names[row] for row in np.argsort(-(held @ question))[:10]}
            shares.append(len(nearest & dict(index.search(question, 10, "ar")).keys()) / 10)
        return float(np.mean(shares))


def test_the_ten_nearest_of_thousands_are_nearly_always_those_of_exact_search(local: LocalPlace) -> None:
    vectors = random_units(3_000, 1)
    chroma.write(local, records(vectors), [])
    assert recall(local, vectors, [f"p{row}" for row in range(3_000)], 2) >= 0.95


def test_they_still_are_after_many_changes(local: LocalPlace) -> None:
    vectors = random_units(2_400, 3)
    chroma.write(local, records(vectors[:2_000]), [])
    for change in range(8):
        new, old = 2_000 + 50 * change, 100 * change
        chroma.write(local, records(vectors[new : new + 50], new), [f"p{row}" for row in range(old, old + 100)])
    assert recall(local, vectors[800:], [f"p{row}" for row in range(800, 2_400)], 4) >= 0.95


# Damage


def test_a_damaged_folder_is_outdated_each_time_and_opens_once_it_is_mended(local: LocalPlace, tmp_path: Path) -> None:
    chroma.write(local, records(AXES), [])
    file = tmp_path / "vectors" / "chroma.sqlite3"
    whole = file.read_bytes()
    file.write_bytes(b"garbage")
    for _ in range(2):
        with pytest.raises(IndexOutdated):
            VectorIndex(local)
    file.write_bytes(whole)
    assert search(local, AXES[0], 1) == [("p0", 1.0)]


def test_damaged_vectors_are_told_when_they_are_asked_for(local: LocalPlace, tmp_path: Path) -> None:
    chroma.write(local, records(random_units(1_500, 5)), [])
    for file in (tmp_path / "vectors").rglob("*.bin"):
        file.write_bytes(b"garbage")
    with pytest.raises(IndexOutdated), closing(VectorIndex(local)) as index:
        index.search(random_units(1, 6)[0], 10, "ar")


def test_a_mistake_of_the_program_is_not_taken_for_damage(local: LocalPlace) -> None:
    with pytest.raises(ZeroDivisionError):
        chroma.write(local, (record for record in records(AXES) if 1 / (record.row - 2)), [])


def test_a_failed_write_lets_go_of_the_folder(local: LocalPlace, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        chroma.write(local, (record for record in records(AXES) if 1 / (record.row - 2)), [])
    shutil.rmtree(tmp_path / "vectors")
    chroma.write(local, records(AXES), [])
    assert search(local, AXES[0], 1) == [("p0", 1.0)]


# A server


def settings_of(folder: Path, server: str) -> Settings:
    return Settings(data_dir=folder / "data", chroma_url=server)


def collections(server: str) -> set[str]:
    client = ServerPlace(server, "").open()
    try:
        return {collection.name for collection in client.list_collections()}
    finally:
        chroma.close(client)


def test_articles_are_ingested_searched_asked_and_removed_with_a_server(tmp_path: Path, server: str) -> None:
    before = collections(server)
    with open_engine(settings_of(tmp_path, server)) as engine:
        assert engine.ingest([SEEDS]).added == 5
        first = collections(server) - before
        assert sorted(name.rpartition("-")[2] for name in first) == sorted(LANGUAGES)
        assert engine.search(QUESTION)[0].passage.article_id == ANSWERED_BY
        reply = engine.ask(QUESTION)
        assert isinstance(reply, Answer)
        assert reply.citations[0].article_id == ANSWERED_BY
        engine.remove(ANSWERED_BY)
        second = collections(server) - before
        assert len(second) == len(LANGUAGES)
        assert first.isdisjoint(second)
        assert ANSWERED_BY not in {hit.passage.article_id for hit in engine.search(QUESTION, limit=50)}
        for article_id in [article.id for article in engine.articles()]:
            engine.remove(article_id)
        with pytest.raises(LibraryEmpty):
            engine.ask(QUESTION)
    assert not list((tmp_path / "data").rglob("chroma.sqlite3"))


def test_what_a_server_finds_is_what_a_folder_finds(tmp_path: Path, server: str) -> None:
    found = []
    for settings in (settings_of(tmp_path / "1", server), Settings(data_dir=tmp_path / "2")):
        with open_engine(settings) as engine:
            engine.ingest([SEEDS])
            found.append([hit.to_dict() for hit in engine.search(QUESTION, limit=30)])
    assert found[0] == found[1]


def test_a_reader_keeps_its_collections_while_a_writer_publishes_another(tmp_path: Path, server: str) -> None:
    settings = settings_of(tmp_path, server)
    with open_engine(settings) as writer, open_engine(settings) as reader:
        writer.ingest([SEEDS])
        reader.search(QUESTION)
        generation = reader._generation
        assert generation is not None
        writer.remove(ANSWERED_BY)
        assert len(generation.vectors) == generation.manifest.passages
        assert ANSWERED_BY not in {hit.passage.article_id for hit in reader.search(QUESTION, limit=50)}
        old = set(generation.manifest.collections)
        assert len(old) == len(LANGUAGES)
        assert old < collections(server)
        writer.reindex()
        assert old.isdisjoint(collections(server))


def test_neural_vectors_have_collections_of_their_own_on_a_server_as_well(tmp_path: Path, server: str) -> None:
    before = collections(server)
    with embedding_server() as embedding:
        settings = Settings(
            data_dir=tmp_path / "data", chroma_url=server, embedding="openai:small", embedding_url=embedding.url
        )
        with open_engine(settings) as engine, open_engine(settings) as reader:
            engine.ingest([SEEDS])
            assert reader.search(QUESTION)[0].passage.article_id == ANSWERED_BY
            old = collections(server) - before
            first = min(old).removesuffix("-ar")
            assert old == {f"{first}-ar", f"{first}-en", f"{first}-neural-ar", f"{first}-neural-en"}
            assert old == set(reader.generation().manifest.collections)
            engine.remove(ANSWERED_BY)
            assert old < collections(server)  # the reader's
            assert ANSWERED_BY not in {hit.passage.article_id for hit in reader.search(QUESTION, limit=50)}
            generation = reader.generation()
            assert generation.neural is not None
            assert len(generation.neural) == len(generation.vectors) == generation.manifest.passages
            engine.reindex()
            assert len(collections(server) - before) == 8
            assert collections(server).isdisjoint(old)


def test_two_libraries_on_one_server_do_not_touch_each_other(tmp_path: Path, server: str) -> None:
    one, other = settings_of(tmp_path / "1", server), settings_of(tmp_path / "2", server)
    with open_engine(one) as first, open_engine(other) as second:
        first.ingest([SEEDS])
        second.ingest([SEEDS])
        second.remove(ANSWERED_BY)
        assert first.search(QUESTION)[0].passage.article_id == ANSWERED_BY


def test_collections_that_left_the_server_are_outdated_and_come_back_with_reindex(tmp_path: Path, server: str) -> None:
    before = collections(server)
    with open_engine(settings_of(tmp_path, server)) as engine:
        engine.ingest([SEEDS])
        engine.search(QUESTION)
        client = ServerPlace(server, "").open()
        for name in collections(server) - before:
            client.delete_collection(name)
        chroma.close(client)
        with pytest.raises(IndexOutdated):
            engine.search(QUESTION)
        engine.reindex()
        assert engine.search(QUESTION)[0].passage.article_id == ANSWERED_BY


def test_a_library_moves_to_a_server_and_back_with_the_next_ingest(tmp_path: Path, server: str) -> None:
    for settings in (
        Settings(data_dir=tmp_path / "data"),
        settings_of(tmp_path, server),
        Settings(data_dir=tmp_path / "data"),
    ):
        with open_engine(settings) as engine:
            if engine.articles():
                with pytest.raises(IndexOutdated):
                    engine.search(QUESTION)
            engine.ingest([SEEDS])
            assert engine.search(QUESTION)[0].passage.article_id == ANSWERED_BY


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers, and nobody else can
        url = f"http://127.0.0.1:{unheard.getsockname()[1]}"
        with open_engine(settings_of(tmp_path, url)) as engine, pytest.raises(SanadError) as caught:
            engine.ingest([SEEDS])
    assert (caught.value.key, caught.value.values["url"]) == ("chroma_server", url)
    with open_engine(Settings(data_dir=tmp_path / "data")) as engine:
        assert engine.ingest([SEEDS]).unchanged == 5
        assert engine.search(QUESTION)[0].passage.article_id == ANSWERED_BY


def test_a_server_that_goes_away_between_two_questions_is_named(tmp_path: Path) -> None:
    (tmp_path / "server").mkdir()
    with running(tmp_path / "server") as (url, process), open_engine(settings_of(tmp_path, url)) as engine:
        engine.ingest([SEEDS])
        assert engine.search(QUESTION)[0].passage.article_id == ANSWERED_BY
        process.terminate()
        process.wait(30)
        asks: list[Callable[[], object]] = [
            lambda: engine.search(QUESTION),
            lambda: engine.ask(QUESTION),
            engine.reindex,
        ]
        for ask in asks:
            with pytest.raises(SanadError) as caught:
                ask()
            assert (caught.value.key, caught.value.values["url"]) == ("chroma_server", url)


def test_chroma_is_told_not_to_report_home(local: LocalPlace) -> None:
    client = local.open()
    try:
        assert client.get_settings().anonymized_telemetry is False
    finally:
        chroma.close(client)
