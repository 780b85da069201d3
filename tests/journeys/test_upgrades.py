"""A home of every released version opens under this one and says what it said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands import bekwaam

HOMES = Path(__file__).resolve().parents[1] / "data" / "homes"
VERSIONS = sorted(path.stem for path in HOMES.glob("*.tar"))


def test_there_is_a_home_to_upgrade_from() -> None:
    assert VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_home_opens_and_says_what_it_said(version: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    restored = bekwaam(home, "restore", HOMES / f"{version}.tar")
    assert restored.code == 0, restored.err
    kept = json.loads((HOMES / f"{version}.json").read_text(encoding="utf-8"))
    told = bekwaam(home, "brief", "--as-of", kept["as_of"], "--lang", "en", "--json")
    assert told.code == 0, told.err
    assert_says(told.object, kept)


def assert_says(found: Any, kept: Any) -> None:
    """Everything that was said then is said now; a newer version may say more."""
    if isinstance(kept, dict):
        for name, value in kept.items():
            assert_says(found[name], value)
    else:
        assert found == kept


@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_home_goes_on_working(version: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert bekwaam(home, "restore", HOMES / f"{version}.tar").code == 0
    doctor = {check["name"]: check["ok"] for check in bekwaam(home, "doctor", "--json").object["checks"]}
    assert doctor["migrations"]
    assert doctor["search_index"]
    assert bekwaam(home, "reindex", "--json").object["records"] > 0
    undone = bekwaam(home, "undo", "B0001", "--json")
    assert undone.code == 0, undone.err
    assert undone.object["lines"] > 0
