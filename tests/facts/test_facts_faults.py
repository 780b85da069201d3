"""The disk fills up or fails at every step in turn: a clear word, and nothing changed."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from facts_cast import line_ids, lines, read_in, retractions, totals, undo

from bekwaam.facts import staging
from bekwaam.facts.fact_table import FactTable
from bekwaam.facts.ledger import Ledger
from bekwaam.facts.store import Store
from bekwaam.terms.errors import Failed

STEPS: list[tuple[Any, str]] = [
    (os, "fsync"),
    (os, "open"),
    (Path, "replace"),
    (Path, "mkdir"),
    (staging, "stage"),
    (FactTable, "add"),
    (FactTable, "delete_batch"),
    (FactTable, "checkpoint"),
    (Ledger, "prepare"),
    (Ledger, "commit"),
    (Ledger, "abandon"),
]
"""Every way in which the writer touches the disk."""
SOME_STEPS = range(1, 150)


class Disk:
    """A disk that refuses its nth write, or every write from the nth on."""

    def __init__(self, nth: int, *, for_ever: bool, error: Exception) -> None:
        self.calls, self.nth, self.for_ever, self.error = 0, nth, for_ever, error

    def guard(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*args: Any, **more: Any) -> Any:
            self.calls += 1
            if self.calls == self.nth or (self.for_ever and self.calls > self.nth):
                raise self.error
            return step(*args, **more)

        return guarded

    @property
    def has_refused(self) -> bool:
        return self.calls >= self.nth


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Disk]]:
    def arm(nth: int, *, for_ever: bool, error: Exception) -> Disk:
        disk = Disk(nth, for_ever=for_ever, error=error)
        monkeypatch.setattr(os, "fsync", lambda _: None)  # whether it is called counts here, not what it does
        for owner, name in STEPS:
            monkeypatch.setattr(owner, name, disk.guard(getattr(owner, name)))
        return disk

    yield arm
    monkeypatch.undo()


def failure_of(step: Callable[[], Any]) -> Failed | None:
    """How a step failed, or None."""
    try:
        step()
    except Failed as failed:
        return failed
    return None


FULL = OSError(errno.ENOSPC, "No space left on device")
FULL_FOR_DUCKDB = duckdb.IOException('Could not write file "x": No space left on device')
BROKEN = OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize(
    ("error", "code", "for_ever", "stride"),
    [
        (FULL, "disk_full", False, 1),
        (FULL, "disk_full", True, 1),
        (FULL_FOR_DUCKDB, "disk_full", True, 6),
        (BROKEN, "disk_failed", True, 5),
    ],
)
def test_the_nth_write_of_an_import_fails_until_none_does(
    store: Store,
    root: Path,
    failing: Callable[..., Disk],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    code: str,
    for_ever: bool,
    stride: int,
) -> None:
    old = lines(1, {}, {})
    read_in(store, old)
    before, number = (1, list(old["line_id"])), 1
    for nth in SOME_STEPS[::stride]:
        number += 1
        disk = failing(nth, for_ever=for_ever, error=error)
        failed = failure_of(lambda n=number: read_in(store, lines(n, {}), taken=retractions(n, old["line_id"][:1])))
        monkeypatch.undo()
        if failed is None:
            break
        assert failed.code == code, nth
        assert (store.version, line_ids(root)) == before, nth
    assert nth > 12, "too few steps were guarded"
    assert disk.calls >= 12
    assert (store.version, totals(root)) == (2, (2, Decimal("20.00")))
    assert store.check() == []
    entry = store.entry_of(f"B{number:04d}")
    assert entry is not None
    assert entry.state == "committed"


@pytest.mark.parametrize("for_ever", [False, True])
def test_the_nth_write_of_an_undo_fails_until_none_does(
    store: Store, root: Path, failing: Callable[..., Disk], monkeypatch: pytest.MonkeyPatch, for_ever: bool
) -> None:
    old = lines(1, {}, {})
    read_in(store, old)
    read_in(store, lines(2, {}), taken=retractions(2, old["line_id"][:1]))
    before = (2, line_ids(root))
    for nth in SOME_STEPS:
        failing(nth, for_ever=for_ever, error=FULL)
        failed = failure_of(lambda: undo(store, 2))
        monkeypatch.undo()
        if failed is None:
            break
        assert failed.code == "disk_full", nth
        assert (store.version, line_ids(root)) == before, nth
    assert nth > 5
    assert line_ids(root) == list(old["line_id"])


def test_a_full_disk_while_making_the_store_leaves_none(
    root: Path, failing: Callable[..., Disk], monkeypatch: pytest.MonkeyPatch
) -> None:
    for nth in SOME_STEPS:
        failing(nth, for_ever=True, error=FULL)
        failed = failure_of(Store(root).create)
        monkeypatch.undo()
        if failed is None:
            break
        assert failed.code == "disk_full"
        assert Store(root).version == 0
    read_in(Store(root), lines(1, {}))
    assert totals(root) == (1, Decimal("10.00"))


WITH_A_LIMIT = """
import pathlib, resource, sys
sys.path.insert(0, {cast!r})
import facts_cast as cast
import polars as pl
from bekwaam.terms.errors import Failed
store = cast.Store(pathlib.Path({root!r}))
rows = pl.concat([cast.lines(2, {{}})] * 20_000).with_columns(
    line_id=pl.int_range(20_000) + 200_000_000,
    order_number=(pl.int_range(20_000) * 7919 % 99_991).cast(pl.String),
    customer_number=(pl.int_range(20_000) * 6007 % 99_989).cast(pl.String),
    product_code=(pl.int_range(20_000) * 4001 % 99_971).cast(pl.String),
)
for limit in {limits!r}:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        cast.read_in(store, rows)
    except Failed as failed:
        print(limit, failed.code)
    else:
        print(limit, "in")
        break
"""


def test_files_that_may_not_grow_any_further(store: Store, root: Path) -> None:
    """The system itself refuses the write, in whichever library it happens; here by a limit on the size of files."""
    read_in(store, lines(1, {}))
    limits = [0, 4_096, 40_000, 80_000, 10_000_000]
    code = WITH_A_LIMIT.format(cast=str(Path(__file__).parent), root=str(root), limits=limits)
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=100, check=False)
    answers = [line.split() for line in told.stdout.splitlines()]
    assert told.returncode == 0, told.stderr
    assert [int(limit) for limit, _ in answers] == limits, told.stdout
    assert [word for _, word in answers[-3:]] == ["disk_full", "disk_full", "in"], told.stdout
    assert {word for _, word in answers[:-3]} <= {"disk_full", "disk_failed"}, told.stdout
    assert totals(root) == (20_001, Decimal("200010.00"))
    assert store.check() == []
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 1 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a disk of 1 MB")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_disk_that_is_really_full(small_disk: Path) -> None:
    store = Store(small_disk / "facts")
    store.create()
    read_in(store, lines(1, {}))
    filler = small_disk / "filler"
    number = 1
    for room in range(0, 200_000, 8_192):
        number += 1
        free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
        filler.write_bytes(bytes(max(free - room, 0)))
        failed = failure_of(lambda n=number: read_in(store, lines(n, {})))
        filler.unlink()
        if failed is None:
            break
        assert failed.code in ("disk_full", "disk_failed"), failed.__cause__
        assert (store.version, totals(small_disk / "facts")) == (1, (1, Decimal("10.00"))), room
    assert number > 4, "the disk was never full"
    assert totals(small_disk / "facts") == (2, Decimal("20.00"))
    assert store.check() == []
