"""How well passages are found: `python benchmarks/retrieval.py ARTICLES.jsonl QUESTIONS.jsonl FIELD`.

Recall at 1 and 5 and mean reciprocal rank of the article that answers, for the lexical index alone, the vectors alone, and both fused, and the
time of a warm search. Articles have `id` and `text`, questions `article_id` and the field named.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rag.engine import Engine, open_engine
from rag.question import understand
from rag.retrieval import CANDIDATES, candidates, clauses
from rag.settings import Settings


def main() -> None:
    """Ingest the articles, ask every question three ways, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("field")
    arguments = parser.parse_args()
    lines = arguments.questions.read_text(encoding="utf-8").splitlines()
    asked = [(record[arguments.field], record["article_id"]) for record in map(json.loads, lines)]
    with tempfile.TemporaryDirectory() as folder, open_engine(Settings(data_dir=Path(folder))) as engine:
        engine.ingest([arguments.articles])
        ways = {"lexical": _lexical(engine), "vectors": _vectors(engine), "fused": _fused(engine)}
        print(f"{len(asked):,} questions    R@1    R@5    MRR")
        for name, way in ways.items():
            ranks = [_rank(way(question), gold) for question, gold in asked]
            at = {k: sum(rank <= k for rank in ranks) / len(ranks) for k in (1, 5)}
            print(f"{name:15} {at[1]:.3f}  {at[5]:.3f}  {statistics.mean(1 / rank for rank in ranks):.3f}")
        print(f"warm search, median {1000 * _seconds(engine, [question for question, _ in asked]):.1f} ms")


def _lexical(engine: Engine) -> Callable[[str], list[str]]:
    index = engine.generation().lexical
    return lambda text: [i for i, _ in index.search(clauses(understand(text, index.sounding_like)), CANDIDATES)]


def _vectors(engine: Engine) -> Callable[[str], list[str]]:
    generation = engine.generation()
    return lambda text: [i for i, _ in generation.vectors.search(engine.embedder.embed([text])[0], CANDIDATES)]


def _fused(engine: Engine) -> Callable[[str], list[str]]:
    generation = engine.generation()

    def ask(text: str) -> list[str]:
        asked = understand(text, generation.lexical.sounding_like)
        return [c.passage_id for c in candidates(asked, generation, engine.embedder)]

    return ask


def _rank(passage_ids: Sequence[str], gold: str) -> float:
    """The rank of the article among those found, its best passage counting; infinite when it is not found."""
    articles = list(dict.fromkeys(passage_id.rsplit(":", 2)[0] for passage_id in passage_ids))
    return articles.index(gold) + 1 if gold in articles else float("inf")


def _seconds(engine: Engine, questions: Sequence[str]) -> float:
    times = []
    for question in questions[:200]:
        started = time.perf_counter()
        engine.search(question)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


if __name__ == "__main__":
    main()
