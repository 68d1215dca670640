"""Sanad inside a small llama-index program."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from llama_index.core import VectorStoreIndex
from llama_index.core.schema import QueryBundle, TextNode

from rag.embedding import open_neural
from rag.embedding.concepts import ConceptEmbedder
from rag.engine import Engine, open_engine
from rag.llama import SanadEmbedding, SanadQueryEngine, SanadRetriever
from rag.settings import Settings
from tests.embedding.server import embedding_server

_ABOUT = ("title", "publisher", "published", "published_basis", "url")


def test_the_retriever_gives_nodes_with_ids_and_offsets(seed_engine: Engine) -> None:
    nodes = SanadRetriever(seed_engine, limit=3).retrieve("هجوم بطائرتين مسيرتين")
    hits = seed_engine.search("هجوم بطائرتين مسيرتين", limit=3)
    assert [node.node.node_id for node in nodes] == [hit.passage.id for hit in hits]
    assert [node.score for node in nodes] == [hit.score for hit in hits]
    for node in nodes:
        about = node.node.metadata
        article = seed_engine.article(about["article_id"])
        assert article.text[about["start"] : about["end"]] == node.node.get_content()
        assert _known(about) == _known(article.metadata | {"published_basis": article.basis})


def test_the_query_engine_gives_the_checked_answer_and_its_quotes(seed_engine: Engine) -> None:
    response = SanadQueryEngine(seed_engine).query("من هو واين ماروتو؟")
    reply = seed_engine.ask("من هو واين ماروتو؟")
    assert str(response) == reply.text
    assert [node.node.get_content() for node in response.source_nodes] == [c.quote for c in reply.citations]
    for node, citation in zip(response.source_nodes, reply.citations, strict=True):
        article = seed_engine.article(citation.article_id)
        assert _known(node.node.metadata) == _known(article.metadata | {"published_basis": article.basis})
        assert node.node.metadata["number"] == citation.number
    assert response.metadata is not None
    assert response.metadata | {"elapsed_ms": 0} == reply.to_dict() | {"elapsed_ms": 0}
    assert response.metadata["kind"] == "answer"


def test_what_is_not_known_of_an_article_is_none(tmp_path: Path) -> None:
    (tmp_path / "bare.txt").write_text("افتتح وزير النقل جسرا جديدا في مدينة الموصل.", encoding="utf-8")
    with open_engine(Settings(data_dir=tmp_path / "data")) as engine:
        engine.ingest([tmp_path / "bare.txt"])
        (node,) = SanadRetriever(engine).retrieve("جسر الموصل")
        assert _known(node.node.metadata) == dict.fromkeys(_ABOUT)


def _known(about: Mapping[str, str | None]) -> dict[str, str | None]:
    """What is known of an article, None for what is not."""
    return {key: about[key] or None for key in _ABOUT}


def test_a_short_answer_stands_first_in_the_response(seed_engine: Engine) -> None:
    response = SanadQueryEngine(seed_engine).query("كم جنديا أميركيا أصيب في هجوم أغسطس 2024 على القاعدة؟")
    assert response.metadata is not None
    short = response.metadata["short"]
    assert (short["type"], short["value"]) == ("quantity", "5")
    assert str(response).startswith(f"{short['text']} [1]\n")


def test_a_refusal_has_no_source_nodes(seed_engine: Engine) -> None:
    response = SanadQueryEngine(seed_engine).query("Who won the football match in Madrid?")
    assert response.source_nodes == []
    assert response.metadata is not None
    assert response.metadata["kind"] == "refusal"


def test_both_work_asynchronously(seed_engine: Engine) -> None:
    async def ask() -> tuple[int, str]:
        nodes = await SanadRetriever(seed_engine, limit=2).aretrieve(QueryBundle("قاعدة عين الأسد"))
        response = await SanadQueryEngine(seed_engine).aquery("من هو واين ماروتو؟")
        return len(nodes), str(response)

    assert asyncio.run(ask()) == (2, seed_engine.ask("من هو واين ماروتو؟").text)


def test_the_embedder_serves_a_llama_index_vector_index() -> None:
    embedding = SanadEmbedding(ConceptEmbedder.builtin())
    nodes = [TextNode(text="زلزال يضرب تركيا", id_="quake"), TextNode(text="فوز المنتخب في المباراة", id_="match")]
    index = VectorStoreIndex(nodes, embed_model=embedding)
    (found,) = index.as_retriever(similarity_top_k=1).retrieve("earthquake")
    assert found.node.node_id == "quake"


def test_a_query_and_a_text_get_the_embedders_own_vector() -> None:
    embedder = ConceptEmbedder.builtin()
    embedding = SanadEmbedding(embedder)
    expected = embedder.embed(["زلزال"])[0]
    np.testing.assert_allclose(embedding.get_query_embedding("زلزال"), expected, atol=1e-6)
    np.testing.assert_allclose(embedding.get_text_embedding("زلزال"), expected, atol=1e-6)
    assert asyncio.run(embedding.aget_query_embedding("زلزال")) == pytest.approx(expected.tolist(), abs=1e-6)


def test_a_neural_embedder_tells_a_query_from_a_text() -> None:
    with embedding_server() as server:
        embedder = open_neural(Settings(embedding="openai:e5", embedding_url=server.url))
        assert embedder is not None
        embedding = SanadEmbedding(embedder)
        found = embedding.get_query_embedding("زلزال")
        np.testing.assert_allclose(found, embedder.embed_query("زلزال"), atol=1e-6)
        embedding.get_text_embedding("زلزال")
        assert server.inputs == [["query: زلزال"], ["query: زلزال"], ["passage: زلزال"]]
