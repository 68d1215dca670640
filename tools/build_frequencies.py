"""Count how common terms are in everyday text: `python tools/build_frequencies.py TEXT.tsv [TEXT.tsv …]`.

The texts are English⇥Arabic sentence pairs; TICO-19 (CC0) and Tatoeba (CC BY 2.0) were used. Only the counts are kept.
"""

import argparse
from collections import Counter
from pathlib import Path

from rag.language.analyzer import analyze

_OUTPUT = Path(__file__).parent.parent / "rag/language/data/frequency.tsv"
_LEAST = 4  # occurrences; rarer terms are as good as unseen


def main() -> None:
    """Write each term and its occurrences per million terms, both languages together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path)
    counts: Counter[str] = Counter()
    for path in parser.parse_args().texts:
        for line in path.read_text(encoding="utf-8").splitlines():
            for side in line.split("\t")[:2]:
                counts.update(term.text for term in analyze(side) if term.kind == "stem")
    total = sum(counts.values())
    lines = [f"{term}\t{n * 1e6 / total:.0f}" for term, n in sorted(counts.items()) if n >= _LEAST]
    _OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines):,} terms of {total:,} occurrences")


if __name__ == "__main__":
    main()
