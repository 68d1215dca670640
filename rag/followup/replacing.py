"""The question before, with one of its parts replaced: "and in August 2024?" after "was anyone hurt in the July 2021 attack?"."""

from collections.abc import Callable
from dataclasses import replace

from rag.followup.english_words import base
from rag.followup.mention import Mention, date_text
from rag.followup.naming import named_within
from rag.followup.question import Question
from rag.followup.topic import NEVER_MEANT, Topic, preposition
from rag.language.entities import Entity
from rag.model import Language

_IN: dict[Language, str] = {"en": "in ", "ar": "في "}
_OF: dict[Language, str] = {"en": " of ", "ar": " في "}


def replaced(element: Question, topic: Topic) -> str | None:
    """The topic's question about another date, place, name or thing; None where the element is of no kind that it has."""
    question, new = topic.question, element.mentions[0]
    if element.dates and all(mention.kind == "date" for mention in element.mentions):
        return _with_date(element, question)
    if new.kind == "source":
        return _with_source(new, question)
    if _is_time(element):
        return _with_time(element.text, question)
    names = named_within(element.text, 0, len(element.text)) or _written_as_names(new)
    if names and not _is_described(new, names[0]):
        return _with_name(new, names[0], question)
    return _with_noun(new, topic)


def as_subject(text: str, question: Question) -> str | None:
    """A question about something that is called after its subject: "its predecessor"."""
    old = question.subject_mention
    if old is None or old.kind in NEVER_MEANT or question.phrase.noun:
        return None
    return _cut(question, old.from_end, old.end, text)


def with_participle(element: Question, question: Question) -> str | None:
    """A question with another participle: "and killed" after "how many people were hurt"."""
    if len(element.units) != 1 or question.verb is None:
        return None
    unit, old = element.units[0], question.units[question.verb]
    return _cut(question, old.start, old.end, unit.text) if base(unit) and base(old) else None


def _cut(question: Question, start: int, end: int, text: str) -> str:
    """A question with `text` in the place of a stretch of it."""
    return question.text[:start] + text + question.text[end:]


# Dates


def _with_date(element: Question, question: Question) -> str:
    new, phrase, language = element.dates[-1], element.mentions[0], question.language
    old = question.dates[-1] if question.dates else None
    given = new.given
    if old and given.year is None:
        given = replace(given, year=old.given.year)
    same = element.language == language
    own = phrase.text if len(element.mentions) == 1 else element.text[new.start : new.end]
    said = own if same and given == new.given else date_text(given, language)
    before = (
        phrase.before.lower() if same and phrase.before else "on " if language == "en" and given.day else _IN[language]
    )
    if old is None:
        return f"{question.text} {before}{said}"
    alone = _alone(question)
    return (
        _cut(question, alone.start, alone.end, before + said)
        if alone and alone.before
        else _cut(question, old.start, old.end, said)
    )


def _alone(question: Question) -> Mention | None:
    """The question's last date, where it is a phrase of its own."""
    old = question.dates[-1]
    return next((m for m in question.mentions if m.kind == "date" and m.start <= old.start and m.end >= old.end), None)


def _is_time(element: Question) -> bool:
    said = " ".join(unit.folded for unit in element.units)
    return not element.words("times").isdisjoint({said, said.removeprefix("في "), said.removeprefix("in ")})


def _with_time(text: str, question: Question) -> str:
    """With "last year" in the place of the date."""
    if not question.dates:
        return f"{question.text} {text}"
    alone, old = _alone(question), question.dates[-1]
    return _cut(question, alone.start, alone.end, text) if alone else f"{_cut(question, old.start, old.end, '')} {text}"


# Whose word it is


def _with_source(new: Mention, question: Question) -> str:
    """According to another source, in the place of the one before or of who was asked to have said it."""
    old = next((mention for mention in question.mentions if mention.kind == "source"), None)
    if old:
        return _cut(question, old.start, old.end, new.phrase)
    comma = ", " if question.language == "en" else "، "
    return _without_speaker(question) + comma + new.phrase


def _without_speaker(question: Question) -> str:
    """Without "did Marotto say" between the question phrase and what was said."""
    said = question.said in question.words("say") and question.subject and question.phrase.noun
    if not said or question.verb is None or question.subject is None:
        return question.text
    after = max(question.verb + 1, question.subject[1])
    conjunction = question.is_in(after, "complementizers")
    goes_on = after < len(question.units) and not question.is_in(after, "prepositions")
    if not goes_on or (question.language == "ar" and not conjunction):
        return question.text
    return f"{question.slice(question.phrase.first, question.phrase.last)} {question.slice(after + conjunction)}"


# Names


def _written_as_names(new: Mention) -> list[Entity]:
    """A row of capitals, or of words of no language, that no list knows, as a name of any kind."""
    return [Entity("group", new.text, new.from_end, new.end)] if new.named else []


def _is_described(new: Mention, name: Entity) -> bool:
    """Whether a noun phrase is more than its name: "the Hezbollah leader"."""
    extra = len(new.text.removeprefix("the ").removesuffix("'s")) - len(
        name.text.removeprefix("the ").removesuffix("'s")
    )
    return extra > 1 and name.role is None


def _with_name(new: Mention, name: Entity, question: Question) -> str:
    names = named_within(question.text, 0, len(question.text))
    alike = [old for old in reversed(names) if old.kind == name.kind]
    if alike:
        behind = [old for old in alike if _is_behind_preposition(old, question) == bool(new.before)]
        if new.before and name.kind == "place" and not behind:  # "and from Russia" of what Egypt imported
            return f"{question.text} {new.phrase}"
        old = (behind or alike)[0]
        return _cut(question, old.start, old.end, name.text)
    placed = [
        m
        for m in question.mentions
        if new.before and preposition(m) == preposition(new) and m.kind not in {"date", "event", "source"}
    ]
    if placed:
        return _cut(question, placed[-1].start, placed[-1].end, new.phrase)
    if new.before and (name.kind == "place" or not names):
        return f"{question.text} {new.phrase}"
    if names:
        return _cut(question, names[-1].start, names[-1].end, name.text)
    named = [mention for mention in question.mentions if mention.named and mention.kind != "source"]
    if named:
        return _cut(question, named[-1].from_end, named[-1].end, new.text)
    return f"{question.text}{' ' + new.phrase if new.before else _OF[question.language] + new.text}"


def _is_behind_preposition(name: Entity, question: Question) -> bool:
    return any(mention.before and mention.start <= name.start < mention.end for mention in question.mentions)


# Things


def _with_noun(new: Mention, topic: Topic) -> str | None:
    """About another thing of the same sort: the women after the people, the strongest aftershock after the earthquake."""
    question = topic.question
    alike = [m for m in question.mentions if new.before and m.before == new.before and m.kind == new.kind]
    if alike:
        return _cut(question, alike[-1].start, alike[-1].end, new.phrase)
    if new.plural and question.phrase.noun and question.asks == "how_many":
        return _counted(new, topic)
    old = _of_the_same_sort(new, question)
    if old is None:
        return None
    whole = new.named or _may_be_name(new, question)
    is_part = not whole and (old.named or old.dated or old.kind == "event") and old is question.subject_mention
    text = f"{new.text}{_OF[question.language]}{old.text}" if is_part else new.text
    return _cut(question, old.from_end, old.end, text)


def _of_the_same_sort(new: Mention, question: Question) -> Mention | None:
    """What a new noun phrase takes the place of: what is of its kind, a name for a name, else the subject."""
    subject = question.subject_mention
    old = [m for m in question.mentions if m.kind not in NEVER_MEANT and m.start != question.noun_start]
    if not question.words("respects").isdisjoint({new.text.removeprefix("the "), new.text.removeprefix("ال")}):
        return None
    ways: tuple[Callable[[Mention], bool], ...] = (
        lambda m: m is subject and m.kind == new.kind,
        lambda m: m.kind == new.kind and m.named == new.named and not m.before,
        lambda m: m.kind == new.kind and m.named == new.named,
        lambda m: m.named and new.named and not m.before,
        lambda m: m.named and not m.before and _may_be_name(new, question),
        lambda m: m is subject and (m.kind == "person") == (new.kind == "person"),
    )
    return next((mention for way in ways for mention in old if way(mention)), None)


def _may_be_name(new: Mention, question: Question) -> bool:
    """Whether a word of a script without capitals may be a name: ماني."""
    return question.language == "ar" and not new.before and " " not in new.text and not new.text.startswith("ال")


def _counted(new: Mention, topic: Topic) -> str:
    """How many there were of others: "how many were wounded", "كم عدد الجرحى"."""
    question = topic.question
    first, last = question.phrase.noun or (0, 0)
    bare = new.text.removeprefix("the ")
    circumstances = [mention.text for mention in topic.circumstances(question.__class__(""), question.language)]
    if question.language == "en":
        if bare in question.words("fates"):
            return " ".join(["how many were", bare, *circumstances])
        return _cut(question, question.units[first].start, question.units[last - 1].end, bare)
    if question.folded(first) == "عدد" and last > first + 1:
        return _cut(question, question.units[first + 1].start, question.units[last - 1].end, new.text)
    return " ".join(["كم عدد", new.text, *circumstances])
