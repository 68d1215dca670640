"""What a question takes for granted: which of its concepts it speaks of as facts, and which it says are not so."""

import tomllib
from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class Presupposition:
    """What a question takes for granted.

    Attributes:
        facts: of each concept whether the question speaks of it as a fact.
        denial: where the question itself denies something (why did he *refuse* to …), None where it does not.
        denied: of each concept whether it is denied there.
    """

    facts: Mask
    denial: Denial | None
    denied: Mask


def presupposition(question: Question) -> Presupposition | None:
    """What a question takes for granted; None where it is nothing: yes or no, who somebody is, what would or should be."""
    found = words(question.text)
    folded = [_bare(word) for word in found]
    if question.type in {"yes_no", "who_is"} or not question.concepts or not _asks(found):
        return None
    if not _listed("supposing").isdisjoint(folded):
        return None
    denied = denials(question.text)
    denial = denied[0] if denied else None
    inside = np.array([denial is not None and denial.holds(concept.start) for concept in question.concepts])
    lacking = denial is None and not _listed("lacking").isdisjoint(folded)
    facts = np.array([not lacking and concept.start >= _from(question, found) for concept in question.concepts])
    return Presupposition(facts & ~inside, denial, inside) if facts.any() else None


def _asks(found: list[Word]) -> bool:
    """Whether one of the words asks; where none does, the question is one of yes or no (صار في مواجهات؟)."""
    return any(form in ASKING for word in found for form in (word.folded, word.folded[1:]))


def _from(question: Question, found: list[Word]) -> int:
    """The offset from which facts are told: of what somebody said, only what comes after "when" or "after" is one."""
    if question.type != "what_said":
        return 0
    links = [word.start for word in found if word.folded in _listed("when")]
    return links[0] if links else len(question.text)


def _bare(word: Word) -> str:
    folded = word.folded
    return folded[1:] if is_arabic(folded) and folded[0] in "وفلب" and len(folded) > 4 else folded


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(fold(_data()[name]).split())


@cache
def _data() -> Mapping[str, str]:
    return tomllib.loads(resources.files("rag.premise").joinpath("presupposition.toml").read_text(encoding="utf-8"))
