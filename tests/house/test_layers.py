"""Imports run one way. Each contract is also broken once, in a copy, to see that it would be noticed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

BREAKS = {
    "layers": ("bekwaam/records/queries.py", "from bekwaam.workspaces.cockpit import choice  # noqa"),
    "no-django-below": ("bekwaam/engine/retention/summary.py", "import django  # noqa"),
    "light-web": ("bekwaam/workspaces/customers/views.py", "from bekwaam.engine import retention  # noqa"),
    "pandas-in-adapters": ("bekwaam/intake/sales.py", "import pandas  # noqa"),
}


def lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [word for contract in contracts for word in ("--contract", contract)]
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    return subprocess.run(
        [*command, "--config", str(folder / ".importlinter"), "--no-cache", *chosen],
        cwd=folder / "src",
        env={"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", "static", "locale")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignored)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_every_contract_is_kept() -> None:
    told = lint(ROOT)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("contract", BREAKS)
def test_a_broken_contract_is_noticed(contract: str, copy: Path) -> None:
    file, line = BREAKS[contract]
    target = copy / "src" / file
    target.write_text(target.read_text() + f"\n{line}\n")
    told = lint(copy, contract)
    assert told.returncode != 0, told.stdout
    assert "BROKEN" in told.stdout, told.stdout + told.stderr


def test_every_contract_has_a_break_of_its_own() -> None:
    named = [
        line.split(":")[-1].rstrip("]")
        for line in (ROOT / ".importlinter").read_text().splitlines()
        if line.startswith("[importlinter:contract:")
    ]
    assert sorted(named) == sorted(BREAKS)
