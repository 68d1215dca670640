"""Which rewritten questions still ask the same."""

import pytest

from rag.model import Answer, Language, Reply
from rag.rewriting import asks_the_same


def turn(question: str, answer: str, language: Language = "en") -> Reply:
    return Answer(question=question, language=language, text=answer, writer="extractive")


MAROTTO = [turn("Who is Wayne Marotto?", "The article says:\n«المتحدث باسم التحالف الدولي العقيد واين ماروتو» [1]")]
BUDGET = [
    turn("كم بلغت ميزانية التعليم في 2023؟", "بلغت ميزانية التعليم 40 مليار درهم بحسب الوزير شكيب بنعلي [1].", "ar")
]


@pytest.mark.parametrize(
    ("rewritten", "question", "turns"),
    [
        ("What did Wayne Marotto say?", "What did he say?", MAROTTO),
        ("When did Wayne Marotto say that?", "And when did he say that?", MAROTTO),
        ("What did Colonel Marotto say about the attack?", "What did he say about the attack?", MAROTTO),
        ("وكم بلغت ميزانية الصحة في 2023؟", "وميزانية الصحة؟", BUDGET),
        ("ماذا قال شكيب بنعلي عن ميزانية التعليم؟", "وماذا قال عنها؟", BUDGET),
        ("من هو جون كيربي؟", "من هو جون كيربي؟", BUDGET),
    ],
)
def test_what_the_conversation_names_may_be_put_in(rewritten: str, question: str, turns: list[Reply]) -> None:
    assert asks_the_same(rewritten, question, turns)


@pytest.mark.parametrize(
    ("rewritten", "question", "turns"),
    [
        ("What did Donald Rumsfeld say?", "What did he say?", MAROTTO),
        ("What did Wayne Marotto say on 3 May 2019?", "What did he say?", MAROTTO),
        ("When did Wayne Marotto say that?", "Where did he say that?", MAROTTO),
        ("What did Wayne Marotto say?", "What did he say about the rockets and the base?", MAROTTO),
        ("ماذا قال محمود درويش عن ميزانية التعليم؟", "وماذا قال عنها؟", BUDGET),
        ("كم بلغت ميزانية الصحة في 2024؟", "وميزانية الصحة؟", BUDGET),
        ("كم قتيلا في انفجار المرفأ والمصانع؟", "وكم كانت؟", BUDGET),
    ],
)
def test_nothing_new_may_and_nothing_asked_may_be_lost(rewritten: str, question: str, turns: list[Reply]) -> None:
    assert not asks_the_same(rewritten, question, turns)
