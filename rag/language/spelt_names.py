"""Names in an Arabic text that a gloss spells though their words mean something: عين الأسد is no eye of the lion, حسام الجزار no butcher."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise, takewhile

from rag.language.characters import fold, is_arabic
from rag.language.cues import cues
from rag.language.data_files import read, rows
from rag.language.entities import Entity, entities
from rag.language.gazetteer import gazetteer
from rag.language.lexicon import lexicon
from rag.language.morphology import bases, is_unknown, is_verb
from rag.language.readings import readings
from rag.language.romanize import romanize, spell
from rag.language.rows import is_complement, is_person, is_place
from rag.language.senses import exact_senses, spelling
from rag.language.stem import stem
from rag.language.words import Word

_ARTICLE = "ال"
_DAMMA = "\u064f"
_GAP = re.compile(r"[ \u00a0]|[ \u00a0]?[\"'“«][ \u00a0]?")  # between a noun and the name behind it
# Nouns that `data/cues.toml` leaves alone behind which a word of the language is a name nonetheless; and those whose names may be plurals.
_NAMED = frozenset("جسر سجن قريه مسجد ملعب فندق برج مستشفي مشفي".split())
_NAMED_BY_PLURALS = frozenset("حي شارع جسر قريه بلده ميدان دوار".split())
# Nouns of places that mean other things before most words (من ناحية العدد, قضاء الوقت).
_OF_OTHER_THINGS = frozenset(("ناحيه", "قضاء", "جهه", "لواء"))
# Words that begin names of places and also say what a place is: حي, وادي.
_KINDS_OF_PLACE = frozenset("حي وادي واد جبل نهر جسر".split())
_WITHOUT_GIVEN = frozenset("ولد بن بنت ابو".split())


@dataclass(frozen=True, slots=True)
class SpeltName:
    """The words `first:last` of a text, without the letters `joined` before them, and how English spells them.

    `human` tells a person's from a place's.
    """

    first: int
    last: int
    joined: str
    english: str
    human: bool = False


def spelt_names(text: str, found: Sequence[Word]) -> list[SpeltName]:
    """The names of persons and places that are to be spelt, in order; those that the lexicon has as a whole are left to it.

    Args:
        text: the Arabic.
        found: its words.
    """
    taken: set[int] = set()
    names: list[SpeltName] = []
    for name in (*_of_entities(text, found), *_behind_nouns(text, found)):
        span = set(range(name.first, name.last))
        if taken.isdisjoint(span):
            taken |= span
            names.append(name)
    return sorted(names, key=lambda name: name.first)


def place_nouns(text: str, found: Sequence[Word]) -> frozenset[int]:
    """The words that are, or may be, the noun of a place's name (قضاء هيت, وادي دمشان)."""
    starts = {word.start: i for i, word in enumerate(found)}
    places = (one for one in entities(text) if one.kind == "place" and _begins_with_noun(one.text))
    return frozenset(
        starts[start] for one in places for start in range(one.start, one.start - 3, -1) if start in starts
    )


def _begins_with_noun(name: str) -> bool:
    return fold(name.partition(" ")[0]) in cues("place", "nouns")


def _of_entities(text: str, found: Sequence[Word]) -> Iterator[SpeltName]:
    for one in entities(text):
        inside = [i for i, word in enumerate(found) if word.start < one.end and one.start < word.end]
        if not inside or not is_arabic(one.text[0]) or not one.named:
            continue
        joined = text[found[inside[0]].start : one.start]
        if one.kind == "person" and _is_person_name(one, found, inside, joined):
            yield SpeltName(inside[0], inside[-1] + 1, joined, romanize(one.text), human=True)
        elif one.kind == "place" and len(inside) > 1:
            yield from _of_place(found, inside, fold(text[one.start : found[inside[0]].end]))


def _is_person_name(one: Entity, found: Sequence[Word], inside: Sequence[int], joined: str) -> bool:
    """Whether the words for a person are surely a name: a given name or unknown words with a surname, or an unknown one of somebody who speaks."""
    folded = [found[i].folded for i in inside]
    folded[0] = folded[0][len(joined) :]
    if len(folded) == 1:
        told = (
            _introduces(found[inside[0] - 1] if inside[0] else None) or one.role is not None or _is_relation(folded[0])
        )
        return told and not joined and not readings(folded[0]) and is_unknown(folded[0]) and not is_verb(folded[0])
    if any(_is_finite(word) for word in folded[1:]) or _is_listed("", [found[i] for i in inside]):
        return False
    inner = all(_is_inner(before, word) for before, word in pairwise(folded[:-1]))
    if folded[0] in gazetteer().given or folded[0] in _WITHOUT_GIVEN:
        return (inner and (one.role is not None or _is_surname(folded[-1]))) or (
            one.role is not None and len(folded) == 2
        )
    return one.role is not None and is_unknown(folded[0]) and inner and not _is_adjectival(found[inside[-1]])


def _introduces(word: Word | None) -> bool:
    """Whether somebody's name is likely behind a word: a verb of saying, or إن, which the speech of one begins with."""
    return word is not None and (
        word.text in {"إن", "لكن", "ولكن"} or word.folded.lstrip("وف") in cues("person", "saying")
    )


def _is_inner(before: str, word: str) -> bool:
    """Whether a word may stand inside a person's name."""
    particles = cues("person", "particles")
    return before in particles or word in particles or word in gazetteer().given or is_unknown(word)


def _is_adjectival(word: Word) -> bool:
    known = readings(spelling(word))
    return bool(known) and known[0].kind == "a" and word.folded not in cues("person", "ordinals")


def _is_finite(word: str) -> bool:
    """Whether a word behind a name is rather a verb, or has something joined to it."""
    known = readings(word)
    joined = word.startswith(("وال", "فال"))
    return joined or (bool(known) and (known[0].kind in "ij" or known[0].particle in {"ب", "ل", "ك"}))


def _is_relation(word: str) -> bool:
    return word.startswith(_ARTICLE) and word.endswith("ي") and not lexicon().is_demonym(stem(word))


def _is_surname(word: str) -> bool:
    return _is_relation(word) or word in gazetteer().surnames or is_unknown(word.removeprefix(_ARTICLE))


def _is_known_name(word: Word) -> bool:
    return any(reading.kind == "n" for reading in readings(spelling(word)))


def _of_place(found: Sequence[Word], inside: Sequence[int], first: str) -> Iterator[SpeltName]:
    """The name of a place without the noun that says what it is and the adjectives behind it."""
    bare, rest = first, list(takewhile(lambda i: not found[i].folded.startswith("وال"), inside[1:]))
    if not rest or bare not in cues("place", "nouns"):
        return
    while len(rest) > 1 and found[rest[0]].folded in cues("place", "nouns") and _is_kind(found[rest[0]].folded):
        bare, rest = found[rest[0]].folded, rest[1:]
    if len(rest) > 1 and _is_listed("", [found[i] for i in rest]):
        return
    while len(rest) > 1 and _is_adjective(found[rest[-1]].folded):
        rest.pop()
    said = [found[i] for i in rest]
    if not all(is_arabic(word.folded) for word in said) or _is_listed(bare, said):
        return
    named = (
        _may_begin_name(said[0].folded)
        if len(said) > 1
        else _is_name_behind(bare, said[0]) and not (bare in _OF_OTHER_THINGS and readings(spelling(said[0])))
    )
    if named:
        yield SpeltName(rest[0], rest[-1] + 1, "", _spelt_place(said))


def _is_kind(folded: str) -> bool:
    return folded in _KINDS_OF_PLACE or not _may_begin_name(folded)


def _is_adjective(folded: str) -> bool:
    return folded.startswith(_ARTICLE) and (folded in cues("place", "adjectives") or lexicon().is_demonym(stem(folded)))


def _is_listed(noun: str, said: Sequence[Word]) -> bool:
    """Whether the lexicon has the words as the name of one thing, with the noun or without it."""
    bare = [spelling(word).removeprefix(_ARTICLE) for word in said]
    spelt = [spelling(word) for word in said]
    forms = {" ".join(words) for words in (bare, spelt, [noun, *bare], [noun, *spelt])}
    noun_in_feminine = {form.replace(noun, noun[:-1] + "ة", 1) for form in forms if noun.endswith("ه")}
    return any(" " in form and exact_senses(form) for form in forms | noun_in_feminine)


def _is_name_behind(noun: str, word: Word) -> bool:
    """Whether the word behind a noun of place is its name: no name already, and nothing that says what the place is for."""
    known = readings(spelling(word))
    bare = word.folded.removeprefix(_ARTICLE)
    if not known:
        return bare in _name_words()
    if _is_known_name(word) or is_complement(bare):
        return False
    best = known[0]
    if best.particle or best.conjunction or best.pronoun or best.kind not in "spacd":
        return False
    attribute = best.kind != "s" and not best.article
    weak = noun in cues("place", "weak_nouns") and noun not in _NAMED and best.kind != "a"
    plural = best.kind == "p" and noun not in _NAMED_BY_PLURALS
    return not (attribute or weak or plural) and not is_place(best.english)


def _behind_nouns(text: str, found: Sequence[Word]) -> Iterator[SpeltName]:
    """Names that are one word with the article behind a noun that needs no other sign; an adjective that does not agree is one behind any noun."""
    for i, (noun, word) in enumerate(pairwise(found)):
        near = _GAP.fullmatch(text[noun.end : word.start])
        if not near or not word.folded.startswith(_ARTICLE) or _DAMMA in noun.text:
            continue
        bare = next((bare for _, bare in bases(noun.folded) if bare in _NAMED or bare in cues("place", "nouns")), "")
        titled = i + 2 < len(found) and found[i + 2].folded in gazetteer().given  # مستشفى الملكة علياء
        if (
            bare
            and not titled
            and not _is_listed(bare, [word])
            and _is_name_behind(bare, word)
            and _is_settled(bare, word)
        ):
            yield SpeltName(i + 1, i + 2, "", _spelt_place([word]))


def _is_settled(noun: str, word: Word) -> bool:
    """Whether it needs no sign but the noun."""
    best = next(iter(readings(spelling(word))), None)
    if best is None:
        return False
    if noun in _NAMED:
        return best.kind == "p" or not is_person(best.english)
    return best.kind == "a" and noun not in cues("place", "weak_nouns")


def _may_begin_name(folded: str) -> bool:
    return folded in cues("place", "openings") or _name_words().get(folded, "").endswith("+")


def _spelt_place(said: Sequence[Word]) -> str:
    return " ".join(_spelt_word(word) for word in said)


@lru_cache(maxsize=5_000)
def _spelt_word(word: Word) -> str:
    listed = _name_words().get(word.folded.removeprefix(_ARTICLE), "").removesuffix(" +")
    if listed:
        return f"al-{listed}" if word.folded.startswith(_ARTICLE) and word.folded != _ARTICLE else listed
    known = [one.english for one in exact_senses(spelling(word)) if one.kind == "n" and not one.human]
    return known[0] if known else spell(word.text)


@cache
def _name_words() -> dict[str, str]:
    return {row[0]: row[1] for row in rows(read("name_words.tsv"))}
