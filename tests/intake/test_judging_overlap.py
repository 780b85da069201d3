"""Re-exports: what is new, equal, changed and gone, and what is left after each choice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bekwaam.intake.order_lines import LINE_COLUMNS
from bekwaam.intake.overlap import COMPARED, Overlap, apply, compare

START = date(2025, 1, 1)
COMPARED_HERE = [name for name in COMPARED if name != "line_number"]


def line(order: str, *, day: int = 0, product: str = "FP-12", revenue: str = "10.00", **fields: Any) -> dict[str, Any]:
    """An order line; `day` counts from 1 January 2025."""
    usual = {
        "order_number": order,
        "order_date": START + timedelta(days=day),
        "customer_number": "7",
        "product_code": product,
        "quantity": Decimal("1.000"),
        "revenue": Decimal(revenue),
        "currency": "EUR",
        "kind": "sale",
    }
    return {**dict.fromkeys(LINE_COLUMNS), **usual, **fields}


def file(lines: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """The lines as a judged file holds them."""
    frame = pl.DataFrame(list(lines), schema=LINE_COLUMNS)
    return frame.with_columns(source_row=pl.int_range(2, len(lines) + 2, dtype=pl.UInt32))


def on_hand(lines: Sequence[dict[str, Any]], first_id: int = 100) -> pl.DataFrame:
    """The lines as the facts hold them."""
    ids = pl.int_range(first_id, first_id + len(lines), dtype=pl.Int64, eager=True)
    return file(lines).drop("source_row").with_columns(line_id=ids)


def after(overlap: Overlap, current: pl.DataFrame, choice: str) -> pl.DataFrame:
    """What is on hand when the choice has been carried out."""
    added, retracted = apply(overlap, choice)
    kept = current.filter(~pl.col("line_id").is_in(retracted.implode()))
    first_id = int(current["line_id"].max() or 0) + 1
    ids = pl.int_range(first_id, first_id + added.height, dtype=pl.Int64, eager=True)
    return pl.concat([kept, added.drop("source_row").with_columns(line_id=ids)])


def content(lines: pl.DataFrame) -> list[tuple[Any, ...]]:
    """The lines without their places and line numbers (which count only where both sides have them), sorted."""
    return sorted(lines.select(COMPARED_HERE).rows(), key=repr)


def test_the_same_lines_are_equal_and_nothing_changes() -> None:
    lines = [line("1"), line("1"), line("2", product="CP-20")]
    found = compare(file(lines), on_hand(lines))
    assert found.counts == {"new": 0, "equal": 3, "changed": 0, "gone": 0, "orders_gone": 0, "orders_shared": 2}
    for choice in ("new", "replace"):
        added, retracted = apply(found, choice)
        assert (added.height, len(retracted)) == (0, 0)


def test_a_line_with_another_amount_is_changed() -> None:
    found = compare(file([line("1", revenue="12.00")]), on_hand([line("1", revenue="10.00")]))
    assert (found.counts["changed"], found.counts["new"], found.counts["gone"]) == (1, 0, 0)
    assert found.totals["revenue_changed"] == Decimal("12.00")
    assert found.totals["revenue_changed_before"] == Decimal("10.00")
    assert found.changed.rows() == [(0, 100)]


def test_a_further_line_of_a_known_order_is_new() -> None:
    found = compare(file([line("1"), line("1", product="CP-20")]), on_hand([line("1")]))
    assert (found.counts["new"], found.counts["equal"]) == (1, 1)


def test_a_line_that_left_its_order_is_gone() -> None:
    found = compare(file([line("1")]), on_hand([line("1"), line("1", product="CP-20", revenue="5.00")]))
    assert (found.counts["gone"], found.totals["revenue_gone"]) == (1, Decimal("5.00"))
    assert apply(found, "new")[1].to_list() == []
    added, retracted = apply(found, "replace")
    assert (added["revenue"].to_list(), retracted.to_list()) == ([Decimal("10.00")], [100, 101])


def test_a_whole_order_that_is_missing_within_the_files_days_is_gone() -> None:
    current = [line("1", day=0), line("2", day=1), line("3", day=2), line("9", day=30)]
    found = compare(file([line("1", day=0), line("3", day=2)]), on_hand(current))
    assert (found.counts["gone"], found.orders_gone) == (1, 1)
    assert found.gone.to_list() == [101]


def test_both_totals_are_told_exactly() -> None:
    current = [line("1", revenue="10.10"), line("2", day=1, revenue="20.20"), line("9", day=30, revenue="99.00")]
    found = compare(file([line("1", revenue="10.15"), line("3", day=1, revenue="1.00")]), on_hand(current))
    assert found.to_json() == {
        "new": 1,
        "equal": 0,
        "changed": 1,
        "gone": 1,
        "orders_gone": 1,
        "orders_shared": 1,
        "total_file": Decimal("11.15"),
        "total_on_hand": Decimal("30.30"),
        "revenue_new": Decimal("1.00"),
        "revenue_equal": Decimal("0.00"),
        "revenue_changed": Decimal("10.15"),
        "revenue_changed_before": Decimal("10.10"),
        "revenue_gone": Decimal("20.20"),
    }


def test_a_file_that_shares_no_order_touches_nothing() -> None:
    found = compare(file([line("5", day=0), line("6", day=9)]), on_hand([line("1", day=3)]))
    assert not found.touches
    assert (found.counts["new"], found.counts["gone"]) == (2, 0)


def test_nothing_on_hand_makes_everything_new() -> None:
    found = compare(file([line("1")]), on_hand([]))
    assert (found.counts["new"], found.touches) == (1, False)


def test_line_numbers_tell_which_line_is_which() -> None:
    before = [line("1", line_number="10", product="A"), line("1", line_number="20", product="B")]
    now = [line("1", line_number="10", product="C"), line("1", line_number="20", product="B")]
    assert compare(file(now), on_hand(before)).counts["changed"] == 1
    without = [{**each, "line_number": None} for each in now]
    counts = compare(file(without), on_hand(before)).counts
    assert (counts["changed"], counts["new"], counts["gone"], counts["equal"]) == (0, 1, 1, 1)


def test_lines_that_came_without_numbers_are_known_when_they_come_back_with_them() -> None:
    before = [line("1", product="A"), line("1", product="B"), line("2", line_number="10")]
    now = [line("1", line_number="10", product="A"), line("1", line_number="20", product="B", revenue="12.00")]
    counts = compare(file([*now, line("2", line_number="10")]), on_hand(before)).counts
    assert (counts["equal"], counts["changed"], counts["new"], counts["gone"]) == (2, 1, 0, 0)


def test_a_line_of_the_order_outside_the_files_days_is_left_alone() -> None:
    found = compare(file([line("1", day=31)]), on_hand([line("1", day=30, product="CP-20"), line("1", day=31)]))
    assert (found.counts["equal"], found.counts["gone"]) == (1, 0)


def test_a_date_that_was_put_right_is_a_change_even_across_the_edge() -> None:
    found = compare(file([line("1", day=31)]), on_hand([line("1", day=30)]))
    assert (found.counts["changed"], found.counts["new"]) == (1, 0)


def test_fewer_columns_on_hand_compare_what_both_have() -> None:
    current = on_hand([line("1", unit="st")]).select("line_id", "order_number", "order_date", "product_code", "revenue")
    assert compare(file([line("1", unit="doos")]), current).counts["equal"] == 1


def test_another_choice_is_refused() -> None:
    with pytest.raises(ValueError, match="neither"):
        apply(compare(file([line("1")]), on_hand([])), "refuse")


lines_of_a_month = st.lists(
    st.builds(
        line,
        st.sampled_from("123456"),
        day=st.integers(0, 27),
        product=st.sampled_from("AB"),
        revenue=st.sampled_from(["10.00", "20.00", "-5.00"]),
        line_number=st.sampled_from([None, "1", "2"]),
    ),
    max_size=14,
)


@given(lines_of_a_month, lines_of_a_month)
@settings(max_examples=60, deadline=None)
def test_every_line_is_accounted_for_on_both_sides(now: list[dict[str, Any]], before: list[dict[str, Any]]) -> None:
    if not now:
        return
    found = compare(file(now), on_hand(before))
    places = [*found.new.to_list(), *found.equal["place"].to_list(), *found.changed["place"].to_list()]
    assert sorted(places) == list(range(len(now)))
    taken = [*found.equal["line_id"].to_list(), *found.changed["line_id"].to_list(), *found.gone.to_list()]
    assert len(taken) == len(set(taken))
    totals = found.totals
    assert totals["total_file"] == totals["revenue_new"] + totals["revenue_equal"] + totals["revenue_changed"]


@given(lines_of_a_month, lines_of_a_month)
@settings(max_examples=60, deadline=None)
def test_replace_makes_what_is_on_hand_equal_to_the_file(
    now: list[dict[str, Any]], before: list[dict[str, Any]]
) -> None:
    if not now:
        return
    current = on_hand(before)
    found = compare(file(now), current)
    if not found.touches:
        return
    first, last = min(each["order_date"] for each in now), max(each["order_date"] for each in now)
    within = after(found, current, "replace").filter(pl.col("order_date").is_between(first, last))
    assert content(within) == content(file(now))
    assert within["revenue"].sum() == found.totals["total_file"]
    again = compare(file(now), after(found, current, "replace"))
    assert (again.counts["new"], again.counts["changed"], again.counts["gone"]) == (0, 0, 0)


@given(lines_of_a_month, lines_of_a_month, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_rows_does_not_matter(
    now: list[dict[str, Any]], before: list[dict[str, Any]], shuffler: Any
) -> None:
    if not now:
        return
    one, current = compare(file(now), on_hand(before)), on_hand(before)
    other = compare(file(shuffler.sample(now, len(now))), current.sample(fraction=1, shuffle=True, seed=1))
    assert one.to_json() == other.to_json()
    assert content(after(one, current, "replace")) == content(after(other, current, "replace"))


@given(st.data(), st.sampled_from(["new", "replace"]))
@settings(max_examples=25, deadline=None)
def test_twelve_rolling_exports_end_at_the_same_totals_as_one(data: st.DataObject, choice: str) -> None:
    """Fourteen months, each export three months long, one a month: orders span days and repeat their lines."""
    days = st.integers(0, 14 * 30 - 1)
    orders = data.draw(st.lists(st.tuples(days, st.integers(1, 3), st.sampled_from("AB")), min_size=1, max_size=40))
    lines = [
        line(f"{number}", day=min(day + place // 2, 419), product=product)
        for number, (day, size, product) in enumerate(orders)
        for place in range(size)
    ]
    current = on_hand([])
    for month in range(12):
        window = [each for each in lines if month * 30 <= (each["order_date"] - START).days < (month + 3) * 30]
        if window:
            current = after(compare(file(window), _near(current, window)), current, choice)
    assert content(current) == content(file(lines))


def _near(current: pl.DataFrame, window: list[dict[str, Any]]) -> pl.DataFrame:
    """The current lines within the window's days, or of its orders."""
    first, last = min(each["order_date"] for each in window), max(each["order_date"] for each in window)
    orders = [each["order_number"] for each in window]
    return current.filter(pl.col("order_date").is_between(first, last) | pl.col("order_number").is_in(orders))
