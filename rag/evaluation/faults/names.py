"""Faults in who and where: another name, speaker, place or nationality; two names exchanged."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from random import Random

from rag.evaluation.faults.statement import Scene, Statement
from rag.evaluation.faults.words import entries_in, exchanged, group, groups, listed, matches, put
from rag.language.characters import fold
from rag.language.lexicon import lexicon
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.vocabulary import known_form, proper_names, vocabulary
from rag.language.words import Word, words
from rag.model import Language

_NEAR = 40  # characters between who speaks and the verb of saying
_LONGEST_NAME = 5  # words
_NOT_NAMES = ("months", "weekdays", "places", "nationalities")
_PRONOUNS = ("", "ها", "هم", "ه", "هما")
_PARTICLES = frozenset("al el bin ibn abu bou ben de da van von".split())


def name(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """Another name: a person's who is nowhere in the news."""
    found = names_in(statement.text, statement.language)
    others = [entry for entry in group("people") if not entry.is_said(statement.said)]
    if not found or not others:
        return None
    start, end = rng.choice(found)
    place = 0 if " " in statement.text[start:end].strip() else 1
    new = rng.choice(others).form(statement.language, place)
    return replace(statement, text=put(statement.text, start, end, new))


def speaker(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """Somebody else says it: another person of the article, or another source of the list."""
    text, language = statement.text, statement.language
    verb = next(matches(listed("saying", language), text, language), None)
    if not verb:
        return None
    near = [span for span in names_in(text, language) if _speaks(span, verb, language)]
    if near:
        people = [one for one in _strangers(statement, scene) if " " in one]
        invented = [one.form(language, 0) for one in group("people") if not one.is_said(statement.said)]
        changed = put(text, *near[-1 if language == "en" else 0], rng.choice(people or invented))
        return replace(statement, text=changed)
    for sources in groups("speakers"):
        found = [one for one in entries_in(text, sources, language) if _speaks((one.start, one.end), verb, language)]
        exchange = exchanged(statement, sources, rng, found=found)
        if exchange:
            return replace(statement, text=exchange)
    return None


def place(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """Another city or country."""
    text = exchanged(statement, group("places"), rng)
    return replace(statement, text=text) if text else None


def nationality(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """Another country's people or things."""
    text = exchanged(statement, group("nationalities"), rng)
    return replace(statement, text=text) if text else None


def swapped_names(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """Two of its names in each other's place, or, where it has one only, another that its passage has."""
    text = statement.text
    found = names_in(text, statement.language)
    for first in found:
        for second in found:
            if first[1] < second[0] and len(text[first[1] : second[0]].split()) > 2:
                changed = put(put(text, *second, text[slice(*first)]), *first, text[slice(*second)])
                return replace(statement, text=changed) if changed != text else None
    others = _strangers(statement, scene)
    return replace(statement, text=put(text, *found[0], rng.choice(others))) if found and others else None


@lru_cache(maxsize=10_000)
def names_in(text: str, language: Language) -> tuple[tuple[int, int], ...]:
    """Where names of people and organizations stand, in order.

    In English a row of capitalised words that is no month, weekday, place, nationality or title. In Arabic, which has no capitals, a row of words
    which only names are made of, by the lexicon, with what no vocabulary knows beside them.
    """
    taken = [(one.start, one.end) for kind in _NOT_NAMES for one in entries_in(text, group(kind), language)]
    free = [word for word in words(text) if not any(word.start < end and start < word.end for start, end in taken)]
    is_part, is_name = (_is_english_part, _is_english) if language == "en" else (_is_arabic_part, _is_arabic)
    rows = (_trimmed(row) for row in _rows(free, text, is_part))
    return tuple((row[0].start, row[-1].end) for row in rows if row and is_name(row))


def _rows(free: Sequence[Word], text: str, is_part: Callable[[Word], bool]) -> Iterator[list[Word]]:
    """Parts of names with nothing but spaces and hyphens between them."""
    row: list[Word] = []
    for word in free:
        if row and not (is_part(word) and not text[row[-1].end : word.start].strip(" -")):
            yield row
            row = []
        if is_part(word):
            row.append(word)
    if row:
        yield row


def _trimmed(row: list[Word]) -> list[Word]:
    """A row without particles at its end and, in English, without a function word at its beginning."""
    while row and row[-1].text in _PARTICLES:
        row = row[:-1]
    while row and row[0].folded in STOPWORDS - _PARTICLES:
        row = row[1:]
    return row


def _is_english_part(word: Word) -> bool:
    """Whether a word may be part of a name: a particle, or capitalised and no everyday word of the lexicon."""
    if word.text in _PARTICLES:
        return True
    everyday = bool(lexicon().translations([word.folded])) and not lexicon().is_name([word.folded])
    return word.text[0].isupper() and len(word.text) > 1 and not everyday


def _is_english(row: Sequence[Word]) -> bool:
    """Whether a row is a name: a lone word that begins the sentence has its capital from there, unless it is known for a name."""
    return len(row) > 1 or row[0].start > 0 or lexicon().is_name([row[0].folded])


def _is_arabic_part(word: Word) -> bool:
    folded = word.folded
    if word.is_figure or folded in STOPWORDS or len(folded) < 3 or lexicon().is_demonym(stem(folded)):
        return False
    return _is_proper(folded) or not (_is_known(folded) or folded.startswith(("ال", "و")))


def _is_known(folded: str) -> bool:
    """Whether a word is in the vocabulary, also with a pronoun at its end."""
    return any(known_form(folded.removesuffix(end)) in vocabulary() for end in _PRONOUNS)


def _is_arabic(row: Sequence[Word]) -> bool:
    return len(row) < _LONGEST_NAME and any(_is_proper(word.folded) for word in row)


def _is_proper(folded: str) -> bool:
    """Whether only names are made of a word: مليون is not the ليون in it."""
    bare = folded.removeprefix("ال")
    return (bare in proper_names() or bare not in vocabulary()) and lexicon().is_proper(folded)


def _strangers(statement: Statement, scene: Scene) -> list[str]:
    """Names in the other statements of its article that share no word with one of its own."""
    spans = [(other.text, span) for other in scene.beside(statement) for span in names_in(other.text, other.language)]
    own = set(fold(statement.text).split())
    return sorted({text[slice(*span)] for text, span in spans if not own & set(fold(text[slice(*span)]).split())})


def _speaks(span: tuple[int, int], verb: re.Match[str], language: Language) -> bool:
    """Whether what stands there is the subject of a verb of saying: shortly before it in English, after it in Arabic."""
    first, second = (span[1], verb.start("word")) if language == "en" else (verb.end("word"), span[0])
    return 0 <= second - first < _NEAR
