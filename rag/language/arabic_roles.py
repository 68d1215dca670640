"""The roles of persons in an Arabic sentence: titles and offices, where they begin and end, and persons told by nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.language.arabic_bodies import Body
from rag.language.characters import is_arabic
from rag.language.cues import cues
from rag.language.dates import weekday_term
from rag.language.gazetteer import gazetteer
from rag.language.lexicon import lexicon
from rag.language.mentions import Mention, Sentence
from rag.language.morphology import bases, has_pronoun, is_joined, is_unknown, is_verb, may_be_past
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS

_RELATIVES = frozenset("الذي التي الذين اللذان اللذين اللتان".split())
_ARTICLES = ("ال", "لل", "بال", "وال")
_LINKS = frozenset("باسم في لدي".split())  # between the words of a role
_LONGEST_ROLE, _FAR = 12, 30  # words


@dataclass(frozen=True, slots=True)
class Role:
    """The words `first:last` of a role, without `skipped` letters of a particle."""

    first: int
    last: int
    skipped: int = 0


class Reading:
    """A sentence and what of it has been read.

    Attributes:
        sentence: the words.
        body: by word the place or group it is of.
        taken: by word whether it is of a person, of a role or of a date.
    """

    def __init__(self, sentence: Sentence, bodies: list[Body], dated: set[int]) -> None:
        self.sentence = sentence
        self.taken = [i in dated for i in range(len(sentence))]
        self.body: list[Body | None] = [None] * len(sentence)
        for body in bodies:
            self.body[body.first : body.last] = [body] * (body.last - body.first)

    def is_free(self, i: int) -> bool:
        """Whether word `i` is of nothing yet."""
        return not self.taken[i] and self.body[i] is None

    def take(self, first: int, last: int) -> None:
        """Mark `words[first:last]` as read."""
        self.taken[first:last] = [True] * (last - first)


class Roles:
    """The roles of a sentence."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.sentence = reading.sentence
        self.at = reading.sentence.at

    def title(self, h: int) -> tuple[int, str] | None:
        """The head of a role at word `h`: the letters of a particle before it, and the bare word."""
        if not (0 <= h < len(self.sentence)) or self.reading.body[h] is not None or not is_arabic(self.at(h)):
            return None
        title = _title_head(self.sentence.folded[h])
        return None if title and self.sentence.found[h].text.startswith("وإ") else title  # "and to" is no governor

    def is_honorific(self, h: int) -> bool:
        """Whether word `h` is a title that stands between an office and a name (العقيد, الدكتور)."""
        title = self.title(h)
        return (
            title is not None and title[1] in cues("person", "honorifics") and self.at(h)[title[0] :].startswith("ال")
        )

    def before(self, i: int) -> Role | None:
        """The role that ends right before the name at word `i`."""
        role: int | None = None
        if not self.sentence.near(i):
            return None
        for h in range(i - 1, max(-1, i - 1 - _LONGEST_ROLE), -1):
            if self.reading.taken[h] or (h < i - 1 and not self.sentence.touches(h + 1)):
                break
            if self.title(h) is None:
                continue
            if role is not None and not self._is_wider(h, role):
                break
            ranked = role == i - 1 and self.is_honorific(role)  # رئيسة البرنامج في الوزارة الدكتورة ندى غصن
            if self._end(h, i) >= i - ranked:
                role = h
        if role is None:
            return None
        if role == i - 1 and self.is_honorific(role) and (far := self._far_before(role)):
            return far
        title = self.title(role)
        honorific = role < i - 1 and self.sentence.touches(i) and self.is_honorific(i - 1)
        return Role(role, i - honorific, title[0] if title else 0)

    def _is_wider(self, h: int, role: int) -> bool:
        """Whether the title at word `h` holds the one after it: نائب والي, المتحدث باسم رئيس الوزراء, وزير الدفاع الجنرال."""
        title, inner = self.title(h), self.title(role)
        if title is None or inner is None:
            return False
        plural = inner[1] in cues("person", "plurals")
        deputy = h == role - 1 and (plural or title[1] in cues("person", "deputies"))
        definite = self.reading.body[role - 1] is not None or self.at(role - 1).startswith(_ARTICLES)
        adjective = definite and self.at(role).startswith("ال")  # صاحب شركة النقل المالكة للحافلة
        return (
            adjective
            or deputy
            or self.at(role - 1) == "باسم"
            or self.at(role).startswith("ل")
            or self.is_honorific(role)
        )

    def _far_before(self, rank: int) -> Role | None:
        """A role that a comma, often after a relative clause, keeps apart from the rank before a name: المتحدث باسم … الذي …، العقيد."""
        if self.sentence.touches(rank):
            return None
        for h in range(rank - 1, max(-1, rank - _FAR), -1):
            if self.reading.taken[h] or not self.sentence.near(h + 1):
                return None
            if title := self.title(h):
                end = self._end(h, rank)
                return Role(h, end, title[0]) if end == rank or self.at(end) in _RELATIVES else None
        return None

    def after(self, i: int) -> Role | None:
        """The role that follows a name, as a rule after a comma: شكري المثلوثي، رئيس المنظمة."""
        title = self.title(i)
        if title is None or title[0] or self.reading.taken[i] or not self.sentence.near(i):
            return None
        end = self._end(i, len(self.sentence))
        comma = not self.sentence.touches(i)
        return Role(i, end) if end > i + 1 or comma else None

    def _end(self, h: int, limit: int) -> int:
        """The index after the words that go on a role from its head `h`, at most `limit`."""
        j = h + 1
        open_ = not self.at(h).startswith(
            "ال"
        )  # whether the last word may be in the construct state, so that any noun may follow
        while (
            j < min(limit, h + 1 + _LONGEST_ROLE, len(self.sentence))
            and self.sentence.touches(j)
            and not self.reading.taken[j]
        ):
            body, word = self.reading.body[j], self.at(j)
            if body:
                if word.startswith("و") and body.skipped:
                    break
                j, open_ = min(body.last, limit), False
            elif word in _LINKS and self._follows_link(j + 1):
                j, open_ = j + 1, True
            elif self._is_in_role(j, open_=open_):
                j, open_ = j + 1, not word.removeprefix("و").startswith(_ARTICLES)
            else:
                break
        while j > h + 1 and self.at(j - 1) in _LINKS:
            j -= 1
        return j

    def _follows_link(self, j: int) -> bool:
        """Whether a role may go on after a preposition: with a body, a noun of one, a definite noun or another title."""
        if not self.sentence.touches(j):
            return False
        noun = self.at(j) in cues("group", "nouns") or self.at(j) in cues("place", "nouns")
        return noun or self.reading.body[j] is not None or self.at(j).startswith("ال") or self.title(j) is not None

    def _is_in_role(self, j: int, *, open_: bool) -> bool:
        word = self.at(j)
        stopword = word in STOPWORDS and self.title(j) is None  # والي is a governor, too
        if stopword or word in cues("person", "saying") or weekday_term(word) or has_pronoun(word):
            return False
        if word.startswith("وال") and not open_:
            return self.title(j) is None
        if word.startswith(_ARTICLES):
            allowed = word not in cues("person", "never") or word in cues("person", "in_roles")
            return allowed and (open_ or not word.startswith("ال") or _is_adjective(word))
        if word.startswith("ل") and is_joined(word):
            return not is_verb(word[1:])
        if is_verb(word) or is_joined(word) or word in gazetteer().given:
            return False
        if lexicon().is_demonym(stem(word)) or (word.endswith(("ي", "يه")) and not is_unknown(word)):
            return True
        return open_ and not is_unknown(word) and not may_be_past(word) and word not in cues("person", "never")

    def is_said(self, i: int) -> bool:
        """Whether a verb stands right before word `i`, or a word that a name follows (إن, بواسطة, اسمه)."""
        before, earlier = self.at(i - 1), self.at(i - 2)
        if not self.sentence.spaced(i):
            return False
        verbs = (before, before.removeprefix("و"), before.removeprefix("ف"))
        if before in cues("person", "before_name") or any(verb in cues("person", "saying") for verb in verbs):
            return earlier != "في"
        return any(may_be_past(verb) for verb in verbs) and self.title(i - 1) is None and earlier not in STOPWORDS

    def is_saying(self, i: int) -> bool:
        """Whether a verb of saying follows a name that ends before word `i` (لكن كيربي أكد)."""
        return self.sentence.spaced(i) and self.at(i) in cues("person", "saying")

    # Persons without a name

    def unnamed(self) -> Iterator[Mention]:
        """Persons told by their office or as a source only: مصدر عسكري, رئيس الوزراء العراقي."""
        i = 0
        while i < len(self.sentence):
            found = self._unnamed_at(i) if self.reading.is_free(i) else None
            if found:
                span = self.sentence.span(i, found.last, found.skipped)
                yield Mention("person", *span, role=span, named=False)
            i = found.last if found else i + 1

    def _unnamed_at(self, i: int) -> Role | None:
        for skipped, base, source in _unnamed_heads(self.sentence.folded[i]):
            end = self._end(i, len(self.sentence))
            if any(self.reading.taken[i:end]):
                return None
            if source and ("مصدر" in base or "مصادر" in base):
                return Role(i, end, skipped) if self._is_source(i) else None
            if source and end == i + 1:
                return (
                    Role(i, end, skipped) if self.is_said(i) or self.is_saying(end) or self.at(i - 1) == "عن" else None
                )
            definite = base.startswith("ال") and not self._is_adjectival(i)
            office = end > i + 1 and (
                self.reading.body[i + 1] is not None or self.at(i + 1).startswith(("ال", "لل")) or self.is_said(i)
            )
            return Role(i, end, skipped) if source or office or definite else None
        return None

    def _is_source(self, i: int) -> bool:
        """Whether a word for a source means one who tells: مصدر عسكري and قال المصدر, unlike مصدر قلق and مفتوح المصدر."""
        if any(
            self.at(j) in cues("person", "of_sources") or lexicon().is_demonym(stem(self.at(j))) for j in (i + 1, i + 2)
        ):
            return True
        before = self.at(i - 1)
        return before in {"عن", "ذات", "بحسب", "وفق", "حسب"} or self.is_said(i)

    def _is_adjectival(self, i: int) -> bool:
        return self.sentence.touches(i) and self.at(i - 1).startswith(_ARTICLES)


@lru_cache(maxsize=50_000)
def _is_adjective(word: str) -> bool:
    """Whether a word with the article may be an adjective: of relation, a participle (الحاكم, المكلف), or listed."""
    bare = word.removeprefix("ال")
    if bare.endswith(("ي", "يه", "يين", "يون")) or bare.startswith("م") or bare[1:2] == "ا":
        return not bare.endswith("ات")
    return word in cues("group", "adjectives") or word in cues("person", "in_roles") or lexicon().is_demonym(stem(word))


@lru_cache(maxsize=50_000)
def _title_head(word: str) -> tuple[int, str] | None:
    """The head of a role that a folded word is: the letters of a particle before it, and the bare word."""
    for skipped, base in bases(word) if is_arabic(word) else ():
        bare = base.removeprefix("ال")
        for form in (bare, bare.removesuffix("ا")):
            if form in cues("person", "titles"):
                return skipped, form
    return None


@lru_cache(maxsize=50_000)
def _unnamed_heads(word: str) -> tuple[tuple[int, str, bool], ...]:
    """The ways a folded word may be the head of a role without a name: the letters of a particle, the rest, and whether it is a source."""
    heads = ((skipped, base, base in cues("person", "unnamed")) for skipped, base in bases(word) if is_arabic(word))
    return tuple(head for head in heads if head[2] or head[1].removeprefix("ال") in cues("person", "offices"))
