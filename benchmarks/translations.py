"""How well words are translated: `python benchmarks/translations.py TEXT.tsv … [--sharealike TEXT.tsv …]`.

Translations are learnt from nine tenths of the sentence pairs. In the rest it is counted for what share of the English content words the Arabic
sentence holds a translation that is known, and the one that is thought likeliest: by the lexicon alone, with what was learnt from the first texts,
and from the share-alike ones as well. A sentence that occurs twice is on one side only.
"""

import argparse
import hashlib
import runpy
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from rag.language.lexicon import Translation, lexicon
from rag.language.translations import Translations

_BUILD = runpy.run_path(str(Path(__file__).parent.parent / "tools/build_translations.py"))


@dataclass(frozen=True, slots=True)
class Text:
    """A file's sentence pairs as the aligner sees them, divided."""

    name: str
    learnt_from: list[Any]
    kept_out: list[Any]


def main() -> None:
    """Learn, then print a line for each text and one for all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--sharealike", nargs="+", type=Path, default=[])
    arguments = parser.parse_args()
    free, sharealike = ([read(path) for path in paths] for paths in (arguments.texts, arguments.sharealike))
    learnt_from = [[pair for text in texts for pair in text.learnt_from] for texts in (free, sharealike)]
    tables = [_BUILD["compiled"](table) for table in _BUILD["translation_tables"](*learnt_from)]
    listed = resources.files("rag.language").joinpath("data", "lexicon.tsv").read_text(encoding="utf-8")
    ways = [Translations(lexicon(), listed, tables[:n]) for n in range(len(tables) + 1)]
    print(f"{'kept out':14} pairs   words   lexicon         learnt          + share-alike   (known, likeliest)")
    everything = [pair for text in (*free, *sharealike) for pair in text.kept_out]
    for text in (*free, *sharealike, Text("all", [], everything)):
        shares = "   ".join("{:.3f}, {:.3f}".format(*covered(text.kept_out, way)) for way in ways)
        words = sum(len(pair.english) for pair in text.kept_out)
        print(f"{text.name:14} {len(text.kept_out):5,}  {words:6,}   {shares}")


def read(path: Path) -> Text:
    """A file's pairs; those whose English hashes to a multiple of ten are kept out."""
    divided: tuple[list[Any], list[Any]] = ([], [])
    for english, arabic in _BUILD["read_lines"]([path]):
        hashed = int.from_bytes(hashlib.blake2b(english.encode(), digest_size=4).digest(), "big")
        divided[hashed % 10 == 0].append(_BUILD["analysed"](english, arabic))
    return Text(path.stem, *divided)


def covered(pairs: Sequence[Any], way: Translations) -> tuple[float, float]:
    """Of the English words, the shares of which a known translation, and the likeliest, stands in the Arabic sentence."""
    known = likeliest = total = 0
    for pair in pairs:
        arabic = f" {' '.join(pair.arabic)} "
        for unit in pair.english:
            found = [_is_in(translation, arabic) for translation in way.of_english(unit.words)]
            known += any(found)
            likeliest += any(found[:1])
            total += 1
    return known / max(1, total), likeliest / max(1, total)


def _is_in(translation: Translation, arabic: str) -> bool:
    return f" {' '.join(translation.stems)} " in arabic


if __name__ == "__main__":
    main()
