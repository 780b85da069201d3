"""The list of opportunities: those that are open first, by the day on which they are expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, CharField, Count, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bekwaam.frame.days import day
from bekwaam.frame.formats import whole_number
from bekwaam.frame.lists import (
    CHOICE,
    DATE,
    MONEY,
    NUMBER,
    TEXT,
    YES_NO,
    Column,
    FixedView,
    ListDefinition,
    Stamps,
)
from bekwaam.records import stages
from bekwaam.records.models import Opportunity, OpportunitySeller
from bekwaam.records.models.party import MarketType
from bekwaam.records.stamps import stamp_for
from bekwaam.terms.actor import Actor
from bekwaam.workspaces.customers.columns import sellers

OPEN = ("opportunity", "stage", "amount", "expected", "seller")
CLOSED = ("opportunity", "stage", "amount", "closed", "reason", "competitor", "seller")


def opportunity_list(actor: Actor) -> ListDefinition:
    """Every opportunity that the actor may read."""
    today, moving = timezone.localdate(), stamp_for(actor, Opportunity)
    return ListDefinition(
        code="opportunities",
        title=gettext_lazy("Opportunities"),
        rows=_rows(actor),
        columns=tuple(_columns(actor)),
        views=_views(today),
        key="number",
        key_title=gettext_lazy("Opportunity number"),
        url=reverse("opportunities"),
        stamps=Stamps(fixed=moving, moving=moving),
        counted=_counted,
        link=lambda key: reverse("opportunity", args=[key]),
        parameters={"today": today},
    )


def _rows(actor: Actor) -> QuerySet[Any]:
    """With the seller who has the largest share, and how many there are: a join would count a row for each."""
    shares = OpportunitySeller.scoped(actor).filter(opportunity=OuterRef("pk")).order_by("-share", "pk")
    name = Coalesce(NullIf("seller__name", Value("")), "seller__code", output_field=CharField())
    count = shares.order_by().values("opportunity").annotate(n=Count("pk")).values("n")
    return Opportunity.scoped(actor).annotate(
        is_open=ExpressionWrapper(~Q(stage__in=stages.CLOSED), output_field=BooleanField()),
        first_seller=Subquery(shares.values("seller__code")[:1]),
        first_seller_name=Subquery(shares.annotate(shown=name).values("shown")[:1]),
        seller_count=Subquery(count),
    )


def _views(today: date) -> tuple[FixedView, ...]:
    late = f"expected:until:{today - timedelta(days=1)}"
    return (
        FixedView("open", gettext_lazy("Still open"), ("open:is:yes",), "expected", OPEN, is_summed=True),
        FixedView("late", gettext_lazy("Past their day"), ("open:is:yes", late), "expected", OPEN),
        FixedView("won", stages.stage_of(stages.WON).title, ("stage:is:won",), "-closed", CLOSED),
        FixedView("lost", stages.stage_of(stages.LOST).title, ("stage:is:lost",), "-closed", CLOSED),
        FixedView("all", gettext_lazy("All opportunities"), (), "-opened", (*OPEN, "opened", "closed")),
    )


def _columns(actor: Actor) -> Iterator[Column]:
    yield Column(
        code="opportunity",
        title=gettext_lazy("Opportunity"),
        kind=TEXT,
        path="title",
        also={"number": "number", "customer": "customer__name", "customer_number": "customer__number"},
        draw=lambda row, _given: row["value"] or _("Opportunity %(number)s") % {"number": row["number"]},
        under=lambda row, _given: f"{row['customer'] or row['customer_number']} · {row['number']}",
    )
    yield Column(code="customer", title=gettext_lazy("Customer"), kind=TEXT, path="customer__name", has_gaps=True)
    yield Column(
        code="stage",
        title=gettext_lazy("Stage"),
        kind=CHOICE,
        path="stage",
        choices=stages.choices,
        label=stages.title_of,
    )
    yield Column(code="amount", title=gettext_lazy("Amount"), kind=MONEY, path="amount", has_gaps=True, has_total=True)
    yield Column(
        code="expected",
        title=gettext_lazy("Expected on"),
        kind=DATE,
        path="expected_on",
        has_gaps=True,
        is_indexed=True,
        also={"is_open": "is_open"},
        draw=_expected,
    )
    yield Column(
        code="seller",
        title=gettext_lazy("Seller"),
        kind=CHOICE,
        path="first_seller_name",
        filter_path="first_seller",
        has_gaps=True,
        also={"count": "seller_count"},
        choices=lambda: sellers(actor),
        draw=_sellers,
    )
    yield Column(
        code="market",
        title=gettext_lazy("Market type"),
        kind=CHOICE,
        path="market_type",
        choices=lambda: MarketType.choices,
    )
    yield Column(code="open", title=gettext_lazy("Still open"), kind=YES_NO, path="is_open")
    yield Column(code="opened", title=gettext_lazy("Opened on"), kind=DATE, path="opened_on")
    yield Column(code="closed", title=gettext_lazy("Closed on"), kind=DATE, path="closed_on", has_gaps=True)
    yield Column(
        code="estimate",
        title=gettext_lazy("Own estimate"),
        remark=gettext_lazy("of a hundred"),
        kind=NUMBER,
        path="estimate",
        has_gaps=True,
    )
    yield Column(code="competitor", title=gettext_lazy("Competitor"), kind=TEXT, path="competitor", has_gaps=True)
    yield Column(code="reason", title=gettext_lazy("Reason"), kind=TEXT, path="reason", has_gaps=True)


def _expected(row: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    value = row["value"]
    if value is None:
        return ""
    if not row["is_open"] or value >= given["today"]:
        return day(value)
    return format_html('{} <span class="is-late">{}</span>', day(value), _("past"))


def _sellers(row: Mapping[str, Any], _given: Mapping[str, Any]) -> str:
    if not row["value"]:
        return ""
    others = (row["count"] or 1) - 1
    if not others:
        return str(row["value"])
    return _("%(name)s and %(count)s more") % {"name": row["value"], "count": others}


def _counted(count: int) -> str:
    return ngettext("%(words)s opportunity", "%(words)s opportunities", count) % {"words": whole_number(count)}
