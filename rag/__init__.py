"""Sanad: Arabic news articles in, answers out whose every sentence is tied to a checked, verbatim passage.

with open_engine(Settings(data_dir="data")) as engine:
    engine.ingest(["seeds"])
    reply = engine.ask("متى وقع الهجوم؟")
"""

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag.engine import Engine, open_engine
    from rag.errors import SanadError
    from rag.model import Answer, Article, Hit, IngestReport, Passage, Refusal
    from rag.settings import Settings

__all__ = [
    "Answer", "Article", "Engine", "Hit", "IngestReport", "Passage", "Refusal", "SanadError", "Settings", "open_engine",
]  # fmt: skip

_HOMES = {
    "Engine": "engine", "open_engine": "engine", "SanadError": "errors", "Settings": "settings",
    "Answer": "model", "Article": "model", "Hit": "model", "IngestReport": "model", "Passage": "model", "Refusal": "model",
}  # fmt: skip


# A program that wants the log sets up logging; without that nothing is printed.
logging.getLogger("rag").addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:  # noqa: ANN401  # whatever is exported
    """Import what is asked for, when it is: `import rag` alone costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'rag' has no attribute {name!r}")
    return getattr(import_module(f"rag.{_HOMES[name]}"), name)
