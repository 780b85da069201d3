"""The tables of the store: columns, types, and what a row must have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

SALES_COLUMNS: Final[Mapping[str, str]] = {
    "line_id": "BIGINT",
    "order_number": "VARCHAR",
    "line_number": "VARCHAR",
    "order_date": "DATE",
    "customer_number": "VARCHAR",
    "product_code": "VARCHAR",
    "seller_code": "VARCHAR",
    "territory_code": "VARCHAR",
    "country": "VARCHAR",
    "country_as_written": "VARCHAR",
    "quantity": "DECIMAL(18,3)",
    "unit": "VARCHAR",
    "revenue": "DECIMAL(18,2)",
    "cost": "DECIMAL(18,2)",
    "currency": "VARCHAR",
    "kind": "VARCHAR",
    "batch_id": "VARCHAR",
}
"""One row per order line: column → DuckDB type.

`line_id` is batch number × 100,000,000 + row in the file. `quantity` is in `unit`, `revenue` and `cost` in
`currency`; `kind` is sale, return or credit, and the last two have a negative revenue. `country` is ISO 3166
alpha-2, or null beside `country_as_written`.
"""

RETRACTED_COLUMNS: Final[Mapping[str, str]] = {"line_id": "BIGINT", "batch_id": "VARCHAR"}
"""One row per line that a later batch took away. The current lines are `sales` without these."""

DIMENSIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "customers": dict.fromkeys(
        (
            "customer_number",
            "seller_code",
            "territory_code",
            "segment",
            "customer_group",
            "market_type",
            "team_code",
        ),
        "VARCHAR",
    ),
    "products": dict.fromkeys(("product_code", "product_group", "unit"), "VARCHAR"),
    "sellers": dict.fromkeys(("seller_code", "team_code", "territory_code"), "VARCHAR"),
}
"""Nameless snapshots, one row per key (the first column); written whole, so that old figures keep their assignment."""

TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "sales": SALES_COLUMNS,
    "retracted": RETRACTED_COLUMNS,
    **DIMENSIONS,
}
"""Every table of the store, in the order in which a batch writes them."""

REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "sales": ("line_id", "order_number", "order_date", "quantity", "revenue", "currency", "kind", "batch_id"),
    "retracted": ("line_id", "batch_id"),
    "customers": ("customer_number",),
    "products": ("product_code",),
    "sellers": ("seller_code",),
}
"""The columns that are never null. The first is unique within the rows of one batch."""


class ArrowTable(Protocol):
    """Anything with an Arrow C stream: a polars frame, a pyarrow table."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows as an Arrow C stream."""
