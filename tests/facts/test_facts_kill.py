"""kill -9 at any moment leaves nothing half-done and loses nothing that was acknowledged; two at once both succeed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from facts_cast import totals
from facts_ledger_of_batches import expected

from bekwaam.facts.store import Store

KILLS = 110 * int(os.environ.get("BEKWAAM_KILLS", "1"))
LONGEST_STEP_SECONDS = 0.15
"""A little longer than a batch takes; a child that has done something is killed within its next batch."""
VICTIM = Path(__file__).with_name("facts_victim.py")


@pytest.fixture
def victim(store: Store, root: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, str(VICTIM), str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.stdin.close()  # type: ignore[union-attr]
    process.wait(timeout=20)


class Witness:
    """Lets children of the victim live for a moment and notes what they acknowledged."""

    def __init__(self, victim: subprocess.Popen[str]) -> None:
        self.victim = victim
        self.came_in: set[int] = set()
        self.undone: set[int] = set()

    def life(self, seed: int, *, done_before: int, seconds: float) -> None:
        """A child acknowledges so much, works on for so long, and is killed."""
        self.victim.stdin.write(f"{seed}\n")  # type: ignore[union-attr]
        self.victim.stdin.flush()  # type: ignore[union-attr]
        word, pid = self._heard()
        assert word == "child"
        for _ in range(done_before):
            self._note(*self._heard())
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
        word, number = self._heard()
        while word != "ended":
            self._note(word, number)
            word, number = self._heard()
        assert number == -signal.SIGKILL, "the child failed before it was killed"

    def _heard(self) -> tuple[str, int]:
        word, number = self.victim.stdout.readline().split()  # type: ignore[union-attr]
        return word, int(number)

    def _note(self, word: str, number: int) -> None:
        assert word in ("in", "undone"), "the child failed before it was killed"
        (self.came_in if word == "in" else self.undone).add(number)


def live_batches(store: Store) -> dict[int, int]:
    return {int(entry.batch_id[1:]): entry.counts["target"] for entry in store.batches() if entry.undone_in is None}


def test_killed_at_random_moments(store: Store, root: Path, victim: subprocess.Popen[str]) -> None:
    chance = random.Random(20_251_124)
    witness, seen = Witness(victim), {}
    for kill in range(KILLS):
        witness.life(seed=kill, done_before=kill % 3, seconds=chance.uniform(0.0, LONGEST_STEP_SECONDS))
        before = (store.version, totals(root))
        assert before[1] == expected(live_batches(store)), f"a reader after kill {kill}"
        if chance.random() < 0.5:  # otherwise the next child has to recover
            with store.writing():
                pass
            assert store.check() == [], f"kill {kill}"
            assert totals(root) == expected(live_batches(store)), f"recovered after kill {kill}"
        seen[store.version] = totals(root)
    with store.writing():
        pass
    ever = {int(entry.batch_id[1:]) for entry in store.batches()}
    undone = {int(entry.batch_id[1:]) for entry in store.batches() if entry.undone_in is not None}
    assert witness.came_in <= ever, "an acknowledged batch is lost"
    assert witness.undone <= undone, "an acknowledged undo is lost"
    assert len(ever - witness.came_in) + len(undone - witness.undone) <= KILLS
    assert {version: totals(root, version) for version in seen} == seen, "an old version changed its answer"
    assert len(witness.came_in) + len(witness.undone) >= KILLS * 0.9


def test_two_processes_at_once_both_succeed(store: Store, root: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, str(VICTIM), str(root), str(seed), "10"], stdout=subprocess.PIPE, text=True)
        for seed in (1, 2)
    ]
    told = [process.communicate(timeout=120)[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    numbers = [int(number) for words in told for number in words[1::2]]
    assert sorted(numbers) == list(range(1, 21)), "every batch exactly once"
    assert [entry.facts_version for entry in store.batches()] == list(range(1, 21))
    assert totals(root) == expected(live_batches(store))
