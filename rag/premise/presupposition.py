"""What a question takes for granted: which of its concepts it speaks of as facts, and which it says are not so."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from rag.language.characters import fold, is_arabic
from rag.language.denials import Denial, denials
from rag.language.stopwords import ASKING
from rag.language.words import Word, words
from rag.premise.alignment import Mask
from rag.question import Question

# Who the hostages were, whoever they are: من هم, من الضابط الذي, who were the.
_IDENTITY = re.compile(r"\W*(?:من (?:هو|هي|هم|هن|ال(?!ذي|تي|ذين)\w+)\b|who (?:is|was|are|were) (?:the|a|an|those|his|her|its|their)\b)")


@dataclass(frozen=True, slots=True)
class Presupposition:
    """What a question takes for granted.

    Attributes:
        facts: of each concept whether the question speaks of it as a fact.
        denial: where the question itself denies something (why did he *refuse* to …), None where it does not.
        denied: of each concept whether it is denied there.
        asks_who_did: whether it asks for the one who did something (who ordered …, not who the hostages were).
    """

    facts: Mask
    denial: Denial | None
    denied: Mask
    asks_who_did: bool


def presupposition(question: Question) -> Presupposition | None:
    """What a question takes for granted; None where it is nothing: yes or no, who somebody is, what would or should be."""
    found = words(question.text)
    if question.type in {"yes_no", "who_is"} or not question.concepts or not _asks(found):
        return None
    if any(_is_in(word, "supposing") for word in found):
        return None
    denial = next(iter(denials(question.text)), None)
    lacking = denial is None and any(_is_in(word, "lacking") for word in found)
    start = _start_of_facts(question, found)
    denied = np.array([denial is not None and denial.holds(one.start) for one in question.concepts], dtype=bool)
    facts = np.array([not lacking and one.start >= start for one in question.concepts], dtype=bool) & ~denied
    who_did = question.type == "who" and not _IDENTITY.match(fold(question.text))
    return Presupposition(facts, denial, denied, who_did) if facts.any() or denied.any() else None


def _asks(found: Sequence[Word]) -> bool:
    """Whether one of the words asks; where none does, the question is one of yes or no (صار في مواجهات؟)."""
    return any(form in ASKING for word in found for form in (word.folded, word.folded[1:]))


def _start_of_facts(question: Question, found: Sequence[Word]) -> int:
    """The offset from which facts are told: in a question for somebody's words, only after "when" or "after"."""
    if question.type != "what_said":
        return 0
    return next((word.start for word in found if _is_in(word, "when")), len(question.text))


def _is_in(word: Word, name: str) -> bool:
    joined = is_arabic(word.folded) and word.folded[0] in "وفلب" and len(word.folded) > 4
    return word.folded in _listed(name) or (joined and word.folded[1:] in _listed(name))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(fold(_data()[name]).split())


@cache
def _data() -> Mapping[str, str]:
    return tomllib.loads(resources.files("rag.premise").joinpath("presupposition.toml").read_text(encoding="utf-8"))
