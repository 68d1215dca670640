"""Places and groups among the words of an Arabic text."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.language.characters import is_arabic
from rag.language.cues import cues
from rag.language.dates import weekday_term
from rag.language.gazetteer import Kind, gazetteer
from rag.language.lexicon import lexicon
from rag.language.mentions import Mention, Sentence
from rag.language.morphology import bases, common_words, is_joined, is_unknown, is_unknown_without_particle, is_verb
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.vocabulary import vocabulary

_LONGEST_COMPLEMENT, _LONGEST_TAIL = 4, 3  # words of a name after the noun that begins it, and adjectives after those
_ARTICLES = ("ال", "وال", "بال", "لل")


@dataclass(frozen=True, slots=True)
class Body:
    """A place or a group: the words `first:last`, without `skipped` letters of a particle."""

    kind: Kind
    first: int
    last: int
    skipped: int
    named: bool = True

    def mention(self, sentence: Sentence) -> Mention:
        """The mention of it."""
        return Mention(self.kind, *sentence.span(self.first, self.last, self.skipped), named=self.named)


def bodies(sentence: Sentence) -> Iterator[Body]:
    """The places and groups that are known, or that a noun such as "city" or "ministry" begins; of two that overlap the longer."""
    i = 0
    while i < len(sentence):
        ways = [known_name(sentence, i), *(_by_noun(sentence, i, *noun) for noun in _body_nouns(sentence.folded[i]))]
        found = [body for body in ways if body and body.kind != "person"]
        if found:
            body = max(found, key=lambda one: one.last)
            yield body
            i = body.last
        else:
            i += 1


def known_name(sentence: Sentence, i: int) -> Body | None:
    """The longest name of the gazetteer that begins at word `i`; of one word only where it is no common word here."""
    best: Body | None = None
    for skipped, base, longest in _name_openings(sentence.folded[i]):
        for n in range(min(longest, len(sentence) - i), best.last - i if best else 0, -1):
            if not all(sentence.spaced(j) for j in range(i + 1, i + n)):
                continue
            name = " ".join([base, *sentence.folded[i + 1 : i + n]])
            kind = gazetteer().kinds.get(name) or ("group" if name in cues("group", "known") else None)
            if kind and (n > 1 or _stands_alone(sentence, i, base, skipped, kind)):
                best = Body(kind, i, i + n, skipped)
                break
    if best and best.kind != "person" and _is_of_person(sentence, i, best.last, sentence.at(i)[best.skipped :]):
        return None
    return best


@lru_cache(maxsize=50_000)
def _name_openings(word: str) -> tuple[tuple[int, str, int], ...]:
    """The ways a word may open a known name: the letters of a particle, the rest, and how many words the longest such name has."""
    if not is_arabic(word):
        return ()
    longest = gazetteer().longest
    own = {phrase.partition(" ")[0]: phrase.count(" ") + 1 for phrase in cues("group", "known")}
    openings = ((skipped, base, max(longest.get(base, 0), own.get(base, 0))) for skipped, base in bases(word))
    return tuple(opening for opening in openings if opening[2])


def _is_of_person(sentence: Sentence, i: int, last: int, base: str) -> bool:
    """Whether the name of a place or club is a person's: a given name with a surname after it and no word of place before (صلاح الدين الأيوبي)."""
    if base not in gazetteer().given or after_place_word(sentence, i) or not sentence.spaced(last):
        return False
    following = sentence.at(last)
    surname = (
        following in gazetteer().surnames or following in gazetteer().given or is_unknown(following.removeprefix("ال"))
    )
    return surname or (following.startswith("ال") and following.endswith("ي"))


def _stands_alone(sentence: Sentence, i: int, base: str, skipped: int, kind: Kind) -> bool:
    bare = base.removeprefix("ال")
    if skipped and (sentence.at(i) in vocabulary() or len(base) < 3):
        return False
    if kind == "person":
        return bare not in common_words()
    if kind == "group":
        town = base in cues("place", "towns_and_clubs") and after_place_word(sentence, i)
        return base in cues("group", "always") or (bare not in common_words() and not town)
    if base in cues("place", "never"):
        return False
    definite = sentence.touches(i) and sentence.at(i - 1).startswith(_ARTICLES)
    if definite and base.startswith("ال") and base.endswith(("ي", "يه")) and lexicon().is_demonym(stem(base)):
        return False  # الحكومة السعودية
    return bare not in common_words() or base in cues("place", "always") or after_place_word(sentence, i)


def after_place_word(sentence: Sentence, i: int) -> bool:
    """Whether the word before word `i` is a preposition of place or a noun such as "city"."""
    before = sentence.at(i - 1)
    return sentence.spaced(i) and (before in cues("place", "prepositions") or _bare(before) in cues("place", "nouns"))


@lru_cache(maxsize=50_000)
def _body_nouns(word: str) -> tuple[tuple[Kind, int, str], ...]:
    """The ways a word may be a noun that begins a name: of which kind, the letters of a particle, the rest."""
    found: list[tuple[Kind, int, str]] = []
    for skipped, base in bases(word) if is_arabic(word) else ():
        if skipped and word in vocabulary():
            break
        if base in cues("group", "nouns") or base.removeprefix("ال") in cues("group", "nouns"):
            found.append(("group", skipped, base))
        if base in cues("place", "nouns") and not base.startswith("ال"):
            found.append(("place", skipped, base))
    return tuple(found)


def _by_noun(sentence: Sentence, i: int, kind: Kind, skipped: int, base: str) -> Body | None:
    if base.startswith("ال"):
        return _definite_group(sentence, i, base, skipped)
    if base == "طريق" and sentence.at(i - 1) == "عن":  # by way of
        return None
    last = _complement(sentence, i, base, kind)
    if last is None or " ".join([base, *sentence.folded[i + 1 : last]]) in cues("group", "no_names"):
        return None
    return Body(kind, i, last, skipped)


def _definite_group(sentence: Sentence, i: int, base: str, skipped: int) -> Body | None:
    """الحكومة العراقية; a body that is known in its place without a name (الجيش, الوزارة) is not named."""
    last = _tail(sentence, i + 1, "group")
    if last > i + 1:
        if " ".join(sentence.folded[i:last]) in cues("group", "no_names"):
            return None
        purpose = base in cues("group", "purposeful") and sentence.spaced(last) and sentence.at(last).startswith("لل")
        return Body("group", i, _tail(sentence, last + 1, "group") if purpose else last, skipped)
    adjective = sentence.touches(i) and sentence.at(i - 1).startswith(_ARTICLES)  # الأحزاب المعارضة
    alone = base in cues("group", "alone") and not adjective
    return Body("group", i, i + 1, skipped, named=False) if alone else None


def _complement(sentence: Sentence, noun: int, base: str, kind: Kind) -> int | None:
    """Where the name after a noun ends: quoted, known, no word of the language, or nouns in the genitive the last of which has the article."""
    first = noun + 1
    weak = base in cues(kind, "weak_nouns")
    if first >= len(sentence) or not sentence.touches(first):
        return None
    if end := sentence.quoted(first):
        return _tail(sentence, end, kind)
    told = False  # whether a word of the name is one that only names are made of
    j = first
    while j < min(first + _LONGEST_COMPLEMENT, len(sentence)) and (j == first or sentence.spaced(j)):
        word = sentence.at(j)
        if (known := known_name(sentence, j)) and not (
            known.skipped or (known.kind == "person" and weak and kind == "group")
        ):
            return _tail(sentence, _beside(sentence, known.last, kind), kind)
        if j > first and (end := sentence.quoted(j)):
            return _tail(sentence, end, kind)
        if not is_arabic(word) or _ends_name(word):
            break
        if word.startswith("ال"):
            return _with_definite(sentence, first, j, kind, weak=weak, told=told)
        if word in gazetteer().given or is_unknown(word) or word in cues("person", "particles"):
            if base in cues("group", "led"):
                return None  # بقيادة محمد
            told = True
        elif j == first + 1 and sentence.at(first) in cues("place", "openings") and kind == "place":
            told = True  # سجن عين زارة
        elif told or is_verb(word) or is_joined(word) or j > first + 1:
            break
        j += 1
    return _tail(sentence, j, kind) if told else None


def _with_definite(sentence: Sentence, first: int, j: int, kind: Kind, *, weak: bool, told: bool) -> int | None:
    """Where a name ends whose word `j` has the article."""
    word, before = sentence.at(j), sentence.at(j - 1)
    if told:
        part = (
            before in gazetteer().given or before in cues("person", "particles") or word in cues("person", "ordinals")
        )
        return _tail(sentence, j + 1 if part else j, kind)
    last = _tail(sentence, j + 1, kind)
    opening = j > first and sentence.at(first) in cues("place", "openings")
    named = opening or is_unknown(word[2:]) or (kind == "group" and last > j + 1)
    return last if named or not weak else None


def _beside(sentence: Sentence, i: int, kind: Kind) -> int:
    """The index after a second place in the name of one: مطار تونس قرطاج."""
    following = known_name(sentence, i) if kind == "place" and i < len(sentence) and sentence.spaced(i) else None
    return following.last if following and following.kind == "place" and not following.skipped else i


def _tail(sentence: Sentence, i: int, kind: Kind) -> int:
    """The index after the adjectives that go on a name from word `i` (وزارة الدفاع العراقية, وزارة التربية والتعليم)."""
    j = i
    while j < min(i + _LONGEST_TAIL, len(sentence)) and sentence.touches(j):
        word = sentence.at(j)
        if kind == "group" and word in cues("group", "conjoined"):
            j += 1
            continue
        if not word.startswith("ال") or _ends_name(word) or not _is_adjective(word, kind):
            break
        j += 1
    return j


def _is_adjective(word: str, kind: Kind) -> bool:
    if word in cues(kind, "adjectives"):
        return True
    relation = word.endswith(("ي", "يه", "يين", "يون")) and _bare(word) not in cues("person", "titles")
    return relation and (kind == "group" or lexicon().is_demonym(stem(word)))


def _ends_name(word: str) -> bool:
    return (
        word in STOPWORDS
        or word in cues("person", "never")
        or word in cues("person", "saying")
        or weekday_term(word) is not None
    )


def _bare(word: str) -> str:
    return word.removeprefix("و").removeprefix("ال") if word.startswith("وال") else word.removeprefix("ال")


def places_by_preposition(sentence: Sentence, taken: list[bool]) -> Iterator[Body]:
    """Words that are none of the language after a preposition of place (قرب بسكرة)."""
    prepositions = cues("place", "prepositions")
    for i in range(1, len(sentence)):
        word = sentence.folded[i]
        if taken[i] or sentence.folded[i - 1] not in prepositions or not is_arabic(word) or not sentence.spaced(i):
            continue
        known = gazetteer()
        barred = (
            word in known.given
            or word in known.surnames
            or word.startswith(("ال", "ي"))
            or word.endswith(("ها", "هم", "هما", "ات"))
            or word in cues("place", "never")
        )
        if is_unknown_without_particle(word) and not barred:
            yield Body("place", i, i + 1, 0)
