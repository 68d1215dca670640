"""Arabic and Latin on one line: isolates for displays that order text themselves, reordering for those that do not. Pure.

Terminals differ: VTE (GNOME Terminal and its kin), Konsole, mlterm and Apple's Terminal apply the Unicode bidirectional algorithm; xterm, tmux,
the Linux console, Alacritty, kitty, VS Code's and Windows' terminals show characters left to right as they come. For those the line is
shaped and put into visual order here.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from rich.cells import cell_len

from rag.language.characters import ARABIC_LETTER, INVISIBLE, script
from rag.model import Language

Mode = Literal["terminal", "reorder", "off"]

_LRI, _RLI, _PDI, _RLM = "\u2066", "\u2067", "\u2069", "\u200f"
# Have a VTE terminal tell each line's direction by its first letter, and have it as it was again.
DIRECTION_BY_LINE, DIRECTION_AS_BEFORE = "\x1b[?2501s\x1b[?2501h", "\x1b[?2501r"
_LATIN, _JOINING = "A-Za-z\u00c0-\u024f", ".:/@+\\-'’&_%?=#~,"
_LATIN_WORD = rf"[{_LATIN}0-9]+(?:[{_JOINING}]+[{_LATIN}0-9]+)*(?:(?<=\.[{_LATIN}])\.|/(?!\S))?"
# A Latin run inside Arabic: words of Latin letters and figures with joining punctuation inside them (F-16, U.S., seeds/), or citations' numbers.
_LATIN_RUN = re.compile(
    rf"(?:\[\d+\])+|(?<![{_LATIN}0-9])(?=[0-9{_JOINING}]{{0,40}}[{_LATIN}]){_LATIN_WORD}(?: (?=[{_LATIN}]){_LATIN_WORD})*"
)
_ARABIC_RUN = re.compile(
    rf"[«“\"(]?{ARABIC_LETTER.pattern}(?:[^A-Za-z\u00c0-\u024f\n\[\]]*(?:{ARABIC_LETTER.pattern}|[\u064b-\u065f»”\")؟]))?[.!…]?"
)
_NUMBER = re.compile(rf"{_LRI}?\[\d+\]")
_CLOSED_BY = {")": "(", "»": "«", "”": "“"}
# What moves a terminal's cursor, or anything else in it; articles come from anywhere.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_BUT_TAB = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
# Embeddings, overrides and isolates, each with what ends it.
_ENDED_BY = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", _PDI)
_STEERING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def detect(environment: Mapping[str, str], *, is_terminal: bool) -> Mode:
    """What the display can do, by the variables that terminals announce themselves with."""
    if not is_terminal:
        return "off"  # a file or another program wants the text as it is
    if environment.get("TMUX") or environment.get("TERM", "").startswith(("tmux", "screen", "linux")):
        return "reorder"
    announced = environment.get("TERM_PROGRAM", "")
    orders_itself = (
        environment.get("VTE_VERSION")
        or environment.get("KONSOLE_VERSION")
        or announced in {"Apple_Terminal", "iTerm.app"}
        or environment.get("TERM", "").startswith("mlterm")
    )
    return "terminal" if orders_itself else "reorder"


def isolate(line: str, language: Language | None = None) -> str:
    """`line` with runs of the other direction isolated, so that neighbours cannot move them.

    Args:
        line: of text.
        language: whose direction it has; None for that of most of its letters.

    >>> isolate("قالت CNN [1]").encode("unicode_escape").decode().count("2066")
    2
    """
    line = _clean(line)
    mark = _LRI if _is_arabic(line, language) else _RLI
    isolated, at = "", 0
    for start, end in foreign_runs(line, language):
        isolated += f"{line[at:start]}{mark}{line[start:end]}{_PDI}"
        at = end
    return isolated + line[at:]


def foreign_runs(line: str, language: Language | None = None) -> list[tuple[int, int]]:
    """Where in `line` the runs of the other direction stand: what `isolate` isolates, for displays that mark text up themselves.

    >>> foreign_runs("قالت CNN [1]")
    [(5, 8), (9, 12)]
    """
    if _is_arabic(line, language):
        return [run.span() for run in _LATIN_RUN.finditer(line)]
    return [_within_brackets(line, *run.span()) for run in _ARABIC_RUN.finditer(line)]


def _is_arabic(line: str, language: Language | None) -> bool:
    return (language or script(line)) == "ar"


def _within_brackets(line: str, start: int, end: int) -> tuple[int, int]:
    """A run without a bracket at its edge whose other half is outside: that one belongs to the line, and is turned as it is."""
    opened: list[str] = []
    for i in range(start, end):
        if line[i] in _CLOSED_BY.values():
            opened.append(line[i])
        elif line[i] in _CLOSED_BY:
            if _CLOSED_BY[line[i]] in opened:
                opened.remove(_CLOSED_BY[line[i]])
            elif not ARABIC_LETTER.search(line, i, end):
                end = i
                break
    return start + (line[start] in opened), end


def lay_out(text: str, mode: Mode, width: int, indent: str = "", language: Language | None = None) -> list[str]:
    """`text` as lines for a display `width` columns wide, each line of it indented.

    For "off" lines are as they come, for "terminal" wrapped and isolated, for "reorder" wrapped, shaped, and in visual order,
    Arabic paragraphs flush right. Lines have the direction of `language`; where that is None, of most of their letters.
    """
    lines = []
    room = max(1, width - len(indent))
    for line in text.split("\n"):
        arabic = _is_arabic(line, language)
        if mode == "off":
            lines.append(indent + line)
        elif mode == "terminal":
            lines.extend(indent + _directed(part, arabic) for part in _wrap(isolate(line, language), room))
        else:
            lines.extend(_visual(_clean(line), room, indent, "ar" if arabic else "en"))
    return lines


def _directed(line: str, arabic: bool) -> str:
    """An Arabic line as a right-to-left isolate, for terminals whose lines all run left to right; the mark is for those that look."""
    return f"{_RLM}{_RLI}{line}{_PDI}" if arabic else line


def contained(line: str) -> str:
    """`line` as any terminal can be given it, also one that lines are not laid out for.

    Control characters but the tab become spaces; embeddings, overrides and isolates that are not ended in the line are left out, and ends of none.
    """
    line = _CONTROL_BUT_TAB.sub(" ", line)
    if not _STEERING.search(line):
        return line
    opened: list[int] = []
    unpaired: set[int] = set()
    for i, character in enumerate(line):
        if character in _ENDED_BY:
            opened.append(i)
        elif opened and character == _ENDED_BY[line[opened[-1]]]:
            opened.pop()
        elif _STEERING.match(character):
            unpaired.add(i)
    unpaired.update(opened)
    return "".join(character for i, character in enumerate(line) if i not in unpaired)


def _clean(line: str) -> str:
    return _CONTROL.sub(" ", INVISIBLE.sub("", line))


def _visual(line: str, width: int, indent: str, language: Language) -> list[str]:
    from arabic_reshaper import reshape
    from bidi import get_display

    arabic = language == "ar"
    if not arabic and not ARABIC_LETTER.search(line):
        return [indent + part for part in _wrap(line, width)]
    shaped = _wrap(reshape(isolate(line, language)), width)
    base = "R" if arabic else "L"
    shown = [INVISIBLE.sub("", get_display(_mirrored(part, arabic), base_dir=base)) for part in shaped]
    if not arabic:
        return [indent + part for part in shown]
    return [" " * max(0, width - cell_len(part)) + part + indent for part in shown]


def _mirrored(line: str, arabic: bool) -> str:
    """`line` with its brackets turned where it runs right to left: reordering moves characters and leaves their looks."""
    from bidi.mirror import MIRRORED

    leftwards, turned = arabic, ""
    for character in line:
        if character in (_LRI, _RLI, _PDI):
            leftwards = arabic if character == _PDI else character == _RLI
        turned += MIRRORED.get(character, character) if leftwards else character
    return turned


def _wrap(line: str, width: int) -> list[str]:
    """`line` broken at spaces to at most `width` columns; an isolate that is open at a break is closed and opened again."""
    first, *words = _words(line, width)
    *lines, current = _pieces(first, width)
    for word in words:
        if _columns(f"{current} {word}") <= width:
            current = f"{current} {word}"
            continue
        if current.strip():
            lines.append(current)
        *full, current = _pieces(word, width)
        lines += full
    return _balanced([*lines, current])


def _words(line: str, width: int) -> list[str]:
    """What is between spaces; the number of a citation goes with the word before it."""
    words: list[str] = []
    for word in line.split(" "):
        if words and _NUMBER.match(word) and _columns(f"{words[-1]} {word}") <= width:
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def _pieces(word: str, width: int) -> Iterator[str]:
    """A word cut to pieces of at most `width` columns; nearly always it is whole."""
    piece = ""
    for character in word:
        if _columns(piece + character) > width and _columns(piece):
            yield piece
            piece = ""
        piece += character
    yield piece


def _balanced(lines: list[str]) -> list[str]:
    opened = ""
    result = []
    for line in lines:
        line = opened + line
        depth = [c for c in line if c in (_LRI, _RLI, _PDI)]
        opened = depth[-1] if depth and depth[-1] != _PDI else ""
        result.append(line + (_PDI if opened else ""))
    return result


def _columns(text: str) -> int:
    return int(cell_len(INVISIBLE.sub("", text)))
