"""What a command writes: JSON that steers no display, lines that a terminal can be given."""

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bidi import Mode
from bot.session import Session, print_json
from rag.language.characters import INVISIBLE
from rag.settings import Settings

_STEERING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x07\x1b\x7f\x9b\u2028\u2029"
_TEXTS = st.text(st.sampled_from(_STEERING + "قال a[1]\\\"'\n\t") | st.characters(), max_size=40)


def printed(document: object) -> str:
    written = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", written)
        print_json(document)
    return written.getvalue()


@given(_TEXTS)
def test_a_document_holds_what_it_was_given_and_steers_no_display(text: str) -> None:
    shown = printed({"quote": text, "claims": [text]})
    assert json.loads(shown) == {"quote": text, "claims": [text]}
    assert not set(shown) & set(_STEERING)


def test_arabic_and_joiners_are_written_as_they_are() -> None:
    assert printed(["می\u200cرود", "قال «نعم»"]) == '[\n  "می\u200cرود",\n  "قال «نعم»"\n]\n'


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("mode", ["off", "terminal", "reorder"])
def test_no_mode_lets_an_article_steer_a_terminal(mode: Mode, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TERM", "xterm")
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    session = Session(Settings(data_dir=tmp_path, bidi=mode))
    session.show("قال \u202eالوزير\x1b[31m» [1]")
    session.engine.close()
    shown = terminal.getvalue()
    assert not {"\u202e", "\x1b"} & set(shown)
    assert "قال" in shown or mode == "reorder"


def test_another_program_gets_the_lines_as_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written = io.StringIO()
    monkeypatch.setattr(sys, "stdout", written)
    session = Session(Settings(data_dir=tmp_path))
    session.show("قال \u202eالوزير»\x07")
    session.engine.close()
    assert written.getvalue() == "قال \u202eالوزير»\x07\n"
    assert INVISIBLE.search(written.getvalue())
