"""Whether a column that is called just "cost price" holds the cost of the line or of one piece."""

from __future__ import annotations

from typing import Final, Literal

import polars as pl

from bekwaam.intake.headings import compact

Basis = Literal["line", "unit"]

_EITHER: Final = {"kostprijs", "cost", "costprice", "selbstkosten", "kosten", "costs"}
_ROWS_NEEDED: Final = 20
_SPREAD_NEEDED: Final = 0.05
_UNDECIDED: Final = 0.3
_ABSURDLY_HIGH: Final = 1.5
_ABSURDLY_LOW: Final = 0.15


def may_be_either(heading: str) -> bool:
    """Whether the heading leaves open what the cost is of."""
    return compact(heading) in _EITHER


def cost_basis(lines: pl.DataFrame) -> Basis | None:
    """What the cost is of, by the columns quantity, revenue and cost; None where they cannot tell.

    The cost share of revenue hardly depends on the quantity. So the slope of log(cost / revenue) over log(quantity)
    is near 0 when the cost is of the line and near -1 when it is of one piece. That takes twenty sales of differing
    quantities; with fewer, a reading that makes the cost 1.5 times the revenue (of the middle row), or below 0.15 of
    it while the other reading makes sense, is out. Where every quantity is one, both are the same: the line.

    >>> cost_basis(lines)  # 10 pieces for 100.00 with 60.00 beside them
    'line'
    """
    known = lines.drop_nulls(["quantity", "revenue", "cost"])
    if known.is_empty() or bool((known["quantity"].abs() == 1).all()):
        return "line"
    sold = known.select(pl.col("quantity", "revenue", "cost").cast(pl.Float64))
    sold = sold.filter((pl.col("quantity") > 0) & (pl.col("revenue") > 0) & (pl.col("cost") > 0))
    if sold.is_empty():
        return None
    return _by_slope(sold) or _by_middle(sold)


def _by_slope(sold: pl.DataFrame) -> Basis | None:
    logs = sold.select(size=pl.col("quantity").log(), share=(pl.col("cost") / pl.col("revenue")).log())
    spread = logs.select(pl.col("size").var(ddof=0)).item()
    if logs.height < _ROWS_NEEDED or spread < _SPREAD_NEEDED:
        return None
    slope = logs.select(pl.cov("size", "share", ddof=0)).item() / spread
    if slope > -_UNDECIDED:
        return "line"
    return "unit" if slope < _UNDECIDED - 1 else None


def _by_middle(sold: pl.DataFrame) -> Basis | None:
    of_line = pl.col("cost") / pl.col("revenue")
    line, unit = sold.select(line=of_line.median(), unit=(of_line * pl.col("quantity")).median()).row(0)
    if unit > _ABSURDLY_HIGH and line <= _ABSURDLY_HIGH:
        return "line"
    return "unit" if line < _ABSURDLY_LOW and unit <= _ABSURDLY_HIGH else None
