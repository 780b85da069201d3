"""The data room of a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from data_room import DataRoom
from django.utils import translation


@pytest.fixture
def room(home: Any, db: None, tmp_path: Path) -> Iterator[DataRoom]:
    """An empty home to read files into, in English."""
    folder = tmp_path / "offered"
    folder.mkdir()
    with translation.override("en"):
        yield DataRoom(home, folder)
