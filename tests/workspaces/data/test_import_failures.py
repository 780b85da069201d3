"""What breaks outside us is put into words, and leaves nothing behind."""

from __future__ import annotations

import errno
import sqlite3
from datetime import date
from typing import Any

import pytest
from data_room import DataRoom, line
from django.db import OperationalError

from bekwaam.records.models import Batch
from bekwaam.terms.errors import Failed, WrongCall

LINES = [line(nth, date(2025, 3, 11 + nth)) for nth in range(5)]
SPOILED = [*LINES, line(9, "31-02-2025")]
FULL = OSError(errno.ENOSPC, "No space left on device")


def breaks(error: Exception) -> Any:
    def broken(*_: Any, **__: Any) -> None:
        raise error

    return broken


@pytest.mark.parametrize(
    ("place", "error", "code"),
    [
        ("bekwaam.facts.staging.stage", FULL, "disk_full"),
        ("bekwaam.facts.commit.Committer.confirm", FULL, "disk_full"),
        ("bekwaam.workspaces.data.storing.write_refused", FULL, "disk_full"),
        ("bekwaam.records.keys.make_known", OperationalError("database or disk is full"), "disk_full"),
        ("bekwaam.records.keys.make_known", OperationalError("database is locked"), "database_busy"),
    ],
)
def test_a_failure_on_the_way_changes_nothing(
    room: DataRoom, monkeypatch: pytest.MonkeyPatch, place: str, error: Exception, code: str
) -> None:
    room.offer(room.file([line(99, date(2025, 1, 31))], name="first.csv"))
    path = room.file(SPOILED)
    before = room.state()
    with monkeypatch.context() as patched:
        patched.setattr(place, breaks(error))
        with pytest.raises(Failed) as failed:
            room.offer(path, skip_refused=True)
    assert (failed.value.code, failed.value.exit_code) == (code, 3)
    after = room.state()
    assert (after.facts, after.records) == (before.facts, before.records)
    assert not Batch.objects.filter(state=Batch.State.PENDING).exists()
    again = room.offer(path, skip_refused=True)
    assert (again.exit_code, again.rows_imported, room.totals().lines) == (0, 5, 6)


def test_a_pending_batch_that_a_crash_left_is_taken_back_by_the_next(
    room: DataRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after kill -9 between the records and the facts: nothing on the way back runs."""
    path = room.file(SPOILED)
    with monkeypatch.context() as patched:
        patched.setattr("bekwaam.facts.writer.Writer.import_lines", breaks(KeyboardInterrupt()))
        patched.setattr("bekwaam.workspaces.data.storing.settle_pending", lambda _store: [])
        with pytest.raises(KeyboardInterrupt):
            room.offer(path, skip_refused=True)
    assert Batch.objects.get().state == Batch.State.PENDING
    outcome = room.offer(room.file(LINES, name="other.csv"))
    assert outcome.exit_code == 0
    assert [(batch.state, batch.rows_imported) for batch in Batch.objects.all()] == [(Batch.State.DONE, 5)]
    assert not list(room.home.refused.iterdir())


def test_a_batch_whose_facts_are_in_is_finished_by_the_next(room: DataRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = room.offer(room.file(LINES)).batch
    Batch.objects.update(state=Batch.State.PENDING, facts_version=None)
    room.offer(room.file([line(70, date(2025, 6, 30))], name="next.csv"))
    found = Batch.objects.get(batch_id=batch)
    assert (found.state, found.facts_version) == (Batch.State.DONE, 1)


def test_customers_are_put_back_when_a_crash_kept_their_file_from_the_facts(
    room: DataRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bekwaam.records.models import Customer

    headings = ("Klantnummer", "Naam")
    room.offer(room.file([["1", "Oud"]], name="1.csv", headings=headings), kind="customers")
    with monkeypatch.context() as patched:
        patched.setattr("bekwaam.facts.writer.Writer.write_dimensions", breaks(FULL))
        with pytest.raises(Failed):
            room.offer(room.file([["1", "Nieuw"], ["2", "Twee"]], name="2.csv", headings=headings), kind="customers")
    assert list(Customer.objects.values_list("number", "name")) == [("1", "Oud")]


def test_a_lock_that_is_held_too_long_is_said(room: DataRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    from bekwaam.facts.store import Store

    path = room.file(LINES)
    patient = Store.writing
    monkeypatch.setattr(Store, "writing", lambda self: patient(self, wait_seconds=0.1))
    with Store(room.home.facts).writing(), pytest.raises(Failed) as failed:
        room.offer(path)
    assert failed.value.code == "store_locked"


def test_a_file_that_is_not_there_is_a_wrong_call(room: DataRoom) -> None:
    for path in (room.folder / "absent.csv", room.folder):
        with pytest.raises(WrongCall):
            room.offer(path)


def test_sqlite_itself_is_put_into_words(room: DataRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "bekwaam.workspaces.data.importing.already_in", breaks(sqlite3.OperationalError("disk I/O error"))
    )
    with pytest.raises(Failed):
        room.offer(room.file(LINES))
