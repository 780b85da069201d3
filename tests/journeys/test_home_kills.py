"""kill -9 at any moment of import, undo, refresh and backup: nothing is lost, doubled or half-done.

BEKWAAM_KILLS multiplies the number of kills: `make prove GOAL=T5` makes more than a thousand of them.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from commands import bekwaam
from test_import_commands import orders

from bekwaam.faces.backup.archive import read_whole
from bekwaam.facts.read import Facts
from bekwaam.facts.store import Store
from bekwaam.terms.actor import SYSTEM

TIMES = int(os.environ.get("BEKWAAM_KILLS", "1"))
VICTIM = Path(__file__).with_name("home_victim.py")
DEEDS = {"import": 30, "undo": 20, "refresh": 20, "backup": 20}
"""How often each is killed, times TIMES."""


class Victim:
    """Does deeds to a home in children of its own, and lets them be killed."""

    def __init__(self, home: Path) -> None:
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("BEKWAAM_")}
        self.process = subprocess.Popen(
            [sys.executable, str(VICTIM), str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=surroundings,
        )
        assert self._heard()[0] == "ready"

    def do(self, *words: Any, within: float | None = None) -> bool:
        """Do a deed; with `within` it is killed after so many seconds. Whether it said that it was done."""
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        word, pid = self._heard()
        assert word == "child"
        if within is not None:
            time.sleep(within)
            with suppress(ProcessLookupError):  # it was quicker
                os.kill(pid, signal.SIGKILL)
        is_done, (word, code) = False, self._heard()
        while word != "ended":
            is_done, (word, code) = word == "done" or is_done, self._heard()
        assert code in (0, -signal.SIGKILL), f"{words} failed before it was killed: {code}"
        return is_done

    def _heard(self) -> tuple[str, int]:
        word, number = self.process.stdout.readline().split()
        return word, int(number)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with two imports and figures."""
    place = tmp_path / "home"
    for nth in range(2):
        assert bekwaam(place, "import", "sales", orders(tmp_path / f"first{nth}.csv", start=100 * (nth + 1))).code == 0
    return place


@pytest.fixture
def victim(home: Path) -> Iterator[Victim]:
    found = Victim(home)
    yield found
    found.process.stdin.close()
    found.process.wait(timeout=30)


def rows(home: Path, question: str) -> list[Any]:
    with sqlite3.connect(home / "bekwaam.sqlite3") as connection:
        return connection.execute(question).fetchall()


def check(home: Path) -> None:
    """Every batch is wholly in or wholly out, records and facts agree, and one run is in force at most."""
    batches = rows(home, "SELECT batch_id, state, rows_imported FROM records_batch")
    assert {state for _, state, _ in batches} <= {"done", "undone"}
    days = {"first": "2000-01-01", "last": "2100-01-01"}
    found: dict[str, int] = {}
    for row in Facts(home / "facts").ask("lines_on_hand", SYSTEM, **days).dicts():
        found[row["batch_id"]] = found.get(row["batch_id"], 0) + 1
    assert found == {batch: lines for batch, state, lines in batches if state == "done"}
    assert Store(home / "facts").check() == []
    assert rows(home, "PRAGMA integrity_check") == [("ok",)]
    assert rows(home, "SELECT count(*) FROM records_run WHERE is_current")[0][0] <= 1
    orphans = rows(
        home,
        "SELECT count(*) FROM customers_customerreading AS reading"
        " WHERE NOT EXISTS (SELECT 1 FROM records_run AS run WHERE run.id = reading.run_id)",
    )
    assert orphans == [(0,)]


@pytest.mark.parametrize("deed", DEEDS)
def test_killed_at_any_moment_nothing_is_lost_doubled_or_half_done(
    deed: str, home: Path, victim: Victim, tmp_path: Path
) -> None:
    chance = random.Random(f"{deed} 20261128")
    began = time.monotonic()
    assert victim.do(deed, *_words(deed, tmp_path, 0))
    takes = time.monotonic() - began
    acknowledged = 1
    for nth in range(1, DEEDS[deed] * TIMES + 1):
        if deed == "undo":
            victim.do("import", orders(tmp_path / f"more{nth}.csv", start=10_000 + 10 * nth))
        acknowledged += victim.do(deed, *_words(deed, tmp_path, nth), within=chance.uniform(0, 1.1) * takes)
        if nth % 5 == 0:
            victim.do("settle")
            check(home)
    victim.do("settle")
    check(home)
    _check_acknowledged(deed, home, tmp_path, acknowledged)
    assert victim.do(deed, *_words(deed, tmp_path, 999_999)), "it works again by itself"


def _words(deed: str, folder: Path, nth: int) -> list[Path]:
    if deed == "import":
        return [orders(folder / f"killed{nth}.csv", start=1_000_000 + 10 * nth)]
    return [folder / f"killed{nth}.tar"] if deed == "backup" else []


def _check_acknowledged(deed: str, home: Path, folder: Path, acknowledged: int) -> None:
    """What said that it was done is there."""
    counts = dict(rows(home, "SELECT state, count(*) FROM records_batch GROUP BY state"))
    if deed == "import":
        assert counts["done"] >= 2 + acknowledged
    if deed == "undo":
        assert counts["undone"] >= acknowledged
    if deed == "refresh":
        assert rows(home, "SELECT count(*) FROM records_run WHERE is_current") == [(1,)]
    if deed == "backup":
        whole = list(folder.glob("killed*.tar"))
        assert len(whole) >= acknowledged
        for file in whole:
            read_whole(file)
