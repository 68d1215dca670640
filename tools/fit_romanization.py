"""Fit how English spells names that Arabic letters write: `python tools/fit_romanization.py NAMES.tsv`.

The file holds Latin⇥Arabic pairs; the person names of Wikidata collected by Benites de Azevedo e Souza et al. for COLING 2018 (CC0) were used. Two
tables make a noisy channel: how likely an Arabic letter, or pair, is each of the spellings that `SPELLINGS` allows and a short vowel behind it
(counted on the best alignments, anew in each round), and how likely Latin letters follow one another in names. Every tenth Latin name is left
out, as `tools/fit_names.py` does. The same file always gives the same tables.
"""

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

from fit_names import is_held_out

from rag.language.characters import fold
from rag.language.romanize import LONGEST_HISTORY, SHORT, SHORT_LAST, units

_DATA = Path(__file__).parent.parent / "rag/language/data"
_CHANNEL, _LETTERS = "romanization.tsv", "name_letters.tsv"
_ROUNDS = 4
_SEEN = 5  # times that Latin letters must follow one another for a line
_UNLIKELY = 5.0  # nats; a spelling beyond it is not worth its line
_LONGEST = 14  # letters of a name that is learnt from

# What each Arabic letter may be in a name of another language; < and > mark the beginning and the end. The likelier first.
SPELLINGS = {
    "ب": "b p bb pp", "ت": "t tt", "ط": "t tt", "ث": "th", "ج": "j g gg", "ح": "h", "خ": "kh", "د": "d dd", "ذ": "dh th", "ر": "r rr", "ز": "z zz",
    "س": "s ss c", "ش": "sh sch", "ص": "s", "ض": "d", "ظ": "z", "غ": "g gh gg", "ف": "f v ff", "ق": "q k", "ك": "k c kk ck cc", "ل": "l ll",
    "م": "m mm", "ن": "n nn", "ه": "h", "و": "o u w ou oo v au ow", "ي": "i e y ei ie ee ai", "ا": "a e o u aa", "ه>": "a h ah eh e",
    "ي>": "i y e ie ey", "و>": "o u ou ow", "ا>": "a ah e", "<ا": "a e i o u", "اي": "ai ay ei i ey", "<اي": "i ei e ai", "<او": "o u ou au",
    "كس": "x ks cks", "تش": "ch tch cz", "يا": "ia ya ea", "يه>": "ia iya ie", "دج": "j dj dg",
}  # fmt: skip

Channel = dict[str, dict[str, float]]  # Arabic letters -> spelling -> cost in nats


def main() -> None:
    """Fit, and write both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", type=Path)
    pairs = list(_pairs(parser.parse_args().names))
    _write(_CHANNEL, ((f"{a}\t{latin}", cost) for a, row in _fitted(pairs).items() for latin, cost in row.items()))
    _write(_LETTERS, _letters(sorted({latin for latin, _ in pairs})))


def _write(name: str, rows: Iterator[tuple[str, float]]) -> None:
    lines = sorted(f"{key}\t{cost:.2f}" for key, cost in rows)
    (_DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines):,} lines")


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    for latin, arabic in dict.fromkeys((fold(latin), fold(arabic)) for latin, arabic in rows):
        if latin.isascii() and latin.isalpha() and 2 < len(latin) <= _LONGEST and not is_held_out(latin):
            yield latin, arabic


def _fitted(pairs: list[tuple[str, str]]) -> Channel:
    channel: Channel = {key: {said: 0.5 * i for i, said in enumerate(s.split())} for key, s in SPELLINGS.items()}
    channel |= {
        SHORT: {vowel: 1.8 if vowel else 0.3 for vowel in ("", *"aeiou")},
        SHORT_LAST: {vowel: 4.0 if vowel else 0.1 for vowel in ("", "e", "a")},
    }
    for _ in range(_ROUNDS):
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        aligned = [_aligned(arabic, latin, channel) for latin, arabic in pairs]
        for key, said in (step for steps in aligned for step in steps):
            counts[key][said] += 1
        print(f"{sum(map(bool, aligned)):,} of {len(pairs):,} pairs aligned")
        channel = {key: _costs(said) for key, said in counts.items()}
    return channel


def _costs(counts: Mapping[str, int]) -> dict[str, float]:
    total = sum(counts.values())
    costs = {said: -math.log(count / total) for said, count in counts.items()}
    return {said: cost for said, cost in costs.items() if cost <= _UNLIKELY}


def _aligned(arabic: str, latin: str, channel: Channel) -> list[tuple[str, str]]:
    """The spellings of the cheapest way to write `latin` in the Arabic letters; none if there is no way."""
    best: list[dict[int, tuple[float, list[tuple[str, str]]]]] = [{} for _ in range(len(arabic) + 1)]
    best[0][0] = (0.0, [])
    edges = units(arabic, channel)
    for i, found in enumerate(best[:-1]):
        for (p, (spent, steps)), (end, key, short) in product(found.items(), edges[i]):
            for said, cost in channel[key].items():
                if not latin.startswith(said, p):
                    continue
                for vowel, dearer in channel[short].items() if short else (("", 0.0),):
                    q = p + len(said) + len(vowel)
                    if (
                        latin.startswith(vowel, p + len(said))
                        and spent + cost + dearer < best[end].get(q, (math.inf,))[0]
                    ):
                        more = [(key, said), (short, vowel)] if short else [(key, said)]
                        best[end][q] = (spent + cost + dearer, [*steps, *more])
    return best[-1].get(len(latin), (0.0, []))[1]


def _letters(names: list[str]) -> Iterator[tuple[str, float]]:
    """What a letter costs after those before it, as far as they were seen together; the rest is left to a shorter history."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        marked = f"<{name}>"
        for i in range(1, len(marked)):
            for n in range(min(LONGEST_HISTORY, i) + 1):
                seen[marked[i - n : i]][marked[i]] += 1
    for history, following in seen.items():
        total = following.total()
        for letter, count in following.items():
            if count >= _SEEN:
                yield history + letter, -math.log(count / total)


if __name__ == "__main__":
    main()
