"""What in an English question leans on the talk before it: he, their, that attack, there."""

from collections.abc import Iterator

from rag.followup.english import EnglishQuestion
from rag.followup.english_words import base, base_forms
from rag.followup.gap import Gap, Need, itself
from rag.followup.mention import Mention

_NEEDS: dict[str, Need] = {
    "he": "person", "she": "person", "him": "person", "her": "person", "his": "person", "hers": "person", "it": "thing", "its": "thing",
    "they": "plural", "them": "plural", "their": "plural", "theirs": "plural",
}  # fmt: skip
_GENDERS = {"she": True, "her": True, "hers": True, "he": False, "him": False, "his": False}
_OWNING = frozenset({"his", "her", "its", "their"})
_OBJECTS = frozenset({"him", "them", "her"})
_DEMONSTRATIVE = frozenset({"this", "that", "these", "those"})
_LONGEST_OWNED = 2  # words of what is owned that "of" can follow: "the chief *rival* of"


def gaps(question: EnglishQuestion) -> list[Gap]:
    """The gaps of a question, left to right; a pronoun that means something in the question itself is none."""
    return [gap for i in range(len(question.units)) for gap in _at(question, i)]


def _at(question: EnglishQuestion, i: int) -> Iterator[Gap]:
    folded, unit = question.folded(i), question.units[i]
    if folded in {"there", "here"}:
        if _is_place(question, i):
            yield Gap(unit.start, unit.end, "place", _placed)
    elif folded in {"it", "them", "this", "that"} and (question.is_in(i - 1, "causing") or _lasts(question, i)):
        yield Gap(unit.start, unit.end, "event", itself, not_person=True)
    elif folded in _DEMONSTRATIVE:
        yield from _demonstrative(question, i)
    elif folded in _NEEDS and not _is_bound(question, i) and not _is_empty(question, i):
        yield _pronoun(question, i)


def _placed(mention: Mention) -> str:
    return mention.phrase if mention.before else f"in {mention.text}"


def _pronoun(question: EnglishQuestion, i: int) -> Gap:
    folded, unit = question.folded(i), question.units[i]
    need: Need = "members" if folded == "them" and question.folded(i - 1) == "of" else _NEEDS[folded]
    feminine = _GENDERS.get(folded)
    last = _nouns_end(question, i) if folded in _OWNING else i + 1
    if last == i + 1:
        is_object = question.subject is None or not question.subject[0] <= i < question.subject[1]
        measured = question.verb is None and question.asks in {"what", "how_many"}  # "what was it before the war"
        return Gap(unit.start, unit.end, need, itself, feminine, is_object=is_object, measured=measured)
    if last - i - 1 > _LONGEST_OWNED:
        return Gap(unit.start, unit.end, need, _possessive, feminine)
    noun = question.slice(i + 1, last)
    return Gap(
        unit.start, question.units[last - 1].end, need, lambda mention: f"the {noun} of {mention.text}", feminine
    )


def _possessive(mention: Mention) -> str:
    return mention.text + ("'" if mention.text.endswith("s") else "'s")


def _demonstrative(question: EnglishQuestion, i: int) -> Iterator[Gap]:
    folded, unit = question.folded(i), question.units[i]
    last = _nouns_end(question, i)
    if question.is_in(i + 1, "periods") or (folded == "that" and not _points(question, i)):
        return
    if last > i + 1 and question.subject != (i, i + 1):
        yield Gap(unit.start, question.units[last - 1].end, "any", itself, noun=question.folded(last - 1))
    elif folded in {"this", "that"}:
        yield Gap(unit.start, unit.end, "event", itself)
    elif i + 1 == len(question.units):
        yield Gap(unit.start, unit.end, "plural", itself)


def _points(question: EnglishQuestion, i: int) -> bool:
    """Whether a "that" is no conjunction: at the end, beside a preposition, or as the subject."""
    beside = (i > 0 and question.is_in(i - 1, "prepositions")) or question.is_in(i + 1, "prepositions")
    as_subject = question.aux is not None and i == question.aux + 1
    return beside or as_subject or i in {0, len(question.units) - 1}


def _is_place(question: EnglishQuestion, i: int) -> bool:
    """Whether "there" is a place and does not only say that something is ("were there casualties")."""
    return not (question.aux is not None and i == question.aux + 1) and not question.is_in(i + 1, "being")


def _lasts(question: EnglishQuestion, i: int) -> bool:
    """Whether what is said of a subject is said of events: "how long did it last"."""
    return question.subject == (i, i + 1) and question.said in question.words("of_events")


def _is_bound(question: EnglishQuestion, i: int) -> bool:
    """Whether a pronoun means what the question itself has named before it; the object of a clause never means its subject."""
    folded, unit = question.folded(i), question.units[i]
    need = _NEEDS[folded]
    as_subject = question.aux is not None and i == question.aux + 1  # "which prizes did *it* win"
    before = [m for m in question.mentions if m.end <= unit.start and m.kind not in {"date", "source"}]
    before = [m for m in before if not (as_subject and m.start == question.noun_start)]
    if folded in _OBJECTS and _nouns_end(question, i) == i + 1:
        clause = any(question.is_in(k, "subordinators") for k in range(question.phrase.last, i))
        return clause and any(_can_be(mention, need) for mention in before)
    if folded in {"his", "her"} and any(mention.text.startswith("the ") for mention in before):
        return True
    if any(mention.end == question.units[i - 1].end for mention in before):  # "the proceeds *it* receives"
        return True
    picked = need == "thing" and any(m.start == question.noun_start and not m.plural for m in before)
    return picked or any(_can_be(mention, need) for mention in before)


def _can_be(mention: Mention, need: Need) -> bool:
    if need == "person":
        return mention.kind == "person" or (mention.named and mention.kind == "thing")
    if need == "plural":
        return mention.plural or mention.kind in {"group", "person", "thing"}
    known = mention.named or mention.text.lower().startswith(("the ", "a ", "an "))
    return known and mention.kind != "person" and not mention.plural


def _is_empty(question: EnglishQuestion, i: int) -> bool:
    """Whether an "it" stands for nothing: "is it true that", "was it proven that", "how long does it take to"."""
    if question.folded(i) != "it":
        return False
    rest = [question.folded(k) for k in range(i + 1, len(question.units))]
    if question.subject and question.subject[0] == i and "that" in rest[1:]:
        return True
    after = question.words("after_empty_it").intersection(rest[:2])
    return bool(after) and not {"to", "that", "if", "whether", "rain", "snow"}.isdisjoint(rest)


def _nouns_end(question: EnglishQuestion, i: int) -> int:
    """The end of the nouns after a possessive or demonstrative at `i`; the unit after it where there is none."""
    last = i + 1
    while last < len(question.units) and not _stops(question, last):
        last += 1
    return last


def _stops(question: EnglishQuestion, i: int) -> bool:
    if question.is_cut(i) or i == question.verb or question.folded(i) == "of":
        return True
    if question.is_in(i, "prepositions", "auxiliaries", "determiners", "others", "pronouns", "connectives"):
        return True
    is_first = question.is_in(i - 1, "determiners", "pronouns")
    is_verb = question.folded(i) in base_forms() and not question.is_in(i, "events")
    lower = question.units[i].text[0].islower()
    return lower and (base(question.units[i]) is not None or (is_verb and not is_first))
