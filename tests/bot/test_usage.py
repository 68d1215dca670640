"""Wrong usage: the parser's words for people, a document under --json."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask"], "Missing argument 'question'."),
        (["ask", "متى؟", "--bogus"], "No such option: --bogus"),
        (["search", "متى؟", "--limit", "0"], "Invalid value for '--limit'"),
        (["search", "متى؟", "--limit", "many"], "Invalid value for '--limit'"),
        (["articles", "show"], "Missing argument 'ID'."),
        (["articles", "burn", "001"], "No such command 'burn'."),
        (["eval", "answers", "--judge", "nobody"], "Invalid value for '--judge'"),
        (["frobnicate"], "No such command 'frobnicate'."),
        ([], "No such option: --json"),
    ],
)
def test_wrong_usage_under_json_is_one_document_on_standard_output(arguments: list[str], message: str) -> None:
    ran = run(*arguments, "--json")
    error = json.loads(ran.stdout)["error"]
    assert (ran.exit_code, ran.stderr) == (2, "")
    assert list(error) == ["type", "message", "setting"]
    assert (error["type"], error["setting"]) == ("UsageError", None)
    assert error["message"].startswith(message)


@pytest.mark.parametrize("arguments", [["ask"], ["search", "x", "--limit", "0"], ["search", "--", "--json"]])
def test_wrong_usage_is_said_on_standard_error_without_json(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SANAD_DATA_DIR", str(tmp_path))
    ran = run(*arguments)
    assert ran.stdout == ""
    assert ran.stderr
    assert ran.exit_code == (1 if "--" in arguments else 2)  # behind -- stands a question: the library is empty


def test_other_ends_of_a_command_under_json_keep_their_status(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SANAD_DATA_DIR", str(tmp_path))
    assert run("articles", "list", "--json").exit_code == 0
    assert run("articles", "show", "nothing", "--json").exit_code == 1
    assert run("ingest", "/no/such/folder", "--json").exit_code == 3
    assert run("ask", "--help", "--json").exit_code == 0
