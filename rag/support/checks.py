"""All that is checked of a sentence beside a quote, what is quickest first."""

from collections.abc import Callable, Sequence

from rag.support import (
    anonymity,
    attribution,
    causes,
    coverage,
    denials,
    edits,
    figures,
    names,
    quotations,
    reserve,
    roles,
    speakers,
    speaking,
)
from rag.support.match import Match

Check = Callable[[Match], str | None]  # what is wrong; None where nothing is

# When it was, and the full name of somebody: these may stand in another quote of the same article.
ELSEWHERE: Sequence[Check] = (figures.lacking_date, figures.lacking_time, names.lacking_part, speakers.lacking_speaker)
CHECKS: Sequence[Check] = (
    figures.lacking_number,
    names.lacking_name,
    quotations.invented_quotation,
    figures.misplaced_number,
    figures.other_unit,
    figures.other_time,
    names.torn_name,
    names.doubled_name,
    names.foreign_nationality,
    coverage.uncovered,
    coverage.unpredicated,
    causes.lacking_cause,
    edits.turned,
    edits.exchanged,
    anonymity.named_source,
    denials.denied_alone,
    denials.affirmed_alone,
    denials.opposite,
    roles.reversed_roles,
    reserve.changed_bound,
    reserve.dropped_about,
    reserve.loosened,
    reserve.dropped_hedge,
    attribution.unattributed,
    attribution.affirmed_denial,
    speaking.other_speaker,
)


def fault(match: Match, checks: Sequence[Check] = (*CHECKS, *ELSEWHERE)) -> str | None:
    """What the first check that finds something says."""
    return next((reason for check in checks if (reason := check(match))), None)
