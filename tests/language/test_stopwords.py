"""Words that are neither indexed nor matched, and words by which a question asks."""

import pytest

from rag.language.analyzer import analyze
from rag.language.characters import fold
from rag.language.stopwords import ASKING, STOPWORDS
from rag.language.words import words


@pytest.mark.parametrize("listed", [STOPWORDS, ASKING])
def test_each_is_one_word_in_the_form_that_is_compared(listed: frozenset[str]) -> None:
    assert [word for word in listed if [found.folded for found in words(word)] != [word]] == []


@pytest.mark.parametrize(
    "text",
    [
        "في من إلى على عن مع",
        "هو هي هم الذي التي الذين",
        "أن إنّ بأنّ وأنّ لأنّه",
        "كان كانت يكون قد لقد لم لن ليس",
        "هٰذا ذلك هؤلاء",
        "the a of in on at by with from",
        "He was not there and they are here",
        "isn't don’t WON'T",
    ],
)
def test_function_words_in_any_spelling_are_no_terms(text: str) -> None:
    assert analyze(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "قاعدة هجوم صاروخ قتل أعلن العراق",
        "عين الأسد",
        "rocket base army killed war",
        "قال أكد وصف",
        "أمس اليوم الإثنين",
    ],
)
def test_words_with_a_subject_of_their_own_are_terms(text: str) -> None:
    assert [(term.start, term.end) for term in analyze(text)] == [(word.start, word.end) for word in words(text)]


@pytest.mark.parametrize(
    "question",
    [
        "متى أين كيف لماذا",
        "من ما ماذا هل كم أي لمن بماذا",
        "كم وين شو ليش فين",
        "كام فين امتى إمتى ليه إيه ازاي مين بكام دلوقتي برضو",
        "قديش وين إيمتى ليش شو مين لشو لوين هلق هيك",
        "شكد شقد شوكت شنو منو شلون هسه",
        "وش منهو ليش مب",
        "شحال فوين علاش شكون وقتاش كيفاش",
        "ايش لايش منين",
        "who what when where why how which whose whom",
        "tell me please",
    ],
    ids=[
        "standard",
        "more",
        "any",
        "egyptian",
        "levantine",
        "iraqi",
        "gulf",
        "moroccan",
        "yemeni",
        "english",
        "polite",
    ],
)
def test_questions_ask_by_words_that_name_no_subject(question: str) -> None:
    assert {word.folded for word in words(question)} <= ASKING


@pytest.mark.parametrize("word", ["هجوم", "قاعدة", "العراق", "كيربي", "attack", "soldiers", "iraq"])
def test_subjects_of_questions_do_not_ask(word: str) -> None:
    assert fold(word) not in ASKING
