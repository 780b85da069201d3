"""A small list over products, for tests of the machinery itself."""

from __future__ import annotations

from typing import Any

from bekwaam.frame.lists import CHOICE, DATE, MONEY, NUMBER, SHARE, TEXT, YES_NO, Column, FixedView, ListDefinition
from bekwaam.frame.lists.definition import Stamps

COLUMNS = (
    Column(code="name", title="Name", kind=TEXT, path="description"),
    Column(code="group", title="Group", kind=CHOICE, path="product_group", has_gaps=True, choices=lambda: [("A", "A")]),
    Column(code="amount", title="Amount", kind=MONEY, path="amount", has_gaps=True, has_total=True),
    Column(code="days", title="Days", kind=NUMBER, path="days"),
    Column(code="chance", title="Chance", kind=SHARE, path="chance", has_gaps=True),
    Column(code="last", title="Last", kind=DATE, path="last", has_gaps=True),
    Column(code="late", title="Late", kind=YES_NO, path="late"),
)
VIEWS = (
    FixedView("late", "Late", filters=("late:is:yes",), sort="-amount", columns=("name", "amount")),
    FixedView("all", "All", sort="name", columns=("name", "group", "amount")),
)


def small_list(rows: Any = None, *, columns: tuple[Column, ...] = COLUMNS) -> ListDefinition:
    """A list whose columns are of every kind; without rows it is for reading addresses only."""
    from bekwaam.records.models import Product

    return ListDefinition(
        code="small",
        title="Small",
        rows=Product.objects.none() if rows is None else rows,
        columns=columns,
        views=VIEWS,
        key="code",
        url="/small/",
        stamps=Stamps("1", "1"),
        counted=lambda count: f"{count} rows",
    )
