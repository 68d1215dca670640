"""The baseline: BM25 as its formula has it."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluation.bm25 import Bm25

# No stopword, and each its own stem.
WORDS = ("قلم", "بحر", "نجم", "قمر", "سيف")
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join), min_size=1, max_size=6)


def okapi(texts: list[str], question: str, i: int) -> float:
    """The score of the i-th text, straight from the formula."""
    words = [text.split() for text in texts]
    average = sum(map(len, words)) / len(words)
    score = 0.0
    for term in question.split():
        n, tf = sum(term in one for one in words), words[i].count(term)
        idf = log(1 + (len(words) - n + 0.5) / (n + 0.5))
        score += idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * len(words[i]) / average))
    return score


def test_a_score_is_that_of_the_formula() -> None:
    ((passage_id, score),) = Bm25({"a": "قلم بحر", "b": "نجم قمر سيف بحر"}).search("قلم", 10)
    # idf = ln(1 + 1.5 / 1.5) = ln 2; tf = 1; length 2 of 3 on average: 0.25 + 0.75 * 2 / 3 = 0.75
    assert passage_id == "a"
    assert score == pytest.approx(log(2) * 2.2 / (1 + 1.2 * 0.75))


@given(TEXTS, st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join))
def test_every_ranking_is_that_of_the_formula(texts: list[str], question: str) -> None:
    found = Bm25({str(i): text for i, text in enumerate(texts)}).search(question, 10)
    scored = {str(i): okapi(texts, question, i) for i in range(len(texts))}
    assert dict(found) == {i: pytest.approx(score) for i, score in scored.items() if score > 0}
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_words_are_stemmed_and_stopwords_do_not_count() -> None:
    passages = {"a": "أصابت الصواريخ القاعدة", "b": "في من على"}
    assert [i for i, _ in Bm25(passages).search("صواريخ في قاعدة", 10)] == ["a"]
    assert Bm25(passages).search("في من", 10) == []


def test_it_knows_no_translation_and_no_other_form_of_a_date() -> None:
    passages = {"a": "هجوم في 5 تموز"}
    assert Bm25(passages).search("attack", 10) == []
    assert Bm25(passages).search("يوليو", 10) == []


def test_it_gives_no_more_than_asked_for_and_ties_in_the_order_of_the_passages() -> None:
    passages = {"b": "قلم بحر", "a": "قلم نجم", "c": "قلم قمر"}
    assert [i for i, _ in Bm25(passages).search("قلم", 2)] == ["b", "a"]
