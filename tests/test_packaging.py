"""The wheel: what is in it, and that what is installed from it works on its own."""

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAME = f"sanad-{PROJECT['version']}"
PACKAGES = ("bot", "prompts", "rag")
LEXICON = Path("rag/language/lexicon")  # the readable sources of rag/language/data


def run(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Python, without this process's settings and paths."""
    passed_over = ("SANAD_", "PYTHON", "LC_", "LANG")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(passed_over)}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**kept, "LANG": "C.UTF-8", **variables},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=True,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network from what is in the working tree."""
    folder = tmp_path_factory.mktemp("wheel")
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT), cwd=folder)
    assert [path.name for path in folder.iterdir()] == [f"{NAME}-py3-none-any.whl"]
    return folder / f"{NAME}-py3-none-any.whl"


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel is installed into, and nothing else is."""
    target = tmp_path_factory.mktemp("installed")
    options = ("--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check")
    run("-m", "pip", "install", *options, "--target", str(target), str(wheel), cwd=target)
    return target


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return sorted(archive.namelist())


def read(wheel: Path, name: str) -> bytes:
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name)


# What is in it


def test_the_wheel_holds_its_packages_whole_but_for_the_lexicons_sources(wheel: Path) -> None:
    files = [
        path.relative_to(ROOT)
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    expected = sorted(path.as_posix() for path in files if not path.is_relative_to(LEXICON))
    assert [name for name in names(wheel) if not name.startswith(f"{NAME}.dist-info/")] == expected
    assert len(files) > len(expected)


def test_the_wheel_holds_no_samples_no_tests_and_no_tools(wheel: Path) -> None:
    assert sorted({name.split("/")[0] for name in names(wheel)}) == [*PACKAGES, f"{NAME}.dist-info"]


@pytest.mark.parametrize(
    "name",
    [
        "bot/locales/ar.toml",
        "bot/locales/en.toml",
        "rag/locales/ar.toml",
        "rag/locales/en.toml",
        "rag/weights.toml",
        *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "prompts").glob("*.txt"))),
        "rag/articles/furniture.txt",
        "rag/embedding/data/concepts.npz",
        *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "rag/language/data").iterdir())),
    ],
)
def test_the_wheel_holds_the_data_that_the_code_reads(wheel: Path, name: str) -> None:
    assert read(wheel, name) == (ROOT / name).read_bytes()


def test_the_wheel_holds_the_licence_and_the_notice(wheel: Path) -> None:
    licences = [name for name in names(wheel) if "/licenses/" in name]
    assert licences == [f"{NAME}.dist-info/licenses/LICENSE", f"{NAME}.dist-info/licenses/NOTICE"]
    for name in licences:
        assert read(wheel, name) == (ROOT / Path(name).name).read_bytes()
    assert read(wheel, licences[0]).lstrip().startswith(b"Apache License\n")


def test_the_wheel_says_what_it_is_and_needs(wheel: Path) -> None:
    metadata = message_from_string(read(wheel, f"{NAME}.dist-info/METADATA").decode())
    assert (metadata["Name"], metadata["Version"], metadata["Requires-Python"], metadata["License-Expression"]) == (
        "sanad",
        PROJECT["version"],
        ">=3.11",
        "Apache-2.0",
    )
    required = [one for one in metadata.get_all("Requires-Dist", []) if "extra ==" not in one]

    def same(requirement: str) -> tuple[str, set[str]]:
        name, limits = re.fullmatch(r"([\w-]+(?:\[[\w-]+\])?)(.*)", requirement.replace(" ", "")).groups()  # type: ignore[union-attr]  # each has a name
        return name, set(limits.split(","))

    assert [same(one) for one in required] == [same(one) for one in PROJECT["dependencies"]]
    assert read(wheel, f"{NAME}.dist-info/entry_points.txt").decode().split() == [
        "[console_scripts]",
        "sanad",
        "=",
        "bot.cli:main",
        "[pytest11]",
        "rag.evaluation.pytest_plugin",
        "=",
        "rag.evaluation.pytest_plugin",
    ]


# What is installed from it


def test_what_is_installed_ingests_and_answers_on_its_own(installed: Path, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    text = "أعلنت وزارة الدفاع العراقية أن ثلاثة صواريخ سقطت على قاعدة عين الأسد يوم 5 يوليو 2021."
    (news / "base.txt").write_text(text, encoding="utf-8")
    folder = tmp_path / "empty"
    folder.mkdir()
    variables = {"PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}

    where = run("-c", "import bot, rag; print(bot.__file__, rag.__file__, sep='\\n')", cwd=folder, **variables)
    assert where.stdout.splitlines() == [str(installed / name / "__init__.py") for name in ("bot", "rag")]

    ingested = run("-m", "bot.cli", "ingest", str(news), "--json", cwd=folder, **variables)
    assert (json.loads(ingested.stdout)["added"], ingested.stderr) == (1, "")
    assert [path.name for path in folder.iterdir()] == ["data"]

    question = "كم صاروخا سقط على قاعدة عين الأسد؟"
    # Each module says, once asked, from which file it ran.
    asked = run("-v", "-m", "bot.cli", "ask", question, "--json", cwd=folder, **variables)
    reply = json.loads(asked.stdout)
    assert (reply["kind"], [citation["quote"] for citation in reply["citations"]]) == ("answer", [text])
    ran = re.findall(r"^# code object from '?(.*/(?:bot|rag)/.*?)'?$", asked.stderr, re.MULTILINE)
    assert {str(installed / "bot" / "strings.py"), str(installed / "rag" / "engine.py")} <= set(ran)
    assert [path for path in ran if not Path(path).is_relative_to(installed)] == []
