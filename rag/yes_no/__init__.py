"""The short answer to a question of yes or no, as far as one Arabic sentence tells it, never guessed.

What is asked is taken apart into its predicate, what that is said of, and the circumstances (`asked`, `predicate`, `asides`), also where somebody is
asked to have said it (`reported`). The words of the sentence that
say the predicate are looked up (`occurrences`) in its clauses (`sentence`); one answers only where its clause says it of the same subject and objects
(`arguments`), as something that happened or did not: not as a wish, a plan, a charge or a guess (`telling`).
"""

from typing import TYPE_CHECKING

from rag.evidence import Evidence, Material
from rag.question import Question

if TYPE_CHECKING:
    from rag.yes_no.telling import Verdict

__all__ = ["verdict"]


def verdict(question: Question, evidence: Evidence, material: Material) -> "Verdict | None":
    """Whether what a question of yes or no asks is so, as far as one sentence tells; see `rag.yes_no.judging`."""
    if question.type != "yes_no":
        return None
    from rag.yes_no import judging  # few questions need it

    return judging.verdict(question, evidence, material)
