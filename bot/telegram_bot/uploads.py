"""Articles that come through a chat, as a document or as text, brought into the library."""

import asyncio
import hashlib
import json
import logging
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from telegram import Document
from telegram.error import TelegramError

from bot.strings import say
from bot.telegram_bot.markup import clean
from rag.engine import Engine
from rag.model import IngestReport, Language

_LOG = logging.getLogger(__name__)
MOST = 20  # MB that Telegram gives a bot
_MB = 1_000_000
_FOLDER = "telegram-uploads"  # of the data folder
_TEXTS = "texts.jsonl"
_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST_NAME = 100  # bytes; file systems take 255
_LONGEST_TITLE = 300  # characters; a longer first line is no title
_SHOWN = 10  # failures


class UploadError(Exception):
    """A document that cannot be had; a key into the locale and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class Uploads:
    """What is sent to the bot to be read, one at a time.

    Each is written under a name of its own, always in the same folder, for as long as it is read: the library knows an article by where it
    was read from, so that a document sent again under its name replaces what it said before.

    Args:
        engine: whose library.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._folder = engine.settings.data_dir / _FOLDER
        self._lock = asyncio.Lock()

    async def document(self, document: Document) -> IngestReport:
        """Read a document.

        Raises:
            UploadError: it is too large, or Telegram does not give it.
            SanadError: it cannot be read into the library.
        """
        if (document.file_size or 0) > MOST * _MB:
            raise UploadError("telegram_ingest_large", size=f"{(document.file_size or 0) / _MB:.0f}", limit=MOST)
        async with self._lock:
            with self._emptied() as folder:
                path = folder / file_name(document.file_name or "", document.file_unique_id)
                await _fetch(document, path)
                return await asyncio.to_thread(self._engine.ingest, [path])

    async def text(self, text: str) -> IngestReport:
        """Read a text as an article, its first line being the title where there are more.

        Raises:
            SanadError: it cannot be read into the library.
        """
        async with self._lock:
            with self._emptied() as folder:
                path = folder / _TEXTS
                path.write_text(json.dumps(record(text)) + "\n", encoding="utf-8")
                return await asyncio.to_thread(self._engine.ingest, [path])

    @contextmanager
    def _emptied(self) -> Iterator[Path]:
        """The folder, empty before and gone afterwards."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        try:
            yield self._folder
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)


def record(text: str) -> dict[str, str]:
    """A text as a record of a JSONL file; the same text has the same id."""
    text = text.strip()
    first, _, rest = text.partition("\n")
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    titled = {"title": first.strip()} if rest.strip() and len(first) <= _LONGEST_TITLE else {}
    return {"id": f"text_{digest[:16]}", "text": text, **titled}


def file_name(given: str, otherwise: str) -> str:
    """A name as somebody gave it, made fit to be a file's: no folders, nothing hidden, nothing that steers a terminal, not too long.

    >>> file_name("../../.env", "x")
    'env'
    """
    name = _UNFIT.sub("_", clean(given.replace("\\", "/").rpartition("/")[2])).strip("._")
    stem, dot, suffix = name.rpartition(".") if "." in name else (name, "", "")
    room = _LONGEST_NAME - len((dot + suffix).encode())
    stem = stem.encode()[: max(room, 0)].decode("utf-8", "ignore")
    return stem + dot + suffix if stem else otherwise


def report_lines(report: IngestReport, language: Language) -> Iterator[str]:
    """What an ingest did, as the command line says it."""
    parts = [say(language, "added", report.added)]
    for key in ("updated", "unchanged", "skipped"):
        if count := getattr(report, key):
            parts.append(say(language, key, count))
    if report.failed:
        parts.append(say(language, "failed", len(report.failed)))
    yield say(language, "comma").join(parts)
    for failure in report.failed[:_SHOWN]:
        line = f" {say(language, 'line', line=failure.line)}" if failure.line else ""
        error = failure.error_arabic if language == "ar" else failure.error
        yield f"{Path(failure.source).name}{line}: {error}"
    if len(report.failed) > _SHOWN:
        yield say(language, "telegram_ingest_more", len(report.failed) - _SHOWN)


async def _fetch(document: Document, path: Path) -> None:
    try:
        file = await document.get_file()
        await file.download_to_drive(path)
    except TelegramError as error:
        if "too big" in error.message.lower():
            raise UploadError("telegram_ingest_large", size=f"> {MOST}", limit=MOST) from None
        _LOG.warning("a file was not handed over: %s: %s", type(error).__name__, error)
        raise UploadError("telegram_ingest_lost") from None
