"""What a number in a sentence counts or measures: the noun or measure after it, before it, or after "the number of"."""

import re

from rag.language.characters import is_arabic
from rag.language.counting import counting_cues, is_counted, is_english_content, is_english_plural, qualifies
from rag.language.lexicon import lexicon
from rag.language.mentions import Sentence, Span
from rag.language.morphology import has_pronoun, is_verb
from rag.language.numbers import Number
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS

DETERMINERS = frozenset("the his her its their these those our".split())
_ONES = frozenset(("واحد", "واحده", "واحدا"))
_SHARE = re.compile(r"\s?\(\s?[\d.,٫٬]+\s?[%٪]\s?\)\s*")
_LOOK_BACK = 8  # words between "the number of" and the number


class Units:
    """The units of the numbers in a sentence, as words `first:last`."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.at = sentence.at

    def of(self, number: Number) -> Span | None:
        """What a number counts; None where nothing beside it can be that."""
        first, last, one = number.first, number.last, number.value == 1
        if one and self.at(first) in _ONES:
            return self._noun_before(first) or (self._partitive(last) if self.sentence.touches(last) else None)
        if after := self.after(last, one=one):
            return after
        if self.at(first).startswith("ال"):
            return self._noun_before(first)
        if self.is_articled_figure(first):  # الدول الـ15
            return self._noun_before(first - 1)
        return self._age_before(first) or self._counted_before(first)

    def is_articled_figure(self, i: int) -> bool:
        """Whether word `i` is a figure with the article (الـ15)."""
        return self.at(i - 1) == "ال" and self.sentence.gap(i) == ""

    def after(self, i: int, *, one: bool = False) -> Span | None:
        """The noun or measure at word `i`, right after a number, with its adjectives; a share in brackets may stand between."""
        hyphen = self.sentence.gap(i) in {"-", "–"} and not is_arabic(self.at(i)) and not self.at(i)[:1].isdigit()
        if hyphen:
            return i, i + 1  # 138-metre
        if self.sentence.touches(i):
            return self._at(i, one=one)
        share = _SHARE.match(self.sentence.text, self.sentence.found[i - 1].end)  # 12843 (8.1%) من الشراكات
        following = i + 1 < len(self.sentence) and share is not None and share.end() == self.sentence.found[i + 1].start
        return self._at(i + 1, one=one) if following else None

    def whole(self, i: int) -> Span | None:
        """What a fraction before word `i` is of: نصف السكان, ثلث مساحة العراق, half of the soldiers."""
        if not self.sentence.touches(i):
            return None
        word, cues = self.at(i), counting_cues()
        if word in {"of", "the", "من"}:
            return self.whole(i + 1)
        if not is_arabic(word):
            return self._english(i, one=True)
        bare = word.removeprefix("ال")
        if word in STOPWORDS or bare in cues.never or bare in cues.not_wholes or is_verb(word):
            return None
        return self._with_adjectives(i, i + 1)

    def _at(self, i: int, *, one: bool) -> Span | None:
        if measure := self._measure(i):
            return measure
        if not is_arabic(self.at(i)):
            return self._english(i, one=one)
        return self._partitive(i) or (self._with_adjectives(i, i + 1) if is_counted(self.at(i)) else None)

    def _measure(self, i: int) -> Span | None:
        for n in (3, 2, 1):
            known = counting_cues().units.get(" ".join(self.sentence.folded[i : i + n]))
            if known and i + n <= len(self.sentence) and all(self.sentence.touches(j) for j in range(i + 1, i + n)):
                return (i, i + n) if known == "%" else self._with_adjectives(i, i + n)
        return None

    def _partitive(self, i: int) -> Span | None:
        """12 من الجنود, ثلاثة من أفراد الشرطة."""
        whole, cues = self.at(i + 1), counting_cues()
        if self.at(i) != "من" or not self.sentence.touches(i + 1) or lexicon().is_proper(whole):
            return None
        group = whole.startswith("ال") and whole not in cues.not_members
        member = whole in cues.members or (has_pronoun(whole) and stem(whole) in {stem(one) for one in cues.members})
        return self._with_adjectives(i + 1, i + 2) if group or member else None

    def _with_adjectives(self, first: int, last: int) -> Span:
        """A noun with the adjectives, the name or the noun in the genitive after it: جندي أمريكي, صواريخ غراد, سيارة إسعاف."""
        end = last
        while end < last + 2 and self.sentence.touches(end) and qualifies(self.at(first), self.at(end)):
            end += 1
        return first, end

    def _english(self, first: int, *, one: bool) -> Span | None:
        """The words up to the first plural (2,500 American soldiers); after "one" those up to the next function word."""
        if self.at(first) == "of":
            first += 1
            while self.at(first) in DETERMINERS:
                first += 1
        last = first
        while last < first + 4 and is_english_content(self.at(last)):
            if last > first and self.sentence.gap(last) not in {" ", "-"}:
                break
            last += 1
            if is_english_plural(self.at(last - 1)):
                return first, last
        return (first, min(last, first + 2)) if one and last > first else None

    def _noun_before(self, i: int) -> Span | None:
        """The noun right before its number: جندي واحد, الصواريخ الثلاثة, أبناؤه الثلاثة."""
        word = self.at(i - 1)
        if not self.sentence.touches(i) or not is_arabic(word) or word in counting_cues().never or word in STOPWORDS:
            return None
        if self.at(i).startswith("ال"):
            definite = word.startswith(("ال", "لل", "بال", "وال")) or has_pronoun(word)
            return (i - 1, i) if definite and not is_verb(word) else None
        return (i - 1, i) if is_counted(word) else None

    def _age_before(self, i: int) -> Span | None:
        """The word for age before a number without a unit: عن عمر 38, في سن 39."""
        j = i - 1
        while self.at(j) in counting_cues().before_ages and j > i - 3:
            j -= 1
        near = all(self.sentence.touches(k) for k in range(j + 1, i + 1))
        return (j, j + 1) if near and self.at(j) in counting_cues().ages else None

    def _counted_before(self, i: int) -> Span | None:
        """What "the number of" before a number counts: عدد القتلى بلغ 12, the death toll rose to 12."""
        for j in range(i - 1, max(-1, i - 1 - _LOOK_BACK), -1):
            word = self.at(j)
            if word[:1].isdigit() or not self.sentence.touches(j + 1):
                return None
            if not {word, word.removeprefix("و").removeprefix("ال")}.isdisjoint(counting_cues().counters):
                return self._after_counter(j, i)
        return None

    def _after_counter(self, j: int, i: int) -> Span | None:
        if self.at(j) == "toll":
            return (j - 1, j + 1) if self.sentence.touches(j) else (j, j + 1)
        k = j + 1
        while self.at(k) in DETERMINERS | {"of", "الاجمالي"}:
            k += 1
        return (k, k + 1) if k < i and self.at(k) not in STOPWORDS and not is_verb(self.at(k)) else None
