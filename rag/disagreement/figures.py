"""The figures that a sentence gives to what a question asks: how many, how much, at what time.

A sentence may hold several numbers. One of another fate (the dead, where the injured are asked for), a part of another one
("among them 12"), or an aside in brackets is no answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answer_candidates import AnswerCandidate
from rag.disagreement.asked import asks_for_sides
from rag.disagreement.counted import asked_fates, asks_how_much, is_counted, measure_counted
from rag.disagreement.fates import fate, fate_beside, forms
from rag.disagreement.words import phrases
from rag.evidence import Evidence
from rag.language.characters import is_arabic
from rag.language.measures import measure
from rag.language.part_of_day import times_of_day
from rag.language.quantities import Quantity
from rag.language.readings import NOUNS, readings
from rag.language.senses import spelling
from rag.language.stem import stem
from rag.language.words import Word, words
from rag.measure import asked_for, told_in
from rag.question import Question

_SURE = 0.9  # fit of a quantity of what is counted, or in a unit of the measure asked for
_AGED = frozenset("بالغ بالغه عمر عمره عمرها سن سنه aged age".split())
_MATCHED = 0.5  # weight from which an alternative says what is counted
_LIKELY_ONE = 0.7  # how likely a noun in the singular is the one that is asked for
# Before a noun in the singular that is not one of them: any, no, every, the kind of, which.
_NOT_ONE = frozenset("اي ايه كل بدون دون بلا لا نوع غير عدم ثاني ثالث اول اخر كم من طراز".split())
_LIKELY_BULK = 0.7  # the same of a weight or a volume, where a sentence tells of what is asked for
_BULK = frozenset("tonne kilogram gram litre barrel gallon quintal".split())
_UNTIL = frozenset(
    "حتي منذ قبل بعد بين until till since before after between".split()
)  # before a time at which nothing happened
_PRONOUN = 2  # so few without a noun stand for what was named before: أحرقوا اثنتين
_NEAR = 4  # words around a number in which its fate is told
_ROUND = frozenset({"about", "more_than", "less_than"})  # bounds of figures that are rounded
_ROUNDED = 0.1  # two figures, one of them rounded, that differ by less are one
_DENYING = frozenset("لا لن لم ما ليس".split())
_UNDER = frozenset("تقل يقل".split())
_HALF_DAY = 720  # minutes
_OTHER_ORDER = 20  # times as much is not the same thing counted otherwise
_PARTITIVE = re.compile(r"\s(?:من\s+(?:ال|هؤلاء)|of (?:the|those|them)\b)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a sentence gives.

    Attributes:
        candidate: where it stands, and as what it was read.
        likely: how likely it is what is asked for, in [0, 1].
        is_sure: whether its unit or its fate says that it is.
        unit: what it counts, the same for comparable ones; None where nothing says.
        of_fate: whether it is of those of whom the question asks what became of them.
        minutes: since midnight, of a time of day.
    """

    candidate: AnswerCandidate
    likely: float
    is_sure: bool
    unit: str | None
    of_fate: bool = False
    minutes: int | None = None

    @property
    def key(self) -> str:
        """The same for all ways of telling the value."""
        return f"{self.value:.12g}"

    @property
    def value(self) -> float:
        """The number, or the minutes since midnight."""
        quantity = self.candidate.quantity
        return quantity.value if quantity else float(self.minutes or 0)

    def is_comparable(self, other: "Figure") -> bool:
        """Whether two figures may be of one thing: of one unit, or one of none, and of one order."""
        low, high = sorted((self.value, other.value))
        like = self.candidate.kind == "time" or high <= _OTHER_ORDER * max(low, 1.0)
        return like and (None in {self.unit, other.unit} or self.unit == other.unit)

    def differs(self, other: "Figure") -> bool:
        """Whether two comparable figures are not one."""
        if self.candidate.kind == "time":
            return (self.value - other.value) % _HALF_DAY != 0
        near = _ROUNDED * max(self.value, other.value) if _ROUND & {_bound(self), _bound(other)} else 0.0
        return abs(self.value - other.value) > near


def figures(question: Question, evidence: Evidence, text: str) -> tuple[Figure, ...]:
    """The figures of a sentence that may be what is asked for, in order; none where no figure is asked for.

    Args:
        question: as understood.
        evidence: the sentence judged.
        text: of the sentence.
    """
    if question.type == "what_time":
        return tuple(_times(text))
    if question.type != "how_many":
        return ()
    asked = asked_fates(question)
    measures = measure_counted(question)
    found = words(text)
    deed = _tells_of_deed(question, evidence)
    counted = [(one, likely) for one, likely in evidence.candidates if one.quantity]
    taken = [one for one, _ in counted]
    read = (
        _figure(question, one, likely, asked, found, taken, text, measures=measures, tells_of_deed=deed)
        for one, likely in counted
    )
    told = [*(one for one in read if one), *_ones(question, evidence, found, taken)]
    return tuple(sorted(told, key=lambda one: one.candidate.start))


def _ones(
    question: Question, evidence: Evidence, found: Sequence[Word], counted: Sequence[AnswerCandidate]
) -> Iterator[Figure]:
    """What is counted, in the singular without an article and without a number: أسقطت *طائرة* مسيرة is one."""
    if question.focus is None or not is_counted(question):
        return
    stems = {
        way[0] for way, weight in question.concepts[question.focus].alternatives if weight >= _MATCHED and len(way) == 1
    }
    for i, word in enumerate(found):
        before = found[i - 1].folded if i else ""
        inside = any(one.start <= word.start < one.end or 0 <= word.start - one.end <= 1 for one in counted)
        if inside or not is_arabic(word.folded) or stem(word.folded) not in stems or before in _NOT_ONE:
            continue
        if _is_singular(word) and (asks_for_sides(question.text) or _is_of_deed(question, evidence)):
            quantity = Quantity(1.0, word.text, word.start, word.end, word.text, stem(word.folded))
            candidate = AnswerCandidate("quantity", word.text, word.start, word.end, 1.0, quantity=quantity)
            yield Figure(candidate, _LIKELY_ONE, True, _unit(quantity))


def _is_of_deed(question: Question, evidence: Evidence) -> bool:
    """Whether a sentence tells what the question says of what it counts: كم منصة *أطلقت*."""
    after = question.concepts[(question.focus or 0) + 1 :]
    plain = [i for i, concept in enumerate(after, (question.focus or 0) + 1) if concept.kind == "word"]
    return bool(plain) and bool((evidence.held[plain] >= _MATCHED).all())


def _is_singular(word: Word) -> bool:
    """Whether a word is, likelier than all else, a noun in the singular without article or pronoun."""
    likeliest = next(iter(readings(spelling(word))), None)
    return (
        likeliest is not None
        and likeliest.kind in NOUNS
        and likeliest.number == "s"
        and not (likeliest.article or likeliest.pronoun or likeliest.particle)
    )


def _figure(
    question: Question,
    candidate: AnswerCandidate,
    likely: float,
    asked: frozenset[str],
    found: Sequence[Word],
    others: Sequence[AnswerCandidate],
    text: str,
    *,
    measures: frozenset[str],
    tells_of_deed: bool,
) -> Figure | None:
    quantity = candidate.quantity
    if quantity is None or _is_aside(candidate, text) or _is_part(candidate, found, text):
        return None
    if _is_age(candidate, found) and "age" not in asked_for(question.text):
        return None
    unit = _unit(quantity)
    told = fate(candidate, found, others) if unit in {None, "person"} else fate_beside(candidate, found)
    if (told and told not in asked) or (measures and not told and unit and not _is_measured(quantity, unit, measures)):
        return None
    if unit is None and quantity.value <= _PRONOUN:
        return None
    focus = question.concepts[question.focus].text if question.focus is not None else None
    in_bulk = unit in _BULK and asks_how_much(question)
    is_sure = (
        told in asked if asked else candidate.fit >= _SURE or (unit is not None and measure(focus) == unit) or in_bulk
    )
    likely = max(likely, _LIKELY_BULK) if in_bulk and tells_of_deed else likely
    if not is_sure and (candidate.fit >= _SURE or unit not in {None, "person"}) and asked:
        return None
    return Figure(_with_denial(candidate, found, text), likely, is_sure, "person" if told else unit, bool(told))


def _tells_of_deed(question: Question, evidence: Evidence) -> bool:
    """Whether a sentence holds what the question asks about, and by and large what it says of it."""
    focus = question.focus
    if focus is None:
        return False
    after = [i for i, concept in enumerate(question.concepts) if i > focus and concept.kind == "word"]
    return bool(evidence.held[focus] >= _MATCHED) and (not after or float(evidence.held[after].mean()) >= _MATCHED)


def _is_measured(quantity: Quantity, unit: str, measures: frozenset[str]) -> bool:
    stems = {stem(word.folded) for word in words(quantity.unit or "")} | {quantity.unit_stem or "", unit}
    return not measures.isdisjoint(told_in(stems))


def _is_part(candidate: AnswerCandidate, found: Sequence[Word], text: str) -> bool:
    """Whether a number is called a part of another one: بينهم تسعة أطفال, سبعة منهم, أربعة من الضحايا."""
    if _PARTITIVE.search(_up_to_unit(candidate, text)):
        return True
    before = [word for word in found if word.end <= candidate.start][-1:]
    after = [word for word in found if word.start >= candidate.end][:1]
    touching = [word for word in after if not text[candidate.end : word.start].strip()]
    return any((form,) in phrases("parts", "before") for word in before for form in forms(word.folded)) or any(
        (word.folded,) in phrases("parts", "after") for word in touching
    )


def _is_age(candidate: AnswerCandidate, found: Sequence[Word]) -> bool:
    """Whether a number is somebody's age: البالغ من العمر 26 عاما."""
    before = [word.folded for word in found if word.end <= candidate.start][-_NEAR:]
    return any(form in _AGED for word in before for form in forms(word))


def _up_to_unit(candidate: AnswerCandidate, text: str) -> str:
    """A number with the words between it and its unit, and the first letters of that."""
    unit = candidate.quantity.unit_start if candidate.quantity else None
    return text[candidate.start : unit + len("the")] if unit and unit > candidate.start else ""


def _is_aside(candidate: AnswerCandidate, text: str) -> bool:
    """Whether a number stands in brackets: مدينة هيت (70 كم غرب الرمادي)."""
    before = text[: candidate.start]
    return before.rfind("(") > before.rfind(")") and ")" in text[candidate.end :]


def _unit(quantity: Quantity) -> str | None:
    """What a quantity counts, the same for comparable ones."""
    if quantity.unit is None:
        return None
    if same := measure(quantity.unit):
        return "person" if same in _PEOPLE else same
    stems = {stem(word.folded) for word in words(quantity.unit)} | {quantity.unit_stem or ""}
    return "person" if "person" in told_in(stems) else quantity.unit_stem


_PEOPLE = frozenset("dead injured missing kidnapped detained displaced".split())


def _with_denial(candidate: AnswerCandidate, found: Sequence[Word], text: str) -> AnswerCandidate:
    """A figure with the denial that turns its bound round: *لن* تقل عن 16 مليونا is at least so much."""
    before = [word for word in found if word.end <= candidate.start][-1:]
    inside = [word.folded for word in found if candidate.start <= word.start < candidate.end][:1]
    if candidate.quantity and before and before[0].folded in _DENYING and inside and inside[0] in _UNDER:
        start = before[0].start
        quantity = replace(candidate.quantity, bound="at_least", start=start, text=text[start : candidate.end])
        return replace(candidate, start=start, text=text[start : candidate.end], quantity=quantity)
    return candidate


def _bound(figure: Figure) -> str | None:
    return figure.candidate.quantity.bound if figure.candidate.quantity else None


def _times(text: str) -> Iterator[Figure]:
    found = words(text)
    for one in times_of_day(text):
        before = next((word.folded for word in reversed(found) if word.end <= one.start), "")
        if one.minutes is not None and before not in _UNTIL:
            term = f"~{one.minutes // 60:02}:{one.minutes % 60:02}" if one.told else None
            candidate = AnswerCandidate("time", text[one.start : one.end], one.start, one.end, 1.0, term)
            yield Figure(candidate, 1.0, True, "clock", minutes=one.minutes)
