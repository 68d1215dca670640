"""Persons with a name among the words of an Arabic text."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from rag.language.arabic_bodies import known_name
from rag.language.arabic_roles import Reading, Role, Roles
from rag.language.characters import is_arabic
from rag.language.cues import cues
from rag.language.dates import weekday_term
from rag.language.gazetteer import gazetteer
from rag.language.lexicon import lexicon
from rag.language.mentions import Mention
from rag.language.morphology import (
    bases,
    common_words,
    has_pronoun,
    is_joined,
    is_maybe_name,
    is_unknown,
    is_verb,
    may_be_past,
)
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS

# How sure a word is the first of a name: known as one; a given name; one that is a common word too; a surname; with the article; no word of the
# language; maybe none.
_Sort = Literal["known", "given", "weak", "surname", "articled", "unknown", "maybe"]

_LONGEST_NAME = 8  # words
_TANWIN = "ًٌٍ"


class Persons:
    """The persons of a sentence whose places and groups are known."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.roles = Roles(reading)
        self.sentence = reading.sentence
        self.at = reading.sentence.at
        self.ends = 0  # the index after the last person found

    def named(self) -> Iterator[Mention]:
        """The persons with a name, left to right; their words and those of their roles are marked as read."""
        i = 0
        while i < len(self.sentence):
            found = self._person(i) if self.reading.is_free(i) else None
            if found:
                last, mention = found
                self.reading.take(i, last)
                self.ends = last
                yield mention
                i = last
            else:
                i += 1

    def _person(self, i: int) -> tuple[int, Mention] | None:
        for skipped, base, sort in self._sorts(i):
            before = None if skipped else self.roles.before(i)
            last = self._name_end(i, base, sort, titled=before is not None)
            after = self.roles.after(last)
            titled = before is not None and self.sentence.touches(i)
            listed = skipped == 1 and 0 < i == self.ends  # كيربي وماروتو
            said = listed or self.roles.is_said(i) or self.roles.is_saying(last)
            if self._is_person(i, last, sort, titled=titled, cued=said or before is not None or after is not None):
                return last, Mention("person", *self.sentence.span(i, last, skipped), role=self._role(before, after))
        return None

    def _role(self, before: Role | None, after: Role | None) -> tuple[int, int] | None:
        """Offsets of the role that tells more: one after the name goes before a mere rank."""
        rank = before is not None and before.last - before.first == 1 and self.roles.is_honorific(before.first)
        role = after if after and (before is None or rank) else before
        for one in (before, role):
            if one:
                self.reading.take(one.first, one.last)
        return self.sentence.balanced(*self.sentence.span(role.first, role.last, role.skipped)) if role else None

    def _sorts(self, i: int) -> Iterator[tuple[int, str, _Sort]]:
        """The ways word `i` may be the first of a name: the letters of a particle before it, the rest, and how sure."""
        sorts = _first_words(self.sentence.folded[i])
        name = known_name(self.sentence, i)
        if name and name.kind == "person":
            yield name.skipped, self.at(i)[name.skipped :], "known"
        if sorts and not self._has_tanwin(i):
            yield from sorts
        elif self._is_ali(i):
            yield 0, self.at(i), "weak"

    def _has_tanwin(self, i: int) -> bool:
        found = self.sentence.found[i]
        return any(mark in self.sentence.text[found.start : found.end] for mark in _TANWIN)

    def _is_ali(self, i: int) -> bool:
        """Whether what folds to a preposition is the name علي, whose last letter has dots."""
        return self.at(i) == "علي" and self.sentence.found[i].text.endswith("ي")

    # Where a name ends

    def _name_end(self, i: int, base: str, sort: _Sort, *, titled: bool) -> int:
        name = known_name(self.sentence, i) if sort == "known" else None
        j = name.last if name else i + 1
        given = sort in {"given", "weak", "surname"} or (sort == "known" and base in gazetteer().given)
        last = min(i + _LONGEST_NAME, len(self.sentence))
        while j < last and self._goes_on(j, i, base if j == i + 1 else self.at(j - 1), given=given, titled=titled):
            j += 1
        if self.sentence.spaced(j) and self.at(j) in cues("person", "ordinals") and (name or j == i + 1):
            return j + 1  # الملك عبد الله الثاني
        while j > i + 1 and self.at(j - 1) in cues("person", "particles"):
            j -= 1
        return j

    def _goes_on(self, j: int, first: int, before: str, *, given: bool, titled: bool) -> bool:
        """Whether word `j` goes on the name that starts at word `first`; `given`: with a name, `titled`: after a role."""
        word, n = self.at(j), j - first
        initial = len(self.at(j - 1)) == 1 and self.sentence.gap(j) == ". "
        if not (self.sentence.spaced(j) or initial) or self.reading.taken[j] or self._has_tanwin(j):
            return False
        if body := self.reading.body[j]:  # كينغستون after a given name is no town
            return given and n < 3 and body.last - body.first == 1 and not body.skipped and not word.startswith("ال")
        if len(word) == 1 and self.sentence.gap(j + 1).startswith("."):
            return is_arabic(word) and word != "و"
        if word in cues("person", "particles"):
            return word not in cues("person", "inner_particles") or (given and word in {"ولد", "ال"})
        second_half = word in cues("person", "second_halves")
        if before in cues("person", "particles") or (second_half and before in cues("person", "before_god")):
            return word not in STOPWORDS or self._is_ali(j)
        if not self._is_ali(j) and (word in STOPWORDS or _is_never_of_name(word)):
            return False
        if word in gazetteer().given or (given and word in cues("person", "after_names")):
            return given or word not in cues("person", "not_given")
        if word.startswith("ال") and word[2:] in common_words() and self.sentence.found[j].text.endswith("ى"):
            return word in gazetteer().surnames  # المستشفى is no adjective of relation
        return given if second_half else self._is_surname(word, n, given=given, titled=titled)

    def _is_surname(self, word: str, n: int, *, given: bool, titled: bool) -> bool:
        """Whether a word may be the part `n` of a name, though it is no given name."""
        known, bare = gazetteer().surnames, word.removeprefix("ال")
        if word.startswith("ال"):
            if bare in cues("person", "titles") and not (given and n == 1 and (titled or word in known)):
                return False
            relation = word.endswith("ي") and (not lexicon().is_demonym(stem(word)) or (given and n < 3))
            return is_unknown(bare) or word in known or (n == 1 and (given or titled)) or (n < 4 and relation)
        if bare in cues("person", "titles") or has_pronoun(word) or (is_joined(word) and word not in known):
            return False
        if word in known and bare not in common_words():
            return True
        if word.startswith("و"):
            return given and n == 1 and is_unknown(word) and word[1:] not in gazetteer().given and not is_verb(word)
        if is_unknown(word) or (n == 1 and given and is_maybe_name(word)):
            return not (word.startswith("ي") and is_verb(word))
        second = n == 1 or (n == 2 and word.endswith("ي") and not lexicon().is_demonym(stem(word)))
        return given and second and _may_be_surname(word) and (titled or not may_be_past(word))

    # What is a person

    def _is_person(self, i: int, last: int, sort: _Sort, *, titled: bool, cued: bool) -> bool:
        """Whether a row of words is a name here: the less sure its first word, the more the others and the words around must tell."""
        several = last - i > 1
        before = self.at(i - 1) if self.sentence.spaced(i) else ""
        placed = before in cues("place", "prepositions") and before not in {"من", "الي", "بين"}
        told = several and any(_tells(self.at(j)) for j in range(i + 1, last))
        if sort == "known":
            return True
        if sort in {"given", "surname"}:
            return several or titled or cued or not placed
        if sort == "weak":
            return told or (several and (titled or cued))
        if sort == "articled":
            return titled or (cued and not placed)
        if sort == "maybe":
            return told and not placed
        return titled or ((told or cued) and not placed)


def _tells(word: str) -> bool:
    """Whether a word after the first tells that a row of words is a name."""
    if word in gazetteer().given or word in gazetteer().surnames:
        return word.removeprefix("ال") not in common_words() or word.startswith("ال")
    return is_unknown(word.removeprefix("ال"))


@lru_cache(maxsize=50_000)
def _is_never_of_name(word: str) -> bool:
    return weekday_term(word) is not None or word in cues("person", "saying") or word in cues("person", "never")


@lru_cache(maxsize=50_000)
def _may_be_surname(word: str) -> bool:
    """Whether a word of the language may be the second part of a name: a noun without an ending, and none of places and groups."""
    if word not in common_words() or is_verb(word) or word.endswith("ا"):
        return False
    return not any(
        word in cues(*listed) for listed in (("place", "prepositions"), ("place", "nouns"), ("group", "nouns"))
    )


@lru_cache(maxsize=50_000)
def _first_words(word: str) -> tuple[tuple[int, str, _Sort], ...]:
    """The ways a folded word may be the first of a person's name: the letters of a particle before it, the rest, and how sure."""
    if not is_arabic(word) or weekday_term(word):
        return ()
    found = ((skipped, base, _sort(word, base, skipped)) for skipped, base in bases(word))
    return tuple((skipped, base, sort) for skipped, base, sort in found if sort)


def _sort(word: str, base: str, skipped: int) -> _Sort | None:
    known, common = gazetteer(), base.removeprefix("ال") in common_words()
    barred = (
        base in cues("person", "never")
        or base in cues("person", "saying")
        or base in cues("person", "not_given")
        or base in STOPWORDS
    )
    whole = word in known.given or word in common_words() or word in STOPWORDS or len(base) < 3 or has_pronoun(word)
    if len(base) < 2 or barred or (skipped and whole):
        return None
    after_and = skipped == 1 and (word[0] == "و" or (word[0] == "ف" and base in known.given))
    if base in known.given or base == "عبد":
        verb = base.endswith("ت") and base[:-1] in common_words()  # رفعت
        unsure = (common and base != "عبد") or verb
        short = skipped and not after_and and len(base) < 4
        return None if short or (skipped and unsure) else "weak" if unsure else "given"
    if base in cues("person", "opening_particles"):
        return None if skipped else "weak"
    if (
        base.removeprefix("ال") in cues("person", "titles")
        or base in cues("person", "unnamed")
        or (skipped and not after_and)
    ):
        return None
    if base in known.surnames and not common:
        return "surname"
    if base.startswith("ال"):
        return "articled" if is_unknown(base[2:]) else None
    vowelled = len(base) > 4 or any(letter in base for letter in "اويع")  # a short foreign name has a vowel
    if (
        is_unknown(base)
        and vowelled
        and not is_joined(base)
        and not base.startswith(("ي", "تت", "ست"))
        and (not base.startswith("و") or not is_unknown(base[1:]))
    ):
        return "unknown"
    return "maybe" if not skipped and is_maybe_name(base) else None
