"""Questions in an Arabic dialect in the words of standard Arabic: شكد صاروخ انضرب عالقاعدة is كم صاروخ ضرب على القاعدة.

`data/dialect.tsv` says which words are dialect. Many of them are standard words or names as well (شو, راح, عربية): they are read as
dialect only beside a word that shows dialect, and so are the forms that a dialect makes from standard words (بيقول, انقتل, هالهجوم, ماقالش).
Word order is kept, but for a question word that follows its verb (الوزير قال ايه: ماذا قال الوزير).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rag.language.characters import fold, is_arabic
from rag.language.data_files import read, rows
from rag.language.names import spelled_out
from rag.language.senses import senses
from rag.language.stem import stem
from rag.language.stopwords import ASKING, STOPWORDS
from rag.language.vocabulary import is_present_verb, known_form, vocabulary
from rag.language.words import Word, words

Known = Callable[[str], bool]  # whether a stem is in the index

# Letters that only dialect is written with, which folding would make others.
_KEPT = str.maketrans({"گ": "\ue000", "چ": "\ue001"})
_ARTICLE = "ال"
_NOUN_PREFIX = re.compile(r"(?:[وف]?(?:[بك]?ال|لل)|[وف]?[بل]|[وف])(?=..)")
_WORD_PREFIX = re.compile(r"[وف]?[بل](?=..)|[وف](?=..)")
_PRONOUN = re.compile(r"(?<=...)(?:ها|هم|هن|نا|كم|ه|و)$")
_PRESENT_PREFIX = re.compile(r"[بحهك](?=[يتن]..)")
_MAGHREBI = frozenset(
    "ديال تاع نتاع متاع شحال علاش شكون اشكون واش كيفاش بزاف برشا ملي وقتاش فوقاش اش اشنو شنوه شنيه".split()
)
_PASSIVE = re.compile(r"(?:ان|ات)(?=...)")
_VERB_ENDING = re.compile(r"(?<=..)(?:وا|ون|و|ت)$")
_NEGATED = re.compile(r"(?:ما|م)(...+?)(?:و?ش)")
_PREPOSITIONS = frozenset("في من على الى عن مع عند بعد قبل ضد بين ب ل حسب".split())
_POLITE = frozenset("طيب طب يعني ممكن لو سمحت من فضلك رجاء قلي قوللي خبرني احكيلي يا اخي سؤال بربك".split())
_PRECEDENCE = ("future", "verb", "asks", "word", "noun")  # of the readings of one word
_VERBS, _NOUNS = frozenset("vij"), frozenset("nspg")
_LEAST_REST = 4  # letters of a word after a contracted preposition, where nothing else shows dialect


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a dialect word is in standard Arabic; `optional` where it may be a standard word itself."""

    kind: str
    standard: str
    optional: bool


@dataclass(frozen=True, slots=True)
class _Reading:
    """Words `first` to `last` (exclusive) of a question read as dialect."""

    first: int
    last: int
    entry: _Entry
    text: str


def to_standard(text: str, known: Known | None = None) -> str:
    """A question with its dialect words in standard Arabic; one without any is returned as it is.

    >>> to_standard("شكد صاروخ سقط عالقاعدة؟"), to_standard("كم صاروخا سقط على القاعدة؟")
    ('كم صاروخ سقط على القاعدة؟', 'كم صاروخا سقط على القاعدة؟')

    Args:
        text: a question as asked; only its Arabic words are read.
        known: whether a stem is in the index.
    """
    found = words(text)
    if not any(is_arabic(word.text) for word in found):
        return text
    readings = _readings(found, text)
    shown = any(_shows(reading, found) for reading in readings) or any(
        _derived(word, False, known, maghrebi=False) != word.text for word in found
    )
    kept = {reading.first: reading for reading in readings if shown or not reading.entry.optional}
    maghrebi = any(word.folded in _MAGHREBI for word in found)
    rewritten: dict[int, tuple[int, str]] = {}  # first word → the one after the last, and what to write
    i = 0
    while i < len(found):
        if i in kept:
            rewritten[i] = (kept[i].last, _fitting(kept[i], found, kept))
            i = kept[i].last
            continue
        standard = _derived(found[i], shown, known, maghrebi=maghrebi)
        if standard != found[i].text:
            rewritten[i] = (i + 1, standard)
        i += 1
    asking = next((r for r in kept.values() if r.entry.kind == "asks" and shown), None)
    return _assembled(text, found, rewritten, asking)


def as_written(text: str, ending: str) -> str:
    """The end of a word that folds to `ending`, as it is written.

    >>> as_written("عالقاعدة", "قاعده")
    'قاعدة'
    """
    return next((text[i:] for i in range(len(text)) if fold(text[i:]) == ending), ending)


def forms() -> frozenset[str]:
    """Every dialect word that is no phrase and means something, folded."""
    return frozenset(
        key for key, listed in _entries().items() if " " not in key and is_arabic(key) and listed[0].standard != "-"
    )


def _readings(found: Sequence[Word], text: str) -> list[_Reading]:
    """The dialect words and phrases, the longest at each place."""
    keys = [_key(word.text) for word in found]
    readings: list[_Reading] = []
    i = 0
    while i < len(found):
        reading = _reading_at(keys, i, found, text)
        if reading:
            readings.append(reading)
        i = reading.last if reading else i + 1
    return readings


def _reading_at(keys: Sequence[str], i: int, found: Sequence[Word], text: str) -> _Reading | None:
    for length in range(min(_longest(), len(keys) - i), 1, -1):
        if any(text[found[k].end : found[k + 1].start].strip() for k in range(i, i + length - 1)):
            continue
        phrase = " ".join(keys[i : i + length])
        for prefix in ("", phrase[:1] if phrase[:1] in {"و", "ف"} else ""):
            for entry in _entries().get(phrase.removeprefix(prefix), ()):
                if i == 0 or not entry.standard.startswith("هل"):
                    return _Reading(i, i + length, entry, prefix + entry.standard)
    before = keys[i - 1] if i else ""
    after = keys[i + 1] if i + 1 < len(keys) else ""
    for entry, written in sorted(_single(keys[i]), key=lambda one: _PRECEDENCE.index(one[0].kind)):
        if _fits(entry, keys[i], before, after, i):
            return _Reading(i, i + 1, entry, written)
    return None


def _single(key: str) -> Iterator[tuple[_Entry, str]]:
    """The entries of one word, and what it is written as: with its joined particles and pronouns."""
    for entry in _entries().get(key, ()):
        yield entry, entry.standard
    if key in vocabulary() or key in STOPWORDS or key in ASKING:
        return
    for entry in _entries().get(key[1:], ()) if key.startswith(("و", "ف")) else ():
        if entry.kind == "asks":
            yield entry, key[0] + entry.standard
    if known_form(key) != key:
        return
    for pattern, kinds in ((_NOUN_PREFIX, {"noun"}), (_WORD_PREFIX, {"word", "asks"}), (re.compile("[وف]"), {"verb"})):
        match = pattern.match(key)
        for entry in _entries().get(key[match.end() :], ()) if match else ():
            if match and entry.kind in kinds and entry.standard != "-" and " " not in entry.standard:
                yield entry, _joined(match[0], entry.standard)
    pronoun = _PRONOUN.search(key)
    for entry in _entries().get(key[: pronoun.start()], ()) if pronoun else ():
        if pronoun and entry.kind in {"noun", "verb"} and " " not in entry.standard and len(entry.standard) > 1:
            bare = entry.standard.removesuffix("ة") + ("ت" if entry.standard.endswith("ة") else "")
            yield _Entry(entry.kind, entry.standard, True), bare + pronoun[0]


def _joined(prefix: str, standard: str) -> str:
    return prefix + (standard.removeprefix(_ARTICLE) if prefix.endswith(_ARTICLE) or prefix == "لل" else standard)


def _fits(entry: _Entry, key: str, before: str, after: str, i: int) -> bool:
    """Whether a word is likely this entry where it stands."""
    if entry.kind == "future":
        return is_present_verb(after) or any(other.kind == "verb" for other in _entries().get(after, ()))
    if entry.kind == "verb" and entry.optional:
        return before not in _PREPOSITIONS
    if entry.standard == "أي":
        return bool(after) and not after.startswith(_ARTICLE) and after not in STOPWORDS
    if entry.standard.startswith("هل"):
        return i == 0
    if entry.standard == "على":
        return after.startswith(_ARTICLE)
    if entry.kind == "noun" and entry.optional and _describes(key, before):
        return False
    return not (spelled_out([key, after]) or spelled_out([before, key]))  # letters of an acronym (بي إيه)


def _describes(key: str, before: str) -> bool:
    """Whether a word could be the adjective of the noun before it (الدول العربية), for both have the article or neither."""
    alike = bool(before) and before.startswith(_ARTICLE) == key.startswith(_ARTICLE)
    return alike and before not in ASKING | STOPWORDS and _is_kind(before.removeprefix(_ARTICLE), _NOUNS)


def _shows(reading: _Reading, found: Sequence[Word]) -> bool:
    """Whether a reading shows that the question is in a dialect."""
    if not reading.entry.optional:
        return True
    if reading.entry.kind != "asks":
        return False
    opening = all(word.folded in _POLITE or word.folded in _PREPOSITIONS for word in found[: reading.first])
    after_verb = reading.first > 0 and found[0].folded not in ASKING and _is_verb(found[reading.first - 1].folded)
    return opening or after_verb or reading.last == len(found)


def _fitting(reading: _Reading, found: Sequence[Word], kept: dict[int, _Reading]) -> str:
    """What stands for a reading, beside what is next to it."""
    written = reading.text
    after = found[reading.last].folded if reading.last < len(found) else ""
    if written == "ماذا" and after and reading.first == 0:
        following = kept.get(reading.last)
        verb = following.entry.kind == "verb" if following else _is_verb(after)
        return "ماذا" if verb else "ما"
    if written == "الذي" and reading.first:
        before = found[reading.first - 1].folded
        if before in ASKING:
            return "الذي"
        if before.endswith(("ه", "ات")):
            return "التي"
        return "الذين" if before.endswith(("ين", "ون")) or before == "ناس" else "الذي"
    return "" if written == "-" else written


def _derived(word: Word, shown: bool, known: Known | None, *, maghrebi: bool) -> str:
    """A word that a dialect made from standard ones, in standard Arabic; else as it is."""
    key = word.folded
    if not is_arabic(word.text) or len(key) < 4 or _is_whole(key, known):
        return word.text
    standard = _present_verb(key, shown, maghrebi=maghrebi)
    if standard or _is_known(key, None):
        return standard or word.text
    own = _contracted(word, shown, known) or _negated(key)
    if own or not shown:
        return own or word.text
    if maghrebi and key.startswith("ف") and _is_known(key[1:], known):
        return f"في {as_written(word.text, key[1:])}"
    return _passive(key) or word.text


def _present_verb(key: str, shown: bool, *, maghrebi: bool) -> str:
    """بيقول is يقول, حيقول سيقول."""
    prefix = _PRESENT_PREFIX.match(key)
    if not prefix or not (shown or key.startswith("بي")) or (prefix[0] == "ك" and not maghrebi):
        return ""
    present = key[prefix.end() :]
    if not _is_present(present):
        return ""
    return f"س{present}" if prefix[0] in {"ح", "ه"} else present


def _contracted(word: Word, shown: bool, known: Known | None) -> str:
    """عالحدود is على الحدود, هالهجوم هذا الهجوم."""
    for short, full in (
        ("عال", "على ال"),
        ("هال", "هذا ال"),
        ("عهال", "على هذا ال"),
        ("بهال", "بهذا ال"),
        ("لهال", "لهذا ال"),
    ):
        rest = word.folded.removeprefix(short)
        if rest != word.folded and len(rest) >= (3 if shown else _LEAST_REST) and _is_known(rest, known):
            return full + as_written(word.text, rest)
    return ""


def _negated(key: str) -> str:
    """ماقالش is ما قال."""
    match = _NEGATED.fullmatch(key)
    if not match:
        return ""
    verbs = [entry.standard for entry in _entries().get(match[1], ()) if entry.kind == "verb"]
    return f"ما {verbs[0] if verbs else match[1]}" if verbs or _is_verb(match[1]) else ""


def _passive(key: str) -> str:
    """انقتل is قتل, اتكلم تكلم."""
    match = _PASSIVE.match(key)
    if not match:
        return ""
    rest = key[match.end() :]
    ending = _VERB_ENDING.search(rest)
    core = rest[: ending.start()] if ending else rest
    for verb in (core, f"ت{core}") if match[0] == "ان" else (f"ت{core}", core):
        if any(sense.kind == "v" for sense in senses(verb)):
            return verb + (ending[0] if ending else "")
    return ""


def _is_present(word: str) -> bool:
    """Whether a word is a present verb, whatever its person and object."""
    forms = {word, _VERB_ENDING.sub("", word), _PRONOUN.sub("", word)}
    return word[:1] in {"ي", "ت", "ن"} and any(
        _is_kind(f"ي{form[1:]}", _VERBS) or any(entry.kind == "verb" for entry in _entries().get(form, ()))
        for form in forms
    )


def _is_verb(folded: str) -> bool:
    return _is_kind(folded, _VERBS) or _is_present(folded) or _is_kind(known_form(folded), _VERBS)


@lru_cache(maxsize=10_000)
def _is_kind(folded: str, kinds: frozenset[str]) -> bool:
    """Whether the likeliest meaning of a form is of one of the classes of `rag.language.senses`."""
    return any(sense.kind in kinds for sense in senses(folded)[:1])


def _is_whole(key: str, known: Known | None) -> bool:
    """Whether a word is known as it stands, or without a pronoun."""
    forms = {key, _PRONOUN.sub("", key), _PRONOUN.sub("", key).removesuffix("ت") + "ه"}
    return key in STOPWORDS or not forms.isdisjoint(vocabulary()) or bool(known and known(key))


def _is_known(key: str, known: Known | None) -> bool:
    bare = key.removeprefix(_ARTICLE)
    if key in STOPWORDS or key in ASKING or key in vocabulary() or bare in vocabulary():
        return True
    return known_form(key) in vocabulary() or bool(known and known(stem(key)))


def _assembled(text: str, found: Sequence[Word], rewritten: dict[int, tuple[int, str]], asking: _Reading | None) -> str:
    """The question with what was rewritten, and a question word that follows its verb before it."""
    moved = _moved(text, found, asking) if asking else range(0)
    pieces, opening, end, i = [], [], 0, 0
    while i < len(found):
        last, written = rewritten.get(i, (i + 1, found[i].text))
        if i in moved:
            opening.append(written)
            pieces.append(text[end : found[i].start].rstrip())
        elif written:
            pieces += [text[end : found[i].start], written]
        else:
            pieces.append(text[end : found[i].start].rstrip())
        end = found[last - 1].end
        i = last
    if asking and opening:
        opening = opening[-1:] + opening[:-1] if asking.first == moved[-1] and len(opening) > 1 else opening
    rest = "".join([*pieces, text[end:]])
    return " ".join(part for part in (*opening, rest.strip()) if part) if opening else rest


def _moved(text: str, found: Sequence[Word], asking: _Reading) -> range:
    """The words that go to the beginning: a question word with the verb or the preposition before it."""
    first = asking.first
    before = [word.folded for word in found[:first]]
    if all(word in _POLITE or word in _PREPOSITIONS for word in before) or any(word in ASKING for word in before[:1]):
        return range(0)
    if re.search("[،,:]", text[: found[first].start]):
        return range(0)
    follows_verb = _is_verb(before[-1])
    if not follows_verb and asking.last != len(found):
        return range(0)
    return range(first - 1 if follows_verb or before[-1] in _PREPOSITIONS else first, asking.last)


@lru_cache(maxsize=10_000)
def _key(word: str) -> str:
    return fold(word.translate(_KEPT))


@cache
def _longest() -> int:
    """The words of the longest phrase."""
    return max(key.count(" ") for key in _entries()) + 1


@cache
def _entries() -> dict[str, tuple[_Entry, ...]]:
    """Every dialect word and phrase, and every form of a verb."""
    entries: dict[str, list[_Entry]] = {}
    for kind, forms, standard in rows(read("dialect.tsv")):
        optional = kind.endswith("?")
        kind = kind.removesuffix("?")
        for form in forms.split("|"):
            listed = _conjugated(form, standard) if kind == "verb" else [(form, standard)]
            for dialect, meant in listed:
                entries.setdefault(_key(dialect), []).append(_Entry(kind, meant, optional))
    return {key: tuple(dict.fromkeys(listed)) for key, listed in entries.items()}


def _conjugated(dialect: str, standard: str) -> Iterator[tuple[str, str]]:
    """The third persons of a verb, past and present, with the particles that dialects join to the present."""
    (past, present), (standard_past, standard_present) = (_key(dialect).split(), standard.split())
    yield from zip(_past(past), _past(standard_past), strict=True)
    yield _past(past)[2].removesuffix("ا"), _past(standard_past)[2]
    if past.endswith(("ي", "ا")):
        yield f"{past[:-1]}ات", _past(standard_past)[1]  # Maghrebi خلات
    for form, meant in zip(_present(present), _present(standard_present), strict=True):
        for particle in ("", "ب", "ك", "د", "عم "):
            yield particle + form, meant
        for particle in ("ح", "ه", "رح "):
            yield particle + form, f"س{meant}"


def _past(verb: str) -> tuple[str, str, str]:
    weak = verb[:-1] if verb.endswith(("ى", "ي", "ا")) else verb
    return verb, f"{weak}ت", f"{weak}وا"


def _present(verb: str) -> tuple[str, str, str, str]:
    weak = verb[:-1] if verb.endswith(("ى", "ي", "ا")) else verb
    return verb, f"ت{verb[1:]}", f"{weak}ون", f"{weak}وا".removesuffix("ا")
