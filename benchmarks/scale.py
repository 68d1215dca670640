"""How long a search takes in a large library: `python benchmarks/scale.py ARTICLES.jsonl QUESTIONS.jsonl FIELD [--passages 100000]`.

The articles are ingested, and passages made of sentences of theirs, put together at random, are stored beside them until there are so many.
Prints the median and the 95th percentile of a warm search, for the articles alone and for the whole, and what share of the questions
still find the article that answers among the first ten.
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rag.engine import Engine, open_engine
from rag.library import Library, Record
from rag.model import Article, Passage
from rag.settings import Settings
from rag.termlist import TermList, unpack

_OF_AN_ARTICLE = 500  # made passages
_SENTENCES = 4  # of a made passage


def main() -> None:
    """Ask, fill up the library, ask again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("field")
    parser.add_argument("--passages", type=int, default=100_000)
    arguments = parser.parse_args()
    lines = arguments.questions.read_text(encoding="utf-8").splitlines()
    asked = [(record[arguments.field], record["article_id"]) for record in map(json.loads, lines)]
    with tempfile.TemporaryDirectory() as folder, open_engine(Settings(data_dir=Path(folder))) as engine:
        engine.ingest([arguments.articles])
        print(measured(engine, asked))
        started = time.perf_counter()
        fill(Library(Path(folder) / "library.sqlite3"), arguments.passages)
        engine.ingest([arguments.articles])  # unchanged: only publishes
        print(f"filled up and published in {time.perf_counter() - started:.0f} s")
        print(measured(engine, asked))


def measured(engine: Engine, asked: Sequence[tuple[str, str]]) -> str:
    """One line: how many passages, how long a search takes, how many questions find their article."""
    times, found = [], 0
    for question, _ in asked[:20]:
        engine.search(question)  # warms the caches of files and libraries
    for question, article_id in asked:
        started = time.perf_counter()
        hits = engine.search(question)
        times.append(1000 * (time.perf_counter() - started))
        found += any(hit.passage.article_id == article_id for hit in hits)
    p50, p95 = np.percentile(times, [50, 95])
    total = len(engine.generation().lexical)
    return (
        f"{total:>9,} passages: p50 {p50:.1f} ms, p95 {p95:.1f} ms; found by {found / len(asked):.3f} of {len(asked)}"
    )


def fill(library: Library, passages: int) -> None:
    """Store made passages until there are so many."""
    real = list(library.records(library.rows()))
    chance = random.Random(0)
    made = [_mixed(real, chance) for _ in range(passages - len(real))]
    for first in range(0, len(made), _OF_AN_ARTICLE):
        some = made[first : first + _OF_AN_ARTICLE]
        article_id = f"made-{first:06}"
        text = "." * len(some)
        library.put(
            Article(article_id, text, "made"),
            [],
            [Passage(f"{article_id}:{i}", article_id, i, i + 1, ".") for i in range(len(some))],
            [terms for terms, _ in some],
            np.stack([vector for _, vector in some]),
            library.fingerprint,
        )


def _mixed(real: Sequence[Record], chance: random.Random) -> tuple[str, "np.ndarray[tuple[int], np.dtype[np.float32]]"]:
    """Terms of a few sentences of other passages, and the mean of those passages' vectors."""
    sources = chance.sample(real, _SENTENCES)
    sentences = tuple(chance.choice(unpack(source.terms).sentences) for source in sources)
    vector = np.mean([source.vector for source in sources], axis=0)
    return TermList(sentences).packed(), np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


if __name__ == "__main__":
    main()
