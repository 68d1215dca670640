"""Mistyped words of a question: الهجمااات is الهجمات, لمادا لماذا, parliment parliament.

A word is mended only where nothing knows it (no word list, not the index), it does not look like a name, and exactly one usual word is one slip
away; of several the index or everyday frequency must prefer one by far. What is not sure stays as it is written.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from rag.language.characters import fold, is_arabic
from rag.language.dialect import Known, as_written
from rag.language.frequency import frequencies
from rag.language.lexicon import lexicon
from rag.language.senses import senses
from rag.language.stem import stem
from rag.language.stopwords import ASKING, STOPWORDS
from rag.language.vocabulary import known_form, proper_names, vocabulary
from rag.language.words import Word, words

_SHORTEST = 4  # letters of a word that is mended
_SHORTEST_ASKING = 3
_ENGLISH_ASKING = frozenset("who whom whose what when where why how which did does".split())
_CALENDAR = frozenset(
    """january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday""".split()
)
_SHORT, _LONG, _VERY_LONG = 4, 6, 7  # letters from which on the kinds of slip are mended
_SHORTEST_NAME = 7  # letters of a name, which is mended into a name only
_FAR = 4.0  # how much more frequent than the next the meant word must be
_OF_FUNCTION_WORDS, _UNLISTED = 3000.0, 5.0  # occurrences per million
_MOST_LETTERS = 20
_VOWELS = "aeiouy"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_WEAK, _CONSONANTS = "اويء", "بتثجحخدذرزسشصضطظعغفقكلمنه"
# Letters that are taken for one another, by sound or by form.
_CONFUSED = ("ضظ", "دذ", "تث", "سص", "تط")
_REPEATED = re.compile(r"(.)\1{2,}")
_PRONOUNS = frozenset(("هو", "هي", "هم"))
_JOINED = ("ما", "من", "كم", "هل", "متى", "اين", "ماذا", "لماذا", "كيف", "في")
_PREFIX = re.compile(r"(?:[وف]?[بك]?ال|[وف]?لل|[وفبلك])(?=....)")
_PRONOUN = re.compile(r"(?<=...)(?:ها|هم|هما|هن|كم|نا|ني|ه|ك)$")
_ENDING = re.compile(r"(?:ings?|ed|es|er|ers|ly|s)$")
# After these words stands a name.
_TITLES = frozenset(
    fold(word)
    for word in """
    الرئيس الوزير الوزيرة السيد السيدة الملك الأمير الجنرال العقيد اللواء العميد الشيخ الدكتور القاضي النائب اللاعب المدرب المتحدث الفنان الممثل
    الكاتب مدينة بلدة قرية محافظة قضاء ولاية حي شركة اسم يدعى
    mr mrs ms dr president minister general colonel king prince sheikh city town village
    """.split()
)


def mended(text: str, known: Known | None = None) -> str:
    """A question with its mistyped words as they were meant; what else it has stays as written.

    >>> mended("wher did the atack happen?"), mended("ماذا حدث بعد الهجمااات؟")
    ('where did the attack happen?', 'ماذا حدث بعد الهجمات؟')

    Args:
        text: a question, in Arabic, English or both.
        known: whether a stem is in the index.
    """
    found = words(text)
    pieces, end = [], 0
    for i, word in enumerate(found):
        meant = _meant(found, i, known)
        if meant != word.text:
            pieces += [text[end : word.start], meant]
            end = word.end
    return "".join([*pieces, text[end:]])


def _meant(found: Sequence[Word], i: int, known: Known | None) -> str:
    word = found[i]
    if word.is_figure or len(word.folded) > _MOST_LETTERS:
        return word.text
    if is_arabic(word.text):
        return _arabic(found, i, known)
    return _english(found, i, known) if word.folded.isascii() and word.folded.isalpha() else word.text


def _arabic(found: Sequence[Word], i: int, known: Known | None) -> str:
    word = found[i]
    single = _REPEATED.sub(r"\1", word.text)
    folded = fold(single)
    if len(folded) < _SHORTEST or _is_arabic_known(folded, known):
        return single
    if i == 0:
        parted = _parted(single)
        if parted:
            return parted
        asking = _only(
            other for other in _edits(folded, _WEAK + _CONSONANTS) if other in ASKING and len(other) >= _SHORTEST
        )
        if asking:
            return asking
    prefix = _PREFIX.match(folded)
    start = prefix[0] if prefix else ""
    bare = folded.removeprefix(start)
    if (i and found[i - 1].folded in _TITLES) or _is_part_of_name(found, i):
        return single
    return _respelt(start, bare) or _best_arabic("", folded, known) or _best_arabic(start, bare, known) or single


def _is_part_of_name(found: Sequence[Word], i: int) -> bool:
    """Whether a person's or place's name stands beside a word without article, so that it is likely part of it."""
    if found[i].folded.startswith("ال"):
        return False
    return any(other.folded in proper_names() for other in (*found[max(0, i - 1) : i], *found[i + 1 : i + 2]))


def _respelt(start: str, bare: str) -> str:
    """A word with the last letter that is not heard: الوزرا is الوزراء, قتلو قتلوا."""
    if bare.endswith("ا") and start.endswith("ال") and f"{bare}ء" in vocabulary():
        return f"{start}{bare}ء"
    if bare.endswith("و") and not start.endswith("ال") and any(one.kind == "v" for one in senses(bare[:-1])):
        return f"{start}{bare}ا"
    return ""


def _best_arabic(start: str, bare: str, known: Known | None) -> str:
    """The one usual word that is a slip away from an unknown one, the likelier kinds of slip first.

    Most words that differ in a consonant or a long vowel are words of their own (مناوبة, مناسبة; عائمة, عامة), of which no list has all: only the
    index, which has one and not the other, tells which was meant.
    """
    heard = _best(filter(_is_common_noun, _sounds_taken(bare)), known) if len(bare) >= _SHORT else ""
    if heard or not known:
        return start + heard if heard else ""
    for least, edits in ((_LONG, _slips(bare)), (_VERY_LONG, _vowels(bare))):
        meant = _best((one for one in edits if _is_common_noun(one) and known(stem(one))), known)
        if meant and len(bare) >= least:
            return start + meant
    return ""


def _is_common_noun(folded: str) -> bool:
    """Whether an Arabic word is a form of a known one and no name."""
    form = known_form(folded)
    return form in vocabulary() and form not in proper_names()


def _best(candidates: Iterable[str], known: Known | None) -> str:
    """The candidate that is alone, alone in the index, or far more frequent than the others; "" where there is none."""
    listed = list(dict.fromkeys(candidates))
    if known and len(listed) > 1:
        listed = [one for one in listed if known(stem(one))] or listed
    best: dict[str, str] = {}  # of the forms of a word the longest, which the mistake leaves most often
    for one in listed:
        best[stem(one)] = max(best.get(stem(one), ""), one, key=len)
    rated = sorted(((_frequency(one), one) for one in best.values()), reverse=True)
    if not rated or (len(rated) > 1 and rated[0][0] < _FAR * rated[1][0]):
        return ""
    return rated[0][1]


def _frequency(word: str) -> float:
    """Occurrences per million; function words, which the frequencies leave out, are the most frequent."""
    return _OF_FUNCTION_WORDS if word in STOPWORDS or word in ASKING else frequencies().get(stem(word), _UNLISTED)


def _only(candidates: Iterable[str]) -> str:
    listed = list(dict.fromkeys(candidates))
    return listed[0] if len(listed) == 1 else ""


def _parted(word: str) -> str:
    """A question word from which the space was left out: مانوع is ما نوع."""
    folded = fold(word)
    for asking in _JOINED:
        rest = folded.removeprefix(asking)
        if rest != folded and (rest in _PRONOUNS or (len(rest) > 2 and rest in vocabulary() | STOPWORDS)):
            return f"{asking} {as_written(word, rest)}"
    return ""


@lru_cache(maxsize=20_000)
def _is_listed(folded: str) -> bool:
    """Whether any list has an Arabic word, a form of it, or its stem."""
    if {folded, folded.removeprefix("ال"), known_form(folded)} & vocabulary():
        return True
    if {folded, folded[1:] if folded[0] in "وف" else folded} & (STOPWORDS | ASKING):
        return True
    bare = stem(folded)
    unowned = _PRONOUN.sub("", folded)
    if known_form(unowned) in vocabulary() or unowned[1:] in STOPWORDS:
        return True
    return (
        bare in _stems() or bare in frequencies() or bool(senses(folded)) or stem(_PRONOUN.sub("", folded)) in _stems()
    )


def _is_arabic_known(folded: str, known: Known | None) -> bool:
    return _is_listed(folded) or bool(known and (known(stem(folded)) or known(folded)))


@cache
def _stems() -> frozenset[str]:
    """The stems of the vocabulary's words."""
    return frozenset(map(stem, vocabulary()))


def _sounds_taken(word: str) -> Iterator[str]:
    """The words with one letter as another that is taken for it, a hamza on its seat, or a letter once that was typed twice."""
    for i, letter in enumerate(word):
        for pair in _CONFUSED:
            if letter in pair:
                yield word[:i] + pair[1 - pair.index(letter)] + word[i + 1 :]
        if letter == "ء":
            yield from (word[:i] + seat + word[i + 1 :] for seat in "اوي")
        if letter == "ي" and i == len(word) - 1:
            yield word[:i] + "ء"
        if i > 1 and letter == word[i - 1]:
            yield word[:i] + word[i + 1 :]


def _slips(word: str) -> Iterator[str]:
    """The words with two neighbours exchanged, or one consonant left out or put in."""
    letters = sorted(word)
    return (
        other
        for other in _edits(word, _CONSONANTS)
        if (len(other) != len(word) and _consonants(other) != _consonants(word)) or sorted(other) == letters
    )


def _vowels(word: str) -> Iterator[str]:
    """The words with one long vowel more or less."""
    return (
        other for other in _edits(word, _WEAK) if len(other) != len(word) and _consonants(other) == _consonants(word)
    )


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in _WEAK)


def _edits(word: str, alphabet: str) -> Iterator[str]:
    """Every word that one letter left out, put in, changed, or exchanged with the next makes."""
    for i in range(len(word) + 1):
        before, after = word[:i], word[i:]
        if after:
            yield before + after[1:]
            if len(after) > 1 and after[0] != after[1]:
                yield before + after[1] + after[0] + after[2:]
        for letter in alphabet:
            yield before + letter + after
            if after and letter != after[0]:
                yield before + letter + after[1:]


def _english(found: Sequence[Word], i: int, known: Known | None) -> str:
    word = found[i]
    folded = word.folded
    if _is_english_known(folded) or (known and known(stem(folded))):
        return word.text
    if i == 0 and len(folded) >= _SHORTEST_ASKING:
        asking = _asking(folded)
        if asking:
            return _cased(asking, word.text)
    if len(folded) < _SHORTEST:
        return word.text
    if word.text[0].isupper():
        return _english_name(word)
    if i and found[i - 1].folded in _TITLES:
        return word.text
    near = _usual_near(folded)
    # What is mistyped is most often a letter left out.
    fuller = [other for other in near if len(other) > len(folded) and stem(other) in frequencies()]
    return _best(fuller, known) or _best(near, known) or _english_name(word)


def _asking(folded: str) -> str:
    """The question word from which one letter was left out, else the one that is another slip away (wher is rather where than when)."""
    listed = sorted({other for other in _edits(folded, _LATIN) if other in _ENGLISH_ASKING})
    fuller = [other for other in listed if len(other) > len(folded)]
    return _only(fuller) or _only(listed)


def _english_name(word: Word) -> str:
    """A name that differs in a vowel or a doubled letter from exactly one that the lexicon has; a month or day."""
    dated = _only(other for other in _edits(word.folded, _LATIN) if other in _CALENDAR)
    if dated or len(word.folded) < _SHORTEST_NAME or word.text.isupper():
        return _cased(dated, word.text) if dated else word.text
    meant = _only(
        other
        for other in _edits(word.folded, _VOWELS)
        if lexicon().is_name([other]) and sorted(set(other) - set(_VOWELS)) == sorted(set(word.folded) - set(_VOWELS))
    )
    return _cased(meant, word.text) if meant else word.text


def _cased(meant: str, written: str) -> str:
    return meant.capitalize() if written[0].isupper() else meant


@lru_cache(maxsize=10_000)
def _usual_near(folded: str) -> tuple[str, ...]:
    """The usual English words that are one slip away; the first letter is seldom wrong."""
    near = (other for other in _edits(folded, _LATIN) if other[0] == folded[0] or folded in other)
    return tuple(dict.fromkeys(other for other in near if len(other) >= _SHORTEST - 1 and _is_english_usual(other)))


def _is_english_usual(word: str) -> bool:
    """Whether an English word is a usual one: its base form is a head of the lexicon and no name."""
    return (word in STOPWORDS or word in ASKING) or any(
        base in english_words() and base not in english_names() for base in _bases(word)
    )


def _is_english_known(word: str) -> bool:
    return (
        word in STOPWORDS
        or word in ASKING
        or any(base in english_words() for base in _bases(word))
        or stem(word) in frequencies()
        or bool(lexicon().translations([word]))
    )


def _bases(word: str) -> Iterator[str]:
    """A word and what it may be inflected from."""
    yield word
    ending = _ENDING.search(word)
    if not ending or ending.start() < 3:
        return
    base = word[: ending.start()]
    yield base
    if base[-1] != "e":
        yield f"{base}e"
    if base[-1] == "i":
        yield f"{base[:-1]}y"
    if base[-1:] == base[-2:-1]:
        yield base[:-1]


@cache
def english_words() -> frozenset[str]:
    """Every word that stands alone or in a term of the lexicon's English side."""
    heads = (head for head in lexicon().entries if head[0] != "~")
    return frozenset(word for word in set(" ".join(heads).split(" ")) if word.isalpha())


@cache
def english_names() -> frozenset[str]:
    """Every name of one word that the lexicon has in English."""
    return frozenset(head for head in lexicon().names if " " not in head)
