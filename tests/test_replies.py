"""Replies as they arrive, in pieces of any size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.chat import ModelUnavailable
from rag.replies import LONGEST, ReplyText, plain

SENTENCES = (
    "The attack happened at 2:45 pm, Wayne Marotto said [1].",
    "It fell. [2]",
    "The U.S. base (near Hit) was not hit [1][2].",
    "قال مسؤول تحدث شريطة عدم الكشف عن هويته. إن قذيفة سقطت [3].",
    "سقط ثلاثة صواريخ على الأقل [المقطع 1].",
    "**Nobody** was killed [4]!",
    "<think>Ninety died [1]. So I say.</think>",
)


def read(text: str, size: int) -> list[str]:
    reply = ReplyText()
    sentences = []
    for i in range(0, len(text), size):
        sentences += reply.add(text[i : i + size])
    return sentences + reply.end()


def lines(text: str, size: int = 5) -> list[str]:
    reply = ReplyText()
    for i in range(0, len(text), size):
        reply.take(text[i : i + size])
    return reply.lines()


@given(st.lists(st.sampled_from(SENTENCES), max_size=6), st.sampled_from([" ", "\n", "\n\n- "]), st.integers(1, 60))
def test_the_size_of_the_pieces_changes_nothing(sentences: list[str], between: str, size: int) -> None:
    text = between.join(sentences)
    assert read(text, size) == read(text, max(1, len(text)))


@given(st.lists(st.sampled_from(SENTENCES[:-1]), min_size=1, max_size=5), st.integers(1, 40))
def test_no_sentence_is_lost_or_added(sentences: list[str], size: int) -> None:
    assert read(" ".join(sentences), size) == [plain(sentence) for sentence in sentences]


def test_a_sentence_is_given_before_the_reply_ends() -> None:
    reply = ReplyText()
    assert reply.add("It fell on Monday [1]. Nobody was killed in the town, he said") == ["It fell on Monday [1]."]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("<think>No. [1] Yes.</think>It fell [1].", ["It fell [1]."]),
        ("<THINKING>\nNo.\n</THINKING >\nIt fell [1].", ["It fell [1]."]),
        ("[THINK]No.[/THINK]It fell [1].", ["It fell [1]."]),
        ("◁think▷No.◁/think▷It fell [1].", ["It fell [1]."]),
        ("I think. It is so [1].\n</think>\nIt fell [1].", ["It fell [1]."]),
        ("It fell [1]. <think>Is it so?</think> He left [2].", ["It fell [1].", "He left [2]."]),
        ("<think>It never ends [1].", []),
        ("1 < 2 and [x] is so [1].", ["1 < 2 and [x] is so [1]."]),
        ("It fell <", ["It fell <"]),
    ],
)
@pytest.mark.parametrize("size", [1, 4, 1000])
def test_what_is_thought_aloud_is_dropped(text: str, sentences: list[str], size: int) -> None:
    assert read(text, size) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ('{"answer": "It fell [1]. He left [2].", "language": "en"}', ["It fell [1].", "He left [2]."]),
        ('```json\n{"answer": "It fell [1]."}\n```', ["It fell [1]."]),
        ('[{"text": "It fell.", "citations": [1, 2]}, {"text": "He left.", "citations": [2]}]', ["It fell. [1] [2]", "He left. [2]"]),
        ('["It fell [1].", "He left [2]."]', ["It fell [1].", "He left [2]."]),
        ('{"reasoning": "Ninety died [1].", "answer": {"sentences": ["It fell [1]."]}}', ["It fell [1]."]),
        ('<think>{</think>{"answer": "سقط [1]."} Hope this helps.', ["سقط [1]."]),
        ('{"answer": "It fe', ['{"answer": "It fe']),
        ("[1] It fell.", ["[1] It fell."]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_json_is_unwrapped(text: str, sentences: list[str], size: int) -> None:
    assert read(text, size) == sentences


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**It** fell *far* [1].", "It fell far [1]."),
        ("_It_ `fell` ~~far~~ [1].", "It fell far [1]."),
        ("> It fell [1].", "It fell [1]."),
        ("### It fell [1]", "It fell [1]"),
        ("### The answer", ""),
        ("```text", ""),
        ("---", ""),
        ("snake_case stays [1].", "snake_case stays [1]."),
        ("5 * 3 stays [1].", "5 * 3 stays [1]."),
        ("It\u200b fell\u202e far [1].", "It fell far [1]."),
    ],
)
def test_markdown_is_taken_off(markdown: str, text: str) -> None:
    assert plain(markdown) == text


def test_lines_are_read_as_lines() -> None:
    assert lines("<think>a\nb</think>**One.** Two.\n\n- Three [1].\n") == ["One. Two.", "Three [1]."]
    assert lines('{"translations": ["One. Two.", "Three."]}') == ["One. Two.", "Three."]
    assert lines("") == []


def test_a_reply_far_longer_than_any_answer_is_no_reply() -> None:
    reply = ReplyText()
    reply.add("na " * (LONGEST // 3))
    with pytest.raises(ModelUnavailable, match="does not end"):
        reply.add("na na na")


def test_thought_may_be_long() -> None:
    reply = ReplyText()
    reply.add("<think>")
    for _ in range(LONGEST):
        assert reply.add("na ") == []
    reply.add("</think>It fell [1].")
    assert reply.end() == ["It fell [1]."]
