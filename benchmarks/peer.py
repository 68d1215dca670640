"""Sanad beside stock llama-index, in one run: `python benchmarks/peer.py [--set ARTICLES QUESTIONS FIELD ARTICLE_FIELD] …`.

Needs the extra `benchmark`. The same questions are asked over the same articles of Sanad and of what llama-index's own guides put together: its
SentenceSplitter as it comes (1,024 tokens), its BM25Retriever with the Arabic stemmer, its vector index with Sanad's own vectors, and both by its
QueryFusionRetriever (reciprocal rank, the question as it is, no language model). A set is articles, questions as JSONL, and the names of the fields
of the question and of the articles that answer it; without `--set` it is the two grounding sets.

One table a set and language, of ten passages each way: recall at 1 and 5 and MRR of articles; in brackets the 95 % interval of the paired
difference from Sanad's search (bootstrap); the mean words of the first passage; and the median time as a multiple of Sanad's search, the
questions being new.

Where the questions say what an answer must hold, also how often the first passage holds it. There "Sanad, cited", the passages of an answer's
citations and none where Sanad refuses, is what the others are compared with. A longer passage holds more, so the peer is also asked over Sanad's.
"""

import argparse
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import Stemmer
from llama_index.core import Document, VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import BaseRetriever, QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import BaseNode, NodeRelationship, RelatedNodeInfo, TextNode
from llama_index.retrievers.bm25 import BM25Retriever
from numpy.typing import NDArray

from rag.engine import Engine
from rag.evaluation.answer_metrics import holds
from rag.evaluation.bootstrap import Estimate, estimates
from rag.evaluation.cases import Needs, read_cases
from rag.evaluation.metrics import recall_at, reciprocal_rank
from rag.evaluation.questions import Fields, read_questions, read_records
from rag.evaluation.retrieval import engine_over
from rag.language.words import count_words
from rag.library import Library
from rag.llama import SanadEmbedding
from rag.settings import Settings

_ROOT = Path(__file__).parent.parent
_GROUNDING = [
    [f"{_ROOT}/seeds", f"{_ROOT}/tests/grounding/seeds.jsonl", "question", "articles"],
    [f"{_ROOT}/tests/grounding/made", f"{_ROOT}/tests/grounding/made.jsonl", "question", "articles"],
]
_SEARCH, _CITED = "Sanad", "Sanad, cited"
_COLUMNS = {
    "R@1": _SEARCH,
    "R@5": _SEARCH,
    "MRR": _SEARCH,
    "first holds": _CITED,
}  # with the way that others are compared with
_DEPTH = 10  # passages, as many as Sanad's search gives; more of them make the peer's fusion worse

Found = Sequence[tuple[str, str]]  # the passages found, best first: article id and text
Way = Callable[[str], Found]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its language where the set says it, the ids of the articles that answer it, and what an answer must hold."""

    text: str
    language: str
    gold: frozenset[str]
    must: Needs = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """What one way did: scores, shape (questions, columns); words of the first passages; median seconds."""

    scores: NDArray[np.float64]
    words: float
    seconds: float


def main() -> None:
    """Measure every set and print its tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = ("ARTICLES", "QUESTIONS", "FIELD", "ARTICLE_FIELD")
    parser.add_argument("--set", dest="sets", nargs=4, metavar=names, action="append")
    for variable in ("NLTK_DATA", "TIKTOKEN_CACHE_DIR"):
        os.environ.pop(variable, None)  # with these llama-index downloads what it brings along
    for articles, questions, field, article_field in parser.parse_args().sets or _GROUNDING:
        asked = read(Path(questions), Fields(field, article_field))
        with engine_over([Path(articles)], Settings(embedding="builtin", llm="none")) as engine:
            holding = any(one.must for one in asked)
            ways = sanad(engine, cited=holding) | llama_index(engine, over_ours=holding)
            for language in sorted({one.language for one in asked}):
                some = [one for one in asked if one.language == language]
                print(f"{Path(questions).name}, {field}{language and f', {language}'}: {len(some)} questions")
                show(measured(ways, some), holding=holding)


def read(path: Path, fields: Fields) -> list[Asked]:
    """The questions that an article answers as they stand: of the grounding sets the kind "answerable" alone."""
    if not any(fields.must in record for _, record in read_records(path)):
        return [Asked(one.text, "", one.gold) for one in read_questions(path, fields)]
    cases = [case for case in read_cases(path, fields) if case.kind == "answerable"]
    return [Asked(case.question, case.language, case.gold, case.must) for case in cases]


def sanad(engine: Engine, *, cited: bool) -> dict[str, Way]:
    """Sanad's search, and where wanted the passages that its answers cite."""

    def search(question: str) -> Found:
        return [(hit.passage.article_id, hit.passage.text) for hit in engine.search(question, limit=_DEPTH)]

    def ask(question: str) -> Found:
        return [(citation.article_id, citation.passage) for citation in engine.ask(question).citations]

    ways: dict[str, Way] = {_SEARCH: search}
    if cited:
        ways[_CITED] = ask
    return ways


def llama_index(engine: Engine, *, over_ours: bool) -> dict[str, Way]:
    """Stock llama-index over an engine's articles, and where wanted over the engine's passages."""
    documents = [Document(text=article.text, id_=article.id) for article in engine.articles()]
    found = retrievers(SentenceSplitter().get_nodes_from_documents(documents), engine)
    if over_ours:
        ours = retrievers(passages(engine), engine)
        found |= {f"{name}, our passages": retriever for name, retriever in ours.items()}
    return {name: way(retriever) for name, retriever in found.items()}


def passages(engine: Engine) -> list[BaseNode]:
    """The engine's passages as llama-index nodes."""
    library = Library(engine.settings.data_dir / "library.sqlite3", readonly=True)
    found, _, _ = library.read(list(library.rows().values()))
    return [
        TextNode(
            id_=passage.id,
            text=passage.text,
            relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=passage.article_id)},
        )
        for passage in found.values()
    ]


def retrievers(nodes: list[BaseNode], engine: Engine) -> dict[str, BaseRetriever]:
    """By words, by vectors, and by both, in the order of llama-index's guide to fusion: it breaks ties."""
    depth = min(_DEPTH, len(nodes))
    words = BM25Retriever.from_defaults(nodes=nodes, stemmer=Stemmer.Stemmer("arabic"), similarity_top_k=depth)
    index = VectorStoreIndex(nodes, embed_model=SanadEmbedding(engine.embedder))
    vectors = index.as_retriever(similarity_top_k=depth)
    fused = QueryFusionRetriever(
        [vectors, words],
        llm=MockLLM(),  # never asked; without one it looks for OpenAI's
        mode=FUSION_MODES.RECIPROCAL_RANK,
        similarity_top_k=depth,
        num_queries=1,
        use_async=False,  # the same ranking, without the time of an event loop a question
    )
    return {"BM25": words, "vectors": vectors, "fused": fused}


def way(retriever: BaseRetriever) -> Way:
    """What a llama-index retriever finds."""

    def retrieve(question: str) -> Found:
        return [(one.node.ref_doc_id or "", one.node.get_content()) for one in retriever.retrieve(question)]

    return retrieve


def measured(ways: Mapping[str, Way], asked: Sequence[Asked]) -> Mapping[str, Measured]:
    """Ask every question every way, in turn, so that what else the machine does slows all of them."""
    for retrieve in ways.values():
        retrieve(asked[0].text)  # what is loaded on first use
    rows: dict[str, list[list[float]]] = {name: [] for name in ways}
    firsts: dict[str, list[int]] = {name: [] for name in ways}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for question in asked:
        for name, retrieve in ways.items():
            started = time.perf_counter()
            found = retrieve(question.text)
            times[name].append(time.perf_counter() - started)
            rows[name].append(scores(found, question))
            firsts[name] += [count_words(text) for _, text in found[:1]]
    return {
        name: Measured(np.array(rows[name]), float(np.mean(firsts[name])), float(np.median(times[name])))
        for name in ways
    }


def scores(found: Found, question: Asked) -> list[float]:
    """One value a column; an article's rank is that of its best passage."""
    ranked = list(dict.fromkeys(article_id for article_id, _ in found))
    return [
        recall_at(1, ranked, question.gold),
        recall_at(5, ranked, question.gold),
        reciprocal_rank(ranked, question.gold),
        float(holds([text for _, text in found[:1]], question.must)),
    ]


def show(ways: Mapping[str, Measured], *, holding: bool) -> None:
    """Print a table of the ways; the last column only where it means something."""
    columns = list(_COLUMNS)[: None if holding else -1]
    references = np.stack([ways[_COLUMNS[column]].scores[:, i] for i, column in enumerate(columns)], axis=1)
    print(f"{'':22}" + "".join(f"{column:>22}" for column in columns) + "   words    time")
    for name, one in ways.items():
        scores = one.scores[:, : len(columns)]
        compared = zip(columns, estimates(scores), estimates(scores - references), strict=True)
        row = "".join(
            f"{_cell(score, other if _COLUMNS[column] != name else None):>22}" for column, score, other in compared
        )
        print(f"{name:22}{row}{one.words:8.0f}{one.seconds / ways[_SEARCH].seconds:8.2f}")
    print()


def _cell(score: Estimate, difference: Estimate | None) -> str:
    return f"{score.value:.3f}" + (f" ({difference.low:+.3f}…{difference.high:+.3f})" if difference else "")


if __name__ == "__main__":
    main()
