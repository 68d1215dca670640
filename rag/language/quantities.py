"""Quantities of a text: every number with what it counts or measures, and how the text bounds it.

Arabic nouns are counted after the number (ثلاثة صواريخ), before it (الصواريخ الثلاثة, أسبوع واحد, عدد القتلى 12) or by their own form (صاروخين);
which words may be meant, and how a number is bounded, stands in `data/quantities.toml`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rag.language.characters import fold, is_arabic, script
from rag.language.counting import (
    JOINED,
    JOINED_ARTICLES,
    Bound,
    counting_cues,
    is_dual_noun,
    may_count,
    particle_of_dual,
    particle_of_number,
    unit_stem,
    without_article,
)
from rag.language.cues import cues
from rag.language.dates import YEAR_WORDS, dates
from rag.language.lexicon import lexicon
from rag.language.mentions import Sentence, Span
from rag.language.numbers import Number, figure, numbers
from rag.language.stopwords import STOPWORDS
from rag.language.units import Units
from rag.language.vocabulary import vocabulary
from rag.language.words import words

__all__ = ["Bound", "Quantity", "quantities"]

_TOUCHING = re.compile(r"[\s\"'“”«»‹›„]*")
# Between a number and its unit: nothing, or words for "of".
_LINK = re.compile(r"[\s\"'“”«»‹›„\-–]*(?:(?:من|of(?: (?:the|his|her|its|their|these|those|our))?)\s+[\"'“”«»]?)?")
_RANGE = re.compile(r"^(\d+(?:[.,٫]\d+)?)[-–](\d+(?:[.,٫]\d+)?)$")
_CURRENCY = re.compile(r"((?:US)?[$€£¥₪])\s?$")
_SIGN = re.compile(r"\s?([%٪$€£¥₪]|°\s?[CF]?)")
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_OTHERS = frozenset("اخرون اخرين اخريات اخر اخري others".split())
_MEASURES = frozenset(fold(unit) for unit in "% عام يوم ساعة كيلومتر متر دولار درجة".split())
_HOURS = frozenset(("الساعه", "للساعه", "بالساعه", "والساعه"))
_YEARS, _OLD_YEARS = range(1000, 2100), range(600, 2100)
_ONES = frozenset(("واحد", "واحده", "واحدا"))
_LONGEST_BOUND = 5  # words


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts or measures.

    Attributes:
        value: of the number; of a percentage the figure before the sign (12 per cent is 12), of a fraction the fraction.
        text: as written, from the words that bound it to the end of the unit as far as they touch: `source[start:end]`.
        start: offset of `text`, in code points.
        end: the offset after it.
        unit: the noun or measure as written with its adjectives; None when the text counts nothing by it.
        unit_stem: the same for all forms and spellings of a unit's head (كم and كيلومترا, جنود and جندي).
        unit_start: offset of the unit; it may stand apart from the number (عدد القتلى ارتفع إلى 12).
        unit_end: the offset after it.
        bound: how the text bounds the value.
    """

    value: float
    text: str
    start: int
    end: int
    unit: str | None = None
    unit_stem: str | None = None
    unit_start: int | None = None
    unit_end: int | None = None
    bound: Bound | None = None


@lru_cache(maxsize=20_000)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text in the order they stand in it; dates, times of day and ordinals are none.

    >>> [(q.value, q.unit, q.bound) for q in quantities("قتل 12 جنديا على الأقل وأسقطت طائرتان مسيرتان")]
    [(12.0, 'جنديا', 'at_least'), (2.0, 'طائرتان مسيرتان', None)]
    """
    reader = _Reader(Sentence(text, words(text)))
    counts = [*reader.counted(), *reader.ranges(), *reader.fractions(), *reader.duals()]
    counts = _with_whole(reader, _sharing(reader, sorted(counts, key=lambda count: count.start)))
    return tuple(_with_others([reader.quantity(count) for count in counts]))


@dataclass(frozen=True, slots=True)
class _Count:
    """A number being read: `words[first:last]` from offset `start` to `end`, and its unit as words and as offsets."""

    value: float
    first: int
    last: int
    start: int
    end: int
    unit: Span | None = None
    sign: Span | None = None  # offsets of a unit that is no word, or part of one
    bound: Bound | None = None


class _Reader:
    """The numbers of a sentence that count something."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.at = sentence.at
        self.units = Units(sentence)
        self.taken: set[int] = set()  # words of numbers and fractions

    # Numbers

    def counted(self) -> list[_Count]:
        """What is counted with a number."""
        if not any(map(may_count, self.sentence.folded)):
            return []
        dated = self._dated()
        not_counting = (self._is_time, self._is_ordinal, self._is_year, self._is_idle)
        counts = []
        for number in numbers([without_article(word) for word in self.sentence.found]):
            span = range(number.first, number.last)
            self.taken.update(span)
            if dated.isdisjoint(span) and not any(is_none(number) for is_none in not_counting):
                counts.append(self._counting(number))
        return counts

    def _dated(self) -> set[int]:
        """The words of dates; a bare figure that may be a year is one unless it counts the noun after it."""
        dated: set[int] = set()
        for given in dates(self.sentence.found):
            before = self.at(given.first - 1)
            sure = given.month or before in YEAR_WORDS or before in counting_cues().temporal
            if sure or not self.units.after(given.last):
                dated.update(range(given.first, given.last))
        return dated

    def _is_time(self, number: Number) -> bool:
        """10 صباحا, الساعة 10, السابعة وعشر دقائق, 10 pm."""
        if number.value <= 24 and self.at(number.last) in counting_cues().parts_of_day:
            return True
        i = number.first - 1
        while self.at(i) in counting_cues().before_hours:
            i -= 1
        if self.at(i) in _HOURS:
            return number.value <= 24
        return number.value < 60 and self.at(i - 1) in _HOURS and self.at(i).startswith("ال")

    def _is_ordinal(self, number: Number) -> bool:
        """5th, القرن الـ19, القرن العشرين, السابع والعشرين, الثالث عشر, 10 رمضان, 1445 هـ."""
        word, before, following = self.at(number.first), self.at(number.first - 1), self.at(number.last)
        if following in {"st", "nd", "rd", "th"} or word.startswith("وال") or before in counting_cues().ordinals:
            return True
        month = number.value <= 30 and following in counting_cues().months
        if month or (number.value in _OLD_YEARS and following == "ه"):
            return True
        if self.units.is_articled_figure(number.first):
            return self._designates(number.first - 2)
        tens = word.startswith("ال") and not word.startswith("الف") and number.value >= 20  # ألف has no article
        return tens and (self._designates(number.first - 1) or lexicon().is_countable(before.removeprefix("ال")))

    def _designates(self, i: int) -> bool:
        """Whether word `i` names its thing by the number after it."""
        word, designating = self.at(i), counting_cues().designating
        return word in designating or (word[:1] == "و" and word[1:] in designating)

    def _is_year(self, number: Number) -> bool:
        """A bare figure of four digits that counts nothing, after a word of time or in a span of years, or that says its era (1517م)."""
        i = number.first
        if number.value not in _YEARS or not self.at(i).isdecimal() or number.last > i + 1:
            return False
        if self.at(i + 1) in {"م", "ق"} and self.sentence.gap(i + 1) == "":
            return True
        if self.units.of(number) or self._sign(*self.sentence.span(i, i + 1)):
            return False
        bracketed = not {"(", "-", "–"}.isdisjoint(self.sentence.gap(i)) or self.sentence.text[
            self.sentence.found[i].end :
        ][:1] in {
            ")",
            "-",
            "–",
        }
        return bracketed or self.at(i - 1) in counting_cues().temporal | {"بين", "and", "between", "و", "الي", "to"}

    def _is_idle(self, number: Number) -> bool:
        """A word for one that counts nothing (كل واحد, no one), and اثنان after a dual."""
        word, before = self.at(number.first), self.at(number.first - 1)
        if number.value == 1 and word in _ONES:
            return before in counting_cues().before_idle_one
        if number.value == 1 and word == "one":
            return self.units.after(number.last, one=True) is None
        return number.value == 2 and word.startswith("اثن") and is_dual_noun(before)

    def _counting(self, number: Number) -> _Count:
        start, end = self.sentence.span(number.first, number.last)
        count = _Count(number.value, number.first, number.last, start + particle_of_number(self.at(number.first)), end)
        if sign := self._sign(start, end):
            scale = self._short_scale(number, sign)
            end = self.sentence.found[number.last].end if scale > 1 else end
            return replace(count, value=number.value * scale, end=end, sign=sign)
        if self._is_part_of_name(number):
            return count
        return self._with_part(replace(count, unit=self.units.of(number)))

    def _is_part_of_name(self, number: Number) -> bool:
        """المادة 140, كوفيد-19, F-16."""
        i, before = number.first, self.at(number.first - 1)
        if self._designates(i - 1) and self.sentence.touches(i):
            return True
        joined = before in JOINED or before == "ال"
        return self.sentence.found[i].is_figure and self.sentence.gap(i) in {"", "-", "–"} and not joined

    def _sign(self, start: int, end: int) -> Span | None:
        """Offsets of a sign of currency before a number, or of one, of a percentage or of degrees after it."""
        if before := _CURRENCY.search(self.sentence.text, max(0, start - 5), start):
            return before.span(1)
        after = _SIGN.match(self.sentence.text, end)
        return after.span(1) if after else None

    def _short_scale(self, number: Number, sign: Span) -> float:
        """$5m, €3bn."""
        before = sign[0] < self.sentence.found[number.first].start
        joined = before and self.sentence.gap(number.last) == ""
        return _SHORT_SCALES.get(self.at(number.last), 1.0) if joined else 1.0

    def _with_part(self, count: _Count) -> _Count:
        """A number and a half (أربع ساعات ونصف, three and a half hours), three quarters (ثلاثة أرباع السكان)."""
        parts, unit = counting_cues().parts, count.unit
        last = unit[1] if unit and unit[0] >= count.last else count.last
        word = self.at(last)
        if word[:1] == "و" and (part := parts.get(word[1:].removeprefix("ال"))) and self.sentence.touches(last):
            return self._with_fraction(count, count.value + part, last, unit)
        and_a = self.sentence.folded[count.last : count.last + 2] == ["and", "a"]
        if and_a and (part := parts.get(self.at(count.last + 2))):
            return self._with_fraction(count, count.value + part, count.last + 2, self.units.after(count.last + 3))
        if unit and count.value < 6 and (part := parts.get(self.at(unit[0]))):
            return self._with_fraction(count, count.value * part, unit[0], self.units.whole(unit[0] + 1))
        return count

    def _with_fraction(self, count: _Count, value: float, i: int, unit: Span | None) -> _Count:
        self.taken.add(i)
        return replace(count, value=value, last=i + 1, end=self.sentence.found[i].end, unit=unit)

    # Ranges, fractions, duals

    def ranges(self) -> list[_Count]:
        """Two figures joined by a dash that count something (12-15 شخصا); a score or a formation counts nothing."""
        counts = []
        for i, word in enumerate(self.sentence.found):
            written = self.sentence.text[word.start : word.end]
            match = _RANGE.match(written) if word.is_figure and i not in self.taken else None
            low, high = (figure(fold(part)) for part in match.groups()) if match else (None, None)
            if match is None or low is None or high is None or low >= high:
                continue
            count = _Count(low, i, i + 1, word.start, word.start + match.end(1), bound="at_least")
            count = replace(count, unit=self.units.after(i + 1), sign=self._sign(word.start, word.end))
            if count.unit or count.sign:
                upper = replace(count, value=high, start=word.start + match.start(2), end=word.end, bound="at_most")
                counts += [count, upper]
        return counts

    def fractions(self) -> list[_Count]:
        """نصف السكان, ثلثي المقاعد, a third of the soldiers."""
        counts = []
        for i, word in enumerate(self.sentence.folded):
            particle = word not in counting_cues().parts and word[:1] in JOINED
            part = counting_cues().parts.get(word[particle:])
            if part is None or i in self.taken or not (is_arabic(word) or self._is_english_part(i)):
                continue
            if unit := self.units.whole(i + 1):
                self.taken.add(i)
                start, end = self.sentence.span(i, i + 1, particle)
                counts.append(_Count(part, i, i + 1, start, end, unit))
        return counts

    def _is_english_part(self, i: int) -> bool:
        if self.at(i) == "half":
            return self.at(i + 1) in {"of", "the", "a", "an"} and self.at(i - 1) not in {"first", "second", "the"}
        return self.at(i + 1) == "of" and self.at(i - 1) in {"a", "one"}

    def duals(self) -> list[_Count]:
        """Nouns in the dual: صاروخين is two of صاروخ; its adjectives are in the dual too."""
        counts: list[_Count] = []
        i = 0
        while i < len(self.sentence):
            last = i + 1
            if i not in self.taken and is_dual_noun(self.at(i)) and self._is_case_right(i):
                while last < min(i + 4, len(self.sentence)) and self._agrees_in_dual(i, last):
                    last += 1
                start, end = self.sentence.span(i, last, particle_of_dual(self.at(i)))
                counts.append(_Count(2.0, i, last, start, end, (i, last), (start, end)))
            i = last
        return counts

    def _is_case_right(self, i: int) -> bool:
        """Whether a noun that ends as a dual subject does may be one: after a preposition it may not (في وادان, a town)."""
        before = self.at(i - 1)
        nouns = cues("place", "nouns") | cues("person", "titles")
        oblique = self.sentence.touches(i) and (before in counting_cues().prepositions or before in nouns)
        return not oblique or self.at(i).endswith("ين")

    def _agrees_in_dual(self, noun: int, i: int) -> bool:
        one, other = self.at(noun), self.at(i)
        dual = other[-2:] in {"ان", "ين"} and not (other in vocabulary() or other in STOPWORDS or other.startswith("و"))
        return dual and self.sentence.touches(i) and ("ال" in one[:3]) == other.startswith("ال")

    # The quantity

    def scale(self, count: _Count) -> float:
        """By what a word of scale multiplies the figure of a count: 1000 in "50 ألف"."""
        value = figure(self.at(count.first)) if self.sentence.found[count.first].is_figure else None
        return count.value / value if value else 1.0

    def quantity(self, count: _Count) -> Quantity:
        """The quantity, with the bound that stands around it."""
        text, start, end, last = self.sentence.text, count.start, count.end, count.last
        where = count.sign or (self._unit_span(count.unit, count.first) if count.unit else None)
        if where and where[0] >= end and _LINK.fullmatch(text, end, where[0]):
            end = where[1]
            last = count.unit[1] if count.unit else last
        elif where and where[1] <= start and _TOUCHING.fullmatch(text, where[1], start):
            start = where[0]
        bound = count.bound
        if before := self._bound_before(count.first):
            bound, start = before[0], min(start, before[1])
        elif after := self._bound_after(max(last, count.last)):
            bound, end = after
        unit = text[where[0] : where[1]] if where else None
        unit_start, unit_end = where or (None, None)
        unit_stem = self._unit_stem(count, unit) if unit else None
        value = float(f"{count.value:.12g}")  # 33.2 million, not 33,200,000.000000004
        return Quantity(value, text[start:end], start, end, unit, unit_stem, unit_start, unit_end, bound)

    def _unit_span(self, unit: Span, number: int) -> Span:
        """Offsets of a unit, before the number without a particle joined to its article (والدول الـ15)."""
        skipped = unit[0] < number and self.at(unit[0]).startswith(JOINED_ARTICLES)
        return self.sentence.span(*unit, skipped)

    def _unit_stem(self, count: _Count, unit: str) -> str:
        folded = self.sentence.folded[slice(*count.unit)] if count.unit else [fold(unit)]
        return unit_stem(" ".join(folded), english=script(self.sentence.text) == "en")

    def _bound_before(self, i: int) -> tuple[Bound, int] | None:
        """The bound that the words before word `i` say, and the offset where they start."""
        for first in range(max(0, i - _LONGEST_BOUND), i):
            if not all(self.sentence.touches(j) for j in range(first + 1, i + 1)):
                continue
            phrase = " ".join(self.sentence.folded[first:i])
            for particle in (0, 1) if phrase[:1] in JOINED else (0,):
                if bound := counting_cues().before.get(phrase[particle:]):
                    return bound, self.sentence.found[first].start + particle
        return None

    def _bound_after(self, i: int) -> tuple[Bound, int] | None:
        for n in (3, 2, 1):
            bound = counting_cues().after.get(" ".join(self.sentence.folded[i : i + n]))
            if bound and i + n <= len(self.sentence) and self.sentence.touches(i):
                return bound, self.sentence.found[i + n - 1].end
        return None


def _sharing(reader: _Reader, counts: Sequence[_Count]) -> list[_Count]:
    """The counts with what two ends of a range share: unit and scale; of بين 20 و30 ألف جندي the one is the least, the other the most."""
    shared = list(counts)
    for i, (low, high) in enumerate(pairwise(counts)):
        between = reader.sentence.folded[low.last : high.first]
        ends = _are_ends(reader, low, high, between)
        own = low.unit is not None or low.sign is not None
        if not (ends or between in (["الي"], ["to"], ["او"], ["or"])) or (own and low.unit != high.unit):
            continue
        alternative = own or between in (["او"], ["or"])
        scaled = low.value * (1.0 if alternative else reader.scale(high))
        value = scaled if scaled < high.value else low.value
        low_bound, high_bound = ("at_least", "at_most") if ends else (low.bound, high.bound)
        shared[i] = replace(shared[i], value=value, unit=high.unit, sign=high.sign, bound=low_bound)
        shared[i + 1] = replace(shared[i + 1], bound=high_bound)
    return shared


def _are_ends(reader: _Reader, low: _Count, high: _Count, between: Sequence[str]) -> bool:
    """Whether two counts are the ends of "between … and …"."""
    joined = list(between) in (["و"], ["and"]) or (not between and reader.at(high.first)[:1] == "و")
    return joined and reader.at(low.first - 1) in {"بين", "between"} and low.value < high.value


def _with_whole(reader: _Reader, counts: Sequence[_Count]) -> list[_Count]:
    """The counts; a part of what was counted before is of the same unit: 241 تعديلا قبلت منها 63, ثمانية عدائين سبعة منهم."""
    done: list[_Count] = []
    for count in counts:
        beside = {reader.at(count.first - 1), reader.at(count.last)}
        among = not beside.isdisjoint(counting_cues().among) and count.unit is None and count.sign is None
        before = next((one.unit for one in reversed(done) if one.unit), None) if among else None
        done.append(replace(count, unit=before) if before else count)
    return done


def _with_others(found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities; others (41 آخرون) are of the kind counted before them."""
    done: list[Quantity] = []
    for quantity in found:
        kinds = (one.unit_stem for one in reversed(done) if one.unit_stem and one.unit_stem not in _MEASURES)
        is_others = quantity.unit is not None and fold(quantity.unit) in _OTHERS
        before = next(kinds, None) if is_others else None
        done.append(replace(quantity, unit_stem=before) if before else quantity)
    return done
