"""What form an Arabic word may be: a verb, a word with a particle or a pronoun joined to it, or none of the language."""

import re
from functools import cache, lru_cache

from rag.language.characters import is_arabic
from rag.language.data_files import read
from rag.language.dates import weekday_term
from rag.language.lexicon import lexicon
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.vocabulary import is_present_verb, known_form, proper_names, vocabulary

_PRONOUNS = ("ها", "هم", "هما", "هن", "ه")
# What a word of the language may end in: pronouns, cases, persons.
_ENDINGS = (*_PRONOUNS, *"نا كم ي ا ت تا ان ين ون وا ات ته تها تهم تهما اته اتها اتهم اه وه يه وها تم تين تان".split())
# Participles (مكتوب, معترض, متفرج, مستفيد, منتظر) and verbal nouns (اكتمال, انفلات, استقبال) whose root need not be known.
_SURE_PATTERN = re.compile(r"م..و.|م.ت..|مت...|مست...|من...|ا.ت.ا.|ان..ا.|است..ا.|ت.ا.و?.ات")
_NAMELIKE_ENDINGS = frozenset(("ون", "ين", "ان", "ا", "ي", "ت"))


@lru_cache(maxsize=50_000)
def bases(word: str) -> tuple[tuple[int, str], ...]:
    """A folded word as it is, then without the particles it may begin with, each with how many letters those are.

    >>> bases("وبغداد")
    ((0, 'وبغداد'), (1, 'بغداد'), (2, 'غداد'))
    """
    found = [(0, word)]
    if word.startswith(("و", "ف")) and len(word) > 3:
        found.append((1, word[1:]))
    for skipped, base in tuple(found):
        if base.startswith("لل") and len(base) > 4:
            found.append((skipped, "ال" + base[2:]))  # the letters of the article stay with the word
        elif base.startswith(("ب", "ك", "ل")) and len(base) > 2 and not base.startswith("كي"):  # ك joins no verb
            found.append((skipped + 1, base[1:]))
    return tuple(found)


@cache
def common_words() -> frozenset[str]:
    """The words of the language that are not only names, folded, without the article."""
    return vocabulary() - proper_names()


@lru_cache(maxsize=50_000)
def is_verb(word: str) -> bool:
    """Whether a folded Arabic word looks like a verb and like no noun: in the present, or in the past with an ending."""
    if lexicon().is_countable(word) or word.endswith("ات"):
        return False
    past = word.endswith("ت") and word not in vocabulary() and (len(word) > 3)
    return past or word.endswith("وا") or is_present_verb(word)


@lru_cache(maxsize=50_000)
def may_be_past(word: str) -> bool:
    """Whether a folded Arabic word may be a verb in the past: the vocabulary has its present (قتل, يقتل; أكد, يؤكد; زار, يزور)."""
    known = vocabulary()
    for form in (word, word.removesuffix("ت")):
        if len(form) < 3:
            continue
        first, rest = form[0], form[1:]
        presents = ["ي" + form, "ي" + rest, "يو" + rest] if first == "ا" else ["ي" + form]
        if rest.startswith("ا"):
            presents += [f"ي{first}و{rest[1:]}", f"ي{first}ي{rest[1:]}"]
        if form.endswith("ا"):
            presents += [f"ي{form[:-1]}و", f"ي{form[:-1]}ي"]
        if any(present in known for present in presents):
            return True
    weak = word[:-1] if word.endswith("ت") else ""  # دعت, يدعو
    return len(weak) > 1 and (f"ي{weak}و" in known or f"ي{weak}ي" in known)


@lru_cache(maxsize=50_000)
def is_joined(word: str) -> bool:
    """Whether a folded Arabic word begins with a joined particle: it is not known, but is without it."""
    plural = word.endswith("ات") and word[:-2] + "ه" in vocabulary()
    if (
        plural
        or word in vocabulary()
        or word.removesuffix("ا") in vocabulary()
        or not word.startswith(("و", "ف", "ب", "ل", "ك"))
    ):
        return False
    return any(
        base.removeprefix("ال") in vocabulary() or base in STOPWORDS or base.startswith("ال") or _is_inflected(base)
        for _, base in bases(word)[1:]
    )


def _is_inflected(word: str) -> bool:
    """Whether a word is a form of a known one by its ending or its person, not by a particle."""
    known = known_form(word)
    return known != word and known not in {word[1:], word[2:]}


@lru_cache(maxsize=50_000)
def has_pronoun(word: str) -> bool:
    """Whether a folded Arabic word ends in a pronoun (قوله, سياراتهم)."""
    if word in vocabulary():
        return False
    for pronoun in _PRONOUNS:
        core = word.removesuffix(pronoun)
        if core != word and len(core) > 1 and (_is_word(core) or core.removesuffix("ت") + "ه" in vocabulary()):
            return pronoun != "ه" or core in vocabulary() or core.endswith("ت")
        if core != word and core.endswith(("اي", "او")) and core[:-1] + "ء" in vocabulary():  # إخلائهما
            return True
    return False


@lru_cache(maxsize=50_000)
def is_unknown(word: str) -> bool:
    """Whether a folded Arabic word is none of the language in no form of one: most often a name."""
    if not is_unknown_without_particle(word):
        return False
    for skipped, base in bases(word):
        if skipped and known_form(base) in {base[1:], base[2:]}:
            continue  # two particles that do not go together (بلحاج is no ب and ل)
        if skipped and (_is_word(base) or any(_is_form(base, ending) for ending in _ENDINGS)):
            return False
    return True


@lru_cache(maxsize=50_000)
def is_unknown_without_particle(word: str) -> bool:
    """Whether a word that no particle can be joined to, because a preposition stands before it, is none of the language."""
    if not _is_spelt_like_a_word(word) or _is_pattern(word) or has_pronoun(word) or _is_rare_verb(word):
        return False
    return not _is_bare_word(word) and not any(_is_bare_form(word, ending) for ending in _ENDINGS)


def _is_rare_verb(word: str) -> bool:
    """Whether a word is the future of a known verb (سيتقدم), or the passive of one whose middle letter is weak (اختير, أقيل)."""
    if word.startswith("س") and is_present_verb(word[1:]):
        return len(word) > 4
    passive = word.removesuffix("ت")
    if not (len(passive) > 3 and passive.startswith("ا") and passive[-2] == "ي"):
        return False
    begins, last = passive[1:-2], passive[-1]
    return any(f"ي{begins}{vowel}{last}" in vocabulary() for vowel in "اي")


def _is_bare_form(word: str, ending: str) -> bool:
    core = word.removesuffix(ending)
    return (
        core != word and len(core) > 2 and (_is_bare_word(core) or any(core + end in common_words() for end in "هيا"))
    )


def _is_bare_word(word: str) -> bool:
    """Whether a word is known without taking a particle off it."""
    known = known_form(word)
    if known in {word[1:], word[2:]}:
        return False
    return known in common_words() or word.removeprefix("ال") in common_words() or stem(word) in _common_stems()


@lru_cache(maxsize=50_000)
def is_maybe_name(word: str) -> bool:
    """Whether a folded Arabic word is known only as a form with an ending that names have too (بايتون, not a pair of بايت)."""
    if (
        not _is_spelt_like_a_word(word)
        or word in common_words()
        or has_pronoun(word)
        or is_verb(word)
        or is_joined(word)
    ):
        return False
    return not any(_is_form(word, ending) for ending in _ENDINGS if ending not in _NAMELIKE_ENDINGS)


def _is_spelt_like_a_word(word: str) -> bool:
    future = word.startswith(("س", "و", "ف")) and word[1:] in STOPWORDS
    return len(word) > 2 and is_arabic(word) and word not in STOPWORDS and not future and weekday_term(word) is None


def _is_pattern(word: str) -> bool:
    """Whether a word is a participle or verbal noun of a known root: مكتوب, نافذ, مزود, نفاد, ثبوت; or a broken plural: مصاحف."""
    for form in {word, word.removesuffix("ا"), word.removesuffix("ه")}:
        if _SURE_PATTERN.fullmatch(form):
            return True
        roots = []
        if len(form) == 5 and form[2] == "ا":
            roots += [form[1] + form[3:]] if form[0] == "م" else [form[:2] + form[3:]]
        if len(form) == 4:
            vowel = next((i for i in (1, 2) if form[i] in ("ا" if i == 1 else "او")), None)
            roots += [form[:vowel] + form[vowel + 1 :]] if vowel else []
            roots += [form[1:]] if form[0] == "م" else []
        if any(root in common_words() or "ي" + root in common_words() for root in roots):
            return True
    return False


def _is_form(word: str, ending: str) -> bool:
    core = word.removesuffix(ending)
    if core == word or len(core) < 3:
        return False
    return (
        _is_word(core) or core + "ه" in common_words() or core + "ي" in common_words() or core + "ا" in common_words()
    )


@lru_cache(maxsize=50_000)
def _is_word(word: str) -> bool:
    common = common_words()
    if word.removeprefix("ال") in common or stem(word) in _common_stems() or known_form(word) in common:
        return True
    return word[:1] in {"ت", "ن", "ا"} and "ي" + word[1:] in common


@cache
def _common_stems() -> frozenset[str]:
    return frozenset(read("common_stems.txt").split())
