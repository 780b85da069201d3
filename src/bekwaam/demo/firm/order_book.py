"""The order book: the lines of the last year as they were promised and delivered, and those still to come."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from bekwaam.demo.firm.chance import Whole
from bekwaam.demo.firm.invoices import looked_up
from bekwaam.demo.firm.lines import Firm
from bekwaam.demo.firm.products import GROUPS
from bekwaam.demo.firm.rhythm import Moments
from bekwaam.intake.order_lines import money_from_cents

KEPT_DAYS: Final = 365
QUICKER: Final = (-0.25, 0.25)
"""Mean and spread of the logarithm of how long it takes beside what is promised: about one in six comes late."""


def ordered_on(draw: np.random.Generator, firm: Firm, moments: Moments, laden: pl.DataFrame) -> pl.DataFrame:
    """When each delivery was ordered and promised: `order`, `ordered`, `promised` (days), one row a delivery.

    What takes longest on it decides when the whole of it comes.
    """
    usual = np.array([group.lead for group in GROUPS])[firm.products.group]
    leads = laden.with_columns(lead=looked_up(laden["product"], usual.tolist()))
    orders = leads.group_by("order").agg(pl.col("lead").max()).sort("order")
    order, lead = orders["order"].to_numpy(), orders["lead"].to_numpy()
    took = np.round(lead * draw.lognormal(*QUICKER, len(lead))).astype(np.int64)
    ordered = _earlier(firm, moments.asked[order], took)
    promised = firm.calendar.working_day(ordered, lead)
    return pl.DataFrame({"order": order, "ordered": ordered, "promised": promised})


def _earlier(firm: Firm, day: Whole, working_days: Whole) -> Whole:
    return np.minimum(firm.calendar.working_day(day, -working_days), day)


def table(firm: Firm, laden: pl.DataFrame, orders: pl.DataFrame) -> pl.DataFrame:
    """`order, line, ordered_on, customer, product, seller, quantity, unit, revenue, promised_on, delivered_on`.

    `delivered_on` is empty for what is still to come; of what came, the last year is kept.
    """
    known = firm.calendar.known
    lines = laden.join(orders, on="order", maintain_order="left")
    is_known = (pl.col("ordered") <= known) & (pl.col("day") > known - KEPT_DAYS)
    lines = lines.filter(is_known).sort("ordered", "order", "product")
    units = [GROUPS[group].unit for group in firm.products.group.tolist()]
    came = pl.Series(firm.calendar.dates[lines["day"].to_numpy()])
    return lines.select(
        order=order_numbers(lines["order"]),
        line=pl.int_range(1, pl.len() + 1).over("order"),
        ordered_on=pl.Series(firm.calendar.dates[lines["ordered"].to_numpy()]),
        customer=looked_up(lines["customer"], firm.customers.number),
        product=looked_up(lines["product"], firm.products.codes),
        seller=looked_up(lines["seller"], [seller.code for seller in firm.sellers]),
        quantity="quantity",
        unit=looked_up(lines["product"], units),
        revenue=money_from_cents(lines["amount"]),
        promised_on=pl.Series(firm.calendar.dates[lines["promised"].to_numpy()]),
        delivered_on=pl.when(pl.col("day") <= known).then(came),
    )


def order_numbers(orders: pl.Series) -> pl.Series:
    """The number of each order, as the firm writes it."""
    return pl.select(pl.concat_str(pl.lit("VO"), (orders + 100_001).cast(pl.String))).to_series()
