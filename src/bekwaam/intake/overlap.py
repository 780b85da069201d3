"""A file beside the lines that are in already: what is new, equal, changed and gone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import polars as pl

from bekwaam.intake.line_pairs import LINE_ID, PLACE, pair_lines
from bekwaam.intake.order_lines import LINE_COLUMNS
from bekwaam.terms.money import CENT

COMPARED: Final = tuple(name for name in LINE_COLUMNS if name not in {"source_row", "kind", "country_as_written"})
"""The columns in which an equal line must be equal, as far as both sides have them."""


@dataclass(frozen=True)
class Overlap:
    """A file laid over the lines on hand.

    Every line of the file is new, equal or changed; every line on hand is equal, changed, gone or left alone. Gone
    are lines whose day lies within the file's first and last day and that the file does not have: of an order that
    is in the file, or of a whole order that is missing. Whole orders count only where the file shares an order.

    Attributes:
        lines: the lines of the file.
        on_hand: the lines on hand, with line_id.
        new: places (rows from 0) of `lines` that are not on hand.
        equal: pairs place, line_id.
        changed: pairs place, line_id: the same line with other content.
        gone: line_id of the lines that the file no longer has, whole orders included.
        orders_gone: number of whole orders among them.
        shared_orders: number of orders that both sides have.
    """

    lines: pl.DataFrame
    on_hand: pl.DataFrame
    new: pl.Series
    equal: pl.DataFrame
    changed: pl.DataFrame
    gone: pl.Series
    orders_gone: int
    shared_orders: int

    @property
    def touches(self) -> bool:
        """Whether the file shares an order with what is on hand; if not, there is nothing to choose."""
        return self.shared_orders > 0

    @property
    def counts(self) -> dict[str, int]:
        """Numbers of lines (new, equal, changed, gone) and of orders (orders_gone, orders_shared)."""
        return {
            "new": len(self.new),
            "equal": self.equal.height,
            "changed": self.changed.height,
            "gone": len(self.gone),
            "orders_gone": self.orders_gone,
            "orders_shared": self.shared_orders,
        }

    @property
    def totals(self) -> dict[str, Decimal]:
        """Revenue of the whole file (total_file), of the lines on hand within its days (total_on_hand), and of parts.

        A changed line counts in revenue_changed as the file has it and in revenue_changed_before as it was.
        """
        file, hand = self.lines["revenue"], self.on_hand
        return {
            "total_file": _total(file),
            "total_on_hand": _total(hand.filter(within_days_of(self.lines))["revenue"]),
            "revenue_new": _total(file.gather(self.new)),
            "revenue_equal": _total(file.gather(self.equal[PLACE])),
            "revenue_changed": _total(file.gather(self.changed[PLACE])),
            "revenue_changed_before": _total(_of(hand, self.changed[LINE_ID])["revenue"]),
            "revenue_gone": _total(_of(hand, self.gone)["revenue"]),
        }

    def to_json(self) -> dict[str, Any]:
        """Counts and totals in one flat object; totals stay Decimal."""
        return {**self.counts, **self.totals}


def compare(lines: pl.DataFrame, on_hand: pl.DataFrame) -> Overlap:
    """Compare the lines of a file (`order_lines.LINE_COLUMNS`) with the lines on hand.

    `on_hand` has line_id and as many of the same columns as it can, for every current line that lies within the
    file's days or whose order is in the file. Equal lines are paired first, each with one; of the rest, lines with
    the same order and line number are changed (order and product, where either has no line number). Neither the
    order of the rows nor how often equal lines repeat matters to the result.

    >>> compare(lines, on_hand).counts
    {'new': 31, 'equal': 120, 'changed': 2, 'gone': 0, 'orders_gone': 0, 'orders_shared': 44}
    """
    hand = on_hand.with_columns(pl.col(name).cast(LINE_COLUMNS[name]) for name in COMPARED if name in on_hand.columns)
    hand = hand.with_columns(is_within=within_days_of(lines))
    compared = [name for name in COMPARED if name in hand.columns]
    is_shared = pl.col("order_number").is_in(lines["order_number"].unique().implode())
    pairs = pair_lines(lines.with_row_index(PLACE), hand, compared)
    shared = hand.filter(is_shared)["order_number"].n_unique()
    gone = pairs.left_on_hand.filter(pl.col("is_within") & pl.lit(shared > 0))
    known = pl.concat([pairs.equal[PLACE], pairs.changed[PLACE]])
    return Overlap(
        lines=lines,
        on_hand=on_hand,
        new=(~pl.int_range(lines.height, dtype=pl.UInt32, eager=True).is_in(known.implode())).arg_true(),
        equal=pairs.equal.sort(PLACE),
        changed=pairs.changed.sort(PLACE),
        gone=gone[LINE_ID].sort(),
        orders_gone=gone.filter(~is_shared)["order_number"].n_unique(),
        shared_orders=shared,
    )


def apply(overlap: Overlap, choice: str) -> tuple[pl.DataFrame, pl.Series]:
    """The lines to add and the line_id of the lines to retract.

    "new" adds what is not on hand and leaves the rest as it is; "replace" makes what is on hand equal to the file
    within its days. An order in which anything differs is then written anew as a whole: so one batch answers for it,
    and it stands whole whichever other batch is undone.

    Raises:
        ValueError: another choice.
    """
    if choice == "new":
        return overlap.lines[overlap.new.to_list()], overlap.gone.clear()
    if choice == "replace":
        is_anew = pl.col("order_number").is_in(written_anew(overlap, choice).implode())
        before = overlap.on_hand.filter(is_anew, within_days_of(overlap.lines))[LINE_ID]
        return overlap.lines.filter(is_anew), pl.concat([before, overlap.changed[LINE_ID]]).unique().sort()
    raise ValueError(f"{choice} is neither new nor replace")


def written_anew(overlap: Overlap, choice: str) -> pl.Series:
    """The numbers of the orders of which the file has the last word, within its days.

    With "new" these are the orders of which nothing is on hand; with "replace" also those that differ or are gone.
    """
    file, hand = overlap.lines["order_number"], overlap.on_hand
    if choice == "new":
        fresh = file.gather(overlap.new)
        return fresh.filter(~fresh.is_in(hand["order_number"].implode())).unique()
    of_file = file.gather(pl.concat([overlap.new, overlap.changed[PLACE].cast(overlap.new.dtype)]))
    return pl.concat([of_file, _of(hand, overlap.gone)["order_number"]]).unique()


def within_days_of(lines: pl.DataFrame) -> pl.Expr:
    """Whether a line lies within the first and the last day of the lines."""
    return pl.col("order_date").is_between(pl.lit(lines["order_date"].min()), pl.lit(lines["order_date"].max()))


def _of(on_hand: pl.DataFrame, line_ids: pl.Series) -> pl.DataFrame:
    return on_hand.filter(pl.col(LINE_ID).is_in(line_ids.implode()))


def _total(revenue: pl.Series) -> Decimal:
    return Decimal(revenue.sum() or 0).quantize(CENT)
