"""The seam to whatever makes vectors of texts."""

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rag.settings import Settings

Vectors: TypeAlias = NDArray[np.float32]


class Embedder(Protocol):
    """Makes unit vectors whose inner product says how near two texts are in meaning, across languages.

    Attributes:
        fingerprint: changes whenever the same text would get another vector; an index is only good for one fingerprint.
        dimensions: the length of every vector.
    """

    @property
    def fingerprint(self) -> str:
        """See the class."""
        ...

    @property
    def dimensions(self) -> int:
        """See the class."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text, shape (len(texts), dimensions), each of length 1."""
        ...


def open_embedder(settings: Settings) -> Embedder:
    """The embedder that `settings.embedding` names."""
    from rag.embedding.concepts import ConceptEmbedder

    assert settings.embedding == "builtin"  # the settings admit no other yet
    return ConceptEmbedder.builtin()
