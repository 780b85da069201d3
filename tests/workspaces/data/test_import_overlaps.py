"""Exports that lie over what is in: asked about, added to, replaced, and undone again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from data_room import DataRoom, days_of, line

from bekwaam.workspaces.data.import_report import report, undo_report

MARCH = [line(nth, date(2025, 3, 1 + nth), quantity=str(nth + 1)) for nth in range(20)]


def changed(rows: list[list[Any]]) -> list[list[Any]]:
    """The same days as the ERP has them later: one line changed, one order gone, two orders new."""
    kept = [list(row) for row in rows if row[0] != "SO00005"]
    kept[3][4] = "99"
    return [*kept, line(900, date(2025, 3, 4)), line(901, date(2025, 3, 9))]


def test_an_overlap_is_asked_with_what_differs(room: DataRoom) -> None:
    room.offer(room.file(MARCH))
    before = room.state()
    outcome = room.offer(room.file(changed(MARCH), name="later.csv"))
    assert outcome.exit_code == 1
    found = outcome.overlap
    assert {name: found[name] for name in ("new", "equal", "changed", "gone")} == {
        "new": 2,
        "equal": 18,
        "changed": 1,
        "gone": 1,
    }
    assert found["total_on_hand"] == Decimal("525.00")
    assert found["total_file"] == Decimal("525.00") - 15 + 50 + Decimal("2.50") * 95
    question = outcome.questions[0]
    assert [choice["value"] for choice in question["choices"]] == ["new", "replace", "refuse"]
    assert "€" in question["sentence"]
    assert "--overlap" in "\n".join(report(outcome))
    assert room.state() == before


@pytest.mark.parametrize(("choice", "lines", "revenue"), [("new", 22, "575.00"), ("replace", 21, "797.50")])
def test_the_choice_decides_what_is_in_afterwards(room: DataRoom, choice: str, lines: int, revenue: str) -> None:
    room.offer(room.file(MARCH))
    outcome = room.offer(room.file(changed(MARCH), name="later.csv"), overlap=choice)
    assert outcome.exit_code == 0
    assert (room.totals().lines, room.totals().revenue) == (lines, Decimal(revenue))
    brought = {"new": (2, Decimal("50.00")), "replace": (3, Decimal("297.50"))}[choice]
    assert (outcome.rows_imported, outcome.revenue) == brought


def test_undo_of_a_replace_brings_the_old_lines_back(room: DataRoom) -> None:
    room.offer(room.file(MARCH))
    old = room.totals()
    batch = room.offer(room.file(changed(MARCH), name="later.csv"), overlap="replace").batch
    room.undo(batch)
    assert room.totals() == old


def test_to_be_refused_is_refused_with_a_sentence(room: DataRoom) -> None:
    room.offer(room.file(MARCH))
    before = room.state()
    outcome = room.offer(room.file(changed(MARCH), name="later.csv"), overlap="refuse")
    assert (outcome.exit_code, outcome.error, outcome.batch) == (1, "overlap_refused", None)
    assert "in already" in "\n".join(report(outcome))
    assert room.state() == before


def test_to_be_refused_lets_a_file_of_other_days_in(room: DataRoom) -> None:
    room.offer(room.file(MARCH))
    april = [line(500 + nth, date(2025, 4, 11 + nth)) for nth in range(5)]
    assert room.offer(room.file(april, name="april.csv"), overlap="refuse").exit_code == 0


@pytest.mark.parametrize("choice", [None, "new", "replace"])
def test_the_very_same_file_changes_nothing(room: DataRoom, choice: str | None) -> None:
    path = room.file(MARCH)
    first = room.offer(path)
    before = room.state()
    again = room.offer(path, overlap=choice)
    assert (again.exit_code, again.batch, again.already_in, again.rows_imported) == (0, first.batch, True, 0)
    assert again.report["counts"]["rows_good"] == 20
    assert room.state() == before


@pytest.mark.parametrize("choice", [None, "new", "replace"])
def test_the_same_lines_in_another_file_change_nothing(room: DataRoom, choice: str | None) -> None:
    room.offer(room.file(MARCH))
    before = room.state()
    again = room.offer(room.file(MARCH[::-1], name="other-way-round.csv"), overlap=choice)
    assert (again.exit_code, again.batch, again.already_in, again.rows_imported) == (0, None, True, 0)
    assert "Every line of this file is in already" in "\n".join(report(again))
    assert room.state() == before


YEAR = [line(nth, day, quantity=str(1 + nth % 9)) for nth, day in enumerate(days_of(2025, range(1, 13), 10))]


def windows() -> Iterator[list[list[Any]]]:
    """Twelve monthly exports, each of the last three months."""
    for month in range(1, 13):
        yield [row for row in YEAR if month - 2 <= int(row[1][3:5]) <= month]


@pytest.mark.parametrize("choice", ["new", "replace"])
def test_twelve_rolling_exports_end_as_one_file(room: DataRoom, choice: str) -> None:
    for nth, rows in enumerate(windows()):
        assert room.offer(room.file(rows, name=f"{nth}.csv"), overlap=choice).exit_code == 0
    assert room.totals().lines == len(YEAR)
    assert room.totals().revenue == sum(Decimal(row[4]) * Decimal("2.50") for row in YEAR)


def test_what_a_batch_brought_is_counted_over_the_lines_it_brought(room: DataRoom) -> None:
    from bekwaam.records.models import Batch

    room.offer(room.file(MARCH))
    more = [*MARCH, line(700, date(2025, 3, 30), customer="777")]
    batch = Batch.objects.get(batch_id=room.offer(room.file(more, name="more.csv"), overlap="new").batch)
    assert (batch.rows_imported, batch.customers, str(batch.first_date)) == (1, 1, "2025-03-30")


def test_a_file_that_two_bring_at_once_goes_in_once(room: DataRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other process is quicker between our look at the ledger and the lock."""
    from bekwaam.workspaces.data import importing

    path = room.file(MARCH)
    first = room.offer(path)
    monkeypatch.setattr(importing, "already_in", lambda *_: None)
    again = room.offer(path, overlap="replace")
    assert (again.batch, again.already_in, room.totals().lines) == (first.batch, True, 20)


THREE = [line(1, date(2025, 3, 21)), line(2, date(2025, 3, 22)), line(3, date(2025, 3, 23))]
WITHOUT_SECOND = [THREE[0], THREE[2]]


@pytest.mark.parametrize("choice", ["new", "replace"])
def test_an_order_that_was_gone_and_came_back_stands_once_whatever_is_undone(room: DataRoom, choice: str) -> None:
    room.offer(room.file(THREE, name="a.csv"))
    without = room.offer(room.file(WITHOUT_SECOND, name="b.csv"), overlap="replace").batch
    room.offer(room.file([*THREE, line(4, date(2025, 3, 24))], name="c.csv"), overlap=choice)
    room.undo(without)
    assert (room.totals().lines, room.totals().revenue) == (4, Decimal("100.00"))


def test_one_line_of_an_order_that_came_back_stands_once_and_the_others_stay(room: DataRoom) -> None:
    both = [line(1, date(2025, 3, 21), product="A1"), line(1, date(2025, 3, 21), product="A2")]
    room.offer(room.file(both, name="a.csv"))
    changed_and_gone = [line(1, date(2025, 3, 21), product="A1", quantity="7")]
    second = room.offer(room.file(changed_and_gone, name="b.csv"), overlap="replace").batch
    room.offer(room.file([*changed_and_gone, both[1]], name="c.csv"), overlap="new")
    room.undo(second)
    assert sorted(row["product_code"] for row in room.ask("lines_on_hand", **FOREVER)) == ["A1", "A2"]


FOREVER = {"first": date(1980, 1, 1), "last": date(2100, 1, 1)}


@pytest.mark.parametrize("seed", range(6))
def test_an_order_stands_as_the_newest_file_that_is_left_has_it(room: DataRoom, seed: int) -> None:
    """Full exports, each with some orders gone, back or changed; any of them may be undone at any time."""
    chance, files = random.Random(seed), {}
    for step in range(8):
        rows = [
            line(order, date(2025, 3, 20 + order), quantity=str(chance.choice([1, 1, 2])))
            for order in range(1, 7)
            if order in (1, 6) or chance.random() < 0.7
        ]
        batch = room.offer(room.file(rows, name=f"{step}.csv"), overlap="replace").batch
        assert batch or rows in files.values()
        if batch:
            files[batch] = rows
        if len(files) > 1 and chance.random() < 0.5:
            undone = chance.choice(list(files)[:-1])
            room.undo(undone)
            del files[undone]
        orders = [row["order_number"] for row in room.ask("lines_on_hand", **FOREVER)]
        assert len(orders) == len(set(orders)), f"an order stands twice after step {step}"


def test_a_file_whose_lines_an_undo_took_along_can_be_offered_again(room: DataRoom) -> None:
    """The second file also had the lines of the first, which were in already; with the first undone they are gone."""
    both = MARCH[10:] + MARCH[:10]
    room.offer(room.file(MARCH[10:], name="january.csv"))
    first = room.offer(room.file(both, name="both.csv"), overlap="new")
    assert room.totals().lines == 20
    undone = room.undo("B0001")
    assert undone["shared_by"] == [{"batch": first.batch, "file": "both.csv"}]
    assert "both.csv (B0002) had lines in common with it" in "\n".join(undo_report(undone))
    assert room.totals().lines == 10
    again = room.offer(room.file(both, name="both.csv"), overlap="new")
    assert (again.exit_code, room.totals().lines) == (0, 20)
    assert again.batch != first.batch
    once_more = room.offer(room.file(both, name="both.csv"))
    assert (once_more.already_in, room.totals().lines) == (True, 20)


def test_a_file_whose_lines_a_later_one_replaced_is_compared_again(room: DataRoom) -> None:
    path = room.file(MARCH)
    room.offer(path)
    room.offer(room.file(changed(MARCH), name="later.csv"), overlap="replace")
    assert [question["code"] for question in room.offer(path).questions] == ["overlap"]
    assert room.offer(path, overlap="replace").batch
    assert room.totals().revenue == Decimal("525.00")


def test_undo_of_a_file_between_leaves_orders_as_the_newest_file_has_them(room: DataRoom) -> None:
    def order(**quantities: int) -> list[list[Any]]:
        return [line(1, date(2025, 3, 21), product=code, quantity=str(each)) for code, each in quantities.items()]

    room.offer(room.file(order(A1=10, A2=10), name="a.csv"))
    second = room.offer(room.file(order(A1=7, A2=9), name="b.csv"), overlap="replace").batch
    room.offer(room.file(order(A1=7, A3=8), name="c.csv"), overlap="replace")
    room.undo(second)
    rows = room.ask("lines_on_hand", **FOREVER)
    assert sorted((row["product_code"], int(row["quantity"])) for row in rows) == [("A1", 7), ("A3", 8)]
