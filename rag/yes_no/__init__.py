"""The short answer to a question of yes or no, as far as one Arabic sentence tells it, never guessed.

What is asked is taken apart into its predicate, what that is said of, and the circumstances (`asked`, `predicate`). The words of the sentence that
say the predicate are looked up (`occurrences`) in its clauses (`sentence`); one answers only where its clause says it of the same subject and objects
(`arguments`), as something that happened or did not: not as a wish, a plan, a charge or a guess (`telling`).
"""

from rag.yes_no.judging import verdict
from rag.yes_no.telling import Verdict

__all__ = ["Verdict", "verdict"]
