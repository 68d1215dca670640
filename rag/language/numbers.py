"""Numbers in digits of three scripts and in words of both languages, as values.

Arabic words are compared folded: مئة and مائة arrive as ميه and مايه.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.language.vocabulary import vocabulary
from rag.language.words import Word

_FIGURE = re.compile(r"^\d+(?:[.,٫٬]\d+)*$")

_ARABIC_UNITS = {
    "واحد": 1, "واحده": 1, "اثنان": 2, "اثنين": 2, "اثنتان": 2, "اثنتين": 2, "اثنا": 2, "اثني": 2, "اثنتا": 2, "اثنتي": 2,
    "ثلاث": 3, "ثلاثه": 3, "اربع": 4, "اربعه": 4, "خمس": 5, "خمسه": 5, "ست": 6, "سته": 6, "سبع": 7, "سبعه": 7,
    "ثمان": 8, "ثماني": 8, "ثمانيه": 8, "تسع": 9, "تسعه": 9, "عشر": 10, "عشره": 10, "احدي": 1, "احد": 1,
}  # fmt: skip
_TEEN_ONLY = {"احد", "احدي", "اثنا", "اثني", "اثنتا", "اثنتي"}  # numbers only before عشر: أحد عشر, never أحد alone
_ARABIC_TENS = {
    "عشرون": 20, "عشرين": 20, "ثلاثون": 30, "ثلاثين": 30, "اربعون": 40, "اربعين": 40, "خمسون": 50, "خمسين": 50,
    "ستون": 60, "ستين": 60, "سبعون": 70, "سبعين": 70, "ثمانون": 80, "ثمانين": 80, "تسعون": 90, "تسعين": 90,
}  # fmt: skip
_HUNDRED = ("ميه", "مايه")
_ARABIC_HUNDREDS = {
    "ميه": 100, "مايه": 100, "ميتان": 200, "ميتين": 200, "مايتان": 200, "مايتين": 200, "ميتا": 200, "ميتي": 200,
    "مايتا": 200, "مايتي": 200,
} | {
    unit + hundred: value * 100
    for unit, value in _ARABIC_UNITS.items()
    if 3 <= value <= 9 and not unit.endswith("ه")
    for hundred in _HUNDRED
}  # fmt: skip
_ARABIC_SCALES = {
    "الف": 1000, "الفا": 1000, "الاف": 1000, "مليون": 10**6, "مليونا": 10**6, "ملايين": 10**6,
    "مليار": 10**9, "مليارا": 10**9, "مليارات": 10**9, "بليون": 10**9, "تريليون": 10**12, "تريليونات": 10**12,
}  # fmt: skip
_ARABIC_DUAL_SCALES = {
    "الفان": 2000, "الفين": 2000, "الفي": 2000, "مليونان": 2 * 10**6, "مليونين": 2 * 10**6, "مليوني": 2 * 10**6,
    "ملياران": 2 * 10**9, "مليارين": 2 * 10**9, "ملياري": 2 * 10**9,
}  # fmt: skip
_ARABIC_WORDS = frozenset((*_ARABIC_UNITS, *_ARABIC_TENS, *_ARABIC_HUNDREDS, *_ARABIC_SCALES, *_ARABIC_DUAL_SCALES))
_ARABIC_PARTS = {"نصف": 0.5, "ربع": 0.25}
_PLURAL_SCALES = {"الاف", "ملايين", "مليارات", "تريليونات"}  # alone they count nothing: "thousands of people"

_ENGLISH_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_ENGLISH_TENS = {
    word: 20 + 10 * i for i, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())
}
_ENGLISH_SCALES = {"thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_ENGLISH_PARTS = {"half": 0.5, "quarter": 0.25}


@dataclass(frozen=True, slots=True)
class Number:
    """A value and the words that say it: `words[first:last]`."""

    value: float
    first: int
    last: int

    @property
    def term(self) -> str:
        """The canonical term, the same for 2500, "2,500", "٢٥٠٠" and "ألفين وخمسمئة"."""
        return f"#{self.value:.12g}"


def figure(folded: str) -> float | None:
    """The value of a figure; None when it is none (a date, a time).

    A comma before three digits groups them, a single dot is decimal, and of two kinds of mark the last is decimal.

    >>> figure("2,500"), figure("2.5"), figure("3.500.000"), figure("2:45")
    (2500.0, 2.5, 3500000.0, None)
    """
    if not _FIGURE.match(folded):
        return None
    parts = re.split(r"[.,٫٬]", folded)
    marks = re.findall(r"[.,٫٬]", folded)
    decimal = bool(marks) and (len(parts[-1]) != 3 or marks == ["."] or marks[-1] == "٫" or len(set(marks)) > 1)
    groups = parts[1:-1] if decimal else parts[1:]
    if any(len(group) != 3 for group in groups) or (decimal and marks.count(marks[-1]) > 1):
        return None
    return float("".join(parts[:-1]) + "." + parts[-1] if decimal else "".join(parts))


def numbers(found: Sequence[Word]) -> list[Number]:
    """The numbers among a text's words, left to right, each as long as it goes."""
    result = []
    i = 0
    while i < len(found):
        number = _number_at(found, i)
        if number:
            number = _with_rest(found, number)
            result.append(number)
        i = number.last if number else i + 1
    return result


def _with_rest(found: Sequence[Word], number: Number) -> Number:
    """The number with what is less than its last scale word: ألف و500, 3 ملايين و200 ألف, مليون ونصف المليون."""
    scale_word, following = found[number.last - 1].folded, _folded(found, number.last)
    scale = _ARABIC_SCALES.get(scale_word) or _ARABIC_DUAL_SCALES.get(scale_word, 0) / 2
    if scale and following[:1] == "و" and following[1:] in _ARABIC_PARTS:
        value, last = _ARABIC_PARTS[following[1:]] * scale, number.last + 1
        again = _single_scale(_folded(found, last)) == scale
        return Number(number.value + value, number.first, last + again)
    figures = found[number.last : number.last + 2]
    if scale and following == "و" and len(figures) == 2 and figures[1].is_figure and figures[0].end == figures[1].start:
        rest = _scaled_figure(found, number.last + 1)
        if rest and rest.value < scale:
            return _with_rest(found, Number(number.value + rest.value, number.first, rest.last))
    return number


def _single_scale(word: str) -> float | None:
    word = word if word in _ARABIC_SCALES else word.removeprefix("ال")
    return None if word in _PLURAL_SCALES else _ARABIC_SCALES.get(word)


def _folded(found: Sequence[Word], i: int) -> str:
    return found[i].folded if i < len(found) else ""


class _Sum:
    """The value of a number as its words are read: `group` is below the next scale word, `total` above it."""

    def __init__(self) -> None:
        self.total = 0.0
        self.group = 0.0
        self.last_scale = 10.0**15

    @property
    def value(self) -> float:
        return self.total + self.group

    def add(self, value: float) -> bool:
        """Add a unit, ten or hundred; False where it cannot belong to this number."""
        rest = self.group % 100
        fits = not self.group or (value < 100 and rest == 0) or (rest < 10 and 20 <= value < 100)
        if not fits or (self.total and self.group + value >= self.last_scale):
            return False
        self.group += value
        return True

    def scale(self, value: float, times: float = 1) -> bool:
        """Multiply by a thousand, million…; False where a smaller scale has been said already."""
        if value >= self.last_scale:
            return False
        self.total += (self.group or times) * value
        self.group, self.last_scale = 0.0, value
        return True


def _number_at(found: Sequence[Word], first: int) -> Number | None:
    word = found[first].folded
    if found[first].is_figure:
        return _scaled_figure(found, first)
    reader = _arabic_number if "\u0600" <= word[0] <= "\u06ff" else _english_number
    return reader(found, first)


def _scaled_figure(found: Sequence[Word], first: int) -> Number | None:
    value = figure(found[first].folded)
    if value is None:
        return None
    if first + 1 < len(found):
        scale = {**_ARABIC_SCALES, **_ENGLISH_SCALES}.get(found[first + 1].folded)
        if scale:
            return Number(value * scale, first, first + 2)
    return Number(value, first, first + 1)


def _arabic_number(found: Sequence[Word], first: int) -> Number | None:
    amount = _Sum()
    part = _ARABIC_PARTS.get(_without_particle(found[first].folded.removeprefix("و")))
    scale = _single_scale(_folded(found, first + 1))
    if part and scale:  # نصف مليون
        return Number(part * scale, first, first + 2)
    i = first
    scaled = first  # where the last scale word ended
    while i < len(found):
        word, joined = found[i].folded, i == first
        ten = _folded(found, i + 1) in {"عشر", "عشره"}
        if word.startswith("و") and (ten or word not in _ARABIC_UNITS):  # واحد alone, but وأحد عشر
            word, joined = word[1:], True
        if i == first:
            word = _without_particle(word)
        teen = ten and _ARABIC_UNITS.get(word, 10) < 10
        if not _read_arabic(amount, word, joined, teen):
            if word in _ARABIC_SCALES and scaled > first:  # خمسة آلاف وثلاثة ملايين: the three are of another number
                return Number(amount.total, first, scaled)
            break
        i += 1
        if teen:
            amount.group += 10
            i += 1
        elif not amount.group:
            scaled = i
    return Number(amount.value, first, i) if i > first else None


def _without_particle(word: str) -> str:
    """The word of a number without a joined ب or ل (بثلاثة like ثلاثة)."""
    if word in _ARABIC_WORDS or word in vocabulary():
        return word
    bare = word[1:] if word.startswith(("ب", "ل")) else ""
    return bare if len(bare) > 2 and (bare in _ARABIC_WORDS or bare in _ARABIC_PARTS) else word


def _read_arabic(amount: _Sum, word: str, joined: bool, teen: bool) -> bool:
    """Take one word into the number; False where the number ends before it."""
    if word in _ARABIC_SCALES:
        fits = not joined if amount.group else word not in _PLURAL_SCALES
        return fits and amount.scale(_ARABIC_SCALES[word])
    if word in _HUNDRED and 3 <= amount.group <= 9:
        amount.group *= 100
        return True
    if not joined or (word in _TEEN_ONLY and not teen):
        return False
    if word in _ARABIC_DUAL_SCALES and not amount.group:
        return amount.scale(_ARABIC_DUAL_SCALES[word] / 2, times=2)
    value = _ARABIC_UNITS.get(word) or _ARABIC_TENS.get(word) or _ARABIC_HUNDREDS.get(word)
    return value is not None and amount.add(value)


def _english_number(found: Sequence[Word], first: int) -> Number | None:
    amount = _Sum()
    i = first
    if found[i].folded == "a" and i + 1 < len(found) and found[i + 1].folded in {*_ENGLISH_SCALES, "hundred"}:
        i += 1
    elif found[i].folded in _ENGLISH_PARTS:
        return _english_part(found, first)
    start = i
    scaled = first  # where the last scale word ended
    while i < len(found) and _read_english(amount, found, i, begun=i > start or start > first):
        i += 1
        if found[i - 1].folded in _ENGLISH_SCALES:
            scaled = i
    if scaled > first and _folded(found, i) in _ENGLISH_SCALES:  # five thousand and three million: two numbers
        return Number(amount.total, first, scaled)
    return Number(amount.value, first, i) if i > start else None


def _english_part(found: Sequence[Word], first: int) -> Number | None:
    """Half a million, a quarter of a million."""
    i = first + 1
    while _folded(found, i) in {"a", "of"}:
        i += 1
    scale = _ENGLISH_SCALES.get(_folded(found, i))
    return Number(_ENGLISH_PARTS[found[first].folded] * scale, first, i + 1) if scale else None


def _read_english(amount: _Sum, found: Sequence[Word], i: int, *, begun: bool) -> bool:
    """Take the word at `i` into the number; "hundred" and "thousand" need something before them."""
    word = found[i].folded
    value = _ENGLISH_UNITS.get(word, _ENGLISH_TENS.get(word))
    if value is not None:
        tens = amount.group % 100
        if tens >= 20 and tens % 10 == 0 and 0 < value < 10:
            amount.group += value
            return True
        return (amount.group % 100 == 0) and amount.add(value)
    if word == "hundred" and begun and amount.group < 100:
        amount.group = (amount.group or 1) * 100
        return True
    if word in _ENGLISH_SCALES and begun:
        return amount.scale(_ENGLISH_SCALES[word])
    return word == "and" and begun and amount.group % 100 == 0 and _is_english(found, i + 1)


def _is_english(found: Sequence[Word], i: int) -> bool:
    return i < len(found) and (found[i].folded in _ENGLISH_UNITS or found[i].folded in _ENGLISH_TENS)
