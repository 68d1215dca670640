"""A sentence cut into chunks: verbs, noun phrases with the preposition that governs them, and the words that open a clause."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from rag.language.characters import is_arabic
from rag.language.data_files import read, rows
from rag.language.entities import entities
from rag.language.lattice import breaks, options
from rag.language.noun_phrases import HEADS, NounPhrases
from rag.language.rows import Row
from rag.language.tagging import chosen
from rag.language.tense import is_past
from rag.language.words import Word, words
from rag.relation.wordlists import listed

ChunkKind = Literal["verb", "noun", "opener", "other"]

_STOP = re.compile(r"[.!?؟:;؛]")
_PAUSE = re.compile(r"[.!?؟:;؛،,]")
_OPENERS = "TW"  # "that" and relative pronouns, as `rag.language.senses` has them
_MARKS = " \"'«»“”‹›()[]"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A few words that belong together.

    Attributes:
        kind: a finite verb, a noun phrase, what opens a clause, or anything else.
        start: offset of its first word in the sentence, its joined particles included.
        end: the offset after its last word.
        preposition: what governs it, folded; empty where nothing does.
        from_: offset of the preposition, `start` where there is none.
        english: the lemma of its head, empty where it is not known.
        pronoun: whether an object is joined to it, if it is a verb.
        relative: whether it is a relative pronoun.
        conjunction: whether "and" is joined to it or stands before it.
        pause: whether a comma stands before it.
        stop: whether a mark that ends a clause stands before it.
        definite: whether it has an article, a pronoun, or is a name.
    """

    kind: ChunkKind
    start: int
    end: int
    preposition: str = ""
    from_: int = 0
    english: str = ""
    pronoun: bool = False
    relative: bool = False
    conjunction: bool = False
    pause: bool = False
    stop: bool = False
    definite: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether it is a noun phrase that no preposition governs: a subject or an object."""
        return self.kind == "noun" and not self.preposition


@lru_cache(maxsize=5_000)  # the same sentences are read again and again
def chunks(text: str) -> tuple[Chunk, ...]:
    """The chunks of a sentence, in order; a name and the role before it are one."""
    found = words(text)
    if not found:
        return ()
    arabic = sum(is_arabic(word.text) for word in found) * 2 > len(found)
    cut = list(_arabic(text, found) if arabic else _english(text, found))
    return tuple(_whole_names(text, cut))


def _arabic(text: str, found: Sequence[Word]) -> Iterator[Chunk]:
    row = Row(text, found, chosen(options(text, found), breaks(text, found)))
    phrases = NounPhrases(row)
    governed: tuple[str, int] | None = None
    at = 0
    while at < len(row):
        reading, gap = row[at], row.gap(at)
        last = phrases.phrase(at)[1] if reading.kind in HEADS else at + 1
        start, end = row.first_word(at).start, row.last_word(last - 1).end
        if reading.kind == "P" and not reading.pronoun and row.is_near(at + 1):
            governed = governed or (row.preposition(at) or row.first_word(at).folded, start)
            at += 1
            continue
        first = row.first_word(at)
        verb = reading.is_verb or (reading.kind in HEADS and not reading.particle and _opens_as_verb(row, at))
        preposition, from_ = governed or (reading.particle if reading.particle in {"ب", "ل", "ك"} else "", start)
        if verb and not reading.is_verb:
            last, end = at + 1, first.end
        yield Chunk(
            "verb" if verb else "noun" if reading.kind in HEADS else "opener" if reading.kind in _OPENERS else "other",
            start,
            end,
            "" if verb else preposition,
            from_,
            reading.english,
            bool(reading.pronoun),
            reading.kind == "W",
            bool(reading.conjunction),
            bool(_PAUSE.search(gap)) if at else False,
            bool(_STOP.search(gap)) if at else False,
            reading.kind == "n"
            or bool(reading.pronoun)
            or any(w.folded.startswith("ال") for w in found if start <= w.start < end),
        )
        governed = None
        at = last


def _opens_as_verb(row: Row, at: int) -> bool:
    """Whether what is read as a noun opens its clause as a verb does: a past form before a definite noun, with no article of its own."""
    reading, after = row[at], row.near(at + 1)
    if reading.article or reading.pronoun or after is None or not (at == 0 or row.is_broken(at)):
        return False
    return is_past(row.first_word(at).folded) and (after.article or after.kind in "nu")


def _english(text: str, found: Sequence[Word]) -> Iterator[Chunk]:
    """English chunks by the words that cannot be of a noun phrase: verbs, prepositions, conjunctions."""
    start: int | None = None
    governed: tuple[str, int] | None = None
    for i, word in enumerate(found):
        gap = text[found[i - 1].end : word.start] if i else ""
        kind = _english_kind(found, i)
        if start is not None and (kind != "noun" or _PAUSE.search(gap)):
            yield _english_noun(
                text, found[start:i], governed, start and text[found[start - 1].end : found[start].start]
            )
            start, governed = None, None
        if kind == "noun":
            start = i if start is None else start
        elif kind == "preposition":
            governed = governed or (word.folded, word.start)
        else:
            stop, pause = bool(_STOP.search(gap)), bool(_PAUSE.search(gap))
            joined = i > 0 and found[i - 1].folded in {"and", "but"}
            relative = word.folded in {"who", "which", "whom"}
            yield Chunk(kind, word.start, word.end, from_=word.start, english=word.folded, relative=relative,
                        conjunction=joined, pause=pause, stop=stop)  # fmt: skip
            governed = None
    if start is not None:
        yield _english_noun(text, found[start:], governed, start and text[found[start - 1].end : found[start].start])


def _english_noun(text: str, row: Sequence[Word], governed: tuple[str, int] | None, gap: str | int) -> Chunk:
    preposition, from_ = governed or ("", row[0].start)
    before = str(gap or "")
    return Chunk("noun", row[0].start, row[-1].end, preposition, from_, row[-1].folded, pause=bool(_PAUSE.search(before)),
                 stop=bool(_STOP.search(before)), definite=row[0].folded == "the" or row[0].text[:1].isupper())  # fmt: skip


def _english_kind(found: Sequence[Word], i: int) -> Literal["verb", "noun", "preposition", "opener", "other"]:
    word, before = found[i].folded, found[i - 1].folded if i else ""
    if word in listed("english", "prepositions"):
        return "preposition"
    if word in listed("english", "openers"):
        return "opener"
    if word in listed("english", "others"):
        return "other"
    if found[i].text[:1].isupper() or before in listed("english", "determiners"):
        return "noun"
    past = word in _english_past() or (word.endswith("ed") and len(word) > 4)
    return (
        "verb" if past or word in listed("english", "auxiliaries") or before in listed("english", "modals") else "noun"
    )


@lru_cache(maxsize=1)
def _english_past() -> frozenset[str]:
    return frozenset(form for _, *forms in rows(read("verbs.tsv")) for form in forms[:2])


def _whole_names(text: str, cut: Sequence[Chunk]) -> Iterator[Chunk]:
    """The chunks with those joined that one name, and the role right before it, reaches over."""
    spans = [_reach(text, one.start, one.end, one.role_start) for one in entities(text) if one.named]
    joined: Chunk | None = None
    for one in cut:
        over = joined is not None and any(
            start < joined.end and one.start < end and one.start > start for start, end in spans
        )
        if joined is not None and over and not (joined.kind == "verb" and one.kind == "verb"):
            joined = replace(joined, kind="noun", end=one.end, definite=True)
            continue
        if joined is not None:
            yield joined
        joined = one
    if joined is not None:
        yield joined


def _reach(text: str, start: int, end: int, role: int | None) -> tuple[int, int]:
    """Where a name with the role before it begins and ends; a role with a comma behind it stands apart."""
    if role is None or role > start or _PAUSE.search(text[role:start]):
        return start, end
    return role, end
