"""A follow-up that is no whole question: "at what time?", "وفي أي دقيقة؟", "and in August 2024?", "وماذا عن بغداد؟"."""

from collections.abc import Sequence

from rag.followup.arabic_words import verb_with_object
from rag.followup.english import EnglishQuestion
from rag.followup.gap import Gap
from rag.followup.question import ARGUMENTS, Question
from rag.followup.topic import Topic
from rag.followup.wordlist import translated
from rag.language.stem import stem

_LONGEST_NOUN = 2  # words of what is counted, in a follow-up that has nothing else


def question_phrase(question: Question, gaps: Sequence[Gap], topic: Topic) -> str | None:
    """The question phrase of a follow-up that has nothing else; None where it says more."""
    if question.asks in {"none", "polar"} or question.phrase.first > 0:
        return None
    rest = [unit.folded for unit in question.units[question.phrase.last :]]
    if _says_again(rest, question, topic):
        return question.slice(0, question.phrase.last)
    if not question.words("empty").issuperset(rest) or _means_a_thing(question, rest, topic):
        return None
    noun = question.phrase.noun
    if noun and (noun[1] - noun[0] > _LONGEST_NOUN or gaps or any(m.named or m.dated for m in question.mentions)):
        return None
    return question.slice(0, question.phrase.last)


def _says_again(rest: Sequence[str], question: Question, topic: Topic) -> bool:
    """Whether a follow-up only repeats what the topic said was done: "when did he say that", "why did she resign", متى أسسه."""
    before = topic.question
    if before.verb is None or question.verb is None or question.asks in ARGUMENTS:
        return False
    told = {before.said} if before.language == question.language else set()
    told |= question.words("say") if before.asks == "what" and before.said in before.words("say") else set()
    known = {stem(word) for word in told}
    nothing = question.words("empty") | question.words("pronouns") | question.words("auxiliaries")
    others = [word for word in rest if word not in nothing]
    return bool(others) and all(not known.isdisjoint(_verb_stems(word)) for word in others)


def _verb_stems(folded: str) -> set[str]:
    with_object = verb_with_object(folded)
    return {stem(folded), stem(with_object[0]) if with_object else stem(folded)}


def _means_a_thing(question: Question, rest: Sequence[str], topic: Topic) -> bool:
    """Whether what is asked about is a thing that was named, and not what was said of it: "where is it", "متى وقع" of an earthquake."""
    pronoun = "it" in rest or question.language == "ar"
    if not question.words("happened").isdisjoint(rest):
        return pronoun and any(mention.kind == "event" for mention in topic.mentions)
    measured = question.asks == "how" and question.phrase.last - question.phrase.first > 1
    return "it" in rest and (measured or "is" in rest or question.asks in {"who", "what"})


def is_put_alike(question: Question, topic: Topic) -> bool:
    """Whether what a follow-up asks for can take the place of what the topic did: "how many rockets" after "what hit the base"."""
    if question.phrase.noun is None or _is_adverbial(question):
        return True
    before = topic.question
    if before.asks not in ARGUMENTS or before.said in before.words("happened") or before.language != question.language:
        return False
    return not any(question.is_in(i, "fates") for i in range(*question.phrase.noun))


def asked_as(phrase: str, question: Question, topic: Topic) -> str:
    """What the topic asked, asked with another question phrase."""
    before = topic.question
    if question.language != before.language:
        said = " ".join(unit.folded for unit in question.units[: question.phrase.last])
        phrase = translated(before.language).get(said, phrase)
    if question.asks in ARGUMENTS and not _is_adverbial(question):
        found = _in_its_place(phrase, question, before)
        if found:
            return found
    event = next((mention for mention in topic.mentions if mention.kind == "event"), None)
    if (
        event and before.verb is None and before.asks in ARGUMENTS
    ):  # the cause of a fire cannot be asked when, but the fire can
        return f"{phrase} was {event.text}" if topic.language == "en" else f"{phrase} كان {event.text}"
    return before.asked_as(phrase)


def _is_adverbial(question: Question) -> bool:
    """Whether a question phrase asks for no subject or object: "by whom", "what time", "بكم"."""
    last = question.phrase.last - 1
    introduced = last > 0 and (question.is_in(0, "prepositions") or question.folded(0) == "of")
    return introduced or question.is_in(last, "periods") or question.is_in(0, "adverbial")


def _in_its_place(phrase: str, question: Question, before: Question) -> str | None:
    """With the question phrase in the place of the old one, or of an indefinite: "who" after "was anyone hurt"."""
    last = before.phrase.last
    if before.asks in ARGUMENTS:
        same = not question.phrase.noun and before.phrase.noun and question.asks in {"which", "how_many"}
        noun = f" {before.slice(*before.phrase.noun)}" if same and before.phrase.noun else ""
        return f"{before.front}{phrase}{noun} {before.slice(last)}"
    indefinite = next((i for i in range(last, len(before.units)) if before.is_in(i, "indefinite")), None)
    if indefinite is None:
        return None
    verb = (
        before.slice(last, last + 1).lower() if isinstance(before, EnglishQuestion) else before.slice(last, indefinite)
    )
    return f"{before.front}{phrase} {verb} {before.slice(indefinite + 1)}"


def is_element(question: Question, *, connected: bool) -> bool:
    """Whether a follow-up is but a part to be put into the question before: a date, a name, "according to …"."""
    says = any(question.is_in(i, "auxiliaries") for i in range(len(question.units)))
    if question.asks != "none" or says:
        return False
    first = next(iter(question.mentions), None)
    if connected or first is None or first.start > 0:
        return connected
    alone = first.end == len(question.text) and first.kind in {"date", "source"}
    return alone or (bool(first.before) and len(question.mentions) <= 2)
