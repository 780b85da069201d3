"""The pages of the forecasts room."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from bekwaam.access.doors import needs
from bekwaam.records.queries import current_run, names_of
from bekwaam.terms.month import year_before
from bekwaam.workspaces.forecasts import pages
from bekwaam.workspaces.forecasts.lines import lines_between
from bekwaam.workspaces.forecasts.models import Level

FILTERS = ("country", "product", "customer", "kind")


@needs("forecasts.read")
def forecasts(request: HttpRequest) -> HttpResponse:
    """Where will we end this year?"""
    run = current_run(request.actor)
    if run is None:
        return render(request, "forecasts/empty.html")
    return render(request, "forecasts/forecasts.html", pages.overview(run, request.actor))


@needs("forecasts.read")
def detail(request: HttpRequest, level: str, key: str) -> HttpResponse:
    """Where will this country, product or customer end the year?"""
    run = current_run(request.actor)
    if run is None or level not in Level.values:
        raise Http404
    page = pages.detail(run, request.actor, level, key)
    if page is None:
        raise Http404
    return render(request, "forecasts/detail.html", page)


@needs("customers.read")
def lines(request: HttpRequest) -> HttpResponse:
    """The very order lines behind a figure of this room."""
    run = current_run(request.actor)
    if run is None:
        raise Http404
    first = _day(request.GET.get("first")) or year_before(run.as_of)
    until = _day(request.GET.get("until")) or run.as_of
    chosen = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    asked = request.GET.get("page", "1")
    page = lines_between(
        run,
        request.actor,
        first=first,
        until=until,
        chosen=chosen,
        page=int(asked) if asked.isdecimal() else 1,
    )
    customers = _names("customers", "customer_number", page.lines, request)
    products = _names("products", "product_code", page.lines, request)
    for line in page.lines:
        line["customer"] = customers.get(line["customer_number"], "")
        line["product"] = products.get(line["product_code"], "")
    return render(request, "forecasts/lines.html", {"run": run, "page": page, "chosen": chosen})


def _names(kind: str, column: str, rows: list[dict[str, Any]], request: HttpRequest) -> dict[str, str]:
    return names_of(kind, {row[column] for row in rows if row[column]}, request.actor)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
