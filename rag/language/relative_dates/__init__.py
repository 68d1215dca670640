"""Relative dates of news texts, in Arabic and English, resolved against the day on which the text was published.

Understood: أمس, اليوم الثلاثاء, مساء الأحد, الأربعاء الماضي, قبل ثلاثة أيام, الأسبوع الماضي, أبريل/نيسان الماضي, مطلع العام الجاري;
yesterday, on Monday, last Wednesday, two weeks ago, last month, next year; a day or month without its year. A date is as precise as the words and
the date of publication make certain: "last month" is a month, "yesterday" of an article of July 2024 is nothing that can be told. A day of the week
alone, or a month without its year, is past or to come as its sentence says (`rag.language.tense`); where that does not tell, it is not resolved.

The words and patterns stand in `data/relative_dates.toml`.
"""

from dataclasses import dataclass
from typing import Literal

from rag.language.relative_dates.days import Days, days_of
from rag.language.relative_dates.expressions import expressions
from rag.language.relative_dates.reckoning import Reckoning

__all__ = ["Days", "ResolvedDate", "days_of", "resolve"]


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """A relative date and what it means.

    Attributes:
        iso: "2021-03-03", "2020-01" or "2020": as precise as is certain.
        days: the days it may be, all in that date, perhaps fewer.
        text: the words that say it, as written.
        start: offset of the words, in code points.
        end: the offset after them.
        basis: how it is known.
    """

    iso: str
    days: Days
    text: str
    start: int
    end: int
    basis: Literal["relative"] = "relative"


def resolve(text: str, published: str) -> tuple[ResolvedDate, ...]:
    """The relative dates of a sentence, in order.

    Args:
        text: one sentence, as written.
        published: when it was, as an ISO date of any precision, or empty.
    """
    publication = days_of(published)
    if publication is None:
        return ()
    found = []
    for first, last, reckoning in expressions(text):
        days = _certain(reckoning, publication)
        if days is not None:
            start, end = first.start, _closed(text, first.start, last.end)
            found.append(ResolvedDate(days.iso, days, text[start:end], start, end))
    return tuple(sorted(found, key=lambda one: one.start))


def _closed(text: str, start: int, end: int) -> int:
    """The end of a stretch, a bracket that it opened closed: يونيو (حزيران)."""
    opened = text.count("(", start, end) > text.count(")", start, end)
    return end + 1 if opened and text[end : end + 1] == ")" else end


def _certain(reckoning: Reckoning, publication: Days) -> Days | None:
    """What is meant on whichever of the days it was published; None where that makes it less precise than the words are."""
    try:
        earliest, latest = reckoning(publication.first), reckoning(publication.last)
    except (OverflowError, ValueError):  # beyond the calendar
        return None
    if earliest is None or latest is None:
        return None
    days = Days(min(earliest.first, latest.first), max(earliest.last, latest.last))
    return days if days.iso and len(days.iso) == len(earliest.iso) == len(latest.iso) else None
