"""How much of a translation the word-for-word gloss says: `python benchmarks/gloss.py TEXT.tsv … [--show 20]`.

The texts are English⇥Arabic sentence pairs. Reported of each: the share of the translation's content words that the gloss holds, by stem, and of the
gloss's that the translation holds; chrF (Popović, "chrF: character n-gram F-score for automatic MT evaluation", 2015; six letters, recall twice as
important); the share of Arabic content words left in brackets; the share of Arabic negations that the gloss says; the time.
"""

import argparse
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rag.language.characters import is_arabic
from rag.language.gloss import gloss
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.words import words

Pair = tuple[str, str]  # English, Arabic

_LONGEST, _BETA = 6, 2.0  # of chrF
_NEGATIONS = frozenset("لم ولم فلم لن ولن فلن لا ولا فلا ليس وليس ليست وليست ليسوا دون بدون بلا غير عدم".split())
_NEGATED = re.compile(
    r"\b(?:not|no|nor|non|without|never|none|nothing|cannot|neither|un\w+|in\w+|im\w+|except|only|still|must|however|lack)\b|n't",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(r"\[[^\]]*\]")


def main() -> None:
    """Print a row of figures for each text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--show", type=int, default=0, help="how many glosses to print as well, chosen at random")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    print(f"{'':24}recall  precision   chrF  unknown  negation  ms (95th)")
    for path in arguments.texts:
        pairs = _pairs(path)
        _report(path.stem, pairs)
        random.seed(arguments.seed)
        for english, arabic in random.sample(pairs, min(arguments.show, len(pairs))):
            print(f"\n{arabic}\n  {gloss(arabic)}\n  = {english}")


def _pairs(path: Path) -> list[Pair]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(english, arabic) for english, arabic, *_ in rows]


def _report(title: str, pairs: Sequence[Pair]) -> None:
    gloss(" ".join(arabic for _, arabic in pairs[:100]))  # loads what is loaded once
    said, seconds = [], []
    for _, arabic in pairs:
        start = time.perf_counter()
        said.append(gloss(arabic))
        seconds.append(time.perf_counter() - start)
    references = [english for english, _ in pairs]
    held, of_reference, of_gloss = _held(said, references)
    unknown = sum(len(_UNKNOWN.findall(one)) for one in said) / sum(_content_words(arabic) for _, arabic in pairs)
    negated = [bool(_NEGATED.search(one)) for one, (_, arabic) in zip(said, pairs, strict=True) if _is_negated(arabic)]
    chrf = statistics.mean(_chrf(one, other) for one, other in zip(said, references, strict=True))
    slow = statistics.quantiles(seconds, n=20)[-1]
    print(
        f"{title:24}{held / of_reference:6.1%}     {held / of_gloss:6.1%}  {chrf:5.1f}   {unknown:5.1%}    "
        f"{statistics.mean(negated) if negated else 1:5.1%}   {1000 * statistics.mean(seconds):.1f} ({1000 * slow:.1f})"
    )


def _held(said: Sequence[str], references: Sequence[str]) -> tuple[int, int, int]:
    """Content stems of the glosses and references together, and how many they have in common."""
    held = of_reference = of_gloss = 0
    for one, other in zip(said, references, strict=True):
        ours, theirs = _stems(one), _stems(other)
        held += (ours & theirs).total()
        of_gloss += ours.total()
        of_reference += theirs.total()
    return held, of_reference, of_gloss


def _stems(english: str) -> Counter[str]:
    return Counter(stem(word.folded) for word in words(english) if word.folded not in STOPWORDS)


def _content_words(arabic: str) -> int:
    return sum(is_arabic(word.folded) and word.folded not in STOPWORDS for word in words(arabic))


def _is_negated(arabic: str) -> bool:
    return any(word.folded in _NEGATIONS for word in words(arabic))


def _chrf(said: str, reference: str) -> float:
    """0 to 100."""
    one, other = "".join(said.split()), "".join(reference.split())
    scores = []
    for n in range(1, _LONGEST + 1):
        ours, theirs = _ngrams(one, n), _ngrams(other, n)
        if ours and theirs:
            common = (ours & theirs).total()
            scores.append((common / ours.total(), common / theirs.total()))
    if not scores:
        return 0.0
    precision, recall = (statistics.mean(column) for column in zip(*scores, strict=True))
    return float(100 * (1 + _BETA**2) * precision * recall / ((_BETA**2 * precision + recall) or 1.0))


def _ngrams(text: str, n: int) -> Counter[str]:
    return Counter(text[i : i + n] for i in range(len(text) - n + 1))


if __name__ == "__main__":
    main()
