"""Arabic names in English letters: بايدن is Biden, and an unknown الخفاجي is al-Khafaji.

A name that the lexicon has is written as English writes it. Any other is spelt by its sounds. In an Arabic name each consonant has one spelling,
long vowels are those that are written, and short ones are put where a syllable needs them, for Arabic allows no two consonants at the
beginning of one. A name with none of the sounds that only Arabic has is mostly foreign: it is the likeliest row of Latin letters, by a noisy
channel that `tools/fit_romanization.py` learnt from names in both scripts.
"""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from heapq import nsmallest
from operator import itemgetter

from rag.language.characters import INVISIBLE, fold
from rag.language.data_files import read, rows
from rag.language.senses import exact_senses, longest_phrase, spelling
from rag.language.words import Word, words

SHORT, SHORT_LAST = "+", "+>"  # keys of the channel: the short vowel behind a consonant, and behind the last one
LONGEST_HISTORY = 2  # Latin letters by which the next is foretold
_TRUST = 1.0  # of the letters beside the sounds
_UNSEEN, _BACKED_OFF = 6.0, 0.9  # nats: of a letter never seen, and of each letter less of history
_BEAM = 10

_CONSONANTS = {
    "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d",
    "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y",
    "ء": "", "ئ": "", "ؤ": "", "پ": "p", "چ": "ch", "ژ": "zh", "ڤ": "v", "گ": "g", "ک": "k", "ی": "y",
}  # fmt: skip
_LONG = {"ا": "a", "و": "u", "ي": "i", "ى": "a", "ی": "i"}
_INITIAL = {"أ": "a", "إ": "i", "آ": "a", "ا": "a", "ٱ": "a"}
_SHORT = {"َ": "a", "ُ": "u", "ِ": "i"}
_SHADDA, _SUKUN = "ّ", "ْ"
# Letters of sounds that only Arabic has, or that names of other languages are seldom written with.
_ARABIC_SOUNDS = re.compile("[عحصضظقذثخطةىءئؤ]")
# Vowels written, and no more consonants together than other languages have: two at the beginning of the word, of some kinds, and at its end.
_FOREIGN = re.compile("(?:[بتدفكغج]ر|[بفكغس]ل|[سش]ت?[تبكمنفلر]|تس|)(?:.?[اوي]+[^اوي]{0,3})+")
_CODAS = frozenset("dr sr hr shr dl hl rb rq ms nd lb lh".split())
_JOINED = {
    "بن": "bin",
    "بنت": "bint",
    "ابن": "Ibn",
    "ابو": "Abu",
    "ابي": "Abi",
    "ابا": "Aba",
    "ام": "Umm",
    "ال": "Al",
    "ذو": "Dhu",
    "عبد": "Abd",
    "ولد": "Ould",
    "منت": "Mint",
}
_NAMES_OF_GOD = {
    "قادر": "Qadir", "رحمن": "Rahman", "رحيم": "Rahim", "حق": "Haq", "باري": "Bari", "باقي": "Baqi", "حي": "Hay", "كريم": "Karim", "وهاب": "Wahhab",
    "جبار": "Jabbar", "رزاق": "Razzaq", "ستار": "Sattar", "غفار": "Ghaffar", "سلام": "Salam", "لطيف": "Latif", "حميد": "Hamid", "مجيد": "Majid",
    "عزيز": "Aziz", "ناصر": "Nasser", "فتاح": "Fattah", "حليم": "Halim", "مهدي": "Mahdi", "امير": "Amir", "حسين": "Hussein", "زهره": "Zahra",
    "رسول": "Rasul", "نبي": "Nabi", "واحد": "Wahid", "صمد": "Samad", "خالق": "Khaliq", "هادي": "Hadi", "عال": "Aal", "معطي": "Moati",
    "منعم": "Munim", "محسن": "Mohsen", "ملك": "Malik", "له": "Ilah", "اله": "Ilah",
}  # fmt: skip
_ARTICLE = re.compile(r"[اٱ]ل(?=..)")
_MARKS = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670ـ]")


def romanize(name: str) -> str:
    """An Arabic name of one or more words as English spells it, capitalised; what is not Arabic stays as it is.

    >>> romanize("بايدن"), romanize("الرمادي"), romanize("واين ماروتو")
    ('Biden', 'Ramadi', 'Wayne Maroto')
    """
    found = words(unicodedata.normalize("NFC", name))
    spelt: list[str] = []
    i = 0
    while i < len(found):
        taken, text = _servant(found, i) or _known(found, i)
        if not taken:
            taken, text = 1, _word(found[i])
        spelt.append(text)
        i += taken
    return " ".join(spelt)


def _servant(found: Sequence[Word], first: int) -> tuple[int, str] | None:
    """عبد with the name of God behind it: Abdul Qadir; None where it is none, or the lexicon has the two as one name."""
    group = found[first : first + 2]
    if len(group) < 2 or group[0].folded != "عبد" or not _ARTICLE.match(group[1].text):
        return None
    known, _ = _known(found, first)
    bare = group[1].folded[2:]
    return None if known > 1 else (2, f"Abdul {_NAMES_OF_GOD.get(bare) or _sounds(group[1].text[2:]).capitalize()}")


def _known(found: Sequence[Word], first: int) -> tuple[int, str]:
    """How many words from `first` on are a name that the lexicon has, and its spelling."""
    group = found[first : first + longest_phrase()]
    for last in range(len(group), 0, -1):
        spelt = [spelling(word) for word in group[:last]]
        written = " ".join(spelt)
        bare = " ".join(
            one.removeprefix("ال") if _ARTICLE.match(word.text) else one
            for one, word in zip(spelt, group, strict=False)
        )
        for form in dict.fromkeys((written, bare) if last > 1 else (written,)):
            named = [sense.english for sense in exact_senses(form) if sense.kind == "n"]
            if named:
                return last, named[0].partition("/")[0]  # of places that are written alike the better known
    return 0, ""


def _word(word: Word) -> str:
    if word.folded in _JOINED:
        return _JOINED[word.folded]
    return spell(word.text)


@lru_cache(maxsize=20_000)
def spell(word: str) -> str:
    """One Arabic word by its sounds, capitalised, the article as al-.

    >>> spell("الخفاجي"), spell("عبدالستار"), spell("شتاينماير")
    ('al-Khafaji', 'Abdulsatar', 'Shtinmir')
    """
    word = INVISIBLE.sub("", unicodedata.normalize("NFKC", word)).replace("ـ", "")
    if not any("\u0600" <= letter <= "\u06ff" for letter in word):
        return word
    if _ARTICLE.match(word):
        return "al-" + _sounds(word[2:]).capitalize()
    if word.startswith("عبدال") and len(word) > 6:
        return "Abdul" + _sounds(word[5:])
    folded = fold(word)
    is_foreign = (
        _FOREIGN.fullmatch(folded) and not _ARABIC_SOUNDS.search(word) and not any(mark in word for mark in _SHORT)
    )
    return ((_foreign(folded) if is_foreign else "") or _sounds(word)).capitalize()


def units(arabic: str, channel: Mapping[str, object]) -> list[list[tuple[int, str, str]]]:
    """From each letter of a folded word the groups of letters that have spellings.

    Returns:
        Of each group where it ends, its key in the channel, and the key of the short vowel that may follow; that one is empty behind a vowel.
    """
    last = len(arabic)
    found: list[list[tuple[int, str, str]]] = []
    for i in range(last):
        groups = [(end, arabic[i:end]) for end in (i + 2, i + 1) if end <= last]
        marked = [
            (end, ("<" + g if i == 0 and "<" + g in channel else g + ">" if end == last and g + ">" in channel else g))
            for end, g in groups
        ]
        found.append(
            [
                (
                    end,
                    key,
                    (SHORT_LAST if end == last else SHORT) if key[-1] in _CONSONANTS and key[-1] not in "اويه" else "",
                )
                for end, key in marked
                if key in channel
            ]
        )
    return found


def _foreign(folded: str) -> str:
    """The likeliest spelling of a folded word, lower case, by a beam search; empty if some letter has none."""
    channel = _channel()
    begun: list[dict[str, float]] = [{} for _ in range(len(folded) + 1)]
    begun[0]["<"] = 0.0
    for i, groups in enumerate(units(folded, channel)):
        for said, spent in nsmallest(_BEAM, begun[i].items(), key=itemgetter(1)):
            for end, key, short in groups:
                for more, cost in _spellings(key, short):
                    total = spent + cost + _TRUST * _unlikely(said[-LONGEST_HISTORY:], more)
                    if total < begun[end].get(said + more, math.inf):
                        begun[end][said + more] = total
    ended = {said: spent + _TRUST * _unlikely(said[-LONGEST_HISTORY:], ">") for said, spent in begun[-1].items()}
    return min(ended, key=ended.__getitem__)[1:] if ended else ""


@cache
def _spellings(key: str, short: str) -> tuple[tuple[str, float], ...]:
    """The likeliest spellings of Arabic letters with the short vowel behind them, and their costs."""
    vowels = _channel()[short].items() if short else (("", 0.0),)
    ways = [(said + vowel, cost + dearer) for said, cost in _channel()[key].items() for vowel, dearer in vowels]
    return tuple(nsmallest(_BEAM, ways, key=itemgetter(1)))


@lru_cache(maxsize=50_000)
def _unlikely(history: str, more: str) -> float:
    """What Latin letters cost after others, in nats."""
    total = 0.0
    for letter in more:
        known = (n for n in range(len(history) + 1) if history[n:] + letter in _letters())
        shorter = next(known, None)
        total += _UNSEEN if shorter is None else _letters()[history[shorter:] + letter] + _BACKED_OFF * shorter
        history = (history + letter)[-LONGEST_HISTORY:]
    return total


@cache
def _channel() -> dict[str, dict[str, float]]:
    """Arabic letters → a spelling of them → its cost."""
    table: dict[str, dict[str, float]] = {}
    for arabic, latin, cost in rows(read("romanization.tsv")):
        table.setdefault(arabic, {})[latin] = float(cost)
    return table


@cache
def _letters() -> dict[str, float]:
    """Latin letters → the cost of the last after the others."""
    return {letters: float(cost) for letters, cost in rows(read("name_letters.tsv"))}


def _sounds(word: str) -> str:
    """The consonants and vowels of a word, short vowels supplied between them."""
    segments = _segments(word)
    if any(kind == "short" for _, kind in segments):
        return "".join(sound for sound, _ in segments)
    spelt, i = "", 0
    while i < len(segments):
        last = next((k for k in range(i, len(segments)) if segments[k][1] != "consonant"), len(segments))
        cluster = [sound for sound, _ in segments[i:last]]
        before = segments[i - 1][0] if i else ""
        spelt += _cluster(cluster, before, last < len(segments))
        if last < len(segments):
            spelt += segments[last][0]
        i = last + 1
    return spelt


def _segments(word: str) -> list[tuple[str, str]]:
    """The sounds, each a consonant, a long or a short vowel."""
    found: list[tuple[str, str]] = []
    bare = _MARKS.sub("", word)
    position = -1
    for letter in word:
        if _MARKS.match(letter):
            if letter in _SHORT:
                found.append((_SHORT[letter], "short"))
            elif letter == _SHADDA and found and found[-1][1] == "consonant":
                found.append(found[-1])
            continue
        position += 1
        before, after = bare[position - 1 : position] if position else "", bare[position + 1 : position + 2]
        found += _sound(letter, before, after, found)
    return found


def _sound(letter: str, before: str, after: str, so_far: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    if not before and letter in _INITIAL:
        if after in {"و", "ي"}:
            return []
        return [(_INITIAL[letter], "long")]
    if letter == "ة" or (letter in "اأإآى"):
        return [("a", "long")]
    if letter in {"و", "ي", "ی"}:
        if letter == "ي" and after in {"ة", "ا"} and so_far and so_far[-1][1] == "consonant" and len(so_far) > 1:
            return [("iy" if after == "ة" else "i", "long")]
        return [_glide(letter, before, after, so_far)]
    return [(_CONSONANTS[letter], "consonant")] if letter in _CONSONANTS else []


def _glide(letter: str, before: str, after: str, so_far: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """و and ي are consonants at the beginning, before a long vowel, and after one; else vowels."""
    start = not before
    vowel_before = bool(so_far) and so_far[-1][1] == "long"
    if (
        start
        or after in {"ا", "ة", "ى"}
        or (vowel_before and after)
        or (after in {"و", "ي"} and after != letter and bool(before))
    ):
        kind = "glide" if vowel_before and after and after not in "اوية" else "consonant"
        return _CONSONANTS[letter], "long" if kind == "glide" else "consonant"
    return _LONG[letter], "long"


def _cluster(cluster: Sequence[str], before: str, vowel_after: bool) -> str:
    """Consonants with the short vowels that they need between two vowels, at the beginning, or at the end."""
    sounds = list(cluster)
    pair = "".join(sounds[-2:])
    if len(sounds) < 2:
        return "".join(sounds)
    if not before and not vowel_after:
        return f"{sounds[0]}a{pair}" if len(sounds) == 3 and pair in _CODAS else _syllables(sounds)
    if not before:
        return _syllables(sounds[:-1]) + sounds[-1]
    if vowel_after:
        return sounds[0] + _syllables(sounds[1:-1]) + sounds[-1]
    if len(sounds) > 2:
        return sounds[0] + _syllables(sounds[1:])
    return pair if pair in _CODAS else sounds[0] + ("i" if before == "a" else "a") + sounds[1]


def _syllables(sounds: Sequence[str]) -> str:
    """Closed syllables with a short a: k, t, b make katab; the first is open where their number is odd."""
    if len(sounds) < 2:
        return "".join(f"{sound}a" for sound in sounds)
    if len(sounds) % 2:
        return f"{sounds[0]}a" + _syllables(sounds[1:])
    return "".join(f"{one}a{other}" for one, other in zip(sounds[::2], sounds[1::2], strict=True))
