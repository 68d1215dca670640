"""The kinds of faults by name."""

from collections.abc import Callable, Mapping
from random import Random

from rag.evaluation.faults import citing, dates, figures, meaning, names
from rag.evaluation.faults.statement import Scene, Statement

Fault = Callable[[Statement, Scene, Random], Statement | None]  # None where the fault cannot be made in the statement

KINDS: Mapping[str, Fault] = {
    "number": figures.number,
    "unit": figures.unit,
    "date": dates.date,
    "weekday": dates.weekday,
    "month": dates.month,
    "year": dates.year,
    "time": dates.time,
    "name": names.name,
    "speaker": names.speaker,
    "place": names.place,
    "nationality": names.nationality,
    "negation": meaning.negation,
    "hedge": meaning.hedge,
    "attribution": meaning.attribution,
    "allegation": meaning.allegation,
    "roles": meaning.roles,
    "swapped_numbers": figures.swapped_numbers,
    "swapped_names": names.swapped_names,
    "mixed_events": citing.mixed,
    "cause": meaning.cause,
    "linked": meaning.linked,
    "moved_citation": citing.moved,
    "other_article": citing.foreign,
    "invented_quotation": citing.quotation,
}
