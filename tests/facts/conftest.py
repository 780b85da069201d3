"""A store of its own for every story, below a folder whose name is a trap: spaces, é, % and a quote."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bekwaam.facts.store import Store


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "50% é, 'facts'"


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made") / "facts"
    Store(made).create()
    return made


@pytest.fixture
def store(empty_store: Path, root: Path) -> Store:
    """An empty store; copied, because making five tables takes twenty waits for the disk."""
    shutil.copytree(empty_store, root)
    return Store(root)
