"""The ways in which articles may say what a word of a question names: its translations, other forms, other names, other spellings."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from rag.language import translations
from rag.language.characters import is_arabic
from rag.language.derivation import bases
from rag.language.lexicon import Translation, lexicon
from rag.language.names import consonants, keys_of_stems, openings, similarity_of_stem
from rag.language.paraphrases import paraphrases
from rag.language.readings import readings
from rag.language.spelling import likeness
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.vocabulary import vocabulary
from rag.language.words import words

Way = tuple[tuple[str, ...], float]  # terms, all of which must be there; weight in (0, 1]
SoundingLike = Callable[[str], list[str]]  # the stems in the index under a key of `rag.language.names`

_FORM_WEIGHT = 0.85  # of the other forms of an Arabic word
_DERIVED_WEIGHT = 0.8  # of the translations of a word that another is made of
_PARAPHRASE_WEIGHT = 0.8
_SYNONYM_WEIGHT = 0.3  # of another word that translates the same English ones
_HOMELAND_WEIGHT = 0.6  # of the country where its nationality was named
_VARIANT_WEIGHT = 0.8  # of an Arabic word that no vocabulary knows, spelt nearly like it
# Of a name in the other script, and in its own; and how far one may fall behind the best. Of held-out names 0.888 keep the right spelling so, with
# two others for every five (benchmarks/names.py).
_LEAST_SIMILAR, _LEAST_ALIKE, _MARGIN = 0.5, 0.6, 0.15
_MOST_NAMES, _MOST_CANDIDATES = 6, 300
_MOST_ENGLISH = 8


def in_english(
    folded: Sequence[str], sounding_like: SoundingLike, *, is_name: bool, may_be_name: bool
) -> tuple[Way, ...]:
    """The ways of saying folded English words, themselves first.

    Args:
        folded: one word, or the content words of a head of the lexicon.
        sounding_like: what the index knows by sound.
        is_name: the lexicon knows them as a name, which has other names and needs no guessing (France is not فرانس برس).
        may_be_name: they are written like one, or the lexicon lacks them.
    """
    listed = lexicon().translations(folded)
    ways = [(tuple(stem(word) for word in folded), 1.0), *_ways(translations.translations().of_english(folded))]
    if not may_be_name:
        ways += derived(folded)
    ways += [way for one in listed for way in _homelands(one.stems)]
    if not is_name:
        first = translations.translations().of_english(folded)[:1]
        ways += [(way, one.weight * weight) for one in first for way, weight in paraphrases(" ".join(one.stems))]
    if is_name:
        ways += _ways(other for one in listed[:1] for other in lexicon().aliases(one.stems) or ())
    elif may_be_name and len(folded) == 1:
        name = folded[0].removesuffix("'s")
        ways += _names(name, keys_of_stems(name), sounding_like)
    return _ordered(ways)


def derived(folded: Sequence[str]) -> tuple[Way, ...]:
    """The ways of saying an English word that nothing translates by what it is made of (growers: grow); empty where that is not known either."""
    if len(folded) != 1 or translations.translations().of_english(folded):
        return ()
    found = (translations.translations().of_english([base]) for base in bases(folded[0]))
    known = next((one for one in found if one), ())
    return tuple((way, _DERIVED_WEIGHT * weight) for way, weight in _ways(known))


def named_in_arabic(stems: tuple[str, ...], *, to_english: bool) -> tuple[Way, ...]:
    """The ways of saying a known Arabic name, itself first; those in English where they are asked for."""
    return _ordered([(stems, 1.0), *_ways(lexicon().aliases(stems) or ()), *(_english(stems) if to_english else ())])


def in_arabic(folded: str, sounding_like: SoundingLike, *, to_english: bool) -> tuple[Way, ...]:
    """The ways of saying a folded Arabic word, itself first; those in English where they are asked for."""
    own = stem(folded)
    ways: list[Way] = [((own,), 1.0), *(((form,), _FORM_WEIGHT) for form in lexicon().forms(own)), *_homelands((own,))]
    ways += [(other.stems, _SYNONYM_WEIGHT * other.weight) for other in translations.synonyms(own)]
    if not lexicon().is_proper(folded):
        ways += [(way, _PARAPHRASE_WEIGHT * weight) for way, weight in paraphrases(own)]
    ways += _english((own,)) if to_english else ()
    if vocabulary().isdisjoint({folded, own, folded.removeprefix("ال")}):  # most often a name
        ways += _names(own, (*consonants(own), *openings(own)), sounding_like)
    return _ordered(ways if len(ways) > 1 else [*ways, *_meant(folded)])


def _meant(folded: str) -> list[Way]:
    """The ways of saying what an inflected Arabic word means that no list has as it stands (جرفتها: sweep away)."""
    meaning = next((one.english for one in readings(folded)), "")
    english = [word.folded for word in words(meaning) if word.folded not in STOPWORDS]
    meant = (translations.translations().of_english(one) for one in (english, english[:1]) if one)
    return [(way, _DERIVED_WEIGHT * weight) for way, weight in _ways(next((one for one in meant if one), ()))]


def _english(stems: tuple[str, ...]) -> list[Way]:
    return _ways(translations.translations().of_arabic(stems))[:_MOST_ENGLISH]


def _homelands(stems: tuple[str, ...]) -> list[Way]:
    """The country of a nationality (الفرنسيون: فرنسا)."""
    countries = lexicon().homelands(stems[0]) if len(stems) == 1 and lexicon().is_demonym(stems[0]) else ()
    return [((country,), _HOMELAND_WEIGHT) for country in countries]


def _names(word: str, keys: Sequence[str], sounding_like: SoundingLike) -> list[Way]:
    """Stems of the index under the keys, likeliest first, that sound like a word of the other script or are spelt like one of its own."""
    candidates = islice(
        dict.fromkeys(one for key in keys for one in sounding_like(key) if one != word), _MOST_CANDIDATES
    )
    rated = sorted(((_likeness(word, one), one) for one in candidates), reverse=True)
    ways: list[Way] = []
    for arabic in (True, False):  # what is spelt alike and what sounds alike is rated on different scales
        of_script = [(weight, one) for weight, one in rated if is_arabic(one) == arabic]
        least = max(0.0, of_script[0][0] - _MARGIN) if of_script else 0.0
        ways += [((one,), round(weight, 3)) for weight, one in of_script[:_MOST_NAMES] if weight > least]
    return ways


def _likeness(word: str, other: str) -> float:
    if is_arabic(word) == is_arabic(other):
        alike = likeness(word, other)
        return _VARIANT_WEIGHT * alike if alike >= _LEAST_ALIKE else 0.0
    similar = similarity_of_stem(word, other)
    return similar if similar >= _LEAST_SIMILAR else 0.0


def _ways(found: Iterable[Translation]) -> list[Way]:
    return [(one.stems, one.weight) for one in found]


def _ordered(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Each way once, at its greatest weight, the heaviest first."""
    best: dict[tuple[str, ...], float] = {}
    for stems, weight in ways:
        best[stems] = max(weight, best.get(stems, 0.0))
    return tuple(sorted(best.items(), key=lambda item: -item[1]))
