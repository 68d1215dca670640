"""The sentences of a model's reply and the markers they end with: `[1]`, `[2][3]`, `[1, 3-5]`, `[٢]`, `【1】`, `(passage 2)`, `[المقطع 1]`.

A marker after the full stop belongs to the sentence before it.
"""

import re
from collections.abc import Iterator

from rag.language.characters import fold
from rag.language.sentences import sentence_spans
from rag.language.words import count_words

_OPENING, _CLOSING = r"[\[［【⟦]", r"[\]］】⟧]"
_SOURCE = r"(?:passages?|sources?|(?:ال)?(?:مقطع|مقطعان|مقطعين|مقاطع|مصدر|مصدران|مصدرين|مصادر))"
_NAMED = rf"(?:{_SOURCE}|articles?|quotes?|ref(?:erence)?s?|no\.|(?:ال)?(?:مقال|مرجع)|رقم)"
# Repetitions are bounded, so that no text takes long.
_NUMBERS = r"\d{1,4}(?:\s{0,2}(?:[,،;؛&\-–]|and|و)\s{0,2}\d{1,4}){0,20}"
_MARKER = re.compile(
    rf"\s{{0,4}}(?:{_OPENING}{{1,3}}\s{{0,2}}\^?(?:{_NAMED}[\s:#]{{0,3}}){{0,3}}({_NUMBERS})\s{{0,2}}(?:†[^\]】]{{0,40}})?{_CLOSING}{{1,3}}"
    rf"|\(\s{{0,2}}{_SOURCE}\s{{0,2}}(?:no\.|رقم)?[\s:#]{{0,3}}({_NUMBERS})\s{{0,2}}\))",  # "(Article 5)" is a treaty's
    re.IGNORECASE,
)
_LEADING = re.compile(rf"^(?:{_MARKER.pattern})+\s*[.؟?!,،]?\s*", re.IGNORECASE)
_BEGUN = re.compile(r"\s*[(\[［【⟦][^)\]］】⟧]{0,30}$")  # what may become one
_CUT_OFF = re.compile(rf"\s{{0,4}}{_OPENING}{{1,3}}[\d\s,،;\-–]{{0,20}}$")
_BULLET = re.compile(r"\s*(?:(?:[-*•–·▪●]|\d{1,2}[.)\-]|[٠-٩]{1,2}[.)\-])\s+)*")
_LONGEST_RANGE = 20
# Whether a full stop ends a sentence can depend on so many words after it, and the last of them may still grow.
_DECIDING = 5


def unmarked(sentence: str) -> tuple[str, tuple[int, ...]]:
    """A sentence without its markers, and the numbers they have, each once.

    >>> unmarked("It fell [1][3-4].")
    ('It fell.', (1, 3, 4))
    """
    numbers = dict.fromkeys(n for marker in _MARKER.finditer(sentence) for n in _numbers(marker[1] or marker[2]))
    text = _CUT_OFF.sub("", _MARKER.sub("", sentence))
    return re.sub(r"\s+([.؟?!])", r"\1", text).strip(), tuple(numbers)


def disarmed(text: str) -> str:
    """A text to be shown to a model, what looks like a marker in it made to look like none: `[1]` becomes `(1)`."""
    return _MARKER.sub(lambda marker: f" ({marker[1] or marker[2]})", text)


def cited_sentences(text: str) -> list[str]:
    """The sentences of a whole reply, each on one line, with their markers.

    >>> cited_sentences("It fell. [1] He left [2].")
    ['It fell. [1]', 'He left [2].']
    """
    return [" ".join(text[start:end].split()) for start, end in _stretches(text)]


def settled(text: str) -> tuple[list[str], str]:
    """Of a reply that goes on, the sentences that no more text can change, and what is left."""
    stretches = _stretches(text)
    if stretches:
        last = text[slice(*stretches[-1])]
        undecided = count_words(last) < _DECIDING or _BEGUN.fullmatch(last)
        stretches = stretches[: -2 if undecided else -1]
    if not stretches:
        return [], text
    return [" ".join(text[start:end].split()) for start, end in stretches], text[stretches[-1][1] :]


def _stretches(text: str) -> list[tuple[int, int]]:
    """Where each sentence stands, its markers included."""
    found: list[tuple[int, int]] = []
    for line_start, line in _lines(text):
        for start, end in sentence_spans(line):
            leading = _LEADING.match(line[start:end])
            if leading and found:
                found[-1] = found[-1][0], line_start + start + leading.end()
                start += leading.end()
            if start < end:
                found.append((line_start + start, line_start + end))
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines without their bullets and numbers, and where they start."""
    position = 0
    for line in text.splitlines(keepends=True):
        bullet = _BULLET.match(line)
        skipped = bullet.end() if bullet else 0
        yield position + skipped, line[skipped:]
        position += len(line)


def _numbers(marker: str) -> Iterator[int]:
    """The numbers of "1", "1, 3", "1 و 3" and "1-3"."""
    for part in re.split(r"[,،;؛&]|and|و", fold(marker)):
        ends = [int(end) for end in re.findall(r"\d+", part)]
        yield from range(ends[0], min(ends[-1], ends[0] + _LONGEST_RANGE) + 1)
