"""Files that replace one another, undone in any order: an order stands as the newest file that is left has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from bekwaam.intake.forerunners import forerunners
from bekwaam.intake.order_lines import LINE_COLUMNS
from bekwaam.intake.overlap import apply, compare

Order = dict[str, int]
"""Product → amount, as a file has one order."""

PER_BATCH = 1_000
DAY = date(2025, 3, 1)
ON_HAND = {name: dtype for name, dtype in LINE_COLUMNS.items() if name != "source_row"}
HAND_SCHEMA = {**ON_HAND, "line_id": pl.Int64(), "batch_id": pl.String()}


def lines_of(orders: Mapping[str, Order]) -> pl.DataFrame:
    """A judged file of these orders, and of one on its first and one on its last day that are always the same."""
    rows: list[dict[str, Any]] = [
        {
            **dict.fromkeys(LINE_COLUMNS),
            "order_number": order,
            "order_date": DAY.replace(day=1 + int(order)),
            "product_code": product,
            "quantity": Decimal(1),
            "revenue": Decimal(amount),
            "currency": "EUR",
            "kind": "sale",
        }
        for order, products in {"0": {"A": 1}, **orders, "9": {"A": 1}}.items()
        for product, amount in products.items()
    ]
    frame = pl.DataFrame(rows, schema=LINE_COLUMNS)
    return frame.with_columns(source_row=pl.int_range(2, frame.height + 2, dtype=pl.UInt32))


@dataclass
class Facts:
    """What the fact tables do: lines come in, lines are taken away, and a batch goes with what it took away."""

    lines: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=HAND_SCHEMA))
    taken: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={"line_id": pl.Int64, "by": pl.String}))

    @property
    def on_hand(self) -> pl.DataFrame:
        return self.lines.join(self.taken, on="line_id", how="anti")

    def read_in(self, number: int, file: pl.DataFrame, choice: str) -> str:
        """Read a file in; returns the choice that was carried out: without a shared order there is none."""
        overlap = compare(file, self.on_hand)
        choice = choice if overlap.touches else "new"
        added, gone = apply(overlap, choice)
        along = forerunners(self.lines.join(self.taken, on="line_id", how="semi"), overlap, choice)
        ids = number * PER_BATCH + pl.col("source_row").cast(pl.Int64)
        fresh = added.with_columns(line_id=ids, batch_id=pl.lit(str(number))).select(HAND_SCHEMA.keys())
        everything = pl.concat([gone.cast(pl.Int64), along]).unique().to_frame("line_id")
        self.lines = pl.concat([self.lines, fresh])
        self.taken = pl.concat([self.taken, everything.with_columns(by=pl.lit(str(number)))])
        return choice

    def undo(self, number: int) -> None:
        self.lines = self.lines.filter(pl.col("batch_id") != str(number))
        self.taken = self.taken.filter(pl.col("by") != str(number))

    def standing(self) -> list[tuple[str, str, int]]:
        rows = self.on_hand.select("order_number", "product_code", pl.col("revenue").cast(pl.Int64)).rows()
        return sorted(row for row in rows if row[0] not in "09")


@dataclass
class Told:
    """What each file that is left said of each order: all of it, or a few lines more."""

    whole: dict[int, dict[str, Order]] = field(default_factory=dict)
    more: dict[int, dict[str, Order]] = field(default_factory=dict)

    def read_in(self, number: int, orders: Mapping[str, Order], choice: str) -> None:
        now = self.orders()
        self.whole[number], self.more[number] = {}, {}
        for order in sorted({*orders, *now}):
            told, known = orders.get(order, {}), now.get(order, {})
            if (told and not known) or (choice == "replace" and told != known):
                self.whole[number][order] = told
            elif choice == "new":
                self.more[number][order] = {product: told[product] for product in told if product not in known}

    def orders(self) -> dict[str, Order]:
        standing: dict[str, Order] = {}
        for number in sorted(self.whole):
            standing |= {order: dict(products) for order, products in self.whole[number].items()}
            for order, products in self.more[number].items():
                standing[order] = standing.get(order, {}) | products
        return standing

    def undo(self, number: int) -> None:
        del self.whole[number], self.more[number]

    def standing(self) -> list[tuple[str, str, int]]:
        return sorted(
            (order, product, amount) for order, each in self.orders().items() for product, amount in each.items()
        )


orders_of_a_file = st.dictionaries(
    st.sampled_from("123"), st.dictionaries(st.sampled_from("AB"), st.integers(1, 3), min_size=1), max_size=3
)
steps = st.lists(st.tuples(orders_of_a_file, st.sampled_from(["new", "replace"]), st.integers(0, 12)), max_size=6)


@given(steps)
@settings(max_examples=80, deadline=None)
def test_an_order_stands_as_the_newest_file_that_is_left_has_it(taken: list[tuple[dict[str, Order], str, int]]) -> None:
    facts, told, live = Facts(), Told(), []
    for number, (orders, choice, undone) in enumerate(taken, start=1):
        told.read_in(number, orders, facts.read_in(number, lines_of(orders), choice))
        live.append(number)
        assert facts.standing() == told.standing()
        if undone < len(live):
            gone = live.pop(undone)
            facts.undo(gone)
            told.undo(gone)
            assert facts.standing() == told.standing(), f"after file {gone} was undone"
    while live:
        gone = live.pop(len(live) // 2)
        facts.undo(gone)
        told.undo(gone)
        assert facts.standing() == told.standing(), f"after file {gone} was undone"
