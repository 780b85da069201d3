"""Complaints: what came late is complained about most, and who is about to go to a rival complains more."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from bekwaam.demo.firm.chance import Flags, picked
from bekwaam.demo.firm.lines import Firm
from bekwaam.intake.order_lines import money_from_cents

CHANCE: Final = 0.012
CHANCE_LATE: Final = 0.07
BEFORE_GOING: Final = (150, 3.0)
"""Days before a customer goes to a rival in which he complains more often, and how much more."""
CAUSES: Final = {"verkeerd artikel": 0.3, "beschadigd": 0.25, "kwaliteit": 0.25, "factuurfout": 0.2}
LATE: Final = "te laat geleverd"


def table(draw: np.random.Generator, firm: Firm, invoices: pl.DataFrame) -> pl.DataFrame:
    """`complaint, opened_on, closed_on, customer, invoice, cause, cost`; `closed_on` empty while open.

    `invoices` has one row a delivery: `invoice, customer` (place), `day`, `late` (Boolean).
    """
    customer, day = invoices["customer"].to_numpy(), invoices["day"].to_numpy()
    late = invoices["late"].to_numpy()
    chance = np.where(late, CHANCE_LATE, CHANCE) * np.where(_about_to_go(firm, invoices), BEFORE_GOING[1], 1.0)
    complains = draw.random(invoices.height) < chance
    opened = firm.calendar.working_day(day, draw.integers(1, 12, invoices.height))
    closed = firm.calendar.working_day(opened, np.round(draw.lognormal(1.8, 0.8, invoices.height)).astype(np.int64))
    causes = pl.Series(list(CAUSES)).gather(picked(draw, np.array(list(CAUSES.values())), invoices.height))
    cost = draw.integers(15, 400, invoices.height) * 100
    known = firm.calendar.known
    told = pl.DataFrame(
        {
            "opened_on": firm.calendar.dates[opened],
            "customer": pl.Series(firm.customers.number).gather(customer),
            "invoice": invoices["invoice"],
            "cause": pl.select(pl.when(pl.Series(late)).then(pl.lit(LATE)).otherwise(causes)).to_series(),
            "cost": money_from_cents(pl.Series(cost)),
        }
    ).with_columns(closed_on=pl.when(pl.Series(closed <= known)).then(pl.Series(firm.calendar.dates[closed])))
    told = told.filter(pl.Series(complains & (opened <= known))).sort("opened_on", "invoice")
    number = pl.concat_str(pl.lit("KL"), (pl.int_range(pl.len()) + 7001).cast(pl.String))
    return told.select(number.alias("complaint"), "opened_on", "closed_on", "customer", "invoice", "cause", "cost")


def _about_to_go(firm: Firm, invoices: pl.DataFrame) -> Flags:
    to_rival = np.isin(np.array(firm.lapses.reason), ["competitor", "faded"])
    customer = invoices["customer"].to_numpy()
    ahead = firm.lapses.starts[customer] - invoices["day"].to_numpy()
    return to_rival[customer] & (ahead < BEFORE_GOING[0])
