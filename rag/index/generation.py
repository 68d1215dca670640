"""Generations: immutable snapshots of the index, published one after the other.

    index/
      current            the name of the newest generation, replaced atomically
      000007/            manifest.json  rows.json  lexical/  vectors/  leases/

`vectors` has the concept vectors and, where a neural embedder is set, neural vectors.

A writer makes the next generation from the last one plus what changed (files that never change are hard-linked), closes and checks it, and only
then names it in `current`. A reader holds a lease, a locked file, on the one it uses; a generation that is neither current nor leased is
deleted. After a crash `current` still names a whole generation, and the next writer catches up from the library.
"""

import json
import os
import shutil
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import IndexOutdated, SanadError
from rag.index import chroma, lexical
from rag.index.chroma import LocalPlace, ServerPlace, VectorIndex
from rag.index.lexical import LexicalIndex
from rag.library import Library, Record
from rag.model import LANGUAGES

_CURRENT = "current"
_BUILDING = "building-"
_ROWS = "rows.json"
_TRIES = 20  # to open the newest generation while writers publish others
# Tantivy writes a segment once and never changes it; these few files of its are rewritten.
_REWRITTEN = ("meta.json", ".managed.json", ".tantivy-meta.lock", ".tantivy-writer.lock")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was built from."""

    revision: int
    passages: int
    fingerprint: str
    collection: str  # on a Chroma server; "" when the vectors are in the folder
    dimensions: int = 0  # of the neural vectors; 0 when there are none

    @property
    def collections(self) -> list[str]:
        """Every collection of its own on a Chroma server."""
        kinds = [self.collection, *([_neural(self.collection)] if self.dimensions else [])]
        return [chroma.named(kind, language) for kind in kinds for language in LANGUAGES]


class Generation:
    """One generation, opened for reading and leased until closed as often as it was opened and held.

    Attributes:
        manifest: what it was built from.
        lexical: the terms of its passages.
        vectors: their concept vectors.
        neural: their neural vectors, `manifest.dimensions` long; None when there are none.
    """

    def __init__(self, folder: Path, chroma_url: str) -> None:
        self.name = folder.name
        self._holders = 1
        self._lock = threading.Lock()
        with ExitStack() as opened:
            lease = _lease(folder)
            opened.callback(Path(lease.lock_file).unlink, missing_ok=True)
            opened.callback(lease.release)
            self.manifest = read_manifest(folder)
            self.lexical = LexicalIndex(folder / "lexical")
            self.vectors, self.neural = _open_vectors(folder, self.manifest, chroma_url, opened)
            self._opened = opened.pop_all()

    def hold(self) -> None:
        """Keep it open until one more `close`."""
        with self._lock:
            self._holders += 1

    def close(self) -> None:
        """Let go of the files and the lease, when nobody else holds them."""
        with self._lock:
            self._holders -= 1
            if self._holders:
                return
        self._opened.close()


class Generations:
    """The generations of one data folder.

    Args:
        folder: the index folder; need not be there.
        chroma_url: a Chroma server that keeps the vectors, or "".
    """

    def __init__(self, folder: Path, chroma_url: str = "") -> None:
        self._folder = folder
        self._chroma_url = chroma_url

    def current(self) -> str:
        """The name of the newest generation; "" before the first."""
        try:
            return (self._folder / _CURRENT).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return ""

    def manifest(self) -> Manifest | None:
        """The manifest of the current generation, or None."""
        name = self.current()
        return read_manifest(self._folder / name) if name else None

    def open(self) -> Generation:
        """Open the current generation.

        Raises:
            IndexOutdated: there is none, or it cannot be read.
        """
        for _ in range(_TRIES):
            name = self.current()
            if not name:
                break
            try:
                generation = Generation(self._folder / name, self._chroma_url)
            except (FileNotFoundError, ValueError, TypeError, IndexOutdated):
                if name == self.current():
                    break
                continue
            # Leased before it was checked to be current: a writer that names another one now sees the lease.
            if name == self.current():
                return generation
            generation.close()
        raise IndexOutdated("index_missing")

    def publish(self, library: Library, *, afresh: bool = False, progress: Callable[[int], None] | None = None) -> None:
        """Bring the index up to the library's revision; the caller holds the writer's lock.

        Args:
            library: the record of truth.
            afresh: build from nothing rather than from the last generation; always done after a removal, so that no trace is left.
            progress: called with the number of passages indexed since the last call.
        """
        manifest = self._manifest_or_none()
        afresh = afresh or (manifest is not None and manifest.revision < library.purged)
        server = bool(manifest and manifest.collection) != bool(self._chroma_url)
        if manifest and manifest.revision == library.revision and not afresh and not server:
            self._delete_unused(library)
            return
        afresh = afresh or server or bool(self._chroma_url) or manifest is None
        afresh = afresh or (manifest is not None and manifest.fingerprint != library.fingerprint)
        try:
            self._build(library, self._folder / self.current() if not afresh else None, progress)
        except (OSError, ValueError, IndexOutdated):
            if afresh:
                raise
            self._build(library, None, progress)  # the last generation is damaged
        self._delete_unused(library)

    def _manifest_or_none(self) -> Manifest | None:
        try:
            return self.manifest()
        except (OSError, ValueError, TypeError):
            return None  # a damaged generation: built afresh

    def _build(self, library: Library, base: Path | None, progress: Callable[[int], None] | None) -> None:
        for unfinished in self._folder.glob(f"{_BUILDING}*"):
            shutil.rmtree(unfinished, ignore_errors=True)
        name = self._next_name()
        building = self._folder / f"{_BUILDING}{name}-{uuid.uuid4().hex[:6]}"  # Chroma remembers a folder it failed in
        building.mkdir(parents=True)
        revision, wanted = library.revision, library.rows()
        collection = f"sanad-{library.id}-{name}-{uuid.uuid4().hex[:6]}" if self._chroma_url else ""
        held: dict[int, str] = {}
        if base:
            held = _read_rows(base)
            _copy(base, building)
        removed = [held[row] for row in sorted(held.keys() - wanted.keys())]
        added = sorted(wanted.keys() - held.keys())
        lexical.write(building / "lexical", library.records(added), removed)
        chroma.write(_place(building, collection, self._chroma_url), library.records(added), removed)
        # Of a library that is in between two embedders, only the concept vectors are all of one kind.
        dimensions = library.dimensions if library.fingerprint else 0
        if dimensions:
            neural = _place(building, collection, self._chroma_url, neural=True)
            chroma.write(neural, _with_neural(library.records(added), dimensions), removed)
        if progress:
            progress(len(added))
        (building / _ROWS).write_text(json.dumps(wanted, ensure_ascii=False), encoding="utf-8")
        manifest = Manifest(revision, len(wanted), library.fingerprint, collection, dimensions)
        (building / "manifest.json").write_text(json.dumps(asdict(manifest)), encoding="utf-8")
        self._check(building, manifest)
        _place(building, collection, self._chroma_url).blank()
        building.rename(self._folder / name)
        _replace(self._folder / _CURRENT, name)

    def _next_name(self) -> str:
        """Above every other, also above one that a crash left before it was named."""
        names = [path.name for path in self._folder.iterdir()] if self._folder.exists() else []
        return f"{max((int(name) for name in [*names, self.current()] if name.isdecimal()), default=0) + 1:06}"

    def _check(self, folder: Path, manifest: Manifest) -> None:
        """Open what was built as a reader will, and count."""
        with ExitStack() as opened:
            indexes = _open_vectors(folder, manifest, self._chroma_url, opened)
            counts = {len(index) for index in (LexicalIndex(folder / "lexical"), *indexes) if index is not None}
        if counts != {manifest.passages}:
            raise IndexOutdated("index_missing")

    def _delete_unused(self, library: Library) -> None:
        current = self.current()
        kept = set()
        for folder in [path for path in self._folder.iterdir() if path.is_dir()]:
            if folder.name == current or _is_leased(folder):
                kept.update(read_manifest(folder).collections)
            else:
                shutil.rmtree(folder, ignore_errors=True)
        if self._chroma_url:
            ServerPlace(self._chroma_url, "").drop(prefix=f"sanad-{library.id}-", keep=kept)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation's folder."""
    return Manifest(**json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


def _place(folder: Path, collection: str, chroma_url: str, *, neural: bool = False) -> LocalPlace | ServerPlace:
    """Where a generation's concept vectors are kept, or its neural ones."""
    if bool(collection) != bool(chroma_url):
        raise IndexOutdated("index_missing")
    if collection:
        return ServerPlace(chroma_url, _neural(collection) if neural else collection)
    return LocalPlace(folder / "vectors", *(["neural"] if neural else []))


def _neural(collection: str) -> str:
    """The name of the collection beside another one on a server."""
    return f"{collection}-neural"


def _open_vectors(
    folder: Path, manifest: Manifest, chroma_url: str, opened: ExitStack
) -> tuple[VectorIndex, VectorIndex | None]:
    """The indexes of concept vectors and of neural ones, closed with `opened`."""
    vectors = VectorIndex(_place(folder, manifest.collection, chroma_url))
    opened.callback(vectors.close)
    if not manifest.dimensions:
        return vectors, None
    neural = VectorIndex(_place(folder, manifest.collection, chroma_url, neural=True))
    opened.callback(neural.close)
    return vectors, neural


def _with_neural(records: Iterable[Record], dimensions: int) -> Iterator[Record]:
    """The records, each with its neural vector in the place of the other; all of one length, also where languages are kept apart."""
    for record in records:
        if record.neural is not None:
            if len(record.neural) != dimensions:
                raise IndexOutdated("index_missing")
            yield replace(record, vector=record.neural)


def _lease(folder: Path) -> FileLock:
    leases = folder / "leases"
    if not (folder / "manifest.json").exists():
        raise FileNotFoundError(folder)
    lease = FileLock(leases / f"{os.getpid()}-{uuid.uuid4().hex[:8]}.lock")
    try:
        leases.mkdir(exist_ok=True)
        lease.acquire()
    except FileNotFoundError:  # deleted just now; another one is current
        raise
    except OSError as error:
        raise SanadError("library_folder", path=folder, detail=error.strerror) from None
    return lease


def _is_leased(folder: Path) -> bool:
    for path in (folder / "leases").glob("*.lock"):
        try:
            with FileLock(path, timeout=0):
                pass
        except Timeout:
            return True
    return False


def _copy(base: Path, building: Path) -> None:
    """The last generation's files: links to those that never change, copies of the others."""
    shutil.copytree(base / "vectors", building / "vectors")
    (building / "lexical").mkdir()
    for path in (base / "lexical").iterdir():
        target = building / "lexical" / path.name
        if path.name in _REWRITTEN:
            shutil.copy2(path, target)
        else:
            _link(path, target)


def _link(path: Path, target: Path) -> None:
    try:
        target.hardlink_to(path)
    except OSError:  # a file system without hard links
        shutil.copy2(path, target)


def _read_rows(folder: Path) -> dict[int, str]:
    """The library's row and id of each passage in a generation."""
    return {int(row): name for row, name in json.loads((folder / _ROWS).read_text(encoding="utf-8")).items()}


def _replace(path: Path, content: str) -> None:
    """Write a small file so that a crash leaves the old or the new content, whole."""
    temporary = path.with_suffix(f".{os.getpid()}")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    if os.name == "posix":
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
