"""What the grounding check catches, as lines for a terminal: a row a kind of fault, a column a language."""

from bot.bidi import Mode, lay_out
from bot.strings import say
from rag.evaluation.faults.detection import TRUE, Detection
from rag.evaluation.faults.kinds import KINDS
from rag.model import LANGUAGES, Language

_KIND, _CELL = 20, 26  # columns


def fault_lines(found: Detection, mode: Mode, width: int, language: Language) -> list[str]:
    """How many true sentences there were, the table, and what its figures are."""
    _, sentences = found.withheld(TRUE)
    heading = "".ljust(_KIND) + "".join(one.ljust(_CELL) for one in LANGUAGES)
    rows = [kind.ljust(_KIND) + "".join(_cell(found, kind, one) for one in LANGUAGES) for kind in (*KINDS, TRUE)]
    lines = lay_out(say(language, "eval_sentences", sentences), mode, width)
    lines += [line.rstrip() for line in (heading, *rows)]
    return lines + lay_out(say(language, "eval_faults"), mode, width)


def _cell(found: Detection, kind: str, language: Language) -> str:
    share = found.share(kind, language)
    withheld, trials = found.withheld(kind, language)
    figures = f"{withheld} of {trials}  {share.value:.2f} {share.low:.2f}…{share.high:.2f}" if share else "–"
    return figures.ljust(_CELL)
