"""The list of customers: which of them, in which order, page by page. Its state stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bekwaam.records.models import Run
from bekwaam.records.queries import names_of
from bekwaam.terms.actor import Actor
from bekwaam.terms.money import ZERO
from bekwaam.workspaces.customers.models import CustomerReading
from bekwaam.workspaces.customers.queries import SlippingTotal, readings

PAGE_SIZE = 50
ONE_ORDER_DAYS = 90


@dataclass(frozen=True)
class View:
    """A fixed view on the list: a tab."""

    code: str
    title: str | Promise
    condition: Q
    order: str


VIEWS = (
    View("slipping", _("Slipping away"), Q(is_slipping=True), "rank"),
    View("all", _("All customers"), Q(), "revenue"),
    View("without-seller", _("Nobody looks after"), Q(has_seller=False, revenue_year__gt=0), "revenue"),
    View("one-order", _("One order only"), Q(order_days=1, days_silent__gte=ONE_ORDER_DAYS), "revenue"),
)

ORDERS: dict[str, Callable[[], list[Any]]] = {
    "rank": lambda: [F("rank").asc(nulls_last=True), F("expected_loss").desc(nulls_last=True), "customer_number"],
    "revenue": lambda: ["-revenue_year", "customer_number"],
    "chance": lambda: [F("chance_of_order_90d").asc(nulls_last=True), "customer_number"],
    "silent": lambda: ["-days_silent", "customer_number"],
    "number": lambda: ["customer_number"],
}


@dataclass(frozen=True)
class Tab:
    """A view with its count and what its customers brought in a year, as a tab shows it."""

    view: View
    count: int
    revenue_year: Decimal
    is_active: bool


@dataclass(frozen=True)
class Row:
    """One customer in the list."""

    reading: CustomerReading
    name: str


@dataclass(frozen=True)
class Listing:
    """One page of the list with everything around it; `total` is of the call list, whatever view is shown."""

    tabs: list[Tab]
    active: Tab
    order: str
    page: Page
    rows: list[Row]
    total: SlippingTotal
    has_chances: bool


class CountedPaginator(Paginator):
    """A paginator that was told how many rows there are, and need not ask."""

    def __init__(self, rows: QuerySet[CustomerReading], *, known: int) -> None:
        self.count = known
        super().__init__(rows, PAGE_SIZE)


def listing(run: Run, actor: Actor, asked: Mapping[str, str]) -> Listing:
    """The page that the address asks for; what the address does not know falls back to the first."""
    every = readings(run, actor)
    sums = every.aggregate(**_SUMS)
    tabs = _tabs(sums, asked.get("view", ""))
    active = next(tab for tab in tabs if tab.is_active)
    order = asked.get("order", "")
    order = order if order in ORDERS else active.view.order
    found = every.filter(active.view.condition).order_by(*ORDERS[order]())
    page = CountedPaginator(found, known=active.count).get_page(asked.get("page"))
    rows = list(page.object_list)
    names = names_of("customers", [row.customer_number for row in rows], actor)
    return Listing(
        tabs=tabs,
        active=active,
        order=order,
        page=page,
        rows=[Row(row, names[row.customer_number]) for row in rows],
        total=_total(sums, actor),
        has_chances=sums["chances"] > 0,
    )


def _sums() -> dict[str, Any]:
    """Everything that the page counts, asked in one go."""
    asked: dict[str, Any] = {
        "owned": Count("pk", filter=Q(has_seller=True)),
        "chances": Count("chance_of_order_90d"),
        "profit": Sum("gross_profit_year", filter=Q(is_slipping=True)),
        "with_profit": Count("gross_profit_year", filter=Q(is_slipping=True)),
    }
    for view in VIEWS:
        asked[f"count_{view.code}"] = Count("pk", filter=view.condition)
        asked[f"revenue_{view.code}"] = Sum("revenue_year", filter=view.condition)
    return asked


_SUMS = _sums()


def _tabs(sums: Mapping[str, Any], asked: str) -> list[Tab]:
    views = [view for view in VIEWS if view.code != "without-seller" or sums["owned"]]
    active = asked if asked in {view.code for view in views} else views[0].code
    return [
        Tab(view, sums[f"count_{view.code}"], sums[f"revenue_{view.code}"] or ZERO, view.code == active)
        for view in views
    ]


def _total(sums: Mapping[str, Any], actor: Actor) -> SlippingTotal:
    count = sums["count_slipping"]
    knows_profit = count > 0 and actor.sees_cost and sums["with_profit"] == count
    return SlippingTotal(
        count=count,
        revenue_year=sums["revenue_slipping"] or ZERO,
        gross_profit_year=sums["profit"] if knows_profit else None,
    )
