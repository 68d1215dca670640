"""Neural embedders: any embedding of llama-index's, loaded when it is first used, its vectors checked and brought to length 1.

The models that `SANAD_EMBEDDING` can name are either on a server (`server.py`) or run here (`local.py`).
"""

import re
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from rag.embedding.embedder import Vectors
from rag.errors import EmbedderUnavailable, SanadError
from rag.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

BATCH = 64  # texts a request

_E5 = re.compile(r"(?<![a-z0-9])e5(?![a-z0-9])")
_E5_TASK = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "


class NeuralEmbedder:
    """A model of llama-index's.

    Args:
        model: its name with what runs it: `openai:…` or `fastembed:…`.
        load: makes it; told whether it may be downloaded.
    """

    def __init__(self, model: str, load: "Callable[[bool], BaseEmbedding]") -> None:
        self._model = model
        self._load = load
        self._loaded: BaseEmbedding | None = None
        self._lock = threading.Lock()  # of _loaded
        self._before_query, self._before_passage = prefixes(model)

    @classmethod
    def of(cls, settings: Settings) -> "NeuralEmbedder":
        """The one that the settings name; they do not name the built-in one."""
        kind, _, name = settings.embedding.partition(":")

        def load(may_download: bool) -> "BaseEmbedding":
            if kind == "openai":
                from rag.embedding.server import ServerEmbedding

                return ServerEmbedding.of(settings, name)
            from rag.embedding import local

            return local.load(name, settings.data_dir / "models", may_download)

        return cls(settings.embedding, load)

    @property
    def fingerprint(self) -> str:
        """The model's name, and that its texts are given a prefix where they are; not the server's address, which may move."""
        return self._model + ("+prefix" if self._before_query else "")

    def embed(self, texts: Sequence[str], dimensions: int | None = None) -> Vectors:
        """One unit row a passage.

        Args:
            texts: the passages.
            dimensions: the length that the vectors must have; None for any.

        Returns:
            Shape (len(texts), dimensions).

        Raises:
            EmbedderUnavailable: there are no vectors, or none that can be used.
            SettingsError: the model is not one that can be run here.
        """
        if not texts:
            return np.zeros((0, dimensions or 0), dtype=np.float32)
        given = [self._before_passage + text for text in texts]
        return self._checked(lambda: self._open(True).get_text_embedding_batch(given), len(texts), dimensions)

    def embed_query(self, text: str, dimensions: int | None = None) -> Vectors:
        """The unit vector of a question, soon or not at all: nothing is downloaded, and a server has `embedding_timeout` seconds.

        Args:
            text: the question.
            dimensions: the length that the vector must have; None for any.

        Raises:
            EmbedderUnavailable: there is none, or none that can be used.
            SettingsError: the model is not one that can be run here.
        """
        given = self._before_query + text
        (vector,) = self._checked(lambda: [self._open(False).get_query_embedding(given)], 1, dimensions)
        return np.asarray(vector, dtype=np.float32)

    def _open(self, may_download: bool) -> "BaseEmbedding":
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load(may_download)
            return self._loaded

    def _checked(self, ask: Callable[[], list[list[float]]], number: int, dimensions: int | None) -> Vectors:
        """What a model says, as unit rows."""
        try:
            vectors = np.array(ask(), dtype=np.float64)
        except SanadError:
            raise
        except Exception as error:  # whatever the client of a model raises; its text may repeat a key
            raise unusable(self._model, f"it failed: {type(error).__name__}") from None
        if vectors.ndim != 2 or len(vectors) != number:
            raise unusable(self._model, f"{number} texts, {' × '.join(map(str, vectors.shape))} numbers")
        if dimensions not in (None, vectors.shape[1]):
            raise EmbedderUnavailable(
                "embedding_dimensions",
                setting="SANAD_EMBEDDING",
                model=self._model,
                found=vectors.shape[1],
                expected=dimensions,
            )
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not (np.isfinite(lengths).all() and (lengths > 0).all()):
            raise unusable(self._model, "a vector of zeros, or of what is no number")
        return np.asarray(vectors / lengths, dtype=np.float32)


def unusable(model: str, detail: str) -> EmbedderUnavailable:
    """What a model said is no set of vectors."""
    return EmbedderUnavailable("embedding_vectors", setting="SANAD_EMBEDDING", model=model, detail=detail)


def prefixes(model: str) -> tuple[str, str]:
    """What a model was trained to see before a question and before a passage: E5 alone wants something (Wang et al., 2022 and 2024).

    >>> prefixes("fastembed:intfloat/multilingual-e5-large")
    ('query: ', 'passage: ')
    """
    name = model.lower()
    if not _E5.search(name):
        return "", ""
    return (_E5_TASK, "") if "instruct" in name else ("query: ", "passage: ")
