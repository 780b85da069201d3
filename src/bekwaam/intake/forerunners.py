"""Lines that were taken away before and must not come back beside the lines of a new file.

Say the second file took lines of the first away, and the third one writes the same orders. Undo of the second gives
back what it took away; without more, the lines of the first then stand beside those of the third. So the third takes
away as well whatever was taken away before of what it writes, and files can be undone in any order.
"""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from bekwaam.intake.line_pairs import LINE_ID, pair_lines
from bekwaam.intake.order_lines import LINE_COLUMNS
from bekwaam.intake.overlap import COMPARED, Overlap, apply, within_days_of, written_anew


def forerunners(taken_away: pl.DataFrame, overlap: Overlap, choice: str, apart_from: Collection[str] = ()) -> pl.Series:
    """line_id of the lines taken away earlier that a file takes away too.

    Of an order that the file writes as a whole, every line within the file's days. Of each line that it adds, the
    same line as each earlier batch had it, of whatever day.

    Args:
        taken_away: line_id, batch_id (that brought the line in) and the columns of `order_lines.LINE_COLUMNS`.
        overlap: the file laid over the lines on hand.
        choice: "new" or "replace", as in `apply`.
        apart_from: batches whose refused rows the file holds: those are other lines, and never the whole order.
    """
    added, _ = apply(overlap, choice)
    orders = written_anew(overlap, choice)
    away = taken_away.filter(~pl.col("batch_id").is_in(sorted(apart_from)))
    away = away.with_columns(pl.col(name).cast(LINE_COLUMNS[name]) for name in COMPARED if name in away.columns)
    away = away.with_columns(is_within=within_days_of(overlap.lines))
    of_orders = away.filter("is_within", pl.col("order_number").is_in(orders.implode()))[LINE_ID]
    found = [of_orders.clear() if apart_from else of_orders, *_same_lines(added, away)]
    return pl.concat(found).cast(pl.Int64).unique().sort()


def _same_lines(added: pl.DataFrame, away: pl.DataFrame) -> list[pl.Series]:
    """Per batch that brought lines in, those that are the same line as one that is added."""
    compared = [name for name in COMPARED if name in away.columns]
    placed = added.with_row_index("place")
    of_orders = away.filter(pl.col("order_number").is_in(added["order_number"].unique().implode()))
    pairs = [pair_lines(placed, lines, compared) for lines in of_orders.partition_by("batch_id")]
    return [found[LINE_ID] for pair in pairs for found in (pair.equal, pair.changed)]
