"""How well HNSW finds the nearest concept vectors: `python benchmarks/hnsw.py [--passages 100000] [--questions 200]`.

Recall at 50 against exact search and the time of a query through Chroma, for several settings of the graph. A passage is sixty words, half of
them of its topic, half as frequent words are; a question is five words of a passage. All are embedded by the built-in embedder.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from numpy.typing import NDArray

from rag.embedding import Vectors
from rag.embedding.concepts import ConceptEmbedder
from rag.index.chroma import close
from rag.language.analyzer import Term
from rag.language.frequency import telling
from rag.language.stem import stem
from rag.language.vocabulary import vocabulary

_NEAREST = 50
_WORDS, _ASKED = 60, 5
_TOPICS, _WORDS_OF_TOPIC = 400, 200
_BATCH = 5_000
_GRAPHS = ((16, 100), (32, 200), (48, 200))  # max_neighbors, ef_construction
_SEARCHES = (100, 400, 1600, 3200)  # ef_search


def main() -> None:
    """Embed, build each graph, ask it with each search setting, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=200)
    arguments = parser.parse_args()
    passages, questions = embedded(arguments.passages, arguments.questions)
    nearest = np.argsort(-(questions @ passages.T), axis=1)[:, :_NEAREST]
    print(f"{len(passages):,} passages, {len(questions)} questions")
    print(f"max_neighbors  ef_construction  build s  ef_search  recall@{_NEAREST}  p50 ms  p95 ms")
    for neighbors, construction in _GRAPHS:
        with tempfile.TemporaryDirectory() as folder:
            seconds = build(folder, passages, neighbors, construction)
            for search in _SEARCHES:
                recall, times = ask(folder, search, questions, nearest)
                p50, p95 = statistics.median(times), float(np.percentile(times, 95))
                graph = f"{neighbors:13}  {construction:15}  {seconds:7.0f}"
                print(f"{graph}  {search:9}  {recall:9.3f}  {p50:6.1f}  {p95:6.1f}", flush=True)


def embedded(passages: int, questions: int) -> tuple[Vectors, Vectors]:
    """Vectors of made-up passages, shape (passages, dimensions), and of questions about some of them."""
    rng = np.random.default_rng(7)
    stems = sorted({stem(word) for word in vocabulary()}, key=lambda one: (telling(one), one))
    terms = [Term(one, 0, 0) for one in stems]
    frequency = 1 / np.arange(10, len(terms) + 10)  # Zipf: the stems are sorted by how often they are met
    cumulated = np.cumsum(frequency / frequency.sum())
    topics = rng.choice(len(terms), (_TOPICS, _WORDS_OF_TOPIC))
    embedder = ConceptEmbedder.builtin()

    def drawn() -> NDArray[np.int64]:
        topic = rng.choice(topics[rng.integers(_TOPICS)], _WORDS // 2)
        common = np.searchsorted(cumulated, rng.random(_WORDS - _WORDS // 2)).clip(max=len(terms) - 1)
        return np.concatenate([topic, common])

    def vector(words: NDArray[np.int64]) -> Vectors:
        return embedder.embed_terms([terms[word] for word in words])

    texts = [drawn() for _ in range(passages)]
    asked = [rng.choice(texts[rng.integers(passages)], _ASKED) for _ in range(questions)]
    return np.stack([vector(text) for text in texts]), np.stack([vector(words) for words in asked])


@contextmanager
def client_of(folder: str) -> Iterator[ClientAPI]:
    """Chroma on a folder, closed after the block: it reads a change of `ef_search` when it opens."""
    client = chromadb.PersistentClient(folder)
    try:
        yield client
    finally:
        close(client)


def build(folder: str, vectors: Vectors, neighbors: int, construction: int) -> float:
    """Make the collection; returns the seconds it took."""
    started = time.perf_counter()
    with client_of(folder) as client:
        collection = client.create_collection(
            "passages",
            embedding_function=None,
            configuration={
                "hnsw": {
                    "space": "cosine",
                    "max_neighbors": neighbors,
                    "ef_construction": construction,
                    "batch_size": 1,
                    "sync_threshold": 1,
                }
            },
        )
        for start in range(0, len(vectors), _BATCH):
            batch = vectors[start : start + _BATCH]
            collection.add(ids=[str(start + row) for row in range(len(batch))], embeddings=batch)
    return time.perf_counter() - started


def ask(folder: str, search: int, questions: Vectors, nearest: NDArray[np.int64]) -> tuple[float, list[float]]:
    """The share of the true nearest that are found, and the milliseconds of each query."""
    with client_of(folder) as client:
        client.get_collection("passages", embedding_function=None).modify(configuration={"hnsw": {"ef_search": search}})
    shares, times = [], []
    with client_of(folder) as client:
        collection = client.get_collection("passages", embedding_function=None)
        collection.query(query_embeddings=questions[:1], n_results=_NEAREST)  # reads the graph
        for question, true in zip(questions, nearest, strict=True):
            started = time.perf_counter()
            found = collection.query(query_embeddings=question[None], n_results=_NEAREST, include=["distances"])
            times.append(1000 * (time.perf_counter() - started))
            shares.append(len({int(one) for one in found["ids"][0]} & set(true.tolist())) / _NEAREST)
    return statistics.mean(shares), times


if __name__ == "__main__":
    main()
