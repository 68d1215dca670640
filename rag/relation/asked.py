"""What a question asks of its verb: who does it, whom it befalls, who holds an office, where, when, how many, or what is so named."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rag.asking import asks_for_name
from rag.language.characters import fold, is_arabic
from rag.language.cues import cues
from rag.language.data_files import pairs, read, rows
from rag.language.inflection import participle, past, third
from rag.language.stopwords import ASKING, STOPWORDS
from rag.language.words import words
from rag.question import Question
from rag.relation.chunks import Chunk, chunks
from rag.relation.wordlists import listed

Slot = Literal[
    "agent", "object", "patient", "holder", "place", "origin", "destination", "named", "date", "time", "count"
]

_FROM = re.compile(
    r"^\W*و?(?:من|م)\s?(?:اين|وين|فين|اي|اني)\b|^\W*منين\b|^\W*from (?:where|which|what)\b|^\W*(?:where|which|what)\b.*\bfrom\W*$"
)
_TO = re.compile(
    r"^\W*و?(?:الي|ل|نحو)\s?(?:اين|وين|فين|اي|اني)\b|^\W*to (?:where|which|what)\b|^\W*(?:where|which|what)\b.*\bto\W*$"
)
_NAMED = re.compile(r"^\W*(?:و)?(?:اي|اني|انهي|which|what)\b")
_ENDS_AT = re.compile(r"\b(?:in|at|on|near)\W*$")
_WHO_IS_ONE = re.compile(r"^\W*who(?:s| is| was) (?:the|a|an) (?=.*\b(?:who|that|whose)\b)")
_WHOM = re.compile(r"^\W*(?:to |with |by |for |from )?(?:whom\b|who (?:did|does|do|has|have|had|will|can)\b(?! been))")
_BEFALLEN = re.compile(r"^\W*who (?:was|were|is|are|has been|have been|had been|got) (?:\w+ly )?(\w+)")
_WHO_DOES = re.compile(r"\b(?:who|which|what)\b")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for.

    Attributes:
        slot: what it is of the verb.
        predicate: the concept that is its verb, None where it has none that is told apart.
        kind: the concept that says of what kind the answer is (in which *town*), None where it is not said.
    """

    slot: Slot
    predicate: int | None
    kind: int | None


@lru_cache(maxsize=200)
def asked(question: Question) -> Asked | None:
    """What a question asks of its verb; None for one that asks for no such thing (why, how, what)."""
    folded = fold(question.text).strip()
    slot = _slot(question, folded)
    if slot is None:
        return None
    predicate, kind = _predicate(question), _kind(question, slot, folded)
    return Asked(slot, predicate, kind if kind != predicate else None)


def _kind(question: Question, slot: Slot, folded: str) -> int | None:
    """The concept that says of what kind the answer is."""
    if slot == "holder" and question.language == "ar" and question.concepts:
        skipped, _ = _unasked(question.text)
        return next((i for i, one in enumerate(question.concepts) if one.start >= skipped), None)
    if slot in {"named", "count", "holder"} or _names_kind(question, slot):
        return question.focus
    return _office(question, folded)


def _slot(question: Question, folded: str) -> Slot | None:
    match question.type:
        case "where":
            if _FROM.search(folded):
                return "origin"
            if _TO.search(folded) or any(word.folded in listed("motion", "verbs") for word in words(question.text)):
                return "destination"
            return "named" if _NAMED.match(folded) and not _ENDS_AT.search(folded) else "place"
        case "who" if asks_for_name(question.text) or _names_office(question):
            return "holder"
        case "who":
            return _of_person(question, folded)
        case "which" | "list":
            return "named"
        case "when":
            return "date"
        case "what_time":
            return "time"
        case "how_many":
            return "count"
        case _:
            return None


def _names_office(question: Question) -> bool:
    """Whether an Arabic question has nothing but an office behind "who" (من رئيس البلدية)."""
    skipped, cut = _unasked(question.text) if question.language == "ar" else (0, ())
    head = next((word.folded for word in words(question.text) if word.start >= skipped), "").removeprefix("ال")
    return head in cues("person", "titles") and not any(one.relative or one.kind == "verb" for one in cut)


def _of_person(question: Question, folded: str) -> Slot:
    if not is_arabic(folded.strip("؟?! ")[:1] or "a"):
        befallen = _BEFALLEN.match(folded)
        if befallen and (befallen[1] in _participles() or befallen[1].endswith("ed")):
            return "patient"
        return "object" if _WHOM.match(folded) else "agent"
    cut = _unasked(question.text)[1]
    verb = next((i for i, one in enumerate(cut) if one.kind == "verb"), None)
    acted = verb is not None and (cut[verb].pronoun or any(one.is_bare for one in cut[verb + 1 : verb + 2]))
    return "agent" if acted or verb is None else "patient"


def _office(question: Question, folded: str) -> int | None:
    """What a person is said to be whose deed a question tells: the *officer* of "who is the officer that …"."""
    if question.type != "who":
        return None
    if question.language == "en":
        match = _WHO_IS_ONE.match(folded)
        return question.focus if match else None
    skipped, cut = _unasked(question.text)
    first = next((one for one in cut if one.kind in {"noun", "verb"}), None)
    if first is None or first.kind == "verb" or not any(one.relative for one in cut):
        return None
    start, end = skipped + first.start, skipped + first.end
    return next((i for i, one in enumerate(question.concepts) if start <= one.start < end and one.kind == "word"), None)


def _names_kind(question: Question, slot: Slot) -> bool:
    """Whether a question for a place says of what kind ("in which town", في أي مدينة)."""
    return slot in {"place", "origin", "destination"} and bool(
        re.match(r"\W*(?:\w{1,4} )?(?:اي|اني|انهي|which|what)\b", fold(question.text))
    )


def _predicate(question: Question) -> int | None:
    """The concept that is the question's verb."""
    starts = _arabic_verbs(question.text) if question.language == "ar" else _english_verbs(question.text)
    for start in starts:
        for i, one in enumerate(question.concepts):
            if one.kind == "word" and one.start <= start < one.start + len(one.text):
                return i
    return _first_word(question) if question.type == "who" and not asks_for_name(question.text) else None


def _first_word(question: Question) -> int | None:
    """The concept right behind "who", or behind "who … that", which is its verb where none else is known as one."""
    skipped, cut = _unasked(question.text) if question.language == "ar" else (0, ())
    asking = next((word for word in words(question.text) if word.folded in ASKING), None)
    relative = next((skipped + one.end for one in cut if one.relative), None)
    after = relative if relative is not None else asking.end if asking else len(question.text)
    first = next((word for word in words(question.text) if word.start >= after and word.folded not in STOPWORDS), None)
    return next(
        (i for i, one in enumerate(question.concepts) if first and one.start == first.start and one.kind == "word"),
        None,
    )


def _arabic_verbs(text: str) -> list[int]:
    skipped, cut = _unasked(text)
    return [skipped + one.start for one in cut if one.kind == "verb"]


def _unasked(text: str) -> tuple[int, tuple[Chunk, ...]]:
    """The chunks behind an Arabic question word, which would be read as a preposition (من), and how many characters that takes."""
    skipped = next((word.end for word in words(text)[:2][::-1] if word.folded.removeprefix("و") in ASKING), 0)
    return skipped, chunks(text[skipped:])


def _english_verbs(text: str) -> list[int]:
    """Where verbs stand in an English question, the likeliest main verb first.

    Behind "did" that is a base form that no determiner goes before, else a participle or past form.
    """
    found = words(text)
    folded = [word.folded for word in found]
    after = (
        next((i for i, word in enumerate(folded) if _WHO_DOES.fullmatch(word) or word in {"when", "where", "how"}), -1)
        + 1
    )
    if (
        after
        and folded[after - 1] == "who"
        and folded[after : after + 1]
        and not {folded[after]} & listed("english", "auxiliaries")
    ):
        return [found[after].start]
    helped = next((i for i in range(after, len(folded)) if folded[i] in listed("english", "auxiliaries")), None)
    bases = helped is not None and folded[helped] in listed("english", "modals") | {"did", "does", "do"}
    free = [
        i for i in range(after, len(folded))
        if folded[i] not in listed("english", "auxiliaries")
        and folded[i - 1] not in listed("english", "determiners") | (listed("english", "prepositions") - {"to"})
        and (found[i].text[:1].islower() or i == after)
    ]  # fmt: skip
    forms = _bases() if bases else _participles()
    behind = [i for i in free if helped is None or i > helped + bases]
    return [found[i].start for i in behind if folded[i] in forms or (folded[i - 1] == "to" and folded[i] in _bases())]


@cache
def _bases() -> frozenset[str]:
    """The base forms of English verbs, as glosses of Arabic verbs have them."""
    cells = (cell.split(":", 2) for row in pairs(read("gloss.tsv")).values() for cell in row.split("|"))
    glossed = {english.partition(" ")[0] for kind, _, english in cells if kind in {"v", "i"}}
    return frozenset(glossed | {base for base, *_ in rows(read("verbs.tsv"))}) - {"be"}


@cache
def _participles() -> frozenset[str]:
    return frozenset(form for base in _bases() for form in (past(base), participle(base), third(base)))
