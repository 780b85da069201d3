"""Sale, return or credit: what kind of line it is, by its signs."""

from __future__ import annotations

import polars as pl


def line_kind() -> pl.Expr:
    """The kind of each line, from the columns unit_price (or null), revenue and quantity.

    "credit" gives money back without goods coming back: a negative price, or negative revenue on a quantity that
    is not negative. "return" has a negative quantity. All else, free goods included, is a "sale". Only the signs
    count: a cancellation that its system writes with positive amounts stays a sale.
    """
    gives_money = (pl.col("revenue") < 0) & (pl.col("quantity") >= 0)
    return (
        pl.when((pl.col("unit_price") < 0).fill_null(value=False) | gives_money)
        .then(pl.lit("credit"))
        .when(pl.col("quantity") < 0)
        .then(pl.lit("return"))
        .otherwise(pl.lit("sale"))
    )
