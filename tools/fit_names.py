"""Fit how names are written in the other script: `python tools/fit_names.py NAMES.tsv`.

The file holds Latin⇥Arabic pairs; the person names of Wikidata collected by Benites de Azevedo e Souza et al. for COLING 2018 (CC0) were used. A
name is taken for a row of steps, each of which writes a group of Latin letters as a group of Arabic ones; the joint probabilities of the
steps are estimated by expectation maximization over all alignments (Ristad and Yianilos, "Learning String-Edit Distance", 1998; Jiampojamarn,
Kondrak and Sherif, "Applying Many-to-Many Alignments and Hidden Markov Models to Letter-to-Phoneme Conversion", 2007). Every tenth Latin name
is left out, for `benchmarks/names.py`. The same file always gives the same table.
"""

import argparse
import math
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from rag.language.characters import fold
from rag.language.names import LONGEST_ARABIC, LONGEST_LATIN, marked
from rag.language.stem import stem

Pair = tuple[str, str, float]  # marked Latin, Arabic, weight
Steps = dict[str, dict[str, float]]  # Latin group -> Arabic group -> probability or expected count

_OUTPUT = Path(__file__).parent.parent / "rag/language/data/transliteration.tsv"
_ITERATIONS = 12
_DISCOUNT = 0.2  # occurrences taken off every step, so that accidental ones die out
_SIFTED_AFTER, _WRONG = 4, 0.04  # iterations until the least likely share of the pairs, mostly wrong ones, is put aside
_STEM_WEIGHT = 0.5  # of a pair whose Arabic side lost an ending or its article, as names in the index did
_LEAST, _MOST = 2, 14  # letters of a name that is learnt from; longer ones are mostly several words
_SMALLEST = 1e-6  # a rarer step is not worth its line


def main() -> None:
    """Fit, and write the steps, each with its cost: minus the natural logarithm of its joint probability."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", type=Path)
    steps = _with_doubled(_fitted(list(_weighted(parser.parse_args().names))))
    lines = [
        f"{latin}\t{arabic}\t{-math.log(p):.2f}"
        for latin, written in sorted(steps.items())
        for arabic, p in sorted(written.items())
        if p >= _SMALLEST
    ]
    _OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _fitted(pairs: list[Pair]) -> Steps:
    steps: Steps = {}
    for iteration in range(_ITERATIONS):
        counts: Steps = defaultdict(lambda: defaultdict(float))
        likelihoods = [_expect(pair, steps, counts) for pair in pairs]
        steps = _normalized(counts, _DISCOUNT if steps else 0.0)
        print(f"{len(pairs):,} pairs  {sum(map(len, steps.values())):,} steps")
        if iteration == _SIFTED_AFTER:
            least = sorted(likelihoods)[int(_WRONG * len(pairs))]
            pairs = [pair for pair, likelihood in zip(pairs, likelihoods, strict=True) if likelihood >= least]
    return steps


def _weighted(path: Path) -> Iterator[Pair]:
    """The folded pairs to fit on, with their weights."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    for latin, arabic in dict.fromkeys((fold(latin), fold(arabic)) for latin, arabic in rows):
        if is_held_out(latin) or not _LEAST <= len(latin) <= _MOST:
            continue
        for form in dict.fromkeys((arabic, stem(arabic))):
            if _LEAST <= len(form) <= _MOST:
                yield marked(latin), form, 1.0 if form == arabic else _STEM_WEIGHT


def is_held_out(latin: str) -> bool:
    """Whether a folded Latin name is one of the tenth never fitted on."""
    return crc32(latin.encode()) % 10 == 0


def _expect(pair: Pair, steps: Steps, counts: Steps) -> float:
    """Add a pair's expected steps, over all its alignments, to `counts`.

    Returns:
        The log likelihood a Latin letter; minus infinity if there is no alignment. Without `steps` all alignments are as likely.
    """
    latin, arabic, weight = pair
    n, m = len(latin), len(arabic)
    forward = [[0.0] * (m + 1) for _ in range(n + 1)]
    backward = [[0.0] * (m + 1) for _ in range(n + 1)]
    forward[0][0] = backward[n][m] = 1.0
    arcs = []
    for i in range(n):
        for j in range(m + 1):
            if forward[i][j] == 0.0:
                continue
            for k in range(i + 1, min(i + LONGEST_LATIN, n) + 1):
                written = steps.get(latin[i:k], {})
                for end in range(j, min(j + LONGEST_ARABIC, m) + 1):
                    p = written.get(arabic[j:end], 0.0) if steps else 1.0
                    if p:
                        forward[k][end] += forward[i][j] * p
                        arcs.append((i, j, k, end, p))
    total = forward[n][m]
    if total == 0.0:
        return -math.inf
    for i, j, k, end, p in reversed(arcs):
        share = p * backward[k][end]
        if share:
            backward[i][j] += share
            counts[latin[i:k]][arabic[j:end]] += weight * forward[i][j] * share / total
    return math.log(total) / n


def _normalized(counts: Steps, discount: float) -> Steps:
    """The probabilities of the steps, all together 1."""
    kept = {
        latin: {arabic: n - discount for arabic, n in written.items() if n > discount}
        for latin, written in counts.items()
    }
    total = sum(n for written in kept.values() for n in written.values())
    return {latin: {a: n / total for a, n in written.items()} for latin, written in kept.items() if written}


def _with_doubled(steps: Steps) -> Steps:
    """The steps, a doubled letter also written in every way in which the single one is (Gaddafi: قذافي), as likely among its own."""
    found = dict(steps)
    for letter in (latin for latin in steps if len(latin) == 1 and 2 * latin in steps):
        doubled = steps[2 * letter]
        share = sum(doubled.values()) / sum(steps[letter].values())
        also = {arabic: share * p for arabic, p in steps[letter].items() if arabic and arabic not in doubled}
        found[2 * letter] = doubled | also
    return found


if __name__ == "__main__":
    main()
