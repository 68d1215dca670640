"""What on a page is article and what is furniture: section labels, related links, captions, buttons.

The stored text keeps everything; furniture is only never made into a passage nor quoted. The rules are general ones about lines:
known furniture phrases (`furniture.txt`), what follows a "related articles" line, a lone word before the article, a caption
that is repeated, menus of separators.
"""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources

from rag.language.sentences import fold_line, paragraphs, sentence_spans
from rag.language.words import count_words
from rag.model import Sentence

VERSION = 1  # raised whenever the same article would be laid out or cut another way

_ENDS_SENTENCE = re.compile(r"[.!?؟…۔:؛][\"'”’»)\]]*$")
_SEPARATORS = re.compile(r"[|»›•·>]|(?<!\d)/|/(?!\d)")  # the strokes of 5/7/2021 separate nothing
_QUOTED = re.compile(r"«([^«»]*)»")
_CREDIT = re.compile(
    r"^\s*©|^\W*(?:نشر في|نشرت في|آخر تحديث|تاريخ النشر|تم النشر|آخر تعديل|تصوير|صورة|الصورة|مصدر الصورة|كتب|كتبت|تحرير|حقوق النشر|"
    r"published|updated|last updated|photo|image|picture|by|copyright)\s*(?:[:：©]|-(?![a-z]))",
    re.IGNORECASE,
)
_LONGEST_HEADING = 16  # words
_LONGEST_CAPTION = 25  # words


@dataclass(frozen=True, slots=True)
class Layout:
    """The readable parts of an article.

    Attributes:
        sentences: every sentence and heading outside the furniture, in order.
        regions: stretches with no furniture inside, from which passages are cut.
    """

    sentences: tuple[Sentence, ...]
    regions: tuple[tuple[int, int], ...]


def read_layout(text: str, title: str = "") -> Layout:
    """Tell the article from its page.

    A text that the rules would leave with nothing (a file of one short line) is read whole.
    """
    lines = paragraphs(text)
    furniture = _furniture(text, lines, fold_line(title))
    kept = [line for line, is_furniture in zip(lines, furniture, strict=True) if not is_furniture]
    if not kept:
        kept, furniture = lines, [False] * len(lines)
    spans = sentence_spans(text)
    sentences = [one for line in kept for one in _sentences(text, line, spans, is_headline=line == kept[0])]
    if all(sentence.heading for sentence in sentences):
        sentences = [Sentence(s.start, s.end) for s in sentences]
    return Layout(tuple(sentences), tuple(_regions(lines, furniture)))


def _sentences(text: str, line: tuple[int, int], spans: list[tuple[int, int]], *, is_headline: bool) -> list[Sentence]:
    start, end = line
    if _is_heading(text[start:end], is_headline=is_headline):
        return [Sentence(start, end, heading=True)]
    first, last = bisect_left(spans, (start, start)), bisect_left(spans, (end, end))
    return [Sentence(a, b) for a, b in spans[first:last]]


def _is_heading(line: str, *, is_headline: bool) -> bool:
    """A short line that is no sentence; a headline may also ask or exclaim."""
    if count_words(line) > _LONGEST_HEADING:
        return False
    return not _ENDS_SENTENCE.search(line) or (is_headline and line.rstrip().endswith(("؟", "?", "!")))


def _regions(lines: list[tuple[int, int]], furniture: list[bool]) -> list[tuple[int, int]]:
    regions: list[tuple[int, int]] = []
    fresh = True
    for (start, end), is_furniture in zip(lines, furniture, strict=True):
        if is_furniture:
            fresh = True
        elif fresh:
            regions.append((start, end))
            fresh = False
        else:
            regions[-1] = (regions[-1][0], end)
    return regions


def _furniture(text: str, lines: list[tuple[int, int]], title: str) -> list[bool]:
    contents = [text[start:end] for start, end in lines]
    folded = [fold_line(line) for line in contents]
    repeated = {line for line, n in Counter(folded).items() if n > 1}
    body_begins = next((i for i, line in enumerate(contents) if _ENDS_SENTENCE.search(line)), len(lines))
    marks = []
    related = False  # after "related articles": headlines, until prose begins again
    for i, line in enumerate(contents):
        related = folded[i] in _phrases().related or (related and not _is_prose(line))
        label = i < body_begins and count_words(line) <= 1
        caption = (
            folded[i] in repeated
            and folded[i] != title
            and not _ENDS_SENTENCE.search(line)
            and count_words(line) <= _LONGEST_CAPTION
        )
        phrase = folded[i] in _phrases().whole_lines or bool(_CREDIT.match(line))
        marks.append(related or label or caption or phrase or _is_menu(line))
    return marks


def _is_prose(line: str) -> bool:
    return bool(_ENDS_SENTENCE.search(line)) and count_words(line) > _LONGEST_HEADING


def _is_menu(line: str) -> bool:
    """Short items between separators ("الرئيسية | أخبار | رياضة") that are no sentence, or a line that ends in one."""
    if line.rstrip().endswith("|"):
        return True
    line = _QUOTED.sub(r"\1", line)
    items = [item for item in _SEPARATORS.split(line) if item.strip()]
    separated = len(_SEPARATORS.findall(line))
    return separated >= 2 and bool(items) and max(map(count_words, items)) <= 4 and not _ENDS_SENTENCE.search(line)


@dataclass(frozen=True, slots=True)
class _Phrases:
    whole_lines: frozenset[str]
    related: frozenset[str]


@cache
def _phrases() -> _Phrases:
    """`furniture.txt`: a phrase a line; those under "[related]" open a list of other articles' headlines."""
    groups: dict[str, set[str]] = {"line": set(), "related": set()}
    group = "line"
    for line in resources.files("rag.articles").joinpath("furniture.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            group = line.strip("[]")
        elif line and not line.startswith("#"):
            groups[group].add(fold_line(line))
    return _Phrases(frozenset(groups["line"]), frozenset(groups["related"]))
