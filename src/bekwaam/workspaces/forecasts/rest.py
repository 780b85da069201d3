"""Forecasts over REST: where each series ends the year, and its months."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Schema

from bekwaam.frame.rest.resource import Resource
from bekwaam.records.queries import current_run
from bekwaam.workspaces.forecasts import queries

forecasts = Resource("forecasts")
RESOURCES = (forecasts,)


class YearEndOut(Schema):
    """Where one series ends the fiscal year; without a checked range `lo80` and `hi80` are null: see `status`."""

    level: str
    key: str
    year_name: str
    actual_to_date: Decimal
    mean: Decimal | None
    lo80: Decimal | None
    hi80: Decimal | None
    status: str


class MonthOut(Schema):
    """One month of a series: what was sold, what is expected, or both where it is running."""

    month: dt.date
    actual: Decimal | None
    is_running: bool
    mean: Decimal | None
    lo80: Decimal | None
    hi80: Decimal | None
    status: str


@forecasts.listing(
    "/forecasts/{level}", needs="forecasts.read", name="api_year_ends", response=list[YearEndOut], order=("key",)
)
def year_ends(request: HttpRequest, level: str) -> Any:
    """Where each series of a level (total, country, product, customer) ends the year."""
    return queries.year_ends(_run(request), request.actor, level)


@forecasts.one("/forecasts/{level}/months", needs="forecasts.read", name="api_months", response=list[MonthOut])
def months(request: HttpRequest, level: str, key: str = "") -> Any:
    """The months of one series; the total has no key."""
    found = queries.months(_run(request), request.actor, level, key)
    if not found:
        raise Http404
    return found


def _run(request: HttpRequest) -> Any:
    run = current_run(request.actor)
    if run is None:
        raise Http404
    return run
