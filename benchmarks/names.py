"""How well names are found across scripts: `python benchmarks/names.py NAMES.tsv [--names 1000]`.

Each held-out Latin name of the file's Latin⇥Arabic pairs (those `tools/fit_names.py` never sees) is sought among 10,000 Arabic ones by way of the
skeletons, and what they bring is ranked by similarity: once with the Arabic names as they are spelt, once as the index holds them, as
stems. The same in the other direction. The baseline ranks all 10,000 by the Levenshtein distance to a letter-by-letter romanization.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from rag.language.characters import fold
from rag.language.names import keys_of_stems, openings, similarity, similarity_of_stem, skeletons
from rag.language.stem import stem

Pair = tuple[str, str]  # what is asked for, what is right
Found = list[tuple[float, str]]  # the candidates with their scores

_CANDIDATES = 10_000
_BASELINE_NAMES = 100  # it is slow
_THRESHOLDS = (0.5, 0.6, 0.65, 0.7, 0.74, 0.8, 0.9)
_ROMAN = dict(zip("ابتثجحخدذرزسشصضطظعغفقكلمنهويء", "abttjhkddrzssSdtzagfqklmnhwy'", strict=True))


@dataclass(frozen=True, slots=True)
class _Trial:
    """What one name brought: the rank of the right one (None: no candidate), the scores, the time in seconds."""

    rank: int | None
    right: float
    others: tuple[float, ...]
    seconds: float


def main() -> None:
    """Print a table of the ways of seeking, and what thresholds of similarity keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", type=Path)
    parser.add_argument("--names", dest="asked", type=int, default=1000, help="how many names to seek")
    arguments = parser.parse_args()
    rows = (line.split("\t") for line in arguments.names.read_text(encoding="utf-8").splitlines())
    pairs = list(dict.fromkeys((fold(latin), fold(arabic)) for latin, arabic in rows))
    stems = [(latin, stem(arabic)) for latin, arabic in pairs]
    turned = [(stem(arabic), stem(latin)) for latin, arabic in pairs]
    held_out = [crc32(latin.encode()) % 10 == 0 for latin, _ in pairs]  # the tenth that was not fitted on
    print(f"{'':24}recall  candidates  95th  rank 1    MRR  ms a name")
    _run("Latin to Arabic", pairs, held_out, arguments.asked, lambda pool: _seeker(pool, skeletons, skeletons))
    trials = _run(
        "Latin to stems",
        stems,
        held_out,
        arguments.asked,
        lambda pool: _seeker(pool, skeletons, keys_of_stems, similarity_of_stem),
    )
    _run("stems to Latin stems", turned, held_out, arguments.asked, lambda pool: _seeker(pool, openings, openings))
    _run("baseline", pairs, held_out, min(arguments.asked, _BASELINE_NAMES), _baseline)
    _print_thresholds(trials)


def _run(
    title: str,
    pairs: Sequence[Pair],
    held_out: Sequence[bool],
    asked: int,
    make: Callable[[Iterable[str]], Callable[[str], Found]],
) -> list[_Trial]:
    """Seek a sample of the held-out names among theirs and others, and print a line."""
    chosen = [pair for pair, held in zip(pairs, held_out, strict=True) if held]
    others = list(dict.fromkeys(right for _, right in pairs))
    random.Random(0).shuffle(others)
    pool = list(dict.fromkeys([*(right for _, right in chosen), *others]))[:_CANDIDATES]
    seek = make(pool)
    seek(chosen[0][0])  # warm up
    trials = [_tried(seek, *pair) for pair in random.Random(1).sample(chosen, min(asked, len(chosen)))]
    sizes = [len(trial.others) + (trial.rank is not None) for trial in trials]
    recall = statistics.mean(trial.rank is not None for trial in trials)
    first = statistics.mean(trial.rank == 1 for trial in trials)
    mrr = statistics.mean(1 / trial.rank if trial.rank else 0.0 for trial in trials)
    spent = 1000 * statistics.mean(trial.seconds for trial in trials)
    percentile = sorted(sizes)[int(0.95 * len(sizes))]
    print(
        f"{title:24} {recall:.3f}  {statistics.mean(sizes):10.0f}  {percentile:4}   {first:.3f}  {mrr:.3f}  {spent:9.1f}"
    )
    return trials


def _tried(seek: Callable[[str], Found], asked: str, right: str) -> _Trial:
    started = time.perf_counter()
    found = seek(asked)
    seconds = time.perf_counter() - started
    scores = {candidate: score for score, candidate in found}
    mine = scores.pop(right, None)
    others = tuple(scores.values())
    rank = None if mine is None else 1 + sum(score >= mine for score in others)
    return _Trial(rank, mine or 0.0, others, seconds)


def _seeker(
    pool: Iterable[str],
    keys: Callable[[str], Sequence[str]],
    of_asked: Callable[[str], Sequence[str]],
    rated: Callable[[str, str], float] = similarity,
) -> Callable[[str], Found]:
    index: dict[str, list[str]] = {}
    for candidate in pool:
        for key in keys(candidate):
            index.setdefault(key, []).append(candidate)

    def seek(asked: str) -> Found:
        candidates = {candidate for key in of_asked(asked) if key for candidate in index.get(key, ())}
        return [(rated(asked, candidate), candidate) for candidate in candidates]

    return seek


def _baseline(pool: Iterable[str]) -> Callable[[str], Found]:
    romanized = [("".join(_ROMAN.get(letter, "") for letter in candidate), candidate) for candidate in pool]
    return lambda asked: [(-_levenshtein(asked, roman) / max(len(asked), len(roman)), c) for roman, c in romanized]


def _levenshtein(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, c in enumerate(a, 1):
        corner, row[0] = row[0], i
        for j, d in enumerate(b, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (c != d))
    return row[-1]


def _print_thresholds(trials: Sequence[_Trial]) -> None:
    """How many of the right stems each threshold keeps, and how many others a name: all of them, or those near the best alone."""
    print("\nsimilarity >=   right kept   others a name   and at most 0.15 below the best: right kept   others a name")
    for threshold in _THRESHOLDS:
        least = [threshold] * len(trials)
        near = [max(threshold, max((t.right, *t.others)) - 0.15) for t in trials]
        columns = [value for bounds in (least, near) for value in _kept(trials, bounds)]
        print(f"{threshold:13.2f}   {columns[0]:10.3f}   {columns[1]:13.2f}   {columns[2]:43.3f}   {columns[3]:13.2f}")


def _kept(trials: Sequence[_Trial], bounds: Sequence[float]) -> tuple[float, float]:
    together = list(zip(trials, bounds, strict=True))
    return (
        statistics.mean(trial.right >= bound for trial, bound in together),
        statistics.mean(sum(score >= bound for score in trial.others) for trial, bound in together),
    )


if __name__ == "__main__":
    main()
