"""The nameless snapshots of customers, products and sellers that a data version keeps."""

from __future__ import annotations

from typing import Any

import polars as pl

from bekwaam.records.models import Customer, Membership, Product, Seller


def dimension_tables() -> dict[str, pl.DataFrame]:
    """The records as they are now, without a name: table → one row per key, with the columns of `facts.schema`."""
    customers = Customer.objects.values_list(
        "number", "seller__code", "territory__code", "segment", "customer_group", "market_type"
    )
    products = Product.objects.values_list("code", "product_group", "unit")
    sellers = Seller.objects.values_list("code", "territory__code")
    teams = dict(
        Membership.objects.filter(ends_on__isnull=True).order_by("pk").values_list("seller__code", "team__code")
    )
    return {
        "customers": _frame(
            ["customer_number", "seller_code", "territory_code", "segment", "customer_group", "market_type"],
            [tuple(row) for row in customers],
        ).with_columns(team_code=pl.col("seller_code").replace_strict(teams, default=None, return_dtype=pl.String)),
        "products": _frame(["product_code", "product_group", "unit"], [tuple(row) for row in products]),
        "sellers": _frame(
            ["seller_code", "team_code", "territory_code"],
            [(code, teams.get(code), territory) for code, territory in sellers],
        ),
    }


def _frame(columns: list[str], rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row").with_columns(
        pl.col(columns).replace("", None)
    )
