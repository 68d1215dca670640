"""What the best sentences do not tell of what a question asks for, though they tell of what it is about; or what the question does not say."""

import re
from collections.abc import Sequence
from typing import Literal

import numpy as np

from rag.asking import QuestionType, asks_for_name
from rag.evidence import FEATURES, Evidence
from rag.language.characters import fold
from rag.language.readings import readings
from rag.measure import asked_for
from rag.question import Question

Lacking = Literal["name", "number", "time", "deed"]

_NAMING: frozenset[QuestionType] = frozenset({"who", "where", "which", "list", "what"})
# What is least asked of a name that is to answer: how close it is to what is asked about, and how much of the question stands around it; and of
# a quantity how surely it is of what is counted. On the news of training/ seven of ten questions for a name that no article gives fail so.
_LEAST_CLOSENESS, _LEAST_ABOUT, _LEAST_COUNTED = 0.25, 0.4, 0.5

_OF_DEED: frozenset[QuestionType] = frozenset({"when", "what_time", "where"})
_PRONOUN = re.compile(r"\b(?:is|are|was|were|do|does|did|has|have|will) (?:he|she|it|they)\b", re.IGNORECASE)
_OF_DEEDS = frozenset({"time"})  # how many times: told by a count of the deeds themselves (43 calls)


def lacking(question: Question, best: Sequence[Evidence]) -> Lacking | None:
    """What is asked for and missing where its look tells: a name beside what is to be named, a fit quantity, a time; or whom it is asked of."""
    if not best:
        return None
    if _names_nobody(question):
        return "deed"
    fit, about, closest = (_values(best, name) for name in ("candidate", "about", "closest"))
    if asks_for_name(question.text) and question.type in _NAMING:
        return None if ((closest >= _LEAST_CLOSENESS) & (about >= _LEAST_ABOUT)).any() else "name"
    if question.type == "how_many" and asked_for(question.text) - _OF_DEEDS:
        return None if fit.max() >= _LEAST_COUNTED else "number"
    if question.type == "what_time":
        return None if fit.max() > 0 else "time"
    return None


def _names_nobody(question: Question) -> bool:
    """Whether a question for a time or place names a deed alone (متى توفي؟, When did he die?)."""
    if question.type not in _OF_DEED or len(question.concepts) != 1 or question.concepts[0].kind != "word":
        return False
    if question.language == "en":
        return _PRONOUN.search(question.text) is not None
    return any(one.is_verb for one in readings(fold(question.concepts[0].text))[:1])


def _values(best: Sequence[Evidence], feature: str) -> np.ndarray:
    return np.array([one.features[FEATURES.index(feature)] for one in best])
