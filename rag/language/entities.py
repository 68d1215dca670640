"""Persons, places and groups that a news text in Arabic or English names, found by rule.

A name is told by what stands around it (a title, a verb of saying, a noun such as "city" or "ministry": `data/cues.toml`), by being known
(`gazetteer`), or by being no word of the language (`vocabulary`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.language.arabic_bodies import bodies, places_by_preposition
from rag.language.arabic_persons import Persons
from rag.language.arabic_roles import Reading
from rag.language.characters import is_arabic
from rag.language.dates import dates
from rag.language.english_names import english_mentions
from rag.language.gazetteer import Kind
from rag.language.mentions import Mention, Sentence
from rag.language.words import Word, words


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, place or group in a text.

    Attributes:
        kind: what it is.
        text: the name as written, `source[start:end]`; of a person without a name the words that stand for it (مصدر عسكري).
        start: offset of `text` in code points.
        end: the offset after it.
        role: the title or office of a person as written beside the name, None where there is none.
        role_start: offset of the role.
        role_end: the offset after it.
        named: whether it has a name of its own.
    """

    kind: Kind
    text: str
    start: int
    end: int
    role: str | None = None
    role_start: int | None = None
    role_end: int | None = None
    named: bool = True


@lru_cache(maxsize=20_000)
def entities(text: str) -> tuple[Entity, ...]:
    """The persons, places and groups that a text names, in the order they stand in it.

    No two of a kind overlap; the words for a person without a name may hold a place or a group (المتحدث باسم وزارة الدفاع).

    >>> [(e.kind, e.text, e.role) for e in entities("قال وزير خارجية بريطانيا دومينيك راب في بغداد")]
    [('place', 'بريطانيا', None), ('person', 'دومينيك راب', 'وزير خارجية بريطانيا'), ('place', 'بغداد', None)]
    """
    sentence = Sentence(text, words(text))
    given_dates = dates(sentence.found) if any(map(_may_date, sentence.folded)) else []
    dated = {i for given in given_dates for i in range(given.first, given.last)}
    mentions = [*_arabic(sentence, dated), *english_mentions(sentence, dated)]
    return tuple(
        _entity(sentence, mention) for mention in sorted(_apart(mentions), key=lambda one: (one.start, one.end))
    )


@lru_cache(maxsize=50_000)
def _may_date(folded: str) -> bool:
    """Whether a word may be of a date: a figure, or a name of a month or its first word (تشرين الثاني)."""
    month, second = (Word(word, word, 0, 0) for word in ("شهر", "الثاني"))
    return folded[0].isdigit() or bool(dates([month, Word(folded, folded, 0, 0), second]))


def _arabic(sentence: Sentence, dated: set[int]) -> Iterator[Mention]:
    """Places and groups first, since what they hold is no person's name (كتائب سيد الشهداء)."""
    if not any(map(is_arabic, sentence.folded)):
        return
    found = [body for body in bodies(sentence) if dated.isdisjoint(range(body.first, body.last))]
    reading = Reading(sentence, found, dated)
    persons = Persons(reading)
    yield from (body.mention(sentence) for body in found)
    yield from persons.named()
    yield from persons.roles.unnamed()
    taken = [not reading.is_free(i) for i in range(len(sentence))]
    yield from (body.mention(sentence) for body in places_by_preposition(sentence, taken))


def _apart(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions of which none overlaps one of its kind or the name of a person; of two that do the longer."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda one: one.end - one.start, reverse=True):
        barring = (one for one in kept if one.kind == mention.kind or (one.kind == "person" and one.named))
        if all(mention.end <= one.start or one.end <= mention.start for one in barring):
            kept.append(mention)
    yield from kept


def _entity(sentence: Sentence, mention: Mention) -> Entity:
    text, role = sentence.text, mention.role
    start, end = sentence.balanced(mention.start, mention.end)
    return Entity(
        mention.kind,
        text[start:end],
        start,
        end,
        text[role[0] : role[1]] if role else None,
        role[0] if role else None,
        role[1] if role else None,
        mention.named,
    )
