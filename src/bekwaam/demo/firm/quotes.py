"""Quotes: some orders were quoted first, more quotes than that came to nothing, and some are still open."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from bekwaam.demo.firm.chance import picked
from bekwaam.demo.firm.invoices import looked_up
from bekwaam.demo.firm.lines import Firm
from bekwaam.demo.firm.order_book import order_numbers
from bekwaam.intake.order_lines import money_from_cents

QUOTED: Final = 0.06
"""Share of orders that were quoted first."""
LOST_FOR_WON: Final = 1.6
REASONS: Final = {"prijs": 0.4, "levertijd": 0.2, "gaat niet door": 0.2, "gunfactor": 0.1, "onbekend": 0.1}


def table(draw: np.random.Generator, firm: Firm, laden: pl.DataFrame, orders: pl.DataFrame) -> pl.DataFrame:
    """`quote, quoted_on, customer, seller, amount, status, decided_on, order, reason`, in order of day.

    Status: gewonnen (with its order), verloren (with a reason), open.
    """
    known = firm.calendar.known
    heads = laden.group_by("order", maintain_order=True).agg(
        pl.col("customer", "seller").first(), pl.col("amount").sum()
    )
    heads = heads.join(orders.filter(pl.col("ordered") <= known), on="order", maintain_order="left")
    count = round(heads.height * QUOTED)
    won = _quoted(draw, heads, count, status="gewonnen")
    lost = _quoted(draw, heads, round(count * LOST_FOR_WON), status="verloren")
    quotes = pl.concat([won, lost.with_columns(amount=(pl.col("amount") * 1.4).round().cast(pl.Int64))])
    return _written(firm, _reasoned(draw, quotes.filter(pl.col("quoted") >= 0), known))


def _quoted(draw: np.random.Generator, heads: pl.DataFrame, count: int, *, status: str) -> pl.DataFrame:
    chosen = heads[np.sort(draw.choice(heads.height, count, replace=False))]
    days = pl.Series(draw.integers(3, 45, count))
    return chosen.with_columns(quoted=pl.col("ordered") - days, status=pl.lit(status)).rename({"ordered": "decided"})


def _reasoned(draw: np.random.Generator, quotes: pl.DataFrame, known: int) -> pl.DataFrame:
    """A lost quote that was not yet decided on is open; one that is decided on has a reason."""
    reasons = pl.Series(list(REASONS)).gather(pl.Series(picked(draw, np.array(list(REASONS.values())), quotes.height)))
    is_lost = pl.col("status") == "verloren"
    is_open = is_lost & (pl.col("decided") > known - 15)
    return quotes.with_columns(
        status=pl.when(is_open).then(pl.lit("open")).otherwise("status"),
        reason=pl.when(is_lost & ~is_open).then(reasons),
    ).sort("quoted", "order", "status")


def _written(firm: Firm, quotes: pl.DataFrame) -> pl.DataFrame:
    dates = firm.calendar.dates
    is_won, is_open = pl.col("status") == "gewonnen", pl.col("status") == "open"
    return quotes.select(
        quote=pl.concat_str(pl.lit("OF"), (pl.int_range(pl.len()) + 50_001).cast(pl.String)),
        quoted_on=pl.Series(dates[quotes["quoted"].to_numpy()]),
        customer=looked_up(quotes["customer"], firm.customers.number),
        seller=looked_up(quotes["seller"], [seller.code for seller in firm.sellers]),
        amount=money_from_cents(quotes["amount"]),
        status="status",
        decided_on=pl.when(~is_open).then(pl.Series(dates[quotes["decided"].to_numpy()])),
        order=pl.when(is_won).then(order_numbers(quotes["order"])),
        reason="reason",
    )
