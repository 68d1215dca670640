"""What each word of a sentence may be read as: the readings that begin with it, of one word or several."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from rag.language.acronyms import acronyms
from rag.language.characters import is_arabic
from rag.language.data_files import read, rows
from rag.language.dates import Date, dates
from rag.language.inflection import participle, plural
from rag.language.lexicon import lexicon
from rag.language.numbers import Number, numbers
from rag.language.readings import NAMES, Reading, first_words, readings, singulars
from rag.language.rows import is_place
from rag.language.senses import exact_senses, longest_phrase, openings, spelling
from rag.language.spelt_names import place_nouns, spelt_names
from rag.language.words import Word

_INSIDE = re.compile(r"[\s\"'“”«»‘’()\[\]ـ]*")  # between words of one clause
_PUNCTUATION = str.maketrans("٪٫٬", "%.,")
_MONTHS = "January February March April May June July August September October November December".split()
_SMALL = "zero one two three four five six seven eight nine ten".split()
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_TEN = 10
_ORDINALS = frozenset(
    "حادي حاديه ثاني ثانيه ثالث ثالثه رابع رابعه خامس خامسه سادس سادسه سابع سابعه ثامن ثامنه تاسع تاسعه".split()
)
_PLACES = frozenset("مدينة محافظة بلدة قرية ولاية منطقة مخيم حي جزيرة بحيرة ناحية مطار مقاطعة امارة اقليم".split())
# Negations that folding would make other words: ألا, لئلا, أفلا.
_DENIAL = re.compile(
    "(?P<and>[وف]?)(?P<particle>ب?)(?:(?P<that>ألّ?ا)|(?P<lest>لئلّ?ا)|أ(?P<asked>ف|و(?=ل[من]|ليس))?(?:ل[امن]|ليست?))"
)
_SUBJECTS = ("ه", "ها", "هم", "هما")  # joined to the أن that a phrase ends in (غير أنه)
# Nouns that mean a kind of place where the name of one follows.
_KINDS_OF_PLACE = {
    "قضاء": "district", "ناحيه": "district", "لواء": "district", "جهه": "region", "عماله": "prefecture", "منفذ": "crossing", "سد": "dam",
}  # fmt: skip
_DAMMA, _SHADDA = "\u064f", "\u0651"
_PASSIVE_PRESENT = re.compile("[وفل]?[يتنأ]\u064fست")  # of the tenth form; of others the mark may be of the active too
_OTHER_MARKS = re.compile("[\u064b-\u0650\u0652]")
_MOST = 8  # readings of a word that are tried
_LONG_ENOUGH = 4  # letters of a word that may have a particle
# In nats.
_PASSIVE = 1.0
_UNKNOWN, _DOUBTFUL, _WRONG_HAMZA, _ADVERBIAL, _PLACE_NAME, _PHRASE = 7.0, 3.0, 4.0, 0.8, 1.5, 1.5
_INFLECTED = 0.4  # a phrase of the lexicon in another number


def breaks(text: str, found: Sequence[Word]) -> frozenset[int]:
    """The words before which a mark of punctuation ends a clause."""
    gaps = (text[one.end : other.start] for one, other in pairwise(found))
    return frozenset(i for i, gap in enumerate(gaps, 1) if not _INSIDE.fullmatch(gap))


def options(text: str, found: Sequence[Word]) -> list[list[Reading]]:
    """For each word of `text` the readings that begin with it; none for a word inside a date or number."""
    fixed = _fixed(text, found)
    nouns = place_nouns(text, found)
    taken = {i for first, reading in fixed.items() for i in range(first, first + reading.length)}
    result: list[list[Reading]] = []
    for i, word in enumerate(found):
        if i in taken:
            result.append([fixed[i]] if i in fixed else [])
            continue
        reach = i + 1
        while reach < len(found) and reach not in taken and not text[found[reach - 1].end : found[reach].start].strip():
            reach += 1
        known = [*_phrases(found[i:reach]), *_of_word(word)]
        if i in nouns:
            known = [_as_place(one, word) for one in known]
        result.append([_of_place(one) for one in known] if i and _is_place(text, found[i - 1], word) else known)
    return result


def _is_place(text: str, before: Word, word: Word) -> bool:
    """Whether the word before says what a place is: a name is likely behind it."""
    form = spelling(before)
    bare = form[1:] if form[:1] in {"و", "ب", "ل"} else form
    return not text[before.end : word.start].strip() and bool(
        {form, bare, form.removeprefix("ال"), bare.removeprefix("ال")} & _PLACES
    )


def _as_place(reading: Reading, word: Word) -> Reading:
    """A reading of a noun that says what a place is (قضاء هيت): no judiciary, and no verb."""
    if reading.length > 1 or reading.kind != "s":
        return reading
    kind = next((kind for form, kind in _KINDS_OF_PLACE.items() if word.folded.endswith(form)), "")
    likely = bool(kind) or is_place(reading.english)
    return replace(reading, english=kind or reading.english, cost=reading.cost - _PLACE_NAME * likely)


def _of_place(reading: Reading) -> Reading:
    likely = reading.kind in NAMES and not reading.particle
    return replace(reading, cost=reading.cost - _PLACE_NAME) if likely else reading


def _fixed(text: str, found: Sequence[Word]) -> dict[int, Reading]:
    """Dates, acronyms, numbers and words of other scripts, by their first word; of those that share words the first said here."""
    said = [(given.first, _date(found, given)) for given in dates(found) if given.month]
    for acronym in acronyms(found):
        if acronym.readings:
            reading = Reading("n", acronym.readings[0].upper(), 0.0, length=acronym.last - acronym.first)
            said.append((acronym.first, _with_particles(found[acronym.first], reading)))
    said += [(number.first, _number(found, number)) for number in numbers(found) if not _is_ordinal(found, number)]
    for name in spelt_names(text, found):
        conjunction, particle = name.joined.strip("بلك"), name.joined.lstrip("وف")
        reading = Reading(
            "n", name.english, 0.0, conjunction, particle, length=name.last - name.first, human=name.human
        )
        said.append((name.first, reading))
    for i, word in enumerate(found):
        if not is_arabic(word.text):
            said.append((i, Reading("Q" if word.is_figure else "n", word.text, 0.0)))
    fixed: dict[int, Reading] = {}
    taken: set[int] = set()
    for first, reading in said:
        span = range(first, first + reading.length)
        if not taken.intersection(span):
            taken.update(span)
            fixed[first] = reading
    return fixed


def _with_particles(word: Word, reading: Reading) -> Reading:
    """With what is joined to a word that is not looked up: و, then ب or ل."""
    folded = word.folded
    conjunction = "و" if folded.startswith("و") and len(folded) > 2 else ""
    rest = folded.removeprefix(conjunction)
    particle = rest[0] if rest[0] in {"ب", "ل"} and len(rest) > _LONG_ENOUGH - 1 else ""
    return replace(reading, conjunction=conjunction, particle=particle)


def _date(found: Sequence[Word], given: Date) -> Reading:
    month = _MONTHS[given.month - 1] if given.month else ""
    parts = (str(given.day or ""), month, str(given.year or ""))
    first = found[given.first].folded
    conjunction = "و" if first.startswith("و") else ""
    return Reading("Q", " ".join(filter(None, parts)), 0.0, conjunction, length=given.last - given.first)


def _number(found: Sequence[Word], number: Number) -> Reading:
    first, length = found[number.first], number.last - number.first
    count = "s" if number.value == 1 else "p"
    if first.is_figure:
        english = first.folded.translate(_PUNCTUATION) if length == 1 else _in_words(number.value)
        return Reading("Q", english, 0.0, number=count, length=length)
    conjunction = "و" if first.folded.startswith("و") and not first.folded.startswith("واحد") else ""
    rest = first.folded.removeprefix(conjunction)
    particle = rest[0] if rest[0] in {"ب", "ل"} and not rest.startswith("بليون") else ""
    article = rest.removeprefix(particle).startswith("ال")
    return Reading("Q", _in_words(number.value), 0.0, conjunction, particle, article, count, length=length)


def _is_ordinal(found: Sequence[Word], number: Number) -> bool:
    """Whether the ten belongs to an ordinal: الرابع عشر."""
    before = found[number.first - 1].folded if number.first else ""
    return number.value == _TEN and before.removeprefix("ال") in _ORDINALS


def _in_words(value: float) -> str:
    """A value as English writes it: a small one in words, a great round one with its scale.

    >>> _in_words(3), _in_words(28e9), _in_words(2_500_000), _in_words(1234)
    ('three', '28 billion', '2.5 million', '1,234')
    """
    if value in range(len(_SMALL)):
        return _SMALL[int(value)]
    for scale, name in _SCALES:
        if value >= scale and round(value / scale, 3) == value / scale:
            return f"{value / scale:g} {name}"
    return f"{value:,.10g}"


def _phrases(found: Sequence[Word]) -> Iterator[Reading]:
    """The phrases of the lexicon that begin with the first word."""
    group = found[: longest_phrase()]
    for base in _openings_of(spelling(group[0])) if len(group) > 1 else ():
        forms = [base.english]
        for length, word in enumerate(group[1:], 2):
            if not forms:
                break
            spelt = spelling(word)
            bare = dict.fromkeys(one for form in (spelt, spelt.removeprefix("ال")) for one in _agreeing(form, base))
            before = forms[0]
            forms = [f"{form} {one}" for form in forms for one in bare]
            for form in forms:
                yield from _phrase(base, form, length, definite=base.article or spelt.startswith("ال"))
            for pronoun in _SUBJECTS:
                if spelt == f"ان{pronoun}":
                    yield from _phrase(replace(base, pronoun=pronoun), f"{before} ان", length, definite=False)


@lru_cache(maxsize=50_000)
def _openings_of(spelt: str) -> tuple[Reading, ...]:
    """The ways in which a word may begin a phrase of the lexicon: as it is, or as the dual or sound plural of a word that does."""
    found = [base for base in first_words(spelt) if base.english in openings()]
    for base in first_words(spelt):
        for singular, number, ending in singulars(base.english) if base.kind == "x" and not base.pronoun else ():
            if singular in openings() and (ending != "ا" or lexicon().is_countable(singular)):
                cost = base.cost + _INFLECTED
                found.append(replace(base, english=singular, number=number, ending=ending, cost=cost))
    return tuple(found)


def _agreeing(form: str, first: Reading) -> Iterator[str]:
    """A later word of a phrase as it is, and in the singular where the first word is a dual or plural (طائرتان مسيرتان of طائرة مسيرة).

    A dual in ا belongs to the word (وزيرا الخارجية); else that is an accusative (مديرا عاما).
    """
    yield form
    if first.number != "s" and first.ending != "ا":
        yield from (singular for singular, number, _ in singulars(form) if number == first.number)


def _phrase(base: Reading, form: str, length: int, *, definite: bool) -> Iterator[Reading]:
    """The meanings of a phrase.

    Args:
        base: its first word, whose particles it has.
        form: the phrase, without articles and particles.
        length: its words.
        definite: whether its first or last word has the article.
    """
    if base.article and base.english == "يوم":
        return  # اليوم الأحد is "today, Sunday"
    inflected = base.number != "s"
    for sense in exact_senses(form):
        noun = sense.kind in "sp"
        if (base.pronoun and not noun and sense.kind not in "CT") or (inflected and sense.kind != "s"):
            continue
        yield replace(
            base,
            kind=base.kind if base.kind in "vi" and sense.kind in "vi" else "p" if base.number == "p" else sense.kind,
            english=plural(sense.english) if inflected else sense.english,
            cost=base.cost - _PHRASE * (length - 1),
            article=definite and (noun or sense.kind in "ga") and not base.pronoun,
            length=length,
            number="p" if sense.kind == "p" else base.number,
            feminine=base.english.endswith("ة"),
            human=sense.human,
            counted=sense.counted,
        )


def _of_word(word: Word) -> Iterator[Reading]:
    """The readings of one word as it is written, and as a name where it is not known."""
    if denial := _DENIAL.fullmatch(word.text):
        english = "so as not to" if denial["lest"] else "not to" if denial["that"] else "not"
        yield Reading("N", english, 0.0, denial["and"] or denial["asked"] or "", denial["particle"])
        return
    known = readings(spelling(word))
    for reading in known[:_MOST]:
        english = _marked(word.text, reading.english) if _SHADDA in word.text else reading.english
        if reading.is_verb and _PASSIVE_PRESENT.match(word.text):
            english = f"be {participle(english)}"
        yield replace(reading, english=english, cost=reading.cost + _by_letters(word.text, reading))
    if all(reading.cost > _DOUBTFUL for reading in known):
        yield from _unknown(word)


def _marked(text: str, english: str) -> str:
    """What a word means whose shadda is written (مسيّرة is a drone, مسيرة a march)."""
    letters = _OTHER_MARKS.sub("", text)
    for marked, without, meant in rows(read("gloss_marked.tsv")):
        if marked in letters and english in {without, plural(without)}:
            return meant if english == without else plural(meant)
    return english


def _by_letters(text: str, reading: Reading) -> float:
    """What a reading costs by letters that folding hides: a hamza that it has not.

    A participle that tells what one does (مؤكدا) costs less, and so does a verb whose passive is marked.
    """
    cost = 0.0
    if text[0] in "أإآ" and reading.article:
        cost += _WRONG_HAMZA
    if text[0] in "إآ" and reading.is_verb:
        cost += _WRONG_HAMZA
    if _DAMMA in text[:3] and reading.is_verb:
        cost -= _PASSIVE
    if reading.kind == "c" and not reading.article and text.endswith(("ا", "\u064b", "ة")):
        cost -= _ADVERBIAL / (2 if text.endswith("ة") else 1)
    return cost


def _unknown(word: Word) -> Iterator[Reading]:
    """A word that the lexicon has not, whole and without what may be joined to it."""
    text = word.text
    whole = Reading("u", text, _UNKNOWN)
    if text.startswith("ال") and len(text) > _LONG_ENOUGH:
        yield replace(whole, english=text[2:], article=True)
        return
    yield whole
    if text.startswith(("و", "ف")) and len(text) > _LONG_ENOUGH:
        article = text[1:].startswith("ال") and len(text) > _LONG_ENOUGH + 1
        rest = text[3:] if article else text[1:]
        yield replace(
            whole, english=rest, conjunction=text[0], article=article, cost=_UNKNOWN + (-0.5 if article else 0.5)
        )
    for joined in ("بال", "لل"):
        if text.startswith(joined) and len(text) > _LONG_ENOUGH:
            rest = text.removeprefix(joined)
            yield replace(whole, english=rest, particle=text[0], article=True, cost=_UNKNOWN - 0.5)
