"""Lock files carry hashes and name no registry."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("lock", REQUIREMENTS, ids=lambda path: path.name)
def test_every_python_package_is_pinned_by_hash(lock: Path) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", lock.read_text())
    pinned = [entry for entry in entries if re.match(r"[a-z0-9._-]+(\[.*\])?==", entry)]
    assert len(pinned) > 40
    assert [entry.split()[0] for entry in pinned if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", [*REQUIREMENTS, ROOT / "package-lock.json"], ids=lambda path: path.name)
def test_no_lock_names_a_host(lock: Path) -> None:
    without_own_words = re.sub(r'"(url|homepage|funding)": "[^"]*"', "", lock.read_text())
    assert "://" not in without_own_words


def test_every_browser_package_carries_its_integrity() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    third_party = {name: entry for name, entry in packages.items() if name}
    assert third_party
    assert [name for name, entry in third_party.items() if not entry.get("integrity")] == []
    assert [name for name, entry in third_party.items() if "resolved" in entry] == []
