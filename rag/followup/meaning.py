"""What a gap of a follow-up means: somebody or something of the last question, of its answer, or of the turns before.

The subject of a question goes before the rest of it, a question before its answer, and the last turn before older ones (Grosz, Joshi and Weinstein,
"Centering", 1995); an object rather means an object.
"""

from collections.abc import Sequence

from rag.followup import arabic_words
from rag.followup.english import EnglishQuestion
from rag.followup.english_words import base
from rag.followup.gap import Gap
from rag.followup.mention import Mention
from rag.followup.topic import NEVER_MEANT, Topic, preposition
from rag.followup.wordlist import listed
from rag.language.analyzer import analyze
from rag.language.characters import fold
from rag.language.entities import Entity, entities
from rag.language.stem import stem
from rag.language.words import words


def meant(gap: Gap, topic: Topic) -> Mention | None:
    """What a gap means, if the turn has it."""
    asks_who = topic.question.asks == "who" and not gap.noun and not gap.not_person
    somebody = gap.need == "person" or (gap.need == "any" and asks_who)
    return (
        (_who_it_was(gap, topic) if somebody else None)
        or (_acted_on(gap, topic) if gap.is_object else None)
        or (_deed(topic) if gap.need == "event" else None)
        or _among(gap, topic, _subject(gap, topic))
        or _asked_for(gap, topic)
        or _among(gap, topic, topic.mentions)
        or (_named_person(topic) or _answering(gap, topic) if _may_be_person(gap) else None)
    )


# Of the question


def _subject(gap: Gap, topic: Topic) -> Sequence[Mention]:
    first = [mention for mention in topic.mentions if mention.start == topic.mentions[0].start]
    return [mention for mention in first if not gap.feminine or _gender(mention)]


def _acted_on(gap: Gap, topic: Topic) -> Mention | None:
    """An object of the question, for one of the follow-up."""
    if topic.question.verb is None or gap.need in {"plural", "members"}:
        return None
    objects = [m for m in topic.mentions[1:] if not topic.is_counted(m) and m.kind not in {"person", "place"}]
    return _among(gap, topic, [m for m in objects if preposition(m) in listed(topic.language, "concerning") | {""}])


def _among(gap: Gap, topic: Topic, mentions: Sequence[Mention]) -> Mention | None:
    """The first of some mentions that agrees with a gap; one whose gender shows before one whose does not, where the gap's does."""
    if gap.measured:  # the price of bread, and not the bread
        mentions = [
            m for m in mentions if not any(o.start == m.start and len(o.text) > len(m.text) for o in topic.mentions)
        ]
    fitting = [mention for mention in mentions if _fits(mention, gap, topic)]
    if gap.need == "person" and not fitting:
        fitting = [m for m in mentions if m.named and m.kind == "thing" and not m.plural]
    certain = [mention for mention in fitting if gap.feminine and _gender(mention)]
    return next(iter([*certain, *fitting]), None)


def _fits(mention: Mention, gap: Gap, topic: Topic) -> bool:
    if mention.kind in NEVER_MEANT or (gap.not_person and mention.kind == "person"):
        return False
    if gap.noun:
        return _is_called(mention, gap.noun, topic)
    if not gap.measured and topic.language == "ar" and fold(mention.text.split(" ")[0]) in listed("ar", "quantities"):
        return False
    human = mention.kind == "person"
    match gap.need:
        case "person":
            return human and not mention.plural
        case "thing":
            return not human and (not mention.plural or mention.kind in {"group", "place"})
        case "plural":
            return mention.plural or mention.kind == "group"
        case "members":
            return mention.plural and mention.kind != "group"
        case "event":
            return mention.kind == "event"
        case "place":
            return mention.kind == "place" or topic.is_placing(mention)
        case "any" if mention.plural:
            return gap.feminine is not False and not human
        case "any":
            return gap.feminine is None or _gender(mention) in {None, gap.feminine}


def _is_called(mention: Mention, noun: str, topic: Topic) -> bool:
    """Whether a mention is what "this attack" may mean."""
    own = {stem(word.folded) for word in words(mention.text)}
    return stem(noun) in own or (mention.kind == "event" and noun in listed(topic.language, "events"))


def _gender(mention: Mention) -> bool | None:
    return None if mention.kind == "person" and not mention.feminine else mention.feminine


def _deed(topic: Topic) -> Mention | None:
    """What the question says was done, where English calls it by the verb itself: the crash of the Yemenia plane."""
    question = topic.question
    named = any(mention.kind == "event" for mention in topic.mentions)
    if named or not isinstance(question, EnglishQuestion) or question.verb is None or question.subject is None:
        return None
    deed = base(question.units[question.verb]) or question.said
    text = f"the {deed} of {question.slice(*question.subject)}"
    return Mention(text, "event") if deed in question.words("events") else None


def _named_person(topic: Topic) -> Mention | None:
    """The person whom a noun phrase names: Omar Radi of "the trial of Omar Radi"."""
    found = next((e for e in entities(topic.question.text) if e.kind == "person" and e.named), None)
    return Mention(found.text, "person", found.start, found.end, named=True) if found else None


def _asked_for(gap: Gap, topic: Topic) -> Mention | None:
    """What the question asked for, by its own words: "where the rockets were launched", "what happened at Ain al-Asad"."""
    question, after = topic.question, topic.question.slice(topic.question.phrase.last)
    english = topic.language == "en"
    told = question.told()[:1].lower() + question.told()[1:]
    if gap.need == "place" and question.asks == "where":
        return Mention(told if english else f"حيث {after}", "place", before=" ")
    if gap.noun or gap.feminine or question.asks not in {"what", "where"} or gap.need not in {"event", "thing", "any"}:
        return None
    if question.said in question.words("happened"):
        placed = any(mention.kind in {"date", "place"} or mention.before for mention in question.mentions)
        what = "what" if english else "ما"
        return (
            Mention(f"{what} {after.replace(' ذلك', '')}", "event", dated=True)
            if placed and not _has_own_subject(topic)
            else None
        )
    found = question.asks == "what" and question.subject and question.said not in question.words("say")
    if not found or gap.need == "event" or not (english or gap.is_object):
        return None
    return Mention(told if english else f"ما {after}", "thing", dated=True)


def _has_own_subject(topic: Topic) -> bool:
    """Whether the verb has a subject that says more than "that"."""
    subject = topic.question.subject
    return subject is not None and topic.question.slice(*subject) not in {"it", "that", "ذلك"}


# Of the answer


def _may_be_person(gap: Gap) -> bool:
    return gap.need in {"person", "any"} and not gap.noun and not gap.not_person


def _who_it_was(gap: Gap, topic: Topic) -> Mention | None:
    """Who was asked for by what he did: the answer's person where there is one, else "the one who …"."""
    question = topic.question
    given = any(mention.kind == "person" and not mention.before for mention in question.mentions)
    if question.asks != "who" or question.verb is None or given:
        return None
    did = question.slice(question.phrase.last)
    return _answering(gap, topic) or Mention(
        f"the one who {did}" if topic.language == "en" else f"من {did}", "person", dated=True
    )


def _answering(gap: Gap, topic: Topic) -> Mention | None:
    """The person whom the answer names, where it names but one, or but one whose office the question has words of."""
    turn = topic.turn
    if turn.kind == "refusal":
        return None
    if turn.short and turn.short[1] == "person":
        return Mention(turn.short[0], "person", named=True)
    named = [
        entity
        for text in turn.claims or turn.quotes
        for entity in entities(text)
        if entity.kind == "person" and entity.named
    ]
    people = [person for person in named if gap.feminine is None or _is_woman(person) in {None, gap.feminine}]
    holders = [person for person in people if person.role and _stems(person.role) & _stems(topic.question.text)]
    ways = (
        [person.text for person in people],
        [person.text for person in holders],
        [name for name in turn.speakers if name],
    )
    found = next((set(way) for way in ways if len(set(way)) == 1), None)
    return Mention(found.pop(), "person", named=True) if found else None


def _is_woman(person: Entity) -> bool | None:
    """As far as the person's title shows it."""
    return arabic_words.is_feminine(person.role.split(" ")[0]) if person.role else None


def _stems(text: str) -> set[str]:
    return {term.text for term in analyze(text) if term.kind == "stem"}
