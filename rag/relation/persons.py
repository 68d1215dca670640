"""Who does what a question asks about, whom it befalls, and who holds an office."""

from collections.abc import Callable, Container, Iterator
from dataclasses import replace

from rag.language.characters import fold
from rag.language.entities import Entity
from rag.language.lexicon import lexicon
from rag.language.rows import is_person
from rag.language.stem import stem
from rag.relation.clauses import clause_end, object_, subject
from rag.relation.reading import Anchor, Filler, SentenceReading
from rag.relation.wordlists import listed

_NAMED, _PERSON, _GROUP, _OTHER = (
    1.0,
    0.9,
    0.85,
    0.5,
)  # how surely somebody is meant by a name, a noun of persons, a body, anything else
_BESIDE = 0.8  # of a genitive, beside a subject
_UNTOLD_OF = 0.5  # of a role that is of nothing that the question names
_OFFICE = 0.8  # of the bearer of a role, where the question also tells what they did
_HELD = 0.5  # share of the words of an office that must stand in the role


def holders(read: SentenceReading) -> Iterator[Filler]:
    """The persons whose role is the office that a question tells: its head, and what it is of."""
    question, kind = read.question, read.asked.kind
    told = {i for i, one in enumerate(question.concepts) if one.kind in {"word", "name"}}
    for one in read.entities:
        if one.kind != "person" or not one.named or one.role_start is None or one.role_end is None:
            continue
        met = {point.concept: point for point in read.met_in(one.role_start, one.role_end)}
        head = met.get(kind) if kind is not None else next(iter(met.values()), None)
        if head is None or not _opens(read, head.start, one):
            continue
        if _is_of_another(read, one, met):
            continue
        share = len(told & met.keys()) / max(1, len(told))
        if share >= _HELD and not read.is_of_question(one.start, one.end):
            yield Filler(one.start, one.end, min(1.0, head.weight) ** 0.5 * (1 + share) / 2, one)


def _is_of_another(read: SentenceReading, one: Entity, met: Container[int]) -> bool:
    """Whether a role is of another country or body than the one asked for: it names one, and none that the question names."""
    names = [i for i, concept in enumerate(read.question.concepts) if concept.kind == "name"]
    if not names or any(i in met for i in names):
        return False
    begin, end = one.role_start or 0, one.role_end or 0
    placed = any(each.kind == "place" and begin <= each.start < end for each in read.entities)
    inside = (word for word in read.words if begin <= word.start < end)
    return placed or any(lexicon().is_demonym(stem(word.folded)) for word in inside)


def _opens(read: SentenceReading, offset: int, one: Entity) -> bool:
    """Whether a word is the head of a role: the first of an Arabic one (نائب الرئيس is no president), the last before any "of" of an English one."""
    role = one.role or ""
    begin = one.role_start or 0
    if not read.arabic:
        head = role.split(" of ")[0].split(" for ")[0]
        return begin <= offset < begin + len(head)
    return offset - begin <= len(role.split(" ")[0])


def whoever(slot: Callable[[SentenceReading], Iterator[Filler]]) -> Callable[[SentenceReading], Iterator[Filler]]:
    """A slot of which the question may also say what the person is ("the officer who …"): then whoever bears that role is meant less surely."""

    def fill(read: SentenceReading) -> Iterator[Filler]:
        yield from slot(read)
        if read.asked.kind is not None:
            yield from (replace(one, strength=one.strength * _OFFICE) for one in holders(read))

    return fill


def agents(read: SentenceReading) -> Iterator[Filler]:
    """Who does it: the subject of the verb, whoever stands behind "by", the bearer of the role that says so, or the genitive of بقيادة."""
    for anchor in read.anchors:
        by = _by(read, anchor)
        if by is not None:
            yield from _someone(read, by, anchor.weight)
        elif read.cut[anchor.chunk].kind == "verb":
            who = subject(read.cut, anchor.chunk, read.text, arabic=read.arabic)
            if who is not None:
                yield from _someone(read, who, anchor.weight)
        elif read.cut[anchor.chunk].kind == "other" and (verb := _verb_before(read, anchor)) is not None:
            who = subject(read.cut, verb, read.text, arabic=read.arabic)  # of مؤكدا that of the verb which it goes with
            if who is not None:
                yield from _someone(read, who, anchor.weight * _BESIDE)
        else:
            yield from _of_role(read, anchor)
            if read.cut[anchor.chunk].preposition == "ب" and _leads(read, anchor):
                yield from _genitive(read, anchor)


def patients(read: SentenceReading) -> Iterator[Filler]:
    """Whom it befalls: the subject of a passive, or the genitive of its noun (مقتل فلان)."""
    for anchor in read.anchors:
        if read.cut[anchor.chunk].kind == "verb":
            who = subject(read.cut, anchor.chunk, read.text, arabic=read.arabic)
            if who is not None:
                yield from _someone(read, who, anchor.weight)
        else:
            yield from _genitive(read, anchor)


def objects(read: SentenceReading) -> Iterator[Filler]:
    """Whom it is done to."""
    for anchor in read.anchors:
        if read.cut[anchor.chunk].kind == "verb":
            who = object_(read.cut, anchor.chunk, read.text, arabic=read.arabic)
            if who is not None:
                yield from _someone(read, who, anchor.weight)
        else:
            yield from _genitive(read, anchor)


def _by(read: SentenceReading, anchor: Anchor) -> int | None:
    """The chunk behind "by" in the clause of a verb or noun."""
    prepositions = listed("arabic", "by") if read.arabic else listed("places", "by_english")
    for j in range(anchor.chunk + 1, clause_end(read.cut, anchor.chunk)):
        one = read.cut[j]
        said = fold(read.text[one.from_ : one.start]).strip() if one.kind == "noun" else ""
        if said and said in prepositions:
            return j
    return None


def _verb_before(read: SentenceReading, anchor: Anchor) -> int | None:
    verbs = [j for j in range(anchor.chunk) if read.cut[j].kind == "verb" and not read.cut[max(0, j - 1)].relative]
    return verbs[0] if verbs else None


def _leads(read: SentenceReading, anchor: Anchor) -> bool:
    return fold(read.text[read.cut[anchor.chunk].start : anchor.end]) in listed("arabic", "by")


def _of_role(read: SentenceReading, anchor: Anchor) -> Iterator[Filler]:
    """The person whose role a word is the head of."""
    for one in read.entities:
        if one.kind == "person" and one.named and one.role_start is not None and one.role_end is not None:
            inside = one.role_start <= anchor.start < one.role_end and _opens(read, anchor.start, one)
            if inside and not read.is_of_question(one.start, one.end):
                own = {read.asked.predicate, read.asked.kind}
                of = any(point.concept not in own for point in read.met_in(one.role_start, one.role_end))
                yield Filler(one.start, one.end, anchor.weight * (_NAMED if of else _UNTOLD_OF), one)


def _genitive(read: SentenceReading, anchor: Anchor) -> Iterator[Filler]:
    """What a noun of action belongs to: the rest of its phrase, or the noun right behind it."""
    chunk = read.cut[anchor.chunk]
    rest = read.text[anchor.end : chunk.end]
    start = anchor.end + len(rest) - len(rest.lstrip())
    if start < chunk.end:
        yield from _between(read, start, chunk.end, anchor.weight * _BESIDE)
        return
    after = anchor.chunk + 1
    if after < len(read.cut) and read.cut[after].is_bare and not read.cut[after].pause:
        yield from _someone(read, after, anchor.weight * _BESIDE)


def _someone(read: SentenceReading, chunk: int, weight: float) -> Iterator[Filler]:
    """Who a chunk, with those in apposition behind it, names."""
    last = chunk + 1
    while last < len(read.cut) and _is_apposed(read, last):
        last += 1
    one = read.cut[chunk]
    start = one.start + (1 if one.preposition and one.from_ == one.start else 0)
    yield from _between(read, start, read.cut[last - 1].end, weight, english=one.english)


def _is_apposed(read: SentenceReading, at: int) -> bool:
    """Whether a chunk goes on naming the one before it: bare, definite, and of a person or right behind it."""
    one = read.cut[at]
    named = any(each.kind == "person" and read.stands_in(each, one.start, one.end) for each in read.entities)
    return one.is_bare and not one.conjunction and not one.stop and named


def _between(read: SentenceReading, start: int, end: int, weight: float, english: str = "") -> Iterator[Filler]:
    """Who is named between two offsets; the phrase itself where it is of persons, or no name stands in it."""
    inside = [one for one in read.entities if read.stands_in(one, start, end)]
    person = next((one for one in inside if one.kind == "person" and one.named), None)
    if person is not None:
        if not read.is_of_question(person.start, person.end):
            yield Filler(person.start, person.end, weight * _NAMED, person)
        return
    end = read.trimmed(start, end)
    if read.is_of_question(start, end):
        return
    unnamed = any(one.kind == "person" for one in inside) or (english and is_person(english))
    group = next((one for one in inside if one.kind == "group"), None)
    sure = _PERSON if unnamed else _GROUP if group is not None and read.asked.kind is None else _OTHER
    yield Filler(start, end, weight * sure)
