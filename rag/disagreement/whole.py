"""The articles that answer, read whole: another voice may speak where retrieval found no passage."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rag.evidence import Judge, Material
from rag.model import Article, Passage, Sentence
from rag.question import Question
from rag.reading import Ranked, load_weights, rank

_ARTICLES = 2  # of the best sentences
_AMONG = 4  # sentences


def read_whole(
    question: Question, rarities: Sequence[float], ranked: Sequence[Ranked], material: Material
) -> tuple[Ranked, ...]:
    """The sentences with those of the best articles that stand in no found passage, best first.

    Args:
        question: as understood.
        rarities: how telling each of its concepts is.
        ranked: the sentences read, best first.
        material: what they are from.
    """
    best = list(dict.fromkeys(one.evidence.passage.article_id for one in ranked[:_AMONG]))[:_ARTICLES]
    judge = Judge(question, np.array(rarities, dtype=np.float64))
    more = []
    for article_id in best:
        passages = _missing(material.articles[article_id], material.sentences[article_id], material)
        if passages:
            score = min(score for one, score in material.passages if one.article_id == article_id)
            found = judge.article(replace(material, passages=[(one, score) for one in passages]), article_id)
            more += [one for one in found if not one.apart]
    if not more:
        return tuple(ranked)
    known = {(one.evidence.passage.article_id, one.evidence.index) for one in ranked}
    fresh = [
        one
        for one in rank(question, more, load_weights())
        if (one.evidence.passage.article_id, one.evidence.index) not in known
    ]
    return tuple(sorted([*ranked, *fresh], key=lambda one: -one.score))


def _missing(article: Article, sentences: Sequence[Sentence], material: Material) -> list[Passage]:
    """A passage for each sentence that is in none that was found: the sentence with its neighbours."""
    found = [one for one, _ in material.passages if one.article_id == article.id]
    passages = []
    for i, sentence in enumerate(sentences):
        if sentence.heading or any(one.start <= sentence.start and sentence.end <= one.end for one in found):
            continue
        around = [one for one in sentences[max(0, i - 1) : i + 2] if not one.heading]
        start, end = around[0].start, around[-1].end
        passages.append(Passage(f"{article.id}:{start}", article.id, start, end, article.text[start:end]))
    return passages
