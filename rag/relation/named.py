"""The named thing of the kind that a question asks for: which company, which court."""

from collections.abc import Iterator

from rag.language.rows import is_place
from rag.relation.reading import Filler, SentenceReading

_SAME_KIND = 0.78  # how well the word for the kind must be met
_APART = 0.6  # in another clause than the verb


def named(read: SentenceReading) -> Iterator[Filler]:
    """The phrases whose head is the kind asked for, and which say more than it."""
    kind = read.asked.kind
    for point in read.points:
        at = read.chunk_at(point.start)
        if point.concept != kind or point.weight < _SAME_KIND or at is None or read.cut[at].kind != "noun":
            continue
        one = read.cut[at]
        role = next((e for e in read.entities if e.kind == "person" and e.named and e.role_start is not None
                     and e.role_start <= point.start < (e.role_end or 0)), None)  # fmt: skip
        if role is not None:
            if not read.is_of_question(role.start, role.end):
                yield Filler(role.start, role.end, point.weight, role)
            continue
        begins = point.start - one.start <= 2 if read.arabic else point.end == one.end  # a joined particle
        if not begins or (is_place(one.english) and read.asked.slot != "named"):
            continue
        start = point.start
        entity = next((e for e in read.entities if e.named and start <= e.start < one.end), None)
        end = read.trimmed(start, max(one.end, entity.end if entity else 0, _purpose(read, at)))
        says_more = end - point.end > 1 if read.arabic else point.start - one.start > 1
        if says_more and not read.is_of_question(start if read.arabic else one.start, end):
            near = any(abs(anchor.chunk - at) <= 3 for anchor in read.anchors)
            yield Filler(start if read.arabic else one.start, end, point.weight * (1.0 if near else _APART), entity)


def _purpose(read: SentenceReading, at: int) -> int:
    """Where what a body is for ends, which stands right behind its name (شركة النور للمقاولات); 0 where nothing does."""
    after = read.cut[at + 1] if at + 1 < len(read.cut) else None
    if after is None or after.pause or after.kind != "noun" or not read.text.startswith("لل", after.start):
        return 0
    return after.end
