"""What every test shares: the sample articles, a library of them, and an environment without settings."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.engine import Engine, open_engine
from rag.settings import Settings

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Neither the environment's variables nor a .env file of the folder may reach a test."""
    for name in [name for name in os.environ if name.upper().startswith("SANAD_")]:
        monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)


@pytest.fixture(scope="session")
def seed_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine over the five sample articles; only to be read."""
    with open_engine(Settings(data_dir=tmp_path_factory.mktemp("seeds") / "data")) as engine:
        engine.ingest([SEEDS])
        yield engine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine over an empty library of the test's own."""
    with open_engine(Settings(data_dir=tmp_path / "data")) as engine:
        yield engine
