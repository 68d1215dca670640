"""Whose word a question asks for: one voice's, what each side says, or nobody's in particular."""

import re

from rag.disagreement.words import begins, phrases
from rag.language.characters import fold
from rag.language.speech import attributions, speech_kind
from rag.language.words import words

# What do X and Y say, ماذا يقول س وص.
_TWO_SPEAK = re.compile(r"\bdo .+ and .+ (?:say|claim|report)\b|\b(?:يقول|تقول|قال|قالت) .+ و\w")


def asks_for_sides(question: str) -> bool:
    """Whether a question asks what each side says.

    >>> asks_for_sides("What hit the base, according to the different sources?"), asks_for_sides("What hit the base?")
    (True, False)
    """
    folded = [word.folded for word in words(question)]
    named = any(begins(folded, i, phrases("sides", "asked")) for i in range(len(folded)))
    return named or bool(_TWO_SPEAK.search(fold(question)))


def asks_one_voice(question: str) -> bool:
    """Whether a question asks what one source says, so that another one does not differ with it.

    >>> asks_one_voice("How many died, according to the police?"), asks_one_voice("How many died?")
    (True, False)
    """
    if asks_for_sides(question):
        return False
    says = any(speech_kind(word.folded) and (word.folded,) not in phrases("sides", "deeds") for word in words(question))
    return says or any(one.speaker and not one.verb_is_said for one in attributions(question))
