"""The words of a sentence that say what a question asks, say its opposite, or deny what it could not be without."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from rag.language.antonyms import Table, antonyms, implications, spots
from rag.language.data_files import rows
from rag.yes_no.asked import Asked
from rag.yes_no.cues import NOUNS, VERBS
from rag.yes_no.sentence import Sentence

_ALIKE = 0.3  # a word that says the predicate less well than another by more than that does not say it
_EXCLUDING = frozenset("xq")  # kinds of opposites of which one is not so where the other is


def occurrences(asked: Asked, sentence: Sentence) -> list[tuple[int, bool]]:
    """The words that say the predicate and, then with True, those that exclude it."""
    places = _by_key(asked, sentence) if asked.predicate is None else sentence.places.get(asked.predicate, {})
    best = max(places.values(), default=0.0)
    rest = {at for i in asked.core for at in sentence.places.get(i, ())}
    own = {at for at, weight in places.items() if weight >= best - _ALIKE}
    own = own - rest or own
    said = {kind: set(_said(asked, sentence, kind)) - rest for kind in "stn"}
    own |= said["s"] | {at for at in said["t"] if not sentence.denials_of(at)}
    against = set(_opposites(asked, sentence)) - own
    implied = {at for at in {*_implying(asked, sentence), *said["n"]} if sentence.denials_of(at)}
    return [*((at, False) for at in sorted((own | implied) - against)), *((at, True) for at in sorted(against))]


def _said(asked: Asked, sentence: Sentence, kind: str) -> Iterator[int]:
    """The words with which `sayings.tsv` says what is asked, in one of its ways."""
    question, said = spots(asked.question.text), spots(sentence.text)
    for pair in _sayings(kind).at(question, asked.place):
        yield from (i for i in range(len(said)) if pair.other.length_at(said, i))


@cache
def _sayings(kind: str) -> Table:
    """The rows of one kind of `sayings.tsv`; those that say the same lead both ways."""
    listed = rows(resources.files("rag.yes_no").joinpath("sayings.tsv").read_text(encoding="utf-8"))
    return Table(((one, asked, said) for one, asked, said in listed if one == kind), both_ways=kind == "s")


def _by_key(asked: Asked, sentence: Sentence) -> Mapping[int, float]:
    """The verbs and nouns that have a key in common with the predicate's word."""
    own = spots(asked.question.text)[asked.place].keys
    said = ((i, sentence.tag(i)) for i, spot in enumerate(spots(sentence.text)) if not spot.keys.isdisjoint(own))
    return {i: 1.0 for i, tag in said if tag is not None and tag.kind in VERBS | NOUNS}


def _opposites(asked: Asked, sentence: Sentence) -> Iterator[int]:
    """The words that exclude the predicate."""
    question, said = spots(asked.question.text), spots(sentence.text)
    for pair in antonyms().at(question, asked.place):
        if pair.kind in _EXCLUDING:
            yield from (i for i in range(len(said)) if pair.other.length_at(said, i))


def _implying(asked: Asked, sentence: Sentence) -> Iterator[int]:
    """The words with which, where they are denied, the predicate falls: of what was not hit nothing was destroyed."""
    question, said = spots(asked.question.text), spots(sentence.text)
    for i in range(len(said)):
        if any(pair.other.length_at(question, asked.place) for pair in implications().at(said, i)):
            yield i
