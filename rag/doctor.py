"""What is configured, what is in the library, what is wrong and how to mend it."""

import os
import platform
import re
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from rag.embedding import open_neural
from rag.engine import Engine
from rag.errors import SanadError
from rag.index.generation import Generations
from rag.library import Library
from rag.settings import Settings, unknown_variables


@dataclass(frozen=True, slots=True)
class Check:
    """One finding: "ok", a "note" worth knowing, or "bad", which has a way to mend it."""

    name: str
    status: Literal["ok", "note", "bad"]
    detail: str
    mend: str = ""

    def to_dict(self) -> dict[str, str]:
        """As `sanad doctor --json` has it."""
        return asdict(self)


def examine(settings: Settings) -> list[Check]:
    """Every check, in the order in which trouble should be mended."""
    checks = [Check("sanad", "ok", f"{version('sanad')}, Python {platform.python_version()}"), *_settings(settings)]
    folder = _folder(settings.data_dir)
    checks.extend([folder, *_neural(settings)])
    path = settings.data_dir / "library.sqlite3"
    if folder.status == "bad" or not path.exists():
        return [*checks, Check("library", "note", "empty", "sanad ingest seeds/")]
    return [*checks, *_library(path, settings)]


def _settings(settings: Settings) -> list[Check]:
    changed = [
        f"SANAD_{name.upper()}={_shown(getattr(settings, name))}"
        for name, field in Settings.model_fields.items()
        if getattr(settings, name) != field.default
    ]
    where = ".env and environment" if Path(".env").exists() else "environment"
    checks = [Check("settings", "ok", f"{', '.join(changed) or 'all defaults'} (from {where})")]
    for name, near in unknown_variables().items():
        mend = f"did you mean {near}?" if near else "remove it"
        checks.append(Check("settings", "bad", f"{name} is no setting of Sanad", mend))
    return checks


def _shown(value: object) -> str:
    """A setting's value without the password that a URL may hold."""
    return re.sub("//[^/@]*@", "//…@", str(value))


def _folder(folder: Path) -> Check:
    existing = folder
    while not existing.exists() and existing != existing.parent:
        existing = existing.parent
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        return Check("data folder", "bad", f"{folder} cannot be written", "choose another: SANAD_DATA_DIR=data")
    return Check("data folder", "ok", str(folder.resolve()))


def _neural(settings: Settings) -> list[Check]:
    """Whether the neural embedder, where one is set, gives a vector, and one that fits the index."""
    neural = open_neural(settings)
    if neural is None:
        return []
    try:
        manifest = Generations(settings.data_dir / "index").manifest()
    except (OSError, ValueError, TypeError):
        manifest = None  # told with the index
    expected = manifest.dimensions if manifest else 0
    try:
        dimensions = len(neural.embed_query("العربية", expected or None))
    except SanadError as error:
        mend = "or go on without: SANAD_EMBEDDING=builtin, then sanad reindex"
        return [Check("embedding", "bad", str(error), mend)]
    where = f" at {_shown(settings.embedding_url)}" if settings.embedding.startswith("openai:") else ""
    return [Check("embedding", "ok", f"{settings.embedding}{where}, {dimensions:,} numbers a vector")]


def _library(path: Path, settings: Settings) -> list[Check]:
    try:
        library = Library(path, readonly=True)
        fault = library.fault()
        articles, passages = library.count()
    except SanadError as error:
        return [Check("library", "bad", str(error), "restore it from a backup, or move it away and ingest again")]
    if fault:
        return [
            Check(
                "library", "bad", fault.splitlines()[-1], "restore it from a backup, or move it away and ingest again"
            )
        ]
    checks = [Check("library", "ok", f"{articles:,} articles, {passages:,} passages")]
    if not articles:
        return [*checks, Check("index", "note", "nothing to index", "sanad ingest seeds/")]
    return [*checks, *_index(library, settings)]


def _index(library: Library, settings: Settings) -> list[Check]:
    mend = "sanad reindex"
    try:
        manifest = Generations(settings.data_dir / "index", settings.chroma_url).manifest()
    except (OSError, ValueError, TypeError) as error:
        return [Check("index", "bad", f"cannot be read ({error})", mend)]
    if manifest is None:
        return [Check("index", "bad", "there is none", mend)]
    if manifest.revision != library.revision:
        return [Check("index", "bad", "behind the library (an ingest was interrupted)", mend)]
    try:
        with Engine(settings) as engine:
            engine.search("العربية", limit=1)
    except SanadError as error:
        return [Check("index", "bad", str(error), mend)]
    where = "Chroma server" if manifest.collection else "Chroma, in the data folder"
    vectors = f"builtin and {settings.embedding}" if manifest.dimensions else "builtin"
    return [Check("index", "ok", f"{manifest.passages:,} passages in {where} and Tantivy; vectors: {vectors}")]
