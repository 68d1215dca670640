"""Compile the names of `rag/language/lexicon` to `rag/language/data/gazetteer.tsv`: `python tools/build_gazetteer.py [--check]`.

A line is a kind and a name, folded: `person` (a full name, or the part of it that stands for it), `given` and `surname` (parts of one), `place` or
`group`. The kind comes from the
file a name stands in; those of `names.tsv` are persons but for the heads that `kinds.toml` lists.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from build_lexicon import DATA, SOURCES, Entry, read_entries

from rag.language.words import words

_KINDS = {"countries.tsv": "place", "geography.tsv": "place", "organizations.tsv": "group", "people.tsv": "person"}
_TITLES = frozenset(
    "الملك الملكه البابا الامير الاميره النبي الرسول السيد السيده الام ابو الشيخ شيخ ال عبد ولي الانبا الاب القديس الدكتور".split()
)
_LATIN_TITLES = frozenset(
    "king queen pope prince princess prophet mother virgin al abu abd abdel abdul sheikh saint st imam lord sir".split()
)


def compiled_gazetteer(entries: list[Entry], kinds: dict[str, str]) -> str:
    """The text of `data/gazetteer.tsv`."""
    rows = {row for entry in entries for row in _rows(entry, kinds)}
    return "".join(f"{kind}\t{name}\n" for kind, name in sorted(rows))


def _rows(entry: Entry, kinds: dict[str, str]) -> Iterator[tuple[str, str]]:
    kind = _KINDS.get(entry.file) or (kinds.get(entry.heads[0], "person") if entry.file == "names.tsv" else "none")
    if kind == "none" or not _names_one(entry):
        return
    forms = [*entry.heads, *(form for forms in entry.equivalents for form in forms)]
    part = "surname" if kind == "person" and entry.file == "names.tsv" else "given"
    part = "person" if any(len(words(form)) > 1 for form in forms) else part
    for form in forms:
        parts = [word.folded for word in words(form)]
        if kind != "person":
            yield kind, " ".join(parts)
        elif len(parts) == 1:
            yield part, parts[0]
        elif parts:
            yield "person", " ".join(parts)
            if parts[0] not in _TITLES | _LATIN_TITLES:
                yield "given", parts[0]
                yield "surname", parts[-1]


def _names_one(entry: Entry) -> bool:
    """Whether the heads are capitalised, and the Arabic is no adjective of nationality, which has a feminine."""
    adjective = any(f"{forms[0]}ة" in forms for forms in entry.equivalents)
    return not adjective and all(any(map(str.isupper, head)) for head in entry.heads)


def read_kinds() -> dict[str, str]:
    """The kind of each head that `kinds.toml` lists."""
    listed = tomllib.loads((SOURCES / "kinds.toml").read_text(encoding="utf-8"))
    return {head.strip(): kind for kind, heads in listed.items() for head in heads.split("|")}


def main() -> int:
    """Write the file, or with --check only tell whether it is up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if the compiled file is stale")
    check = parser.parse_args().check
    text, path = compiled_gazetteer(list(read_entries()), read_kinds()), DATA / "gazetteer.tsv"
    if not check:
        path.write_text(text, encoding="utf-8")
        return 0
    stale = not Path(path).exists() or path.read_text(encoding="utf-8") != text
    if stale:
        print("stale: run python tools/build_gazetteer.py", file=sys.stderr)
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
