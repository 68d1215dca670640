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
from rag.language.readings import VERBS, readings
from rag.language.senses import spelling
from rag.language.stopwords import ASKING
from rag.language.words import Word, words
from rag.premise.alignment import Mask
from rag.question import Question

_REACH = 50  # letters after a word of wishing in which what is wished stands
_SOON = 25  # letters after "will" in which its verb stands
# Who the hostages were, whoever they are: من هم, من الضابط الذي, who were the.
_IDENTITY = re.compile(
    r"\W*(?:من (?:هو|هي|هم|هن|ال(?!ذي|تي|ذين)\w+)\b|who (?:is|was|are|were) (?:the|a|an|those|his|her|its|their)\b)"
)
_CHOOSING = re.compile(r"\W*(?:which|what|اي|ايه)\b")


@dataclass(frozen=True, slots=True)
class Presupposition:
    """What a question takes for granted.

    Attributes:
        facts: of each concept whether the question speaks of it as a fact.
        denial: where the question itself denies something (why did he *refuse* to …), None where it does not.
        denied: of each concept whether it is denied there.
        to_come: of each concept whether it is asked of the time to come.
        asks_who_did: whether it asks for the one who did something (who ordered …, not who the hostages were).
    """

    facts: Mask
    denial: Denial | None
    denied: Mask
    to_come: Mask
    asks_who_did: bool


def presupposition(question: Question) -> Presupposition | None:
    """What a question takes for granted; None where it is nothing: yes or no, who somebody is, what would or should be."""
    found = words(question.text)
    if question.type in {"yes_no", "who_is"} or not question.concepts or not _asks(found):
        return None
    if any(is_in(word, "supposing") for word in found):
        return None
    denial = next(iter(denials(question.text)), None)
    lacking = denial is None and any(is_in(word, "lacking") for word in found)
    start = _start_of_facts(question, found)
    denied = np.array([denial is not None and denial.holds(one.start) for one in question.concepts], dtype=bool)
    wished = np.array([is_wished(one.start, found) for one in question.concepts], dtype=bool)
    facts = np.array([not lacking and one.start >= start for one in question.concepts], dtype=bool) & ~denied & ~wished
    who_did = _asks_who_did(question)
    to_come = np.array([_is_to_come(one.start, found) for one in question.concepts], dtype=bool)
    return Presupposition(facts, denial, denied, to_come, who_did) if facts.any() or denied.any() else None


def _asks(found: Sequence[Word]) -> bool:
    """Whether one of the words asks; where none does, the question is one of yes or no (صار في مواجهات؟)."""
    return any(form in ASKING for word in found for form in (word.folded, word.folded[1:]))


def _asks_who_did(question: Question) -> bool:
    """Whether the one who did something is asked for: who ordered …, which party won …."""
    folded = fold(question.text)
    if question.type == "who":
        return not _IDENTITY.match(folded)
    choosing = question.focus == 0 and _CHOOSING.match(folded) and len(question.concepts) > 1
    return bool(choosing) and question.concepts[1].kind == "word"


def _start_of_facts(question: Question, found: Sequence[Word]) -> int:
    """The offset from which facts are told: in a question for somebody's words, only after "when" or "after"."""
    if question.type != "what_said":
        return 0
    return next((word.start for word in found if is_in(word, "when")), len(question.text))


def is_wished(start: int, found: Sequence[Word], reach: int = _REACH) -> bool:
    """Whether what begins at an offset stands after a word of wishing or trying, so many letters at most."""
    return any(is_in(word, "wishing") and word.end <= start < word.end + reach for word in found)


def _is_to_come(start: int, found: Sequence[Word]) -> bool:
    """Whether what begins at an offset is a verb in the future (سيطعن), or stands shortly after a word that makes one so."""
    if any(is_in(word, "future") and word.end <= start < word.end + _SOON for word in found):
        return True
    verb = next((word for word in found if word.start == start), None)
    known = readings(spelling(verb)) if verb and is_arabic(verb.folded) else ()
    return bool(known) and known[0].kind in VERBS and known[0].particle == "س"


def is_in(word: Word, name: str) -> bool:
    """Whether a word is in a list of `presupposition.toml`, also with a particle joined."""
    joined = is_arabic(word.folded) and word.folded[0] in "وفلب" and len(word.folded) > 4
    return word.folded in _listed(name) or (joined and word.folded[1:] in _listed(name))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(fold(_data()[name]).split())


@cache
def _data() -> Mapping[str, str]:
    return tomllib.loads(resources.files("rag.premise").joinpath("presupposition.toml").read_text(encoding="utf-8"))
