"""Errors: one tree, one line each in both languages, and a phrase for every place that raises one."""

import ast
import pickle
import sqlite3
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Template

import pytest

import bot
import rag
from rag import errors
from rag.errors import (
    ArticleError,
    ArticleNotFound,
    EmbedderUnavailable,
    IndexOutdated,
    LibraryBusy,
    LibraryDamaged,
    LibraryEmpty,
    QuestionError,
    SanadError,
    SettingsError,
)

PACKAGE = Path(rag.__file__).parent
SOURCES = [path for package in (rag, bot) for path in sorted(Path(package.__file__ or "").parent.rglob("*.py"))]
PHRASES = tomllib.loads((PACKAGE / "locales" / "en.toml").read_text(encoding="utf-8"))
TREE = [
    SettingsError, ArticleError, ArticleNotFound, QuestionError, LibraryEmpty, LibraryBusy, LibraryDamaged,
    EmbedderUnavailable, IndexOutdated,
]  # fmt: skip


def raised() -> Iterator[tuple[str, str, set[str]]]:
    """Where the engine makes an error of a key that is written there: file and line, key, names of the slots filled."""
    names = {kind.__name__ for kind in [SanadError, *TREE]}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names):
                continue
            is_setting = node.func.id == "SettingsError"
            filled = {keyword.arg for keyword in node.keywords if keyword.arg} | ({"setting"} if is_setting else set())
            key = node.args[1 if is_setting else 0]
            for constant in [key.body, key.orelse] if isinstance(key, ast.IfExp) else [key]:
                if isinstance(constant, ast.Constant):
                    yield f"{path.relative_to(PACKAGE.parent)}:{node.lineno}", str(constant.value), filled


RAISED = list(raised())


# The tree


@pytest.mark.parametrize(
    "error",
    [
        QuestionError("question_long", words=501, limit=500),
        SettingsError("SANAD_TELEGRAM_TOKEN", "telegram_token_refused"),
        ArticleError("bad_json", line=3, detail=ValueError("column 88"), column=88),
        EmbedderUnavailable(
            "embedding_server", setting="SANAD_EMBEDDING_URL", refused=True, url="http://x", detail="down"
        ),
        LibraryDamaged("library_damaged", path=Path("library.sqlite3"), detail=sqlite3.DatabaseError("malformed")),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_from_another_process_is_the_same(error: SanadError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    told = [
        (str(one), one.message("ar"), one.key, one.to_dict(), vars(one) | {"values": None}) for one in (again, error)
    ]
    assert told[0] == told[1]
    assert again.values == {name: v if isinstance(v, int) else str(v) for name, v in error.values.items()}


def test_the_tree_is_what_front_ends_catch() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert kinds == [SanadError, *TREE]
    assert [kind.__bases__ for kind in TREE] == [(SanadError,)] * len(TREE)
    assert SanadError.__bases__ == (Exception,)


def test_the_tree_in_the_documentation_is_the_tree() -> None:
    documented = [
        line.split()[1] for line in (errors.__doc__ or "").splitlines() if line.startswith("    ├") or "└" in line
    ]
    assert documented == [kind.__name__ for kind in TREE]  # fmt: skip


# Messages


@pytest.mark.parametrize("kind", [kind for kind in TREE if kind is not SettingsError])
def test_an_error_reads_in_both_languages_and_as_json(kind: type[SanadError]) -> None:
    error = kind("library_empty")
    assert error.message("en") == "The library is empty. Add articles first:  sanad ingest seeds/"
    assert error.message("ar") == "المكتبة فارغة. أضف مقالات أولا:  sanad ingest seeds/"
    assert str(error) == error.message("en")
    assert error.to_dict() == {"type": kind.__name__, "message": error.message("en"), "setting": None}


def test_a_settings_error_names_its_variable() -> None:
    error = SettingsError("SANAD_BIDI", "setting_invalid", detail="should be 'auto'", example="auto")
    assert error.message("ar") == "SANAD_BIDI: قيمة غير صالحة (should be 'auto'). مثال: SANAD_BIDI=auto"
    assert error.to_dict() == {
        "type": "SettingsError",
        "message": "SANAD_BIDI: should be 'auto'. Example: SANAD_BIDI=auto",
        "setting": "SANAD_BIDI",
    }
    assert LibraryEmpty("library_empty").setting is None


def test_an_embedders_error_names_a_setting_where_one_is_to_change_and_knows_whether_it_was_the_text() -> None:
    error = EmbedderUnavailable("library_empty", setting="SANAD_EMBEDDING_KEY", refused=True)
    assert (error.to_dict()["setting"], error.refused) == ("SANAD_EMBEDDING_KEY", True)
    assert EmbedderUnavailable("library_empty").refused is False


def test_an_article_error_knows_its_line_where_there_is_one() -> None:
    assert ArticleError("bad_toml", line=3, detail="at line 3").line == 3
    assert ArticleError("empty_file").line is None
    assert str(ArticleError("bad_toml", line=3, detail="at line 3")) == "not valid TOML (at line 3)"


def test_an_error_without_what_its_message_needs_cannot_be_made() -> None:
    with pytest.raises(KeyError, match="'article'"):
        ArticleNotFound("article_not_found")


# Every place that raises one


@pytest.mark.parametrize(("place", "key", "filled"), RAISED, ids=[f"{place} {key}" for place, key, _ in RAISED])
def test_an_error_that_is_raised_has_a_phrase_whose_slots_are_filled(place: str, key: str, filled: set[str]) -> None:
    assert set(Template(PHRASES[f"error_{key}"]).get_identifiers()) - filled == set(), place


def test_every_error_phrase_is_raised_somewhere() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    keys = [key.removeprefix("error_") for key in PHRASES if key.startswith("error_")]
    assert [key for key in keys if f'"{key}"' not in source] == []
