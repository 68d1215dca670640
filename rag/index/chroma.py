"""The vectors of one generation, in Chroma: for each kind a collection for each language. The only file that knows chromadb.

Ids and vectors only: texts stay in the library. The space is cosine, asserted after opening, because Chroma silently keeps another one.
"""

import struct
import threading
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError
from chromadb.utils.embedding_functions import register_embedding_function
from numpy.typing import NDArray

from rag.errors import IndexOutdated, SanadError
from rag.library import Record
from rag.model import LANGUAGES, Language

_HNSW_VERSION = 1  # of the files whose header begins: version, offset, room, vectors held, bytes a vector
_BATCH = 5_000  # Chroma takes 5,461 at most
_clients = threading.Lock()  # Chroma counts its clients of a folder without one
# Measured on concept vectors (benchmarks/hnsw.py): of the true fifty nearest of 100,000 it finds 0.96 in 9 ms, where Chroma's defaults find 0.34.
# Every write is put on disk as a graph: else each reader would build it again, and write over the files as it does.
_CONFIGURATION: CreateCollectionConfiguration = {
    "hnsw": {
        "space": "cosine",
        "ef_construction": 200,
        "max_neighbors": 48,
        "ef_search": 3_200,
        "sync_threshold": 1,
        "batch_size": 1,
    }
}


@register_embedding_function
class _Refusing(chromadb.EmbeddingFunction[Any]):
    """Stands where Chroma would put its default embedder, which downloads a model."""

    def __init__(self) -> None:
        """Nothing to set up."""

    def __call__(self, input: Any) -> Any:  # noqa: ANN401  # Chroma's own signature
        raise AssertionError("Sanad gives Chroma vectors, never texts")

    @staticmethod
    def name() -> str:
        """What Chroma keeps with the collection."""
        return "sanad-refusing"

    def get_config(self) -> dict[str, Any]:
        """Nothing to keep."""
        return {}

    @staticmethod
    def build_from_config(config: dict[str, Any]) -> "_Refusing":
        """Another one."""
        return _Refusing()


class _Place(Protocol):
    """Where vectors of one kind are kept: a collection for each language, their names made from one."""

    def open(self) -> ClientAPI: ...

    def fault(self, error: Exception) -> Exception: ...

    @property
    def collection(self) -> str: ...


class VectorIndex:
    """Vectors of one kind, opened for reading; `close` it."""

    def __init__(self, place: "_Place") -> None:
        self._place = place
        self._client = place.open()
        try:
            self._collections = {language: self._open(language) for language in LANGUAGES}
            with _faults(place):  # asked once: what is opened never changes
                self._counts = {language: collection.count() for language, collection in self._collections.items()}
        except BaseException:
            self.close()
            raise

    def _open(self, language: Language) -> chromadb.Collection:
        with _faults(self._place):
            name = named(self._place.collection, language)
            collection = self._client.get_collection(name, embedding_function=_Refusing())
        if (collection.configuration["hnsw"] or {}).get("space") != "cosine":
            raise IndexOutdated("index_missing")
        return collection

    def __len__(self) -> int:
        return sum(self._counts.values())

    def search(self, vector: NDArray[np.float32], limit: int, language: Language) -> list[tuple[str, float]]:
        """Ids and cosines of passages in a language, nearest first."""
        if not self._counts[language]:
            return []
        with _faults(self._place):
            found = self._collections[language].query(
                query_embeddings=vector.reshape(1, -1),
                n_results=min(limit, self._counts[language]),
                include=["distances"],
            )
        distances = (found["distances"] or [[]])[0]
        return [(passage_id, 1.0 - distance) for passage_id, distance in zip(found["ids"][0], distances, strict=True)]

    def cosines(self, vector: NDArray[np.float32], passage_ids: Sequence[str], language: Language) -> dict[str, float]:
        """Of a unit vector with those of passages in a language; an id that is not in the index is left out."""
        if not passage_ids:
            return {}
        with _faults(self._place):
            found = self._collections[language].get(ids=list(passage_ids), include=["embeddings"])
        rows = found["embeddings"] if found["embeddings"] is not None else []
        return {passage_id: float(row @ vector) for passage_id, row in zip(found["ids"], rows, strict=True)}

    def close(self) -> None:
        """Let go of the files."""
        close(self._client)


def named(collection: str, language: Language) -> str:
    """The name of the collection of one language."""
    return f"{collection}-{language}"


@contextmanager
def _faults(place: "_Place") -> Iterator[None]:
    """What goes wrong between us and a place, as an error that can be acted on."""
    try:
        yield
    except SanadError:
        raise
    except Exception as error:
        raise place.fault(error) from error


class LocalPlace:
    """A folder of the generation's own."""

    def __init__(self, folder: Path, collection: str = "passages") -> None:
        self._folder = folder
        self.collection = collection

    def open(self) -> ClientAPI:
        """A client on the folder, made where there is none."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with _clients, _faults(self):
            try:
                return chromadb.PersistentClient(str(self._folder), settings=ChromaSettings(anonymized_telemetry=False))
            except BaseException:  # Chroma keeps a client that could not start, and would hand it out again
                SharedSystemClient._identifier_to_system.pop(str(self._folder), None)
                raise

    def blank(self) -> None:
        """Overwrite the room for vectors to come in Chroma's files, which holds whatever was in memory: perhaps a removed text."""
        for header in self._folder.glob("*/header.bin"):
            version, _, _, held, size = struct.unpack_from("<i4Q", header.read_bytes())
            for name, each in (("data_level0.bin", size), ("length.bin", 4)) if version == _HNSW_VERSION else ():
                path = header.with_name(name)
                with path.open("r+b") as file:
                    file.seek(held * each)
                    file.write(bytes(max(0, path.stat().st_size - held * each)))

    def fault(self, error: Exception) -> Exception:
        """The files are damaged; anything but Chroma's own complaint is a mistake of ours."""
        return IndexOutdated("index_missing") if isinstance(error, ChromaError | ValueError) else error


class ServerPlace:
    """Collections of the generation's own on a Chroma server."""

    def __init__(self, url: str, collection: str) -> None:
        self._url = url
        self.collection = collection

    def open(self) -> ClientAPI:
        """A client of the server.

        Raises:
            SanadError: it does not answer.
        """
        secure = self._url.startswith("https://")
        host, _, port = self._url.split("://", 1)[1].rstrip("/").partition(":")
        with _faults(self):
            return chromadb.HttpClient(
                host=host,
                port=int(port) if port else (443 if secure else 8000),
                ssl=secure,
                settings=ChromaSettings(anonymized_telemetry=False),
            )

    def fault(self, error: Exception) -> Exception:
        """The collection is not there, or the server is not."""
        if isinstance(error, NotFoundError):
            return IndexOutdated("index_missing")
        detail = next(iter(str(error).splitlines()), type(error).__name__)
        return SanadError("chroma_server", url=self._url, detail=detail)

    def blank(self) -> None:
        """The server's files are its own."""

    def drop(self, *, prefix: str, keep: Container[str]) -> None:
        """Delete the collections that begin with `prefix`, but for those to keep."""
        client = self.open()
        try:
            with _faults(self):
                for collection in client.list_collections():
                    if collection.name.startswith(prefix) and collection.name not in keep:
                        client.delete_collection(collection.name)
        finally:
            close(client)


def write(place: "_Place", added: Iterable[Record], removed: Sequence[str]) -> None:
    """Change the collections at a place (made where there are none): take out passage ids, put in records. Closed when done."""
    client = place.open()
    try:
        with _faults(place):
            collections = {
                language: client.get_or_create_collection(
                    named(place.collection, language), embedding_function=_Refusing(), configuration=_CONFIGURATION
                )
                for language in LANGUAGES
            }
            for start in range(0, len(removed), _BATCH):
                for collection in collections.values():
                    collection.delete(ids=list(removed[start : start + _BATCH]))
            records = iter(added)
            while batch := list(islice(records, _BATCH)):
                for language, collection in collections.items():
                    _add(collection, [record for record in batch if record.language == language])
    finally:
        close(client)


def _add(collection: chromadb.Collection, records: Sequence[Record]) -> None:
    if records:
        collection.add(
            ids=[record.id for record in records],
            embeddings=np.stack([record.vector for record in records]),
            metadatas=[{"article_id": record.article_id} for record in records],
        )


def close(client: ClientAPI) -> None:
    """Close a client, and its connections to a server, which Chroma leaves open."""
    owners: list[Any] = [client, getattr(client, "_admin_client", None)]
    with _clients:
        client.close()  # type: ignore[attr-defined]  # Chroma's type does not know the method
    for owner in owners:
        if connections := getattr(getattr(owner, "_server", None), "_session", None):
            connections.close()
