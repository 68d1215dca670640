"""Compile the lexicon from Arabic to English for glosses: `python tools/build_gloss.py [--check]`.

`rag/language/lexicon/*.tsv` lists what Arabic says for English heads. `data/gloss.tsv` turns that round and says of each Arabic form, folded and
without articles, what it means and as what: `form<TAB>class:weight:English|…`, the likeliest meaning of each class (those of `rag.language.senses`),
the likeliest class first. Verbs and what is made from them stand in the English base form, nouns in the number of the Arabic.

A meaning is likelier the earlier its equivalent stands, the oftener the two were aligned in the texts under no share-alike licence
(`data/translations.tsv`), and the commoner the English word is (`data/frequency.tsv`).
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from build_lexicon import DATA, SOURCES, Entry, read_entries

from rag.language.characters import fold
from rag.language.frequency import frequencies
from rag.language.inflection import base, is_inflected, plural, singular
from rag.language.lexicon import content_words
from rag.language.names import similarity
from rag.language.senses import spelling
from rag.language.stem import stem
from rag.language.words import words

OUTPUT = DATA / "gloss.tsv"
_WEIGHTS = (1.0, 0.8, 0.65, 0.55, 0.5)  # of the first, second … equivalent
_LATER_FORM = 0.9  # of a form after the first of its equivalent
_DERIVED = 0.3  # of a form that the lexicon does not list but grammar makes of what it lists
_DERIVED_ALONE = 0.5  # the same beside the meanings that a word has without the letters joined to it
_LATER_HEAD = 0.05  # an English word that an entry has as its second head
_RARE_HEAD = 0.05  # an English word that is there to be understood in questions: it glosses what no other word does
_ALIKE = 0.4  # similarity of a word of a name in the two scripts, at least
_PREFERENCE = 0.3  # of the first head, in similarity, where a name has several
_COMMON = 0.25  # the power of an English word's frequency that a meaning's weight is multiplied by
_MOST = 4  # classes of a form
_LEAST = 0.08  # of the likeliest class's weight

_PEOPLE = "people.tsv"
_RARE = frozenset({"general_8.tsv", "general_9.tsv"})  # files of rarer words and of senses that others say in one word
_AGENT = re.compile(r".*(?:er|or|ist|ee|man|woman|ess|ician|naut|crat)")
_PARTICIPLE = re.compile(r".*(?<![ebnfsw])ed|(?:un|well-)?known|grown|thrown|driven|frozen|hidden|written")
_PREPOSITIONS = frozenset(
    "in on at by with without under over behind for from of to against out after before since during as".split()
)
_QUESTION = re.compile(r"(?:how|what|who|why|when|where|which)\b.*")
_ARTICLE = "ال"

_WEAK_PLURAL = re.compile("..ا.")  # مبان، أراض
_VERBAL_NOUN = re.compile("ت..ي.|إ..ا.|ا.ت.ا.|ان..ا.|است..ا.|إ.ا.ة|استـ?.ا.ة|م.ا..ة")

_ARABIC_PREPOSITIONS = frozenset("في من على عن إلى مع بعد قبل تحت فوق بين منذ".split())
_DENIALS = frozenset("لا لم لن ليس ليست غير عدم دون بدون بلا".split())
_NEGATIVE = re.compile(
    r"(?:un|in|im|il|ir|non|no|dis|mis|anti|without|off|anonymous|safe|free|stateless)|.*(?:less|free)\b"
)

Meaning = tuple[str, str]  # class, English


def compiled(entries: Sequence[Entry]) -> str:
    """The text of `data/gloss.tsv`."""
    found: dict[str, dict[Meaning, float]] = defaultdict(lambda: defaultdict(float))
    meanings = [meaning for entry in entries for meaning in _meanings(entry)]
    counted = {english.split()[-1] for _, kind, english, _ in meanings if kind == "s"}
    forms = {form for entry in entries for equivalent in entry.equivalents for form in equivalent}
    listed: set[str] = set()
    for form, kind, english, weight in meanings:
        if _denies(form) and not _NEGATIVE.match(english):
            continue  # لا ينسى is "memorable" to the lexicon, but its لا must be heard
        if " " in form and form.split()[0] in _ARABIC_PREPOSITIONS:
            kind = "x"
        as_counted = "s" if kind == "m" and english.split()[-1] in counted else kind
        for key in _keys(form, kind):
            found[key][as_counted, english] = max(found[key][as_counted, english], weight)
            listed |= {key} if form in forms else set()
    shares = {form: _share_of_name(found, form) * (1.0 if form in listed else _DERIVED_ALONE) for form in found}
    return "".join(f"{form}\t{_packed(found[form], shares[form])}\n" for form in sorted(found) if form)


def _denies(form: str) -> bool:
    return " " in form and form.split()[0] in _DENIALS


def _share_of_name(found: Mapping[str, Mapping[Meaning, float]], form: str) -> float:
    """How likely the name of one thing is where its article may be that of a common noun (القاعدة)."""
    bare = form.removeprefix(_ARTICLE)
    common = (
        max((weight for (kind, _), weight in found.get(bare, {}).items() if kind not in "nh"), default=0.0)
        if bare != form
        else 0.0
    )
    named = max((weight for (kind, _), weight in found[form].items() if kind in "nh"), default=0.0)
    return named / (named + common) if named else 1.0


def _packed(meanings: Mapping[Meaning, float], share: float) -> str:
    best: dict[str, tuple[float, str]] = {}
    for (kind, english), weight in meanings.items():
        best[kind] = max(best.get(kind, (0.0, "")), (weight, english))
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:_MOST]
    most = ranked[0][1][0]
    return "|".join(f"{kind}:{share * w / most:.2g}:{english}" for kind, (w, english) in ranked if w >= _LEAST * most)


def _keys(form: str, kind: str) -> Iterator[str]:
    """The folded form; without its articles, but for a name of one word, which has it or has not."""
    spelt = [spelling(word) for word in words(form)]
    bare = [_bare(word.text, one) for word, one in zip(words(form), spelt, strict=True)]
    yield spelt[0] if len(spelt) == 1 and kind in "nh" else " ".join(bare)


def _bare(text: str, spelt: str) -> str:
    return spelt.removeprefix(_ARTICLE) if text.startswith(_ARTICLE) and len(spelt) > 4 else spelt


def _meanings(entry: Entry) -> Iterator[tuple[str, str, str, float]]:
    """Form, class, English and weight."""
    for english, share in _english(entry):
        for forms, weight in zip(entry.equivalents, _WEIGHTS, strict=False):
            for i, (form, kind, said) in enumerate(_classed(entry, english, forms)):
                if entry.file in _RARE and (_denies(form) or " " in form):  # a phrase would win over its words
                    continue  # word by word its denial is heard for certain
                yield form, kind, said, weight * share * (_LATER_FORM if i else 1.0) * _commonness(english, form)
            verb = () if _is_name(entry) else _verb(forms)
            for past, present in pairwise(verb):
                if present.startswith("ي") and not past.startswith("ي"):
                    doubled = any(map(_SECOND.fullmatch, verb))
                    for form, kind in _verb_forms(past, present, doubled=doubled):
                        yield form, kind, _verb_base(english), weight * share * _DERIVED * _commonness(english, past)


def _english(entry: Entry) -> Iterator[tuple[str, float]]:
    """The heads that a gloss may say, and how likely they are beside the first."""
    first = entry.heads[0]
    share = _RARE_HEAD if entry.file in _RARE else 1.0
    if not _QUESTION.fullmatch(first):
        yield first, share
    for head in entry.heads[1:]:
        if not is_inflected(head) and not head.isupper():
            yield head, share * _LATER_HEAD


def _classed(entry: Entry, english: str, forms: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Each form, its class, and the English in the form that the class wants."""
    if _is_name(entry):
        person = entry.file == _PEOPLE
        kind = "h" if person else "n"
        named = [form for form in forms if not person or " " in form or " " not in english]
        yield from ((form, kind, _sounding(entry.heads, form) if person and " " in form else english) for form in named)
        if person and " " in english:
            yield from _surnames(english, forms)
        return
    verb = _verb(forms)
    if verb and not english[0].isupper():
        said = _verb_base(english)
        for form, after in zip(verb, (*verb[1:], ""), strict=True):
            present = form.startswith("ي") and form != verb[0]
            yield form, "v" if after.startswith("ي") and not present else "i" if present else "g", said
        return
    part = _part_of_speech(english)
    if part in {"a", "x"} or (part != "s" and {f"{forms[0]}ة", f"{forms[0]}ية"} & set(forms)):
        yield from ((form, part if part in {"a", "x"} else "a", english) for form in forms)
        return
    yield from _nouns(english, forms)


def _sounding(heads: tuple[str, ...], form: str) -> str:
    """The head that sounds most like an Arabic name (أبو مازن is Abu Mazen, not Mahmoud Abbas); the first of those as alike."""

    def alikeness(head: str) -> float:
        said = [fold(word) for word in re.split("[ -]", head)]
        preferred = _PREFERENCE if head == heads[0] else 0.0
        return preferred + sum(max(similarity(one, fold(word)) for one in said) for word in form.split())

    return max(heads, key=alikeness)


def _verb_base(english: str) -> str:
    """The base form of a head whose Arabic is a verb: find for found, be afraid for afraid."""
    if is_inflected(english):
        return base(english)
    return f"be {english}" if _part_of_speech(english) == "a" else english


def _surnames(english: str, forms: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Of names of as many words in both languages each word alone, else the last; where the two sound alike."""
    said = english.split()
    for form in forms:
        parts = form.split()
        pairs = list(zip(parts, said, strict=True)) if len(parts) == len(said) else [(parts[-1], said[-1])]
        for part, one in pairs:
            bare = fold(part).removeprefix(_ARTICLE)
            if len(part) > 2 and similarity(fold(one.rpartition("-")[2]), bare) >= _ALIKE:
                yield part, "h", one


def _nouns(english: str, forms: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """A noun's forms: the first is in the number of the English, the later ones mostly in the plural."""
    first = forms[0]
    already = english != singular(english)
    counted = any(_is_plural(form, first) and not _is_relative(form, forms) for form in forms[1:])
    for i, form in enumerate(forms):
        if i and form.startswith("ي") and not first.startswith("ي"):
            yield form, "i", english
        elif i and _is_relative(form, forms):
            yield form, "a", english
        elif i == 0 or already or not _is_plural(form, first):
            yield form, "p" if already else "s" if counted else "m", english
        else:
            yield form, "p", plural(english)


def _is_relative(form: str, forms: Sequence[str]) -> bool:
    """Whether a form is an adjective made from another (نفطي, نفطية of نفط), and not the plural of مبنى, مبان."""
    stem_ = form.removesuffix("ة").removesuffix("ي")
    if form == stem_ or not form.removesuffix("ة").endswith("ي") or " " in form:
        return False
    made_from = any(
        stem_ in {other, other.removesuffix("ة"), other.removesuffix("ا")} for other in forms if not other.endswith("ي")
    )
    return made_from and not (_WEAK_PLURAL.fullmatch(stem_) and stem_ in forms)


def _is_plural(form: str, first: str) -> bool:
    """Whether a later form is the plural of the first, and not the same in another spelling, gender or with more words, nor the noun of a verb."""
    one, other = _bare_first(form), _bare_first(first)
    same = one in {other, f"{other}ة", f"{other}ا", f"{other}ي"} or fold(one) == fold(other)
    return not same and not _VERBAL_NOUN.fullmatch(one)


def _bare_first(form: str) -> str:
    return form.split()[0].removeprefix(_ARTICLE)


def _verb(forms: tuple[str, ...]) -> tuple[str, ...]:
    """The forms when they are a past, a present, and what is made from them; else none."""
    if (
        len(forms) > 1
        and forms[1].startswith("ي")
        and not forms[0].startswith("ي")
        and len(forms[0].split()) == len(forms[1].split())
    ):
        return forms
    return ()


_ROOT = "[^اويى]"


_SECOND = re.compile("ت..ي.|ت..ي?ة")  # nouns of verbs of the second form


def _verb_forms(past: str, present: str, *, doubled: bool) -> Iterator[tuple[str, str]]:
    """Not listed: the jussive of weak verbs (يقل, يدع), the feminine past of final-weak ones (دعت), the noun, and the participles (داع, مؤكد).

    Args:
        past: third person.
        present: third person.
        doubled: whether the verb is of the second form, whose past looks like that of the first (أكّد).
    """
    past, past_rest = _split(past)
    present, rest = _split(present)
    if present[-2] in "اوي" and len(present) > 3 and present[-1] not in "اويى":
        yield present[:-2] + present[-1] + rest, "j"
    if present[-1] in "ويى":
        yield present[:-1] + rest, "j"
    if past[-1] in "اى" and len(past) > 2:
        yield past[:-1] + "ت" + past_rest, "v"
        yield past[:-1] + "وا" + past_rest, "v"
    if not past_rest:
        yield from _nouns_of_verb(past, present, doubled)


def _nouns_of_verb(past: str, present: str, doubled: bool) -> Iterator[tuple[str, str]]:
    folded = fold(past)
    sound = re.fullmatch(rf"[^اأآإ]{_ROOT}{_ROOT}", past)
    if doubled and len(past) == 3:
        yield f"ت{past[:2]}ي{past[2]}", "g"
    elif sound:
        yield past, "g"
        yield f"{past[0]}ا{past[1:]}", "c"
        yield f"م{past[:2]}و{past[2]}", "d"
    elif re.fullmatch(rf"{_ROOT}ا{_ROOT}", past):
        yield f"{past[0]}ائ{past[2]}", "c"
    elif re.fullmatch(rf"{_ROOT}{_ROOT}[اى]", past):
        yield f"{past[0]}ا{past[1]}ي", "c"
    elif folded.startswith("ت") and len(folded) > 3:
        yield past, "g"
    elif folded.startswith("ا") and len(folded) > 3 and folded[-2] not in "ايو":
        yield f"{past[:-1]}ا{past[-1]}", "g"
    elif re.fullmatch(rf"{_ROOT}ا{_ROOT}{_ROOT}", past):
        yield f"م{past}ة", "g"
    if len(past) > 3 or doubled:
        yield "م" + present[1:].replace("ى", "ي"), "c"


def _split(form: str) -> tuple[str, str]:
    first, space, rest = form.partition(" ")
    return first, space + rest


def _is_name(entry: Entry) -> bool:
    """Written with capitals (el-Sisi), and not an adjective of nationality, which has a feminine."""
    capital = all(any(map(str.isupper, head)) for head in entry.heads)
    return capital and not any(f"{forms[0]}ة" in forms for forms in entry.equivalents)


def _part_of_speech(english: str) -> str:
    """The class of a head that is no verb: s, a or x; empty where its Arabic must tell."""
    listed = _parts_of_speech().get(english) or _parts_of_speech().get(english.split()[-1], "")
    if listed:
        return listed
    if _PARTICIPLE.fullmatch(english):
        return "a"
    if " " in english and english.split()[0] in _PREPOSITIONS:
        return "x"
    return "s" if _AGENT.fullmatch(english.split()[-1]) else "x" if english.endswith("ly") else ""


@cache
def _parts_of_speech() -> dict[str, str]:
    """Heads whose class neither their ending nor their Arabic tells."""
    table: dict[str, str] = {}
    for line in (SOURCES / "classes.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, _, heads = line.partition(" ")
            table |= dict.fromkeys(heads.split(), kind)
    return table


def _commonness(english: str, form: str) -> float:
    """What a meaning's weight is multiplied by: how common the English is, and how often the two were aligned."""
    content = [word.folded for word in content_words(words(english)) or words(english)]
    stems = " ".join(stem(word) for word in content)
    arabic = " ".join(stem(word.folded) for word in words(form))
    common = min((frequencies().get(stem(word), 10.0) for word in content), default=10.0)
    return float((common / 100) ** _COMMON) * (1.0 + _aligned().get((stems, arabic), 0.0))


@cache
def _aligned() -> dict[tuple[str, str], float]:
    counts = {}
    for line in (DATA / "translations.tsv").read_text(encoding="utf-8").splitlines():
        english, _, cells = line.partition("\t")
        for cell in cells.split("|"):
            count, _, arabic = cell.partition(":")
            counts[english, arabic] = float(count)
    return counts


def main() -> int:
    """Write the file, or with --check only tell whether it is up to date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if the file is stale")
    text = compiled(list(read_entries()))
    if not parser.parse_args().check:
        OUTPUT.write_text(text, encoding="utf-8")
        print(f"{OUTPUT.name}: {len(text.splitlines()):,} lines")
        return 0
    stale = not OUTPUT.exists() or OUTPUT.read_text(encoding="utf-8") != text
    if stale:
        print("stale: run python tools/build_gloss.py", file=sys.stderr)
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
