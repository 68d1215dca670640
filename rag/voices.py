"""Whose words a sentence of an article reports."""

from collections.abc import Sequence

from rag.language.characters import fold
from rag.language.speech import Attribution, attributions
from rag.model import Article, Sentence

_PRONOUNS = frozenset({"he", "she", "it", "they", "هو", "هي", "هم"})
_BACK = 2  # sentences before, in which somebody who goes on speaking was named


def voice(article: Article, sentences: Sequence[Sentence], index: int, place: int | None = None) -> str | None:
    """Who says what a sentence tells, as the article has it; None where the article tells it itself.

    Args:
        article: where it stands.
        sentences: of the article.
        index: of the sentence.
        place: offset in the sentence of what is told; None for most of the sentence.
    """
    text = _text(article, sentences[index])
    told = [one for one in attributions(text) if fold(one.speaker or "") not in _PRONOUNS]
    found = [one for one in attributions(text) if _covers(one, place, text)]
    if not found:
        return None
    own = [one.speaker for one in told if one.speaker and one.verb_start <= found[-1].verb_start]
    if own:
        return own[0] if place is None else own[-1]
    for before in reversed(range(max(0, index - _BACK), index)):
        named = [one.speaker for one in attributions(_text(article, sentences[before])) if one.speaker]
        if named:
            return named[-1]
    return None


def _covers(one: Attribution, place: int | None, text: str) -> bool:
    if place is not None:
        return one.holds(place, place + 1)
    speaking = (one.end - one.start if one.speaker else 0) + one.verb_end - one.verb_start
    return 2 * (one.said_end - one.said_start) > len(text) - speaking


def _text(article: Article, sentence: Sentence) -> str:
    return article.text[sentence.start : sentence.end]
