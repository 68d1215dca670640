"""Whether a quote names what a sentence names: by the same name, by another one, or by one that sounds like it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from rag.language.characters import fold, is_arabic
from rag.language.entities import entities
from rag.language.lexicon import lexicon
from rag.language.morphology import is_unknown
from rag.language.names import consonants, similarity
from rag.language.spelling import likeness
from rag.language.stem import stem
from rag.support.match import Match
from rag.support.statement import Statement

NAMED = 0.55  # a name by itself, by a spelling that sounds like it, or a capital for its country
_AMONG_NAMES = 0.45  # a name by the sound of what is a name in the quote
_BESIDE_NAMED = 0.2  # the same for a word beside another part of the name
_SPELT = 0.65  # likeness of two spellings in one script
_OF_PEOPLE = ("ي", "يه", "يا", "يين", "يون", "يات", "يان", "يتان", "يتين")
_PARTICLES = re.compile(r"^[وف]?(?:بال|كال|لل|ال|[بلك](?=\w{4}))?")
_QUOTED = re.compile(r"[«“\"]([^«»“”\"]{2,30})[»”\"]")
_KNOWN = 0.8  # the same for one whose spelling in the quote's language is known
_KEYS = 3  # consonant keys of a name, the likeliest, that are compared
_JOINING = frozenset({"", "al", "el", "al-", "el-", "bin", "ibn", "ben", "ould", "بن", "ولد", "s"})


def is_named(match: Match, i: int, among: Iterable[int] | None = None) -> bool:
    """Whether words of the quote, or some of them, are a name of the sentence.

    Args:
        match: sentence and quote.
        i: the concept.
        among: which words of the quote; all of them by default.
    """
    places = list(range(len(match.window.tokens))) if among is None else list(among)
    if max(match.weights[i, places].tolist(), default=0.0) >= NAMED:
        return True
    name = match.statement.concepts[i].alternatives[0][0][0]
    spelt = name[0].isalpha() and not match.statement.parts[i]
    return spelt and (_is_heard(match, i, name, places) or _stands_beside_partner(match, i, name, places))


def _is_heard(match: Match, i: int, name: str, places: Sequence[int]) -> bool:
    """Whether a name of the quote sounds like one of the sentence."""
    least = _KNOWN if _is_known_across(match, i) else _AMONG_NAMES
    named = _name_places(match)
    return any(place in named and _sounds_like(name, match, place, least) for place in places)


def _stands_beside_partner(match: Match, i: int, name: str, places: Sequence[int]) -> bool:
    """Whether a word beside another part of the name sounds at all like it."""
    beside = {
        place + step
        for other in partners(match.statement, i)
        for place in match.places(other, NAMED)
        for step in (-2, -1, 1, 2)
    }
    return any(_alike(name, match.window.tokens[place].word) >= _BESIDE_NAMED for place in beside.intersection(places))


def is_demonym(statement: Statement, i: int) -> bool:
    """Whether a concept is an adjective of nationality, or the people."""
    concept = statement.concepts[i]
    if is_arabic(concept.text):
        return fold(concept.text).endswith(_OF_PEOPLE) and lexicon().is_demonym(stem(concept.alternatives[0][0][0]))
    if lexicon().is_name([concept.text.lower()]):
        return False
    return any(len(way) == 1 and lexicon().is_demonym(way[0]) for way, weight in concept.alternatives if weight >= 0.8)


def _name_places(match: Match) -> frozenset[int]:
    """The words of the quote that are names, or no words of its language."""
    spans = [(one.start, one.end) for one in entities(match.window.text) if one.named]
    spans += [found.span(1) for found in _QUOTED.finditer(match.window.text)]
    return frozenset(
        place
        for place, token in enumerate(match.window.tokens)
        if any(start <= token.start < end for start, end in spans)
        or (is_unknown(token.word) if is_arabic(token.word) else match.window.text[token.start].isupper())
    )


def _is_known_across(match: Match, i: int) -> bool:
    """Whether it is known what a name is in the language of the quote, so that another that only sounds like it is another."""
    arabic = match.window.language == "ar"
    return match.is_across and any(
        len(way) == 1 and weight >= NAMED and is_arabic(way[0]) == arabic
        for way, weight in match.statement.concepts[i].alternatives
    )


def _sounds_like(name: str, match: Match, place: int, least: float) -> bool:
    """Whether a name of the quote, alone or with the next word (عبد الباقي), sounds like one of the sentence."""
    tokens = match.window.tokens
    word = tokens[place].word
    joined = word + tokens[place + 1].word if place + 1 < len(tokens) else word
    if any(_alike(name, one) >= least for one in (word, joined)):
        return True
    return least < _KNOWN and any(_same_consonants(name, one) for one in (word, joined))


def _same_consonants(name: str, word: str) -> bool:
    """Whether a name is most likely written with the consonants that a word may be written with."""
    if is_arabic(name) == is_arabic(word):
        return False
    keys = {key for form in (name, name.removesuffix("s")) for key in consonants(form)[:1] if len(key) > 1}
    return not keys.isdisjoint(key for form in (word, _bare(word)) for key in consonants(form)[:_KEYS])


def _alike(name: str, word: str) -> float:
    bare = _bare(word)
    if is_arabic(name) == is_arabic(word):
        alike = likeness(name, bare)
        return alike if alike >= _SPELT else 0.0
    spelt = [bare, bare[:-1] + "ا"] if bare.endswith("ي") else [bare]  # هدى
    return max(similarity(name, one) for one in spelt)


def _bare(word: str) -> str:
    """An Arabic word without joined particles and the article."""
    return _PARTICLES.sub("", word) or word


def partners(statement: Statement, i: int) -> list[int]:
    """The other parts of a name that stand beside one."""
    return [b if a == i else a for a, b in joined(statement) if i in (a, b)]


def joined(statement: Statement) -> Iterator[tuple[int, int]]:
    """Names side by side that are parts of one: of a person, not a country and its capital."""
    named = [(one.start, one.end) for one in entities(statement.text) if one.named and one.kind == "person"]
    named += [(one.start, one.end) for one in statement.attributions if one.speaker]
    for i in range(len(statement.concepts) - 1):
        pair = (i, i + 1)
        of_person = all(_is_of_person(statement, k) for k in pair) and (
            statement.language == "en"
            or any(all(start <= statement.span(k)[0] < end for k in pair) for start, end in named)
        )
        if of_person and statement.between(*pair).strip(" -'’").lower() in _JOINING:
            yield pair


def _is_of_person(statement: Statement, i: int) -> bool:
    """Whether a concept may be part of a person's name: one word that is no country's people's."""
    single = not statement.parts[i] and " " not in statement.concepts[i].text
    return statement.kinds[i] in {"name", "doubtful"} and single and not is_demonym(statement, i)
