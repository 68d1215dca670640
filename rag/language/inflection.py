"""English forms of a word: said of say, launching of launch, cities of city.

Of a phrase they are those of the word that is inflected (stepped down, heads of state).
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from rag.language.data_files import read, rows

_VOWELS = "aeiou"
_SIBILANT = re.compile(r".*(?:s|x|z|ch|sh)")
# Verbs of several syllables whose last one is stressed double the consonant as those of one syllable do (refer, referred; but offer, offered).
_STRESSED = frozenset(
    "abet acquit admit allot annul begin commit compel confer control deter dispel equip excel expel forget incur infer "
    "intermit kidnap occur omit patrol permit prefer program propel rebel rebut recur refer regret remit repel submit transfer "
    "transmit worship".split()
)
_PLURALS = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet", "tooth": "teeth", "goose": "geese",
    "mouse": "mice", "ox": "oxen", "wife": "wives", "life": "lives", "knife": "knives", "half": "halves", "leaf": "leaves", "thief": "thieves",
    "shelf": "shelves", "loaf": "loaves", "wolf": "wolves", "self": "selves", "calf": "calves", "phenomenon": "phenomena", "criterion": "criteria",
    "bacterium": "bacteria", "medium": "media", "stimulus": "stimuli", "nucleus": "nuclei", "cactus": "cacti", "hero": "heroes",
    "potato": "potatoes", "tomato": "tomatoes", "veto": "vetoes", "torpedo": "torpedoes", "embargo": "embargoes", "echo": "echoes",
    "volcano": "volcanoes", "quiz": "quizzes",
}  # fmt: skip
# Written alike in both numbers, or never counted.
_UNCHANGED = frozenset(
    "aircraft spacecraft sheep deer fish salmon species series means headquarters crossroads barracks personnel police staff "
    "offspring information news equipment evidence luggage advice furniture homework knowledge research ammunition "
    "infantry cavalry artillery machinery clothing livestock cattle media data people troops percent km cm kg USD "
    "dead wounded injured".split()
)
_ADVERBS = {"good": "well", "whole": "wholly"} | {
    alike: alike for alike in "fast early late hard high low long".split()
}
_SINGULARS = {many: one for one, many in _PLURALS.items()}
_INNER = re.compile(r"(?i)(.+?)((?:[ -](?:of|in|for|to|at|on|with|by|from|and|against|under|out|de)\b.*)?)")


def past(verb: str) -> str:
    """The simple past of a verb in the base form, with what may follow it.

    >>> past("step down"), past("carry"), past("commit")
    ('stepped down', 'carried', 'committed')
    """
    return _first(verb, _past)


def participle(verb: str) -> str:
    """The past participle.

    >>> participle("take part"), participle("launch")
    ('taken part', 'launched')
    """
    return _first(verb, _participle)


def gerund(verb: str) -> str:
    """The form in -ing.

    >>> gerund("strike"), gerund("set up"), gerund("die")
    ('striking', 'setting up', 'dying')
    """
    return _first(verb, _gerund)


def third(verb: str) -> str:
    """The third person singular of the present.

    >>> third("carry out"), third("be"), third("pass")
    ('carries out', 'is', 'passes')
    """
    return _first(verb, _third)


def plural(noun: str) -> str:
    """The plural of a noun, or of the noun that a phrase is about.

    >>> plural("city"), plural("head of state"), plural("prime minister")
    ('cities', 'heads of state', 'prime ministers')
    """
    match = _INNER.fullmatch(noun)
    if not match:
        return noun
    before, space, last = match[1].rpartition(" ")
    return before + space + _plural(last) + match[2]


def singular(noun: str) -> str:
    """The singular of a noun in the plural; a guess for what is none.

    >>> singular("cities"), singular("women"), singular("classes")
    ('city', 'woman', 'class')
    """
    if noun.rpartition(" ")[2] in _UNCHANGED:
        return noun
    if noun in _SINGULARS:
        return _SINGULARS[noun]
    for ending, rest in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", "")):
        if noun.endswith(ending) and len(noun) > len(ending) + 1 and not noun.endswith(("ss", "us", "is")):
            return noun[: -len(ending)] + rest
    return noun


def is_inflected(word: str) -> bool:
    """Whether an irregular verb's past or participle is written so, and no base form is (went, given; not put)."""
    return word in _bases() and word not in _verbs()


def base(form: str) -> str:
    """The base form of an irregular verb's past or participle; of any other word itself.

    >>> base("went"), base("found")
    ('go', 'find')
    """
    return _bases().get(form, form)


def adverb(adjective: str) -> str:
    """The adverb of an adjective.

    >>> adverb("official"), adverb("heavy"), adverb("economic"), adverb("possible")
    ('officially', 'heavily', 'economically', 'possibly')
    """
    if adjective in _ADVERBS:
        return _ADVERBS[adjective]
    if adjective.endswith("ly"):
        return adjective
    if adjective.endswith("ic"):
        return adjective + "ally"
    if adjective.endswith("le") and adjective[-3:-2] not in _VOWELS:
        return adjective[:-1] + "y"
    return (adjective[:-1] + "i" if _ends_in_y(adjective) else adjective) + "ly"


def _first(phrase: str, inflect: Callable[[str], str]) -> str:
    verb, space, rest = phrase.partition(" ")
    return inflect(verb) + space + rest


@lru_cache(maxsize=20_000)
def _past(verb: str) -> str:
    return _verbs()[verb][0] if verb in _verbs() else _regular(verb)


@lru_cache(maxsize=20_000)
def _participle(verb: str) -> str:
    return _verbs()[verb][1] if verb in _verbs() else _regular(verb)


@lru_cache(maxsize=20_000)
def _gerund(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    return _doubled(verb) + "ing"


@lru_cache(maxsize=20_000)
def _third(verb: str) -> str:
    return {"be": "is", "have": "has"}.get(verb) or _with_s(verb)


@lru_cache(maxsize=20_000)
def _plural(noun: str) -> str:
    if noun in _UNCHANGED:
        return noun
    if noun in _PLURALS:
        return _PLURALS[noun]
    for word, many in _PLURALS.items():
        if len(word) > 2 and noun.endswith(("-" + word, "s" + word if word in {"man", "woman"} else "-" + word)):
            return noun.removesuffix(word) + many
    if noun.endswith("man") and noun not in {"human", "german", "ottoman", "roman", "shaman"} and noun.islower():
        return noun[:-2] + "en"
    if noun.endswith("sis"):
        return noun[:-2] + "es"
    return _with_s(noun)


def _regular(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if _ends_in_y(verb):
        return verb[:-1] + "ied"
    return _doubled(verb) + "ed"


def _with_s(word: str) -> str:
    if _ends_in_y(word):
        return word[:-1] + "ies"
    return word + ("es" if _SIBILANT.fullmatch(word) or (word in {"go", "do", "undergo", "veto", "echo"}) else "s")


def _ends_in_y(word: str) -> bool:
    return len(word) > 2 and word.endswith("y") and word[-2] not in _VOWELS and word[0].islower()


def _doubled(verb: str) -> str:
    """With its last consonant double where a short stressed vowel is before it (stop, commit; not visit, look, fix)."""
    short = len(verb) > 2 and verb[-1] not in _VOWELS + "wxyh" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS
    quick = len(verb) > 3 and verb[-1] not in _VOWELS + "wxyh" and verb[-3:-1] == "ui" and verb[-4] == "q"
    one_syllable = len(re.findall(rf"[{_VOWELS}y]+", verb)) == 1
    return verb + verb[-1] if quick or (short and (one_syllable or verb in _STRESSED)) else verb


@cache
def _verbs() -> dict[str, tuple[str, str]]:
    """Irregular verbs: base form → simple past, past participle."""
    return {base: (simple, perfect) for base, simple, perfect in rows(read("verbs.tsv"))}


@cache
def _bases() -> dict[str, str]:
    return {form: verb for verb, forms in _verbs().items() for form in forms}
