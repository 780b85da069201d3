"""The lists of this room: customers as the run in force sees them, and products."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from bekwaam.access.policy import reach_of
from bekwaam.frame.formats import whole_number
from bekwaam.frame.lists import (
    BulkField,
    FixedView,
    ListDefinition,
    ListPage,
    ListPlace,
    Stamps,
    seen_columns,
)
from bekwaam.records.custom import fields_of
from bekwaam.records.models import CustomField, Product
from bekwaam.records.models.party import MarketType
from bekwaam.records.owning import writable
from bekwaam.records.stamps import stamp_for, stamp_of
from bekwaam.terms.actor import Actor
from bekwaam.terms.money import ZERO
from bekwaam.workspaces.customers.columns import customer_columns, product_columns, sellers, territories
from bekwaam.workspaces.customers.opportunities.listed import opportunity_list
from bekwaam.workspaces.customers.own_columns import own_columns, own_values
from bekwaam.workspaces.customers.queries import SlippingTotal, readings, run_in_force
from bekwaam.workspaces.customers.tasks.listed import task_list

SLIPPING_COLUMNS = ("customer", "stake", "rhythm", "usual", "silent", "chance")
REVENUE_COLUMNS = ("customer", "revenue", "rhythm", "usual", "silent", "chance")

CUSTOMER_VIEWS = (
    FixedView(
        "slipping",
        gettext_lazy("Slipping away"),
        filters=("slipping:is:yes",),
        sort="rank,-expected-loss,-revenue",
        columns=SLIPPING_COLUMNS,
        is_summed=True,
    ),
    FixedView("all", gettext_lazy("All customers"), sort="-revenue", columns=REVENUE_COLUMNS),
    FixedView(
        "without-seller",
        gettext_lazy("Nobody looks after"),
        filters=("ordered-with-seller:is:no", "seller:empty", "revenue:above:0"),
        sort="-revenue",
        columns=REVENUE_COLUMNS,
        only_if="ordered-with-seller:is:yes",
    ),
    FixedView(
        "one-order",
        gettext_lazy("One order only"),
        filters=("order-days:is:1", "silent:above:90", "revenue:above:0"),
        sort="-revenue",
        columns=("customer", "revenue", "last", "silent", "chance"),
    ),
)


def customer_list(actor: Actor) -> ListDefinition | None:
    """The customers of the run in force; None before the first."""
    run = run_in_force(actor)
    return None if run is None else customers_of(run, actor)


def customers_of(run: Any, actor: Actor, *, home: str = "", own: Sequence[CustomField] | None = None) -> ListDefinition:
    """The customers as this run sees them. Readings drive it: they are what people sort and filter by.

    `home` is the country of the company; `own` its own fields, where the page has read them already.
    """
    if own is None:
        own = fields_of("customers", actor) if run.has_own_fields else []
    fixed = f"{run.pk}·{run.ended_at}·{run.in_trash}·{run.last_thrown_away}"
    return ListDefinition(
        code="customers",
        title=gettext_lazy("Customers"),
        # A filter "above so much" holds for most rows: by the index SQLite would fetch them one by one, which takes
        # four times as long at 100,000 as reading them all. So filters compare what no index has.
        rows=readings(run, actor).alias(
            any_revenue=Coalesce("revenue_year", "revenue_year"),
            any_silence=Coalesce("days_silent", "days_silent"),
            **own_values(own, "customer__custom"),
        ),
        columns=seen_columns([*customer_columns(run, actor), *own_columns(own)], actor),
        views=CUSTOMER_VIEWS,
        key="customer_number",
        key_title=gettext_lazy("Customer number"),
        url=reverse("customers"),
        stamps=Stamps(fixed=fixed, moving=f"{fixed}·{stamp_of(run)}"),
        counted=_customers,
        link=lambda key: reverse("customer", args=[key]),
        preview=lambda key: reverse("customer_preview", args=[key]),
        bulk=_bulk_fields(actor),
        writable=writable(actor, "customer__"),
        stand=run,
        parameters={"as_of": run.as_of, "home": home},
    )


def slipping_total_of(page: ListPage, run: Any) -> SlippingTotal:
    """What the answer above the list says: the count and the total of its first view, whatever view is open."""
    found = page.views["slipping"]
    stake = found.totals["stake"] or ZERO
    by_profit = "profit" in found.totals and run.knows_cost
    return SlippingTotal(
        count=found.count,
        revenue_year=found.totals["revenue"] or ZERO,
        gross_profit_year=stake if by_profit else None,
    )


def _customers(count: int) -> str:
    return ngettext("%(words)s customer", "%(words)s customers", count) % {"words": whole_number(count)}


def _bulk_fields(actor: Actor) -> tuple[BulkField, ...]:
    return (
        BulkField("seller", gettext_lazy("Looked after by"), lambda: sellers(actor)),
        BulkField("territory", gettext_lazy("Territory"), lambda: territories(actor)),
        BulkField("segment", gettext_lazy("Segment")),
        BulkField("customer_group", gettext_lazy("Customer group")),
        BulkField("market_type", gettext_lazy("Market type"), lambda: MarketType.choices, is_clearable=False),
    )


def product_list(actor: Actor, *, own: Sequence[CustomField] | None = None) -> ListDefinition:
    """Every product on offer."""
    own = fields_of("products", actor) if own is None else own
    moving = stamp_for(actor, Product)
    return ListDefinition(
        code="products",
        title=gettext_lazy("Products"),
        rows=_products(actor).alias(**own_values(own, "custom")),
        columns=seen_columns([*product_columns(actor), *own_columns(own)], actor),
        views=(
            FixedView("all", gettext_lazy("All products"), sort="code", columns=("product", "code", "group", "unit")),
            FixedView(
                "without-group",
                gettext_lazy("Without a product group"),
                filters=("group:empty",),
                sort="code",
                columns=("product", "code", "unit"),
            ),
        ),
        key="code",
        url=reverse("products"),
        stamps=Stamps(fixed=moving, moving=moving),
        counted=_products_counted,
        link=lambda key: reverse("product", args=[key]),
        bulk=(BulkField("product_group", gettext_lazy("Product group")),),
        writable=writable(actor) if reach_of(actor, "customers.write") == "all" else None,
    )


def _products(actor: Actor) -> QuerySet[Any]:
    return Product.scoped(actor)


def _products_counted(count: int) -> str:
    return ngettext("%(words)s product", "%(words)s products", count) % {"words": whole_number(count)}


LISTS = (
    ListPlace("customers", gettext_lazy("Customers"), "customers", "customers.read", customer_list),
    ListPlace("products", gettext_lazy("Products"), "products", "customers.read", product_list),
    ListPlace("opportunities", gettext_lazy("Opportunities"), "opportunities", "opportunities.read", opportunity_list),
    ListPlace("tasks", gettext_lazy("Tasks"), "tasks", "tasks.read", task_list),
)
