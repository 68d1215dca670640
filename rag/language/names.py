"""Names across scripts: Kirby is كيربي, Marotto is ماروتو.

A name is taken for a row of steps, each of which writes a group of Latin letters as a group of Arabic ones (k as ك; ch as ش, تش or خ; a as ا or not
at all). How likely each step is was learnt from pairs of names (`tools/fit_names.py`). The cheapest row of steps tells how well two
words sound alike (`similarity`); the likeliest ones tell under which keys a word is to be sought: its *skeletons* are spellings in which
letters that transliteration confuses are equal (ت ط ث, ج غ), its *consonants* leave the vowels out as well.
"""

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from heapq import nlargest
from itertools import islice, product
from operator import itemgetter

from rag.language.characters import is_arabic
from rag.language.data_files import read, rows

LONGEST_LATIN, LONGEST_ARABIC = 3, 2  # letters of a step; the marks of a word's beginning and end count as letters

_Steps = Mapping[str, Mapping[str, float]]  # Latin group -> Arabic group -> cost in nats
_Ways = tuple[tuple[tuple[int, Mapping[str, float]], ...], ...]  # by letter: where steps end, and their costs
_Pieces = Mapping[str, tuple[tuple[str, float], ...]]  # Latin group -> parts of a key and their probabilities

_CONSONANTS = {
    "ب": "b", "ت": "t", "ط": "t", "ث": "t", "ج": "g", "غ": "g", "خ": "k", "ك": "k", "ق": "k", "د": "d", "ض": "d", "ذ": "d",
    "ر": "r", "ز": "s", "ظ": "s", "س": "s", "ص": "s", "ش": "x", "ف": "f", "ل": "l", "م": "m", "ن": "n",
}  # fmt: skip
_WEAK = {"و": "w", "ي": "y", "ا": "a", "ع": "a", "ه": "h", "ح": "h"}
_LETTERS = _CONSONANTS | _WEAK
_CAPITALS = {letter: sound.upper() for letter, sound in _CONSONANTS.items()}
_ENDINGS = tuple(set(_WEAK.values()))

# Long names differ enough in six sounds, and have too many spellings to try them all.
_LONGEST_KEY, _OPENING = 6, 3
_MOST_SKELETONS, _MOST_BARE, _MOST_KEYS = 256, 16, 4
_LEAST_BEAM = 12  # keys begun that are followed, however few are wanted
_LONGEST = 20  # letters of a Latin word that its keys are made of
_UNLIKELY_PIECE = 1e-3  # relative probability below which a way of writing a group is not tried
_UNLIKELY = 3e-5  # the same of a key begun

_UNSEEN = 10.0  # nats; of a Latin letter left unwritten that never was in the pairs
# The power of an Arabic group's own probability that its steps are divided by: highest rank 1 on names not fitted on.
_FAIRNESS = 0.9
_CHANGED = 1.5  # nats; of a particle joined to the Arabic word, or an s that the stem of the Latin one has lost
_WIDTH = 1.4  # nats a Latin letter; where the similarity is 1/e
_FARTHEST = 2.0  # nats a Latin letter; beyond it nothing is alike

# What an Arabic stem may have lost at its end, by the last letter of the Latin name that still has it (الزيتون, Zitoun), and what it costs in nats.
_ENDS = {
    "a": ("ه", "ا", "يه"),
    "e": ("ه",),
    "h": ("ه", "يه"),
    "i": ("ي",),
    "y": ("ي",),
    "n": ("ان", "ون", "ين"),
    "t": ("ات",),
}
_LOST = 0.8
_LOST_SOUNDS = re.compile(r"(?<=[a-z]{2})(?:[aeiou]{1,2}n|at|i?y+ah?|iah?)$")

_PARTICLES = ("ب", "ل", "ك", "ف", "و")
_ARTICLE = "ال"
_HISSING = ("س", "ز")  # what an s at the end becomes

# The names of the Latin letters in Arabic, folded; where one stands for several, the likelier first.
_SPELT = {
    "ايه": "a", "بي": "bp", "سي": "c", "دي": "d", "اي": "iae", "اف": "f", "جي": "gj", "جيه": "j", "جاي": "j", "اتش": "h", "ايتش": "h",
    "كي": "k", "كيه": "k", "كاي": "k", "ال": "l", "ام": "m", "ان": "n", "او": "o", "كيو": "q", "ار": "r", "اس": "s", "تي": "t",
    "يو": "u", "في": "v", "دبليو": "w", "دابليو": "w", "اكس": "x", "واي": "y", "زد": "z", "زي": "z",
}  # fmt: skip
_MOST_ACRONYMS = 24


def skeletons(word: str, most: int = _MOST_SKELETONS) -> tuple[str, ...]:
    """The keys that bring a folded Latin word to the Arabic words that may be it; lower case, at most six sounds.

    An Arabic word has its own skeleton and, where it may begin with an article or a joined particle, that of the rest. A Latin
    word has those of its likeliest Arabic spellings, the likeliest first, at most `most` of them; ("",) when it has no letter that is known.

    >>> skeletons("كيربي"), skeletons("kirby")[:2]
    (('kyrb', 'yrb'), ('kyrb', 'krb'))
    """
    return _keys(word, most, False, _LONGEST_KEY)


def keys_of_stems(word: str) -> tuple[str, ...]:
    """The keys that bring a folded Latin word to the Arabic stems that may be it: its skeletons, and those without an end that stems lose.

    >>> "syt" in keys_of_stems("zitoun")
    True
    """
    bare = _LOST_SOUNDS.sub("", word)
    return tuple(dict.fromkeys((*skeletons(word), *(skeletons(bare, _MOST_BARE) if bare != word else ()))))


def consonants(word: str, most: int = _MOST_KEYS) -> tuple[str, ...]:
    """The same without vowels, fewer and coarser, upper case; the first is mostly one for both spellings of a name.

    >>> consonants("كيربي"), consonants("kirby")[:1]
    (('KRB', 'RB'), ('KRB',))
    """
    return _keys(word, most, True, _LONGEST_KEY)


def openings(word: str, most: int = _MOST_KEYS) -> tuple[str, ...]:
    """The first three of the consonants: the keys that bring an Arabic word to Latin ones, whose stems may lack an end (Times: time).

    >>> openings("تايمز"), openings("time")[:1]
    (('TMS-', 'TM-'), ('TM-',))
    """
    keys = _keys(word, most, True, _OPENING)
    if is_arabic(word) and word.endswith(_HISSING):
        keys = (*keys, *_keys(word[:-1], most, True, _OPENING))
    return tuple(f"{key}-" for key in dict.fromkeys(keys) if key)


def index_keys(stem: str) -> tuple[str, ...]:
    """The keys under which an index keeps a stem, at most eight.

    >>> index_keys("كيربي")
    ('kyrb', 'yrb', 'KRB', 'RB')
    """
    keys = (*(skeletons(stem) if is_arabic(stem) else openings(stem)), *consonants(stem))
    return tuple(key for key in keys if key)


def similarity(word: str, other: str) -> float:
    """How well a folded word sounds like one of the other script, 0 to 1.

    exp(-(x / 1.4)²), where x is what the cheapest steps from the Latin to the Arabic word cost beyond those to the Latin word's best
    spelling, in nats a Latin letter. 0 for words of the same script.

    Args:
        word: what is asked for, of either script.
        other: a word or stem of the index: an Arabic one may begin with a joined particle, a Latin one lack its last s.
    """
    latin, arabic = (other, word) if is_arabic(word) else (word, other)
    ways = _ways(latin)
    if not ways or not is_arabic(arabic):
        return 0.0
    letters = len(ways) - 2
    limit = _FARTHEST * letters
    spent = _spent(ways, arabic, limit)
    if arabic is other and len(arabic) > 3 and arabic.startswith(_PARTICLES):
        spent = min(spent, _CHANGED + _spent(ways, arabic[1:], limit - _CHANGED))
    if latin is other and arabic.endswith(_HISSING):
        spent = min(spent, _CHANGED + _spent(_ways(latin + "s"), arabic, limit - _CHANGED))
    return _alike(spent, letters) if spent < limit else 0.0


def similarity_of_stem(word: str, stem: str) -> float:
    """How well a folded word sounds like a stem of the other script, which may have lost its end (Zitoun: زيت), 0 to 1.

    The same as `similarity`, where the lost end of an Arabic stem costs 0.8 nats.

    >>> similarity("zitoun", "زيت") < 0.5 < similarity_of_stem("zitoun", "زيت")
    True
    """
    whole = similarity(word, stem)
    if is_arabic(word) or not is_arabic(stem):
        return whole
    ways = _ways(word)
    letters = len(ways) - 2
    limit = _FARTHEST * letters
    ended = [_LOST + _spent(ways, stem + end, limit - _LOST) for end in _ENDS.get(word[-1:], ())] if ways else []
    return max([whole, *(_alike(spent, letters) for spent in ended if spent < limit)])


def _alike(spent: float, letters: int) -> float:
    return math.exp(-((spent / letters / _WIDTH) ** 2))


def spelled_out(names: Sequence[str]) -> tuple[str, ...]:
    """The Latin acronyms that a row of folded Arabic letter names may spell, the likeliest first; none unless all are such names.

    >>> spelled_out(["سي", "ان", "ان"])
    ('cnn',)
    """
    letters = [_SPELT.get(name, "") for name in names]
    if len(letters) < 2 or not all(letters):
        return ()
    return tuple(islice(map("".join, product(*letters)), _MOST_ACRONYMS))


def marked(latin: str) -> str:
    """A Latin word between the marks of its beginning and its end.

    >>> marked("kirby")
    '<kirby>'
    """
    return f"<{latin}>"


@lru_cache(maxsize=50_000)
def _keys(word: str, most: int, coarse: bool, longest: int) -> tuple[str, ...]:
    if not is_arabic(word):
        return _likeliest(word, most, coarse, longest)
    forms = [word]
    if len(word) > 4 and word.startswith(_ARTICLE):
        forms.append(word.removeprefix(_ARTICLE))
    elif len(word) > 3 and word.startswith(_PARTICLES):
        forms.append(word[1:])
    return tuple(dict.fromkeys(_ended(_key(form, coarse)[:longest]) for form in forms))


def _key(arabic: str, coarse: bool) -> str:
    """The classes of the letters, a doubled sound single."""
    classes = _CAPITALS if coarse else _LETTERS
    key = ""
    for letter in arabic:
        sound = classes.get(letter, "")
        key += sound if sound != key[-1:] else ""
    return key


def _ended(key: str) -> str:
    """Without a weak last letter, which a stem may have lost."""
    return key[:-1] if len(key) > 2 and key.endswith(_ENDINGS) else key


def _likeliest(latin: str, most: int, coarse: bool, longest: int) -> tuple[str, ...]:
    """The likeliest keys of a Latin word, over all rows of steps, by a beam search."""
    known = _known(latin)[:_LONGEST]
    if not known:
        return ("",)
    pieces = _pieces(coarse)
    name = marked(known)
    begun: list[dict[str, float]] = [{} for _ in range(len(name) + 1)]
    begun[0][""] = 1.0
    for i in range(len(name)):
        kept = nlargest(max(most, _LEAST_BEAM), begun[i].items(), key=itemgetter(1))
        kept = [(key, p) for key, p in kept if p >= _UNLIKELY * kept[0][1]]
        for k in range(i + 1, min(i + LONGEST_LATIN, len(name)) + 1):
            column = begun[k]
            for piece, p in pieces.get(name[i:k], ()):
                first, rest = piece[:1], piece[1:]
                for key, q in kept:
                    joined = (key + (rest if first == key[-1:] else piece))[:longest]
                    column[joined] = column.get(joined, 0.0) + p * q
    ended: dict[str, float] = defaultdict(float)
    for key, p in begun[-1].items():
        ended[_ended(key)] += p
    return tuple(key for key, _ in nlargest(most, ended.items(), key=itemgetter(1)))


@cache
def _pieces(coarse: bool) -> _Pieces:
    """The steps with their Arabic sides as parts of keys."""
    found = {}
    for latin, written in _costs().items():
        likely: dict[str, float] = defaultdict(float)
        for arabic, cost in written.items():
            likely[_key(arabic, coarse)] += math.exp(-cost)
        least = _UNLIKELY_PIECE * max(likely.values())
        found[latin] = tuple((piece, p) for piece, p in likely.items() if p >= least)
    return found


def _spent(ways: _Ways, arabic: str, limit: float) -> float:
    """What the cheapest row of steps to `arabic` costs beyond that to the best spelling; infinite from `limit` on."""
    length = len(arabic)
    rows: list[dict[int, float]] = [{} for _ in range(len(ways) + 1)]
    rows[0][0] = 0.0
    for i, steps in enumerate(ways):
        for j, spent in rows[i].items():
            groups = [(end, arabic[j:end]) for end in range(j, min(j + LONGEST_ARABIC, length) + 1)]
            for k, written in steps:
                row = rows[k]
                for end, group in groups:
                    if group in written:
                        total = spent + written[group]
                        if total < row.get(end, limit):
                            row[end] = total
    return rows[-1].get(length, math.inf)


@lru_cache(maxsize=10_000)
def _ways(latin: str) -> _Ways:
    """From each letter of the marked word: where a step ends, and what it costs to write each Arabic group there beyond the best way on.

    Counted so no cost is negative, and a row of steps can be given up as soon as it is too dear (a potential, as in A*).
    """
    costs = _fair_costs()
    known = _known(latin)
    name = marked(known)
    groups = [
        [(k, costs[name[i:k]]) for k in range(i + 1, min(i + LONGEST_LATIN, len(name)) + 1) if name[i:k] in costs]
        for i in range(len(name))
    ]
    best = [0.0] * (len(name) + 1)
    for i in reversed(range(len(name))):
        best[i] = min(min(written.values()) + best[k] for k, written in groups[i])
    farthest = _FARTHEST * len(known)
    return tuple(
        tuple(
            (k, {a: beyond for a, cost in written.items() if (beyond := cost + best[k] - best[i]) < farthest})
            for k, written in groups[i]
        )
        for i in range(len(name) if known else 0)
    )


def _known(latin: str) -> str:
    return "".join(c for c in latin if c in _costs())


@cache
def _fair_costs() -> _Steps:
    """The steps' costs when every Arabic word is as likely to be the one: a group that is written often tells less."""
    likely: dict[str, float] = defaultdict(float)
    for written in _costs().values():
        for arabic, cost in written.items():
            likely[arabic] += math.exp(-cost)
    usual = {arabic: _FAIRNESS * math.log(p) for arabic, p in likely.items()}
    return {
        latin: {arabic: cost + usual[arabic] for arabic, cost in written.items()} for latin, written in _costs().items()
    }


@cache
def _costs() -> _Steps:
    """What each step costs: minus the natural logarithm of its probability. Every letter may be left unwritten."""
    costs: dict[str, dict[str, float]] = {mark: {"": _UNSEEN} for mark in marked("")}
    for latin, arabic, cost in rows(read("transliteration.tsv")):
        costs.setdefault(latin, {"": _UNSEEN} if len(latin) == 1 else {})[arabic] = float(cost)
    return costs
