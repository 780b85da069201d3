"""After a crash or a power cut the store says what the ledger says, and nothing is half-done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from facts_cast import dimension, line_ids, lines, read_in, retractions, totals, undo, write_dimensions

from bekwaam.facts.commit import Committer
from bekwaam.facts.fact_table import FactTable
from bekwaam.facts.ledger import Ledger
from bekwaam.facts.read import Facts
from bekwaam.facts.store import Store
from bekwaam.facts.writer import Writer
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.errors import Failed


class Crash(BaseException):
    """The process is gone; nothing that it would have done afterwards happens."""


@pytest.fixture
def crash_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[type, str, int], None]:
    """Let the process die just before the nth call of a method; `mended()` has the next process behave."""

    def arm(owner: type, method: str, nth: int = 1) -> None:
        calls = {"left": nth}
        whole: Any = getattr(owner, method)

        def dying(*args: Any, **more: Any) -> Any:
            calls["left"] -= 1
            if calls["left"] == 0:
                raise Crash
            return whole(*args, **more)

        monkeypatch.setattr(owner, method, dying)
        monkeypatch.setattr(Writer, "_take_back", lambda *_: None)

    return arm


def newest_log_entry(root: Path, table: str) -> Path:
    return max((root / table / "_delta_log").glob("*.json"))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def torn_between_lines(path: Path) -> None:
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])


def zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


TEARS = [empty, torn, torn_between_lines, zeros, Path.unlink]


def recover(store: Store) -> None:
    with store.writing():
        pass
    assert store.check() == []
    assert not list((store._folder.root / "staged").glob("*"))


@pytest.mark.parametrize("tear", TEARS)
@pytest.mark.parametrize("table", ["sales", "retracted"])
def test_a_torn_entry_of_the_last_batch_is_set_aside_and_written_again(
    store: Store, root: Path, table: str, tear: Callable[[Path], None]
) -> None:
    old = lines(1, {}, {})
    read_in(store, old)
    read_in(store, lines(2, {"revenue": Decimal("12.00")}), taken=retractions(2, old["line_id"][:1]))
    expected = [(totals(root, version), line_ids(root, version)) for version in (1, 2)]
    tear(newest_log_entry(root, table))
    assert [fault.code for fault in store.check()] != []
    recover(store)
    assert [(totals(root, version), line_ids(root, version)) for version in (1, 2)] == expected
    assert store.version == 2
    read_in(store, lines(3, {}))
    assert totals(root) == (3, Decimal("32.00"))
    assert bool(list((root / "aside").glob(f"{table}-*"))) == (tear is not Path.unlink)


@pytest.mark.parametrize("tear", TEARS)
def test_a_torn_undo_is_done_again(store: Store, root: Path, tear: Callable[[Path], None]) -> None:
    read_in(store, lines(1, {}))
    read_in(store, lines(2, {}, {}))
    undo(store, 1)
    tear(newest_log_entry(root, "sales"))
    recover(store)
    assert [totals(root, version)[0] for version in (1, 2, 3)] == [1, 3, 2]


@pytest.mark.parametrize("tear", TEARS)
def test_a_torn_snapshot_is_written_again_though_later_batches_left_it_alone(
    store: Store, root: Path, tear: Callable[[Path], None]
) -> None:
    write_dimensions(store, 1, customers=dimension("customers", ("C1", "S1", None, None, None, None, None)))
    read_in(store, lines(2, {}))
    tear(newest_log_entry(root, "customers"))
    recover(store)
    assert Facts(root).ask("customers_with_seller", SYSTEM, as_of=date(2026, 1, 1)).rows == [("C1",)]
    assert Facts(root, 1).ask("customers_with_seller", SYSTEM, as_of=date(2026, 1, 1)).rows == [("C1",)]


@pytest.mark.parametrize("tear", [empty, torn, torn_between_lines])
def test_a_reader_never_answers_from_a_torn_entry(store: Store, root: Path, tear: Callable[[Path], None]) -> None:
    """It mends the store first: the library itself reads an empty entry as a version without changes."""
    read_in(store, lines(1, {}))
    read_in(store, lines(2, {}, {}))
    tear(newest_log_entry(root, "sales"))
    assert totals(root) == (3, Decimal("30.00"))
    assert totals(root, 1) == (1, Decimal("10.00"))


@pytest.mark.parametrize("tear", [empty, torn, zeros, Path.unlink])
def test_a_torn_summary_of_the_log_is_done_without(
    store: Store, root: Path, monkeypatch: pytest.MonkeyPatch, tear: Callable[[Path], None]
) -> None:
    monkeypatch.setattr("bekwaam.facts.fact_table.CHECKPOINT_EVERY", 2)
    for number in range(1, 6):
        read_in(store, lines(number, {}))
    tear(max((root / "sales/_delta_log").glob("*.checkpoint.parquet")))
    assert [totals(root, version)[0] for version in range(1, 6)] == [1, 2, 3, 4, 5]
    read_in(store, lines(6, {}))
    assert totals(root) == (6, Decimal("60.00"))


def test_a_reader_never_takes_an_older_snapshot_for_the_one_it_asked(store: Store, root: Path) -> None:
    """Both snapshots have one row, so only the hash of the log entry tells them apart."""
    write_dimensions(store, 1, customers=dimension("customers", ("C1", "S1", None, None, None, None, None)))
    write_dimensions(store, 2, customers=dimension("customers", ("C1", None, None, None, None, None, None)))
    empty(newest_log_entry(root, "customers"))
    assert Facts(root).ask("customers_with_seller", SYSTEM, as_of=date(2026, 1, 1)).rows == []


def test_an_older_entry_that_was_emptied_never_goes_unnoticed(store: Store, root: Path) -> None:
    """The library would answer without its rows, and say nothing."""
    for number in (1, 2, 3):
        read_in(store, lines(number, {}))
    empty(root / "sales/_delta_log/00000000000000000002.json")
    assert [(fault.code, fault.values["version"]) for fault in store.check()] == [("facts_damaged", 2)]
    with pytest.raises(Failed, match="facts_damaged"):
        totals(root, 3)


def test_rows_that_are_gone_for_good_are_said_to_be_gone(store: Store, root: Path) -> None:
    read_in(store, lines(1, {}))
    for path in (root / "sales").glob("*.parquet"):
        path.unlink()
    empty(newest_log_entry(root, "sales"))
    assert {fault.code for fault in store.check()} == {"facts_damaged"}
    with pytest.raises(Failed, match="facts_damaged"), store.writing():
        pass
    with pytest.raises(Failed, match="facts_damaged"):
        totals(root)


def test_a_lost_data_file_is_found_by_the_doctor(store: Store, root: Path) -> None:
    read_in(store, lines(1, {}))
    read_in(store, lines(2, {}))
    undo(store, 1)
    (root / "sales/B0001-1.parquet").unlink()
    (fault,) = store.check()
    assert (fault.code, dict(fault.values)) == ("facts_damaged", {"table": "sales", "version": 1})


def test_a_torn_entry_of_the_empty_table_is_made_again(store: Store, root: Path) -> None:
    empty(newest_log_entry(root, "sales"))
    recover(store)
    read_in(store, lines(1, {}))
    assert totals(root) == (1, Decimal("10.00"))


def half_done(
    store: Store, crash_at: Callable[..., None], monkeypatch: pytest.MonkeyPatch, owner: type, method: str, nth: int
) -> None:
    """Two batches; the second, which writes two tables, dies at a call."""
    old = lines(1, {}, {})
    read_in(store, old)
    crash_at(owner, method, nth)
    with pytest.raises(Crash):
        read_in(store, lines(2, {"revenue": Decimal("12.00")}), taken=retractions(2, old["line_id"][:1]))
    monkeypatch.undo()


DEATHS = [
    (Committer, "_put_in_place", 1),
    (FactTable, "add", 1),
    (FactTable, "entry_at", 1),
    (Committer, "_put_in_place", 2),
    (FactTable, "add", 2),
]


@pytest.mark.parametrize(("owner", "method", "nth"), DEATHS)
def test_a_batch_that_was_cut_off_is_abandoned_as_a_whole(
    store: Store,
    root: Path,
    crash_at: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    owner: type,
    method: str,
    nth: int,
) -> None:
    half_done(store, crash_at, monkeypatch, owner, method, nth)
    assert totals(root) == (2, Decimal("20.00"))
    assert [fault.code for fault in store.check()] == ["facts_unfinished"]
    recover(store)
    entry = store.entry_of("B0002")
    assert entry is not None
    assert entry.state == "abandoned"
    assert totals(root) == (2, Decimal("20.00"))
    assert sorted(path.name for path in (root / "sales").glob("*.parquet")) == ["B0001-1.parquet"]
    assert list((root / "retracted").glob("*.parquet")) == []
    read_in(store, lines(3, {}))
    assert totals(root) == (3, Decimal("30.00"))


@pytest.mark.parametrize(("owner", "method"), [(FactTable, "sync"), (Ledger, "commit")])
def test_a_batch_whose_commits_are_all_there_is_finished(
    store: Store,
    root: Path,
    crash_at: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    owner: type,
    method: str,
) -> None:
    half_done(store, crash_at, monkeypatch, owner, method, 1)
    assert totals(root) == (2, Decimal("20.00"))
    recover(store)
    assert totals(root) == (2, Decimal("22.00"))
    assert (store.version, totals(root, 1)) == (2, (2, Decimal("20.00")))


@pytest.mark.parametrize("tear", [empty, torn, torn_between_lines, zeros])
@pytest.mark.parametrize("table", ["sales", "retracted"])
def test_a_batch_that_a_power_cut_tore_is_written_again_from_its_rows(
    store: Store,
    root: Path,
    crash_at: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    table: str,
    tear: Callable[[Path], None],
) -> None:
    half_done(store, crash_at, monkeypatch, FactTable, "sync", 1)
    tear(newest_log_entry(root, table))
    recover(store)
    assert totals(root) == (2, Decimal("22.00"))
    read_in(store, lines(3, {}))
    assert totals(root) == (3, Decimal("32.00"))


def test_a_batch_whose_writer_is_interrupted_just_after_it_came_in_stays_in(
    store: Store, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Committer, "_tidy_after", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_in(store, lines(1, {}))
    monkeypatch.undo()
    recover(store)
    assert totals(root) == (1, Decimal("10.00"))


def test_an_undo_that_was_cut_off_is_all_or_nothing(
    store: Store, root: Path, crash_at: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = lines(1, {}, {})
    read_in(store, old)
    read_in(store, lines(2, {"revenue": Decimal("12.00")}), taken=retractions(2, old["line_id"][:1]))
    crash_at(FactTable, "delete_batch", 2)
    with pytest.raises(Crash):
        undo(store, 2)
    monkeypatch.undo()
    assert totals(root) == (2, Decimal("22.00"))
    recover(store)
    assert totals(root) == (2, Decimal("22.00"))
    undo(store, 2)
    assert line_ids(root) == list(old["line_id"])


@pytest.mark.parametrize("method", ["set_aside", "versions", "drop_scraps"])
@pytest.mark.parametrize("nth", range(1, 9, 2))
def test_recovery_that_is_itself_cut_off_is_done_again(
    store: Store,
    root: Path,
    crash_at: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    nth: int,
) -> None:
    half_done(store, crash_at, monkeypatch, FactTable, "add", 2)
    crash_at(FactTable, method, nth)
    try:
        with store.writing():
            pass
    except Crash:
        pass
    monkeypatch.undo()
    recover(store)
    assert totals(root) == (2, Decimal("20.00"))


def test_a_commit_that_no_ledger_knows_is_set_aside(store: Store, root: Path) -> None:
    """Say an older ledger was put back beside newer tables."""
    read_in(store, lines(1, {}))
    ledger = (root / "ledger.sqlite3").read_bytes()
    read_in(store, lines(2, {}))
    (root / "ledger.sqlite3").write_bytes(ledger)
    recover(store)
    assert totals(root) == (1, Decimal("10.00"))
    read_in(store, lines(3, {}, {}))
    assert totals(root) == (3, Decimal("30.00"))


def test_scraps_of_a_killed_commit_are_removed(store: Store, root: Path) -> None:
    scrap = root / "sales/_delta_log/_commit_00.json.tmp"
    scrap.write_text("{}")
    recover(store)
    assert not scrap.exists()
