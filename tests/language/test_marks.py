"""What marks a statement: who says it, what is denied, how surely it is said; made sentences of both languages."""

import pytest

from rag.language.hedges import hedges
from rag.language.polarity import is_negating, negations
from rag.language.speech import attributions


def _said(text: str) -> list[tuple[str | None, str]]:
    return [(one.speaker, text[one.said_start : one.said_end]) for one in attributions(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("قال الوالي إن ثلاثة جرحوا ونقل 12 آخرون إلى العيادة.", [("الوالي", "ثلاثة جرحوا ونقل 12 آخرون إلى العيادة")]),
        ("قالت المهندسة إن القارب يزن طنين ويحمل رافعة.", [("المهندسة", "القارب يزن طنين ويحمل رافعة")]),
        ("قال مسؤول في الجيش. أن الباب كان مفتوحا.", [("مسؤول", "الباب كان مفتوحا")]),
    ],
)
def test_what_is_said_ends_where_somebody_else_speaks(text: str, said: list[tuple[str, str]]) -> None:
    assert _said(text) == said


def test_a_habit_is_no_as_somebody_said() -> None:
    assert [one.kind for one in attributions("النقابة عادة ما تتهم الوزارة بالتأخير.")] == ["accuses"]


def test_a_verb_of_denial_may_have_its_object_joined() -> None:
    assert is_negating("نفته")
    assert is_negating("ونفته")
    assert not is_negating("بيته")


def test_a_denial_reaches_past_an_apposition() -> None:
    text = "نفى سالم، وكيل الهيئة في عدن، ما أشيع عن اختفاء تمثال."
    (one,) = negations(text)
    assert one.reaches(text.index("اختفاء"))


def test_not_until_denies_nothing() -> None:
    assert negations("The work did not begin until March.") == ()


def test_had_been_is_no_maybe() -> None:
    assert hedges("وكان قد تعرض المصنع لحريق") == ()
    assert [one.text for one in hedges("قد يتعرض المصنع لحريق")] == ["قد"]
