"""When that happened of which a sentence tells, and how that is known.

A date is stated in the sentence, relative in it and resolved against the article's date, or the article's own; one that rests on an inferred date of
the article says so. What cannot be told has none: standing facts, and what happened earlier at a time that the sentence does not give.
"""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal

from rag.language.characters import fold
from rag.language.dates import dates
from rag.language.relative_dates import Days, days_of, resolve
from rag.language.stem import stem
from rag.language.tense import is_past
from rag.language.words import Word, words
from rag.model import Article, Language

DateBasis = Literal["stated", "relative", "article"]

_BESIDE_REACHES = 12  # words between "after" and a date
_OPENING = 8  # words in which a sentence says that it tells of something earlier
_NEWS = 3  # days: what happened so shortly before the article's date is what it tells
_CONTINUING = 3  # words in which a sentence says that it goes on with the one before
_HAD_REACHES = 15  # words between "had" and its verb
_NOT_YET = "لم"  # with a verb in the present it tells of the past
_THAT = frozenset({"ان", "بان", "that"})
_HAD = frozenset({"كان", "كانت", "كانوا", "had"})


@dataclass(frozen=True, slots=True)
class EventDate:
    """When something happened, and how that is known.

    Attributes:
        iso: of the precision that is certain: "2021-07-05", "2024-07" or "2024".
        days: the days it may be.
        basis: stated in the sentence, relative in it to the article's date, or the article's own date.
        inferred: how the article's date was inferred, where this one rests on it (`Article.basis`); else empty.
        text: the words of the sentence that tell it; empty where it is the article's.
        start: their offset in the sentence, in code points.
        end: the offset after them.
    """

    iso: str
    days: Days
    basis: DateBasis
    inferred: str = ""
    text: str = ""
    start: int = 0
    end: int = 0


def label(iso: str, language: Language) -> str:
    """An ISO date as people write it, as precise as it is given; empty for an empty one.

    >>> label("2021-07-05", "en"), label("2021-07-05", "ar"), label("2024-07", "en"), label("2024", "ar")
    ('5 July 2021', '5 يوليو/تموز 2021', 'July 2024', '2024')
    """
    year, *rest = iso.split("-")
    if not rest:
        return year
    month = _months(language)[int(rest[0]) - 1]
    return " ".join([*(str(int(day)) for day in rest[1:]), month, year])


def dated(
    article: Article, sentence: str, context: Sequence[str] = (), about: Collection[str] = frozenset()
) -> EventDate | None:
    """When that happened of which a sentence tells; None where it tells of nothing that happened, or not when.

    Args:
        article: where it stands.
        sentence: its text, as written.
        context: the sentences before it, in order.
        about: stems of what is asked about; of several dates the one nearest to such a word counts.
    """
    return _dated(article, sentence, tuple(context), frozenset(about))


@lru_cache(maxsize=5_000)  # the same articles are read again and again
def _dated(article: Article, sentence: str, context: tuple[str, ...], about: frozenset[str]) -> EventDate | None:
    found = _words(sentence)
    told = [one for one in told_dates(article, sentence) if not _follows(found, one, "since")]
    main = [one for one in told if not _follows(found, one, "beside")]
    if chosen := _nearest(told, main, found, about) or _reported(main, found):
        return chosen
    folded = [word.folded for word in found]
    if not told and _holds(folded, "then"):
        earlier = (dated(article, context[i], context[:i]) for i in reversed(range(len(context))))
        return next((one for one in earlier if one), None)
    if _is_headline(article, sentence):
        return own_date(article)
    if not any(word == _NOT_YET or is_past(word) for word in folded) or _holds(folded, "since") or _is_earlier(folded):
        return None
    if context and (_opens_with_date(article, context[-1]) or _continues(folded, context[-1])):
        return None  # it may go on telling of that day
    return own_date(article)


@lru_cache(maxsize=5_000)  # the same articles are read again and again
def told_dates(article: Article, sentence: str) -> tuple[EventDate, ...]:
    """The dates that a sentence gives, stated or relative, in order."""
    found = _words(sentence)
    told = []
    for one in dates(found):
        if one.year and (one.month or (one.first and found[one.first - 1].folded in _markers()["year"])):
            iso = "-".join([f"{one.year:04}", *(f"{part:02}" for part in (one.month, one.day) if part)])
            start, end = found[one.first].start, found[one.last - 1].end
            if days := _days(iso):
                told.append(EventDate(iso, days, "stated", text=sentence[start:end], start=start, end=end))
    for relative in resolve(sentence, article.published):
        text, start, end = relative.text, relative.start, relative.end
        told.append(EventDate(relative.iso, relative.days, "relative", _inferred(article), text, start, end))
    return tuple(sorted(told, key=lambda one: one.start))


@lru_cache(maxsize=5_000)
def _words(sentence: str) -> tuple[Word, ...]:
    return tuple(words(sentence))


def said_on(article: Article, sentence: str) -> EventDate | None:
    """When that was said which a sentence reports: the date given with the verb of saying, else the article's."""
    that = _that(_words(sentence))
    return next((one for one in told_dates(article, sentence) if that is None or one.start < that), None) or own_date(
        article
    )


def is_of_saying(sentence: str, date: EventDate) -> bool:
    """Whether a date that a sentence gives stands with its verb of saying, so that what is said happened then or before."""
    that = _that(_words(sentence))
    return bool(date.text) and that is not None and date.end <= that


def own_date(article: Article) -> EventDate | None:
    """The article's date: of its event where that is known, else of its publication."""
    iso = article.event_date or article.published
    days = days_of(iso)
    return EventDate(iso, days, "article", _inferred(article)) if days else None


def _inferred(article: Article) -> str:
    return article.basis if article.basis.startswith("inferred") else ""


def _days(iso: str) -> Days | None:
    try:
        return days_of(iso)
    except ValueError:  # 31 February
        return None


def _nearest(
    told: Sequence[EventDate], main: Sequence[EventDate], found: Sequence[Word], about: Collection[str]
) -> EventDate | None:
    """The date nearest to a word that is asked about, of two as near the one of the main clause; None where there is no such word."""
    places = [i for i, word in enumerate(found) if stem(word.folded) in about]
    if not places:
        return None

    def distance(one: EventDate) -> tuple[int, bool]:
        place = _place(found, one)
        return min(_apart(found, place, i) for i in places), one not in main

    return min(told, key=distance, default=None)


def _apart(found: Sequence[Word], i: int, j: int) -> int:
    """Words between two; many more where an "after" stands between them, which parts what happened then from what did later."""
    first, last = min(i, j), max(i, j)
    parted = any(_bare(word.folded) in _markers()["beside"] for word in found[first + 1 : last])
    return last - first + (_BESIDE_REACHES if parted else 0)


def _place(found: Sequence[Word], one: EventDate) -> int:
    return next(i for i, word in enumerate(found) if word.end > one.start)


def _reported(main: Sequence[EventDate], found: Sequence[Word]) -> EventDate | None:
    """Of several dates the one of what was said rather than of the saying ("announced on Tuesday that it had struck on Monday")."""
    that = _that(found)
    said = [one for one in main if that is not None and one.start > that]
    return next(iter(said or main), None)


def _that(found: Sequence[Word]) -> int | None:
    return next((word.start for word in found if word.folded in _THAT), None)


def _follows(found: Sequence[Word], one: EventDate, marker: str) -> bool:
    """Whether a date stands after a word such as "after" or "since", no verb between: it is of something beside what is told."""
    place = _place(found, one)
    for i in range(place, max(-1, place - 1 - _BESIDE_REACHES), -1):
        if _bare(found[i].folded) in _markers()[marker] and not (i == place and marker == "beside"):  # قبل ثلاثة أيام
            return True
        if is_past(found[i].folded) and not (i and found[i - 1].folded in _THAT):
            return False
    return False


def _is_earlier(folded: Sequence[str]) -> bool:
    """Whether a sentence says at its beginning that it tells of something earlier: a pluperfect, or "it is recalled that"."""
    had = next((i for i, word in enumerate(folded[:_OPENING]) if _bare(word) in _HAD), None)
    following = folded[had + 1 : had + 1 + _HAD_REACHES] if had is not None else ()
    pluperfect = any(word in {"قد", "been"} or (_bare(word) == word and is_past(word)) for word in following)
    return pluperfect or _holds(folded[:_OPENING], "earlier")


def _is_headline(article: Article, sentence: str) -> bool:
    """Whether a sentence is the article's headline, which tells in the present or without a verb."""
    return bool(sentence.strip()) and (
        sentence.strip() == article.title or article.text.lstrip().startswith(f"{sentence.strip()}\n")
    )


def _continues(folded: Sequence[str], before: str) -> bool:
    """Whether a sentence goes on with what the one before it tells, and that is of something earlier ("إذ قال", "he added")."""
    opening = folded[:_CONTINUING]
    return _holds(opening, "continuing") and _is_earlier([word.folded for word in _words(before)])


def _bare(folded: str) -> str:
    """A word without a joined "and"."""
    return folded[1:] if folded[0] in {"و", "ف"} and len(folded) > 3 else folded


def _holds(folded: Sequence[str], marker: str) -> bool:
    line = f" {' '.join(map(_bare, folded))} "
    return any(f" {phrase} " in line for phrase in _markers()[marker])


def _opens_with_date(article: Article, sentence: str) -> bool:
    """Whether a sentence begins with a date that is far from the article's own."""
    own, told = own_date(article), told_dates(article, sentence)
    found = _words(sentence)
    return bool(own and told and _place(found, told[0]) < _OPENING and not told[0].days.meets(own.days, _NEWS))


def _months(language: Language) -> list[str]:
    return [name.replace("_", " ") for name in _tables()["months"][language].split()]


@cache
def _markers() -> Mapping[str, frozenset[str]]:
    return {
        name: frozenset(fold(phrase).replace("_", " ") for phrase in listed.split())
        for name, listed in _tables()["markers"].items()
    }


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("rag").joinpath("event.toml").read_text(encoding="utf-8"))
