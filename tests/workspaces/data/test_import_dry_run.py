"""A dry run tells what would happen, and leaves no trace."""

from __future__ import annotations

from datetime import date

from data_room import DataRoom, line

from bekwaam.workspaces.data.import_report import report

LINES = [line(nth, date(2025, 3, 11 + nth)) for nth in range(10)]
SPOILED = [*LINES[:9], line(9, "31-02-2025")]


def test_nothing_is_stored_and_everything_is_told(room: DataRoom) -> None:
    before = room.state()
    outcome = room.offer(room.file(LINES), dry_run=True)
    assert (outcome.exit_code, outcome.batch, outcome.rows_imported, outcome.rows_to_import) == (0, None, 0, 10)
    assert "10 of 10 lines can go in" in "\n".join(report(outcome))
    assert room.state() == before


def test_refusals_stop_a_dry_run_as_they_would_stop_the_import(room: DataRoom) -> None:
    before = room.state()
    path = room.file(SPOILED)
    assert room.offer(path, dry_run=True).exit_code == 1
    accepted = room.offer(path, dry_run=True, skip_refused=True)
    assert (accepted.exit_code, accepted.rows_to_import, accepted.refused_file) == (0, 9, None)
    assert room.state() == before


def test_an_overlap_is_told_by_a_dry_run(room: DataRoom) -> None:
    room.offer(room.file(LINES))
    path = room.file([*LINES, line(50, date(2025, 3, 15))], name="more.csv")
    before = room.state()
    asked = room.offer(path, dry_run=True)
    assert (asked.exit_code, asked.questions[0]["code"]) == (1, "overlap")
    told = room.offer(path, dry_run=True, overlap="new")
    assert (told.exit_code, told.rows_to_import, told.overlap["equal"]) == (0, 1, 10)
    same = room.offer(room.file(LINES[::-1], name="same.csv"), dry_run=True, overlap="new")
    assert (same.exit_code, same.already_in, same.rows_to_import) == (0, True, 0)
    assert room.state() == before


def test_a_dry_run_of_customers_stores_nothing(room: DataRoom) -> None:
    before = room.state()
    outcome = room.offer(room.file([["1", "Bakker"]], headings=("Klantnummer", "Naam")), kind="customers", dry_run=True)
    assert outcome.exit_code == 0
    assert "1 of 1 line can go in. Nothing has been stored" in "\n".join(report(outcome))
    assert room.state() == before
