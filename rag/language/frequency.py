"""How common a term is in everyday text, whatever the library holds."""

from functools import cache

from rag.language.data_files import pairs, read

_SMOOTH = 500.0  # occurrences per million at which a term tells half as much as an unseen one


def telling(term: str) -> float:
    """How much a term tells, in (0, 1]: a / (a + p) for its frequency p (Arora, Liang and Ma, 2017); 1 for an unseen term."""
    return _SMOOTH / (_SMOOTH + frequencies().get(term, 0.0))


@cache
def frequencies() -> dict[str, float]:
    """Occurrences per million terms of everyday text."""
    return {term: float(count) for term, count in pairs(read("frequency.tsv")).items()}
