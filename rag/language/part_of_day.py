"""Times of day in Arabic and English: on the clock, in figures or words, and by the part of the day.

Understood: "2:45 عصرا", "الساعة الثانية وخمسين دقيقة صباحا", "السابعة والنصف مساء", "فجر الجمعة", "10 pm", "half past six", "on Tuesday
evening". A time knows the parts of the day that it may be said with, so that times of both languages and of different precision can be compared.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from rag.language.analyzer import clock
from rag.language.characters import is_arabic
from rag.language.dates import weekday_term
from rag.language.words import Word, words

Part = Literal["dawn", "morning", "noon", "afternoon", "evening", "night", "midnight"]
Parts = frozenset[Part]


def _parts(*parts: Part) -> Parts:
    return frozenset(parts)


_MORNING, _EVENING, _NIGHT = _parts("morning"), _parts("evening", "night"), _parts("evening", "night", "midnight")
_AM, _PM = _parts("dawn", "morning", "night", "midnight"), _parts("noon", "afternoon", "evening", "night")
_EARLY = _parts("dawn", "morning")
# Folded phrases, those of more words first where one begins another. What is said of one part is true of each in its set.
_PHRASES: tuple[tuple[str, Parts], ...] = (
    ("(?:ال)?صباح الباكر|باكر صباح|ساعات (?:ال)?(?:فجر|صباح) الاولي|(?:the )?early (?:hours|morning)|small hours", _EARLY),
    ("قبل (?:ال)?ظهر(?: اليوم)?|forenoon|late morning|before (?:noon|midday)", _MORNING),
    ("بعد (?:ال)?ظهر|بعيد (?:ال)?ظهر|(?:early |late )?afternoon", _parts("afternoon")),
    ("منتصف (?:ال)?ليل|midnight", _parts("midnight", "night")),
    ("منتصف النهار|(?:ال)?ظهيره|ظهرا|الظهر|noon|midday", _parts("noon")),
    ("فجرا|(?:ال)?فجر|شروق الشمس|dawn|daybreak|sunrise", _parts("dawn")),
    ("صباحا|(?:ال)?صباح|ضحي|morning|am|a m", _MORNING),
    ("عصرا|العصر", _parts("afternoon")),
    ("(?:ال)?مساء|غروب الشمس|evening|sunset|dusk", _EVENING),
    ("ليلا|(?:ال)?ليله?|overnight|tonight|night", _NIGHT),
    ("pm|p m", _PM),
)  # fmt: skip
_ON_CLOCK = (("am", _AM), ("a m", _AM), ("pm", _PM), ("p m", _PM))
_PART = tuple((re.compile(rf"(?:{phrase})(?!\S)"), parts) for phrase, parts in _PHRASES)
# Parts of the day that are everyday words too (ظهر: appeared; عصر: an era): only before a day, or after an hour.
_EVERYDAY = {"ظهر": _parts("noon"), "عصر": _parts("afternoon")}
_DAYS = frozenset("امس اليوم غد يوم ذلك نفس اول".split())
_LONGEST = 4  # words of a phrase
_BETWEEN = frozenset("في من على عند يوم of on in the at that بعد".split())

_HOURS = {
    name: hour
    for hour, names in enumerate(
        ("واحده", "ثانيه", "ثالثه", "رابعه", "خامسه", "سادسه", "سابعه", "ثامنه", "تاسعه", "عاشره"), 1
    )
    for name in names.split()
}
_ORDINALS = frozenset("اول ثاني ثالث رابع خامس سادس سابع ثامن تاسع عاشر حادي عشرين ثلاثين".split())
_TEENS = {"حاديه": 11, "ثانيه": 12}
_ENGLISH_HOURS = {
    word: hour for hour, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_MINUTES = {
    "النصف": 30, "نصف": 30, "الربع": 15, "ربع": 15, "الثلث": 20, "ثلث": 20, "خمس": 5, "عشر": 10, "عشره": 10, "عشرين": 20, "عشرون": 20,
    "ثلاثين": 30, "ثلاثون": 30, "اربعين": 40, "اربعون": 40, "خمسين": 50, "خمسون": 50, "دقيقتين": 2, "ثلاث": 3, "اربع": 4, "ست": 6,
    "سبع": 7, "ثماني": 8, "ثمان": 8, "تسع": 9,
}  # fmt: skip
_FRACTIONS = frozenset("النصف نصف الربع ربع ربعا الثلث ثلث ثلثا".split())
_OF_MINUTES = frozenset("دقيقه دقايق".split())
_HOUR_WORDS = frozenset("الساعه للساعه بالساعه والساعه".split())


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time of day.

    Attributes:
        start: offset of its first word.
        end: the offset after its last one.
        minutes: since midnight, where the clock is given; up to twelve hours early where nothing tells which half of the day.
        parts: of the day, any of which may be meant; of a time on the clock, those that name it.
        told: whether the part of the day is said, or follows from a clock of 24 hours.
        weekday: the canonical term of the day beside it (`rag.language.dates.weekday_term`).
        by_half: whether only am or pm is said, or nothing on a clock of 24 hours.
    """

    start: int
    end: int
    minutes: int | None
    parts: Parts
    told: bool = True
    weekday: str | None = None
    by_half: bool = False

    def is_told_by(self, other: "TimeOfDay") -> bool:
        """Whether another time says this one, as precisely or more so.

        >>> pm, *others = (times_of_day(text)[0] for text in ("2:45 pm", "2:45 عصرا", "2:45 فجرا", "عصر السبت"))
        >>> [pm.is_told_by(other) for other in others]
        [True, False, False]
        """
        if self.weekday and other.weekday and self.weekday != other.weekday:
            return False
        if self.minutes is not None:
            half = 720 if not (self.told and other.told) else 1440
            if other.minutes is None or (self.minutes - other.minutes) % half:
                return False
            if self.by_half or other.by_half:  # am and pm tell no more than the half of the day
                return True
        return bool(self.parts & other.parts) or not (self.told and other.told)


@lru_cache(maxsize=5_000)
def times_of_day(text: str) -> tuple[TimeOfDay, ...]:
    """The times of day of a text, in order."""
    found = words(text)
    times: list[TimeOfDay] = []
    i = 0
    while i < len(found):
        read = _on_clock(found, i) or _by_part(found, i)
        if read:
            time, i = read
            times.append(time)
        else:
            i += 1
    return tuple(replace(time, weekday=_weekday(found, time)) for time in times)


def _on_clock(found: Sequence[Word], i: int) -> tuple[TimeOfDay, int] | None:
    """An hour at `i`, with its minutes and its part of the day, and the index after them."""
    introduced = _at(found, i) in _HOUR_WORDS
    first = i + introduced
    if _at(found, first) == "ال" and introduced:
        first += 1
    minutes, last, exact = _clock_figure(found, first) or _arabic_hour(found, first) or _english_hour(found, first)
    if minutes is None:
        return None
    part, after = _part_after(found, last)
    if part is None and not (introduced or exact):
        return None
    told = part is not None or minutes >= 13 * 60 or _is_24_hours(found, first)
    if part and minutes < 13 * 60:
        minutes = minutes % 720 + 720 * _is_past_noon(minutes % 720, part)
    named = _named(minutes, told)
    parts = _narrowed(part, named) if part else named
    by_half = part is None or part in (_AM, _PM)
    return TimeOfDay(found[i].start, found[after - 1].end, minutes, parts, told, by_half=by_half), after


def _is_past_noon(minutes: int, part: Parts) -> bool:
    """Which half of the day a part of it says: of the night, the hours from five on are before midnight."""
    if part <= _NIGHT and "midnight" in part:
        return minutes >= 5 * 60
    return part.isdisjoint(_EARLY)


def _narrowed(part: Parts, named: Parts) -> Parts:
    """Of am and pm, the parts of the day that the hour is in."""
    return part & named or part if part in (_AM, _PM) else part


def _clock_figure(found: Sequence[Word], i: int) -> tuple[int | None, int, bool] | None:
    """2:45, 14:45, 10.30 pm, 10 صباحا: minutes, the index after, and whether nothing else is needed to know it for a time."""
    text = _at(found, i)
    match = re.fullmatch(r"(\d{1,2}):(\d{2})", text)
    if match and clock(found, i):
        return int(match[1]) % 24 * 60 + int(match[2]), i + 1, True
    match = re.fullmatch(r"(\d{1,2})(?:\.([0-5]\d))?", text)
    if match and int(match[1]) < 25:
        return int(match[1]) % 24 * 60 + int(match[2] or 0), i + 1, _at(found, i + 1) == "o'clock"
    return None


def _arabic_hour(found: Sequence[Word], i: int) -> tuple[int | None, int, bool] | None:
    """الثانية وخمسين دقيقة, الثالثة إلا ربعا, الحادية عشرة والنصف."""
    word = _at(found, i)
    bare = re.sub(r"^(?:[وف]?(?:ال|بال|لل))", "", word)
    if bare == word:
        return None
    if _at(found, i + 1) in {"عشره", "عشر"} and bare in _TEENS:
        hour, i = _TEENS[bare], i + 2
    elif bare in _HOURS:
        hour, i = _HOURS[bare], i + 1
    else:
        return None
    minutes, after = _arabic_minutes(found, i)
    return hour % 12 * 60 + (720 if hour == 12 else 0) + minutes, after, after > i


def _arabic_minutes(found: Sequence[Word], i: int) -> tuple[int, int]:
    word = _at(found, i)
    if word == "الا" and _at(found, i + 1).rstrip("ا") in {"ربع", "الربع", "ثلث", "الثلث", "خمس"}:
        return -_MINUTES[_at(found, i + 1).rstrip("ا")], i + 2
    if word == "و" and _at(found, i + 1).isdecimal() and _at(found, i + 2) in _OF_MINUTES:
        return int(_at(found, i + 1)), i + 3
    if word[:1] != "و" or word[1:] not in _MINUTES:
        return 0, i
    minutes, j = _MINUTES[word[1:]], i + 1
    if word[1:] in _FRACTIONS or word[1:] == "دقيقتين":
        return minutes, j
    if _at(found, j) in {"عشره", "عشر"} and minutes < 10:
        minutes, j = minutes + 10, j + 1
    elif _at(found, j)[:1] == "و" and _MINUTES.get(_at(found, j)[1:], 0) >= 20 and minutes < 10:
        minutes, j = minutes + _MINUTES[_at(found, j)[1:]], j + 1
    return (minutes, j + 1) if _at(found, j) in _OF_MINUTES else (0, i)


def _english_hour(found: Sequence[Word], i: int) -> tuple[int | None, int, bool]:
    """Half past six, six o'clock, six in the morning."""
    if _at(found, i) in {"half", "quarter"} and _at(found, i + 1) in {"past", "to"}:
        hour = _ENGLISH_HOURS.get(_at(found, i + 2)) or (
            int(_at(found, i + 2)) if _at(found, i + 2).isdecimal() else None
        )
        if hour:
            beyond = 30 if _at(found, i) == "half" else 15 if _at(found, i + 1) == "past" else -15
            return hour * 60 + beyond, i + 3, True
    hour = _ENGLISH_HOURS.get(_at(found, i))
    if hour and _at(found, i + 1) == "o'clock":
        return hour * 60, i + 2, True
    return (hour * 60, i + 1, False) if hour else (None, i, False)


def _part_after(found: Sequence[Word], i: int) -> tuple[Parts | None, int]:
    """The part of the day that follows an hour, and the index after it."""
    for j in range(i, i + 4):
        for phrase, parts in _ON_CLOCK:
            length = len(phrase.split())
            if " ".join(_at(found, k) for k in range(j, j + length)) == phrase:
                return parts, j + length
        everyday = _EVERYDAY.get(_at(found, j))
        if everyday:
            return everyday, j + 1
        part = _phrase(found, j)
        if part:
            return part
        if _at(found, j) not in _BETWEEN:
            break
    return None, i


def _by_part(found: Sequence[Word], i: int) -> tuple[TimeOfDay, int] | None:
    """A part of the day at `i` without an hour."""
    everyday = _EVERYDAY.get(_at(found, i).removeprefix("و"))
    if everyday and _is_day(_at(found, i + 1)):
        return TimeOfDay(found[i].start, found[i].end, None, everyday), i + 1
    read = _phrase(found, i)
    if not read or (found[i].folded in {"am", "a", "pm", "p"}):
        return None
    parts, after = read
    return TimeOfDay(found[i].start, found[after - 1].end, None, parts), after


def _is_day(word: str) -> bool:
    """Whether a word begins a day: a weekday, tomorrow, السابع من أغسطس."""
    dated = word.isdecimal() or (word.startswith("ال") and word.removeprefix("ال") in _ORDINALS)
    return word in _DAYS or dated or weekday_term(word) is not None


def _phrase(found: Sequence[Word], i: int) -> tuple[Parts, int] | None:
    """The phrase for a part of the day at `i`, also after a joined particle, and the index after it."""
    text = " ".join(word.folded for word in found[i : i + _LONGEST])
    forms = [text, text[1:]] if is_arabic(text) and text[:1] in "وبل" else [text]
    for form in forms:
        for pattern, parts in _PART:
            match = pattern.match(form)
            if match:
                return parts, i + len(match[0].split())
    return None


def _named(minutes: int, told: bool) -> Parts:
    """The parts of the day that a time on the clock may be said with; of both halves of the day where nothing tells which."""
    hours = [minutes / 60] if told else [minutes / 60 % 12, minutes / 60 % 12 + 12]
    return frozenset(part for hour in hours for part in _of_hour(hour))


def _of_hour(hour: float) -> Iterator[Part]:
    if hour < 1:
        yield "midnight"
    if hour < 6 or hour >= 18:
        yield "night"
    if 2 <= hour < 7:
        yield "dawn"
    if 3 <= hour < 12:
        yield "morning"
    if 11.5 <= hour < 15:
        yield "noon"
    if 12 <= hour < 19:
        yield "afternoon"
    if hour >= 16:
        yield "evening"


def _is_24_hours(found: Sequence[Word], i: int) -> bool:
    """Whether an hour is written with a leading zero (03:42), as on a clock of 24 hours."""
    return bool(re.match(r"0\d:", _at(found, i)))


def _weekday(found: Sequence[Word], time: TimeOfDay) -> str | None:
    """The day of the week right beside a time: فجر الجمعة, on Tuesday evening, السبت مساء."""
    after = [word for word in found if word.start >= time.end][:2]
    before = [word for word in found if word.end <= time.start][-2:]
    near = [*after[:1], *before[-1:]]
    near += [after[1]] if len(after) > 1 and after[0].folded in {"يوم", "on"} else []
    near += [before[0]] if len(before) > 1 and before[1].folded in {"في", "the", "in"} else []
    return next((day for word in near if (day := weekday_term(word.folded))), None)


def _at(found: Sequence[Word], i: int) -> str:
    return found[i].folded if 0 <= i < len(found) else ""
