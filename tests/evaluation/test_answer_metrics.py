"""Metrics of answers, each worked by hand, and what must always hold of them."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluation.answer_metrics import ANSWERS, LESS_IS_BETTER, holds, stands
from rag.evaluation.answers import Outcome, groups, score, summary, verdict
from rag.evaluation.cases import KINDS, Case, Kind
from rag.model import Reply
from tests.evaluation.replies import ARTICLES, answer, case, citation, refusal

FLOOD, DEAD, DAM = "اجتاحت الفيضانات مدينة درنة.", "قتل 13 شخصا.", "قال الوزير إن السد انهار."


def values(asked: Case, reply: Reply) -> dict[str, float]:
    return dict(score(asked, reply, ARTICLES.get).values)


# Strings in texts


@pytest.mark.parametrize(
    ("string", "text", "there"),
    [
        ("13", "قتل ١٣ شخصا", True),
        ("3", "قتل 13 شخصا", False),
        ("1", "قتل 13 شخصا", False),
        ("13", "13,500", False),
        ("500", "13,500", False),
        ("5", "13.5", False),
        ("13", "كان العدد 13. ثم", True),
        ("13", "في 13، ثم", True),
        ("الأمة", "امه واحده والامه", True),
        ("إحراج الدولة", "إحراج\n  الدولة", True),
        ("درنة", "مدينةُ دَرْنة.", True),
        ("a.c", "abc", False),  # no pattern
    ],
)
def test_a_string_stands_in_a_text_however_it_is_spelt_but_not_inside_a_figure(
    string: str, text: str, there: bool
) -> None:
    assert stands(string, text) is there


def test_every_thing_needed_must_stand_in_some_text() -> None:
    texts = ["قتل 13", "أو 40"]
    assert holds(texts, (("13",), ("40", "41")))
    assert not holds(texts, (("13",), ("41",)))
    assert holds(texts, ())
    assert not holds([], (("13",),))


@given(
    st.lists(st.sampled_from(["13", "40", "درنة"])), st.lists(st.lists(st.sampled_from(["13", "40", "x"]), min_size=1))
)
def test_a_text_more_never_loses_what_is_held(texts: list[str], needs: list[list[str]]) -> None:
    wanted = tuple(tuple(need) for need in needs)
    assert not holds(texts, wanted) or holds([*texts, "more"], wanted)


# Verdicts


CONTRADICTED: dict[str, Any] = {"premise": "contradicted"}


@pytest.mark.parametrize(
    ("asked", "reply", "expected", "passed"),
    [
        (case("13"), answer(DEAD), "right", True),
        (case("13"), answer(FLOOD), "wrong", False),
        (case("13", must_not=("السد",)), answer(DEAD, DAM), "wrong", False),
        (case("13"), refusal(), "refused", False),
        (case("13"), answer(FLOOD, claims=[("13 people", (1,))]), "right", True),  # a claim's own words count
        (case("13"), answer(FLOOD, short={"text": "13"}), "right", True),
        (case("13"), refusal(nearest=(citation(1, DEAD),)), "refused", False),
        (case("13", kind="follow_up"), answer(DEAD), "right", True),
        (case(kind="unanswerable"), refusal(), "refused", True),
        (case(kind="unanswerable"), answer(DEAD), "answered", False),
        (case("13", kind="false_premise"), refusal(), "refused", True),
        (case("13", kind="false_premise"), answer(DEAD), "swallowed", False),
        (case("13", kind="false_premise"), answer(DEAD, **CONTRADICTED), "corrected", True),
        (case("40", kind="false_premise"), answer(DEAD, **CONTRADICTED), "wrong", False),
        (case(kind="disagreement", must=(("13",), ("السد",))), answer(DEAD, DAM), "right", True),
        (case(kind="disagreement", must=(("13",), ("السد",))), answer(DEAD), "wrong", False),
    ],
)
def test_a_reply_is_judged_by_the_kind_of_its_question(asked: Case, reply: Reply, expected: str, passed: bool) -> None:
    outcome = score(asked, reply, ARTICLES.get)
    assert (verdict(asked, reply), outcome.verdict, outcome.passed) == (expected, expected, passed)


# Each metric by hand


def test_the_place_of_the_answer_among_the_quotes() -> None:
    for quotes, first, third in (([DEAD, FLOOD], 1, 1), ([FLOOD, DEAD], 0, 1), ([FLOOD, FLOOD, DAM, DEAD], 0, 0)):
        found = values(case("13"), answer(*quotes))
        assert (found["answer_hit_at_1"], found["answer_hit_at_3"], found["answer_contains"]) == (first, third, 1)
    refused = values(case("13"), refusal(nearest=(citation(1, DEAD),)))
    assert (refused["answer_hit_at_1"], refused["answer_hit_at_3"], refused["answer_contains"]) == (0, 0, 0)
    assert refused["best_quote_hit"] == 1
    assert values(case("13"), answer(FLOOD, DEAD))["best_quote_hit"] == 0


def test_a_part_of_the_answer_is_a_hit_and_only_all_of_it_is_contained() -> None:
    found = values(case(must=(("13",), ("السد",))), answer(DEAD))
    assert (found["answer_hit_at_1"], found["answer_contains"]) == (1, 0)


def test_what_must_not_be_shown_is_a_violation_in_an_answer_only() -> None:
    asked = case("13", must_not=("السد",))
    assert values(asked, answer(DEAD, DAM))["must_not_violation_rate"] == 1
    assert values(asked, answer(DEAD))["must_not_violation_rate"] == 0
    assert values(asked, refusal(nearest=(citation(1, DAM),)))["must_not_violation_rate"] == 0
    assert "must_not_violation_rate" not in values(case("13"), answer(DAM))


def test_citations_by_the_deterministic_check() -> None:
    claims = [("13 people were killed.", (1, 2)), ("40 people were killed.", (1,))]
    outcome = score(case("13"), answer(DEAD, FLOOD, claims=claims), ARTICLES.get)
    assert outcome.values["citation_recall"] == 0.5
    assert outcome.values["citation_precision"] == pytest.approx(1 / 3)  # of three citations only the first is needed
    assert outcome.tallies["unsupported_claim_rate"] == (1.0, 2.0)
    assert outcome.to_dict()["reply"]["unsupported"] == ["40 people were killed."]


def test_an_answer_that_cites_nothing_is_neither_precise_nor_supported() -> None:
    found = values(case("13"), answer(claims=[("13 people were killed.", ())]))
    assert (found["citation_recall"], found["citation_precision"], found["unsupported_claim_rate"]) == (0, 0, 1)


def test_quotes_under_a_refusal_are_checked_letter_for_letter_too() -> None:
    nearest = (citation(1, DEAD), citation(2, "قتل 14 شخصا."))
    outcome = score(case("13"), refusal(nearest=nearest), ARTICLES.get)
    assert outcome.tallies["verbatim_rate"] == (1.0, 2.0)
    assert "verbatim_rate" not in values(case("13"), refusal())


@pytest.mark.parametrize(
    ("kind", "disagreements", "quotes", "shown"),
    [
        ("disagreement", ({"about": "dead"},), (DEAD, DAM), 1),
        ("disagreement", (), (DEAD, DAM), 0),  # quoted side by side, not said to differ
        ("disagreement", ({"about": "dead"},), (DEAD,), 0),
        ("answerable", ({"about": "dead"},), (DEAD, DAM), None),
    ],
)
def test_a_disagreement_is_shown_with_all_its_values(
    kind: Kind, disagreements: tuple[Any, ...], quotes: Sequence[str], shown: float | None
) -> None:
    asked = case(kind=kind, must=(("13",), ("السد",)))
    assert values(asked, answer(*quotes, disagreements=disagreements)).get("disagreement_shown") == shown


# Over a set


def outcomes(*asked: tuple[Case, Reply]) -> list[Outcome]:
    return [score(one, reply, ARTICLES.get) for one, reply in asked]


def test_refusals_over_a_set() -> None:
    found = summary(
        outcomes(
            (case("13"), answer(DEAD)),
            (case("13"), refusal()),
            (case("13"), answer(FLOOD)),
            (case("13", kind="follow_up"), refusal()),
            (case(kind="unanswerable"), refusal()),
            (case(kind="unanswerable"), answer(DEAD)),
            (case("13", kind="false_premise"), refusal()),
            (case("13", kind="false_premise"), answer(DEAD)),
        )
    )
    shares = {
        "right": 3 / 8, "refusal_precision": 1 / 3, "refusal_recall": 1 / 2, "false_refusal_rate": 2 / 4, "premise_refused": 1 / 2,
        "premise_swallowed": 1 / 2, "premise_corrected": 0, "follow_up_right": 0, "answer_hit_at_1": 1 / 4,
    }  # fmt: skip
    assert {name: estimate and estimate.value for name, estimate in found.items() if name in shares} == pytest.approx(
        shares
    )
    assert found["disagreement_shown"] is None


def test_claims_weigh_alike_and_answers_weigh_alike() -> None:
    many = answer(DEAD, claims=[("40 people were killed.", (1,))] * 3)
    found = summary(outcomes((case("13"), many), (case("13"), answer(DEAD))))
    assert found["unsupported_claim_rate"] is not None
    assert found["unsupported_claim_rate"].value == 3 / 4
    assert found["citation_recall"] is not None
    assert found["citation_recall"].value == 1 / 2


def test_groups_have_the_figures_of_their_questions_alone() -> None:
    found = groups(
        outcomes(
            (case("13", type="when"), answer(DEAD)),
            (case("13", language="en", type="who", kind="follow_up"), refusal()),
        )
    )
    assert {aspect: list(parts) for aspect, parts in found.items()} == {
        "language": ["ar", "en"], "type": ["when", "who"], "kind": ["answerable", "follow_up"],
    }  # fmt: skip
    right = [found["language"][name].scores["right"] for name in ("ar", "en")]
    assert [one and one.value for one in right] == [1, 0]
    assert found["language"]["en"].questions == 1
    assert found["type"]["when"].scores["follow_up_right"] is None


QUOTES = st.lists(st.sampled_from([FLOOD, DEAD, DAM, "قتل 40 شخصا."]), max_size=4).map(lambda quotes: answer(*quotes))
CASES = st.builds(
    lambda kind, must, no: case(kind=kind, must=must or (("13",),), must_not=no),
    st.sampled_from(KINDS),
    st.lists(st.tuples(st.sampled_from(["13", "40", "درنة"])), max_size=2).map(tuple),
    st.sampled_from([(), ("السد",)]),
)


@given(CASES, st.one_of(QUOTES, st.just(refusal())))
def test_every_metric_is_a_share_and_they_agree_with_one_another(asked: Case, reply: Reply) -> None:
    outcome = score(asked, reply, ARTICLES.get)
    found = outcome.values
    assert found.keys() <= ANSWERS.keys()
    assert all(0 <= value <= 1 for value in found.values())
    assert all(whole > 0 for _, whole in outcome.tallies.values())
    assert found["right"] == outcome.passed
    assert found.get("answer_hit_at_1", 0) <= found.get("answer_hit_at_3", 0)
    if asked.kind in ("answerable", "follow_up", "disagreement"):
        assert outcome.passed <= found["answer_contains"]
        assert found["false_refusal_rate"] == (outcome.verdict == "refused")
    if asked.kind == "false_premise":
        assert sum(found[f"premise_{one}"] for one in ("corrected", "refused", "swallowed")) <= 1
    if not outcome.asked.claims:
        assert "citation_recall" not in found


def test_the_metrics_where_less_is_better_are_metrics() -> None:
    assert ANSWERS.keys() >= LESS_IS_BETTER
