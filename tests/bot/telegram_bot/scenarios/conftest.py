"""A library made once, and a bot over a copy of it for each story."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.telegram_api.talk import ALONE, Talk, library

NewTalk = Callable[..., Talk]


@pytest.fixture(scope="session")
def seeds_read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample articles; only to be copied."""
    return library(tmp_path_factory.mktemp("library") / "data", SEEDS)


@pytest.fixture(scope="module")
def talk(seeds_read: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    """One bot for all stories of a file, which nothing limits; user 77 runs it."""
    folder = tmp_path_factory.mktemp("talk")
    data = shutil.copytree(seeds_read, folder / "data")
    talking = Talk(folder, data, **ALONE, SANAD_TELEGRAM_ADMINS="77", SANAD_TELEGRAM_PER_MINUTE="9999")
    try:
        talking.start()
        yield talking
        assert talking.api.invalid == []
        assert "Traceback" not in talking.output
    finally:
        talking.close()


@pytest.fixture
def new_talk(seeds_read: Path, tmp_path: Path) -> Iterator[NewTalk]:
    """Makes a bot, not yet running, over a library of its own; in the end nothing that it called was invalid, and nothing went wrong in it."""
    made: list[Talk] = []

    def new(**settings: str) -> Talk:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(Talk(folder, shutil.copytree(seeds_read, folder / "data"), **ALONE | settings))
        return made[-1]

    yield new
    for talk in made:
        talk.close()
        assert talk.api.invalid == []
        assert "Traceback" not in talk.output
