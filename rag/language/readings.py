"""What an Arabic word may be: its joined particles, its meaning, its number, and its pronoun.

A reading takes the word apart into what the lexicon knows: ولهجماتهم is و "and", ل "for", the plural of هجوم "attack", هم "their". What cannot be
taken apart so has no reading.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.language.inflection import participle, plural, singular
from rag.language.lexicon import lexicon
from rag.language.senses import Sense, exact_senses

NOUNS, NAMES, VERBS = "spg", "nu", "vij"  # classes of `rag.language.senses`, and u: unknown
PRONOUNS = ("هما", "كما", "ها", "هم", "هن", "كم", "نا", "ني", "ه", "ك", "ي")

_CONJUNCTIONS = ("و", "ف")
_PREPOSITIONS = ("ب", "ل", "ك")
_ARTICLE = "ال"
_OF_PRONOUNS = {"ب": "with", "ل": "to"}
_RARE_PRONOUNS = frozenset(("ك", "ي", "كم", "كما", "ني"))
_NOMINAL, _FUNCTION = "spgacdn", "PTRCAW"
# What a reading costs beside its meaning's share, in nats.
_JOINED, _PRONOUN, _RARE, _ENDING, _RARE_ENDING, _PERSON, _LIKENING = 0.6, 0.6, 1.2, 0.4, 1.5, 0.3, 0.8
_KNOWN_WHOLE = 0.5  # of an ending taken off a form that the lexicon has as it is
_RARE_PAST, _WRONG_LETTER = 0.7, 1.5
_VERBAL = 0.5  # of the noun of a verb: where the lexicon has a noun, English would rather have that
_SHARE = 0.7  # of a meaning's own unlikelihood that counts: the sentence around it tells more
_SHORTEST = 2  # letters
_SHORTEST_OF_DUAL = 3  # of a noun whose plural is a sound one: many words end in ان
_MOST = 10  # readings of a word
# Ending, what stands in its place in the singular, the number it makes, and its cost.
_ENDINGS_OF_NOUNS = (
    ("تان", "ة", "d", _ENDING), ("تين", "ة", "d", _ENDING), ("تا", "ة", "d", _RARE_ENDING), ("تي", "ة", "d", _RARE_ENDING),
    ("ان", "", "d", _ENDING), ("ين", "", "d", _ENDING), ("ون", "", "p", _ENDING), ("ين", "", "p", _ENDING), ("ات", "", "p", _ENDING),
    ("ات", "ة", "p", _ENDING), ("ة", "", "", _ENDING), ("ا", "", "", _ENDING), ("ي", "", "p", 2.0), ("و", "", "p", _RARE_ENDING),
)  # fmt: skip
_ENDINGS_OF_PAST = ("ت", "وا", "تا", "ا", "ن", "نا", "تم")
_ENDINGS_OF_PRESENT = ("ون", "ان", "ين", "وا", "ا", "ن")
_PERSONS = (("ي", "", 0.0), ("ت", "", 0.1), ("ن", "we", 0.8), ("ا", "I", 1.2))  # what the present begins with


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word, or a phrase of the lexicon.

    Attributes:
        kind: a class of `rag.language.senses`.
        english: the lemma of a verb or of its noun, else the word as it stands, a noun in its number.
        cost: in nats, how unlikely it is.
        conjunction: of و and ف, what is joined before all else.
        particle: of ب ل ك, or س of the future, what is joined to the word itself.
        article: whether it has ال.
        number: s, p or d, of nouns; p of a verb that shows it.
        feminine: whether its ending is one of the feminine.
        pronoun: joined at its end, in Arabic.
        length: its words.
        ending: what was taken off the word, in Arabic.
        person: I or we, where the verb shows it.
        human: whether it is a person's name.
        counted: whether English may say "a" before it, if it is a noun in the singular.
    """

    kind: str
    english: str
    cost: float
    conjunction: str = ""
    particle: str = ""
    article: bool = False
    number: str = "s"
    feminine: bool = False
    pronoun: str = ""
    length: int = 1
    ending: str = ""
    person: str = ""
    human: bool = False
    counted: bool = True

    @property
    def is_verb(self) -> bool:
        """Whether it is a finite verb."""
        return self.kind in VERBS


@lru_cache(maxsize=50_000)
def readings(spelt: str) -> tuple[Reading, ...]:
    """The readings of a word (`rag.language.senses.spelling`), the likeliest first; none where the lexicon knows no part of it.

    A last ه may be meant for ة, which some write so.

    >>> readings("ولهجماتهم")[0].english
    'attacks'
    """
    best: dict[tuple[object, ...], Reading] = {}
    forms = [(spelt, 0.0), (spelt[:-1] + "ة", _WRONG_LETTER)] if spelt.endswith("ه") else [(spelt, 0.0)]
    for form, wrong in forms:
        for joined in _joined(form, wrong):
            key = (joined.kind, joined.conjunction, joined.particle, joined.article, joined.pronoun, joined.number)
            if key not in best or joined.cost < best[key].cost:
                best[key] = joined
    return tuple(sorted(best.values(), key=lambda reading: reading.cost)[:_MOST])


def _joined(spelt: str, cost: float) -> Iterator[Reading]:
    for conjunction, rest in _split(spelt, _CONJUNCTIONS):
        found = list(_with_particle(rest))
        # A verb in ت is the present of she (تحمل) rather than the past of another form.
        feminine = rest.startswith("ت") and any(reading.kind == "i" for reading in found)
        for reading in found:
            spent = cost + _JOINED * bool(conjunction) + _RARE_PAST * (feminine and reading.kind == "v")
            yield replace(reading, conjunction=conjunction, cost=reading.cost + spent)


@lru_cache(maxsize=50_000)
def first_words(spelt: str) -> tuple[Reading, ...]:
    """A word as a phrase of the lexicon may begin with it: without particles and marks of person; `english` holds the Arabic form."""
    found = []
    for conjunction, rest in _split(spelt, _CONJUNCTIONS):
        for particle, bare in _split(rest, (*_PREPOSITIONS, "س")):
            cost = _JOINED * (bool(conjunction) + bool(particle))
            form = Reading("x", bare, cost, conjunction, particle)
            found.append(form)
            if bare.startswith(_ARTICLE) and len(bare) > 3:
                found.append(replace(form, english=bare[2:], article=True))
            if particle == "ل" and bare.startswith("ل") and len(bare) > _SHORTEST:
                found.append(replace(form, english=bare[1:], article=True))
            found += [replace(form, kind="v", english=past) for past in _past_bases(bare)]
            for pronoun in ("ها", "هم", "ه"):
                core = bare.removesuffix(pronoun)
                if core != bare and len(core) > _SHORTEST:
                    found += [
                        replace(form, kind="s", english=one, pronoun=pronoun, cost=cost + _PRONOUN)
                        for one, _ in _before_pronoun(core)
                    ]
            if bare.startswith("ت"):
                found.append(replace(form, kind="i", english="ي" + bare[1:]))
    return tuple(found)


def singulars(form: str) -> Iterator[tuple[str, str, str]]:
    """The words that a form may be the dual (d) or sound plural (p) of, known or not, with that number and the ending taken off.

    >>> list(singulars("مسيرتان"))
    [('مسيرة', 'd', 'تان'), ('مسيرت', 'd', 'ان')]
    """
    for ending, rest, number, _ in _ENDINGS_OF_NOUNS:
        base = form.removesuffix(ending) + rest
        if form.endswith(ending) and len(base) > _SHORTEST and (number or ending == "ا"):
            yield base, number or "d", ending


def _past_bases(word: str) -> Iterator[str]:
    for ending in ("ت", "وا"):
        if word.endswith(ending) and len(word) > _SHORTEST + 1:
            yield word.removesuffix(ending)


def _split(word: str, prefixes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield "", word
    if word.startswith(prefixes) and len(word) > _SHORTEST:
        yield word[0], word[1:]


def _with_particle(word: str) -> Iterator[Reading]:
    yield from _with_pronoun(word)
    if word[:1] in _OF_PRONOUNS and word[1:] in PRONOUNS:
        yield Reading("P", _OF_PRONOUNS[word[0]], 0.0, pronoun=word[1:])
    if word in {"منا", "عنا"}:
        yield Reading("P", "from" if word[0] == "م" else "about", 0.0, pronoun="نا")
    if word.startswith(_ARTICLE) and len(word) > 3:
        yield from _definite(word[2:])
    for particle in _PREPOSITIONS:
        if word.startswith(particle):
            for reading in _behind(particle, word[1:]):
                yield replace(reading, particle=particle, cost=reading.cost + _JOINED + _LIKENING * (particle == "ك"))
    if word.startswith(("سي", "ست", "سا", "سن")) and len(word) > 3:
        yield from (replace(r, particle="س", cost=r.cost + 0.2) for r in _with_pronoun(word[1:]) if r.kind == "i")


def _behind(particle: str, rest: str) -> Iterator[Reading]:
    """What a preposition is joined to."""
    if len(rest) < _SHORTEST:
        return
    allowed = _NOMINAL + "eDRNTxP" + ("i" if particle == "ل" else "")
    yield from (reading for reading in _with_pronoun(rest) if reading.kind in allowed)
    if rest.startswith(_ARTICLE) and len(rest) > 3:
        yield from _definite(rest[2:])
    if particle == "ل" and rest.startswith("ل"):
        yield from _definite(rest)  # لليل, of ل and الليل
        if len(rest) > _SHORTEST:
            yield from _definite(rest[1:])
            yield from (reading for reading in _forms(_ARTICLE + rest[1:]) if reading.kind in NAMES)


def _definite(core: str) -> Iterator[Reading]:
    for reading in _forms(core):
        if reading.kind in _NOMINAL + "e" and reading.kind not in NAMES:
            yield replace(reading, article=True)


def _with_pronoun(word: str) -> Iterator[Reading]:
    """A word without joined particles, with or without a pronoun."""
    yield from _forms(word)
    for pronoun in PRONOUNS:
        core = word.removesuffix(pronoun)
        if core == word or len(core) < _SHORTEST:
            continue
        rare = _RARE * (pronoun in _RARE_PRONOUNS)
        for form, changed in _before_pronoun(core):
            for reading in _forms(form):
                if reading.kind in "spgPTNDCAvij" and reading.ending != "ة":
                    cost = 0.0 if reading.kind in _FUNCTION else _PRONOUN
                    yield replace(reading, pronoun=pronoun, cost=reading.cost + cost + rare + changed)


def _before_pronoun(core: str) -> Iterator[tuple[str, float]]:
    """The forms that a word may have where no pronoun follows: ة for ت, ى for ا, the hamza on no seat, an alef after the plural's waw."""
    yield core, 0.0
    if core.endswith("ت") and len(core) > _SHORTEST:
        yield core[:-1] + "ة", 0.0
    if core.endswith("ا") and len(core) > _SHORTEST:
        yield core[:-1] + "ي", 0.2
    if core.endswith(("اي", "او")) and len(core) > 3:
        yield core[:-1] + "ء", 0.2
    if core.endswith("و") and len(core) > 3:
        yield core + "ا", 0.2


@lru_cache(maxsize=50_000)
def _forms(core: str) -> tuple[Reading, ...]:
    """What a form without particles and pronouns is: as the lexicon has it, or with an ending or a beginning that grammar adds."""
    found = [_reading(sense, core) for sense in exact_senses(core)]
    known = {reading.kind for reading in found}
    for ending, rest, number, cost in _ENDINGS_OF_NOUNS:
        base = core.removesuffix(ending) + rest
        if _may_end(core, ending, base):
            for sense in exact_senses(base):
                reading = _inflected(_reading(sense, base), ending, number, cost + _KNOWN_WHOLE * bool(known), base)
                if reading is not None and sense.kind not in known:
                    found.append(reading)
    for ending in _ENDINGS_OF_PAST:
        base = core.removesuffix(ending)
        if core.endswith(ending) and len(base) >= _SHORTEST:
            person = "we" if ending == "نا" else ""
            found += [
                replace(_reading(s, base), cost=_cost(s) + _PERSON, ending=ending, person=person)
                for s in exact_senses(base)
                if s.kind == "v"
            ]
    return (*found, *_presents(core), *([] if found else _passives(core)))


def _passives(core: str) -> Iterator[Reading]:
    """Of a past whose middle letter is weak the passive, which is spelt otherwise (اختير of اختار, أعيدت of أعاد)."""
    for ending in ("", *_ENDINGS_OF_PAST):
        base = core.removesuffix(ending)
        if core.endswith(ending) and len(base) > _SHORTEST + 1 and base[0] == "ا" and base[-2] == "ي":
            for sense in exact_senses(f"{base[:-2]}ا{base[-1]}"):
                if sense.kind == "v" and not sense.english.startswith("be "):
                    yield replace(_reading(sense, base), english=f"be {participle(sense.english)}", ending=ending)


def _may_end(core: str, ending: str, base: str) -> bool:
    long_enough = len(base) >= _SHORTEST + (ending in {"ي", "و"})
    return core.endswith(ending) and long_enough and not (ending == "ا" and base.endswith("ة"))


def _presents(core: str) -> Iterator[Reading]:
    """Of a present the other persons and the plural."""
    for start, person, cost in _PERSONS:
        if not core.startswith(start) or len(core) < 3:
            continue
        form = "ي" + core[1:]
        if start != "ي":
            yield from (
                replace(_reading(s, form), cost=_cost(s) + cost, person=person)
                for s in exact_senses(form)
                if s.kind in "ij"
            )
        yield from (replace(one, person=person) for one in _weakened(form))
        for ending in () if person else _ENDINGS_OF_PRESENT:
            base = form.removesuffix(ending)
            if not form.endswith(ending) or len(base) <= _SHORTEST:
                continue
            for whole in (base, base + "ي", base + "و"):
                spared = cost + _PERSON + 0.3 * (whole != base)
                for sense in exact_senses(whole):
                    if sense.kind == "i":
                        yield replace(_reading(sense, whole), cost=_cost(sense) + spared, number="p", ending=ending)


def _weakened(form: str) -> Iterator[Reading]:
    """Of a present with a weak letter what drops or changes it: the jussive (يتسن, يستشر), and the passive of a middle one (يضاف)."""
    if exact_senses(form) or len(form) <= _SHORTEST + 1:
        return
    wholes = [form + weak for weak in "يوا"] + [form[:-1] + weak + form[-1] for weak in "يوا"]
    yield from (replace(_reading(s, form), kind="j") for whole in wholes for s in exact_senses(whole) if s.kind == "i")
    if form[-2] == "ا":
        for weak in "يو":
            for sense in exact_senses(f"{form[:-2]}{weak}{form[-1]}"):
                if sense.kind == "i" and not sense.english.startswith("be "):
                    yield replace(_reading(sense, form), english=f"be {participle(sense.english)}")


def _reading(sense: Sense, form: str) -> Reading:
    """A sense as a reading."""
    number = "p" if sense.kind == "p" else "s"
    feminine = form.endswith(("ة", "ات"))
    cost = _cost(sense) + _VERBAL * (sense.kind == "g")
    return Reading(
        sense.kind, sense.english, cost, number=number, feminine=feminine, human=sense.human, counted=sense.counted
    )


def _cost(sense: Sense) -> float:
    return -_SHARE * math.log(sense.weight)


def _inflected(reading: Reading, ending: str, number: str, cost: float, base: str) -> Reading | None:
    """A noun or adjective with an ending; None where it takes none such."""
    kind, english = reading.kind, reading.english
    if kind not in _NOMINAL + "x" or (kind in NAMES + "px" and ending != "ا"):
        return None
    if ending in {"ين", "ان"} and kind != "a":
        # A sound masculine plural is written like a dual in the genitive; nouns with a broken plural have none.
        dual = lexicon().is_countable(base.replace("ة", "ه"))
        if number == "d" and not dual and (ending == "ين" or kind != "s" or len(base) <= _SHORTEST_OF_DUAL):
            return None
        cost += _RARE_ENDING * (number == "p" and dual)
    if number and kind == "s":
        english = plural(singular(english) if reading.number == "p" else english)
        kind = "p" if number == "p" else kind
    feminine = ending in {"ة", "ات", "تان", "تين", "تا", "تي"} or reading.feminine
    return replace(
        reading,
        kind=kind,
        english=english,
        number=number or reading.number,
        feminine=feminine,
        cost=reading.cost + cost,
        ending=ending,
    )
