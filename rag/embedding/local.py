"""Embedding models that run on this machine, in ONNX, through llama-index and fastembed."""

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from rag.embedding.neural import BATCH
from rag.errors import EmbedderUnavailable, SettingsError

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

_EXAMPLE = "intfloat/multilingual-e5-large"


def load(model: str, folder: Path, may_download: bool) -> "BaseEmbedding":
    """Load a model, which is downloaded into `folder` once.

    Args:
        model: as fastembed names it.
        folder: where models are kept.
        may_download: whether to download it if it is not there.

    Raises:
        SettingsError: fastembed is not installed, or does not know the model.
        EmbedderUnavailable: it is not there and cannot be had.
    """
    try:
        from fastembed import TextEmbedding
        from llama_index.embeddings.fastembed import FastEmbedEmbedding
    except ImportError:
        raise SettingsError("SANAD_EMBEDDING", "embedding_extra", package='"sanad[fastembed]"') from None
    known = {str(one["model"]).lower(): str(one["model"]) for one in TextEmbedding.list_supported_models()}
    if model.lower() not in known:
        near = difflib.get_close_matches(model.lower(), known, 1)
        example = known[near[0]] if near else _EXAMPLE
        raise SettingsError("SANAD_EMBEDDING", "embedding_unknown", model=model, example=f"fastembed:{example}")
    try:
        loaded: BaseEmbedding = FastEmbedEmbedding(
            model_name=model, cache_dir=str(folder), doc_embed_type="passage", local_files_only=not may_download
        )
    except Exception as error:  # fastembed, the hub's client and ONNX each have their own
        raise EmbedderUnavailable(
            "embedding_load", setting="SANAD_EMBEDDING", model=model, folder=folder, detail=type(error).__name__
        ) from error
    loaded.embed_batch_size = BATCH
    return loaded
