"""What a start loads: nothing that most questions can do without."""

import subprocess
import sys

import pytest

_LATER = ("rag.writing", "rag.support", "rag.yes_no.judging", "snowballstemmer", "llama_index", "openai", "telegram")


@pytest.mark.parametrize(
    ("module", "unneeded"), [("rag.engine", _LATER), ("bot.cli", ("rag", "rich", "chromadb", "numpy"))]
)
def test_an_import_leaves_what_is_seldom_needed_for_later(module: str, unneeded: tuple[str, ...]) -> None:
    listed = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    assert set(listed.stdout.split()) & set(unneeded) == set()
