"""Each change to what is in writes one entry in the audit log: by page and by command line, and however often asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from data_room import DataRoom, line
from preview_page import do_waiting_work, offer
from standing_cast import Cast
from test_import_pages import GOOD, as_file, fields_of

from bekwaam.access.audit import first_fault
from bekwaam.access.models import AuditEntry
from bekwaam.records.models import Batch, Job

SPOILED = [*GOOD, line(60, "31-02-2025")]


def entries() -> list[tuple[str, str, str]]:
    """Who did what to what; those about users aside."""
    rows = AuditEntry.objects.exclude(action__startswith="users.").order_by("pk")
    return [(row.who, row.action, row.object_id) for row in rows]


def read_in(client: Any, name: str = "maart.csv") -> Batch:
    address = offer(client, as_file(GOOD), name=name)
    client.post(address, {**fields_of(client.get(address)), "read_in": "1"})
    do_waiting_work("import")
    return Batch.objects.get()


def test_an_import_by_page_and_its_figures_are_in_the_name_of_who_asked(room: DataRoom, cast: Cast) -> None:
    batch = read_in(cast.client("inside_sales"))
    run = do_waiting_work("refresh")[0].result["run"]
    who = cast.actor("inside_sales").key
    assert entries() == [(who, "imports.made", str(batch.pk)), (who, "figures.refreshed", str(run))]
    assert first_fault() is None


def test_nothing_is_written_before_the_change_nor_when_it_fails(
    room: DataRoom, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bekwaam.facts.store import Writer

    client = cast.client("leader")
    batch = read_in(client)
    before = entries()
    client.post(f"/data/batches/{batch.batch_id}/undo/")
    assert entries() == before

    def broken(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Writer, "undo", broken)
        assert do_waiting_work("undo")[0].state == Job.State.FAILED
    assert entries() == before


def test_an_undo_that_is_asked_twice_is_done_and_written_down_once(room: DataRoom, cast: Cast) -> None:
    client = cast.client("leader")
    batch = read_in(client)
    address = f"/data/batches/{batch.batch_id}/undo/"
    assert client.post(address)["Location"] == client.post(address)["Location"]
    assert len(do_waiting_work("undo")) == 1
    assert entries()[-1] == (cast.actor("leader").key, "imports.undone", str(batch.pk))
    assert [action for _who, action, _what in entries()].count("imports.undone") == 1


def test_the_command_line_writes_the_same_entries(room: DataRoom) -> None:
    from bekwaam.faces.jobs.refreshing import refresh

    first = room.offer(room.file(SPOILED), skip_refused=True).batch
    room.offer(room.file(SPOILED), skip_refused=True)  # the very same file changes nothing
    run = refresh()
    refresh(as_of=date(2025, 3, 15), put_in_force=False)  # nor does a look into the past
    customers = room.offer(
        room.file([["100", "Een"]], headings=("Klantnummer", "Naam"), name="c.csv"), kind="customers"
    )
    room.undo(first)
    batches = {batch.batch_id: str(batch.pk) for batch in Batch.objects.all()}
    assert entries() == [
        ("system", "imports.made", batches[first]),
        ("system", "figures.refreshed", str(run.pk)),
        ("system", "imports.made", batches[customers.batch]),
        ("system", "imports.undone", batches[first]),
    ]


def test_what_a_crash_left_is_written_down_when_it_is_settled(room: DataRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    from bekwaam.workspaces.data import storing
    from bekwaam.workspaces.data.settling import settle_pending

    def killed(*_args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(storing, "_remember", killed)
        with pytest.raises(KeyboardInterrupt):
            room.offer(room.file(GOOD))
    assert (Batch.objects.get().state, entries()) == ("pending", [])
    with room.store.writing():
        settle_pending(room.store)
    assert entries() == [("system", "imports.made", str(Batch.objects.get().pk))]
