"""The buttons under an answer: one a source, one for all of them, and 👍 👎; each bound to its answer. Pure."""

import re
from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.render import human_date
from bot.strings import say
from bot.telegram_bot.markup import clean
from rag.model import Citation, Language, Reply

SOURCE, ALL, FEEDBACK = "s", "a", "f"  # what a button's data begins with
GOOD, BAD = "👍", "👎"
_ID = "[A-Za-z0-9_-]{1,40}"
_PRESSED = re.compile(rf"({_ID}):([0-9]{{1,4}})")
_LINKED = re.compile(rf"s_({_ID})_([0-9]{{1,4}})")
_A_ROW = 2
_MOST = 96  # sources; with the other buttons no more than Telegram's 100
_WIDEST = 28  # characters of a label; phones cut off more
_ISOLATE, _POP = "\u2068", "\u2069"

Rows = list[list[InlineKeyboardButton]]


def keyboard(reply: Reply, answer_id: str) -> InlineKeyboardMarkup:
    """The buttons of an answer, or of a refusal with what comes closest; Arabic rows run right to left."""
    sources = (reply.citations or reply.nearest)[:_MOST]
    made = [_button(_label(source, sources, reply.language), SOURCE, answer_id, source.number) for source in sources]
    rows: Rows = [made[i : i + _A_ROW] for i in range(0, len(made), _A_ROW)]
    if len(sources) > 1:
        rows.append([_button(say(reply.language, "telegram_all_sources"), ALL, answer_id, 0)])
    rows.append([_button(GOOD, FEEDBACK, answer_id, 1), _button(BAD, FEEDBACK, answer_id, 0)])
    return InlineKeyboardMarkup(mirrored(rows, reply.language))


def mirrored(rows: Rows, language: Language) -> Rows:
    """Rows in the order of reading: Telegram sets them left to right, whatever the language."""
    return [row[::-1] for row in rows] if language == "ar" else rows


def counted(rows: Sequence[Sequence[InlineKeyboardButton]], good: int, bad: int) -> InlineKeyboardMarkup:
    """A message's buttons with what its readers think beside 👍 and 👎."""
    labels = {"1": f"{GOOD} {good:,}" if good else GOOD, "0": f"{BAD} {bad:,}" if bad else BAD}

    def shown(button: InlineKeyboardButton) -> InlineKeyboardButton:
        kind, _, rest = str(button.callback_data).partition(":")
        label = labels.get(rest.rpartition(":")[2]) if kind == FEEDBACK else None
        return InlineKeyboardButton(label, callback_data=button.callback_data) if label else button

    return InlineKeyboardMarkup([[shown(button) for button in row] for row in rows])


def pressed(rest: str) -> tuple[str, int] | None:
    """The answer's id and the number in a button's data after its kind; None if it is none of ours."""
    match = _PRESSED.fullmatch(rest)
    return (match[1], int(match[2])) if match else None


def link(bot: str, answer_id: str, number: int) -> str:
    """The address that opens a source in the private chat with the bot of this username."""
    return f"https://t.me/{bot}?start=s_{answer_id}_{number}"


def linked(payload: str) -> tuple[str, int] | None:
    """The answer's id and the source's number in what such an address brings along; None if it is none of ours."""
    match = _LINKED.fullmatch(payload)
    return (match[1], int(match[2])) if match else None


def _button(label: str, kind: str, answer_id: str, number: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=f"{kind}:{answer_id}:{number}")


def _label(source: Citation, sources: Sequence[Citation], language: Language) -> str:
    """The first of a source's names that those of other articles do not have too."""
    taken = {name for one in sources if one.article_id != source.article_id for name in _names(one, language)}
    names = _names(source, language)
    name = clean(next((name for name in names if name not in taken), names[0])).replace("\n", " ")
    name = name if len(name) <= _WIDEST else name[: _WIDEST - 1] + "…"
    return f"{_ISOLATE}[{source.number}]{_POP} {_ISOLATE}{name}{_POP}"


def _names(source: Citation, language: Language) -> list[str]:
    """What a source can be called, best first."""
    date = human_date(source.published or "", language)
    dated = f"{source.publisher} · {date}" if source.publisher and date else date
    return [name for name in (source.publisher, dated, source.title, source.article_id) if name]
