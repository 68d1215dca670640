"""A sentence to be checked, understood: its concepts, how each must be met, and what its words are marked by."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from rag.language.analyzer import analyze
from rag.language.characters import fold, is_arabic
from rag.language.entities import entities
from rag.language.lexicon import lexicon
from rag.language.morphology import common_words, is_unknown
from rag.language.names import index_keys, similarity
from rag.language.quantities import quantities
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.translations import translations
from rag.language.vocabulary import is_present_verb, known_form, proper_names
from rag.language.words import words
from rag.question import Concept, Question, understand
from rag.support.window import Marked, Token, Window, tokens

# "name" must be met as such, "doubtful" is an Arabic word that may be one, "word" any other.
Kind = Literal["word", "name", "doubtful", "number", "date", "time"]

_BREAK = re.compile(
    r"[,،;؛:()]|\b(?:because|after|before|while|as a result of|due to|following|but|and|when|which|who|adding|where)\b"
    r"|(?<!\w)(?:بسبب|لأن|نتيجة|بعد|قبل|بينما|فيما|لكن|حين|عندما|جراء|إثر|وذلك|مضيفا|مما)(?!\w)"
)
_SOUNDS = 0.6  # of an Arabic word to its own translation
_OFTEN = 0.5  # of the names among what a word may mean, the least weight
_LEAST_FOREIGN = 4  # letters of a foreign name
_BEGINNINGS = ("ال", "لل", "ي", "ت", "سي", "ست", "سن", "و", "م")
_ENDINGS = ("وا", "ون", "ين", "ان", "ات", "ا", "ت", "ه", "ها", "هم", "نا", "ما", "تم")
_ROMAN = re.compile(r"[IVX]+")


@dataclass(frozen=True)
class Statement(Marked):
    """A sentence that somebody proposes.

    Attributes:
        question: as `rag.question` reads it.
        kinds: of its concepts, in their order.
        parts: of each concept of several words the concepts of these, which may be said apart (US-led coalition).
    """

    question: Question
    kinds: tuple[Kind, ...]
    parts: tuple[tuple[Concept, ...], ...]

    @classmethod
    def read(cls, text: str, heard: Iterable[Window]) -> "Statement":
        """Understand a sentence; names are sought by sound among the words of what it cites."""
        sounds = _sounds(heard)

        def understood(text: str) -> Question:
            return understand(text, lambda key: sounds.get(key, []), to_english=True, to_check=True)

        question = understood(text)
        question = replace(question, concepts=tuple(map(_dated, question.concepts)))
        parts = (_parts(concept, understood) for concept in question.concepts)
        named = [
            (one.start, one.end)
            for one in entities(text)
            if one.named
            and one.kind != "group"
            and not (_is_counted(text, one.start, one.end) or _has_verb(text[one.start : one.end]))
        ]
        kinds = (_kind(concept, named) for concept in question.concepts)
        return cls(text, question, tuple(kinds), tuple(parts))

    @property
    def concepts(self) -> Sequence[Concept]:
        """What it is about, in order."""
        return self.question.concepts

    def span(self, i: int) -> tuple[int, int]:
        """The offsets of a concept."""
        concept = self.concepts[i]
        return concept.start, concept.start + len(concept.text)

    def between(self, i: int, j: int) -> str:
        """What stands between two concepts, the first of them before the other."""
        return self.text[self.span(i)[1] : self.span(j)[0]]

    def within(self, stretch: tuple[int, int]) -> list[int]:
        """The concepts that begin in a stretch of the text."""
        return [i for i in range(len(self.concepts)) if stretch[0] <= self.span(i)[0] < stretch[1]]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words."""
        return tokens(self.text, tuple(analyze(self.text)))

    @cached_property
    def clauses(self) -> Sequence[tuple[int, int]]:
        """The stretches between commas and conjunctions, without the words that say who says them."""
        breaks = [found.span() for found in _BREAK.finditer(self.text)]
        breaks += [(one.verb_start, one.verb_end) for one in self.attributions]
        breaks += [(one.start, one.end) for one in self.attributions if one.speaker]
        starts = [0, *(end for _, end in sorted(breaks))]
        ends = [*(start for start, _ in sorted(breaks)), len(self.text)]
        return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]

    @cached_property
    def among_times(self) -> frozenset[int]:
        """The concepts that say a time of day, which is compared as a whole."""
        return frozenset(
            i for i in range(len(self.concepts)) if any(time.start <= self.span(i)[0] < time.end for time in self.times)
        )


def _sounds(heard: Iterable[Window]) -> dict[str, list[str]]:
    """What is cited by sound: stems, and words as they are written, function words too (Ali is علي)."""
    sounds: dict[str, list[str]] = {}
    known = {form for window in heard for token in window.tokens for form in token.forms if form[0].isalpha()}
    for form in sorted(known):
        for key in index_keys(form):
            sounds.setdefault(key, []).append(form)
    return sounds


def _is_counted(text: str, start: int, end: int) -> bool:
    """Whether a quantity follows, or counts it: what looks like a place after "in" is a word for how long (في غضون ثمانية أيام)."""
    return any(0 <= one.start - end <= 1 or start == one.unit_start for one in quantities(text))


def _has_verb(name: str) -> bool:
    """Whether what looks like an Arabic name has a verb in it (ريثما تتوفر)."""
    found = [word.folded for word in words(name) if is_arabic(word.folded)]
    return len(found) > 1 and any(is_present_verb(word) or word.endswith("وا") for word in found)


def _parts(concept: Concept, understood: Callable[[str], Question]) -> tuple[Concept, ...]:
    """The concepts of the words of a phrase, understood each by itself."""
    said = [word.text for word in words(concept.text) if word.folded not in STOPWORDS or word.text.isupper()]
    if concept.kind not in {"name", "word"} or len(said) < 2:
        return ()
    return tuple(part for word in said for part in understood(word).concepts)


def _dated(concept: Concept) -> Concept:
    """A month that is an everyday word too is one where it has a capital: the end of August."""
    if concept.kind != "name" or not concept.text.isascii() or not concept.text[0].isupper():
        return concept
    months = [term for term in analyze(f"in {concept.text}") if term.kind == "date"]
    return replace(concept, kind="date", alternatives=(((months[0].text,), 1.0),)) if months else concept


def _kind(concept: Concept, spans: Sequence[tuple[int, int]]) -> Kind:
    """How a concept is checked; `spans` are those of the persons, places and groups that are named."""
    exact = concept.alternatives[0][0][0]
    if concept.kind == "number":
        if exact.startswith("~"):
            return "time"
        return "word" if exact == "#1" else "number"  # "one of them" counts nothing
    if concept.kind == "date":
        return "date"
    if concept.kind == "name":
        if concept.text[0].islower():
            return "word"  # an English word that the lexicon lacks
        if _ROMAN.fullmatch(concept.text):
            return "word"
        word, named = fold(concept.text), any(start <= concept.start < end for start, end in spans)
        if (
            is_arabic(word)
            and " " not in word
            and not named
            and (_may_be_verb(word, concept.start) or not _is_proper(word))
        ):
            return _kind_of_arabic(word, named=named)
        if is_arabic(word) and not named and not any(_is_proper(one) for one in word.split()):
            return "word"
        return "doubtful" if _is_everyday(concept) else "name"
    word = fold(concept.text)
    if is_arabic(word) and " " not in word:
        return _kind_of_arabic(word, named=any(start <= concept.start < end for start, end in spans))
    return "word"


def _may_be_verb(word: str, start: int) -> bool:
    """Whether a word that is a name too (Yazid, Brett) may be a verb: in the present, or at the beginning of the sentence."""
    return is_present_verb(word) or (start == 0 and word.endswith("ت"))


def _is_proper(word: str) -> bool:
    """Whether an Arabic word is a known name, an adjective of nationality or an alias; no letter but a particle is taken off it."""
    bare = word[1:] if word[0] in "وفبلك" else word
    forms = {word, bare, word.removeprefix("ال"), bare.removeprefix("ال"), word.removeprefix("لل")}
    return (
        bool(forms & proper_names()) or lexicon().is_demonym(stem(word)) or lexicon().aliases((stem(word),)) is not None
    )


def _is_everyday(concept: Concept) -> bool:
    """Whether an English word with a capital is one of the language, and no known name (the House of Councillors)."""
    said = [word.folded for word in words(concept.text)]
    return concept.text.isascii() and not lexicon().is_name(said) and bool(lexicon().translations(said))


def _kind_of_arabic(word: str, *, named: bool) -> Kind:
    """How an Arabic word that the lexicon does not have as a name is checked."""
    if is_unknown(word):
        return "name" if named else "doubtful" if _looks_foreign(word) else "word"
    bare = known_form(word).removeprefix("ال")
    if bare in common_words() and not named and not _sounds_like_itself(bare):
        return "doubtful" if _names_something(word, bare) else "word"
    return "doubtful" if named or _names_something(word, bare) or _sounds_like_itself(bare) else "word"


def _looks_foreign(word: str) -> bool:
    """Whether an unknown word has none of the letters that forms of known ones begin or end with: نوفاك."""
    return len(word) >= _LEAST_FOREIGN and not word.startswith(_BEGINNINGS) and not word.endswith(_ENDINGS)


def _names_something(word: str, bare: str) -> bool:
    """Whether a known word with its article, or only a name, is a name too: الخرطوم is the hose, and Khartoum."""
    if bare in common_words() and not word.startswith("ال"):
        return False
    english = translations().of_arabic((stem(word),))
    return any(one.weight >= _OFTEN and len(one.stems) == 1 and lexicon().is_name(one.stems) for one in english)


def _sounds_like_itself(bare: str) -> bool:
    """Whether a word sounds like its own translation (بيكر: baker): a name, or a word from abroad."""
    english = translations().of_arabic((stem(bare),))[:1]
    return any(len(one.stems) == 1 and similarity(one.stems[0], bare) >= _SOUNDS for one in english)
