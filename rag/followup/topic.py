"""What the talk has been about: an earlier question, and what a later one can take over from it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rag.followup import arabic_gaps, english_gaps
from rag.followup.arabic import ArabicQuestion
from rag.followup.english import EnglishQuestion
from rag.followup.gap import Gap
from rag.followup.mention import Kind, Mention, date_text, dated
from rag.followup.question import Question
from rag.followup.turn import Turn
from rag.followup.wordlist import listed
from rag.language.characters import fold, script
from rag.language.entities import entities
from rag.language.romanize import romanize
from rag.language.words import words
from rag.model import Language

NEVER_MEANT: frozenset[Kind] = frozenset({"date", "source"})
_IN: dict[Language, str] = {"en": "in ", "ar": "في "}


def parsed(text: str) -> Question:
    """A question taken apart in its language."""
    return EnglishQuestion(text) if script(text) == "en" else ArabicQuestion(text)


def gaps_of(question: Question) -> list[Gap]:
    """What in a question leans on the talk."""
    if isinstance(question, EnglishQuestion):
        return english_gaps.gaps(question)
    assert isinstance(question, ArabicQuestion)
    return arabic_gaps.gaps(question)


def topics(turns: Sequence[Turn]) -> list["Topic"]:
    """The turns that were about something, the last one first."""
    found = [Topic(turn, parsed(turn.question)) for turn in reversed(turns) if turn.question.strip()]
    return [topic for topic in found if topic.mentions and not topic.question.is_greeting]


def preposition(mention: Mention) -> str:
    """The folded preposition before a mention, "" where there is none."""
    return fold(mention.before.strip())


@dataclass(frozen=True)
class Topic:
    """An earlier turn.

    Attributes:
        turn: as it was.
        question: its question.
    """

    turn: Turn
    question: Question

    @property
    def language(self) -> Language:
        """The language of the question."""
        return self.question.language

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """What the question names, what it says something of first."""
        subject = self.question.subject_mention
        rest = [mention for mention in self.question.mentions if mention is not subject]
        known = [self._as_known(mention) for mention in ([subject] if subject else []) + rest]
        found = [part for mention in known for part in (self._itself(mention), mention) if part]
        return tuple(mention for mention in found if not self._is_indefinite(mention))

    def _as_known(self, mention: Mention) -> Mention:
        """With what the question shows of it: what was counted is known from then on, and who is asked about is a person."""
        question = self.question
        if mention.start == question.noun_start:
            if question.asks != "how_many":
                return replace(mention, text=question.chosen_by_clause(), dated=True)
            text = question.chosen()
            return replace(mention, text=text, plural=text != mention.text)
        about_whom = question.asks == "who" and question.verb is None and not mention.before
        if not about_whom or mention.kind not in {"thing", "person"}:
            return mention
        shown = {"هو": False, "هي": True}.get(question.folded(question.phrase.last - 1), mention.feminine)
        return replace(mention, kind="person", feminine=shown)

    def _itself(self, mention: Mention) -> Mention | None:
        """The thing of which a mention says only one respect: the fire of "the cause of the fire", شركة of خسائر شركة."""
        parts = re.fullmatch(r"the (\w+) of (.+)" if self.language == "en" else r"(\w+) (.+)", mention.text)
        if parts is None or fold(parts[1].removeprefix("ال")) not in listed(self.language, "respects"):
            return None
        inner = next(iter(parsed(parts[2]).mentions), None)
        return replace(inner, start=mention.start, end=mention.end, before=mention.before) if inner else None

    def _is_indefinite(self, mention: Mention) -> bool:
        return all(word.folded in listed(self.language, "indefinite") for word in words(mention.text))

    def is_counted(self, mention: Mention) -> bool:
        """Whether a mention is what the question counts."""
        return self.question.asks == "how_many" and mention.start == self.question.noun_start

    def is_placing(self, mention: Mention) -> bool:
        """Whether a mention stands behind a preposition of place."""
        return preposition(mention) in listed(self.language, "placing")

    def circumstances(self, own: Question, language: Language) -> list[Mention]:
        """When and where that was and in which event, each as a phrase of a language, but for what a question gives itself."""
        given = {m.kind for m in own.mentions if m.kind != "event" or m.named or m.dated} - {"thing", "person"}
        given |= {"date"} if own.dates or _has_time(own) else set()
        kept = [m for m in self._in_order() if m.kind not in given and not (m.dated and "date" in given)]
        return [replace(mention, text=text, before="") for mention in kept if (text := self._placed(mention, language))]

    def _in_order(self) -> list[Mention]:
        """The circumstances as they stand in the question."""
        found = {
            m.start: m
            for m in reversed(self.mentions)
            if m.start != self.question.noun_start and self._is_circumstance(m)
        }
        return [found[start] for start in sorted(found)]

    def _is_circumstance(self, mention: Mention) -> bool:
        if preposition(mention) in listed(self.language, "before_or_after"):
            return False
        if mention.kind == "event":
            return bool(mention.before) or not mention.plural
        return mention.kind == "date" or (self.is_placing(mention) and mention.kind not in {"person", "source"})

    def _placed(self, mention: Mention, language: Language) -> str:
        text = said_in(mention, self.language, language)
        fits = mention.kind != "event" or preposition(mention) in listed(self.language, "happening")
        if text and language == self.language and mention.before and fits:
            return mention.phrase
        return _IN[language] + text if text else ""

    def concerning(self, language: Language) -> str:
        """What a question with no telling circumstances is about; "" where that cannot be said in the language."""
        known = [mention for mention in self.mentions if mention.kind not in NEVER_MEANT]
        telling = next((m for m in known if m.named or m.kind != "thing"), next(iter(known), None))
        return said_in(telling, self.language, language) if telling else ""


def _has_time(question: Question) -> bool:
    said = f" {' '.join(unit.folded for unit in question.units)} "
    return any(f" {time} " in said for time in question.words("times"))


def said_in(mention: Mention, spoken: Language, language: Language) -> str:
    """A mention of a question in one language as another one can say it: its date, its names; "" where it has neither."""
    if spoken == language:
        return mention.text
    given = dated(mention.text)
    if given:
        return date_text(given[-1].given, language)
    if spoken == "en" and mention.kind in {"person", "place", "group"}:
        return mention.text.removeprefix("the ")
    named = [entity for entity in entities(mention.text) if entity.named]
    names = [
        entity.text for entity in named if entity.kind == "person" or mention.kind != "person"
    ]  # an office is no name
    return " ".join(names if spoken == "en" else map(romanize, names))
