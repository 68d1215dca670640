"""The date that a sentence gives to what is asked about: the one that stands with its verb, resolved against the article's own."""

import re
from dataclasses import replace

from rag.answer_candidates import AnswerCandidate
from rag.event_date import EventDate, own_date, told_dates
from rag.evidence import Evidence
from rag.language.characters import fold
from rag.language.readings import readings
from rag.language.senses import spelling
from rag.language.words import words
from rag.model import Article
from rag.question import Question
from rag.relation import relation

_BESIDE, _AHEAD = 0.8, 0.3  # how near the verb it must stand, and how far ahead of another
_TO_COME = re.compile(r"\b(?:will|shall|must|due|next|سوف|القادم|القادمه|المقبل|المقبله)\b")
_YEAR = re.compile(r"\b(?:what|which) year\b|\b(?:اي|اني) (?:عام|سنه)\b")


def date_beside_verb(question: Question, evidence: Evidence, article: Article) -> AnswerCandidate | None:
    """The date that stands with the verb asked about, in the clause of that verb; None where none does, or two do.

    A weekday and the day of the month that it is are one date.
    """
    told = relation(question, evidence, article)
    fits = {(one.start, one.end): one for one, _ in evidence.candidates}
    nearest: dict[str, tuple[float, EventDate, AnswerCandidate]] = {}
    for filler in told.fillers if told else ():
        candidate = fits.get((filler.start, filler.end))
        date = _date_of(candidate, evidence, article) if candidate else None
        if candidate is None or date is None:
            continue
        near = filler.strength / candidate.fit
        if date.iso not in nearest or near > nearest[date.iso][0]:
            nearest[date.iso] = near, date, candidate
    ordered = sorted(nearest.values(), key=lambda one: -one[0])
    if not ordered or ordered[0][0] < _BESIDE or (len(ordered) > 1 and ordered[0][0] - ordered[1][0] < _AHEAD):
        return None
    _, date, candidate = ordered[0]
    if date.basis == "relative" and "-" not in date.iso:
        return None  # "last week" is told worse by its year
    return replace(candidate, text=date.text, start=date.start, end=date.end, term=f"@{date.iso}", fit=1.0)


def _date_of(candidate: AnswerCandidate, evidence: Evidence, article: Article) -> EventDate | None:
    sentence = article.text[evidence.sentence.start : evidence.sentence.end]
    told = told_dates(article, sentence)
    return next((one for one in told if one.start < candidate.end and candidate.start < one.end), None)


def fits_question(question: Question, candidate: AnswerCandidate, evidence: Evidence, article: Article) -> bool:
    """Whether a date can be the one asked for.

    It is not before the article of what is to come, no mere day where a year is asked for, and not that of the report (Cairo - 3 May: …).
    """
    date, own = _date_of(candidate, evidence, article), own_date(article)
    if date is None:
        return True
    if article.text[evidence.sentence.start + date.end : evidence.sentence.end].lstrip(" )").startswith(":"):
        return False
    if own is not None and date.days.last < own.days.first and _is_to_come(question):
        return False
    return not (_YEAR.search(fold(question.text)) and date.basis == "relative")


def _is_to_come(question: Question) -> bool:
    """Whether a question asks of what is to come, by a word of it or a verb in the future (سيبدأ)."""
    verbs = (next(iter(readings(spelling(word))), None) for word in words(question.text))
    return bool(_TO_COME.search(fold(question.text))) or any(
        verb is not None and verb.particle == "س" for verb in verbs
    )
