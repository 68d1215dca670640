"""Texts to vectors. The built-in embedder needs no model, no download and no network; a neural one stands beside it where it is set."""

from rag.embedding.embedder import Embedder, Vectors, open_embedder, open_neural

__all__ = ["Embedder", "Vectors", "open_embedder", "open_neural"]
