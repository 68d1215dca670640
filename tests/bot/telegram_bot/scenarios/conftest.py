"""A library made once, and a bot over a copy of it for each story."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.telegram_api.talk import Talk, library

NewTalk = Callable[..., Talk]


@pytest.fixture(scope="session")
def seeds_read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample articles; only to be copied."""
    return library(tmp_path_factory.mktemp("library") / "data", SEEDS)


@pytest.fixture
def new_talk(seeds_read: Path, tmp_path: Path) -> Iterator[NewTalk]:
    """Makes a bot, not yet running, over a library of its own; in the end nothing that it called was invalid, and nothing went wrong in it."""
    made: list[Talk] = []

    def new(**settings: str) -> Talk:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        alone = {"SANAD_TELEGRAM_WORKERS": "1"}  # starts sooner
        made.append(Talk(folder, shutil.copytree(seeds_read, folder / "data"), **alone | settings))
        return made[-1]

    yield new
    for talk in made:
        talk.close()
        assert talk.api.invalid == []
        assert "Traceback" not in talk.output
