"""Where something is, happens, comes from or goes to: the place under the preposition that belongs to the verb."""

from collections.abc import Iterator, Sequence
from functools import cache

from rag.language import data_files
from rag.language.characters import fold
from rag.language.rows import is_place
from rag.relation.clauses import clause_end, clause_start
from rag.relation.reading import Anchor, Filler, SentenceReading
from rag.relation.wordlists import listed

_KNOWN, _NOUN, _SPATIAL = (
    1.0,
    0.95,
    0.8,
)  # how surely a phrase is a place: named, by its noun, by a preposition that only places have
_BEFORE = 0.8  # before the verb rather than behind it
_SAME_KIND = 0.85  # how well the word for the kind must be met
_UNSAID_KIND = 0.8  # where a bare name may well be of the kind asked for
_OTHER_KIND = 0.4  # where another kind of place is asked for
_STEP = 0.05  # less with every chunk between


def places(read: SentenceReading) -> Iterator[Filler]:
    """The places that belong to the verb, behind it first."""
    for anchor in read.anchors:
        behind = range(anchor.chunk, clause_end(read.cut, anchor.chunk))
        yield from _nearest(read, anchor, [(j, 1 - _STEP * max(0, j - anchor.chunk - 1)) for j in behind])
        before = range(anchor.chunk - 1, clause_start(read.cut, anchor.chunk) - 1, -1)
        yield from _nearest(read, anchor, [(j, _BEFORE - _STEP * (anchor.chunk - j)) for j in before])


def _nearest(read: SentenceReading, anchor: Anchor, tried: Sequence[tuple[int, float]]) -> Iterator[Filler]:
    """The first place of a row of chunks, with those that "and" joins to it; what lies behind it tells more exactly where it is."""
    found = False
    for j, near in tried:
        if found and not read.cut[j].conjunction:
            continue
        for filler in _place(read, anchor, j, near):
            found = True
            yield filler


def _place(read: SentenceReading, anchor: Anchor, at: int, near: float) -> Iterator[Filler]:
    """The place that a chunk tells, where it tells one under a fitting preposition."""
    one = read.cut[at]
    if one.kind != "noun" or one.start <= anchor.start < one.end:
        return
    said = _preposition(read, at) if one.preposition else ""
    if said not in _fitting(read) and (said or not _lies(read, anchor, at)):
        return
    first = one.start + (len(one.preposition) if one.from_ == one.start else 0)
    sure = _is_place(read, at, said) * _of_kind(read, first, one.end)
    joined = (
        one.from_ == one.start and read.text[one.start : first + 1] == "لل"
    )  # of للمدينة no part is a phrase of its own
    if not sure or joined or read.is_of_question(first, one.end):
        return
    plain = said in listed("arabic", "plain") | listed("places", "plain_english") | {""}
    start, end = _named(read, first, _reach(read, at))
    entity = next((e for e in read.entities if e.kind == "place" and (e.start, e.end) == (start, end)), None)
    yield Filler(start if plain else one.from_, end, anchor.weight * near * sure, entity if plain else None)


def _lies(read: SentenceReading, anchor: Anchor, at: int) -> bool:
    """Whether a chunk stands right behind a verb of lying, which needs no preposition (تقع ناحية البغدادي)."""
    return at == anchor.chunk + 1 and fold(read.text[anchor.start : anchor.end]) in listed("arabic", "located")


def _preposition(read: SentenceReading, at: int) -> str:
    one = read.cut[at]
    return one.preposition if one.from_ == one.start else fold(read.text[one.from_ : one.start]).strip().split(" ")[0]


def _fitting(read: SentenceReading) -> frozenset[str]:
    """The prepositions that tell what is asked for."""
    names = {"place": ("at",), "origin": ("from",), "destination": ("to", "at")}[_asked(read)]
    section, suffix = ("arabic", "") if read.arabic else ("places", "_english")
    return frozenset(word for name in names for word in listed(section, f"{name}{suffix}"))


def _asked(read: SentenceReading) -> str:
    return read.asked.slot if read.asked.slot in {"origin", "destination"} else "place"


def _is_place(read: SentenceReading, at: int, said: str) -> float:
    one = read.cut[at]
    head = next((word.folded for word in read.words if word.start >= one.start), "")
    bare = head.removeprefix(one.preposition) if one.from_ == one.start else head
    if {bare, bare.removeprefix("ال")} & listed("arabic", "no_places"):
        return 0.0
    if any(e.kind == "place" and one.start <= e.start < one.end for e in read.entities):
        return _KNOWN
    if one.english and is_place(one.english):
        return _NOUN
    plain = listed("arabic", "plain") if read.arabic else listed("places", "plain_english")
    return 0.0 if not said or said in plain else _SPATIAL


def _of_kind(read: SentenceReading, start: int, end: int) -> float:
    """How surely a place is of the kind asked for: the word for it stands in it, or it has none and is a country where one is asked for."""
    kind = read.asked.kind
    if kind is None or any(one.concept == kind and one.weight >= _SAME_KIND for one in read.met_in(start, end)):
        return 1.0
    named = next((e for e in read.entities if e.kind == "place" and e.start == start and e.end == end), None)
    if named is None:
        return _OTHER_KIND
    asked = fold(read.question.concepts[kind].text).removeprefix("ال") in listed("kinds", "countries")
    return _UNSAID_KIND if asked == _is_country(named.text) else _OTHER_KIND


def _is_country(name: str) -> bool:
    """Whether a name is of a country: an adjective of nation is made from it."""
    return bool(set(fold(name).split()) & _countries())


@cache
def _countries() -> frozenset[str]:
    return frozenset(
        word for names in data_files.pairs(data_files.read("homelands.tsv")).values() for word in names.split()
    )


def _named(read: SentenceReading, start: int, end: int) -> tuple[int, int]:
    """Where a place begins and ends: a day behind it is none of it, and of an English one its name is enough (the town of Harwick)."""
    end = read.trimmed(start, end)
    if not read.arabic:
        last = next((e for e in read.entities if e.kind == "place" and start < e.start and e.end == end), None)
        return (last.start, end) if last else (start, end)
    return start, end


def _reach(read: SentenceReading, at: int) -> int:
    """Where a place with the one it lies in ends: في مرآب ببلدة نيخار."""
    after = at + 1
    if after < len(read.cut) and not read.cut[after].pause and read.cut[after].kind == "noun":
        said = _preposition(read, after) if read.cut[after].preposition else ""
        if said in {"ب", "في", "in", "of"} and _is_place(read, after, said):
            return read.cut[after].end
    return read.cut[at].end
