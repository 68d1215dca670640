"""Where one sentence of an article sets an account against the one before it: "لكن مصدرا طبيا ذكر أن", "في المقابل", "ونفى الوزير"."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.disagreement.words import begins, phrases
from rag.language.words import words
from rag.model import Article, Sentence
from rag.voices import speakers

_NEAR_BEGINNING = 6  # words, in which a verb of denial stands
_IN_SO_MANY = 14  # the same, of words that say that this is another account
_OBJECT = 12  # words from such a verb to what it answers with
_BACK = 3  # sentences to the account that is answered


@dataclass(frozen=True, slots=True)
class Opening:
    """How a sentence sets itself against another.

    Attributes:
        is_adversative: it begins with "but".
        is_answer: it begins with a verb that denies what somebody else says.
        contradicts: it says in so many words that it is another account.
    """

    is_adversative: bool
    is_answer: bool
    contradicts: bool


@lru_cache(maxsize=20_000)
def opening(text: str) -> Opening:
    """How a sentence begins."""
    folded = [word.folded for word in words(text)]
    answers = any(
        begins(folded, i, phrases("rebuttal", "answering")) or _answers_with(folded, i)
        for i in range(min(_NEAR_BEGINNING, len(folded)))
    )
    contradicts = any(
        begins(folded, i, phrases("rebuttal", "contradicting")) for i in range(min(_IN_SO_MANY, len(folded)))
    )
    return Opening(begins(folded, 0, phrases("rebuttal", "openings")), answers or contradicts, contradicts)


def _answers_with(folded: Sequence[str], i: int) -> bool:
    near = folded[i + 1 : i + _OBJECT]
    return any(folded[i] in {verb, f"و{verb}"} and link in near for verb, link in phrases("rebuttal", "answering_with"))


def rebuts(article: Article, sentences: Sequence[Sentence], answered: int, answering: int) -> bool:
    """Whether a sentence sets an account against an earlier one beside it, both somebody's words or the article's and somebody's.

    Args:
        article: that both stand in.
        sentences: of the article.
        answered: index of the earlier one.
        answering: index of the later one.
    """
    if not 0 < answering - answered <= _BACK:
        return False
    text = article.text[sentences[answering].start : sentences[answering].end]
    how = opening(text)
    return (how.is_adversative and bool(speakers(text))) or how.is_answer


def parts_within(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of a sentence that tell different accounts; the whole sentence where it tells one."""
    found = words(text)
    folded = [word.folded for word in found]
    turns = [found[i].start for i in range(1, len(found)) if begins(folded, i, phrases("rebuttal", "inside"))]
    edges = [0, *turns, len(text)]
    return tuple(pairwise(edges))
