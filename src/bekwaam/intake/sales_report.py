"""What a judged file of order lines contains, in counts, amounts and names."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import polars as pl

from bekwaam.terms.money import CENT, MILLI

_NAME_LENGTH: Final = {"name": 200, "description": 300, "product_group": 120, "unit": 20}


def report_counts(
    good: pl.DataFrame, refusals: pl.DataFrame, *, blank: int, repeats: int, orders_made_up: bool
) -> dict[str, int]:
    """Numbers of rows and keys.

    rows_read = rows_good + rows_refused; rows in which nothing stands are in `blank` only. Of the refused rows:
    refused_unknown, whose worth nobody knows. Of the good ones: without_customer, without_product, without_quantity,
    zero_price, negative_price, returns, credits, exact_repeats (beyond the first of each), countries_without_code,
    orders_made_up, customers_by_name (the name is the key), and the distinct orders, customers and products.
    """
    refused = refusals.filter("is_first")
    counted = good.select(
        without_customer=pl.col("customer_number").is_null().sum(),
        without_product=pl.col("product_code").is_null().sum(),
        without_quantity=(~pl.col("has_quantity")).sum(),
        zero_price=_is_free().sum(),
        negative_price=pl.coalesce(pl.col("unit_price") < 0, pl.col("kind") == "credit").sum(),
        returns=(pl.col("kind") == "return").sum(),
        credits=(pl.col("kind") == "credit").sum(),
        countries_without_code=(pl.col("country_as_written").is_not_null() & pl.col("country").is_null()).sum(),
        orders=pl.col("order_number").n_unique(),
        customers=pl.col("customer_number").drop_nulls().n_unique(),
        products=pl.col("product_code").drop_nulls().n_unique(),
    )
    return {
        "rows_read": good.height + refused.height,
        "rows_good": good.height,
        "rows_refused": refused.height,
        "blank": blank,
        "exact_repeats": repeats,
        "refused_unknown": refused["revenue"].null_count(),
        **{name: int(value) for name, value in counted.row(0, named=True).items()},
        "orders_made_up": good["order_number"].n_unique() if orders_made_up else 0,
    }


def _is_free() -> pl.Expr:
    return pl.coalesce(pl.col("unit_price") == 0, pl.col("revenue") == 0)


def report_amounts(good: pl.DataFrame, refusals: pl.DataFrame) -> dict[str, Decimal]:
    """Exact sums: revenue_good, revenue_refused (where known), quantity_good, and cost_good where the file has cost."""
    refused = refusals.filter("is_first")
    sums = {
        "revenue_good": _sum(good["revenue"], CENT),
        "revenue_refused": _sum(refused["revenue"], CENT),
        "quantity_good": _sum(good["quantity"], MILLI),
    }
    has_cost = good["cost"].null_count() < good.height
    return sums | ({"cost_good": _sum(good["cost"], CENT)} if has_cost else {})


def _sum(amounts: pl.Series, step: Decimal) -> Decimal:
    return Decimal(amounts.sum() or 0).quantize(step)


def report_names(good: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Customers (number, name, country), products (code, description, product_group, unit), sellers (code, name),
    territories (code) and countries_without_code (country_as_written, lines).

    One row per key, in order of key. Where a key has several names the one on most lines is taken, then the first in
    the alphabet; null where the file gives none.
    """
    without_code = good.filter(pl.col("country").is_null()).drop_nulls("country_as_written")
    return {
        "customers": _named(good, "customer_number", key="number", name="customer_name", country="country"),
        "products": _named(
            good,
            "product_code",
            key="code",
            description="product_description",
            product_group="product_group",
            unit="unit",
        ),
        "sellers": _named(good, "seller_code", key="code", name="seller_name"),
        "territories": _named(good, "territory_code", key="code"),
        "countries_without_code": without_code.group_by("country_as_written")
        .agg(lines=pl.len())
        .sort("lines", "country_as_written", descending=[True, False]),
    }


def _named(good: pl.DataFrame, column: str, *, key: str, **fields: str) -> pl.DataFrame:
    keys = good.select(pl.col(column).alias(key)).drop_nulls().unique().sort(key)
    for name, source in fields.items():
        usual = _most_usual(good.select(pl.col(column).alias(key), pl.col(source).alias(name)).drop_nulls(), key, name)
        keys = keys.join(usual, on=key, how="left", maintain_order="left")
    return keys


def _most_usual(pairs: pl.DataFrame, key: str, name: str) -> pl.DataFrame:
    counted = pairs.group_by(key, name).len().sort("len", name, descending=[True, False])
    shortened = pl.col(name).str.slice(0, _NAME_LENGTH.get(name, 200))
    return counted.unique(key, keep="first", maintain_order=True).select(key, shortened)
