"""Who says what: verbs of saying, "according to", and what they introduce."""

import pytest

from rag.language.speech import attributions, speech_kind


def told(text: str) -> list[tuple[str | None, str]]:
    """Who says what in a text."""
    return [(one.speaker, text[one.said_start : one.said_end]) for one in attributions(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("قال كيربي إن القاعدة آمنة", [("كيربي", "القاعدة آمنة")]),
        ("وافق المجلس على القرار", []),
        ("The minister said the road was open", [("The minister", "the road was open")]),
        ("The road is open, according to the minister", [("the minister", "The road is open")]),
        ("Trains run again", []),
    ],
)
def test_who_says_what(text: str, found: list[tuple[str | None, str]]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("تراجع الصيد هذا العام وفقا لوزارة الصيد", "وزارة الصيد"),
        ("تراجع الصيد هذا العام وفقا للوزارة", "الوزارة"),
        ("تراجع الصيد هذا العام وفقا للجنة الصيد", "لجنة الصيد"),
        ("تراجع الصيد هذا العام بحسب لجنة الصيد", "لجنة الصيد"),
    ],
)
def test_a_preposition_joined_to_the_speaker_is_no_part_of_the_name(text: str, speaker: str) -> None:
    (one,) = attributions(text)
    assert one.speaker == speaker
    assert text[one.start : one.end] in speaker  # the name, as far as it is written apart


def test_what_a_law_provides_nobody_says() -> None:
    assert attributions("أفرج عنه وفقا للقانون") == ()


@pytest.mark.parametrize(
    ("word", "kind"), [("نفت", "denies"), ("واتهم", "accuses"), ("vowed", "promises"), ("bridge", None)]
)
def test_what_a_verb_of_saying_introduces(word: str, kind: str | None) -> None:
    assert speech_kind(word) == kind
