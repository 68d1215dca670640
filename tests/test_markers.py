"""Markers and the sentences that they end."""

import pytest

from rag.markers import cited_sentences, disarmed, settled, unmarked


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It fell [1]. He left [2].", ["It fell [1].", "He left [2]."]),
        ("It fell. [1] He left. [2]", ["It fell. [1]", "He left. [2]"]),
        ("It fell.\n[1]\nHe left.\n(passage 2)", ["It fell. [1]", "He left. (passage 2)"]),
        ("- It fell [1].\n- He left [2].", ["It fell [1].", "He left [2]."]),
        ("1. It fell [1]\n2) He left [2]\n• So it is [3]", ["It fell [1]", "He left [2]", "So it is [3]"]),
        ("١. سقط [١].\n٢. غادر [٢].", ["سقط [١].", "غادر [٢]."]),
        ("سقط [١]. وغادر [2][3].", ["سقط [١].", "وغادر [2][3]."]),
        ("At 2:45 it fell [1, 2].", ["At 2:45 it fell [1, 2]."]),
        ("The U.S. army left at 3.5 km [1].", ["The U.S. army left at 3.5 km [1]."]),
        ("", []),
        ("[1]", ["[1]"]),
    ],
)
def test_markers_stay_with_their_sentence(text: str, sentences: list[str]) -> None:
    assert cited_sentences(text) == sentences


@pytest.mark.parametrize(
    ("sentence", "text", "numbers"),
    [
        ("It fell [1].", "It fell.", (1,)),
        ("It fell. [1]", "It fell.", (1,)),
        ("It [2] fell [1].", "It fell.", (2, 1)),
        ("It fell [1][3][1].", "It fell.", (1, 3)),
        ("It fell [1, 3-5; 9].", "It fell.", (1, 3, 4, 5, 9)),
        ("It fell [1 and 2].", "It fell.", (1, 2)),
        ("سقط [١ و٣].", "سقط.", (1, 3)),
        ("سقط [المقطع ١ و 3].", "سقط.", (1, 3)),
        ("سقط (المصدر رقم 2)؟", "سقط؟", (2,)),
        ("It fell 【4†source】.", "It fell.", (4,)),
        ("It fell ［２］.", "It fell.", (2,)),
        ("It fell [[2]].", "It fell.", (2,)),
        ("It fell [^2].", "It fell.", (2,)),
        ("It fell [Passage 2, 3].", "It fell.", (2, 3)),
        ("It fell (sources 2 & 3).", "It fell.", (2, 3)),
        ("It fell [1][2", "It fell", (1,)),
        ("It fell [1-9999].", "It fell.", tuple(range(1, 22))),
        ("Under the treaty (Article 5) it fell.", "Under the treaty (Article 5) it fell.", ()),
        ("It fell (3 of them).", "It fell (3 of them).", ()),
        ("It fell.", "It fell.", ()),
    ],
)
def test_markers_are_read_and_taken_off(sentence: str, text: str, numbers: tuple[int, ...]) -> None:
    assert unmarked(sentence) == (text, numbers)


def test_what_looks_like_a_marker_is_shown_as_none() -> None:
    assert disarmed("Fell [1], see 【2】 and [sic].") == "Fell (1), see (2) and [sic]."


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("It fell [1]. He left the town by car", ["It fell [1]."]),
        ("It fell [1]. He left", []),  # too little to tell
        ("It fell. [", []),
        ("It fell. [1", []),
        ("It fell. [1] He left the town by car", ["It fell. [1]"]),
        ("قال مسؤول تحدث شريطة عدم الكشف عن هويته. إن", []),
        ("قال مسؤول تحدث شريطة عدم الكشف عن هويته. إن قذيفة سقطت على القاعدة", []),
    ],
)
def test_a_sentence_is_complete_once_nothing_can_change_it(text: str, complete: list[str]) -> None:
    sentences, rest = settled(text)
    assert sentences == complete
    assert text.endswith(rest)
