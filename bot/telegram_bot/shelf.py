"""The articles as /articles lists them: newest first, numbered from 1, in pages."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.render import human_date
from bot.strings import say
from bot.telegram_bot.buttons import mirrored
from bot.telegram_bot.markup import HtmlMessage, Paragraph, messages
from rag.engine import Engine
from rag.library import Library
from rag.model import Article, Language

_DANGLING = ' ،,.;؛:–-(«“"'  # before an ellipsis
PAGE = "p"  # what the data of the buttons that turn pages begins with
_TURNED = re.compile(r"(ar|en):([0-9]{1,6})")
_A_PAGE = 10
_TITLE, _PUBLISHER = 100, 40  # characters shown; ten of them are one message


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as it is listed; `key` names it in the data of a button, for which an id may be too long."""

    number: int
    id: str
    key: str
    title: str
    publisher: str
    published: str


class Shelf:
    """The articles of an engine's library, read again when the library has changed. Any thread may ask.

    Raises:
        SanadError: the library cannot be used. Every method may raise it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._path = engine.settings.data_dir / "library.sqlite3"
        self._lock = Lock()
        self._state: tuple[str, int] | None = None  # the library's id and revision
        self._entries: tuple[Entry, ...] = ()

    def entries(self) -> Sequence[Entry]:
        """Every article, the newest first, those without a date last."""
        if not self._path.exists():
            return ()
        library = Library(self._path, readonly=True)
        with self._lock:
            state = (library.id, library.revision)
            if state != self._state:
                newest = sorted(sorted(self._engine.articles(), key=lambda one: one.id), key=_date, reverse=True)
                self._entries = tuple(_entry(number, article) for number, article in enumerate(newest, 1))
                self._state = state
            return self._entries

    def named(self, name: str) -> Entry | None:
        """The article with this id, or with this number where no id is that."""
        entries = self.entries()
        found = next((entry for entry in entries if entry.id == name), None)
        if found or not (name.isascii() and name.isdigit() and len(name) < 10):
            return found
        number = int(name)
        return entries[number - 1] if 1 <= number <= len(entries) else None

    def keyed(self, key: str) -> Entry | None:
        """The article with this key."""
        return next((entry for entry in self.entries() if entry.key == key), None)


def page(entries: Sequence[Entry], wanted: int, language: Language) -> tuple[HtmlMessage, InlineKeyboardMarkup | None]:
    """One page of the list, counted from 1 (the nearest there is), and the buttons that turn it; none for a single page."""
    last = max(1, -(-len(entries) // _A_PAGE))
    number = min(max(1, wanted), last)
    count = say(language, "telegram_shelf", len(entries))
    paragraphs = [Paragraph(count, (0, len(count)), language=language)]
    if dated := [entry.published for entry in entries if entry.published]:
        newest, oldest = (human_date(published, language) for published in (dated[0], dated[-1]))
        span = say(language, "telegram_shelf_dates", newest=newest, oldest=oldest)
        paragraphs.append(Paragraph(span, tight=True, language=language))
    shown = entries[(number - 1) * _A_PAGE : number * _A_PAGE]
    paragraphs += [Paragraph(f"{entry.number}. {described(entry, language)}", language=language) for entry in shown]
    message, *_ = messages(paragraphs)
    return message, _turning(number, last, language)


def described(entry: Entry, language: Language) -> str:
    """The title, and on a line of its own, since it is in the reader's language, the outlet and the date."""
    known = " · ".join(fact for fact in (entry.publisher, human_date(entry.published, language)) if fact)
    return "\n".join(line for line in (entry.title, known) if line)


def turned(rest: str) -> tuple[Language, int] | None:
    """The language and the page in the data of a button that turns pages; None if it is none of ours."""
    match = _TURNED.fullmatch(rest)
    return ("ar" if match[1] == "ar" else "en", int(match[2])) if match else None


def _turning(number: int, last: int, language: Language) -> InlineKeyboardMarkup | None:
    """First, back, where one is, on, last, in the order of reading; the arrows point where that goes."""
    if last == 1:
        return None
    arrows = ("⏭", "▶", "", "◀", "⏮") if language == "ar" else ("⏮", "◀", "", "▶", "⏭")
    pages = (1, number - 1, number, number + 1, last)
    used = (number > 2, number > 1, True, number < last, number < last - 1)
    row = [
        InlineKeyboardButton(arrow or f"{number:,}/{last:,}", callback_data=f"{PAGE}:{language}:{target}")
        for arrow, target, use in zip(arrows, pages, used, strict=True)
        if use
    ]
    return InlineKeyboardMarkup(mirrored([row], language))


def _date(article: Article) -> str:
    return article.published


def _entry(number: int, article: Article) -> Entry:
    key = hashlib.sha256(article.id.encode()).hexdigest()[:24]
    title = article.title or article.text.strip().split("\n")[0] or article.id
    return Entry(number, article.id, key, _cut(title, _TITLE), _cut(article.publisher, _PUBLISHER), article.published)


def _cut(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip(_DANGLING) + "…"
