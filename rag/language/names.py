"""Names across scripts: Kirby is كيربي, Marotto is ماروتو.

A word's *skeleton* is its consonants, each reduced to the class of sounds that transliteration confuses (ت ط and t, ج غ and g j, …), vowels
and h left out. Names whose skeletons are equal are candidates; a weighted edit distance over the full spelling ranks them.
"""

from functools import lru_cache
from itertools import product

from rag.language.characters import is_arabic

_VOWEL = "a"
_ARABIC = {
    "ب": "b", "ت": "t", "ط": "t", "ث": "t", "ج": "g", "غ": "g", "ح": "h", "ه": "h", "خ": "k", "ك": "k", "ق": "k",
    "د": "d", "ض": "d", "ذ": "d", "ر": "r", "ز": "s", "ظ": "s", "س": "s", "ص": "s", "ش": "s", "ف": "f", "ل": "l",
    "م": "m", "ن": "n", "ا": "a", "و": "w", "ي": "y", "ع": "a", "ء": "",
}  # fmt: skip
_LATIN = {
    "b": "b", "p": "b", "t": "t", "d": "d", "g": "g", "j": "g", "k": "k", "c": "k", "q": "k", "x": "ks", "s": "s",
    "z": "s", "f": "f", "v": "f", "r": "r", "l": "l", "m": "m", "n": "n", "h": "h", "w": "w", "y": "y",
    "a": "a", "e": "a", "i": "y", "o": "w", "u": "w", "'": "",
}  # fmt: skip
# Letter groups and the sounds each may stand for.
_LATIN_GROUPS = {
    "tch": ("s",), "sch": ("s",), "ch": ("s", "k"), "sh": ("s",), "kh": ("k",), "gh": ("g", ""), "th": ("t", "s", "d"),
    "dh": ("d",), "ph": ("f",), "ck": ("k",), "ou": ("w",), "oo": ("w",), "ee": ("y",), "ce": ("sa", "ka"), "ci": ("sy", "ky"),
    "cy": ("sy",), "ts": ("ts",), "g": ("g", "k"),
}  # fmt: skip
_ARABIC_GROUPS = {"تش": "s"}
_SOFT = frozenset("awyh")
_PROCLITICS = ("ب", "ل", "ك", "ف")
_MOST_READINGS = 8
_SOFT_COST = 0.25  # a vowel or h too many, too few, or another one


def skeletons(word: str) -> tuple[str, ...]:
    """The skeletons a folded word may have: one for Arabic (and one without its proclitic), several for Latin letters.

    >>> skeletons("كيربي"), skeletons("kirby")
    (('krb', 'rb'), ('krb',))
    """
    readings = _sounds(word)
    if is_arabic(word) and len(word) > 3 and word.startswith(_PROCLITICS):
        readings = (*readings, *_sounds(word[1:]))
    return tuple(dict.fromkeys(_skeleton(reading) for reading in readings))


def similarity(latin: str, arabic: str) -> float:
    """How well a folded Latin name and a folded Arabic word or stem sound alike, 0 to 1."""
    forms = [arabic]
    if len(arabic) > 3 and arabic.startswith(_PROCLITICS):
        forms.append(arabic[1:])
    return max(_alike(a, b) for a in _sounds(latin) for form in forms for b in _sounds(form))


@lru_cache(maxsize=50_000)
def _sounds(word: str) -> tuple[str, ...]:
    """The word as sounds, doubled letters single; several readings where Latin spelling is ambiguous."""
    arabic = is_arabic(word)
    parts: list[tuple[str, ...]] = []
    i = 0
    while i < len(word):
        for length in (3, 2, 1):
            group = word[i : i + length]
            if arabic and group in _ARABIC_GROUPS:
                parts.append((_ARABIC_GROUPS[group],))
                break
            if not arabic and len(group) == length and group in _LATIN_GROUPS:
                parts.append(_LATIN_GROUPS[group])
                break
        else:
            length = 1
            parts.append(((_ARABIC if arabic else _LATIN).get(word[i], ""),))
        i += length
    readings = []
    for reading in product(*parts):
        readings.append(_single("".join(reading)))
        if len(readings) == _MOST_READINGS:
            break
    return tuple(dict.fromkeys(readings))


def _single(sounds: str) -> str:
    return "".join(c for i, c in enumerate(sounds) if i == 0 or c != sounds[i - 1])


def _skeleton(sounds: str) -> str:
    return _single("".join(c for c in sounds if c not in _SOFT))


def _alike(a: str, b: str) -> float:
    """1 - weighted edit distance / length: vowels and h count a quarter of a consonant."""
    row = [0.0]
    for c in b:
        row.append(row[-1] + _cost(c))
    for c in a:
        previous, row = row, [row[0] + _cost(c)]
        for j, d in enumerate(b):
            change = 0.0 if c == d else _SOFT_COST if c in _SOFT and d in _SOFT else 1.0
            row.append(min(previous[j] + change, previous[j + 1] + _cost(c), row[j] + _cost(d)))
    longest = max(sum(map(_cost, a)), sum(map(_cost, b)), 1.0)
    return max(0.0, 1 - row[-1] / longest)


def _cost(sound: str) -> float:
    return _SOFT_COST if sound in _SOFT else 1.0
