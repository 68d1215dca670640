"""Who said that: a follow-up about whose word the answer before was."""

import re

from rag.followup.question import Question
from rag.followup.topic import Topic
from rag.language.characters import script
from rag.language.words import count_words
from rag.model import Language

_WHO_SAID: dict[Language, str] = {"en": "who said", "ar": "من قال"}
_THAT: dict[Language, str] = {"en": "that", "ar": "إن"}
_LONGEST_CLAIM = 12  # words
_MARKS = re.compile(r"\s*\[\d+\]")


def asks_who_said(question: Question) -> bool:
    """Whether a follow-up asks whose word something is."""
    folded = [unit.folded for unit in question.units]
    if " ".join(folded) in question.words("whose_word"):
        return True
    first = question.phrase.last + (question.folded(question.phrase.last) == "else")
    rest = folded[first + 1 :]
    return (
        question.asks == "who"
        and question.is_in(first, "asserted")
        and all(word in question.words("pointing") for word in rest)
    )


def who_said(question: Question, topic: Topic) -> str:
    """Who said what the answer before says in a few words of its own; else who said what the question before asked.

    What was asked is put as an indirect question: it takes nothing for granted, and the sentences that answered it are found again.
    """
    asked = question.asks == "who" and question.is_in(question.phrase.last, "asserted")
    verb = question.slice(0, question.phrase.last + 1).lower() if asked else _WHO_SAID[question.language]
    claim = _MARKS.sub("", next(iter(topic.turn.claims), "")).strip(" .")
    if (
        claim
        and not claim.startswith("«")
        and count_words(claim) <= _LONGEST_CLAIM
        and script(claim) == question.language
    ):
        return f"{verb} {_THAT[question.language]} {claim}"
    if question.language != topic.language:
        verb = _WHO_SAID[topic.language]
    told = topic.question.told()
    return f"{topic.question.front}{verb} {told[:1].lower()}{told[1:]}"
