"""Compile `rag/language/lexicon/*.tsv` to what the program loads: `python tools/build_lexicon.py [--check]`.

A source line is `head = other head<TAB>equivalent | equivalent`, an equivalent `form / form` of one Arabic word, most usual first.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.language.acronyms import acronyms
from rag.language.characters import is_arabic
from rag.language.lexicon import content_words, stemmed_head
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.words import words

_ROOT = Path(__file__).parent.parent
SOURCES = _ROOT / "rag/language/lexicon"
DATA = _ROOT / "rag/language/data"
_SAME_NAME, _METONYM = 0.9, 0.6
_PEOPLE, _COUNTRIES = "people.tsv", "countries.tsv"
_SURNAME = 0.8  # of a person's full name; articles give it once and then the surname alone
_WEIGHTS = (1.0, 0.8, 0.65, 0.55, 0.5)  # of the first, second … equivalent


@dataclass(frozen=True)
class Entry:
    """One line of a source file."""

    heads: tuple[str, ...]
    equivalents: tuple[tuple[str, ...], ...]
    file: str

    @property
    def is_person(self) -> bool:
        """Whether it is a person's name."""
        return self.file == _PEOPLE


def read_entries(folder: Path = SOURCES) -> Iterator[Entry]:
    """Every entry of every source file, the files in the order of their names."""
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                heads, _, arabic = line.partition("\t")
                equivalents = tuple(tuple(e.split(" / ")) for e in arabic.split(" | "))
                yield Entry(tuple(heads.split(" = ")), equivalents, path.name)


def compiled_lexicon(entries: list[Entry]) -> str:
    """The text of `data/lexicon.tsv`."""
    table: dict[str, dict[str, float]] = {}
    for entry in entries:
        weighted = _weighted(entry)
        for head in entry.heads:
            content = [word.folded for word in content_words(words(head)) or words(head)]
            for key in (" ".join(content), stemmed_head(content)):
                known = table.setdefault(key, {})
                for stems, weight in weighted.items():
                    known[stems] = max(weight, known.get(stems, 0))
    lines = []
    for key, known in sorted((key, known) for key, known in table.items() if known):
        ordered = sorted(known.items(), key=lambda item: -item[1])
        lines.append(key + "\t" + "|".join(f"{weight:g}:{stems}" for stems, weight in ordered))
    return "\n".join(lines) + "\n"


def compiled_vocabulary(entries: list[Entry]) -> str:
    """The text of `data/vocabulary.txt`: every one-word form, folded, without the article."""
    found = set()
    for entry in entries:
        for forms in entry.equivalents:
            for form in forms:
                one = [word.folded for word in words(form)]
                if len(one) == 1 and is_arabic(one[0]) and len(one[0]) > 2:
                    found.add(one[0].removeprefix("ال") if len(one[0]) > 4 else one[0])
    return "\n".join(sorted(found)) + "\n"


def compiled_proper(entries: list[Entry]) -> str:
    """The text of `data/proper.txt`: Arabic words that only proper names are made of."""
    proper: set[str] = set()
    common: set[str] = set()
    for entry in entries:
        for forms in entry.equivalents:
            for form in forms:
                one = [word.folded.removeprefix("ال") for word in words(form)]
                if len(one) == 1 and len(one[0]) > 2:
                    (proper if _is_name(entry) else common).add(one[0])
    return "\n".join(sorted(proper - common)) + "\n"


def compiled_demonyms(entries: list[Entry]) -> str:
    """The text of `data/demonyms.txt`: stems of nationality adjectives, which are near in meaning to one another and yet never the same."""
    found = {_stems(form) for entry in entries if _is_demonym(entry) for forms in entry.equivalents for form in forms}
    return "\n".join(sorted(stem_ for stem_ in found if stem_ and " " not in stem_)) + "\n"


def compiled_homelands(entries: list[Entry]) -> str:
    """The text of `data/homelands.tsv`: stems of nationality adjectives and of the country each is made from (فرنسي, فرنسا).

    An adjective whose stem is a name as well (جورجي, جورج) is left out.
    """
    nations = [entry for entry in entries if entry.file == _COUNTRIES]
    names = {stem(word) for word in compiled_proper(entries).split()}
    countries = sorted({stem(word) for word in compiled_proper(nations).split()} & names)
    lines = []
    for adjective in compiled_demonyms(nations).split():
        made_from = [c for c in countries if c != adjective and c.removesuffix("ا").removesuffix("ي") == adjective]
        if made_from and adjective not in names:
            lines.append(f"{adjective}\t{' '.join(made_from)}\n")
    return "".join(lines)


def compiled_common_stems(entries: list[Entry]) -> str:
    """The text of `data/common_stems.txt`: the stems of the words that are not only names."""
    common = set(compiled_vocabulary(entries).split()) - set(compiled_proper(entries).split())
    return "\n".join(sorted({stem(word) for word in common})) + "\n"


def compiled_names(entries: list[Entry]) -> str:
    """The text of `data/names.txt`: heads that are proper names."""
    named = {head for entry in entries if _is_name(entry) for head in entry.heads}
    keys = {" ".join(word.folded for word in content_words(words(head)) or words(head)) for head in named}
    return "\n".join(sorted(keys)) + "\n"


def _is_name(entry: Entry) -> bool:
    """Written with capitals (el-Sisi), and not an adjective of nationality, which has a feminine."""
    return all(any(map(str.isupper, head)) for head in entry.heads) and not _has_feminine(entry)


def _is_demonym(entry: Entry) -> bool:
    """One capitalised word each, and a feminine."""
    return all(head[0].isupper() and " " not in head for head in entry.heads) and _has_feminine(entry)


def _has_feminine(entry: Entry) -> bool:
    return any(f"{forms[0]}ة" in forms for forms in entry.equivalents)


def compiled_countable(entries: list[Entry]) -> str:
    """The text of `data/countable.txt`: nouns whose listed plurals are not the sound masculine one."""
    found = set()
    for entry in entries:
        for forms in entry.equivalents:
            folded = [[word.folded for word in words(form)] for form in forms]
            if any(len(form) != 1 for form in folded) or len(folded) < 2 or _is_verb(folded):
                continue
            singular, others = folded[0][0], {form[0] for form in folded[1:]}
            sound = {singular + "ون", singular + "ين"} & others  # its dual is written like its plural
            plurals = others - {singular, singular + "ه"}
            if len(singular) > 2 and not sound and plurals:
                found.add(singular)
    return "\n".join(sorted(found)) + "\n"


def compiled_aliases(entries: list[Entry]) -> str:
    """The text of `data/aliases.tsv`: a name's Arabic stems and the other ways it is said, `weight:stem stem` separated by `|`.

    Other names of one head are as good as the name; a capital and its country stand for one another less surely.
    """
    named = [entry for entry in entries if _is_name(entry)]
    by_head = {head: _weighted(entry) for entry in named for head in entry.heads}
    aliases: dict[str, dict[str, float]] = {}
    for entry in named:
        ways = [way for way in _weighted(entry) if way]
        for way in ways:
            aliases.setdefault(way, {}).update({other: _SAME_NAME for other in ways if other != way})
    for seat, country in _metonyms():
        if not {seat, country} <= by_head.keys():
            raise SystemExit(f"metonyms.txt: '{seat}' and '{country}' must both be heads that are names")
        for one, other in ((seat, country), (country, seat)):
            for way in by_head.get(one, {}):
                for stood_for in by_head.get(other, {}):
                    aliases.setdefault(way, {}).setdefault(stood_for, _METONYM)
    kept = {way: others for way, others in aliases.items() if others or " " in way}
    return "".join(
        f"{way}\t{'|'.join(f'{weight:g}:{other}' for other, weight in others.items() if other != way)}\n"
        for way, others in sorted(kept.items())
    )


def compiled_digest(entries: list[Entry]) -> str:
    """The text of `data/digest.txt`: changes whenever the data that decide a text's terms do."""
    fixed = [(DATA / name).read_text(encoding="utf-8") for name in ("irregular.tsv", "transliteration.tsv")]
    parts = (*fixed, compiled_vocabulary(entries), compiled_proper(entries), compiled_countable(entries))
    return hashlib.blake2b("".join(parts).encode(), digest_size=6).hexdigest() + "\n"


def _metonyms() -> list[tuple[str, str]]:
    lines = (SOURCES / "metonyms.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" = ") for line in lines if line and not line.startswith("#"))
    return [(seat, country) for seat, country in pairs]


def compiled_forms(entries: list[Entry]) -> str:
    """The text of `data/forms.tsv`: each one-word stem and the other stems of the same Arabic word (broken plural, verb and verbal noun)."""
    siblings: dict[str, dict[str, None]] = {}
    for entry in entries:
        for forms in entry.equivalents:
            stems = [s for s in dict.fromkeys(map(_stems, inflected(forms))) if s and " " not in s]
            for one in stems:
                siblings.setdefault(one, {}).update(dict.fromkeys(s for s in stems if s != one))
    return "".join(f"{one}\t{' '.join(others)}\n" for one, others in sorted(siblings.items()) if others)


def inflected(forms: tuple[str, ...]) -> list[str]:
    """The forms, and for a verb those of the third person feminine and of the future (استهدفت، تستهدف، سيستهدف)."""
    single = [[word.folded for word in words(form)] for form in forms]
    if len(single) < 2 or len(single[0]) != len(single[1]) or not single[0] or not _is_verb(single):
        return list(forms)
    (past, *rest), (present, *_) = single[0], single[1]
    more = [(past.removesuffix("ي") + "ت"), "ت" + present[1:], "س" + present, "ست" + present[1:]]
    return [*forms, *(" ".join([verb, *rest]) for verb in more)]


def _weighted(entry: Entry) -> dict[str, float]:
    weighted: dict[str, float] = {}
    for forms, weight in zip(entry.equivalents, _WEIGHTS, strict=False):
        for form in inflected(forms):
            stems = _stems(form)
            weighted.setdefault(stems, weight)
            surname = stems.split(" ")[-1]
            if entry.is_person and " " in stems and len(surname) > 2:
                weighted.setdefault(surname, weight * _SURNAME)
    weighted.pop("", None)
    return weighted


def _stems(form: str) -> str:
    """As the analyzer has them, but for numbers and dates."""
    found = words(form)
    spelt = list(acronyms(found))
    stems = {acronym.first: acronym.readings[0] for acronym in spelt}
    taken = {i for acronym in spelt for i in range(acronym.first, acronym.last)}
    stems |= {i: stem(w.folded) for i, w in enumerate(found) if i not in taken and w.folded not in STOPWORDS}
    return " ".join(stems[i] for i in sorted(stems))


def _is_verb(folded: list[list[str]]) -> bool:
    """Whether the forms are a past and a present: the second begins with the present's ya, the first does not."""
    return folded[1][0].startswith("ي") and not folded[0][0].startswith("ي")


# The first two first: the stems of the others depend on them.
_COMPILED = {
    "vocabulary.txt": compiled_vocabulary,
    "proper.txt": compiled_proper,
    "lexicon.tsv": compiled_lexicon,
    "forms.tsv": compiled_forms,
    "aliases.tsv": compiled_aliases,
    "countable.txt": compiled_countable,
    "digest.txt": compiled_digest,
    "names.txt": compiled_names,
    "demonyms.txt": compiled_demonyms,
    "homelands.tsv": compiled_homelands,
    "common_stems.txt": compiled_common_stems,
}


def main() -> int:
    """Write the compiled files, or with --check only tell whether they are up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if the compiled files are stale")
    check = parser.parse_args().check
    entries = list(read_entries())
    stale = False
    for name, compiled in _COMPILED.items():
        text = compiled(entries)
        path = DATA / name
        if check:
            stale |= not path.exists() or path.read_text(encoding="utf-8") != text
        else:
            DATA.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"{path.relative_to(_ROOT)}: {len(text.splitlines()):,} lines")
    if stale:
        print("stale: run python tools/build_lexicon.py", file=sys.stderr)
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
