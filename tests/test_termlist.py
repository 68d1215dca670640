"""The stored terms of a passage: packed and unpacked without loss, and the language that they are in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.analyzer import analyze
from rag.model import Language
from rag.termlist import TermList, unpack
from tests.language.strategies import patient, texts

words = st.text(min_size=1, max_size=6).filter(lambda word: word.split() == [word])
lists = st.lists(words, max_size=5).map(tuple)
term_lists = st.builds(TermList, st.lists(lists, min_size=1, max_size=4).map(tuple), lists)


def test_sentences_are_lines_and_the_title_comes_after_a_form_feed() -> None:
    held = TermList((("هجوم", "قاعد"), ("#2", "صاروخ")), ("عراق", "اسد"))
    assert held.packed() == "هجوم قاعد\n#2 صاروخ\fعراق اسد"


def test_without_a_title_there_is_no_form_feed() -> None:
    assert TermList((("هجوم",), ("قاعد",))).packed() == "هجوم\nقاعد"


@given(term_lists)
def test_what_was_packed_is_unpacked_as_it_was(held: TermList) -> None:
    assert unpack(held.packed()) == held


@given(texts, texts)
@patient
def test_no_term_that_the_analyzer_makes_breaks_in_two(sentence: str, title: str) -> None:
    held = TermList((_terms(sentence), _terms(title)), _terms(title))
    assert unpack(held.packed()) == held


def _terms(text: str) -> tuple[str, ...]:
    return tuple(term.text for term in analyze(text))


@pytest.mark.parametrize("sentences", [((),), ((), ()), (("a",), (), ("b",)), ((), ("a",))])
def test_a_sentence_without_terms_keeps_its_place(sentences: tuple[tuple[str, ...], ...]) -> None:
    assert unpack(TermList(sentences).packed()).sentences == sentences
    assert unpack(TermList(sentences, ("title",)).packed()) == TermList(sentences, ("title",))


def test_the_terms_are_those_of_the_sentences_in_order_without_the_title() -> None:
    assert TermList((("b", "a"), (), ("a",)), ("title",)).terms == ["b", "a", "a"]


@pytest.mark.parametrize(
    ("packed", "language"),
    [
        ("هجوم قاعد", "ar"),
        ("attack base", "en"),
        ("attack هجوم", "ar"),
        ("attack base هجوم", "en"),
        ("هجوم\nattack base\nbase", "en"),
        ("attack #2 #3 @2021-07-05 ~14:45", "en"),
        ("هجوم #2 #3 @2021-07-05", "ar"),
        ("#2 @2021", "ar"),
        ("", "ar"),
        ("attack\fهجوم قاعد عراق", "en"),
    ],
)
def test_the_language_is_that_of_most_words_of_the_passage_itself(packed: str, language: Language) -> None:
    assert unpack(packed).language == language
