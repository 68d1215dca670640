"""What words may be in a quantity: of a number, the noun it counts, an adjective of that; and the stem that a unit has in all its forms.

The words by which a number is bounded, measured or none at all stand in `data/quantities.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from rag.language.analyzer import is_dual
from rag.language.characters import fold, is_arabic
from rag.language.data_files import toml
from rag.language.dates import YEAR_WORDS
from rag.language.lexicon import lexicon
from rag.language.morphology import bases, has_pronoun, is_joined, is_unknown, is_verb, may_be_past
from rag.language.numbers import numbers
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.vocabulary import is_present_verb, known_form, vocabulary
from rag.language.words import Word, words

Bound = Literal["at_least", "at_most", "about", "more_than", "less_than"]

JOINED = ("و", "ف", "ب", "ل", "ك")
JOINED_ARTICLES = ("وال", "بال", "فال", "كال")
_ENGLISH_PLURALS = frozenset(
    "people men women children police percent feet troops cattle sheep teeth aircraft dead wounded injured others".split()
)
_ENGLISH_VERBS = frozenset("said told says was were will would died fell rose left took made went came".split())
_PASSING = frozenset("more other another additional".split())  # between an English number and its noun


@lru_cache(maxsize=50_000)
def may_count(folded: str) -> bool:
    """Whether a word may be of a number."""
    word = without_article(Word(folded, folded, 0, 0))
    return word.is_figure or bool(numbers([word])) or bool(numbers([word, Word("عشر", "عشر", 0, 0)])[0].value > 10)


def without_article(word: Word) -> Word:
    """A number's word without its article or ending, so that it is read as one: الثلاثة, واحدا."""
    bare = _bare_number(word.folded)
    return word if bare == word.folded else replace(word, folded=bare)


@lru_cache(maxsize=50_000)
def _bare_number(folded: str) -> str:
    if folded == "واحدا":
        return "واحد"
    for article in ("ال", "وال", "بال", "لل"):
        bare = folded.removeprefix(article)
        if bare and bare != folded and bare not in {"واحد", "واحده", "اثنين", "الف", "ميه", "مايه"}:
            alone = numbers([Word(bare, bare, 0, 0)])
            teen = bare in {"اثني", "اثنا", "احد", "احدي", "اثنتي", "اثنتا"}
            if teen or (alone and 3 <= alone[0].value < 100):
                return bare
    return folded


def particle_of_number(folded: str) -> int:
    """How many letters of a number's word are a joined particle (1 of وثلاثة)."""
    if folded[:1] not in JOINED or not is_arabic(folded):
        return 0
    own, bare = numbers([Word(folded, folded, 0, 0)]), numbers([Word(folded[1:], folded[1:], 0, 0)])
    return int(bool(own and bare and own[0].value == bare[0].value))


def particle_of_dual(folded: str) -> int:
    """How many letters of a noun in the dual are a joined particle (1 of وصاروخين)."""
    return int(
        folded[:1] in JOINED and folded not in vocabulary() and (is_dual_noun(folded[1:]) or folded[1:3] == "ال")
    )


@lru_cache(maxsize=50_000)
def is_dual_noun(folded: str) -> bool:
    """Whether an Arabic word is a noun in the dual, and no people in the plural."""
    if folded[-2:] not in {"ان", "ين"} or folded in counting_cues().never:
        return False
    if not is_dual(folded) and not _is_dual_of_sound_plural(folded):
        return False
    people = folded.endswith(("يين", "يان")) and lexicon().is_demonym(stem(folded[:-2]))  # المجريين are Hungarians
    return not people


def _is_dual_of_sound_plural(folded: str) -> bool:
    """Whether a word is a dual subject whose plural, which alone looks like the other case of the dual, is known (مدنيان, مدنيين)."""
    known = vocabulary()
    for _, base in bases(folded):
        bare = base.removeprefix("ال")
        if len(bare) > 5 and bare.endswith("ان") and bare not in known and bare[:-2] + "ين" in known:
            return True
    return False


@lru_cache(maxsize=50_000)
def is_counted(folded: str) -> bool:
    """Whether an Arabic word after a number may be what it counts: no function word, no verb, nothing with a particle or the article."""
    if (
        folded in counting_cues().never
        or folded in STOPWORDS
        or folded.startswith(("ال", "وال", "لل", "بال"))
        or len(folded) < 2
    ):
        return False
    return not is_joined(folded) and not is_verb(folded) and not may_count(folded)


@lru_cache(maxsize=50_000)
def qualifies(head: str, folded: str) -> bool:
    """Whether an Arabic word may be an adjective, name or genitive of the counted noun before it."""
    barred = folded in counting_cues().never or folded in STOPWORDS or len(folded) < 3 or not is_arabic(folded)
    if barred or is_joined(folded) or is_verb(folded) or folded.startswith((*JOINED_ARTICLES, "لل")):
        return False
    if may_count(folded) or is_dual_noun(folded) or folded in YEAR_WORDS or has_pronoun(folded):
        return False
    if may_be_past(folded) and not lexicon().is_countable(folded):
        return False
    if folded.startswith("ال") or head.startswith("ال"):
        return (
            folded.startswith("ال") and head.startswith("ال") and known_form(folded).endswith(("ي", "يه", "يين", "ين"))
        )
    if lexicon().is_demonym(stem(folded)):
        return True
    if head.endswith("ا"):
        return folded.endswith("ا")
    if head.endswith(("ون", "ين")):
        return folded.endswith(head[-2:])
    if is_unknown(folded):  # صواريخ غراد
        return not folded.startswith(("ت", "ي"))
    return not folded.endswith("ا")


@lru_cache(maxsize=50_000)
def is_english_content(folded: str) -> bool:
    """Whether an English word may be of what a number before it counts."""
    if not folded or is_arabic(folded) or folded[0].isdigit():
        return False
    return folded in _PASSING or (folded not in STOPWORDS and folded not in _ENGLISH_VERBS)


def is_english_plural(folded: str) -> bool:
    """Whether an English word is a noun in the plural or a measure."""
    plural = folded.endswith("s") and not folded.endswith(("ss", "us", "is", "'s")) and len(folded) > 2
    return plural or folded in _ENGLISH_PLURALS or folded in counting_cues().units


@lru_cache(maxsize=50_000)
def unit_stem(folded: str, *, english: bool) -> str:
    """The one stem of a unit's head in all its forms: of the singular, where the lexicon knows it."""
    parts = folded.split()
    units = counting_cues().units
    for n in range(len(parts), 0, -1):
        known = units.get(" ".join(parts[:n]))
        if known:
            return known if known == "%" else _singular(fold(known)) if len(known.split()) == 1 else fold(known)
    return stem(parts[-1]) if english or not is_arabic(parts[0]) else _singular(parts[0])


def _singular(folded: str) -> str:
    bare = (folded[1:] if folded.startswith(JOINED_ARTICLES) else folded).removeprefix("ال")
    tanwin = bare.endswith("ا") and (bare[:-1] in vocabulary() or (bare not in vocabulary() and len(bare) > 4))
    bare = bare[:-1] if tanwin else bare
    if is_dual_noun(folded):
        bare = bare[:-3] + "ه" if bare.endswith(("تان", "تين")) else bare[:-2]
    own = stem(bare)
    same = [form for form in lexicon().forms(own) if own in lexicon().forms(form) and not is_present_verb(form)]
    countable = [one for one in (own, *same) if lexicon().is_countable(one) or lexicon().is_countable(one + "ه")]
    return min(countable, key=lambda one: (len(one), one), default=own)


@dataclass(frozen=True, slots=True)
class CountingCues:
    """What `data/quantities.toml` holds, folded."""

    before: Mapping[str, Bound]
    after: Mapping[str, Bound]
    units: Mapping[str, str]  # a way to write a unit -> the word that stands for all
    parts: Mapping[str, float]
    counters: frozenset[str]
    never: frozenset[str]
    members: frozenset[str]
    not_members: frozenset[str]
    not_wholes: frozenset[str]
    designating: frozenset[str]
    months: frozenset[str]
    temporal: frozenset[str]
    among: frozenset[str]
    prepositions: frozenset[str]
    ages: frozenset[str]
    before_ages: frozenset[str]
    ordinals: frozenset[str]
    before_hours: frozenset[str]
    parts_of_day: frozenset[str]
    before_idle_one: frozenset[str]


@cache
def counting_cues() -> CountingCues:
    """The words around numbers that ship with the package."""
    data = toml("quantities.toml")

    def bounds(name: str) -> dict[str, Bound]:
        return {_folded(phrase): bound for bound, phrases in data[name].items() for phrase in phrases}

    sets = {name: frozenset(_folded(phrase) for phrase in phrases) for name, phrases in data["words"].items()}
    units = {_folded(way) or way: unit for unit, ways in data["units"].items() for way in ways}
    parts = {fold(word): value for word, value in data["parts"].items()}
    return CountingCues(bounds("before"), bounds("after"), units, parts, **sets)


def _folded(phrase: str) -> str:
    return " ".join(word.folded for word in words(phrase))
