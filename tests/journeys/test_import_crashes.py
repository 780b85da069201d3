"""Imports side by side, and imports that are killed at any moment: every batch is there once, or not at all."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from commands import bekwaam
from test_import_commands import orders

KILLS = 12


def start(home: Path, path: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bekwaam.faces.cli.main", "--home", str(home), "import", "sales", str(path)]
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("BEKWAAM_")}
    return subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def records(home: Path, question: str) -> list[Any]:
    with sqlite3.connect(home / "bekwaam.sqlite3") as connection:
        return connection.execute(question).fetchall()


def facts(home: Path) -> dict[str, tuple[int, Any]]:
    """Batch → lines and revenue, counted by the facts."""
    from bekwaam.facts.read import Facts
    from bekwaam.terms.actor import SYSTEM

    days = {"first": "2000-01-01", "last": "2100-01-01"}
    found: dict[str, tuple[int, Any]] = {}
    for row in Facts(home / "facts").ask("lines_on_hand", SYSTEM, **days).dicts():
        lines, revenue = found.get(row["batch_id"], (0, 0))
        found[row["batch_id"]] = (lines + 1, revenue + row["revenue"])
    return found


def check_consistent(home: Path) -> None:
    batches = records(home, "SELECT batch_id, state, rows_imported, revenue, file_name FROM records_batch")
    assert {state for _, state, *_ in batches} == {"done"}
    assert {batch: (lines, float(revenue)) for batch, (lines, revenue) in facts(home).items()} == {
        batch: (lines, float(revenue)) for batch, _, lines, revenue, _ in batches
    }
    names = [name for *_, name in batches]
    assert len(names) == len(set(names))
    customers = {number for (number,) in records(home, "SELECT number FROM records_customer")}
    assert customers == {"100"}


def test_two_processes_import_different_files_at_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for round_ in range(2):
        pair = [
            start(
                home, orders(tmp_path / f"{round_}-{side}.csv", days=range(11, 21), start=100 * (2 * round_ + side + 1))
            )
            for side in range(2)
        ]
        for process in pair:
            _, words = process.communicate(timeout=120)
            assert process.returncode == 0, words.decode()
    check_consistent(home)
    assert sorted(facts(home)) == ["B0001", "B0002", "B0003", "B0004"]


@pytest.mark.parametrize("seed", [20261])
def test_kill_9_at_any_moment_leaves_every_batch_once_or_not_at_all(tmp_path: Path, seed: int) -> None:
    home, moments = tmp_path / "home", random.Random(seed)
    assert bekwaam(home, "import", "sales", orders(tmp_path / "first.csv")).code == 0
    began = time.monotonic()
    assert bekwaam(home, "import", "sales", orders(tmp_path / "second.csv", start=500)).code == 0
    takes = time.monotonic() - began
    for nth in range(KILLS):
        process = start(home, orders(tmp_path / f"{nth}.csv", start=1000 * (nth + 1)))
        time.sleep(moments.uniform(0.5, 1.0) * takes)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    told = bekwaam(home, "import", "sales", orders(tmp_path / "last.csv", start=90_000), "--json")
    assert told.code == 0, told.err
    check_consistent(home)
    assert told.object["batch"] in facts(home)
    assert {lines for lines, _ in facts(home).values()} == {5}
