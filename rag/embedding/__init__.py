"""Texts to vectors. The seam is one method; the built-in embedder needs no model, no download and no network."""

from rag.embedding.embedder import Embedder, Vectors, open_embedder

__all__ = ["Embedder", "Vectors", "open_embedder"]
