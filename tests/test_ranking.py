"""Features of how passages meet a question: each by hand, and what holds for all of them."""

import math
from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import ranking
from rag.embedding.concepts import ConceptEmbedder
from rag.index import lexical
from rag.index.lexical import LexicalIndex
from rag.language import grams
from rag.library import Record
from rag.model import Language
from rag.question import Concept, ConceptKind, Question
from rag.ranking import DIRECTIONS, FEATURES, Candidates, Matrix, Weights, load_weights
from rag.termlist import TermList, unpack
from tests.language.strategies import patient

# The passages that stems are counted in: هجوم in four of five, قاعد in two, صاروخ and #14 in one, عراق in none.
LIBRARY = ("هجوم قاعد", "هجوم قاعد", "هجوم صاروخ", "هجوم #14", "وزير قال", "attack base", "attack rocket")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    folder = tmp_path_factory.mktemp("lexical")
    vector = np.zeros(2, dtype=np.float32)
    lexical.write(folder, [Record(row, f"p{row}", "a", terms, vector) for row, terms in enumerate(LIBRARY)], [])
    return LexicalIndex(folder)


def concept(*ways: str | tuple[str, float], kind: ConceptKind = "word") -> Concept:
    """One that any of these terms names, with weight 1 unless told."""
    weighted = [way if isinstance(way, tuple) else (way, 1.0) for way in ways]
    return Concept(weighted[0][0], kind, tuple((tuple(stems.split()), weight) for stems, weight in weighted))


def asking(*concepts: Concept) -> Question:
    return Question("?", "ar", "what", concepts)


def candidates(
    *packed: str,
    articles: Sequence[str] = (),
    dense: Sequence[float] = (),
    neural: Sequence[float] | None = None,
    language: Language = "ar",
) -> Candidates:
    """Passages of these terms, each of an article of its own unless told."""
    number = range(len(packed))
    return Candidates(
        language,
        [f"p{i}" for i in number],
        articles or [f"a{i}" for i in number],
        [unpack(one) for one in packed],
        np.array(dense or [0.0] * len(packed)),
        None if neural is None else np.array(neural),
    )


def column(name: str, question: Question, given: Candidates, index: LexicalIndex) -> list[float]:
    return [float(one) for one in ranking.features(question, given, index)[:, FEATURES.index(name)]]


def rarity(frequency: float, total: int = 5) -> float:
    return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))


def saturated(count: float, length: int) -> float:
    """BM25's frequency part with k1 = 1 and b = 0.6, of a passage so many terms long."""
    return 2 * count / (count + 0.4 + 0.6 * length / 65)


ATTACK, BASE, ROCKET = concept("هجوم"), concept("قاعد"), concept("صاروخ")
SHARES = np.array([rarity(4), rarity(2), rarity(1)]) / (rarity(4) + rarity(2) + rarity(1))
ATTACK_SHARE, BASE_SHARE, ROCKET_SHARE = SHARES.tolist()
ALL = asking(ATTACK, BASE, ROCKET)


# Each feature by hand


def test_bm25_is_a_share_of_the_best_passage(index: LexicalIndex) -> None:
    given = candidates("هجوم هجوم x", "صاروخ", "قاعد x صاروخ y", "x")
    scores = [
        rarity(4) * saturated(2, 3),
        rarity(1) * saturated(1, 1),
        rarity(2) * saturated(1, 4) + rarity(1) * saturated(1, 4),
        0,
    ]
    assert column("bm25", ALL, given, index) == pytest.approx([score / max(scores) for score in scores])


def test_the_alternatives_of_a_concept_are_one_term_as_often_and_as_common_as_all_of_them(index: LexicalIndex) -> None:
    either = concept("صاروخ", ("هجوم", 0.5))  # in 1 + 0.5 × 4 passages
    given = candidates("صاروخ هجوم هجوم هجوم", "قاعد")
    first, best = rarity(3) * saturated(1 + 3 * 0.5, 4), rarity(2) * saturated(1, 1)
    assert column("bm25", asking(either, BASE), given, index) == pytest.approx([first / best, 1])


def test_words_that_must_be_there_together_are_as_rare_as_the_rarest(index: LexicalIndex) -> None:
    both = concept("هجوم صاروخ")
    given = candidates("هجوم صاروخ", "قاعد x")
    assert column("bm25", asking(both, BASE), given, index) == pytest.approx([1, rarity(2) / rarity(1)])


def test_a_concept_that_is_everywhere_still_counts_and_one_more_frequent_than_all_passages_too(
    index: LexicalIndex,
) -> None:
    everywhere = concept("هجوم", "قاعد", "صاروخ")  # 4 + 2 + 1 of 5
    given = candidates("هجوم", "وزير")
    expected = math.log(1 + 0.5 / 7.5)
    held = expected * saturated(1, 1), rarity(1) * saturated(1, 1)
    assert column("bm25", asking(everywhere, concept("وزير")), given, index) == pytest.approx([held[0] / held[1], 1])


def test_names_are_all_that_is_no_plain_word(index: LexicalIndex) -> None:
    asked = asking(
        ATTACK, concept("عراق", kind="name"), concept("@2021-07-05", ("@2021-07", 0.6), kind="date"),
        concept("#14", kind="number"),
    )  # fmt: skip
    given = candidates("هجوم عراق #14", "@2021-07 x", "@2021-07-05 @2021-07 عراق #14", "هجوم")
    assert column("names", asked, given, index) == pytest.approx([2 / 3, 0.6 / 3, 1, 0])


def test_a_question_without_names_has_none(index: LexicalIndex) -> None:
    assert column("names", ALL, candidates("هجوم", "قاعد"), index) == [0, 0]


def test_grams_are_shared_by_what_only_begins_alike(index: LexicalIndex) -> None:
    shared, whole = ("^مست", "مستش", "ستشف"), ("^مست", "مستش", "ستشف", "تشف$")
    given = candidates("مستشف", "مستشفي", "كتب")
    expected = sum(map(grams.rarity, shared)) / sum(map(grams.rarity, whole))
    assert column("grams", asking(concept("مستشف")), given, index) == pytest.approx([1, expected, 0])


def test_grams_count_by_the_best_way_that_has_them_and_as_often_as_they_occur(index: LexicalIndex) -> None:
    asked = asking(concept("قاعد", ("قاع", 0.5)))  # share ^قاع, which so weighs 1
    given = candidates("قاعد قاعد", "قاع")
    of = grams.rarity
    twice = (of("^قاع") + of("قاعد") + of("اعد$")) * saturated(2, 2)
    once = (of("^قاع") + 0.5 * of("قاع$")) * saturated(1, 1)
    assert column("grams", asked, given, index) == pytest.approx([1, once / twice])


def test_numbers_and_dates_have_no_grams(index: LexicalIndex) -> None:
    asked = asking(concept("#2500", kind="number"), concept("@2021-07-05", kind="date"))
    assert column("grams", asked, candidates("#2500 @2021-07-05", "a2500"), index) == [0, 0]


def test_dense_is_the_cosine_of_what_is_not_opposed(index: LexicalIndex) -> None:
    given = candidates("هجوم", "x", "y", dense=[0.25, -0.5, 1.0000001])
    assert column("dense", ALL, given, index) == [0.25, 0, 1]


def test_words_are_met_by_the_nearest_in_meaning_by_rarity(
    index: LexicalIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = {"هجوم": [1, 0], "قصف": [0.8, 0.6], "قاعد": [0, 1], "ضد": [-1, 0]}
    vectors = np.array(list(table.values())) * 100
    small = ConceptEmbedder(
        list(table), vectors.astype(np.int8), np.full(4, 0.01, np.float32), np.ones(4, np.float32), "small"
    )
    monkeypatch.setattr(ConceptEmbedder, "builtin", lambda: small)
    given = candidates("قصف unknown", "هجوم ضد", "ضد", "unknown", "قاعد قصف")
    attack, base = np.array([ATTACK_SHARE, BASE_SHARE]) / (ATTACK_SHARE + BASE_SHARE)
    expected = [0.8 * attack + 0.6 * base, attack, 0, 0, 0.8 * attack + base]
    assert column("words", asking(ATTACK, BASE), given, index) == pytest.approx(expected, abs=1e-6)


def test_cosines_with_stems_are_those_of_their_vectors_and_0_for_unknown_ones() -> None:
    concepts = ConceptEmbedder.builtin()
    questions = concepts.of_terms(["هجوم", "hospit", "zzyzx"])
    stems = ["قصف", "zzyzx", "مستشف", "هجوم", ""]
    expected = questions @ concepts.of_terms(stems).T
    expected[:, [1, 4]] = 0
    np.testing.assert_allclose(concepts.cosines(questions, stems), expected, atol=1e-5)
    assert expected[0, 3] == pytest.approx(1, abs=1e-5)


def test_with_no_stems_there_are_no_cosines() -> None:
    concepts = ConceptEmbedder.builtin()
    assert concepts.cosines(concepts.of_terms(["هجوم", "hospit"]), []).shape == (2, 0)


def test_a_sentence_counts_by_the_shares_of_what_it_holds(index: LexicalIndex) -> None:
    given = candidates("هجوم\nقاعد", "هجوم قاعد صاروخ", "هجوم صاروخ هجوم\nقاعد هجوم", "x")
    expected = [max(ATTACK_SHARE, BASE_SHARE), 1, ATTACK_SHARE + max(ROCKET_SHARE, BASE_SHARE), 0]
    assert column("sentence", ALL, given, index) == pytest.approx(expected)


def test_proximity_is_within_a_dozen_terms_of_any_sentences(index: LexicalIndex) -> None:
    apart = "هجوم" + " x" * 20 + " قاعد"
    given = candidates("هجوم x\nx قاعد", apart)
    assert column("proximity", ALL, given, index) == pytest.approx([ATTACK_SHARE + BASE_SHARE, BASE_SHARE])


def test_neighbours_of_the_question_are_neighbours_in_the_passage(index: LexicalIndex) -> None:
    lesser, other = min(ATTACK_SHARE, BASE_SHARE), min(BASE_SHARE, ROCKET_SHARE)
    given = candidates("هجوم قاعد", "قاعد هجوم", "هجوم قاعد صاروخ", "هجوم x x قاعد", "هجوم صاروخ")
    assert column("phrase", ALL, given, index) == pytest.approx([lesser, 0.6 * lesser, lesser + other, 0, 0])


def test_the_title_and_the_other_passages_of_an_article_count_for_each_of_them(index: LexicalIndex) -> None:
    given = candidates("هجوم\fقاعد", "صاروخ", "هجوم", "x", articles=["a", "a", "b", "c"])
    assert column("article", ALL, given, index) == pytest.approx([1, 1, ATTACK_SHARE, 0])


def test_a_title_counts_nowhere_else(index: LexicalIndex) -> None:
    given = candidates("x\fهجوم قاعد صاروخ", "x")
    rows = ranking.features(ALL, given, index)
    differing = [name for i, name in enumerate(FEATURES) if rows[0, i] != rows[1, i]]
    assert differing == ["article"]
    assert rows[0, FEATURES.index("article")] == pytest.approx(1)


def test_neural_cosines_are_scaled_from_the_worst_to_the_best(index: LexicalIndex) -> None:
    given = candidates("x", "y", "هجوم", neural=[0.8, 0.7, 0.9])
    assert column("neural", ALL, given, index) == pytest.approx([0.5, 0, 1])


@pytest.mark.parametrize("neural", [None, [0.7, 0.7]], ids=["no vectors", "all as near"])
def test_without_neural_cosines_that_differ_nobody_is_ahead(
    index: LexicalIndex, neural: Sequence[float] | None
) -> None:
    assert column("neural", ALL, candidates("هجوم", "x", neural=neural), index) == [0, 0]


# What there may not be


def test_a_question_without_concepts_goes_by_its_vectors(index: LexicalIndex) -> None:
    given = candidates("هجوم", "x", "", dense=[0.3, -0.1, 0.5], neural=[0.5, 0.1, 0.3])
    rows = ranking.features(asking(), given, index)
    expected = np.zeros((3, len(FEATURES)))
    expected[:, FEATURES.index("dense")] = [0.3, 0, 0.5]
    expected[:, FEATURES.index("neural")] = [1, 0, 0.5]
    np.testing.assert_allclose(rows, expected)


@pytest.mark.parametrize("packed", ["", "\n"])
def test_a_candidate_without_terms_holds_nothing_and_changes_no_other(index: LexicalIndex, packed: str) -> None:
    rows = ranking.features(ALL, candidates("هجوم قاعد", packed, "صاروخ"), index)
    assert not rows[1].any()
    np.testing.assert_allclose(rows[[0, 2]], ranking.features(ALL, candidates("هجوم قاعد", "صاروخ"), index))


def test_candidates_none_of_which_has_a_term_hold_nothing(index: LexicalIndex) -> None:
    assert not ranking.features(ALL, candidates("", "\n"), index).any()


@pytest.mark.parametrize("question", [ALL, asking()], ids=["concepts", "none"])
@pytest.mark.parametrize("neural", [None, []], ids=["concept vectors", "neural vectors"])
def test_no_candidates_have_no_rows(index: LexicalIndex, question: Question, neural: Sequence[float] | None) -> None:
    assert ranking.features(question, candidates(neural=neural), index).shape == (0, len(FEATURES))


def test_what_no_passage_holds_is_the_rarest_and_counts_against_all(index: LexicalIndex) -> None:
    rows = ranking.features(asking(ATTACK, concept("عراق")), candidates("هجوم", "x"), index)
    held = rows[0, FEATURES.index("sentence")]
    assert held == pytest.approx(rarity(4) / (rarity(4) + rarity(0)))


def test_rarity_is_that_of_the_candidates_language(index: LexicalIndex) -> None:
    asked = asking(concept("attack", "هجوم"), concept("rocket", "صاروخ"))
    # attack is in both English passages, rocket in one; هجوم in four Arabic ones of five, صاروخ in one
    english = rarity(1, 2) / (rarity(1, 2) + rarity(2, 2))
    arabic = rarity(1) / (rarity(1) + rarity(4))
    assert column("sentence", asked, candidates("rocket", language="en"), index) == pytest.approx([english])
    assert column("sentence", asked, candidates("صاروخ"), index) == pytest.approx([arabic])


# What always holds


_STEMS = ("هجوم", "قاعد", "صاروخ", "عراق", "قصف", "هجومي", "rocket", "#14", "#2", "@2021-07-05", "~14:45", "zzz")
_stems = st.sampled_from(_STEMS)
_concepts = st.builds(
    Concept,
    st.just("x"),
    st.sampled_from(("word", "name", "number", "date")),
    st.lists(
        st.tuples(st.lists(_stems, min_size=1, max_size=3).map(tuple), st.floats(0.05, 1)), min_size=1, max_size=4
    ).map(tuple),
)
_questions = st.lists(_concepts, max_size=5).map(lambda concepts: asking(*concepts))
_term_lists = st.builds(
    TermList,
    st.lists(st.lists(_stems, max_size=8).map(tuple), max_size=3).map(tuple),
    st.lists(_stems, max_size=3).map(tuple),
)


@st.composite
def _candidates(draw: st.DrawFn) -> Candidates:
    terms = draw(st.lists(_term_lists, min_size=1, max_size=6))
    cosines = st.lists(st.floats(-1, 1), min_size=len(terms), max_size=len(terms)).map(np.array)
    articles = draw(st.lists(st.sampled_from("abc"), min_size=len(terms), max_size=len(terms)))
    neural = draw(st.none() | cosines)
    return Candidates("ar", [f"p{i}" for i in range(len(terms))], articles, terms, draw(cosines), neural)


@given(_questions, _candidates())
@patient
def test_every_feature_is_between_0_and_1(index: LexicalIndex, question: Question, given: Candidates) -> None:
    rows = ranking.features(question, given, index)
    assert rows.shape == (len(given.passage_ids), len(FEATURES))
    assert (rows >= 0).all()
    assert (rows <= 1 + 1e-6).all()


@given(_questions, _candidates(), st.randoms(use_true_random=False))
@patient
def test_the_order_of_the_candidates_makes_no_difference(
    index: LexicalIndex, question: Question, given: Candidates, random: Random
) -> None:
    order = list(range(len(given.passage_ids)))
    random.shuffle(order)
    shuffled = Candidates(
        given.language,
        [given.passage_ids[i] for i in order],
        [given.article_ids[i] for i in order],
        [given.terms[i] for i in order],
        given.dense[order],
        None if given.neural is None else given.neural[order],
    )
    rows = ranking.features(question, given, index)
    np.testing.assert_allclose(ranking.features(question, shuffled, index), rows[order], atol=1e-6)


@given(_questions, _candidates(), _term_lists)
@patient
def test_features_of_a_passage_alone_do_not_depend_on_what_else_was_found(
    index: LexicalIndex, question: Question, given: Candidates, another: TermList
) -> None:
    more = Candidates(
        given.language,
        [*given.passage_ids, "another"],
        [*given.article_ids, "another"],
        [*given.terms, another],
        np.append(given.dense, 0.5),
    )
    own = [i for i, name in enumerate(FEATURES) if name not in {"bm25", "grams", "neural"}]  # those are relative
    rows = ranking.features(question, given, index)
    np.testing.assert_allclose(ranking.features(question, more, index)[:-1, own], rows[:, own], atol=1e-6)


# The linear model


def test_the_likelihood_is_the_logistic_of_the_weighted_sum() -> None:
    rows: Matrix = np.array([[1.0, 0.0], [0.0, 0.5], [0.0, 0.0]])
    likely = Weights(-1.0, np.array([1.0, 4.0])).likely(rows)
    np.testing.assert_allclose(likely, [0.5, 1 / (1 + math.exp(-1)), 1 / (1 + math.e)])


def test_a_feature_left_out_counts_nothing_and_the_others_as_before() -> None:
    model = Weights(-2.0, np.arange(1.0, len(FEATURES) + 1))
    without = model.without("dense")
    left_out = FEATURES.index("dense")
    assert without.constant == -2.0
    assert without.weights[left_out] == 0
    np.testing.assert_array_equal(np.delete(without.weights, left_out), np.delete(model.weights, left_out))
    assert model.weights[left_out] == left_out + 1


def test_no_rows_are_no_likelihoods() -> None:
    assert Weights(0.0, np.ones(len(FEATURES))).likely(np.zeros((0, len(FEATURES)))).shape == (0,)


def test_the_weights_that_ship_reward_every_feature_and_none_is_likely_for_nothing() -> None:
    weights = load_weights()
    assert set(weights) == set(DIRECTIONS)
    for model in weights.values():
        assert model.weights.shape == (len(FEATURES),)
        assert (model.weights >= 0).all()
        nothing, all_of_it = model.likely(np.array([[0.0] * len(FEATURES), [1.0] * len(FEATURES)]))
        assert nothing < 0.05
        assert all_of_it > 0.5
