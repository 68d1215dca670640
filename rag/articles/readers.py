"""Files, folders and globs to articles, one after the other; what cannot be read is a Failure and the rest goes on."""

import json
import os
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from typing import Any

from rag.articles.decode import decode, is_text, stored
from rag.articles.metadata import METADATA_FILE, checked, read_metadata
from rag.errors import ArticleError
from rag.model import Article, Failure

_SUFFIXES = {".txt", ".jsonl"}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of a folder that is not an article's (another type, metadata)."""

    source: str


def failure(source: str, line: int | None, error: ArticleError) -> Failure:
    """An error as a failure of the source it happened in."""
    return Failure(source, line, str(error), error.message("ar"))


def read_articles(paths: Iterable[str | Path], *, max_bytes: int) -> Iterator[Article | Failure | Skipped]:
    """The articles of files, folders (searched to the bottom) and glob patterns.

    A file named twice is read once. `max_bytes` bounds a text file, and a line of a JSONL file.
    """
    reader = _Reader(max_bytes)
    seen: set[str] = set()
    for given in paths:
        for path, named in _expand(str(given)):
            real = os.path.realpath(path)  # unlike Path.resolve, at rest with a loop of links
            if real not in seen:
                seen.add(real)
                yield from reader.read(path, named=named)


def _expand(given: str) -> Iterator[tuple[Path, bool]]:
    """Each file a given path stands for, and whether it was named itself rather than found in a folder."""
    path = Path(given).expanduser()
    if path.is_dir():
        inside = (p.relative_to(path) for p in sorted(path.rglob("*")) if p.is_file())
        yield from ((path / p, False) for p in inside if not any(part.startswith(".") for part in p.parts))
    elif has_magic(given) and not path.exists():
        matches = sorted(glob(str(path), recursive=True))  # noqa: PTH207  # a pattern may be absolute
        for match in matches:
            if Path(match).is_dir():
                yield from _expand(match)
            else:
                yield Path(match), False
        if not matches:
            yield path, True
    else:
        yield path, True


class _Reader:
    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._metadata: dict[Path, Mapping[str, Mapping[str, Any]]] = {}

    def read(self, path: Path, *, named: bool) -> Iterator[Article | Failure | Skipped]:
        suffix = path.suffix.lower()
        try:
            if suffix not in _SUFFIXES or path.name == METADATA_FILE:
                if named:
                    raise ArticleError("unknown_type" if path.exists() else "not_found", suffix=suffix or path.name)
                yield Skipped(_shown(path))
                return
            metadata = yield from self._of_folder(path.parent)
            if suffix == ".jsonl":
                yield from self._jsonl(path, metadata)
            else:
                yield self._text(path, metadata)
        except ArticleError as error:
            yield failure(_shown(path), error.line, error)
        except OSError as error:
            key = "not_found" if isinstance(error, FileNotFoundError) else "unreadable"
            yield failure(_shown(path), None, ArticleError(key, detail=error.strerror or str(error)))

    def _of_folder(self, folder: Path) -> Generator[Failure, None, Mapping[str, Mapping[str, Any]]]:
        """The folder's metadata; where its file is broken that is told once, and the articles do without."""
        if folder not in self._metadata:
            self._metadata[folder] = {}
            try:
                self._metadata[folder] = read_metadata(folder)
            except ArticleError as error:
                yield failure(_shown(folder / METADATA_FILE), error.line, error)
        return self._metadata[folder]

    def _text(self, path: Path, metadata: Mapping[str, Mapping[str, Any]]) -> Article:
        size = path.stat().st_size
        if size > self._max_bytes:
            raise ArticleError("too_large", size=_megabytes(size), limit=_megabytes(self._max_bytes))
        article_id = path.stem
        fields = checked(metadata.get(article_id, {}), article_id)
        return Article(id=article_id, text=decode(path.read_bytes()), source=_source(path), **fields)

    def _jsonl(self, path: Path, metadata: Mapping[str, Mapping[str, Any]]) -> Iterator[Article | Failure]:
        found = False
        source = _source(path)
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                found = True
                try:
                    yield self._record(line, source, metadata)
                except ArticleError as error:
                    yield failure(_shown(path), number, error)
        if not found:
            raise ArticleError("empty_file")

    def _record(self, line: bytes, source: str, metadata: Mapping[str, Mapping[str, Any]]) -> Article:
        if len(line) > self._max_bytes:
            raise ArticleError("too_large", size=_megabytes(len(line)), limit=_megabytes(self._max_bytes))
        try:
            record = json.loads(line.decode("utf-8-sig").rstrip())
        except json.JSONDecodeError as error:
            raise ArticleError("bad_json", detail=error.msg.removesuffix(" at"), column=error.colno) from None
        except UnicodeDecodeError:
            raise ArticleError("not_text") from None
        except (ValueError, RecursionError):
            raise ArticleError("bad_json", detail="nested too deeply, or a number too long", column=1) from None
        if not isinstance(record, dict):
            raise ArticleError("not_record")
        article_id, text = record.get("id"), record.get("text")
        if isinstance(article_id, bool) or not isinstance(article_id, str | int) or not str(article_id).strip():
            raise ArticleError("no_id")
        if not isinstance(text, str):
            raise ArticleError("no_text")
        article_id = str(article_id).strip()
        if not is_text(article_id):
            raise ArticleError("field_not_text", field="id", article=ascii(article_id))
        fields = checked({**metadata.get(article_id, {}), **record}, article_id)
        return Article(article_id, stored(text), source, **fields)


def _source(path: Path) -> str:
    source = Path(os.path.realpath(path)).as_posix()
    if not is_text(source):
        raise ArticleError("unreadable", detail="its name is not text")
    return source


def _shown(path: Path) -> str:
    """A path as text: a question mark for each byte of its name that is none."""
    return str(path).encode("utf-8", "replace").decode()


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
