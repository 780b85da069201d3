"""Files that are dropped in the watched folder."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from bekwaam.faces.jobs import inbox, kinds
from bekwaam.facts.store import Store
from bekwaam.records import jobs
from bekwaam.records.models import Batch, Upload
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.errors import BekwaamError
from bekwaam.workspaces.data.importing import import_file
from bekwaam.workspaces.data.outcome import Options

SLICE = Path(__file__).parents[2] / "data" / "online_retail_slice.csv"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def watched(home: Any) -> Any:
    """A home with its tables of facts."""
    Store(home.facts).create()
    return home


def drop(home: Any, name: str, text: str | None = None) -> None:
    """A file lands in the folder, and the worker looks."""
    path = home.inbox / name
    path.write_text(SLICE.read_text(encoding="utf-8") if text is None else text, encoding="utf-8")
    inbox.take_in(now=path.stat().st_mtime + 60)
    while (job := jobs.take()) is not None:
        try:
            kinds.WORK[job.kind](job, lambda *_told: None)
        except BekwaamError as error:
            jobs.close_with_error(job, error)


def test_a_file_of_an_unknown_source_waits_on_the_page(watched):
    drop(watched, "new.csv")
    assert Upload.objects.get().state == Upload.State.READY
    assert not Batch.objects.exists()


def test_a_file_of_a_known_source_is_read_in_by_itself(watched):
    lines = SLICE.read_text(encoding="utf-8").splitlines(keepends=True)
    first = watched.path / "first.csv"
    first.write_text("".join(lines[:2000]), encoding="utf-8")
    import_file(first, kind="sales", options=Options(), actor=SYSTEM)
    drop(watched, "second.csv", "".join([lines[0], *lines[2500:]]))
    assert Batch.objects.count() == 2
    assert Upload.objects.get().state == Upload.State.DONE
    assert not [path for path in watched.inbox.iterdir() if path.is_file()]


def test_lines_that_are_in_already_wait_for_an_answer(watched):
    lines = SLICE.read_text(encoding="utf-8").splitlines(keepends=True)
    first = watched.path / "first.csv"
    first.write_text("".join(lines[:2000]), encoding="utf-8")
    import_file(first, kind="sales", options=Options(), actor=SYSTEM)
    drop(watched, "second.csv", "".join(lines[:2500]))
    assert Batch.objects.count() == 1
    assert Upload.objects.get().state == Upload.State.READY


def test_a_file_that_is_still_being_written_and_a_hidden_one_stay(watched):
    for name in ("orders.csv", ".orders.csv", "orders.csv.part"):
        shutil.copy(SLICE, watched.inbox / name)
    assert inbox.take_in(now=(watched.inbox / "orders.csv").stat().st_mtime + 1) == 0
    assert not Upload.objects.exists()


def test_the_folder_of_customers_takes_customers(watched):
    folder = watched.inbox / "customers"
    folder.mkdir()
    drop(watched, "customers/list.csv", "Klantnummer;Naam\n1;Bakkerij\n")
    assert Upload.objects.get().kind == "customers"


def test_what_is_no_workbook_is_refused_and_nothing_is_lost(watched):
    drop(watched, "orders.xlsx", "this is no workbook")
    upload = Upload.objects.get()
    assert upload.state == Upload.State.REFUSED
    assert (watched.uploads / upload.file).read_text(encoding="utf-8") == "this is no workbook"


def test_a_crash_before_the_file_is_gone_reads_nothing_in_twice(watched, monkeypatch):
    def crash(self: Path, missing_ok: bool = False) -> None:
        raise KeyboardInterrupt

    path = watched.inbox / "orders.csv"
    shutil.copy(SLICE, path)
    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", crash)
        with pytest.raises(KeyboardInterrupt):
            inbox.take_in(now=path.stat().st_mtime + 60)
    assert path.exists()
    drop(watched, "orders.csv")
    assert {upload.file_name for upload in Upload.objects.all()} == {"orders.csv"}
    assert not Batch.objects.exists()
