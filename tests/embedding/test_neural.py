"""Neural embedders: what is made of a model's vectors, and of a server that answers in every way but the right one."""

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import repeat
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.embedding import open_neural
from rag.embedding.neural import NeuralEmbedder, prefixes
from rag.errors import EmbedderUnavailable, SettingsError
from rag.settings import Settings
from tests.embedding.server import EmbeddingServer, Fault, embedding_server

KEY = "sk-very-secret"
TEXTS = ["زلزال في تركيا", "a football match", "سطر\nثان"]


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    with embedding_server() as running:
        yield running


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were to be waited, which are not."""
    waited: list[float] = []
    monkeypatch.setattr("rag.embedding.server.time.sleep", waited.append)
    return waited


def embedder(server: EmbeddingServer, model: str = "small", **settings: object) -> NeuralEmbedder:
    given: dict[str, Any] = {"embedding_url": server.url, "embedding_key": KEY, **settings}
    made = open_neural(Settings(embedding=f"openai:{model}", **given))
    assert made is not None
    return made


def units(server: EmbeddingServer, texts: list[str]) -> NDArray[np.float32]:
    rows = np.stack([server.vector(text) for text in texts])
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


# What is asked, and made of it


@pytest.mark.parametrize("model", ["small", "plain"], ids=["in base64", "in numbers"])
def test_a_text_and_a_question_get_the_servers_vectors_at_length_one(server: EmbeddingServer, model: str) -> None:
    made = embedder(server, model)
    found = made.embed(TEXTS)
    assert (found.shape, found.dtype) == ((3, 16), np.dtype(np.float32))
    np.testing.assert_allclose(found, units(server, TEXTS), atol=1e-6)
    np.testing.assert_allclose(made.embed_query(TEXTS[0]), units(server, TEXTS)[0], atol=1e-6)
    assert server.inputs == [TEXTS, TEXTS[:1]]
    assert {body["model"] for body in server.bodies} == {model}
    assert set(server.keys) == {f"Bearer {KEY}"}


def test_many_texts_are_asked_in_batches(server: EmbeddingServer) -> None:
    texts = [f"نص {number}" for number in range(150)]
    np.testing.assert_allclose(embedder(server).embed(texts), units(server, texts), atol=1e-6)
    assert [len(asked) for asked in server.inputs] == [64, 64, 22]
    assert [text for asked in server.inputs for text in asked] == texts


def test_without_texts_nothing_is_asked(server: EmbeddingServer) -> None:
    assert embedder(server).embed([]).shape == (0, 0)
    assert embedder(server).embed([], 16).shape == (0, 16)
    assert server.bodies == []


def test_without_a_key_the_one_meant_for_openai_is_not_sent(
    server: EmbeddingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    embedder(server, embedding_key="").embed_query("سؤال")
    assert server.keys == ["Bearer none"]


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("openai:text-embedding-3-small", ("", "")),
        ("fastembed:intfloat/multilingual-e5-large", ("query: ", "passage: ")),
        ("openai:E5", ("query: ", "passage: ")),
        ("openai:e5.base:latest", ("query: ", "passage: ")),
        ("openai:bge-e500", ("", "")),
        ("openai:me5", ("", "")),
    ],
)
def test_the_models_of_e5_are_given_the_prefixes_they_know(model: str, expected: tuple[str, str]) -> None:
    assert prefixes(model) == expected


def test_a_prefix_is_put_before_what_is_asked(server: EmbeddingServer) -> None:
    made = embedder(server, "multilingual-e5-small")
    made.embed(["نص"])
    made.embed_query("سؤال")
    embedder(server, "multilingual-e5-large-instruct").embed_query("سؤال")
    assert server.inputs[:2] == [["passage: نص"], ["query: سؤال"]]
    assert server.inputs[2][0].startswith("Instruct: ")
    assert server.inputs[2][0].endswith("\nQuery: سؤال")
    assert made.fingerprint == "openai:multilingual-e5-small+prefix"


def test_the_fingerprint_is_known_without_asking_and_is_the_models_wherever_it_runs(server: EmbeddingServer) -> None:
    assert embedder(server).fingerprint == "openai:small" == embedder(server, embedding_url="http://x/v1").fingerprint
    assert server.bodies == []


def test_nothing_large_is_imported_before_a_text_is_embedded() -> None:
    script = (
        "import sys; from rag.embedding import open_neural; from rag.settings import Settings\n"
        "for name in ('openai:small', 'fastembed:small'): open_neural(Settings(embedding=name)).fingerprint\n"
        "print([name for name in ('llama_index', 'openai', 'httpx', 'fastembed') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"


def test_the_built_in_embedder_alone_is_no_neural_one() -> None:
    assert open_neural(Settings()) is None


# What the server may get wrong and is understood all the same


@pytest.mark.parametrize("fault", ["shuffled", "unnumbered", "all 0"])
def test_vectors_are_put_in_the_order_of_their_numbers_where_there_are_any(
    server: EmbeddingServer, fault: Fault
) -> None:
    server.faults = iter([fault])
    np.testing.assert_allclose(embedder(server).embed(TEXTS), units(server, TEXTS), atol=1e-6)


@pytest.mark.parametrize("fault", ["429", "500", "503", "599", "closes"])
def test_what_passes_is_waited_for(server: EmbeddingServer, pauses: list[float], fault: Fault) -> None:
    server.faults = iter([fault] * 4)
    np.testing.assert_allclose(embedder(server).embed(TEXTS), units(server, TEXTS), atol=1e-6)
    assert server.inputs == [TEXTS] * 5
    assert len(pauses) == 4
    for number, pause in enumerate(pauses, 1):
        assert 0.2 * 2**number <= pause <= 0.4 * 2**number


@pytest.mark.parametrize(("asked", "waited"), [("7", 7.0), ("0.5", 0.5), ("900", 60.0)])
def test_the_server_says_how_long(server: EmbeddingServer, pauses: list[float], asked: str, waited: float) -> None:
    server.faults, server.retry_after = iter(["429"]), asked
    embedder(server).embed(TEXTS)
    assert pauses == [waited]


def test_a_question_is_asked_twice_at_most(server: EmbeddingServer, pauses: list[float]) -> None:
    server.faults = iter(["503"])
    embedder(server).embed_query("سؤال")
    server.faults = repeat("503")
    with pytest.raises(EmbedderUnavailable):
        embedder(server).embed_query("سؤال")
    assert (len(server.bodies), len(pauses)) == (4, 2)


def test_a_question_does_not_wait_longer_than_it_may(server: EmbeddingServer) -> None:
    server.faults, server.retry_after = repeat("429"), "20"
    with pytest.raises(EmbedderUnavailable):
        embedder(server).embed_query("سؤال")
    server.faults = repeat("hangs")
    with pytest.raises(EmbedderUnavailable, match="no answer in time"):
        embedder(server, embedding_timeout=0.2).embed_query("سؤال")
    assert len(server.bodies) == 2


# What it gets wrong


def told(error: EmbedderUnavailable) -> tuple[str, str | None, object, bool]:
    return error.key, error.setting, error.values["detail"], error.refused


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("401", ("embedding_key", "SANAD_EMBEDDING_KEY", "401 Unauthorized", False)),
        ("403", ("embedding_key", "SANAD_EMBEDDING_KEY", "403 Forbidden", False)),
        ("404", ("embedding_address", "SANAD_EMBEDDING_URL", "404 Not Found", False)),
        ("400", ("embedding_refused", "SANAD_EMBEDDING", "400 Bad Request", True)),
        ("413", ("embedding_refused", "SANAD_EMBEDDING", "413 Request Entity Too Large", True)),
        ("429", ("embedding_server", "SANAD_EMBEDDING_URL", "429 Too Many Requests", False)),
        ("500", ("embedding_server", "SANAD_EMBEDDING_URL", "500 Internal Server Error", False)),
        ("599", ("embedding_server", "SANAD_EMBEDDING_URL", "599", False)),
        ("closes", ("embedding_server", "SANAD_EMBEDDING_URL", "no connection", False)),
        ("html", ("embedding_vectors", "SANAD_EMBEDDING", "it failed: AttributeError", False)),
        ("no json", ("embedding_vectors", "SANAD_EMBEDDING", "it failed: JSONDecodeError", False)),
        ("no data", ("embedding_vectors", "SANAD_EMBEDDING", "it failed: ValueError", False)),
        ("words", ("embedding_vectors", "SANAD_EMBEDDING", "it failed: ValidationError", False)),
        ("ragged", ("embedding_vectors", "SANAD_EMBEDDING", "it failed: ValueError", False)),
        ("nan", ("embedding_vectors", "SANAD_EMBEDDING", "a vector of zeros, or of what is no number", False)),
        ("zeros", ("embedding_vectors", "SANAD_EMBEDDING", "a vector of zeros, or of what is no number", False)),
        ("fewer", ("embedding_vectors", "SANAD_EMBEDDING", "2 vectors for 3 texts", False)),
        ("more", ("embedding_vectors", "SANAD_EMBEDDING", "4 vectors for 3 texts", False)),
        ("misnumbered", ("embedding_vectors", "SANAD_EMBEDDING", "the vectors are not numbered as the texts are", False)),
    ],
)  # fmt: skip
def test_vectors_that_cannot_be_used_are_an_error_that_says_why(
    server: EmbeddingServer, pauses: list[float], fault: Fault, expected: tuple[str, str, str, bool]
) -> None:
    server.faults = repeat(fault)
    with pytest.raises(EmbedderUnavailable) as caught:
        embedder(server).embed(TEXTS)
    assert told(caught.value) == expected
    assert len(server.bodies) == (1 if not pauses else 5)
    assert bool(pauses) == (fault in ("429", "500", "599", "closes"))


def test_vectors_of_another_length_than_expected_are_an_error(server: EmbeddingServer) -> None:
    made = embedder(server)
    assert made.embed(TEXTS, 16).shape == (3, 16)
    server.faults = repeat("longer")
    calls: list[Callable[[], object]] = [lambda: made.embed(TEXTS, 16), lambda: made.embed_query("سؤال", 16)]
    for call in calls:
        with pytest.raises(EmbedderUnavailable) as caught:
            call()
        assert str(caught.value) == (
            "The embedding model openai:small gives vectors of 17 numbers, and those in the library have 16. "
            "Embed them again: sanad reindex"
        )
    assert made.embed(TEXTS).shape == (3, 17)


def test_a_server_that_is_not_there_is_named(server: EmbeddingServer, pauses: list[float]) -> None:
    with pytest.raises(EmbedderUnavailable) as caught:
        embedder(server, embedding_url="http://user:password@127.0.0.1:9/v1").embed(TEXTS)
    assert str(caught.value) == (
        "The embedding server at http://127.0.0.1:9/v1 gives no vectors (no connection). "
        "Start it, or change SANAD_EMBEDDING_URL."
    )
    assert len(pauses) == 4


def test_a_key_that_is_not_accepted_is_one_line_that_names_its_setting(server: EmbeddingServer) -> None:
    server.faults = repeat("401")
    with pytest.raises(EmbedderUnavailable) as caught:
        embedder(server).embed_query("سؤال")
    assert caught.value.to_dict() == {
        "type": "EmbedderUnavailable",
        "message": f"The embedding server at {server.url} does not accept the key (401 Unauthorized). "
        "Set the right one: SANAD_EMBEDDING_KEY=sk-…",
        "setting": "SANAD_EMBEDDING_KEY",
    }


@pytest.mark.parametrize("key", [KEY, f"{KEY}\nmore", f"{KEY}ع"], ids=["a key", "of two lines", "not ASCII"])
@pytest.mark.parametrize("fault", [None, "401", "500", "closes", "no json"])
def test_the_key_is_shown_nowhere(
    server: EmbeddingServer, pauses: list[float], caplog: pytest.LogCaptureFixture, fault: Fault | None, key: str
) -> None:
    caplog.set_level(logging.DEBUG)
    server.faults = repeat(fault)
    made = embedder(server, embedding_key=key)
    shown = ""
    try:
        made.embed(TEXTS)
    except EmbedderUnavailable as error:
        logging.getLogger("rag").exception("shown")
        shown = f"{error!r} {error.message('ar')} {error.to_dict()} {error.values}"
    assert bool(shown) == (fault is not None or key != KEY)
    assert KEY not in f"{shown} {made!r} {vars(made)!r} {caplog.text}"


# Models that run here


class Stand:
    """In the place of fastembed's class: vectors out of a text's letters."""

    made: list[dict[str, Any]] = []  # noqa: RUF012  # emptied by its fixture
    there = True

    def __init__(self, **options: object) -> None:
        type(self).made.append(options)
        if options["local_files_only"] and not type(self).there:
            raise ValueError("Could not load model from any source.")

    @staticmethod
    def list_supported_models() -> list[dict[str, Any]]:
        return [{"model": "intfloat/multilingual-e5-large"}, {"model": "BAAI/bge-small-en-v1.5"}]

    def embed(self, texts: list[str]) -> Iterator[NDArray[np.float32]]:
        raise AssertionError("a passage is embedded as one")

    def passage_embed(self, texts: list[str]) -> Iterator[NDArray[np.float32]]:
        for text in texts:
            yield np.array([len(text), sum(map(ord, text)), 1], dtype=np.float32)

    def query_embed(self, query: str) -> Iterator[NDArray[np.float32]]:
        yield -next(self.passage_embed([query]))


@pytest.fixture
def fastembed(monkeypatch: pytest.MonkeyPatch) -> type[Stand]:
    pytest.importorskip("llama_index.embeddings.fastembed")  # not for Python 3.13
    module = ModuleType("fastembed")
    monkeypatch.setattr(module, "TextEmbedding", Stand, raising=False)
    monkeypatch.setitem(sys.modules, "fastembed", module)
    monkeypatch.setattr(Stand, "made", [])
    return Stand


def local(model: str, folder: Path) -> NeuralEmbedder:
    made = open_neural(Settings(embedding=f"fastembed:{model}", data_dir=folder))
    assert made is not None
    return made


def test_a_model_that_runs_here_embeds_texts_and_questions_each_in_its_way(
    fastembed: type[Stand], tmp_path: Path
) -> None:
    made = local("baai/bge-small-en-v1.5", tmp_path)
    expected = np.array([2, ord("a") + ord("b"), 1], dtype=np.float32)
    expected /= np.linalg.norm(expected)
    np.testing.assert_allclose(made.embed(["ab"] * 70), np.tile(expected, (70, 1)), atol=1e-6)
    np.testing.assert_allclose(made.embed_query("ab"), -expected, atol=1e-6)
    (options,) = fastembed.made
    assert (options["model_name"], options["cache_dir"]) == ("baai/bge-small-en-v1.5", str(tmp_path / "models"))
    assert made.fingerprint == "fastembed:baai/bge-small-en-v1.5"


def test_a_question_never_downloads_a_model(
    fastembed: type[Stand], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stand, "there", False)
    made = local("BAAI/bge-small-en-v1.5", tmp_path)
    with pytest.raises(EmbedderUnavailable) as caught:
        made.embed_query("سؤال")
    assert str(caught.value) == (
        f"The embedding model BAAI/bge-small-en-v1.5 is not in {tmp_path / 'models'} and could not be loaded "
        "(ValueError). With a network, download it: sanad reindex"
    )
    assert made.embed(["نص"]).shape == (1, 3)
    assert made.embed_query("سؤال").shape == (3,)
    assert [options["local_files_only"] for options in fastembed.made] == [True, False]


def test_a_model_that_fastembed_does_not_know_is_told_with_the_nearest_name(
    fastembed: type[Stand], tmp_path: Path
) -> None:
    with pytest.raises(SettingsError) as caught:
        local("multilingual-e5-large", tmp_path).embed(["نص"])
    assert str(caught.value) == (
        "SANAD_EMBEDDING: fastembed knows no model 'multilingual-e5-large'. "
        "Example: SANAD_EMBEDDING=fastembed:intfloat/multilingual-e5-large"
    )


def test_without_fastembed_it_is_said_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastembed", None)
    with pytest.raises(SettingsError) as caught:
        local("BAAI/bge-small-en-v1.5", tmp_path).embed_query("سؤال")
    assert str(caught.value) == (
        'SANAD_EMBEDDING: fastembed is not installed. With Python 3.11 or 3.12: pip install "sanad[fastembed]"'
    )
    assert caught.value.setting == "SANAD_EMBEDDING"
