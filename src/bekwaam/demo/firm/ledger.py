"""The ledger: per month what was sold and cost, what customers owe, what lies in stock, and what selling cost."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from bekwaam.demo.firm.calendar import Calendar
from bekwaam.intake.order_lines import MONEY, money_from_cents
from bekwaam.terms.month import Month

ACCOUNTS: Final = {
    "8000": "Omzet",
    "7000": "Kostprijs verkopen",
    "1300": "Debiteuren",
    "3000": "Voorraad",
    "4000": "Personeelskosten verkoop",
    "4400": "Verkoopkosten",
    "4410": "Beurskosten",
    "4500": "Overige bedrijfskosten",
}
BALANCES: Final = ("1300", "3000")
STOCK_MONTHS: Final = 2.6
"""Months of cost that lie in stock, falling slowly to what a better forecast allows."""
MONTHLY: Final = {"4000": (6_200_000, 0.02), "4400": (1_850_000, 0.15), "4500": (7_400_000, 0.05)}
"""Cents a month, and by how much they differ from month to month."""


def table(
    draw: np.random.Generator,
    lines: pl.DataFrame,
    invoices: pl.DataFrame,
    fairs: tuple[pl.DataFrame, pl.DataFrame],
    calendar: Calendar,
) -> pl.DataFrame:
    """`month` (its first day)`, account, name, amount`: whole months only.

    Debtors and stock are balances at the month's end, the others what passed in the month.
    """
    months = [month.first for month in Month.of(calendar.first).until(Month.of(calendar.until))]
    of_month = lines.group_by(month=pl.col("date").dt.truncate("1mo")).agg(pl.col("revenue", "cost").sum())
    sums = {row["month"]: row for row in of_month.iter_rows(named=True)}
    parts = [
        _part("8000", months, pl.Series([sums[month]["revenue"] for month in months], dtype=MONEY)),
        _part("7000", months, pl.Series([sums[month]["cost"] for month in months], dtype=MONEY)),
        _part("1300", months, pl.Series([_owed(invoices, month) for month in months], dtype=MONEY)),
        _part("3000", months, _stock(draw, [float(sums[month]["cost"]) for month in months])),
        _part("4410", months, pl.Series([_spent(*fairs, month) for month in months], dtype=MONEY)),
        *(_part(account, months, _running(draw, account, len(months))) for account in MONTHLY),
    ]
    return pl.concat(parts).sort("month", "account")


def _part(account: str, months: list[date], amounts: pl.Series) -> pl.DataFrame:
    told = pl.DataFrame({"month": months, "amount": amounts})
    return told.select("month", account=pl.lit(account), name=pl.lit(ACCOUNTS[account]), amount="amount")


def _owed(invoices: pl.DataFrame, month: date) -> object:
    """What was invoiced by the month's end and not yet paid then."""
    ends = Month.of(month).plus(1).first
    is_open = (pl.col("date") < ends) & (pl.col("paid_on").is_null() | (pl.col("paid_on") >= ends))
    return invoices.filter(is_open)["amount"].sum()


def _stock(draw: np.random.Generator, cost: list[float]) -> pl.Series:
    usual = np.convolve(cost, np.ones(3) / 3, "same") * STOCK_MONTHS
    falling = usual * np.linspace(1, 0.88, len(cost)) * draw.normal(1, 0.02, len(cost))
    return money_from_cents(pl.Series(np.round(falling * 100).astype(np.int64)))


def _spent(fairs: pl.DataFrame, costs: pl.DataFrame, month: date) -> object:
    held = fairs.filter(pl.col("starts_on").dt.truncate("1mo") == month)
    return costs.join(held, on="fair", how="semi")["amount"].sum()


def _running(draw: np.random.Generator, account: str, months: int) -> pl.Series:
    usual, spread = MONTHLY[account]
    rising = usual * 1.03 ** (np.arange(months) / 12) * draw.normal(1, spread, months)
    return money_from_cents(pl.Series(np.round(rising).astype(np.int64)))
