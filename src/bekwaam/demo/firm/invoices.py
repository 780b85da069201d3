"""Invoices: one a delivery, one a return or credit and day; numbered by year, with what was paid when."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from bekwaam.demo.firm.calendar import Calendar
from bekwaam.demo.firm.lines import Firm
from bekwaam.demo.firm.products import GROUPS
from bekwaam.intake.order_lines import MONEY, money_from_cents

TERM_DAYS: Final = 30


def numbered(firm: Firm, sold: pl.DataFrame, back: pl.DataFrame) -> pl.DataFrame:
    """All lines with `date`, `invoice`, `line` (number within the invoice) and `kind`, in order of invoice."""
    lines = pl.concat([sold.with_columns(kind=pl.lit("sale")), back], how="vertical_relaxed")
    dated = lines.with_columns(date=_dates(firm.calendar, lines["day"]), back=pl.col("kind") != "sale")
    dated = dated.sort("day", "back", "customer", "order", "product")
    group = ("day", "back", "customer")
    year = pl.col("date").dt.year()
    place = pl.struct(group).rank("dense").over(year, "back")
    sign = pl.when("back").then(pl.lit("CN")).otherwise(pl.lit("VF"))
    number = pl.concat_str(sign, year.cast(pl.String).str.slice(2), place.cast(pl.String).str.zfill(5))
    named = dated.with_columns(invoice=number)
    return named.with_columns(line=pl.int_range(1, pl.len() + 1).over("invoice")).drop("back")


def _dates(calendar: Calendar, day: pl.Series) -> pl.Series:
    return pl.Series(calendar.dates[day.to_numpy()])


def line_table(firm: Firm, lines: pl.DataFrame) -> pl.DataFrame:
    """The lines as the firm knows them: codes for places, money for cents.

    `invoice, line, date, customer, product, seller, territory, country, quantity, unit, list_price, discount
    (percent), price, revenue, cost, kind`.
    """
    customers, products = firm.customers, firm.products
    units = [GROUPS[group].unit for group in products.group.tolist()]
    money = {"list_price": "list_price", "price": "price", "revenue": "amount", "cost": "cost"}
    return lines.select(
        "invoice",
        "line",
        "date",
        customer=looked_up(lines["customer"], customers.number),
        product=looked_up(lines["product"], products.codes),
        seller=looked_up(lines["seller"], [seller.code for seller in firm.sellers]),
        territory=looked_up(lines["customer"], customers.territory),
        country=looked_up(lines["customer"], customers.country),
        quantity=pl.col("quantity"),
        unit=looked_up(lines["product"], units),
        discount=pl.col("given") / 10,
        **{name: money_from_cents(lines[cents]) for name, cents in money.items()},
        kind="kind",
    )


def looked_up(places: pl.Series, values: list[str] | tuple[str, ...]) -> pl.Series:
    """The value at each place."""
    return pl.Series(values).gather(places)


def invoice_table(draw: np.random.Generator, firm: Firm, lines: pl.DataFrame) -> pl.DataFrame:
    """`invoice, date, customer, amount, due, paid_on` (empty while open): amounts are the sums of their lines."""
    heads = lines.group_by("invoice", maintain_order=True).agg(
        pl.col("date", "customer").first(), pl.col("revenue").sum().cast(MONEY).alias("amount")
    )
    habit = dict(zip(firm.customers.number, draw.normal(6, 9, len(firm.customers)), strict=True))
    late = heads["customer"].replace_strict(habit, return_dtype=pl.Float64) + pl.Series(draw.normal(0, 5, heads.height))
    due = heads["date"].dt.offset_by(f"{TERM_DAYS}d")
    paid = due + (late.clip(-20, 90).round() * 86_400_000_000).cast(pl.Int64).cast(pl.Duration("us"))
    known = pl.col("paid_on") <= firm.calendar.until
    return heads.with_columns(due=due, paid_on=paid.cast(pl.Date)).with_columns(paid_on=pl.when(known).then("paid_on"))
