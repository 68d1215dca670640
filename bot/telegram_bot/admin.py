"""The commands of those who run the bot; for everybody else there are none of them."""

import asyncio
import shutil
import time
from collections.abc import Awaitable
from pathlib import Path

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import ContextTypes

from bot.strings import say
from bot.telegram_bot import buttons
from bot.telegram_bot.activity import typing
from bot.telegram_bot.audience import admitted, language_for, reply
from bot.telegram_bot.commands import Commands
from bot.telegram_bot.outbox import Place
from bot.telegram_bot.press import Press
from bot.telegram_bot.service import Service
from bot.telegram_bot.shelf import described
from bot.telegram_bot.uploads import UploadError, Uploads, report_lines
from rag.engine import Engine
from rag.errors import SanadError
from rag.index.generation import Generations
from rag.library import Library
from rag.model import IngestReport, Language

REMOVE = "r"  # what the data of its buttons begins with
_ECHOED = 100  # characters of a name that is none
_PERIODS = {"day": 24 * 3600.0, "week": 7 * 24 * 3600.0, "all": None}  # seconds
Context = ContextTypes.DEFAULT_TYPE


class Admin:
    """What the bot does for those who run it."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._uploads = Uploads(service.engine)
        self._commands = Commands(service)

    # Commands

    async def ingest(self, update: Update, context: Context) -> None:
        """Read a document or a text into the library: what is replied to, or what follows the command."""
        if not (message := await self._admitted(update, context)):
            return
        replied = message.reply_to_message
        if text := _after_command(message):
            await self._ingested(update, context, message, self._uploads.text(text))
        elif replied and replied.document:
            await self._ingested(update, context, message, self._uploads.document(replied.document))
        elif replied and (replied.text or replied.caption or "").strip():
            text = replied.text or replied.caption or ""
            await self._ingested(update, context, message, self._uploads.text(text))
        else:
            await reply(
                self._service,
                update,
                context,
                message,
                say(language_for(self._service, message), "telegram_ingest_how"),
            )

    async def document(self, update: Update, context: Context) -> None:
        """Read a document that was sent with the command as its caption."""
        message = await self._admitted(update, context)
        if message and message.document:
            await self._ingested(update, context, message, self._uploads.document(message.document))

    async def remove(self, update: Update, context: Context) -> None:
        """Ask whether to remove an article."""
        if not (message := await self._admitted(update, context)):
            return
        language, name = language_for(self._service, message), _after_command(message)
        entries = await asyncio.to_thread(self._service.shelf.entries)
        entry = await asyncio.to_thread(self._service.shelf.named, name)
        if entry is None:
            example = entries[0].id if entries else "ID"
            key = "telegram_remove_unknown" if name else "telegram_remove_how"
            values = {"article": name[:_ECHOED]} if name else {"example": example}
            await reply(self._service, update, context, message, say(language, key, None, **values))
            return
        row = [
            InlineKeyboardButton(say(language, key), callback_data=f"{REMOVE}:{entry.key}:{sure}")
            for key, sure in (("telegram_remove_yes", 1), ("telegram_keep", 0))
        ]
        keyboard = InlineKeyboardMarkup(buttons.mirrored([row], language))
        text = f"{say(language, 'telegram_remove_sure')}\n\n{entry.id}\n{described(entry, language)}"
        await reply(self._service, update, context, message, text, keyboard)

    async def stats(self, update: Update, context: Context) -> None:
        """Say what was asked and how it was found, in the last day, the last week and ever."""
        if not (message := await self._admitted(update, context)):
            return
        language = language_for(self._service, message)
        parts = [await asyncio.to_thread(self._tallied, period, language) for period in _PERIODS]
        days = self._service.engine.settings.telegram_retention_days
        parts.append(say(language, "telegram_stats_people", days))
        await reply(self._service, update, context, message, "\n\n".join(parts))

    async def status(self, update: Update, context: Context) -> None:
        """Say how the bot and what it stands on are doing."""
        if message := await self._admitted(update, context):
            text = await asyncio.to_thread(self._status, language_for(self._service, message))
            await reply(self._service, update, context, message, text)

    # Its buttons

    async def removed(self, press: Press) -> None:
        """Remove an article, or leave it."""
        if not self._service.access.is_admin(press.user.id):
            await press.acknowledge(say(press.language, "telegram_not_yours"), alert=True)
            return
        await press.acknowledge()
        key, _, sure = press.rest.partition(":")
        entry = await asyncio.to_thread(self._service.shelf.keyed, key)
        if sure != "1":
            text = say(press.language, "telegram_remove_kept")
        elif entry is None:
            text = say(press.language, "telegram_remove_gone")
        else:
            text = await _told(asyncio.to_thread(self._remove, entry.id, press.language), press.language)
        await press.say(text)

    def _remove(self, article_id: str, language: Language) -> str:
        self._service.engine.remove(article_id)
        return say(language, "article_removed", article=article_id)

    # What they stand on

    async def _ingested(
        self, update: Update, context: Context, message: Message, reading: Awaitable[IngestReport]
    ) -> None:
        """Wait for an ingest, and tell what it did."""
        language = language_for(self._service, message)

        async def lines() -> str:
            return "\n".join(report_lines(await reading, language))

        async with typing(context.bot, Place.of(message, update.update_id)):
            text = await _told(lines(), language)
        await reply(self._service, update, context, message, text)

    def _tallied(self, period: str, language: Language) -> str:
        tally = self._service.answers.tally(_PERIODS[period])
        counts = {
            "questions": tally.questions, "answered": tally.answered, "refused": tally.questions - tally.answered,
            "people": tally.people, "good": tally.good, "bad": tally.bad,
        }  # fmt: skip
        line = say(language, "telegram_stats", None, **{name: f"{count:,}" for name, count in counts.items()})
        return f"{say(language, f'telegram_stats_{period}')}\n{line}"

    def _status(self, language: Language) -> str:
        engine, settings = self._service.engine, self._service.engine.settings
        path = settings.data_dir / "library.sqlite3"
        articles, passages = Library(path, readonly=True).count() if path.exists() else (0, 0)
        return say(
            language,
            "telegram_status",
            articles=f"{articles:,}",
            passages=f"{passages:,}",
            index=_index(engine, path, language),
            model=say(language, "telegram_no_model") if settings.llm == "none" else settings.llm,
            embedder=settings.embedding,
            waiting=f"{max(0, self._service.inbox.waiting() - 1):,}",  # this command is one of them
            uptime=_lasting(time.time() - self._service.started, language),
            used=f"{_size(settings.data_dir) / 1e6:,.1f}",
            free=f"{_free(settings.data_dir) / 1e9:,.1f}",
        )

    # Who is answered

    async def _admitted(self, update: Update, context: Context) -> Message | None:
        """The message of an update from who runs the bot; anybody else is answered as if there were no such command."""
        user = update.effective_user
        if user is None or not self._service.access.is_admin(user.id):
            await self._commands.unknown(update, context)
            return None
        return await admitted(self._service, update, context)


async def _told(work: Awaitable[str], language: Language) -> str:
    """What work says, or the error that is for the admin to mend."""
    try:
        return await work
    except UploadError as error:
        return say(language, error.key, None, **error.values)
    except SanadError as error:
        return error.message(language)


def _after_command(message: Message) -> str:
    """What a message says after its command."""
    _, *rest = (message.text or "").split(None, 1)
    return rest[0].strip() if rest else ""


def _index(engine: Engine, library: Path, language: Language) -> str:
    """The newest generation, and whether it has all that the library has."""
    generations = Generations(engine.settings.data_dir / "index", engine.settings.chroma_url)
    try:
        manifest = generations.manifest()
    except (OSError, ValueError, TypeError):
        return say(language, "telegram_index_unreadable")
    if manifest is None:
        return say(language, "telegram_index_none")
    behind = manifest.revision != Library(library, readonly=True).revision
    outdated = manifest.fingerprint != engine.fingerprint
    state = "outdated" if outdated else "behind" if behind else "current"
    return say(language, f"telegram_index_{state}", generation=generations.current())


def _lasting(seconds: float, language: Language) -> str:
    """A stretch of time: days, hours and minutes."""
    minutes = int(seconds) // 60
    clock = f"{minutes // 60 % 24}:{minutes % 60:02}"
    days = minutes // 60 // 24
    return f"{say(language, 'telegram_days', days)} {clock}" if days else clock


def _free(folder: Path) -> int:
    """The bytes that are free where a folder is, or will be."""
    existing = next(path for path in (folder.resolve(), *folder.resolve().parents) if path.exists())
    return shutil.disk_usage(existing).free


def _size(folder: Path) -> int:
    """The bytes of a folder's files; some may be deleted while they are counted."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size
        except FileNotFoundError:
            continue
    return total
