"""What got better and what got worse since an older report."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import QuestionError
from rag.evaluation.answers import Outcome, score
from rag.evaluation.comparison import Change, Comparison, Past, Report, compare, read_report
from rag.model import Reply
from tests.evaluation.replies import ARTICLES, answer, case, citation, refusal

FLOOD, DEAD = "اجتاحت الفيضانات مدينة درنة.", "قتل 13 شخصا."
REPLIES: dict[str, Reply] = {
    "first": answer(DEAD, FLOOD),
    "second": answer(FLOOD, DEAD),
    "unsupported": answer(DEAD, FLOOD, claims=[("40 people were killed.", (1, 2))]),
    "misquoted": answer(DEAD, FLOOD, nearest=(citation(3, "قتل 14 شخصا."),)),
    "refused": refusal(),
    "wrong": answer(FLOOD),
}
ORDER = ["wrong", "refused", "second", "unsupported", "misquoted", "first"]  # from worst to best


def outcome(reply: Reply, named: str = "q", question: str = "كم؟") -> Outcome:
    return score(case("13", id=named, question=question), reply, ARTICLES.get)


def written(path: Path, *outcomes: Outcome) -> Path:
    path.write_text(json.dumps({"questions": [one.to_dict() for one in outcomes]}), encoding="utf-8")
    return path


def test_each_question_is_better_worse_the_same_new_or_gone(tmp_path: Path) -> None:
    old = read_report(
        written(
            tmp_path / "old.json",
            outcome(REPLIES["wrong"], "a"), outcome(REPLIES["first"], "b"), outcome(REPLIES["first"], "c"), outcome(REPLIES["wrong"], "d"),
            outcome(REPLIES["first"], "e", "كم قتل؟"),
        )
    )  # fmt: skip
    now = [
        outcome(REPLIES[reply], name)
        for reply, name in (("refused", "b"), ("first", "a"), ("first", "c"), ("first", "e"), ("wrong", "f"))
    ]
    found = compare(old, now)
    assert found == Comparison(
        better=(Change("a", "كم؟", "wrong", "right"),),
        worse=(Change("b", "كم؟", "right", "refused"),),
        same=1,
        new=("e", "f"),  # "e" was worded anew: another question
        gone=("d", "e"),
    )
    assert found.counts == {"better": 1, "worse": 1, "same": 1, "new": 2, "gone": 2}
    assert found.to_dict()["worse"] == ({"id": "b", "question": "كم؟", "before": "right", "after": "refused"},)


@pytest.mark.parametrize("before", ORDER)
@pytest.mark.parametrize("after", ORDER)
def test_replies_are_ordered_by_verdict_then_by_place_support_and_letters(
    before: str, after: str, tmp_path: Path
) -> None:
    old = read_report(written(tmp_path / "old.json", outcome(REPLIES[before])))
    found = compare(old, [outcome(REPLIES[after])])
    better, worse = ORDER.index(after) > ORDER.index(before), ORDER.index(after) < ORDER.index(before)
    assert (len(found.better), len(found.worse), found.same) == (better, worse, not (better or worse))


@given(st.lists(st.sampled_from(ORDER), max_size=6), st.lists(st.sampled_from(ORDER), max_size=6))
def test_a_comparison_the_other_way_round_is_its_mirror(one: list[str], other: list[str]) -> None:
    def asked(names: list[str]) -> list[Outcome]:
        return [outcome(REPLIES[name], str(i)) for i, name in enumerate(names)]

    def past(names: list[str]) -> Report:
        return {(one.case.id, one.case.question): Past(one.verdict, one.values) for one in asked(names)}

    there, back = compare(past(one), asked(other)), compare(past(other), asked(one))
    assert [change.id for change in there.better] == [change.id for change in back.worse]
    assert (there.new, there.gone, there.same) == (back.gone, back.new, back.same)
    assert len(there.better) + len(there.worse) + there.same + len(there.new) == len(other)


@pytest.mark.parametrize(
    ("content", "complains"),
    [
        ("{", "not what sanad eval answers --json or eval all --json writes (Expecting"),
        ("[]", "writes (TypeError)"),
        ("{}", "writes (KeyError)"),
        ('{"questions": 202}', "writes (TypeError)"),  # what eval retrieval writes
        ('{"questions": [{"id": "a", "question": "b", "verdict": "odd", "metrics": {}}]}', "writes (ValueError)"),
        ('{"questions": [{"id": "a", "question": "b", "verdict": "right"}]}', "writes (KeyError)"),
        ("[" * 100_000, "writes (RecursionError)"),
    ],
)
def test_a_file_that_is_no_report_is_one_line(content: str, complains: str, tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(QuestionError) as raised:
        read_report(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert complains in str(raised.value)
    assert raised.value.message("ar").startswith(f"{path}: ليس مما يكتبه")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=r"no.json: cannot be read \(No such file or directory\)"):
        read_report(tmp_path / "no.json")
    (tmp_path / "old.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QuestionError, match=r"not UTF-8 text"):
        read_report(tmp_path / "old.json")
