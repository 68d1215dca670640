"""The seam to whatever makes vectors of texts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rag.settings import Settings

if TYPE_CHECKING:
    from rag.embedding.concepts import ConceptEmbedder
    from rag.embedding.neural import NeuralEmbedder

Vectors: TypeAlias = NDArray[np.float32]


class Embedder(Protocol):
    """Makes unit vectors whose inner product says how near two texts are in meaning, across languages.

    Attributes:
        fingerprint: changes whenever the same text would get another vector; an index is only good for one fingerprint.
    """

    @property
    def fingerprint(self) -> str:
        """See the class."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a passage, shape (len(texts), dimensions), each of length 1."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """The unit vector of a question, shape (dimensions,); some models see a question otherwise than a passage."""
        ...


def open_embedder() -> "ConceptEmbedder":
    """The built-in embedder, which is always there."""
    from rag.embedding.concepts import ConceptEmbedder

    return ConceptEmbedder.builtin()


def open_neural(settings: Settings) -> "NeuralEmbedder | None":
    """The neural embedder that `settings.embedding` names, or None for `builtin`; nothing is loaded before its first use."""
    if settings.embedding == "builtin":
        return None
    from rag.embedding.neural import NeuralEmbedder

    return NeuralEmbedder.of(settings)
