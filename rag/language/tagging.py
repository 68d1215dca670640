"""Which reading of each word of a sentence is meant: the cheapest row of readings, by what follows what in Arabic.

Each reading has a cost of its own and one for standing after the reading before it; the row of least cost is found by dynamic programming
(Viterbi, 1967). The costs, in nats, are in `data/gloss_grammar.tsv`: a row for a class, and in it what the class may be followed by.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from rag.language.data_files import read, rows
from rag.language.readings import Reading

START = "^"  # the class before the first word, and after a mark of punctuation
_ELSE = "*"
_INDEFINITE, _DEFINITE = "-", "+"
_NOMINAL = frozenset("spgacde")
_JUSSIVE = 4.0  # of the jussive anywhere but after لم


def chosen(options: Sequence[Sequence[Reading]], breaks: frozenset[int]) -> list[Reading]:
    """The readings of a sentence, first to last.

    Args:
        options: for each word the readings that begin with it; a reading may take several words.
        breaks: the words before which a mark of punctuation stands.
    """
    size = len(options)
    # By the word that a row of readings reaches: its end's class → cost, the reading, and where it came from.
    reached: list[dict[str, tuple[float, Reading | None, int, str]]] = [{} for _ in range(size + 1)]
    reached[0][START] = (0.0, None, 0, "")
    for i, readings in enumerate(options):
        for before, (spent, *_) in reached[i].items():
            follows = START if i in breaks else before
            for reading in readings:
                end = i + reading.length
                tag = _tag(reading)
                cost = spent + reading.cost + _following(follows, tag, reading.conjunction != "", reading.particle)
                known = reached[end].get(tag)
                if known is None or cost < known[0]:
                    reached[end][tag] = (cost, reading, i, before)
    row: list[Reading] = []
    end, tag = size, min(reached[size], key=lambda t: reached[size][t][0], default="")
    while end:
        _, last, start, before = reached[end][tag]
        if last is not None:
            row.append(last)
        end, tag = start, before
    return row[::-1]


def _tag(reading: Reading) -> str:
    """The class, with what of it decides what may follow."""
    kind = reading.kind
    if kind in _NOMINAL:
        governs = reading.english.endswith((" of", " for"))  # المتحدث باسم: a noun belongs behind it
        return kind + (_DEFINITE if (reading.article or reading.pronoun) and not governs else _INDEFINITE)
    if kind in "NA":
        return kind + reading.english
    if kind in "PTC":
        return kind + (_DEFINITE if reading.pronoun else _INDEFINITE)
    return kind


@lru_cache(maxsize=50_000)
def _following(before: str, tag: str, joined: bool, particle: str) -> float:
    cost = _JUSSIVE if tag == "j" and before not in {"Ndid not", "Nnot"} else 0.0
    if particle in {"ب", "ل", "ك"}:
        return cost + min(_cost(before, "P-"), 0.5) + _cost("P-", tag)
    if joined:
        same = before[:1] == tag[:1]
        return cost + (0.0 if same else 0.4 + _cost(START, tag))
    return cost + _cost(before, tag)


@lru_cache(maxsize=50_000)
def _cost(before: str, tag: str) -> float:
    rows = _grammar()
    for name in (before, before[:1], _ELSE):
        row = rows.get(name)
        if row is not None:
            return next((row[key] for key in (tag, tag[:1], _ELSE) if key in row), 1.0)
    return 1.0


@cache
def _grammar() -> dict[str, dict[str, float]]:
    costs: dict[str, dict[str, float]] = {}
    for before, cells in rows(read("gloss_grammar.tsv")):
        pairs = (cell.rpartition("=") for cell in cells.split("|"))
        costs[before] = {tag: float(cost) for tags, _, cost in pairs for tag in tags.split(",")}
    return costs
