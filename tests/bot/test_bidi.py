"""Arabic and Latin on one line: what terminals are told apart by, isolates, and visual order."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.bidi import Mode, contained, detect, isolate, lay_out
from rag.language.characters import INVISIBLE

LRI, RLI, PDI = "\u2066", "\u2067", "\u2069"
RIGHT_TO_LEFT = "\u200f" + RLI  # begins every Arabic line for a terminal
MODES: tuple[Mode, ...] = ("terminal", "reorder", "off")

SENTENCE = "أعلن المتحدث باسم التحالف الدولي أن قاعدة عين الأسد تعرضت لهجوم صاروخي ولم يسفر عن سقوط قتلى أو جرحى."
MIXED = (
    "قال الجنرال فرانك ماكنزي لشبكة CNN إن مقاتلات F-16 أقلعت من (عين الأسد)، وفق صحيفة Daily Mail البريطانية. [1][2]"
)

_WORDS = st.sampled_from(
    [
        *("أعلن", "الأسد", "«نص»", "لا", "ﷲ", "مُحَمَّد", "(عين", "الأنبار)"),
        *(
            "CNN",
            "F-16",
            "U.S.",
            "Daily",
            "Mail,",
            "«the",
            "base»",
            "https://example.org/a/very/long/address?of=a-page",
        ),
        *("[1]", "[12][3]", "2021", "٢٠٢١", "2:45", "…", "-", "،", "؟", ""),
    ]
)
_LINES = st.lists(_WORDS, max_size=30).map(" ".join)
_ANYTHING = st.text(max_size=60) | st.text(
    alphabet=st.sampled_from("\u2066\u2067\u2068\u2069\u202a\u202b\u202e\u200f\u200b\u061c\t\r\n\x1b\x9b\u2029اب«»()[]1a9é漢")
    | st.characters(),
    max_size=60,
)  # fmt: skip


def visible(line: str) -> str:
    return INVISIBLE.sub("", line)


# Which displays order text themselves


@pytest.mark.parametrize(
    ("environment", "mode"),
    [
        ({}, "reorder"),
        ({"TERM": "dumb"}, "reorder"),
        ({"TERM": "xterm-256color"}, "reorder"),
        ({"TERM": "xterm-kitty"}, "reorder"),
        ({"TERM": "alacritty"}, "reorder"),
        ({"TERM": "linux"}, "reorder"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}, "reorder"),
        ({"WT_SESSION": "1"}, "reorder"),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, "terminal"),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "230804"}, "terminal"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, "terminal"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "terminal"),
        ({"TERM": "mlterm"}, "terminal"),
        ({"TERM": "mlterm-256color"}, "terminal"),
        ({"TERM": "tmux-256color", "VTE_VERSION": "7600"}, "reorder"),
        ({"TERM": "screen.xterm-256color", "KONSOLE_VERSION": "230804"}, "reorder"),
        ({"TERM": "xterm-256color", "TMUX": "socket,1,0", "VTE_VERSION": "7600"}, "reorder"),
    ],
)
def test_a_terminal_is_told_by_the_variables_it_announces_itself_with(environment: dict[str, str], mode: Mode) -> None:
    assert detect(environment, is_terminal=True) == mode
    assert detect(environment, is_terminal=False) == "off"


# Isolates


@pytest.mark.parametrize(
    ("line", "runs"),
    [
        ("قالت CNN إن", ["CNN"]),
        ("قال لشبكة CNN.", ["CNN"]),
        ("كتبت الصحيفة البريطانية Daily Mail، أمس", ["Daily Mail"]),
        ("«نص من المقال» [1]", ["[1]"]),
        ("«نص من المقال» [1][12]", ["[1][12]"]),
        ("مقاتلات F-16 أميركية", ["F-16"]),
        ("جائحة COVID-19 في العراق", ["COVID-19"]),
        ("قال مسؤول في U.S. Army هنا", ["U.S. Army"]),
        ("شركة AT&T الأميركية", ["AT&T"]),
        ("شبكة5G وحدها", ["5G"]),
        ("نشرت الوزارة بيانها على https://example.org/a?b=1&c=2#d في المساء", ["https://example.org/a?b=1&c=2#d"]),
        ("البريد الإلكتروني للصحيفة a.b@example.org هنا", ["a.b@example.org"]),
        ("المكتبة فارغة. أضف مقالات أولا:  sanad ingest seeds/", ["sanad ingest seeds/"]),
        ("أضف مقالات من seeds/ أولا", ["seeds/"]),
        ("بقيمة 50km تقريبا", ["50km"]),
        ("عام 2021 قالت CNN ذلك", ["CNN"]),
        ("الساعة 2:45 يوم 5/7/2021", []),
    ],
)
def test_latin_runs_and_citation_marks_of_an_arabic_line_are_isolated_left_to_right(line: str, runs: list[str]) -> None:
    isolated = isolate(line)
    assert re.findall(f"{LRI}(.*?){PDI}", isolated) == runs
    assert isolated.replace(LRI, "").replace(PDI, "") == line


@pytest.mark.parametrize(
    ("line", "runs"),
    [
        ("The base عين الأسد was hit", ["عين الأسد"]),
        ("The base (عين الأسد) was hit in July 2021", ["(عين الأسد)"]),
        ("He called it «عين الأسد» [1] twice", ["«عين الأسد»"]),
        ("Both رويترز and الأناضول reported it", ["رويترز", "الأناضول"]),
        ("Not in these articles: سكان", ["سكان"]),
        ("It is read as (ماذا قال؟)", ["(ماذا قال؟)"]),
        ("(It is read as: ماذا قال؟)", ["ماذا قال؟"]),
        ("(It is read as: ماذا قال).", ["ماذا قال"]),
        ("He named (العقيد) واين (Wayne)", ["(العقيد) واين"]),
        ("The man (ماروتو Wayne) spoke", ["ماروتو"]),
        ("The base was hit [1] in July", []),
    ],
)
def test_arabic_runs_of_an_english_line_are_isolated_right_to_left(line: str, runs: list[str]) -> None:
    isolated = isolate(line)
    assert re.findall(f"{RLI}(.*?){PDI}", isolated) == runs
    assert isolated.replace(RLI, "").replace(PDI, "") == line


def test_a_line_has_the_direction_it_is_said_to_have_whatever_most_of_its_letters_are() -> None:
    english = "He, according to المتحدث باسم التحالف الدولي [1]"
    assert isolate(english, "en") == f"He, according to {RLI}المتحدث باسم التحالف الدولي{PDI} [1]"
    assert lay_out(english, "terminal", 80, "", "en") == [isolate(english, "en")]
    assert lay_out("F-16 [1]", "terminal", 80, "", "ar") == [f"{RIGHT_TO_LEFT}{LRI}F-16{PDI} {LRI}[1]{PDI}{PDI}"]
    assert lay_out("2:45 [1]", "reorder", 12, "  ", "ar") == ["  [1] 2:45  "]
    assert lay_out("2:45 [1]", "off", 12, "  ", "ar") == ["  2:45 [1]"]


def test_a_citation_s_number_is_not_parted_from_the_word_before_it() -> None:
    assert lay_out("three rockets fell [1]", "reorder", 20) == ["three rockets", "fell [1]"]
    assert lay_out("سقطت ثلاثة صواريخ [1]", "terminal", 18) == [
        f"{RIGHT_TO_LEFT}سقطت ثلاثة{PDI}",
        f"{RIGHT_TO_LEFT}صواريخ {LRI}[1]{PDI}{PDI}",
    ]


def test_direction_marks_of_the_text_itself_are_dropped_before_isolating() -> None:
    assert isolate("\u202eقالت\u200f CNN\u2069 أمس\u200e") == f"قالت {LRI}CNN{PDI} أمس"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("قال \u202eالوزير» [1]", "قال الوزير» [1]"),
        ("قال \u2067الوزير\u2069 أمس", "قال \u2067الوزير\u2069 أمس"),
        ("He \u202asaid\u202c so\u2069", "He \u202asaid\u202c so"),
        ("a \u2068b \u202dc\u2069 d", "a b c d"),
        ("red \x1b[31malert\x07\tnow\x9b2J", "red  [31malert \tnow 2J"),
        ("\u200fقال\u200f", "\u200fقال\u200f"),
    ],
)
def test_a_contained_line_cannot_steer_a_terminal_beyond_itself(line: str, shown: str) -> None:
    assert contained(line) == shown


@given(_ANYTHING, st.sampled_from(MODES[:2]), st.integers(12, 90))
def test_lines_laid_out_for_a_terminal_are_contained(text: str, mode: Mode, width: int) -> None:
    lines = lay_out(text, mode, width)
    assert list(map(contained, lines)) == lines


def test_an_isolate_that_is_open_at_a_line_break_is_closed_and_opened_again() -> None:
    assert lay_out("نشرت صحيفة ديلي ميل اسمها Daily Mail London أمس", "terminal", 32) == [
        f"{RIGHT_TO_LEFT}نشرت صحيفة ديلي ميل اسمها {LRI}Daily{PDI}{PDI}",
        f"{RIGHT_TO_LEFT}{LRI}Mail London{PDI} أمس{PDI}",
    ]


def test_an_arabic_line_runs_from_the_right_whatever_its_parts_hold_and_an_english_one_from_the_left() -> None:
    address = "https://example.org/news"
    assert lay_out(f"نشرت الوزارة بيانها مساء أمس على {address}", "terminal", 32, "  ") == [
        f"  {RIGHT_TO_LEFT}نشرت الوزارة بيانها مساء أمس{PDI}",
        f"  {RIGHT_TO_LEFT}على {LRI}{address}{PDI}{PDI}",
    ]
    assert lay_out("The base was called عين الأسد", "terminal", 24) == [
        f"The base was called {RLI}عين{PDI}",
        f"{RLI}الأسد{PDI}",
    ]


@given(line=_LINES, width=st.integers(min_value=12, max_value=90))
def test_isolates_are_balanced_on_every_line(line: str, width: int) -> None:
    for shown in lay_out(line, "terminal", width, "  "):
        open_isolates: list[str] = []
        for character in shown:
            if character in (LRI, RLI):
                open_isolates.append(character)
                assert open_isolates in ([LRI], [RLI], [RLI, LRI])
            elif character == PDI:
                open_isolates.pop()
        assert open_isolates == []


@given(line=_LINES, width=st.integers(min_value=60, max_value=90))
def test_wrapping_for_a_terminal_changes_no_word(line: str, width: int) -> None:
    shown = lay_out(line, "terminal", width, "    ")
    assert " ".join(visible(part) for part in shown).split() == line.split()


def test_every_line_of_the_text_begins_a_line_and_is_indented() -> None:
    assert lay_out("first\n\nsecond", "terminal", 40, "    ") == ["    first", "    ", "    second"]
    assert lay_out("first\n\nsecond", "reorder", 40, "    ") == ["    first", "    ", "    second"]
    assert lay_out("first\n\nsecond", "off", 40, "    ") == ["    first", "    ", "    second"]


# Visual order


def test_reordering_puts_the_first_arabic_word_at_the_right_and_the_line_reads_back_from_there() -> None:
    (line,) = lay_out(SENTENCE, "reorder", 120)
    assert line == line.rjust(120)
    assert unicodedata.normalize("NFKC", line[::-1]).rstrip() == SENTENCE
    assert unicodedata.normalize("NFKC", line.split()[-1][::-1]) == "أعلن"


def test_reordering_shapes_letters_by_their_place_in_the_word_and_joins_lam_and_alef() -> None:
    assert lay_out("بيت", "reorder", 3) == ["\ufe96\ufef4\ufe91"]
    assert lay_out("دور", "reorder", 3) == ["\ufead\ufeed\ufea9"]
    assert lay_out("لا", "reorder", 1) == ["\ufefb"]


def test_reordering_leaves_no_unshaped_arabic_letter() -> None:
    (line,) = lay_out(SENTENCE, "reorder", 120)
    letters = [character for character in line if character.isalpha()]
    assert len(letters) > 70
    assert [letter for letter in letters if not "\ufe70" <= letter <= "\ufefc"] == []


def test_reordering_keeps_citation_marks_and_latin_runs_readable_from_left_to_right() -> None:
    (line,) = lay_out(MIXED, "reorder", 150)
    # The end of an Arabic line is at its left.
    assert re.findall(r"\[\d+\]|[A-Za-z][A-Za-z0-9 -]*[A-Za-z0-9]", line) == ["[1]", "[2]", "Daily Mail", "F-16", "CNN"]
    assert line.lstrip().startswith("[1][2] .")


def test_reordering_turns_the_brackets_of_arabic_and_not_those_of_latin() -> None:
    assert lay_out("(بيت) «دور»", "reorder", 11) == ["«\ufead\ufeed\ufea9» (\ufe96\ufef4\ufe91)"]
    assert lay_out("base (بيت) [1] (here)", "reorder", 40) == ["base (\ufe96\ufef4\ufe91) [1] (here)"]


def test_reordering_keeps_figures_readable_from_left_to_right() -> None:
    (line,) = lay_out("وقع الهجوم الساعة 2:45 يوم 26 فبراير 2021", "reorder", 60)
    assert re.findall(r"[\d:]+", line) == ["2021", "26", "2:45"]


def test_reordered_english_lines_stay_at_the_left_and_arabic_ones_go_to_the_right_of_the_indent() -> None:
    assert lay_out("base بيت", "reorder", 20, "    ") == ["    base \ufe96\ufef4\ufe91"]
    assert lay_out("بيت", "reorder", 20, "    ") == [" " * 13 + "\ufe96\ufef4\ufe91" + "    "]


@pytest.mark.parametrize("mode", ["terminal", "reorder"])
@given(line=_LINES, width=st.integers(min_value=12, max_value=90))
def test_no_line_is_wider_than_the_display(mode: Mode, line: str, width: int) -> None:
    widths = [cell_len(visible(shown)) for shown in lay_out(line, mode, width, "    ")]
    assert [columns for columns in widths if columns > width] == []


@pytest.mark.parametrize("mode", ["terminal", "reorder"])
def test_a_word_wider_than_the_display_is_cut(mode: Mode) -> None:
    assert lay_out("see https://example.org/page now", mode, 10) == ["see", "https://ex", "ample.org/", "page now"]


@given(line=_LINES)
def test_reordering_keeps_every_letter_and_figure(line: str) -> None:
    def letters(text: str) -> list[str]:
        plain = unicodedata.normalize("NFKC", text)
        return sorted(character for character in plain if character.isalnum())

    assert letters("".join(lay_out(line, "reorder", 60))) == letters(line)


@given(text=_ANYTHING)
def test_reordering_leaves_no_invisible_character(text: str) -> None:
    assert INVISIBLE.findall("".join(lay_out(text, "reorder", 60))) == []


# As stored


@given(text=_ANYTHING, width=st.integers(min_value=-5, max_value=80))
def test_off_gives_the_lines_exactly_as_they_are_stored(text: str, width: int) -> None:
    assert "\n".join(lay_out(text, "off", width)) == text


@given(line=_LINES)
def test_off_adds_no_invisible_character(line: str) -> None:
    assert INVISIBLE.findall("".join(lay_out(line, "off", 60, "    "))) == []


# Whatever comes


@pytest.mark.parametrize("mode", MODES)
@given(text=_ANYTHING, width=st.integers(min_value=-5, max_value=120), indent=st.sampled_from(["", "    "]))
def test_no_text_and_no_width_makes_it_fail(mode: Mode, text: str, width: int, indent: str) -> None:
    shown = lay_out(text, mode, width, indent)
    assert len(shown) >= len(text.split("\n"))
    assert [line for line in shown if "\n" in line] == []


@pytest.mark.parametrize("mode", ["terminal", "reorder"])
@given(text=_ANYTHING)
def test_nothing_that_steers_a_terminal_comes_through(mode: Mode, text: str) -> None:
    assert re.findall(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", "".join(lay_out(text, mode, 60))) == []
