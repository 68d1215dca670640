"""The word of a question that tells what is asked: did he *resign*, was she *hurt*, were there *injuries*."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.language.inflection import base, participle
from rag.language.readings import Reading, readings
from rag.language.senses import spelling
from rag.language.stopwords import STOPWORDS
from rag.language.words import Word
from rag.yes_no.cues import NAMES, NOUNS, is_in
from rag.yes_no.english import may_be_noun, mostly_adjectives, mostly_verbs, verbs

_AS_WELL = 2.2  # nats by which a verb may be a less likely reading than a noun
_BE, HAVE, _DO = (
    frozenset("is are was were".split()),
    frozenset("has have had".split()),
    frozenset("did do does will".split()),
)
_INDEFINITE = frozenset({"a", "an", "any"})
_DETERMINERS = frozenset("the this that its his her their".split()) | _INDEFINITE
_LINKS = frozenset({"of", "in", "on", "to"})
_TO_DO = frozenset({"have", "need", "want"})  # with "to" a duty or a wish
_OUTCOME = frozenset({"عن", "الي", "في"})
_PASSIVE = frozenset("تم تمت يتم جري جرت يجري".split())
_THERE = frozenset("هناك ثمه يوجد توجد there".split())

Tags = Sequence[Reading | None]


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a question asks about.

    Attributes:
        at: the word.
        is_noun: whether it names a deed or a thing, of which is asked whether it is or was.
        passive: whether the subject has it done to itself.
        verb: the word that only says that it was done or is: *launched* an investigation.
    """

    at: int
    is_noun: bool = False
    passive: bool = False
    verb: int | None = None


def arabic_predicate(found: Sequence[Word], tags: Tags, first: int) -> Predicate | None:
    """The verb that comes first, what a verb that says little says to be, or the adjective that a subject is said to be.

    Args:
        found: the words of the question.
        tags: their readings.
        first: the first of them that says something.
    """
    reading = tags[first]
    if is_in(found[first], "question", "declaring") and (own := _responsibility(found, first)):
        return Predicate(own, verb=first)
    if is_in(found[first], "question", "fallen") and any(
        is_in(word, "question", "victims") for word in found[first + 1 : first + 2]
    ):
        return Predicate(first + 1, is_noun=True, verb=first)
    if is_in(found[first], "question", "managed"):
        return _managed(found, tags, first)
    if is_in(found[first], "question", "support") and (deed := _deed(tags, first)):
        return Predicate(deed, is_noun=True, verb=first)
    if is_in(found[first], "question", "light") and (outcome := _outcome(found, tags, first)):
        return outcome
    before = {word.folded for word in found[:first]}
    if before & (_THERE | _PASSIVE) and not (reading and reading.is_verb):
        return Predicate(first, is_noun=True)
    if reading is None or reading.is_verb:
        return Predicate(first) if reading else None
    return _said_of_subject(found, tags, first)


def _responsibility(found: Sequence[Word], first: int) -> int | None:
    """What somebody declares behind whose deed he says to be: أعلنت *مسؤوليتها* عن, أعلن أنه *وراء*."""
    own = (i for i in range(first + 1, len(found)) if is_in(found[i], "question", "responsibility"))
    return next(own, None)


def _managed(found: Sequence[Word], tags: Tags, verb: int) -> Predicate:
    """What somebody managed to do (تمكن من *إنقاذ*); the verb itself where it takes a thing (نجح في الامتحان)."""
    link = next((i for i in range(verb + 1, len(found) - 1) if found[i].folded in {"من", "في"}), None)
    deed = tags[link + 1] if link is not None else None
    if link is None or deed is None or deed.kind not in NOUNS or deed.article:
        return Predicate(verb)
    return Predicate(link + 1, verb=verb)


def _outcome(found: Sequence[Word], tags: Tags, verb: int) -> Predicate | None:
    """What a verb that says little says to be: وقعت *مواجهات*, أسفر الهجوم عن *إصابات*, خلف الهجوم *أضرارا*."""
    after: int | None = verb
    if is_in(found[verb], "question", "causing"):
        after = next((i for i in range(verb + 1, len(found) - 1) if found[i].folded in _OUTCOME), None)
    if after is None:
        deed = _deed(tags, verb)
        return None if deed is None else Predicate(deed, is_noun=True, verb=verb)
    noun = next((i for i in range(after + 1, len(found)) if found[i].folded not in STOPWORDS), None)
    own = tags[noun] if noun is not None else None
    # What is known already does not come about: وقع الوزير is "the minister signed".
    if noun is None or own is None or (after == verb and (own.article or own.kind not in NOUNS)):
        return None
    return Predicate(noun, is_noun=True, verb=verb)


def _deed(tags: Tags, verb: int) -> int | None:
    """The noun without an article behind a subject that has one, or is named: what somebody launched, held or issued."""
    for i in range(verb + 2, len(tags)):
        before, own = tags[i - 1], tags[i]
        if own is None or before is None or own.kind in {"P", "T"}:
            return None
        bare = own.kind in NOUNS and not (own.article or own.particle or own.conjunction)
        if bare and (before.article or before.kind in NAMES):
            return i
    return None


def _said_of_subject(found: Sequence[Word], tags: Tags, first: int) -> Predicate | None:
    """The one adjective without an article; where there is none, a first word that may as well be a verb (قتل)."""
    said = [i for i in range(first + 1, len(found)) if _is_attribute(tags[i], found[i])]
    if said:
        relative = any(is_in(word, "question", "relative") for word in found)
        return Predicate(said[0]) if len(said) == 1 and not relative else None
    known = readings(spelling(found[first]))
    may_be_verb = not known or any(one.is_verb and one.cost <= known[0].cost + _AS_WELL for one in known)
    return Predicate(first) if may_be_verb else None


def _is_attribute(reading: Reading | None, word: Word) -> bool:
    definite = word.folded.startswith(("ال", "لل", "بال"))
    return reading is not None and reading.kind in {"a", "c", "d"} and not definite


def english_predicate(found: Sequence[Word], first: int) -> Predicate | None:
    """The verb after the subject, the participle or adjective behind "is", or what there is; `first` as for Arabic."""
    auxiliary = found[0].folded
    if any(word.folded in _THERE for word in found[:first]):
        return Predicate(_head(found, first), is_noun=True)
    nobody = any(is_in(word, "question", "indefinite") for word in found[:first])
    start = first if nobody else first + 1  # a subject has a word at least
    if auxiliary in _BE or (auxiliary == "will" and any(word.folded == "be" for word in found)):
        return participle_behind(found, start, passive=True)
    if auxiliary in HAVE:
        return participle_behind(found, start, passive=False)
    return _verb(found, start) if auxiliary in _DO else None


def _verb(found: Sequence[Word], start: int) -> Predicate | None:
    """The verb behind "did" and a subject."""
    for i in range(start, len(found)):
        word, before = found[i], found[i - 1]
        if is_in(word, "question", "relative"):
            return None
        managed = before.folded == "to" and is_in(found[i - 2], "question", "managed")
        if not managed and (before.folded in _DETERMINERS | _LINKS or not _is_verb(found, i)):
            continue
        if not word.text.islower() or word.folded in STOPWORDS or is_in(word, "question", "managed"):
            continue
        after = found[i + 1].folded if i + 1 < len(found) else ""
        light = any(is_in(one, "question", "light") for one in found[i + 1 : i + 2])
        if light or (
            after in mostly_verbs() and after not in STOPWORDS
        ):  # no verb follows another: did the attack cause
            continue
        if word.folded in _TO_DO and after == "to":
            return None
        definite = after in _DETERMINERS - _INDEFINITE
        names_deed = is_in(word, "question", "light") or (is_in(word, "question", "support") and not definite)
        return _caused(found, i) if names_deed else Predicate(i)
    return _unknown_verb(found, start)


def _unknown_verb(found: Sequence[Word], start: int) -> Predicate | None:
    """Where no word is surely a verb, the first behind a subject that no noun is known of: did the government *declare* mourning."""
    for i in range(max(1, start), len(found) - 1):
        word, before = found[i], found[i - 1]
        if _begins_phrase(word):
            return None
        bare = (
            word.text.islower() and not word.folded.endswith(("s", "ed", "ing")) and before.folded not in _DETERMINERS
        )
        if bare and not may_be_noun(word.folded):
            return Predicate(i)
    return None


def _is_verb(found: Sequence[Word], i: int) -> bool:
    """Whether a word is rather a verb than a noun, or may be one and stands where one does: at the end, or before another phrase or a name."""
    after = found[i + 1] if i + 1 < len(found) else None
    if found[i].folded not in verbs():
        return after is not None and after.folded in _DETERMINERS
    return after is None or found[i].folded in mostly_verbs() or _begins_phrase(after) or after.text[:1].isupper()


def _caused(found: Sequence[Word], verb: int) -> Predicate | None:
    """The head of what somebody or something is asked to have caused, launched or held."""
    first = next((i for i in range(verb + 1, len(found)) if found[i].folded not in STOPWORDS), None)
    return None if first is None else Predicate(_head(found, first), is_noun=True, verb=verb)


def _head(found: Sequence[Word], first: int) -> int:
    """The last word of the noun phrase that begins at a word."""
    return next((i for i in range(first, len(found) - 1) if _begins_phrase(found[i + 1])), len(found) - 1)


def is_be(word: Word) -> bool:
    """Whether a word is "is", "was" or the like."""
    return word.folded in _BE


def participle_behind(found: Sequence[Word], start: int, *, passive: bool) -> Predicate | None:
    """The participle behind "was" or "has" and a subject; behind "was" also an adjective."""
    for i in range(start, len(found)):
        word = found[i]
        if is_in(word, "question", "relative"):
            return None
        ends = not passive or i + 1 == len(found) or _begins_phrase(found[i + 1])
        if not word.text.islower() or found[i - 1].folded in _DETERMINERS | _LINKS or not ends:
            continue
        bare = base(word.folded)
        irregular = bare != word.folded and bare in verbs() and not word.folded.endswith(("s", "ing"))
        if irregular or word.folded.endswith("ed") or participle(word.folded) == word.folded:
            return Predicate(i, passive=passive)
        if passive and word.folded in mostly_adjectives():
            return Predicate(i)
    return None


def _begins_phrase(word: Word) -> bool:
    """Whether another phrase begins with an English word: at a preposition, a determiner or the like."""
    return word.folded in STOPWORDS or is_in(word, "question", "circumstance", "object")
