"""Follow-up questions completed from the conversation: "وكم صاروخا أُطلق؟", "who said that?", "and in 2024?".

By rule and without a model. A question that stands alone is left as it is: one with its own names leans on nothing. What leans is a fragment, a
pronoun or demonstrative that means nothing in the question itself, an Arabic verb without its subject, or a question that names nothing but what
any event has (its victims, its cause). `rag.followup.meaning` says what is meant.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.followup import fragment, replacing
from rag.followup.gap import Gap
from rag.followup.lead import without_lead
from rag.followup.meaning import meant
from rag.followup.mention import Mention
from rag.followup.question import Question
from rag.followup.saying import asks_who_said, who_said
from rag.followup.standing import has_names, is_elliptic, takes_circumstances
from rag.followup.topic import Topic, gaps_of, parsed, said_in, topics
from rag.followup.turn import Turn
from rag.language.characters import script
from rag.model import Language

__all__ = ["Turn", "complete"]

_SHORT = 5  # words of "its predecessor", or of "has this happened before"
_WHAT_ABOUT: dict[Language, str] = {"en": "what about", "ar": "ماذا عن"}


def complete(question: str, turns: Sequence[Turn]) -> str | None:
    """A follow-up as a question that stands alone.

    Args:
        question: as asked.
        turns: of the conversation, oldest first.

    Returns:
        The completed question; None where it stands alone already, or nothing in the conversation completes it.
    """
    known = topics(turns)
    lead = without_lead(question)
    asked = parsed(lead.text)
    if not known or asked.is_greeting:
        return None
    found = _completed(asked, known, connected=lead.connected)
    return _tidy(found, question) if found and found.strip() != asked.text else None


def _completed(asked: Question, known: Sequence[Topic], *, connected: bool) -> str | None:
    last = known[0]
    if asks_who_said(asked):
        return who_said(asked, last)
    gaps = gaps_of(asked)
    phrase = fragment.question_phrase(asked, gaps, last)
    if phrase and fragment.is_put_alike(asked, last):
        return fragment.asked_as(phrase, asked, last)
    if phrase:
        return _with_circumstances(phrase, asked, last)
    owned = bool(gaps) and asked.asks == "none" and _is_short(asked)
    if owned or fragment.is_element(asked, connected=connected):
        return _about_another(asked, gaps, known)
    if gaps:
        return _filled(asked, gaps, known, connected=connected)
    return _with_circumstances(asked.text, asked, last) if is_elliptic(asked, last, connected=connected) else None


def _is_short(asked: Question) -> bool:
    return len(asked.units) <= _SHORT and not has_names(asked)


def _about_another(asked: Question, gaps: Sequence[Gap], known: Sequence[Topic]) -> str | None:
    """The last question about what the follow-up names instead; what it was of a thing that no question was about: "and the cause?"."""
    element = parsed(_fill(asked, gaps, known)[0]) if gaps else asked
    if not element.mentions:
        return replacing.with_participle(element, known[0].question)
    found = replacing.as_subject(element.text, known[0].question) if gaps else replacing.replaced(element, known[0])
    return found or _with_circumstances(f"{_WHAT_ABOUT[element.language]} {element.text}", element, known[0])


def _filled(asked: Question, gaps: Sequence[Gap], known: Sequence[Topic], *, connected: bool) -> str | None:
    """The question with what its gaps mean, and when and where that was."""
    text, sources = _fill(asked, gaps, known)
    if not sources:
        leans = _is_short(asked) or is_elliptic(asked, known[0], connected=connected)
        return _with_circumstances(asked.text, asked, known[0]) if leans else None
    topic, mention = sources[0]
    is_told = mention.dated or (mention.kind == "event" and mention.named)
    is_known = mention.named and not topic.is_counted(mention)
    if is_told or (is_known and not takes_circumstances(asked)):
        return text
    held = [phrase.text for phrase in topic.circumstances(asked, asked.language)]
    return " ".join([text, *(phrase for phrase in held if mention.text not in phrase and phrase not in text)])


def _fill(asked: Question, gaps: Sequence[Gap], known: Sequence[Topic]) -> tuple[str, list[tuple[Topic, Mention]]]:
    """The question with every gap filled that something fills, and from where."""
    text = asked.text
    sources: list[tuple[Topic, Mention]] = []
    for gap in reversed(gaps):
        found = next(((topic, mention) for topic in known if (mention := meant(gap, topic))), None)
        if found:
            sources.insert(0, found)
            text = text[: gap.start] + gap.fill(_said(*found, asked.language)).strip() + text[gap.end :]
    return text, sources


def _said(topic: Topic, mention: Mention, language: Language) -> Mention:
    """A mention as the language of the follow-up says it; as it is where it cannot be said."""
    if topic.language == language == (script(mention.text) or language):
        return mention
    said = said_in(mention, script(mention.text) or topic.language, language)
    return replace(mention, text=said or mention.text, before="")


def _with_circumstances(text: str, asked: Question, topic: Topic) -> str:
    """A question that names nothing of its own, in the event that the talk is about; else about what it is about."""
    found = topic.circumstances(asked, asked.language)
    held = " ".join(mention.text for mention in found if mention.text not in text)
    if any(mention.kind != "date" for mention in found):
        return f"{text} {held}"
    occasion = topic.question.occasion() if asked.language == topic.language and not asked.dates else ""
    about = topic.concerning(asked.language)
    if occasion or not about or about in text:
        return f"{text} {occasion or held}"
    if asked.language == "ar":
        return f"{text} بشأن {about} {held}"
    return f"as for {about} {held}, {text[:1].lower()}{text[1:]}"


def _tidy(text: str, question: str) -> str:
    """With one space between words, a capital, and the question mark of the language it begins in."""
    text = re.sub(r"\s+(?=[،,])", "", " ".join(text.split()))
    english = script(text[:1]) == "en"
    mark = "?" if english or (script(text[:1]) is None and script(question) == "en") else "؟"
    return text[:1].upper() + text[1:] + mark
