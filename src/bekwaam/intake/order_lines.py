"""The columns of judged order lines, and exact arithmetic on them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import polars as pl

from bekwaam.intake.numbers import DECIMALS, MONEY_LIMIT, NUMBER

LINE_COLUMNS: Final[dict[str, pl.DataType]] = {
    "order_number": pl.String(),
    "line_number": pl.String(),
    "order_date": pl.Date(),
    "customer_number": pl.String(),
    "product_code": pl.String(),
    "seller_code": pl.String(),
    "territory_code": pl.String(),
    "country": pl.String(),
    "country_as_written": pl.String(),
    "quantity": pl.Decimal(18, 3),
    "unit": pl.String(),
    "revenue": pl.Decimal(18, 2),
    "cost": pl.Decimal(18, 2),
    "currency": pl.String(),
    "kind": pl.String(),
    "source_row": pl.UInt32(),
}
"""One row per order line. Never null: order_number, order_date, quantity, revenue, currency, kind, source_row."""

MONEY: Final = pl.Decimal(18, 2)
QUANTITY: Final = pl.Decimal(18, 3)

_CENT_SCALE: Final = 2
_QUANTITY_SCALE: Final = 3
_STEP: Final = 10 ** (DECIMALS + _QUANTITY_SCALE - _CENT_SCALE)


def as_money(column: str) -> pl.Expr:
    """A column of Decimal(38, 9) to the cent, half up (away from zero)."""
    return pl.col(column).round(_CENT_SCALE, mode="half_away_from_zero").cast(MONEY)


def as_quantity(column: str) -> pl.Expr:
    """A column of Decimal(38, 9) to three decimals, half up (away from zero)."""
    return pl.col(column).round(_QUANTITY_SCALE, mode="half_away_from_zero").cast(QUANTITY)


def product_in_cents(price: pl.Series, quantity: pl.Series) -> pl.Series:
    """Price × quantity in whole cents, half up (away from zero), as Int128.

    Computed in integers, so no digit is lost: a price below 10^13 with nine decimals times a quantity below 10^12
    with three is below 2^127. (Polars' own product of decimals keeps the scale of one factor and rounds.)
    """
    left = price.cast(NUMBER).to_physical()
    right = quantity.cast(QUANTITY).to_physical().cast(pl.Int128)
    exact = pl.DataFrame({"left": left, "right": right}).select(exact=pl.col("left") * pl.col("right"))
    size = (pl.col("exact").abs() + _STEP // 2) // _STEP
    return exact.select(cents=pl.when(pl.col("exact") < 0).then(size * -1).otherwise(size))["cents"]


def money_from_cents(cents: pl.Series) -> pl.Series:
    """Whole cents as Decimal(18, 2); null where the amount reaches `MONEY_LIMIT`."""
    inside = cents.abs() < int(MONEY_LIMIT) * 100
    small = cents.set(~inside, None).cast(pl.Int64).cast(pl.Decimal(38, 2))
    return (small * pl.Series([Decimal("0.01")], dtype=pl.Decimal(38, 2))).cast(MONEY)
