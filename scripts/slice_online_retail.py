"""Cut the slice of Online Retail that ships with Bekwaam: 5,000 lines with every kind of dirt of the whole file.

    slice_online_retail.py [SOURCE [TARGET]]

The source is the public data beside the checkout. The cut is stratified and seeded, so that it comes out the same
each time: all orders of chosen customers (many with a rhythm of their own, some that fell silent, some that came
once, and every country but a few), and whole orders without a customer, spread over the months. Whole orders only: no
order is torn, so totals per order stay true.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT.parent / "shared" / "data" / "retention" / "online_retail.parquet"
TARGET = ROOT / "tests" / "data" / "online_retail_slice.csv"
LINES = 5_000
SEED = 20_111_209
SILENT_SINCE = date(2011, 9, 15)
BAD_DEBT = ["A563185", "A563186", "A563187"]
IN_TWO_COUNTRIES = 12_394
LARGEST_AMOUNT = 5_000
AMOUNT = (pl.col("Quantity") * pl.col("UnitPrice")).abs()


def cut(lines: pl.DataFrame) -> pl.DataFrame:
    """The slice, in the order of the file."""
    named = pl.col("CustomerID").is_in(chosen_customers(lines).implode())
    kept = lines.filter(named | pl.col("InvoiceNo").is_in([*BAD_DEBT, *nameless_orders(lines)]))
    missing = LINES - len(kept)
    if missing < 0:
        raise SystemExit(f"The strata hold {len(kept)} lines, more than {LINES}.")
    fill = filling_orders(lines.filter(~pl.col("row").is_in(kept["row"].implode())), missing)
    return pl.concat([kept, lines.filter(pl.col("InvoiceNo").is_in(fill))]).sort("row").drop("row")


def chosen_customers(lines: pl.DataFrame) -> pl.Series:
    """The customers whose whole history is kept."""
    sold = pl.col("Quantity") > 0
    day = pl.col("InvoiceDate").dt.date()
    customers = (
        lines.filter(pl.col("CustomerID").is_not_null())
        .group_by("CustomerID")
        .agg(
            lines=pl.len(),
            days=day.filter(sold).n_unique(),
            last=day.filter(sold).max(),
            country=pl.col("Country").first(),
            largest=AMOUNT.max(),
        )
        .filter(pl.col("largest") <= LARGEST_AMOUNT)
        .sort("CustomerID")
    )
    strata = [
        customers.filter((pl.col("days") >= 8) & (pl.col("lines") <= 85)),
        drawn(customers.filter((pl.col("days") >= 6) & (pl.col("last") < SILENT_SINCE) & (pl.col("lines") <= 90)), 12),
        drawn(customers.filter(pl.col("days").is_between(2, 7) & (pl.col("lines") <= 40)), 30),
        drawn(customers.filter((pl.col("days") == 1) & (pl.col("lines") <= 15)), 20),
        customers.filter(pl.col("lines") <= 60)
        .group_by("country", maintain_order=True)
        .first()
        .select(customers.columns),
        customers.filter(pl.col("CustomerID") == IN_TWO_COUNTRIES),
    ]
    return pl.concat(strata)["CustomerID"].unique().sort()


def drawn(customers: pl.DataFrame, count: int) -> pl.DataFrame:
    """So many of them, the same each time."""
    return customers.sample(min(count, len(customers)), seed=SEED)


def nameless_orders(lines: pl.DataFrame) -> list[str]:
    """Orders without a customer: per month one of several lines, two without a price and a cancellation."""
    orders = (
        lines.filter(pl.col("CustomerID").is_null())
        .group_by("InvoiceNo")
        .agg(
            lines=pl.len(),
            month=pl.col("InvoiceDate").dt.strftime("%Y-%m").first(),
            free=(pl.col("UnitPrice") == 0).all(),
            back=pl.col("InvoiceNo").first().str.starts_with("C"),
            largest=AMOUNT.max(),
        )
        .sort("InvoiceNo")
    )
    several = orders.filter(~pl.col("back") & ~pl.col("free") & pl.col("lines").is_between(8, 30))
    free = orders.filter(pl.col("free") & ~pl.col("back"))
    back = orders.filter(pl.col("back") & (pl.col("lines") <= 10) & (pl.col("largest") <= 300))
    found = [*per_month(several, 1), *per_month(free, 2), *per_month(back, 1)]
    return sorted(set(found))


def per_month(orders: pl.DataFrame, count: int) -> list[str]:
    """So many orders of each month."""
    mixed = orders.sample(fraction=1, shuffle=True, seed=SEED)
    return mixed.group_by("month", maintain_order=True).head(count)["InvoiceNo"].to_list()


def filling_orders(lines: pl.DataFrame, missing: int) -> list[str]:
    """Small orders without a customer that together hold exactly the lines still missing."""
    orders = (
        lines.filter(pl.col("CustomerID").is_null()).group_by("InvoiceNo").agg(lines=pl.len(), largest=AMOUNT.max())
    )
    small = orders.filter((pl.col("lines") <= 25) & (pl.col("largest") <= 300)).sort("InvoiceNo")
    fill: list[str] = []
    for number, count in small.select("InvoiceNo", "lines").sample(fraction=1, shuffle=True, seed=SEED).iter_rows():
        if count <= missing:
            fill.append(number)
            missing -= count
    return fill


def read(source: Path) -> pl.DataFrame:
    """The whole file, with plain text and the place of each row."""
    texts = ["InvoiceNo", "StockCode", "Description", "Country"]
    return pl.read_parquet(source).with_columns(pl.col(texts).cast(pl.String)).with_row_index("row")


def main(arguments: list[str]) -> int:
    source, target = [*map(Path, arguments), *(SOURCE, TARGET)[len(arguments) :]]
    if not source.is_file():
        raise SystemExit(f"{source.name} is not there; give its place as the first argument.")
    cut(read(source)).write_csv(target, datetime_format="%Y-%m-%d %H:%M:%S")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
