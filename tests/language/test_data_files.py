"""The data files of the language package, and what is compiled for speed alone: it must say what it saves working out."""

import runpy
from pathlib import Path

import pytest

from rag.language.data_files import exists, pairs, read, rows, toml
from rag.language.stem import snowball, stem

ROOT = Path(__file__).parents[2]
STEMS = runpy.run_path(str(ROOT / "tools/build_english_stems.py"))
TABLES = """
aliases english_stems forms frequency gloss homelands irregular lexicon synonyms translations
""".split()


@pytest.mark.parametrize("name", [f"{table}.tsv" for table in TABLES])
def test_every_line_of_a_compiled_table_is_a_key_and_its_value(name: str) -> None:
    lines = read(name).splitlines()
    assert [line for line in lines if line.count("\t") != 1] == []
    assert list(pairs(read(name)).items()) == [tuple(line.split("\t")) for line in lines]


def test_a_table_without_a_last_newline_or_with_a_value_missing_is_refused() -> None:
    for text in ("cat\tقط", "cat\tقط\ndog\n"):
        with pytest.raises(ValueError, match="zip"):
            pairs(text)


def test_comments_and_empty_lines_are_no_rows() -> None:
    assert rows("# kind\tform\n\nverb\tقال\t#\n") == [["verb", "قال", "#"]]


def test_toml_and_missing_files() -> None:
    assert "lists" in toml("relative_dates.toml")
    assert exists("lexicon.tsv")
    assert not exists("no_such.tsv")
    with pytest.raises(FileNotFoundError):
        read("no_such.tsv")


def test_the_table_of_english_stems_says_what_the_stemmer_says() -> None:
    told = pairs(read("english_stems.tsv"))
    assert [(word, told[word]) for word in told if told[word] != snowball(word)] == []


def test_nearly_every_word_of_our_own_tables_has_its_stem_in_the_table() -> None:
    missing = STEMS["listed"]() - pairs(read("english_stems.tsv")).keys()
    assert len(missing) < 300, "run python tools/build_english_stems.py"


@pytest.mark.parametrize("word", ["2021", "2:45", "3.5", "70%", "أحمد"])
def test_what_has_no_letter_of_english_is_not_stemmed_as_english(word: str) -> None:
    assert snowball(word) == word
    assert not word.isascii() or stem(word) == word
