"""Arabic in Latin letters and digits (Arabizi): "kam sarookh darab el qa3ida" is كم صاروخ ضرب القاعده.

What is Arabizi is told by words that no European language has (kam, wein, 3ala) and digits within words (7asab). Each word is then the Arabic one
that sounds like it: the words with its consonants, of the vocabulary, the dialects and the index, are rated by the cheapest row of steps that
write groups of Latin letters as Arabic ones (`data/arabizi_sounds.tsv`; the search is that of `rag.language.names`, whose steps were learnt from
English spellings of names and know no digits) and by how frequent they are. A word like none stays in Latin letters, so that it is sought by
its sound as a name of an English question is.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from rag.language.characters import ARABIC_LETTER, LATIN_LETTER, fold
from rag.language.data_files import read, rows
from rag.language.dialect import Known, forms, to_standard
from rag.language.frequency import frequencies
from rag.language.lexicon import lexicon
from rag.language.names import consonants, similarity, skeletons
from rag.language.senses import senses
from rag.language.stem import stem
from rag.language.stopwords import ASKING, STOPWORDS
from rag.language.typos import english_names, english_words
from rag.language.vocabulary import is_present_verb, proper_names, vocabulary

SoundingLike = Callable[[str], list[str]]  # the stems in the index under a key of `rag.language.names`

_TOKEN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|['’](?=[A-Za-z0-9])|(?<=[3679])['’])*")
# A digit that is a letter: between or beside letters, but not a measure, an ordinal or a code (3rd, 5G, 10km, F16, G7, covid19, mp3).
_LETTER_DIGIT = re.compile(r"(?<=[a-z])[2356789](?=[a-z])|^[23579](?=[a-z]{2})|(?<=[a-z]{2})[37]$")
_FIGURE = re.compile(
    r"(?:\d+(?:st|nd|rd|th|s|g|k|m|d|p|x|bn|mn|km|kg|cm|mm|mw|gw|kw|kv|gb|tb|mb|am|pm|hz|ghz|mph|kph|min|hrs?|sec|mm|ft|in|yr|yrs|yo|way|ers?|"
    r"day|days|year|years|month|months|week|weeks|hour|hours|point|part|star|man|men|million|billion|percent|dimensional|fold|metre|meter|mile)"
    r"|[a-z]\d[a-z]?|[a-z]{2,4}-?\d|.*\d{2,}.*|covid\d*|mp\d|web\d|4x4|b2b|b2c|g2g|p2p|c3po|w3c|y2k|h1n1|h5n1|h2o|co2|ch4)"
)
_MEASURE = re.compile(r"\d+(?:st|nd|rd|th|[a-z])?|[a-z]\d+")
_SUN = re.compile(r"^[aei]?(sh|th|dh|[dtrzsnl])(?=\1)")
_DOUBLED = re.compile(r"(sh|kh|gh|th|dh|[bcdfghjklmnpqrstvwxyz2356789])\1+")
_DOUBLE_KEPT = re.compile(r"(.)\1{2,}")

# English words that Arabizi has not.
_ENGLISH = frozenset(
    """the of what who whom whose when where why how did does do was were is are has have had which and to from by with at for that this these
    those it its     their his her many much more most into after before about against between during not no""".split()
)

_CLASSES = {
    "ب": "B", "پ": "B", "ت": "T", "ط": "T", "ث": "S", "س": "S", "ص": "S", "د": "D", "ذ": "D", "ض": "D", "ظ": "D", "ز": "D", "ج": "G", "غ": "G",
    "ح": "H", "ه": "H", "خ": "X", "ر": "R", "ش": "C", "ف": "F", "ق": "K", "ك": "K", "ل": "L", "م": "M", "ن": "N",
}  # fmt: skip
_LATIN_CLASSES = {
    "sh": "C", "kh": "X", "gh": "G", "th": "SDT", "dh": "D", "ch": "CX", "dj": "G", "ck": "K", "7'": "X", "3'": "G", "9'": "D", "6'": "D",
    "b": "B", "p": "B", "t": "T", "6": "T", "s": "S", "d": "D", "z": "D", "4": "D", "j": "G", "g": "GK", "7": "H", "h": "H", "5": "X",
    "x": "X", "r": "R", "$": "C", "f": "F", "v": "F", "q": "K", "k": "K", "c": "KS", "8": "KG", "9": "SK", "2": ".K", "l": "L", "m": "M",
    "n": "N",
}  # fmt: skip
_LATIN_GROUP = re.compile("|".join(map(re.escape, sorted(_LATIN_CLASSES, key=len, reverse=True))))
_MOST_KEYS = 12
_SOUNDS = {
    "3'": "gh", "7'": "kh", "9'": "d", "2": "", "3": "a", "4": "th", "5": "kh", "6": "t", "7": "h", "8": "q", "9": "s",
}  # fmt: skip
# Letters that one way of writing leaves no doubt about.
_CERTAIN = {
    "3'": "غ",
    "7'": "خ",
    "9'": "ض",
    "3": "ع",
    "5": "خ",
    "6": "ط",
    "7": "ح",
    "kh": "خ",
    "gh": "غ",
    "sh": "ش",
    "q": "ق",
    "j": "ج",
}
_CERTAIN_GROUP = re.compile("|".join(map(re.escape, _CERTAIN)))

_ARTICLES = ("ال", "لل")
_OPEN = "…"  # ends what the table joins to the next word
_LONGEST_LATIN, _LONGEST_ARABIC = 3, 2  # letters of a step
_UNHEARD = {
    "ا": 0.7,
    "و": 0.9,
    "ي": 0.8,
    "ع": 0.7,
    "ء": 0.25,
    "ه": 1.2,
}  # Arabic letters that the Latin spelling leaves out
_FREQUENT = 0.07  # how much a word ten times as frequent gains
_IN_INDEX, _MOST_GUESSES = 0.25, 6  # what a word that the index has costs less, and how many are compared
_DIALECT = 0.15  # what a word of the dialects alone costs
_UNLISTED = 5.0  # occurrences per million of a word without a frequency
_DEAREST, _A_LETTER = 0.55, 0.17  # what a word may cost at most: a part that is free, and so much a letter
_NAME_DEAREST = 0.10  # a letter, of a name in capitals: else it stays as written
_PLAIN, _PLAIN_NOUN = 0.06, 0.15  # the same of a word that is English, too, elsewhere and after an article
_WELL_HEARD = 0.1  # a letter, up to which no word of the index is compared
_LEAST_SIMILAR = 0.6
_MOST_CANDIDATES = 200

_OF_VERBS, _OF_NOUNS = frozenset(("ت", "وا")), frozenset(("ين", "ات", "يين"))
_UNFIT = 0.35  # what a verb costs where a noun is wanted, or the other way round
_PERSON = {"y": "ي", "t": "ت", "n": "ن"}
_PERSONS = frozenset(_PERSON.values())
_Joinable = tuple[tuple[str, str, float], ...]
# What may be joined before and after a word: in Latin, in Arabic, and its cost.
_PREFIXES: _Joinable = (
    ("el", "ال", 0.1), ("al", "ال", 0.1), ("il", "ال", 0.15), ("l", "ال", 0.45), ("bel", "بال", 0.15), ("bil", "بال", 0.15),
    ("b", "ب", 0.35), ("bi", "ب", 0.25), ("be", "ب", 0.3), ("ba", "ب", 0.4), ("fel", "في ال", 0.15), ("fil", "في ال", 0.15),
    ("w", "و", 0.35), ("wa", "و", 0.35), ("wel", "وال", 0.15), ("wil", "وال", 0.15), ("wal", "وال", 0.15), ("lel", "لل", 0.15),
    ("lil", "لل", 0.15), ("li", "ل", 0.35), ("3al", "على ال", 0.1), ("3el", "على ال", 0.1), ("hal", "هذا ال", 0.2),
)  # fmt: skip
_SUFFIXES: _Joinable = (
    ("at", "ت", 0.2), ("et", "ت", 0.2), ("it", "ت", 0.25), ("u", "وا", 0.25), ("o", "وا", 0.3), ("ou", "وا", 0.2), ("oo", "وا", 0.2),
    ("ha", "ها", 0.2), ("hom", "هم", 0.2), ("hum", "هم", 0.2), ("on", "هم", 0.5), ("na", "نا", 0.35), ("o", "ه", 0.35), ("u", "ه", 0.4),
    ("oh", "ه", 0.25), ("hu", "ه", 0.3), ("een", "ين", 0.15), ("in", "ين", 0.25), ("oon", "ون", 0.15), ("un", "ون", 0.3),
    ("aat", "ات", 0.1), ("at", "ات", 0.25), ("et", "ات", 0.35), ("ein", "ين", 0.2), ("an", "ا", 0.25), ("iyyeen", "يين", 0.1),
    ("iyin", "يين", 0.2),
)  # fmt: skip
_PRESENT = re.compile(r"^(?:b[ei]?|[7h]a?|s[ae]|3am)?(?:[ytn](?=[aeiou2-9])|[ytn](?=[b-df-hj-np-tv-z2-9]))[aeiou]?")


@dataclass(frozen=True, slots=True)
class _Guess:
    """An Arabic word that a Latin one may be, and what it costs."""

    arabic: str
    cost: float


def is_arabizi(text: str) -> bool:
    """Whether a text is Arabic in Latin letters; never so where English function words say otherwise.

    >>> is_arabizi("wein sar el enfijar?"), is_arabizi("Did 3 rockets hit the base?")
    (True, False)
    """
    if ARABIC_LETTER.search(text) or not LATIN_LETTER.search(text):
        return False
    tokens = [token.lower() for token in _TOKEN.findall(text) if not token.isdigit()]
    shown = sum(2 for token in tokens if _shows_sound(token) or token in _sure())
    english = sum(token in _ENGLISH for token in tokens)
    if not tokens or english > (1 if shown >= 4 else 0):
        return False
    possible = len({token for token in tokens if token in _table() and token not in _sure()})
    plain = sum(token in english_words() and token not in _table() for token in tokens)
    return (shown >= 4 or (shown >= 2 and (possible > 0 or plain * 2 <= len(tokens)))) and plain * 2 <= len(tokens)


def to_arabic(text: str, known: Known | None = None, sounding_like: SoundingLike | None = None) -> str:
    """A question in Arabizi in Arabic letters and standard words; names and words that sound like nothing known stay Latin.

    >>> to_arabic("kam sarookh darab el qa3ida?")
    'كم صاروخ ضرب القاعده؟'

    Args:
        text: a question for which `is_arabizi` holds.
        known: whether a stem is in the index.
        sounding_like: the stems in the index by sound (`LexicalIndex.sounding_like`).
    """
    pieces: list[str] = []
    tokens = list(_TOKEN.finditer(text))
    i, end, before = 0, 0, ""  # what the next word is joined to
    while i < len(tokens):
        last, written = _phrase(tokens, i)
        if not written:
            noun = before.endswith(_ARTICLES)
            written = _word(tokens[i][0], known, sounding_like, first=i == 0, noun=noun)
        gap = "" if before else text[end : tokens[i].start()]
        end = tokens[last - 1].end()
        if written.endswith(_OPEN):
            pieces.append(gap)
            before += written.removesuffix(_OPEN)
        else:
            pieces += [gap, _after(before, written)]
            before = ""
        i = last
    return to_standard("".join([*pieces, before, text[end:]]).replace("?", "؟"), known)


def _after(before: str, word: str) -> str:
    """A word after an article or particles: joined, if it is Arabic as well."""
    if before and not ARABIC_LETTER.match(word):
        return f"{before.removesuffix('ال').strip()} {word}".strip()
    return before + (word.removeprefix("ال") if before.endswith(_ARTICLES) else word)


def _phrase(tokens: Sequence[re.Match[str]], i: int) -> tuple[int, str]:
    """The longest row of words that the table has, and what it is."""
    for length in (3, 2, 1):
        group = tokens[i : i + length]
        if len(group) == length:
            spelt = " ".join(token[0].lower().replace("’", "'") for token in group)
            if spelt in _table():
                return i + length, _table()[spelt]
    return i + 1, ""


def _word(token: str, known: Known | None, sounding_like: SoundingLike | None, *, first: bool, noun: bool) -> str:
    spelt = token.lower().replace("’", "'")
    if _MEASURE.fullmatch(spelt) or spelt in english_names():
        return token
    is_name = token[0].isupper() and not first and not _shows_sound(spelt)
    guess = _likeliest(_guesses(spelt, noun=noun), known)
    letters = len(_DOUBLED.sub(r"\1", spelt))
    dearest = _NAME_DEAREST * letters if is_name else _DEAREST + _A_LETTER * letters
    if (
        spelt in english_words()
        and not _shows_sound(spelt)
        and (not guess or guess.cost > (_PLAIN_NOUN if noun else _PLAIN) * letters or is_name)
    ):
        return token
    heard = (
        _heard(spelt, sounding_like) if sounding_like and (not guess or guess.cost > _WELL_HEARD * letters) else None
    )
    best = min((one for one in (guess, heard) if one), key=lambda one: one.cost, default=None)
    return best.arabic if best and best.cost <= dearest else _bare(token)


def _bare(token: str) -> str:
    """A word with the letters that its digits sound like: 3iraqi is airaqi."""
    for sound, letters in _SOUNDS.items():
        token = token.replace(sound, letters)
    return token


def _likeliest(guesses: Sequence[_Guess], known: Known | None) -> _Guess | None:
    """The cheapest guess, where what the index has costs less."""
    rated = ((guess.cost - _IN_INDEX * bool(known and known(stem(fold(guess.arabic)))), guess) for guess in guesses)
    return min(rated, key=lambda one: one[0], default=(0.0, None))[1]


@lru_cache(maxsize=20_000)
def _guesses(spelt: str, *, noun: bool) -> tuple[_Guess, ...]:
    """The likeliest words of the vocabulary and the dialects, the cheapest first; `noun` after an article."""
    costs: dict[str, float] = {}
    spelt = _DOUBLE_KEPT.sub(r"\1\1", spelt)
    least = math.inf
    for before, core, after, spent in _cuts(spelt):
        for word, cost in _costs(core, spent, least + _IN_INDEX):
            written = _joined(before, word) + after
            cost += _UNFIT * (not _is_fit(word, after, noun=noun or before.endswith(_ARTICLES)))
            if written and cost < costs.get(written, math.inf):
                costs[written] = cost
                least = min(least, cost)
    kept = sorted((cost, arabic) for arabic, cost in costs.items() if cost < least + _IN_INDEX)[:_MOST_GUESSES]
    return tuple(_Guess(arabic, cost) for cost, arabic in kept)


def _is_fit(word: str, after: str, *, noun: bool) -> bool:
    """Whether a word is of the kind that the article before it or the ending after it asks for."""
    kinds = {sense.kind for sense in senses(word)}
    if not kinds or (after and word.endswith("ه")):
        return after not in _OF_VERBS and not (after and word.endswith("ه"))
    verb = not kinds.isdisjoint("vij")
    other = bool(kinds.difference("vij"))
    return (
        (other and after not in _OF_VERBS)
        if noun
        else (verb if after in _OF_VERBS else other or after not in _OF_NOUNS)
    )


def _joined(before: str, word: str) -> str:
    """A word after what is joined to it; a verb's mark of person takes the place of its own, and only a verb has one."""
    if before in _PERSONS:
        return before + word[1:] if is_present_verb(word) else ""
    return before + word


def _cuts(spelt: str) -> Iterator[tuple[str, str, str, float]]:
    """The word whole, and what is left without what may be joined to it: Arabic before, Latin word, Arabic after, cost."""
    starts = [("", spelt, 0.0)]
    sun = _SUN.match(spelt)
    if sun and len(spelt) > 5:
        starts.append(("ال", spelt[sun.end() :], 0.2))
    starts += [
        (arabic, spelt[len(latin) :], cost)
        for latin, arabic, cost in _PREFIXES
        if spelt.startswith(latin) and len(spelt) > len(latin) + 2
    ]
    for before, core, spent in starts:
        yield before, core, "", spent
        present = _PRESENT.match(core)
        if present and before == "" and len(core) > len(present[0]) + 1:
            person = next(letter for letter in present[0] if letter in _PERSON)
            yield _PERSON[person], "y" + core[core.index(person) + 1 :], "", spent + 0.05
        for latin, arabic, cost in _SUFFIXES:
            if core.endswith(latin) and len(core) > len(latin) + 2:
                yield before, core[: -len(latin)], arabic, spent + cost


def _costs(core: str, spent: float, most: float) -> Iterator[tuple[str, float]]:
    ways = _ways(_DOUBLED.sub(r"\1", core))
    certain = {_CERTAIN[group] for group in _CERTAIN_GROUP.findall(core)}
    for word, prior in _candidates(core):
        if certain.issubset(word):
            cost = spent + prior + _spelling_cost(ways, word, most - spent - prior)
            if cost < most:
                yield word, cost


def _candidates(core: str) -> Iterable[tuple[str, float]]:
    return (one for key in _latin_keys(_DOUBLED.sub(r"\1", core)) for one in _by_key().get(key, ()))


def _translations() -> Iterator[str]:
    """Every Arabic term that the lexicon translates an English one with: the more a stem is in, the more usual it is."""
    for packed in lexicon().entries.values():
        for alternative in packed.split("|"):
            yield alternative.partition(":")[2]


def _latin_keys(spelt: str) -> list[str]:
    groups = [_LATIN_CLASSES[group] for group in _LATIN_GROUP.findall(spelt)]
    keys = ["".join(key).replace(".", "") for key in product(*groups)][:_MOST_KEYS]
    if re.search(r"h$", spelt):
        keys += [key[:-1] for key in keys]
    if re.search(r"[aei]t$", spelt):
        keys += [key[:-1] for key in keys]
    return list(dict.fromkeys(_single(key) for key in keys))


def _single(key: str) -> str:
    return re.sub(r"(.)\1+", r"\1", key)


def _arabic_key(word: str) -> str:
    bare = word.removesuffix("ه") if len(word) > 2 else word
    return _single("".join(_CLASSES.get(letter, "") for letter in bare))


@cache
def _by_key() -> dict[str, list[tuple[str, float]]]:
    """Every word that an Arabizi one may be, under its consonants, with what its rarity costs."""
    table: dict[str, list[tuple[str, float]]] = {}
    meanings = Counter(part for stems in _translations() for part in stems.split(" "))
    for word in sorted(
        vocabulary() | proper_names() | set(forms()) | {w for w in STOPWORDS | ASKING if ARABIC_LETTER.match(w)}
    ):
        if " " not in word and not word.startswith("ال"):
            root = stem(word)
            often = max(frequencies().get(root, _UNLISTED), _UNLISTED) / _UNLISTED
            prior = -_FREQUENT * math.log10(often * (1 + meanings[root]))
            prior += _DIALECT * (word not in vocabulary() and word not in STOPWORDS)
            table.setdefault(_arabic_key(word), []).append((word, prior))
    return table


@lru_cache(maxsize=20_000)
def _ways(spelt: str) -> tuple[tuple[tuple[int, dict[str, float]], ...], ...]:
    """From each letter of the marked word: where a step ends, and what each Arabic group costs there."""
    name = f"<{spelt}>"
    return tuple(
        tuple(
            (k, _steps()[name[i:k]])
            for k in range(i + 1, min(i + _LONGEST_LATIN, len(name)) + 1)
            if name[i:k] in _steps()
        )
        for i in range(len(name))
    )


def _spelling_cost(ways: Sequence[Sequence[tuple[int, dict[str, float]]]], arabic: str, most: float) -> float:
    """What the cheapest row of steps from a Latin to an Arabic word costs; infinite from `most` on."""
    length = len(arabic)
    rows: list[dict[int, float]] = [{} for _ in range(len(ways) + 1)]
    rows[0][0] = 0.0
    for i, steps in enumerate(ways):
        row = rows[i]
        for j in range(length):  # letters that the Latin word leaves out
            if j in row and arabic[j] in _UNHEARD and i:
                left_out = row[j] + _UNHEARD[arabic[j]]
                if left_out < row.get(j + 1, most):
                    row[j + 1] = left_out
        for j, spent in row.items():
            for k, written in steps:
                following = rows[k]
                for end in range(j, min(j + _LONGEST_ARABIC, length) + 1):
                    cost = written.get(arabic[j:end])
                    if cost is not None and spent + cost < following.get(end, most):
                        following[end] = spent + cost
    return rows[-1].get(length, math.inf)


def _heard(spelt: str, sounding_like: SoundingLike) -> _Guess | None:
    """The stem of the index that sounds most like a word, rated like the vocabulary's."""
    latin = _bare(spelt)
    ways = _ways(_DOUBLED.sub(r"\1", spelt))
    keys = (*skeletons(latin), *consonants(latin))
    best: _Guess | None = None
    for one in list(dict.fromkeys(found for key in keys if len(key) > 1 for found in sounding_like(key)))[
        :_MOST_CANDIDATES
    ]:
        if ARABIC_LETTER.match(one) and similarity(latin, one) >= _LEAST_SIMILAR:
            cost = _spelling_cost(ways, one, best.cost if best else math.inf)
            best = _Guess(one, cost) if not best or cost < best.cost else best
    return best


@cache
def _steps() -> dict[str, dict[str, float]]:
    steps: dict[str, dict[str, float]] = {}
    for latin, groups in rows(read("arabizi_sounds.tsv")):
        costs = (group.rsplit(":", 1) for group in groups.split(" "))
        steps[latin] = {arabic.replace("-", ""): float(cost) for arabic, cost in costs}
    return steps


@cache
def _table() -> dict[str, str]:
    """Function words and the usual spellings of frequent ones."""
    return {form: arabic for _, form, arabic in _rows()}


@cache
def _sure() -> frozenset[str]:
    """Spellings that are no words of English or known as names there."""
    sure = {form for kind, form, _ in _rows() if kind == "sure" and len(form) > 1}
    return frozenset(sure - english_words() - _ENGLISH)


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    listed = rows(read("arabizi.tsv"))
    return tuple((kind, form, arabic) for kind, forms_, arabic in listed for form in forms_.split("|"))


def _shows_sound(token: str) -> bool:
    """Whether a word has a digit that is a letter (7asab, qa3ida)."""
    return bool(_LETTER_DIGIT.search(token)) and not _FIGURE.fullmatch(token)
