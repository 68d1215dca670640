"""The buttons under an answer: one a source, bound to that answer."""

import re

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.render import human_date
from bot.telegram_bot.markup import clean
from rag.model import Citation, Language, Reply

PATTERN = re.compile(r"^s:([A-Za-z0-9_-]{1,40}):(\d{1,4})$")
_A_ROW = 2
_MOST = 100  # Telegram's limit
_WIDEST = 28  # characters of a label; phones cut off more
_ISOLATE, _POP = "\u2068", "\u2069"


def keyboard(reply: Reply, answer_id: str) -> InlineKeyboardMarkup | None:
    """A button for each source of an answer, or for what comes closest where it refuses; Arabic rows run right to left."""
    sources = (reply.citations or reply.nearest)[:_MOST]
    made = [
        InlineKeyboardButton(_label(source, reply.language), callback_data=f"s:{answer_id}:{source.number}")
        for source in sources
    ]
    rows = [made[i : i + _A_ROW] for i in range(0, len(made), _A_ROW)]
    if reply.language == "ar":
        rows = [row[::-1] for row in rows]
    return InlineKeyboardMarkup(rows) if rows else None


def pressed(data: str) -> tuple[str, int] | None:
    """The answer's id and the source's number of a button; None if it is none of ours."""
    match = PATTERN.fullmatch(data)
    return (match[1], int(match[2])) if match else None


def _label(source: Citation, language: Language) -> str:
    name = clean(source.publisher or human_date(source.published or "", language) or source.title or source.article_id)
    name = name.replace("\n", " ")
    name = name if len(name) <= _WIDEST else name[: _WIDEST - 1] + "…"
    return f"{_ISOLATE}[{source.number}]{_POP} {_ISOLATE}{name}{_POP}"
