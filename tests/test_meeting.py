"""Where concepts are met: terms of several words, sentences, windows and neighbours, by hand and against slow definitions."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.meeting import Finder, Met, best_sentence, best_window, frequencies, neighbours, strongest
from rag.question import Concept
from rag.termlist import TermList, unpack

_WORDS = "abcd"
_SHARES = st.lists(st.floats(0.01, 1), min_size=4, max_size=4).map(lambda parts: [part / sum(parts) for part in parts])


def concept(*ways: str, weights: Sequence[float] = ()) -> Concept:
    """One that any of these terms names; each weighs 1 unless told."""
    given_weights = weights or [1.0] * len(ways)
    return Concept(
        ways[0], "word", tuple((tuple(way.split()), weight) for way, weight in zip(ways, given_weights, strict=True))
    )


def find(packed: str, *concepts: Concept) -> list[Met]:
    return Finder(concepts).find(unpack(packed))


def met(*places: tuple[int, int] | tuple[int, int, float], sentence: int = 0) -> list[Met]:
    """Meetings of (place, concept) or (place, concept, weight), one term long."""
    return [Met(place, place + 1, sentence, one, *(weight or (1.0,))) for place, one, *weight in places]


concepts = st.lists(
    st.lists(
        st.tuples(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=2).map(tuple), st.floats(0.1, 1)),
        min_size=1,
        max_size=3,
    ).map(lambda ways: Concept("x", "word", tuple(ways))),
    min_size=4,
    max_size=4,
)
passages = st.lists(st.lists(st.sampled_from(_WORDS + "xyz"), max_size=12).map(tuple), max_size=4).map(
    lambda sentences: TermList(tuple(sentences))
)


# Finding


def test_each_meeting_is_told_with_its_place_end_sentence_and_weight() -> None:
    attack = concept("هجوم", "قصف", weights=(1.0, 0.6))
    base = concept("قاعد")
    assert find("قال قصف\nوزير قاعد هجوم", attack, base) == [
        Met(1, 2, 0, 0, 0.6),
        Met(3, 4, 1, 1, 1.0),
        Met(4, 5, 1, 0, 1.0),
    ]


def test_one_term_may_meet_several_concepts() -> None:
    assert find("عين", concept("عين"), concept("بصر", "عين", weights=(1, 0.5))) == [
        Met(0, 1, 0, 0, 1),
        Met(0, 1, 0, 1, 0.5),
    ]


@pytest.mark.parametrize("packed", ["", "\n", "قال وزير", "\fهجوم"])
def test_nothing_is_met_where_there_is_nothing_to_meet(packed: str) -> None:
    assert find(packed, concept("هجوم")) == []


@pytest.mark.parametrize("concepts", [[], [Concept("x", "word", ())]])
def test_no_concept_and_one_without_ways_are_never_met(concepts: list[Concept]) -> None:
    assert Finder(concepts).find(unpack("هجوم")) == []


@pytest.mark.parametrize(
    ("packed", "places"),
    [
        ("عين اسد", [(0, 2)]),
        ("قاعد عين x اسد", [(1, 4)]),
        ("عين x x اسد", []),
        ("اسد عين", []),
        ("عين\nاسد", []),
        ("عين عين اسد", [(0, 3), (1, 3)]),
        ("عين", []),
        ("اسد عين اسد", [(1, 3)]),
        ("x\nx عين اسد", [(2, 4)]),
    ],
)
def test_of_two_words_the_second_follows_at_once_or_after_one_other_in_the_same_sentence(
    packed: str, places: list[tuple[int, int]]
) -> None:
    assert [(one.place, one.end) for one in find(packed, concept("عين اسد"))] == places


@pytest.mark.parametrize(
    ("packed", "places"),
    [("a b c", [(0, 3)]), ("a x b x c", [(0, 5)]), ("a b x x c", []), ("a c b", []), ("x a b\nc", [])],
)
def test_of_three_words_each_is_close_to_the_one_before(packed: str, places: list[tuple[int, int]]) -> None:
    assert [(one.place, one.end) for one in find(packed, concept("a b c"))] == places


@given(passages, concepts)
def test_every_way_is_met_wherever_it_stands_in_order_of_place(held: TermList, concepts: list[Concept]) -> None:
    expected, place = [], 0
    for number, sentence in enumerate(held.sentences):
        for i, term in enumerate(sentence):
            for c, concept in enumerate(concepts):
                for (first, *second), weight in concept.alternatives:
                    after = sentence[i + 1 : i + 3]
                    if first == term and set(second) <= set(after):
                        end = place + 1 + (after.index(second[0]) + 1 if second else 0)
                        expected.append((place, end, number, c, weight))
            place += 1
    found = [(one.place, one.end, one.sentence, one.concept, one.weight) for one in Finder(concepts).find(held)]
    assert sorted(found) == sorted(expected)
    assert [one[0] for one in found] == sorted(one[0] for one in found)


# Summing up


def test_the_best_way_counts_and_each_time_is_counted() -> None:
    found = met((0, 0, 0.5), (1, 0, 0.8), (2, 2), (5, 0, 0.5))
    assert strongest(found, 3).tolist() == [0.8, 0.0, 1.0]
    assert frequencies(found, 3).tolist() == pytest.approx([1.8, 0.0, 1.0])
    assert strongest([], 2).tolist() == frequencies([], 2).tolist() == [0.0, 0.0]


def test_the_best_sentence_is_the_one_that_holds_most_of_the_question() -> None:
    found = [*met((0, 0)), *met((3, 1), (4, 2, 0.5), (5, 2, 0.2), (6, 1), sentence=1), *met((7, 2), sentence=2)]
    assert best_sentence(found, [0.5, 0.3, 0.2]) == pytest.approx(0.5)
    assert best_sentence(found, [0.3, 0.3, 0.4]) == pytest.approx(0.3 + 0.5 * 0.4)


@pytest.mark.parametrize(("distance", "share"), [(1, 1.0), (11, 1.0), (12, 0.6)])
def test_a_window_is_a_dozen_terms_whatever_the_sentences(distance: int, share: float) -> None:
    found = [*met((5, 0)), *met((5 + distance, 1), sentence=1)]
    assert best_window(found, [0.6, 0.4]) == pytest.approx(share)


def test_the_best_window_may_begin_late() -> None:
    assert best_window(met((0, 0), (20, 0, 0.5), (25, 1), (26, 2)), [0.2, 0.3, 0.5]) == pytest.approx(0.1 + 0.3 + 0.5)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([(4, 0), (5, 1)], 0.2),
        ([(4, 0), (6, 1)], 0.6 * 0.2),
        ([(5, 0), (4, 1)], 0.6 * 0.2),
        ([(4, 0), (7, 1)], 0.0),
        ([(6, 0), (4, 1)], 0.0),
        ([(4, 0), (4, 1)], 0.0),
        ([(4, 0), (5, 2)], 0.0),
        ([(4, 0), (6, 1), (10, 0), (11, 1)], 0.2),
        ([(4, 0, 0.5), (5, 1, 0.8)], 0.5 * 0.2),
        ([(4, 0), (5, 1), (6, 2)], 0.2 + 0.3),
        ([(4, 0, 0.3), (4, 0, 0.9), (5, 1)], 0.9 * 0.2),
        ([], 0.0),
    ],
)
def test_neighbours_count_by_the_lesser_of_their_shares(
    places: list[tuple[int, int] | tuple[int, int, float]], expected: float
) -> None:
    assert neighbours(met(*places), [0.2, 0.5, 0.3]) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("packed", "expected"),
    [
        ("a b c", 0.4),
        ("a x b c", 0.4),  # the first term ends after b, wherever it began
        ("a b x c", 0.6 * 0.4),
        ("a x b x c", 0.6 * 0.4),
        ("a b x x c", 0.0),
        ("c a b", 0.6 * 0.4),
        ("c a x b", 0.6 * 0.4),
        ("c x a b", 0.0),
        ("a c b", 0.0),
    ],
)
def test_a_term_of_several_words_has_its_neighbour_after_its_last(packed: str, expected: float) -> None:
    found = find(packed, concept("a b"), concept("c"))
    assert neighbours(found, [0.6, 0.4]) == pytest.approx(expected)


def test_terms_of_several_words_that_are_turned_round_touch() -> None:
    found = find("c d a b", concept("a b"), concept("c d"))
    assert neighbours(found, [0.5, 0.5]) == pytest.approx(0.6 * 0.5)


def test_a_question_of_one_concept_has_no_neighbours() -> None:
    assert neighbours(met((0, 0)), [1.0]) == 0


@given(passages, concepts, _SHARES)
def test_a_sentence_holds_what_it_holds_alone_and_a_passage_no_less(
    held: TermList, concepts: list[Concept], shares: list[float]
) -> None:
    finder = Finder(concepts)
    alone = [strongest(finder.find(TermList((one,))), 4) @ shares for one in held.sentences]
    found = finder.find(held)
    assert best_sentence(found, shares) == pytest.approx(max(alone, default=0.0))
    assert best_sentence(found, shares) <= strongest(found, 4) @ shares + 1e-9


@given(passages, concepts, _SHARES)
def test_every_share_is_between_nothing_and_all_that_is_met(
    held: TermList, concepts: list[Concept], shares: list[float]
) -> None:
    found = Finder(concepts).find(held)
    most = strongest(found, 4) @ shares + 1e-9
    for share in (best_sentence(found, shares), best_window(found, shares), neighbours(found, shares)):
        assert 0 <= share <= most
    assert (frequencies(found, 4) >= strongest(found, 4) - 1e-9).all()


@given(passages, concepts, _SHARES)
def test_a_short_passage_is_one_window(held: TermList, concepts: list[Concept], shares: list[float]) -> None:
    short = TermList((tuple(held.terms[:12]),))
    found = Finder(concepts).find(short)
    assert best_window(found, shares) == pytest.approx(best_sentence(found, shares))
