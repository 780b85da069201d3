"""The code is written as we agreed: ruff over everything, mypy strict over the four lower layers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def told(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_ruff_finds_nothing() -> None:
    assert told("ruff", "check", ".") == ""


def test_everything_is_formatted() -> None:
    assert told("ruff", "format", "--check", ".") == ""


def test_the_lower_layers_are_strictly_typed() -> None:
    assert told("mypy") == ""


def test_no_file_is_too_long() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in (ROOT / "src").rglob("*.py")}
    assert {str(path.relative_to(ROOT)): count for path, count in lengths.items() if count > 400} == {}
