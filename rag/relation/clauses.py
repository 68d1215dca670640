"""What stands in which slot of a verb or of a noun of action: its subject, its object, its places."""

from collections.abc import Iterator, Sequence
from typing import Literal

from rag.relation.chunks import Chunk

Role = Literal["subject", "object", "genitive", "adjunct", "before", "apart"]

_FAR = 9  # chunks between a verb and what belongs to it


def clause_end(cut: Sequence[Chunk], at: int) -> int:
    """The index after the last chunk of the clause of the chunk at `at`: the next verb, relative, "that" or full stop ends it."""
    for j in range(at + 1, len(cut)):
        if cut[j].kind in {"verb", "opener"} or cut[j].stop or j - at > _FAR:
            return j
    return len(cut)


def clause_start(cut: Sequence[Chunk], at: int) -> int:
    """The index of the first chunk of the clause of the chunk at `at`."""
    for j in range(at, 0, -1):
        if cut[j].stop or (j < at and cut[j].kind in {"verb", "opener"}):
            return j + (cut[j].kind in {"verb", "opener"} and not cut[j].stop)
    return 0


def subject(cut: Sequence[Chunk], verb: int, text: str, *, arabic: bool) -> int | None:
    """The chunk of who or what does what a verb says: in Arabic behind it or, where it stands first, before it; in English before it."""
    if not arabic:
        return _before(cut, verb)
    following = next(_bare_after(cut, verb), None)
    if verb and cut[verb - 1].relative:
        return following if cut[verb].pronoun else _antecedent(cut, verb - 1)
    first = _first_before(cut, verb)
    if first is not None and not cut[verb].conjunction and not cut[verb].pronoun:
        return first
    return following


def object_(cut: Sequence[Chunk], verb: int, text: str, *, arabic: bool) -> int | None:
    """The chunk of whom or what a verb is done to."""
    bare = list(_bare_after(cut, verb))
    if not arabic:
        return bare[0] if bare else None
    who = subject(cut, verb, text, arabic=True)
    if cut[verb].pronoun:
        return _antecedent(cut, verb - 1) if verb else None
    return next((j for j in bare if j != who), None)


def _bare_after(cut: Sequence[Chunk], verb: int) -> Iterator[int]:
    """The noun phrases behind a verb, in its clause, that no preposition governs and no "and" joins to another."""
    for j in range(verb + 1, clause_end(cut, verb)):
        if cut[j].is_bare and not cut[j].conjunction and not is_time(cut[j]):
            yield j


def _before(cut: Sequence[Chunk], verb: int) -> int | None:
    """The subject before an English verb; of one behind "who" what that stands for."""
    for j in range(verb - 1, -1, -1):
        if cut[j].relative:
            return _antecedent(cut, j)
        if cut[j].is_bare and not is_time(cut[j]):
            return j
        if cut[j].stop or (cut[j].kind == "verb" and not _is_auxiliary(cut[j])):
            return None
    return None


def _is_auxiliary(one: Chunk) -> bool:
    return one.english in {"is", "are", "was", "were", "has", "have", "had", "been", "be", "will", "would"}


def _antecedent(cut: Sequence[Chunk], relative: int) -> int | None:
    """What a relative pronoun stands for: the noun phrase before it, with the first of those that it hangs on."""
    return next((j for j in range(relative - 1, -1, -1) if cut[j].kind == "noun"), None)


def _first_before(cut: Sequence[Chunk], verb: int) -> int | None:
    """The subject of an Arabic verb that stands behind it: what follows "that", or begins the sentence, with nothing but its own phrases between."""
    start = clause_start(cut, verb)
    opened = start == 0 or cut[start - 1].kind == "opener" or cut[start].stop
    if not opened or start >= verb or not cut[start].is_bare or not cut[start].definite:
        return None
    return start


def is_time(one: Chunk) -> bool:
    """Whether a noun phrase tells when, so that it is no subject (الأحد, مساء الجمعة)."""
    head = one.english.split(" ")[0].lower()
    return head in _TIMES


_TIMES = frozenset(
    """sunday monday tuesday wednesday thursday friday saturday day evening morning night dawn noon today yesterday tomorrow week month year
    january february march april may june july august september october november december""".split()
)
