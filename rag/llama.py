"""The same engine for llama-index programs: a BaseRetriever, a BaseQueryEngine and a BaseEmbedding.

    retriever = SanadRetriever(engine)
    query_engine = SanadQueryEngine(engine)
    print(query_engine.query("متى وقع الهجوم؟"))

Source nodes carry the passage's id and text, and in their metadata its offsets and what is known of the article: its id, title, publisher, date
and address. Unknown values are None.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.response.schema import RESPONSE_TYPE, Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from pydantic import PrivateAttr

from rag.embedding import Embedder
from rag.engine import Engine
from rag.model import Article, Citation, Hit


class SanadRetriever(BaseRetriever):
    """Passages for a question, through both of Sanad's indexes.

    Args:
        engine: an open engine; closing it remains the caller's business.
        limit: how many passages.
    """

    def __init__(self, engine: Engine, limit: int = 10) -> None:
        super().__init__(callback_manager=CallbackManager())
        self._engine = engine
        self._limit = limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._engine.search(query_bundle.query_str, limit=self._limit)
        articles = {hit.passage.article_id: self._engine.article(hit.passage.article_id) for hit in hits}
        return [_node(hit, articles[hit.passage.article_id]) for hit in hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class SanadQueryEngine(BaseQueryEngine):
    """Checked answers as llama-index responses: the citations are the source nodes, the whole reply is the metadata."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(callback_manager=CallbackManager())
        self._engine = engine

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        reply = self._engine.ask(query_bundle.query_str)
        sources = [_cited(citation) for citation in reply.citations]
        return Response(response=reply.text, source_nodes=sources, metadata=reply.to_dict())

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


class SanadEmbedding(BaseEmbedding):
    """One of Sanad's embedders, `engine.embedder` or `engine.neural`, in llama-index's clothes."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, **settings: Any) -> None:  # noqa: ANN401  # llama-index's own fields
        super().__init__(model_name=embedder.fingerprint, **settings)
        self._embedder = embedder

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: Sequence[str]) -> list[list[float]]:
        return [row.tolist() for row in self._embedder.embed(texts)]

    def _get_query_embedding(self, query: str) -> list[float]:
        return list(self._embedder.embed_query(query).tolist())

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)


def _node(hit: Hit, article: Article) -> NodeWithScore:
    passage = hit.passage
    metadata = {
        "article_id": article.id, "start": passage.start, "end": passage.end,
        "title": article.title or None, "publisher": article.publisher or None, "published": article.published or None,
        "published_basis": article.basis or None, "url": article.url or None,
    }  # fmt: skip
    return NodeWithScore(node=_text_node(passage.id, passage.text, metadata), score=hit.score)


def _cited(citation: Citation) -> NodeWithScore:
    metadata = {
        "article_id": citation.article_id, "start": citation.start, "end": citation.end, "number": citation.number,
        "title": citation.title or None, "publisher": citation.publisher or None, "published": citation.published,
        "published_basis": citation.published_basis, "url": citation.url,
    }  # fmt: skip
    node_id = f"{citation.article_id}:{citation.start}-{citation.end}"
    return NodeWithScore(node=_text_node(node_id, citation.quote, metadata), score=1.0)


def _text_node(node_id: str, text: str, metadata: dict[str, Any]) -> TextNode:
    offsets = {"start_char_idx": metadata["start"], "end_char_idx": metadata["end"]}
    return TextNode(id_=node_id, text=text, metadata=metadata, **offsets)
