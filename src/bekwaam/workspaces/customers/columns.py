"""The columns of this room's lists: what people may see, sort and filter by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import CharField, ExpressionWrapper, F, FloatField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Greatest, NullIf
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bekwaam.frame.formats import country_name, whole_number
from bekwaam.frame.lists import (
    CHOICE,
    DATE,
    MONEY,
    NUMBER,
    PICTURE,
    SHARE,
    TEXT,
    YES_NO,
    Column,
)
from bekwaam.frame.templatetags.pictures import rhythm
from bekwaam.records.models import Customer, Product, Seller, Territory
from bekwaam.records.models.party import MarketType
from bekwaam.terms.actor import Actor


def customer_columns(run: Any, actor: Actor) -> Iterator[Column]:
    """Of customers: who they are, what they bring, their rhythm."""
    yield Column(
        code="customer",
        title=gettext_lazy("Customer"),
        kind=TEXT,
        path="customer__name",
        also={
            "number": "customer_number",
            "city": "customer__city",
            "country": "customer__country",
            "seller": "customer__seller__name",
            "seller_code": "customer__seller__code",
        },
        draw=lambda row, _given: row["value"] or _("Customer %(number)s") % {"number": row["number"]},
        under=_place,
    )
    yield from _money(run, actor)
    yield from _rhythm()
    yield from _record_columns(actor)


def _place(row: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """Where the customer is and who looks after him: "Bocholt (DE) · AM Duitsland". At home needs no saying."""
    country = "" if row["country"] == given["home"] else row["country"]
    city = f"{row['city']} ({country})" if row["city"] and country else row["city"] or country_name(country or "")
    return " · ".join(part for part in (city, row["seller"] or row["seller_code"]) if part)


def _money(run: Any, actor: Actor) -> Iterator[Column]:
    by_profit = run.knows_cost and actor.sees_cost
    yield Column(
        code="stake",
        title=gettext_lazy("At stake"),
        remark=gettext_lazy("gross profit a year") if by_profit else gettext_lazy("revenue a year"),
        kind=MONEY,
        path="gross_profit_year" if by_profit else "revenue_year",
        filter_path="" if by_profit else "any_revenue",
        is_fixed=True,
        is_indexed=not by_profit,
        has_gaps=by_profit,
        has_total=True,
    )
    yield Column(
        code="revenue",
        title=gettext_lazy("Revenue a year"),
        kind=MONEY,
        path="revenue_year",
        filter_path="any_revenue",
        is_fixed=True,
        is_indexed=True,
        has_total=True,
    )
    yield Column(
        code="profit",
        title=gettext_lazy("Gross profit a year"),
        kind=MONEY,
        path="gross_profit_year",
        is_fixed=True,
        has_gaps=True,
        has_total=True,
        needs="cost",
    )
    yield Column(
        code="expected-loss",
        title=gettext_lazy("Expected loss"),
        kind=MONEY,
        path=_loss_in_profit() if by_profit else "expected_loss",
        filter_path="" if by_profit else "expected_loss",
        is_filterable=not by_profit,
        is_fixed=True,
        has_gaps=True,
        has_total=True,
    )
    # Where the run is measured in gross profit, the order itself would tell who brings it.
    yield Column(
        code="rank",
        title=gettext_lazy("Place on the call list"),
        kind=NUMBER,
        path="rank",
        is_fixed=True,
        is_indexed=True,
        has_gaps=True,
        needs="cost" if run.knows_cost else "",
    )


def _loss_in_profit() -> Combinable:
    """`CustomerReading.loss_for` of who may see cost, for all rows at once."""
    profit = Greatest(Cast("gross_profit_year", FloatField()), 0.0)
    return ExpressionWrapper(profit * (1.0 - F("chance_of_order_90d")), output_field=FloatField())


def _rhythm() -> Iterator[Column]:
    yield Column(
        code="rhythm",
        title=gettext_lazy("Rhythm, 18 months"),
        kind=PICTURE,
        path="recent_order_days",
        also={"days": "recent_order_days", "low": "usual_low_days", "high": "usual_high_days"},
        draw=_rhythm_strip,
        is_sortable=False,
        is_filterable=False,
        is_fixed=True,
    )
    yield _reading("slipping", gettext_lazy("Rhythm"), YES_NO, "is_slipping", finds_few=True, label=_rhythm_words)
    yield _reading("usual", gettext_lazy("Usual, days"), NUMBER, "own_rhythm_days", has_gaps=True)
    yield _reading(
        "silent",
        gettext_lazy("Silent, days"),
        NUMBER,
        "days_silent",
        filter_path="any_silence",
        is_indexed=True,
        draw=_strong_number,
    )
    yield _reading("chance", gettext_lazy("Chance of an order in 90 days"), SHARE, "chance_of_order_90d", has_gaps=True)
    yield _reading("usual-chance", gettext_lazy("Usual chance"), SHARE, "usual_chance_90d", has_gaps=True)
    yield _reading("last", gettext_lazy("Last order"), DATE, "last_order")
    yield _reading("first", gettext_lazy("First order"), DATE, "first_order")
    yield _reading("order-days", gettext_lazy("Days with orders"), NUMBER, "order_days")
    yield _reading("ordered-with-seller", gettext_lazy("Seller in the orders"), YES_NO, "has_seller")


def _reading(code: str, title: Any, kind: str, path: str, **more: Any) -> Column:
    return Column(code=code, title=title, kind=kind, path=path, is_fixed=True, **more)


def _rhythm_words(value: str) -> str:
    return _("broken") if value == "yes" else _("as usual")


def _strong_number(row: Mapping[str, Any], _given: Mapping[str, Any]) -> str:
    return format_html("<strong>{}</strong>", whole_number(row["value"]))


def _rhythm_strip(row: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    return _strip(tuple(row["days"] or ()), given["as_of"], row["low"], row["high"], get_language() or "")


@lru_cache(maxsize=2048)
def _strip(days: tuple[str, ...], until: date, low: float | None, high: float | None, _language: str) -> str:
    """One strip, drawn once: a page of fifty takes eight milliseconds otherwise, and none of it changes in a run."""
    return get_template("frame/_rhythm.html").render(rhythm(days, until=until, low=low, high=high))


def _record_columns(actor: Actor) -> Iterator[Column]:
    yield Column(code="number", title=gettext_lazy("Customer number"), kind=TEXT, path="customer_number", is_fixed=True)
    yield Column(code="city", title=gettext_lazy("City"), kind=TEXT, path="customer__city", has_gaps=True)
    yield _chosen("country", gettext_lazy("Country"), actor, label=country_name)
    yield _chosen("segment", gettext_lazy("Segment"), actor)
    yield _chosen("customer_group", gettext_lazy("Customer group"), actor, code="group")
    yield Column(
        code="market",
        title=gettext_lazy("Market type"),
        kind=CHOICE,
        path="customer__market_type",
        choices=lambda: MarketType.choices,
    )
    yield _linked("seller", gettext_lazy("Looked after by"), lambda: sellers(actor))
    yield _linked("territory", gettext_lazy("Territory"), lambda: territories(actor))


def _chosen(field: str, title: Any, actor: Actor, *, code: str = "", label: Any = None) -> Column:
    """A text of the customer that repeats itself: its filter offers what occurs."""

    def occurring() -> Iterator[tuple[str, str]]:
        every = Customer.scoped(actor).exclude(**{field: ""}).order_by(field)
        for value in every.values_list(field, flat=True).distinct():
            yield value, label(value) if label else value

    return Column(
        code=code or field,
        title=title,
        kind=CHOICE,
        path=f"customer__{field}",
        has_gaps=True,
        choices=occurring,
        label=label,
    )


def _linked(field: str, title: Any, choices: Any) -> Column:
    """What the customer points at, by the name or else the code of it."""
    path = f"customer__{field}"
    shown = Coalesce(NullIf(f"{path}__name", Value("")), f"{path}__code", output_field=CharField())
    return Column(
        code=field,
        title=title,
        kind=CHOICE,
        path=shown,
        filter_path=f"{path}__code",
        gap_path=path,
        has_gaps=True,
        choices=choices,
    )


def sellers(actor: Actor) -> list[tuple[str, str]]:
    """Every seller, by name."""
    return sorted(((one.code, str(one)) for one in Seller.scoped(actor)), key=lambda pair: pair[1].lower())


def territories(actor: Actor) -> list[tuple[str, str]]:
    """Every territory, by name."""
    return sorted(((one.code, str(one)) for one in Territory.scoped(actor)), key=lambda pair: pair[1].lower())


def product_columns(actor: Actor) -> Iterator[Column]:
    """Of products."""
    yield Column(
        code="product",
        title=gettext_lazy("Product"),
        kind=TEXT,
        path="description",
        also={"code": "code"},
        draw=lambda row, _given: row["value"] or row["code"],
    )
    yield Column(code="code", title=gettext_lazy("Product code"), kind=TEXT, path="code")
    yield _occurring("product_group", gettext_lazy("Product group"), actor, code="group")
    yield _occurring("unit", gettext_lazy("Unit"), actor, code="unit")


def _occurring(field: str, title: Any, actor: Actor, *, code: str) -> Column:
    def occurring() -> Iterator[tuple[str, str]]:
        every = Product.scoped(actor).exclude(**{field: ""}).order_by(field)
        for value in every.values_list(field, flat=True).distinct():
            yield value, value

    return Column(code=code, title=title, kind=CHOICE, path=field, has_gaps=True, choices=occurring)
